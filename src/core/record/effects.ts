// From what a decision returned to what is written: everything an act does becomes rows of tables, in one order, as text. The
// digest of that text stands in the act, the act's digest stands in the log: so the log vouches for every row.

import { createHash } from 'node:crypto'
import {
  canonicalJson,
  instantMs,
  ProblemError,
  uuidFrom,
  uuidv7,
  type CivilDate,
  type Instant,
  type Json,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import {
  account,
  asset,
  changesToRows,
  isRefused,
  lot,
  lotMove,
  lotPiece,
  post,
  posting,
  type Changes,
} from '../ledger/index.ts'
import {
  cardProblems,
  cardRow,
  citationProblems,
  indicatorKeyText,
  indicatorTable,
  indicatorValueTable,
  valueOf,
  valueProblems,
  valueRow,
} from '../indicators/index.ts'
import { blockOf, cellsOf, type AnyRow, type RowOf, type Table } from '../store/index.ts'
import type { WrittenRows } from './content.ts'
import { put, type Effects, type RowChange, type Submission } from './model.ts'
import { recordProblem } from './problems.ts'
import { noticeTable, numberSeriesTable, timerTable } from './schema.ts'
import type { View, WorkingSet } from './working-set.ts'

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface ActTime {
  readonly act: Uuid
  readonly recorded: Instant
  readonly today: CivilDate
}

const rows = (table: Table, how: RowChange['how'], all: readonly unknown[]): readonly RowChange[] =>
  all.map((row) => ({ table, how, row: row as AnyRow }))

/** The timer of a subject and a clock: starting it again moves it. */
export const timerId = (subject: string, clock: string): Uuid => uuidFrom('timer', `${subject}\u0000${clock}`)

/** The id of what a clock submits when it is due: the same however often it is tried, another when it is started again. */
export const firingId = (t: Pick<RowOf<typeof timerTable>, 'subject' | 'clock' | 'due' | 'act'>): Uuid =>
  uuidv7(
    Math.max(0, instantMs(t.due as Instant)),
    Uint8Array.from(
      createHash('sha256')
        .update(canonicalJson([t.subject, t.clock, t.act]))
        .digest()
        .subarray(0, 10),
    ),
  )

/** The row of the clock that submitted an act, as the act leaves it.
 *  @throws ProblemError `record.clock-not-running` where it has fired, was stopped or moved meanwhile */
export async function firedTimer(
  { id, timer }: Pick<Submission, 'id' | 'timer'>,
  set: WorkingSet,
): Promise<readonly RowChange[]> {
  if (timer === undefined) return []
  const [row] = (await set.lockRows(timerTable, [{ id: timer }])) as (RowOf<typeof timerTable> | undefined)[]
  if (row?.status !== 'running' || firingId(row) !== id)
    throw new ProblemError(recordProblem('record.clock-not-running'))
  return [put(timerTable, { ...row, status: 'fired', act: id })]
}

/** Everything an act does, as rows. Moves the book on; nothing else changes until `apply`.
 *  @throws ProblemError with everything that speaks against it; then the book is as it was */
export async function toRows(
  effects: Effects,
  view: View,
  set: WorkingSet,
  at: ActTime,
): Promise<readonly RowChange[]> {
  const indicators = await indicatorRows(effects, set, at)
  for (const change of effects.rows ?? [])
    if (set.stands(change))
      throw new ProblemError(recordProblem('record.refused-by-database', { constraint: change.table.name }))
  const entries = effects.postings ?? []
  await set.loadFor(entries)
  const timers = await timerRows(effects, set, at)
  const notices = await closeNotices(effects, set, at)
  const changes = book(effects, set, at)
  const ledger = changes ? ledgerRows(changes, set) : []
  return [
    ...(effects.rows ?? []),
    ...ledger,
    ...indicators,
    ...notices,
    ...(effects.notices ?? []).map((n, i): RowChange => ({
      table: noticeTable,
      how: 'insert',
      row: {
        id: uuidFrom(at.act, `notice ${i}`),
        act: at.act,
        place: n.place,
        about: n.about,
        to_person: n.toPerson ?? null,
        to_role: n.toRole ?? null,
        zh: n.text.zh,
        en: n.text.en,
        closed_by: null,
      },
    })),
    ...timers,
    ...lastNumbers(view),
  ]
}

function book(effects: Effects, set: WorkingSet, at: ActTime): Changes | undefined {
  const entries = effects.postings ?? []
  const assets = effects.assets ?? []
  if (entries.length + assets.length === 0) return undefined
  const result = post(set.book, entries, { ...at, assets })
  if (isRefused(result)) throw new ProblemError(result)
  return result
}

function ledgerRows(changes: Changes, set: WorkingSet): readonly RowChange[] {
  const r = changesToRows([changes], set.book.lots)
  return [
    ...rows(asset, 'insert', r.asset),
    ...rows(account, 'insert', r.opened),
    ...rows(account, 'put', r.moved),
    ...rows(posting, 'insert', r.posting),
    ...rows(lot, 'insert', r.lot),
    ...rows(lotPiece, 'put', r.lotPiece),
    ...rows(lotMove, 'insert', r.lotMove),
  ]
}

/** Rows of cards and values; also looks at what the act cites. @throws ProblemError if it cites what is not fit */
export async function indicatorRows(effects: Effects, set: WorkingSet, at: ActTime): Promise<readonly RowChange[]> {
  const cards = effects.cards ?? []
  const values = effects.indicators ?? []
  const cites = effects.cites ?? []
  if (cards.length + values.length + cites.length === 0) return []
  await set.loadKeys([...values, ...cites.map((c) => c.of), ...cards.map((c) => ({ ...NO_KEY, indicator: c.id }))])
  const { state } = set.view()
  const made = new Map(cards.map((c) => [c.id, c]))
  const found: Problem[] = [
    ...cards.flatMap((c) => cardProblems(c, state.card(c.id))),
    ...values.flatMap((v) => valueProblems(v, made.get(v.indicator) ?? state.card(v.indicator))),
    ...cites.flatMap((c) => {
      const row = set.latestValue(c.of)
      return citationProblems(c, row && valueOf(row))
    }),
  ]
  if (found.length > 0) throw new ProblemError(found)
  const versions = new Map<string, number>()
  const next = (v: (typeof values)[number]): number => {
    const key = indicatorKeyText(v)
    const version = (versions.get(key) ?? set.latestValue(v)?.version ?? 0) + 1
    versions.set(key, version)
    return version
  }
  return [
    ...rows(
      indicatorTable,
      'put',
      cards.map((c) => cardRow(c, at.act)),
    ),
    ...rows(
      indicatorValueTable,
      'insert',
      values.map((v) => valueRow(v, next(v), at.act)),
    ),
  ]
}
const NO_KEY = { place: '', period: '', dims: '', basis: '' }

async function timerRows({ timers = [] }: Effects, set: WorkingSet, at: ActTime): Promise<readonly RowChange[]> {
  if (timers.length === 0) return []
  const ids = timers.map((t) => timerId(t.subject, t.clock))
  const standing = await set.lockRows(
    timerTable,
    ids.map((id) => ({ id })),
  )
  return timers.flatMap((t, i): RowChange[] => {
    const row =
      'due' in t ? { id: ids[i]!, ...t, status: 'running' } : standing[i] && { ...standing[i], status: 'stopped' }
    return row ? [{ table: timerTable, how: 'put', row: { ...row, act: at.act } }] : []
  })
}

async function closeNotices(effects: Effects, set: WorkingSet, at: ActTime): Promise<readonly RowChange[]> {
  const changes: RowChange[] = []
  for (const id of effects.closes ?? []) {
    const row = await set.loadRow(noticeTable, { id })
    if (row) changes.push({ table: noticeTable, how: 'put', row: { ...row, closed_by: at.act } })
  }
  return changes
}

/** The last number of each series the act took from. */
function lastNumbers(view: View): readonly RowChange[] {
  const last = new Map(view.numbers.map((n) => [canonicalJson({ ...n.series }), n]))
  return [...last.values()].map(({ series, last: n }) => ({
    table: numberSeriesTable,
    how: 'put',
    row: { ...series, last: n },
  }))
}

/** Changes as text, those that follow one another into one table together. */
export function writtenRows(changes: readonly RowChange[]): readonly WrittenRows[] {
  const runs: { table: Table; how: RowChange['how']; rows: AnyRow[] }[] = []
  for (const { table, how, row } of changes) {
    const last = runs.at(-1)
    if (last?.table === table && last.how === how) last.rows.push(row)
    else runs.push({ table, how, rows: [row] })
  }
  return runs.map(({ table, how, rows }) => ({ table: table.name, how, block: blockOf(table, rows) }))
}

/** What a person would call the outcome, without what differs each time: numbers just taken, instants, running balances. */
export function outcomeOf(effects: Effects, view: View): Json {
  const jsonOf = (value: unknown): Json =>
    JSON.parse(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))) as Json
  const outcome = jsonOf({
    act: effects.act,
    rows: (effects.rows ?? []).map((c) => [c.table.name, c.how, cellsOf(c.table, c.row)]),
    assets: effects.assets ?? [],
    postings: effects.postings ?? [],
    cards: effects.cards ?? [],
    indicators: effects.indicators ?? [],
    answer: effects.answer ?? null,
  })
  let text = canonicalText(outcome)
  for (const n of view.numbers) text = text.replaceAll(n.text, '＃')
  return JSON.parse(text) as Json
}

/** Like canonical JSON, for data that is never hashed into the log and may hold any number. */
const canonicalText = (value: Json): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )

export const outcomeDigest = (outcome: Json): string => sha256Hex(canonicalText(outcome)).slice(0, 16)
