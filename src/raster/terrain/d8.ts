// Where each pixel drains: one of eight neighbours, by steepest descent, diagonals counted by their length. Flats drain to
// the nearest pixel that has a way down (the peer's plateau rule): the outlets of a flat first, pixels beside nodata or the edge
// only where it has none; shortest ways with diagonals of √2, found from the outlets in the order they were met.
// Always holds: no water runs in a circle; where the surface has no depressions every pixel has a direction.

import { drainFlats } from './flats.ts'
import { framedPlace, framedSize } from './framed.ts'
import { steepestRows } from './steepest.ts'
import { NO_DIRECTION, threeRows, type HeightMap } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

/** Directions 0 (east), counter-clockwise to 7 (south-east); those at the rim may point out of the grid or into nodata. */
export interface Directions {
  readonly width: number
  readonly height: number
  readonly codes: Uint8Array
}

/** Arrays of `framedSize` to work in. */
export interface DirectionsRoom {
  /** All 0. */
  readonly distance?: Float64Array
  /** The directions will lie in it. */
  readonly codes?: Uint8Array
}

/** @throws what `watch` throws */
export function d8(filled: HeightMap, watch: Watch = UNWATCHED, room: DirectionsRoom = {}): Directions {
  const { width, height } = filled
  const distance = room.distance ?? new Float64Array(framedSize(filled))
  const codes = (room.codes ?? new Uint8Array(framedSize(filled))).fill(NO_DIRECTION)
  const steepest = steepestRows(filled)
  const rows = threeRows(filled, steepest.rows)
  for (let row = 0; row < height; row++) {
    if (((row * width) & WATCHED) < width) watch('directions', (0.3 * row) / height)
    codes.set(steepest.codes(rows.at(row)), framedPlace(width, row))
  }
  drainFlats(filled, { codes, distance }, watch)
  for (let row = 0; row < height; row++) {
    const place = framedPlace(width, row)
    codes.copyWithin(row * width, place, place + width)
  }
  return { width, height, codes: codes.subarray(0, width * height) }
}
