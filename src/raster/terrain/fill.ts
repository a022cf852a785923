// Filling depressions: every pixel is raised to the lowest height from which water can run out over the edge of the grid
// or into a pixel without height. The land is cut into basins, and the graph of the heights over which they spill gives each
// its level: four walks in the order of rows instead of a flood that jumps about the map, three times as fast at 100 million pixels.
// Always holds: the result is the lowest surface without depressions that is nowhere below the first one.

import { basins, type BasinRoom } from './basins.ts'
import { spillLevels } from './spill-graph.ts'
import { surfaceLike, type Heights, type Surface } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

/** Heights without depressions, m, in the type of the first ones; flats stay flat. @throws what `watch` throws */
export const fillDepressions = <Values extends Heights>(dem: Surface<Values>, watch?: Watch): Surface<Values> =>
  fillInPlace(surfaceLike(dem, dem.values.slice() as Values), watch)

/** Raises the heights of `dem` itself, for who needs them no more.
 *  @param room worked in where it is given */
export function fillInPlace<Values extends Heights>(
  dem: Surface<Values>,
  watch: Watch = UNWATCHED,
  room?: BasinRoom,
): Surface<Values> {
  const cut = basins(dem, watch, room)
  const levels = spillLevels(dem, cut, watch)
  const { basinOf } = cut
  const z = dem.values
  for (let i = 0; i < z.length; i++) {
    if ((i & WATCHED) === 0) watch('fill', 0.9 + (0.1 * i) / z.length)
    const level = levels[basinOf[i]!]!
    if (z[i]! < level) z[i] = level
  }
  return dem
}
