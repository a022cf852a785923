// What a GeoTIFF says of itself: grid, bands, sample type, packing, no-data, scale, place on earth, coordinate system
// (TIFF 6.0, BigTIFF, OGC GeoTIFF 1.1, GDAL's tags 42112 and 42113). Only the directory is read, never the pixels.
// Always holds: what the file does not state stays undefined; above all, no coordinate system is assumed.

import { ProblemError, type Place } from '../../kernel/index.ts'
import { xmlReader, type ByteSource } from '../../core/exchange-formats/index.ts'
import type { GeoKeys } from '../crs/model.ts'
import { problem } from './problems.ts'

export type SampleType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'float64'
  /** Bit maps, complex numbers, bands of different types. */
  | 'other'

export interface RasterCrs {
  readonly kind: 'projected' | 'geographic' | 'other'
  /** EPSG code; undefined where the file describes its own system. */
  readonly epsg?: number
  /** The system's name as the file gives it. */
  readonly citation?: string
}

export interface RasterHeader {
  readonly width: number
  readonly height: number
  readonly bands: number
  readonly sampleType: SampleType
  readonly bitsPerSample: number
  readonly compression: string
  readonly predictor: number
  readonly tiled: boolean
  readonly blockWidth: number
  readonly blockHeight: number
  /** Bands one after the other, instead of pixel by pixel. */
  readonly bandsApart: boolean
  readonly littleEndian: boolean
  /** As the file writes it. */
  readonly nodata?: string
  /** Stored value × scale + offset = value, for the first band, as the file writes them. */
  readonly scale?: string
  readonly offset?: string
  /** Outer corner of the first pixel and size of a pixel, in units of the coordinate system; y counts down. */
  readonly origin?: { readonly x: number; readonly y: number }
  readonly pixelSize?: { readonly x: number; readonly y: number }
  readonly rotated: boolean
  readonly crs?: RasterCrs
  /** All GeoTIFF keys of the file, doubles and texts looked up; empty where it has none. */
  readonly geoKeys: GeoKeys
  readonly overviews: number
  readonly blockOffsets: readonly number[]
  readonly blockBytes: readonly number[]
}

const COMPRESSION: Readonly<Record<number, string>> = {
  1: 'none',
  5: 'lzw',
  7: 'jpeg',
  8: 'deflate',
  32773: 'packbits',
  32946: 'deflate',
  34887: 'lerc',
  34925: 'lzma',
  50000: 'zstd',
  50001: 'webp',
}

/** Bytes of one value by TIFF field type. */
const TYPE_SIZE: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
}

/** The block list of the largest raster met (a province at 10 m in strips) takes 3 MB. */
const MAX_FIELD_BYTES = 64 * 1024 * 1024
const MAX_FIELDS = 4096
/** A pyramid has about ten levels; chains longer than this are loops or attacks. */
const MAX_DIRECTORIES = 64
/** The user-defined code of GeoTIFF keys. */
const USER_DEFINED = 32767

interface Field {
  readonly numbers: readonly number[]
  readonly text: string
}

