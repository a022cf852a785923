// The runner: the one way anything changes. Commands wait in one queue; all that wait are decided and written as one batch;
// a refused one drops out alone. On the embedded database the batch is on disk in the journal before it is acknowledged. The next
// batch is decided while one is being written. On a server they are to the database as two processes; the embedded database has
// one connection: there the next batch goes on at once where all it needs is known, and reads only after those before it.
// Always holds: the same id with the same content gives the stored answer; two commands on one subject never share a batch;
// the log head is taken last; nothing is acknowledged that could be lost.

import { civilDateIn, instantMs, ProblemError, type Instant, type Problem } from '../../kernel/index.ts'
import { isLostRace, ledgerRefusal, type Book } from '../ledger/index.ts'
import type { RuleBook } from '../rules/index.ts'
import { cellsOf, mayTryAgain, StoreError, type Journal, type Reader, type Store } from '../store/index.ts'
import { answeredBefore } from './answered-before.ts'
import { batchWriter, type Told } from './batch-writer.ts'
import { contextOf, decideOne, readStages } from './decide-one.ts'
import { KeptBook } from './kept-book.ts'
import { lockKeys } from './lock-keys.ts'
import {
  refused,
  type Actor,
  type Context,
  type Outcome,
  type Permit,
  type Receipt,
  type RowChange,
  type Submission,
} from './model.ts'
import { recordProblem } from './problems.ts'
import { randomPool } from './random-pool.ts'
import { receive } from './receive.ts'
import type { Registry } from './registry.ts'
import { replayJournal } from './replay.ts'
import { turns, type Leave } from './turns.ts'
import { BATCH, takeBatch, type Ready } from './waiting.ts'
import { WorkingSet } from './working-set.ts'
import { readHead, readyBatch, type Batch, type Head, type PreparedAct } from './write-batch.ts'

export interface RecorderOptions {
  readonly store: Store
  readonly registry: Registry
  readonly permit: Permit
  readonly rules: RuleBook
  readonly now: () => Instant
  readonly random: (count: number) => Uint8Array
  /** The operator's zone, `+08:00`: which day it is. */
  readonly zone: string
  /** Only with the embedded database. */
  readonly journal?: Journal
}

export interface Recorder {
  /** Decides, writes, answers. Never throws for what a person did: problems are in the outcome. */
  submit(submission: Submission): Promise<Outcome>
  /** Writes rows outside the log: drafts, sessions. Durable like acts, without being one. */
  writeLoose(changes: readonly RowChange[]): Promise<void>
  /** Waits for what is under way and takes nothing more. */
  close(): Promise<void>
  readonly registry: Registry
  readonly store: Store
  readonly options: RecorderOptions
}

/** How often a batch is tried again that another process was in the way of. */
const TRIES = 8
/** How often, where a key was taken: by another process meanwhile, or truly. */
const TRIES_TAKEN = 2
/** Batches under way: one is decided while the one before it is written. */
const LANES = 2
/** How far the clock may stand behind the last record before writing stops; less is taken as the last record's time. */
const CLOCK_BACK_MS = 120_000

interface Waiting extends Ready {
  readonly answer: (outcome: Outcome) => void
  /** A bug: whoever submitted is told by a throw. */
  readonly fail: (e: Error) => void
}

interface Loose {
  readonly rows: Batch['loose']
  readonly done: (e?: unknown) => void
}

interface Attempted {
  readonly outcomes: readonly Outcome[]
  readonly erased: readonly string[]
  /** Where something was written. */
  readonly after?: Head
}

/** What a batch tells while it is tried. */
interface Telling extends Told {
  /** It is decided: what comes next may build on what it leaves. Waits until the batch before it is written, unless both go by
   *  their lines, whose order the database's thread keeps. */
  readonly decided: (after: Head, book: Book, byLine: boolean) => Promise<void>
  /** Whether what it took for granted failed since. */
  readonly inDoubt: () => boolean
}

/** How a batch comes to the database. */
interface Ways {
  readonly reader: Reader
  /** The transaction in which it is written. */
  readonly within: <T>(write: (tx: Reader) => Promise<T>) => Promise<T>
}

/** A batch that was decided on what nobody read must be decided again on what the database says. */
class Unsure extends Error {}

