// One band read whole by our own reader and by `geotiff`, the reader of GeoTIFF that JavaScript programs commonly use, in every
// packing a bar is set on (LZW where GDAL is there to pack it); one core, the same files, one process for each.
// Always holds: both must find the same sum of all stored numbers, or there is no row.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromFile } from 'geotiff'
import { placeFields } from '../src/domains/accounting/maps/map-account.fixture.ts'
import { hasGdal, makeTiff } from '../src/raster/geotiff/geotiff.fixture.ts'
import { openRaster, SAMPLE_ARRAYS, stripOf, TILE, tilesOf } from '../src/raster/index.ts'
import { inChild, peak, timed, type Measured } from './measure.ts'
import { heightOf, RELIEF_NOISE, WIDE_NOISE } from './region-land.ts'
import { noiseRows } from './region-noise.ts'

const EDGE = 2000
/** Read so many times, so that a start is a small part. */
const ROUNDS = 3

const FILES = {
  'int16, not packed': { type: 'int16', packing: 'none', predictor: 1 },
  'int16, deflate': { type: 'int16', packing: 'deflate', predictor: 1 },
  'int16, deflate, predictor 2': { type: 'int16', packing: 'deflate', predictor: 2 },
  'int16, LZW': { type: 'int16', packing: 'lzw', predictor: 1 },
  'int16, LZW, predictor 2': { type: 'int16', packing: 'lzw', predictor: 2 },
  'float32, deflate, predictor 3': { type: 'float32', packing: 'deflate', predictor: 3 },
  'float32, LZW, predictor 3': { type: 'float32', packing: 'lzw', predictor: 3 },
} as const

const fileOf = (what: string): string => join('out', 'bench', 'readers', `${what.replaceAll(', ', '-')}.tif`)

/** Heights of a made region; whole metres as int16, tenths as float32. */
export function makeReaderFiles(): Promise<Measured> {
  mkdirSync(join('out', 'bench', 'readers'), { recursive: true })
  const [relief, wide] = [noiseRows(...RELIEF_NOISE, EDGE), noiseRows(...WIDE_NOISE, EDGE)]
  const [a, b] = [new Float64Array(EDGE), new Float64Array(EDGE)]
  const heights: number[] = []
  for (let row = 0; row < EDGE; row++) {
    relief(0, row, EDGE, a)
    wide(0, row, EDGE, b)
    for (let col = 0; col < EDGE; col++) heights.push(Math.round(10 * heightOf(a[col]!, b[col]!)) / 10)
  }
  const fields = placeFields({ epsg: 32649, west: 400_000, north: 3_400_000, pixel: 30 })
  for (const [what, own] of Object.entries(FILES)) {
    const values = own.type === 'int16' ? heights.map(Math.round) : heights
    const plain = { width: EDGE, height: EDGE, tile: TILE, values, fields, type: own.type }
    const file = fileOf(what)
    if (own.packing !== 'lzw')
      writeFileSync(file, makeTiff({ ...plain, packing: own.packing, predictor: own.predictor }))
    else if (hasGdal) {
      writeFileSync(`${file}.plain`, makeTiff(plain))
      const options = ['COMPRESS=LZW', `PREDICTOR=${own.predictor}`, 'TILED=YES', 'BLOCKXSIZE=256', 'BLOCKYSIZE=256']
      spawnSync('gdal_translate', ['-q', ...options.flatMap((o) => ['-co', o]), `${file}.plain`, file])
      rmSync(`${file}.plain`)
    }
  }
  return Promise.resolve({})
}

const READERS = {
  /** Samples as the file stores them, as `geotiff` gives them and as the pass over a region takes them. */
  stored: (file: string): number => {
    const raster = openRaster(file)
    const { type, read } = raster.band(1).stored!
    const samples = new SAMPLE_ARRAYS[type](TILE * TILE)
    let sum = 0
    for (const window of tilesOf(raster.grid)) {
      read(window, samples)
      sum += sumOf(samples, window.width * window.height)
    }
    raster.close()
    return sum
  },
  /** Numbers with the states of pixels. */
  ours: (file: string): number => {
    const raster = openRaster(file)
    const band = raster.band(1)
    const strip = stripOf(TILE * TILE)
    let sum = 0
    for (const window of tilesOf(raster.grid)) {
      band.read(window, strip)
      sum += sumOf(strip.values, window.width * window.height)
    }
    raster.close()
    return sum
  },
  theirs: async (file: string): Promise<number> => {
    const tiff = await fromFile(file)
    const image = await tiff.getImage()
    const values = await image.readRasters({ interleave: true })
    const sum = sumOf(values as unknown as ArrayLike<number>, EDGE * EDGE)
    await tiff.close()
    return sum
  },
}

function sumOf(values: ArrayLike<number>, count: number): number {
  let sum = 0
  for (let p = 0; p < count; p++) sum += values[p]!
  return sum
}

export async function readerBench(reader: string, what: string): Promise<Measured> {
  const read = READERS[reader as keyof typeof READERS]
  let sum = 0
  const { cpu, wall } = await timed(async () => {
    for (let round = 0; round < ROUNDS; round++) sum = await read(fileOf(what))
  })
  return { cpu: cpu / ROUNDS, wall: wall / ROUNDS, sum, peak: peak() }
}

export interface ReaderRow {
  readonly what: string
  readonly stored: Measured
  readonly ours: Measured
  readonly theirs: Measured
}

export function* readerRows(): Generator<ReaderRow> {
  if (!existsSync(fileOf('float32, deflate, predictor 3'))) inChild('reader-files')
  for (const what of Object.keys(FILES).filter((w) => existsSync(fileOf(w)))) {
    const measured = (reader: keyof typeof READERS): Measured => inChild('reader', reader, what)
    const [stored, ours, theirs] = [measured('stored'), measured('ours'), measured('theirs')]
    for (const own of [stored, ours])
      if (Math.abs(own['sum']! / theirs['sum']! - 1) > 1e-9) throw new Error(`${what}: the readers differ`)
    yield { what, stored, ours, theirs }
  }
}

export const READER_MEGAPIXELS = EDGE ** 2 / 1e6
