// The layers of an account of all regulating services over a made region, as departments hand them over: whole numbers in
// scaled units at the resolution each kind has, tables by soil code, land class and county, water bodies as shapes. Once as plain tiles (`full/`), once packed with deflate and differences (`packed/`), the same names in both.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  NODATA,
  openRaster,
  VALID,
  writeGeoTiff,
  zoneIndex,
  type GeoTiffToWrite,
  type Grid,
  type ReadPixels,
  type Strip,
  type Window,
  type Zone,
} from '../src/raster/index.ts'
import {
  CELL_M2,
  CLASSES,
  coarseGrid,
  COVER_NOISE,
  coverOf,
  heightOf,
  NONE,
  placeOf,
  RELIEF_NOISE,
  shapeFile,
  WIDE_NOISE,
} from './region-land.ts'
import { dice, noiseRows } from './region-noise.ts'
import { borderLakes, ringArea, waterBodies, type WaterBody } from './region-shapes.ts'

type Written = GeoTiffToWrite['type']

/** Codes of land cover beside those of `CLASSES`. */
export const WATERS = { lake: 8, reservoir: 9, marsh: 10 } as const
const SOILS = 12
/** Pixels of 30 m in one of a kilometre, of 500 m and of 250 m; a kilometre is 33 of them and a third, as near as whole ones come. */
const KILOMETRE = 33
const HALF = 16
const QUARTER = 8

export const MONTHS = Array.from({ length: 12 }, (_, m) => String(m + 1).padStart(2, '0'))
/** First days of the composites of sixteen days of a year. */
export const DATES: readonly string[] = Array.from({ length: 23 }, (_, k) =>
  new Date(Date.UTC(2020, 0, 1 + 16 * k)).toISOString().slice(0, 10),
)

const TEMPERATURE = [5, 7, 11, 17, 21, 25, 28, 27, 23, 18, 12, 7] as const
const RAIN = [60, 75, 120, 180, 220, 210, 130, 110, 75, 80, 65, 40] as const
const RADIATION = [220, 240, 320, 400, 470, 500, 560, 530, 420, 350, 270, 230] as const
const EVAPORATION = [30, 38, 60, 85, 105, 115, 135, 125, 90, 70, 45, 32] as const
const DAYS_OF_STORM = ['61.5', '104.2', '50.0', '73.8', '55.1', '88.0'] as const

/** Values of one band by two numbers 0 … 1. */
type Of = (a: number, b: number) => number

