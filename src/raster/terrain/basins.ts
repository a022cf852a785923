// The land cut into basins: each pixel follows lower (or equal, already passed) neighbours to a pit or out over the rim.
// Any way down will do: a basin serves to fill it, and it fills to the same height whichever way its pixels took.
// Always holds: within a basin every pixel reaches the pit without ever going up.

import { downhillRows, isBefore } from './downhill.ts'
import { neighbourOffsets, NO_DIRECTION, PIT, threeRows, type HeightMap } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

/** Pixels without height. */
export const NOWHERE = 0
/** What runs out over the rim: beside nodata or the edge of the grid. */
export const OUTSIDE_BASIN = 1

export interface Basins {
  /** NOWHERE, OUTSIDE_BASIN, or the basin of a pit from 2 on. */
  readonly basinOf: Uint32Array
  /** Largest number of a basin, and one. */
  readonly count: number
}

/** Arrays at least as long as there are pixels. */
export interface BasinRoom {
  /** Becomes the basins; all 0. */
  readonly places?: Uint32Array
  readonly ways?: Uint8Array
}

export function basins(dem: HeightMap, watch: Watch = UNWATCHED, room: BasinRoom = {}): Basins {
  const pixels = dem.states.length
  const ways = room.ways ?? new Uint8Array(pixels)
  const basinOf = room.places ?? new Uint32Array(pixels)
  waysDown(dem, ways, watch)
  const steps = new Int32Array(256)
  steps.set(neighbourOffsets(dem.width))
  let count = OUTSIDE_BASIN + 1
  for (let pixel = 0; pixel < pixels; pixel++) {
    if ((pixel & WATCHED) === 0) watch('fill', 0.2 + (0.3 * pixel) / pixels)
    const way = ways[pixel]!
    if (isBefore(way)) {
      basinOf[pixel] = basinOf[pixel + steps[way]!]!
      continue
    }
    if (way === NO_DIRECTION || basinOf[pixel] !== NOWHERE) continue
    let at = pixel
    let basin = NOWHERE
    while (basin === NOWHERE) {
      const onward = ways[at]!
      if (onward === PIT) basin = count++
      else if (onward > PIT) basin = OUTSIDE_BASIN
      else {
        at = (at + steps[onward]!) >>> 0
        basin = basinOf[at]!
      }
    }
    // Where the way ends the step is none.
    for (at = pixel; basinOf[at] === NOWHERE; at = (at + steps[ways[at]!]!) >>> 0) basinOf[at] = basin
  }
  return { basinOf, count }
}

function waysDown(dem: HeightMap, ways: Uint8Array, watch: Watch): void {
  const { width, height } = dem
  const downhill = downhillRows(width)
  const rows = threeRows(dem, downhill.rows)
  for (let row = 0; row < height; row++) {
    if (((row * width) & WATCHED) < width) watch('fill', (0.2 * row) / height)
    ways.set(downhill.ways(rows.at(row)), row * width)
  }
}
