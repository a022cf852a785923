// Work in pieces over threads: each thread claims the next piece, this one too, and all results are here when it is done.
// Always holds: a piece gives the same result wherever it is done, so neither the number of threads nor their pace enters a
// result; a thread that dies, or never starts, costs time only, since its pieces are done here; what a piece throws as a
// problem is thrown here, of the first piece in order that has one, and nothing after it is begun.

import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { ProblemError, type Problem } from '../../kernel/index.ts'

export interface Threads {
  /** With this one. */
  readonly count: number
  /** Below this a grid is not worth it. */
  readonly leastPixels: number
  /** The other threads start, to be ready when there is work for them. */
  begin(): void
  /** @param job plain data for the other threads, which make of it what `own` does
   *  @returns the results of the pieces 0 … pieces − 1 */
  share<T>(job: unknown, pieces: number, own: (piece: number, step: () => void) => T, on?: Heard<T>): readonly T[]
  close(): void
}

/** What is told while pieces are done. */
export interface Heard<T> {
  /** Now and then: what all threads have stepped so far. */
  step?(steps: number): void
  /** Each piece once, as soon as its result is here, in whatever order. */
  piece?(piece: number, result: T): void
}

/** Places of a control block. */
const NEXT = 0
const DONE = 1
const STEPS = 2
/** The least piece with a problem, and 1. */
const STOP = 3

/** What is sent to a thread for a job. */
export interface ThreadJob {
  readonly job: unknown
  readonly pieces: number
  readonly control: SharedArrayBuffer
  readonly port: MessagePort
}
interface Answer {
  readonly piece: number
  readonly result?: unknown
  readonly problems?: readonly Problem[]
}

/** Waiting for others no longer than this, or three of the own pieces, before their pieces are done here. */
const PATIENCE_MS = 300
/** A thread takes some tenths of a second to begin. */
const LEAST_PIXELS = 4_000_000

/** @param script of the other threads: a module that calls `serveJobs`. They start with the first job where
 *  they were not told to before. */
export function openThreads(script: URL, count: number, leastPixels = LEAST_PIXELS): Threads {
  let workers: readonly Worker[] | undefined
  const start = (): readonly Worker[] =>
    Array.from({ length: count - 1 }, () => {
      const worker = new Worker(script, { stdout: true, stderr: true })
      // Whatever ends a thread, its pieces are done by this one.
      worker.on('error', () => undefined)
      worker.unref()
      return worker
    })
  return {
    count,
    leastPixels,
    begin: () => void (workers ??= start()),
    share<T>(job: unknown, pieces: number, own: (piece: number, step: () => void) => T, on?: Heard<T>) {
      workers ??= start()
      const buffer = new SharedArrayBuffer(16)
      const control = new Int32Array(buffer)
      const ports = workers.map((worker) => {
        const { port1, port2 } = new MessageChannel()
        const sent: ThreadJob = { job, pieces, control: buffer, port: port2 }
        worker.postMessage(sent, [port2])
        return port1
      })
      try {
        return gathered({
          control,
          ports,
          pieces,
          own,
          onStep: () => on?.step?.(Atomics.load(control, STEPS)),
          onPiece: (piece, result) => on?.piece?.(piece, result as T),
        }) as readonly T[]
      } finally {
        // Whoever is still at a piece stops claiming.
        Atomics.store(control, NEXT, pieces)
        for (const port of ports) port.close()
      }
    },
    close() {
      for (const worker of workers ?? []) void worker.terminate()
      workers = undefined
    },
  }
}

interface Gathering {
  readonly control: Int32Array
  readonly ports: readonly MessagePort[]
  readonly pieces: number
  readonly own: (piece: number, step: () => void) => unknown
  readonly onStep: () => void
  readonly onPiece: (piece: number, result: unknown) => void
}

function gathered({ control, ports, pieces, own, onStep, onPiece }: Gathering): readonly unknown[] {
  const answers = new Map<number, Answer>()
  let [patience, heard] = [PATIENCE_MS, 0]
  const take = (answer: Answer): void => {
    // A piece done twice came out the same.
    if (answers.has(answer.piece)) return
    answers.set(answer.piece, answer)
    if (!answer.problems) onPiece(answer.piece, answer.result)
  }
  const step = (): void => {
    Atomics.add(control, STEPS, 1)
    hear()
    onStep()
  }
  const doOwn = (piece: number): void => {
    const began = performance.now()
    const answer = answered(piece, () => own(piece, step))
    if (answer.problems) stopAt(control, piece)
    take(answer)
    patience = Math.max(patience, 3 * (performance.now() - began))
  }
  const hear = (): void => {
    const done = Atomics.load(control, DONE)
    if (done === heard) return
    heard = done
    for (const port of ports)
      for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port)) take(m.message as Answer)
  }
  for (let piece = claim(control, pieces); piece >= 0; piece = claim(control, pieces)) doOwn(piece)
  for (;;) {
    const done = Atomics.load(control, DONE)
    hear()
    onStep()
    const missing = firstMissing(answers, pieces)
    if (typeof missing === 'object') throw new ProblemError(missing.problems)
    if (missing < 0) return Array.from({ length: pieces }, (_, i) => answers.get(i)!.result)
    if (ports.length === 0 || Atomics.wait(control, DONE, done, patience) === 'timed-out') {
      hear()
      if (!answers.has(missing)) doOwn(missing)
    }
  }
}

/** The first piece without an answer, −1 where there is none; the problems of a piece before it. */
function firstMissing(
  answers: ReadonlyMap<number, Answer>,
  pieces: number,
): number | { readonly problems: readonly Problem[] } {
  for (let piece = 0; piece < pieces; piece++) {
    const answer = answers.get(piece)
    if (!answer) return piece
    if (answer.problems) return { problems: answer.problems }
  }
  return -1
}

/** The next piece, −1 where there is none. Pieces are claimed in order. */
function claim(control: Int32Array, pieces: number): number {
  const stop = Atomics.load(control, STOP)
  const piece = Atomics.add(control, NEXT, 1)
  return piece >= pieces || (stop > 0 && piece >= stop) ? -1 : piece
}

function stopAt(control: Int32Array, piece: number): void {
  for (;;) {
    const stop = Atomics.load(control, STOP)
    if (stop > 0 && stop <= piece + 1) return
    if (Atomics.compareExchange(control, STOP, stop, piece + 1) === stop) return
  }
}

function answered(piece: number, work: () => unknown): Answer {
  try {
    return { piece, result: work() }
  } catch (e) {
    if (e instanceof ProblemError) return { piece, problems: e.problems }
    throw e
  }
}

/** In another thread: makes of a job what does a piece, and does pieces as long as there are any. */
export function serveJob(
  { job, pieces, control: buffer, port }: ThreadJob,
  make: (job: unknown) => { readonly piece: (piece: number, step: () => void) => unknown; close(): void },
): void {
  const control = new Int32Array(buffer)
  const step = (): void => void Atomics.add(control, STEPS, 1)
  let made: ReturnType<typeof make> | undefined
  const tell = (answer: Answer): void => {
    if (answer.problems) stopAt(control, answer.piece)
    port.postMessage(answer)
    Atomics.add(control, DONE, 1)
    Atomics.notify(control, DONE)
  }
  try {
    for (let piece = claim(control, pieces); piece >= 0; piece = claim(control, pieces))
      tell(answered(piece, () => (made ??= make(job)).piece(piece, step)))
  } finally {
    made?.close()
    port.close()
  }
}
