// Rows of the database as the text that acts write them in, a page in memory at a time. The same value gives the same text on
// both engines and on the way in and out; what a value becomes only by reading it (a microsecond cut off, a number of JSON
// rounded) stays visible.

import { canonicalJson, type Json } from '../../../kernel/index.ts'
import {
  arrayText,
  columnNames,
  columnOf,
  join,
  name,
  sql,
  trusted,
  type Cells,
  type ColumnType,
  type Reader,
  type Sql,
  type Table,
} from '../../store/index.ts'

/** Rows fetched at once: few enough that long ones fit into memory. */
const PAGE = 200

/** Makes the texts of this transaction the same on every server. */
export async function fixTexts(tx: Reader): Promise<void> {
  for (const setting of [`timezone = 'UTC'`, `datestyle = 'ISO, YMD'`, `bytea_output = 'hex'`])
    await tx.query(trusted(`set local ${setting}`))
}

/** The rows of a statement, a page at a time. `cursor` is a name of ours that no other open reading has. */
export async function* pagesOf<R>(tx: Reader, cursor: string, q: Sql): AsyncGenerator<readonly R[]> {
  await tx.query(sql`declare ${name(cursor)} no scroll cursor for ${q}`)
  for (;;) {
    const rows = await tx.query<R>(sql`fetch ${trusted(String(PAGE))} from ${name(cursor)}`)
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) break
  }
  await tx.query(sql`close ${name(cursor)}`)
}

/** `"a"::text as "a", …` */
export const textCells = (t: Table, alias = 't'): Sql =>
  join(
    columnNames(t).map((c) => {
      const cell = sql`${trusted(alias)}.${name(c)}`
      return columnOf(t, c).type === 'text[]'
        ? sql`to_json(${cell})::text as ${name(c)}`
        : sql`${cell}::text as ${name(c)}`
    }),
    ', ',
  )

/** All rows of a table in the text of acts, in no order. */
export async function* tableRows(tx: Reader, t: Table): AsyncGenerator<Cells> {
  for await (const page of pagesOf<Cells>(tx, `check_${t.name}`, sql`select ${textCells(t)} from ${name(t.name)} t`))
    for (const row of page) yield storedCells(t, row)
}

/** Cells as `textCells` read them. */
export const storedCells = (t: Table, row: Cells): Cells =>
  Object.fromEntries(
    columnNames(t).map((c) => {
      const text = row[c] ?? null
      const { type } = columnOf(t, c)
      const value = type === 'text[]' && text !== null ? arrayText(JSON.parse(text) as (string | null)[]) : text
      return [c, plainCell(type, value)]
    }),
  )

/** Cells as an act wrote them. */
export const writtenCells = (t: Table, row: Cells): Cells =>
  Object.fromEntries(columnNames(t).map((c) => [c, plainCell(columnOf(t, c).type, row[c] ?? null)]))

/** One text for one value of a column. */
function plainCell(type: ColumnType, text: string | null): string | null {
  if (text === null) return null
  const plain = PLAIN[type]
  return plain ? plain(text) : text
}

const PLAIN: Partial<Record<ColumnType, (text: string) => string>> = {
  uuid: (t) => t.toLowerCase(),
  timestamptz: instant,
  jsonb: (t) => {
    try {
      return canonicalJson(JSON.parse(t) as Json)
    } catch {
      // A number that is no whole one was never written by an act.
      return t
    }
  },
  numeric: (t) => {
    const m = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(t)
    if (!m) return t
    const digits = `${m[2] === '' ? '0' : m[2]!}${(m[3] ?? '') === '' ? '' : `.${m[3]!}`}`
    return m[1] === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits
  },
}

/** `2026-01-31 08:00:00.1+00` → `2026-01-31T08:00:00.100Z`; what is finer than a millisecond stays. */
function instant(text: string): string {
  const m = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(?:\+00(?::00)?|Z)$/.exec(text)
  if (!m) return text
  const fraction = (m[3] ?? '').padEnd(3, '0')
  return `${m[1]!}T${m[2]!}.${fraction.slice(0, 3)}${fraction.slice(3).replace(/0+$/, '')}Z`
}
