// Writes a band as a cloud-optimised GeoTIFF: tiled, directories first, the coarsest overview before the finer ones
// (the layout of GDAL's COG driver), so that a map server reads any part with few requests.
// Always holds: memory grows with the width of the raster at most, by a row of blocks of its copies; the same pixels give the
// same bytes on every machine, unless they are packed quickly; a file of the given name is there whole or not at all.

import { zlibSync } from 'fflate'
import { closeSync, mkdtempSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, deflateSync } from 'node:zlib'
import { ProblemError } from '../../kernel/index.ts'
import { stripOf, type Band, type Strip } from '../band.ts'
import { TILE, type Grid, type Window } from '../grid.ts'
import { SAMPLE_ARRAYS, type Samples } from '../stored-band.ts'
import { takePlanes } from './float-planes.ts'
import type { Layout } from './header.ts'
import { takeDifferences } from './predictor.ts'
import { problem } from './problems.ts'
import { directoriesAsBytes } from './write-directory.ts'
import { fieldsOf, type Written } from './write-fields.ts'
import { floatMeanOf } from './float-means.ts'
import { levelsOf, meanOf, nearestOf } from './write-levels.ts'
import { storedNodata, storerFor, type WrittenType } from './write-samples.ts'

export type { WrittenType } from './write-samples.ts'
export type ReadPixels = Band | ((window: Window, into: Strip) => void)

export interface GeoTiffToWrite {
  readonly grid: Grid
  /** One band; each further one in `more`. */
  readonly read: ReadPixels
  readonly description?: string
  readonly more?: readonly { readonly read: ReadPixels; readonly description?: string }[]
  readonly type: WrittenType
  /** Stored where a pixel has no value; left out only where every pixel has one. */
  readonly nodata?: number
  /** `quick-deflate` takes a fifth of the time of `deflate` and some more room; its bytes may differ between machines, its pixels
   *  never. */
  readonly compression: 'none' | 'deflate' | 'quick-deflate'
  /** Smaller copies for drawing: `nearest` for classes, `mean` for measures; true is `mean` for floats, else `nearest`. */
  readonly overviews: boolean | 'nearest' | 'mean'
  /** Edge of a tile in pixels. */
  readonly block?: 256 | 512
}

/** Where the finished file goes: a path, or whoever takes its pieces in order. */
export type GeoTiffTarget = string | ((piece: Uint8Array) => void)

/** @throws ProblemError `raster.does-not-fit`, `raster.is-nodata`, `raster.needs-nodata`, `raster.unwritable`, and what
 *  `read` throws */
export function writeGeoTiff(raster: GeoTiffToWrite, target: GeoTiffTarget): void {
  if (typeof target !== 'string') {
    const folder = onDisk(tmpdir(), () => mkdtempSync(join(tmpdir(), 'raster-')))
    try {
      writeBeside(raster, join(folder, 'blocks'), target)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return
  }
  const part = `${target}.part`
  const file = onDisk(target, () => openSync(part, 'w'))
  let open = true
  try {
    const write = (bytes: Uint8Array, at?: number): void => onDisk(target, () => writeAll(file, bytes, at))
    if (raster.compression === 'none') writeInPlace(raster, write)
    else writeBeside(raster, `${target}.blocks`, write)
    closeSync(file)
    open = false
    onDisk(target, () => renameSync(part, target))
  } finally {
    if (open) closeSync(file)
    rmSync(part, { force: true })
  }
}

function onDisk<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new ProblemError(problem('raster.unwritable', { reason }, { file: name.replace(/^.*[\\/]/, '') }))
  }
}

/** @param at left out: after what was written last */
function writeAll(file: number, bytes: Uint8Array, at?: number): void {
  for (let n = 0; n < bytes.length;) n += writeSync(file, bytes, n, bytes.length - n, at === undefined ? null : at + n)
}

/** What is not packed has its place before it is known. */
function writeInPlace(raster: GeoTiffToWrite, write: (bytes: Uint8Array, at: number) => void): void {
  const levels = layoutsOf(raster)
  for (const l of levels) l.blockBytes.fill((l.blockWidth * l.blockHeight * l.bitsPerSample) / 8)
  const { head, offsets } = placed(raster, levels)
  write(head, 0)
  writeBlocks(raster, levels, (level, index, bytes) => write(bytes, offsets[level]![index]!))
}

/** Packed blocks lie in a file beside until all their lengths are known. */
function writeBeside(raster: GeoTiffToWrite, blocks: string, emit: (piece: Uint8Array) => void): void {
  const levels = layoutsOf(raster)
  const file = onDisk(blocks, () => openSync(blocks, 'w+'))
  try {
    let size = 0
    writeBlocks(raster, levels, (level, index, bytes) => {
      onDisk(blocks, () => writeAll(file, bytes))
      levels[level]!.blockOffsets[index] = size
      levels[level]!.blockBytes[index] = bytes.length
      size += bytes.length
    })
    emit(placed(raster, levels).head)
    for (const { blockOffsets, blockBytes } of levels.toReversed())
      for (const [i, length] of blockBytes.entries())
        emit(onDisk(blocks, () => readAll(file, blockOffsets[i]!, length)))
  } finally {
    closeSync(file)
    rmSync(blocks, { force: true })
  }
}

function readAll(file: number, offset: number, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let n = 0; n < length;) {
    const got = readSync(file, out, n, length - n, offset + n)
    if (got === 0) throw new Error('EOF')
    n += got
  }
  return out
}

