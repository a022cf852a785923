// Coordinate systems by EPSG code: the geographic systems, Gauss–Krüger zones and UTM that Chinese maps come in.
// Zones follow rules, so the table holds ranges; every code of every range was compared with the EPSG registry.

import { BEIJING1954, CGCS2000, NAD83, WGS84, XIAN1980, datumOfCode } from './datums.ts'
import type { Crs, Datum, TransverseMercator } from './model.ts'

interface Zones {
  readonly first: number
  readonly last: number
  readonly datum: Datum
  /** Width of a zone in degrees. */
  readonly width: 3 | 6
  /** With the number of the zone in front of the easting (38 500 000), or without (500 000). */
  readonly numbered: boolean
}
const gaussKrueger = (
  datum: Datum,
  ...ranges: readonly (readonly [first: number, last: number, width: 3 | 6, numbered: boolean])[]
): Zones[] => ranges.map(([first, last, width, numbered]) => ({ first, last, datum, width, numbered }))

/** All ranges begin at 75° E and end at 135° E. */
const GAUSS_KRUEGER: readonly Zones[] = [
  ...gaussKrueger(
    CGCS2000,
    [4491, 4501, 6, true],
    [4502, 4512, 6, false],
    [4513, 4533, 3, true],
    [4534, 4554, 3, false],
  ),
  ...gaussKrueger(BEIJING1954, [21413, 21423, 6, true], [21453, 21463, 6, false], [21473, 21483, 6, false]),
  ...gaussKrueger(BEIJING1954, [2401, 2421, 3, true], [2422, 2442, 3, false]),
  ...gaussKrueger(
    XIAN1980,
    [2327, 2337, 6, true],
    [2338, 2348, 6, false],
    [2349, 2369, 3, true],
    [2370, 2390, 3, false],
  ),
]

const UTM: readonly {
  readonly before: number
  readonly zones: number
  readonly datum: Datum
  readonly south: boolean
}[] = [
  { before: 32600, zones: 60, datum: WGS84, south: false },
  { before: 32700, zones: 60, datum: WGS84, south: true },
  { before: 26900, zones: 23, datum: NAD83, south: false },
]

/** Undefined where the code is not one of ours. */
export function crsFromEpsg(code: number): Crs | undefined {
  if (code === 3857) return { kind: 'web-mercator', datum: WGS84, name: 'WGS 84 / Pseudo-Mercator', epsg: code }
  const geographic = code > 4000 && code < 5000 ? datumOfCode(code) : undefined
  if (geographic) return { kind: 'geographic', datum: geographic, name: geographic.name, epsg: code }
  const gk = GAUSS_KRUEGER.find((z) => code >= z.first && code <= z.last)
  if (gk) return gaussKruegerZone(gk, code)
  const utm = UTM.find((u) => code > u.before && code <= u.before + u.zones)
  return utm && { ...utmZone(utm.datum, code - utm.before, utm.south), epsg: code }
}

function gaussKruegerZone(zones: Zones, code: number): TransverseMercator {
  const lon0 = 75 + zones.width * (code - zones.first)
  const number = zones.width === 3 ? lon0 / 3 : (lon0 + 3) / 6
  const width = zones.width === 3 ? '3-degree ' : ''
  return {
    kind: 'transverse-mercator',
    datum: zones.datum,
    name: `${zones.datum.name} / ${width}Gauss-Kruger ${zones.numbered ? `zone ${number}` : `CM ${lon0}E`}`,
    epsg: code,
    lon0,
    lat0: 0,
    k0: 1,
    falseEasting: (zones.numbered ? number * 1e6 : 0) + 500000,
    falseNorthing: 0,
  }
}

/** Universal transverse Mercator, zones 1 to 60. */
export const utmZone = (datum: Datum, zone: number, south: boolean): TransverseMercator => ({
  kind: 'transverse-mercator',
  datum,
  name: `${datum.name} / UTM zone ${zone}${south ? 'S' : 'N'}`,
  lon0: 6 * zone - 183,
  lat0: 0,
  k0: 0.9996,
  falseEasting: 500000,
  falseNorthing: south ? 1e7 : 0,
})
