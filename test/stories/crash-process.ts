// Runs the program of the crash stories as a process of its own and talks to it; whatever it had not answered when it was
// killed counts as not answered.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import type { Outcome, Submission } from '../../src/core/record/index.ts'
import type { Asked } from './crash-office.ts'

const bundled = new Map<string, Promise<string>>()

/** A program as one file, made once. It lies below the project, so that it finds the packages. */
function bundle(program: string): Promise<string> {
  const file = join('out', 'stories', `${program}-${process.pid}.mjs`)
  const made =
    bundled.get(program) ??
    build({
      entryPoints: [`test/stories/${program}.ts`],
      outfile: file,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'warning',
    }).then(() => file)
  bundled.set(program, made)
  return made
}

interface Said {
  readonly ready?: true
  readonly stopped?: readonly string[] | string
  readonly id?: string
  readonly outcome?: Outcome
  readonly audit?: readonly string[]
  readonly backup?: true
}

export interface OfficeProcess {
  /** Undefined when the process died before it answered. */
  submit(s: Submission): Promise<Outcome | undefined>
  audit(): Promise<readonly string[]>
  backup(path: string): Promise<void>
  /** kill -9 */
  kill(): Promise<void>
  /** Ends it as it ends by itself. */
  stop(): Promise<void>
}

/** @param at `embedded` or the address of a server @param archive restored first @param program page of this folder that is run
 *  @returns what it said instead, where it did not start */
export async function startOffice(
  folder: string,
  at = 'embedded',
  archive?: string,
  program = 'crash-office',
): Promise<OfficeProcess | readonly string[]> {
  const words = [await bundle(program), folder, at, ...(archive === undefined ? [] : [archive])]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((r) => child.once('exit', () => r()))
  child.stdin.on('error', () => undefined)
  const waiting = new Map<string, (said: Said | undefined) => void>()
  const lines = createInterface({ input: child.stdout })
  const first = new Promise<Said>((r) => waiting.set('first', (said) => r(said ?? { stopped: 'died' })))
  lines.on('line', (line) => {
    const said = JSON.parse(line) as Said
    const key = said.id ?? (said.audit ? 'audit' : said.backup ? 'backup' : 'first')
    waiting.get(key)?.(said)
    waiting.delete(key)
  })
  lines.on('close', () => {
    for (const told of waiting.values()) told(undefined)
    waiting.clear()
  })
  const ask = (key: string, asked: Asked): Promise<Said | undefined> =>
    new Promise((r) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        r(undefined)
        return
      }
      waiting.set(key, r)
      child.stdin.write(`${JSON.stringify(asked)}\n`)
    })
  const started = await first
  if (started.stopped !== undefined) {
    await ended
    return [started.stopped].flat()
  }
  return {
    submit: async (s) => (await ask(s.id, { submit: s }))?.outcome,
    audit: async () => (await ask('audit', { audit: true }))?.audit ?? ['died'],
    backup: async (path) => void (await ask('backup', { backup: path })),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}