export function makeLayers(size: number, folder: string, grid: Grid, zones: readonly Zone[]): void {
  const [plain, packed] = [join(folder, 'full'), join(folder, 'packed')]
  mkdirSync(plain, { recursive: true })
  mkdirSync(packed, { recursive: true })
  const write = (name: string, of: Grid, type: Written, nodata: number, bands: readonly ReadPixels[]): void => {
    const put = (where: string, compression: 'none' | 'deflate', reads: readonly ReadPixels[]): void => {
      const more = reads.slice(1).map((read) => ({ read }))
      const file = join(where, `${name}.tif`)
      if (existsSync(file)) return
      writeGeoTiff({ grid: of, read: reads[0]!, more, type, nodata, compression, overviews: false }, file)
    }
    put(plain, 'none', bands)
    const made = openRaster(join(plain, `${name}.tif`))
    put(
      packed,
      'deflate',
      bands.map((_, i) => made.band(i + 1)),
    )
    made.close()
  }
  const bodies = waterBodies(size)
  write('cover', grid, 'uint8', 0, [coverBand(size, grid, bodies)])
  write('soil', grid, 'uint8', 0, [
    fine(size, [1400, 200, 5], (a) => Math.min(SOILS, Math.ceil(SOILS * spread(a))) || 1),
  ])
  write('dem', grid, 'int16', NONE, [fine(size, RELIEF_NOISE, (a, b) => Math.round(heightOf(a, b)), WIDE_NOISE)])
  write('depth', grid, 'uint16', 0, [fine(size, [600, 60, 3], (a) => Math.round(300 + 2200 * a))])
  write('pawc', grid, 'uint8', 0, [fine(size, [700, 60, 3], (a) => Math.round(5 + 20 * a))])
  const coarse = (name: string, times: number, seeds: readonly [number, number], bands: readonly Of[]): void => {
    const own = coarseGrid(size, times)
    write(
      name,
      own,
      'int16',
      NONE,
      bands.map((of) => noiseBand(own.width, [seeds[0], 400 / times, 3], of, [seeds[1], 6, 3])),
    )
  }
  const tenths = (x: number): number => Math.round(10 * x)
  const rain =
    (m: number): Of =>
    (a, b) =>
      tenths(RAIN[m]! * (0.5 + 0.6 * a + 0.4 * b))
  const loss =
    (m: number): Of =>
    (a, b) =>
      tenths(EVAPORATION[m]! * (0.4 + 0.35 * a + 0.2 * b))
  const year =
    (of: (m: number) => Of): Of =>
    (a, b) =>
      MONTHS.reduce((sum, _, m) => sum + of(m)(a, b), 0)
  const byMonth = (of: (m: number) => Of): readonly Of[] => MONTHS.map((_, m) => of(m))
  coarse('rain', KILOMETRE, [1500, 1501], byMonth(rain))
  coarse('rain-year', KILOMETRE, [1500, 1501], [year(rain)])
  coarse(
    'temperature',
    KILOMETRE,
    [1510, 1511],
    byMonth((m) => (a, b) => tenths(TEMPERATURE[m]! - 4 + 5 * a + 2 * b)),
  )
  coarse(
    'radiation',
    KILOMETRE,
    [1520, 1521],
    byMonth((m) => (a, b) => tenths(RADIATION[m]! * (0.8 + 0.2 * a + 0.1 * b))),
  )
  coarse('hot-days', KILOMETRE, [1530, 1531], [(a, b) => Math.round(20 + 60 * a + 10 * b)])
  // Water of the days above 26 ℃, in tenths of millimetres: hot days of some five millimetres each.
  coarse('evaporation-hot', KILOMETRE, [1530, 1532], [(a, b) => Math.round((20 + 60 * a) * (40 + 20 * b))])
  coarse('et', HALF, [1540, 1541], byMonth(loss))
  coarse('et-year', HALF, [1540, 1541], [year(loss)])
  const season = (d: number): number => 1 - Math.abs(d - 12) / 12
  const dates = DATES.map((_, d): Of => (a, b) => Math.round(10_000 * (0.08 + (0.35 + 0.35 * season(d)) * (0.6 * a + 0.4 * b)))) // prettier-ignore
  coarse('ndvi', QUARTER, [1550, 1551], dates)
  tables(folder, zones, [...bodies, ...borderLakes(size)])
}

const spread = (a: number): number => Math.min(1, Math.max(0, 1.8 * a - 0.4))

/** A band drawn from one noise or two. */
function noiseBand(
  columns: number,
  noise: readonly [number, number, number],
  of: Of,
  second?: readonly [number, number, number],
  margin = 0,
): (window: Window, into: Strip) => void {
  const rows = [noiseRows(...noise, columns), ...(second ? [noiseRows(...second, columns)] : [])]
  const [a, b] = [new Float64Array(256), new Float64Array(256)]
  return ({ col, row, width, height }, { values, states }) => {
    for (let y = 0, p = 0; y < height; y++) {
      rows.forEach((fill, k) => fill(col, row + y, width, k === 0 ? a : b))
      const beside = row + y < margin || row + y >= columns - margin
      for (let x = 0; x < width; x++, p++) {
        const outside = beside || col + x < margin || col + x >= columns - margin
        values[p] = outside ? 0 : of(a[x]!, b[x]!)
        states[p] = outside ? NODATA : VALID
      }
    }
  }
}

const fine = (size: number, noise: readonly [number, number, number], of: Of, second?: readonly [number, number, number]) =>
  noiseBand(size, noise, of, second, Math.floor(size * 0.02)) // prettier-ignore

