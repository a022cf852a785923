// Arctangent, arcsine, arccosine and the angle of a point, all from one core: the angle of the quotient a ÷ b with its
// parts carried exactly. atan(a/b) = atan(c) + atan((a − c·b) ÷ (b + c·a)) with c = j/16 from a table leaves an angle
// so small that seven terms of the series are enough. Errors stay below 1.5 units in the last place.

import { FIXED_HALF_PI, fixedAtan, nearestParts } from './fixed-point.ts'
import { SPLITTER } from './words.ts'

const { head: HALF_PI, tail: HALF_PI_TAIL } = nearestParts(FIXED_HALF_PI)
const { head: PI, tail: PI_TAIL } = nearestParts(2n * FIXED_HALF_PI)

/** atan(j/16), each from the one before: atan(j/16) − atan((j−1)/16) = atan(16 ÷ (256 + j(j−1))). */
const TABLE_HEAD = new Float64Array(17)
const TABLE_TAIL = new Float64Array(17)
let angle = 0n
for (let j = 1n; j <= 16n; j += 1n) {
  angle += fixedAtan(16n, 256n + j * (j - 1n))
  const { head, tail } = nearestParts(angle)
  TABLE_HEAD[Number(j)] = head
  TABLE_TAIL[Number(j)] = tail
}

/** The angle in [0, π/4] of (b + bTail, a + aTail), 0 ≤ a ≤ b, added to base + baseTail or (sign −1) taken from it. */
function angleOf(
  a: number,
  aTail: number,
  b: number,
  bTail: number,
  sign: number,
  base: number,
  baseTail: number,
): number {
  const q = a / b
  const j = (q * 16 + 0.5) | 0
  let t = q
  if (j !== 0 || aTail !== 0 || bTail !== 0) {
    const c = j / 16
    const s = b * SPLITTER
    const bHead = s - (s - b)
    t = (a - c * bHead - c * (b - bHead) + (aTail - c * bTail)) / (b + (c * a + bTail))
  }
  const z = t * t
  const series = z * t * (-1 / 3 + z * (1 / 5 + z * (-1 / 7 + z * (1 / 9 + z * (-1 / 11 + z * (1 / 13 - z / 15))))))
  const small = t + series
  if (j === 0 && base === 0) return sign * small
  const table = sign * TABLE_HEAD[j]!
  const large = base + table
  const lost = base - large + table
  return large + (sign * t + (sign * (series + TABLE_TAIL[j]!) + (baseTail + lost)))
}

/** Angle of (x, y) for positive finite parts with tails. */
function firstQuadrant(y: number, yTail: number, x: number, xTail: number): number {
  return y <= x ? angleOf(y, yTail, x, xTail, 1, 0, 0) : angleOf(x, xTail, y, yTail, -1, HALF_PI, HALF_PI_TAIL)
}

/** Arctangent in radians, −π/2 … π/2. */
export function atan(x: number): number {
  const size = Math.abs(x)
  if (!(size > 0)) return x
  const value = size > 1e300 ? HALF_PI : firstQuadrant(size, 0, 1, 0)
  return x < 0 ? -value : value
}

/** Second part of what `otherSide` found. */
const otherTail = new Float64Array(1)

/** Arcsine in radians; NaN outside −1 … 1. */
export function asin(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return NaN
  if (size < 1e-9) return x
  const cosine = otherSide(size)
  const value = size === 1 ? HALF_PI : firstQuadrant(size, 0, cosine, otherTail[0]!)
  return x < 0 ? -value : value
}

/** Arccosine in radians, 0 … π; NaN outside −1 … 1. */
export function acos(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return NaN
  if (size === 1) return x > 0 ? 0 : PI
  const sine = otherSide(size)
  if (x >= 0) return firstQuadrant(sine, otherTail[0]!, x, 0)
  return sine <= size
    ? angleOf(sine, otherTail[0]!, size, 0, -1, PI, PI_TAIL)
    : angleOf(size, 0, sine, otherTail[0]!, 1, HALF_PI, HALF_PI_TAIL)
}

/** √(1 − x²) as a sum of two doubles: the head is returned, the tail stands in `otherTail`. */
function otherSide(x: number): number {
  const square = x * x
  const s = x * SPLITTER
  const xHead = s - (s - x)
  const xTail = x - xHead
  const squareTail = xHead * xHead - square + 2 * xHead * xTail + xTail * xTail
  const rest = 1 - square
  const restTail = 1 - rest - square - squareTail
  const root = Math.sqrt(rest)
  if (root === 0) {
    otherTail[0] = 0
    return 0
  }
  const r = root * SPLITTER
  const rootHead = r - (r - root)
  const rootTail = root - rootHead
  otherTail[0] = (rest - rootHead * rootHead - 2 * rootHead * rootTail - rootTail * rootTail + restTail) / (2 * root)
  return root
}

/** Beyond this ratio of the sides (2^60) the smaller one does not show, or is the whole answer. */
const FAR = 1152921504606846976

/** Angle of the point (x, y) in radians, −π … π, with the signs of zeros and infinities as in ECMAScript. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const below = y < 0 || (y === 0 && 1 / y < 0)
  const left = x < 0 || (x === 0 && 1 / x < 0)
  const value = angleFromSides(Math.abs(y), Math.abs(x), left)
  return below ? -value : value
}

function angleFromSides(high: number, wide: number, left: boolean): number {
  if (high === 0) return left ? PI : 0
  if (high === Infinity && wide === Infinity) return left ? HALF_PI + HALF_PI / 2 : HALF_PI / 2
  if (wide === 0 || high / wide > FAR) return HALF_PI
  if (wide / high > FAR) return left ? PI : high / wide
  // Far from the ends of the range, so that no product overflows or is lost; powers of two are exact.
  const scale = high > 1e150 || wide > 1e150 ? 1 / 2 ** 600 : high < 1e-150 || wide < 1e-150 ? 2 ** 600 : 1
  const [y, x] = [high * scale, wide * scale]
  if (!left) return firstQuadrant(y, 0, x, 0)
  return y <= x ? angleOf(y, 0, x, 0, -1, PI, PI_TAIL) : angleOf(x, 0, y, 0, 1, HALF_PI, HALF_PI_TAIL)
}
