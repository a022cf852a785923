// A page of a long table as two statements: how many rows there are, and those that are wanted. Pure.
// Always holds: only columns that the reader may see are searched or ordered by, so that a masked value tells nothing by where
// its row stands; words typed by people are parameters.

import { assert, sees, type Field, type Form, type Grade } from '../../kernel/index.ts'
import { join, sql, trusted, type Sql } from '../store/index.ts'
import type { PageWanted } from './ask.ts'

export interface PageSql {
  readonly count: Sql
  readonly select: Sql
}

/** An instant as an answer writes it, so that it is searched and ordered like the answer. */
export const instantColumn = (at: Sql): Sql => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A column by a name of ours: `t."legalDate"`. */
function column(name: string): Sql {
  assert(/^[a-z][A-Za-z0-9]*$/.test(name), `no name of a column: ${name}`)
  return trusted(`t."${name}"`)
}

/** What is looked through: of a choice its titles too, as people read them. */
function searchText(name: string, field: Field): Sql {
  const text = sql`${column(name)}::text`
  if (!field.choices) return text
  const called = field.choices.map(
    ({ value, title }) => sql`when ${value}::text then ${`${value} ${title.zh} ${title.en}`}::text`,
  )
  return sql`case ${text} ${join(called, ' ')} else ${text} end`
}

/** `%` and `_` are signs like all others. */
const pattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** Numbers first and by their size, then texts by code units, missing last. */
const ordered = (c: Sql, down: boolean): Sql => {
  const way = trusted(down ? 'desc' : 'asc')
  const isNumber = sql`${c} ~ '^-?[0-9]+([.][0-9]+)?$'`
  return sql`case when ${isNumber} then ${c}::numeric end ${way} nulls last,
    case when not ${isNumber} then ${c} end collate "C" ${way} nulls last`
}

/** The name under which each row of a searched page tells how many rows were found. */
export const FOUND = '_found'

export function pageOf(
  row: Form,
  rows: Sql,
  { page, order, may }: { readonly page: PageWanted; readonly order: readonly string[]; readonly may: Grade },
): PageSql {
  const visible = Object.entries(row.fields).filter(([, f]) => sees(may, f.grade))
  const words = (page.search ?? '')
    .normalize('NFKC')
    .split(/\s+/)
    .filter((w) => w !== '')
  const where =
    words.length === 0
      ? sql``
      : visible.length === 0
        ? sql`where false`
        : sql`where ${join(
            words.map((w) =>
              holds(
                visible.map(([name, f]) => searchText(name, f)),
                w,
              ),
            ),
            ' and ',
          )}`
  const sort = page.sort && sees(may, row.fields[page.sort.column]?.grade ?? 'secret') ? page.sort : undefined
  const by = [
    ...(sort ? [ordered(sql`${column(sort.column)}::text`, sort.descending)] : []),
    ...order.map((name) => (name.startsWith('-') ? sql`${column(name.slice(1))} desc nulls last` : column(name))),
  ]
  const wanted = join(Object.keys(row.fields).map(column), ', ')
  // Looking at each row is what a search costs, so a searched page counts on the way; without a search the counting alone is
  // cheaper than carrying all rows along.
  const also = words.length === 0 ? sql`` : trusted(`, count(*) over () as "${FOUND}"`)
  return {
    count: sql`select count(*) as n from (${rows}) t ${where}`,
    select: sql`select ${wanted} ${also} from (${rows}) t ${where} ${by.length > 0 ? sql`order by ${join(by, ', ')}` : sql``}
      limit ${page.limit} offset ${page.offset}`,
  }
}

/** Whether a word stands in one of the columns. Letter case costs as much as all the rest, so it is asked about only where the
 *  word has any. */
function holds(columns: readonly Sql[], word: string): Sql {
  const text = sql`concat_ws(' ', ${join(columns, ', ')})`
  const lower = word.toLowerCase()
  return lower === word.toUpperCase() ? sql`${text} like ${pattern(word)}` : sql`lower(${text}) like ${pattern(lower)}`
}
