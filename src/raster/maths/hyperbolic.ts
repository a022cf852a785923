// Hyperbolic functions and their inverses, from the exponential and the logarithm; near 0 from their own series, so
// that small numbers keep all their places. Errors stay below 2 units in the last place.

import { exp } from './exp.ts'
import { ln, log1p } from './ln.ts'

const LN2 = ln(2)

export function sinh(x: number): number {
  const size = Math.abs(x)
  if (size < 1) {
    const z = x * x
    const s =
      1 / 6 +
      z *
        (1 / 120 +
          z *
            (1 / 5040 +
              z *
                (1 / 362880 +
                  z * (1 / 39916800 + z * (1 / 6227020800 + z * (1 / 1307674368000 + z / 355687428096000))))))
    return x + x * (z * s)
  }
  // Beyond 22 the second exponential does not show; half of half the exponent keeps large values below ∞.
  const half = size > 22 ? exp(size / 2) : 0
  const e = size > 22 ? 0 : exp(size)
  const value = size > 22 ? half * 0.5 * half : (e - 1 / e) / 2
  return x < 0 ? -value : value
}

export function cosh(x: number): number {
  const size = Math.abs(x)
  if (size > 22) {
    const half = exp(size / 2)
    return half * 0.5 * half
  }
  const e = exp(size)
  return (e + 1 / e) / 2
}

export function tanh(x: number): number {
  const size = Math.abs(x)
  if (size < 1) return sinh(x) / cosh(x)
  const value = size > 22 ? 1 : 1 - 2 / (exp(2 * size) + 1)
  return Number.isNaN(x) ? NaN : x < 0 ? -value : value
}

export function asinh(x: number): number {
  const size = Math.abs(x)
  if (!(size > 0 && size < Infinity)) return x
  const square = size * size
  // Above 2^28 the square would lose the one beside it, and √(x² + 1) = x.
  const value = size > 268435456 ? ln(size) + LN2 : log1p(size + square / (1 + Math.sqrt(1 + square)))
  return x < 0 ? -value : value
}

/** NaN outside −1 … 1, infinite at the ends. */
export function atanh(x: number): number {
  if (x === 0) return x
  const size = Math.abs(x)
  const value = 0.5 * log1p((2 * size) / (1 - size))
  return size > 1 ? NaN : x < 0 ? -value : value
}
