// A band whose pixels are at hand as one array: small layers, and the tests of everything that reads bands.

import { assert } from '../kernel/index.ts'
import { VALID, type Band } from './band.ts'
import type { Grid } from './grid.ts'

/** All pixels of `grid` in row-major order; without `states` every pixel has a number. */
export function memoryBand(grid: Grid, values: ArrayLike<number>, states?: ArrayLike<number>, name = 'memory'): Band {
  assert(values.length === grid.width * grid.height, 'a value for each pixel')
  return {
    grid,
    name,
    read(window, into) {
      let out = 0
      for (let row = window.row; row < window.row + window.height; row++)
        for (let col = window.col; col < window.col + window.width; col++, out++) {
          const at = row * grid.width + col
          const state = states?.[at] ?? VALID
          into.states[out] = state
          into.values[out] = state === VALID ? values[at]! : 0
        }
    },
  }
}
