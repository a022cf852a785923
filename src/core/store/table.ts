// A table of the house, declared once: its columns with their types give the TypeScript type of a row and the array
// statements that write many rows at once. A test compares every declaration with the database on both engines.

import { assert, canonicalJson, type Json } from '../../kernel/index.ts'
import { arrayText, join, list, name, paramText, sql, trusted, type ColumnType, type Param, type Sql } from './sql.ts'

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
}): Table<C> {
  for (const k of declaration.key) assert(k in declaration.columns, `${declaration.name}: key ${k} is no column`)
  return declaration
}

export const columnOf = (t: Table, c: string): Column => {
  const declared = t.columns[c]
  assert(declared !== undefined, `${t.name} has no column ${c}`)
  return typeof declared === 'string' ? { type: declared, nullable: false } : declared
}

export const columnNames = (t: Table): readonly string[] => Object.keys(t.columns)

/** `"a", "b"` */
export const columnsSql = (t: Table): Sql => join(columnNames(t).map(name), ', ')

/** Types that `unnest` cannot carry as they are travel as text and are cast a row at a time. */
const carrier = (type: ColumnType): Exclude<ColumnType, 'text[]'> =>
  type === 'jsonb' || type === 'bytea' || type === 'text[]' ? 'text' : type

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

/** `select … from unnest(…)`: the rows as a set, one array a column, in the order given. */
function cellsSql(t: Table, rows: readonly Cells[], columns: readonly string[] = columnNames(t)): Sql {
  const typed = columns.map((c) => ({ c, type: columnOf(t, c).type }))
  const arrays = typed.map(
    ({ c, type }) =>
      sql`${list(
        carrier(type),
        rows.map((r) => r[c] ?? null),
      )}`,
  )
  const cells = typed.map(({ type }, i) => trusted(carrier(type) === type ? `v.c${i}` : `v.c${i}::${type}`))
  const names = trusted(typed.map((_, i) => `c${i}`).join(', '))
  return sql`select ${join(cells, ', ')} from unnest(${join(arrays, ', ')}) as v(${names})`
}

/** Rows, or some of their columns, as a set to join with. */
export const rowsSql = (t: Table, rows: readonly AnyRow[], columns: readonly string[] = columnNames(t)): Sql =>
  cellsSql(
    t,
    rows.map((r) => Object.fromEntries(columns.map((c) => [c, textOf(t, c, r[c])]))),
    columns,
  )

/** Inserts rows with one statement; a row that stands already is refused by the database. */
export const insertCells = (t: Table, rows: readonly Cells[]): Sql =>
  sql`insert into ${name(t.name)} (${columnsSql(t)}) ${cellsSql(t, rows)}`

/** Puts rows: a row with the same key is replaced. Of two rows with one key the later one counts. */
export function putCells(t: Table, rows: readonly Cells[]): Sql {
  const last = new Map(rows.map((r) => [keyOfCells(t, r), r]))
  const rest = columnNames(t).filter((c) => !t.key.includes(c))
  const what =
    rest.length === 0
      ? trusted('nothing')
      : sql`update set ${join(
          rest.map((c) => sql`${name(c)} = excluded.${name(c)}`),
          ', ',
        )}`
  return sql`${insertCells(t, [...last.values()])} on conflict (${join(t.key.map(name), ', ')}) do ${what}`
}

const textRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): readonly Cells[] =>
  rows.map((r) => cellsOf(t, r as AnyRow))

export const insertRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql => insertCells(t, textRows(t, rows))

/** Inserts rows that are not there yet. */
export const insertMissingRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql =>
  sql`${insertRows(t, rows)} on conflict (${join(t.key.map(name), ', ')}) do nothing`

export const putRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql => putCells(t, textRows(t, rows))

/** The key of a row as one text, for maps in memory. */
export const keyOfCells = (t: Table, cells: Cells): string => t.key.map((k) => cells[k] ?? '').join('\u0000')

export const keyText = (t: Table, row: AnyRow): string =>
  t.key.map((k) => cellText(columnOf(t, k).type, row[k]) ?? '').join('\u0000')

/** One value in the text form of the database. */
export const textOf = (t: Table, column: string, value: AnyRow[string] | undefined): string | null =>
  cellText(columnOf(t, column).type, value)

/** Rows by their keys, each key an object of the key's columns. */
export function rowsByKey(t: Table, keys: readonly AnyRow[]): Sql {
  const on = t.key.map((k, i) => sql`t.${name(k)} = k.${trusted(`k${i}`)}`)
  const cells = join(
    columnNames(t).map((c) => sql`t.${name(c)}`),
    ', ',
  )
  const arrays = t.key.map((k) => {
    const { type } = columnOf(t, k)
    return sql`${list(
      carrier(type),
      keys.map((row) => cellText(type, row[k])),
    )}`
  })
  const names = trusted(t.key.map((_, i) => `k${i}`).join(', '))
  return sql`select ${cells} from ${name(t.name)} t join unnest(${join(arrays, ', ')}) as k(${names}) on ${join(on, ' and ')}`
}

/** Rows that have one of the given combinations of values in the named columns. */
export function rowsByValues(t: Table, columns: readonly string[], values: readonly AnyRow[]): Sql {
  return rowsByKey({ ...t, key: columns }, values)
}
