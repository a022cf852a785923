// How a spreadsheet shows a stored number: percentages, decimals, thousands, literal texts and dates (ECMA-376 part 1,
// 18.8.30 and 18.8.31). Covers what statistics use; a format beyond that shows the plain number. The shown text only
// helps people and guesses about units: accounts take the stored digits.

import { Dec, dec, decText } from '../../kernel/index.ts'

export interface NumberFormat {
  readonly code: string
  readonly percent: boolean
  readonly date: boolean
}

/** Built-in formats by number; 27 to 36 and 50 to 58 are the dates of Chinese Excel. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: 'h"时"mm"分"',
  35: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
  48: '0.00E+00',
  49: '@',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
}

/** A longer code comes from no spreadsheet program (Excel allows 255). */
const MAX_CODE = 255

export const builtInFormat = (id: number): string => BUILT_IN[id] ?? 'General'

export function numberFormat(code: string): NumberFormat {
  const short = code.length > MAX_CODE ? 'General' : code
  const first = bare(sections(short)[0] ?? '')
  return { code: short, percent: first.includes('%'), date: !/general/i.test(first) && /[ymdhs]/i.test(first) }
}

/** Sections for positive, negative, zero and text, split outside quotes. */
function sections(code: string): readonly string[] {
  const out: string[] = ['']
  for (const [token] of code.matchAll(/"[^"]*"?|\\.|[_*].|\[[^\]]*\]?|[^]/g)) {
    if (token === ';') out.push('')
    else out[out.length - 1] += token
  }
  return out
}

/** The code without quoted texts, escapes, fillers and `[…]`, except elapsed time. */
const bare = (code: string): string =>
  code.replace(/"[^"]*"?|\\.|[_*]./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]?/gi, '')

/** The number as shown under a format. */
export function shownNumber(value: Dec, format: NumberFormat): string {
  if (format.code === 'General') return decText(value)
  const parts = sections(format.code)
  const negative = value.isNegative() && !value.isZero()
  const section = (negative && parts[1] ? parts[1] : value.isZero() && parts[2] ? parts[2] : parts[0]) ?? ''
  const plain = bare(section)
  if (!/[0#]/.test(plain) || /[eE?/]|general/i.test(plain)) return decText(value)
  const percent = plain.includes('%')
  const thousandths = /[0#](,+)(?![0#,.])/.exec(plain.replace(/%/g, ''))?.[1]?.length ?? 0
  const decimals = /\.([0#]*)/.exec(plain)?.[1] ?? ''
  const least = decimals.replace(/#/g, '').length
  let shown = (percent ? value.times(100) : value)
    .abs()
    .div(dec(1000).pow(thousandths))
    .toFixed(decimals.length, Dec.ROUND_HALF_UP)
  if (decimals.length > least) shown = trimZeros(shown, least)
  if (/[0#],+[0#]/.test(plain)) shown = shown.replace(/^\d+/, (d) => d.replace(/\B(?=(\d{3})+$)/g, ','))
  let written = false
  const body = section.replace(
    /"([^"]*)"?|\\(.)|[_*].|\[[^\]]*\]?|[0#.,]+|[^]/g,
    (token, quoted?: string, escaped?: string) => {
      if (quoted !== undefined) return quoted
      if (escaped !== undefined) return escaped
      if (/^[_*[]/.test(token)) return ''
      if (!/^[0#.,]/.test(token)) return token
      if (written) return ''
      written = true
      return shown
    },
  )
  // A negative section of its own writes its sign itself (or brackets).
  return negative && !parts[1] ? `-${body}` : body
}

function trimZeros(shown: string, least: number): string {
  const [whole, part = ''] = shown.split('.')
  const kept = part.slice(0, least) + part.slice(least).replace(/0+$/, '')
  return kept === '' ? whole! : `${whole}.${kept}`
}

export interface CivilMoment {
  readonly date: string
  readonly time?: string
}

/** 31 December 9999, the last day a spreadsheet knows. */
const LAST_SERIAL = 2_958_465

/** The date of a serial number; undefined before the first day, after 9999 or for a bare time of day. The 1900 system
 *  counts a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1). */
export function dateOfSerial(serial: number, date1904: boolean): CivilMoment | undefined {
  const shifted = date1904 ? serial + 1462 : serial
  if (!(shifted >= 1) || shifted >= LAST_SERIAL + 1) return undefined
  const seconds = Math.round((shifted - Math.floor(shifted)) * 86400)
  const day = Math.floor(shifted) + (seconds === 86400 ? 1 : 0)
  const at = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * 86_400_000)
  const date = at.toISOString().slice(0, 10)
  if (seconds % 86400 === 0) return { date }
  return { date, time: new Date(seconds * 1000).toISOString().slice(11, 19) }
}

/** The date as shown under a format; the ISO date where the format uses words of a language. */
export function shownDate(moment: CivilMoment, format: NumberFormat): string {
  const section = sections(format.code)[0] ?? ''
  const iso = moment.time === undefined ? moment.date : `${moment.date} ${moment.time}`
  if (/mmm|ddd|aaa|am\/pm|上午|[geb]/i.test(bare(section)) || !/[yd]/i.test(bare(section))) return iso
  const [year, month, day] = moment.date.split('-') as [string, string, string]
  const [hour, minute, second] = (moment.time ?? '00:00:00').split(':') as [string, string, string]
  let afterHour = false
  return section.replace(
    /"([^"]*)"?|\\(.)|[_*].|\[[^\]]*\]?|y+|m+|d+|h+|s+|[^]/gi,
    (token: string, quoted?: string, escaped?: string) => {
      if (quoted !== undefined) return quoted
      if (escaped !== undefined) return escaped
      const short = token.length === 1
      const digits = (two: string): string => (short ? String(Number(two)) : two)
      switch (token[0]!.toLowerCase()) {
        case 'y':
          return token.length > 2 ? year : year.slice(2)
        case 'd':
          return digits(day)
        case 'h':
          afterHour = true
          return digits(hour)
        case 's':
          return digits(second)
        case 'm':
          if (!afterHour) return digits(month)
          afterHour = false
          return digits(minute)
        case '_':
        case '*':
        case '[':
          return ''
        default:
          return token
      }
    },
  )
}
