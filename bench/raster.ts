// The raster engine by its parts: reading, statistics by zone, the fused pass of an account, terrain, writing. Each is
// measured in a process of its own over files of a made region; beside it stand what C and plain tools need for the like.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  accumulate,
  d8,
  drainage,
  fillDepressions,
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
import { inChild, peak, timed, type Measured } from './measure.ts'
import { rasterAccount } from './raster-account.ts'
import { rasterAgain, rasterThreads } from './raster-again.ts'
import { rasterPeers, type Peer } from './raster-peers.ts'
import { rasterRegion } from './raster-region.ts'
import { NONE } from './region-land.ts'

const SIZES = [1000, 2000] as const
const LARGE = 4000

type Row = readonly [what: string, value: string, beside: string]

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
  const { cpu, wall, result } = await timed(() => accumulate(drainage(d8(fillDepressions(surfaceOf(raster.band(1)))))))
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
  account: rasterAccount,
  'again-first': (f) => rasterAgain(f, 'first'),
  'again-price': (f) => rasterAgain(f, 'price'),
  'again-number': (f) => rasterAgain(f, 'number'),
  'threads-1': (f) => rasterThreads(f, 1),
  'threads-2': (f) => rasterThreads(f, 2),
  terrain,
  'write-plain': (f) => write(f, 'none'),
  'write-deflate': (f) => write(f, 'deflate'),
}

const NAMES: Readonly<Record<string, string>> = {
  'read-plain': 'one band read, not packed',
  'read-deflate': 'one band read, deflate',
  'zonal-center': 'statistics of 36 counties, by centre',
  'zonal-exact': 'statistics of 36 counties, by share',
  account: 'account, three models over nine maps',
  'again-first': 'the same as a run of its own, with hashes and checks, filling the working cache',
  'again-price': 'run again with another price',
  'again-number': 'run again with another seasonality in one of the models',
  'threads-1': 'the run by one thread, hashes known',
  'threads-2': 'the run by two threads, hashes known',
  terrain: 'filling, D8, accumulation',
  'write-plain': 'cloud-optimised file, not packed',
  'write-deflate': 'cloud-optimised file, deflate',
}

const n = (x: number, digits = 2): string => Number(x.toPrecision(digits)).toString()

export function rasterRows(words: readonly string[]): readonly Row[] {
  const own = words.map(Number).filter((size) => size > 0)
  const sizes = own.length > 0 ? own : words.includes('--large') ? [...SIZES, LARGE] : SIZES
  const { peers, skipped } = rasterPeers()
  return [
    ...sizes.flatMap((size) => {
      if (!existsSync(join('out', 'bench', `province-${size}`))) inChild('raster-region', String(size))
      const folder = rasterRegion(size)
      return Object.keys(RASTER_CHILD).map((part): Row => {
        const ours = inChild('raster', part, folder)
        const beside = peers.filter((p) => p.part === part).map((p) => besideText(p, folder, ours))
        const mega = (size * size) / 1e6
        const steps =
          part === 'account'
            ? `facts ${n(ours['facts']!)}, opening and survey ${n(ours['survey']!)}, pass ${n(ours['pass']!)}`
            : ''
        return [
          `${size} × ${size}: ${NAMES[part]!}`,
          `${n(ours['cpu']!, 3)} s`,
          [
            `${n((ours['cpu']! * 1000) / mega)} ns a pixel, ${n(ours['wall']!)} s by the clock, ${Math.round(ours['peak']!)} MB`,
            steps,
            ...beside,
          ]
            .filter((t) => t !== '')
            .join('; '),
        ]
      })
    }),
    ...skipped.map((what): Row => [what, '', 'not on this machine, left out']),
  ]
}

function besideText(peer: Peer, folder: string, ours: Measured): string {
  const m = peer.run(folder)
  if (!m) return `${peer.name} failed`
  return `${peer.name} ${n(m['cpu']!, 3)} s, ${Math.round(m['peak']!)} MB: ours / it ${n(ours['cpu']! / m['cpu']!)}`
}
