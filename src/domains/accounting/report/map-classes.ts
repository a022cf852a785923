// Classes of a choropleth: at most five, with bounds a reader can say aloud.
// Equal steps of 1, 2, 2.5 or 5 × 10ⁿ; where these would put nearly everything into one class, round quantiles instead.
// Always holds: bounds are worked out in decimals, so they are the same on every machine and hold every value.

import { dec, roundTo, ZERO, type Dec } from '../../../kernel/index.ts'

const MOST = 5

export interface MapClasses {
  /** Bounds from low to high; class k holds values from bounds[k] up to, not including, bounds[k+1] (the last includes it). */
  readonly bounds: readonly number[]
  readonly how: 'equal' | 'quantile'
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10] as const

/** 10ⁿ just below a positive number. */
const power = (x: Dec): Dec => dec(`1e${x.e}`)

const roundStep = (atLeast: Dec): Dec => ROUND_STEPS.map((s) => power(atLeast).times(s)).find((s) => s.gte(atLeast))!

function equalSteps(low: Dec, high: Dec): readonly Dec[] {
  for (let step = roundStep(high.minus(low).div(MOST)); ; step = roundStep(step.times('1.01'))) {
    const from = low.div(step).floor()
    const classes = Math.max(high.div(step).ceil().minus(from).toNumber(), 1)
    if (classes <= MOST) return Array.from({ length: classes + 1 }, (_, k) => from.plus(k).times(step))
  }
}

function quantiles(sorted: readonly Dec[]): readonly Dec[] {
  const inner = [1, 2, 3, 4].map((k) => sorted[Math.floor((k * sorted.length) / MOST)]!.toSignificantDigits(2))
  const bounds = [two(sorted[0]!, 'floor'), ...inner, two(sorted.at(-1)!, 'ceil')].sort((a, b) => a.cmp(b))
  return bounds.filter((b, k) => k === 0 || !b.eq(bounds[k - 1]!))
}

/** Down or up to two digits. */
const two = (x: Dec, mode: 'floor' | 'ceil'): Dec => (x.isZero() ? ZERO : roundTo(x, power(x.abs()).div(10), mode))

export const classOf = (value: number, bounds: readonly number[]): number => {
  const k = bounds.findLastIndex((b) => value >= b)
  return Math.max(0, Math.min(k, bounds.length - 2))
}

const classesOf = (bounds: readonly Dec[], how: MapClasses['how']): MapClasses => ({
  bounds: bounds.map((b) => b.toNumber()),
  how,
})

/** @throws Error on an empty list */
export function mapClasses(values: readonly number[]): MapClasses {
  if (values.length === 0) throw new Error('a map needs a value')
  const sorted = values.map(dec).sort((a, b) => a.cmp(b))
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low.eq(high)) return classesOf([two(low, 'floor'), two(high, 'ceil')], 'equal')
  const equal = classesOf(equalSteps(low, high), 'equal')
  const counts = equal.bounds.slice(1).map((_, k) => values.filter((v) => classOf(v, equal.bounds) === k).length)
  return sorted.length >= 10 && Math.max(...counts) > 0.7 * sorted.length
    ? classesOf(quantiles(sorted), 'quantile')
    : equal
}
