// A coordinate system from well-known text: WKT 1 as OGC and ESRI (.prj) write it, WKT 2 as GeoPackage stores it.
// Always holds: the parameters count, not the name or the code beside them; a code is kept only if it says the same.

import { ProblemError, type Place } from '../../kernel/index.ts'
import { describedDatum, findDatumInText, fitsDatum } from './datums.ts'
import { describedCrs, type Method, type Parameters } from './described.ts'
import { crsFromEpsg } from './epsg.ts'
import type { Crs, Datum } from './model.ts'
import { problem } from './problems.ts'
import { sameCrs } from './same-crs.ts'
import { childOf, childrenOf, findWkt, numberOf, textOf, type WktNode } from './wkt.ts'

const METHODS: Readonly<Record<string, Method>> = {
  transverse_mercator: 'transverse-mercator',
  gauss_kruger: 'transverse-mercator',
  albers: 'albers',
  albers_equal_area: 'albers',
  albers_conic_equal_area: 'albers',
  lambert_conformal_conic_1sp: 'lambert-conformal-1',
  lambert_conic_conformal_1sp: 'lambert-conformal-1',
  lambert_conformal_conic_2sp: 'lambert-conformal-2',
  lambert_conic_conformal_2sp: 'lambert-conformal-2',
  popular_visualisation_pseudo_mercator: 'web-mercator',
  mercator_auxiliary_sphere: 'web-mercator',
}

const PARAMETERS: Readonly<Record<string, keyof Parameters>> = {
  central_meridian: 'lon0',
  longitude_of_natural_origin: 'lon0',
  longitude_of_false_origin: 'lon0',
  longitude_of_center: 'lon0',
  latitude_of_origin: 'lat0',
  latitude_of_natural_origin: 'lat0',
  latitude_of_false_origin: 'lat0',
  latitude_of_center: 'lat0',
  standard_parallel_1: 'parallel1',
  latitude_of_1st_standard_parallel: 'parallel1',
  standard_parallel_2: 'parallel2',
  latitude_of_2nd_standard_parallel: 'parallel2',
  scale_factor: 'k0',
  scale_factor_at_natural_origin: 'k0',
  false_easting: 'falseEasting',
  easting_at_false_origin: 'falseEasting',
  false_northing: 'falseNorthing',
  northing_at_false_origin: 'falseNorthing',
}

const DEGREE = 0.017453292519943295
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_')

/** @throws ProblemError `raster.no-crs` (empty text), `raster.unknown-crs` */
export function crsFromWkt(text: string, at: Place): Crs {
  if (text.trim() === '') throw new ProblemError(problem('raster.no-crs', {}, at))
  const unknown = (found: string): ProblemError => new ProblemError(problem('raster.unknown-crs', { found }, at))
  const root = horizontal(findWkt(text.trim()))
  if (!root) throw unknown(text.trim().slice(0, 60))
  const name = textOf(root)
  const crs = /^(PROJCS|PROJCRS|PROJECTEDCRS)$/.test(root.keyword)
    ? projected(root)
    : /^(GEOGCS|GEOGCRS|GEODCRS|GEOGRAPHICCRS|GEODETICCRS)$/.test(root.keyword)
      ? ({ kind: 'geographic', datum: datumOf(root), name } as const)
      : undefined
  if (!crs) throw unknown(name || root.keyword)
  const epsg = epsgOf(root)
  const registered = epsg === undefined ? undefined : crsFromEpsg(epsg)
  return registered && sameCrs(registered, crs) && registered.datum.id === crs.datum.id ? registered : crs

  function projected(node: WktNode): Crs | undefined {
    const unit = numberOf(
      childOf(node, 'UNIT', 'LENGTHUNIT') ?? childOf(childOf(node, 'AXIS'), 'LENGTHUNIT', 'UNIT'),
      0,
    )
    if (unit !== undefined && unit !== 1) throw unknown(`${name}, unit ${unit} m`)
    const conversion = childOf(node, 'CONVERSION') ?? node
    const methodName = plain(textOf(childOf(conversion, 'METHOD', 'PROJECTION')))
    const parameters: { -readonly [K in keyof Parameters]: Parameters[K] } = {}
    for (const p of childrenOf(conversion, 'PARAMETER')) {
      const key = PARAMETERS[plain(textOf(p))]
      if (key) parameters[key] = numberOf(p, 0)
    }
    const datum = datumOf(childOf(node, 'GEOGCS', 'BASEGEOGCRS', 'BASEGEODCRS', 'GEOGCRS'))
    // Without the note in its name or code, OGC's WKT 1 shows the map of the web as an ordinary Mercator.
    if (methodName === 'mercator_1sp' && (epsgOf(node) === 3857 || /pseudo.?mercator/i.test(name)))
      return describedCrs('web-mercator', {}, datum, name)
    // ESRI has one name for both forms of Lambert's cone.
    const method =
      methodName === 'lambert_conformal_conic'
        ? parameters.parallel2 === undefined
          ? 'lambert-conformal-1'
          : 'lambert-conformal-2'
        : METHODS[methodName]
    if (!method) throw unknown(`${name}, ${methodName}`)
    return describedCrs(method, parameters, datum, name)
  }

  function datumOf(geographic: WktNode | undefined): Datum {
    const datum = childOf(geographic, 'DATUM', 'ENSEMBLE', 'TRF', 'GEODETICDATUM')
    const spheroid = childOf(datum, 'SPHEROID', 'ELLIPSOID')
    const [a, inverseFlattening] = [numberOf(spheroid, 0), numberOf(spheroid, 1)]
    if (a === undefined || !(inverseFlattening! > 1)) throw unknown(name)
    if ((numberOf(childOf(geographic, 'PRIMEM', 'PRIMEMERIDIAN'), 0) ?? 0) !== 0) throw unknown(`${name}, PRIMEM`)
    const unit = numberOf(
      childOf(geographic, 'UNIT', 'ANGLEUNIT') ?? childOf(childOf(geographic, 'AXIS'), 'ANGLEUNIT', 'UNIT'),
      0,
    )
    if (unit !== undefined && Math.abs(unit - DEGREE) > 1e-9) throw unknown(`${name}, unit ${unit} rad`)
    const ellipsoid = { a, inverseFlattening: inverseFlattening! }
    const named = findDatumInText(textOf(datum)) ?? findDatumInText(textOf(geographic))
    return named && fitsDatum(named, ellipsoid) ? named : describedDatum(textOf(datum), ellipsoid)
  }
}

/** The horizontal system inside a compound or bound one. */
function horizontal(node: WktNode | undefined): WktNode | undefined {
  if (node?.keyword === 'COMPD_CS' || node?.keyword === 'COMPOUNDCRS')
    return horizontal(node.parts.find((p) => typeof p === 'object'))
  if (node?.keyword !== 'BOUNDCRS') return node
  return horizontal(childOf(node, 'SOURCECRS')?.parts.find((p) => typeof p === 'object'))
}

function epsgOf(node: WktNode): number | undefined {
  const id = childOf(node, 'AUTHORITY', 'ID')
  const code = Number(id?.parts[1])
  return textOf(id) === 'EPSG' && Number.isInteger(code) ? code : undefined
}
