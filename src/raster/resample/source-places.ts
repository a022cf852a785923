// Where the centres of a grid's pixels lie in a source raster, in columns and rows of the source, pixel by pixel with
// the exact transformation; and how many pixels of the grid a pixel of the source takes.

import type { Grid, Window } from '../grid.ts'

/** From the coordinate system of the grid to that of the source; NaN where there is no such place. */
export type ToSource = (x: number, y: number, out: [number, number]) => void

/** Fills x and y (in pixels from the source's upper left corner) for each pixel of a window of the grid. */
export type SourcePlaces = (window: Window, x: Float64Array, y: Float64Array) => void

/** Points along each side of the lattice by which a warp is measured. */
export const LATTICE = 33

/** @param toSource undefined where both have one coordinate system */
export function sourcePlaces(source: Grid, grid: Grid, toSource: ToSource | undefined): SourcePlaces {
  const out: [number, number] = [0, 0]
  return (window, x, y) => {
    let i = 0
    for (let row = window.row; row < window.row + window.height; row++) {
      const north = grid.north - (row + 0.5) * grid.dy
      for (let col = window.col; col < window.col + window.width; col++, i++) {
        out[0] = grid.west + (col + 0.5) * grid.dx
        out[1] = north
        if (toSource) toSource(out[0], out[1], out)
        x[i] = (out[0] - source.west) / source.dx
        y[i] = (source.north - out[1]) / source.dy
      }
    }
  }
}

interface LatticePlace {
  readonly x: number
  readonly y: number
  /** Source columns and rows that a step of one pixel of the grid goes. */
  readonly stepX: number
  readonly stepY: number
}

/** Places of pixels spread evenly over the grid. */
export function latticePlaces(source: Grid, grid: Grid, toSource: ToSource, side: number): readonly LatticePlace[] {
  const out: [number, number] = [0, 0]
  const place = (col: number, row: number): readonly [number, number] => {
    toSource(grid.west + col * grid.dx, grid.north - row * grid.dy, out)
    return [(out[0] - source.west) / source.dx, (source.north - out[1]) / source.dy]
  }
  const spread = (count: number): readonly number[] => {
    const n = Math.min(side, count)
    return Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * count) / n) + 0.5)
  }
  return spread(grid.height).flatMap((row) =>
    spread(grid.width).map((col) => {
      const [x, y] = place(col, row)
      const [ex, ey] = place(col + 1, row)
      const [sx, sy] = place(col, row + 1)
      return {
        x,
        y,
        stepX: Math.sqrt((ex - x) * (ex - x) + (sx - x) * (sx - x)),
        stepY: Math.sqrt((ey - y) * (ey - y) + (sy - y) * (sy - y)),
      }
    }),
  )
}

/** Pixels of the grid to a pixel of the source, along the axes of the source; below 1 where the grid is coarser. */
export interface Scale {
  readonly x: number
  readonly y: number
}

/** One scale for the whole grid, the mean over a lattice of its pixels. Chosen: the length of the step, so that a
 *  turned system does not widen the kernel; rejected: the box around a tile (gdalwarp's default), which makes values
 *  depend on how the work is cut. gdalwarp does the same with -wo XSCALE and YSCALE. */
export function scaleOf(source: Grid, grid: Grid, toSource: ToSource | undefined): Scale {
  if (!toSource) return { x: snapped(source.dx / grid.dx), y: snapped(source.dy / grid.dy) }
  const steps = latticePlaces(source, grid, toSource, LATTICE).filter((p) => p.stepX > 0 && p.stepY > 0)
  if (steps.length === 0) return { x: 1, y: 1 }
  const mean = (of: (p: LatticePlace) => number): number => steps.reduce((sum, p) => sum + of(p), 0) / steps.length
  return { x: snapped(1 / mean((p) => p.stepX)), y: snapped(1 / mean((p) => p.stepY)) }
}

/** Nearly a whole number of pixels in one is that number, as in gdalwarp. */
function snapped(scale: number): number {
  if (scale >= 1) return scale
  const whole = Math.round(1 / scale)
  return Math.abs(1 / scale - whole) < 0.05 ? 1 / whole : scale
}
