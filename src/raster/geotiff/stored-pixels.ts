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
import { blocksAcross, blocksDown, readBlock, readPlainRows } from './block.ts'
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

  /** The part of a window that lies in one block; rows of the window are `width` apart in `into`. */
  const readPart = (block: number, part: Part, width: number, into: Samples): void => {
    const { x, y, wide, high, at } = part
    const liesAlike = wide === blockWidth && wide === width
    if (liesAlike && layout.blockBytes[block]! > 0) {
      const rows = { block, first: y, count: high }
      if (readPlainRows(source, layout, rows, into.subarray(at, at + high * width))) return
    }
    const cache = part.isAll ? caches.whole : caches.parts
    const samples = cache.get(block, () => readBlock(source, layout, block, name))
    if (samples && liesAlike && stride === 1)
      return into.set(samples.subarray(y * blockWidth, (y + high) * blockWidth), at)
    for (let r = 0; r < high; r++) {
      const [to, from] = [at + r * width, ((y + r) * blockWidth + x) * stride + step]
      if (!samples) into.fill(unwritten!, to, to + wide)
      else if (stride === 1) into.set(samples.subarray(from, from + wide), to)
      else for (let i = 0; i < wide; i++) into[to + i] = samples[from + i * stride]!
    }
  }
  return {
    type,
    settling,
    read({ col, row, width, height }, into) {
      for (let by = Math.floor(row / blockHeight); by * blockHeight < row + height; by++)
        for (let bx = Math.floor(col / blockWidth); bx * blockWidth < col + width; bx++) {
          const [x0, x1] = [Math.max(col, bx * blockWidth), Math.min(col + width, (bx + 1) * blockWidth)]
          const [y0, y1] = [Math.max(row, by * blockHeight), Math.min(row + height, (by + 1) * blockHeight)]
          const part = {
            x: x0 - bx * blockWidth,
            y: y0 - by * blockHeight,
            wide: x1 - x0,
            high: y1 - y0,
            at: (y0 - row) * width + x0 - col,
            isAll:
              x1 - x0 === Math.min(blockWidth, layout.width - bx * blockWidth) &&
              y1 - y0 === Math.min(blockHeight, layout.height - by * blockHeight),
          }
          readPart(first + by * across + bx, part, width, into)
        }
    },
  }
}

/** Where a part begins in its block and in the window, how large it is, and whether it is all the block has of the raster. */
interface Part {
  readonly x: number
  readonly y: number
  readonly wide: number
  readonly high: number
  readonly at: number
  readonly isAll: boolean
}

/** Without a no-data value GDAL takes what was never written for 0. */
function unwrittenSample(type: StoredType, { nodata, settling }: StoredOf): number | undefined {
  if (nodata === undefined) return 0
  const sample = settling.nan ? NaN : new SAMPLE_ARRAYS[type]([(settling.low + settling.high) / 2])[0]!
  return stateOf(sample, settling) === NODATA ? sample : undefined
}
