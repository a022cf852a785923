// Rows as a file an office opens: CSV with byte order mark, or a workbook.
// Always holds: a text never becomes a formula of whoever opens the file (the writers see to it).

import { dec, type Json, type JsonObject, type Lang } from '../../kernel/index.ts'
import { sheetName, writeCsv, writeWorkbook, type CellSpec } from '../../core/exchange-formats/index.ts'
import type { Column } from './paging.ts'

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** One cell as text: quantities with their unit, periods with both ends, lists one after the other. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((v: Json) => cellText(v)).join('; ')
  const { value: number, unit, from, to } = value as JsonObject
  if (typeof number === 'string' && typeof unit === 'string') return `${number} ${unit}`
  if (typeof from === 'string') return `${from} – ${typeof to === 'string' ? to : ''}`
  return JSON.stringify(value)
}

const headings = (columns: readonly Column[], lang: Lang): readonly string[] =>
  columns.map((c) => (c.unit === undefined ? c.title[lang] : `${c.title[lang]} (${c.unit})`))

export const csvOf = (columns: readonly Column[], rows: readonly JsonObject[], lang: Lang): Uint8Array =>
  writeCsv([headings(columns, lang), ...rows.map((r) => columns.map((c) => cellText(r[c.name])))])

const NUMERIC: readonly string[] = ['integer', 'amount', 'money', 'year']
/** Digits a workbook keeps of a number; a longer one stays the text it is. */
const DIGITS = 15

export async function xlsxOf(
  name: string,
  columns: readonly Column[],
  rows: readonly JsonObject[],
  lang: Lang,
): Promise<Uint8Array> {
  const cell = (column: Column, value: Json | undefined): CellSpec | undefined => {
    const text = cellText(value)
    if (text === '') return undefined
    const short = /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= DIGITS
    return NUMERIC.includes(column.kind) && short ? { value: dec(text), style: 'number' } : { value: text }
  }
  return writeWorkbook({
    title: name,
    lang,
    sheets: [
      {
        name: sheetName(name, new Set()),
        rows: [
          headings(columns, lang).map((value): CellSpec => ({ value, style: 'heading' })),
          ...rows.map((r) => columns.map((c) => cell(c, r[c.name]))),
        ],
        frozenRows: 1,
        repeatedRows: [1, 1],
        landscape: columns.length > 6,
      },
    ],
  })
}
