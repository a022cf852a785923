// Zones by cell centre: against a point-in-polygon twin, at edges, overlaps and grids of many tiles.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tilesOf, type Grid } from '../grid.ts'
import type { Zone } from './edge-table.ts'
import { zoneIndex } from './zone-index.ts'
import { box, planeGrid, star, zoneOf, type XY } from './zones.fixture.ts'

/** The whole grid, read tile by tile. */
function zonesOf(zones: readonly Zone[], grid: Grid): Int32Array {
  const index = zoneIndex(zones, grid)
  const all = new Int32Array(grid.width * grid.height)
  const tile = new Int32Array(256 * 256)
  for (const w of tilesOf(grid)) {
    index.read(w, tile)
    for (let r = 0; r < w.height; r++)
      all.set(tile.subarray(r * w.width, (r + 1) * w.width), (w.row + r) * grid.width + w.col)
  }
  return all
}

/** The plain twin: a ray to the east counts edges; valid where the centre is on no edge. */
function holds(zone: Zone, x: number, y: number): boolean {
  let inside = false
  for (const ring of zone.polygons.flat())
    for (let i = 1; i < ring.length; i++) {
      const [x0, y0, x1, y1] = [ring[i - 1]![0]!, ring[i - 1]![1]!, ring[i]![0]!, ring[i]![1]!]
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
    }
  return inside
}

const radii = fc.array(fc.double({ min: 0.1, max: 40, noNaN: true }), { minLength: 3, maxLength: 12 })
const centre = fc.tuple(
  fc.double({ min: -10, max: 50, noNaN: true }),
  fc.double({ min: -10, max: 50, noNaN: true }),
) as fc.Arbitrary<XY>

it('gives each pixel the first zone that holds its centre, as a point-in-polygon twin does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(centre, radii), { minLength: 1, maxLength: 4 }), (stars) => {
      const grid = planeGrid(40, 30)
      const zones = stars.map(([c, r], i) => star(`z${i}`, c, r))
      const twin = Array.from({ length: 40 * 30 }, (_, i) =>
        zones.findIndex((z) => holds(z, (i % 40) + 0.5, 30 - Math.floor(i / 40) - 0.5)),
      )
      expect([...zonesOf(zones, grid)]).toEqual(twin)
    }),
  )
})

it('leaves holes out and takes islands in holes', () => {
  const ring = (a: number, b: number): readonly XY[] => [
    [a, a],
    [b, a],
    [b, b],
    [a, b],
  ]
  const zones: Zone[] = [
    { id: 'a', polygons: [...zoneOf('', ring(0, 9), ring(2, 7)).polygons, ...zoneOf('', ring(4, 5)).polygons] },
  ]
  const index = zoneIndex(zones, planeGrid(9, 9))
  expect(index.pixels[0]).toBe(81 - 25 + 1)
})

it('gives a centre that lies exactly on a shared edge to exactly one neighbour', () => {
  // Edges through pixel centres, level, upright and diagonal.
  const zones = [
    zoneOf('w', [
      [0, 0],
      [4.5, 0],
      [4.5, 4.5],
      [0, 9],
    ]),
    zoneOf('n', [
      [0, 9],
      [4.5, 4.5],
      [9, 4.5],
      [9, 9],
    ]),
    box('e', 4.5, 0, 9, 4.5),
  ]
  const index = zoneIndex(zones, planeGrid(9, 9))
  expect(index.overlaps).toEqual([])
  expect(index.pixels.reduce((a, b) => a + b)).toBe(81)
  expect([...zonesOf([...zones].reverse(), planeGrid(9, 9))].map((z) => 2 - z)).toEqual([
    ...zonesOf(zones, planeGrid(9, 9)),
  ])
})

