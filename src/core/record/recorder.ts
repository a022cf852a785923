// The runner: the one way anything changes. Commands wait in one queue; all that wait are decided and written as one batch;
// a refused one drops out alone. On the embedded database the batch is on disk in the journal before it is acknowledged.
// Always holds: the same id with the same content gives the stored answer; two commands on one subject never share a batch;
// the log head is taken last; nothing is acknowledged that could be lost.

import {
  canonicalJson,
  check,
  civilDateIn,
  decode,
  instantMs,
  ProblemError,
  uuidFrom,
  uuidVersion,
  type CivilDate,
  type Instant,
  type Json,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import { ACT_SALT_BYTES } from '../evidence/index.ts'
import { isLostRace, isRefused, ledgerRefusal, openBook, post, type Book } from '../ledger/index.ts'
import type { RuleBook } from '../rules/index.ts'
import {
  cellsOf,
  list,
  mayTryAgain,
  sql,
  StoreError,
  type Journal,
  type Reader,
  type RowOf,
  type Store,
} from '../store/index.ts'
import { requestEffects } from './approval/request.ts'
import { contentText, type Content } from './content.ts'
import { effectsText, firedTimer, indicatorRows, outcomeDigest, outcomeOf, sha256Hex, toRows } from './effects.ts'
import type { JsonObject } from './json-object.ts'
import type {
  Actor,
  AnyCommand,
  Context,
  Effects,
  Outcome,
  Permit,
  Receipt,
  Rehearsal,
  Rehearsed,
  RowChange,
  Submission,
} from './model.ts'
import { lockKeys } from './lock-keys.ts'
import { recordProblem } from './problems.ts'
import type { Registry } from './registry.ts'
import { replayJournal } from './replay.ts'
import type { jobTable } from './schema.ts'
import { type ActRow } from './schema.ts'
import { seal, sealLike, type SealedValue } from './seal.ts'
import { changeCells, WorkingSet } from './working-set.ts'
import {
  appendToLog,
  journalText,
  preparedAct,
  readHead,
  writeRows,
  type Batch,
  type Head,
  type PreparedAct,
} from './write-batch.ts'

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

/** Most commands in one batch. */
const BATCH = 256
/** How often a batch is tried again that another process was in the way of. */
const TRIES = 8
/** How often, where a key was taken: by another process meanwhile, or truly. */
const TRIES_TAKEN = 2
/** How far the clock may stand behind the last record before writing stops; less is taken as the last record's time. */
const CLOCK_BACK_MS = 120_000

interface Waiting {
  readonly submission: Submission
  readonly command: AnyCommand
  readonly version: number
  readonly plain: JsonObject
  readonly json: JsonObject
  readonly sealed: readonly SealedValue[]
  readonly input: never
  readonly prepared: never
  readonly place: string | undefined
  readonly organisation: Uuid | undefined
  readonly legalDate: CivilDate
  readonly subjects: readonly string[]
  readonly answer: (outcome: Outcome) => void
  /** A bug: whoever submitted is told by a throw. */
  readonly fail: (e: Error) => void
}

interface Loose {
  readonly rows: Batch['loose']
  readonly done: (e?: unknown) => void
}

const refused = (...problems: readonly Problem[]): Outcome => ({ ok: false, problems })

/** Opens the record over a migrated store: replays what the database lost of the journal, then takes commands.
 *  @throws ProblemError `journal.…` where journal and database differ */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { store, registry, journal } = options
  let head = journal ? await replayJournal(store, journal, registry.tables) : await readHead(store)
  const queue: Waiting[] = []
  let loose: Loose[] = []
  let running: Promise<void> | undefined
  let closed = false
  /** After a journal that could not be written nobody knows what the database holds: nothing more is taken. */
  let broken: Problem | undefined

  const kick = (): void => {
    running ??= run().finally(() => {
      running = undefined
      if (queue.length + loose.length > 0) kick()
    })
  }

  async function run(): Promise<void> {
    // Those who were answered together submit together: wait for the turn's end before taking what waits.
    await Promise.resolve()
    while (queue.length + loose.length > 0) {
      const items = takeBatch(queue)
      const notes = loose
      loose = []
      await runBatch(items, notes)
    }
  }

  async function runBatch(items: readonly Waiting[], notes: readonly Loose[]): Promise<void> {
    const outcome = await tryBatch(items, notes)
    if (!(outcome instanceof Error)) return
    // The database refused the whole: each goes alone, so that only the one at fault is refused.
    if (items.length + notes.length > 1 && outcome instanceof StoreError) {
      for (const item of items) await runBatch([item], [])
      for (const note of notes) await runBatch([], [note])
      return
    }
    const problems = findProblems(outcome)
    for (const item of items) {
      if (problems) item.answer({ ok: false, problems })
      else item.fail(outcome)
    }
    for (const note of notes) note.done(problems ? new ProblemError(problems) : outcome)
  }

  /** Answers all, or returns why the whole did not go through. */
  async function tryBatch(items: readonly Waiting[], notes: readonly Loose[]): Promise<undefined | Error> {
    for (let tries = 0; ; tries++) {
      if (broken) return new ProblemError(broken)
      let journalled = false
      const kept = (): void => void (journalled = true)
      try {
        const { outcomes, after, erased } = await store.transaction((tx) => attempt(tx, items, notes, kept))
        if (after) head = after
        if (journal && erased.length > 0) await journal.erase(erased)
        items.forEach((item, i) => item.answer(outcomes[i]!))
        for (const note of notes) note.done()
        return undefined
      } catch (e) {
        // The journal has what the database may not have: only opening again brings them together.
        if (journalled) broken = recordProblem('record.reopen')
        if (broken) return new ProblemError(broken)
        const lost = mayTryAgain(e) || (e instanceof StoreError && isLostRace(e.constraint ?? ''))
        if (lost && tries < TRIES) continue
        if (isTaken(e) && store.engine === 'postgresql' && tries < TRIES_TAKEN) continue
        if (lost) return new ProblemError(recordProblem('record.busy'))
        if (e instanceof Error) return e
        throw e
      }
    }
  }

  async function attempt(
    tx: Reader,
    items: readonly Waiting[],
    notes: readonly Loose[],
    kept: () => void,
  ): Promise<{ outcomes: readonly Outcome[]; after: Head | undefined; erased: readonly string[] }> {
    const shared = store.engine === 'postgresql'
    // Another process may have written meanwhile.
    if (shared) head = await readHead(tx)
    const outcomes: (Outcome | undefined)[] = await replays(tx, items)
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
      tx,
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
        tx,
        open().flatMap((i) => at(i).subjects.filter((s) => !s.startsWith('act:'))),
      )
    const set = new WorkingSet(tx, { lock: shared, today })
    const acts: PreparedAct[] = []
    const receipts = new Map<number, Omit<Receipt, 'leaf'>>()
    const contexts = new Map<number, Context>()
    for (const i of open()) contexts.set(i, contextOf(at(i), actors.get(i)!, { recorded, today }, set))
    const reading = open()
    await readStages(
      set,
      reading.map((i) => ({ item: at(i), context: contexts.get(i)! })),
      (k, problems) => void (outcomes[reading[k]!] = { ok: false, problems }),
    )
    for (const i of open()) {
      const item = at(i)
      try {
        const { act, receipt } = await decideOne(item, contexts.get(i)!, set)
        acts.push(act)
        receipts.set(i, receipt)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        outcomes[i] = { ok: false, problems: e.problems }
      }
    }
    const batch: Batch = { acts, loose: notes.flatMap((n) => n.rows) }
    if (acts.length + batch.loose.length === 0) return { outcomes: outcomes as Outcome[], after: undefined, erased: [] }
    await writeRows(tx, batch, registry.tables)
    const { before, after } = await appendToLog(tx, batch, head)
    if (journal) {
      await keep(journal, batch, after)
      kept()
    }
    let leaf = before.frontier.size
    for (const [i, receipt] of receipts) outcomes[i] = { ok: true, receipt: { ...receipt, leaf: leaf++ } }
    return { outcomes: outcomes as Outcome[], after, erased: acts.flatMap((a) => a.erases) }
  }

  /** The journal has the batch on disk before the database commits it. If that fails, what the disk holds is unknown. */
  async function keep(to: Journal, batch: Batch, after: Head): Promise<void> {
    const { body, personal } = journalText(batch, after)
    try {
      await to.append(body, personal)
    } catch (e) {
      if (
        e instanceof ProblemError &&
        e.problems.some((p) => p.code === 'journal.write-failed' || p.code === 'journal.unusable')
      )
        broken = e.problems[0]
      throw e
    }
  }

  function contextOf(
    item: Waiting,
    actor: Actor,
    at: { recorded: Instant; today: CivilDate },
    set: WorkingSet,
  ): Context {
    const context: Context = {
      subject: item.submission.id,
      today: at.today,
      legalDate: item.legalDate,
      recorded: at.recorded,
      actor,
      rules: options.rules,
      rehearse: (r) => rehearse(r, context, set),
    }
    return context
  }

  async function decideOne(
    item: Waiting,
    context: Context,
    set: WorkingSet,
  ): Promise<{ act: PreparedAct; receipt: Omit<Receipt, 'leaf'> }> {
    const view = set.view()
    const steps = item.command.approval?.(item.input, item.prepared) ?? []
    const effects =
      steps.length > 0
        ? requestEffects(item.command, steps, item, context)
        : item.command.decide(view.state, item.input, context, item.prepared)
    if (isProblems(effects)) throw new ProblemError(effects)
    if (effects.tries) await tryOut(effects.tries, set, item, context)
    const id = item.submission.id
    const fired = await firedTimer(item.submission, set)
    const at = { act: id, recorded: context.recorded, today: context.today }
    // What the act itself says of its clock counts: it may start it again.
    const changes = [...fired, ...(await toRows(effects, view, set, at))]
    set.apply(changes)
    const rows = changes.map(changeCells)
    const written = effectsText(effects, rows)
    const { as } = effects
    const command = as?.command ?? item.command
    const answer: Json = effects.answer ?? {}
    const document: Content = {
      id,
      kind: effects.act,
      command: command.name,
      version: as ? as.command.version : item.version,
      input: as?.input ?? (item.json as Json),
      legalDate: as?.legalDate ?? item.legalDate,
      recorded: context.recorded,
      actor: context.actor,
      place: item.place,
      clause: command.clause,
      request: as?.request,
      corrects:
        steps.length > 0
          ? undefined
          : (as?.command ?? item.command).corrects?.((as ? decode(as.command.input, as.input) : item.input) as never),
      subjects: [...new Set([...(effects.subjects ?? []), ...(as ? [`request:${as.request}`] : [])])],
      answer,
      effects: sha256Hex(written),
    }
    const act = preparedAct(
      {
        content: contentText(document),
        effects: written,
        salt: options.random(ACT_SALT_BYTES),
        sealed: item.sealed,
        jobs: jobsFor(effects.act, id, context.recorded),
        erases: effects.erases ?? [],
      },
      { document, rows },
    )
    return {
      act,
      receipt: { act: id, kind: effects.act, recorded: context.recorded, answer, replayed: false },
    }
  }

  const jobsFor = (kind: string, act: Uuid, recorded: Instant): readonly RowOf<typeof jobTable>[] =>
    registry.listeners
      .filter((l) => l.hears.includes(kind))
      .map((l) => ({
        id: uuidFrom(act, `job ${l.name}`),
        listener: l.name,
        act,
        status: 'waiting',
        tries: 0,
        not_before: recorded,
        problem: null,
      }))

  return {
    registry,
    store,
    options,
    submit: async (submission) => {
      if (closed) return refused(recordProblem('record.closing'))
      try {
        const ready = await receive(submission, options)
        if ('ok' in ready) return ready
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
      while (running) await running
    },
  }
}

