// Money is a whole number of fen (分), held as bigint. A statement line is rounded once, half up; totals are sums of
// rounded lines; a split gives the residue to the largest remainders, so it always adds up exactly.

import { dec, decText, ONE, roundTo, ZERO, type Dec } from './decimal.ts'
import { convert, quantity, type Quantity } from './quantity.ts'

export type Fen = bigint

/** Rounds a quantity of money to fen, half up (四舍五入). @throws ProblemError `unit.mismatch` */
export const toFen = (q: Quantity): Fen => BigInt(roundTo(convert(q, '分').value, ONE, 'half-up').toFixed(0))

/** Read with its point moved, and not divided: fifty thousand of them are made in a run. */
export const fenToQuantity = (fen: Fen): Quantity => quantity(dec(`${fen}e-2`), '元')

/** `1234567` → `12345.67` */
export const fenText = (fen: Fen): string => decText(dec(fen).div(100))

/** Splits a sum by weights with the largest-remainder rule; ties go to the earlier part. The parts add up exactly.
 *  @throws Error if weights are negative or all zero */
export function splitFen(total: Fen, weights: readonly Dec[]): readonly Fen[] {
  const sum = weights.reduce((s, w) => s.plus(w), ZERO)
  if (weights.some((w) => w.isNegative() && !w.isZero()) || sum.isZero())
    throw new Error('splitFen: weights must be ≥ 0 and not all 0')
  const sign = total < 0n ? -1n : 1n
  const size = total < 0n ? -total : total
  const exact = weights.map((w) => dec(size).times(w).div(sum))
  const parts = exact.map((e) => BigInt(e.floor().toFixed(0)))
  let rest = size - parts.reduce((s, p) => s + p, 0n)
  const order = exact
    .map((e, i) => ({ i, remainder: e.minus(e.floor()) }))
    .sort((a, b) => b.remainder.cmp(a.remainder) || a.i - b.i)
  for (let k = 0; rest > 0n; k++, rest--) parts[order[k % order.length]!.i]! += 1n
  return parts.map((p) => p * sign)
}
