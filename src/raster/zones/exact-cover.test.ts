// The exact cover of pixels against a plain twin that clips the polygon to each pixel (Sutherland and Hodgman).

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tilesOf, type Grid } from '../grid.ts'
import type { Zone } from './edge-table.ts'
import { exactCover } from './exact-cover.ts'
import { box, planeGrid, star, zoneOf, type XY } from './zones.fixture.ts'

function sharesOf(zone: Zone, grid: Grid): Float64Array {
  const cover = exactCover([zone], grid)
  const all = new Float64Array(grid.width * grid.height)
  const tile = new Float64Array(256 * 256)
  for (const w of tilesOf(grid)) {
    if (cover.zonesIn(w).length === 0) continue
    cover.read(0, w, tile)
    for (let r = 0; r < w.height; r++)
      all.set(tile.subarray(r * w.width, (r + 1) * w.width), (w.row + r) * grid.width + w.col)
  }
  return all
}

const area = (ring: readonly XY[]): number =>
  ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length]!
    return sum + (p[0] * q[1] - q[0] * p[1]) / 2
  }, 0)

/** Keeps the part of a ring where `signed` is positive. */
function clip(ring: readonly XY[], signed: (p: XY) => number): readonly XY[] {
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const [a, b] = [signed(p), signed(q)]
    const cut: XY = [p[0] + ((q[0] - p[0]) * a) / (a - b), p[1] + ((q[1] - p[1]) * a) / (a - b)]
    return [...(a >= 0 ? [p] : []), ...(a >= 0 !== b >= 0 ? [cut] : [])]
  })
}

function clippedArea(ring: readonly XY[], west: number, south: number, east: number, north: number): number {
  const inside = [
    (p: XY) => p[0] - west,
    (p: XY) => east - p[0],
    (p: XY) => p[1] - south,
    (p: XY) => north - p[1],
  ].reduce(clip, ring)
  return Math.abs(area(inside))
}

const ringOf = (zone: Zone, r = 0): readonly XY[] => zone.polygons[0]![r]!.map((p): XY => [p[0]!, p[1]!])
const radii = fc.array(fc.double({ min: 0.05, max: 14, noNaN: true }), { minLength: 3, maxLength: 14 })
const centre = fc.tuple(
  fc.double({ min: -3, max: 15, noNaN: true }),
  fc.double({ min: -3, max: 13, noNaN: true }),
) as fc.Arbitrary<XY>

it('gives each pixel the share that clipping the polygon to it gives', () => {
  fc.assert(
    fc.property(centre, radii, (c, r) => {
      const zone = star('z', c, r)
      const shares = sharesOf(zone, planeGrid(12, 10))
      const off = shares.map((share, i) => {
        const [col, row] = [i % 12, Math.floor(i / 12)]
        return Math.abs(share - clippedArea(ringOf(zone), col, 9 - row, col + 1, 10 - row))
      })
      expect(Math.max(...off)).toBeLessThan(1e-9)
    }),
  )
})

it('adds up to polygon area ÷ pixel area, whichever way the ring runs and whatever the pixel', () => {
  fc.assert(
    fc.property(radii, fc.double({ min: 0.3, max: 7, noNaN: true }), fc.boolean(), (r, cell, turn) => {
      const zone = star('z', [20, 20], r)
      const grid = planeGrid(Math.ceil(40 / cell), Math.ceil(40 / cell), cell, 0, 40)
      const ring = ringOf(zone)
      const turned = { id: 'z', polygons: [[turn ? [...ring].reverse() : ring]] }
      const sum = sharesOf(turned, grid).reduce((a, b) => a + b, 0)
      const expected = Math.abs(area(ring)) / (cell * cell)
      expect(Math.abs(sum - expected)).toBeLessThan(1e-9 * (1 + expected))
    }),
  )
})

it('leaves holes out, and shares of neighbours add up to one', () => {
  const outer: XY[] = [
    [0.3, 0.3],
    [7.7, 0.3],
    [7.7, 7.7],
    [0.3, 7.7],
  ]
  const hole: XY[] = [
    [2.25, 2.25],
    [5.5, 2.25],
    [4, 6.5],
  ]
  const grid = planeGrid(8, 8)
  const [a, b] = [sharesOf(zoneOf('a', outer, hole), grid), sharesOf(zoneOf('b', hole), grid)]
  const whole = sharesOf(zoneOf('c', outer), grid)
  whole.forEach((share, i) => expect(a[i]! + b[i]!).toBeCloseTo(share, 12))
})

it('gives whole pixels exactly 1 and pixels beyond exactly 0, over many tiles', () => {
  const shares = sharesOf(box('a', 100.5, 10, 580, 300.25), planeGrid(600, 310))
  const kinds = new Map<number, number>()
  shares.forEach((s) => kinds.set(s, (kinds.get(s) ?? 0) + 1))
  expect(kinds).toEqual(
    new Map([
      [0, 600 * 310 - 480 * 291],
      [0.5, 290],
      [1, 479 * 290],
      [0.25, 479],
      [0.125, 1],
    ]),
  )
})
