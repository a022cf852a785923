// From heights to the water over them in one go: filled where they lie, directions, what drains through each pixel. One room
// serves basins, distances over flats and counting, and the directions become the ways.
// Always holds: the same as fillInPlace, d8 and drainage one after the other, in at most ten bytes a pixel beside the heights and
// states, of which three are touched only where flats lie in the lower half of the map.

import { d8 } from './d8.ts'
import { drainage, type Drainage } from './drainage.ts'
import { fillInPlace } from './fill.ts'
import { framedSize } from './framed.ts'
import type { HeightMap } from './surface.ts'
import { UNWATCHED, type Watch } from './watch.ts'

/** Room to work in for a map: `drained` of what is given back lies in its first half. */
export const flowRoom = (of: Pick<HeightMap, 'width' | 'height'>): Float64Array => new Float64Array(framedSize(of))

/** @param dem is filled: its own heights are raised
 *  @param room a new `flowRoom`
 *  @throws what `watch` throws */
export function flowOver(dem: HeightMap, watch: Watch = UNWATCHED, room: Float64Array = flowRoom(dem)): Drainage {
  const places = new Uint32Array(room.buffer, room.byteOffset, dem.states.length)
  const ways = new Uint8Array(room.length)
  fillInPlace(dem, watch, { places, ways })
  places.fill(0)
  const directions = d8(dem, watch, { distance: room, codes: ways })
  return drainage(directions, watch, { ways: directions.codes, drained: places })
}
