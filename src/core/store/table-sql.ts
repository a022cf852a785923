// The array statements of a table: rows found by keys, rows inserted, rows put, any number of them with one statement.
// Always holds: the text of a statement depends on the table and the columns only; values are parameters. A bulk of rows may
// leave out columns in which all of them agree, which gives its statement a text of its own.

import { join, name, sql, textList, trusted, type ColumnType, type Sql } from './sql.ts'
import {
  blockOf,
  blockOfCells,
  columnNames,
  columnOf,
  keysOfBlock,
  lastOfEachKey,
  textOf,
  type AnyRow,
  type Block,
  type Cells,
  type RowOf,
  type Table,
} from './table.ts'

/** `"a", "b"` */
const columnsText = (columns: readonly string[]): string => columns.map((c) => `"${c}"`).join(', ')

/** Types that `unnest` cannot carry as they are travel as text and are cast a row at a time. */
const carrier = (type: ColumnType): Exclude<ColumnType, 'text[]'> =>
  type === 'jsonb' || type === 'bytea' || type === 'text[]' ? 'text' : type

/** From so many rows on, a column in which they agree travels once. Fewer are not worth a statement with a text of its own. */
const BULK = 64

const agree = (values: readonly (string | null)[]): boolean => values.every((v) => v === values[0])

/** What stays the same of a statement over some columns of a table. */
interface Shape {
  readonly wanted: readonly string[]
  readonly carriers: readonly Exclude<ColumnType, 'text[]'>[]
  readonly before: string
  readonly after: string
}

function shapeOf(t: Table, wanted: readonly string[]): Shape {
  const types = wanted.map((c) => columnOf(t, c).type)
  const cells = types.map((type, i) => (carrier(type) === type ? `v.c${i}` : `v.c${i}::${type}`))
  return {
    wanted,
    carriers: types.map(carrier),
    before: `select ${cells.join(', ')} from unnest(`,
    after: `) as v(${wanted.map((_, i) => `c${i}`).join(', ')})`,
  }
}

const shapes = new WeakMap<Table, Shape>()
function wholeShape(t: Table): Shape {
  const known = shapes.get(t)
  if (known) return known
  const made = shapeOf(t, columnNames(t))
  shapes.set(t, made)
  return made
}

/** `select … from unnest(…)`: the rows as a set, one array a column, in the order given. */
function blockSql(t: Table, block: Block, wanted?: readonly string[]): Sql {
  if (block.count >= BULK) return bulkSql(t, block, wanted ?? columnNames(t))
  const shape = wanted ? shapeOf(t, wanted) : wholeShape(t)
  const arrays = shape.wanted.map(
    (c, i) => sql`${textList(shape.carriers[i]!, block.columns[c] ?? (Array(block.count).fill(null) as null[]))}`,
  )
  return sql`${trusted(shape.before)}${join(arrays, ', ')}${trusted(shape.after)}`
}

/** The same of many rows: a column in which all agree is one value. */
function bulkSql(t: Table, { count, columns }: Block, wanted: readonly string[]): Sql {
  const arrays: Sql[] = []
  const cells = wanted.map((c) => {
    const { type } = columnOf(t, c)
    const values = columns[c] ?? (Array(count).fill(null) as null[])
    if (!t.key.includes(c) && agree(values)) return sql`${values[0]!}::${trusted(type)}`
    const travels = carrier(type)
    arrays.push(sql`${textList(travels, values)}`)
    return trusted(travels === type ? `v.c${arrays.length - 1}` : `v.c${arrays.length - 1}::${type}`)
  })
  const names = trusted(arrays.map((_, i) => `c${i}`).join(', '))
  return sql`select ${join(cells, ', ')} from unnest(${join(arrays, ', ')}) as v(${names})`
}

/** Rows, or some of their columns, as a set to join with. */
export const rowsSql = (t: Table, rows: readonly AnyRow[]): Sql => blockSql(t, blockOf(t, rows))

/** Inserts rows with one statement; a row that stands already is refused by the database. */
export const insertBlock = (t: Table, block: Block): Sql =>
  sql`insert into ${name(t.name)} (${trusted(columnsText(columnNames(t)))}) ${blockSql(t, block)}`

