// Is a polygon fit to be drawn into pixels: closed, with an area, finite, and not crossing itself?
// Serves zones and watersheds. Always holds: whether edges cross is decided exactly, so that it does not depend on the
// order of the rings or the machine; rings that only touch are no fault, since that leaves every area definite.
// Method: Shamos and Hoey 1976, a line swept over the edges in the order of x, n log n for the edges of real borders.

import type { Polygon } from '../../core/exchange-formats/index.ts'

export type RingFaultKind = 'open' | 'few-points' | 'not-finite' | 'zero-area' | 'crosses'

export interface RingFault {
  readonly kind: RingFaultKind
  /** 0 is the first polygon of the feature, and its outer ring. */
  readonly polygon: number
  readonly ring: number
  /** In the coordinates of the layer; near the fault. */
  readonly at: readonly [x: number, y: number]
}

type Point = readonly [x: number, y: number]

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
  const pair = unsound ? undefined : findCrossing(edgesOf(polygons))
  if (!pair) return faults
  const [{ polygon, ring }] = pair
  // The halves of a bow cancel each other: its fault is the crossing.
  return [
    ...faults.filter((f) => f.polygon !== polygon || f.ring !== ring),
    { kind: 'crosses', polygon, ring, at: meeting(...pair) },
  ]
}

const pointOf = (p: readonly number[]): Point => [p[0]!, p[1]!]
const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]
/** By x, then by y. */
const before = (a: Point, b: Point): number =>
  a[0] !== b[0] ? (a[0] < b[0] ? -1 : 1) : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0

function ringFault(ring: readonly (readonly number[])[]): RingFaultKind | undefined {
  if (ring.some((p) => !Number.isFinite(p[0]) || !Number.isFinite(p[1]))) return 'not-finite'
  const points = ring.map(pointOf)
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 4) return 'few-points'
  if (!same(first, last)) return 'open'
  const corners = points.slice(1).filter((p, i) => !same(p, points[i]!))
  if (corners.length < 3) return 'few-points'
  // A ring without area runs on one line or back over itself: sums relative to its first point are exact enough.
  let area = 0
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    area += (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1])
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
export const crosses = (p: Edge, q: Edge): boolean =>
  turn(p.from, p.to, q.from) * turn(p.from, p.to, q.to) < 0 && turn(q.from, q.to, p.from) * turn(q.from, q.to, p.to) < 0

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

/** Above this share of the two products the float sign is certain (Shewchuk 1997, bound of orient2d). */
const SURE = 3.3306690738754716e-16

/** The side of c seen from a to b: positive is left, 0 exactly on the line. */
export function turn(a: Point, b: Point, c: Point): number {
  const left = (b[0] - a[0]) * (c[1] - a[1])
  const right = (b[1] - a[1]) * (c[0] - a[0])
  const det = left - right
  const bound = SURE * (Math.abs(left) + Math.abs(right))
  if (bound > 1e-290 && Math.abs(det) > bound) return det > 0 ? 1 : -1
  // Edges of a ring meet in their corners: no need to work that out.
  if (same(a, c) || same(b, c) || same(a, b)) return 0
  return exactTurn(a, b, c)
}

function exactTurn(a: Point, b: Point, c: Point): number {
  const parts = [...a, ...b, ...c].map(binary)
  const least = Math.min(...parts.map((p) => p.exponent))
  const [ax, ay, bx, by, cx, cy] = parts.map((p) => p.digits << BigInt(p.exponent - least)) as [bigint, bigint, bigint, bigint, bigint, bigint] // prettier-ignore
  const det = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  return det > 0n ? 1 : det < 0n ? -1 : 0
}

const word = new DataView(new ArrayBuffer(8))

/** A float as digits × 2^exponent. */
function binary(value: number): { readonly digits: bigint; readonly exponent: number } {
  word.setFloat64(0, value)
  const bits = word.getBigUint64(0)
  const power = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const digits = power === 0 ? fraction : fraction | 0x10000000000000n
  // Zero takes part with any exponent; the largest keeps the common one from falling.
  if (digits === 0n) return { digits, exponent: 1023 }
  return { digits: bits >> 63n ? -digits : digits, exponent: (power === 0 ? 1 : power) - 1075 }
}

/** Where two crossing edges meet, as a place to look at. */
function meeting(p: Edge, q: Edge): Point {
  const [dx, dy] = [p.to[0] - p.from[0], p.to[1] - p.from[1]]
  const [ex, ey] = [q.to[0] - q.from[0], q.to[1] - q.from[1]]
  const t = ((q.from[0] - p.from[0]) * ey - (q.from[1] - p.from[1]) * ex) / (dx * ey - dy * ex)
  return Number.isFinite(t) ? [p.from[0] + t * dx, p.from[1] + t * dy] : q.from
}
