// The thread of the embedded database: PGlite works there, so that commands are decided while rows are written. It takes bytes of
// the database's own protocol and gives bytes back; what they mean is known on this side only.
// Chosen: the program of the thread is a function of this file, sent as its text, so that it runs the same from the bundle and
// from TypeScript under test. Always holds: answers come in the order of the requests; a thread that died answers nothing more,
// and whoever waits is told.

import type { PGlite } from '@electric-sql/pglite'
import type FileSystem from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker, type MessagePort, type TransferListItem } from 'node:worker_threads'
import type { JournalLine } from './port.ts'

interface Start {
  readonly folder: string | undefined
  readonly image: Uint8Array | undefined
}

/** A transaction that is committed once its line of the journal is on the disk. All but the line are bytes of the protocol. */
export interface WithLine {
  readonly begin: Uint8Array
  /** What the last row of the answer must read. */
  readonly wanted: readonly string[]
  readonly line: JournalLine
  readonly commit: Uint8Array
  readonly rollback: Uint8Array
}
/** How far it came, and what the database answered there. */
export interface LineAnswer {
  readonly step: 'begin' | 'write' | 'sync' | 'commit'
  readonly bytes: Uint8Array
  /** Of the file that failed. */
  readonly code?: string
}

/** Bytes of the protocol to run, or a word. Before all of them comes the compiled program of the database. */
type Asked = Uint8Array | WithLine | 'dump' | 'close'
type Given = Uint8Array | LineAnswer
type Answered = { readonly given: Given } | { readonly failed: Failed }
interface Failed {
  readonly message: string
  readonly code: string | undefined
}

export interface DatabaseThread {
  /** Runs messages of the protocol. @returns what the database answers to all of them */
  run(messages: Uint8Array): Promise<Uint8Array>
  /** Runs `begin`; where its last row reads `wanted`, writes and syncs the line and runs `commit`, else runs `rollback`. */
  runWithLine(work: WithLine): Promise<LineAnswer>
  /** An image of the whole database. */
  dump(): Promise<Uint8Array>
  /** Closes the database and ends the thread. */
  close(): Promise<void>
  /** Ends the thread as a crash would. */
  kill(): Promise<void>
}

/** What runs in the thread. It sees nothing of this file: its text is all that is sent. */
function program(
  port: MessagePort,
  start: Start,
  library: { readonly PGlite: typeof PGlite },
  files: typeof FileSystem,
): void {
  const failed = (e: unknown): Answered => {
    const { message, code } = e as { message?: unknown; code?: unknown }
    return { failed: { message: String(message ?? e), code: typeof code === 'string' ? code : undefined } }
  }
  const answer = (given: Given): void =>
    port.postMessage({ given }, [('bytes' in given ? given.bytes : given).buffer as ArrayBuffer])
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
  const [row, refused] = ['D'.charCodeAt(0), 'E'.charCodeAt(0)]
  const text = new TextDecoder()
  /** Whether nothing was refused and the last row reads so: its cells follow a count of two bytes, each after its size. */
  const reads = (bytes: Uint8Array, wanted: readonly string[]): boolean => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let found = false
    for (let at = 0; at < bytes.length; at += 1 + view.getInt32(at + 1)) {
      if (bytes[at] === refused) return false
      if (bytes[at] !== row) continue
      let cell = at + 7
      found = wanted.every((want) => {
        const size = view.getInt32(cell)
        const from = cell + 4
        cell = from + Math.max(size, 0)
        return size >= 0 && text.decode(bytes.subarray(from, cell)) === want
      })
    }
    return found
  }
  const runWithLine = async ({ begin, wanted, line, commit, rollback }: WithLine): Promise<LineAnswer> => {
    const bytes = await run(begin)
    let step: LineAnswer['step'] = 'begin'
    try {
      if (!reads(bytes, wanted)) {
        await run(rollback)
        return { step, bytes }
      }
      step = 'write'
      // A file takes fewer bytes than offered when the disk is full.
      if (files.writeSync(line.file, line.bytes, 0, line.bytes.length, line.at) < line.bytes.length)
        throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
      step = 'sync'
      files.fdatasyncSync(line.file)
    } catch (e) {
      await run(rollback)
      const { code } = e as { code?: unknown }
      return { step, bytes: new Uint8Array(0), code: typeof code === 'string' ? code : String(e) }
    }
    return { step: 'commit', bytes: await run(commit) }
  }
  const work = async (asked: Asked): Promise<Given> => {
    if (asked === 'dump') return new Uint8Array(await (await (await opened).dumpDataDir('none')).arrayBuffer())
    if (asked === 'close') {
      await (await opened).close()
      return new Uint8Array(0)
    }
    return 'line' in asked ? runWithLine(asked) : run(asked)
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
    ;(${program.toString()})(parentPort, workerData, require(${JSON.stringify(library)}), require('node:fs'))`,
    // Without the words that this process was started with: they may say that text is another kind of program.
    { eval: true, execArgv: [], workerData: at, name: 'database' },
  )
  const waiting: { readonly done: (given: Given) => void; readonly fail: (e: Error) => void }[] = []
  let gone: Error | undefined
  const end = (why: string): void => {
    // As a server says it that has crashed.
    gone ??= Object.assign(new Error(`the database's thread ended: ${why}`), { code: '57P02' })
    for (const w of waiting.splice(0)) w.fail(gone)
  }
  worker.on('message', (answered: Answered) => {
    const first = waiting.shift()
    if ('given' in answered) first?.done(answered.given)
    else first?.fail(Object.assign(new Error(answered.failed.message), { code: answered.failed.code }))
  })
  worker.on('error', (e) => end(e.message))
  worker.on('exit', (code) => end(`exit ${code}`))
  /** What is given is what was asked for: bytes, or how far a line came. */
  const answered = <T extends Given>(): Promise<T> =>
    new Promise((done, fail) => {
      if (gone) fail(gone)
      else waiting.push({ done: done as (given: Given) => void, fail })
    })
  const ask = <T extends Given = Uint8Array>(asked: Asked, transfer: readonly TransferListItem[] = []): Promise<T> => {
    const answer = answered<T>()
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
    runWithLine: (work) => ask<LineAnswer>(work, [work.begin.buffer as ArrayBuffer]),
    dump: () => ask('dump'),
    close: async () => {
      if (gone) return
      await ask('close')
      await kill()
    },
    kill,
  }
}
