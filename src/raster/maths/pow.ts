// Powers x^y = e^(y·ln x), the logarithm carried as two doubles so that the exponent keeps its last places: an error
// of at most 0.6 units in the last place, and exact wherever the true power is a double.

import { expOfSum } from './exp.ts'
import { lnInto } from './ln.ts'
import { SPLITTER } from './words.ts'

const parts = new Float64Array(2)

/** x^y with the special values of ECMAScript (x^0 = 1; a negative base wants a whole exponent; 1^∞ is NaN). */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x
  if (y === 1) return x
  if (!(x > 0 && x < Infinity && y > -1e19 && y < 1e19) || y === 0) return specialPow(x, y)
  return positivePow(x, y)
}

function positivePow(x: number, y: number): number {
  lnInto(x, parts)
  const l = parts[0]!
  const head = y * l
  if (head > 710) return Infinity
  if (head < -746) return 0
  const a = y * SPLITTER
  const aHead = a - (a - y)
  const aTail = y - aHead
  const b = l * SPLITTER
  const bHead = b - (b - l)
  const bTail = l - bHead
  const rest = aHead * bHead - head + aHead * bTail + aTail * bHead + aTail * bTail
  return expOfSum(head, rest + y * parts[1]!)
}

function specialPow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const size = Math.abs(x)
  const odd = Number.isInteger(y) && Math.abs(y) <= 2 ** 53 && Math.abs(y % 2) === 1
  const sign = odd && (x < 0 || 1 / x < 0) ? -1 : 1
  if (size === 0) return y > 0 ? sign * 0 : sign * Infinity
  if (size === Infinity) return y > 0 ? sign * Infinity : sign * 0
  if (Math.abs(y) === Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0
  if (x < 0 && !Number.isInteger(y)) return NaN
  // No double but 1 has a power of this height that is neither 0 nor ∞.
  if (Math.abs(y) >= 1e19) return size === 1 ? 1 : size > 1 === y > 0 ? Infinity : 0
  return sign * positivePow(size, y)
}
