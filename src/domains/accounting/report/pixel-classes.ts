// Limits of an amount shown by pixels: at most five classes of about equal area, with limits a reader can say aloud.
// Always holds: limits rise, hold every value, and zero is a limit where values lie on both sides of it.
// Quantiles are moved to the roundest number near them; worked out in decimals, so they are the same on every machine.

import { dec, ZERO, type Dec } from '../../../kernel/index.ts'

const MOST = 5
const STEPS = ['5', '2', '1'] as const

const quantile = (sorted: Float64Array, q: number): number =>
  sorted[Math.max(0, Math.min(sorted.length - 1, Math.floor(q * sorted.length)))]!

/** The number of fewest digits between two others, nearest to a third. */
function roundest(low: Dec, high: Dec, near: Dec): Dec {
  if (low.gte(high)) return near.toSignificantDigits(2)
  if (low.lte(ZERO) && high.gte(ZERO)) return ZERO
  for (let e = (low.abs().gt(high.abs()) ? low : high).e; ; e--)
    for (const s of STEPS) {
      const step = dec(`${s}e${e}`)
      const at = near.div(step).round().times(step)
      if (at.gte(low) && at.lte(high)) return at
    }
}

/** A step of one digit, about a thirtieth of a span. */
const outerStep = (span: Dec): Dec => {
  const most = span.div(20)
  const power = dec(`1e${most.e}`)
  return STEPS.map((s) => power.times(s)).find((s) => s.lte(most))!
}

/** Many equal pixels force a limit to their very number; three digits of it, or a hundredth of the span, are enough to say. */
function sayable(limit: Dec, span: Dec): Dec {
  if (limit.isZero()) return limit
  const step = dec(`1e${Math.min(limit.e, span.e) - 2}`)
  return limit.div(step).round().times(step)
}

function limits(sorted: Float64Array, classes: number): readonly Dec[] {
  const span = dec(sorted[sorted.length - 1] ?? 0).minus(sorted[0] ?? 0)
  return Array.from({ length: classes - 1 }, (_, k) => {
    const [low, near, high] = [k + 0.75, k + 1, k + 1.25].map((at) => dec(quantile(sorted, at / classes)))
    return sayable(roundest(low!, high!, near!), span)
  })
}

/** Round numbers just outside the smallest and the largest value. */
export function roundEnds(smallest: number, largest: number): readonly [number, number] {
  const [low, high] = [dec(smallest), dec(largest)]
  if (low.eq(high) && low.isZero()) return [0, 1]
  const step = outerStep(low.eq(high) ? low.abs() : high.minus(low))
  const ends = [low.div(step).floor().times(step), high.div(step).ceil().times(step)] as const
  const apart = ends[0].eq(ends[1]) ? ends[0].plus(step) : ends[1]
  return [ends[0].toNumber(), apart.toNumber()]
}

/** Limits from low to high; class k holds values from limit k up to, not including, the next (the last includes it).
 *  Empty where there is no value. */
export function pixelLimits(values: Float64Array): readonly number[] {
  if (values.length === 0) return []
  const sorted = values.slice().sort()
  const [low, high] = roundEnds(sorted[0]!, sorted[sorted.length - 1]!)
  const negatives = sorted.findIndex((v) => v >= 0)
  const both = sorted[0]! < 0 && sorted[sorted.length - 1]! > 0
  const below = Math.max(1, Math.min(MOST - 1, Math.round((MOST * negatives) / sorted.length)))
  const inner = both
    ? [...limits(sorted.subarray(0, negatives), below), ZERO, ...limits(sorted.subarray(negatives), MOST - below)]
    : limits(sorted, MOST)
  const all = inner.map((d) => d.toNumber()).filter((b) => b > low && b < high)
  return [low, ...[...new Set(all)].sort((a, b) => a - b), high]
}

/** Four to eight round numbers from `low` to `high`, for the ticks of a ramp. */
export function rampTicks(low: number, high: number): readonly number[] {
  const [from, to] = [dec(low), dec(high)]
  const span = to.minus(from)
  const power = dec(`1e${span.e}`)
  const step = ['2', '1', '0.5', '0.2'].map((s) => power.times(s)).find((s) => span.div(s).gte(3))!
  const ticks: number[] = []
  for (let at = from.div(step).ceil().times(step); at.lte(to); at = at.plus(step)) ticks.push(at.toNumber())
  return ticks
}
