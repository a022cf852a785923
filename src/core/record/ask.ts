// Asking: a query is checked, allowed and answered within the asker's scope; every field of the answer is masked by its grade.
// Personal values are opened only for who may see them; what was erased says so.

import {
  assert,
  check,
  decodeGiven,
  isCommitment,
  MASK,
  mask,
  sees,
  walk,
  type CivilDate,
  type Form,
  type Json,
  type JsonObject,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import { list, sql, type Reader } from '../store/index.ts'
import { FOUND, pageOf } from './page-sql.ts'
import type { AnyQuery, Query, Scope } from './model.ts'
import type { Registry } from './registry.ts'

/** Plugged in by whoever knows people: what this person may be answered in this role. */
export type ScopeOf = (
  reader: Reader,
  asked: { readonly person: Uuid; readonly role: string; readonly query: AnyQuery; readonly date: CivilDate },
) => Promise<Scope | Problem>

export interface Question {
  readonly query: string
  readonly input: unknown
  readonly person: Uuid
  readonly role: string
}

export type Answer =
  | { readonly ok: true; readonly rows: readonly JsonObject[]; readonly query: AnyQuery }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Stands in the place of a personal value that was erased. */
export const ERASED = '（已删除 / erased）'

export async function ask(
  house: { readonly registry: Registry; readonly scopeOf: ScopeOf; readonly today: CivilDate },
  reader: Reader,
  question: Question,
): Promise<Answer> {
  const query = house.registry.getQuery(question.query)
  const checked = check(query.input, question.input)
  if (!checked.ok) return checked
  const scope = await house.scopeOf(reader, { person: question.person, role: question.role, query, date: house.today })
  if ('code' in scope) return { ok: false, problems: [scope] }
  const input = decodeGiven(query.input, checked.json as Json) as never
  const rows = (await query.run(reader, input, scope)) as readonly JsonObject[]
  return { ok: true, rows: await shown(reader, query.row, rows, scope), query }
}

/** One page of a long table. */
export interface PageWanted {
  /** Every word must stand somewhere in the row. */
  readonly search?: string
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly limit: number
  readonly offset: number
}

export type PageAnswer =
  | { readonly ok: true; readonly rows: readonly JsonObject[]; readonly total: number }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** The page, searched, ordered and cut by the database. Only for a query with a `table`. */
export async function askPage(
  house: { readonly registry: Registry; readonly scopeOf: ScopeOf; readonly today: CivilDate },
  reader: Reader,
  question: Question,
  page: PageWanted,
): Promise<PageAnswer> {
  const query = house.registry.getQuery(question.query)
  const { table, order = [] } = query
  assert(table, `${query.name} has no table`)
  const checked = check(query.input, question.input)
  if (!checked.ok) return checked
  const scope = await house.scopeOf(reader, { person: question.person, role: question.role, query, date: house.today })
  if ('code' in scope) return { ok: false, problems: [scope] }
  const rows = table(decodeGiven(query.input, checked.json as Json) as never, scope)
  const { count, select } = pageOf(query.row, rows, { page, order, may: scope.grade })
  const found = await reader.query<Readonly<Record<string, string | bigint | null>>>(select)
  const told = found[0]?.[FOUND]
  const total = typeof told === 'bigint' ? told : (await reader.query<{ n: bigint }>(count))[0]!.n
  return {
    ok: true,
    rows: found.map((r) =>
      mask(query.row, Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)) as JsonObject, scope.grade),
    ),
    total: Number(total),
  }
}

/** Rows as this reader may see them. */
export async function shown(
  reader: Reader,
  row: Form,
  rows: readonly JsonObject[],
  scope: Pick<Scope, 'grade'>,
): Promise<readonly JsonObject[]> {
  const masked = rows.map((r) => mask(row, r, scope.grade))
  if (!sees(scope.grade, 'personal')) return masked
  const wanted = new Set<string>()
  for (const r of masked)
    walk(row, r, (v) => {
      if (typeof v === 'string' && isCommitment(v)) wanted.add(v)
      return undefined
    })
  if (wanted.size === 0) return masked
  const found = await reader.query<{ commitment: string; value: string | null; grade: string }>(
    sql`select commitment, value, grade from personal_value where commitment = any(${list('text', [...wanted])})`,
  )
  const values = new Map(found.map((f) => [f.commitment, f]))
  return masked.map((r) =>
    walk(row, r, (v) => {
      if (typeof v !== 'string' || !isCommitment(v)) return undefined
      const value = values.get(v)
      if (value?.grade === 'secret') return MASK
      return value?.value ?? ERASED
    }),
  )
}

/** Declares a query with its types. */
export const query = <I extends Form, O extends Form>(q: Query<I, O>): AnyQuery => q as unknown as AnyQuery