it('tiles the plane without gap or overlap when irregular neighbours share their edges', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 })), {
        minLength: 36,
        maxLength: 36,
      }),
      (shifts) => {
        // A lattice of 5 × 5 quadrilaterals over the grid whose inner corners are moved about on half pixels.
        const corner = (i: number, j: number): XY => {
          const [sx, sy] = i % 5 === 0 || j % 5 === 0 ? [0, 0] : shifts[j * 6 + i]!
          return [i * 20 + sx / 2, j * 20 + sy / 2]
        }
        const zones = Array.from({ length: 25 }, (_, k) => {
          const [i, j] = [k % 5, Math.floor(k / 5)]
          const ring = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
          return zoneOf(`z${k}`, k % 2 === 0 ? ring : ring.reverse())
        })
        const index = zoneIndex(zones, planeGrid(100, 100))
        expect(index.overlaps).toEqual([])
        expect(index.pixels.reduce((a, b) => a + b)).toBe(10_000)
      },
    ),
    { numRuns: 50 },
  )
})

it('tells overlapping zones with the pixels they share and where, and gives them to the first', () => {
  const zones = [box('a', 0, 0, 6, 6), box('b', 4, 4, 9, 9), box('c', 5, 5, 6, 6)]
  const index = zoneIndex(zones, planeGrid(10, 10))
  expect(index.overlaps).toEqual([
    { first: 'a', second: 'b', pixels: 4, firstPixel: [4, 4] },
    { first: 'a', second: 'c', pixels: 1, firstPixel: [5, 4] },
  ])
  expect([...index.pixels]).toEqual([36, 21, 0])
  expect(index.empty).toEqual(['c'])
  expect(index.problems.map((p) => p.code)).toEqual(['raster.zones-overlap', 'raster.zones-overlap'])
  expect(index.problems[0]!.at).toEqual({ pixel: [4, 4] })
})

it('tells the largest overlaps one by one and the rest in one line', () => {
  const zones = Array.from({ length: 13 }, (_, i) => box(`z${i}`, 0, 0, 13 - i, 13))
  const { problems, overlaps } = zoneIndex(zones, planeGrid(13, 13))
  expect(overlaps).toHaveLength(12)
  expect(problems).toHaveLength(11)
  expect(problems[0]).toMatchObject({ values: { first: 'z0', second: 'z1', pixels: 12 * 13 } })
  expect(problems[10]).toMatchObject({ code: 'raster.zones-overlap-more', values: { pairs: 2, pixels: 3 * 13 } })
})

it('names zones without a cell centre: too small, off the grid, without polygons', () => {
  const zones = [box('small', 1.6, 1.6, 2.4, 2.4), box('far', 100, 100, 120, 120), { id: 'none', polygons: [] }]
  const index = zoneIndex([...zones, box('one', 3, 3, 4, 4)], planeGrid(8, 8))
  expect(index.empty).toEqual(['small', 'far', 'none'])
  expect([...index.pixels]).toEqual([0, 0, 0, 1])
})

it('works over many tiles with zones far larger than the grid, in windows of any place', () => {
  const grid = planeGrid(700, 600)
  const zones = [box('west', -1e9, -1e9, 301.2, 1e9), box('east', 301.2, -1e9, 1e9, 1e9)]
  const all = zonesOf(zones, grid)
  expect(all.indexOf(1)).toBe(301)
  expect([...zoneIndex(zones, grid).pixels]).toEqual([301 * 600, 399 * 600])
  const slanted = [star('s', [350, 300], [500, 90, 300, 20, 400])]
  const whole = zonesOf(slanted, grid)
  const into = new Int32Array(50 * 300)
  zoneIndex(slanted, grid).read({ col: 330, row: 200, width: 50, height: 300 }, into)
  const cut = Array.from({ length: 50 * 300 }, (_, i) => whole[(200 + Math.floor(i / 50)) * 700 + 330 + (i % 50)])
  expect([...into]).toEqual(cut)
})

it('takes three-dimensional positions as two-dimensional ones (peer case Z5)', () => {
  const flat = box('a', 1, 1, 5, 5)
  const raised = { id: 'a', polygons: flat.polygons.map((p) => p.map((r) => r.map((q) => [...q, 99]))) }
  expect(zonesOf([raised], planeGrid(8, 8))).toEqual(zonesOf([flat], planeGrid(8, 8)))
})
