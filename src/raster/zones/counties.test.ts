// Real counties on real grids: means under both rules and areas of two provinces. Expected numbers come from an
// independent computation with GDAL and GEOS (edges split every 0.005 degrees, projected by PROJ, polygon ∩ pixel by
// GEOS); areas of the provinces are the official ones.

import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readVector, vectorInFolder } from '../../core/exchange-formats/index.ts'
import { crsFromEpsg } from '../crs/index.ts'
import { openRaster } from '../geotiff/open-raster.ts'
import { projectPolygons } from './project-polygons.ts'
import { zonal, type Zonal, type ZoneRule } from './zonal.ts'

const DATA = '../shared/data/hunan-guizhou'
const GRIDS = ['npp_gC_m2_yr', 'precip_mm_yr', 'temp_degC', 'elev_m', 'human_footprint'] as const

/** adcode → pixels by centre, then mean by centre and by cover of each grid, then area in km². */
const COUNTIES: Readonly<
  Record<string, { centre: number; area: number; means: readonly (readonly [number, number])[] }>
> = {
  '430102': {
    centre: 1,
    area: 42.7518,
    means: [
      [268.1333313, 332.79966728],
      [1472.59216309, 1476.56847718],
      [18.63093376, 18.62557377],
      [51.24975204, 51.45664907],
      [42.42222214, 40.77104059],
    ],
  },
  '430426': {
    centre: 22,
    area: 1873.2172,
    means: [
      [516.19411122, 514.36295091],
      [1333.12956099, 1331.75211965],
      [18.27426243, 18.36537705],
      [220.48736884, 209.25265371],
      [14.92460962, 14.93787401],
    ],
  },
  '430503': {
    centre: 0,
    area: 212.2587,
    means: [
      [NaN, 501.07902552],
      [NaN, 1355.96634021],
      [NaN, 17.83211619],
      [NaN, 263.97501608],
      [NaN, 22.44724707],
    ],
  },
  '431229': {
    centre: 23,
    area: 2209.2536,
    means: [
      [586.20749034, 587.94189722],
      [1368.43614661, 1367.60758073],
      [16.90651442, 16.96818703],
      [534.27627165, 525.1324801],
      [10.93368794, 11.1012634],
    ],
  },
  '433130': {
    centre: 28,
    area: 3135.7647,
    means: [
      [625.79125323, 625.55049053],
      [1386.53114973, 1383.87225069],
      [15.83099726, 15.89678081],
      [704.61661639, 690.74421815],
      [11.71830617, 11.89641366],
    ],
  },
  '520201': {
    centre: 3,
    area: 466.6009,
    means: [
      [524.50956217, 522.22399664],
      [1115.8421224, 1106.79724804],
      [13.30188243, 13.09055158],
      [2002.0748291, 2017.31490701],
      [25.06123479, 21.56621917],
    ],
  },
  '520303': {
    centre: 15,
    area: 1516.082,
    means: [
      [583.03245443, 585.05802086],
      [1053.05847982, 1055.69724823],
      [15.57706305, 15.44049185],
      [1049.73253988, 1069.26736721],
      [19.89687265, 19.68648812],
    ],
  },
  '522731': {
    centre: 22,
    area: 2478.3038,
    means: [
      [636.49904841, 632.73883153],
      [1276.82211026, 1277.83258548],
      [16.18602649, 16.17595711],
      [1151.53637695, 1148.79414704],
      [16.3266889, 16.28139845],
    ],
  },
}

function counties() {
  const layer = readVector(vectorInFolder(DATA, 'counties.geojson'))
  return layer.features.map(({ properties: p, geometry }) => ({
    id: String(p['adcode']),
    province: String(p['province']),
    polygons: geometry?.kind === 'polygon' ? geometry.polygons : [],
  }))
}

function statistics(grid: string, rule: ZoneRule): Zonal {
  const raster = openRaster(`${DATA}/${grid}.tif`)
  try {
    const wgs84 = crsFromEpsg(4326)!
    const zones = counties().map((z) => ({ ...z, polygons: projectPolygons(z.polygons, wgs84, raster.grid) }))
    return zonal(zones, raster.band(1), rule)
  } finally {
    raster.close()
  }
}

const isHere = existsSync(DATA)

it.skipIf(!isHere)(
  'gives the means of five grids over 210 counties that GDAL and GEOS give, under both rules (where the data are)',
  () => {
    GRIDS.forEach((grid, g) => {
      const [centre, exact] = (['center', 'exact'] as const).map((rule) => statistics(grid, rule))
      expect(centre!.rows).toHaveLength(210)
      for (const [id, expected] of Object.entries(COUNTIES)) {
        const [c, e] = [centre, exact].map((z) => z!.rows.find((r) => r.id === id)!.sums)
        expect(c?.count ?? 0).toBe(expected.centre)
        if (c) expect(c.sum / c.count).toBeCloseTo(expected.means[g]![0], 6)
        // Bent edges are drawn to 0.01 pixel here and by straight pieces of half a kilometre there.
        expect(Math.abs(e!.sum / e!.count / expected.means[g]![1] - 1)).toBeLessThan(1e-5)
        expect(Math.abs(e!.count * 100 - expected.area)).toBeLessThan(0.05)
      }
    })
  },
)

it.skipIf(!isHere)(
  'leaves the one county without a cell centre empty, and finds no overlap (where the data are)',
  () => {
    const { rows, problems } = statistics('npp_gC_m2_yr', 'center')
    expect(rows.filter((r) => r.sums === undefined)).toEqual([{ id: '430503' }])
    expect(problems).toEqual([])
  },
)

it.skipIf(!isHere)('covers two provinces within 0.1 % of their official areas (where the data are)', () => {
  const { rows } = statistics('elev_m', 'exact')
  const province = new Map(counties().map((c) => [c.id, c.province]))
  const areaKm2 = (name: string): number =>
    rows.reduce((sum, { id, sums: s }) => (province.get(id) === name ? sum + (s!.count + s!.nodata) * 100 : sum), 0)
  expect(Math.abs(areaKm2('湖南省') / 211_829 - 1)).toBeLessThan(0.001)
  expect(Math.abs(areaKm2('贵州省') / 176_167 - 1)).toBeLessThan(0.001)
})
