// Heights of the sample county: land rises faster under mountain townships, and running water cuts valleys until both keep
// step (the stream-power law, solved from the mouth upwards), so that ridges, side valleys and rivers hang together.
// Always holds: water leaves at the east and south-east, where the plain is.

import {
  d8,
  drainage,
  drainedPixels,
  fillDepressions,
  slopePercent,
  VALID,
  type Grid,
  type Surface,
} from '../../../raster/index.ts'
import type { Dice } from './county-dice.ts'
import { enlarge, roughField, type Shape } from './county-field.ts'
import { VALLEY_CELL } from './county-grid.ts'
import { TOWNSHIPS, type Relief } from './county-place.ts'

export interface CountyRelief {
  /** m, in eighths, so that files pack well. */
  readonly heights: Float64Array
  /** % */
  readonly slope: Float64Array
  /** Height above the lowest place within a few hundred metres, m. */
  readonly aboveValley: Float64Array
  /** Pixels that drain through each, itself counted. */
  readonly drained: Float64Array
}

/** How fast land rises, relative. */
const RISE: Readonly<Record<Relief, number>> = { mountain: 1, hill: 0.46, plain: 0.1 }
const ROUNDS = 28
/** Rise of a round over how hard water cuts: only their balance with the size of the county matters. */
const CUT = 1.1
const BEND_M = 600
const LOWEST_M = 62
const SUMMIT_M = 665

/** @param township of each pixel, −1 outside */
export function countyRelief(dice: Dice, grid: Grid, township: Int32Array): CountyRelief {
  const times = VALLEY_CELL / grid.dx
  const coarse = { width: grid.width / times, height: grid.height / times }
  const rise = riseOf(dice, coarse, townshipOfCells(township, grid, times))
  const cut = valleys(rise, coarse, dice)
  const smooth = bent(enlarge(softened(cut, coarse), grid, times), grid, dice)
  const rough = roughField(dice, 'ground', grid, Math.max(2, 2 * times), 3)
  const top = cut.reduce((a, b) => Math.max(a, b), 0)
  const heights = smooth.map((z, i) => {
    const share = z / top
    // Slopes carry small ribs, plains hardly any.
    const m = LOWEST_M + share * SUMMIT_M + rough[i]! * (0.8 + 14 * Math.min(1, share * 1.6))
    return Math.round(m * 8) / 8
  })
  const surface: Surface = {
    width: grid.width,
    height: grid.height,
    values: heights,
    states: new Uint8Array(heights.length).fill(VALID),
    cell: grid.dx,
  }
  return {
    heights,
    slope: slopePercent(surface).values,
    aboveValley: aboveLowest(heights, grid, Math.max(1, Math.round(360 / grid.dx))),
    drained: Float64Array.from(drainedPixels(drainage(d8(fillDepressions(surface))))),
  }
}

function townshipOfCells(township: Int32Array, { width }: Shape, times: number): (col: number, row: number) => number {
  const middle = Math.floor(times / 2)
  return (col, row) => township[(row * times + middle) * width + col * times + middle]!
}

/** Rise of each cell: that of its township, blended over three kilometres; outside, that of the nearest cell inside. */
function riseOf(dice: Dice, shape: Shape, township: (col: number, row: number) => number): Float64Array {
  const { width, height } = shape
  let rise: Float64Array = new Float64Array(width * height).fill(-1)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const t = township(col, row)
      if (t >= 0) rise[row * width + col] = RISE[TOWNSHIPS[t]!.relief]
    }
  rise = filledOut(rise, shape)
  for (let k = 0; k < 3; k++) rise = blurred(rise, shape, 9)
  const chance = roughField(dice, 'rise', shape, 24, 3)
  return rise.map((r, i) => r * (1 + 0.45 * Math.max(-1, Math.min(1, chance[i]!))))
}

