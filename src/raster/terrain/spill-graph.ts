// How high each basin fills: to the lowest height over which its water finds a way out, over however many others (Barnes 2016;
// Cordonnier and others 2019). Edges of the graph of basins (`spill-rows`) are taken by height, lowest first, and join basins to
// ponds; where a pond meets the outside all its basins fill to that height.
// Always holds: a basin's level is the lowest height at which it hangs together with the outside.

import { OUTSIDE_BASIN, type Basins } from './basins.ts'
import { byHeight } from './by-height.ts'
import { spillRows, type Edges } from './spill-rows.ts'
import type { HeightMap } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

/** The height each basin fills to, m; −∞ outside, and where there is nothing to fill. */
export function spillLevels(dem: HeightMap, { basinOf, count }: Basins, watch: Watch = UNWATCHED): Float64Array {
  const { from, to, height, count: edges } = spillGraph(dem, basinOf, watch)
  const levels = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  /** Of each basin one of the same pond nearer to its head, and the next in the ring of its pond. */
  const towards = new Uint32Array(count)
  for (let basin = 0; basin < count; basin++) towards[basin] = basin
  const next = towards.slice()
  const headOf = (basin: number): number => {
    let at = basin
    while (towards[at] !== at) at = towards[at] = towards[towards[at]!]!
    return at
  }
  const order = byHeight(height.subarray(0, edges))
  for (let place = 0; place < edges; place++) {
    const e = order[place]!
    const a = headOf(from[e]!)
    const b = headOf(to[e]!)
    if (a === b) continue
    // The outside is the head of its pond, so that its pond is known, and needs no ring: who joins it is done.
    if (a === OUTSIDE_BASIN || b === OUTSIDE_BASIN) {
      const pond = a === OUTSIDE_BASIN ? b : a
      let basin = pond
      do {
        levels[basin] = height[e]!
        basin = next[basin]!
      } while (basin !== pond)
      towards[pond] = OUTSIDE_BASIN
      continue
    }
    towards[a] = b
    const after = next[a]!
    next[a] = next[b]!
    next[b] = after
  }
  return levels
}

function spillGraph({ width, height, values }: HeightMap, basinOf: Uint32Array, watch: Watch): Edges {
  const rows = spillRows(width)
  for (let row = 0; row < height; row++) {
    const [from, to] = [row * width, (row + 1) * width]
    if ((from & WATCHED) < width) watch('fill', 0.5 + (0.4 * row) / height)
    rows.take(basinOf.subarray(from, to), values.subarray(from, to))
  }
  return rows.edges()
}
