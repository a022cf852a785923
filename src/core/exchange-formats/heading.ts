// Headings of a table: where the heading rows are, which upper heading covers which columns, and the unit a heading names.
// Always holds: a heading keeps its column letter, so an input list can name the column whatever its text says.

import { findUnit, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import { addressOf, columnLetter, sheetPlace, type Cell, type Merge, type Sheet, type SheetRow } from './sheet.ts'

export interface Heading {
  /** Upper and lower headings joined by `/`, without the unit; empty where the column has none. */
  readonly text: string
  readonly path: readonly string[]
  readonly unitText?: string
  /** `C` */
  readonly column: string
  readonly col: number
  /** The lowest heading cell. */
  readonly address: string
}

export interface HeadingRows {
  readonly first: number
  readonly last: number
}

/** Official forms stack at most four heading rows. */
const MAX_HEADING_ROWS = 6
/** Titles, form numbers and notes above a table take fewer rows than this. */
const MAX_ROWS_ABOVE = 30

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Blanks between Chinese characters and line breaks are layout. */
export const cleanText = (text: string): string =>
  oneLine(text).replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '')

export const isUnit = (text: string): boolean => {
  const s = text.trim()
  return s !== '' && !/^[\d.\-–—]+$/.test(s) && findUnit(s) !== undefined
}

/** Takes the unit off a heading: `面积（km²）`, `产值/万元`, `area_ha`, `碳密度 tC/hm²`. */
export function splitUnit(heading: string): { readonly text: string; readonly unitText?: string } {
  const bracket = lastBracket(heading)
  if (bracket) {
    const unitText = bracket.inside.replace(/^(计量)?单位\s*[:：]?\s*/, '').trim()
    return isUnit(unitText) ? { text: bracket.before.trim(), unitText } : { text: heading }
  }
  const tail = /^(.+?)[\s_,，:：]+(\S+)$/.exec(heading)
  // One character after a blank is rather a label (class d) or part of a word (年 度) than a unit, but for these.
  if (tail && isUnit(tail[2]!) && (tail[2]!.length > 1 || /^[mt%吨元亩人头株米]$/.test(tail[2]!)))
    return { text: tail[1]!.replace(/\s*[/／]$/, ''), unitText: tail[2]! }
  const slash = heading.search(/[/／]/)
  if (slash > 0 && isUnit(heading.slice(slash + 1)))
    return { text: heading.slice(0, slash).trim(), unitText: heading.slice(slash + 1).trim() }
  return { text: heading }
}

/** The bracket a text ends with, inner brackets included. */
function lastBracket(text: string): { readonly before: string; readonly inside: string } | undefined {
  const s = text.trimEnd()
  if (!/[)）\]】]$/.test(s)) return undefined
  let depth = 0
  for (let i = s.length - 1; i > 0; i--) {
    if (/[)）\]】]/.test(s[i]!)) depth++
    if (/[(（[【]/.test(s[i]!) && --depth === 0) return { before: s.slice(0, i), inside: s.slice(i + 1, -1) }
  }
  return undefined
}

/** `单位：万元` of a title or note; undefined for the name of an office (填报单位：某县统计局). */
export function unitNoteOf(text: string): string | undefined {
  const m = /(?:^|[\s（([，,；;])(?:计量)?单位\s*[:：]\s*([^\s）)\]]+(?:[)）](?=.))?[^\s）)\]]*)/.exec(text)
  return m && m[1]!.split(/[、，,；;]/).some(isUnit) ? m[1]! : undefined
}

const isYear = (cell: Cell): boolean => cell.value.kind === 'number' && /^(19|20)\d\d$/.test(cell.text)
export const isHeadingLike = (cell: Cell): boolean =>
  cell.value.kind === 'text' || cell.value.kind === 'date' || isYear(cell)
const isNumber = (cell: Cell): boolean => cell.value.kind === 'number' && !isYear(cell)

/** The heading rows of a sheet, found or begun at a row the user names. */
export function findHeadingRows(sheet: Sheet, named?: number): HeadingRows | undefined {
  const top: SheetRow[] = []
  for (const row of sheet.filledRows()) {
    top.push(row)
    if (top.length >= MAX_ROWS_ABOVE + 20) break
  }
  const first = named ?? firstHeadingRow(sheet, top)
  if (first === undefined) return undefined
  const below = [...sheet.filledRows()].filter((r) => r.row > first).slice(0, MAX_HEADING_ROWS + 1)
  let last = first
  while (last - first + 1 < MAX_HEADING_ROWS) {
    const next = reachOfMerges(sheet, first, last) ?? (hasChildRow(sheet, last, below) ? last + 1 : last)
    if (next === last) break
    last = next
  }
  return { first, last }
}

