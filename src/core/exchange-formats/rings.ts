// Loose rings → polygons with their holes. Serves formats that write rings one after the other and tell an outer ring from
// a hole by its direction alone. Always holds: every ring comes out exactly once, outer rings in their first order.

import type { Polygon, Ring } from './vector-layer.ts'

interface Placed {
  readonly ring: Ring
  /** Twice the area, positive where the ring runs counter-clockwise. */
  readonly area: number
  readonly box: readonly [number, number, number, number]
}

/** Clockwise rings are outer. Where a feature has none, every second ring from outside in is a hole.
 *  `stray`: a hole lies in no outer ring and became a polygon of its own. */
export function polygonsOfRings(rings: readonly Ring[]): {
  readonly polygons: readonly Polygon[]
  readonly stray: boolean
} {
  if (rings.length === 1) return { polygons: [rings], stray: false }
  const placed = rings.map((ring): Placed => ({ ring, area: doubleArea(ring), box: boxOf(ring) }))
  const clockwise = placed.filter((r) => r.area <= 0)
  const outers = clockwise.length > 0 ? clockwise : placed.filter((r) => around(r, placed).length % 2 === 0)
  const isOuter = new Set(outers)
  const holes = new Map<Placed, Ring[]>(outers.map((o) => [o, []]))
  const alone: Placed[] = []
  for (const hole of placed) {
    if (isOuter.has(hole)) continue
    const [home] = around(hole, outers).sort((a, b) => Math.abs(a.area) - Math.abs(b.area))
    if (home) holes.get(home)!.push(hole.ring)
    else alone.push(hole)
  }
  return {
    polygons: [...outers.map((o) => [o.ring, ...holes.get(o)!]), ...alone.map((o) => [o.ring])],
    stray: alone.length > 0,
  }
}

/** The rings that contain this one. */
const around = (inner: Placed, among: readonly Placed[]): Placed[] =>
  among.filter(
    (o) =>
      o !== inner &&
      boxInside(inner.box, o.box) &&
      Math.abs(o.area) > Math.abs(inner.area) &&
      contains(o.ring, inner.ring),
  )

function doubleArea(ring: Ring): number {
  // Relative to the first position: far from the origin the products would lose the area.
  const [x0, y0] = ring[0] as [number, number]
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1]!, ring[i]!]
    sum += (a[0]! - x0) * (b[1]! - y0) - (b[0]! - x0) * (a[1]! - y0)
  }
  return sum
}

function boxOf(ring: Ring): readonly [number, number, number, number] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    x0 = Math.min(x0, x!)
    y0 = Math.min(y0, y!)
    x1 = Math.max(x1, x!)
    y1 = Math.max(y1, y!)
  }
  return [x0, y0, x1, y1]
}

const boxInside = (a: Placed['box'], b: Placed['box']): boolean =>
  a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]

/** By the first position of the inner ring that is not on the outer one; rings may touch. */
function contains(outer: Ring, inner: Ring): boolean {
  for (const p of inner) {
    const side = sideOf(p, outer)
    if (side !== 'on') return side === 'in'
  }
  return true
}

function sideOf(p: readonly number[], ring: Ring): 'in' | 'on' | 'out' {
  const [x, y] = p as readonly [number, number]
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as readonly [number, number]
    const [bx, by] = ring[i] as readonly [number, number]
    const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (turn === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by))
      return 'on'
    if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside
  }
  return inside ? 'in' : 'out'
}
