// Finds the table in a sheet as people make them: titles and a unit note above, headings in one or several rows, perhaps a
// unit row, body rows, total rows, notes below. Always holds: every cell keeps its address, nothing is added up or moved,
// and what was left out or inferred is told as a problem.

import type { Problem } from '../../kernel/index.ts'
import {
  cleanText,
  findHeadingRows,
  isNumberingRow,
  isUnitRow,
  readHeadings,
  unitCell,
  unitNoteOf,
  type Heading,
  type HeadingRows,
} from './heading.ts'
import { problem } from './problems.ts'
import { addressOf, sheetPlace, type Cell, type Sheet, type SheetRow } from './sheet.ts'

export interface TableRow {
  readonly row: number
  /** One per heading, in their order; a label merged over several rows is filled down with `mergedFrom`. */
  readonly cells: readonly (Cell | undefined)[]
  /** The last group line above (`一、供给服务`, merged over the columns). */
  readonly group?: string
}

export interface SheetLine {
  readonly row: number
  readonly text: string
}

export interface Table {
  readonly file: string
  readonly sheet: string
  /** Undefined where no table was found. */
  readonly headingRows?: HeadingRows
  readonly headings: readonly Heading[]
  readonly rows: readonly TableRow[]
  /** 合计, 小计, total: read but kept apart, so that nothing is counted twice. */
  readonly totals: readonly TableRow[]
  readonly titles: readonly SheetLine[]
  readonly notes: readonly SheetLine[]
  /** `单位：万元` above the table, with its cell. */
  readonly unitNote?: { readonly text: string; readonly address: string }
  readonly problems: readonly Problem[]
}

/** A line that says something about the table. */
export const isNoteText = (text: string): boolean => NOTE.test(text)
/** The label of a row that adds up others. */
export const isTotalText = (text: string): boolean => TOTAL.test(cleanText(text).replace(/\s/g, ''))

const NOTE =
  /^\s*([注註]\s*\d*\s*[:：.、]|[*＊※]|备注\s*[:：]|说明\s*[:：]|(数据|资料)?来源\s*[:：]|填(表|报)(人|单位|日期)|制表|审核|复核|统计负责人|单位负责人|note|source|remark)/i
const TOTAL = /^(合计|总计|共计|小计|累计|总和|total|subtotal|grandtotal|sum)[:：]?$|(合计|总计|小计)[:：]?$/i
/** More blank rows than this always end a table. */
const MAX_BLANK_ROWS = 2

/** Reads the table of a sheet. Never throws. `headerRow` names the first heading row (from 1) where the guess is wrong. */
export function readTable(sheet: Sheet, options: { readonly headerRow?: number } = {}): Table {
  const problems: Problem[] = []
  const rows = findHeadingRows(sheet, options.headerRow)
  const titles: SheetLine[] = []
  let unitNote: Table['unitNote']
  for (const { row, cells } of sheet.filledRows()) {
    if (!rows || row >= rows.first) break
    for (const cell of cells) {
      const text = cleanText(cell.text)
      const unit = unitNoteOf(text)
      if (unit !== undefined && !unitNote) unitNote = { text: unit, address: cell.address }
    }
    titles.push({ row, text: lineText(cells) })
  }
  const head = { file: sheet.file, sheet: sheet.name, titles, ...(unitNote ? { unitNote } : {}) }
  const nothing = (): Table => ({
    ...head,
    headings: [],
    rows: [],
    totals: [],
    notes: [],
    problems: [...problems, problem('table.no-table', {}, sheetPlace(sheet))],
  })
  if (!rows) return nothing()

  const below = [...sheet.filledRows()].filter((r) => r.row > rows.last)
  const units = new Map<number, string>()
  let start = 0
  for (const kind of [isUnitRow, isNumberingRow, isUnitRow]) {
    const next = below[start]
    if (!next || next.row > rows.last + start + 1 || !kind(next.cells) || below.length === start + 1) continue
    if (kind === isUnitRow) for (const c of next.cells) takeUnit(sheet, c, units)
    start++
  }
  const { body, notes } = splitBody(sheet, below.slice(start), rows, problems)
  if (body.length === 0) return nothing()

  const bodyColumns = new Set(body.flatMap((r) => r.cells.map((c) => c.col)))
  const headings = readHeadings(sheet, rows, units, bodyColumns, problems)
  const first = headings[0]?.col ?? 1
  const data: TableRow[] = []
  const totals: TableRow[] = []
  let group: string | undefined
  for (const own of body) {
    const label = own.cells.find((c) => c.value.kind === 'text')
    const lone = own.cells.length === 1 ? sheet.mergeAt(own.row, own.cells[0]!.col) : undefined
    if (lone && label && lone.right > lone.left && lone.left <= first && headings.length > 1) {
      group = cleanText(label.text)
      continue
    }
    const cells = headings.map((h) => bodyCell(sheet, own.row, h.col, problems))
    const row: TableRow = { row: own.row, cells, ...(group === undefined ? {} : { group }) }
    if (label && isTotalText(label.text)) totals.push(row)
    else data.push(row)
  }
  return { ...head, headingRows: rows, headings, rows: data, totals, notes, problems }
}

