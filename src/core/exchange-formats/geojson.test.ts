import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { readGeoJson } from './geojson.ts'

const RING = [[101, 30], [102, 30], [102, 31], [101, 30]] // prettier-ignore
const feature = (geometry: unknown, properties: unknown = { name: '康定' }): unknown => ({
  type: 'Feature',
  geometry,
  properties,
})
const polygon = (ring: unknown): unknown => ({ type: 'Polygon', coordinates: [ring] })
const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const layer = (features: readonly unknown[], more: object = {}): Uint8Array =>
  bytesOf({ type: 'FeatureCollection', features, ...more })
const problemOf = (bytes: Uint8Array): Problem | undefined => {
  try {
    readGeoJson(bytes, 'f.geojson')
    return undefined
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]
    throw error
  }
}

describe('a polygon layer', () => {
  it('gives polygons and multipolygons with their properties', () => {
    const multi = { type: 'MultiPolygon', coordinates: [[RING], [RING, RING]] }
    const read = readGeoJson(layer([feature(polygon(RING)), feature(multi, null)]), 'f.geojson')
    expect(read).toMatchObject({ crs: 'OGC:CRS84', crsStated: false, problems: [] })
    expect(read.features.map((f) => f.polygons.map((p) => p.length))).toEqual([[1], [1, 2]])
    expect(read.features.map((f) => f.properties)).toEqual([{ name: '康定' }, {}])
  })

  it.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'OGC:CRS84'],
    ['urn:ogc:def:crs:EPSG::4490', 'EPSG:4490'],
    ['EPSG:4547', 'EPSG:4547'],
  ])('with the crs member %s is in %s', (name, crs) => {
    const big = [[500000, 3300000], [500100, 3300000], [500100, 3300100], [500000, 3300000]] // prettier-ignore
    const read = readGeoJson(
      layer([feature(polygon(crs === 'EPSG:4547' ? big : RING))], { crs: { type: 'name', properties: { name } } }),
      'f',
    )
    expect(read).toMatchObject({ crs, crsStated: true })
  })

  it('tells what it skips', () => {
    const read = readGeoJson(
      layer([feature(polygon(RING)), feature({ type: 'Point', coordinates: [1, 2] }), feature(null)]),
      'f',
    )
    expect(read.problems).toMatchObject([
      { code: 'geojson.skipped', severity: 'yellow', values: { count: 2, first: 2 } },
    ])
  })

  it.each<[string, Uint8Array, string]>([
    ['projected coordinates and no crs', layer([feature(polygon([[500000, 3300000], [1, 1], [2, 2], [500000, 3300000]]))]), 'geojson.out-of-range'], // prettier-ignore
    ['an open ring', layer([feature(polygon([[1, 1], [2, 2], [3, 3], [4, 4]]))]), 'geojson.open-ring'], // prettier-ignore
    ['a ring of three points', layer([feature(polygon([[1, 1], [2, 2], [1, 1]]))]), 'geojson.open-ring'], // prettier-ignore
    [
      'an infinite coordinate',
      bytesOf('{"type":"Polygon","coordinates":[[[1e999,1],[2,2],[3,3],[1e999,1]]]}'),
      'geojson.bad-coordinate',
    ],
    ['a text for a coordinate', layer([feature(polygon([['1', 1], [2, 2], [3, 3], ['1', 1]]))]), 'geojson.bad-coordinate'], // prettier-ignore
    ['a missing ring', layer([feature(polygon(null))]), 'geojson.bad-coordinate'],
    ['points only', layer([feature({ type: 'Point', coordinates: [1, 2] })]), 'geojson.no-polygons'],
    [
      'an unknown crs',
      layer([feature(polygon(RING))], { crs: { properties: { name: '地方坐标系' } } }),
      'geojson.crs-unknown',
    ],
    ['broken JSON', bytesOf('{"type":'), 'geojson.damaged'],
    ['another type', bytesOf({ type: 'Topology' }), 'geojson.damaged'],
    ['no object', bytesOf('[1]'), 'geojson.damaged'],
    ['nesting without end', bytesOf('['.repeat(200_000)), 'geojson.damaged'],
    ['a shapefile', Uint8Array.from([0, 0, 0x27, 0x0a, 0, 0]), 'geojson.not-read-yet'],
    ['a GeoPackage', bytesOf('SQLite format 3\0'), 'geojson.not-read-yet'],
    ['KML', bytesOf('<?xml version="1.0"?><kml xmlns="x">'), 'geojson.not-read-yet'],
    ['a zip', bytesOf('PK\u0003\u0004'), 'geojson.not-read-yet'],
  ])('with %s is refused', (_, bytes, code) => {
    expect(problemOf(bytes)).toMatchObject({ code, severity: 'red', at: { file: 'f.geojson' } })
  })

  it('of any JSON is a layer or a problem', () => {
    const geometry = fc.record({ type: fc.constantFrom('Polygon', 'MultiPolygon'), coordinates: fc.jsonValue() })
    const any = fc.oneof(
      fc.jsonValue(),
      fc.record({ type: fc.constant('FeatureCollection'), features: fc.array(fc.record({ geometry })) }),
    )
    fc.assert(fc.property(any, (value) => problemOf(bytesOf(value))?.severity !== 'yellow'))
  })
})
