// Agreement with gdalwarp where GDAL is present: real grids between coordinate systems and cell sizes, nearest and
// bilinear. gdalwarp runs with -et 0 (the exact transformation of each pixel); where the grid is much coarser it is told
// the scale, which it would otherwise take from the box of whatever piece it works on.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { stripOf, VALID } from '../band.ts'
import { crsFromEpsg, transformer, type Crs } from '../crs/index.ts'
import { hasGdal } from '../geotiff/geotiff.fixture.ts'
import { openRaster } from '../geotiff/open-raster.ts'
import { tilesOf, type Grid } from '../grid.ts'
import type { Resampling } from './alignment.ts'
import { bandOnGrid } from './band-on-grid.ts'
import { scaleOf } from './source-places.ts'

const DATA = '../shared/data'
const root = mkdtempSync(join(tmpdir(), 'gdalwarp-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Case {
  readonly what: string
  readonly file: string
  /** Stated in place of the file's own system. */
  readonly restated?: string
  /** For gdalwarp. */
  readonly to: string
  readonly crs: (of: Crs) => Crs
  readonly how: Resampling
  /** Cell size; the grid takes the box of the source's middle, in the target system. */
  readonly cell: number
  readonly pixels: readonly [number, number]
  readonly tellScale?: boolean
}

const epsg = (code: number) => (): Crs => crsFromEpsg(code)!
/** Albers on the datum of the source: nothing is shifted between datums. */
const albers = (of: Crs): Crs => ({
  kind: 'albers',
  name: 'Albers',
  datum: of.datum,
  lon0: -96,
  lat0: 23,
  parallel1: 29.5,
  parallel2: 45.5,
  falseEasting: 0,
  falseNorthing: 0,
})
const same = (of: Crs): Crs => of

const CASES: readonly Case[] = [
  { what: 'degrees to UTM', file: 'zion/srtm.tif', to: 'EPSG:32612', crs: epsg(32612), how: 'bilinear', cell: 60, pixels: [500, 650] }, // prettier-ignore
  { what: 'degrees to UTM, classes', file: 'sao-miguel/clc2018_v2020_20u1.tif', to: 'EPSG:32626', crs: epsg(32626), how: 'nearest', cell: 20, pixels: [700, 500] }, // prettier-ignore
  { what: 'degrees to coarse UTM', file: 'zion/srtm.tif', to: 'EPSG:32612', crs: epsg(32612), how: 'bilinear', cell: 700, pixels: [40, 50], tellScale: true }, // prettier-ignore
  { what: 'UTM to Albers, classes', file: 'zion/nlcd.tif', to: '+proj=aea +lon_0=-96 +lat_0=23 +lat_1=29.5 +lat_2=45.5 +datum=NAD83', crs: albers, how: 'nearest', cell: 30, pixels: [700, 600] }, // prettier-ignore
  { what: 'Gauss–Krüger to CGCS2000 degrees', file: 'youwuzhen/dem30m.tif', restated: 'EPSG:4527', to: 'EPSG:4490', crs: epsg(4490), how: 'bilinear', cell: 0.0003, pixels: [150, 110], tellScale: true }, // prettier-ignore
  { what: 'Gauss–Krüger to CGCS2000 degrees, classes', file: 'youwuzhen/landuse30m.tif', restated: 'EPSG:4527', to: 'EPSG:4490', crs: epsg(4490), how: 'nearest', cell: 0.0001, pixels: [300, 250] }, // prettier-ignore
  { what: 'coarse to fine', file: 'sao-miguel/gpw_v411_2020_density_2020.tif', to: 'EPSG:4326', crs: same, how: 'bilinear', cell: 0.0011, pixels: [600, 300] }, // prettier-ignore
  { what: 'fine to coarse', file: 'sao-miguel/eu_dem_v11.tif', to: 'EPSG:4326', crs: same, how: 'bilinear', cell: 0.01, pixels: [60, 30] }, // prettier-ignore
  { what: 'fine to coarse, classes', file: 'sao-miguel/clc2018_v2020_20u1.tif', to: 'EPSG:4326', crs: same, how: 'nearest', cell: 0.001, pixels: [300, 300] }, // prettier-ignore
]

function gridOf(source: Grid, { crs, cell, pixels: [width, height] }: Case): Grid {
  const to = crs(source.crs)
  const out: [number, number] = [0, 0]
  const middle = [source.west + (source.width * source.dx) / 2, source.north - (source.height * source.dy) / 2] as const
  transformer(source.crs, to)(...middle, out)
  // Places a little off round numbers, so that no centre lies on a border.
  const [west, north] = [out[0] - (width * cell) / 2, out[1] + (height * cell) / 2]
  return { width, height, west, north, dx: cell, dy: cell, crs: to }
}

const isHere = hasGdal && existsSync(DATA)

for (const c of CASES)
  it.skipIf(!isHere)(`agrees with gdalwarp: ${c.what} (where GDAL and the data are)`, () => {
    let path = `${DATA}/${c.file}`
    if (c.restated !== undefined) {
      const restated = join(root, 'restated.tif')
      execFileSync('gdal_translate', ['-q', '-a_srs', c.restated, path, restated])
      path = restated
    }
    const source = openRaster(path)
    const grid = gridOf(source.grid, c)
    const scale = scaleOf(source.grid, grid, c.tellScale ? transformer(grid.crs, source.grid.crs) : undefined)
    const warped = join(root, 'warped.tif')
    execFileSync('gdalwarp', [
      ...[
        '-q',
        '-overwrite',
        '-et',
        '0',
        '-ot',
        'Float64',
        '-t_srs',
        c.to,
        '-r',
        c.how === 'nearest' ? 'near' : 'bilinear',
      ],
      ...['-te', grid.west, grid.north - grid.height * grid.dy, grid.west + grid.width * grid.dx, grid.north].map(
        String,
      ),
      ...['-ts', grid.width, grid.height].map(String),
      ...(c.tellScale ? ['-wo', `XSCALE=${scale.x}`, '-wo', `YSCALE=${scale.y}`] : []),
      ...[path, warped],
    ])
    const peer = openRaster(warped, { crs: grid.crs }).band(1)
    const ours = bandOnGrid(source.band(1), grid, c.how)
    const [a, b] = [stripOf(256 * 256), stripOf(256 * 256)]
    let both = 0
    let alone = 0
    let off = 0
    let largest = 0
    for (const tile of tilesOf(grid)) {
      ours.read(tile, a)
      peer.read(tile, b)
      for (let i = 0; i < tile.width * tile.height; i++) {
        const [mine, theirs] = [a.states[i] === VALID, b.states[i] === VALID]
        if (mine !== theirs) alone++
        if (!mine || !theirs) continue
        both++
        const difference = Math.abs(a.values[i]! - b.values[i]!)
        if (c.how === 'nearest' && difference > 0) off++
        largest = Math.max(largest, difference / Math.max(1, Math.abs(b.values[i]!)))
      }
    }
    source.close()
    expect(both).toBeGreaterThan(500)
    expect(alone).toBeLessThanOrEqual(grid.width * grid.height * 0.001)
    if (c.how === 'nearest') expect(off).toBeLessThanOrEqual(both * 0.001)
    else expect(largest).toBeLessThan(1e-4)
  })
