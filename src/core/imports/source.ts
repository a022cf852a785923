// A file as lines with headings, whatever it is: sheet of a workbook, delimited text, attributes of a map. Lines come one after
// the other, so that a long table is never held whole.
// Always holds: nothing is left out in silence. Blank rows and repeated headings are no lines; totals and notes are counted and told.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import {
  addressOf,
  cleanText,
  columnLetter,
  findHeadingRows,
  isNoteText,
  isNumberingRow,
  isTotalText,
  isUnitRow,
  isVectorName,
  isWorkbookFile,
  openZip,
  readDbf,
  readHeadings,
  readVector,
  sheetPlace,
  streamSheets,
  unitCell,
  vectorLayers,
  type Cell,
  type CellValue,
  type HeadingRows,
  type Sheet,
  type SheetHead,
  type SheetRow,
  type SheetStream,
  type VectorCrs,
  type VectorFeature,
  type VectorGeometry,
} from '../exchange-formats/index.ts'
import { dec } from '../../kernel/index.ts'
import { importsProblem } from './problems.ts'

export interface SourceHeading {
  readonly text: string
  /** `C` */
  readonly column: string
  readonly col: number
  readonly unitText?: string
}

export interface SourceLine {
  /** Row of the sheet or number of the feature, from 1. */
  readonly line: number
  cell(col: number): Cell | undefined
  at(col?: number): Place
  readonly geometry?: VectorGeometry
}

export interface Source {
  readonly sheets: readonly string[]
  readonly sheet: string | undefined
  readonly headings: readonly SourceHeading[]
  /** About how many lines there are, for progress only. */
  readonly about: number
  readonly crs?: VectorCrs
  /** Cells keep all their digits: text files do, numbers of a workbook have fifteen. */
  readonly exact: boolean
  readonly problems: readonly Problem[]
  /** What is found on the way is added to `told`. @returns lines that were left out @throws ProblemError */
  lines(told: Problem[]): Generator<SourceLine, number>
}

export interface SourceFile {
  readonly bytes: Uint8Array
  readonly name: string
  readonly sheet?: string
  readonly maps: boolean
  /** For problems. */
  readonly title: { readonly zh: string; readonly en: string }
}

/** @throws ProblemError whatever keeps the file from being read */
export function openSource(file: SourceFile): Source {
  if (!isMap(file)) return tableSource(file)
  if (!file.maps)
    throw new ProblemError(importsProblem('imports.maps-not-taken', { title: file.title.zh, titleEn: file.title.en }))
  return mapSource(file)
}

/** A zip is a workbook or a map by what is in it. */
function isMap({ bytes, name }: SourceFile): boolean {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const inside = openZip(bytes, undefined, { file: name })
    return inside.some((e) => isVectorName(e.name)) && !inside.some((e) => /^xl\//i.test(e.name))
  }
  return isVectorName(name) || /\.(dbf|json)$/i.test(name) || (!isWorkbookFile(bytes, name) && bytes[0] === 0x7b)
}

// ---- tables

function tableSource({ bytes, name, sheet }: SourceFile): Source {
  const problems: Problem[] = []
  const streams = streamSheets(bytes, name, problems)
  const red = problems.filter((p) => p.severity === 'red')
  if (red.length > 0) throw new ProblemError(red)
  const { stream, head } = chosen(streams, sheet)
  const rows = findHeadingRows(head.sheet)
  if (!rows) throw new ProblemError(importsProblem('imports.no-headings', {}, sheetPlace(head.sheet)))
  const body = [...head.sheet.filledRows()].filter((r) => r.row > rows.last)
  const units = unitsOf(rows, body)
  const columns = new Set(body.flatMap((r) => r.cells.map((c) => c.col)))
  const found = readHeadings(head.sheet, rows, units, columns, problems)
  return {
    sheets: streams.map((s) => s.name),
    sheet: stream.name === '' ? undefined : stream.name,
    headings: found.map(({ text, column, col, unitText }) => ({
      text,
      column,
      col,
      ...(unitText === undefined ? {} : { unitText }),
    })),
    about: Math.max(1, head.about - rows.last),
    exact: stream.name === '',
    // A heading that stands twice matters only where it is chosen, and is told there.
    problems: problems.filter((p) => p.code !== 'table.heading-twice'),
    lines: (told) => tableLines(stream, head.sheet, rows, told),
  }
}

function chosen(
  streams: readonly SheetStream[],
  wanted: string | undefined,
): { readonly stream: SheetStream; readonly head: SheetHead } {
  const sheets = streams.map((s) => s.name).join('、')
  const shown = streams.filter((s) => (wanted === undefined ? !s.hidden : s.name === wanted))
  if (wanted !== undefined && shown.length === 0)
    throw new ProblemError(importsProblem('imports.no-sheet', { sheet: wanted, sheets }))
  const filled = shown.map((stream) => ({ stream, head: stream.head() })).filter(({ head }) => head.sheet.rows > 0)
  const [only, ...more] = filled
  if (!only) throw new ProblemError(importsProblem('imports.no-rows'))
  if (more.length > 0)
    throw new ProblemError(
      importsProblem('imports.which-sheet', { sheets: filled.map(({ stream }) => stream.name).join('、') }),
    )
  return only
}

function unitsOf(rows: HeadingRows, body: readonly SheetRow[]): ReadonlyMap<number, string> {
  const units = new Map<number, string>()
  for (const { row, cells } of body.slice(0, 2))
    if (row <= rows.last + 2 && isUnitRow(cells)) for (const c of cells) units.set(c.col, unitCell(c))
  return units
}

const lineText = (cells: readonly Cell[]): string => cells.map((c) => cleanText(c.text)).join('\n')

