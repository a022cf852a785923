// Boundaries as GeoJSON polygons (RFC 7946, with the `crs` member of the 2008 draft, which Chinese software writes).
// Always holds: coordinates are finite, rings closed, and without a stated crs they are longitude and latitude.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { decodeText } from './delimited.ts'
import { problem } from './problems.ts'

/** Rings of positions: the outer first, then its holes. */
export type Polygon = readonly (readonly (readonly number[])[])[]

export interface PolygonFeature {
  readonly properties: Readonly<Record<string, unknown>>
  readonly polygons: readonly Polygon[]
}

export interface PolygonLayer {
  readonly features: readonly PolygonFeature[]
  /** `EPSG:4490`, or `OGC:CRS84` (WGS 84 longitude, latitude). */
  readonly crs: string
  /** Whether the file states it; RFC 7946 means CRS84 where it does not. */
  readonly crsStated: boolean
  readonly problems: readonly Problem[]
}

/** Townships of a province are some thousand; parcels of a county some ten thousand. */
const MAX_FEATURES = 200_000
/** All counties of China at full detail have about 5 million positions. */
const MAX_POSITIONS = 10_000_000
/** Text of that many positions; V8 holds no text above 512 MB. */
const MAX_BYTES = 400 * 1024 * 1024

const GEOGRAPHIC = new Set(['OGC:CRS84', 'EPSG:4326', 'EPSG:4490', 'EPSG:4610', 'EPSG:4214'])

/** Reads a polygon layer. @throws ProblemError `geojson.…` */
export function readGeoJson(bytes: Uint8Array, fileName: string): PolygonLayer {
  const at: Place = { file: fileName }
  const fail = (p: Problem): never => {
    throw new ProblemError(p)
  }
  const other = otherFormat(bytes)
  if (other) fail(problem('geojson.not-read-yet', { what: other }, at))
  if (bytes.length > MAX_BYTES)
    fail(problem('geojson.too-large', { what: '文件', whatEn: 'bytes', limit: MAX_BYTES }, at))
  const text = decodeText(bytes)
  if (text === undefined) return fail(problem('geojson.damaged', { reason: 'not text' }, at))
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return fail(problem('geojson.damaged', { reason: (error as Error).message.slice(0, 100) }, at))
  }
  if (!isObject(root)) return fail(problem('geojson.damaged', { reason: 'no object' }, at))
  const { crs, stated } = crsOf(root['crs'], at)
  const list = featuresOf(root)
  if (!list) return fail(problem('geojson.damaged', { reason: `type ${String(root['type']).slice(0, 40)}` }, at))
  if (list.length > MAX_FEATURES)
    fail(problem('geojson.too-large', { what: '要素', whatEn: 'features', limit: MAX_FEATURES }, at))

  const problems: Problem[] = []
  const features: PolygonFeature[] = []
  let positions = 0
  let skipped = 0
  let firstSkipped = 0
  for (const [i, item] of list.entries()) {
    const polygons = isObject(item) ? polygonsOf(item['geometry']) : undefined
    if (!polygons) {
      if (skipped++ === 0) firstSkipped = i + 1
      continue
    }
    for (const polygon of polygons) {
      if (!Array.isArray(polygon) || polygon.length === 0)
        fail(problem('geojson.bad-coordinate', { feature: i + 1 }, at))
      for (const ring of polygon as readonly unknown[]) {
        positions += checkRing(ring, i + 1, GEOGRAPHIC.has(crs), at)
        if (positions > MAX_POSITIONS)
          fail(problem('geojson.too-large', { what: '坐标点', whatEn: 'positions', limit: MAX_POSITIONS }, at))
      }
    }
    const properties = (item as Record<string, unknown>)['properties']
    features.push({ properties: isObject(properties) ? properties : {}, polygons: polygons as readonly Polygon[] })
  }
  if (features.length === 0) fail(problem('geojson.no-polygons', {}, at))
  if (skipped > 0) problems.push(problem('geojson.skipped', { count: skipped, first: firstSkipped }, at))
  return { features, crs, crsStated: stated, problems }
}

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)

/** What a file of boundaries is, where it is not GeoJSON, by its first bytes. */
function otherFormat(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400))
  if (head.startsWith('\0\0\x27\x0a')) return 'Shapefile (.shp)'
  if (head.startsWith('SQLite format 3\0')) return 'GeoPackage (.gpkg)'
  if (head.startsWith('PK')) return 'ZIP / KMZ'
  if (head.startsWith('fgb')) return 'FlatGeobuf (.fgb)'
  if (/<kml[\s>]/.test(head)) return 'KML'
  if (/<[\w:]*FeatureCollection|opengis\.net\/gml/.test(head)) return 'GML'
  return undefined
}

function featuresOf(root: Record<string, unknown>): readonly unknown[] | undefined {
  switch (root['type']) {
    case 'FeatureCollection':
      return Array.isArray(root['features']) ? root['features'] : undefined
    case 'Feature':
      return [root]
    case 'Polygon':
    case 'MultiPolygon':
      return [{ geometry: root, properties: {} }]
    default:
      return undefined
  }
}

function polygonsOf(geometry: unknown): readonly unknown[] | undefined {
  if (!isObject(geometry)) return undefined
  const coordinates = geometry['coordinates']
  if (!Array.isArray(coordinates) || coordinates.length === 0) return undefined
  if (geometry['type'] === 'Polygon') return [coordinates]
  return geometry['type'] === 'MultiPolygon' ? coordinates : undefined
}

/** Checks one ring and returns its number of positions. */
function checkRing(ring: unknown, feature: number, geographic: boolean, at: Place): number {
  const bad = (): never => {
    throw new ProblemError(problem('geojson.bad-coordinate', { feature }, at))
  }
  if (!Array.isArray(ring)) return bad()
  for (const p of ring as readonly unknown[]) {
    if (!Array.isArray(p) || p.length < 2) return bad()
    const [x, y] = p as readonly unknown[]
    // Overflowing literals such as 1e999 parse to infinity.
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) return bad()
    if (geographic && (Math.abs(x) > 180 || Math.abs(y) > 90))
      throw new ProblemError(problem('geojson.out-of-range', { feature, x, y }, at))
  }
  const [first, last] = [ring[0], ring.at(-1)] as [readonly number[] | undefined, readonly number[] | undefined]
  if (!first || !last || ring.length < 4 || first[0] !== last[0] || first[1] !== last[1])
    throw new ProblemError(problem('geojson.open-ring', { feature }, at))
  return ring.length
}

function crsOf(member: unknown, at: Place): { readonly crs: string; readonly stated: boolean } {
  if (member === undefined || member === null) return { crs: 'OGC:CRS84', stated: false }
  const name = isObject(member) && isObject(member['properties']) ? member['properties']['name'] : undefined
  const text = typeof name === 'string' ? name.trim() : ''
  if (/CRS:?84$/i.test(text)) return { crs: 'OGC:CRS84', stated: true }
  const code = /^(?:urn:(?:x-)?ogc:def:crs:)?EPSG:[\w.]*:?(\d{4,6})$/i.exec(text)
  if (code) return { crs: `EPSG:${code[1]}`, stated: true }
  throw new ProblemError(problem('geojson.crs-unknown', { crs: text.slice(0, 80) || '?' }, at))
}
