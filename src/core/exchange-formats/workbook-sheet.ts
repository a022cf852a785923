// One worksheet part as a stream: cells with their digits, merges, formulas, errors (ECMA-376 part 1, 18.3).
// Always holds: memory grows with the cells that hold something, never with rows or cells that are only styled.

import { dec, decText, ProblemError, type Dec, type Place, type Problem } from '../../kernel/index.ts'
import { dateOfSerial, numberFormat, shownDate, shownNumber, type NumberFormat } from './number-format.ts'
import { problem } from './problems.ts'
import {
  addressOf,
  makeSheet,
  parseAddress,
  parseRange,
  type Cell,
  type CellValue,
  type Merge,
  type Sheet,
  type SheetRow,
} from './sheet.ts'
import { textCollector, unescapeText } from './workbook-parts.ts'
import { isTrue, xmlReader } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** A county account has at most some thousand rows; 200 000 leaves room for parcels and daily series. */
export const MAX_ROWS = 200_000
/** The widest statistics met have 300 columns. */
export const MAX_COLUMNS = 2_000
/** A cell takes about 500 bytes, so this is half a gigabyte. */
export const MAX_CELLS = 1_000_000
/** Merged ranges are looked up column by column; this bounds the index. */
const MAX_MERGED_COLUMNS = 500_000
/** A sheet with this many styled empty rows was formatted to the bottom by mistake. */
const EMPTY_ROWS_TOLD = 5_000
/** After this many cells with the same red problem the rest is counted only. */
const SAME_PROBLEM_SHOWN = 20

/** How much of a sheet is taken. */
export interface SheetLimits {
  readonly rows: number
  readonly cells: number
}
/** Of a sheet that is held whole. */
const HELD: SheetLimits = { rows: MAX_ROWS, cells: MAX_CELLS }
/** Of a sheet read row by row, which holds one row at a time: as many rows as a workbook can have. */
export const STREAMED: SheetLimits = { rows: 1_048_576, cells: 50_000_000 }

export interface WorkbookContext {
  readonly file: string
  readonly strings: readonly string[]
  readonly styles: readonly NumberFormat[]
  readonly date1904: boolean
}

const GENERAL = numberFormat('General')
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/

/** Keeps the digits of the file, except binary noise: where 15 significant digits name the same double, those. */
export function digitsOf(source: string): Dec | undefined {
  const s = source.trim()
  const double = Number(s)
  if (!NUMBER.test(s) || !Number.isFinite(double)) return undefined
  const rounded = double.toPrecision(15)
  return Number(rounded) === double && !(double === 0 && !/^[+-]?[0.]+(e.*)?$/i.test(s)) ? dec(rounded) : dec(s)
}

/** Reads one sheet; what is wrong with its cells is added to `problems`.
 *  @throws ProblemError where the sheet is beyond a limit, Error on ill-formed XML */
export function readWorksheet(
  entry: ZipEntry,
  head: { readonly name: string; readonly hidden: boolean },
  context: WorkbookContext,
  problems: Problem[],
): Sheet {
  const rows: SheetRow[] = []
  const reader = worksheetReader(head, context, { problems, take: (row) => rows.push(row), limits: HELD })
  entry.stream((chunk) => reader.write(chunk))
  const { merges } = reader.end()
  return makeSheet({ file: context.file, ...head, rows, merges })
}

/** One sheet, row after row as they are unpacked; the merged ranges stand behind the rows and are not among them.
 *  @throws as `readWorksheet` */
export function* worksheetRows(
  entry: ZipEntry,
  head: { readonly name: string; readonly hidden: boolean },
  context: WorkbookContext,
  problems: Problem[],
): Generator<SheetRow> {
  let came: SheetRow[] = []
  const reader = worksheetReader(head, context, { problems, take: (row) => came.push(row), limits: STREAMED })
  const taken = (): readonly SheetRow[] => {
    const rows = came
    came = []
    return rows
  }
  for (const _ of entry.pieces((chunk) => reader.write(chunk))) yield* taken()
  reader.end()
  yield* taken()
}

interface WorksheetReader {
  write(chunk: Uint8Array): void
  end(): { readonly merges: readonly Merge[] }
}

