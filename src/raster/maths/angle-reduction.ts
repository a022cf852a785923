// An angle in radians brought to |r| ≤ π/4 and a number of quarter turns. Up to a million the parts of π/2 are taken
// off one by one (Cody and Waite); beyond that whole numbers of 1300 bits do it exactly.

import { FIXED_HALF_PI, fixedHalfPi, fixedInverse, grainedParts, nearestParts } from './fixed-point.ts'

/** π/2 in parts of 32 bits: multiples of the first three, up to 2^20 of them, are exact. */
const [FIRST, SECOND, THIRD, REST] = grainedParts(FIXED_HALF_PI, 32n, 64n, 96n) as [number, number, number, number]
const QUARTERS_PER_RADIAN = nearestParts(fixedInverse(FIXED_HALF_PI)).head
const QUARTER_PI = nearestParts(FIXED_HALF_PI / 2n).head
const MEDIUM = 1048576

/** x = quarters·π/2 + into[0] + into[1]; returns quarters modulo 4. x is finite. */
export function reduceAngle(x: number, into: Float64Array): number {
  const size = Math.abs(x)
  if (size <= QUARTER_PI) {
    into[0] = x
    into[1] = 0
    return 0
  }
  if (size > MEDIUM) return reduceLarge(x, into)
  const n = Math.floor(x * QUARTERS_PER_RADIAN + 0.5)
  const a = x - n * FIRST
  const b = n * SECOND
  const ab = a - b
  const abBack = ab - a
  const abRest = a - (ab - abBack) - (b + abBack)
  const c = n * THIRD
  const abc = ab - c
  const abcBack = abc - ab
  const rest = ab - (abc - abcBack) - (c + abcBack) + (abRest - n * REST)
  const head = abc + rest
  into[0] = head
  into[1] = abc - head + rest
  return n & 3
}

/** Enough for the largest double (2^1024) and a remainder of 200 bits. */
const LARGE_BITS = 1300n
let largeHalfPi: bigint | undefined

function reduceLarge(x: number, into: Float64Array): number {
  largeHalfPi ??= fixedHalfPi(LARGE_BITS)
  // Above a million every double is a whole multiple of 2^−32.
  const whole = Math.trunc(x)
  const value = (BigInt(whole) << LARGE_BITS) + (BigInt((x - whole) * 4294967296) << (LARGE_BITS - 32n))
  const shifted = value + largeHalfPi / 2n
  const quarters = shifted / largeHalfPi - (shifted < 0n ? 1n : 0n)
  const { head, tail } = nearestParts((value - quarters * largeHalfPi) >> (LARGE_BITS - 160n))
  into[0] = head
  into[1] = tail
  return Number(((quarters % 4n) + 4n) % 4n)
}
