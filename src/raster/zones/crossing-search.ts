// Whether any two edges of a feature cross, by looking at those that come near each other: edges that run on to one side (east,
// west, north or south) cannot cross among themselves, so that a border is cut into such chains and only chains whose boxes meet are
// looked into.
// Serves the check of rings, which then finds which two. Always holds: where it says no, no pair of edges crosses; where boxes crowd it
// says that they may.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { crossesAt } from './turn.ts'

/** Longer chains have boxes that meet more others. */
const MOST_EDGES = 16
/** Comparisons an edge on average: beyond them the sweep is quicker. */
const MOST_PAIRS = 400

/** @param polygons rings that are closed and finite */
export function mayCross(polygons: readonly Polygon[]): boolean {
  const { x, y, chains, count } = chainsOf(polygons)
  const { first, last, west, east, south, north } = chains
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => west[a]! - west[b]!)
  let pairs = MOST_PAIRS * (x.length + 1)
  for (let i = 0; i < count; i++) {
    const a = order[i]!
    for (let j = i + 1; j < count && west[order[j]!]! <= east[a]!; j++) {
      const b = order[j]!
      if (--pairs < 0) return true
      if (south[a]! > north[b]! || south[b]! > north[a]!) continue
      for (let p = first[a]!; p < last[a]!; p++) {
        if (isBeside(x, y, p, west[b]!, east[b]!, south[b]!, north[b]!)) continue
        pairs -= last[b]! - first[b]!
        for (let q = first[b]!; q < last[b]!; q++) if (doCross(x, y, p, q)) return true
      }
    }
  }
  return false
}

interface Chains {
  /** Their first corner, and their last. */
  readonly first: Int32Array
  readonly last: Int32Array
  readonly west: Float64Array
  readonly east: Float64Array
  readonly south: Float64Array
  readonly north: Float64Array
}

/** All corners one after the other, and the chains. Nothing is taken apart by patterns here: until the loop is compiled that costs
 *  as much as all else. */
function chainsOf(polygons: readonly Polygon[]): {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly chains: Chains
  readonly count: number
} {
  let corners = 0
  for (const rings of polygons) for (const ring of rings) corners += ring.length
  const [x, y, west, east, south, north] = Array.from({ length: 6 }, () => new Float64Array(corners)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const first = new Int32Array(corners)
  const last = new Int32Array(corners)
  let [corner, count] = [0, 0]
  for (const rings of polygons)
    for (const ring of rings) {
      const start = corner
      for (const p of ring) {
        x[corner] = p[0]!
        y[corner++] = p[1]!
      }
      for (let from = start; from + 1 < corner; count++) {
        let w = x[from]!
        let e = w
        let s = y[from]!
        let n = s
        // A step straight along one axis goes with either way of the other.
        let isEast = true
        let isWest = true
        let isNorth = true
        let isSouth = true
        let to = from
        for (const end = Math.min(corner - 1, from + MOST_EDGES); to < end; to++) {
          const u = x[to + 1]! - x[to]!
          const v = y[to + 1]! - y[to]!
          // Of two finite numbers that differ the difference is never 0.
          if (u < 0) isEast = false
          else if (u > 0) isWest = false
          if (v < 0) isNorth = false
          else if (v > 0) isSouth = false
          if (!isEast && !isWest && !isNorth && !isSouth) break
          w = Math.min(w, x[to + 1]!)
          e = Math.max(e, x[to + 1]!)
          s = Math.min(s, y[to + 1]!)
          n = Math.max(n, y[to + 1]!)
        }
        first[count] = from
        last[count] = to
        west[count] = w
        east[count] = e
        south[count] = s
        north[count] = n
        from = to
      }
    }
  return { x, y, chains: { first, last, west, east, south, north }, count }
}

/** Whether the edge from corner p lies outside a box altogether. */
const isBeside = (
  x: Float64Array,
  y: Float64Array,
  p: number,
  west: number,
  east: number,
  south: number,
  north: number,
) =>
  (x[p]! < west && x[p + 1]! < west) ||
  (x[p]! > east && x[p + 1]! > east) ||
  (y[p]! < south && y[p + 1]! < south) ||
  (y[p]! > north && y[p + 1]! > north)

/** Whether the edges from corners p and q cross. */
function doCross(x: Float64Array, y: Float64Array, p: number, q: number): boolean {
  const px = x[p]!
  const py = y[p]!
  const pu = x[p + 1]!
  const pv = y[p + 1]!
  const qx = x[q]!
  const qy = y[q]!
  const qu = x[q + 1]!
  const qv = y[q + 1]!
  if ((px < qx && px < qu && pu < qx && pu < qu) || (px > qx && px > qu && pu > qx && pu > qu)) return false
  if ((py < qy && py < qv && pv < qy && pv < qv) || (py > qy && py > qv && pv > qy && pv > qv)) return false
  // A common end is no crossing, nor is what lies on one line.
  if ((px === qx && py === qy) || (px === qu && py === qv) || (pu === qx && pv === qy) || (pu === qu && pv === qv))
    return false
  return crossesAt([px, py], [pu, pv], [qx, qy], [qu, qv])
}
