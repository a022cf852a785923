// Runs the built command as a process of its own, as a person does.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const COMMAND = fileURLToPath(new URL('../../tools/qingshan.mjs', import.meta.url))

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export function run(
  words: readonly string[],
  options: { readonly node?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(options.node ?? process.execPath, [COMMAND, ...words], {
      env: { ...process.env, ...options.env },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (d: Buffer) => (out += d.toString()))
    child.stderr.on('data', (d: Buffer) => (err += d.toString()))
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, out, err }))
  })
}

/** Runs it and kills it the hard way as soon as `moment` comes, unless it has ended before. @returns whether it was killed */
export function killed(
  words: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly moment: (kill: () => void) => () => void },
): Promise<boolean> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [COMMAND, ...words], {
      env: { ...process.env, ...options.env },
      stdio: 'ignore',
    })
    const forget = options.moment(() => child.kill('SIGKILL'))
    child.on('error', fail)
    child.on('close', (_, signal) => {
      forget()
      done(signal === 'SIGKILL')
    })
  })
}