/** Validates, seals and prepares a submission, before it waits. */
async function receive(
  submission: Submission,
  options: RecorderOptions,
): Promise<Omit<Waiting, 'answer' | 'fail'> | Outcome> {
  const command = options.registry.getCommand(submission.command)
  if (uuidVersion(submission.id) !== 7)
    return refused(recordProblem('record.bad-id', { id: String(submission.id).slice(0, 60) }))
  const upgraded = upgrade(command, submission)
  if ('ok' in upgraded && upgraded.ok === false) return upgraded
  const plain = (upgraded as { json: JsonObject }).json
  const { json, values } = seal(command.input, plain, options.random)
  const input = decode(command.input, json as Json) as never
  const prepared = command.prepare ? await command.prepare(options.store, input) : undefined
  if (isProblems(prepared)) return { ok: false, problems: prepared }
  const ready = prepared as never
  const today = civilDateIn(options.now(), options.zone)
  return {
    submission,
    command,
    version: command.version,
    plain,
    json,
    sealed: values,
    input,
    prepared: ready,
    place: command.place(input, ready),
    organisation: command.organisation?.(input, ready),
    legalDate: command.legalDate(input, today, ready),
    subjects: [...command.subjects(input, ready), `act:${submission.id}`],
  }
}

/** Input of an earlier version of the form is checked by that form and brought up to today's. */
function upgrade(
  command: AnyCommand,
  submission: Submission,
): { readonly json: JsonObject } | Extract<Outcome, { ok: false }> {
  const version = submission.version ?? command.version
  const unknown = (): Extract<Outcome, { ok: false }> => ({
    ok: false,
    problems: [recordProblem('record.unknown-version', { name: command.name, version })],
  })
  if (version !== command.version && !command.past?.[version]) return unknown()
  const first = check(version === command.version ? command.input : command.past![version]!.input, submission.input)
  if (!first.ok) return first
  let json = first.json as Json
  for (let v = version; v < command.version; v++) {
    const step = command.past?.[v]
    if (!step) return unknown()
    json = step.toNext(json)
  }
  const last = check(command.input, json)
  return last.ok ? { json: last.json } : last
}

