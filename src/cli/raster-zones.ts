// Zones for `qingshan raster zonal`: a vector layer, its id field and its coordinate system. Features of one id are one
// zone. Always holds: a coordinate system is stated by the file; GCJ-02 is converted only where the user declares it.

import { basename, dirname } from 'node:path'
import { ProblemError, type Place, type Problem, type Text } from '../kernel/index.ts'
import { readVector, vectorInFolder, type Polygon, type VectorLayer } from '../core/exchange-formats/index.ts'
import { crsFromEpsg, crsFromWkt, gcj02ToWgs84, polygonProblems, type Crs, type Zone } from '../raster/index.ts'
import { problem } from './raster-problems.ts'

export interface Zones {
  readonly zones: readonly Zone[]
  readonly crs: Crs
  readonly problems: readonly Problem[]
  /** What was done to the coordinates. */
  readonly notes: readonly Text[]
}

/** @throws ProblemError `vector.…`, `raster-command.…` */
export function readZones(
  file: string,
  field: string,
  options: { readonly layer?: string; readonly datum?: string },
): Zones {
  const at: Place = { file: basename(file) }
  const source = vectorInFolder(dirname(file), basename(file))
  const layer = readVector(source, options.layer === undefined ? {} : { layer: options.layer })
  const crs = crsOf(layer, at)
  const shifted = isShifted(options.datum, crs, at)
  const { zones, problems } = zonesOf(layer, field, at)
  return {
    zones: shifted ? zones.map((z) => ({ ...z, polygons: z.polygons.map(unshifted) })) : zones,
    crs,
    problems: [...layer.problems, ...problems],
    notes: shifted ? [{ zh: '分区坐标已由 GCJ-02 换算为 WGS 84', en: 'zones converted from GCJ-02 to WGS 84' }] : [],
  }
}

function zonesOf(layer: VectorLayer, field: string, at: Place): Pick<Zones, 'zones' | 'problems'> {
  const fields = [...new Set(layer.features.flatMap((f) => Object.keys(f.properties)))]
  if (!fields.includes(field))
    throw new ProblemError(problem('raster-command.no-field', { field, fields: fields.join('、') }, at))
  const polygons = new Map<string, Polygon[]>()
  const left: number[] = []
  layer.features.forEach(({ properties, geometry }, i) => {
    const value = properties[field]
    const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
    if (id === '' || geometry?.kind !== 'polygon') return left.push(i + 1)
    return polygons.set(id, [...(polygons.get(id) ?? []), ...geometry.polygons])
  })
  const values = { count: left.length, field, first: left[0] ?? 0 }
  const zones = [...polygons].map(([id, parts]) => ({ id, polygons: parts }))
  const faults = zones.flatMap((z) => polygonProblems(z.id, z.polygons, at))
  if (faults.some((p) => p.severity === 'red')) throw new ProblemError(faults)
  return {
    zones,
    problems: [...faults, ...(left.length > 0 ? [problem('raster-command.no-id', values, at)] : [])],
  }
}

function crsOf({ crs }: VectorLayer, at: Place): Crs {
  const known = crs.epsg === undefined ? undefined : crsFromEpsg(crs.epsg)
  if (known) return known
  if (crs.wkt !== undefined) return crsFromWkt(crs.wkt, at)
  throw new ProblemError(
    problem('raster-command.zones-crs', { found: crs.epsg === undefined ? '—' : `EPSG:${crs.epsg}` }, at),
  )
}

function isShifted(datum: string | undefined, crs: Crs, at: Place): boolean {
  if (datum === undefined) return false
  if (!/^gcj-?02$/i.test(datum)) throw new ProblemError(problem('raster-command.datum', { value: datum }))
  if (crs.kind !== 'geographic') throw new ProblemError(problem('raster-command.not-degrees', {}, at))
  return true
}

const unshifted = (polygon: Polygon): Polygon => polygon.map((ring) => ring.map((p) => gcj02ToWgs84(p[0]!, p[1]!)))
