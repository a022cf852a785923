// A region to measure the raster engine on, made and not measured: smooth noise as layers of 30 m pixels, counties that
// share their borders and make up a province. Made once for each size and kept; the files at the top have the names and layout
// the C yardsticks read, and the layers of an account of all services lie in folders beside them (region-layers.ts).
// Always holds: a size gives the same bytes on every machine; memory does not grow with it; in a margin all round every layer
// is no-data.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  NODATA,
  openRaster,
  VALID,
  writeGeoTiff,
  zoneIndex,
  type GeoTiffToWrite,
  type Strip,
  type Window,
} from '../src/raster/index.ts'
import {
  CLASSES,
  COVER_NOISE,
  coverOf,
  gridOf,
  heightOf,
  NONE,
  placeOf,
  RELIEF_NOISE,
  shapeFile,
  WIDE_NOISE,
} from './region-land.ts'
import { makeLayers } from './region-layers.ts'
import { noiseRows, type NoiseRow } from './region-noise.ts'
import { counties } from './region-shapes.ts'

/** The columns stand where the yardsticks look for them. */
const biophysical = (): string => {
  const heads = 'lucode,lulc_desc,kc,root_depth,lulc_veg,usle_c,usle_p,load_n,load_p,eff_n,eff_p,crit_len_n,crit_len_p'
  const rows = CLASSES.map(({ type, kc, root, veg, c, p, carbon }, i) =>
    [i + 1, type, kc, root, veg, c, p, 1, 1, 0.5, 0.5, 150, 150, 0, ...carbon, 30].join(','),
  )
  return `${[`${heads},proportion_subsurface_n,c_above,c_below,c_soil,c_dead,slope_length`, ...rows].join('\n')}\n`
}

interface MadeLayer {
  readonly type: GeoTiffToWrite['type']
  readonly nodata: number
  readonly fields: readonly NoiseRow[]
  /** The value of a pixel from the numbers 0 … 1 of the fields. */
  readonly of: (a: number, b: number) => number
}

const rounded = (x: number, digits: number): number => Math.round(x * digits) / digits

function layers(size: number): Readonly<Record<string, MadeLayer>> {
  const noise = ([seed, period, octaves]: readonly [number, number, number]): NoiseRow =>
    noiseRows(seed, period, octaves, size)
  const float = (seed: number, low: number, high: number, digits: number, period = 400): MadeLayer => ({
    type: 'float32',
    nodata: NONE,
    fields: [noise([seed, period, 3])],
    of: (a) => rounded(low + (high - low) * a, digits),
  })
  return {
    lulc: { type: 'uint8', nodata: 0, fields: [noise(COVER_NOISE)], of: coverOf },
    dem: {
      type: 'float32',
      nodata: NONE,
      fields: [noise(RELIEF_NOISE), noise(WIDE_NOISE)],
      of: (relief, wide) => rounded(heightOf(relief, wide), 10),
    },
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

/** Rises where a layer or table is added; what an earlier edition has made is kept. */
const EDITION = '2'

/** The folder of a region, made where it is not there yet; what an interrupted making, or an earlier edition, has finished is
 *  kept. */
export function rasterRegion(size: number): string {
  const folder = join('out', 'bench', `province-${size}`)
  const edition = join(folder, 'edition')
  if (existsSync(edition) && readFileSync(edition, 'utf8') === EDITION) return folder
  const part = existsSync(folder) ? folder : `${folder}.part`
  mkdirSync(part, { recursive: true })
  makeRegion(size, part)
  writeFileSync(join(part, 'edition'), EDITION)
  if (part !== folder) renameSync(part, folder)
  return folder
}

function makeRegion(size: number, folder: string): void {
  const grid = gridOf(size)
  const margin = Math.floor(size * 0.02)
  const write = (name: string, of: Omit<GeoTiffToWrite, 'grid' | 'overviews'>): void => {
    const file = join(folder, `${name}.tif`)
    if (!existsSync(file)) writeGeoTiff({ grid, overviews: false, ...of }, file)
  }
  for (const [name, { type, nodata, fields, of }] of Object.entries(layers(size))) {
    const rows = [new Float64Array(256), new Float64Array(256)] as const
    const read = ({ col, row, width, height }: Window, into: Strip): void => {
      for (let y = 0, p = 0; y < height; y++) {
        fields.forEach((f, k) => f(col, row + y, width, rows[k]!))
        const beside = row + y < margin || row + y >= size - margin
        for (let x = 0; x < width; x++, p++) {
          const outside = beside || col + x < margin || col + x >= size - margin
          into.values[p] = outside ? 0 : of(rows[0][x]!, rows[1][x]!)
          into.states[p] = outside ? NODATA : VALID
        }
      }
    }
    write(name, { read, type, nodata, compression: 'none' })
  }
  const plain = openRaster(join(folder, 'precip.tif'))
  write('precip-deflate', { read: plain.band(1), type: 'float32', nodata: NONE, compression: 'deflate' })
  plain.close()
  const zones = counties(size, placeOf)
  const index = zoneIndex(zones, grid)
  const keys = new Int32Array(256 * 256)
  const county = (window: Window, into: Strip): void => {
    index.read(window, keys)
    for (let p = 0; p < window.width * window.height; p++) into.values[p] = keys[p]! + 1
    into.states.fill(VALID)
  }
  write('county', { read: county, type: 'int16', nodata: NONE, compression: 'none' })
  const borders = join(folder, 'counties.geojson')
  if (!existsSync(borders)) writeFileSync(borders, shapeFile(zones))
  writeFileSync(join(folder, 'counties.csv'), `代码,名称\n${zones.map((z) => `${z.id},县${z.id}\n`).join('')}`)
  writeFileSync(join(folder, 'biophysical.csv'), biophysical())
  makeLayers(size, folder, grid, zones)
}
