// A coordinate system as GeoTIFF keys (OGC GeoTIFF 1.1): its EPSG code where it has one, else every parameter by itself.
// Always holds: angles in degrees, lengths in metres, and pixels are areas, never points.

import type { Crs, Datum } from '../crs/model.ts'

export interface GeoKeyTags {
  /** Tags 34735, 34736 and 34737. */
  readonly directory: readonly number[]
  readonly doubles: readonly number[]
  readonly text: string
}

const USER_DEFINED = 32767
const [DEGREE, METRE] = [9102, 9001]
/** EPSG codes of the geographic systems of the datums. */
const GEOGRAPHIC: Readonly<Partial<Record<Datum['id'], number>>> = {
  wgs84: 4326,
  cgcs2000: 4490,
  'beijing-1954': 4214,
  'xian-1980': 4610,
}

type Value = number | string | { readonly double: number }
const double = (v: number): Value => ({ double: v })

export function writeGeoKeys(crs: Crs): GeoKeyTags {
  const keys = new Map<number, Value>([
    [1024, crs.kind === 'geographic' ? 2 : 1],
    [1025, 1],
    [1026, crs.name],
    ...(crs.kind === 'geographic' ? datumKeys(crs.datum, crs.epsg) : projectedKeys(crs)),
  ])
  const entries: number[] = []
  const doubles: number[] = []
  let text = ''
  for (const [key, value] of [...keys].sort((a, b) => a[0] - b[0])) {
    if (typeof value === 'number') entries.push(key, 0, 1, value)
    else if (typeof value === 'string') {
      // Texts are counted in bytes, and a bar ends each.
      const said = `${value.replaceAll('|', '/')}|`
      entries.push(key, 34737, Buffer.byteLength(said), Buffer.byteLength(text))
      text += said
    } else {
      entries.push(key, 34736, 1, doubles.length)
      doubles.push(value.double)
    }
  }
  return { directory: [1, 1, 0, entries.length / 4, ...entries], doubles, text }
}

function datumKeys(datum: Datum, epsg: number | undefined): readonly (readonly [number, Value])[] {
  const code = epsg ?? GEOGRAPHIC[datum.id]
  if (code !== undefined) return [[2048, code], [2054, DEGREE]] // prettier-ignore
  return [
    [2048, USER_DEFINED],
    [2049, datum.name],
    [2050, USER_DEFINED],
    [2054, DEGREE],
    [2056, USER_DEFINED],
    [2057, double(datum.ellipsoid.a)],
    [2059, double(datum.ellipsoid.inverseFlattening)],
  ]
}

function projectedKeys(crs: Exclude<Crs, { readonly kind: 'geographic' }>): readonly (readonly [number, Value])[] {
  const { epsg } = crs
  if (epsg !== undefined || crs.kind === 'web-mercator') return [[3072, epsg ?? 3857], [3076, METRE]] // prettier-ignore
  return [
    ...datumKeys(crs.datum, undefined),
    [3072, USER_DEFINED],
    [3073, crs.name],
    [3074, USER_DEFINED],
    [3076, METRE],
    ...methodKeys(crs),
  ]
}

function methodKeys(
  crs: Exclude<Crs, { readonly kind: 'geographic' | 'web-mercator' }>,
): readonly (readonly [number, Value])[] {
  const natural: readonly (readonly [number, Value])[] = [
    [3080, double(crs.lon0)],
    [3081, double(crs.lat0)],
    [3082, double(crs.falseEasting)],
    [3083, double(crs.falseNorthing)],
  ]
  if (crs.kind === 'transverse-mercator') return [[3075, 1], ...natural, [3092, double(crs.k0)]]
  const parallels: readonly (readonly [number, Value])[] = [
    [3078, double(crs.parallel1)],
    [3079, double(crs.parallel2)],
  ]
  if (crs.kind === 'albers') return [[3075, 11], ...parallels, ...natural]
  // One parallel through the origin: the scale stands with it. Two parallels count from a false origin.
  if (crs.parallel1 === crs.parallel2 && crs.lat0 === crs.parallel1)
    return [[3075, 9], ...natural, [3092, double(crs.k0)]]
  return [
    [3075, 8],
    ...parallels,
    [3084, double(crs.lon0)],
    [3085, double(crs.lat0)],
    [3086, double(crs.falseEasting)],
    [3087, double(crs.falseNorthing)],
  ]
}
