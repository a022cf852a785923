// A run killed at any moment leaves either nothing or the whole output of the run before, and running again gives the same
// package, byte for byte but for the rendered report.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { COMMAND, run } from './command.ts'
import { ganziFolder, putList, storyFolder } from './folders.ts'

const home = storyFolder('interrupted')
const data = join(home, 'ganzi')
const out = join(home, 'outputs', 'report')

beforeAll(() => {
  putList(ganziFolder(data))
  mkdirSync(join(home, 'outputs'))
})

/** Everything in a folder and the folders in it, by name. */
const contents = (folder: string): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((f) => statSync(join(folder, f)).isFile())
      .map((f) => [f, readFileSync(join(folder, f))]),
  )

/** Runs the account and kills it the hard way as soon as `now` says so. @returns whether it was killed */
function killed(now: (progress: string) => boolean): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [COMMAND, 'account', 'run', data, '--out', out])
    let progress = ''
    const look = (): void => void (now(progress) && child.kill('SIGKILL'))
    child.stderr.on('data', (d: Buffer) => {
      progress += d.toString()
      look()
    })
    const watched = watch(join(home, 'outputs'), look)
    child.on('close', (_, signal) => {
      watched.close()
      done(signal === 'SIGKILL')
    })
  })
}

const MOMENTS: readonly (readonly [string, (progress: string) => boolean])[] = [
  ['while the inputs are read', (p) => p.includes('读取资料')],
  ['while the report is written', (p) => p.includes('/6 生成')],
  ['while the files are put in place', () => readdirSync(join(home, 'outputs')).some((f) => f.startsWith('.report-'))],
]

test.each(MOMENTS)('killed %s, a first run leaves no output', async (_, now) => {
  expect(await killed(now)).toBe(true)
  expect(existsSync(out)).toBe(false)
})

test('the next run leaves the whole output and nothing of those before', async () => {
  const ran = await run(['account', 'run', data, '--out', out])
  expect(ran.code, ran.out + ran.err).toBe(0)
  expect(readdirSync(join(home, 'outputs'))).toEqual(['report'])
  expect(Object.keys(contents(out))).toEqual(
    expect.arrayContaining(['account.zip', 'index.html', '核算报告.docx', '核算表.xlsx']),
  )
})

test('killed while its files are put in place, a later run leaves the output of the run before whole', async () => {
  const before = contents(out)
  expect(await killed(MOMENTS[2]![1])).toBe(true)
  expect(contents(out)).toEqual(before)
})

test('running again gives the same package, byte for byte but for the report', async () => {
  const before = unzipSync(readFileSync(join(out, 'account.zip')))
  expect((await run(['account', 'run', data, '--out', out])).code).toBe(0)
  const after = unzipSync(readFileSync(join(out, 'account.zip')))
  const names = Object.keys(before).filter((n) => !n.startsWith('report/'))
  expect(names).toContain('manifest.json')
  expect(Object.keys(after)).toEqual(Object.keys(before))
  for (const name of names) expect(Buffer.compare(before[name]!, after[name]!), name).toBe(0)
  expect(readdirSync(join(home, 'outputs'))).toEqual(['report'])
})
