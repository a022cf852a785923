// Straight edges under a transformation of the plane become curves. Where the curve leaves its chord by more than
// 0.01 pixel of the target grid, the edge is split, so that the zone on the grid is the zone that was drawn.
// Always holds: an edge that two polygons share is split at the same places in both.

import { ProblemError } from '../../kernel/index.ts'
import type { Polygon } from '../../core/exchange-formats/index.ts'
import type { Grid } from '../grid.ts'
import { problem } from './problems.ts'

/** In pixels of the target grid. */
const TOLERANCE = 0.01
/** An edge over half the earth is cut into less than 2^20 pieces at any pixel size in use. */
const MAX_DEPTH = 20

export type ToGrid = (x: number, y: number) => readonly [x: number, y: number]

/** Polygons under any transformation of the plane. @throws ProblemError `raster.zone-outside-projection` */
export function bendPolygons(polygons: readonly Polygon[], grid: Grid, toGrid: ToGrid): readonly Polygon[] {
  const place = (x: number, y: number): readonly [number, number] => {
    const [px, py] = toGrid(x, y)
    if (Number.isFinite(px) && Number.isFinite(py)) return [px, py]
    throw new ProblemError(problem('raster.zone-outside-projection', { x, y, crs: grid.crs.name }))
  }
  return polygons.map((polygon) => polygon.map((ring) => bendRing(ring, grid, place)))
}

type Position = readonly [number, number]

function bendRing(ring: Polygon[number], grid: Grid, place: ToGrid): readonly Position[] {
  const bent: Position[] = []
  const split = (a: Position, b: Position, pa: Position, pb: Position, depth: number): void => {
    const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    const middle = place(mx, my)
    // A curve can swing through the middle of its chord: the quarters are looked at as well.
    const bends = leaves(middle, pa, pb, grid) || quarters(a, b, pa, pb, grid, place)
    if (!bends || depth >= MAX_DEPTH) return
    split(a, [mx, my], pa, middle, depth + 1)
    bent.push(middle)
    split([mx, my], b, middle, pb, depth + 1)
  }
  const first = ring[0]
  if (!first) return bent
  let a: Position = [first[0]!, first[1]!]
  let pa = place(a[0], a[1])
  bent.push(pa)
  for (let i = 1; i < ring.length; i++) {
    const b: Position = [ring[i]![0]!, ring[i]![1]!]
    const pb = place(b[0], b[1])
    split(a, b, pa, pb, 0)
    bent.push(pb)
    a = b
    pa = pb
  }
  return bent
}

/** Whether the place of an edge's middle lies off the middle of the chord. */
const leaves = (middle: Position, pa: Position, pb: Position, grid: Grid): boolean =>
  Math.abs(middle[0] - (pa[0] + pb[0]) / 2) > TOLERANCE * grid.dx ||
  Math.abs(middle[1] - (pa[1] + pb[1]) / 2) > TOLERANCE * grid.dy

/** Whether a quarter lies off the chord. */
function quarters(a: Position, b: Position, pa: Position, pb: Position, grid: Grid, place: ToGrid): boolean {
  const off = (p: Position, q: Position, pp: Position, pq: Position): boolean => {
    const [x, y] = place((3 * p[0] + q[0]) / 4, (3 * p[1] + q[1]) / 4)
    return (
      Math.abs(x - (3 * pp[0] + pq[0]) / 4) > TOLERANCE * grid.dx ||
      Math.abs(y - (3 * pp[1] + pq[1]) / 4) > TOLERANCE * grid.dy
    )
  }
  return off(a, b, pa, pb) || off(b, a, pb, pa)
}