const lineText = (cells: readonly Cell[]): string => cells.map((c) => cleanText(c.text)).join(' ')

/** A unit merged over several columns is the unit of each. */
function takeUnit(sheet: Sheet, cell: Cell, units: Map<number, string>): void {
  const text = unitCell(cell)
  if (/^([-—–/]+|单位|计量单位)$/.test(text)) return
  for (let c = cell.col; c <= (sheet.mergeAt(cell.row, cell.col)?.right ?? cell.col); c++) units.set(c, text)
}

/** A label goes down its merged rows; a number merged over rows or columns counts once. */
function bodyCell(sheet: Sheet, row: number, col: number, problems: Problem[]): Cell | undefined {
  const cell = sheet.cell(row, col)
  const merge = cell && sheet.mergeAt(row, col)
  if (!merge) return cell
  if (cell.value.kind === 'number') {
    if (cell.mergedFrom !== undefined) return undefined
    problems.push(problem('table.merged-number', { range: merge.range }, sheetPlace(sheet, cell.address)))
  }
  return col === merge.left ? cell : undefined
}

function splitBody(
  sheet: Sheet,
  rows: readonly SheetRow[],
  heading: HeadingRows,
  problems: Problem[],
): { readonly body: readonly SheetRow[]; readonly notes: readonly SheetLine[] } {
  const body: SheetRow[] = []
  const notes: SheetLine[] = []
  const headingTexts = headingLine(sheet, heading)
  let previous = heading.last
  let ended = false
  for (const [i, own] of rows.entries()) {
    if (isNoteText(own.cells[0]!.text)) ended = true
    if (ended) {
      notes.push({ row: own.row, text: lineText(own.cells) })
      if (own.cells.length > 2 && own.cells.some((c) => c.value.kind === 'number')) {
        notes.pop()
        problems.push(moreBelow(sheet, previous, own.row))
        break
      }
      continue
    }
    const blank = body.length === 0 ? 0 : blankRows(sheet, previous, own)
    if (blank > 0) {
      if (blank <= MAX_BLANK_ROWS && continues(body, own)) {
        problems.push(
          problem('table.blank-row-inside', {}, sheetPlace(sheet, addressOf(own.row - 1, own.cells[0]!.col))),
        )
      } else if (
        own.cells.length === 1 &&
        rows.slice(i).every((r) => r.cells.length <= 2 && r.cells.every((c) => c.value.kind === 'text'))
      ) {
        ended = true
        notes.push({ row: own.row, text: lineText(own.cells) })
        continue
      } else {
        problems.push(moreBelow(sheet, previous, own.row))
        break
      }
    }
    previous = own.row
    // Long tables repeat their heading on every page.
    if (own.cells.map((c) => cleanText(c.text)).join('\n') !== headingTexts) body.push(own)
  }
  return { body, notes }
}

const moreBelow = (sheet: Sheet, end: number, row: number): Problem =>
  problem('table.more-below', { end, row }, sheetPlace(sheet, addressOf(row, 1)))

const headingLine = (sheet: Sheet, heading: HeadingRows): string => {
  for (const { row, cells } of sheet.filledRows())
    if (row === heading.first) return cells.map((c) => cleanText(c.text)).join('\n')
  return ''
}

/** Blank rows before this one; rows under a merged label are not blank. */
function blankRows(sheet: Sheet, previous: number, own: SheetRow): number {
  let n = 0
  for (let row = previous + 1; row < own.row && n <= MAX_BLANK_ROWS; row++) {
    const covered =
      own.cells.some((c) => (sheet.mergeAt(row, c.col)?.top ?? row) < row) || (sheet.mergeAt(row, 1)?.top ?? row) < row
    if (!covered) n++
  }
  return n
}

/** Does a row after a blank carry numbers where the body has them? */
function continues(body: readonly SheetRow[], own: SheetRow): boolean {
  const last = body.at(-1)!
  const numbers = new Set(last.cells.filter((c) => c.value.kind === 'number').map((c) => c.col))
  if (numbers.size === 0) return own.cells.length === last.cells.length && own.cells.length > 1
  return (
    own.cells.some((c) => c.value.kind === 'number' && numbers.has(c.col)) && own.cells[0]!.col === last.cells[0]!.col
  )
}