/** Opens the record over a migrated store: replays what the database lost of the journal, then takes commands.
 *  @throws ProblemError `journal.…` where journal and database differ */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { store, registry, journal } = options
  let head = journal ? await replayJournal(store, journal, registry.tables) : await readHead(store)
  const known = new KeptBook()
  /** How often what is known was given up. */
  let forgotten = 0
  const deciding = { ...options, random: randomPool(options.random) }
  /** Others may write too: a batch is one transaction from its first reading on, and the database holds the keys. */
  const shared = store.engine === 'postgresql'
  const turn = turns()
  /** Whether the batch decided last was written, once that is known. */
  let lastWritten: Promise<boolean> = Promise.resolve(true)
  let lastByLine = false
  /** When all that was decided so far is committed or given up. */
  let allEnded: Promise<void> = Promise.resolve()
  /** Batches that are decided and neither committed nor given up. */
  let unended = 0
  /** The batch that the head is of. */
  let headOf: Telling | undefined
  const queue: Waiting[] = []
  let loose: Loose[] = []
  const running = new Set<Promise<void>>()
  let closed = false
  /** Commands that were taken and not answered yet, and batches that were taken so far. */
  let underWay = 0
  let batches = 0
  const writer = batchWriter(store, journal)

  const kick = (): void => {
    if (running.size >= LANES) return
    const lane = run().finally(() => {
      running.delete(lane)
      if (queue.length + loose.length > 0) kick()
    })
    running.add(lane)
  }

  async function run(): Promise<void> {
    // Those who were answered together submit together: wait for the turn's end before taking what waits.
    await Promise.resolve()
    for (;;) {
      const leave = await turn.take(Number.POSITIVE_INFINITY)
      if (queue.length + loose.length === 0) return leave()
      // Batches of like size keep both sides at work; else those who are answered together soon submit as one.
      const items = takeBatch(queue, Math.min(BATCH, Math.ceil((queue.length + underWay) / LANES)))
      const notes = loose
      loose = []
      if (queue.length > 0) kick()
      underWay += items.length
      try {
        const number = ++batches
        await runBatch(items, notes, number, leave).finally(() => turn.giveUpPlace(number))
      } finally {
        underWay -= items.length
      }
    }
  }

  /** @param leave gives the turn back, where it has one already */
  async function runBatch(items: Waiting[], notes: readonly Loose[], number: number, leave?: Leave): Promise<void> {
    const outcome = await tryBatch(items, notes, number, leave)
    if (!(outcome instanceof Error)) return
    // One of them may be at fault: each goes alone, so that only that one is refused.
    if (items.length + notes.length > 1 && isOfOne(outcome)) {
      for (const item of items) await runBatch([item], [], number)
      for (const note of notes) await runBatch([], [note], number)
      return
    }
    const problems = findProblems(outcome)
    for (const item of items) {
      if (problems) item.answer({ ok: false, problems })
      else item.fail(outcome)
    }
    for (const note of notes) note.done(problems ? new ProblemError(problems) : outcome)
  }

  /** The turn to decide on what the database says: all that was decided before has ended, and nobody before it is to be decided again. */
  async function sureTurn(number: number): Promise<Leave> {
    for (;;) {
      const leave = await turn.take(number)
      await allEnded
      if (!turn.isBehind(number)) return leave
      leave()
    }
  }

  /** Answers all, or returns why the whole did not go through.
   *  @param items those that must wait for what one before them changes are given back to the queue */
  async function tryBatch(
    items: Waiting[],
    notes: readonly Loose[],
    number: number,
    first?: Leave,
  ): Promise<undefined | Error> {
    let lookUp = false
    let sure = first === undefined
    for (let tries = 0; ; tries++) {
      const leave = tries === 0 && first ? first : await sureTurn(number)
      const broken = writer.broken()
      if (broken) {
        leave()
        return new ProblemError(broken)
      }
      let journalled = false
      let tellWritten: ((done: boolean) => void) | undefined
      let tellEnded: (() => void) | undefined
      const headBefore = head
      const asKnown = forgotten
      let published = false
      const telling: Telling = {
        decided: async (after, book, byLine) => {
          // What this one took for granted failed while it was decided.
          if (telling.inDoubt() && !sure) throw new Unsure()
          published = true
          const before = lastWritten
          const bothByLine = lastByLine && byLine
          lastByLine = byLine
          lastWritten = new Promise((resolve) => (tellWritten = resolve))
          const others = allEnded
          allEnded = new Promise<void>((resolve) => (tellEnded = resolve)).then(() => others)
          unended += 1
          head = after
          headOf = telling
          known.keep(book)
          // Of a batch whose parts go alone the last gives up the place.
          if (first) turn.giveUpPlace(number)
          leave()
          // What that one left was taken for granted, if anything was.
          if (!bothByLine && !(await before) && !sure) throw new Unsure()
        },
        inDoubt: () => asKnown !== forgotten,
        written: () => tellWritten?.(true),
        journalled: () => void (journalled = true),
      }
      try {
        const work = (ways: Ways): Promise<Attempted> => attempt(ways, { items, notes, lookUp, sure }, telling)
        const { outcomes, after, erased } = await (shared
          ? store.transaction((tx) => work({ reader: tx, within: (write) => write(tx) }))
          : work({ reader: afterOthers(), within: (write) => store.transaction(write) }))
        // It may have been taken again behind another process.
        if (after && headOf === telling) head = after
        if (journal && erased.length > 0) await journal.erase(erased)
        items.forEach((item, i) => item.answer(outcomes[i]!))
        for (const note of notes) note.done()
        return undefined
      } catch (e) {
        const wasSure = sure
        if (headOf === telling) head = headBefore
        if (published || !(e instanceof Unsure)) {
          known.forget()
          options.permit.forget?.()
          forgotten += 1
        }
        sure = true
        turn.keepPlace(number)
        if (e instanceof Unsure) continue
        // The journal has what the database may not have: only opening again brings them together.
        if (journalled) writer.stop()
        const why = writer.broken()
        if (why) return new ProblemError(why)
        // A key that stands already may be that of an act: then one of these was answered before.
        if (isTaken(e) && !lookUp) {
          lookUp = true
          continue
        }
        // It may rest on a row that a batch before it wrote, which a server shows only once that one is committed.
        if (!wasSure && isOfRows(e)) continue
        const lost = mayTryAgain(e) || (e instanceof StoreError && isLostRace(e.constraint ?? ''))
        if ((lost && tries < TRIES) || (isTaken(e) && shared && tries < TRIES_TAKEN)) continue
        if (lost) return new ProblemError(recordProblem('record.busy'))
        return e instanceof Error ? e : new Error(String(e))
      } finally {
        // Whichever way it ended, nobody waits for it any longer.
        leave()
        tellWritten?.(false)
        if (tellEnded) unended -= 1
        tellEnded?.()
      }
    }
  }

  /** Whether it writes what a permit rests on. */
  const isOfPermits = ({ table }: { readonly table: string }): boolean => options.permit.restsOn?.has(table) === true

  /** Reads what those left that were decided before: all of them have ended by then, and nobody else writes. */
  function afterOthers(): Reader {
    const others = allEnded
    return {
      engine: store.engine,
      query: async (q) => {
        await others
        return store.transaction((tx) => tx.query(q))
      },
    }
  }

  /** @param batch.lookUp whether one of them was answered before is looked up first; else it is found when its act cannot be
   *    written twice, or when it is refused, which is rare enough to save all others a look
   *  @param batch.sure decides on what the database says only */
  async function attempt(
    { reader, within }: Ways,
    { items, notes, lookUp, sure }: { items: Waiting[]; notes: readonly Loose[]; lookUp: boolean; sure: boolean },
    tell: Telling,
  ): Promise<Attempted> {
    // What it reads from now on may lack what those under way are writing, even if they have ended when it is decided.
    const besideOthers = unended > 0
    const outcomes: (Outcome | undefined)[] = lookUp ? await answeredBefore(reader, items) : items.map(() => undefined)
    const at = (i: number): Waiting => items[i]!
    const open = (): number[] => items.map((_, i) => i).filter((i) => outcomes[i] === undefined)
    const now = options.now()
    if (instantMs(head.recorded) - instantMs(now) > CLOCK_BACK_MS && open().length > 0) {
      const problem = recordProblem('record.clock-backwards', { now, last: head.recorded })
      for (const i of open()) outcomes[i] = refused(problem)
    }
    const recorded = now < head.recorded ? head.recorded : now
    const today = civilDateIn(recorded, options.zone)
    const actors = new Map<number, Actor>()
    const asking = open()
    const answers = await options.permit(
      reader,
      asking.map((i) => ({
        person: at(i).submission.person,
        role: at(i).submission.role,
        command: at(i).command,
        place: at(i).place,
        organisation: at(i).organisation,
        date: today,
      })),
    )
    answers.forEach((actor, k) => {
      if ('code' in actor) outcomes[asking[k]!] = refused(actor)
      else actors.set(asking[k]!, actor)
    })
    if (shared)
      await lockKeys(
        reader,
        open().flatMap((i) => at(i).subjects.filter((s) => !s.startsWith('act:'))),
      )
    const set = new WorkingSet(reader, { lock: shared, today, known: sure ? undefined : known })
    const acts: PreparedAct[] = []
    const receipts = new Map<number, Omit<Receipt, 'leaf'>>()
    const contexts = new Map<number, Context>()
    for (const i of open())
      contexts.set(i, contextOf(at(i), actors.get(i)!, { recorded, today, rules: options.rules }, set))
    const reading = open()
    await readStages(
      set,
      reading.map((i) => ({ item: at(i), context: contexts.get(i)! })),
      (k, problems) => void (outcomes[reading[k]!] = { ok: false, problems }),
    )
    for (const i of open()) {
      const item = at(i)
      try {
        const { act, receipt } = await decideOne(item, contexts.get(i)!, set, deciding)
        acts.push(act)
        receipts.set(i, receipt)
        // Whoever comes behind it was let through, or not, by what it changes: they are decided after it.
        if (act.rows.some(isOfPermits)) {
          queue.unshift(...items.splice(i + 1))
          outcomes.length = i + 1
          break
        }
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        outcomes[i] = { ok: false, problems: e.problems }
      }
    }
    // What is refused may be right by what a batch before this one is about to write, or failed to.
    const refuses = outcomes.some((o) => o && !o.ok)
    if (!sure && refuses && (besideOthers || tell.inDoubt())) throw new Unsure()
    // Where others write too, an account that nobody read counts only if the batch moves it, which finds out whether it was right.
    if (shared && set.taken.size > 0 && (refuses || set.hasUnmoved())) throw new Unsure()
    if (!lookUp) await recall(reader, items, outcomes)
    const batch: Batch = { acts, loose: notes.flatMap((n) => n.rows), taken: set.taken }
    if (acts.length + batch.loose.length === 0) return { outcomes: outcomes as Outcome[], erased: [] }
    const ready = readyBatch(batch, registry.tables, head)
    // Before the turn goes on: the next one reads anew, after this one has ended.
    if ([...acts.flatMap((a) => a.rows), ...batch.loose].some(isOfPermits)) options.permit.forget?.()
    const alone = sure ? undefined : writer.writeByLine && ready.alone
    await tell.decided(ready.after, set.book, alone !== undefined)
    const { before, after } = alone
      ? await writer.writeByLine!(alone, batch, tell)
      : await within((tx) => writer.write(tx, batch, ready, tell))
    tell.written()
    let leaf = before.frontier.size
    for (const [i, receipt] of receipts) outcomes[i] = { ok: true, receipt: { ...receipt, leaf: leaf++ } }
    return { outcomes: outcomes as Outcome[], after, erased: acts.flatMap((a) => a.erases) }
  }

  return {
    registry,
    store,
    options,
    submit: async (submission) => {
      if (closed) return refused(recordProblem('record.closing'))
      try {
        const ready = await receive(submission, options)
        if ('ok' in ready) return ready
        // It may have closed while the command looked something up.
        if (closed) return refused(recordProblem('record.closing'))
        return await new Promise<Outcome>((answer, fail) => {
          queue.push({ ...ready, answer, fail })
          kick()
        })
      } catch (e) {
        const problems = findProblems(e)
        if (!problems) throw e
        return { ok: false, problems }
      }
    },
    writeLoose: (changes) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new ProblemError(recordProblem('record.closing')))
          return
        }
        const rows = changes.map(({ table, how, row }) => ({ table: table.name, how, cells: cellsOf(table, row) }))
        loose.push({ rows, done: (e) => (e === undefined ? resolve() : reject(e as Error)) })
        kick()
      }),
    close: async () => {
      closed = true
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** A refusal stands only where there is no earlier answer. */
async function recall(tx: Reader, items: readonly Ready[], outcomes: (Outcome | undefined)[]): Promise<void> {
  const not = items.map((_, i) => i).filter((i) => outcomes[i]?.ok === false)
  const earlier = await answeredBefore(
    tx,
    not.map((i) => items[i]!),
  )
  not.forEach((i, k) => (outcomes[i] = earlier[k] ?? outcomes[i]))
}

/** A unique key stood already. */
const isTaken = (e: unknown): boolean => e instanceof StoreError && e.sqlState === '23505'

/** The database refused what the rows say, and not the reading or writing of them. */
const isOfRows = (e: unknown): boolean => e instanceof StoreError && e.sqlState.startsWith('23')

/** Whether the whole failed for what one of it is: refused by the database, a bug in its command, or too much together for one
 *  entry of the journal. */
const isOfOne = (e: Error): boolean =>
  !(e instanceof ProblemError) || e.problems.some((p) => p.code === 'journal.entry-too-large')

/** What a person can be told of a failure; undefined for a bug. */
function findProblems(e: unknown): readonly Problem[] | undefined {
  if (e instanceof ProblemError) return e.problems
  if (e instanceof StoreError)
    return [
      ledgerRefusal(e.constraint ?? '') ??
        recordProblem('record.refused-by-database', { constraint: e.constraint ?? e.sqlState }),
    ]
  return undefined
}
