// The small parts of a workbook package: relationships, sheet list, shared texts, number formats
// (ECMA-376 part 1, 18.2, 18.4, 18.8; part 2, 9.3). Each reader takes one zip entry and gives plain data.

import { builtInFormat, numberFormat, type NumberFormat } from './number-format.ts'
import { attribute, isTrue, xmlReader, type XmlEvents } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** Reads one part through. @throws ProblemError, or Error on ill-formed XML */
export function readPart(entry: ZipEntry, events: XmlEvents): void {
  const reader = xmlReader(events)
  entry.stream((chunk) => reader.write(chunk))
  reader.end()
}

/** Part names are compared without case; some writers use backslashes or a leading slash. */
export const partKey = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

export interface Relationship {
  readonly id: string
  /** The last word of the type address, the same in transitional and strict files: `worksheet`. */
  readonly type: string
  /** Part key of the target, or its address where it is outside the package. */
  readonly target: string
  readonly external: boolean
}

/** The relationships of a part; `entry` is its `.rels` part, `part` the key of the part they belong to. */
export function readRelationships(entry: ZipEntry | undefined, part: string): readonly Relationship[] {
  const out: Relationship[] = []
  if (!entry) return out
  readPart(entry, {
    open(name, a) {
      if (name !== 'Relationship') return
      const target = a['Target'] ?? ''
      const external = a['TargetMode'] === 'External'
      const type = (a['Type'] ?? '').split('/').at(-1)!
      out.push({ id: a['Id'] ?? '', type, target: external ? target : resolve(part, target), external })
    },
  })
  return out
}

export const relationshipsOf = (part: string): string => part.replace(/([^/]*)$/, '_rels/$1.rels')

function resolve(part: string, target: string): string {
  if (/^[/\\]/.test(target)) return partKey(target)
  const path = part.split('/').slice(0, -1)
  for (const piece of partKey(target).split('/')) {
    if (piece === '..') path.pop()
    else if (piece !== '.') path.push(piece)
  }
  return path.join('/')
}

export interface SheetEntry {
  readonly name: string
  readonly relationship: string
  readonly hidden: boolean
}

export function readWorkbookPart(entry: ZipEntry): {
  readonly sheets: readonly SheetEntry[]
  readonly date1904: boolean
} {
  const sheets: SheetEntry[] = []
  let date1904 = false
  readPart(entry, {
    open(name, a) {
      if (name === 'workbookPr') date1904 = isTrue(a['date1904'])
      if (name !== 'sheet') return
      const { id, ...rest } = a
      const relationship = attribute(rest, 'id') ?? id ?? ''
      sheets.push({ name: a['name'] ?? '', relationship, hidden: /hidden$/i.test(a['state'] ?? '') })
    },
  })
  return { sheets, date1904 }
}

/** Collects the text of `<si>` and `<is>`: rich runs joined, phonetic runs left out. */
export function textCollector(): {
  open(name: string): void
  close(name: string): void
  text(text: string): void
  take(): string
} {
  let inText = false
  let phonetic = 0
  let pieces = ''
  return {
    open(name) {
      if (name === 'rPh') phonetic++
      inText = name === 't' && phonetic === 0
    },
    close(name) {
      if (name === 'rPh') phonetic--
      if (name === 't') inText = false
    },
    text(text) {
      if (inText) pieces += text
    },
    take() {
      const all = unescapeText(pieces)
      pieces = ''
      return all
    },
  }
}

/** `_x000D_` stands for a control character (ECMA-376 part 1, 22.9.2.19); line ends become `\n`. */
export function unescapeText(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
}

export function readSharedStrings(entry: ZipEntry | undefined): readonly string[] {
  const out: string[] = []
  if (!entry) return out
  const collector = textCollector()
  readPart(entry, {
    open: (name) => collector.open(name),
    close(name) {
      collector.close(name)
      if (name === 'si') out.push(collector.take())
    },
    text: (text) => collector.text(text),
  })
  return out
}

/** The number format of each cell style. */
export function readStyles(entry: ZipEntry | undefined): readonly NumberFormat[] {
  const custom = new Map<number, string>()
  const styles: NumberFormat[] = []
  const made = new Map<string, NumberFormat>()
  if (!entry) return styles
  let inCellXfs = false
  readPart(entry, {
    open(name, a) {
      if (name === 'numFmt') custom.set(Number(a['numFmtId']), unescapeText(a['formatCode'] ?? 'General'))
      if (name === 'cellXfs') inCellXfs = true
      if (name !== 'xf' || !inCellXfs) return
      const id = Number(a['numFmtId'] ?? 0)
      const code = custom.get(id) ?? builtInFormat(id)
      let format = made.get(code)
      if (!format) made.set(code, (format = numberFormat(code)))
      styles.push(format)
    },
    close(name) {
      if (name === 'cellXfs') inCellXfs = false
    },
  })
  return styles
}
