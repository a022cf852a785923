// Coordinate systems as files state them: GeoTIFF keys, WKT of several programs, EPSG codes; and what is not stated.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { ProblemError } from '../../kernel/index.ts'
import { readGeoTiffHeader } from '../geotiff/header.ts'
import { crsFromEpsg, crsFromGeoKeys, crsFromWkt, crsText, sameCrs, sameDatum, type Crs } from './index.ts'

const keysOf = (entries: Readonly<Record<number, number | string>>): ReadonlyMap<number, number | string> =>
  new Map(Object.entries(entries).map(([k, v]) => [Number(k), v]))
const fromKeys = (entries: Readonly<Record<number, number | string>>): Crs =>
  crsFromGeoKeys(keysOf(entries), { file: 'a.tif' })
const fromWkt = (text: string): Crs => crsFromWkt(text, { file: 'a.prj' })
function problemOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemError)
      return `${error.problems[0]!.code} ${Object.values(error.problems[0]!.values).join()}`
    throw error
  }
  return 'none'
}

const ALBERS_KEYS = { 1024: 1, 3072: 32767, 3074: 32767, 3075: 11, 3076: 9001, 3078: 25, 3079: 47, 3080: 105, 3081: 0 }
const ALBERS: Crs = {
  kind: 'albers',
  datum: crsFromEpsg(4490)!.datum,
  name: '',
  lon0: 105,
  lat0: 0,
  parallel1: 25,
  parallel2: 47,
  falseEasting: 0,
  falseNorthing: 0,
}

describe('EPSG codes', () => {
  // Zones and meridians as the EPSG registry has them.
  test.each([
    [4491, 'CGCS2000 / Gauss-Kruger zone 13', 75, 13500000],
    [4512, 'CGCS2000 / Gauss-Kruger CM 135E', 135, 500000],
    [4526, 'CGCS2000 / 3-degree Gauss-Kruger zone 38', 114, 38500000],
    [4547, 'CGCS2000 / 3-degree Gauss-Kruger CM 114E', 114, 500000],
    [21420, 'Beijing 1954 / Gauss-Kruger zone 20', 117, 20500000],
    [21483, 'Beijing 1954 / Gauss-Kruger CM 135E', 135, 500000],
    [2415, 'Beijing 1954 / 3-degree Gauss-Kruger zone 39', 117, 39500000],
    [2442, 'Beijing 1954 / 3-degree Gauss-Kruger CM 135E', 135, 500000],
    [2337, 'Xian 1980 / Gauss-Kruger zone 23', 135, 23500000],
    [2349, 'Xian 1980 / 3-degree Gauss-Kruger zone 25', 75, 25500000],
    [2390, 'Xian 1980 / 3-degree Gauss-Kruger CM 135E', 135, 500000],
    [32650, 'WGS 84 / UTM zone 50N', 117, 500000],
    [32760, 'WGS 84 / UTM zone 60S', 177, 500000],
  ])('%i is %s', (code, name, lon0, falseEasting) => {
    expect(crsFromEpsg(code)).toMatchObject({ epsg: code, name, lon0, falseEasting, kind: 'transverse-mercator' })
  })

  test('a code that is not one of ours is not known', () => {
    for (const code of [0, 3035, 4555, 2443, 21424, 32661, 6326, 1043]) expect(crsFromEpsg(code)).toBeUndefined()
  })
})

