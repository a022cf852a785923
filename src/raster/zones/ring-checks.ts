// Is a polygon fit to be drawn into pixels: closed, with an area, finite, and not crossing itself?
// Serves zones and watersheds. Always holds: whether edges cross is decided exactly, so that it does not depend on the
// order of the rings or the machine; rings that only touch are no fault, since that leaves every area definite.
// Method: that none cross, as is usual, by a search among near edges; else Shamos and Hoey 1976, a line swept over the edges in
// the order of x, n log n for the edges of real borders.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { mayCross } from './crossing-search.ts'
import { crossesAt, same, turn, type Point } from './turn.ts'

export type RingFaultKind = 'open' | 'few-points' | 'not-finite' | 'zero-area' | 'crosses'

export interface RingFault {
  readonly kind: RingFaultKind
  /** 0 is the first polygon of the feature, and its outer ring. */
  readonly polygon: number
  readonly ring: number
  /** In the coordinates of the layer; near the fault. */
  readonly at: readonly [x: number, y: number]
}

/** An edge from left to right; of a vertical one from below. */
export interface Edge {
  readonly from: Point
  readonly to: Point
  readonly polygon: number
  readonly ring: number
}

/** The faults of one feature: all of its rings, and the first crossing where the rings are sound. */
export function checkPolygon(polygons: readonly Polygon[]): readonly RingFault[] {
  const faults: RingFault[] = []
  polygons.forEach((rings, polygon) =>
    rings.forEach((points, ring) => {
      const kind = ringFault(points)
      if (kind) faults.push({ kind, polygon, ring, at: pointOf(points[0] ?? [NaN, NaN]) })
    }),
  )
  const unsound = faults.some((f) => f.kind !== 'zero-area')
  const pair = unsound || !mayCross(polygons) ? undefined : findCrossing(edgesOf(polygons))
  if (!pair) return faults
  const [{ polygon, ring }] = pair
  // The halves of a bow cancel each other: its fault is the crossing.
  return [
    ...faults.filter((f) => f.polygon !== polygon || f.ring !== ring),
    { kind: 'crosses', polygon, ring, at: meeting(...pair) },
  ]
}

const pointOf = (p: readonly number[]): Point => [p[0]!, p[1]!]
/** By x, then by y. */
const before = (a: Point, b: Point): number =>
  a[0] !== b[0] ? (a[0] < b[0] ? -1 : 1) : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0

function ringFault(ring: readonly (readonly number[])[]): RingFaultKind | undefined {
  let corners = 0
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i]!
    if (!Number.isFinite(p[0]) || !Number.isFinite(p[1])) return 'not-finite'
    if (i > 0 && (p[0] !== ring[i - 1]![0] || p[1] !== ring[i - 1]![1])) corners++
  }
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last || ring.length < 4) return 'few-points'
  if (first[0] !== last[0] || first[1] !== last[1]) return 'open'
  if (corners < 3) return 'few-points'
  // A ring without area runs on one line or back over itself: sums relative to its first point are exact enough.
  const [x, y] = pointOf(first)
  let area = 0
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1]!
    const b = ring[i]!
    area += (a[0]! - x) * (b[1]! - y) - (b[0]! - x) * (a[1]! - y)
  }
  return area === 0 ? 'zero-area' : undefined
}

/** The edges of all rings without those of no length. */
export function edgesOf(polygons: readonly Polygon[]): readonly Edge[] {
  return polygons.flatMap((rings, polygon) =>
    rings.flatMap((points, ring) =>
      points.slice(1).flatMap((q, i): Edge[] => {
        const [a, b] = [pointOf(points[i]!), pointOf(q)]
        if (same(a, b)) return []
        const [from, to] = before(a, b) < 0 ? [a, b] : [b, a]
        return [{ from, to, polygon, ring }]
      }),
    ),
  )
}

/** Whether two edges cross at a point inside both. */
export const crosses = (p: Edge, q: Edge): boolean => crossesAt(p.from, p.to, q.from, q.to)

/** A pair of edges that cross, or none where none do. */
export function findCrossing(edges: readonly Edge[]): readonly [Edge, Edge] | undefined {
  const events = edges.flatMap((edge) => [{ at: edge.from, edge, starts: 1 }, { at: edge.to, edge, starts: 0 }]) // prettier-ignore
  // At one point edges end before others begin: so two edges of a ring never meet in the list by their common corner.
  events.sort((a, b) => before(a.at, b.at) || a.starts - b.starts)
  const active: Edge[] = []
  const check = (i: number): readonly [Edge, Edge] | undefined => {
    const [low, high] = [active[i], active[i + 1]]
    return low && high && crosses(low, high) ? [low, high] : undefined
  }
  for (const { edge, starts } of events) {
    const i = starts ? placeOf(edge, active) : indexOf(edge, active)
    if (starts) active.splice(i, 0, edge)
    else active.splice(i, 1)
    const found = check(i - 1) ?? (starts ? check(i) : undefined)
    if (found) return found
  }
  return undefined
}

/** Where a beginning edge goes: behind all that lie below its left end, and below its right end where they touch. */
function placeOf(edge: Edge, active: readonly Edge[]): number {
  let [low, high] = [0, active.length]
  while (low < high) {
    const mid = (low + high) >> 1
    const other = active[mid]!
    const side = turn(other.from, other.to, edge.from) || turn(other.from, other.to, edge.to)
    if (side < 0) high = mid
    else low = mid + 1
  }
  return low
}

/** Looks first where the right end of the edge belongs, then around it: edges may touch there. */
function indexOf(edge: Edge, active: readonly Edge[]): number {
  let [low, high] = [0, active.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if (turn(active[mid]!.from, active[mid]!.to, edge.to) > 0) low = mid + 1
    else high = mid
  }
  for (let step = 0; step <= active.length; step++) {
    if (active[low + step] === edge) return low + step
    if (active[low - step] === edge) return low - step
  }
  throw new Error('an edge that ends was never begun')
}

/** Where two crossing edges meet, as a place to look at. */
function meeting(p: Edge, q: Edge): Point {
  const [dx, dy] = [p.to[0] - p.from[0], p.to[1] - p.from[1]]
  const [ex, ey] = [q.to[0] - q.from[0], q.to[1] - q.from[1]]
  const t = ((q.from[0] - p.from[0]) * ey - (q.from[1] - p.from[1]) * ex) / (dx * ey - dy * ex)
  return Number.isFinite(t) ? [p.from[0] + t * dx, p.from[1] + t * dy] : q.from
}