/** Takes from the queue what may be decided together: no two on one subject, and none ahead of an earlier one on its subject. */
export function takeBatch<T extends { readonly subjects: readonly string[] }>(queue: T[], most = BATCH): T[] {
  const taken: T[] = []
  const busy = new Set<string>()
  const left: T[] = []
  for (const item of queue) {
    const free = taken.length < most && item.subjects.every((s) => !busy.has(s))
    for (const s of item.subjects) busy.add(s)
    if (free) taken.push(item)
    else left.push(item)
  }
  queue.splice(0, queue.length, ...left)
  return taken
}

async function readStages(
  set: WorkingSet,
  all: readonly { readonly item: Waiting; readonly context: Context }[],
  refuse: (k: number, problems: readonly Problem[]) => void,
): Promise<void> {
  const dropped = new Set<number>()
  const stages = Math.max(0, ...all.map(({ item }) => item.command.reads?.length ?? 0))
  for (let stage = 0; stage < stages; stage++) {
    const { state } = set.view()
    const wanted = all.flatMap(({ item, context }, k) => {
      const read = item.command.reads?.[stage]
      if (!read || dropped.has(k)) return []
      try {
        return [read(item.input, state, context, item.prepared)]
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        dropped.add(k)
        refuse(k, e.problems)
        return []
      }
    })
    await set.load(wanted)
  }
}

