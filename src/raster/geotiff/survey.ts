// What stands in a raster's first band: value range, and for class rasters every code with its count. Blocks are read
// one at a time; a raster above the limit is looked at in every k-th block, and the result says so.
// Used to propose an input list, never to compute an account.

import type { ByteSource } from '../../core/exchange-formats/index.ts'
import type { RasterHeader, SampleType } from './header.ts'
import { inFinerStrips, layoutProblem, readBlock } from './block.ts'
import { nodataRange } from './no-data.ts'

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
/** @returns undefined where the packing or the sample type is not read here
 *  @throws ProblemError `geotiff.block-…` */
export function surveyRaster(
  source: ByteSource,
  header: RasterHeader,
  fileName: string,
  limit: number = SURVEY_PIXELS,
): RasterSurvey | undefined {
  if (layoutProblem(header, fileName)) return undefined
  const layout = inFinerStrips(header)
  const { width, height, blockWidth, blockHeight, sampleType } = layout
  const stride = layout.bandsApart ? 1 : layout.bands
  const across = Math.ceil(width / blockWidth)
  const down = Math.ceil(height / blockHeight)
  const step = Math.max(1, Math.ceil((width * height) / limit), Math.ceil((across * down) / SURVEY_BLOCKS))
  const nodata = nodataRange(header.nodata, sampleType)
  const counts = /^u?int(8|16)$/.test(sampleType) ? new Float64Array(65536) : undefined
  let pixels = 0
  let nodataPixels = 0
  let min = Infinity
  let max = -Infinity
  for (let block = 0; block < across * down; block += step) {
    const wide = Math.min(blockWidth, width - (block % across) * blockWidth)
    const high = Math.min(blockHeight, height - Math.floor(block / across) * blockHeight)
    pixels += wide * high
    const samples = readBlock(source, layout, block, fileName)
    // A block without bytes holds no data (GDAL's sparse files).
    if (!samples) {
      nodataPixels += wide * high
      continue
    }
    for (let y = 0; y < high; y++)
      for (let x = 0, i = y * blockWidth * stride; x < wide; x++, i += stride) {
        const v = samples[i]!
        if ((v >= nodata.low && v <= nodata.high) || Number.isNaN(v)) {
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
