// From heights to the water over them in one go: filled where they lie, directions, what drains through each pixel. One array of
// places serves filling and counting, and the directions become the ways.
// Always holds: the same as fillInPlace, d8 and drainage one after the other, in six bytes a pixel beside the heights and states.

import { d8 } from './d8.ts'
import { drainage, type Drainage } from './drainage.ts'
import { fillInPlace } from './fill.ts'
import type { HeightMap } from './surface.ts'
import { UNWATCHED, type Watch } from './watch.ts'

/** Arrays as long as there are pixels, all 0: worked in where they are given. */
export interface FlowRoom {
  /** Becomes `drained` of what is given back. */
  readonly places?: Uint32Array
  readonly inflows?: Uint8Array
}

/** @param dem is filled: its own heights are raised. @throws what `watch` throws */
export function flowOver(dem: HeightMap, watch: Watch = UNWATCHED, room: FlowRoom = {}): Drainage {
  const { places = new Uint32Array(dem.states.length), inflows } = room
  const directions = d8(fillInPlace(dem, watch, places), watch)
  return drainage(directions, watch, { ways: directions.codes, drained: places, ...(inflows ? { inflows } : {}) })
}
