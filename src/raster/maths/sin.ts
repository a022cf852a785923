// Sine, cosine and tangent of radians: the angle is reduced to an eighth of a turn, there the plain series are used.
// Errors stay below 1 unit in the last place for sine and cosine, below 2 for the tangent.

import { reduceAngle } from './angle-reduction.ts'

const rest = new Float64Array(2)

/** Sine of head + tail, |head| ≤ π/4. */
function sineSeries(head: number, tail: number): number {
  const z = head * head
  const s =
    1 / 120 +
    z *
      (-1 / 5040 +
        z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000)))))
  return head + (z * head * (-1 / 6 + z * s) + tail * (1 - z / 2))
}

/** Cosine of head + tail, |head| ≤ π/4. */
function cosineSeries(head: number, tail: number): number {
  const z = head * head
  const c =
    1 / 24 +
    z *
      (-1 / 720 +
        z * (1 / 40320 + z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z / 20922789888000)))))
  const half = z / 2
  const w = 1 - half
  return w + (1 - w - half + (z * z * c - head * tail))
}

function ofQuarter(quarter: number): number {
  const value = quarter & 1 ? cosineSeries(rest[0]!, rest[1]!) : sineSeries(rest[0]!, rest[1]!)
  return quarter & 2 ? -value : value
}

export function sin(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x === 0 ? x : NaN
  return ofQuarter(reduceAngle(x, rest))
}

export function cos(x: number): number {
  return Number.isFinite(x) ? ofQuarter(reduceAngle(x, rest) + 1) : NaN
}

export function tan(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x === 0 ? x : NaN
  const quarter = reduceAngle(x, rest)
  const s = sineSeries(rest[0]!, rest[1]!)
  const c = cosineSeries(rest[0]!, rest[1]!)
  return quarter & 1 ? -c / s : s / c
}
