// A grid: where the pixels of a raster stand on the earth. North is up; rows count down from the upper edge.
// Always holds: places are outer edges, never pixel centres; two grids are one only if every number agrees.

import type { Crs } from './crs/model.ts'

export interface Grid {
  readonly width: number
  readonly height: number
  /** Outer corner of the first pixel (west, north), in units of the coordinate system. */
  readonly west: number
  readonly north: number
  /** Size of a pixel in units of the coordinate system; both positive. */
  readonly dx: number
  readonly dy: number
  readonly crs: Crs
}

/** A rectangle of pixels, in columns and rows of a grid. */
export interface Window {
  readonly col: number
  readonly row: number
  readonly width: number
  readonly height: number
}

/** Pixels of one piece of work, whatever blocks a file has: sums are taken in this order on every machine. */
export const TILE = 256

/** The tiles of a grid in row-major order. */
export function* tilesOf(grid: Pick<Grid, 'width' | 'height'>): Generator<Window> {
  for (let row = 0; row < grid.height; row += TILE)
    for (let col = 0; col < grid.width; col += TILE)
      yield { col, row, width: Math.min(TILE, grid.width - col), height: Math.min(TILE, grid.height - row) }
}
