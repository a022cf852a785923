// A surface: one number a pixel over a whole grid in memory. Routing cannot work tile by tile (water crosses every tile),
// so terrain holds the raster: heights as narrow as their file stores them, directions in a byte, places in four.
// Always holds: where the state is not VALID the value is 0 and means nothing.

import { NODATA, VALID } from '../band.ts'

/** Numbers held in the type of their file; arithmetic on them is that of doubles. */
export type Heights =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

export interface Surface<Values extends Heights = Float64Array> {
  readonly width: number
  readonly height: number
  readonly values: Values
  readonly states: Uint8Array
  /** Width of a pixel on the ground, m. */
  readonly cell: number
  /** Height of a pixel on the ground, m; the width where it is left out. */
  readonly cellY?: number
}

/** A surface in whatever type its file has. */
export type HeightMap = Surface<Heights>

/** Places are written in 32 bits, the last of which stands for none. */
export const MOST_PIXELS = 0xffff_fffe

/** Columns and rows to the eight neighbours: 0 is east, then counter-clockwise to 7, south-east. Odd ones are diagonals. */
export const COLS = Int8Array.of(1, 1, 0, -1, -1, -1, 0, 1)
export const ROWS = Int8Array.of(0, -1, -1, -1, 0, 1, 1, 1)

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
export const surfaceLike = <Values extends Heights>(
  of: HeightMap,
  values: Values,
  states: Uint8Array = of.states,
): Surface<Values> => ({ ...of, values, states })

/** The surface where `keep` is VALID too, nodata elsewhere: a model sees only pixels that have all its inputs. */
export function masked<Values extends Heights>(of: Surface<Values>, keep: Uint8Array): Surface<Values> {
  const values = of.values.slice() as Values
  const states = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++)
    if (of.states[i] !== VALID || keep[i] !== VALID) {
      values[i] = 0
      states[i] = of.states[i] === VALID ? NODATA : of.states[i]!
    }
  return { ...of, values, states }
}

/** A pixel without height. */
export const NO_DIRECTION = 255
/** A pixel of a depression: water comes and does not leave. Only on a surface that was not filled. */
export const PIT = 8
/** Nothing lower beside it: `drainFlats` finds its way. */
export const LEVEL = 9

export interface ThreeRows {
  /** The row above, the row and the row below, each with one pixel more at both ends. Rows are asked for in order. */
  at(row: number): readonly [Float64Array, Float64Array, Float64Array]
}

const paddedRow = (width: number): Float64Array => new Float64Array(width + 2).fill(Number.NaN)

/** A surface row by row with its neighbours; NaN beyond the grid and where there is no height, so that nobody asks for states.
 *  @param rows to work in, at least two pixels longer than a row, NaN */
export function threeRows(
  { width, height, values, states }: HeightMap,
  rows: readonly [Float64Array, Float64Array, Float64Array] = [paddedRow(width), paddedRow(width), paddedRow(width)],
): ThreeRows {
  const load = (row: number): void => {
    const into = rows[(row + 3) % 3]!
    if (row < 0 || row >= height) {
      into.fill(Number.NaN)
      return
    }
    const from = row * width
    for (let col = 0; col < width; col++)
      into[col + 1] = states[from + col] === VALID ? values[from + col]! : Number.NaN
  }
  let loaded = -2
  return {
    at(row) {
      for (let next = Math.max(row - 1, loaded + 1); next <= row + 1; next++) load(next)
      loaded = row + 1
      return [rows[(row + 2) % 3]!, rows[row % 3]!, rows[(row + 1) % 3]!]
    },
  }
}
