// The samples of one band of a GeoTIFF as they are stored, window by window: rows that lie in the file as they are wanted are
// read straight into the caller's memory. Always holds: blocks that were never written give samples that mean what they mean.

import type { ByteSource } from '../../core/exchange-formats/index.ts'
import {
  SAMPLE_ARRAYS,
  stateOf,
  type Samples,
  type Settling,
  type StoredBand,
  type StoredType,
} from '../stored-band.ts'
import { NODATA } from '../band.ts'
import { blocksAcross, blocksDown, readBlock, readPlainPart } from './block.ts'
import type { BlockCache } from './block-cache.ts'
import type { Layout } from './header.ts'

export interface StoredOf {
  readonly name: string
  /** 1 is the first. */
  readonly band: number
  /** As the file says it. */
  readonly nodata: string | undefined
  readonly settling: Settling
  readonly caches: PassingCaches
}

/** Blocks that a window took a part of are kept for its neighbours; those taken whole for other bands of the same tile. */
export interface PassingCaches {
  readonly parts: BlockCache
  readonly whole: BlockCache
}

/** Undefined where no sample could stand for what was never written. */
export function storedBand(source: ByteSource, layout: Layout, of: StoredOf): StoredBand | undefined {
  const { name, settling, caches } = of
  if (layout.sampleType === 'other') return undefined
  const type: StoredType = layout.bitsPerSample < 8 ? 'uint8' : layout.sampleType
  const unwritten = unwrittenSample(type, of)
  if (unwritten === undefined && layout.blockBytes.includes(0)) return undefined
  const { blockWidth, blockHeight, bandsApart } = layout
  const across = blocksAcross(layout)
  const stride = bandsApart ? 1 : layout.bands
  const first = bandsApart ? (of.band - 1) * across * blocksDown(layout) : 0
  const step = bandsApart ? 0 : of.band - 1

  const straight = (block: number, part: Part, width: number, into: Samples): boolean => {
    const { x, y, wide, high, at } = part
    if (layout.blockBytes[block] === 0 || stride !== 1) return false
    if (wide === blockWidth && wide === width)
      return readPlainPart(source, layout, { block, x, y, count: high * wide }, into, at)
    // Some rows of a higher block are fetched one by one: it is not read for them.
    if (high > THIN_ROWS || blockHeight < MUCH_HIGHER * high || caches.parts.find(block)) return false
    for (let r = 0; r < high; r++)
      if (!readPlainPart(source, layout, { block, x, y: y + r, count: wide }, into, at + r * width)) return false
    return true
  }
  /** The part of a window that lies in one block; rows of the window are `width` apart in `into`. */
  const readPart = (block: number, part: Part, width: number, cache: BlockCache, into: Samples): void => {
    if (straight(block, part, width, into)) return
    const { x, y, wide, high, at } = part
    const samples =
      caches.parts.find(block) ?? cache.get(block, (spare) => readBlock(source, layout, block, name, spare))
    if (samples && stride === 1 && wide === blockWidth && wide === width)
      return into.set(samples.subarray(y * blockWidth, (y + high) * blockWidth), at)
    for (let r = 0; r < high; r++) {
      const [to, from] = [at + r * width, ((y + r) * blockWidth + x) * stride + step]
      if (!samples) into.fill(unwritten!, to, to + wide)
      else if (stride === 1 && wide > FEW) into.set(samples.subarray(from, from + wide), to)
      else for (let i = 0; i < wide; i++) into[to + i] = samples[from + i * stride]!
    }
  }
  return {
    type,
    settling,
    read({ col, row, width, height }, into) {
      const [endCol, endRow] = [col + width, row + height]
      // A window that takes blocks whole leaves nothing for its neighbours.
      const isAll =
        col % blockWidth === 0 &&
        row % blockHeight === 0 &&
        (endCol === layout.width || endCol % blockWidth === 0) &&
        (endRow === layout.height || endRow % blockHeight === 0)
      const cache = isAll ? caches.whole : caches.parts
      for (let by = Math.floor(row / blockHeight); by * blockHeight < endRow; by++)
        for (let bx = Math.floor(col / blockWidth); bx * blockWidth < endCol; bx++) {
          const [x0, x1] = [Math.max(col, bx * blockWidth), Math.min(endCol, (bx + 1) * blockWidth)]
          const [y0, y1] = [Math.max(row, by * blockHeight), Math.min(endRow, (by + 1) * blockHeight)]
          const part = {
            x: x0 - bx * blockWidth,
            y: y0 - by * blockHeight,
            wide: x1 - x0,
            high: y1 - y0,
            at: (y0 - row) * width + x0 - col,
          }
          readPart(first + by * across + bx, part, width, cache, into)
        }
    },
  }
}

/** So many rows of a block that is as many times higher are read by themselves. */
const THIN_ROWS = 4
const MUCH_HIGHER = 16
/** Samples that are not worth a call. */
const FEW = 8

/** Where a part begins in its block and in the window, and how large it is. */
interface Part {
  readonly x: number
  readonly y: number
  readonly wide: number
  readonly high: number
  readonly at: number
}

/** Without a no-data value GDAL takes what was never written for 0. */
function unwrittenSample(type: StoredType, { nodata, settling }: StoredOf): number | undefined {
  if (nodata === undefined) return 0
  const sample = settling.nan ? NaN : new SAMPLE_ARRAYS[type]([(settling.low + settling.high) / 2])[0]!
  return stateOf(sample, settling) === NODATA ? sample : undefined
}
