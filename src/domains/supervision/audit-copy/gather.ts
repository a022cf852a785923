// Reads the acts of a copy, a few hundred at a time, with all that belongs to each: postings with both balances, indicator
// values, documents, the steps of its approval.

import { MASK, sees, type Grade, type Json } from '../../../kernel/index.ts'
import { scaled, serialText, type AssetRow, type PostingRow } from '../../../core/ledger/index.ts'
import {
  effectsOf,
  type ActRow,
  type RequestRow,
  type RequestStepRow,
  type Registry,
} from '../../../core/record/index.ts'
import type { DocumentRow } from '../../../core/files/index.ts'
import { list, sql, type Reader, type RowOf } from '../../../core/store/index.ts'
import { VALUE_STATUS, type indicatorValueTable, type ValueStatus } from '../../../core/indicators/index.ts'
import { actView, commitmentsIn, type ActView, type PersonalValue, type ShownField } from './act-view.ts'
import type { AuditAsk, AuditHouse } from './model.ts'
import { openNames, type Names } from './names.ts'
import type { AuditScope } from './scope.ts'

const PAGE = 250

export interface ShownPosting {
  readonly ordinal: number
  readonly id: string
  readonly effective: string
  readonly kind: string
  readonly asset: AssetRow | undefined
  readonly debit: string
  readonly credit: string
  readonly amount: string
  /** What each account holds after it, and its line there. */
  readonly debitAfter: string
  readonly debitLine: string
  readonly creditAfter: string
  readonly creditLine: string
  readonly why: string
  readonly units: string
}

export interface ShownValue {
  readonly indicator: string
  readonly title: string
  readonly place: string
  readonly period: string
  readonly dims: string
  readonly basis: string
  readonly version: number
  readonly value: string
  readonly unit: string
  readonly status: string
  readonly fit: string
  readonly recipe: Json
}

export interface ShownRequest {
  readonly row: RequestRow
  readonly steps: readonly RequestStepRow[]
}

export interface GatheredAct {
  readonly leaf: number
  readonly row: ActRow
  readonly entry: Uint8Array
  readonly correctedBy: number | undefined
  readonly correctsLeaf: number | undefined
  readonly view: ActView
  readonly reasons: Readonly<Record<string, Json>>
  readonly postings: readonly ShownPosting[]
  readonly values: readonly ShownValue[]
  /** Attached by this act. */
  readonly documents: readonly DocumentRow[]
  /** Attached to what this act is about. */
  readonly related: readonly DocumentRow[]
  readonly request: ShownRequest | undefined
}

interface Work {
  readonly tx: Reader
  readonly scope: AuditScope
  readonly registry: Registry
  readonly ask: AuditAsk
  readonly names: Names
}

/** @returns names too, for whoever lists grants */
export function gatherer(
  tx: Reader,
  scope: AuditScope,
  { registry, roles }: Pick<AuditHouse, 'registry' | 'roles'>,
  ask: AuditAsk,
): {
  readonly names: Names
  readonly pages: () => AsyncGenerator<readonly GatheredAct[]>
} {
  const work: Work = { tx, scope, registry, ask, names: openNames(tx, { tables: scope.tables, ask, roles }) }
  return {
    names: work.names,
    async *pages() {
      for (let at = 0; at < scope.acts.length; at += PAGE)
        yield await gather(
          work,
          scope.acts.slice(at, at + PAGE).map((a) => a.id),
        )
    },
  }
}

type FoundAct = ActRow & {
  readonly leaf_index: bigint
  readonly entry: Uint8Array
  readonly corrected_by: bigint | null
  readonly corrects_leaf: bigint | null
}