/** @throws ProblemError `geotiff.not-a-tiff`, `geotiff.damaged` */
export function readGeoTiffHeader(source: ByteSource, fileName: string): RasterHeader {
  const at: Place = { file: fileName }
  const damaged = (reason: string): ProblemError => new ProblemError(problem('geotiff.damaged', { reason }, at))
  const head = source.read(0, 16)
  const order = head[0] === 0x49 && head[1] === 0x49 ? true : head[0] === 0x4d && head[1] === 0x4d ? false : undefined
  if (order === undefined || head.length < 8) throw new ProblemError(problem('geotiff.not-a-tiff', {}, at))
  const little = order
  const headView = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const version = headView.getUint16(2, little)
  const big = version === 43
  if (version !== 42 && !(big && head.length === 16)) throw new ProblemError(problem('geotiff.not-a-tiff', {}, at))

  const view = (offset: number, length: number): DataView => {
    const bytes = offset + length <= source.size ? source.read(offset, length) : new Uint8Array(0)
    if (bytes.length < length) throw damaged('truncated')
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const long = (v: DataView, o: number): number => (big ? Number(v.getBigUint64(o, little)) : v.getUint32(o, little))

  const readDirectory = (
    offset: number,
  ): { readonly field: (tag: number) => Field | undefined; readonly next: number } => {
    const count = big ? long(view(offset, 8), 0) : view(offset, 2).getUint16(0, little)
    if (count === 0 || count > MAX_FIELDS) throw damaged('directory')
    const [start, step, inline] = big ? [offset + 8, 20, 8] : [offset + 2, 12, 4]
    const entries = view(start, count * step + inline)
    const where = new Map<number, number>()
    for (let i = 0; i < count; i++) where.set(entries.getUint16(i * step, little), i * step)
    const field = (tag: number): Field | undefined => {
      const o = where.get(tag)
      if (o === undefined) return undefined
      const type = entries.getUint16(o + 2, little)
      const n = long(entries, o + 4)
      const size = TYPE_SIZE[type]
      if (size === undefined || n * size > MAX_FIELD_BYTES) throw damaged(`field ${tag}`)
      const valueAt = o + step - inline
      const v = n * size <= inline ? entries : view(long(entries, valueAt), n * size)
      return readField(v, n * size <= inline ? valueAt : 0, type, n, size, little)
    }
    return { field, next: long(entries, count * step) }
  }

  const firstAt = big ? long(headView, 8) : headView.getUint32(4, little)
  const { field, next } = readDirectory(firstAt)
  const number = (tag: number): number | undefined => field(tag)?.numbers[0]

  const width = number(256) ?? 0
  const height = number(257) ?? 0
  const bands = number(277) ?? 1
  if (![width, height, bands].every(isCount) || width * height > 2 ** 42 || bands > 65535) throw damaged('raster size')
  const tiled = field(322) !== undefined
  const blockWidth = tiled ? (number(322) ?? 0) : width
  const blockHeight = tiled ? (number(323) ?? 0) : Math.min(number(278) ?? height, height)
  const bandsApart = number(284) === 2
  if (![blockWidth, blockHeight].every(isCount)) throw damaged('block size')
  const blockOffsets = field(tiled ? 324 : 273)?.numbers ?? []
  const blockBytes = field(tiled ? 325 : 279)?.numbers ?? []
  const blocks = Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * (bandsApart ? bands : 1)
  if (blockOffsets.length < blocks || blockBytes.length < blocks) throw damaged('block list')

  const bits = field(258)?.numbers ?? [1]
  const formats = field(339)?.numbers ?? [1]
  const nodata = field(42113)?.text.trim()
  return {
    width,
    height,
    bands,
    sampleType: sampleType(bits, formats),
    bitsPerSample: bits[0] ?? 1,
    compression: COMPRESSION[number(259) ?? 1] ?? `code ${number(259)}`,
    predictor: number(317) ?? 1,
    tiled,
    blockWidth,
    blockHeight,
    bandsApart,
    littleEndian: little,
    ...(nodata === undefined || nodata === '' ? {} : { nodata }),
    ...scaleOf(field(42112)?.text),
    ...placement(field),
    ...crsPart(field),
    geoKeys: geoKeys(field),
    overviews: countOverviews(next, readDirectory),
    blockOffsets,
    blockBytes,
  }
}

const isCount = (n: number): boolean => Number.isInteger(n) && n > 0

function readField(v: DataView, o: number, type: number, n: number, size: number, little: boolean): Field {
  if (type === 2) {
    const bytes = new Uint8Array(v.buffer, v.byteOffset + o, n)
    let text = new TextDecoder('latin1').decode(bytes)
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      // TIFF texts are ASCII by the book; what is not UTF-8 stays as it is.
    }
    return { numbers: [], text: text.replace(/\0+$/, '') }
  }
  const numbers: number[] = []
  for (let i = 0; i < n; i++) numbers.push(readNumber(v, o + i * size, type, little))
  return { numbers, text: '' }
}

function readNumber(v: DataView, o: number, type: number, little: boolean): number {
  switch (type) {
    case 1:
    case 7:
      return v.getUint8(o)
    case 6:
      return v.getInt8(o)
    case 3:
      return v.getUint16(o, little)
    case 8:
      return v.getInt16(o, little)
    case 9:
      return v.getInt32(o, little)
    case 5:
      return v.getUint32(o, little) / v.getUint32(o + 4, little)
    case 10:
      return v.getInt32(o, little) / v.getInt32(o + 4, little)
    case 11:
      return v.getFloat32(o, little)
    case 12:
      return v.getFloat64(o, little)
    case 16:
    case 18:
      return Number(v.getBigUint64(o, little))
    case 17:
      return Number(v.getBigInt64(o, little))
    default:
      return v.getUint32(o, little)
  }
}

function sampleType(bits: readonly number[], formats: readonly number[]): SampleType {
  const [b, f] = [bits[0], formats[0] ?? 1]
  if (bits.some((x) => x !== b) || formats.some((x) => x !== f)) return 'other'
  const name = `${({ 1: 'uint', 2: 'int', 3: 'float', 4: 'uint' } as Record<number, string>)[f] ?? ''}${b}`
  const known = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const
  return known.find((k) => k === name) ?? 'other'
}

