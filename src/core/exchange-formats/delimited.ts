// CSV, TSV and delimited TXT as one sheet (RFC 4180 with the usual liberties). The encoding is never guessed loosely:
// a byte order mark, else strict UTF-8, else strict GB18030 (which holds GBK), else it is refused.

import { parseDecimal, ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import { addressOf, makeSheet, type Cell, type CellValue, type Sheet, type SheetRow } from './sheet.ts'
import { MAX_CELLS, MAX_COLUMNS, MAX_ROWS, type SheetLimits } from './workbook-sheet.ts'

export interface Delimited {
  readonly sheets: readonly Sheet[]
  readonly problems: readonly Problem[]
}

const DELIMITERS = [',', '\t', ';', '|', '，'] as const
/** Lines looked at to tell the delimiter. */
const SNIFFED_LINES = 50

/** Reads delimited text. Never throws: what is wrong with the file is among the problems. */
export function readCsv(bytes: Uint8Array, fileName: string): Delimited {
  const problems: Problem[] = []
  try {
    const rows = [...delimitedRows(bytes, fileName, problems, { rows: MAX_ROWS, cells: MAX_CELLS })]
    return { sheets: [makeSheet({ file: fileName, name: '', hidden: false, rows, merges: [] })], problems }
  } catch (error) {
    if (error instanceof ProblemError) return { sheets: [], problems: error.problems }
    throw error
  }
}

/** Row after row; what does not stop the reading is added to `problems` at the end.
 *  @throws ProblemError `delimited.…`, `workbook.too-many-…` */
export function* delimitedRows(
  bytes: Uint8Array,
  fileName: string,
  problems: Problem[],
  limits: SheetLimits,
): Generator<SheetRow> {
  const at: Place = { file: fileName }
  const text = decodeText(bytes)
  if (text === undefined) throw new ProblemError(problem('delimited.not-text', {}, at))
  const empty = new ProblemError(problem('delimited.empty', {}, at))
  if (text.trim() === '') throw empty

  let width = 0
  let rowCount = 0
  let cellCount = 0
  let uneven = 0
  let firstUneven = 0
  for (const record of parseDelimited(text, sniffDelimiter(text))) {
    if (record.openQuote) throw new ProblemError(problem('delimited.open-quote', {}, { ...at, line: record.line }))
    if (record.fields.length > MAX_COLUMNS)
      throw new ProblemError(problem('workbook.too-many-columns', { limit: MAX_COLUMNS }, { ...at, line: record.line }))
    const cells: Cell[] = []
    for (const [i, field] of record.fields.entries()) {
      if (field.trim() === '') continue
      const address = addressOf(record.row, i + 1)
      const value = fieldValue(field)
      cells.push({
        file: fileName,
        sheet: '',
        address,
        row: record.row,
        col: i + 1,
        text: field,
        value: value.value,
        percentFormat: value.percent,
      })
    }
    if (cells.length === 0) continue
    cellCount += cells.length
    if (++rowCount > limits.rows) throw new ProblemError(problem('workbook.too-many-rows', { limit: limits.rows }, at))
    if (cellCount > limits.cells)
      throw new ProblemError(problem('workbook.too-many-cells', { limit: limits.cells }, at))
    const last = cells.at(-1)!.col
    if (cells.length > 1 && width === 0) width = record.fields.length
    if (width > 0 && last > width && uneven++ === 0) firstUneven = record.line
    yield { row: record.row, cells }
  }
  if (rowCount === 0) throw empty
  if (uneven > 0)
    problems.push(problem('delimited.uneven-row', { count: uneven, first: firstUneven }, { ...at, line: firstUneven }))
}

/** Text in UTF-8, GB18030 or UTF-16; undefined where the bytes are no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const decode = (label: string): string | undefined => {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes)
      // Control characters do not occur in text; random bytes that happen to decode always have some.
      return /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]/.test(text) ? undefined : text
    } catch {
      return undefined
    }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be')
  // Without a mark, UTF-16 shows by the zero bytes of its digits, commas and line ends.
  const head = bytes.subarray(0, 400)
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]!++
  if (zeros[1]! > 0 && zeros[0] === 0) return decode('utf-16le')
  if (zeros[0]! > 0 && zeros[1] === 0) return decode('utf-16be')
  return decode('utf-8') ?? decode('gb18030')
}

/** A field that is plainly a number; a leading zero (`0513`) marks a code. */
function fieldValue(field: string): { readonly value: CellValue; readonly percent: boolean } {
  const s = field.trim()
  const share = /^(.+)[%％]$/.exec(s)
  const digits = /^[+-]?0\d/.test(s) ? undefined : parseDecimal(share ? share[1]! : s)
  if (!digits) return { value: { kind: 'text', text: field }, percent: false }
  return { value: { kind: 'number', digits: share ? digits.div(100) : digits }, percent: share !== null }
}

interface DelimitedRecord {
  readonly fields: readonly string[]
  /** From 1, as a spreadsheet would count it. */
  readonly row: number
  /** The line it starts on; quoted fields may span lines. */
  readonly line: number
  readonly openQuote: boolean
}

/** Splits text into records; blank lines count as rows. */
export function* parseDelimited(text: string, delimiter: string): Generator<DelimitedRecord> {
  let i = 0
  let row = 0
  let line = 1
  while (i < text.length) {
    const fields: string[] = []
    const startLine = line
    row++
    let ended = false
    while (!ended) {
      let field = ''
      if (text[i] === '"') {
        i++
        for (;;) {
          const close = text.indexOf('"', i)
          if (close < 0) {
            yield { fields, row, line: startLine, openQuote: true }
            return
          }
          field += text.slice(i, close)
          i = close + 1
          if (text[i] !== '"') break
          field += '"'
          i++
        }
        line += field.split('\n').length - 1
      }
      const from = i
      while (i < text.length && text[i] !== delimiter && text[i] !== '\n' && text[i] !== '\r') i++
      fields.push(field + text.slice(from, i))
      if (text[i] === delimiter) i++
      else {
        if (text[i] === '\r') i++
        if (text[i] === '\n') i++
        line++
        ended = true
      }
    }
    yield { fields, row, line: startLine, openQuote: false }
  }
}

/** The delimiter that cuts most of the first lines into the same number of fields, at least two. */
export function sniffDelimiter(text: string): string {
  let best: string = ','
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>()
    let seen = 0
    for (const record of parseDelimited(text, delimiter)) {
      if (record.openQuote || seen >= SNIFFED_LINES) break
      if (record.fields.every((f) => f.trim() === '')) continue
      seen++
      if (record.fields.length > 1) counts.set(record.fields.length, (counts.get(record.fields.length) ?? 0) + 1)
    }
    const score = Math.max(0, ...counts.values())
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
