// Writes CSV that Excel and WPS open with the right characters (UTF-8 with byte order mark, RFC 4180, CRLF) and without
// turning a text into a formula: a text that begins with = + - @ and is no number gets a leading apostrophe.

import { Dec, decText, parseDecimal } from '../../kernel/index.ts'

export type CsvValue = string | number | bigint | Dec | undefined

/** So many rows become bytes together: neither a text of all of them nor one of each. */
const ROWS_TOGETHER = 1000

/** Rows to bytes. Numbers are written with all their digits and without thousands signs. */
export function writeCsv(rows: Iterable<readonly CsvValue[]>): Uint8Array {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  let lines: string[] = ['\ufeff']
  const flush = (): void => {
    parts.push(encoder.encode(lines.join('')))
    lines = []
  }
  for (const row of rows) {
    let text = ''
    for (let i = 0; i < row.length; i++) text += i === 0 ? field(row[i]) : `,${field(row[i])}`
    lines.push(`${text}\r\n`)
    if (lines.length >= ROWS_TOGETHER) flush()
  }
  flush()
  return together(parts)
}

function together(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Most texts are: they begin with a letter, a digit or a Chinese character, end with one, a bracket or a star, and hold no sign of the
 *  format. Whatever else is looked at with care. */
function isPlain(value: string): boolean {
  const [first, last] = [value.charCodeAt(0), value.charCodeAt(value.length - 1)]
  if (
    !(isAlphanumeric(first) || isChinese(first)) ||
    !(isAlphanumeric(last) || isChinese(last) || last === CLOSING || last === STAR)
  )
    return false
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c === QUOTE || c === COMMA || c === LINE_FEED || c === RETURN) return false
  }
  return true
}

const [QUOTE, COMMA, LINE_FEED, RETURN, CLOSING, STAR] = [0x22, 0x2c, 0x0a, 0x0d, 0x29, 0x2a]
const isAlphanumeric = (c: number): boolean =>
  (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a)
const isChinese = (c: number): boolean => c >= 0x4e00 && c <= 0x9fff

function field(value: CsvValue): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return value instanceof Dec ? decText(value) : String(value)
  if (isPlain(value)) return value
  // A lone dash says "no data" and is harmless.
  const risky = /^[=+\-@＝＋－＠]./s.test(value) && parseDecimal(value) === undefined
  const safe = risky ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