function worksheetReader(
  head: { readonly name: string },
  context: WorkbookContext,
  how: { readonly problems: Problem[]; readonly take: (row: SheetRow) => void; readonly limits: SheetLimits },
): WorksheetReader {
  const { problems, limits } = how
  const { file, strings, styles, date1904 } = context
  const sheetName = head.name
  const place = (cell?: string): Place => ({ file, sheet: sheetName, ...(cell === undefined ? {} : { cell }) })
  const merges: Merge[] = []
  const sharedFormulas = new Map<string, string>()
  const inline = textCollector()
  const counts = new Map<string, number>()
  let cells: Cell[] = []
  let row = 0
  let col = 0
  let rowCount = 0
  let cellCount = 0
  let mergedColumns = 0
  let emptyRows = 0
  let rowHidden = false
  let hiddenRows = 0
  let firstHiddenRow = 0
  let formulaCount = 0
  let firstFormula = ''
  let inSheetData = false
  // The cell being read.
  let type = ''
  let format = GENERAL
  let raw: string | undefined
  let formula: string | undefined
  let formulaGroup: string | undefined
  let inlineText = ''
  let target: 'v' | 'f' | 'is' | undefined

  const red = (
    code: 'workbook.error-cell' | 'workbook.formula-without-value' | 'workbook.bad-cell',
    values: Record<string, string>,
  ): void => {
    const n = (counts.get(code) ?? 0) + 1
    counts.set(code, n)
    if (n <= SAME_PROBLEM_SHOWN) problems.push(problem(code, values, place(addressOf(row, col))))
  }

  const valueOf = (): { value: CellValue; text: string } | undefined => {
    const content = raw ?? ''
    switch (type) {
      case 's': {
        const text = /^\s*\d+\s*$/.test(content) ? strings[Number(content)] : undefined
        if (text === undefined) return void red('workbook.bad-cell', { content })
        return textValue(text)
      }
      case 'str':
        return textValue(unescapeText(content))
      case 'inlineStr':
        return textValue(inlineText)
      case 'b':
        return {
          value: { kind: 'boolean', value: isTrue(content.trim()) },
          text: isTrue(content.trim()) ? 'TRUE' : 'FALSE',
        }
      case 'e':
        red('workbook.error-cell', { error: content })
        return { value: { kind: 'error', code: content }, text: content }
      case 'd': {
        const m = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(content)
        if (!m) return void red('workbook.bad-cell', { content })
        const moment = { date: m[1]!, ...(m[2] === undefined ? {} : { time: m[2] }) }
        return { value: { kind: 'date', ...moment }, text: shownDate(moment, format) }
      }
      default: {
        if (content.trim() === '') return undefined
        const digits = digitsOf(content)
        if (!digits) return void red('workbook.bad-cell', { content: content.slice(0, 40) })
        const moment = format.date ? dateOfSerial(Number(content), date1904) : undefined
        if (moment) return { value: { kind: 'date', ...moment }, text: shownDate(moment, format) }
        return { value: { kind: 'number', digits }, text: format.date ? decText(digits) : shownNumber(digits, format) }
      }
    }
  }

  const endCell = (): void => {
    const address = addressOf(row, col)
    if (formulaGroup !== undefined) {
      if (formula) sharedFormulas.set(formulaGroup, formula)
      else formula = sharedFormulas.get(formulaGroup) ?? ''
    }
    if (formula !== undefined && raw === undefined && type !== 'inlineStr')
      return red('workbook.formula-without-value', { formula: formula.slice(0, 80) })
    const found = valueOf()
    if (!found) return
    if (formula !== undefined && formulaCount++ === 0) firstFormula = address
    if (col > MAX_COLUMNS)
      throw new ProblemError(problem('workbook.too-many-columns', { limit: MAX_COLUMNS }, place(address)))
    if (++cellCount > limits.cells)
      throw new ProblemError(problem('workbook.too-many-cells', { limit: limits.cells }, place()))
    cells.push({
      file,
      sheet: sheetName,
      address,
      row,
      col,
      text: found.text,
      value: found.value,
      percentFormat: format.percent,
      ...(formula === undefined ? {} : { formula }),
      ...(format.code === 'General' ? {} : { format: format.code }),
    })
  }

  const endRow = (): void => {
    if (cells.length === 0) {
      emptyRows++
      return
    }
    if (++rowCount > limits.rows)
      throw new ProblemError(problem('workbook.too-many-rows', { limit: limits.rows }, place()))
    if (cells.some((c, i) => i > 0 && c.col <= cells[i - 1]!.col)) cells = inOrder(cells)
    how.take({ row, cells })
    cells = []
    if (rowHidden && hiddenRows++ === 0) firstHiddenRow = row
  }

  const reader = xmlReader({
    open(name, a) {
      switch (name) {
        case 'sheetData':
          inSheetData = true
          break
        case 'row': {
          const r = a['r'] === undefined ? row + 1 : Number(a['r'])
          if (!Number.isInteger(r) || r <= row || r > 1_048_576) throw new Error(`row ${a['r']}`)
          row = r
          col = 0
          cells = []
          rowHidden = isTrue(a['hidden'])
          break
        }
        case 'c': {
          if (!inSheetData) break
          const r = a['r']
          if (r === undefined) col++
          else {
            const at = parseAddress(r)
            if (at?.row !== row) throw new Error(`cell ${r.slice(0, 20)}`)
            col = at.col
          }
          type = a['t'] ?? 'n'
          format = styles[Number(a['s'] ?? 0)] ?? GENERAL
          raw = formula = formulaGroup = target = undefined
          inlineText = ''
          break
        }
        case 'v':
          target = 'v'
          raw = ''
          break
        case 'f':
          target = 'f'
          formula = ''
          formulaGroup = a['t'] === 'shared' ? a['si'] : undefined
          break
        case 'is':
          target = 'is'
          break
        case 'mergeCell': {
          const merge = parseRange(a['ref'] ?? '')
          if (!merge) throw new Error('merged range')
          mergedColumns += merge.right - merge.left + 1
          if (mergedColumns > MAX_MERGED_COLUMNS)
            throw new ProblemError(problem('workbook.too-many-merges', {}, place()))
          merges.push(merge)
          break
        }
        default:
          if (target === 'is') inline.open(name)
      }
    },
    close(name) {
      switch (name) {
        case 'sheetData':
          inSheetData = false
          break
        case 'row':
          endRow()
          break
        case 'c':
          if (inSheetData) endCell()
          break
        case 'v':
        case 'f':
          target = undefined
          break
        case 'is':
          target = undefined
          inlineText = inline.take()
          break
        default:
          if (target === 'is') inline.close(name)
      }
    },
    text(text) {
      if (target === undefined) return
      if (target === 'v') raw += text
      else if (target === 'f') formula += text
      else inline.text(text)
    },
  })

  const end = (): { readonly merges: readonly Merge[] } => {
    reader.end()
    for (const [code, n] of counts)
      if (n > SAME_PROBLEM_SHOWN)
        problems.push(problem('workbook.more-of-these', { count: n - SAME_PROBLEM_SHOWN, code }, place()))
    if (emptyRows >= EMPTY_ROWS_TOLD)
      problems.push(problem('workbook.empty-rows', { count: emptyRows, kept: rowCount }, place()))
    if (formulaCount > 0)
      problems.push(
        problem('workbook.formulas-taken', { count: formulaCount, first: firstFormula }, place(firstFormula)),
      )
    if (hiddenRows > 0)
      problems.push(problem('workbook.hidden-rows', { count: hiddenRows, first: firstHiddenRow }, place()))
    return { merges }
  }
  return { write: (chunk) => reader.write(chunk), end }
}

/** A text of nothing but blanks is an empty cell. */
function textValue(text: string): { value: CellValue; text: string } | undefined {
  return text.trim() === '' ? undefined : { value: { kind: 'text', text }, text }
}

/** Writers should keep the order; where one address comes twice, the later stands, as Excel has it. */
const inOrder = (cells: readonly Cell[]): Cell[] =>
  [...new Map(cells.map((c) => [c.col, c])).values()].sort((a, b) => a.col - b.col)