function* tableLines(
  stream: SheetStream,
  head: Sheet,
  heading: HeadingRows,
  told: Problem[],
): Generator<SourceLine, number> {
  const left = { total: 0, firstTotal: 0, note: 0, firstNote: 0 }
  const merged = mergedCells(head, heading.last, told)
  let headingText = ''
  for (const { row, cells } of stream.rows(told)) {
    if (row === heading.first) headingText = lineText(cells)
    if (row <= heading.last) continue
    // Rows of units and of column numbers stand right below the headings; long tables repeat their headings.
    if (row <= heading.last + 2 && (isUnitRow(cells) || isNumberingRow(cells))) continue
    if (lineText(cells) === headingText) continue
    const label = cells.find((c) => c.value.kind === 'text')
    if (label && isTotalText(label.text)) {
      if (left.total++ === 0) left.firstTotal = row
      continue
    }
    if (isNoteText(cells[0]!.text) && cells.every((c) => c.value.kind === 'text' && /[:：]|^.{9,}/.test(c.text))) {
      if (left.note++ === 0) left.firstNote = row
      continue
    }
    const filled = merged.fill(row, cells)
    yield {
      line: row,
      cell: (col) => filled.get(col),
      at: (col) => sheetPlace(head, col === undefined ? `${row}` : addressOf(row, col)),
    }
  }
  merged.tell()
  if (left.total > 0)
    told.push(
      importsProblem('imports.totals-left-out', { count: left.total, first: left.firstTotal }, sheetPlace(head)),
    )
  if (left.note > 0)
    told.push(importsProblem('imports.notes-left-out', { count: left.note, first: left.firstNote }, sheetPlace(head)))
  return left.total + left.note
}

/** Cells under a range that is merged downwards show what stands at its top; one merged over columns belongs to none. */
function mergedCells(head: Sheet, headingLast: number, told: Problem[]) {
  const below = head.merges.some((m) => m.bottom > headingLast)
  const tops = new Map<string, Cell>()
  const wide = new Set<string>()
  let count = 0
  let first = ''
  const fill = (row: number, cells: readonly Cell[]): ReadonlyMap<number, Cell> => {
    const own = new Map(cells.map((c) => [c.col, c]))
    if (!below) return own
    for (let col = 1; col <= head.columns; col++) {
      const merge = head.mergeAt(row, col)
      if (!merge) continue
      if (merge.right > merge.left) {
        if (!wide.has(merge.range)) {
          wide.add(merge.range)
          told.push(
            importsProblem('imports.merged-across', { range: merge.range }, sheetPlace(head, addressOf(row, col))),
          )
        }
      } else if (merge.top === row) {
        const top = own.get(col)
        if (!top) continue
        tops.set(merge.range, top)
        if (count++ === 0) first = merge.range
      } else {
        const top = tops.get(merge.range)
        if (top) own.set(col, { ...top, row, address: addressOf(row, col), mergedFrom: top.address })
        if (row >= merge.bottom) tops.delete(merge.range)
      }
    }
    return own
  }
  const tell = (): void => {
    if (count > 0) told.push(importsProblem('imports.merged-cells', { count, first }, sheetPlace(head)))
  }
  return { fill, tell }
}

// ---- maps

function mapSource({ bytes, name, sheet: wanted }: SourceFile): Source {
  const problems: Problem[] = []
  const layer = layerOf(bytes, name, wanted)
  problems.push(...layer.problems)
  const names = [...new Set(layer.features.flatMap((f) => Object.keys(f.properties)))]
  if (layer.features.length === 0) throw new ProblemError(importsProblem('imports.no-rows', {}, { file: name }))
  const cols = new Map(names.map((n, i) => [i + 1, n]))
  const at = (line: number, col?: number): Place => ({
    file: name,
    ...(layer.name === '' ? {} : { sheet: layer.name }),
    cell: col === undefined ? `${line}` : `${line} ${cols.get(col) ?? ''}`,
  })
  return {
    sheets: layer.all,
    sheet: layer.name,
    headings: names.map((text, i) => ({ text, column: columnLetter(i + 1), col: i + 1 })),
    about: layer.features.length,
    ...(layer.crs ? { crs: layer.crs } : {}),
    exact: true,
    problems,
    *lines() {
      for (const [i, f] of layer.features.entries()) {
        const line = i + 1
        yield {
          line,
          cell: (col) => attributeCell(f.properties[cols.get(col) ?? ''], { name, sheet: layer.name, line, col }),
          at: (col) => at(line, col),
          ...(f.geometry ? { geometry: f.geometry } : {}),
        }
      }
      return 0
    },
  }
}

function layerOf(bytes: Uint8Array, name: string, layer: string | undefined) {
  if (/\.dbf$/i.test(name)) {
    const { rows, problems } = readDbf(bytes, name)
    const features = rows.flatMap((properties): VectorFeature[] =>
      properties ? [{ properties, geometry: undefined }] : [],
    )
    return { name: '', all: [], features, crs: undefined, problems }
  }
  const source = { name, bytes }
  const read = readVector(source, layer === undefined ? {} : { layer })
  return { ...read, all: vectorLayers(source) }
}

function attributeCell(
  value: unknown,
  at: { readonly name: string; readonly sheet: string; readonly line: number; readonly col: number },
): Cell | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
  const kind: CellValue =
    typeof value === 'number' && Number.isFinite(value)
      ? { kind: 'number', digits: dec(text) }
      : typeof value === 'boolean'
        ? { kind: 'boolean', value }
        : { kind: 'text', text }
  const { name, sheet, line, col } = at
  return { file: name, sheet, address: `${line}`, row: line, col, text, value: kind, percentFormat: false }
}
