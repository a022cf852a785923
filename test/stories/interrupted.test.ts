// A run killed or cancelled at any moment leaves either nothing or the whole output of the run before, and running again gives
// the same package, byte for byte but for the rendered report. Cancelled, it says so and ends with the code of the signal.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMAND, run } from './command.ts'
import { putWideMaps } from '../../src/domains/accounting/maps/wide-maps.fixture.ts'
import { ganziFolder, putList, storyFolder } from './folders.ts'

const home = storyFolder('interrupted')
const data = join(home, 'ganzi')
const out = join(home, 'outputs', 'report')

beforeAll(() => {
  putList(ganziFolder(data))
  mkdirSync(join(home, 'outputs'))
})

/** Digests of everything in a folder and the folders in it, by name. */
const contents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((f) => statSync(join(folder, f)).isFile())
      .map((f) => [
        f,
        createHash('sha256')
          .update(readFileSync(join(folder, f)))
          .digest('hex'),
      ]),
  )

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly said: string
}

/** Runs the account and ends it as soon as `now` says so, the hard way unless told. */
function ended(
  now: (progress: string) => boolean,
  { from = data, to = out, how = 'SIGKILL' as NodeJS.Signals, words = [] as readonly string[] } = {},
): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [COMMAND, 'account', 'run', from, '--out', to, ...words])
    let progress = ''
    let isTold = false
    const look = (): void => {
      if (isTold || !now(progress)) return
      isTold = true
      child.kill(how)
    }
    child.stderr.on('data', (d: Buffer) => {
      progress += d.toString()
      look()
    })
    const watched = watch(join(home, 'outputs'), look)
    child.on('close', (code, signal) => {
      watched.close()
      done({ code, signal, said: progress })
    })
  })
}

const KILLED = { signal: 'SIGKILL' }
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

function expectCancelled({ code, signal, said }: Ended, how: keyof typeof CODES): void {
  expect({ code, signal }).toEqual({ code: CODES[how], signal: null })
  expect(said).toMatch(/已取消。.*\nCancelled\. .*\n$/)
}

const MOMENTS: readonly (readonly [string, (progress: string) => boolean])[] = [
  ['while the inputs are read', (p) => p.includes('读取资料')],
  ['while the report is written', (p) => p.includes('/6 生成')],
  ['while the files are put in place', () => readdirSync(join(home, 'outputs')).some((f) => f.startsWith('.report-'))],
]

test.each(MOMENTS)('killed %s, a first run leaves no output', async (_, now) => {
  expect(await ended(now)).toMatchObject(KILLED)
  expect(existsSync(out)).toBe(false)
})

test.each(MOMENTS.slice(0, 2))('cancelled %s, a first run leaves nothing and says so', async (_, now) => {
  expectCancelled(await ended(now, { how: 'SIGINT' }), 'SIGINT')
  expect(readdirSync(join(home, 'outputs'))).toEqual([])
})

test('cancelled before it has begun, it ends as well', async () => {
  expectCancelled(await ended((p) => p !== '', { how: 'SIGINT', words: ['--live'] }), 'SIGINT')
  expect(readdirSync(join(home, 'outputs'))).toEqual([])
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
  expect(await ended(MOMENTS[2]![1])).toMatchObject(KILLED)
  expect(contents(out)).toEqual(before)
})

