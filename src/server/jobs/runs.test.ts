// Folders of data and long runs: archives that mean harm, processes that go wrong, and a server that stops in the middle. The
// program that is run here stands in for the command line and does what a file of its data folder says.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { idMaker, instantOfMs, ProblemError, type Uuid } from '../../kernel/index.ts'
import { openFileStore } from '../../core/files/index.ts'
import { counted } from '../../../test/record-house.fixture.ts'
import { foldersIn, isOver, openRuns, type Run, type Runs } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'qs-runs-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const now = () => instantOfMs(Date.now())
const newId = idMaker({ now, random: counted('runs') })
const ME = newId()
const store = openFileStore(join(home, 'files'))
const text = (s: string): Uint8Array => new TextEncoder().encode(s)

const PROGRAM = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
export async function main(words) {
  const [chapter, verb, folder, , out] = words
  if (verb !== 'run') { console.log('did ' + words.slice(0, 2).join(' ')); return }
  const how = existsSync(join(folder, 'how')) ? readFileSync(join(folder, 'how'), 'utf8') : ''
  for (const done of [0, 5, 10]) console.error(JSON.stringify({ progress: { stage: { zh: '核算', en: 'account' }, done, of: 10 } }))
  console.log('✗ 红 said for people')
  if (how === 'fail') process.exit(1)
  if (how === 'stay') { process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); await new Promise(() => undefined) }
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'account.zip'), 'PK')
  writeFileSync(join(out, 'index.html'), '<p>report')
}
`
const entry = join(home, 'program.mjs')
writeFileSync(entry, PROGRAM)

let roots = 0
const open = (root = join(home, `runs-${++roots}`)): Runs => openRuns({ root, entry, store, now, newId })

/** A folder of data that says how the run goes. */
function data(how: string): string {
  const folder = join(home, newId())
  mkdirSync(folder)
  writeFileSync(join(folder, 'account.yaml'), '')
  writeFileSync(join(folder, 'how'), how)
  return folder
}

const ended = (runs: Runs, id: Uuid): Promise<Run> =>
  new Promise((resolve) => {
    const look = (run: Run): void => {
      if (isOver(run)) resolve(run)
    }
    runs.follow(id, look)
    look(runs.find(ME, id)!)
  })
/** Until the program has said something. */
const saying = (runs: Runs, id: Uuid): Promise<Run> =>
  new Promise((resolve) => {
    const end = runs.follow(id, (run) => {
      if (run.output === '') return
      end()
      resolve(run)
    })
  })

const codes = async (work: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await work
    return []
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    return e.problems.map((p) => p.code)
  }
}

describe('a folder of data', () => {
  const root = join(home, 'folders')
  const folders = foldersIn(root, { store, newId, limits: { files: 5, bytes: 1_000, zipBytes: 200_000 } })
  const zipped = async (files: Record<string, Uint8Array>): Promise<string> => (await store.put(zipSync(files))).hash

  test('is made of stored files, seen by its owner only', async () => {
    const { hash } = await store.put(text('year: 2024'))
    const made = await folders.fromFiles(ME, [{ path: '桃源/account.yaml', hash }])
    expect(made.files).toEqual([{ path: 'account.yaml', size: 10, hash }])
    expect(readdirSync((await folders.find(ME, made.id))!.at)).toEqual(['account.yaml'])
    expect(await folders.find(newId(), made.id)).toBeUndefined()
    expect(await folders.find(ME, '../..')).toBeUndefined()
  })

  test('is made of one archive, without what systems put into it', async () => {
    const hash = await zipped({
      'x/account.yaml': text('a'),
      'x/.DS_Store': text('b'),
      '__MACOSX/x/account.yaml': text('c'),
      'x/m/面积.csv': text('d'),
    })
    const made = await folders.fromZip(ME, hash)
    expect(made.files.map((f) => f.path)).toEqual(['account.yaml', 'm/面积.csv'])
  })

  test.each<[string, Record<string, Uint8Array>, string]>([
    ['a name that climbs out', { '../../x': text('a') }, 'zip.path-escape'],
    ['an absolute name', { '/etc/cron.d/x': text('a') }, 'zip.path-escape'],
    ['a name with a drive', { 'C:/x': text('a') }, 'zip.path-escape'],
    ['a name that is a device', { 'con.csv': text('a') }, 'upload.path'],
    ['too many files', Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}`, text('a')])), 'zip.too-large'],
    ['more than it may hold', { x: new Uint8Array(300_000) }, 'zip.too-large'],
    ['nothing', { '.DS_Store': text('a') }, 'upload.empty'],
  ])('is not made of an archive with %s', async (_, files, code) => {
    const before = readdirSync(root).length
    expect(await codes(folders.fromZip(ME, await zipped(files)))).toEqual([code])
    expect(readdirSync(root)).toHaveLength(before)
  })

  test('is not made of what is no archive, of files nobody sent, or beyond the limits', async () => {
    const { hash } = await store.put(text('x'.repeat(600)))
    expect(await codes(folders.fromZip(ME, hash))).toEqual(['upload.not-zip'])
    expect(await codes(folders.fromFiles(ME, [{ path: 'a', hash: 'ab'.repeat(32) }]))).toEqual(['files.missing'])
    expect(
      await codes(
        folders.fromFiles(ME, [
          { path: 'a', hash },
          { path: 'b', hash },
        ]),
      ),
    ).toEqual(['upload.too-large'])
    expect(await codes(folders.fromFiles(ME, []))).toEqual(['upload.empty'])
    expect(readdirSync(root).filter((n) => n.endsWith('.writing'))).toEqual([])
  })
})

