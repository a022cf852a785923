// Areas of pixels and the shift of internet maps.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Grid } from '../grid.ts'
import { crsFromEpsg, fromLonLat, gcj02ToWgs84, pixelAreas, wgs84ToGcj02 } from './index.ts'

const degrees = (code: number, step: number, north: number, west = -180): Grid => ({
  width: Math.round(360 / step),
  height: Math.round(180 / step),
  west,
  north,
  dx: step,
  dy: step,
  crs: crsFromEpsg(code)!,
})

describe('areas of pixels', () => {
  test('the pixels of the whole earth are the surface of the ellipsoid', () => {
    const areas = pixelAreas(degrees(4490, 0.5, 90))
    let sum = 0
    for (let row = 0; row < 360; row++) sum += areas(row) * 720
    // 2πa² (1 + (1 − e²)/e · artanh e) of GRS 80.
    expect(Math.abs(sum / 510065621718491 - 1)).toBeLessThan(1e-12)
  })

  test('a square of one degree below 30° N has the area that summing thin strips gives', () => {
    // ∫ a² (1 − e²) cos φ ÷ (1 − e² sin² φ)² dφ dλ over WGS 84, 20 000 strips.
    expect(Math.abs(pixelAreas(degrees(4326, 1, 30))(0) / 10748000427.3567 - 1)).toBeLessThan(1e-9)
  })

  test('small pixels agree with width times height of their middle', () => {
    const step = 1 / 3600
    fc.assert(
      fc.property(fc.double({ min: -80, max: 80, noNaN: true }), (north) => {
        const phi = ((north - step / 2) * Math.PI) / 180
        const e2 = 0.0066943799901413165
        const w = 1 - e2 * Math.sin(phi) ** 2
        const rad = (step * Math.PI) / 180
        const truth = ((6378137 ** 2 * (1 - e2) * Math.cos(phi)) / w ** 2) * rad * rad
        expect(Math.abs(pixelAreas(degrees(4326, step, north))(0) / truth - 1)).toBeLessThan(1e-7)
      }),
    )
  })

  test('on a projected map they are width times height, on the map of the web the ground they stand for', () => {
    const metres: Grid = { ...degrees(4526, 1, 3400000), dx: 30, dy: 20 }
    expect(pixelAreas(metres)(7)).toBe(600)
    const out: [number, number] = [0, 0]
    fromLonLat(crsFromEpsg(3857)!)(0, 60, out)
    const web: Grid = { ...degrees(3857, 1, out[1]), dx: 10, dy: 10 }
    // Scale 2 at 60° N in both directions, but for the flattening.
    expect(pixelAreas(web)(0)).toBeGreaterThan(24.9)
    expect(pixelAreas(web)(0)).toBeLessThan(25.3)
  })
})

describe('GCJ-02', () => {
  test('there and back is the same place within 1e-9 degrees, anywhere in China', () => {
    const place = fc.tuple(
      fc.double({ min: 73.6, max: 135, noNaN: true }),
      fc.double({ min: 18, max: 53.5, noNaN: true }),
    )
    fc.assert(
      fc.property(place, ([lon, lat]) => {
        const shifted = wgs84ToGcj02(lon, lat)
        const back = gcj02ToWgs84(...shifted)
        expect(Math.abs(back[0] - lon)).toBeLessThan(1e-9)
        expect(Math.abs(back[1] - lat)).toBeLessThan(1e-9)
        const metres = Math.hypot((shifted[0] - lon) * Math.cos((lat * Math.PI) / 180), shifted[1] - lat) * 111320
        expect(metres).toBeGreaterThan(20)
        expect(metres).toBeLessThan(1200)
      }),
    )
  })

  test('outside the box around China nothing moves', () => {
    expect(wgs84ToGcj02(-25.5, 37.8)).toEqual([-25.5, 37.8])
    expect(gcj02ToWgs84(139.7, 35.7)).toEqual([139.7, 35.7])
  })

  test('the Tiananmen gate moves as all open programs move it', () => {
    const [lon, lat] = wgs84ToGcj02(116.3912757, 39.906217)
    expect(lon).toBeCloseTo(116.3975, 3)
    expect(lat).toBeCloseTo(39.9076, 3)
  })
})
