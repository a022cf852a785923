// Where each pixel drains: one of eight neighbours, by steepest descent, diagonals counted by their length. Flats drain to
// the nearest pixel that has a way down (the peer's plateau rule): the outlets of a flat first, pixels beside nodata or the edge
// only where it has none; shortest ways with diagonals of √2, found from the outlets in the order they were met.
// Always holds: no water runs in a circle; where the surface has no depressions every pixel has a direction.

import { VALID } from '../band.ts'
import { drainFlats } from './flats.ts'
import { LEVEL, NO_DIRECTION, stepLengths, threeRows, type HeightMap } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

/** Directions 0 (east), counter-clockwise to 7 (south-east); those at the rim may point out of the grid or into nodata. */
export interface Directions {
  readonly width: number
  readonly height: number
  readonly codes: Uint8Array
}

/** @throws what `watch` throws */
export function d8(filled: HeightMap, watch: Watch = UNWATCHED): Directions {
  const { width, height, states } = filled
  const codes = new Uint8Array(width * height)
  const rows = threeRows(filled)
  const [straightX, diagonal, straightY] = gains(filled) as unknown as readonly [number, number, number]
  for (let row = 0, i = 0; row < height; row++) {
    if (((row * width) & WATCHED) < width) watch('directions', (0.4 * row) / height)
    const [north, own, south] = rows.at(row)
    for (let col = 1; col <= width; col++, i++) {
      if (states[i] !== VALID) {
        codes[i] = NO_DIRECTION
        continue
      }
      const z = own[col]!
      let best = 0
      let code = LEVEL
      // A neighbour without height is NaN and never steeper.
      let descent = (z - own[col + 1]!) * straightX
      if (descent > best) {
        best = descent
        code = 0
      }
      descent = (z - north[col + 1]!) * diagonal
      if (descent > best) {
        best = descent
        code = 1
      }
      descent = (z - north[col]!) * straightY
      if (descent > best) {
        best = descent
        code = 2
      }
      descent = (z - north[col - 1]!) * diagonal
      if (descent > best) {
        best = descent
        code = 3
      }
      descent = (z - own[col - 1]!) * straightX
      if (descent > best) {
        best = descent
        code = 4
      }
      descent = (z - south[col - 1]!) * diagonal
      if (descent > best) {
        best = descent
        code = 5
      }
      descent = (z - south[col]!) * straightY
      if (descent > best) {
        best = descent
        code = 6
      }
      descent = (z - south[col + 1]!) * diagonal
      if (descent > best) {
        best = descent
        code = 7
      }
      codes[i] = code
    }
  }
  drainFlats(filled, codes, watch)
  return { width, height, codes }
}

const gains = (of: HeightMap): Float64Array => Float64Array.from(stepLengths(of), (step) => of.cell / step)
