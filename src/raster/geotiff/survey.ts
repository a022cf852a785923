// What stands in a raster's first band: value range, and for class rasters every code with its count. Blocks are read
// one at a time; a raster above the limit is looked at in every k-th block, and the result says so.
// Used to propose an input list, never to compute an account.

import { inflateSync } from 'node:zlib'
import { ProblemError } from '../../kernel/index.ts'
import type { ByteSource } from '../../core/exchange-formats/index.ts'
import type { RasterHeader, SampleType } from './header.ts'
import { problem } from './problems.ts'

export interface RasterSurvey {
  /** Pixels looked at. */
  readonly pixels: number
  /** Only every k-th block was looked at: counts are of the sample, and rare codes may be absent. */
  readonly sampled: boolean
  readonly nodataPixels: number
  /** Stored values, before scale and offset; undefined where all is no-data. */
  readonly min?: number
  readonly max?: number
  /** For integers of at most 16 bits with at most `MAX_CLASSES` different values, by rising code. */
  readonly classes?: readonly { readonly code: number; readonly count: number }[]
}

/** A county at 10 m or a province at 90 m is read whole, in some seconds. */
export const SURVEY_PIXELS = 64 * 1024 * 1024
/** Each block costs a read and a call of the unpacker, however small it is. */
const SURVEY_BLOCKS = 200_000
/** Land cover has tens of classes and soil some hundred; beyond this the values are measurements. */
const MAX_CLASSES = 1024
/** One unpacked block; larger ones come from files without tiles or strips. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024

type Samples =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

/** @returns undefined where the packing or the sample type is not read here
 *  @throws ProblemError `geotiff.damaged` */
export function surveyRaster(
  source: ByteSource,
  header: RasterHeader,
  fileName: string,
  limit: number = SURVEY_PIXELS,
): RasterSurvey | undefined {
  const { width, height, blockWidth, blockHeight, sampleType, bandsApart, bands } = header
  if (sampleType === 'other' || !(header.compression in UNPACK)) return undefined
  if (!/^[123]$/.test(String(header.predictor))) return undefined
  const stride = bandsApart ? 1 : bands
  const sampleBytes = ARRAYS[sampleType].BYTES_PER_ELEMENT
  if (blockWidth * blockHeight * stride * sampleBytes > MAX_BLOCK_BYTES) return undefined

  const across = Math.ceil(width / blockWidth)
  const down = Math.ceil(height / blockHeight)
  const step = Math.max(1, Math.ceil((width * height) / limit), Math.ceil((across * down) / SURVEY_BLOCKS))
  const nodata = header.nodata === undefined ? undefined : Number(header.nodata)
  const counts = /^u?int(8|16)$/.test(sampleType) ? new Float64Array(65536) : undefined
  let pixels = 0
  let nodataPixels = 0
  let min = Infinity
  let max = -Infinity
  for (let block = 0; block < across * down; block += step) {
    const rows = header.tiled ? blockHeight : Math.min(blockHeight, height - Math.floor(block / across) * blockHeight)
    const wide = Math.min(blockWidth, width - (block % across) * blockWidth)
    const high = Math.min(rows, height - Math.floor(block / across) * blockHeight)
    pixels += wide * high
    // A block without bytes holds no data (GDAL's sparse files).
    if (header.blockBytes[block] === 0) {
      nodataPixels += wide * high
      continue
    }
    const samples = readBlock(source, header, block, rows, stride, fileName)
    for (let y = 0; y < high; y++)
      for (let x = 0, i = y * blockWidth * stride; x < wide; x++, i += stride) {
        const v = samples[i]!
        if (v === nodata || Number.isNaN(v)) {
          nodataPixels++
          continue
        }
        if (v < min) min = v
        if (v > max) max = v
        if (counts) counts[v & 0xffff]!++
      }
  }
  const classes = counts && classList(counts, sampleType)
  return {
    pixels,
    sampled: step > 1,
    nodataPixels,
    ...(min <= max ? { min, max } : {}),
    ...(classes && classes.length <= MAX_CLASSES ? { classes } : {}),
  }
}

function classList(
  counts: Float64Array,
  type: SampleType,
): readonly { readonly code: number; readonly count: number }[] {
  const out: { code: number; count: number }[] = []
  for (const [i, count] of counts.entries())
    if (count > 0) out.push({ code: type.startsWith('int') && i >= 32768 ? i - 65536 : i, count })
  return out.sort((a, b) => a.code - b.code)
}

