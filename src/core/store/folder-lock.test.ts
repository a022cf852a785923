// The lock of the data folder, against real processes: a second one is refused, a dead one is followed.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { lockFolder } from './folder-lock.ts'
import { machineProcesses, type Processes, startFromStat } from './processes.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-lock-'))
const program = join(home, 'hold.mjs')
let folders = 0

/** A program that locks the folder it is given, says so or why not, and stays until it is ended. */
const HOLD = `
import { lockFolder } from './folder-lock.ts'
lockFolder(process.argv[2], { pid: process.pid, startedAt: '2031-05-06T07:08:09Z' }).then(
  (release) => {
    process.stdout.write('held\\n')
    process.stdin.on('data', () => void release().then(() => process.stdout.write('released\\n')))
  },
  (error) => { process.stdout.write(error.problems[0].code + ' ' + error.problems[0].values.pid + '\\n'); process.exit(1) },
)`

beforeAll(() => {
  const resolveDir = dirname(fileURLToPath(import.meta.url))
  buildSync({
    stdin: { contents: HOLD, resolveDir, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  })
})
afterAll(() => rmSync(home, { recursive: true }))

function folder(): string {
  const dir = join(home, `data-${++folders}`)
  mkdirSync(dir)
  return dir
}

async function says(child: ChildProcess): Promise<string> {
  const [said] = (await once(child.stdout!, 'data')) as [Buffer]
  return said.toString().trim()
}
const hold = (dir: string): ChildProcess =>
  spawn(process.execPath, [program, dir], { stdio: ['pipe', 'pipe', 'inherit'] })

const me = { pid: process.pid, startedAt: '2031-01-01T00:00:00Z' }

async function refusal(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof ProblemError)) throw new Error('was not refused', { cause: error })
  return error.problems[0]!
}

describe('real processes', () => {
  test('a second process is refused and told the number of the first; after kill -9 it may', async () => {
    const dir = folder()
    const first = hold(dir)
    expect(await says(first)).toBe('held')
    const second = hold(dir)
    expect(await says(second)).toBe(`store.folder-in-use ${first.pid}`)
    expect(await refusal(lockFolder(dir, me))).toMatchObject({
      code: 'store.folder-in-use',
      values: { pid: first.pid, startedAt: '2031-05-06T07:08:09Z' },
    })
    first.kill('SIGKILL')
    await once(first, 'exit')
    const release = await lockFolder(dir, me)
    const third = hold(dir)
    expect(await says(third)).toBe(`store.folder-in-use ${process.pid}`)
    await release()
    expect(readdirSync(dir)).toEqual([])
  })

  test('a folder given back is free at once', async () => {
    const dir = folder()
    const first = hold(dir)
    expect(await says(first)).toBe('held')
    first.stdin!.write('end\n')
    expect(await says(first)).toBe('released')
    await (
      await lockFolder(dir, me)
    )()
    first.kill('SIGKILL')
    await once(first, 'exit')
  })

  test('one process cannot lock its folder twice', async () => {
    const dir = folder()
    const release = await lockFolder(dir, me)
    expect((await refusal(lockFolder(dir, me))).code).toBe('store.folder-in-use')
    await release()
  })

  test.skipIf(process.platform !== 'linux')('a killed child that nobody waited for is dead (Linux)', () => {
    const fields = (state: string): string => `42 (a) b) ${state} ${'0 '.repeat(18)}777 0 0`
    expect(startFromStat(fields('S'), 'boot\n')).toBe('boot:777')
    expect(startFromStat(fields('Z'), 'boot\n')).toBeUndefined()
    const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
    expect(machineProcesses().startOf(process.pid)).toMatch(/^[0-9a-f-]{36}:\d+$/)
    expect(machineProcesses().startOf(process.pid)).toContain(startFromStat(stat, '')!)
  })
})

/** A machine where the processes are those of a table. */
const machine = (starts: Readonly<Record<number, string>>, host = 'a'): Processes => ({
  host,
  startOf: (pid) => starts[pid],
})
const holder = (pid: number) => ({ pid, startedAt: `of ${pid}` })

describe('who is dead', () => {
  test('a number that was given to another process since is dead, one with the same start is alive', async () => {
    const dir = folder()
    await lockFolder(dir, holder(7), machine({ 7: 'boot:100' }))
    const refused = await refusal(lockFolder(dir, holder(8), machine({ 7: 'boot:100', 8: 'boot:5' })))
    expect(refused.values).toMatchObject({ pid: 7 })
    const release = await lockFolder(dir, holder(7), machine({ 7: 'boot:200' }))
    await release()
    expect(readdirSync(dir)).toEqual([])
  })

  test('where a machine does not tell the start, a living number is taken for the holder', async () => {
    const dir = folder()
    await lockFolder(dir, holder(7), machine({ 7: '' }))
    expect((await refusal(lockFolder(dir, holder(8), machine({ 7: '', 8: '' })))).code).toBe('store.folder-in-use')
    await lockFolder(dir, holder(8), machine({ 8: '' }))
  })

  test('a holder on another machine is never taken for dead', async () => {
    const dir = folder()
    await lockFolder(dir, holder(7), machine({ 7: 'boot:1' }, 'b'))
    const refused = await refusal(lockFolder(dir, holder(8), machine({ 8: 'boot:1' }, 'a')))
    expect(refused).toMatchObject({ code: 'store.folder-in-use', values: { pid: 7, host: 'b' } })
  })

  test('the one who lost the folder does not take it from the next when it gives back', async () => {
    const dir = folder()
    const old = await lockFolder(dir, holder(7), machine({ 7: 'boot:1' }))
    await lockFolder(dir, holder(8), machine({ 8: 'boot:2' }))
    await old()
    expect((await refusal(lockFolder(dir, holder(9), machine({ 8: 'boot:2' })))).values).toMatchObject({ pid: 8 })
  })

  test('of many that find a dead lock at once, exactly one takes it', async () => {
    const living = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [100 + i, `boot:${i}`]))
    for (let round = 0; round < 8; round++) {
      const dir = folder()
      await lockFolder(dir, holder(7), machine({ 7: 'boot:1' }))
      const tries = Object.keys(living).map((pid) => lockFolder(dir, holder(Number(pid)), machine(living)))
      const held = (await Promise.allSettled(tries)).filter((t) => t.status === 'fulfilled')
      expect(held.length).toBe(1)
      expect(readdirSync(dir)).toEqual(['folder.lock'])
    }
  })
})

describe('bad input', () => {
  test('a lock file of nonsense is told, not removed', async () => {
    const dir = folder()
    for (const nonsense of ['', '{"pid":0}', 'x']) {
      writeFileSync(join(dir, 'folder.lock'), nonsense)
      expect((await refusal(lockFolder(dir, me))).code).toBe('store.lock-unreadable')
      expect(readFileSync(join(dir, 'folder.lock'), 'utf8')).toBe(nonsense)
    }
  })

  test('a folder that is not there cannot be locked', async () => {
    const refused = await refusal(lockFolder(join(home, 'nowhere'), me))
    expect(refused).toMatchObject({ code: 'store.lock-failed', values: { reason: 'ENOENT' } })
  })
})
