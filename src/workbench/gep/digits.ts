// Numbers of an account as a reader meets them: long decimals shortened, in threes, with their unit.

import type { Lang, Text } from '../../kernel/index.ts'
import { grouped } from '../words.ts'

/** Digits that are shown of a number with more; the number keeps them all, and `…` says so. */
const MOST_DIGITS = 12

/** `1435.9009428712018…`: the beginning of a long decimal, in threes; whole numbers and money stay whole. */
export function digits(value: string): string {
  const m = /^(-?)(\d+)\.(\d{5,})$/.exec(value)
  if (!m) return grouped(value)
  const [, sign, whole, rest] = m as unknown as [string, string, string, string]
  const zeros = whole === '0' ? /^0*/.exec(rest)![0].length : 0
  const keep = Math.max(2, (whole === '0' ? zeros : -whole.length) + MOST_DIGITS)
  return rest.length <= keep ? grouped(value) : `${grouped(`${sign}${whole}.${rest.slice(0, keep)}`)}…`
}

/** A space between a number and its unit; no unit where it is a plain ratio. */
export const withUnit = (value: string, unit: Text, lang: Lang): string =>
  unit.zh === '' || unit.zh === '比值' ? digits(value) : `${digits(value)} ${unit[lang]}`

/** The unit of money as a reader of the language calls it; others as they are. */
export const unitIn = (unit: string | undefined, lang: Lang): string =>
  unit === '元' && lang === 'en' ? 'yuan' : unit === '1' ? '' : (unit ?? '')
