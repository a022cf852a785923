// Writes a band as a cloud-optimised GeoTIFF: tiled, directories first, the coarsest overview before the finer ones
// (the layout of GDAL's COG driver), so that a map server reads any part with few requests.
// Always holds: memory does not grow with the raster; the same pixels give the same bytes on every machine; a file of
// the given name is there whole or not at all; a number that the file cannot hold is a problem, never another number.

import { zlibSync } from 'fflate'
import { closeSync, mkdtempSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProblemError } from '../../kernel/index.ts'
import { stripOf, VALID, type Band, type Strip } from '../band.ts'
import type { Grid, Window } from '../grid.ts'
import { SAMPLE_ARRAYS, type Samples } from '../stored-band.ts'
import { blocksAcross, blocksDown, readBlock } from './block.ts'
import type { Layout } from './header.ts'
import { takeDifferences, takeFloatPlanes } from './predictor.ts'
import { problem } from './problems.ts'
import { directoriesAsBytes, type Fields, type FieldValue } from './write-directory.ts'
import { writeGeoKeys } from './write-geo-keys.ts'

export type WrittenType = 'float32' | 'float64' | 'int16' | 'uint16' | 'uint8' | 'int32'
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
  readonly compression: 'none' | 'deflate'
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
      writeThrough(raster, join(folder, 'blocks'), target)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return
  }
  const part = `${target}.part`
  const file = onDisk(target, () => openSync(part, 'w'))
  let open = true
  try {
    writeThrough(raster, `${target}.blocks`, (piece) => onDisk(target, () => writeAll(file, piece)))
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

function writeAll(file: number, bytes: Uint8Array): void {
  for (let n = 0; n < bytes.length;) n += writeSync(file, bytes, n, bytes.length - n)
}

/** Packed blocks lie in a file beside until all their lengths are known. */
interface Spool {
  readonly size: number
  add(bytes: Uint8Array): number
  read(offset: number, length: number): Uint8Array
}

function writeThrough(raster: GeoTiffToWrite, blocks: string, emit: (piece: Uint8Array) => void): void {
  const file = onDisk(blocks, () => openSync(blocks, 'w+'))
  let size = 0
  const spool: Spool = {
    get size() {
      return size
    },
    add(bytes) {
      onDisk(blocks, () => writeAll(file, bytes))
      size += bytes.length
      return size - bytes.length
    },
    read(offset, length) {
      const out = new Uint8Array(length)
      for (let n = 0; n < length;) {
        const got = onDisk(blocks, () => readSync(file, out, n, length - n, offset + n))
        if (got === 0) return out.subarray(0, n)
        n += got
      }
      return out
    },
  }
  try {
    const levels = [firstLevel(raster, spool)]
    if (raster.overviews !== false)
      while (levels.at(-1)!.width > blockOf(raster) || levels.at(-1)!.height > blockOf(raster))
        levels.push(nextLevel(raster, levels.at(-1)!, spool))
    assemble(raster, levels, spool, emit)
  } finally {
    closeSync(file)
    rmSync(blocks, { force: true })
  }
}

const blockOf = (raster: GeoTiffToWrite): number => raster.block ?? 256
const layersOf = ({ read, description, more = [] }: GeoTiffToWrite) => [{ read, description }, ...more]
const isFloat = (raster: GeoTiffToWrite): boolean => raster.type.startsWith('float')

function layoutFor(raster: GeoTiffToWrite, width: number, height: number): Layout {
  const block = blockOf(raster)
  const bands = layersOf(raster).length
  const blocks = Math.ceil(width / block) * Math.ceil(height / block) * bands
  return {
    width,
    height,
    bands,
    sampleType: raster.type,
    bitsPerSample: SAMPLE_ARRAYS[raster.type].BYTES_PER_ELEMENT * 8,
    compression: raster.compression,
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

/** The raster itself, tile after tile in row-major order. */
function firstLevel(raster: GeoTiffToWrite, spool: Spool): Layout {
  const { width, height } = raster.grid
  const layout = layoutFor(raster, width, height)
  const block = blockOf(raster)
  const strip = stripOf(block * block)
  const store = storer(raster)
  let index = 0
  for (const [i, { read }] of layersOf(raster).entries())
    for (let row = 0; row < height; row += block)
      for (let col = 0; col < width; col += block) {
        const window = { col, row, width: Math.min(block, width - col), height: Math.min(block, height - row) }
        if (typeof read === 'function') read(window, strip)
        else read.read(window, strip)
        const samples = new SAMPLE_ARRAYS[raster.type](block * block)
        if (raster.nodata !== undefined) samples.fill(raster.nodata)
        store(strip, window, i + 1, samples)
        addBlock(layout, index++, samples, spool)
      }
  return layout
}

const RANGE: Readonly<Record<WrittenType, readonly [number, number]>> = {
  uint8: [0, 255],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
}

/** Puts the pixels of a window into a block, each as the type holds it, or says which one cannot be held. */
function storer(raster: GeoTiffToWrite): (strip: Strip, window: Window, band: number, into: Samples) => void {
  const { type, nodata } = raster
  const block = blockOf(raster)
  const [low, high] = RANGE[type]
  const [whole, single] = [!isFloat(raster), type === 'float32']
  const none = nodata === undefined ? undefined : single ? Math.fround(nodata) : nodata
  return ({ values, states }, window, band, into) => {
    const refuse = (code: Parameters<typeof problem>[0], i: number): ProblemError => {
      const pixel = [window.col + (i % window.width), window.row + Math.floor(i / window.width)] as const
      return new ProblemError(problem(code, { value: values[i]!, type }, { band, pixel }))
    }
    for (let y = 0; y < window.height; y++)
      for (let x = 0; x < window.width; x++) {
        const i = y * window.width + x
        const value = values[i]!
        const stored = single ? Math.fround(value) : value
        if (states[i] !== VALID) {
          if (none === undefined) throw refuse('raster.needs-nodata', i)
          into[y * block + x] = none
          continue
        }
        if (!(stored >= low && stored <= high) || (whole && !Number.isInteger(stored)))
          throw refuse('raster.does-not-fit', i)
        if (stored === none) throw refuse('raster.is-nodata', i)
        into[y * block + x] = stored
      }
  }
}

function addBlock(layout: Layout, index: number, samples: Samples, spool: Spool): void {
  const bytes = new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength)
  const rows = { perRow: layout.blockWidth, stride: 1, size: layout.bitsPerSample / 8 }
  if (layout.predictor === 2) takeDifferences(bytes, rows)
  if (layout.predictor === 3) takeFloatPlanes(bytes, rows)
  const packed = layout.compression === 'none' ? bytes : zlibSync(bytes, { level: 6 })
  layout.blockOffsets[index] = spool.add(packed)
  layout.blockBytes[index] = packed.length
}

/** Half as wide and high; each pixel from the four below it. A mean is of those that have a value. */
function nextLevel(raster: GeoTiffToWrite, below: Layout, spool: Spool): Layout {
  const layout = layoutFor(raster, Math.ceil(below.width / 2), Math.ceil(below.height / 2))
  const mean =
    raster.overviews === 'mean' || (raster.overviews === true && isFloat(raster)) ? meanFor(raster) : undefined
  const block = blockOf(raster)
  const [across, down] = [blocksAcross(layout), blocksDown(layout)]
  const [acrossBelow, downBelow] = [blocksAcross(below), blocksDown(below)]
  let index = 0
  for (let band = 0; band < layout.bands; band++)
    for (let ty = 0; ty < down; ty++)
      for (let tx = 0; tx < across; tx++) {
        const samples = new SAMPLE_ARRAYS[raster.type](block * block)
        if (raster.nodata !== undefined) samples.fill(raster.nodata)
        for (const [qx, qy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          // prettier-ignore
          const [bx, by] = [tx * 2 + qx, ty * 2 + qy]
          if (bx >= acrossBelow || by >= downBelow) continue
          const from = readBlock(spool, below, (band * downBelow + by) * acrossBelow + bx, 'overview')!
          const wide = Math.min(block, below.width - bx * block)
          const high = Math.min(block, below.height - by * block)
          for (let y = 0; y < high; y += 2)
            for (let x = 0; x < wide; x += 2) {
              const to = (qy * (block / 2) + y / 2) * block + qx * (block / 2) + x / 2
              samples[to] = mean ? mean(from, x, y, wide, high) : from[y * block + x]!
            }
        }
        addBlock(layout, index++, samples, spool)
      }
  return layout
}

type Mean = (from: Samples, x: number, y: number, wide: number, high: number) => number

function meanFor(raster: GeoTiffToWrite): Mean {
  const block = blockOf(raster)
  const { nodata } = raster
  const none = nodata !== undefined && raster.type === 'float32' ? Math.fround(nodata) : nodata
  const whole = !isFloat(raster)
  return (from, x, y, wide, high) => {
    let sum = 0
    let n = 0
    for (let dy = 0; dy < 2 && y + dy < high; dy++)
      for (let dx = 0; dx < 2 && x + dx < wide; dx++) {
        const v = from[(y + dy) * block + x + dx]!
        if (v === none || Number.isNaN(v)) continue
        // Quarters are added, for a sum of four might leave the range of doubles.
        sum += v / 4
        n++
      }
    if (n === 0) return none!
    const mean = (sum / n) * 4
    return whole ? Math.floor(mean + 0.5) : mean
  }
}

function assemble(
  raster: GeoTiffToWrite,
  levels: readonly Layout[],
  spool: Spool,
  emit: (piece: Uint8Array) => void,
): void {
  // A classic TIFF counts to 4 GB, directories included.
  const classic = directoriesAsBytes(
    levels.map((l, i) => fieldsOf(raster, l, i > 0, l.blockOffsets)),
    false,
  )
  const big = spool.size + classic.length > 2 ** 32 - 1
  const head = big
    ? directoriesAsBytes(
        levels.map((l, i) => fieldsOf(raster, l, i > 0, l.blockOffsets)),
        true,
      ).length
    : classic.length
  let at = head
  const offsets = levels.map((l) => new Float64Array(l.blockOffsets.length))
  for (let level = levels.length - 1; level >= 0; level--)
    for (const [i, length] of levels[level]!.blockBytes.entries()) {
      offsets[level]![i] = at
      at += length
    }
  emit(
    directoriesAsBytes(
      levels.map((l, i) => fieldsOf(raster, l, i > 0, offsets[i]!)),
      big,
    ),
  )
  for (let level = levels.length - 1; level >= 0; level--)
    for (const [i, length] of levels[level]!.blockBytes.entries())
      emit(spool.read(levels[level]!.blockOffsets[i]!, length))
}

function fieldsOf(raster: GeoTiffToWrite, layout: Layout, overview: boolean, offsets: Float64Array): Fields {
  const { grid, nodata } = raster
  const bands = layout.bands
  const each = (v: number): FieldValue => ({ short: Array<number>(bands).fill(v) })
  const fields = new Map<number, FieldValue>([
    [256, { long: [layout.width] }],
    [257, { long: [layout.height] }],
    [258, each(layout.bitsPerSample)],
    [259, { short: [layout.compression === 'none' ? 1 : 8] }],
    [262, { short: [1] }],
    [277, { short: [bands] }],
    [284, { short: [bands === 1 ? 1 : 2] }],
    [317, { short: [layout.predictor] }],
    [322, { short: [layout.blockWidth] }],
    [323, { short: [layout.blockHeight] }],
    [324, { long: offsets }],
    [325, { long: layout.blockBytes }],
    [339, each(isFloat(raster) ? 3 : raster.type.startsWith('int') ? 2 : 1)],
  ])
  if (overview) fields.set(254, { long: [1] })
  if (layout.predictor === 1) fields.delete(317)
  if (bands > 1) fields.set(338, { short: Array<number>(bands - 1).fill(0) })
  if (nodata !== undefined) fields.set(42113, { text: Number.isNaN(nodata) ? 'nan' : String(nodata) })
  if (overview) return fields
  const keys = writeGeoKeys(grid.crs)
  fields.set(33550, { double: [grid.dx, grid.dy, 0] })
  fields.set(33922, { double: [0, 0, 0, grid.west, grid.north, 0] })
  fields.set(34735, { short: keys.directory })
  if (keys.doubles.length > 0) fields.set(34736, { double: keys.doubles })
  if (keys.text !== '') fields.set(34737, { text: keys.text })
  const items = layersOf(raster).flatMap(({ description }, i) =>
    description === undefined
      ? []
      : [`<Item name="DESCRIPTION" sample="${i}" role="description">${inXml(description)}</Item>`],
  )
  if (items.length > 0) fields.set(42112, { text: `<GDALMetadata>${items.join('')}</GDALMetadata>` })
  return fields
}

const inXml = (text: string): string =>
  text.replace(/[<>&"\p{Cc}]/gu, (c) => (/\p{Cc}/u.test(c) ? ' ' : `&#${c.codePointAt(0)};`))
