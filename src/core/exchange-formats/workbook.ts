// Reads .xlsx workbooks (Excel, WPS, LibreOffice; ECMA-376 transitional and strict) into sheets of cells.
// An own reader because accounts need what libraries drop: the digits as written, stored formula results told apart from
// values, limits against hostile files, and one problem per kind of bad file. The content decides, not the extension.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import type { Sheet } from './sheet.ts'
import {
  partKey,
  readRelationships,
  readSharedStrings,
  readStyles,
  readWorkbookPart,
  relationshipsOf,
  type SheetEntry,
} from './workbook-parts.ts'
import { readWorksheet, type WorkbookContext } from './workbook-sheet.ts'
import { openZip, type ZipEntry } from './zip.ts'

export interface Workbook {
  /** In the order of their tabs; empty where the file is refused. */
  readonly sheets: readonly Sheet[]
  readonly problems: readonly Problem[]
}

/** Reads a workbook. Never throws: what is wrong with the file is among the problems. */
export function readWorkbook(bytes: Uint8Array, fileName: string): Workbook {
  const at: Place = { file: fileName }
  const refused = refuse(bytes, at)
  if (refused) return { sheets: [], problems: [refused] }
  const problems: Problem[] = []
  try {
    return { sheets: readParts(openZip(bytes, undefined, at), fileName, problems), problems }
  } catch (error) {
    return { sheets: [], problems: [...problems, ...badBytes(error, at)] }
  }
}

/** A workbook whose sheets are unpacked when their rows are wanted. @throws ProblemError as `readWorkbook` tells */
export function openWorkbook(
  bytes: Uint8Array,
  fileName: string,
  problems: Problem[],
): { readonly parts: readonly SheetPart[]; readonly context: WorkbookContext } {
  const at: Place = { file: fileName }
  const refused = refuse(bytes, at)
  if (refused) throw new ProblemError(refused)
  try {
    return sheetParts(openZip(bytes, undefined, at), fileName, problems)
  } catch (error) {
    throw new ProblemError(badBytes(error, at))
  }
}

/** Only the parsers of foreign bytes run where this is asked; whatever they throw says that the bytes are bad. */
export const badBytes = (error: unknown, at: Place): readonly Problem[] =>
  error instanceof ProblemError ? error.problems : [problem('workbook.damaged', { reason: reasonOf(error) }, at)]

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.split('\n')[0]!.slice(0, 120) : 'unknown'

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((b, i) => bytes[i] === b)

/** What can be told from the first bytes without unpacking. */
function refuse(bytes: Uint8Array, at: Place): Problem | undefined {
  if (bytes.length === 0) return problem('workbook.empty', {}, at)
  if (startsWith(bytes, OLE)) {
    // The stream names of a compound file are UTF-16 in its directory (MS-CFB 2.6.1, MS-OFFCRYPTO 2.3.4.4).
    if (holdsUtf16(bytes, 'EncryptedPackage')) return problem('workbook.password', {}, at)
    if (holdsUtf16(bytes, 'Workbook') || holdsUtf16(bytes, 'Book')) return problem('workbook.old-xls', {}, at)
    return problem('workbook.not-a-workbook', {}, at)
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return undefined
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2000)).replace(/^ï»¿/, '').trimStart()
  if (/^<(!doctype html|html|table|meta|head|body)/i.test(head))
    return problem('workbook.disguised', { what: 'HTML' }, at)
  if (/^<\?xml/.test(head) && /Workbook|spreadsheet/.test(head))
    return problem('workbook.disguised', { what: 'XML (Excel 2003)' }, at)
  if (/^%PDF/.test(head)) return problem('workbook.disguised', { what: 'PDF' }, at)
  return problem('workbook.not-a-workbook', {}, at)
}

function holdsUtf16(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'))
}

function readParts(entries: readonly ZipEntry[], file: string, problems: Problem[]): readonly Sheet[] {
  const { parts, context } = sheetParts(entries, file, problems)
  const sheets = parts.map(({ part, head }) => readWorksheet(part, head, context, problems))
  if (sheets.every((s) => s.rows === 0) && !problems.some((p) => p.severity === 'red'))
    problems.push(problem('workbook.empty', {}, { file }))
  return sheets
}

export interface SheetPart {
  readonly part: ZipEntry
  readonly head: SheetEntry
}

/** The sheets that hold cells, in the order of their tabs, still packed, and what all of them share. */
function sheetParts(
  entries: readonly ZipEntry[],
  file: string,
  problems: Problem[],
): { readonly parts: readonly SheetPart[]; readonly context: WorkbookContext } {
  const at: Place = { file }
  const parts = new Map(entries.map((e) => [partKey(e.name), e]))
  const macros = entries.find((e) => /vbaproject\.bin$|vbadata\.xml$|\/macrosheets\//.test(partKey(e.name)))
  if (macros) throw new ProblemError(problem('workbook.macros', { part: macros.name }, at))
  if (parts.has('content.xml') && parts.has('mimetype'))
    throw new ProblemError(problem('workbook.open-document', {}, at))
  if (parts.has('xl/workbook.bin')) throw new ProblemError(problem('workbook.binary-xlsb', {}, at))

  const main =
    readRelationships(parts.get('_rels/.rels'), '').find((r) => r.type === 'officeDocument')?.target ??
    'xl/workbook.xml'
  const mainPart = parts.get(main)
  if (!mainPart || /(^|\/)(word|ppt)\//.test(main)) throw new ProblemError(problem('workbook.not-a-workbook', {}, at))
  const relationships = readRelationships(parts.get(relationshipsOf(main)), main)
  const partOf = (type: string): ZipEntry | undefined => {
    const r = relationships.find((x) => x.type === type && !x.external)
    return r && parts.get(r.target)
  }
  const links = relationships.filter((r) => r.type === 'externalLink')
  if (links.length > 0) problems.push(problem('workbook.external-links', { count: links.length }, at))

  const { sheets: list, date1904 } = readWorkbookPart(mainPart)
  const context = {
    file,
    date1904,
    strings: readSharedStrings(partOf('sharedStrings')),
    styles: readStyles(partOf('styles')),
  }
  const found: SheetPart[] = []
  for (const head of list) {
    const relationship = relationships.find((r) => r.id === head.relationship)
    // Chart sheets hold no cells; old dialogue and macro sheets are no data either.
    if (relationship && relationship.type !== 'worksheet') continue
    const part = relationship && parts.get(relationship.target)
    if (!part) throw new ProblemError(problem('workbook.damaged', { reason: `sheet ${head.name}` }, at))
    found.push({ part, head })
  }
  return { parts: found, context }
}
