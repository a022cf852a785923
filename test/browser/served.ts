// `npm start` as a person runs it, in a process and an output folder of its own, until Ctrl-C.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../../tools/qingshan.mjs', import.meta.url))

export interface Served {
  /** `http://127.0.0.1:PORT`, as printed. */
  readonly address: string
  /** Everything printed so far. */
  readonly printed: () => string
  /** Ctrl-C; the exit code, or null where a signal ended the process. */
  readonly interrupt: () => Promise<number | null>
  /** Removes the written files. */
  readonly clean: () => void
}

/** Resolves when the address is printed. @throws Error with the output when the process ends before that */
export function serve(): Promise<Served> {
  const out = mkdtempSync(join(tmpdir(), 'qingshan-start-'))
  const child = spawn(process.execPath, [COMMAND, 'start', '--out', out])
  const clean = (): void => rmSync(out, { recursive: true, force: true })
  let printed = ''
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const interrupt = (): Promise<number | null> => {
    child.kill('SIGINT')
    return ended
  }
  return new Promise((done, fail) => {
    const read = (d: Buffer): void => {
      printed += d.toString()
      const address = /(http:\/\/127\.0\.0\.1:\d+)\/index\.html[\s\S]*Ctrl-C/.exec(printed)?.[1]
      if (address) done({ address, printed: () => printed, interrupt, clean })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', fail)
    // After the address was printed this changes nothing: the promise is settled.
    void ended.then((code) => {
      fail(new Error(`start ended with ${code} before it served:\n${printed.slice(-4000)}`))
    })
  })
}