function firstHeadingRow(sheet: Sheet, top: readonly SheetRow[]): number | undefined {
  const widths = top.map((r) => shownCount(sheet, r.row))
  const widest = Math.max(0, ...widths)
  const least = Math.min(2, widest)
  let numberRows = 0
  for (const [i, { row, cells }] of top.slice(0, MAX_ROWS_ABOVE).entries()) {
    if (
      cells.length >= least &&
      cells.every(isHeadingLike) &&
      cells.some((c) => !isYear(c)) &&
      widths[i]! * 2 >= widest &&
      !isTitle(cells)
    )
      return row
    // Rows of numbers before any heading: the table has none.
    if (cells.filter(isNumber).length * 2 >= cells.length && ++numberRows > 2) return undefined
  }
  return undefined
}

/** `填报单位：某县    2020年` above a table. */
const isTitle = (cells: readonly Cell[]): boolean =>
  cells.some((c) => unitNoteOf(cleanText(c.text)) !== undefined && cells.length <= 2) ||
  cells.every((c) => /[:：]./.test(c.text))

function shownCount(sheet: Sheet, row: number): number {
  let n = 0
  for (let c = 1; c <= sheet.columns; c++) if (sheet.cell(row, c)) n++
  return n
}

/** The lowest row that a heading cell is merged down to, where that is below `last`. */
function reachOfMerges(sheet: Sheet, first: number, last: number): number | undefined {
  let reach = last
  for (const m of sheet.merges)
    if (m.top >= first && m.top <= last && m.bottom < first + MAX_HEADING_ROWS && sheet.cell(m.top, m.left))
      reach = Math.max(reach, m.bottom)
  return reach === last ? undefined : reach
}

/** Is the row below `last` a row of lower headings? Its cells stand only under merged headings, or under blanks. */
function hasChildRow(sheet: Sheet, last: number, below: readonly SheetRow[]): boolean {
  const child = below.find((r) => r.row === last + 1)
  if (!child || !child.cells.every(isHeadingLike) || isUnitRow(child.cells) || !below.some((r) => r.row > last + 1))
    return false
  let underWide = 0
  let underBlank = 0
  for (const c of child.cells) {
    const wide = wideMerge(sheet, last, c.col)
    if (wide) underWide++
    else if (!sheet.cell(last, c.col)) underBlank++
    // A parent without a merge stands over its first child.
    else if (!sheet.cell(last, c.col + 1) && child.cells.some((d) => d.col === c.col + 1)) underBlank++
    else return false
  }
  if (underWide > 0) return true
  return underBlank > 1 && !child.cells.some((c) => c.col === leftmost(sheet, last))
}

const leftmost = (sheet: Sheet, row: number): number => {
  for (let c = 1; c <= sheet.columns; c++) if (sheet.cell(row, c)) return c
  return 1
}

const wideMerge = (sheet: Sheet, row: number, col: number): Merge | undefined => {
  const m = sheet.mergeAt(row, col)
  return m && m.right > m.left ? m : undefined
}

/** `（km²）` `万元` `—` under the headings. */
export function isUnitRow(cells: readonly Cell[]): boolean {
  let units = 0
  for (const c of cells) {
    if (c.value.kind !== 'text') return false
    const text = unitCell(c)
    if (isUnit(text)) units++
    else if (!/^([-—–/]+|单位|计量单位)$/.test(text)) return false
  }
  return units > 0
}

export const unitCell = (cell: Cell): string =>
  cleanText(cell.text)
    .replace(/^[（([【]([^]*)[)）\]】]$/, '$1')
    .replace(/^(计量)?单位\s*[:：]\s*/, '')

