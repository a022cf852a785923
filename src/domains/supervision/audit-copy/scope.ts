// Which acts belong to a copy: those placed in the region or within it, with their legal date or their day of recording in the
// period. So an act entered in the period for an earlier day is in it as well, which is what an auditor looks for.

import { ProblemError } from '../../../kernel/index.ts'
import { list, sql, type Reader, type Sql } from '../../../core/store/index.ts'
import { supervisionProblem } from '../problems.ts'
import type { AuditAsk } from './model.ts'
import type { Drawable } from './sample.ts'

export interface AuditScope {
  /** Tables this database has: a house may do without people, regions or documents. */
  readonly tables: ReadonlySet<string>
  /** The region and all within it. */
  readonly within: readonly string[]
  /** The regions it lies in. */
  readonly above: readonly string[]
  readonly acts: readonly Drawable[]
  readonly withoutPlace: number
}

export async function scopeOf(tx: Reader, ask: AuditAsk): Promise<AuditScope> {
  if (ask.to < ask.from) throw new ProblemError(supervisionProblem('audit.period', { from: ask.from, to: ask.to }))
  const found = await tx.query<{ t: string }>(
    sql`select table_name::text as t from information_schema.tables where table_schema = current_schema()`,
  )
  const tables = new Set(found.map((r) => r.t))
  const { within, above } = await regionsOf(tx, tables, ask.region)
  const acts = await tx.query<{ id: string; leaf: bigint }>(
    sql`select a.id::text as id, l.leaf_index as leaf from act a join log_leaf l on l.act = a.id
        where a.place = any(${list('text', within)}) and ${inPeriod(ask)} order by l.leaf_index`,
  )
  const [none] = await tx.query<{ n: bigint }>(
    sql`select count(*)::int8 as n from act a where a.place is null and ${inPeriod(ask)}`,
  )
  return {
    tables,
    within,
    above,
    acts: acts.map(({ id, leaf }) => ({ id, leaf: Number(leaf) })),
    withoutPlace: Number(none!.n),
  }
}

const inPeriod = ({ from, to, zone }: AuditAsk): Sql =>
  sql`((a.legal_date >= ${from}::date and a.legal_date <= ${to}::date) or
      (a.recorded_at >= ${`${from}T00:00:00${zone}`}::timestamptz
        and a.recorded_at < ${`${to}T00:00:00${zone}`}::timestamptz + interval '1 day'))`

async function regionsOf(
  tx: Reader,
  tables: ReadonlySet<string>,
  region: string,
): Promise<Pick<AuditScope, 'within' | 'above'>> {
  const alone = { within: [region], above: [] }
  if (!tables.has('region_closure')) return alone
  const [edition] = await tx.query<{ edition: number }>(sql`select edition from region_edition where in_force`)
  if (!edition) return alone
  const pairs = await tx.query<{ ancestor: string; descendant: string }>(
    sql`select ancestor, descendant from region_closure
        where edition = ${edition.edition}::int4 and (ancestor = ${region} or descendant = ${region})`,
  )
  if (pairs.length === 0) throw new ProblemError(supervisionProblem('audit.region-unknown', { region }))
  return {
    within: pairs.filter((p) => p.ancestor === region).map((p) => p.descendant),
    above: pairs.filter((p) => p.ancestor !== region).map((p) => p.ancestor),
  }
}
