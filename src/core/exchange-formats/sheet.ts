// One sheet of cells, whatever it was read from (workbook or delimited text). Always holds: a cell knows its file,
// sheet and address, so every figure can be walked back to it; a number keeps the decimal digits of the file.

import type { Dec, Place } from '../../kernel/index.ts'

export type CellValue =
  | { readonly kind: 'number'; readonly digits: Dec }
  | { readonly kind: 'text'; readonly text: string }
  /** ISO date, with the time of day where the cell has one. */
  | { readonly kind: 'date'; readonly date: string; readonly time?: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'error'; readonly code: string }

export interface Cell {
  readonly file: string
  readonly sheet: string
  /** `C7` */
  readonly address: string
  /** From 1. */
  readonly row: number
  /** From 1. */
  readonly col: number
  /** As the spreadsheet shows it. */
  readonly text: string
  readonly value: CellValue
  /** Without the equals sign; the value is the result stored in the file. */
  readonly formula?: string
  /** The number format where it is not the general one; it may hide a unit (`0.0"吨"`). */
  readonly format?: string
  /** The number is shown as a percentage: the value 0.35 shows 35%. */
  readonly percentFormat: boolean
  /** The cell lies under a merged range and shows the value of this address. */
  readonly mergedFrom?: string
}

export interface Merge {
  /** `A2:A5` */
  readonly range: string
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface SheetRow {
  readonly row: number
  /** The cells that hold something, left to right; no cells under a merged range. */
  readonly cells: readonly Cell[]
}

export interface Sheet {
  readonly file: string
  /** Empty for delimited text. */
  readonly name: string
  readonly hidden: boolean
  /** The last row that holds something. */
  readonly rows: number
  /** The last column that holds something. */
  readonly columns: number
  readonly merges: readonly Merge[]
  /** The cell as a reader sees it: under a merged range, the value of its top left cell with `mergedFrom`. */
  cell(row: number, col: number): Cell | undefined
  /** The merged range a cell lies in. */
  mergeAt(row: number, col: number): Merge | undefined
  /** The rows that hold something, top to bottom. */
  filledRows(): Iterable<SheetRow>
}

/** `28` → `AB` */
export function columnLetter(col: number): string {
  let s = ''
  for (let n = col; n > 0; n = Math.floor((n - 1) / 26)) s = String.fromCharCode(65 + ((n - 1) % 26)) + s
  return s
}

/** `AB` → `28`; undefined unless it is one to three letters. */
export function columnNumber(letters: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined
  let n = 0
  for (const c of letters.toUpperCase()) n = n * 26 + c.charCodeAt(0) - 64
  return n
}

export const addressOf = (row: number, col: number): string => `${columnLetter(col)}${row}`

const ADDRESS = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/

/** `C7` → row 7, column 3. */
export function parseAddress(address: string): { readonly row: number; readonly col: number } | undefined {
  const m = ADDRESS.exec(address)
  return m ? { row: Number(m[2]), col: columnNumber(m[1]!)! } : undefined
}

/** `A2:C5` */
export function parseRange(range: string): Merge | undefined {
  const [a, b] = range.split(':').map(parseAddress)
  if (!a || !b) return undefined
  const [top, bottom] = a.row < b.row ? [a.row, b.row] : [b.row, a.row]
  const [left, right] = a.col < b.col ? [a.col, b.col] : [b.col, a.col]
  return { range: `${addressOf(top, left)}:${addressOf(bottom, right)}`, top, left, bottom, right }
}

export const placeOf = (cell: Cell): Place => ({
  file: cell.file,
  ...(cell.sheet === '' ? {} : { sheet: cell.sheet }),
  cell: cell.address,
})

export const sheetPlace = (sheet: Sheet, cell?: string): Place => ({
  file: sheet.file,
  ...(sheet.name === '' ? {} : { sheet: sheet.name }),
  ...(cell === undefined ? {} : { cell }),
})

/** Puts a sheet together. `rows` are in rising order and hold cells in rising order; merges do not overlap. */
export function makeSheet(given: {
  readonly file: string
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly SheetRow[]
  readonly merges: readonly Merge[]
}): Sheet {
  const { file, name, hidden, merges } = given
  const byRow = new Map(given.rows.map((r) => [r.row, r.cells]))
  let columns = 0
  for (const r of given.rows) columns = Math.max(columns, r.cells.at(-1)?.col ?? 0)
  const rows = given.rows.at(-1)?.row ?? 0
  const own = (row: number, col: number): Cell | undefined => findColumn(byRow.get(row), col)
  const inColumn = mergesByColumn(merges)
  const mergeAt = (row: number, col: number): Merge | undefined => findMerge(inColumn.get(col), row)
  return {
    file,
    name,
    hidden,
    rows,
    columns,
    merges,
    mergeAt,
    cell: (row, col) => {
      const merge = mergeAt(row, col)
      if (!merge || (merge.top === row && merge.left === col)) return own(row, col)
      const shown = own(merge.top, merge.left)
      return shown && { ...shown, address: addressOf(row, col), row, col, mergedFrom: shown.address }
    },
    filledRows: () => given.rows,
  }
}

function findColumn(cells: readonly Cell[] | undefined, col: number): Cell | undefined {
  if (!cells) return undefined
  const guess = cells[col - 1]
  if (guess?.col === col) return guess
  let low = 0
  let high = cells.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const c = cells[middle]!
    if (c.col === col) return c
    if (c.col < col) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

function mergesByColumn(merges: readonly Merge[]): ReadonlyMap<number, readonly Merge[]> {
  const columns = new Map<number, Merge[]>()
  for (const m of [...merges].sort((a, b) => a.top - b.top))
    for (let c = m.left; c <= m.right; c++) {
      const list = columns.get(c)
      if (list) list.push(m)
      else columns.set(c, [m])
    }
  return columns
}

function findMerge(list: readonly Merge[] | undefined, row: number): Merge | undefined {
  if (!list) return undefined
  let low = 0
  let high = list.length - 1
  let found: Merge | undefined
  while (low <= high) {
    const middle = (low + high) >> 1
    const m = list[middle]!
    if (m.top <= row) {
      found = m
      low = middle + 1
    } else high = middle - 1
  }
  return found && row <= found.bottom ? found : undefined
}
