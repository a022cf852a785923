// The exponential function. x = k·ln 2/64 + r; 2^(k/64) is a power of two times an entry of a table, e^r a short series
// (table-driven exponential, Tang 1989). Right to 0.52 units in the last place; powers use it with a tail.

import { FIXED_LN2, fixedExp, fixedInverse, grainedParts, nearestParts } from './fixed-point.ts'

/** A head of 30 bits: whole multiples of it, up to 2^17 of them, are exact. */
export const [STEP_HEAD, STEP_TAIL] = grainedParts(FIXED_LN2 / 64n, 36n) as [number, number]
export const STEPS_PER_UNIT = nearestParts(fixedInverse(FIXED_LN2)).head * 64

/** 2^(j/64). */
export const ROOT_HEAD = new Float64Array(64)
export const ROOT_TAIL = new Float64Array(64)
for (let j = 0; j < 64; j++) {
  const { head, tail } = nearestParts(fixedExp((FIXED_LN2 * BigInt(j)) / 64n))
  ROOT_HEAD[j] = head
  ROOT_TAIL[j] = tail
}

/** 2^k at index k + 1022, for every normal exponent. */
const TWO_TO = new Float64Array(2046)
TWO_TO[1022] = 1
for (let k = 1; k <= 1023; k++) TWO_TO[1022 + k] = TWO_TO[1021 + k]! * 2
for (let k = 1; k <= 1022; k++) TWO_TO[1022 - k] = TWO_TO[1023 - k]! / 2

/** e^(head + tail) for |head| below 746 and a tail in its last places. */
export function expOfSum(head: number, tail: number): number {
  const steps = Math.floor(head * STEPS_PER_UNIT + 0.5)
  const r = head - steps * STEP_HEAD + (tail - steps * STEP_TAIL)
  const k = steps >> 6
  const root = ROOT_HEAD[steps & 63]!
  const grown = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
  const v = root + (root * grown + ROOT_TAIL[steps & 63]!)
  if (k > 1023) return v * 2 * TWO_TO[1022 + k - 1]!
  if (k >= -1021) return v * TWO_TO[1022 + k]!
  // Below the normal range: one multiplication rounds, the other is exact.
  return v * TWO_TO[1022 + k + 200]! * TWO_TO[1022 - 200]!
}

/** e^x. Beyond 709.78 it is ∞, below −745.13 it is 0. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  return Number.isNaN(x) ? NaN : expOfSum(x, 0)
}