/** Land cover with the water bodies drawn in, and marshes in wet places. */
function coverBand(size: number, grid: Grid, bodies: readonly WaterBody[]): ReadPixels {
  const land = fine(size, COVER_NOISE, (a, b) => (b > 0.78 ? WATERS.marsh : coverOf(a)), [1300, 120, 3])
  const index = zoneIndex(bodies.map(zoneOf), grid)
  const keys = new Int32Array(256 * 256)
  return (window, into) => {
    land(window, into)
    if (!index.read(window, keys)) return
    for (let p = 0; p < window.width * window.height; p++)
      if (keys[p]! >= 0 && into.states[p] === VALID) into.values[p] = WATERS[bodies[keys[p]!]!.kind]
  }
}

const zoneOf = ({ name, ring }: WaterBody): Zone => ({ id: name, polygons: [[ring.map(([x, y]) => placeOf(x, y))]] })

/** Tables and shapes, which both folders share. */
function tables(folder: string, zones: readonly Zone[], bodies: readonly WaterBody[]): void {
  const csv = (name: string, heads: string, rows: readonly (readonly (string | number)[])[]): void =>
    writeFileSync(join(folder, `${name}.csv`), `${[heads, ...rows.map((r) => r.join(','))].join('\n')}\n`)
  for (const kind of ['lake', 'reservoir'] as const) {
    const own = new Map(bodies.filter((b) => b.kind === kind).map((b) => [b.name, b]))
    // Twelve metres of water, over the area on the plane.
    const told = (name: string) => ({
      name,
      ...(kind === 'lake' ? {} : { capacity: 12 * Math.round(ringArea(own.get(name)!.ring) * CELL_M2) }),
    })
    writeFileSync(join(folder, `${kind}s.geojson`), shapeFile([...own.values()].map(zoneOf), told))
  }
  csv('end-members', 'bare,full', [['0.05', '0.75']])
  csv(
    'land',
    'code,slope_length,p,cover,cn_a,cn_b,cn_c,cn_d,roughness,fetch,optimum',
    [...CLASSES.map((c) => c.p), ...Object.values(WATERS).map(() => 0)].map((p, i) => {
      const a = 30 + 4 * ((i * 5) % 9)
      return [i + 1, 30, p, 90 - 7 * i, a, a + 14, a + 23, a + 28, (0.5 + 0.04 * i).toFixed(2), 50, 20 + (i % 6)]
    }),
  )
  csv(
    'soil',
    'code,sand,silt,clay,organic_carbon,organic_matter,carbonate,group',
    Array.from({ length: SOILS }, (_, i) => {
      const [sand, clay] = [20 + 4 * ((i * 7) % 12), 10 + 2 * ((i * 5) % 12)]
      const carbon = 0.4 + 0.2 * ((i * 5) % 11)
      return [
        i + 1,
        sand,
        100 - sand - clay,
        clay,
        carbon.toFixed(2),
        (carbon * 1.724).toFixed(2),
        (i % 5) / 2,
        (i % 4) + 1,
      ]
    }),
  )
  csv('storms', 'date,rain', DAYS_OF_STORM.map((mm, i) => [`2020-0${5 + Math.floor(i / 2)}-1${i}`, mm])) // prettier-ignore
  csv('evaporation', 'month,depth', MONTHS.map((m, i) => [m, EVAPORATION[i]!])) // prettier-ignore
  csv(
    'by-county',
    'county,weather,so2,dust,nox,cod,tn,tp',
    zones.map(({ id }, i) => {
      const d = (k: number, low: number, high: number): number => Math.round(low + (high - low) * dice(31, i, k))
      return [id, d(0, 2, 30), d(2, 200, 4000), d(3, 500, 9000), d(4, 300, 5000), d(5, 300, 6000), d(6, 50, 900), d(7, 5, 90)] // prettier-ignore
    }),
  )
  csv(
    'carbon',
    'county,type,rate',
    zones.flatMap(({ id }) => CLASSES.map((c) => [id, c.type, (c.carbon[0] / 40).toFixed(3)])),
  )
}
