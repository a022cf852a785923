// The datums this engine knows by name, with their ellipsoids (EPSG registry; GB 22021-2008 for CGCS2000), and how
// files spell them. A datum that is only described keeps its own name and ellipsoid and equals none but itself.

import type { Datum, Ellipsoid } from './model.ts'

const KRASSOWSKY: Ellipsoid = { a: 6378245, inverseFlattening: 298.3 }
const GRS80: Ellipsoid = { a: 6378137, inverseFlattening: 298.257222101 }

export const WGS84: Datum = {
  id: 'wgs84',
  name: 'WGS 84',
  ellipsoid: { a: 6378137, inverseFlattening: 298.257223563 },
}
export const CGCS2000: Datum = { id: 'cgcs2000', name: 'CGCS2000', ellipsoid: GRS80 }
export const BEIJING1954: Datum = { id: 'beijing-1954', name: 'Beijing 1954', ellipsoid: KRASSOWSKY }
export const XIAN1980: Datum = {
  id: 'xian-1980',
  name: 'Xian 1980',
  ellipsoid: { a: 6378140, inverseFlattening: 298.257 },
}
export const NAD83: Datum = { id: 'other', name: 'NAD83', ellipsoid: GRS80 }

/** EPSG codes of geographic systems and of datums (GeoTIFF keys 2048 and 2050). */
const BY_CODE: ReadonlyMap<number, Datum> = new Map([
  [4326, WGS84],
  [6326, WGS84],
  [4490, CGCS2000],
  [1043, CGCS2000],
  [4214, BEIJING1954],
  [6214, BEIJING1954],
  [4610, XIAN1980],
  [6610, XIAN1980],
  [4269, NAD83],
  [6269, NAD83],
])
export const datumOfCode = (code: number): Datum | undefined => BY_CODE.get(code)

/** In texts of small letters with `_` between and around the words. */
const BY_NAME: readonly (readonly [pattern: RegExp, datum: Datum])[] = [
  [/_(cgcs_?2000|china_(geodetic_coordinate_system_)?2000)_/, CGCS2000],
  [/_beijing_?(19)?54_/, BEIJING1954],
  [/_xian_?(19)?80_/, XIAN1980],
  [/_(wgs_?(19)?84|world_geodetic_system_(19)?84)_/, WGS84],
  [/_(nad_?(19)?83|north_american_(datum_)?(19)?83)_/, NAD83],
]

/** The datum a text speaks of: `GCS_Beijing_1954`, `D_WGS_1984`, `China Geodetic Coordinate System 2000`. A text that
 *  says “unknown” or “based on the ellipsoid of …” names none. */
export function findDatumInText(text: string): Datum | undefined {
  const plain = `_${text
    .toLowerCase()
    .replaceAll("'", '')
    .replace(/[^a-z0-9]+/g, '_')}_`
  return /_(unknown|based)_/.test(plain) ? undefined : BY_NAME.find(([pattern]) => pattern.test(plain))?.[1]
}

/** EPSG codes of ellipsoids (GeoTIFF key 2056). */
export const ELLIPSOIDS: ReadonlyMap<number, Ellipsoid> = new Map([
  [7030, WGS84.ellipsoid],
  [1024, CGCS2000.ellipsoid],
  [7024, KRASSOWSKY],
  [7049, XIAN1980.ellipsoid],
  [7019, GRS80],
])

const sameEllipsoid = (a: Ellipsoid, b: Ellipsoid): boolean =>
  Math.abs(a.a - b.a) < 1e-3 && Math.abs(a.inverseFlattening - b.inverseFlattening) < 1e-6

/** True if the ellipsoid a file writes beside the name of a datum may be that datum's (a metre in the axis, a little in
 *  the flattening: programs round, and put GRS 80 for the ellipsoid of CGCS2000). */
export const fitsDatum = (datum: Datum, ellipsoid: Ellipsoid): boolean =>
  Math.abs(datum.ellipsoid.a - ellipsoid.a) < 0.1 &&
  Math.abs(datum.ellipsoid.inverseFlattening - ellipsoid.inverseFlattening) < 1e-4

export const describedDatum = (name: string, ellipsoid: Ellipsoid): Datum => ({ id: 'other', name, ellipsoid })

/** WGS 84 and CGCS2000 agree within a decimetre and count as one; any other datum is one only with itself. */
export function sameDatum(a: { readonly datum: Datum }, b: { readonly datum: Datum }): boolean {
  const family = (d: Datum): string => (d.id === 'cgcs2000' ? 'wgs84' : d.id)
  if (a.datum.id !== 'other' || b.datum.id !== 'other') return family(a.datum) === family(b.datum)
  return a.datum.name === b.datum.name && sameEllipsoid(a.datum.ellipsoid, b.datum.ellipsoid)
}
