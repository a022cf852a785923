// What a GeoTIFF says of itself: grid, bands, sample type, packing, no-data, scale, place on earth, coordinate system
// (TIFF 6.0, BigTIFF, OGC GeoTIFF 1.1, GDAL's tags 42112 and 42113). Only the directory is read, never the pixels.
// Always holds: what the file does not state stays undefined; above all, no coordinate system is assumed.

import { ProblemError, type Place } from '../../kernel/index.ts'
import type { ByteSource } from '../../core/exchange-formats/index.ts'
import type { GeoKeys } from '../crs/model.ts'
import { readStructure, type Directory, type Field } from './directory.ts'
import { readBandNotes, type BandNotes } from './gdal-metadata.ts'
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
  /** Complex numbers, whole numbers of 64 bits, half floats, bands of different types. */
  | 'other'

export interface RasterCrs {
  readonly kind: 'projected' | 'geographic' | 'other'
  /** EPSG code; undefined where the file describes its own system. */
  readonly epsg?: number
  /** The system's name as the file gives it. */
  readonly citation?: string
}

/** How the pixels of one directory lie in the file. */
export interface Layout {
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
  /** Blocks row by row, band after band where bands lie apart. Zero bytes: the block was never written. */
  readonly blockOffsets: Float64Array
  readonly blockBytes: Float64Array
}

export interface RasterHeader extends Layout {
  /** As the file writes it; one for all bands. */
  readonly nodata?: string
  /** Stored value × scale + offset = value, for the first band, as the file writes them. */
  readonly scale?: string
  readonly offset?: string
  /** What the file says of its bands, 1 is the first; bands without notes are absent. */
  readonly notes: ReadonlyMap<number, BandNotes>
  /** Outer corner of the first pixel and size of a pixel, in units of the coordinate system; y counts down. */
  readonly origin?: { readonly x: number; readonly y: number }
  readonly pixelSize?: { readonly x: number; readonly y: number }
  readonly rotated: boolean
  readonly crs?: RasterCrs
  /** All GeoTIFF keys of the file, doubles and texts looked up; empty where it has none. */
  readonly geoKeys: GeoKeys
  readonly overviews: number
  /** A directory that says which pixels of all bands count: 0 does not. */
  readonly mask?: Layout
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

/** The user-defined code of GeoTIFF keys. */
const USER_DEFINED = 32767

/** Tag 254: a smaller copy of another directory, or a mask of it. */
const REDUCED = 1
const MASK = 4

/** @throws ProblemError `geotiff.not-a-tiff`, `geotiff.cut-short`, `geotiff.damaged` */
export function readGeoTiffHeader(source: ByteSource, fileName: string): RasterHeader {
  const { littleEndian, directories } = readStructure(source, fileName)
  const at: Place = { file: fileName }
  const role = (d: Directory): number => (d.field(254)?.numbers[0] ?? 0) & (REDUCED | MASK)
  const image = directories.find((d) => role(d) === 0) ?? directories[0]!
  const mask = directories.find((d) => d !== image && role(d) === MASK)
  const field = (tag: number): Field | undefined => image.field(tag)
  const layout = readLayout(image, littleEndian, at)
  const maskLayout = mask && readLayout(mask, littleEndian, at)
  const nodata = field(42113)?.text.trim()
  const notes = readBandNotes(field(42112)?.text)
  const { scale, offset } = notes.get(1) ?? {}
  const keys = readGeoKeys(field)
  return {
    ...layout,
    ...(nodata === undefined || nodata === '' ? {} : { nodata }),
    ...(scale === undefined ? {} : { scale }),
    ...(offset === undefined ? {} : { offset }),
    notes,
    ...placement(field, keys),
    ...crsPart(keys),
    geoKeys: keys,
    overviews: directories.filter((d) => role(d) === REDUCED).length,
    ...(maskLayout?.width === layout.width && maskLayout.height === layout.height ? { mask: maskLayout } : {}),
  }
}

/** @throws ProblemError `geotiff.damaged` */
function readLayout(directory: Directory, littleEndian: boolean, at: Place): Layout {
  const damaged = (reason: string): ProblemError => new ProblemError(problem('geotiff.damaged', { reason }, at))
  const number = (tag: number): number | undefined => directory.field(tag)?.numbers[0]
  const width = number(256) ?? 0
  const height = number(257) ?? 0
  const bands = number(277) ?? 1
  if (![width, height, bands].every(isCount) || width * height > 2 ** 42 || bands > 65535) throw damaged('raster size')
  const tiled = number(322) !== undefined
  const blockWidth = tiled ? (number(322) ?? 0) : width
  const blockHeight = tiled ? (number(323) ?? 0) : Math.min(number(278) ?? height, height)
  const bandsApart = number(284) === 2
  if (![blockWidth, blockHeight].every(isCount)) throw damaged('block size')
  const blockOffsets = directory.list(tiled ? 324 : 273)
  const blockBytes = directory.list(tiled ? 325 : 279)
  const blocks = Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * (bandsApart ? bands : 1)
  if (blockOffsets.length < blocks || blockBytes.length < blocks) throw damaged('block list')
  const bits = directory.field(258)?.numbers ?? [1]
  const formats = directory.field(339)?.numbers ?? [1]
  const compression = number(259) ?? 1
  return {
    width,
    height,
    bands,
    sampleType: number(266) === 2 ? 'other' : sampleType(bits, formats),
    bitsPerSample: bits[0] ?? 1,
    compression: COMPRESSION[compression] ?? `code ${compression}`,
    predictor: number(317) ?? 1,
    tiled,
    blockWidth,
    blockHeight,
    bandsApart,
    littleEndian,
    blockOffsets,
    blockBytes,
  }
}

const isCount = (n: number): boolean => Number.isInteger(n) && n > 0

function sampleType(bits: readonly number[], formats: readonly number[]): SampleType {
  const [b, f] = [bits[0], formats[0] ?? 1]
  if (bits.some((x) => x !== b) || formats.some((x) => x !== f)) return 'other'
  // Bit maps are whole numbers in less than a byte.
  if ((b === 1 || b === 2 || b === 4) && f === 1) return 'uint8'
  const name = `${({ 1: 'uint', 2: 'int', 3: 'float', 4: 'uint' } as Record<number, string>)[f] ?? ''}${b}`
  const known = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const
  return known.find((k) => k === name) ?? 'other'
}

type FieldOf = (tag: number) => Field | undefined

/** GeoTIFF 1.1, 7.1.2 and annex B.6: tie point and scale, or a matrix. */
function placement(field: FieldOf, keys: GeoKeys): Pick<RasterHeader, 'origin' | 'pixelSize' | 'rotated'> {
  const [sx, sy] = field(33550)?.numbers ?? []
  const tie = field(33922)?.numbers ?? []
  const m = field(34264)?.numbers ?? []
  // A pixel that stands for a point has its coordinate in the middle.
  const half = keys.get(1025) === 2 ? 0.5 : 0
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
function readGeoKeys(field: FieldOf): GeoKeys {
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

function crsPart(keys: GeoKeys): { readonly crs?: RasterCrs } {
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
