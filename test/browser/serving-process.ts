// `qingshan serve` as a program of its own over a data folder, for journeys that kill it. It comes back at the same port, so that
// pages which are open go on where they were.

import { spawn, type ChildProcess } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const ENTRY = pathToFileURL('dist/main.mjs').href
/** The bundle itself, without the tool that bundles anew where a source is newer. */
const BEGIN = `const { main } = await import(${JSON.stringify(ENTRY)}); await main(process.argv.slice(1))`

export interface ServingProcess {
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  /** kill -9; resolves when it is dead. */
  kill(): Promise<void>
  /** Starts it on the same data, at the same port. @throws Error with its output when it ends instead */
  start(): Promise<void>
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
}

/** @param databaseUrl of a PostgreSQL server; left out: the embedded database of the folder */
export async function startServing(folder: string, databaseUrl?: string): Promise<ServingProcess> {
  let child: ChildProcess | undefined
  let port = '0'
  const start = async (): Promise<void> => {
    const words = ['serve', '--data', folder, '--port', port]
    const started = spawn(
      process.execPath,
      ['--input-type=module', '-e', BEGIN, ...words, ...(databaseUrl === undefined ? [] : ['--database', databaseUrl])],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DATABASE_URL: '' } },
    )
    child = started
    port = await new Promise<string>((resolve, reject) => {
      let printed = ''
      const hear = (d: Buffer): void => {
        printed += d.toString()
        const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(printed)?.[1]
        if (found !== undefined) resolve(found)
      }
      started.stdout.on('data', hear)
      started.stderr.on('data', hear)
      started.once('close', (code) => reject(new Error(`serve ended with ${code}:\n${printed.slice(-4000)}`)))
    })
  }
  const end = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise((r) => ending.once('close', r))
    ending.kill(signal)
    await ended
  }
  await start()
  return {
    get address() {
      return `http://127.0.0.1:${port}`
    },
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
  }
}
