// A quick answer to the commonest question of a village: do two neighbours that share a border share any area? Serves
// overlaps, of which an import of 100 000 parcels asks some 400 000.
// Always holds: `true` is certain; `false` only means that the overlay must look. If two areas share area, then a piece of one
// border lies inside the other area, or both run along an edge in the same direction; where borders meet in common corners
// only, an edge lies inside, outside, or on the other border as a whole, and its middle tells.

import { side } from './noding.ts'
import { boxesMeet, boxOf, areaShape, toStep, type Box, type Polygons } from './shape.ts'

export interface PreparedArea {
  readonly polygons: Polygons
  readonly box: Box
  /** ax, ay, bx, by of every edge in steps. */
  readonly edges: Float64Array
}

const NOWHERE: Box = { west: 1, south: 1, east: -1, north: -1 }

export function prepareArea(polygons: Polygons): PreparedArea {
  const rings = polygons.flat()
  const edges = new Float64Array(4 * rings.reduce((n, r) => n + Math.max(0, r.length - 1), 0))
  let n = 0
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      edges[n++] = toStep(ring[i - 1]![0]!)
      edges[n++] = toStep(ring[i - 1]![1]!)
      edges[n++] = toStep(ring[i]![0]!)
      edges[n++] = toStep(ring[i]![1]!)
    }
  return { polygons, box: boxOf(areaShape(polygons)) ?? NOWHERE, edges }
}

/** Whether two tidy areas share no area, for certain. */
export function surelyApart(a: PreparedArea, b: PreparedArea): boolean {
  if (!boxesMeet(a.box, b.box)) return true
  const [west, south] = [Math.max(a.box.west, b.box.west), Math.max(a.box.south, b.box.south)]
  const [east, north] = [Math.min(a.box.east, b.box.east), Math.min(a.box.north, b.box.north)]
  if (west === east || south === north) return true
  const common = [toStep(west), toStep(south), toStep(east), toStep(north)] as const
  const [near, others] = [edgesIn(a.edges, common), edgesIn(b.edges, common)]
  const sharedA = new Set<number>()
  const sharedB = new Set<number>()
  for (const i of near)
    for (const j of others) {
      const how = meeting(a.edges, i, b.edges, j)
      if (how === 'look') return false
      if (how === 'shared') {
        sharedA.add(i)
        sharedB.add(j)
      }
    }
  const outside = (
    of: Float64Array,
    edges: readonly number[],
    shared: ReadonlySet<number>,
    area: Float64Array,
  ): boolean => edges.every((i) => shared.has(i) || !isInside(of[i]! + of[i + 2]!, of[i + 1]! + of[i + 3]!, area))
  return outside(a.edges, near, sharedA, b.edges) && outside(b.edges, others, sharedB, a.edges)
}

function edgesIn(
  e: Float64Array,
  [west, south, east, north]: readonly [number, number, number, number],
): readonly number[] {
  const found: number[] = []
  for (let i = 0; i < e.length; i += 4)
    if (
      Math.max(e[i]!, e[i + 2]!) >= west &&
      Math.min(e[i]!, e[i + 2]!) <= east &&
      Math.max(e[i + 1]!, e[i + 3]!) >= south &&
      Math.min(e[i + 1]!, e[i + 3]!) <= north
    )
      found.push(i)
  return found
}

/** `shared`: the same edge, run in opposite directions, as neighbours do. */
function meeting(p: Float64Array, i: number, q: Float64Array, j: number): 'apart' | 'shared' | 'look' {
  const [ax, ay, bx, by] = [p[i]!, p[i + 1]!, p[i + 2]!, p[i + 3]!]
  const [cx, cy, dx, dy] = [q[j]!, q[j + 1]!, q[j + 2]!, q[j + 3]!]
  if (ax === dx && ay === dy && bx === cx && by === cy) return 'shared'
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return 'apart'
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return 'apart'
  const c = side(ax, ay, bx, by, cx, cy)
  const d = side(ax, ay, bx, by, dx, dy)
  if (c === d && c !== 0) return 'apart'
  const a = side(cx, cy, dx, dy, ax, ay)
  const b = side(cx, cy, dx, dy, bx, by)
  if (a === b && a !== 0) return 'apart'
  const common =
    (ax === cx && ay === cy) || (ax === dx && ay === dy) || (bx === cx && by === cy) || (bx === dx && by === dy)
  // Meeting in one common corner at an angle is no overlap by itself; all else the overlay decides.
  return common && !(c === 0 && d === 0) ? 'apart' : 'look'
}

/** Whether a place in half steps lies inside; only asked of places that are on no edge. */
function isInside(x: number, y: number, edges: Float64Array): boolean {
  let inside = false
  for (let i = 0; i < edges.length; i += 4) {
    const [ay, by] = [2 * edges[i + 1]!, 2 * edges[i + 3]!]
    if (ay <= y === by <= y) continue
    const turn = side(2 * edges[i]!, ay, 2 * edges[i + 2]!, by, x, y)
    if (by > ay ? turn > 0 : turn < 0) inside = !inside
  }
  return inside
}
