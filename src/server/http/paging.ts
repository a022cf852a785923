// Search, order, page and choice of columns over the rows that a reader may see. Pure.
// Always holds: only what is shown is searched, so that nobody learns a masked value by looking for it; rows that are equal in
// the order keep the order of the query.

import {
  describeForm,
  MASK,
  type Field,
  type FieldRow,
  type Form,
  type Json,
  type JsonObject,
} from '../../kernel/index.ts'

export interface Page {
  /** Every word must stand somewhere in the row. */
  readonly search?: string
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly limit: number
  readonly offset: number
  readonly columns?: readonly string[]
}

export type Column = Pick<FieldRow, 'title' | 'kind' | 'grade' | 'unit'> & { readonly name: string }

/** Columns of a table: the fields of its row, without the parts of groups and lists. */
export const columnsOf = (row: Form): readonly Column[] =>
  describeForm(row)
    .filter(({ path }) => !path.includes('.'))
    .map(({ path, title, kind, grade, unit }) => ({
      name: path,
      title,
      kind,
      grade,
      ...(unit === undefined ? {} : { unit }),
    }))

/** Widths of signs and letter case do not keep anybody from finding a thing. */
const plain = (s: string): string => s.normalize('NFKC').toLowerCase()

/** All texts of a value in a row: of a choice also its titles. */
function textOf(value: Json | undefined, field: Field | undefined): string {
  if (value === undefined || value === null || value === MASK) return ''
  if (typeof value !== 'object') {
    const titles = field?.choices?.find((c) => c.value === value)?.title
    return titles ? `${String(value)} ${titles.zh} ${titles.en}` : String(value)
  }
  return Object.values(value)
    .map((v) => textOf(v, undefined))
    .join(' ')
}

/** The rows in which every word stands somewhere. */
export function searched(row: Form, rows: readonly JsonObject[], search: string): readonly JsonObject[] {
  const words = plain(search)
    .split(/\s+/)
    .filter((w) => w !== '')
  if (words.length === 0) return rows
  const fields = Object.entries(row.fields)
  return rows.filter((r) => {
    const text = plain(fields.map(([name, field]) => textOf(r[name], field)).join('\u0000'))
    return words.every((w) => text.includes(w))
  })
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** Numbers first, then texts, what is missing last: in either direction. */
const rank = (v: string | undefined): number => (v === undefined ? 2 : NUMBER.test(v) ? 0 : 1)

function sortable(v: Json): string {
  if (typeof v !== 'object' || v === null) return String(v)
  const { value, from } = v as JsonObject
  return typeof value === 'string' ? value : typeof from === 'string' ? from : JSON.stringify(v)
}

/** Decimal texts of any length, without rounding them. */
function compareNumbers(x: string, y: string): number {
  const [negative, other] = [x.startsWith('-'), y.startsWith('-')]
  if (negative !== other) return negative ? -1 : 1
  const [a, b] = negative ? [y.slice(1), x.slice(1)] : [x, y]
  const [whole, part = ''] = a.split('.')
  const [whole2, part2 = ''] = b.split('.')
  const [m, n] = [whole!.replace(/^0+/, ''), whole2!.replace(/^0+/, '')]
  if (m.length !== n.length) return m.length < n.length ? -1 : 1
  if (m !== n) return m < n ? -1 : 1
  const [p, q] = [part.replace(/0+$/, ''), part2.replace(/0+$/, '')]
  return p < q ? -1 : p > q ? 1 : 0
}

/** Numbers by their size, texts by code units. */
export function sorted(
  rows: readonly JsonObject[],
  { column, descending }: NonNullable<Page['sort']>,
): readonly JsonObject[] {
  const sign = descending ? -1 : 1
  const keyed = rows.map((row) => {
    const value = row[column]
    const key = value === undefined ? undefined : sortable(value)
    return { row, key, rank: rank(key) }
  })
  return keyed
    .sort((a, b) => {
      if (a.rank !== b.rank || a.key === undefined || b.key === undefined) return a.rank - b.rank
      return sign * (a.rank === 0 ? compareNumbers(a.key, b.key) : a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
    })
    .map(({ row }) => row)
}

export const chosen = (rows: readonly JsonObject[], columns: readonly string[]): readonly JsonObject[] =>
  rows.map((r) => Object.fromEntries(columns.flatMap((c) => (r[c] === undefined ? [] : [[c, r[c]]]))))

/** Searched and in order, not yet cut. */
export function arranged(row: Form, rows: readonly JsonObject[], page: Page): readonly JsonObject[] {
  const found = page.search === undefined ? rows : searched(row, rows, page.search)
  return page.sort ? sorted(found, page.sort) : found
}