const blockOf = (raster: GeoTiffToWrite): 256 | 512 => raster.block ?? 256
const bandsOf = ({ read, description, more = [] }: GeoTiffToWrite) => [{ read, description }, ...more]
const isFloat = (raster: GeoTiffToWrite): boolean => raster.type.startsWith('float')

/** The raster and its smaller copies, each half as wide and high as the one before. */
function layoutsOf(raster: GeoTiffToWrite): readonly Layout[] {
  const edge = blockOf(raster)
  const levels = [layoutFor(raster, raster.grid.width, raster.grid.height)]
  for (let { width, height } = raster.grid; raster.overviews !== false && (width > edge || height > edge);) {
    width = Math.ceil(width / 2)
    height = Math.ceil(height / 2)
    levels.push(layoutFor(raster, width, height))
  }
  return levels
}

function layoutFor(raster: GeoTiffToWrite, width: number, height: number): Layout {
  const block = blockOf(raster)
  const bands = bandsOf(raster).length
  const blocks = Math.ceil(width / block) * Math.ceil(height / block) * bands
  return {
    width,
    height,
    bands,
    sampleType: raster.type,
    bitsPerSample: SAMPLE_ARRAYS[raster.type].BYTES_PER_ELEMENT * 8,
    compression: raster.compression === 'none' ? 'none' : 'deflate',
    predictor: raster.compression === 'none' ? 1 : isFloat(raster) ? 3 : 2,
    tiled: true,
    blockWidth: block,
    blockHeight: block,
    bandsApart: true,
    littleEndian: true,
    blockOffsets: new Float64Array(blocks),
    blockBytes: new Float64Array(blocks),
  }
}

/** Every block of every level, each once, as it is to be stored. */
function writeBlocks(
  raster: GeoTiffToWrite,
  levels: readonly Layout[],
  put: (level: number, index: number, bytes: Uint8Array) => void,
): void {
  const { type, nodata, grid } = raster
  const block = blockOf(raster)
  const { strip: storeStrip, numbers: storeNumbers } = storerFor({ ...raster, block })
  const pack = packerOf(raster, levels[0]!)
  const none = storedNodata(raster)
  const free: Samples[] = []
  const fresh = (): Samples => (free.pop() ?? new SAMPLE_ARRAYS[type](block * block)).fill(nodata ?? 0)
  const isMean = raster.overviews === 'mean' || (raster.overviews === true && isFloat(raster))
  const take = levelsOf({
    levels,
    fresh,
    halve: !isMean ? nearestOf(block) : (floatMeanOf(type, block, none) ?? meanOf(block, none, !isFloat(raster))),
    put(level, index, samples) {
      put(level, index, pack(samples))
      free.push(samples)
    },
  })
  let strip: Strip | undefined
  bandsOf(raster).forEach(({ read }, band) => {
    const numbers = typeof read === 'function' || block > TILE ? undefined : read.numbers
    for (let by = 0, row = 0; row < grid.height; by++, row += block)
      for (let bx = 0, col = 0; col < grid.width; bx++, col += block) {
        const window = {
          col,
          row,
          width: Math.min(block, grid.width - col),
          height: Math.min(block, grid.height - row),
        }
        const samples = fresh()
        if (!numbers || !storeNumbers(numbers(window), window, samples)) {
          strip ??= stripOf(block * block)
          if (typeof read === 'function') read(window, strip)
          else read.read(window, strip)
          storeStrip(strip, window, band + 1, samples)
        }
        take(band, bx, by, samples)
      }
  })
}

function packerOf({ compression }: GeoTiffToWrite, layout: Layout): (samples: Samples) => Uint8Array {
  const size = layout.bitsPerSample / 8
  const rows = { perRow: layout.blockWidth, stride: 1, size }
  return (samples) => {
    const bytes = new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength)
    if (layout.predictor === 2) takeDifferences(bytes, rows)
    if (layout.predictor === 3) takePlanes(bytes, rows)
    if (compression === 'none') return bytes
    if (compression === 'deflate') return zlibSync(bytes, { level: 6 })
    return deflateSync(bytes, { ...QUICKLY, chunkSize: bytes.length + 1024 })
  }
}

/** Runs of one byte and nothing else are looked for: of what is calculated pixel by pixel little more repeats after the predictor.
 *  Half the time of level 1, a tenth more room than level 6. */
const QUICKLY = { level: 1, strategy: constants.Z_RLE, memLevel: 9 }

/** The directories, and where each block stands: the smallest copy first. */
function placed(raster: GeoTiffToWrite, levels: readonly Layout[]) {
  const bands = bandsOf(raster)
  const written: Written = { ...raster, descriptions: bands.map((b) => b.description) }
  const head = (offsets: readonly Float64Array[], big: boolean): Uint8Array =>
    directoriesAsBytes(
      levels.map((l, i) => fieldsOf(written, l, i > 0, offsets[i]!)),
      big,
    )
  const offsets = levels.map((l) => new Float64Array(l.blockBytes.length))
  const pixels = levels.reduce((all, l) => l.blockBytes.reduce((n, own) => n + own, all), 0)
  // A classic TIFF counts to 4 GB, directories included.
  const classic = head(offsets, false).length
  const big = pixels + classic > 2 ** 32 - 1
  let at = big ? head(offsets, true).length : classic
  for (let level = levels.length - 1; level >= 0; level--)
    for (const [i, length] of levels[level]!.blockBytes.entries()) {
      offsets[level]![i] = at
      at += length
    }
  return { head: head(offsets, big), offsets }
}
