// A band's numbers as narrow as they are stored, for walks that know or find out by themselves which pixels count.
// Always holds: where a pixel has a number, it is what the band's own `read` gives.

import { NODATA, VALID, type Band, type Strip } from '../band.ts'
import type { NodataRange } from '../geotiff/no-data.ts'
import type { Window } from '../grid.ts'
import { SAMPLE_ARRAYS, type Samples } from '../stored-band.ts'

export interface PixelNumbers {
  /** Row by row; a zero may have a sign, and where a pixel has no number they mean nothing. */
  readonly values: Samples
  read(window: Window): void
  /** A pixel of the window read last that counts and has no number becomes NODATA. */
  keepWhere(states: Uint8Array): void
}

/** @param most pixels of a window, at most */
export function pixelNumbers(band: Band, most: number): PixelNumbers {
  const { stored } = band
  if (stored?.settling.scale !== 1 || stored.settling.offset !== 0) {
    const values = new Float64Array(most)
    const strip: Strip = { values, states: new Uint8Array(most) }
    return {
      values,
      read: (window) => band.read(window, strip),
      keepWhere(states) {
        for (let p = 0; p < states.length; p++) if (states[p] === VALID && strip.states[p] !== VALID) states[p] = NODATA
      },
    }
  }
  const values = new SAMPLE_ARRAYS[stored.type](most)
  const { settling } = stored
  return {
    values,
    read: (window) => stored.read(window, values),
    keepWhere: (states) =>
      values instanceof Float32Array ? keepFloats(values, settling, states) : keepSamples(values, settling, states),
  }
}

/** Infinities and NaN less themselves are NaN. */
function keepSamples(values: Samples, { low, high }: NodataRange, states: Uint8Array): void {
  for (let p = 0; p < states.length; p++) {
    const sample = values[p]!
    if (((sample >= low && sample <= high) || Number.isNaN(sample - sample)) && states[p] === VALID) states[p] = NODATA
  }
}

/** The same for the common type: a loop that meets one type only is several times quicker. */
function keepFloats(values: Float32Array, { low, high }: NodataRange, states: Uint8Array): void {
  for (let p = 0; p < states.length; p++) {
    const sample = values[p]!
    if (((sample >= low && sample <= high) || Number.isNaN(sample - sample)) && states[p] === VALID) states[p] = NODATA
  }
}
