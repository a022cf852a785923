// A made region as rasters: relief, land cover, climate and soil on one grid of 30 m, and 36 counties of 4096 vertices that
// share their borders. Made once for each size and kept; the files have the names and layout the C yardsticks read.
// Always holds: a size gives the same bytes on every machine; outside the counties' margin every layer is no-data.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  crsFromEpsg,
  NODATA,
  openRaster,
  VALID,
  writeGeoTiff,
  zoneIndex,
  type GeoTiffToWrite,
  type Grid,
  type Strip,
  type Window,
  type Zone,
} from '../src/raster/index.ts'

const CELL = 30
const WEST = 400_000
const NORTH = 3_400_000
export const NONE = -9999

export const gridOf = (size: number): Grid => ({
  width: size,
  height: size,
  west: WEST,
  north: NORTH,
  dx: CELL,
  dy: CELL,
  crs: crsFromEpsg(32649)!,
})

/** 0 … 1 from a place on a lattice. */
function dice(seed: number, x: number, y: number): number {
  let h = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(x + 7, 0x85ebca6b) ^ Math.imul(y + 13, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
}

/** Smooth numbers 0 … 1, a new one each `period` pixels, with `octaves` finer ones on top. */
type Field = (column: number, row: number) => number
function field(seed: number, period: number, octaves: number): Field {
  const scale = 1 / (2 - 2 ** (1 - octaves))
  return (column, row) => {
    let [sum, weight, step] = [0, scale, period]
    for (let o = 0; o < octaves; o++) {
      const [x, y] = [column / step, row / step]
      const [i, j] = [Math.floor(x), Math.floor(y)]
      const [u, v] = [x - i, y - j]
      const [a, b] = [u * u * (3 - 2 * u), v * v * (3 - 2 * v)]
      const north = dice(seed + o, i, j) * (1 - a) + dice(seed + o, i + 1, j) * a
      const south = dice(seed + o, i, j + 1) * (1 - a) + dice(seed + o, i + 1, j + 1) * a
      sum += weight * (north * (1 - b) + south * b)
      weight /= 2
      step /= 2
    }
    return sum
  }
}

/** Land classes with the numbers a model wants of them; the code is the place in the list, from 1. */
const CLASSES = [
  { type: 'farm.cropland.paddy', kc: 1.1, root: 600, veg: 1, c: 0.1, p: 0.15, carbon: [3, 1, 60, 0.5] },
  { type: 'farm.cropland.dry', kc: 0.95, root: 700, veg: 1, c: 0.25, p: 0.4, carbon: [2.5, 0.8, 52, 0.3] },
  { type: 'forest.broadleaf.evergreen', kc: 1, root: 3000, veg: 1, c: 0.005, p: 1, carbon: [52, 12, 95, 3] },
  { type: 'forest.needleleaf.evergreen', kc: 1, root: 2500, veg: 1, c: 0.007, p: 1, carbon: [45, 11, 88, 3] },
  { type: 'shrub.broadleaf.deciduous', kc: 0.85, root: 1500, veg: 1, c: 0.02, p: 1, carbon: [9, 4, 70, 1] },
  { type: 'grass.tussock.subtropical', kc: 0.75, root: 800, veg: 1, c: 0.04, p: 1, carbon: [1.5, 4, 65, 0.5] },
  { type: 'urban.residential', kc: 0.35, root: 100, veg: 0, c: 0.01, p: 1, carbon: [0.5, 0.2, 30, 0] },
] as const
export const CODES: Readonly<Record<string, string>> = Object.fromEntries(CLASSES.map((c, i) => [i + 1, c.type]))

/** The columns stand where the yardsticks look for them. */
const biophysical = (): string => {
  const heads = 'lucode,lulc_desc,kc,root_depth,lulc_veg,usle_c,usle_p,load_n,load_p,eff_n,eff_p,crit_len_n,crit_len_p'
  const rows = CLASSES.map(({ type, kc, root, veg, c, p, carbon }, i) =>
    [i + 1, type, kc, root, veg, c, p, 1, 1, 0.5, 0.5, 150, 150, 0, ...carbon].join(','),
  )
  return `${[`${heads},proportion_subsurface_n,c_above,c_below,c_soil,c_dead`, ...rows].join('\n')}\n`
}

interface MadeLayer {
  readonly type: GeoTiffToWrite['type']
  readonly nodata: number
  readonly at: Field
}

const rounded = (x: number, digits: number): number => Math.round(x * digits) / digits

function layers(): Readonly<Record<string, MadeLayer>> {
  const wide = field(100, 900, 3)
  const relief = field(200, 256, 8)
  const height: Field = (c, r) => rounded(60 + 900 * relief(c, r) + 1500 * wide(c, r), 10)
  const land = field(300, 160, 6)
  const cover: Field = (c, r) => 1 + Math.min(6, Math.floor(7 * Math.min(1, Math.max(0, 1.8 * land(c, r) - 0.4))))
  const float = (seed: number, low: number, high: number, digits: number, period = 400): MadeLayer => {
    const f = field(seed, period, 3)
    return { type: 'float32', nodata: NONE, at: (c, r) => rounded(low + (high - low) * f(c, r), digits) }
  }
  return {
    lulc: { type: 'uint8', nodata: 0, at: cover },
    dem: { type: 'float32', nodata: NONE, at: height },
    precip: float(400, 900, 2100, 10),
    eto: float(500, 700, 1300, 10),
    depth: float(600, 300, 2500, 1, 60),
    pawc: float(700, 0.05, 0.25, 1000, 60),
    r: float(800, 3000, 9000, 1),
    k: float(900, 0.01, 0.06, 10_000, 60),
    ls: float(1000, 0.03, 25, 1000, 16),
    days: float(1100, 20, 90, 1),
  }
}

/** Counties in a row and in a column. */
const SIDE = 6
/** Pieces of one border between two corners. */
const PIECES = 1024

type Point = readonly [x: number, y: number]

/** Borders run along a lattice and leave it by less than a third of the way to the nearer corner, so that no two cross. */
export function counties(size: number): readonly Zone[] {
  const inset = size * 0.06
  const step = (size - 2 * inset) / SIDE
  const bend = (seed: number, i: number, j: number): readonly number[] => {
    const own = field(seed + 50 * i + j, PIECES / 4, 8)
    return Array.from({ length: PIECES }, (_, n) => {
      const t = n / PIECES
      return (2 * own(n, 0) - 1) * 0.6 * Math.min(t, 1 - t) * step
    })
  }
  const place = (x: number, y: number): Point => [WEST + CELL * (inset + x), NORTH - CELL * (inset + y)]
  const along = (i: number, j: number): readonly Point[] =>
    bend(2000, i, j).map((off, n) => place((i + n / PIECES) * step, j * step + off))
  const down = (i: number, j: number): readonly Point[] =>
    bend(6000, i, j).map((off, n) => place(i * step + off, (j + n / PIECES) * step))
  const corner = (i: number, j: number): Point => place(i * step, j * step)
  const back = (line: readonly Point[], end: Point): readonly Point[] => [end, ...line.slice(1).reverse()]
  return Array.from({ length: SIDE * SIDE }, (_, z) => {
    const [i, j] = [z % SIDE, Math.floor(z / SIDE)]
    const ring = [
      ...along(i, j),
      ...down(i + 1, j),
      ...back(along(i, j + 1), corner(i + 1, j + 1)),
      ...back(down(i, j), corner(i, j + 1)),
    ]
    return { id: String(101 + z), polygons: [[[...ring, ring[0]!]]] }
  })
}

function countyFile(zones: readonly Zone[]): string {
  const features = zones.map(({ id, polygons }) => ({
    type: 'Feature',
    properties: { code: id },
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  }))
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32649' } }
  return JSON.stringify({ type: 'FeatureCollection', crs, features })
}

/** The folder of a region, made where it is not there yet. */
export function rasterRegion(size: number): string {
  const folder = join('out', 'bench', `region-${size}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  makeRegion(size, part)
  renameSync(part, folder)
  return folder
}

function makeRegion(size: number, folder: string): void {
  const grid = gridOf(size)
  const margin = Math.floor(size * 0.02)
  const write = (name: string, of: Omit<GeoTiffToWrite, 'grid' | 'overviews'>): void =>
    writeGeoTiff({ grid, overviews: false, ...of }, join(folder, `${name}.tif`))
  for (const [name, { type, nodata, at }] of Object.entries(layers())) {
    const read = (window: Window, into: Strip): void => {
      for (let y = 0, p = 0; y < window.height; y++)
        for (let x = 0; x < window.width; x++, p++) {
          const [c, r] = [window.col + x, window.row + y]
          const inside = c >= margin && r >= margin && c < size - margin && r < size - margin
          into.values[p] = inside ? at(c, r) : 0
          into.states[p] = inside ? VALID : NODATA
        }
    }
    write(name, { read, type, nodata, compression: 'none' })
  }
  const plain = openRaster(join(folder, 'precip.tif'))
  write('precip-deflate', { read: plain.band(1), type: 'float32', nodata: NONE, compression: 'deflate' })
  plain.close()
  const zones = counties(size)
  const index = zoneIndex(zones, grid)
  const keys = new Int32Array(256 * 256)
  const county = (window: Window, into: Strip): void => {
    index.read(window, keys)
    for (let p = 0; p < window.width * window.height; p++) into.values[p] = keys[p]! + 1
    into.states.fill(VALID)
  }
  write('county', { read: county, type: 'int16', nodata: NONE, compression: 'none' })
  writeFileSync(join(folder, 'counties.geojson'), countyFile(zones))
  writeFileSync(join(folder, 'counties.csv'), `代码,名称\n${zones.map((z) => `${z.id},县${z.id}\n`).join('')}`)
  writeFileSync(join(folder, 'biophysical.csv'), biophysical())
}
