// Rows of an answer as a clerk reads them: a table where it fits the width, else a card a row. Columns nobody filled are left
// out; the English names stand once below.

import { MASK, type Form, type Json, type JsonObject } from '../../kernel/index.ts'
import { textTable, type Align } from '../terminal.ts'
import { textWidth } from '../text-width.ts'

/** Columns a table may take where the terminal does not say. */
const WIDTH = 150
const NUMBER = /^-?[\d,]*\.?\d+$/

/** `2026-03-02T01:00:00.000Z` → 2026-03-02 09:00:00 in the operator's zone */
export function localTime(instant: string, zone: string): string {
  const m = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  const minutes = m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : 0
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

export function cellText(value: Json | undefined, zone: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map((v: Json) => cellText(v, zone)).join('；')
  if (typeof value === 'object')
    return Object.values(value)
      .map((v) => cellText(v, zone))
      .filter((t) => t !== '')
      .join(' ')
  const text = String(value)
  return INSTANT.test(text) ? localTime(text, zone) : text
}

export function rowsText(
  form: Pick<Form, 'fields'>,
  rows: readonly JsonObject[],
  zone: string,
  width = columns(),
): string {
  if (rows.length === 0) return '（没有 / none）'
  const names = Object.keys(form.fields).filter((n) => rows.some((r) => cellText(r[n], zone) !== ''))
  const titles = names.map((n) => form.fields[n]!.title)
  const cells = rows.map((r) => names.map((n) => oneLine(cellText(r[n], zone))))
  const widest = names.map((_, i) => Math.max(textWidth(titles[i]!.zh), ...cells.map((c) => textWidth(c[i]!))))
  const legend = `列 / columns: ${titles.map((t) => `${t.zh} ${t.en}`).join(' · ')}`
  const count = `共 ${rows.length} 行 / ${rows.length} rows`
  if (widest.reduce((s, w) => s + w + 2, 0) > width) {
    const pad = Math.max(...titles.map((t) => textWidth(t.zh)))
    const card = (c: readonly string[], i: number): string =>
      [
        `── ${i + 1} ──`,
        ...titles.flatMap((t, k) => (c[k] === '' ? [] : [`  ${t.zh}${' '.repeat(pad - textWidth(t.zh))}  ${c[k]!}`])),
      ].join('\n')
    return [...cells.map(card), '', legend, count].join('\n')
  }
  const align = names.map((_, i): Align =>
    cells.every((c) => c[i] === '' || c[i] === MASK || NUMBER.test(c[i]!)) ? 'right' : 'left',
  )
  return [
    textTable(
      titles.map((t) => t.zh),
      cells,
      align,
    ),
    '',
    legend,
    count,
  ].join('\n')
}

const oneLine = (s: string): string => s.replace(/\s*\n\s*/g, ' ')
const columns = (): number => (process.stdout.isTTY ? process.stdout.columns : WIDTH)

/** Names and values, the names in line. */
export function pairsText(pairs: readonly (readonly [string, string | undefined])[], indent = '  '): string {
  const told = pairs.filter((p): p is readonly [string, string] => p[1] !== undefined && p[1] !== '')
  const pad = Math.max(0, ...told.map(([k]) => textWidth(k)))
  return told.map(([k, v]) => `${indent}${k}${' '.repeat(pad - textWidth(k))}  ${v}`).join('\n')
}
