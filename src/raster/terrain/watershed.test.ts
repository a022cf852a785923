// The land above a point and its outline; the youwuzhen basin as its publishers measured it.

import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { openGeoTiff } from '../geotiff/open-geotiff.ts'
import { d8 } from './d8.ts'
import { drainage, drainedPixels } from './drainage.ts'
import { fillDepressions } from './fill.ts'
import { surfaceOf } from './surface-of.ts'
import { polygonise, snapOutlet, watershed, type Ring } from './watershed.ts'

const DEM = '../shared/data/youwuzhen/dem30m.tif'
const grid = (width: number, height: number) => ({ width, height, west: 100, north: 50, dx: 2, dy: 3 })
const twiceArea = (ring: Ring): number =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0)

describe('outlines', () => {
  it('of a block with a hole are an outer ring and a hole, corners only, closed', () => {
    const mask = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1)
    expect(polygonise(mask, grid(3, 3))).toEqual([
      [
        [
          [100, 50],
          [100, 41],
          [106, 41],
          [106, 50],
          [100, 50],
        ],
        [
          [102, 44],
          [102, 47],
          [104, 47],
          [104, 44],
          [102, 44],
        ],
      ],
    ])
  })

  it('enclose exactly the pixels of any mask: outer rings counter-clockwise, holes clockwise, no corner left out', () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([w, h]) =>
        fc.tuple(fc.constant(w), fc.array(fc.integer({ min: 0, max: 1 }), { minLength: w * h, maxLength: w * h })),
      )
    fc.assert(
      fc.property(masks, ([width, cells]) => {
        const polygons = polygonise(Uint8Array.from(cells), grid(width, cells.length / width))
        let area = 0
        for (const [outer, ...holes] of polygons) {
          expect(twiceArea(outer!)).toBeGreaterThan(0)
          for (const hole of holes) expect(twiceArea(hole)).toBeLessThan(0)
          for (const ring of [outer!, ...holes]) {
            area += twiceArea(ring) / 2
            const corners = ring.slice(1).map(([x, y]) => `${x} ${y}`)
            expect(ring[0]).toEqual(ring.at(-1))
            expect(new Set(corners).size).toBe(corners.length)
          }
        }
        expect(area).toBeCloseTo(6 * cells.filter((c) => c === 1).length, 9)
      }),
    )
  })
})

describe('outlets', () => {
  it('are drawn to the pixel with the most water in reach, the nearest of equals', () => {
    const water = Float64Array.of(1, 9, 1, 1, 1, 1, 9, 1, 1)
    expect(snapOutlet(water, { width: 3, height: 3 }, [0, 0], 1)).toBe(1)
    expect(snapOutlet(water, { width: 3, height: 3 }, [1, 0], 2)).toBe(1)
    expect(snapOutlet(new Float64Array(9), { width: 3, height: 3 }, [0, 0], 3)).toBe(-1)
  })
})

describe('the basin of youwuzhen', () => {
  it.skipIf(!existsSync(DEM))('has 5.39 km² from its outlet (with the shared data)', () => {
    const file = openGeoTiff(bytesSource(readFileSync(DEM)), 'dem30m.tif')
    const datum = { id: 'other', name: 'd', ellipsoid: { a: 6378245, inverseFlattening: 298.3 } } as const
    const lines = { lon0: 117, lat0: 0, k0: 1, falseEasting: 39500000, falseNorthing: 0 }
    const dem = surfaceOf(file.band(1, { kind: 'transverse-mercator', datum, name: 'g', ...lines }))
    const net = drainage(d8(fillDepressions(dem)))
    const { west, north, dx, dy } = file.place
    const outlet = [Math.floor((39444813.9 - west) / dx), Math.floor((north - 2840490.8) / dy)] as const
    const pixels = (reach: number) =>
      watershed(net, snapOutlet(drainedPixels(net), dem, outlet, reach)).reduce((sum, inside) => sum + inside, 0)
    expect((pixels(0) * 900) / 1e6).toBeCloseTo(5.389, 1)
    expect((pixels(2) * 900) / 1e6).toBeCloseTo(5.389, 3)
  })
})
