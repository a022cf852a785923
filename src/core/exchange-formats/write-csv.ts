// Writes CSV that Excel and WPS open with the right characters (UTF-8 with byte order mark, RFC 4180, CRLF) and without
// turning a text into a formula: a text that begins with = + - @ and is no number gets a leading apostrophe.

import { Dec, decText, parseDecimal } from '../../kernel/index.ts'

export type CsvValue = string | number | bigint | Dec | undefined

/** Rows to bytes. Numbers are written with all their digits and without thousands signs. */
export function writeCsv(rows: readonly (readonly CsvValue[])[]): Uint8Array {
  let text = '\ufeff'
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) text += i === 0 ? field(row[i]) : `,${field(row[i])}`
    text += '\r\n'
  }
  return new TextEncoder().encode(text)
}

function field(value: CsvValue): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return value instanceof Dec ? decText(value) : String(value)
  // Most texts are plain; one look tells.
  if (!/^[=+\-@＝＋－＠\s]/.test(value) && !/[",\r\n]/.test(value) && value.trimEnd() === value) return value
  // A lone dash says "no data" and is harmless.
  const risky = /^[=+\-@＝＋－＠]./s.test(value) && parseDecimal(value) === undefined
  const safe = risky ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