/** What a column of a row must hold for the row to be changed, by the row's key (`keysOfBlock`); undefined: anything. Where it
 *  holds something else it is given the value `otherwise`, which no row has, and whoever asked must undo it all. A condition
 *  would be judged by what stood when the statement began, and pass over a row that another transaction is just changing; so
 *  would a check of the table. The value that is written is made after waiting. */
export interface Standing {
  readonly column: string
  readonly at: (key: string) => string | undefined
  readonly otherwise: bigint
}

/** Puts rows: a row with the same key is replaced, or changed where columns are fixed. Of two rows with one key the later one
 *  counts. @param standing only for a table with fixed columns */
export function putBlock(t: Table, rows: Block, standing?: Standing): Sql {
  const block = lastOfEachKey(t, rows)
  if (t.fixed) return changeBlock(t, t.fixed, block, standing)
  const rest = columnNames(t).filter((c) => !t.key.includes(c))
  const what =
    rest.length === 0
      ? trusted('nothing')
      : sql`update set ${join(
          rest.map((c) => sql`${name(c)} = excluded.${name(c)}`),
          ', ',
        )}`
  return sql`${insertBlock(t, block)} on conflict (${join(t.key.map(name), ', ')}) do ${what}`
}

/** Changes rows that stand, all but their key and what is fixed: half the work of an insert that meets them. */
function changeBlock(t: Table, fixed: readonly string[], rows: Block, standing: Standing | undefined): Sql {
  const changed = columnNames(t).filter((c) => !t.key.includes(c) && !fixed.includes(c))
  const wanted = [...t.key, ...changed]
  const value = (c: string): Sql =>
    c === standing?.column
      ? sql`case when n.standing is null or t.${name(c)} = n.standing then n.${name(c)} else ${trusted(String(standing.otherwise))} end`
      : sql`n.${name(c)}`
  const set = join(
    changed.map((c) => sql`${name(c)} = ${value(c)}`),
    ', ',
  )
  const same = join(
    t.key.map((k) => sql`t.${name(k)} = n.${name(k)}`),
    ' and ',
  )
  if (!standing)
    return sql`update ${name(t.name)} t set ${set} from (${blockSql(t, rows, wanted)}) as n(${trusted(columnsText(wanted))}) where ${same}`
  // A column more: what the row must hold before it is changed.
  const type = { type: columnOf(t, standing.column).type, nullable: true }
  const more = { ...t, columns: { ...t.columns, standing: type } }
  const at = keysOfBlock(t, rows).map((key) => standing.at(key) ?? null)
  const all = [...wanted, 'standing']
  return sql`update ${name(t.name)} t set ${set}
    from (${blockSql(more, { ...rows, columns: { ...rows.columns, standing: at } }, all)}) as n(${trusted(columnsText(all))}) where ${same}`
}

export const insertCells = (t: Table, rows: readonly Cells[]): Sql => insertBlock(t, blockOfCells(t, rows))

export const insertRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql =>
  insertBlock(t, blockOf(t, rows as readonly AnyRow[]))

/** Inserts rows that are not there yet. */
export const insertMissingRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql =>
  sql`${insertRows(t, rows)} on conflict (${join(t.key.map(name), ', ')}) do nothing`

export const putRows = <T extends Table>(t: T, rows: readonly RowOf<T>[]): Sql =>
  putBlock(t, blockOf(t, rows as readonly AnyRow[]))

/** Rows by their keys, each key an object of the key's columns. */
export function rowsByKey(t: Table, keys: readonly AnyRow[]): Sql {
  const on = t.key.map((k, i) => sql`t.${name(k)} = k.${trusted(`k${i}`)}`)
  const cells = join(
    columnNames(t).map((c) => sql`t.${name(c)}`),
    ', ',
  )
  const arrays = t.key.map(
    (k) =>
      sql`${textList(
        carrier(columnOf(t, k).type),
        keys.map((row) => textOf(t, k, row[k])),
      )}`,
  )
  const names = trusted(t.key.map((_, i) => `k${i}`).join(', '))
  return sql`select ${cells} from ${name(t.name)} t join unnest(${join(arrays, ', ')}) as k(${names}) on ${join(on, ' and ')}`
}

/** Rows that have one of the given combinations of values in the named columns. */
export function rowsByValues(t: Table, columns: readonly string[], values: readonly AnyRow[]): Sql {
  return rowsByKey({ ...t, key: columns }, values)
}
