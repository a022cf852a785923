// Shapes of a made region: 122 counties that share their borders and make up a province, with three fifths of the square
// inside, and water bodies: lakes and reservoirs within one county each, and lakes across the border of two.
// Always holds: no two borders cross, no two water bodies touch; the same shapes at every size, in pixels of that size.

import type { Zone } from '../src/raster/index.ts'
import { dice, noiseRows } from './region-noise.ts'

/** Counties in a row and in a column of the lattice, and how many of them are the province. */
const SIDE = 13
export const COUNTIES = 122
/** Pieces of one border between two corners: 122 counties have 185 000 vertices. */
const PIECES = 380
/** Where the lattice begins, as a part of the edge. */
const INSET = 0.04

type Point = readonly [x: number, y: number]

/** Columns and rows of a grid of pixels to the coordinates of its files. */
export type Placing = (column: number, row: number) => Point

/** Places of the cells of the province on the lattice: the nearest to the middle, with three bays. */
function cells(): readonly Point[] {
  const far = ([i, j]: Point): number => {
    const [x, y] = [i - (SIDE - 1) / 2, j - (SIDE - 1) / 2]
    return x * x + y * y + (x * x * x - 3 * x * y * y) / 12 + dice(9, i, j) * 4
  }
  return Array.from({ length: SIDE * SIDE }, (_, z): Point => [z % SIDE, Math.floor(z / SIDE)])
    .sort((a, b) => far(a) - far(b))
    .slice(0, COUNTIES)
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
}

/** Borders run along a lattice and leave it by less than the way to the nearer corner, so that no two cross. */
export function counties(size: number, place: Placing): readonly Zone[] {
  const inset = size * INSET
  const step = (size - 2 * inset) / SIDE
  const at = (x: number, y: number): Point => place(inset + x, inset + y)
  const own = new Float64Array(PIECES)
  const bend = (seed: number): readonly number[] => {
    noiseRows(seed, PIECES / 4, 8, PIECES)(0, 0, PIECES, own)
    return Array.from({ length: PIECES }, (_, n) => {
      const t = n / PIECES
      return (2 * own[n]! - 1) * 0.6 * Math.min(t, 1 - t) * step
    })
  }
  const along = (i: number, j: number): readonly Point[] =>
    bend(2000 + 50 * i + j).map((off, n) => at((i + n / PIECES) * step, j * step + off))
  const down = (i: number, j: number): readonly Point[] =>
    bend(6000 + 50 * i + j).map((off, n) => at(i * step + off, (j + n / PIECES) * step))
  const back = (line: readonly Point[], end: Point): readonly Point[] => [end, ...line.slice(1).reverse()]
  return cells().map(([i, j], z) => {
    const ring = [
      ...along(i, j),
      ...down(i + 1, j),
      ...back(along(i, j + 1), at((i + 1) * step, (j + 1) * step)),
      ...back(down(i, j), at(i * step, (j + 1) * step)),
    ]
    return { id: String(1001 + z), polygons: [[[...ring, ring[0]!]]] }
  })
}

export interface WaterBody {
  readonly name: string
  readonly kind: 'lake' | 'reservoir'
  /** Middle, in columns and rows. */
  readonly middle: Point
  /** In columns and rows, closed. */
  readonly ring: readonly Point[]
}

/** Water bodies of a county, at most, and vertices of each. */
const BODIES = 4
const CORNERS = 48

/** Stars about the middles of quarters of counties, one in three a lake; beyond a county's border none reaches. */
export function waterBodies(size: number): readonly WaterBody[] {
  const inset = size * INSET
  const step = (size - 2 * inset) / SIDE
  return cells().flatMap(([i, j], z) =>
    Array.from({ length: BODIES }, (_, k): WaterBody => {
      const [x, y] = [i + 0.5 + 0.13 * ((k % 2) * 2 - 1), j + 0.5 + 0.13 * (Math.floor(k / 2) * 2 - 1)]
      const middle: Point = [inset + x * step, inset + y * step]
      const seed = 100 * z + k
      const kind = dice(seed, 1, 1) < 1 / 3 ? 'lake' : 'reservoir'
      const reach = step * (0.015 + 0.08 * dice(seed, 3, 5) * dice(seed, 8, 1))
      return { name: `${kind === 'lake' ? '湖' : '库'}${seed}`, kind, middle, ring: star(middle, reach, seed) }
    }),
  )
}

/** Small lakes about a corner of the lattice where counties meet, one county in six: too narrow to be types of the map. */
export function borderLakes(size: number): readonly WaterBody[] {
  const inset = size * INSET
  const step = (size - 2 * inset) / SIDE
  return cells().flatMap(([i, j], z): readonly WaterBody[] => {
    if (z % 6 !== 3) return []
    const middle: Point = [inset + i * step, inset + j * step]
    return [{ name: `界湖${z}`, kind: 'lake', middle, ring: star(middle, step * 0.012, 90_000 + z) }]
  })
}

/** A ring that is seen whole from its middle. */
function star(middle: Point, reach: number, seed: number): readonly Point[] {
  const radii = new Float64Array(CORNERS)
  noiseRows(seed, CORNERS / 4, 4, CORNERS)(0, 0, CORNERS, radii)
  const corner = (n: number): Point => {
    const r = reach * (0.6 + 0.4 * radii[n]!)
    // A square seen as a circle: sines are not the same on every machine.
    const t = (n / CORNERS) * 4
    const [u, side] = [(t % 1) * 2 - 1, Math.floor(t)]
    const long = Math.sqrt(1 + u * u)
    const [p, q] = [(u / long) * r, r / long]
    const turned: readonly Point[] = [
      [p, -q],
      [q, p],
      [-p, q],
      [-q, -p],
    ]
    return [middle[0] + turned[side]![0], middle[1] + turned[side]![1]]
  }
  const ring = Array.from({ length: CORNERS }, (_, n) => corner(n))
  return [...ring, ring[0]!]
}

/** Of a closed ring, in squares of its own units. */
export function ringArea(ring: readonly Point[]): number {
  let twice = 0
  for (let n = 1; n < ring.length; n++) twice += ring[n - 1]![0] * ring[n]![1] - ring[n]![0] * ring[n - 1]![1]
  return Math.abs(twice) / 2
}
