// A GeoTIFF opened for its pixels: any window of any band, as numbers with their states, from the blocks it touches.
// Always holds: numbers are stored value × scale + offset in doubles; what is no-data, masked, not a number or in a
// damaged block is never a number; memory does not grow with the raster.

import { ProblemError, type Place } from '../../kernel/index.ts'
import type { ByteSource } from '../../core/exchange-formats/index.ts'
import { NAN, NODATA, VALID, type Band, type Strip } from '../band.ts'
import type { Crs } from '../crs/model.ts'
import { TILE, type Grid, type Window } from '../grid.ts'
import { blockCache } from './block-cache.ts'
import { SAMPLE_ARRAYS, settleAll, type Samples, type Settling, type StoredBand } from '../stored-band.ts'
import { blocksAcross, blocksDown, inFinerStrips, layoutProblem, liesPlain, readBlock } from './block.ts'
import { readGeoTiffHeader, type Layout, type RasterHeader } from './header.ts'
import { nodataRange } from './no-data.ts'
import { problem } from './problems.ts'
import { storedBand, type PassingCaches } from './stored-pixels.ts'

/** Where the raster lies: its outer north-west corner and the size of a pixel, in units of its coordinate system. */
export type RasterPlace = Pick<Grid, 'west' | 'north' | 'dx' | 'dy'>

export interface GeoTiff {
  readonly header: RasterHeader
  readonly place: RasterPlace
  /** @param n 1 is the first band
   *  @throws ProblemError `geotiff.no-band`, `geotiff.scale`; its `read` throws `geotiff.block-…` */
  band(n: number, crs: Crs): Band
  /** Bytes of decoded blocks kept. */
  readonly cachedBytes: number
}

/** Enough for the blocks around a window of most files; an account opens a dozen of them. */
const CACHE_BYTES = 8 * 1024 * 1024
/** Blocks taken whole by a window are rarely wanted by another one; the other bands of the same tile want them. */
const PASSING_BYTES = 4 * 1024 * 1024
/** A file in strips across a wide raster keeps the strips of one row of tiles, up to this. */
const MAX_CACHE_BYTES = 256 * 1024 * 1024

/** Blocks about as large as a tile that lie plainly in the file are read again by the tiles below rather than kept: that takes
 *  less than the memory is worth. */
const AGAIN_BLOCKS = 8

/** @param cacheBytes limit of the decoded blocks kept; chosen from the layout where left out
 *  @throws ProblemError of the header, `geotiff.compression`, `geotiff.sample-type`, `geotiff.predictor`,
 *  `geotiff.block-too-large`, `raster.no-place`, `raster.rotated` */
export function openGeoTiff(source: ByteSource, name: string, cacheBytes?: number): GeoTiff {
  const header = readGeoTiffHeader(source, name)
  const wrong = layoutProblem(header, name) ?? (header.mask && layoutProblem(header.mask, name))
  if (wrong) throw new ProblemError(wrong)
  const place = placeOf(header, name)
  const layout = inFinerStrips(header)
  const cache = cachesFor(layout, cacheBytes)
  const image = pixelsOf(source, layout, name, cache)
  const mask = header.mask && maskOf(source, inFinerStrips(header.mask), name, cacheBytes)
  return {
    header,
    place,
    get cachedBytes() {
      return cache.bytes() + (mask?.cache.bytes() ?? 0)
    },
    band(n, crs) {
      const at: Place = { file: name, band: n }
      if (!(Number.isInteger(n) && n >= 1 && n <= header.bands))
        throw new ProblemError(problem('geotiff.no-band', { band: n, bands: header.bands }, at))
      const settling = settlingOf(header, n, at)
      const settle = settler(header, settling)
      // A mask hides pixels whose samples do not show it.
      const stored = mask
        ? undefined
        : storedBand(source, layout, { name, band: n, nodata: header.nodata, settling, caches: cache })
      return {
        ...(stored ? { stored } : {}),
        grid: { width: header.width, height: header.height, ...place, crs },
        name: header.bands === 1 ? name : `${name} › ${n}`,
        read: stored
          ? settledRead(stored)
          : (window, into) => {
              image(n, window, into)
              settle(into, window.width * window.height)
              mask?.hide(window, into)
            },
      }
    },
  }
}