async function gather(work: Work, ids: readonly string[]): Promise<readonly GatheredAct[]> {
  const { tx, ask, registry, names } = work
  const wanted = list('uuid', ids)
  const acts = await tx.query<FoundAct>(
    sql`select a.*, l.leaf_index, l.entry, cl.leaf_index as corrected_by, ol.leaf_index as corrects_leaf
        from act a join log_leaf l on l.act = a.id
          left join act c on c.corrects = a.id left join log_leaf cl on cl.act = c.id
          left join log_leaf ol on ol.act = a.corrects
        where a.id = any(${wanted}) order by l.leaf_index`,
  )
  const personal = await personalValues(work, acts)
  const requests = await requestsOf(work, acts)
  const views = acts.map((a) => actView(a.content, registry, ask, personal))
  const said = (kind: ShownField['names']): readonly string[] =>
    views.flatMap((v) => v.fields.flatMap((f) => (f.names === kind && f.value !== MASK ? [f.value] : [])))
  await names.meet({
    people: [
      ...said('person'),
      ...acts.flatMap((a) => [a.person, ...(a.stand_in_for === null ? [] : [a.stand_in_for])]),
      ...[...requests.values()].flatMap((r) => [
        r.row.person,
        ...r.steps.flatMap((s) => [s.person, ...(s.stand_in_for === null ? [] : [s.stand_in_for])]),
      ]),
    ],
    places: [...acts.flatMap((a) => (a.place === null ? [] : [a.place])), ...said('region')],
    organisations: said('organisation'),
  })
  const postings = await postingsOf(work, wanted)
  const values = await valuesOf(work, wanted)
  const { own: documents, related } = await documentsOf(work, wanted)
  const internal = sees(ask.grade, 'internal')
  return acts.map((row, i) => ({
    leaf: Number(row.leaf_index),
    row,
    entry: row.entry,
    correctedBy: row.corrected_by === null ? undefined : Number(row.corrected_by),
    correctsLeaf: row.corrects_leaf === null ? undefined : Number(row.corrects_leaf),
    view: named(views[i]!, names),
    reasons: internal ? (effectsOf(row.effects).reasons ?? {}) : {},
    postings: postings.get(row.id) ?? [],
    values: values.get(row.id) ?? [],
    documents: documents.get(row.id) ?? [],
    related: related.get(row.id) ?? [],
    request: requests.get(row.request ?? row.id),
  }))
}

/** People, organisations and places in what was submitted, by name. */
const named = (view: ActView, names: Names): ActView => ({
  ...view,
  fields: view.fields.map((f) => {
    if (f.names === undefined) return f
    const text = { person: names.person, organisation: names.organisation, region: names.place }[f.names](f.value)
    return { ...f, value: text }
  }),
})

async function personalValues({ tx, ask }: Work, acts: readonly ActRow[]): Promise<ReadonlyMap<string, PersonalValue>> {
  if (!sees(ask.grade, 'personal')) return new Map()
  const wanted = acts.flatMap((a) => commitmentsIn((JSON.parse(a.content) as { readonly input?: Json }).input))
  if (wanted.length === 0) return new Map()
  const rows = await tx.query<PersonalValue & { readonly commitment: string }>(
    sql`select commitment, value, salt from personal_value
        where grade = 'personal' and commitment = any(${list('text', wanted)})`,
  )
  return new Map(rows.map((r) => [r.commitment, r]))
}

async function requestsOf({ tx }: Work, acts: readonly ActRow[]): Promise<ReadonlyMap<string, ShownRequest>> {
  const ids = list('uuid', [...new Set(acts.map((a) => a.request ?? a.id))])
  const rows = await tx.query<RequestRow>(sql`select * from request where id = any(${ids})`)
  if (rows.length === 0) return new Map()
  const steps = await tx.query<RequestStepRow>(
    sql`select * from request_step where request = any(${ids}) order by request, step`,
  )
  const byRequest = grouped(steps, (s) => s.request)
  return new Map(rows.map((row) => [row.id, { row, steps: byRequest.get(row.id) ?? [] }]))
}

