// The twin is the plain way: every ring is cut anew for every row, and every column counts the cuts to its left.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Crs, Grid } from '../../../raster/index.ts'
import { crossings, type Ring } from './map-frame.ts'
import { pixelsInRings } from './pixels-in-rings.ts'

const crs = { kind: 'web-mercator' } as Crs
const grid: Grid = { crs, west: 100, north: 50, dx: 2.5, dy: 1.5, width: 13, height: 11 }

function plain(rings: readonly Ring[], row: number): number[] {
  const y = grid.north - (row + 0.5) * grid.dy
  const cuts = rings.map((r) => crossings(r, y))
  return Array.from({ length: grid.width }, (_, col) => {
    const x = grid.west + (col + 0.5) * grid.dx
    return cuts.some((c) => c.filter((at) => at <= x).length % 2 === 1) ? 1 : 0
  })
}

// Corners often fall on middles of pixels and on one another.
const corner = fc.tuple(
  fc.integer({ min: -4, max: 30 }).map((k) => grid.west + k * 1.25),
  fc.integer({ min: -4, max: 26 }).map((k) => grid.north - k * 0.75),
)
const rings = fc.array(fc.array(corner, { minLength: 3, maxLength: 9 }), { maxLength: 4 })

it('agrees with cutting every ring for every row, pixel by pixel', () => {
  fc.assert(
    fc.property(rings, (some) => {
      const row = pixelsInRings(grid, some)
      for (let r = 0; r < grid.height; r++) expect([...row(r)]).toEqual(plain(some, r))
    }),
  )
})
