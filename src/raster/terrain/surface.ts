// A surface: one number a pixel over a whole grid in memory. Routing cannot work tile by tile (water crosses every tile),
// so terrain holds the raster: about 30 bytes a pixel for filling, directions and one accumulation together.
// Always holds: where the state is not VALID the value is 0 and means nothing.

import { NODATA, VALID } from '../band.ts'

export interface Surface {
  readonly width: number
  readonly height: number
  readonly values: Float64Array
  readonly states: Uint8Array
  /** Width of a pixel on the ground, m. */
  readonly cell: number
  /** Height of a pixel on the ground, m; the width where it is left out. */
  readonly cellY?: number
}

/** Columns and rows to the eight neighbours: 0 is east, then counter-clockwise to 7, south-east. Odd ones are diagonals. */
export const COLS = Int8Array.of(1, 1, 0, -1, -1, -1, 0, 1)
export const ROWS = Int8Array.of(0, -1, -1, -1, 0, 1, 1, 1)

type Shape = Pick<Surface, 'width' | 'height'>

/** How far the centres of the eight neighbours are, m. */
export function stepLengths(of: Pick<Surface, 'cell' | 'cellY'>): Float64Array {
  const x = of.cell
  const y = of.cellY ?? x
  const diagonal = x === y ? x * Math.SQRT2 : Math.sqrt(x * x + y * y)
  return Float64Array.of(x, diagonal, y, diagonal, x, diagonal, y, diagonal)
}

/** Offsets of the eight neighbours in an array with rows of `width` pixels. */
export const neighbourOffsets = (width: number): Int32Array =>
  Int32Array.from(COLS, (col, k) => col + (ROWS[k] ?? 0) * width)

/** The same surface with new values; pixels for which `states` says so have none. */
export const surfaceLike = (of: Surface, values: Float64Array, states: Uint8Array = of.states): Surface => ({
  ...of,
  values,
  states,
})

/** The surface where `keep` is VALID too, nodata elsewhere: a model sees only pixels that have all its inputs. */
export function masked(of: Surface, keep: Uint8Array): Surface {
  const values = new Float64Array(of.values.length)
  const states = new Uint8Array(of.values.length)
  for (let i = 0; i < values.length; i++)
    if (of.states[i] === VALID && keep[i] === VALID) values[i] = of.values[i]!
    else states[i] = of.states[i] === VALID ? NODATA : of.states[i]!
  return { ...of, values, states }
}

/** A frame of one pixel around the grid, so that no neighbour needs a test for the edge. Index of the first pixel and row width. */
export const framed = ({ width, height }: Shape) => ({
  rowWidth: width + 2,
  first: width + 3,
  size: (width + 2) * (height + 2),
})