/** Cells without a value (−1) take the last one before them in their row, then in their column. */
function filledOut(values: Float64Array, { width, height }: Shape): Float64Array {
  const out = values.slice()
  const walk = (start: number, step: number, n: number): void => {
    for (const from of [start, start + step * (n - 1)]) {
      const by = from === start ? step : -step
      for (let [k, i, last] = [0, from, -1]; k < n; k++, i += by)
        if (out[i]! >= 0) last = out[i]!
        else if (last >= 0) out[i] = last
    }
  }
  for (let row = 0; row < height; row++) walk(row * width, 1, width)
  for (let col = 0; col < width; col++) walk(col, width, height)
  return out
}

/** Mean over 2 × reach + 1 cells along rows, then columns. */
function blurred(values: Float64Array, { width, height }: Shape, reach: number): Float64Array {
  const along = (from: Float64Array, start: number, step: number, n: number, into: Float64Array): void => {
    const at = (k: number): number => from[start + step * Math.min(Math.max(k, 0), n - 1)]!
    let sum = 0
    for (let k = -reach; k <= reach; k++) sum += at(k)
    for (let k = 0; k < n; k++) {
      into[start + step * k] = sum / (2 * reach + 1)
      sum += at(k + reach + 1) - at(k - reach)
    }
  }
  const rows = new Float64Array(values.length)
  for (let row = 0; row < height; row++) along(values, row * width, 1, width, rows)
  const out = new Float64Array(values.length)
  for (let col = 0; col < width; col++) along(rows, col, width, height, out)
  return out
}

/** Heights in balance, in no unit yet. */
function valleys(rise: Float64Array, shape: Shape, dice: Dice): Float64Array {
  const { width, height } = shape
  const chance = roughField(dice, 'relief', shape, 16, 4)
  const rock = roughField(dice, 'rock', shape, 4, 2)
  const mouth = (i: number): boolean => {
    const [col, row] = [i % width, Math.floor(i / width)]
    return (col === width - 1 && row > height * 0.3) || (row === height - 1 && col > width * 0.72)
  }
  let heights: Float64Array = Float64Array.from(
    rise,
    (r, i) => r * (1 + 0.3 * chance[i]!) + ((width - (i % width)) / width) * 0.2,
  )
  for (let round = 0; round < ROUNDS; round++) {
    const { order, receiver } = flowOf(heights, shape, mouth)
    const drained = new Float64Array(heights.length).fill(1)
    for (let k = order.length - 1; k >= 0; k--) {
      const i = order[k]!
      if (receiver[i]! >= 0) drained[receiver[i]!]! += drained[i]!
    }
    for (const i of order) {
      const to = receiver[i]!
      if (to < 0) {
        heights[i] = 0
        continue
      }
      const straight = to === i + 1 || to === i - 1 || to === i + width || to === i - width
      const soft = 1 + 0.35 * Math.max(-1, Math.min(1, rock[i]!))
      const f = (CUT * soft * Math.sqrt(drained[i]!)) / (straight ? 1 : Math.SQRT2)
      heights[i] = (heights[i]! + rise[i]! + f * heights[to]!) / (1 + f)
    }
    if (round % 4 === 3) heights = softened(heights, shape)
  }
  return heights
}

/** Eight directions leave straight valleys: every place takes the height of one a little aside. */
function bent(heights: Float64Array, grid: Grid, dice: Dice): Float64Array {
  const { width, height } = grid
  const far = BEND_M / grid.dx
  const step = Math.round(2400 / grid.dx)
  const [aside, down] = [roughField(dice, 'bend x', grid, step, 4), roughField(dice, 'bend y', grid, step, 4)]
  const out = new Float64Array(heights.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const u = Math.min(Math.max(x + far * aside[i]!, 0), width - 1.001)
      const v = Math.min(Math.max(y + far * down[i]!, 0), height - 1.001)
      const [c, r] = [Math.floor(u), Math.floor(v)]
      const [p, q, at] = [u - c, v - r, r * width + c]
      out[i] =
        (heights[at]! * (1 - p) + heights[at + 1]! * p) * (1 - q) +
        (heights[at + width]! * (1 - p) + heights[at + width + 1]! * p) * q
    }
  return out
}

