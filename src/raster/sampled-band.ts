// A band sampled from a coarser one whose rows and columns run as the grid's: which pixels of the source meet in a pixel of the
// grid, by column and by row. For engines that sample on the way, many bands of one source at once.
// Always holds: the nearest pixel, or a mean of the four weighed so and added row by row, is what the band's own `read` gives.

import type { Band } from './band.ts'

export interface SampledBand {
  readonly source: Band
  readonly places: SamplePlaces
}

export interface SamplePlaces {
  /** Equal for bands whose places are equal. */
  readonly name: string
  /** `nearest`: a pixel is the one it lies in, which is both the first and the second. */
  readonly how: 'nearest' | 'bilinear'
  readonly columns: AxisPlaces
  readonly rows: AxisPlaces
}

/** By column (or row) of the grid. */
export interface AxisPlaces {
  /** Columns (rows) of the source that meet there, the same one twice at an edge; −1 where the pixel lies off the source. */
  readonly first: Int32Array
  readonly second: Int32Array
  readonly firstWeight: Float64Array
  readonly secondWeight: Float64Array
  /** 1 where the pixel's own place lies in the second. */
  readonly inSecond: Uint8Array
}
