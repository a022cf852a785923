// Rows that files brought, and how they are read. They stand in tables of their own, each row with its batch and its line; the act
// that accepts the batch puts all of them in force at once, as an edition of regions is.
// Always holds: a brought row is never changed. What changes a thing that was brought writes it whole into a table of acts,
// under the same id, and covers it there.

import type { AnyRow, Param, RowOf, Sql, Table } from '../store/index.ts'
import { name, sql, table } from '../store/index.ts'
import type { State, Wanted } from '../record/index.ts'
import { importBatchTable } from './schema.ts'

type Columns = Table['columns']
export type Staged<C extends Columns> = Table<
  { readonly batch: 'uuid'; readonly line: 'int4'; readonly item: 'int4' } & C
>

/** @param declared without `batch` (which came with which file), `line` (row or feature) and `item` (of the rows of one line) */
export const stagedTable = <const C extends Columns>(declared: {
  readonly name: string
  readonly columns: C
}): Staged<C> =>
  table({
    name: declared.name,
    key: ['batch', 'line', 'item'],
    columns: { batch: 'uuid', line: 'int4', item: 'int4', ...declared.columns },
  }) as unknown as Staged<C>

/** Whether a row counts. @param alias of the staged table in the statement */
export const inForce = (alias: string): Sql =>
  sql`exists (select 1 from import_batch ib where ib.id = ${name(alias)}.batch and ib.in_force)`

type Where = Readonly<Record<string, Param>>

/** First stage of reading a brought thing in a command. */
export const broughtReads = (staged: Table, where: Where): Wanted => ({ sets: [{ table: staged, where }] })

/** Second stage: the batches of what the first one found. */
export const broughtBatches = (state: State, staged: Table, where: Where): Wanted => ({
  rows: [...new Set(rowsOf(state, staged, where).map((r) => r['batch'] as string))].map((id) => ({
    table: importBatchTable,
    key: { id },
  })),
})

/** The rows in force, after both stages. */
export const findBrought = <T extends Table>(state: State, staged: T, where: Where): RowOf<T> | undefined =>
  broughtInForce(state, staged, where)[0]

export const broughtInForce = <T extends Table>(state: State, staged: T, where: Where): readonly RowOf<T>[] =>
  rowsOf(state, staged, where).filter(
    (r) => state.row(importBatchTable, { id: r['batch'] as string })?.in_force === true,
  ) as unknown as readonly RowOf<T>[]

const rowsOf = (state: State, staged: Table, where: Where): readonly AnyRow[] =>
  state.rows(staged, where) as unknown as readonly AnyRow[]
