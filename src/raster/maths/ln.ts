// Logarithms: natural, decimal, and of 1 + x. One core gives ln x as a sum of two doubles (good to 2^−65), which the
// decimal logarithm and powers need, and which makes ln itself right to 0.51 units in the last place.
// x = 2^k · m with m near 1; j/256 is the fraction nearest to 1/m; then ln x = k·ln 2 − ln(j/256) + ln(1 + r), where
// r = m·j/256 − 1 is exact and small enough for the plain series (table-driven logarithm, Tang 1990).

import { FIXED_LN10, FIXED_LN2, fixedInverse, fixedLn, grainedParts, nearestParts } from './fixed-point.ts'
import { double, LOWER, SPLITTER, UPPER, words } from './words.ts'

/** Heads are multiples of 2^−42: k heads of ln 2 and a head of the table add up without rounding. */
const GRAIN = 42n
export const [LN2_HEAD, LN2_TAIL] = grainedParts(FIXED_LN2, GRAIN) as [number, number]
export const { head: LOG10E_HEAD, tail: LOG10E_TAIL } = nearestParts(fixedInverse(FIXED_LN10))

/** −ln(j/256) at 181 ≤ j ≤ 363: 1/m for √½ ≤ m < √2. */
export const TABLE_HEAD = new Float64Array(364)
export const TABLE_TAIL = new Float64Array(364)
for (let j = 181; j < 364; j++) {
  const [head, tail] = grainedParts(-fixedLn(BigInt(j), 256n), GRAIN)
  TABLE_HEAD[j] = head!
  TABLE_TAIL[j] = tail!
}

/** Upper word of √½, and its distance to that of 1. */
export const ROOT_HALF = 0x3fe6a09e
export const TO_ONE = 0x3ff00000 - ROOT_HALF

/** ln x = into[0] + into[1] for finite x > 0. */
export function lnInto(x: number, into: Float64Array): void {
  let k = 0
  double[0] = x
  if (words[UPPER]! < 0x00100000) {
    double[0] = x * 18014398509481984 // 2^54 lifts what is below the normal range
    k = -54
  }
  const upper = words[UPPER]! + TO_ONE
  k += (upper >>> 20) - 1023
  words[UPPER] = (upper & 0xfffff) + ROOT_HALF
  const m = double[0]
  words[LOWER] = 0
  const mHead = double[0]

  const j = (256 / m + 0.5) | 0
  const c = j / 256
  const r = mHead * c - 1 + (m - mHead) * c

  const t = k * LN2_HEAD + TABLE_HEAD[j]!
  const sum = t + r
  const s = r * SPLITTER
  const rHead = s - (s - r)
  const square = -0.5 * rHead * rHead
  const squareTail = -0.5 * (r - rHead) * (r + rHead)
  const head = sum + square
  const cubic = r * r * r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 - r / 8)))))
  const tail = t - sum + r + (sum - head + square) + (squareTail + cubic + (k * LN2_TAIL + TABLE_TAIL[j]!))
  const result = head + tail
  into[0] = result
  into[1] = head - result + tail
}

const parts = new Float64Array(2)

/** Natural logarithm. ln 0 = −∞, of a negative number NaN. */
export function ln(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  lnInto(x, parts)
  return parts[0]!
}

/** Decimal logarithm; exact at whole powers of ten. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  lnInto(x, parts)
  const head = parts[0]!
  const product = head * LOG10E_HEAD
  const a = head * SPLITTER
  const aHead = a - (a - head)
  const aTail = head - aHead
  const b = LOG10E_HEAD * SPLITTER
  const bHead = b - (b - LOG10E_HEAD)
  const bTail = LOG10E_HEAD - bHead
  const rest = aHead * bHead - product + aHead * bTail + aTail * bHead + aTail * bTail
  return product + (rest + head * LOG10E_TAIL + parts[1]! * LOG10E_HEAD)
}

/** ln(1 + x) without loss near 0. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN
  const u = 1 + x
  if (u === 1) return x
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1)
  lnInto(u, parts)
  return parts[0]! + (parts[1]! + lost / u)
}
