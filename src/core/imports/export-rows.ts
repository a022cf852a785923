// Rows as a file an office opens: a workbook, CSV with byte order mark, or JSON. The one way out for every domain.
// Always holds: a text never becomes a formula of whoever opens the file (the writers see to it).

import { dec, type FieldRow, type Json, type JsonObject, type Lang } from '../../kernel/index.ts'
import { sheetName, writeCsv, writeWorkbook, type CellSpec } from '../exchange-formats/index.ts'

/** A column of what goes out: `columnsOf` a query's row makes them. */
export type ExportColumn = Pick<FieldRow, 'title' | 'kind' | 'unit'> & { readonly name: string }
export type ExportFormat = 'xlsx' | 'csv' | 'json'

export interface ExportedFile {
  readonly bytes: Uint8Array
  /** Media type. */
  readonly type: string
  readonly extension: ExportFormat
}

/** @param given.name of the sheet and title of the workbook */
export async function exportRows(
  given: {
    readonly name: string
    readonly columns: readonly ExportColumn[]
    readonly rows: readonly JsonObject[]
    readonly lang: Lang
  },
  format: ExportFormat,
): Promise<ExportedFile> {
  const { name, columns, rows, lang } = given
  switch (format) {
    case 'xlsx':
      return { bytes: await xlsxOf(name, columns, rows, lang), type: XLSX_TYPE, extension: format }
    case 'csv':
      return { bytes: csvOf(columns, rows, lang), type: 'text/csv; charset=utf-8', extension: format }
    case 'json': {
      const shown = rows.map((r) => Object.fromEntries(columns.map((c) => [c.name, r[c.name]])))
      return {
        bytes: new TextEncoder().encode(`${JSON.stringify(shown)}\n`),
        type: 'application/json',
        extension: format,
      }
    }
  }
}

/** Media type of a workbook. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** One cell as text: quantities with their unit, periods with both ends, lists one after the other. */
function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((v: Json) => cellText(v)).join('; ')
  const { value: number, unit, from, to } = value as JsonObject
  if (typeof number === 'string' && typeof unit === 'string') return `${number} ${unit}`
  if (typeof from === 'string') return `${from} – ${typeof to === 'string' ? to : ''}`
  return JSON.stringify(value)
}

const headings = (columns: readonly ExportColumn[], lang: Lang): readonly string[] =>
  columns.map((c) => (c.unit === undefined ? c.title[lang] : `${c.title[lang]} (${c.unit})`))

const csvOf = (columns: readonly ExportColumn[], rows: readonly JsonObject[], lang: Lang): Uint8Array =>
  writeCsv([headings(columns, lang), ...rows.map((r) => columns.map((c) => cellText(r[c.name])))])

const NUMERIC: readonly string[] = ['integer', 'amount', 'money', 'year']
/** Digits a workbook keeps of a number; a longer one stays the text it is. */
const DIGITS = 15

async function xlsxOf(
  name: string,
  columns: readonly ExportColumn[],
  rows: readonly JsonObject[],
  lang: Lang,
): Promise<Uint8Array> {
  const cell = (column: ExportColumn, value: Json | undefined): CellSpec | undefined => {
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