function readBlock(
  source: ByteSource,
  header: RasterHeader,
  block: number,
  rows: number,
  stride: number,
  fileName: string,
): Samples {
  const damaged = (reason: string): ProblemError =>
    new ProblemError(problem('geotiff.damaged', { reason }, { file: fileName }))
  const type = header.sampleType as keyof typeof ARRAYS
  const size = ARRAYS[type].BYTES_PER_ELEMENT
  const wanted = header.blockWidth * rows * stride * size
  const [offset, length] = [header.blockOffsets[block]!, header.blockBytes[block]!]
  if (!(offset + length <= source.size)) throw damaged(`block ${block} lies beyond the end`)
  // No packing makes a block twice as large as its pixels.
  if (!(length <= wanted * 2 + 65536)) throw damaged(`block ${block} is too long`)
  let raw: Uint8Array
  try {
    raw = UNPACK[header.compression]!(source.read(offset, length), wanted)
  } catch (error) {
    throw damaged(`block ${block}: ${(error as Error).message.slice(0, 60)}`)
  }
  if (raw.length < wanted) throw damaged(`block ${block} is short`)
  const bytes = raw.slice(0, wanted)
  const perRow = header.blockWidth * stride
  if (header.predictor === 3) undoFloatPredictor(bytes, perRow, stride, size)
  else if (!header.littleEndian) swap(bytes, size)
  const samples: Samples = new ARRAYS[type](bytes.buffer, bytes.byteOffset, wanted / size)
  if (header.predictor === 2)
    for (let row = 0; row < rows; row++)
      for (let i = row * perRow + stride; i < (row + 1) * perRow; i++) samples[i] = samples[i]! + samples[i - stride]!
  return samples
}

function swap(bytes: Uint8Array, size: number): void {
  if (size > 1) for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse()
}

/** TIFF technical note 3: bytes of a row summed along, then gathered from most to least significant planes. */
function undoFloatPredictor(bytes: Uint8Array, perRow: number, stride: number, size: number): void {
  const rowBytes = perRow * size
  const row = new Uint8Array(rowBytes)
  for (let o = 0; o < bytes.length; o += rowBytes) {
    for (let i = stride; i < rowBytes; i++) bytes[o + i] = bytes[o + i]! + bytes[o + i - stride]!
    for (let i = 0; i < perRow; i++)
      for (let b = 0; b < size; b++) row[i * size + size - 1 - b] = bytes[o + b * perRow + i]!
    bytes.set(row, o)
  }
}

const UNPACK: Readonly<Record<string, (packed: Uint8Array, wanted: number) => Uint8Array>> = {
  none: (packed) => packed,
  deflate: (packed, wanted) => inflateSync(packed, { maxOutputLength: wanted + 65536 }),
  packbits: unpackBits,
  lzw: unpackLzw,
}

/** TIFF 6.0, section 9. */
function unpackBits(packed: Uint8Array, wanted: number): Uint8Array {
  const out = new Uint8Array(wanted)
  let n = 0
  for (let i = 0; i < packed.length && n < wanted;) {
    const head = (packed[i++]! << 24) >> 24
    if (head >= 0) {
      const run = packed.subarray(i, i + head + 1).subarray(0, wanted - n)
      out.set(run, n)
      n += run.length
      i += head + 1
    } else if (head !== -128) {
      const to = Math.min(wanted, n + 1 - head)
      out.fill(packed[i++] ?? 0, n, to)
      n = to
    }
  }
  return out.subarray(0, n)
}

/** TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, widened one code early. */
function unpackLzw(packed: Uint8Array, wanted: number): Uint8Array {
  const [clear, stop] = [256, 257]
  const prefix = new Uint16Array(4097)
  const suffix = new Uint8Array(4097)
  const length = new Uint16Array(4097)
  for (let c = 0; c < 256; c++) {
    suffix[c] = c
    length[c] = 1
  }
  const out = new Uint8Array(wanted)
  let n = 0
  let next = 258
  let width = 9
  let previous = -1
  let bits = 0
  let held = 0
  for (let i = 0; n < wanted;) {
    while (bits < width && i < packed.length) {
      held = ((held << 8) | packed[i++]!) & 0xffffff
      bits += 8
    }
    if (bits < width) break
    const code = (held >> (bits - width)) & ((1 << width) - 1)
    bits -= width
    if (code === stop) break
    if (code === clear) {
      next = 258
      width = 9
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0) || code >= 4096) throw new Error('LZW code')
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous
      length[next] = length[previous]! + 1
      let first = code === next ? previous : code
      while (first > 257) first = prefix[first]!
      suffix[next] = first
      next++
      if (next >= (1 << width) - 1 && width < 12) width++
    }
    let at = n + length[code]!
    n = at
    for (let c = code, left = length[code]!; left > 0; left--) {
      if (--at < wanted) out[at] = suffix[c]!
      c = prefix[c]!
    }
    previous = code
  }
  return out.subarray(0, Math.min(n, wanted))
}
