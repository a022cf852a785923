// What stands beside the raster engine where the machine has it: the C yardsticks (one pass over the same files, reading
// through GDAL, built here), GDAL's own programs, and numpy over GDAL. What is missing is left out and named.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Measured } from './measure.ts'

export interface Peer {
  /** The measurement of ours it stands beside. */
  readonly part: string
  readonly name: string
  /** CPU seconds and peak MB of the whole process; undefined where it fails. */
  run(folder: string): Measured | undefined
}

const YARDSTICKS = join('..', 'shared', 'yardsticks')
const BUILT = join('out', 'bench')
const PYTHONS = ['python3', '/usr/bin/python3'] as const

const works = (command: string, ...words: readonly string[]): boolean => spawnSync(command, words).status === 0

/** A child's cost is only told to its parent, and Node does not pass it on: so a small parent that prints it. */
const COST = `
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'cpu': used.ru_utime + used.ru_stime, 'peak': used.ru_maxrss / 1024}))
sys.exit(done.returncode)
`

const STATISTICS = join('bench', 'raster-peer.py')

export function rasterPeers(): { readonly peers: readonly Peer[]; readonly skipped: readonly string[] } {
  const python = PYTHONS.find((p) => works(p, '-c', 'import resource'))
  if (python === undefined) return { peers: [], skipped: ['all peers (their cost is taken with Python)'] }
  const cost = (command: readonly string[]): Measured | undefined => {
    const done = spawnSync(python, ['-c', COST, ...command], { encoding: 'utf8' })
    return done.status === 0 ? (JSON.parse(done.stdout) as Measured) : undefined
  }
  const numpy = PYTHONS.find((p) => works(p, '-c', 'import numpy; from osgeo import gdal'))
  const gdal = works('gdalinfo', '--version')
  const [limit, route] = [built('limit'), built('route')]
  const peers: Peer[] = []
  const add = (part: string, name: string, command: (folder: string) => readonly string[]): void =>
    void peers.push({ part, name, run: (folder) => cost(command(folder)) })
  const written = join(BUILT, 'peer.tif')
  if (limit !== undefined) {
    add('zonal-center', 'C (county raster given)', (f) => [limit, 'carbon', f])
    add('first-light', 'C', (f) => [limit, 'fused', f])
  }
  // The form of the peer: steps of the way down count 1.
  const sdr = built('sdr', '-DSTEP=1.f')
  if (sdr !== undefined) add('delivery', 'C (county raster given)', (f) => [sdr, f, '1000'])
  if (route !== undefined) add('terrain', 'C', (f) => [route, join(f, 'dem.tif')])
  if (gdal) {
    const info = (f: string, name: string): readonly string[] =>
      ['gdalinfo', '--config', 'GDAL_PAM_ENABLED', 'NO', '-stats', join(f, `${name}.tif`)] // prettier-ignore
    add('read-plain', 'gdalinfo -stats', (f) => info(f, 'precip'))
    add('read-deflate', 'gdalinfo -stats', (f) => info(f, 'precip-deflate'))
    const translate = (f: string, ...options: readonly string[]): readonly string[] => {
      rmSync(written, { force: true })
      return ['gdal_translate', '-q', '-of', 'COG', '-co', 'BLOCKSIZE=256', ...options, join(f, 'precip.tif'), written]
    }
    add('write-plain', 'gdal_translate', (f) => translate(f, '-co', 'COMPRESS=NONE', '-co', 'RESAMPLING=AVERAGE'))
    add('write-deflate', 'gdal_translate', (f) =>
      translate(
        f,
        '-co',
        'COMPRESS=DEFLATE',
        '-co',
        'PREDICTOR=YES',
        '-co',
        'RESAMPLING=AVERAGE',
        '-co',
        'NUM_THREADS=1',
      ),
    )
  }
  if (numpy !== undefined) {
    add('read-plain', 'numpy', (f) => [numpy, STATISTICS, 'read', join(f, 'precip.tif')])
    add('read-deflate', 'numpy', (f) => [numpy, STATISTICS, 'read', join(f, 'precip-deflate.tif')])
    add('zonal-center', 'numpy', (f) => [
      numpy,
      STATISTICS,
      'zonal',
      join(f, 'precip.tif'),
      join(f, 'counties.geojson'),
    ])
  }
  const skipped = [
    ...(limit === undefined || route === undefined ? ['the C yardsticks (their source, gcc or libgdal-dev)'] : []),
    ...(gdal ? [] : ['GDAL’s programs']),
    ...(numpy === undefined ? ['numpy over GDAL'] : []),
  ]
  return { peers, skipped }
}

/** The yardstick as a program; undefined where it cannot be built. */
function built(name: string, ...defined: readonly string[]): string | undefined {
  const source = join(YARDSTICKS, `${name}.c`)
  const program = join(BUILT, name)
  if (existsSync(program)) return program
  mkdirSync(BUILT, { recursive: true })
  const options = [
    '-w',
    '-Ofast',
    ...defined,
    '-march=native',
    '-I/usr/include/gdal',
    '-o',
    program,
    source,
    '-lgdal',
    '-lm',
  ]
  return existsSync(source) && works('gcc', ...options, '-lpthread') ? program : undefined
}
