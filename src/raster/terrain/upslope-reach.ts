// What a pixel receives from above in the delivery models: slopes as fractions, and mean weight and steepness of the land above
// it. Always holds: arrays given to be summed are overwritten, so that no number is held twice.

import { accumulate, type Drainage } from './drainage.ts'
import { slopeRows } from './slope.ts'
import type { HeightMap, Surface } from './surface.ts'
import { UNWATCHED, type Watch } from './watch.ts'

/** Slope as a fraction, kept within 0.005 and 1 (Cavalli and others 2013). */
export const thresholdSlope = (percent: number): number => Math.min(1, Math.max(0.005, percent / 100))

/** Something of the slope of each pixel, in per cent, that has a height. */
export function slopes(
  filled: HeightMap,
  of: (percent: number, pixel: number) => number,
  into: Float64Array = new Float64Array(filled.width * filled.height),
): Float64Array {
  const { width, height } = filled
  const rows = slopeRows(filled)
  const own = new Float64Array(width)
  for (let row = 0, i = 0; row < height; row++) {
    rows.read(row, own)
    for (let col = 0; col < width; col++, i++) into[i] = of(own[col]!, i)
  }
  return into
}

export interface ReachInput {
  readonly net: Drainage
  readonly drained: ArrayLike<number>
  readonly pixel: Pick<Surface, 'cell' | 'cellY'>
  /** Both are overwritten. Without a weight pixels count 1. */
  readonly steepness: Float64Array
  readonly weight?: Float64Array
  readonly watch?: Watch
}

/** D_up: mean weight × mean steepness of the land above × √ of its area, m. */
export function upslopeReach({ net, drained, pixel, steepness, weight, watch = UNWATCHED }: ReachInput): Float64Array {
  const { cell, cellY = cell } = pixel
  accumulate(net, steepness, { into: steepness, watch })
  if (weight) accumulate(net, weight, { into: weight, watch })
  const reach = weight ?? steepness
  for (let i = 0; i < reach.length; i++) {
    const n = drained[i]!
    if (n > 0) reach[i] = (weight ? weight[i]! / n : 1) * (steepness[i]! / n) * Math.sqrt(n * cell * cellY)
  }
  return reach
}
