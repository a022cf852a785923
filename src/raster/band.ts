// A band: one number a pixel, read window by window, each pixel with its state. What a band rests on (a file, another
// band sampled onto a grid, a code table, terrain) is not seen by who reads it.

import type { Grid, Window } from './grid.ts'
import type { SampledBand } from './sampled-band.ts'
import type { SlopeSource } from './slope-source.ts'
import type { StoredBand } from './stored-band.ts'

/** Why a pixel has a number or none. */
export const VALID = 0
/** The file says there is no value. */
export const NODATA = 1
/** The file holds NaN or an infinity where it should hold a number. */
export const NAN = 2
/** The grid reaches beyond the raster. */
export const OUTSIDE = 3
/** A formula has no value there (division by zero, logarithm of a negative number). */
export const NO_VALUE = 4
export type PixelState = 0 | 1 | 2 | 3 | 4

/** Pixels of a window in row-major order. Where the state is not VALID the value is 0 and means nothing. */
export interface Strip {
  readonly values: Float64Array
  readonly states: Uint8Array
}

export const stripOf = (pixels: number): Strip => ({
  values: new Float64Array(pixels),
  states: new Uint8Array(pixels),
})

export interface Band {
  readonly grid: Grid
  /** For people: file and band, or what it was made from. */
  readonly name: string
  /** Fills the first `window.width × window.height` pixels of `into`. The window lies inside the grid.
   *  @throws ProblemError where a tile cannot be read */
  read(window: Window, into: Strip): void
  /** The same pixels as numbers alone, NaN where there is none, where that is quicker than to say why. The window is within one
   *  tile's pixels; what is given is good until the next call. @throws as `read` */
  readonly numbers?: ((window: Window) => Float64Array) | undefined
  /** The same pixels as they are stored, where they can be had without being made into doubles first. */
  readonly stored?: StoredBand | undefined
  /** How the same pixels are sampled from a coarser band, where that is simple. */
  readonly sampled?: SampledBand | undefined
  /** The heights whose slope it is, where they can be had as they are stored. */
  readonly slope?: SlopeSource | undefined
}
