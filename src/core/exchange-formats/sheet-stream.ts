// A file with tables read row by row, for imports that are longer than what is held in memory whole. First its beginning is
// looked at, with all merged ranges, to find the headings; then the rows come one after the other, as often as they are asked for.
// Always holds: the rows are those `readSheets` gives; memory grows with shared texts and merged ranges, never with rows.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { delimitedRows } from './delimited.ts'
import { isWorkbookFile } from './data-file.ts'
import { problem } from './problems.ts'
import { makeSheet, parseRange, type Merge, type Sheet, type SheetRow } from './sheet.ts'
import { badBytes, openWorkbook, type SheetPart } from './workbook.ts'
import { STREAMED, worksheetRows } from './workbook-sheet.ts'
import type { ZipEntry } from './zip.ts'

/** Rows that are looked at to find the headings. */
const HEAD_ROWS = 60
/** Merged ranges of a sheet: one for every row of a long list. */
const MAX_MERGES = 500_000

export interface SheetStream {
  /** Empty for delimited text. */
  readonly name: string
  readonly hidden: boolean
  /** The first rows, with the merged ranges of all, and about how many rows there are. @throws ProblemError */
  head(): SheetHead
  /** Rows that hold something, from the first. @throws ProblemError */
  rows(problems: Problem[]): Generator<SheetRow>
}

export interface SheetHead {
  readonly sheet: Sheet
  readonly about: number
}

/** @throws ProblemError `workbook.…`, `delimited.…`, `zip.…` */
export function streamSheets(bytes: Uint8Array, fileName: string, problems: Problem[] = []): readonly SheetStream[] {
  if (!isWorkbookFile(bytes, fileName)) return [delimitedStream(bytes, fileName)]
  const { parts, context } = openWorkbook(bytes, fileName, problems)
  return parts.map(({ part, head }) => ({
    name: head.name,
    hidden: head.hidden,
    head: () => headOf(fileName, head, () => worksheetRows(part, head, context, []), lookedThrough(part, fileName)),
    rows: (told) => telling(worksheetRows(part, head, context, told), { file: fileName, sheet: head.name }),
  }))
}

function delimitedStream(bytes: Uint8Array, file: string): SheetStream {
  const head = { name: '', hidden: false }
  return {
    ...head,
    head: () =>
      headOf(file, head, () => delimitedRows(bytes, file, [], STREAMED), { merges: [], about: lineEnds(bytes) }),
    rows: (told) => delimitedRows(bytes, file, told, STREAMED),
  }
}

function headOf(
  file: string,
  { name, hidden }: Pick<SheetPart['head'], 'name' | 'hidden'>,
  rows: () => Generator<SheetRow>,
  { merges, about }: Looked,
): SheetHead {
  const first: SheetRow[] = []
  for (const row of telling(rows(), { file, sheet: name })) {
    first.push(row)
    if (first.length >= HEAD_ROWS) break
  }
  return { sheet: makeSheet({ file, name, hidden, rows: first, merges }), about }
}

/** Whatever the parsers of foreign bytes throw says that the bytes are bad. */
function* telling(rows: Generator<SheetRow>, at: Place): Generator<SheetRow> {
  try {
    yield* rows
  } catch (error) {
    throw new ProblemError(badBytes(error, at))
  }
}

const lineEnds = (bytes: Uint8Array): number => {
  let n = 1
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) n++
  return n
}

interface Looked {
  readonly merges: readonly Merge[]
  readonly about: number
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:$]+)["']/g
const ROW = /<(?:\w+:)?row[\s>]/g
/** Longest tag of a merged range. */
const TAG = 200

/** The merged ranges of a sheet. They stand behind its rows, so they are looked for in the text without reading it as XML:
 *  a `<` of a cell's own text is written `&lt;`. Rows are counted by the way; one cut in two pieces is not. */
function lookedThrough(part: ZipEntry, file: string): Looked {
  const merges: Merge[] = []
  const decoder = new TextDecoder('latin1')
  let rest = ''
  let about = 0
  part.stream((chunk) => {
    const piece = decoder.decode(chunk)
    for (const _ of piece.matchAll(ROW)) about++
    const text = rest + piece
    let end = 0
    for (const m of text.matchAll(MERGE)) {
      end = m.index + m[0].length
      const merge = parseRange(m[1]!)
      if (merge) merges.push(merge)
      if (merges.length > MAX_MERGES) throw new ProblemError(problem('workbook.too-many-merges', {}, { file }))
    }
    rest = text.slice(Math.max(end, text.length - TAG))
  })
  return { merges, about }
}
