// Figures and moments as an office writes them.

import { addMs, type Instant } from '../../../kernel/index.ts'

/** `-1234567.5` → `-1,234,567.5`; what is no number stays as it is. */
export function groupedDigits(text: string): string {
  const m = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  return m ? m[1]! + m[2]!.replace(/\B(?=(\d{3})+$)/g, ',') + (m[3] ?? '') : text
}

/** `2026-03-02T01:00:00.000Z` at `+08:00` → `2026-03-02 09:00:00（+08:00）` */
export function localTime(at: string, zone: string): string {
  const m = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  const minutes = m ? (Number(m[2]) * 60 + Number(m[3])) * (m[1] === '-' ? -1 : 1) : 0
  const local = addMs(at as Instant, minutes * 60_000)
  return `${local.slice(0, 10)} ${local.slice(11, 19)}（${m ? zone : 'UTC'}）`
}
