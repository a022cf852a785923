// Classes of a choropleth: at most five, with bounds a reader can say aloud.
// Equal steps of 1, 2, 2.5 or 5 × 10ⁿ; where these would put nearly everything into one class, round quantiles instead.

const MOST = 5

export interface MapClasses {
  /** Bounds from low to high; class k holds values from bounds[k] up to, not including, bounds[k+1] (the last includes it). */
  readonly bounds: readonly number[]
  readonly how: 'equal' | 'quantile'
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10] as const

/** Clears the dust of binary arithmetic from a bound. */
const tidy = (x: number): number => Number(x.toPrecision(12))

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast))
  return tidy(ROUND_STEPS.find((s) => s * power >= atLeast * (1 - 1e-9))! * power)
}

function equalSteps(low: number, high: number): readonly number[] {
  for (let step = roundStep((high - low) / MOST); ; step = roundStep(step * 1.01)) {
    const from = Math.floor(low / step + 1e-9)
    const to = Math.max(Math.ceil(high / step - 1e-9), from + 1)
    if (to - from <= MOST) return Array.from({ length: to - from + 1 }, (_, k) => tidy((from + k) * step))
  }
}

function quantiles(sorted: readonly number[]): readonly number[] {
  const round = (x: number): number => (x === 0 ? 0 : Number(x.toPrecision(2)))
  const inner = [1, 2, 3, 4].map((k) => round(sorted[Math.floor((k * sorted.length) / MOST)]!))
  const low = Math.min(floorTwo(sorted[0]!), inner[0]!)
  const high = Math.max(-floorTwo(-sorted.at(-1)!), inner.at(-1)!)
  return [...new Set([low, ...inner, high])].sort((a, b) => a - b)
}

/** Down to two digits. */
function floorTwo(x: number): number {
  if (x === 0) return 0
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(x))) - 1)
  return tidy(Math.floor(x / unit + 1e-9) * unit)
}

export const classOf = (value: number, bounds: readonly number[]): number => {
  const k = bounds.findLastIndex((b) => value >= b)
  return Math.max(0, Math.min(k, bounds.length - 2))
}

/** @throws Error on an empty list */
export function mapClasses(values: readonly number[]): MapClasses {
  if (values.length === 0) throw new Error('a map needs a value')
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) {
    const below = floorTwo(low)
    const above = -floorTwo(-high)
    return { bounds: below === above ? [below, below] : [below, above], how: 'equal' }
  }
  const equal = equalSteps(low, high)
  const counts = equal.slice(1).map((_, k) => sorted.filter((v) => classOf(v, equal) === k).length)
  if (sorted.length >= 10 && Math.max(...counts) > 0.7 * sorted.length)
    return { bounds: quantiles(sorted), how: 'quantile' }
  return { bounds: equal, how: 'equal' }
}
