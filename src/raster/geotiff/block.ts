// One block (tile or strip) of a TIFF as samples: read, unpacked, predictor undone, in this machine's byte order.
// The only place where stored bytes become numbers; the survey, the bands and the masks all come here.
// Always holds: a bad block is a problem with file, band and tile; blocks that are not asked for cannot fail.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import type { ByteSource } from '../../core/exchange-formats/index.ts'
import { SAMPLE_ARRAYS, type Samples } from '../stored-band.ts'
import type { Layout } from './header.ts'
import { undoPlanes } from './float-planes.ts'
import { undoDifferences } from './predictor.ts'
import { problem } from './problems.ts'
import { UNPACK } from './unpack.ts'

/** One unpacked block; larger ones come from packed files without tiles, and would fill the memory at once. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024
/** Rows of an unpacked strip are cut into pieces of about this size. */
const PIECE_BYTES = 1024 * 1024
/** As many as a directory may list. */
const MAX_PIECES = 8 * 1024 * 1024
/** Only these packings use a predictor; libtiff does not look at the tag for the others. */
const PREDICTED: readonly string[] = ['lzw', 'deflate', 'zstd']

const strideOf = (layout: Layout): number => (layout.bandsApart ? 1 : layout.bands)
const rowBytesOf = (layout: Layout): number =>
  Math.ceil((layout.blockWidth * strideOf(layout) * layout.bitsPerSample) / 8)
export const blocksAcross = (layout: Layout): number => Math.ceil(layout.width / layout.blockWidth)
export const blocksDown = (layout: Layout): number => Math.ceil(layout.height / layout.blockHeight)

/** What stands against reading the pixels of a layout; undefined where nothing does. */
export function layoutProblem(layout: Layout, fileName: string): Problem | undefined {
  const at: Place = { file: fileName }
  const { sampleType, bitsPerSample, compression, predictor } = layout
  if (!Object.hasOwn(UNPACK, compression)) return problem('geotiff.compression', { compression }, at)
  if (sampleType === 'other') return problem('geotiff.sample-type', { bits: bitsPerSample }, at)
  const predicted = PREDICTED.includes(compression) && predictor !== 1
  const fits = (predictor === 2 && bitsPerSample >= 8) || (predictor === 3 && /^float/.test(sampleType))
  if (predicted && !fits) return problem('geotiff.predictor', { predictor }, at)
  const bytes = rowBytesOf(layout) * inFinerStrips(layout).blockHeight
  if (bytes > MAX_BLOCK_BYTES) return problem('geotiff.block-too-large', { mb: Math.ceil(bytes / 1024 / 1024) }, at)
  return undefined
}

/** Strips that are not packed can be read row by row: the same pixels as a layout of smaller strips. */
export function inFinerStrips(layout: Layout): Layout {
  const rowBytes = rowBytesOf(layout)
  const most = Math.max(1, Math.floor(PIECE_BYTES / rowBytes))
  if (layout.tiled || layout.compression !== 'none' || layout.blockHeight <= most) return layout
  // Pieces and strips end together where there is more than one strip.
  const strips = blocksDown(layout)
  let rows = most
  if (strips > 1) while (layout.blockHeight % rows !== 0) rows--
  const pieces = Math.ceil(layout.height / rows)
  const planes = layout.bandsApart ? layout.bands : 1
  if (pieces * planes > MAX_PIECES) return layout
  const blockOffsets = new Float64Array(pieces * planes)
  const blockBytes = new Float64Array(pieces * planes)
  for (let i = 0; i < pieces * planes; i++) {
    const row = (i % pieces) * rows
    const strip = Math.floor(i / pieces) * strips + Math.floor(row / layout.blockHeight)
    const skipped = (row % layout.blockHeight) * rowBytes
    const wanted = Math.min(rows, layout.height - row) * rowBytes
    const stored = layout.blockBytes[strip]!
    blockOffsets[i] = layout.blockOffsets[strip]! + skipped
    // A strip that ends early leaves its last pieces short, and short is never nothing.
    blockBytes[i] = stored === 0 ? 0 : Math.max(1, Math.min(wanted, stored - skipped))
  }
  return { ...layout, blockHeight: rows, blockOffsets, blockBytes }
}

/** Samples of a block, row by row; blocks of a tiled file are always full, the last strip ends with the raster.
 *  @param block index in the block list
 *  @param spare memory that may be filled and given back
 *  @returns undefined where the block was never written (GDAL's sparse files)
 *  @throws ProblemError `geotiff.block-…` */
