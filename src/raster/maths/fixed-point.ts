// Constants and tables of this folder, worked out on loading with whole numbers: value × 2^160, a few hundred terms in
// a millisecond. Always holds: no digit here is typed in by hand or taken from the engine's own Math.

/** Bits behind the point; a double needs 53, its tail another 53, the rest is for errors of the sums. */
const BITS = 160n
const SCALE = 2 ** 160

/** A number as the sum of two doubles. */
export interface Parts {
  readonly head: number
  readonly tail: number
}

/** x − x³/3 + x⁵/5 … (`sign` −1: arctangent) or x + x³/3 + … (`sign` +1: inverse hyperbolic tangent). */
function oddSeries(numerator: bigint, denominator: bigint, sign: bigint, bits: bigint): bigint {
  let power = (numerator << bits) / denominator
  let sum = power
  for (let n = 3n; power !== 0n; n += 2n) {
    power = (sign * power * numerator * numerator) / (denominator * denominator)
    sum += power / n
  }
  return sum
}

/** ln(numerator ÷ denominator), quick for quotients near 1. */
export const fixedLn = (numerator: bigint, denominator: bigint): bigint =>
  2n * oddSeries(numerator - denominator, numerator + denominator, 1n, BITS)

export const fixedAtan = (numerator: bigint, denominator: bigint): bigint =>
  oddSeries(numerator, denominator, -1n, BITS)

/** π/2 by Machin's sum, to any number of bits. */
export const fixedHalfPi = (bits: bigint): bigint =>
  (8n * oddSeries(1n, 5n, -1n, bits + 16n) - 2n * oddSeries(1n, 239n, -1n, bits + 16n)) >> 16n

export const FIXED_LN2: bigint = fixedLn(2n, 1n)

/** e^(x ÷ 2^160) × 2^160 for small x. */
export function fixedExp(x: bigint): bigint {
  let term = 1n << BITS
  let sum = term
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * x) / (n << BITS)
    sum += term
  }
  return sum
}

/** The nearest double and what is left. */
export function nearestParts(value: bigint): Parts {
  const head = Number(value) / SCALE
  return { head, tail: Number(value - BigInt(head * SCALE)) / SCALE }
}

/** Heads that are whole multiples of 2^−grain, one for each grain (growing), so that their sums and small multiples
 *  are exact; what is left comes last. */
export function grainedParts(value: bigint, ...grains: readonly bigint[]): readonly number[] {
  let rest = value
  const heads = grains.map((grain) => {
    const step = 1n << (BITS - grain)
    const head = ((rest + step / 2n) / step) * step
    rest -= head
    return Number(head) / SCALE
  })
  return [...heads, Number(rest) / SCALE]
}

/** 1 ÷ value, where value is × 2^160. */
export const fixedInverse = (value: bigint): bigint => (1n << (2n * BITS)) / value

export const FIXED_HALF_PI: bigint = fixedHalfPi(BITS)
export const FIXED_LN10: bigint = 3n * FIXED_LN2 + fixedLn(5n, 4n)
