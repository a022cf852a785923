// The projections against numbers of PROJ 9.1 (printed to the micrometre), and their laws on random places.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { BEIJING1954, CGCS2000, WGS84 } from './datums.ts'
import { crsFromEpsg, fromLonLat, sameCrs, toLonLat, transformer, type Crs } from './index.ts'

const base = { name: '', lat0: 0, falseEasting: 0, falseNorthing: 0 }
const ALBERS: Crs = { ...base, kind: 'albers', datum: CGCS2000, lon0: 105, parallel1: 25, parallel2: 47 }
const LAMBERT: Crs = {
  ...base,
  kind: 'lambert-conformal',
  datum: CGCS2000,
  lon0: 105,
  lat0: 10,
  parallel1: 30,
  parallel2: 62,
  k0: 1,
  falseEasting: 1000,
  falseNorthing: 2000,
}
const LAMBERT_ONE: Crs = {
  ...LAMBERT,
  lat0: 35,
  parallel1: 35,
  parallel2: 35,
  k0: 0.9995,
  falseEasting: 0,
  falseNorthing: 0,
}
const WEB: Crs = { kind: 'web-mercator', datum: WGS84, name: '' }

const PLACES = [
  [114, 30],
  [117.5, 25.7],
  [110.123456789, 40.987654321],
  [119.9, 18.2],
  [105, 35],
  [108, 53],
] as const

/** Coordinates of the places above. */
const PUBLISHED: readonly (readonly [string, Crs, readonly (readonly [number, number])[]])[] = [
  [
    'CGCS2000 / 3-degree Gauss–Krüger zone 38',
    crsFromEpsg(4526)!,
    [
      [38500000, 3320113.397845],
      [38851434.525479, 2848257.587304],
      [38173750.331507, 4546447.191775],
      [39125026.571942, 2023194.791305],
      [37677247.599798, 3911837.840082],
      [38097380.187868, 5891483.173372],
    ],
  ],
  [
    'Beijing 1954 / 3-degree Gauss–Krüger zone 39',
    crsFromEpsg(2415)!,
    [
      [39210469.668904, 3323964.539102],
      [39550186.563336, 2843744.456869],
      [38921128.821836, 4562125.836559],
      [39806887.734683, 2015581.396561],
      [38401789.735821, 3941200.84913],
      [38896447.23424, 5912716.274798],
    ],
  ],
  [
    'UTM zone 49S',
    crsFromEpsg(32749)!,
    [
      [789409.653236, 13322575.904385],
      [1153027.62869, 12858570.848828],
      [426267.212684, 14537756.518934],
      [1444188.080284, 12035349.209889],
      [-47854.310026, 13889532.061897],
      [298694.199954, 15876481.140055],
    ],
  ],
  [
    'Albers',
    ALBERS,
    [
      [856822.514387, 3210503.333561],
      [1248797.383167, 2770316.696466],
      [424271.068739, 4422280.176369],
      [1609791.737235, 1990764.39209],
      [0, 3734810.818187],
      [208270.283189, 5746060.371791],
    ],
  ],
  [
    'Lambert with two parallels',
    LAMBERT,
    [
      [867478.245224, 2411993.946046],
      [1278308.628658, 1982503.303836],
      [417116.103027, 3570835.707736],
      [1684783.481054, 1171264.89799],
      [1000, 2911044.607558],
      [195681.117662, 4846681.190746],
    ],
  ],
  [
    'Lambert with one parallel',
    LAMBERT_ONE,
    [
      [869998.883841, -515674.393431],
      [1266720.208208, -955528.048387],
      [433153.337938, 676618.583393],
      [1634804.448677, -1764192.85338],
      [0, 0],
      [212582.671701, 2038093.451453],
    ],
  ],
  [
    'the map of the web',
    WEB,
    [
      [12690421.950433, 3503549.843504],
      [13080040.16821, 2961971.853324],
      [12258887.134147, 5010520.84952],
      [13347206.946114, 2060971.525703],
      [11688546.533294, 4163881.144064],
      [12022505.005674, 6982997.92039],
    ],
  ],
]

describe.each(PUBLISHED)('%s', (_, crs, expected) => {
  const [there, back] = [fromLonLat(crs), toLonLat(crs)]
  const out = new Float64Array(2)

  test('agrees with PROJ within a tenth of a millimetre both ways', () => {
    for (const [i, [lon, lat]] of PLACES.entries()) {
      const [x, y] = expected[i]!
      there(lon, lat, out)
      expect(Math.abs(out[0]! - x), `x of ${lon}, ${lat}`).toBeLessThan(1e-4)
      expect(Math.abs(out[1]! - y), `y of ${lon}, ${lat}`).toBeLessThan(1e-4)
      back(x, y, out)
      expect(Math.abs(out[0]! - lon)).toBeLessThan(1e-9)
      expect(Math.abs(out[1]! - lat)).toBeLessThan(1e-9)
    }
  })

  test('comes back to the place it started from, anywhere in China', () => {
    const china = fc.tuple(fc.double({ min: 98, max: 125, noNaN: true }), fc.double({ min: 3, max: 54, noNaN: true }))
    fc.assert(
      fc.property(china, ([lon, lat]) => {
        there(lon, lat, out)
        back(out[0]!, out[1]!, out)
        expect(Math.abs(out[0]! - lon)).toBeLessThan(1e-11)
        expect(Math.abs(out[1]! - lat)).toBeLessThan(1e-11)
      }),
    )
  })
})

