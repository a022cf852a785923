// A band as its file stores it: samples of one type, and what turns a sample into a number with a state. For engines that
// take samples as they lie. Always holds: `settled` of the samples is what the band's own `read` gives.

import { NAN, NODATA, VALID, type PixelState, type Strip } from './band.ts'
import type { NodataRange } from './geotiff/no-data.ts'
import type { Window } from './grid.ts'

export const SAMPLE_ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

export type StoredType = keyof typeof SAMPLE_ARRAYS
export type Samples = InstanceType<(typeof SAMPLE_ARRAYS)[StoredType]>

/** From a stored sample to a number: sample × scale + offset, where the sample does not mean "no value". */
export interface Settling extends NodataRange {
  readonly scale: number
  readonly offset: number
}

export interface StoredBand {
  readonly type: StoredType
  readonly settling: Settling
  /** Fills the first samples of `into` with those of the window, row by row; never-written ones mean no-data (or 0).
   *  @throws ProblemError where a block cannot be read */
  read(window: Window, into: Samples): void
}

/** Why a stored sample has a number or none. */
export function stateOf(sample: number, { scale, offset, low, high, nan }: Settling): PixelState {
  if (sample >= low && sample <= high) return NODATA
  if (Number.isNaN(sample)) return nan ? NODATA : NAN
  return Number.isFinite(sample * scale + offset) ? VALID : NAN
}

export const valueOf = (sample: number, { scale, offset }: Settling): number => sample * scale + offset

/** Puts the sample at `from` into place `at` of a strip. */
export function settleInto(strip: Strip, at: number, sample: number, settling: Settling): void {
  const state = stateOf(sample, settling)
  strip.states[at] = state
  strip.values[at] = state === VALID ? valueOf(sample, settling) : 0
}
