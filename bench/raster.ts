// The raster engine by its parts: reading, statistics by zone, the fused pass of an account, terrain, writing. Each is
// measured in a process of its own over files of a made region; beside it stand what C and plain tools need for the like.

import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  drainedPixels,
  flowOver,
  openRaster,
  stripOf,
  surfaceOf,
  TILE,
  tilesOf,
  VALID,
  writeGeoTiff,
  zonal,
  type ZoneRule,
} from '../src/raster/index.ts'
import { peak, timed, type Measured } from './measure.ts'
import { delivery } from './raster-delivery.ts'
import { NONE } from './region-land.ts'

const read = (folder: string, name: string) => openRaster(join(folder, `${name}.tif`))

async function readBand(folder: string, name: string): Promise<Measured> {
  const raster = read(folder, name)
  const band = raster.band(1)
  let valid = 0
  const { cpu, wall } = await timed(() => {
    const strip = stripOf(TILE * TILE)
    for (const window of tilesOf(raster.grid)) {
      band.read(window, strip)
      for (let p = 0; p < window.width * window.height; p++) if (strip.states[p] === VALID) valid++
    }
  })
  return { cpu, wall, valid, peak: peak() }
}

async function zones(folder: string, rule: ZoneRule): Promise<Measured> {
  const { features } = JSON.parse(readFileSync(join(folder, 'counties.geojson'), 'utf8')) as {
    features: { properties: { code: string }; geometry: { coordinates: [number, number][][][] } }[]
  }
  const own = features.map((f) => ({ id: f.properties.code, polygons: f.geometry.coordinates }))
  const raster = read(folder, 'precip')
  const { cpu, wall, result } = await timed(() => zonal(own, raster.band(1), rule))
  return { cpu, wall, zones: result.rows.length, sum: result.rows[0]!.sums!.sum, peak: peak() }
}

async function terrain(folder: string): Promise<Measured> {
  const raster = read(folder, 'dem')
  const { cpu, wall, result } = await timed(() => drainedPixels(flowOver(surfaceOf(raster.band(1)))))
  return { cpu, wall, cells: result.length, peak: peak() }
}

async function write(folder: string, compression: 'none' | 'deflate'): Promise<Measured> {
  const raster = read(folder, 'precip')
  const out = join('out', 'bench', 'written')
  mkdirSync(out, { recursive: true })
  const { cpu, wall } = await timed(() =>
    writeGeoTiff(
      { grid: raster.grid, read: raster.band(1), type: 'float32', nodata: NONE, compression, overviews: true },
      join(out, `${compression}.tif`),
    ),
  )
  rmSync(out, { recursive: true })
  return { cpu, wall, peak: peak() }
}

/** What a child process does. */
export const RASTER_CHILD: Readonly<Record<string, (folder: string) => Promise<Measured>>> = {
  'read-plain': (f) => readBand(f, 'precip'),
  'read-deflate': (f) => readBand(f, 'precip-deflate'),
  'zonal-center': (f) => zones(f, 'center'),
  'zonal-exact': (f) => zones(f, 'exact'),
  terrain,
  delivery,
  'write-plain': (f) => write(f, 'none'),
  'write-deflate': (f) => write(f, 'deflate'),
}

export const RASTER_NAMES: Readonly<Record<string, string>> = {
  'read-plain': 'one band read, not packed',
  'read-deflate': 'one band read, deflate',
  'zonal-center': 'statistics of 122 counties, by centre',
  'zonal-exact': 'statistics of 122 counties, by share',
  terrain: 'filling, D8, accumulation',
  delivery: 'sediment delivery by D8 with the sums of 122 counties',
  'write-plain': 'cloud-optimised file, not packed',
  'write-deflate': 'cloud-optimised file, deflate',
}
