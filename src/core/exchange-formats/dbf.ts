// The table of attributes of a shapefile (dBASE III and its kin). Serves shapefile.ts.
// Always holds: as many rows as the header says, each either deleted or with one value for every field; text is decoded
// by the stated encoding, else by UTF-8 where all of it is UTF-8, else as GBK.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { checkFeatureCount } from './vector-layer.ts'
import { problem } from './vector-problems.ts'

export interface Dbf {
  readonly fields: readonly string[]
  /** Undefined stands for a row marked as deleted. */
  readonly rows: readonly (Readonly<Record<string, unknown>> | undefined)[]
  readonly problems: readonly Problem[]
}

interface Field {
  readonly rawName: Uint8Array
  readonly type: string
  readonly from: number
  readonly length: number
}

/** What stands in a .cpg, or a code page number, as a label of TextDecoder. */
const LABELS: Readonly<Record<string, string>> = {
  '65001': 'utf-8',
  '936': 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  '950': 'big5',
  '932': 'shift_jis',
  '949': 'euc-kr',
  '1250': 'windows-1250',
  '1251': 'windows-1251',
  '1252': 'windows-1252',
  '88591': 'iso-8859-1',
}
/** The language byte of the header. 0x57 says only "whatever the system used", so it is left to detection. */
const LANGUAGES: Readonly<Record<number, string>> = {
  0x03: 'windows-1252',
  0x4d: 'gb18030',
  0x7a: 'gb18030',
  0x4f: 'big5',
  0x78: 'big5',
  0x13: 'shift_jis',
  0x7b: 'shift_jis',
  0x4e: 'euc-kr',
  0x79: 'euc-kr',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
}
const HEADER = 32
const FIELD = 32
/** Whole numbers of more digits than this do not fit a float and stay text. */
const SAFE_DIGITS = 15