function placeOf(header: RasterHeader, name: string): RasterPlace {
  const { origin, pixelSize, rotated } = header
  if (rotated) throw new ProblemError(problem('raster.rotated', {}, { file: name }))
  const numbers = [origin?.x, origin?.y, pixelSize?.x, pixelSize?.y]
  if (!origin || !pixelSize || !numbers.every((v) => Number.isFinite(v)) || pixelSize.x === 0 || pixelSize.y === 0)
    throw new ProblemError(problem('raster.no-place', {}, { file: name }))
  if (pixelSize.x < 0 || pixelSize.y < 0) throw new ProblemError(problem('raster.rotated', {}, { file: name }))
  return { west: origin.x, north: origin.y, dx: pixelSize.x, dy: pixelSize.y }
}

/** Blocks kept of one image. */
interface BlockCaches extends PassingCaches {
  bytes(): number
}

/** @param limit of both together; chosen from the layout where left out */
function cachesFor(layout: Layout, limit: number | undefined): BlockCaches {
  const parts = blockCache(limit ?? cacheFor(layout))
  const whole = limit === undefined ? blockCache(PASSING_BYTES) : parts
  return { parts, whole, bytes: () => (whole === parts ? parts.bytes : parts.bytes + whole.bytes) }
}

function cacheFor(layout: Layout): number {
  const { blockWidth, blockHeight, bitsPerSample } = layout
  const stride = layout.bandsApart ? 1 : layout.bands
  const block = blockWidth * blockHeight * stride * Math.max(1, bitsPerSample / 8)
  if (liesPlain(layout) && blockWidth <= TILE && blockHeight <= TILE && blockHeight >= TILE / 2)
    return AGAIN_BLOCKS * block
  const rowOfTiles = (Math.ceil(TILE / blockHeight) + 1) * blocksAcross(layout) * block
  return Math.max(block, Math.min(MAX_CACHE_BYTES, Math.max(CACHE_BYTES, rowOfTiles)))
}

/** Samples as they are stored, each made into its number with a state. */
function settledRead(stored: StoredBand): Band['read'] {
  let samples: Samples = new SAMPLE_ARRAYS[stored.type](0)
  return (window, into) => {
    const pixels = window.width * window.height
    if (samples.length < pixels) samples = new SAMPLE_ARRAYS[stored.type](pixels)
    stored.read(window, samples)
    settleAll(samples, pixels, stored.settling, into)
  }
}

/** Fills stored values; pixels of blocks that were never written get the state NODATA, all others VALID. */
type ReadPixels = (band: number, window: Window, into: Strip) => void

