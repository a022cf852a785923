// What a pixel receives from above in the delivery models: slopes as fractions, and mean steepness of the land above it.
// Always holds: arrays given to be summed are overwritten, so that no number is held twice.

import { accumulate, type Drainage } from './drainage.ts'
import { slopeRows } from './slope.ts'
import type { HeightMap, Surface } from './surface.ts'
import { UNWATCHED, type Watch } from './watch.ts'

/** Slope as a fraction, kept within 0.005 and 1 (Cavalli and others 2013). */
export const thresholdSlope = (percent: number): number => Math.min(1, Math.max(0.005, percent / 100))

/** Something of the slope of each pixel, in per cent, that has a height. */
export function slopes(filled: HeightMap, of: (percent: number) => number): Float64Array {
  const { width, height } = filled
  const rows = slopeRows(filled)
  const own = new Float64Array(width)
  const values = new Float64Array(width * height)
  for (let row = 0, i = 0; row < height; row++) {
    rows.read(row, own)
    for (let col = 0; col < width; col++, i++) values[i] = of(own[col]!)
  }
  return values
}

export interface ReachInput {
  readonly net: Drainage
  readonly pixel: Pick<Surface, 'cell' | 'cellY'>
  /** Overwritten. */
  readonly steepness: Float64Array
  readonly watch?: Watch
}

/** D_up: mean steepness of the land above × √ of its area, m. */
export function upslopeReach({ net, pixel, steepness, watch = UNWATCHED }: ReachInput): Float64Array {
  const { cell, cellY = cell } = pixel
  const { drained } = net
  const reach = accumulate(net, steepness, { into: steepness, watch })
  for (let i = 0; i < reach.length; i++) {
    const n = drained[i]!
    if (n > 0) reach[i] = (reach[i]! / n) * Math.sqrt(n * cell * cellY)
  }
  return reach
}