test('cancelled then, it is whole at once and nothing stands beside it', async () => {
  const before = contents(out)
  expectCancelled(await ended(MOMENTS[2]![1], { how: 'SIGINT' }), 'SIGINT')
  expect(contents(out)).toEqual(before)
  expect(readdirSync(join(home, 'outputs'))).toEqual(['report'])
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

/** Files may not grow beyond this many bytes, as on a disk that is full. */
const withRoomFor = (
  bytes: number,
  ...words: readonly string[]
): { readonly status: number | null; readonly stdout: Buffer } =>
  spawnSync('bash', ['-c', 'ulimit -f "$0"; exec "$@"', String(bytes / 1024), process.execPath, COMMAND, ...words])

test.skipIf(process.platform === 'win32')(
  'where there is no room for its files, it says so and leaves the output of the run before whole',
  () => {
    const before = contents(out)
    const ran = withRoomFor(1024, 'account', 'run', data, '--out', out, '--tables')
    expect(ran.status).toBe(1)
    expect(ran.stdout.toString()).toContain('[output.cannot-write] 结果写不进')
    expect(contents(out)).toEqual(before)
    expect(readdirSync(join(home, 'outputs'))).toEqual(['report'])
  },
)

describe('a run over maps', () => {
  const maps = join(home, 'maps')
  const places = { from: maps, to: join(home, 'maps-out', 'report') }
  let inputs: readonly string[] = []
  beforeAll(() => {
    putWideMaps(maps, 2560)
    inputs = readdirSync(maps)
    mkdirSync(join(home, 'maps-out'))
  })
  const packed = (to: string): Readonly<Record<string, Uint8Array>> =>
    Object.fromEntries(
      Object.entries(unzipSync(readFileSync(join(to, 'account.zip')))).filter(([n]) => !n.startsWith('report/')),
    )
  /** Six of ten tiles are done. */
  const amid = (progress: string): boolean => {
    const [done, of] = ([...progress.matchAll(/(\d+)\/(\d+) 逐像元计算/g)].at(-1) ?? []).slice(1).map(Number)
    return done !== undefined && of !== undefined && of > 50 && done >= 0.6 * of
  }

  const expectNothing = (): void => {
    expect(readdirSync(join(home, 'maps-out'))).toEqual([])
    expect(readdirSync(maps)).toEqual(inputs)
  }

  test('killed amid its pixels leaves nothing', async () => {
    expect(await ended(amid, places)).toMatchObject(KILLED)
    expectNothing()
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'cancelled by %s amid its pixels leaves nothing and says so',
    async (how) => {
      const words = how === 'SIGINT' ? ['--threads', '1'] : ['--threads', '3']
      expectCancelled(await ended(amid, { ...places, how, words }), how)
      expectNothing()
    },
  )

  test('one block, cancelled while it is written, leaves no part of it', async () => {
    const blocks = join(home, 'outputs', 'blocks')
    const isThere = (): boolean => existsSync(blocks)
    expectCancelled(await ended(isThere, { from: maps, to: blocks, how: 'SIGINT', words: ['--blocks', '1/1'] }), 'SIGINT') // prettier-ignore
    expect(readdirSync(blocks).filter((f) => f !== 'block-1-of-1.json')).toEqual([])
    rmSync(blocks, { recursive: true })
  })

  test.skipIf(process.platform === 'win32')('a block for which there is no room leaves no part of it', () => {
    const blocks = join(home, 'no-room')
    const ran = withRoomFor(1024, 'account', 'run', maps, '--out', blocks, '--blocks', '1/1')
    expect(ran.stdout.toString()).toContain('[output.cannot-write]')
    expect(readdirSync(blocks)).toEqual([])
  })

  test('run again after that, it gives the digits of a run that nobody ended', async () => {
    const undisturbed = join(home, 'undisturbed')
    for (const to of [places.to, undisturbed]) {
      const ran = await run(['account', 'run', maps, '--out', to])
      expect(ran.code, ran.out + ran.err).toBe(0)
    }
    const [a, b] = [packed(places.to), packed(undisturbed)]
    expect(Object.keys(a)).toContain('manifest.json')
    expect(Object.keys(a)).toEqual(Object.keys(b))
    for (const [name, bytes] of Object.entries(a)) expect(Buffer.compare(bytes, b[name]!), name).toBe(0)
  })

  test('ended amid its pixels, a later run leaves the output of the run before whole', async () => {
    const before = contents(places.to)
    expect(await ended(amid, { ...places, words: ['--fresh'] })).toMatchObject(KILLED)
    expect(contents(places.to)).toEqual(before)
    expect(readdirSync(join(home, 'maps-out'))).toEqual(['report'])
  })
})
