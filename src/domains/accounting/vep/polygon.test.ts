// Areas on the ellipsoid against published constants, and boundaries that must be refused.

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { convert, dec, type Dec } from '../../../kernel/index.ts'
import { checkPolygon, polygonArea, zoneArea, type Polygon, type Ring } from './polygon.ts'

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const codes = (p: Polygon): readonly string[] => checkPolygon('U', p).map((x) => x.code)

/** Plain twin: the cell of two meridians and two parallels as a sum of thin strips M·N·cosφ·dφ·dλ, in floats. */
function cellByStrips(west: number, south: number, east: number, north: number): number {
  const a = 6378137
  const f = 1 / 298.257222101
  const e2 = f * (2 - f)
  const steps = 20_000
  const rad = Math.PI / 180
  let sum = 0
  for (let i = 0; i < steps; i++) {
    const lat = (south + ((north - south) * (i + 0.5)) / steps) * rad
    const w2 = 1 - e2 * Math.sin(lat) ** 2
    sum += ((a * a * (1 - e2)) / (w2 * w2)) * Math.cos(lat)
  }
  return ((sum * (north - south)) / steps) * rad * (east - west) * rad
}

const near = (have: Dec, want: number, relative: number): void =>
  expect(have.minus(want).abs().div(want).toNumber()).toBeLessThan(relative)

describe('area on the ellipsoid', () => {
  it('gives the whole ellipsoid of GRS 80 its published surface (Moritz 1980: sphere of equal area, R = 6371007.1810 m)', () => {
    const surface = zoneArea(dec(90)).times(2).times(dec(2).times('3.141592653589793238462643383279503'))
    near(surface, 4 * Math.PI * 6371007.181 ** 2, 1e-10)
  })

  it('gives the cell of one degree north of the equator 12 308.46 km²', () => {
    expect(convert(polygonArea([box(105, 0, 106, 1)]), 'km2').value.toFixed(2)).toBe('12308.46')
  })

  it('agrees with a plain sum of thin strips from the equator to the north', () => {
    for (const south of [3, 18, 27, 30, 45, 53])
      near(polygonArea([box(110, south, 111, south + 1)]).value, cellByStrips(110, south, 111, south + 1), 1e-8)
  })

  it('does not change when an edge is divided, when the ring runs the other way or starts elsewhere', () => {
    const whole = polygonArea([
      [
        [110, 27],
        [110.02, 27.01],
        [110.01, 27.03],
        [110, 27],
      ],
    ]).value
    const divided = polygonArea([
      [
        [110.01, 27.005],
        [110, 27],
        [110.01, 27.03],
        [110.02, 27.01],
        [110.01, 27.005],
      ],
    ]).value
    expect(divided.toFixed(2)).toBe(whole.toFixed(2))
  })

  it('adds up: two halves are the whole, and a hole is taken off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 4, max: 52 }), (cut, south) => {
        const at = 110 + cut / 100
        const whole = polygonArea([box(110, south, 111, south + 1)]).value
        const parts = polygonArea([box(110, south, at, south + 1)]).value.plus(
          polygonArea([box(at, south, 111, south + 1)]).value,
        )
        expect(parts.minus(whole).abs().toNumber()).toBeLessThanOrEqual(0.02)
      }),
      { numRuns: 20 },
    )
    const hole = polygonArea([box(110, 27, 110.1, 27.1), box(110.02, 27.02, 110.04, 27.04)]).value
    const expected = polygonArea([box(110, 27, 110.1, 27.1)]).value.minus(
      polygonArea([box(110.02, 27.02, 110.04, 27.04)]).value,
    )
    expect(hole.minus(expected).abs().toNumber()).toBeLessThanOrEqual(0.02)
  })
})

describe('a boundary', () => {
  it('is accepted when closed, simple and in China, with or without a hole', () => {
    expect(codes([box(110, 27, 110.1, 27.1)])).toEqual([])
    expect(codes([box(110, 27, 110.1, 27.1), box(110.02, 27.02, 110.04, 27.04)])).toEqual([])
  })

  it('is refused when open', () => {
    expect(codes([box(110, 27, 110.1, 27.1).slice(0, 4)])).toEqual(['vep.polygon-open'])
    expect(codes([])).toEqual(['vep.polygon-open'])
  })

  it('is refused when it crosses, touches or runs back over itself', () => {
    const bow: Ring = [
      [110, 27],
      [110.1, 27.1],
      [110.1, 27],
      [110, 27.1],
      [110, 27],
    ]
    const touch: Ring = [
      [110, 27],
      [110.2, 27],
      [110.2, 27.2],
      [110.1, 27],
      [110, 27.2],
      [110, 27],
    ]
    const spike: Ring = [
      [110, 27],
      [110.1, 27],
      [110.1, 27.1],
      [110.1, 27.3],
      [110.1, 27.1],
      [110, 27.1],
      [110, 27],
    ]
    for (const ring of [bow, touch, spike]) expect(codes([ring])).toEqual(['vep.polygon-crosses'])
    expect(codes([box(110, 27, 110.1, 27.1), box(110.05, 27.05, 110.2, 27.2)])).toEqual(['vep.polygon-crosses'])
  })

  it('is refused when latitude and longitude are swapped, or still metres', () => {
    expect(codes([box(27, 110, 27.1, 110.1)])).toEqual(['vep.polygon-place'])
    expect(codes([box(500_000, 3_000_000, 500_100, 3_000_100)])).toEqual(['vep.polygon-place'])
  })

  it('is refused when what is cut out lies outside, or when it is flat or endless', () => {
    expect(codes([box(110, 27, 110.1, 27.1), box(112, 27.02, 112.1, 27.04)])).toEqual(['vep.polygon-hole'])
    const flat: Ring = [
      [110, 27],
      [110.1, 27],
      [110.2, 27],
      [110, 27],
    ]
    expect(codes([flat])).toEqual(['vep.polygon-crosses'])
    const long: Ring = Array.from({ length: 6000 }, (_, i) => [110 + i / 1e6, 27] as const)
    expect(codes([long])).toEqual(['vep.polygon-long'])
  })
})
