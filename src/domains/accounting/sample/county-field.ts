// Smooth chance over a grid: numbers drawn on a coarse lattice and spread by cubic B-splines, so that neither squares nor
// seams show. Only sums and products, hence the same digits on every machine.

import type { Dice } from './county-dice.ts'

export interface Shape {
  readonly width: number
  readonly height: number
}

/** Weights of the four nodes around a place, by its place between the middle two. */
function splineWeights(t: number): readonly [number, number, number, number] {
  const [u, tt] = [1 - t, t * t]
  return [(u * u * u) / 6, (3 * tt * t - 6 * tt + 4) / 6, (3 * (t + tt - tt * t) + 1) / 6, (tt * t) / 6]
}

/** Nodes first spread along the rows, then down the columns. The node (0, 0) lies one step before the first pixel. */
function spread(node: (col: number, row: number) => number, { width, height }: Shape, step: number): Float64Array {
  const rows = Math.ceil(height / step) + 3
  const weights = Array.from({ length: step }, (_, i) => splineWeights((i + 0.5) / step))
  const across = new Float64Array(rows * width)
  for (let r = 0; r < rows; r++)
    for (let x = 0; x < width; x++) {
      const [first, w] = [Math.floor(x / step), weights[x % step]!]
      across[r * width + x] =
        node(first, r) * w[0] + node(first + 1, r) * w[1] + node(first + 2, r) * w[2] + node(first + 3, r) * w[3]
    }
  const out = new Float64Array(width * height)
  for (let y = 0; y < height; y++) {
    const [top, w] = [Math.floor(y / step) * width, weights[y % step]!]
    for (let x = 0; x < width; x++) {
      const at = top + x
      out[y * width + x] =
        across[at]! * w[0] +
        across[at + width]! * w[1] +
        across[at + 2 * width]! * w[2] +
        across[at + 3 * width]! * w[3]
    }
  }
  return out
}

/** Chance between about −1 and 1 with hills and hollows `step` pixels apart. */
export function chanceField(dice: Dice, label: string, shape: Shape, step: number): Float64Array {
  const [cols, rows] = [Math.ceil(shape.width / step) + 3, Math.ceil(shape.height / step) + 3]
  const nodes = Float64Array.from(
    { length: cols * rows },
    (_, i) => dice.draw(`${label} ${step} ${i}`, -1750, 1750) / 1000,
  )
  return spread((c, r) => nodes[r * cols + c]!, shape, step)
}

/** Chance of several sizes on top of one another: each half as wide and half as strong as the one before. */
export function roughField(dice: Dice, label: string, shape: Shape, step: number, layers: number): Float64Array {
  const out = new Float64Array(shape.width * shape.height)
  for (let [k, s, strength] = [0, step, 1]; k < layers && s >= 1; k++, s = Math.floor(s / 2), strength /= 2) {
    const layer = chanceField(dice, `${label} ${k}`, shape, s)
    for (let i = 0; i < out.length; i++) out[i]! += layer[i]! * strength
  }
  return out
}

/** The field of a coarse grid on pixels `times` (1 or an even number) smaller; beyond the rim the last values go on.
 *  `shape` is that of the fine grid. */
export function enlarge(values: Float64Array, { width, height }: Shape, times: number): Float64Array {
  if (times === 1) return values.slice()
  const [cols, rows] = [width / times, height / times]
  const within = (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1)
  // Nodes stand in the middle of coarse cells: half a cell in from where a lattice begins.
  const half = times / 2
  const wide = { width: width + times, height: height + times }
  const out = new Float64Array(width * height)
  const whole = spread((c, r) => values[within(r - 2, rows) * cols + within(c - 2, cols)]!, wide, times)
  for (let y = 0; y < height; y++) {
    const from = (y + half) * wide.width + half
    out.set(whole.subarray(from, from + width), y * width)
  }
  return out
}