function pixelsOf(source: ByteSource, layout: Layout, name: string, caches: BlockCaches): ReadPixels {
  const { blockWidth, blockHeight, bandsApart } = layout
  const across = blocksAcross(layout)
  const perBand = across * blocksDown(layout)
  const stride = bandsApart ? 1 : layout.bands
  return (band, { col, row, width, height }, { values, states }) => {
    const first = bandsApart ? (band - 1) * perBand : 0
    const step = bandsApart ? 0 : band - 1
    for (let by = Math.floor(row / blockHeight); by * blockHeight < row + height; by++)
      for (let bx = Math.floor(col / blockWidth); bx * blockWidth < col + width; bx++) {
        const block = first + by * across + bx
        const [x0, x1] = [Math.max(col, bx * blockWidth), Math.min(col + width, (bx + 1) * blockWidth)]
        const [y0, y1] = [Math.max(row, by * blockHeight), Math.min(row + height, (by + 1) * blockHeight)]
        const isWhole =
          x1 - x0 === Math.min(blockWidth, layout.width - bx * blockWidth) &&
          y1 - y0 === Math.min(blockHeight, layout.height - by * blockHeight)
        const cache = isWhole ? caches.whole : caches.parts
        const samples = cache.get(block, (spare) => readBlock(source, layout, block, name, spare))
        if (samples && stride === 1 && width === blockWidth && x1 - x0 === width) {
          const to = (y0 - row) * width
          const count = (y1 - y0) * width
          states.fill(VALID, to, to + count)
          copyRow(samples, (y0 - by * blockHeight) * blockWidth, 1, values, to, count)
          continue
        }
        for (let y = y0; y < y1; y++) {
          const to = (y - row) * width + x0 - col
          states.fill(samples ? VALID : NODATA, to, to + x1 - x0)
          if (!samples) values.fill(0, to, to + x1 - x0)
          else {
            const from = ((y - by * blockHeight) * blockWidth + x0 - bx * blockWidth) * stride + step
            copyRow(samples, from, stride, values, to, x1 - x0)
          }
        }
      }
  }
}

function copyRow(from: Samples, at: number, stride: number, values: Float64Array, to: number, count: number): void {
  if (stride === 1) values.set(from.subarray(at, at + count), to)
  else for (let i = 0; i < count; i++, at += stride) values[to + i] = from[at]!
}

/** @throws ProblemError `geotiff.scale` */
function settlingOf(header: RasterHeader, band: number, at: Place): Settling {
  const notes = header.notes.get(band)
  const number = (text: string | undefined, usual: number): number => {
    const v = text === undefined ? usual : Number(text)
    if (!Number.isFinite(v)) throw new ProblemError(problem('geotiff.scale', { text: text ?? '' }, at))
    return v
  }
  const [scale, offset] = [number(notes?.scale, 1), number(notes?.offset, 0)]
  return { scale, offset, ...nodataRange(header.nodata, header.sampleType) }
}

/** Stored values become values: no-data and what is no number lose theirs, scale and offset apply to the rest. */
function settler(header: RasterHeader, settling: Settling): (strip: Strip, pixels: number) => void {
  const { scale, offset, low, high, nan } = settling
  // Without a no-data value GDAL takes what was never written for 0.
  const unwritten = header.nodata === undefined ? VALID : NODATA
  return ({ values, states }, pixels) => {
    for (let i = 0; i < pixels; i++) {
      const stored = values[i]!
      const value = stored * scale + offset
      // Nearly every pixel: written, no no-data, finite.
      if (states[i] === VALID && !(stored >= low && stored <= high) && value - value === 0) {
        values[i] = value
        continue
      }
      let state: number = states[i] === NODATA ? unwritten : VALID
      if (state === VALID) {
        if (stored >= low && stored <= high) state = NODATA
        else if (Number.isNaN(stored)) state = nan ? NODATA : NAN
      }
      if (state === VALID && !Number.isFinite(value)) state = NAN
      values[i] = state === VALID ? value : 0
      states[i] = state
    }
  }
}

interface Mask {
  readonly cache: BlockCaches
  /** Pixels with mask 0 become no-data. */
  hide(window: Window, into: Strip): void
}

function maskOf(source: ByteSource, layout: Layout, name: string, cacheBytes: number | undefined): Mask {
  const cache = cachesFor(layout, cacheBytes)
  const pixels = pixelsOf(source, layout, name, cache)
  return {
    cache,
    hide(window, { values, states }) {
      const count = window.width * window.height
      const mask: Strip = { values: new Float64Array(count), states: new Uint8Array(count) }
      pixels(1, window, mask)
      for (let i = 0; i < count; i++)
        if (mask.values[i] === 0) {
          values[i] = 0
          states[i] = NODATA
        }
    },
  }
}
