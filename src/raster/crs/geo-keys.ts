// The coordinate system of a GeoTIFF from its keys (OGC GeoTIFF 1.1, annex C): an EPSG code, or a projection described
// by its parameters, or WKT in a citation. Always holds: what is not stated or not understood is a problem.

import { ProblemError, type Place } from '../../kernel/index.ts'
import { describedDatum, datumOfCode, ELLIPSOIDS, findDatumInText, fitsDatum } from './datums.ts'
import { describedCrs, type Method, type Parameters } from './described.ts'
import { crsFromEpsg, utmZone } from './epsg.ts'
import type { Crs, Datum, Ellipsoid, GeoKeys } from './model.ts'
import { problem } from './problems.ts'
import { crsFromWkt } from './wkt-crs.ts'

const USER_DEFINED = 32767
const METRE = 9001
const DEGREE = 9102
const GREENWICH = 8901

/** ProjCoordTransGeoKey. */
const METHODS: Readonly<Record<number, Method>> = {
  1: 'transverse-mercator',
  8: 'lambert-conformal-2',
  9: 'lambert-conformal-1',
  11: 'albers',
}

/** @throws ProblemError `raster.no-crs`, `raster.unknown-crs` */
export function crsFromGeoKeys(keys: GeoKeys, at: Place): Crs {
  const number = (...ids: number[]): number | undefined =>
    ids.map((id) => keys.get(id)).find((v) => typeof v === 'number')
  const code = (id: number): number | undefined => {
    const v = number(id)
    return v !== undefined && v > 0 && v !== USER_DEFINED ? v : undefined
  }
  const citations = [3073, 2049, 1026]
    .map((id) => keys.get(id))
    .filter((v) => typeof v === 'string' && v.trim() !== '') as string[]
  const projected = code(3072)
  const found =
    projected !== undefined ? `EPSG:${projected}` : (citations[0] ?? `GeoTIFF ${[...keys.keys()].join(', ')}`)
  const unknown = (what = found): ProblemError => new ProblemError(problem('raster.unknown-crs', { found: what }, at))

  const model = number(1024)
  const isProjected = model === 1 || (model !== 2 && (projected !== undefined || number(3075) !== undefined))
  const isGeographic = model === 2 || (model !== 1 && !isProjected && number(2048) !== undefined)
  const wkt = citations.map((c) => /(PROJCS|GEOGCS|PROJCRS|GEOGCRS)\[.*/s.exec(c)?.[0]).find((w) => w !== undefined)
  if (!isProjected && !isGeographic) {
    if (wkt !== undefined) return crsFromWkt(wkt, at)
    if (model === 3) throw unknown('geocentric (X, Y, Z)')
    throw citations.length > 0 ? unknown() : new ProblemError(problem('raster.no-crs', {}, at))
  }

  if (isGeographic) {
    const geographic = code(2048)
    const known = geographic === undefined ? undefined : crsFromEpsg(geographic)
    if (known) return known
    if ((number(2054) ?? DEGREE) !== DEGREE) throw unknown(`${found}, angular unit EPSG:${number(2054)}`)
    const datum = datumOf()
    return { kind: 'geographic', datum, name: citations[0] ?? datum.name }
  }

  const known = projected === undefined ? undefined : crsFromEpsg(projected)
  if (known) return known
  if ((number(3076) ?? METRE) !== METRE && number(3077) !== 1) throw unknown(`${found}, unit EPSG:${number(3076)}`)
  const conversion = code(3074)
  const utm = conversion !== undefined && conversion > 16000 && conversion <= 16160 ? conversion - 16000 : 0
  if ((utm >= 1 && utm <= 60) || utm > 100)
    return {
      ...utmZone(datumOf(), utm % 100, utm > 100),
      ...(citations[0] === undefined ? {} : { name: citations[0] }),
    }
  const method = METHODS[number(3075) ?? 0]
  if (!method) {
    if (wkt !== undefined) return crsFromWkt(wkt, at)
    throw unknown(number(3075) === undefined ? found : `${found}, ProjCoordTrans ${number(3075)}`)
  }
  const parameters: Parameters = {
    lon0: number(3080, 3084, 3088),
    lat0: number(3081, 3085, 3089),
    parallel1: number(3078),
    parallel2: number(3079),
    k0: number(3092, 3093),
    falseEasting: number(3082, 3086, 3090),
    falseNorthing: number(3083, 3087, 3091),
  }
  const crs = describedCrs(method, parameters, datumOf(), citations[0] ?? method)
  if (!crs) throw unknown()
  return crs

  /** Code of the geographic system, code of the datum, a name in a citation, or an ellipsoid described alone. */
  function datumOf(): Datum {
    const meridian = number(2051) ?? GREENWICH
    if (meridian !== GREENWICH && number(2061) !== 0) throw unknown(`${found}, prime meridian EPSG:${meridian}`)
    const byCode = [code(2048), code(2050)].map((c) => (c === undefined ? undefined : datumOfCode(c))).find((d) => d)
    if (byCode) return byCode
    const ellipsoid = ellipsoidOf()
    const stated = code(2048) ?? code(2050)
    const named = stated === undefined ? citations.map(findDatumInText).find((d) => d) : undefined
    if (named && (!ellipsoid || fitsDatum(named, ellipsoid))) return named
    if (!ellipsoid) throw unknown(stated === undefined ? found : `EPSG:${stated}`)
    const name = keys.get(2049)
    return describedDatum(
      stated !== undefined ? `EPSG:${stated}` : typeof name === 'string' ? name : 'unnamed',
      ellipsoid,
    )
  }

  function ellipsoidOf(): Ellipsoid | undefined {
    const byCode = ELLIPSOIDS.get(code(2056) ?? 0)
    const [a, b, inverse] = [number(2057), number(2058), number(2059)]
    if (a === undefined) return byCode
    if (inverse !== undefined && inverse > 1) return { a, inverseFlattening: inverse }
    return b !== undefined && b < a ? { a, inverseFlattening: a / (a - b) } : byCode
  }
}