describe('GeoTIFF keys', () => {
  test('give the registered system of a code', () => {
    expect(fromKeys({ 1024: 1, 3072: 4526 })).toEqual(crsFromEpsg(4526))
    expect(fromKeys({ 1024: 2, 2048: 4490 })).toEqual(crsFromEpsg(4490))
  })

  test('give a projection described by parameters, on the datum of a code', () => {
    const crs = fromKeys({ ...ALBERS_KEYS, 2048: 4490, 3073: 'My Albers' })
    expect(sameCrs(crs, ALBERS)).toBe(true)
    expect(crs.name).toBe('My Albers')
  })

  test('give the datum of a citation where its ellipsoid fits', () => {
    const wide = { ...ALBERS_KEYS, 2048: 32767, 2050: 32767, 2049: 'GCS_Beijing_1954' }
    expect(fromKeys({ ...wide, 2057: 6378245, 2059: 298.3 }).datum.id).toBe('beijing-1954')
    expect(fromKeys({ ...wide, 2057: 6378137, 2059: 298.257222101 }).datum).toMatchObject({ id: 'other' })
    expect(fromKeys({ ...wide, 2056: 7024 }).datum.id).toBe('beijing-1954')
    expect(fromKeys({ ...wide, 2049: 'Unknown based on WGS 84 ellipsoid', 2056: 7030 }).datum.id).toBe('other')
  })

  test('give UTM where the conversion has a code but the whole has none', () => {
    const crs = fromKeys({ 1024: 1, 3072: 32767, 2048: 4326, 3074: 16050, 3076: 9001 })
    expect(sameCrs(crs, crsFromEpsg(32650)!)).toBe(true)
    expect(sameCrs(fromKeys({ 1024: 1, 3072: 32767, 2048: 4326, 3074: 16150 }), crsFromEpsg(32750)!)).toBe(true)
  })

  test('give the WKT that ESRI puts into a citation', () => {
    const wkt =
      'ESRI PE String = PROJCS["X",GEOGCS["G",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Standard_Parallel_1",25.0],PARAMETER["Standard_Parallel_2",47.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    expect(sameCrs(fromKeys({ 1024: 32767, 3073: wkt }), ALBERS)).toBe(true)
  })

  test('a file that states nothing is a question', () => {
    expect(problemOf(() => fromKeys({}))).toMatch(/^raster\.no-crs/)
    expect(problemOf(() => fromKeys({ 1024: 32767, 1025: 1 }))).toMatch(/^raster\.no-crs/)
  })

  test('what is not understood is named', () => {
    expect(problemOf(() => fromKeys({ 1024: 1, 3072: 3035 }))).toBe('raster.unknown-crs EPSG:3035')
    expect(problemOf(() => fromKeys({ 1024: 1, 3072: 32767, 3073: 'Local grid' }))).toBe(
      'raster.unknown-crs Local grid',
    )
    expect(problemOf(() => fromKeys({ ...ALBERS_KEYS, 2048: 4490, 3076: 9003 }))).toMatch(/unit EPSG:9003/)
    expect(problemOf(() => fromKeys({ ...ALBERS_KEYS, 3075: 10, 2048: 4490 }))).toMatch(/ProjCoordTrans 10/)
    expect(problemOf(() => fromKeys({ ...ALBERS_KEYS, 2048: 4301 }))).toBe('raster.unknown-crs EPSG:4301')
    expect(problemOf(() => fromKeys({ 1024: 2, 2048: 32767, 2054: 9105, 2049: 'gon' }))).toMatch(
      /angular unit EPSG:9105/,
    )
    expect(problemOf(() => fromKeys({ ...ALBERS_KEYS, 2048: 4490, 3080: 'text' }))).toMatch(/raster\.unknown-crs/)
    expect(problemOf(() => fromKeys({ ...ALBERS_KEYS, 2048: 32767, 2051: 8903, 2056: 7030 }))).toMatch(
      /meridian EPSG:8903/,
    )
  })
})

const GCS_2000 =
  'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4490"]]'
const BASE_2000 =
  'BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4490]]'

