// GeoJSON (RFC 7946, with the `crs` member of the 2008 draft, which Chinese software writes): as a layer of polygons, or
// as a vector layer of any geometry.
// Always holds: coordinates are finite, rings closed, and without a stated crs they are longitude and latitude.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { decodeText } from './delimited.ts'
import { problem } from './problems.ts'
import {
  MAX_FEATURES,
  MAX_POSITIONS,
  type Polygon,
  type VectorFeature,
  type VectorGeometry,
  type VectorLayer,
} from './vector-layer.ts'
import { problem as vectorProblem } from './vector-problems.ts'

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

/** Text of as many positions as a layer may have; V8 holds no text above 512 MB. */
const MAX_BYTES = 400 * 1024 * 1024

const GEOGRAPHIC = new Set(['OGC:CRS84', 'EPSG:4326', 'EPSG:4490', 'EPSG:4610', 'EPSG:4214'])

interface Opened {
  readonly crs: string
  readonly stated: boolean
  readonly items: readonly unknown[]
  /** Counts the positions of a geometry and stops at the limit. */
  readonly spend: (positions: number) => void
}

function open(bytes: Uint8Array, at: Place): Opened {
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
  const items = featuresOf(root)
  if (!items) return fail(problem('geojson.damaged', { reason: `type ${String(root['type']).slice(0, 40)}` }, at))
  if (items.length > MAX_FEATURES)
    fail(problem('geojson.too-large', { what: '要素', whatEn: 'features', limit: MAX_FEATURES }, at))
  let positions = 0
  return {
    crs,
    stated,
    items,
    spend: (n) => {
      positions += n
      if (positions > MAX_POSITIONS)
        fail(problem('geojson.too-large', { what: '坐标点', whatEn: 'positions', limit: MAX_POSITIONS }, at))
    },
  }
}

/** Reads a polygon layer. @throws ProblemError `geojson.…` */
export function readGeoJson(bytes: Uint8Array, fileName: string): PolygonLayer {
  const at: Place = { file: fileName }
  const { crs, stated, items, spend } = open(bytes, at)
  const features: PolygonFeature[] = []
  const skipped: number[] = []
  for (const [i, item] of items.entries()) {
    const polygons = isObject(item) ? polygonsOf(item['geometry']) : undefined
    if (polygons)
      features.push({ properties: propertiesOf(item), polygons: checkPolygons(polygons, i + 1, crs, spend, at) })
    else skipped.push(i + 1)
  }
  if (features.length === 0) throw new ProblemError(problem('geojson.no-polygons', {}, at))
  const problems =
    skipped.length > 0 ? [problem('geojson.skipped', { count: skipped.length, first: skipped[0]! }, at)] : []
  return { features, crs, crsStated: stated, problems }
}

/** Reads a layer of any geometry. @throws ProblemError `geojson.…` */
export function readGeoJsonLayer(bytes: Uint8Array, fileName: string, name: string): VectorLayer {
  const at: Place = { file: fileName }
  const { crs, stated, items, spend } = open(bytes, at)
  const strange: { readonly feature: number; readonly kind: string }[] = []
  const features = items.map((item, i): VectorFeature => {
    const shape = isObject(item) ? item['geometry'] : undefined
    const geometry = geometryOf(shape, i + 1, crs, spend, at)
    // Only an absent geometry is none; a kind not read here is told.
    if (!geometry && isObject(shape) && !SIMPLE.test(String(shape['type'])))
      strange.push({ feature: i + 1, kind: String(shape['type']).slice(0, 40) })
    return { properties: propertiesOf(item), geometry }
  })
  const first = strange[0]
  const kind = [...new Set(strange.map((s) => s.kind))].join('、')
  return {
    name,
    features,
    crs: { epsg: crs === 'OGC:CRS84' ? 4326 : Number(crs.slice('EPSG:'.length)), stated },
    problems: first
      ? [vectorProblem('vector.geometry-not-read', { count: strange.length, first: first.feature, kind }, at)]
      : [],
  }
}

const SIMPLE = /^(Multi)?(Point|LineString|Polygon)$/

function propertiesOf(item: unknown): Readonly<Record<string, unknown>> {
  const properties = isObject(item) ? item['properties'] : undefined
  return isObject(properties) ? properties : {}
}

function geometryOf(
  shape: unknown,
  feature: number,
  crs: string,
  spend: (n: number) => void,
  at: Place,
): VectorGeometry | undefined {
  const found = polygonsOf(shape)
  if (found) {
    const polygons = checkPolygons(found, feature, crs, spend, at)
    return polygons.length > 0 ? { kind: 'polygon', polygons } : undefined
  }
  const coordinates = isObject(shape) ? shape['coordinates'] : undefined
  if (!isObject(shape) || !Array.isArray(coordinates) || coordinates.length === 0) return undefined
  const checked = (list: unknown): readonly (readonly number[])[] => {
    spend(checkPositions(list, feature, GEOGRAPHIC.has(crs), at))
    return list as readonly (readonly number[])[]
  }
  switch (shape['type']) {
    case 'Point':
      return { kind: 'point', points: checked([coordinates]) }
    case 'MultiPoint':
      return { kind: 'point', points: checked(coordinates) }
    case 'LineString':
      return { kind: 'line', lines: [checked(coordinates)] }
    case 'MultiLineString':
      return { kind: 'line', lines: coordinates.map(checked) }
    default:
      return undefined
  }
}

function checkPolygons(
  polygons: readonly unknown[],
  feature: number,
  crs: string,
  spend: (n: number) => void,
  at: Place,
): readonly Polygon[] {
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0)
      throw new ProblemError(problem('geojson.bad-coordinate', { feature }, at))
    for (const ring of polygon as readonly unknown[]) spend(checkRing(ring, feature, GEOGRAPHIC.has(crs), at))
  }
  return polygons as readonly Polygon[]
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
    case 'Point':
    case 'MultiPoint':
    case 'LineString':
    case 'MultiLineString':
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
  const count = checkPositions(ring, feature, geographic, at)
  const positions = ring as readonly (readonly number[])[]
  const [first, last] = [positions[0], positions.at(-1)]
  if (!first || !last || count < 4 || first[0] !== last[0] || first[1] !== last[1])
    throw new ProblemError(problem('geojson.open-ring', { feature }, at))
  return count
}

/** Checks a list of positions and returns its length. */
function checkPositions(list: unknown, feature: number, geographic: boolean, at: Place): number {
  const bad = (): never => {
    throw new ProblemError(problem('geojson.bad-coordinate', { feature }, at))
  }
  if (!Array.isArray(list)) return bad()
  for (const p of list as readonly unknown[]) {
    if (!Array.isArray(p) || p.length < 2) return bad()
    const [x, y] = p as readonly unknown[]
    // Overflowing literals such as 1e999 parse to infinity.
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) return bad()
    if (geographic && (Math.abs(x) > 180 || Math.abs(y) > 90))
      throw new ProblemError(problem('geojson.out-of-range', { feature, x, y }, at))
  }
  return list.length
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
