// The thread of the embedded database: PGlite works there, so that commands are decided while rows are written. It takes bytes of
// the database's own protocol and gives bytes back; what they mean is known on this side only.
// Chosen: the program of the thread is a function of this file, sent as its text, so that it runs the same from the bundle and
// from TypeScript under test. Always holds: answers come in the order of the requests; a thread that died answers nothing more,
// and whoever waits is told.

import type { PGlite } from '@electric-sql/pglite'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker, type MessagePort, type TransferListItem } from 'node:worker_threads'

interface Start {
  readonly folder: string | undefined
  readonly image: Uint8Array | undefined
}

/** Bytes of the protocol to run, or a word. Before all of them comes the compiled program of the database. */
type Asked = Uint8Array | 'dump' | 'close'
type Answered = { readonly bytes: Uint8Array } | { readonly failed: Failed }
interface Failed {
  readonly message: string
  readonly code: string | undefined
}

export interface DatabaseThread {
  /** Runs messages of the protocol. @returns what the database answers to all of them */
  run(messages: Uint8Array): Promise<Uint8Array>
  /** An image of the whole database. */
  dump(): Promise<Uint8Array>
  /** Closes the database and ends the thread. */
  close(): Promise<void>
  /** Ends the thread as a crash would. */
  kill(): Promise<void>
}

/** What runs in the thread. It sees nothing of this file: its text is all that is sent. */
function program(port: MessagePort, start: Start, library: { readonly PGlite: typeof PGlite }): void {
  const failed = (e: unknown): Answered => {
    const { message, code } = e as { message?: unknown; code?: unknown }
    return { failed: { message: String(message ?? e), code: typeof code === 'string' ? code : undefined } }
  }
  const answer = (bytes: Uint8Array): void => port.postMessage({ bytes }, [bytes.buffer as ArrayBuffer])
  let give!: (compiled: WebAssembly.Module) => void
  const given = new Promise<WebAssembly.Module>((resolve) => (give = resolve))
  const opened = given.then((pgliteWasmModule) =>
    library.PGlite.create({
      ...(start.folder === undefined ? {} : { dataDir: start.folder }),
      ...(start.image === undefined ? {} : { loadDataDir: new Blob([start.image as Uint8Array<ArrayBuffer>]) }),
      pgliteWasmModule,
    }),
  )
  const run = async (messages: Uint8Array): Promise<Uint8Array> => {
    const db = await opened
    const chunks: Uint8Array[] = []
    let size = 0
    await db.execProtocolRawStream(messages, {
      syncToFs: false,
      onRawData: (bytes) => {
        // A view of the database's own memory.
        chunks.push(bytes.slice())
        size += bytes.length
      },
    })
    if (chunks.length === 1) return chunks[0]!
    const all = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      all.set(chunk, at)
      at += chunk.length
    }
    return all
  }
  const work = async (asked: Asked): Promise<Uint8Array> => {
    if (asked === 'dump') return new Uint8Array(await (await (await opened).dumpDataDir('none')).arrayBuffer())
    if (asked !== 'close') return run(asked)
    await (await opened).close()
    return new Uint8Array(0)
  }
  let last = opened.then(
    () => answer(new Uint8Array(0)),
    (e: unknown) => port.postMessage(failed(e)),
  )
  port.once('message', give)
  port.on('message', (asked: Asked | WebAssembly.Module) => {
    if (asked instanceof WebAssembly.Module) return
    last = last.then(() => work(asked)).then(answer, (e: unknown) => port.postMessage(failed(e)))
  })
}

const findLibrary = (): string => createRequire(import.meta.url).resolve('@electric-sql/pglite')
/** Compiled once a process: every thread shares it. */
let compiled: Promise<WebAssembly.Module> | undefined
const compile = (library: string): Promise<WebAssembly.Module> =>
  (compiled ??= readFile(join(dirname(library), 'pglite.wasm')).then((bytes) => WebAssembly.compile(bytes)))

/** Starts the thread and waits until the database is open. @throws Error with the database's own words */
export async function startDatabaseThread(at: Start): Promise<DatabaseThread> {
  const library = findLibrary()
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
    ;(${program.toString()})(parentPort, workerData, require(${JSON.stringify(library)}))`,
    // Without the words that this process was started with: they may say that text is another kind of program.
    { eval: true, execArgv: [], workerData: at, name: 'database' },
  )
  const waiting: { readonly done: (bytes: Uint8Array) => void; readonly fail: (e: Error) => void }[] = []
  let gone: Error | undefined
  const end = (why: string): void => {
    // As a server says it that has crashed.
    gone ??= Object.assign(new Error(`the database's thread ended: ${why}`), { code: '57P02' })
    for (const w of waiting.splice(0)) w.fail(gone)
  }
  worker.on('message', (answered: Answered) => {
    const first = waiting.shift()
    if ('bytes' in answered) first?.done(answered.bytes)
    else first?.fail(Object.assign(new Error(answered.failed.message), { code: answered.failed.code }))
  })
  worker.on('error', (e) => end(e.message))
  worker.on('exit', (code) => end(`exit ${code}`))
  const answered = (): Promise<Uint8Array> =>
    new Promise((done, fail) => {
      if (gone) fail(gone)
      else waiting.push({ done, fail })
    })
  const ask = (asked: Asked, transfer: readonly TransferListItem[] = []): Promise<Uint8Array> => {
    const answer = answered()
    if (!gone) worker.postMessage(asked, transfer)
    return answer
  }
  const kill = async (): Promise<void> => void (await worker.terminate())
  try {
    const opened = answered()
    opened.catch(() => undefined)
    // The thread reads its library meanwhile.
    worker.postMessage(await compile(library))
    await opened
  } catch (e) {
    await kill()
    throw e
  }
  return {
    run: (messages) => ask(messages, [messages.buffer as ArrayBuffer]),
    dump: () => ask('dump'),
    close: async () => {
      if (gone) return
      await ask('close')
      await kill()
    },
    kill,
  }
}
