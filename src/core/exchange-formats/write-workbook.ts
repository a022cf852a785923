// Writes .xlsx workbooks from plain data in the manner of an official table: 黑体 headings, 仿宋 text, 楷体 notes, A4 with
// repeated headings and page x of y. Always holds: equal data gives equal bytes; a text is always written as a text
// cell, whatever it begins with, so data never becomes a formula; formulas come from the program only.

import type ExcelJS from 'exceljs'
import { assert, Dec, type Lang } from '../../kernel/index.ts'
import { columnLetter, parseRange } from './sheet.ts'
import { openZip, writeZip } from './zip.ts'

export type CellStyle = 'title' | 'heading' | 'text' | 'number' | 'total' | 'note' | 'code' | 'warning'

export interface CellSpec {
  /** For a formula, its result: what a reader without a calculator shows. */
  readonly value?: string | number | Dec | boolean | { readonly date: string }
  /** Without the equals sign; references, arithmetic and named functions only. */
  readonly formula?: string
  readonly style?: CellStyle
  /** Number format, `#,##0.00`. */
  readonly format?: string
  /** A web address, or a cell of this workbook. */
  readonly link?: string | { readonly sheet: string; readonly cell: string }
  /** Shown when the pointer rests on the cell. */
  readonly note?: string
  /** Merges the cell over rows and columns. */
  readonly span?: { readonly rows?: number; readonly columns?: number }
}

export interface SheetSpec {
  readonly name: string
  /** Rows of cells; `undefined` leaves a cell empty. */
  readonly rows: readonly (readonly (CellSpec | undefined)[])[]
  /** Widths in characters; a column without one is fitted to its texts. */
  readonly widths?: readonly (number | undefined)[]
  /** The rows that hold titles and headings: kept in sight. */
  readonly frozenRows?: number
  readonly frozenColumns?: number
  /** `[3, 4]`: rows printed at the top of every page. */
  readonly repeatedRows?: readonly [number, number]
  readonly landscape?: boolean
  readonly hidden?: boolean
}

export interface WorkbookSpec {
  readonly title: string
  readonly sheets: readonly SheetSpec[]
  /** Language of the page footer. */
  readonly lang?: Lang
  /** Left part of the page footer, such as the account's name and status. */
  readonly footer?: string
}

/** ISO A4 in the numbering of ECMA-376 part 1, 18.3.1.63. */
const A4 = 9
/** Excel's own bounds. */
const MAX_TEXT = 32_767
const MAX_SHEET_NAME = 31
const MIN_WIDTH = 8
const MAX_WIDTH = 40
/** A workbook tells when it was made; ours tells the same always, so that equal accounts are equal files. */
const MADE = new Date(Date.UTC(2000, 0, 1))

const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF808080' } }
const BOX: Partial<ExcelJS.Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE }
const fillOf = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })

