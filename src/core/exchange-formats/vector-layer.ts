// One picture of a vector layer, whatever file it came from: features with attributes and polygons, lines or points.
// Serves zones, boundaries and watersheds. Always holds: coordinates are finite and stand as in the file, x before y;
// a third or fourth coordinate is dropped; rings are closed; the outer ring stands before its holes.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { problem } from './vector-problems.ts'

/** Positions x, y (longitude, latitude); the first and the last are the same. */
export type Ring = readonly (readonly number[])[]
/** The outer ring, then its holes. */
export type Polygon = readonly Ring[]

export type VectorGeometry =
  | { readonly kind: 'polygon'; readonly polygons: readonly Polygon[] }
  | { readonly kind: 'line'; readonly lines: readonly (readonly (readonly number[])[])[] }
  | { readonly kind: 'point'; readonly points: readonly (readonly number[])[] }

export interface VectorFeature {
  /** Missing values are null. Whole numbers too long for a float stay digits in a text. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly geometry: VectorGeometry | undefined
}

export interface VectorCrs {
  readonly epsg?: number
  readonly wkt?: string
  /** Whether the file says it; GeoJSON without a statement means 4326 by its standard. */
  readonly stated: boolean
}

export interface VectorLayer {
  readonly name: string
  /** In the order of the file. */
  readonly features: readonly VectorFeature[]
  readonly crs: VectorCrs
  readonly problems: readonly Problem[]
}

/** Townships of a province are some thousand; parcels of a county some ten thousand. */
export const MAX_FEATURES = 200_000
/** All counties of China at full detail have about 5 million positions. */
export const MAX_POSITIONS = 10_000_000
/** Holes are looked for among the outer rings of their feature. */
export const MAX_RINGS_OF_A_FEATURE = 50_000

/** Counts positions and stops at the limit. */
export function positionBudget(at: Place): (positions: number) => void {
  let left = MAX_POSITIONS
  return (positions) => {
    left -= positions
    if (left < 0)
      throw new ProblemError(
        problem('vector.too-large', { what: '坐标点', whatEn: 'positions', limit: MAX_POSITIONS }, at),
      )
  }
}

/** @throws ProblemError `vector.too-large` */
export function checkFeatureCount(count: number, at: Place): void {
  if (count > MAX_FEATURES)
    throw new ProblemError(problem('vector.too-large', { what: '要素', whatEn: 'features', limit: MAX_FEATURES }, at))
}

/** @throws ProblemError `vector.open-ring` */
export function checkClosed(ring: Ring, feature: number, at: Place): void {
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last || ring.length < 4 || first[0] !== last[0] || first[1] !== last[1])
    throw new ProblemError(problem('vector.open-ring', { feature }, at))
}

const GEOGRAPHIC = new Set([4326, 4490, 4610, 4214, 4258, 4269])

/** Whether coordinates are degrees for certain. */
export const isGeographic = (crs: VectorCrs): boolean =>
  crs.epsg === undefined ? /^\s*GEO(GCS|GCRS|DCRS)\b/i.test(crs.wkt ?? '') : GEOGRAPHIC.has(crs.epsg)

/** Degrees must be degrees: a wrong statement of the coordinate system shows here. @throws ProblemError `vector.out-of-range` */
export function checkRange(features: readonly VectorFeature[], crs: VectorCrs, at: Place): void {
  if (!isGeographic(crs)) return
  for (const [i, { geometry }] of features.entries())
    for (const [x, y] of geometry ? positionsOf(geometry) : [])
      if (Math.abs(x!) > 180 || Math.abs(y!) > 90)
        throw new ProblemError(problem('vector.out-of-range', { feature: i + 1, x: x!, y: y! }, at))
}

function* positionsOf(geometry: VectorGeometry): Iterable<readonly number[]> {
  if (geometry.kind === 'point') yield* geometry.points
  else if (geometry.kind === 'line') for (const line of geometry.lines) yield* line
  else for (const polygon of geometry.polygons) for (const ring of polygon) yield* ring
}

/** The EPSG code at the end of a WKT, which is the code of the whole system and not of a part. */
export function epsgOfWkt(wkt: string): number | undefined {
  const code = /^\s*(?:PROJ|GEOG|GEOD)(?:CS|CRS)\b[^]*(?:AUTHORITY|ID)\["EPSG",\s*"?(\d{4,6})"?\]\s*\]\s*$/i.exec(wkt)
  return code ? Number(code[1]) : undefined
}

/** A coordinate system from a WKT; blank is none. */
export function crsOfWkt(wkt: string): VectorCrs {
  const text = wkt.replace(/[\0\ufeff]/g, '').trim()
  if (text === '') return { stated: false }
  const epsg = epsgOfWkt(text)
  return { ...(epsg === undefined ? {} : { epsg }), wkt: text, stated: true }
}
