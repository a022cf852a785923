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

/** Settles the first samples into a strip; nearly every one has a number. */
export function settleAll(samples: Samples, count: number, settling: Settling, strip: Strip): void {
  const { scale, offset, low, high } = settling
  const { values, states } = strip
  states.fill(VALID, 0, count)
  const isPlain = scale === 1 && offset === 0
  if (isPlain && low > high && !(samples instanceof Float32Array || samples instanceof Float64Array)) {
    for (let i = 0; i < count; i++) values[i] = samples[i]!
    return
  }
  for (let i = 0; i < count; i++) {
    const sample = samples[i]!
    // −0 becomes 0.
    const value = isPlain ? sample + 0 : sample * scale + offset
    values[i] = value
    // Infinities and NaN give NaN.
    if ((sample >= low && sample <= high) || Number.isNaN(value - value)) settleInto(strip, i, sample, settling)
  }
}
