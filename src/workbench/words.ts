// Moments, ids and sizes as people read them. Moments are told in the time of Beijing, as every office in China reads them.

import type { Lang } from '../kernel/index.ts'

const MOMENT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `2026-01-31 16:00:00`; what is no moment stays as it is. */
export function momentText(instant: string | undefined, lang: Lang = 'zh'): string {
  if (instant === undefined) return ''
  const ms = Date.parse(instant)
  if (!/T/.test(instant) || Number.isNaN(ms)) return instant
  return MOMENT.format(ms) + (lang === 'en' ? ' (UTC+8)' : '')
}

/** As the browser's own control of a moment wants it, in the time of Beijing: `2026-01-31T16:00`. */
export const momentField = (instant: string): string => momentText(instant).slice(0, 16).replace(' ', 'T')

/** Back from such a control; what is no moment yet is empty. */
export function momentFrom(field: string): string {
  const ms = Date.parse(`${field}:00+08:00`)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}

/** `019e2f6a…0001`: the beginning tells the time, the end tells neighbours apart. */
export const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => UUID.test(text)

/** Digits in threes: `1 200 000.5` reads at a glance and stays the text it was. */
export function grouped(number: string): string {
  const m = /^(-?)(\d{5,})(\.\d+)?$/.exec(number)
  return m ? `${m[1]!}${m[2]!.replace(/\B(?=(\d{3})+$)/g, ',')}${m[3] ?? ''}` : number
}