/** Ids that were answered before: the stored answer if the content is the same, a refusal if it is not. */
async function replays(tx: Reader, items: readonly Waiting[]): Promise<(Outcome | undefined)[]> {
  if (items.length === 0) return []
  const ids = list(
    'uuid',
    items.map((i) => i.submission.id),
  )
  const rows = await tx.query<
    Pick<ActRow, 'id' | 'kind' | 'content' | 'recorded_at' | 'answer' | 'person' | 'role'> & { leaf_index: bigint }
  >(
    sql`select a.id, a.kind, a.content, a.recorded_at, a.answer, a.person, a.role, l.leaf_index
        from act a join log_leaf l on l.act = a.id where a.id = any(${ids})`,
  )
  if (rows.length === 0) return items.map(() => undefined)
  const values = await tx.query<{ act: string; path: string; commitment: string; salt: Uint8Array | null }>(
    sql`select act, path, commitment, salt from personal_value where act = any(${ids})`,
  )
  return items.map((item) => {
    const row = rows.find((r) => r.id === item.submission.id)
    if (!row) return undefined
    const stored = JSON.parse(row.content) as {
      readonly command: string
      readonly input: Json
      readonly request?: string
    }
    const earlier = new Map(values.filter((v) => v.act === row.id).map((v) => [v.path, v]))
    const now = sealLike(item.command.input, item.plain, earlier)
    const same =
      stored.request === undefined
        ? stored.command === item.command.name && canonicalJson(stored.input) === canonicalJson(now as Json)
        : item.command.name.startsWith('approve') && (now as { request?: string }).request === stored.request
    if (!same || row.person !== item.submission.person || row.role !== item.submission.role)
      return refused(recordProblem('act.replayed-differently', { id: row.id }))
    return {
      ok: true,
      receipt: {
        act: row.id as Uuid,
        kind: row.kind,
        recorded: row.recorded_at as Instant,
        leaf: Number(row.leaf_index),
        answer: row.answer,
        replayed: true,
      },
    }
  })
}

function rehearse(r: Rehearsal, context: Context, set: WorkingSet): Rehearsed | readonly Problem[] {
  const view = set.view()
  const input = decode(r.command.input, r.input) as never
  const effects = r.command.decide(view.state, input, { ...context, ...r.context }, r.prepared as never)
  if (isProblems(effects)) return effects
  const outcome = outcomeOf(effects, view)
  return { effects, outcome, digest: outcomeDigest(outcome) }
}

/** Whether the effects could be carried out now; what they would change is thrown away. @throws ProblemError if not */
async function tryOut(effects: Effects, set: WorkingSet, item: Waiting, context: Context): Promise<void> {
  const at = { act: item.submission.id, recorded: context.recorded, today: context.today }
  await indicatorRows(effects, set, at)
  await set.loadFor(effects.postings ?? [])
  const result = post(copyOf(set.book), effects.postings ?? [], { ...at, assets: effects.assets ?? [] })
  if (isRefused(result)) throw new ProblemError(result)
}

/** A book of its own over the same values, which are never changed in place. */
const copyOf = (book: Book): Book => ({
  ...openBook(),
  assets: new Map(book.assets),
  accounts: new Map(book.accounts),
  pendings: new Map(book.pendings),
  postings: new Map(book.postings),
  reversed: new Map(book.reversed),
  lots: new Map(book.lots),
  pieces: new Map(book.pieces),
  partly: new Set(book.partly),
})

/** A unique key stood already. */
const isTaken = (e: unknown): boolean => e instanceof StoreError && e.sqlState === '23505'

const isProblems = (x: unknown): x is readonly Problem[] => Array.isArray(x)

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
