// Which tiles a zone stands in: against a twin that looks at every pixel.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TILE, tilesOf } from '../grid.ts'
import { oneZoneTiles, zoneTiles } from './zone-tiles.ts'
import { zoneIndex } from './zone-index.ts'
import { box, planeGrid, star } from './zones.fixture.ts'

test('a tile holds the zones that have a pixel in it, and no other', () => {
  const side = fc.integer({ min: 1, max: 3 * TILE })
  const zone = fc.tuple(side, side, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 3, maxLength: 6 }))
  fc.assert(
    fc.property(side, side, fc.array(zone, { maxLength: 4 }), (width, height, stars) => {
      const grid = planeGrid(width, height)
      const zones = stars.map(([x, y, radii], i) => star(`z${i}`, [x, y], radii))
      const index = zoneIndex(zones, grid)
      const { zonesOf, tiles } = zoneTiles(index.plainRuns(), grid, zones.length)
      const met = [...tilesOf(grid)].map((window) => {
        const into = new Int32Array(window.width * window.height)
        index.read(window, into)
        return [...new Set(into)].filter((z) => z >= 0).sort()
      })
      expect(zonesOf.map((z) => [...z].sort())).toEqual(met)
      expect(tiles).toEqual(zones.map((_, z) => met.filter((m) => m.includes(z)).length))
    }),
    { numRuns: 25 },
  )
})

test('a grid that is one zone is what a zone around all of it says', () => {
  const grid = planeGrid(2 * TILE + 1, TILE)
  const around = zoneIndex([box('all', -1, -1, 2 * TILE + 2, TILE + 1)], grid)
  expect(oneZoneTiles(grid)).toEqual(zoneTiles(around.plainRuns(), grid, 1))
})