describe('well-known text', () => {
  test.each([
    ['OGC, geographic', GCS_2000, 4490],
    [
      'OGC, Gauss–Krüger',
      `PROJCS["CGCS2000 / 3-degree Gauss-Kruger zone 38",${GCS_2000},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",114],PARAMETER["scale_factor",1],PARAMETER["false_easting",38500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Northing",NORTH],AXIS["Easting",EAST],AUTHORITY["EPSG","4526"]]`,
      4526,
    ],
    [
      'ESRI, Gauss–Krüger',
      'PROJCS["CGCS2000_3_Degree_GK_Zone_38",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",38500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
      4526,
    ],
    [
      'WKT 2, Gauss–Krüger',
      `PROJCRS["CGCS2000 / 3-degree Gauss-Kruger zone 38",${BASE_2000},CONVERSION["3-degree Gauss-Kruger zone 38",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",114,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],PARAMETER["False easting",38500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (Y)",east,ORDER[2],LENGTHUNIT["metre",1]],USAGE[SCOPE["x"],AREA["China - between 112°30'E and 115°30'E."],BBOX[21.52,112.5,45.45,115.5]],ID["EPSG",4526]]`,
      4526,
    ],
    [
      'WKT 2, geographic, with an ensemble',
      'GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],AXIS["geodetic longitude (Lon)",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]]',
      4326,
    ],
    [
      'OGC, the map of the web',
      'PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","3857"]]',
      3857,
    ],
  ])('%s', (_, text, epsg) => {
    expect(sameCrs(fromWkt(text), crsFromEpsg(epsg)!)).toBe(true)
    expect(fromWkt(text).datum.id).toBe(crsFromEpsg(epsg)!.datum.id)
  })

  test('a code beside other parameters does not count', () => {
    const wkt = `PROJCS["moved",${GCS_2000},PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",113.5],PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],UNIT["metre",1],AUTHORITY["EPSG","4526"]]`
    expect(fromWkt(wkt)).toMatchObject({ lon0: 113.5, falseEasting: 500000, name: 'moved' })
    expect(fromWkt(wkt)).not.toHaveProperty('epsg')
  })

  test('both forms of Lambert have one name at ESRI', () => {
    const cone = (rest: string): Crs =>
      fromWkt(
        `PROJCS["L",${GCS_2000},PROJECTION["Lambert_Conformal_Conic"],PARAMETER["Central_Meridian",105.0],PARAMETER["Standard_Parallel_1",30.0],${rest}PARAMETER["Latitude_Of_Origin",10.0],UNIT["Meter",1.0]]`,
      )
    expect(cone('PARAMETER["Standard_Parallel_2",62.0],')).toMatchObject({
      parallel1: 30,
      parallel2: 62,
      k0: 1,
      lat0: 10,
    })
    expect(cone('PARAMETER["Scale_Factor",0.99],')).toMatchObject({ parallel1: 30, parallel2: 30, k0: 0.99 })
  })

  test('what is no well-known text, or another map, is a problem', () => {
    expect(problemOf(() => fromWkt('  '))).toMatch(/^raster\.no-crs/)
    expect(problemOf(() => fromWkt('hello'))).toMatch(/^raster\.unknown-crs/)
    expect(problemOf(() => fromWkt('PROJCS["cut off",GEOGCS["x"'))).toMatch(/^raster\.unknown-crs PROJCS\["cut off"/)
    expect(problemOf(() => fromWkt('['.repeat(100000)))).toMatch(/^raster\.unknown-crs/)
    expect(problemOf(() => fromWkt('A['.repeat(100000)))).toMatch(/^raster\.unknown-crs/)
    const foot = `PROJCS["F",${GCS_2000},PROJECTION["Albers"],UNIT["Foot_US",0.3048006096]]`
    expect(problemOf(() => fromWkt(foot))).toMatch(/unit 0\.3048006096 m/)
    const other = `PROJCS["K",${GCS_2000},PROJECTION["Krovak"],UNIT["Meter",1.0]]`
    expect(problemOf(() => fromWkt(other))).toBe('raster.unknown-crs K, krovak')
    const bare = `PROJCS["B",${GCS_2000},PROJECTION["Albers"],PARAMETER["Central_Meridian",105.0],UNIT["Meter",1.0]]`
    expect(problemOf(() => fromWkt(bare))).toMatch(/raster\.unknown-crs B/)
  })
})

const DATA = '../shared/data'
describe.skipIf(!existsSync(DATA))('real files (where the shared data are present)', () => {
  const crsOf = (file: string): Crs => {
    const header = readGeoTiffHeader(bytesSource(readFileSync(`${DATA}/${file}`)), file)
    return crsFromGeoKeys(header.geoKeys, { file })
  }
  test('the grids of Hunan and Guizhou are CGCS2000 Albers', () => {
    const crs = crsOf('hunan-guizhou/elev_m.tif')
    expect(sameCrs(crs, ALBERS)).toBe(true)
    expect(crs.datum.id).toBe('cgcs2000')
  })
  test('rasters and outlet of Youwuzhen are Beijing 1954, zone 39', () => {
    for (const name of ['dem30m', 'landuse30m', 'soil30m'])
      expect(sameCrs(crsOf(`youwuzhen/${name}.tif`), crsFromEpsg(2415)!), name).toBe(true)
    expect(sameCrs(fromWkt(readFileSync(`${DATA}/youwuzhen/outlet.prj`, 'utf8')), crsFromEpsg(2415)!)).toBe(true)
  })
  test('the rasters of São Miguel are in WGS 84 longitude and latitude', () => {
    for (const name of ['clc2018_v2020_20u1', 'eu_dem_v11', 'gpw_v411_2020_count_2020'])
      expect(crsOf(`sao-miguel/${name}.tif`), name).toMatchObject({ kind: 'geographic', datum: { id: 'wgs84' } })
  })
  test('two rasters of Zion are UTM on NAD83 and on an unnamed datum, which do not mix', () => {
    const [named, unnamed] = [crsOf('zion/nlcd.tif'), crsOf('zion/nlcd2011.tif')]
    expect(named).toMatchObject({ lon0: -111, k0: 0.9996, datum: { name: 'NAD83' } })
    expect(unnamed).toMatchObject({ lon0: -111, k0: 0.9996, datum: { id: 'other' } })
    expect(sameDatum(named, unnamed)).toBe(false)
  })
})

test('systems are named the way people name them', () => {
  const zh = (code: number): string => crsText(crsFromEpsg(code)!).zh
  expect(zh(4526)).toBe('CGCS2000 / 3 度带第 38 带（带号在前）')
  expect(zh(4547)).toBe('CGCS2000 / 高斯–克吕格，中央经线 114°E（不带带号）')
  expect(zh(21420)).toBe('1954 北京坐标系 / 6 度带第 20 带（带号在前）')
  expect(zh(32750)).toBe('WGS 84 / UTM 第 50S 带')
  expect(zh(4490)).toBe('CGCS2000 / 经纬度')
  expect(crsText(ALBERS).en).toBe('CGCS2000 / Albers equal area (meridian 105°E, standard parallels 25° and 47°)')
})
