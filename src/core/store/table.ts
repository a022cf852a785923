// A table of the house, declared once: its columns with their types give the TypeScript type of a row, its text form, and the
// array statements that write many rows at once (table-sql.ts). A test compares every declaration with the database on both
// engines.

import { assert, canonicalJson, type Json } from '../../kernel/index.ts'
import { arrayText, paramText, type ColumnType, type Param } from './sql.ts'

export interface Column {
  readonly type: ColumnType
  readonly nullable: boolean
}

type Declared = ColumnType | Column

/** A column that may be empty. */
export const optional = <T extends ColumnType>(type: T): { readonly type: T; readonly nullable: true } => ({
  type,
  nullable: true,
})

/** The value of a column: int8 is bigint, numeric, dates and instants are text, bytea is bytes. */
export type Value<T extends ColumnType> = T extends 'int8'
  ? bigint
  : T extends 'int4'
    ? number
    : T extends 'bool'
      ? boolean
      : T extends 'bytea'
        ? Uint8Array
        : T extends 'jsonb'
          ? Json
          : T extends 'text[]'
            ? readonly string[]
            : string

export interface Table<C extends Readonly<Record<string, Declared>> = Readonly<Record<string, Declared>>> {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: C
  /** Columns that stay as they are while the row stands: putting a row changes the others, and the row must stand. */
  readonly fixed?: readonly string[]
}

export type RowOf<T extends Table> = {
  readonly [K in keyof T['columns']]: T['columns'][K] extends { readonly type: infer U extends ColumnType }
    ? Value<U> | null
    : T['columns'][K] extends ColumnType
      ? Value<T['columns'][K]>
      : never
}

/** A row whose table is known only at run time. */
export type AnyRow = Readonly<Record<string, Param | Json | readonly string[]>>

export function table<const C extends Readonly<Record<string, Declared>>>(declaration: {
  readonly name: string
  readonly key: readonly (keyof C & string)[]
  readonly columns: C
  readonly fixed?: readonly (keyof C & string)[]
}): Table<C> {
  for (const n of [declaration.name, ...Object.keys(declaration.columns)])
    assert(/^[a-z][a-z0-9_]*$/.test(n), `not a name of ours: ${n}`)
  for (const k of [...declaration.key, ...(declaration.fixed ?? [])])
    assert(k in declaration.columns, `${declaration.name}: ${k} is no column`)
  return declaration
}

export const columnOf = (t: Table, c: string): Column => {
  const declared = t.columns[c]
  assert(declared !== undefined, `${t.name} has no column ${c}`)
  return typeof declared === 'string' ? { type: declared, nullable: false } : declared
}

export const columnNames = (t: Table): readonly string[] => Object.keys(t.columns)

function cellText(type: ColumnType, v: Param | Json | readonly string[] | undefined): string | null {
  if (v === null || v === undefined) return null
  if (type === 'jsonb') return canonicalJson(v as Json)
  if (type === 'text[]') return arrayText(v as readonly string[])
  return paramText(v as Param)
}

/** A row in the text form of the database, column by column: what is hashed, journalled and sent. */
export type Cells = Readonly<Record<string, string | null>>

export function cellsOf(t: Table, row: AnyRow): Cells {
  const cells: Record<string, string | null> = {}
  for (const { column, type } of typedColumns(t)) cells[column] = cellText(type, row[column])
  return cells
}

interface TypedColumn {
  readonly column: string
  readonly type: ColumnType
}
const typed = new WeakMap<Table, readonly TypedColumn[]>()
/** The columns of a table with their types, looked up once. */
function typedColumns(t: Table): readonly TypedColumn[] {
  const known = typed.get(t)
  if (known) return known
  const made = columnNames(t).map((column) => ({ column, type: columnOf(t, column).type }))
  typed.set(t, made)
  return made
}

/** Rows of one table, turned into columns: a hundred rows are written, hashed and sent as a few long arrays. */
export interface Block {
  readonly count: number
  /** Of each column one text a row. */
  readonly columns: Readonly<Record<string, readonly (string | null)[]>>
}

export function blockOf(t: Table, rows: readonly AnyRow[]): Block {
  const columns: Record<string, readonly (string | null)[]> = {}
  for (const { column, type } of typedColumns(t)) columns[column] = rows.map((r) => cellText(type, r[column]))
  return { count: rows.length, columns }
}

export const blockOfCells = (t: Table, rows: readonly Cells[]): Block => ({
  count: rows.length,
  columns: Object.fromEntries(columnNames(t).map((c) => [c, rows.map((r) => r[c] ?? null)])),
})

/** The rows one by one. */
export const cellsOfBlock = ({ count, columns }: Block): readonly Cells[] =>
  Array.from({ length: count }, (_, i) =>
    Object.fromEntries(Object.entries(columns).map(([c, values]) => [c, values[i] ?? null])),
  )

/** The rows of several blocks, one block after the other; a column that one of them lacks is empty there. */
export function joinBlocks(t: Table, blocks: readonly Block[]): Block {
  if (blocks.length === 1) return blocks[0]!
  const columns: Record<string, readonly (string | null)[]> = {}
  for (const { column } of typedColumns(t))
    columns[column] = ([] as (string | null)[]).concat(
      ...blocks.map((b) => b.columns[column] ?? (Array(b.count).fill(null) as null[])),
    )
  return { count: blocks.reduce((n, b) => n + b.count, 0), columns }
}

/** Some rows of a block, by their places. */
export function rowsOfBlock(block: Block, places: readonly number[]): Block {
  const columns: Record<string, readonly (string | null)[]> = {}
  for (const [c, values] of Object.entries(block.columns)) columns[c] = places.map((i) => values[i] ?? null)
  return { count: places.length, columns }
}

/** The keys of a block's rows, each as one text. */
export function keysOfBlock(t: Table, block: Block): readonly string[] {
  const [first, ...rest] = t.key.map((k) => block.columns[k] ?? [])
  return Array.from({ length: block.count }, (_, i) =>
    rest.reduce((text, values) => `${text}\u0000${values[i] ?? ''}`, first?.[i] ?? ''),
  )
}

/** The last row of each key: of rows put one after the other, what stands in the end. */
export function lastOfEachKey(t: Table, block: Block): Block {
  const last = new Map(keysOfBlock(t, block).map((key, i) => [key, i]))
  return last.size === block.count ? block : rowsOfBlock(block, [...last.values()])
}

/** The key of a row as one text, for maps in memory. */
export const keyOfCells = (t: Table, cells: Cells): string => t.key.map((k) => cells[k] ?? '').join('\u0000')

export const keyText = (t: Table, row: AnyRow): string =>
  t.key.map((k) => cellText(columnOf(t, k).type, row[k]) ?? '').join('\u0000')

/** One value in the text form of the database. */
export const textOf = (t: Table, column: string, value: AnyRow[string] | undefined): string | null =>
  cellText(columnOf(t, column).type, value)
