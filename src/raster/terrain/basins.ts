// The land cut into basins: each pixel follows lower (or equal, already passed) neighbours to a pit or out over the rim.
// Any way down will do: a basin serves to fill it, and it fills to the same height whichever way its pixels took.
// Always holds: within a basin every pixel reaches the pit without ever going up.

import { VALID } from '../band.ts'
import { grown } from './grown.ts'
import { neighbourOffsets, type HeightMap, type Heights } from './surface.ts'
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

/** @param room becomes the basins where it is given; all 0 */
export function basins(dem: HeightMap, watch: Watch = UNWATCHED, room?: Uint32Array): Basins {
  const { width, values: z, states } = dem
  const basinOf = rim(dem, room)
  let path = new Uint32Array(1024)
  let count = OUTSIDE_BASIN + 1
  for (let pixel = 0; pixel < z.length; pixel++) {
    if ((pixel & WATCHED) === 0) watch('fill', (0.5 * pixel) / z.length)
    if (basinOf[pixel] !== NOWHERE || states[pixel] !== VALID) continue
    // Those before it have a basin already: most pixels take that of one of them and are done.
    const height = z[pixel]!
    if (z[pixel - 1]! <= height) basinOf[pixel] = basinOf[pixel - 1]!
    else if (z[pixel - width]! <= height) basinOf[pixel] = basinOf[pixel - width]!
    else if (z[pixel - width - 1]! <= height) basinOf[pixel] = basinOf[pixel - width - 1]!
    else if (z[pixel - width + 1]! <= height) basinOf[pixel] = basinOf[pixel - width + 1]!
    else {
      let at = pixel
      let steps = 0
      let basin = NOWHERE
      while (basin === NOWHERE) {
        if (steps === path.length) path = grown(path)
        path[steps++] = at
        const next = wayDown(z, width, at)
        if (next === at) basin = count++
        else {
          basin = basinOf[next]!
          at = next
        }
      }
      while (steps > 0) basinOf[path[--steps]!] = basin
    }
  }
  return { basinOf, count }
}

/** A neighbour of a pixel inside the rim that is lower, or as high and before it in the order of rows: so nobody goes round in
 *  a circle. The pixel itself in a pit. */
function wayDown(z: Heights, width: number, at: number): number {
  const height = z[at]!
  if (z[at - 1]! <= height) return at - 1
  if (z[at - width]! <= height) return at - width
  if (z[at - width - 1]! <= height) return at - width - 1
  if (z[at - width + 1]! <= height) return at - width + 1
  if (z[at + width]! < height) return at + width
  if (z[at + 1]! < height) return at + 1
  if (z[at + width - 1]! < height) return at + width - 1
  if (z[at + width + 1]! < height) return at + width + 1
  return at
}

/** OUTSIDE_BASIN on pixels with a height that lie at the edge of the grid or beside one without. A neighbour counted over the
 *  end of a row lies at the edge too, so nothing is marked that should not be. */
function rim({ width, height, states }: HeightMap, basinOf: Uint32Array = new Uint32Array(states.length)): Uint32Array {
  const around = neighbourOffsets(width)
  for (let row = 0, i = 0; row < height; row++) {
    const isEnd = row === 0 || row === height - 1
    for (let col = 0; col < width; col++, i++)
      if (states[i] === VALID) {
        if (isEnd || col === 0 || col === width - 1) basinOf[i] = OUTSIDE_BASIN
      } else
        for (let k = 0; k < 8; k++) {
          const next = i + around[k]!
          if (next >= 0 && next < states.length && states[next] === VALID) basinOf[next] = OUTSIDE_BASIN
        }
  }
  return basinOf
}
