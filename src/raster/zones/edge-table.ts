// The edges of all zones in columns and rows of a grid, bucketed by rows of tiles: what both rules of zones
// (cell centre, exact cover) are made from. Memory is edges, not pixels.
// Always holds: an edge shared by two zones has the same numbers in both, whichever way its ring runs.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { TILE, type Grid } from '../grid.ts'

/** Polygons in the coordinate system of the grid, outer ring first, then holes. */
export interface Zone {
  readonly id: string
  readonly polygons: readonly Polygon[]
}

export interface EdgeTable {
  /** Upper end (x0, y0) and lower end (x1, y1) in pixels from the grid's upper left corner; y0 < y1. */
  readonly x0: Float64Array
  readonly y0: Float64Array
  readonly x1: Float64Array
  readonly y1: Float64Array
  /** +1 where the zone lies east of the edge, −1 where it lies west, if rings do not cross themselves. */
  readonly side: Int8Array
  readonly zone: Int32Array
  /** Edges that touch a row of tiles, in order of zones. */
  edgesOf(tileRow: number): Int32Array
}

export function edgeTable(zones: readonly Zone[], grid: Grid): EdgeTable {
  let rings = 0
  for (const zone of zones) for (const polygon of zone.polygons) for (const ring of polygon) rings += ring.length
  const x0 = new Float64Array(rings)
  const y0 = new Float64Array(rings)
  const x1 = new Float64Array(rings)
  const y1 = new Float64Array(rings)
  const side = new Int8Array(rings)
  const zoneOf = new Int32Array(rings)
  let n = 0

  const addRing = (ring: Polygon[number], zone: number, isHole: boolean): void => {
    const xs = ring.map((p) => (p[0]! - grid.west) / grid.dx)
    const ys = ring.map((p) => (grid.north - p[1]!) / grid.dy)
    const inward = (doubleArea(xs, ys) > 0 ? 1 : -1) * (isHole ? -1 : 1)
    for (let i = 0; i < ring.length; i++) {
      const j = i + 1 === ring.length ? 0 : i + 1
      const down = ys[j]! > ys[i]!
      const [top, bottom] = down ? [i, j] : [j, i]
      if (ys[top] === ys[bottom] || ys[bottom]! <= 0 || ys[top]! >= grid.height) continue
      x0[n] = xs[top]!
      y0[n] = ys[top]!
      x1[n] = xs[bottom]!
      y1[n] = ys[bottom]!
      side[n] = down ? -inward : inward
      zoneOf[n] = zone
      n++
    }
  }
  zones.forEach((zone, z) => zone.polygons.forEach((polygon) => polygon.forEach((ring, r) => addRing(ring, z, r > 0))))

  const tileRows = Math.ceil(grid.height / TILE)
  const firstOf = (e: number): number => Math.max(0, Math.floor(y0[e]! / TILE))
  const lastOf = (e: number): number => Math.min(tileRows - 1, Math.floor(y1[e]! / TILE))
  const start = new Int32Array(tileRows + 1)
  for (let e = 0; e < n; e++) for (let t = firstOf(e); t <= lastOf(e); t++) start[t + 1]!++
  for (let t = 0; t < tileRows; t++) start[t + 1]! += start[t]!
  const list = new Int32Array(start[tileRows]!)
  const next = start.slice()
  for (let e = 0; e < n; e++) for (let t = firstOf(e); t <= lastOf(e); t++) list[next[t]!++] = e
  return { x0, y0, x1, y1, side, zone: zoneOf, edgesOf: (t) => list.subarray(start[t], start[t + 1]) }
}

/** Twice the signed area; positive where the ring runs clockwise on the screen (y counts down). */
function doubleArea(xs: readonly number[], ys: readonly number[]): number {
  let area = 0
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    area += (xs[j]! - xs[0]!) * (ys[i]! - ys[0]!) - (xs[i]! - xs[0]!) * (ys[j]! - ys[0]!)
  return area
}