/** `<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.1</Item></GDALMetadata>` */
function scaleOf(metadata: string | undefined): { readonly scale?: string; readonly offset?: string } {
  const found: { scale?: string; offset?: string } = {}
  let role: 'scale' | 'offset' | undefined
  try {
    const reader = xmlReader({
      open(name, a) {
        const r = name === 'Item' && (a['sample'] ?? '0') === '0' ? a['role'] : undefined
        role = r === 'scale' || r === 'offset' ? r : undefined
      },
      close: () => (role = undefined),
      text(text) {
        if (role) found[role] = text.trim()
      },
    })
    reader.write(new TextEncoder().encode(metadata ?? '<none/>'))
    reader.end()
  } catch {
    // The tag is a remark of one program; what it cannot say is not stated.
    return {}
  }
  return found
}

type FieldOf = (tag: number) => Field | undefined

/** GeoTIFF 1.1, 7.1.2 and annex B.6: tie point and scale, or a matrix. */
function placement(field: FieldOf): Pick<RasterHeader, 'origin' | 'pixelSize' | 'rotated'> {
  const [sx, sy] = field(33550)?.numbers ?? []
  const tie = field(33922)?.numbers ?? []
  const m = field(34264)?.numbers ?? []
  // A pixel that stands for a point has its coordinate in the middle.
  const half = geoKeys(field).get(1025) === 2 ? 0.5 : 0
  if (sx !== undefined && sy !== undefined && tie.length >= 6)
    return {
      origin: { x: tie[3]! - (tie[0]! + half) * sx, y: tie[4]! + (tie[1]! + half) * sy },
      pixelSize: { x: sx, y: sy },
      rotated: false,
    }
  if (m.length < 16) return { rotated: false }
  if (m[1] !== 0 || m[4] !== 0) return { rotated: true }
  return {
    origin: { x: m[3]! - half * m[0]!, y: m[7]! - half * m[5]! },
    pixelSize: { x: m[0]!, y: -m[5]! },
    rotated: false,
  }
}

/** GeoKey directory (GeoTIFF 1.1, 7.1.2): one number, several numbers, or a text without its closing bar. */
function geoKeys(field: FieldOf): GeoKeys {
  const keys = new Map<number, number | string | readonly number[]>()
  const d = field(34735)?.numbers ?? []
  const doubles = field(34736)?.numbers ?? []
  const texts = field(34737)?.text ?? ''
  for (let i = 4; i + 3 < d.length; i += 4) {
    const [key, where, count, value] = [d[i]!, d[i + 1]!, d[i + 2]!, d[i + 3]!]
    if (where === 0) keys.set(key, value)
    if (where === 34737) keys.set(key, texts.slice(value, value + count).replace(/\|+$/, ''))
    if (where !== 34735 && where !== 34736) continue
    const list = (where === 34735 ? d : doubles).slice(value, value + count)
    if (list.length > 0) keys.set(key, list.length === 1 ? list[0]! : list)
  }
  return keys
}

function crsPart(field: FieldOf): { readonly crs?: RasterCrs } {
  const keys = geoKeys(field)
  const code = (key: number): number | undefined => {
    const v = keys.get(key)
    return typeof v === 'number' && v > 0 && v !== USER_DEFINED ? v : undefined
  }
  const model = keys.get(1024)
  const kind = model === 1 ? 'projected' : model === 2 ? 'geographic' : 'other'
  const epsg = kind === 'geographic' ? code(2048) : kind === 'projected' ? code(3072) : (code(3072) ?? code(2048))
  const citation = [3073, 2049, 1026].map((k) => keys.get(k)).find((v) => typeof v === 'string' && v.trim() !== '') as
    string | undefined
  if (epsg === undefined && citation === undefined) return {}
  return { crs: { kind, ...(epsg === undefined ? {} : { epsg }), ...(citation === undefined ? {} : { citation }) } }
}

function countOverviews(
  first: number,
  read: (offset: number) => { readonly field: FieldOf; readonly next: number },
): number {
  let n = 0
  const seen = new Set<number>()
  for (let at = first; at !== 0 && !seen.has(at) && seen.size < MAX_DIRECTORIES;) {
    seen.add(at)
    const directory = read(at)
    if (((directory.field(254)?.numbers[0] ?? 0) & 5) === 1) n++
    at = directory.next
  }
  return n
}
