// Values between pixels. Nearest: the pixel a place lies in. Bilinear: the triangle-weighted mean of the pixels around;
// pixels without a number drop out and the rest is weighed anew; where the grid is coarser than the source the triangle
// widens to the grid's pixel, as in gdalwarp. A place whose own pixel has no number has none either.

import { OUTSIDE, VALID, type Strip } from '../band.ts'
import type { Window } from '../grid.ts'
import type { Scale } from './source-places.ts'

/** A part of a source held in memory. */
export interface SourcePart {
  readonly window: Window
  readonly strip: Strip
}

/** Writes value and state at `out`, of the place (x, y) in columns and rows of the whole source. */
export type Sampler = (part: SourcePart, x: number, y: number, into: Strip, out: number) => void

/** A place on the border of two pixels up to rounding belongs to the eastern or southern one. */
const ON_BORDER = 1e-10
/** Below this the grid counts as coarser (gdalwarp's bound). */
const COARSER = 0.95
/** Weights that add up to less are none. */
const NO_WEIGHT = 1e-6

export const pixelAt = (x: number): number => Math.floor(x + ON_BORDER)

export const nearest: Sampler = (part, x, y, into, out) => {
  const { window, strip } = part
  const at = (pixelAt(y) - window.row) * window.width + pixelAt(x) - window.col
  into.states[out] = strip.states[at]!
  into.values[out] = strip.values[at]!
}

export interface Kernel {
  /** Half the width of the triangle, in pixels of the source. */
  readonly reachX: number
  readonly reachY: number
}

export function kernelOf(scale: Scale): Kernel {
  if (scale.x >= COARSER && scale.y >= COARSER) return { reachX: 1, reachY: 1 }
  return { reachX: Math.max(1, 1 / scale.x), reachY: Math.max(1, 1 / scale.y) }
}

export function bilinear({ reachX, reachY }: Kernel): Sampler {
  return (part, x, y, into, out) => {
    nearest(part, x, y, into, out)
    if (into.states[out] !== VALID) return
    const { window, strip } = part
    const firstCol = Math.max(window.col, Math.ceil(x - 0.5 - reachX))
    const lastCol = Math.min(window.col + window.width - 1, Math.floor(x - 0.5 + reachX))
    const firstRow = Math.max(window.row, Math.ceil(y - 0.5 - reachY))
    const lastRow = Math.min(window.row + window.height - 1, Math.floor(y - 0.5 + reachY))
    let weights = 0
    let sum = 0
    for (let row = firstRow; row <= lastRow; row++) {
      const weightY = 1 - Math.abs(row + 0.5 - y) / reachY
      let at = (row - window.row) * window.width + firstCol - window.col
      for (let col = firstCol; col <= lastCol; col++, at++) {
        if (strip.states[at] !== VALID) continue
        const weight = weightY * (1 - Math.abs(col + 0.5 - x) / reachX)
        weights += weight
        sum += weight * strip.values[at]!
      }
    }
    if (weights > NO_WEIGHT) into.values[out] = sum / weights
  }
}

export function outside(into: Strip, out: number): void {
  into.states[out] = OUTSIDE
  into.values[out] = 0
}