const STYLES: Readonly<Record<CellStyle, Partial<ExcelJS.Style>>> = {
  title: {
    font: { name: '黑体', size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  },
  heading: {
    font: { name: '黑体', size: 10.5 },
    fill: fillOf('FFE8F0E4'),
    border: BOX,
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  },
  text: { font: { name: '仿宋', size: 10.5 }, border: BOX, alignment: { vertical: 'middle', wrapText: true } },
  number: { font: { name: '仿宋', size: 10.5 }, border: BOX, alignment: { horizontal: 'right', vertical: 'middle' } },
  total: {
    font: { name: '黑体', size: 10.5, bold: true },
    fill: fillOf('FFF5F5F0'),
    border: BOX,
    alignment: { vertical: 'middle' },
  },
  note: { font: { name: '楷体', size: 9 }, alignment: { vertical: 'top', wrapText: true } },
  code: {
    font: { name: 'Consolas', size: 9, color: { argb: 'FF555555' } },
    border: BOX,
    alignment: { horizontal: 'center', vertical: 'middle' },
  },
  warning: {
    font: { name: '仿宋', size: 10.5, bold: true },
    fill: fillOf('FFFFF2CC'),
    border: BOX,
    alignment: { vertical: 'middle', wrapText: true },
  },
}

/** Writes the workbook. The caller gives sheet names that `sheetName` made. */
export async function writeWorkbook(spec: WorkbookSpec): Promise<Uint8Array> {
  // Loaded when a workbook is written: it is half of the program's start.
  const { default: exceljs } = await import('exceljs')
  const workbook = new exceljs.Workbook()
  workbook.creator = workbook.lastModifiedBy = 'Qingshan 青山'
  workbook.created = workbook.modified = MADE
  workbook.title = plainText(spec.title)
  // The program that opens the file computes formulas anew, so a changed input shows at once.
  workbook.calcProperties.fullCalcOnLoad = true
  const taken = new Set<string>()
  for (const sheet of spec.sheets) {
    assert(sheetName(sheet.name, taken) === sheet.name, `sheet name ${sheet.name}`)
    addSheet(workbook, sheet, spec)
  }
  const written = new Uint8Array(await workbook.xlsx.writeBuffer())
  // The library stamps its archive with the time of writing; packed again, equal content is equal bytes.
  return writeZip(new Map(openZip(written).map((e) => [e.name, e.bytes()])))
}

/** A name a sheet may have: no `[]:*?/\`, at most 31 characters, unlike all `taken` ones; it is added to them. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const plain =
    plainText(wanted)
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet'
  for (let n = 1; ; n++) {
    const tail = n === 1 ? '' : ` ${n}`
    const name = plain.slice(0, MAX_SHEET_NAME - tail.length).trimEnd() + tail
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

function addSheet(workbook: ExcelJS.Workbook, spec: SheetSpec, whole: WorkbookSpec): void {
  const { frozenRows = 0, frozenColumns = 0, repeatedRows } = spec
  const pages = whole.lang === 'en' ? 'Page &P of &N' : '第 &P 页 共 &N 页'
  const left = whole.footer === undefined ? '' : `&L&"仿宋"&9${plainText(whole.footer).replaceAll('&', '&&')}`
  const sheet = workbook.addWorksheet(spec.name, {
    state: spec.hidden === true ? 'hidden' : 'visible',
    pageSetup: {
      paperSize: A4,
      orientation: spec.landscape === true ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { left: 0.6, right: 0.6, top: 0.8, bottom: 0.8, header: 0.3, footer: 0.4 },
      ...(repeatedRows ? { printTitlesRow: `${repeatedRows[0]}:${repeatedRows[1]}` } : {}),
    },
    headerFooter: { oddFooter: `${left}&C&"仿宋"&9${pages}` },
    ...(frozenRows + frozenColumns > 0
      ? {
          views: [
            {
              state: 'frozen' as const,
              xSplit: frozenColumns,
              ySplit: frozenRows,
              topLeftCell: `${columnLetter(frozenColumns + 1)}${frozenRows + 1}`,
            },
          ],
        }
      : {}),
  })
  const columns = Math.max(0, ...spec.rows.map((r) => r.length))
  for (let c = 1; c <= columns; c++) sheet.getColumn(c).width = spec.widths?.[c - 1] ?? fittedWidth(spec.rows, c - 1)
  for (const [r, row] of spec.rows.entries())
    for (const [c, cell] of row.entries()) if (cell) putCell(sheet, r + 1, c + 1, cell)
}

function putCell(sheet: ExcelJS.Worksheet, row: number, col: number, spec: CellSpec): void {
  const cell = sheet.getCell(row, col)
  const style = STYLES[spec.style ?? (isNumber(spec.value) ? 'number' : 'text')]
  const right =
    isNumber(spec.value) && spec.style === 'total'
      ? { ...style.alignment, horizontal: 'right' as const }
      : style.alignment
  cell.style = {
    ...style,
    ...(right ? { alignment: right } : {}),
    ...(spec.format === undefined ? {} : { numFmt: spec.format }),
    ...(spec.link === undefined ? {} : { font: { ...style.font, color: { argb: 'FF1F5FA8' }, underline: true } }),
  }
  cell.value = cellValue(spec)
  if (typeof spec.value === 'object' && 'date' in spec.value && spec.format === undefined) cell.numFmt = 'yyyy-mm-dd'
  if (spec.note !== undefined) cell.note = plainText(spec.note)
  const { rows = 1, columns = 1 } = spec.span ?? {}
  if (rows > 1 || columns > 1) sheet.mergeCells(row, col, row + rows - 1, col + columns - 1)
}

const isNumber = (value: CellSpec['value']): value is number | Dec => typeof value === 'number' || value instanceof Dec

function cellValue(spec: CellSpec): ExcelJS.CellValue {
  const { value, formula, link } = spec
  const plain =
    typeof value === 'string'
      ? plainText(value)
      : value instanceof Dec
        ? value.toNumber()
        : typeof value === 'object'
          ? new Date(`${value.date}T00:00:00Z`)
          : value
  if (formula !== undefined) {
    // No other workbook, no DDE, no array constants: what an account adds up needs none of them.
    assert(
      /^[^=+@\-[\]{}|"][^[\]{}|"]*$/.test(formula) && !/WEBSERVICE|HYPERLINK|CALL|REGISTER|INDIRECT/i.test(formula),
      `formula ${formula}`,
    )
    return plain === undefined ? { formula } : { formula, result: plain }
  }
  if (link !== undefined) {
    const text = plain === undefined ? '' : String(plain instanceof Date ? plain.toISOString().slice(0, 10) : plain)
    if (typeof link !== 'string') {
      assert(parseRange(`${link.cell}:${link.cell}`), `link to ${link.cell}`)
      return { text, hyperlink: `#'${link.sheet.replaceAll("'", "''")}'!${link.cell}` }
    }
    return /^https?:\/\//.test(link) ? { text, hyperlink: link } : text
  }
  return plain ?? null
}

/** Without control characters, which XML cannot hold, and within Excel's length. */
function plainText(text: string): string {
  const plain = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[\ud800-\udfff]/gu, '\ufffd')
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT - 1)}…` : plain
}

/** Chinese characters are two wide. */
function fittedWidth(rows: SheetSpec['rows'], col: number): number {
  let width = MIN_WIDTH
  for (const row of rows) {
    const cell = row[col]
    if (!cell || (cell.span?.columns ?? 1) > 1 || cell.value === undefined) continue
    const shown = isNumber(cell.value)
      ? Number(cell.value).toFixed(2)
      : typeof cell.value === 'object'
        ? cell.value.date
        : String(cell.value)
    for (const line of shown.split('\n'))
      width = Math.max(width, 2 + [...line].reduce((n, c) => n + (c > '\u2e7f' ? 2 : 1), 0))
  }
  return Math.min(width, MAX_WIDTH)
}