async function postingsOf(
  { tx, ask, names }: Work,
  acts: ReturnType<typeof list>,
): Promise<ReadonlyMap<string, readonly ShownPosting[]>> {
  const rows = await tx.query<PostingRow>(sql`select * from posting where act = any(${acts}) order by act, ordinal`)
  if (rows.length === 0) return new Map()
  await names.meet({ accounts: rows.flatMap((r) => [r.debit_account_id, r.credit_account_id]) })
  const moves = await tx.query<{ id: string; prefix: string; size: bigint; from: bigint; to: bigint }>(
    sql`select m.posting_id::text as id, l.prefix, l.size, m.from_serial as "from", m.to_serial as "to"
        from lot_move m join lot l on l.id = m.lot
        where m.posting_id = any(${list(
          'uuid',
          rows.map((r) => r.id),
        )}) order by m.posting_id, m.lot, m.from_serial`,
  )
  const units = grouped(moves, (m) => m.id)
  const internal = sees(ask.grade, 'internal')
  return grouped(
    rows.map((r) => {
      const asset = names.assetOf(r.debit_account_id)
      const text = (n: bigint): string => (internal ? scaled(n, asset?.scale ?? 0) : MASK)
      return {
        act: r.act,
        ordinal: r.ordinal,
        id: r.id,
        effective: r.effective,
        kind: POSTING_KIND[r.kind] ?? r.kind,
        asset,
        debit: internal ? names.account(r.debit_account_id) : MASK,
        credit: internal ? names.account(r.credit_account_id) : MASK,
        amount: text(r.amount),
        debitAfter: text(r.debit_credits_posted - r.debit_debits_posted),
        debitLine: r.debit_line.toString(),
        creditAfter: text(r.credit_credits_posted - r.credit_debits_posted),
        creditLine: r.credit_line.toString(),
        why: internal ? (r.why_zh ?? '') : MASK,
        units: internal ? (units.get(r.id) ?? []).map((m) => serialText(m, m)).join('、') : MASK,
      }
    }),
    (p) => p.act,
  )
}

const POSTING_KIND: Readonly<Record<string, string>> = {
  plain: '直接',
  pending: '预留',
  post: '预留转实',
  void: '预留解除',
  expire: '预留到期',
}

async function valuesOf(
  { tx, ask, names }: Work,
  acts: ReturnType<typeof list>,
): Promise<ReadonlyMap<string, readonly ShownValue[]>> {
  type Found = RowOf<typeof indicatorValueTable> & { readonly title_zh: string; readonly grade: Grade }
  const rows = await tx.query<Found>(
    sql`select v.*, i.title_zh, i.grade from indicator_value v join indicator i on i.id = v.indicator
        where v.act = any(${acts}) order by v.act, v.indicator, v.place, v.period, v.dims, v.basis, v.version`,
  )
  await names.meet({ places: rows.map((r) => r.place) })
  return grouped(
    rows.map((r) => {
      const may = sees(ask.grade, r.grade)
      return {
        act: r.act,
        indicator: r.indicator,
        title: r.title_zh,
        place: names.place(r.place),
        period: r.period,
        dims: r.dims,
        basis: r.basis,
        version: r.version,
        value: may ? r.value : MASK,
        unit: r.unit,
        status: VALUE_STATUS[r.status as ValueStatus].zh,
        fit: r.fit.join('、'),
        recipe: may ? r.recipe : MASK,
      }
    }),
    (v) => v.act,
  )
}

type Grouped<T> = ReadonlyMap<string, readonly T[]>

async function documentsOf(
  { tx, scope, ask }: Work,
  acts: ReturnType<typeof list>,
): Promise<{ readonly own: Grouped<DocumentRow>; readonly related: Grouped<DocumentRow> }> {
  if (!scope.tables.has('document')) return { own: new Map(), related: new Map() }
  const own = await tx.query<DocumentRow>(sql`select * from document where act = any(${acts}) order by act, id`)
  const related = await tx.query<DocumentRow & { readonly of: string }>(
    sql`select d.*, s.act as "of" from act_subject s join document d on d.about = s.subject
        where s.act = any(${acts}) and d.act <> s.act order by s.act, d.id`,
  )
  const shown = <D extends DocumentRow>(d: D): D =>
    sees(ask.grade, d.grade as Grade) ? d : { ...d, name: MASK, note: d.note === null ? null : MASK }
  return { own: grouped(own.map(shown), (d) => d.act), related: grouped(related.map(shown), (d) => d.of) }
}

function grouped<T>(rows: readonly T[], by: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(by(row))
    if (group) group.push(row)
    else groups.set(by(row), [row])
  }
  return groups
}
