// Numbers, sums and days as Chinese documents write them. Sums in words follow the rules for bills and vouchers of the People's
// Bank of China (支付结算办法 1997, annex 1, "正确填写票据和结算凭证的基本规定"); days in words GB/T 15835-2011, 4.2.
// Pure; values come as exact decimals in text.

import type { CivilDate } from './period.ts'
import type { Fen } from './money.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟'] as const
const PARTS = [
  { size: 100_000_000n, sign: '亿' },
  { size: 10_000n, sign: '万' },
] as const

/** A sum in words: `壹万陆仟肆佰零玖元零贰分`. Where the rules leave it open (a zero at 万 or 元 before a digit
 *  at 仟 or 角), no 零 is written; 整 stands after 元 only. */
export function sumInWords(fen: Fen): string {
  if (fen < 0n) return `负${sumInWords(-fen as Fen)}`
  const [yuan, rest] = [fen / 100n, Number(fen % 100n)]
  const [jiao, cents] = [Math.floor(rest / 10), rest % 10]
  const whole = yuan > 0n ? `${integerInWords(yuan)}元` : ''
  if (rest === 0) return `${whole === '' ? '零元' : whole}整`
  const zero = jiao === 0 && whole !== '' ? '零' : ''
  return `${whole}${jiao > 0 ? `${DIGITS[jiao]!}角` : zero}${cents > 0 ? `${DIGITS[cents]!}分` : ''}`
}

/** One and more. A part whose first place is missing has 零 before it. */
function integerInWords(n: bigint): string {
  for (const { size, sign } of PARTS) {
    if (n < size) continue
    const [high, low] = [n / size, n % size]
    const gap = low > 0n && low < size / 10n ? '零' : ''
    return `${integerInWords(high)}${sign}${gap}${low > 0n ? integerInWords(low) : ''}`
  }
  return groupInWords(Number(n))
}

/** 1 to 9999. */
function groupInWords(part: number): string {
  let words = ''
  let gap = false
  for (let place = 0, rest = part; rest > 0; place++, rest = Math.floor(rest / 10)) {
    const digit = rest % 10
    if (digit > 0) words = `${DIGITS[digit]!}${PLACES[place]!}${gap && words !== '' ? '零' : ''}${words}`
    gap = digit === 0
  }
  return words
}

/** `2026年3月2日` */
export function dayInFigures(day: CivilDate): string {
  const [y, m, d] = day.split('-').map(Number)
  return `${y}年${m}月${d}日`
}

const SIGNS = '〇一二三四五六七八九'

/** `二〇二六年三月二日` */
export function dayInWords(day: CivilDate): string {
  const [year = '', month, date] = day.split('-')
  const y = [...year].map((c) => SIGNS[Number(c)]).join('')
  return `${y}年${smallInWords(Number(month))}月${smallInWords(Number(date))}日`
}

/** 1 to 99. */
function smallInWords(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? SIGNS[tens]! : ''}${tens > 0 ? '十' : ''}${ones > 0 ? SIGNS[ones]! : ''}`
}

/** `1234567.50` as `1,234,567.50`; what is no plain decimal is undefined. */
export function inThousands(decimal: string): string | undefined {
  const m = /^(-?)(\d+)(\.\d+)?$/.exec(decimal)
  return m ? `${m[1]}${m[2]!.replace(/\B(?=(\d{3})+$)/g, ',')}${m[3] ?? ''}` : undefined
}