test('UTM of the southern half of the earth agrees with PROJ', () => {
  const out: [number, number] = [0, 0]
  fromLonLat(crsFromEpsg(32749)!)(108, -30, out)
  expect(out[0]).toBeCloseTo(210590.346764, 4)
  expect(out[1]).toBeCloseTo(6677424.095615, 4)
})

test('cones open to the south mirror those open to the north', () => {
  for (const north of [ALBERS, LAMBERT, LAMBERT_ONE]) {
    if (north.kind !== 'albers' && north.kind !== 'lambert-conformal') throw new Error('a cone')
    const south: Crs = {
      ...north,
      lat0: -north.lat0,
      parallel1: -north.parallel1,
      parallel2: -north.parallel2,
      falseNorthing: -north.falseNorthing,
    }
    const [a, b, c]: [number, number][] = [
      [0, 0],
      [0, 0],
      [0, 0],
    ] as [number, number][]
    fromLonLat(north)(113, 28, a!)
    fromLonLat(south)(113, -28, b!)
    expect(b![0]).toBeCloseTo(a![0], 6)
    expect(b![1]).toBeCloseTo(-a![1], 6)
    toLonLat(south)(b![0], b![1], c!)
    expect(c![0]).toBeCloseTo(113, 10)
    expect(c![1]).toBeCloseTo(-28, 10)
  }
})

test('Albers keeps areas: small squares of degrees have the area of their parallels', () => {
  const there = fromLonLat(ALBERS)
  const corner = (lon: number, lat: number): [number, number] => {
    const out: [number, number] = [0, 0]
    there(lon, lat, out)
    return out
  }
  fc.assert(
    fc.property(
      fc.double({ min: 75, max: 134, noNaN: true }),
      fc.double({ min: 5, max: 52, noNaN: true }),
      (lon, lat) => {
        const h = 0.01
        // On an equal-area map the determinant of the derivatives is a² (1 − e²) cos φ / (1 − e² sin² φ)².
        const [e1, w1, n1, s1] = [
          corner(lon + h, lat),
          corner(lon - h, lat),
          corner(lon, lat + h),
          corner(lon, lat - h),
        ]
        const determinant = ((e1[0] - w1[0]) * (n1[1] - s1[1]) - (e1[1] - w1[1]) * (n1[0] - s1[0])) / (4 * h * h)
        const f = 1 / CGCS2000.ellipsoid.inverseFlattening
        const e2 = f * (2 - f)
        const phi = (lat * Math.PI) / 180
        const truth =
          ((6378137 ** 2 * (1 - e2) * Math.cos(phi)) / (1 - e2 * Math.sin(phi) ** 2) ** 2) * (Math.PI / 180) ** 2
        expect(Math.abs(determinant / truth - 1)).toBeLessThan(1e-7)
      },
    ),
  )
})

test('two maps of one datum meet without longitude and latitude in between being seen', () => {
  const out = new Float64Array(2)
  transformer(crsFromEpsg(4526)!, crsFromEpsg(32650)!)(38500000, 3320113.397845, out)
  const direct = new Float64Array(2)
  fromLonLat(crsFromEpsg(32650)!)(114, 30, direct)
  expect(Math.abs(out[0]! - direct[0]!)).toBeLessThan(1e-3)
  expect(Math.abs(out[1]! - direct[1]!)).toBeLessThan(1e-3)
})

test('nothing is shifted between datums: Beijing 1954 to CGCS2000 is refused with both names', () => {
  expect(() => transformer(crsFromEpsg(2415)!, crsFromEpsg(4490)!)).toThrow(ProblemError)
  expect(() => transformer(crsFromEpsg(2415)!, crsFromEpsg(4490)!)).toThrow(
    /raster\.datum-differs.*Beijing 1954.*CGCS2000/,
  )
  expect(() => transformer(crsFromEpsg(4326)!, crsFromEpsg(4490)!)).not.toThrow()
})

test('a place a quarter turn from the meridian is not on a transverse Mercator map', () => {
  const out: [number, number] = [0, 0]
  fromLonLat(crsFromEpsg(4526)!)(-70, 30, out)
  expect(out).toEqual([NaN, NaN])
})

test('the axis of Beijing 1954 is not that of CGCS2000', () => {
  const other: Crs = { ...crsFromEpsg(2415)!, datum: CGCS2000 }
  expect(sameCrs(other, crsFromEpsg(2415)!)).toBe(false)
  expect(sameCrs(other, crsFromEpsg(4527)!)).toBe(true)
  expect(BEIJING1954.ellipsoid.a).toBe(6378245)
})