describe('a run', () => {
  test('goes on by itself, tells how far it is, and leaves its files and its package', async () => {
    const runs = open()
    const folder = data('')
    const { id } = await runs.start('account', { person: ME, data: 'x', path: folder })
    const percents: number[] = []
    runs.follow(id, (r) => percents.push(r.percent))
    const run = await ended(runs, id)
    expect(run).toMatchObject({ state: 'done', percent: 100, files: ['account.zip', 'index.html'], problems: [] })
    expect(run.output).toBe('✗ 红 said for people\n')
    expect(percents).toEqual([...percents].sort((a, b) => a - b))
    expect(await store.has(run.package!.hash)).toBe(true)
    expect(runs.made(run, 'index.html')).toContain(id)
    for (const name of ['../run.json', '/etc/passwd', 'x']) expect(runs.made(run, name)).toBeUndefined()
    expect(runs.find(newId(), id)).toBeUndefined()
    await runs.close()
  })

  test('over the sample first makes the sample; over a folder without a list first proposes one', async () => {
    const runs = open()
    const sample = await runs.start('account', { person: ME, data: 'sample', path: undefined })
    expect((await ended(runs, sample.id)).output).toContain('did sample county')
    const bare = join(home, newId())
    mkdirSync(bare)
    const without = await runs.start('account', { person: ME, data: 'x', path: bare })
    expect((await ended(runs, without.id)).output).toContain('did account init')
    await runs.close()
  })

  test('that fails says so with what it said', async () => {
    const runs = open()
    const { id } = await runs.start('account', { person: ME, data: 'x', path: data('fail') })
    const run = await ended(runs, id)
    expect([run.state, run.problems[0]?.code]).toEqual(['failed', 'run.failed'])
    expect(run.output).toContain('红')
    await runs.close()
  })

  test('that will not end is ended when cancelled, and the next one begins', async () => {
    const runs = open()
    const stuck = await runs.start('account', { person: ME, data: 'x', path: data('stay') })
    const following = await runs.start('account', { person: ME, data: 'x', path: data('') })
    const unwanted = await runs.start('account', { person: ME, data: 'x', path: data('') })
    await saying(runs, stuck.id)
    expect(runs.find(ME, following.id)!.state).toBe('waiting')
    runs.cancel(unwanted.id)
    runs.cancel(stuck.id)
    expect((await ended(runs, stuck.id)).state).toBe('cancelled')
    expect((await ended(runs, following.id)).state).toBe('done')
    expect(runs.find(ME, unwanted.id)).toMatchObject({ state: 'cancelled', output: '' })
    await runs.close()
  })

  test('that was under way when the server stopped stands as failed when it starts again', async () => {
    const root = join(home, 'interrupted')
    const runs = open(root)
    const { id } = await runs.start('account', { person: ME, data: 'x', path: data('stay') })
    await saying(runs, id)
    // Killed without a word: what another process finds is what stood on the disk.
    const again = open(root)
    expect(again.find(ME, id)).toMatchObject({ state: 'failed', problems: [{ code: 'run.interrupted' }] })
    await again.close()
    await runs.close()
  })

  test('is refused where too many wait', async () => {
    const runs = open()
    for (let i = 0; i < 21; i++) await runs.start('account', { person: ME, data: 'x', path: data('stay') })
    expect(await codes(runs.start('account', { person: ME, data: 'x', path: data('') }))).toEqual(['run.too-many'])
    await runs.close()
    expect(runs.list(ME).every((r) => r.state === 'failed')).toBe(true)
    expect(await codes(runs.start('account', { person: ME, data: 'x', path: data('') }))).toEqual(['run.cannot-start'])
  })
})
