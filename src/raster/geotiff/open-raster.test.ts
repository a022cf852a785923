import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { findFile } from '../../core/exchange-formats/index.ts'
import { stripOf, VALID } from '../band.ts'
import { crsFromEpsg, sameCrs, type Crs } from '../crs/index.ts'
import type { Grid } from '../grid.ts'
import { makeTiff, PLACED, UTM_50, type Made } from './geotiff.fixture.ts'
import { openRaster } from './open-raster.ts'
import { writeGeoTiff } from './write-geotiff.ts'

const folder = mkdtempSync(join(tmpdir(), 'raster-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const UTM_KEYS = { 34735: { short: [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32650] } }
const MADE: Made = { width: 3, height: 2, values: [1, 2, 3, 4, 5, 6], fields: PLACED }
const put = (name: string, made: Made): string => {
  writeFileSync(join(folder, name), makeTiff(made))
  return join(folder, name)
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

describe('an opened raster', () => {
  it('has grid, coordinate system and bands until it is closed', () => {
    put('图.tif', { ...MADE, bands: 2, fields: { ...PLACED, ...UTM_KEYS } })
    const raster = openRaster(findFile(folder, '图.tif'))
    expect(raster).toMatchObject({
      file: '图.tif',
      bands: 2,
      grid: { width: 3, height: 2, west: 500000, north: 3300000, dx: 30, dy: 30, crs: { epsg: 32650 } },
    })
    const strip = stripOf(6)
    const band = raster.band(2)
    band.read({ col: 0, row: 0, width: 3, height: 2 }, strip)
    expect([[...strip.values], band.name, raster.cachedBytes]).toEqual([[1, 2, 3, 4, 5, 6], '图.tif › 2', 12])
    raster.close()
    expect(() => openRaster(findFile(folder, '图.tif')).band(3)).toThrow('geotiff.no-band')
  })

  it('without a coordinate system takes the one declared or the one of its .prj, else is a problem', () => {
    const path = put('bare.tif', MADE)
    expect(codes(() => openRaster(path))).toEqual(['raster.no-crs'])
    expect(openRaster(path, { crs: UTM_50 }).grid.crs).toBe(UTM_50)
    writeFileSync(
      join(folder, 'bare.prj'),
      'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
    )
    expect(openRaster(path).grid.crs).toMatchObject({ kind: 'geographic', datum: { id: 'wgs84' } })
  })

  it('that states another coordinate system than declared is a problem', () => {
    const path = put('utm.tif', { ...MADE, fields: { ...PLACED, ...UTM_KEYS } })
    expect(codes(() => openRaster(path, { crs: UTM_50 }).close())).toEqual([])
    expect(codes(() => openRaster(path, { crs: crsFromEpsg(32651)! }))).toEqual(['raster.crs-contradicts'])
  })

  it('that is not there, or is no raster, is a problem', () => {
    writeFileSync(join(folder, 'text.tif'), 'no raster at all')
    expect(codes(() => openRaster(join(folder, 'none.tif')))).toEqual(['folder.unreadable'])
    expect(codes(() => openRaster(join(folder, 'text.tif')))).toEqual(['geotiff.not-a-tiff'])
  })

  it('written and opened again stands on the same grid in the same system, whatever the system', () => {
    const { datum } = UTM_50 as Extract<Crs, { readonly kind: 'transverse-mercator' }>
    const own = { datum, name: 'own', falseEasting: 500000, falseNorthing: 1000 }
    const systems: readonly Crs[] = [
      ...[4326, 4490, 4547, 4214, 2343, 3857, 32650].map((code) => crsFromEpsg(code)!),
      { kind: 'transverse-mercator', ...own, lon0: 111.5, lat0: 0, k0: 0.9999 },
      { kind: 'albers', ...own, lon0: 105, lat0: 3, parallel1: 25, parallel2: 47 },
      { kind: 'lambert-conformal', ...own, lon0: 105, lat0: 3, parallel1: 25, parallel2: 47, k0: 1 },
      { kind: 'lambert-conformal', ...own, lon0: 105, lat0: 30, parallel1: 30, parallel2: 30, k0: 0.99 },
      { kind: 'geographic', datum: { id: 'other', name: 'Mine', ellipsoid: { a: 6378200, inverseFlattening: 298 } }, name: 'x' }, // prettier-ignore
    ]
    for (const crs of systems) {
      const grid: Grid = { width: 2, height: 2, west: 110, north: 30, dx: 0.1, dy: 0.1, crs }
      const path = join(folder, 'own.tif')
      const read = (_: unknown, into: { values: Float64Array; states: Uint8Array }): void => {
        into.values.fill(1)
        into.states.fill(VALID)
      }
      writeGeoTiff({ grid, read, type: 'uint8', compression: 'none', overviews: false }, path)
      const raster = openRaster(path)
      raster.close()
      const { crs: back, ...rest } = raster.grid
      expect({ ...rest, crs }).toEqual(grid)
      expect(sameCrs(back, crs), crs.name).toBe(true)
    }
  })
})

const REAL = '../shared/data'
describe.skipIf(!existsSync(REAL))('real rasters (need the shared data)', () => {
  it.each([
    ['youwuzhen/dem30m.tif', 'transverse-mercator', 'beijing-1954'],
    ['hunan-guizhou/temp_degC.tif', 'albers', 'cgcs2000'],
    ['sao-miguel/eu_dem_v11.tif', 'geographic', 'wgs84'],
    ['zion/srtm.tif', 'geographic', 'wgs84'],
    ['zion/nlcd2011.tif', 'transverse-mercator', undefined],
  ])('%s opens with its coordinate system', (name, kind, datum) => {
    const raster = openRaster(findFile(REAL, name))
    raster.close()
    expect(raster.grid.crs.kind).toBe(kind)
    if (datum) expect(raster.grid.crs.datum.id).toBe(datum)
  })
})