/** Reads a table whole. `cpg` is the text of the .cpg beside it. @throws ProblemError `vector.dbf-damaged`, `vector.too-large` */
export function readDbf(
  bytes: Uint8Array,
  fileName: string,
  cpg?: { readonly name: string; readonly text: string },
): Dbf {
  const at: Place = { file: fileName }
  const damaged = (reason: string): ProblemError =>
    new ProblemError(problem('vector.dbf-damaged', { file: fileName, reason }, at))
  if (bytes.length < HEADER + 1) throw damaged('no header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(4, true)
  const start = view.getUint16(8, true)
  const width = view.getUint16(10, true)
  checkFeatureCount(count, at)
  const fields = fieldsOf(bytes, start, width, damaged)
  if (start + count * width > bytes.length) throw damaged(`${count} × ${width} + ${start} > ${bytes.length} bytes`)

  const rowAt = (i: number): number => start + i * width
  const texts = function* (): Iterable<{ readonly raw: Uint8Array; readonly field: Field | undefined }> {
    for (const f of fields) yield { raw: f.rawName, field: undefined }
    for (let i = 0; i < count; i++)
      for (const f of fields) if (f.type === 'C') yield { raw: valueOf(bytes, rowAt(i), f), field: f }
  }
  const { label, problems: ofEncoding } = encodingOf(bytes[29]!, cpg, texts, at)
  const decode = decoderOf(label)
  const names = fields.map((f) => decode(f.rawName, f.rawName.length).trim())
  const problems: Problem[] = [...ofEncoding]
  const kept = fields.map((_, k) => names.indexOf(names[k]!) === k)
  for (const name of new Set(names.filter((_, k) => !kept[k])))
    problems.push(problem('vector.field-twice', { field: name }, at))
  const unread = names.filter((_, k) => kept[k] && !/[CNFDLI+O]/.test(fields[k]!.type))
  if (unread.length > 0) problems.push(problem('vector.fields-not-read', { fields: unread.join('、') }, at))

  let replaced = 0
  let first: { readonly field: string; readonly text: string } | undefined
  const rows: (Readonly<Record<string, unknown>> | undefined)[] = []
  for (let i = 0; i < count; i++) {
    if (bytes[rowAt(i)] === 0x2a) {
      rows.push(undefined)
      continue
    }
    const row: [string, unknown][] = []
    for (const [k, f] of fields.entries()) {
      if (!kept[k]) continue
      const value = read(valueOf(bytes, rowAt(i), f), f, decode)
      if (typeof value === 'string' && value.includes('\ufffd')) {
        replaced++
        first ??= { field: names[k]!, text: value.slice(0, 40) }
      }
      row.push([names[k]!, value])
    }
    rows.push(Object.fromEntries(row))
  }
  if (first) problems.push(problem('vector.characters-replaced', { encoding: label, count: replaced, ...first }, at))
  return { fields: names.filter((_, k) => kept[k]), rows, problems }
}

function fieldsOf(
  bytes: Uint8Array,
  start: number,
  width: number,
  damaged: (reason: string) => ProblemError,
): readonly Field[] {
  const fields: Field[] = []
  let from = 1
  for (let o = HEADER; bytes[o] !== 0x0d; o += FIELD) {
    if (o + FIELD > start || o + FIELD > bytes.length) throw damaged('field list')
    const name = bytes.subarray(o, o + 11)
    const end = name.indexOf(0)
    const length = bytes[o + 16]!
    const field = {
      rawName: end < 0 ? name : name.subarray(0, end),
      type: String.fromCharCode(bytes[o + 11]!),
      from,
      length,
    }
    fields.push(field)
    from += length
  }
  if (from > width) throw damaged('row width')
  return fields
}

const valueOf = (bytes: Uint8Array, row: number, f: Field): Uint8Array =>
  bytes.subarray(row + f.from, row + f.from + f.length)

type Decode = (raw: Uint8Array, fieldLength: number) => string

/** A character cut in two by the width of its field is dropped; any other one that cannot be read becomes U+FFFD. */
function decoderOf(label: string): Decode {
  const decoder = new TextDecoder(label, { ignoreBOM: true })
  return (raw, fieldLength) => {
    let end = raw.length
    while (end > 0 && (raw[end - 1] === 0x20 || raw[end - 1] === 0)) end--
    const text = decoder.decode(raw.subarray(0, end))
    return end === fieldLength && text.endsWith('\ufffd') ? text.slice(0, -1) : text
  }
}

const isAscii = (raw: Uint8Array): boolean => raw.every((b) => b < 0x80)

function encodingOf(
  language: number,
  cpg: { readonly name: string; readonly text: string } | undefined,
  texts: () => Iterable<{ readonly raw: Uint8Array; readonly field: Field | undefined }>,
  at: Place,
): { readonly label: string; readonly problems: readonly Problem[] } {
  const named = cpg?.text.replace(/[\0\ufeff]/g, '').trim() ?? ''
  const label = labelOf(named)
  if (label !== undefined) return { label, problems: [] }
  const faults = (candidate: string): number => {
    const decode = decoderOf(candidate)
    let n = 0
    for (const { raw, field } of texts())
      if (!isAscii(raw) && decode(raw, field?.length ?? raw.length).includes('\ufffd')) n++
    return n
  }
  const stated = LANGUAGES[language]
  const candidates = [...(stated === undefined ? [] : [stated]), 'utf-8', 'gb18030']
  // Of encodings that all fail somewhere, the one that fails least is shown, and the reader is told.
  let best = { label: candidates[0]!, faults: Infinity }
  for (const candidate of candidates) {
    const n = faults(candidate)
    if (n < best.faults) best = { label: candidate, faults: n }
    if (n === 0) break
  }
  const unknown = named !== '' && !/^(oem|ansi|system)$/i.test(named)
  return {
    label: best.label,
    problems: unknown
      ? [problem('vector.encoding-unknown', { file: cpg!.name, label: named.slice(0, 40), used: best.label }, at)]
      : [],
  }
}

function labelOf(named: string): string | undefined {
  if (named === '') return undefined
  const plain = named.toLowerCase().replace(/^(?:ansi|cp|windows|ms|ibm)[\s_-]*(?=\d)/, '')
  const known = LABELS[plain.replace(/^(?:iso)?[\s_-]*8859[\s_-]*1$/, '88591')]
  if (known !== undefined) return known
  try {
    return new TextDecoder(named).encoding
  } catch {
    return undefined
  }
}

function read(raw: Uint8Array, f: Field, decode: Decode): unknown {
  const ascii = (): string =>
    String.fromCharCode(...raw)
      .replace(/\0/g, ' ')
      .trim()
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  switch (f.type) {
    case 'C': {
      const text = decode(raw, f.length).trim()
      return text === '' ? null : text
    }
    case 'N':
    case 'F':
      return numberFrom(ascii())
    case 'D': {
      const day = /^(\d{4})(\d{2})(\d{2})$/.exec(ascii())
      return day && day[1] !== '0000' ? `${day[1]}-${day[2]}-${day[3]}` : null
    }
    case 'L': {
      const mark = ascii().toUpperCase()
      return /^[TY]$/.test(mark) ? true : /^[FN]$/.test(mark) ? false : null
    }
    case 'I':
    case '+':
      return raw.length === 4 ? view.getInt32(0, true) : null
    case 'O':
      return raw.length === 8 ? view.getFloat64(0, true) : null
    default:
      return null
  }
}

/** Asterisks and blanks are what writers put where a number is missing. */
function numberFrom(text: string): number | string | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return null
  const digits = text.replace(/^[+-]?0*/, '')
  if (/^\d+$/.test(digits) && digits.length > SAFE_DIGITS) return text
  const n = Number(text)
  return Number.isFinite(n) ? n : null
}
