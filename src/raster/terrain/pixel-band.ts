// A band whose numbers are worked out from arrays in memory when they are read, a stretch of a row at a time.
// Always holds: where the states say a pixel counts for nothing it has no number, whatever the arrays hold.

import { NO_VALUE, VALID, type Band } from '../band.ts'
import type { Grid } from '../grid.ts'

/** Writes the numbers of pixels `from` to `to` (rows one after the other) into `out` from place `at` on; NaN where there is none. */
export type Stretch = (from: number, to: number, out: Float64Array, at: number) => void

/** @param states of the pixels; one that counts and is NaN has NO_VALUE */
export function pixelBand(grid: Grid, states: Uint8Array, name: string, stretch: Stretch): Band {
  return {
    grid,
    name,
    read(window, into) {
      const { values, states: found } = into
      for (let row = 0, at = 0; row < window.height; row++, at += window.width) {
        const from = (window.row + row) * grid.width + window.col
        stretch(from, from + window.width, values, at)
        for (let i = 0; i < window.width; i++) {
          const state = states[from + i]!
          const has = state === VALID && !Number.isNaN(values[at + i]!)
          found[at + i] = state !== VALID ? state : has ? VALID : NO_VALUE
          if (!has) values[at + i] = 0
        }
      }
    },
  }
}