interface Flow {
  /** From the mouths upwards. */
  readonly order: Int32Array
  /** Where the water of a cell goes; −1 at a mouth. */
  readonly receiver: Int32Array
}

/** Floods the land from its mouths, lowest place first, so that every cell drains somewhere. */
function flowOf(heights: Float64Array, { width, height }: Shape, mouth: (i: number) => boolean): Flow {
  const n = heights.length
  const order = new Int32Array(n)
  const receiver = new Int32Array(n).fill(-1)
  const level = new Float64Array(n)
  const seen = new Uint8Array(n)
  const queue = lowestFirst(level, n)
  for (let i = 0; i < n; i++)
    if (mouth(i)) {
      seen[i] = 1
      level[i] = heights[i]!
      queue.push(i)
    }
  for (let done = 0; queue.size() > 0; done++) {
    const i = queue.pop()
    order[done] = i
    const [col, row] = [i % width, Math.floor(i / width)]
    let steepest = 0
    for (let dr = -1; dr <= 1; dr++)
      for (let dc = -1; dc <= 1; dc++) {
        if ((dr === 0 && dc === 0) || row + dr < 0 || row + dr >= height || col + dc < 0 || col + dc >= width) continue
        const j = i + dr * width + dc
        if (seen[j] === 0) {
          seen[j] = 1
          level[j] = Math.max(heights[j]!, level[i]! + 1e-6)
          receiver[j] = i
          queue.push(j)
        } else if (receiver[i]! >= 0 && level[j]! < level[i]!) {
          const fall = (level[i]! - level[j]!) / (dr !== 0 && dc !== 0 ? Math.SQRT2 : 1)
          if (fall > steepest) {
            steepest = fall
            receiver[i] = j
          }
        }
      }
  }
  return { order, receiver }
}

/** A heap of cells by level, then by place. */
function lowestFirst(level: Float64Array, room: number) {
  const heap = new Int32Array(room)
  let size = 0
  const before = (a: number, b: number): boolean => level[a]! < level[b]! || (level[a] === level[b] && a < b)
  return {
    size: (): number => size,
    push(i: number): void {
      let at = size++
      for (let up = (at - 1) >> 1; at > 0 && before(i, heap[up]!); up = (at - 1) >> 1) {
        heap[at] = heap[up]!
        at = up
      }
      heap[at] = i
    },
    pop(): number {
      const first = heap[0]!
      const last = heap[--size]!
      let at = 0
      for (let down = 1; down < size; down = 2 * at + 1) {
        if (down + 1 < size && before(heap[down + 1]!, heap[down]!)) down++
        if (!before(heap[down]!, last)) break
        heap[at] = heap[down]!
        at = down
      }
      heap[at] = last
      return first
    },
  }
}

const softened = (values: Float64Array, shape: Shape): Float64Array => {
  const mean = blurred(values, shape, 1)
  return values.map((v, i) => (v + mean[i]!) / 2)
}

function aboveLowest(heights: Float64Array, { width, height }: Shape, reach: number): Float64Array {
  const lowest = (from: Float64Array, start: number, step: number, n: number, into: Float64Array): void => {
    for (let k = 0; k < n; k++) {
      let low = Infinity
      for (let j = Math.max(0, k - reach); j <= Math.min(n - 1, k + reach); j++)
        low = Math.min(low, from[start + step * j]!)
      into[start + step * k] = low
    }
  }
  const rows = new Float64Array(heights.length)
  for (let row = 0; row < height; row++) lowest(heights, row * width, 1, width, rows)
  const out = new Float64Array(heights.length)
  for (let col = 0; col < width; col++) lowest(rows, col, width, height, out)
  return heights.map((z, i) => z - out[i]!)
}
