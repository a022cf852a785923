// Long runs: each a process of its own that does one of a fixed list of things, one at a time, so that the server goes on
// answering and a mistake of a run takes nobody along.
// Always holds: no word of the command comes from a person; a run that is cancelled is dead within a second; whatever was under
// way when the server stopped stands as failed when it starts again.

import { spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import type { FileStore } from '../../core/files/index.ts'
import { writeWhole } from '../house/index.ts'
import { jobProblem } from './problems.ts'
import { isOver, parseProgress, percentOf, withOutput, type Run } from './run-state.ts'

export const RUN_KINDS = ['account'] as const
export type RunKind = (typeof RUN_KINDS)[number]
export const SAMPLE = 'sample'

/** The words of the command line of each step, one after the other. */
const STEPS: Readonly<
  Record<
    RunKind,
    (at: { data: string | undefined; work: string; out: string; overrides: boolean }) => readonly (readonly string[])[]
  >
> = {
  account: ({ data, work, out, overrides }) => {
    const folder = data ?? join(work, 'sample')
    return [
      ...(data === undefined ? [['sample', 'county', folder]] : []),
      ...(data !== undefined && !LISTS.some((l) => existsSync(join(data, l))) ? [['account', 'init', folder]] : []),
      ['account', 'run', folder, '--out', out, ...(overrides ? ['--overrides', join(work, OVERRIDES)] : [])],
    ]
  },
}
/** Approved changes of parameters, as the house exported them for the run. */
const OVERRIDES = 'overrides.json'
const LISTS = ['account.yaml', '输入清单.xlsx']

const WAITING_MOST = 20
const MINUTES_MOST = 120
/** Between asking a process to end and ending it. */
const GRACE_MS = 500
const PACKAGE = 'account.zip'

export interface RunsOptions {
  /** Where runs keep what they make. */
  readonly root: string
  /** The bundled command line, `dist/main.mjs`. */
  readonly entry: string
  readonly store: FileStore
  readonly now: () => Instant
  readonly newId: () => Uuid
}

export interface Runs {
  /** @param of the path of a folder, undefined for the sample; approved changes of parameters as exported
   *  @throws ProblemError `run.too-many` */
  start(
    kind: RunKind,
    of: {
      readonly person: Uuid
      readonly data: string
      readonly path: string | undefined
      readonly overrides?: string | undefined
    },
  ): Promise<Run>
  /** One of a person's own. */
  find(person: Uuid, id: string): Run | undefined
  list(person: Uuid): readonly Run[]
  cancel(id: Uuid): void
  /** Hears every change of a run until it is over or `stop` is called. */
  follow(id: Uuid, hear: (run: Run) => void): () => void
  /** The path of a file a run made; undefined where it made none of that name. */
  made(run: Run, name: string): string | undefined
  /** Ends what runs. */
  close(): Promise<void>
}

const OVER = (at: string): string => join(at, 'run.json')

export function openRuns(options: RunsOptions): Runs {
  const { root, entry, store, now, newId } = options
  const runs = new Map<string, Run>()
  const changes = new EventEmitter().setMaxListeners(0)
  const waiting: { readonly id: Uuid; readonly begin: () => Promise<void> }[] = []
  const children = new Map<string, ChildProcess>()
  let busy: Promise<void> | undefined
  let closed = false
  const folderOf = (id: string): string => join(root, id)
  const outOf = (id: string): string => join(folderOf(id), 'out')

  for (const run of storedRuns(root)) {
    const stopped = isOver(run)
      ? run
      : { ...run, state: 'failed' as const, endedAt: now(), problems: [jobProblem('run.interrupted')] }
    runs.set(run.id, stopped)
    if (stopped !== run) void keep(stopped)
  }

  function keep(run: Run): Promise<void> {
    return writeWhole(OVER(folderOf(run.id)), JSON.stringify(run)).catch(() => undefined)
  }
  const change = (id: Uuid, more: Partial<Run>): Run => {
    const before = runs.get(id)!
    const after = { ...before, ...more }
    runs.set(id, after)
    changes.emit(id, after)
    return after
  }
  const end = async (
    id: Uuid,
    state: 'done' | 'failed' | 'cancelled',
    problems: readonly Problem[] = [],
    more: Partial<Run> = {},
  ): Promise<void> => {
    if (isOver(runs.get(id)!)) return
    await keep(change(id, { state, problems, endedAt: now(), ...(state === 'done' ? { percent: 100 } : {}), ...more }))
  }

  const next = (): void => {
    if (busy || closed) return
    const first = waiting.shift()
    if (!first) return
    busy = first.begin().finally(() => {
      busy = undefined
      next()
    })
  }

  async function carryOut(id: Uuid, steps: readonly (readonly string[])[]): Promise<void> {
    await keep(change(id, { state: 'running', startedAt: now() }))
    const tooLong = setTimeout(
      () => void stop(id, 'failed', [jobProblem('run.too-long', { minutes: MINUTES_MOST })]),
      MINUTES_MOST * 60_000,
    )
    try {
      for (const words of steps) {
        if (isOver(runs.get(id)!)) return
        const code = await step(id, words)
        if (code !== 0) return await end(id, 'failed', [jobProblem('run.failed')])
      }
      const out = outOf(id)
      const files = existsSync(out) ? namesIn(out) : []
      const zip = files.includes(PACKAGE)
        ? await store.put(createReadStream(join(out, PACKAGE)), { limit: Number.MAX_SAFE_INTEGER })
        : undefined
      await end(id, 'done', [], { files, ...(zip ? { package: { hash: zip.hash, size: zip.size } } : {}) })
    } catch (e) {
      await end(id, 'failed', e instanceof ProblemError ? e.problems : [jobProblem('run.failed')])
    } finally {
      clearTimeout(tooLong)
    }
  }

  /** One process. @returns its exit code; 1 where it was ended by a signal */
  function step(id: Uuid, words: readonly string[]): Promise<number> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['-e', BEGIN, entry, ...words], {
        cwd: folderOf(id),
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', QINGSHAN_PROGRESS: 'json' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      children.set(id, child)
      let rest = ''
      const hear = (text: string): void => {
        const lines = (rest + text).split('\n')
        rest = lines.pop()!
        let said = ''
        for (const line of lines) {
          const p = parseProgress(line)
          if (!p) said += `${line}\n`
          else if (!isOver(runs.get(id)!)) change(id, { percent: percentOf(p, runs.get(id)!.percent), stage: p.stage })
        }
        if (said !== '') change(id, { output: withOutput(runs.get(id)!.output, said) })
      }
      child.stdout.setEncoding('utf8').on('data', hear)
      child.stderr.setEncoding('utf8').on('data', hear)
      child.on('error', () => resolve(1))
      child.on('close', (code) => {
        children.delete(id)
        resolve(code ?? 1)
      })
    })
  }

  async function stop(id: Uuid, state: 'failed' | 'cancelled', problems: readonly Problem[]): Promise<void> {
    const at = waiting.findIndex((w) => w.id === id)
    if (at >= 0) waiting.splice(at, 1)
    const child = children.get(id)
    if (child) {
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
    }
    await end(id, state, problems)
  }

  return {
    start: async (kind, { person, data, path, overrides }) => {
      if (closed || !existsSync(entry)) throw new ProblemError(jobProblem('run.cannot-start'))
      if (waiting.length >= WAITING_MOST) throw new ProblemError(jobProblem('run.too-many', { most: WAITING_MOST }))
      const id = newId()
      await mkdir(folderOf(id), { recursive: true })
      const run: Run = {
        id,
        kind,
        person,
        data,
        state: 'waiting',
        percent: 0,
        askedAt: now(),
        problems: [],
        output: '',
        files: [],
      }
      runs.set(id, run)
      await keep(run)
      if (overrides !== undefined) await writeWhole(join(folderOf(id), OVERRIDES), overrides)
      const steps = STEPS[kind]({
        data: path,
        work: folderOf(id),
        out: outOf(id),
        overrides: overrides !== undefined,
      })
      waiting.push({ id, begin: () => carryOut(id, steps) })
      next()
      return runs.get(id)!
    },
    find: (person, id) => {
      const run = runs.get(id)
      return run?.person === person ? run : undefined
    },
    list: (person) => [...runs.values()].filter((r) => r.person === person).sort((a, b) => (a.id < b.id ? 1 : -1)),
    cancel: (id) => void stop(id, 'cancelled', []),
    follow: (id, hear) => {
      changes.on(id, hear)
      return () => void changes.off(id, hear)
    },
    made: (run, name) => (run.files.includes(name) ? join(outOf(run.id), ...name.split('/')) : undefined),
    close: async () => {
      closed = true
      const open = [...runs.values()].filter((r) => !isOver(r))
      await Promise.all(open.map((r) => stop(r.id, 'failed', [jobProblem('run.interrupted')])))
      await busy
    },
  }
}

/** Starts the command line of the bundle with the words that follow it. */
const BEGIN = `const { pathToFileURL } = require('node:url')
import(pathToFileURL(process.argv[1]).href).then(({ main }) => main(process.argv.slice(2)))`

function storedRuns(root: string): readonly Run[] {
  if (!existsSync(root)) return []
  return readdirSync(root).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(OVER(join(root, name)), 'utf8')) as Run]
    } catch {
      // A folder without a whole file in it was no run yet.
      return []
    }
  })
}

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) =>
      join(e.parentPath, e.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
