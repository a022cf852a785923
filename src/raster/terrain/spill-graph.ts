// Where basins meet and how high each fills: an edge is the lowest crossing between two basins, and a basin fills to the
// lowest height over which its water finds a way out, over however many others (Barnes 2016; Cordonnier and others 2019).
// Always holds: an edge may stand in the graph twice, never too high in all its places.

import { NOWHERE, OUTSIDE_BASIN, type Basins } from './basins.ts'
import { grown } from './grown.ts'
import type { HeightMap } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

interface SpillGraph {
  readonly edges: number
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly height: Float64Array
}

/** Edges met lately are found again by a table of so many places, since the same two basins meet all along a ridge. One pushed
 *  out of it is written anew. */
const LATELY_BITS = 16

function spillGraph({ width, values: z }: HeightMap, basinOf: Uint32Array, watch: Watch): SpillGraph {
  let from = new Uint32Array(1 << LATELY_BITS)
  let to = new Uint32Array(1 << LATELY_BITS)
  let height = new Float64Array(1 << LATELY_BITS)
  let edges = 0
  const lately = new Uint32Array(1 << LATELY_BITS)
  const meet = (a: number, b: number, crossing: number): void => {
    const low = a < b ? a : b
    const high = a < b ? b : a
    const place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - LATELY_BITS)
    const known = lately[place]!
    if (known < edges && from[known] === low && to[known] === high) {
      if (crossing < height[known]!) height[known] = crossing
      return
    }
    if (edges === from.length) {
      from = grown(from)
      to = grown(to)
      height = grown(height)
    }
    from[edges] = low
    to[edges] = high
    height[edges] = crossing
    lately[place] = edges++
  }
  // East, south-west, south, south-east: each pair once. One counted over the end of a row joins two pixels of the rim, which
  // are of one basin or have none, and so are all of the last row. Two basins meet at many pixels in a row, on each with up to
  // four neighbours: the lowest of these is taken first, and then the lowest along the row.
  const last = z.length - 1 - width
  let [own, southWest, south] = [NOWHERE, NOWHERE, NOWHERE]
  let [east, southEast] = [basinOf[0]!, basinOf[width]!]
  let [rowOwn, rowSouth, rowCrossing] = [NOWHERE, NOWHERE, 0]
  for (let i = 0; i < last; i++) {
    if ((i & WATCHED) === 0) watch('fill', 0.5 + (0.4 * i) / z.length)
    own = east
    southWest = south
    south = southEast
    east = basinOf[i + 1]!
    southEast = basinOf[i + width + 1]!
    if (own === NOWHERE || (east === own && southWest === own && south === own && southEast === own)) continue
    const here = z[i]!
    if (south !== own && south !== NOWHERE) {
      let there = z[i + width]!
      if (southWest === south && z[i + width - 1]! < there) there = z[i + width - 1]!
      if (southEast === south && z[i + width + 1]! < there) there = z[i + width + 1]!
      if (east === south && z[i + 1]! < there) there = z[i + 1]!
      if (there < here) there = here
      if (own !== rowOwn || south !== rowSouth) {
        if (rowOwn !== NOWHERE) meet(rowOwn, rowSouth, rowCrossing)
        rowOwn = own
        rowSouth = south
        rowCrossing = there
      } else if (there < rowCrossing) rowCrossing = there
    }
    if (east !== own && east !== south && east !== NOWHERE) meet(own, east, Math.max(here, z[i + 1]!))
    if (southWest !== own && southWest !== south && southWest !== NOWHERE)
      meet(own, southWest, Math.max(here, z[i + width - 1]!))
    if (southEast !== own && southEast !== south && southEast !== NOWHERE)
      meet(own, southEast, Math.max(here, z[i + width + 1]!))
  }
  if (rowOwn !== NOWHERE) meet(rowOwn, rowSouth, rowCrossing)
  return { edges, from, to, height }
}

/** The height each basin fills to, m; −∞ outside, and where there is nothing to fill. */
export function spillLevels(dem: HeightMap, { basinOf, count }: Basins, watch: Watch = UNWATCHED): Float64Array {
  const { edges, from, to, height } = spillGraph(dem, basinOf, watch)
  const begin = new Uint32Array(count + 1)
  for (let e = 0; e < edges; e++) {
    begin[from[e]!]!++
    begin[to[e]!]!++
  }
  for (let basin = 0, sum = 0; basin <= count; basin++) {
    sum += begin[basin]!
    begin[basin] = sum
  }
  const edgesOf = new Uint32Array(2 * edges)
  for (let e = 0; e < edges; e++) {
    edgesOf[--begin[from[e]!]!] = e
    edgesOf[--begin[to[e]!]!] = e
  }

  const levels = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const isFilled = new Uint8Array(count)
  levels[NOWHERE] = levels[OUTSIDE_BASIN] = Number.NEGATIVE_INFINITY
  const waiting = byLevel()
  waiting.push(OUTSIDE_BASIN, Number.NEGATIVE_INFINITY)
  for (let basin = waiting.pop(); basin >= 0; basin = waiting.pop()) {
    if (isFilled[basin] === 1) continue
    isFilled[basin] = 1
    const level = levels[basin]!
    for (let place = begin[basin]!; place < begin[basin + 1]!; place++) {
      const e = edgesOf[place]!
      const other = from[e] === basin ? to[e]! : from[e]!
      const spill = Math.max(level, height[e]!)
      if (isFilled[other] === 1 || spill >= levels[other]!) continue
      levels[other] = spill
      waiting.push(other, spill)
    }
  }
  return levels
}

/** A heap of basins, lowest level first; −1 when empty. */
function byLevel() {
  let levels = new Float64Array(1024)
  let items = new Uint32Array(1024)
  let count = 0
  return {
    push(item: number, level: number): void {
      if (count === items.length) {
        levels = grown(levels)
        items = grown(items)
      }
      let slot = count++
      while (slot > 0) {
        const parent = (slot - 1) >> 1
        if (levels[parent]! <= level) break
        levels[slot] = levels[parent]!
        items[slot] = items[parent]!
        slot = parent
      }
      levels[slot] = level
      items[slot] = item
    },
    pop(): number {
      if (count === 0) return -1
      const top = items[0]!
      const level = levels[--count]!
      const item = items[count]!
      let slot = 0
      for (;;) {
        let child = 2 * slot + 1
        if (child >= count) break
        if (child + 1 < count && levels[child + 1]! < levels[child]!) child++
        if (levels[child]! >= level) break
        levels[slot] = levels[child]!
        items[slot] = items[child]!
        slot = child
      }
      levels[slot] = level
      items[slot] = item
      return top
    },
  }
}
