// Deciding: what the commands of a batch want is read together, stage by stage; then each is decided on the state as the ones
// before it left it, and becomes an act that is ready to be written.
// Always holds: a refused command leaves no trace in the working set.

import {
  decode,
  ProblemError,
  uuidFrom,
  type CivilDate,
  type Instant,
  type Json,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import { ACT_SALT_BYTES } from '../evidence/index.ts'
import { isRefused, openBook, post, type Book } from '../ledger/index.ts'
import type { RuleBook } from '../rules/index.ts'
import type { RowOf } from '../store/index.ts'
import { requestEffects } from './approval/request.ts'
import { contentText, effectsText, type Content } from './content.ts'
import { firedTimer, indicatorRows, outcomeDigest, outcomeOf, sha256Hex, toRows, writtenRows } from './effects.ts'
import {
  isProblems,
  type Actor,
  type Context,
  type Effects,
  type Receipt,
  type Rehearsal,
  type Rehearsed,
} from './model.ts'
import type { Registry } from './registry.ts'
import type { jobTable } from './schema.ts'
import type { Ready } from './waiting.ts'
import type { WorkingSet } from './working-set.ts'
import { preparedAct, type PreparedAct } from './write-batch.ts'

/** What decisions stand on besides the state. */
export interface Deciding {
  readonly registry: Registry
  readonly rules: RuleBook
  readonly random: (count: number) => Uint8Array
}

export function contextOf(
  item: Ready,
  actor: Actor,
  at: { readonly recorded: Instant; readonly today: CivilDate; readonly rules: RuleBook },
  set: WorkingSet,
): Context {
  const context: Context = {
    subject: item.submission.id,
    today: at.today,
    legalDate: item.legalDate,
    recorded: at.recorded,
    actor,
    rules: at.rules,
    rehearse: (r) => rehearse(r, context, set),
  }
  return context
}

/** Reads for all at once what each wants; what is read in one stage may say what the next one wants.
 *  @param refuse told of one that is refused for what it wants */
export async function readStages(
  set: WorkingSet,
  all: readonly { readonly item: Ready; readonly context: Context }[],
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

export interface Decided {
  readonly act: PreparedAct
  readonly receipt: Omit<Receipt, 'leaf'>
}

/** @throws ProblemError with everything that speaks against it */
export async function decideOne(item: Ready, context: Context, set: WorkingSet, by: Deciding): Promise<Decided> {
  const view = set.view()
  const steps = item.command.approval?.(item.input, item.prepared) ?? []
  const effects =
    steps.length > 0
      ? requestEffects(item.command, steps, item, context)
      : item.command.decide(view.state, item.input, context, item.prepared)
  if (isProblems(effects)) throw new ProblemError(effects)
  if (effects.tries) await tryOut(effects.tries, set, item, context)
  const { as } = effects
  const command = as?.command ?? item.command
  // All that may still refuse comes before the book moves.
  const corrects =
    steps.length > 0 ? undefined : command.corrects?.((as ? decode(as.command.input, as.input) : item.input) as never)
  const id = item.submission.id
  const fired = await firedTimer(item.submission, set)
  const at = { act: id, recorded: context.recorded, today: context.today }
  // What the act itself says of its clock counts: it may start it again.
  const changes = [...fired, ...(await toRows(effects, view, set, at))]
  set.apply(changes)
  const rows = writtenRows(changes)
  const written = effectsText(
    {
      act: effects.act,
      ...(effects.reasons ? { reasons: effects.reasons } : {}),
      ...(effects.erases ? { erases: effects.erases } : {}),
    },
    rows,
  )
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
    corrects,
    subjects: [...new Set([...(effects.subjects ?? []), ...(as ? [`request:${as.request}`] : [])])],
    answer,
    effects: sha256Hex(written),
  }
  const act = preparedAct(
    {
      content: contentText(document),
      effects: written,
      salt: by.random(ACT_SALT_BYTES),
      sealed: item.sealed,
      jobs: jobsFor(by.registry, effects.act, id, context.recorded),
      erases: effects.erases ?? [],
    },
    { document, rows },
  )
  return {
    act,
    receipt: { act: id, kind: effects.act, recorded: context.recorded, answer, replayed: false },
  }
}

const jobsFor = (registry: Registry, kind: string, act: Uuid, recorded: Instant): readonly RowOf<typeof jobTable>[] =>
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

function rehearse(r: Rehearsal, context: Context, set: WorkingSet): Rehearsed | readonly Problem[] {
  const view = set.view()
  const input = decode(r.command.input, r.input) as never
  const effects = r.command.decide(view.state, input, { ...context, ...r.context }, r.prepared as never)
  if (isProblems(effects)) return effects
  const outcome = outcomeOf(effects, view)
  return { effects, outcome, digest: outcomeDigest(outcome) }
}

/** Whether the effects could be carried out now; what they would change is thrown away. @throws ProblemError if not */
async function tryOut(effects: Effects, set: WorkingSet, item: Ready, context: Context): Promise<void> {
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