export function readBlock(
  source: ByteSource,
  layout: Layout,
  block: number,
  fileName: string,
  spare?: Samples,
): Samples | undefined {
  const { blockHeight, bitsPerSample, compression } = layout
  const [offset, length] = [layout.blockOffsets[block]!, layout.blockBytes[block]!]
  if (length === 0) return undefined
  const across = blocksAcross(layout)
  const perBand = across * blocksDown(layout)
  const [col, row] = [block % across, Math.floor((block % perBand) / across)]
  const at: Place = {
    file: fileName,
    ...(layout.bandsApart ? { band: Math.floor(block / perBand) + 1 } : {}),
    tile: [col, row],
  }
  const rowBytes = rowBytesOf(layout)
  const rows = layout.tiled ? blockHeight : Math.min(blockHeight, layout.height - row * blockHeight)
  const wanted = rowBytes * rows
  if (!(offset + length <= source.size)) throw new ProblemError(problem('geotiff.block-cut-off', {}, at))
  if (length > mostBytes(layout))
    throw new ProblemError(problem('geotiff.block-damaged', { reason: `${length} bytes` }, at))
  const into =
    spare?.byteLength === wanted ? new Uint8Array(spare.buffer as ArrayBuffer, spare.byteOffset, wanted) : undefined
  const isPlain = compression === 'none'
  const stored = isPlain ? Math.min(length, wanted) : length
  const packed = storedBytes(source, offset, stored, isPlain ? (into ?? new Uint8Array(stored)) : packedRoom(length))
  if (packed.length < stored) throw new ProblemError(problem('geotiff.block-cut-off', {}, at))
  let raw: Uint8Array
  try {
    raw = UNPACK[compression]!(packed, { wanted, full: rowBytes * blockHeight, into })
  } catch (error) {
    throw new ProblemError(problem('geotiff.block-damaged', { reason: (error as Error).message.slice(0, 60) }, at))
  }
  if (raw.length < wanted) throw new ProblemError(problem('geotiff.block-short', { bytes: raw.length, wanted }, at))
  // Samples may be changed in place and outlive the packed bytes: only what is an array of its own, with little to spare, is
  // not copied.
  const isOwn =
    (into !== undefined && raw.buffer === into.buffer) ||
    (raw.byteOffset === 0 &&
      raw.buffer.byteLength <= wanted + SPARE &&
      (source.readInto !== undefined || raw !== packed))
  const bytes = isOwn ? (raw as Uint8Array<ArrayBuffer>).subarray(0, wanted) : new Uint8Array(wanted)
  if (!isOwn) bytes.set(raw.subarray(0, wanted))
  if (bitsPerSample < 8) return spread(bytes, rows, rowBytes, layout)
  return samplesOf(bytes, layout)
}

/** As they lie in the file, in memory of ours where the source can fill it. */
function storedBytes(source: ByteSource, offset: number, length: number, room: Uint8Array): Uint8Array {
  if (!source.readInto) return source.read(offset, length)
  return room.subarray(0, source.readInto(offset, room.subarray(0, length)))
}

/** Packed bytes are looked at once: one piece of memory takes those of all blocks, but the largest. */
const PACKED_ROOM = 1024 * 1024
let packedBytes = new Uint8Array(0)
function packedRoom(length: number): Uint8Array {
  if (length > PACKED_ROOM) return new Uint8Array(length)
  if (packedBytes.length < length) packedBytes = new Uint8Array(Math.min(PACKED_ROOM, 2 * length))
  return packedBytes
}

/** Bytes beyond its samples that a block may keep. */
const SPARE = 64

/** No packing makes a block twice as large as its pixels. */
const mostBytes = (layout: Layout): number => rowBytesOf(layout) * layout.blockHeight * 2 + 65536

/** Samples of a block that lie in the file one after another and as they are wanted, read straight to place `to` of `into`.
 *  @returns false where they do not lie so and `readBlock` is to be asked */
export function readPlainPart(
  source: ByteSource,
  layout: Layout,
  part: { readonly block: number; readonly x: number; readonly y: number; readonly count: number },
  into: Samples,
  to: number,
): boolean {
  if (!source.readInto || !liesPlain(layout)) return false
  const [start, length] = [layout.blockOffsets[part.block]!, layout.blockBytes[part.block]!]
  const size = layout.bitsPerSample / 8
  const [from, bytes] = [part.y * rowBytesOf(layout) + part.x * size, part.count * size]
  // What is odd about a block is told by who reads it whole.
  const isSound = length <= mostBytes(layout) && from + bytes <= length && start + from + bytes <= source.size
  if (!isSound) return false
  return source.readInto(start + from, new Uint8Array(into.buffer, into.byteOffset + to * size, bytes)) === bytes
}

/** Whether samples of one band lie in the file as they do in memory. */
export const liesPlain = (layout: Layout): boolean =>
  layout.compression === 'none' && layout.littleEndian && layout.bitsPerSample >= 8 && strideOf(layout) === 1

function samplesOf(bytes: Uint8Array<ArrayBuffer>, layout: Layout): Samples {
  const stride = strideOf(layout)
  const size = layout.bitsPerSample / 8
  const rows = { perRow: layout.blockWidth * stride, stride, size }
  const predictor = PREDICTED.includes(layout.compression) ? layout.predictor : 1
  if (predictor === 3) undoPlanes(bytes, rows)
  else if (!layout.littleEndian) swap(bytes, size)
  if (predictor === 2) undoDifferences(bytes, rows)
  const type = layout.sampleType as keyof typeof SAMPLE_ARRAYS
  return new SAMPLE_ARRAYS[type](bytes.buffer, bytes.byteOffset, bytes.length / size)
}

function swap(bytes: Uint8Array, size: number): void {
  if (size > 1) for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse()
}

/** Samples of 1, 2 or 4 bits; rows begin on a byte. */
function spread(bytes: Uint8Array, rows: number, rowBytes: number, layout: Layout): Samples {
  const bits = layout.bitsPerSample
  const perRow = layout.blockWidth * strideOf(layout)
  const out = new Uint8Array(perRow * rows)
  for (let y = 0; y < rows; y++)
    for (let i = 0; i < perRow; i++) {
      const bit = i * bits
      out[y * perRow + i] = (bytes[y * rowBytes + (bit >> 3)]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
    }
  return out
}
