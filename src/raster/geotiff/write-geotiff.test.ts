import fc from 'fast-check'
import assert from 'node:assert'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { NODATA, stripOf, VALID, type Band, type Strip } from '../band.ts'
import type { Crs, Datum } from '../crs/model.ts'
import type { Grid, Window } from '../grid.ts'
import { hasGdal, UTM_50 } from './geotiff.fixture.ts'
import { readStructure } from './directory.ts'
import { openGeoTiff } from './open-geotiff.ts'
import { writeGeoTiff, type GeoTiffToWrite, type WrittenType } from './write-geotiff.ts'

const GRID: Grid = { width: 600, height: 300, west: 500000, north: 3300000, dx: 30, dy: 30, crs: UTM_50 }
const TYPES: readonly WrittenType[] = ['float32', 'float64', 'int16', 'uint16', 'uint8', 'int32']

/** A band by a formula of column and row; undefined is no value. */
const from =
  (value: (col: number, row: number) => number | undefined) =>
  (window: Window, into: Strip): void => {
    for (let i = 0; i < window.width * window.height; i++) {
      const v = value(window.col + (i % window.width), window.row + Math.floor(i / window.width))
      into.values[i] = v ?? 0
      into.states[i] = v === undefined ? NODATA : VALID
    }
  }
const BASE: GeoTiffToWrite = {
  grid: GRID,
  read: from((x, y) => (x === y ? undefined : (x + 2 * y) % 200)),
  type: 'float32',
  nodata: 255,
  compression: 'deflate',
  overviews: true,
}
function written(raster: GeoTiffToWrite): Uint8Array {
  const pieces: Uint8Array[] = []
  writeGeoTiff(raster, (piece) => pieces.push(piece))
  return new Uint8Array(Buffer.concat(pieces))
}
function readBack(bytes: Uint8Array, grid: Grid, n = 1): Strip {
  const strip = stripOf(grid.width * grid.height)
  const window = { col: 0, row: 0, width: grid.width, height: grid.height }
  openGeoTiff(bytesSource(bytes), 'f').band(n, grid.crs).read(window, strip)
  return strip
}
const codes = (work: () => unknown): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((p) => p.code)
    throw error
  }
}

