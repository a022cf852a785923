// Areas on the ellipsoid against published ones and against a plain double integral.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaM2, haOfM2, lengthM, muOfM2, ringAreaM2 } from './area.ts'
import { areaShape, type Ring } from './shape.ts'

test('are those of GeographicLib, edges cut as fine as it takes to make them straight in degrees', () => {
  // geographiclib-geodesic 2.2 on a = 6378137, f = 1/298.257222101, every edge in 1000 geodesics (the third extrapolated).
  const known: readonly (readonly [Ring, number, number])[] = [
    [[[112.5, 28.5], [112.505, 28.501], [112.5045, 28.5052], [112.501, 28.5061], [112.4985, 28.503], [112.5, 28.5]], 303262.4389, 0.001], // prettier-ignore
    [[[109.72, 27.31], [109.72021, 27.31002], [109.72019, 27.31018], [109.71998, 27.31015], [109.72, 27.31]], 362.4906, 0.001], // prettier-ignore
    [
      [
        [110, 26],
        [111.5, 26.2],
        [111.2, 27.4],
        [110.1, 27.1],
        [110, 26],
      ],
      16766994689.664,
      0.1,
    ],
    [
      [
        [112, 28],
        [113, 28],
        [113, 29],
        [112, 29],
        [112, 28],
      ],
      10850336759.05,
      1,
    ],
  ]
  for (const [ring, m2, within] of known) expect(Math.abs(areaM2(areaShape([[ring]])) - m2)).toBeLessThan(within)
})

test('the whole earth is as large as published: 510 065 621.7 km²', () => {
  const half: Ring = [[0, -90], [180, -90], [180, 90], [0, 90], [0, -90]] // prettier-ignore
  expect(2 * ringAreaM2(half)).toBeCloseTo(510065621718491, -2)
})

/** The double integral of M · N · cos φ by Simpson's rule, with the engine's own functions. */
function plainArea(ring: Ring): number {
  const [a, f, rad] = [6378137, 1 / 298.257222101, Math.PI / 180]
  const e2 = f * (2 - f)
  const density = (lat: number): number =>
    (a * a * (1 - e2) * Math.cos(lat * rad)) / (1 - e2 * Math.sin(lat * rad) ** 2) ** 2
  const low = Math.min(...ring.map((p) => p[1]!))
  const simpson = (g: (t: number) => number, n: number): number =>
    Array.from({ length: n + 1 }, (_, i) => (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * g(i / n)).reduce((s, v) => s + v, 0) / (3 * n) // prettier-ignore
  const under = (lat: number): number => (lat - low) * rad * simpson((t) => density(low + t * (lat - low)), 8)
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [p, q] = [ring[i - 1]!, ring[i]!]
    sum -= (q[0]! - p[0]!) * rad * simpson((t) => under(p[1]! + t * (q[1]! - p[1]!)), 8)
  }
  return sum
}

test('are those of a plain double integral, to a hundredth of a square metre for a parcel', () => {
  const ring = fc
    .tuple(
      fc.double({ min: 75, max: 134, noNaN: true }),
      fc.double({ min: 4, max: 53, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: -0.02, max: 0.02, noNaN: true }), fc.double({ min: -0.02, max: 0.02, noNaN: true })), { minLength: 3, maxLength: 9 }), // prettier-ignore
    )
    .map(([x, y, moves]): Ring => {
      const places = moves.map(([dx, dy]) => [x + dx, y + dy])
      return [...places, places[0]!]
    })
  fc.assert(fc.property(ring, (r) => void expect(Math.abs(ringAreaM2(r) - plainArea(r))).toBeLessThan(0.01)))
})

test('15 亩 are a hectare, and a degree of the equator is 111 319.49 m long', () => {
  expect(haOfM2(10000)).toBe(1)
  expect(muOfM2(10000)).toBe(15)
  expect(lengthM([[110, 0], [111, 0]])).toBeCloseTo(111319.4908, 3) // prettier-ignore
})
