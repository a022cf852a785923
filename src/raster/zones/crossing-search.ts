// Whether any two edges of a feature cross, by looking at those that come near each other: edges in the cells of a grid, each
// compared with its neighbours. Serves the check of rings, which then finds which two. Always holds: where it says no, no pair
// of edges crosses; where edges crowd in few cells it says that they may.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { crossesAt } from './turn.ts'

/** Places in cells an edge may take on average, and comparisons: beyond them the sweep is quicker. */
const MOST_PLACES = 16
const MOST_PAIRS = 400

/** @param polygons rings that are closed and finite */
export function mayCross(polygons: readonly Polygon[]): boolean {
  const edges = flatEdges(polygons)
  const { count, x0, y0, x1, y1 } = edges
  if (count < 3) return false
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let e = 0; e < count; e++) {
    west = Math.min(west, x0[e]!, x1[e]!)
    east = Math.max(east, x0[e]!, x1[e]!)
    south = Math.min(south, y0[e]!, y1[e]!)
    north = Math.max(north, y0[e]!, y1[e]!)
  }
  const side = Math.ceil(Math.sqrt(count))
  // Growing with the coordinate, so that edges that share a point share a cell, however it is rounded.
  const column = placeOn(west, east, side)
  const row = placeOn(south, north, side)
  // Cells of each edge: from its left and lower one to its right and upper one.
  const cells = new Int32Array(4 * count)
  const start = new Int32Array(side * side + 1)
  let places = 0
  for (let e = 0; e < count; e++) {
    const isRight = x0[e]! <= x1[e]!
    const isUp = y0[e]! <= y1[e]!
    const left = column(isRight ? x0[e]! : x1[e]!)
    const right = column(isRight ? x1[e]! : x0[e]!)
    const low = row(isUp ? y0[e]! : y1[e]!)
    const high = row(isUp ? y1[e]! : y0[e]!)
    places += (right - left + 1) * (high - low + 1)
    if (places > MOST_PLACES * count) return true
    cells[4 * e] = left
    cells[4 * e + 1] = right
    cells[4 * e + 2] = low
    cells[4 * e + 3] = high
    for (let r = low; r <= high; r++) for (let c = left; c <= right; c++) start[r * side + c + 1]!++
  }
  for (let cell = 0; cell < side * side; cell++) start[cell + 1]! += start[cell]!
  const list = new Int32Array(places)
  const next = start.slice()
  for (let e = 0; e < count; e++)
    for (let r = cells[4 * e + 2]!; r <= cells[4 * e + 3]!; r++)
      for (let c = cells[4 * e]!; c <= cells[4 * e + 1]!; c++) list[next[r * side + c]!++] = e
  let pairs = MOST_PAIRS * count
  for (let cell = 0; cell < side * side; cell++) {
    const end = start[cell + 1]!
    const own = end - start[cell]!
    pairs -= own * own
    if (pairs < 0) return true
    for (let i = start[cell]!; i < end; i++)
      for (let j = i + 1; j < end; j++) if (doCross(edges, list[i]!, list[j]!)) return true
  }
  return false
}

interface FlatEdges {
  readonly count: number
  readonly x0: Float64Array
  readonly y0: Float64Array
  readonly x1: Float64Array
  readonly y1: Float64Array
}

/** Without those of no length. */
function flatEdges(polygons: readonly Polygon[]): FlatEdges {
  let corners = 0
  for (const rings of polygons) for (const ring of rings) corners += ring.length
  const [x0, y0, x1, y1] = Array.from({ length: 4 }, () => new Float64Array(corners)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let count = 0
  for (const rings of polygons)
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const p = ring[i - 1]!
        const q = ring[i]!
        if (p[0] === q[0] && p[1] === q[1]) continue
        x0[count] = p[0]!
        y0[count] = p[1]!
        x1[count] = q[0]!
        y1[count++] = q[1]!
      }
  return { count, x0, y0, x1, y1 }
}

function placeOn(from: number, to: number, steps: number): (x: number) => number {
  const scale = to > from ? steps / (to - from) : 0
  return Number.isFinite(scale) ? (x) => Math.min(steps - 1, Math.floor((x - from) * scale)) : () => 0
}

function doCross({ x0, y0, x1, y1 }: FlatEdges, p: number, q: number): boolean {
  const [px, py, pu, pv] = [x0[p]!, y0[p]!, x1[p]!, y1[p]!]
  const [qx, qy, qu, qv] = [x0[q]!, y0[q]!, x1[q]!, y1[q]!]
  if ((px < qx && px < qu && pu < qx && pu < qu) || (px > qx && px > qu && pu > qx && pu > qu)) return false
  if ((py < qy && py < qv && pv < qy && pv < qv) || (py > qy && py > qv && pv > qy && pv > qv)) return false
  // A common end is no crossing, nor is what lies on one line.
  if ((px === qx && py === qy) || (px === qu && py === qv) || (pu === qx && pv === qy) || (pu === qu && pv === qv))
    return false
  return crossesAt([px, py], [pu, pv], [qx, qy], [qu, qv])
}
