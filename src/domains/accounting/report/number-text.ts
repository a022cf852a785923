// How numbers are printed: half-up display rounding, thousands separators, one scale (个, 万, 亿) for a whole table.
// Always holds: scaling divides exact decimals and rounds once, a printed zero is a zero (smaller amounts print `<0.01`),
// and the digits are the same in Chinese and English: 亿元 is `100 million yuan`, so nobody reads 亿 as a billion.

import { convert, dec, findUnit, roundTo, sameDimensions, unit, ZERO } from '../../../kernel/index.ts'
import type { Dec, Lang, Quantity } from '../../../kernel/index.ts'

export interface DisplayUnit {
  /** Unit the quantity is converted into before scaling. */
  readonly base: string
  readonly scale: '' | '万' | '亿'
  readonly decimals: number
}

const DIVISOR: Readonly<Record<DisplayUnit['scale'], Dec>> = { '': dec(1), 万: dec('10000'), 亿: dec('100000000') }
const SCALE_EN: Readonly<Record<DisplayUnit['scale'], string>> = { '': '', 万: '10,000 ', 亿: '100 million ' }

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** `-1234.5` with 2 decimals → `-1,234.50`; half up, no minus zero. */
export function fixedText(value: Dec, decimals: number): string {
  const rounded = roundTo(value, dec(`1e-${decimals}`), 'half-up')
  const plain = (rounded.isZero() ? ZERO : rounded).toFixed(decimals)
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(plain)!
  return `${sign}${group(whole!)}${rest ?? ''}`
}

/** As `fixedText`, but an amount too small to show says so instead of printing zero. */
export function shownText(value: Dec, decimals: number): string {
  const rounded = roundTo(value, dec(`1e-${decimals}`), 'half-up')
  if (!rounded.isZero() || value.isZero()) return fixedText(value, decimals)
  const least = fixedText(dec(`1e-${decimals}`), decimals)
  return value.isNegative() ? `>-${least}` : `<${least}`
}

/** All digits, grouped; at most `most` decimals, trailing zeros dropped. */
export function exactText(value: Dec, most = 6): string {
  const fixed = fixedText(value, most)
  return most === 0 ? fixed : fixed.replace(/\.?0+$/, '')
}

/** `+1.20`, `-0.30`, `0.00`; too small to show: `<0.01` or `>-0.01`. */
export const signedText = (value: Dec, decimals: number): string => {
  const s = shownText(value, decimals)
  return /^\d/.test(s) && !value.isZero() ? `+${s}` : s
}

/** Share of a whole in percent; `—` where the whole is zero. */
export const percentText = (part: Dec, whole: Dec, decimals = 2): string =>
  whole.isZero() ? '—' : shownText(part.times(100).div(whole), decimals)

const largest = (values: readonly Dec[]): Dec => values.reduce((m, v) => (v.abs().gt(m) ? v.abs() : m), ZERO)

/** The scale that suits the largest number of a table; every cell of the table uses it. */
export function displayUnit(base: string, values: readonly Dec[]): DisplayUnit {
  const top = largest(values)
  const scale = top.gte(DIVISOR['亿']) ? '亿' : top.gte(dec('100000')) ? '万' : ''
  const scaled = top.div(DIVISOR[scale])
  return { base, scale, decimals: scaled.isZero() || scaled.gte(1) ? 2 : 4 }
}

/** Money is printed in 亿元; a small account (below 1 亿元 in all) in 万元. */
export const moneyUnit = (values: readonly Dec[]): DisplayUnit => ({
  base: '元',
  scale: largest(values).gte(DIVISOR['亿']) || values.length === 0 ? '亿' : '万',
  decimals: 2,
})

/** The quantity's number in `to`. @throws ProblemError `unit.mismatch` */
export const scaled = (q: Quantity, to: DisplayUnit): Dec => convert(q, to.base).value.div(DIVISOR[to.scale])

export const quantityCellText = (q: Quantity, to: DisplayUnit): string => shownText(scaled(q, to), to.decimals)

/** `want` where the quantity can be converted into it, else the quantity's own unit. */
export function unitFor(q: Quantity, want: string): string {
  const u = findUnit(want)
  return u && sameDimensions(q.unit, u) ? want : q.unit.text
}

export const inUnit = (q: Quantity, to: string): Dec => convert(q, unit(to)).value

const SUPERSCRIPT: Readonly<Record<string, string>> = { '2': '²', '3': '³' }
const ENGLISH: readonly (readonly [string, string])[] = [
  ['亿', '100 million '],
  ['万', '10,000 '],
  ['人次', 'visits'],
  ['人·h', 'person-hours'],
  ['元', 'yuan'],
  ['亩', 'mu'],
  ['人', 'person'],
  ['头', 'head'],
  ['株', 'trees'],
  ['座', 'units'],
  ['个', 'units'],
  ['处', 'sites'],
  ['户', 'households'],
  ['间夜', 'room nights'],
  ['当量', 'equivalents'],
]

/** A unit as a reader sees it: km², tCO₂; Chinese counting words in English. */
export function unitLabel(source: string, lang: Lang): string {
  if (source === '1') return lang === 'zh' ? '比值' : 'ratio'
  const pretty = source
    .replace(/m([23])(?!\d)/g, (_, n: string) => `m${SUPERSCRIPT[n]!}`)
    .replace(/(C?O)2(?!\d)/g, '$1₂')
    .replace(/\*/g, '·')
  if (lang === 'zh') return pretty
  return ENGLISH.reduce((s, [zh, en]) => s.replaceAll(zh, en), pretty).trim()
}

export const displayUnitLabel = (u: DisplayUnit, lang: Lang): string =>
  lang === 'zh' ? `${u.scale}${unitLabel(u.base, lang)}` : `${SCALE_EN[u.scale]}${unitLabel(u.base, lang)}`

export const KM2: DisplayUnit = { base: 'km2', scale: '', decimals: 2 }
export const WAN_MU: DisplayUnit = { base: '亩', scale: '万', decimals: 2 }