describe('a written GeoTIFF', () => {
  it('gives back every pixel, whatever type, packing, size and bands', () => {
    const any = fc.record({
      width: fc.integer({ min: 1, max: 300 }),
      height: fc.integer({ min: 1, max: 270 }),
      type: fc.constantFrom(...TYPES),
      compression: fc.constantFrom('none' as const, 'deflate' as const, 'quick-deflate' as const),
      overviews: fc.boolean(),
      bands: fc.integer({ min: 1, max: 2 }),
      seed: fc.nat(1000),
    })
    fc.assert(
      fc.property(any, ({ width, height, type, compression, overviews, bands, seed }) => {
        const grid = { ...GRID, width, height }
        const whole = !type.startsWith('float')
        const value = (band: number) => (x: number, y: number) => {
          const v = (x * 31 + y * 17 + seed * band) % 250
          return v === 7 ? undefined : whole ? v : type === 'float32' ? Math.fround(v / 7) : v / 7
        }
        const more = bands === 2 ? [{ read: from(value(2)), description: '第二 <&"' }] : []
        const bytes = written({ grid, type, compression, overviews, nodata: 255, read: from(value(1)), more })
        for (let n = 1; n <= bands; n++) {
          const got = readBack(bytes, grid, n)
          const expected = stripOf(width * height)
          from(value(n))({ col: 0, row: 0, width, height }, expected)
          expect(Buffer.compare(Buffer.from(got.values.buffer), Buffer.from(expected.values.buffer))).toBe(0)
          expect(Buffer.compare(got.states, expected.states)).toBe(0)
        }
        if (bands === 2) expect(openGeoTiff(bytesSource(bytes), 'f').header.notes.get(2)?.description).toBe('第二 <&"')
      }),
      { numRuns: 15 },
    )
  })

  it('lies on its grid and is the same bytes each time', () => {
    const bytes = written(BASE)
    const { west, north, dx, dy } = GRID
    expect(openGeoTiff(bytesSource(bytes), 'f').place).toEqual({ west, north, dx, dy })
    expect(Buffer.compare(bytes, written(BASE))).toBe(0)
  })

  it('is the same from numbers alone, and what such numbers hold wrong is told with its pixel', () => {
    const value = (v: number) => (x: number, y: number) => (x === y ? undefined : x === 299 && y === 2 ? v : x / 7)
    const band = (v: number): Band => ({
      grid: GRID,
      name: 'both',
      read: from(value(v)),
      numbers: ({ col, row, width, height }) =>
        Float64Array.from({ length: width * height }, (_, i) => value(v)(col + (i % width), row + Math.floor(i / width)) ?? NaN), // prettier-ignore
    })
    const { read, ...numbersAlone } = band(3)
    const neverRead = { ...numbersAlone, read: () => assert.fail('asked why') }
    expect(Buffer.compare(written({ ...BASE, read: neverRead }), written({ ...BASE, read }))).toBe(0)
    const wrong: readonly (readonly [number, string])[] = [
      [255, 'raster.is-nodata'],
      [-1e39, 'raster.does-not-fit'],
    ]
    for (const [v, code] of wrong) {
      const told = expect.objectContaining({ code, at: { band: 1, pixel: [299, 2] } }) as unknown
      expect(() => written({ ...BASE, read: band(v) })).toThrow(expect.objectContaining({ problems: [told] }))
    }
  })

  it('has its directories first, then the coarsest overview, the raster itself last', () => {
    const grid = { ...GRID, width: 1100, height: 700 }
    const bytes = written({ ...BASE, grid, compression: 'none', type: 'uint8' })
    const { directories } = readStructure(bytesSource(bytes), 'f')
    expect(directories.map((d) => [d.field(256)?.numbers[0], d.field(257)?.numbers[0]])).toEqual([[1100, 700], [550, 350], [275, 175], [138, 88]]) // prettier-ignore
    const firsts = directories.map((d) => d.list(324)[0]!)
    expect(firsts).toEqual([...firsts].sort((a, b) => b - a))
    const all = directories.flatMap((d) => [...d.list(324)])
    expect(Math.max(...all) + 65536).toBe(bytes.length)
  })

  it('has the mean of measures and the upper left of classes in its overviews, no-data left out', () => {
    const read = from((x, y) => (x >= 4 && y < 2 ? undefined : x === 0 && y === 0 ? undefined : (x + y) % 200))
    const half = (overviews: 'mean' | 'nearest') => {
      const bytes = written({ ...BASE, read, overviews, grid: { ...GRID, width: 300, height: 4 }, compression: 'none' })
      const d = readStructure(bytesSource(bytes), 'f').directories[1]!
      const at = d.list(324)[0]!
      return [...new Float32Array(bytes.slice(at, at + 12).buffer)]
    }
    expect(half('mean')).toEqual([Math.fround(4 / 3), 3, 255])
    expect(half('nearest')).toEqual([255, 2, 255])
  })

  it('refuses numbers that it could not give back', () => {
    const one = { ...BASE, grid: { ...GRID, width: 1, height: 1 } }
    const write = (v: number | undefined, rest: Partial<GeoTiffToWrite> = {}) =>
      codes(() => written({ ...one, ...rest, read: from(() => v) }))
    expect(write(1.5, { type: 'int16' })).toEqual(['raster.does-not-fit'])
    expect(write(-1, { type: 'uint8' })).toEqual(['raster.does-not-fit'])
    expect(write(1e39)).toEqual(['raster.does-not-fit'])
    expect(write(255)).toEqual(['raster.is-nodata'])
    const { nodata: _, ...open } = one
    expect(codes(() => written({ ...open, read: from(() => undefined) }))).toEqual(['raster.needs-nodata'])
    expect(write(0.1)).toEqual([])
  })

  describe('as a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'written-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('holds the bytes that are given piece by piece', () => {
      for (const compression of ['none', 'deflate', 'quick-deflate'] as const) {
        writeGeoTiff({ ...BASE, compression }, join(folder, 'same.tif'))
        expect(Buffer.compare(readFileSync(join(folder, 'same.tif')), written({ ...BASE, compression }))).toBe(0)
      }
      rmSync(join(folder, 'same.tif'))
    })

    it('is there whole, or the old one stays and nothing half written is left', () => {
      const path = join(folder, 'a.tif')
      writeGeoTiff(BASE, path)
      expect(Buffer.compare(readFileSync(path), written(BASE))).toBe(0)
      const before = readFileSync(path)
      const broken = { ...BASE, read: from((x, y) => (y > 260 ? 255 : x % 200)) }
      expect(codes(() => writeGeoTiff(broken, path))).toEqual(['raster.is-nodata'])
      expect(Buffer.compare(readFileSync(path), before)).toBe(0)
      expect(readdirSync(folder)).toEqual(['a.tif'])
      expect(codes(() => writeGeoTiff(BASE, join(folder, 'none', 'a.tif')))).toEqual(['raster.unwritable'])
    })

    const wgs84 = (UTM_50 as { readonly datum: Datum }).datum
    const bare = { datum: wgs84, name: 'own', falseEasting: 500000, falseNorthing: 0 }
    const xian: Datum = { id: 'xian-1980', name: 'Xian 1980', ellipsoid: { a: 6378140, inverseFlattening: 298.257 } }
    const own: Datum = { id: 'other', name: 'Mine', ellipsoid: { a: 6378200, inverseFlattening: 298 } }
    const systems: readonly (readonly [string, Crs, RegExp])[] = [
      ['UTM by code', UTM_50, /ID\["EPSG",32650\]/],
      ['geographic by code', { kind: 'geographic', datum: wgs84, name: 'CGCS2000', epsg: 4490 }, /ID\["EPSG",4490\]/],
      ['geographic of its datum', { kind: 'geographic', datum: xian, name: 'x' }, /ID\["EPSG",4610\]/],
      ['geographic of an own datum', { kind: 'geographic', datum: own, name: 'x' }, /6378200,29[78]/],
      ['web Mercator', { kind: 'web-mercator', datum: wgs84, name: 'web' }, /ID\["EPSG",3857\]/],
      [
        'Gauss–Krüger of its own',
        { kind: 'transverse-mercator', ...bare, datum: xian, lon0: 111.5, lat0: 0, k0: 1 },
        /Xian 1980[^]*Transverse Mercator[^]*111\.5[^]*500000/,
      ],
      [
        'Albers of its own',
        { kind: 'albers', ...bare, lon0: 105, lat0: 3, parallel1: 25, parallel2: 47 },
        /Albers Equal Area[^]*false origin",3,[^]*false origin",105,[^]*25,[^]*47,/,
      ],
      [
        'Lambert with two parallels',
        { kind: 'lambert-conformal', ...bare, lon0: 105, lat0: 3, parallel1: 25, parallel2: 47, k0: 1 },
        /\(2SP\)[^]*false origin",3,[^]*false origin",105,[^]*25,[^]*47,/,
      ],
      [
        'Lambert with one parallel',
        { kind: 'lambert-conformal', ...bare, lon0: 105, lat0: 30, parallel1: 30, parallel2: 30, k0: 0.99 },
        /\(1SP\)[^]*natural origin",30,[^]*natural origin",105,[^]*0\.99,/,
      ],
    ]

    it.skipIf(!hasGdal)('names its coordinate system so that GDAL knows it (needs GDAL)', () => {
      for (const [name, crs, wkt] of systems) {
        const path = join(folder, 'crs.tif')
        const grid = { ...GRID, width: 2, height: 2, crs, ...(crs.kind === 'geographic' ? { west: 110, north: 30, dx: 0.1, dy: 0.1 } : {}) } // prettier-ignore
        writeGeoTiff({ ...BASE, grid, read: from(() => 1) }, path)
        const said = execFileSync('gdalinfo', [path], { encoding: 'utf8' })
        expect(said, name).toMatch(wkt)
      }
    })

    it.skipIf(!hasGdal)('has for GDAL the same pixels, grid, no-data and overviews (needs GDAL)', () => {
      for (const type of TYPES)
        for (const compression of ['none', 'deflate'] as const) {
          const path = join(folder, 'g.tif')
          writeGeoTiff({ ...BASE, type, compression, description: '土壤 <保持>' }, path)
          const said = execFileSync('gdalinfo', [path], { encoding: 'utf8' })
          expect(said).toMatch(
            /Size is 600, 300[^]*Origin = \(500000\.0*,3300000\.0*\)\s+Pixel Size = \(30\.0*,-30\.0*\)/,
          )
          expect(said).toMatch(
            /Block=256x256[^]*Description = 土壤 <保持>[^]*NoData Value=255[^]*Overviews: 300x150, 150x75/,
          )
          const raw = join(folder, 'g.bin')
          execFileSync('gdal_translate', ['-q', '-of', 'ENVI', '-ot', 'Float64', path, raw])
          const bytes = readFileSync(raw)
          const values = new Float64Array(new Uint8Array(bytes).buffer)
          const expected = Float64Array.from({ length: 180_000 }, (_, i) => {
            const [x, y] = [i % 600, Math.floor(i / 600)]
            return x === y ? 255 : (x + 2 * y) % 200
          })
          expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(expected.buffer))).toBe(0)
        }
    })

    const CHECK = `
import sys
from osgeo_utils.samples import validate_cloud_optimized_geotiff as v
warnings, errors, details = v.validate(sys.argv[1], full_check=True)
print(warnings, errors)`
    const hasValidator = spawnSync('/usr/bin/python3', ['-c', 'import osgeo_utils.samples.validate_cloud_optimized_geotiff']).status === 0 // prettier-ignore
    it.skipIf(!hasValidator)('is cloud-optimised by the rules of GDAL (needs GDAL for Python)', () => {
      writeFileSync(join(folder, 'check.py'), CHECK)
      for (const block of [256, 512] as const) {
        const path = join(folder, 'cog.tif')
        writeGeoTiff({ ...BASE, block, grid: { ...GRID, width: 1100, height: 700 } }, path)
        const said = execFileSync('/usr/bin/python3', [join(folder, 'check.py'), path], { encoding: 'utf8' })
        expect(said.trim()).toBe('[] []')
      }
    })
  })
})