/** `甲 乙 1 2 3` or `栏次`: the numbering row of official forms. Its numbers count on from 1 or 2; those of data do not. */
export function isNumberingRow(cells: readonly Cell[]): boolean {
  const texts = cells.map((c) => c.text.trim())
  const numbers = texts.flatMap((t) => /^[（(]?(\d+)/.exec(t)?.slice(1).map(Number) ?? [])
  const [first = 1] = numbers
  return (
    cells.length > 1 &&
    texts.some((t) => /^(甲|乙|栏次)$/.test(t)) &&
    texts.every((t) => /^([甲乙丙丁戊己庚辛壬癸]|栏次|\(?\d+\)?|（\d+）|[①-⑳]|[-—])([=＝].*)?$/.test(t)) &&
    first <= 2 &&
    numbers.every((n, i) => n === first + i)
  )
}

/** Reads the headings; `bodyColumns` are the columns that hold data below. */
export function readHeadings(
  sheet: Sheet,
  rows: HeadingRows,
  units: ReadonlyMap<number, string>,
  bodyColumns: ReadonlySet<number>,
  problems: Problem[],
): readonly Heading[] {
  const carried = carryRight(sheet, rows, problems)
  const headings: Heading[] = []
  const merged = new Map<string, Heading[]>()
  for (let col = 1; col <= sheet.columns; col++) {
    const parts: { readonly text: string; readonly unitText?: string }[] = []
    let address = addressOf(rows.last, col)
    let source: string | undefined
    for (let row = rows.first; row <= rows.last; row++) {
      const cell = sheet.cell(row, col) ?? carried.get(addressOf(row, col))
      const origin = cell && (cell.mergedFrom ?? cell.address)
      if (!cell || origin === source) continue
      source = origin
      address = origin!
      const { text, unitText } = splitUnit(oneLine(cell.text))
      parts.push({ text: cleanText(text), ...(unitText === undefined ? {} : { unitText }) })
    }
    if (parts.length === 0 && !bodyColumns.has(col)) continue
    const unitText = units.get(col) ?? parts.findLast((p) => p.unitText !== undefined)?.unitText
    const path = parts.map((p) => p.text).filter((t) => t !== '')
    const heading: Heading = {
      text: path.join('/'),
      path,
      ...(unitText === undefined ? {} : { unitText }),
      column: columnLetter(col),
      col,
      address,
    }
    headings.push(heading)
    if (parts.length === 0)
      problems.push(
        problem(
          'table.column-without-heading',
          { column: heading.column },
          sheetPlace(sheet, addressOf(rows.first, col)),
        ),
      )
    const wide = source === undefined ? undefined : wideMerge(sheet, rows.last, col)
    if (wide) merged.set(wide.range, [...(merged.get(wide.range) ?? []), heading])
  }
  for (const [range, all] of merged) {
    const filled = all.filter((h) => bodyColumns.has(h.col))
    if (filled.length > 1)
      problems.push(
        problem(
          'table.merged-heading',
          { heading: all[0]!.text, range, count: filled.length },
          sheetPlace(sheet, all[0]!.address),
        ),
      )
  }
  tellTwins(sheet, headings, merged, problems)
  return headings
}

function tellTwins(
  sheet: Sheet,
  headings: readonly Heading[],
  merged: ReadonlyMap<string, readonly Heading[]>,
  problems: Problem[],
): void {
  const underMerge = new Set([...merged.values()].flat())
  const byText = new Map<string, Heading[]>()
  for (const h of headings)
    if (h.text !== '' && !underMerge.has(h)) byText.set(h.text, [...(byText.get(h.text) ?? []), h])
  for (const [heading, all] of byText)
    if (all.length > 1)
      problems.push(
        problem(
          'table.heading-twice',
          { heading, columns: all.map((h) => h.column).join('、') },
          sheetPlace(sheet, all[1]!.address),
        ),
      )
}

/** Upper headings typed into one cell with blanks to the right cover those columns too, which the reader is told. */
function carryRight(sheet: Sheet, rows: HeadingRows, problems: Problem[]): ReadonlyMap<string, Cell> {
  const carried = new Map<string, Cell>()
  for (let row = rows.first; row < rows.last; row++) {
    const hasChild = (col: number): boolean => {
      const below = sheet.cell(rows.last, col)
      return below !== undefined && sheet.mergeAt(rows.last, col)?.top !== row
    }
    let parent: Cell | undefined
    let from = 0
    let to = 0
    const tell = (): void => {
      if (parent && to > from)
        problems.push(
          problem(
            'table.heading-guessed',
            { heading: cleanText(parent.text), columns: `${columnLetter(from)}:${columnLetter(to)}` },
            sheetPlace(sheet, parent.address),
          ),
        )
    }
    for (let col = 1; col <= sheet.columns; col++) {
      const cell = sheet.cell(row, col)
      if (cell) {
        tell()
        parent = sheet.mergeAt(row, col) || !hasChild(col) ? undefined : cell
        from = to = col
      } else if (parent && hasChild(col)) {
        carried.set(addressOf(row, col), parent)
        to = col
      } else {
        tell()
        parent = undefined
      }
    }
    tell()
  }
  return carried
}
