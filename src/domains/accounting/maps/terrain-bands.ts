// Factors of the terrain, derived from the elevation where no map gives them: slope, drained pixels, width and length of
// flow, size of a pixel. Routing holds the whole elevation in memory, slope and size only what is read; each derived band stands on
// the elevation's own grid.
// Always holds: a map the list names is never replaced by one derived here.

import { text, type Text } from '../../../kernel/index.ts'
import {
  cellSizeBand,
  drainedPixels,
  flowOver,
  flowWidth,
  memoryBand,
  slopeBand,
  surfaceOf,
  upslopeLength,
  type Band,
} from '../../../raster/index.ts'
import { once } from './once.ts'

export interface DerivedBand {
  readonly argument: string
  readonly unit: string
  readonly how: Text
  readonly band: () => Band
}

/** Worked out from the pixels around where they are read: each thread may do so for itself. */
export const NEAR_TERRAIN: ReadonlySet<string> = new Set(['slope', 'cell-size'])

/** Upslope length is cut where a hillside would be longer than any plot that taught the formula. */
const LONGEST_SLOPE_M = 300

/** Bands derived from an elevation in metres; each is computed when first read. */
export function terrainBands(elevation: Band): readonly DerivedBand[] {
  const surface = once(() => surfaceOf(elevation))
  // Of the surface only states and the size of a pixel are asked for beside, so its heights may be filled.
  const flow = once(() => flowOver(surface()))
  const band = (name: string, values: () => ArrayLike<number>): (() => Band) =>
    once(() => memoryBand(elevation.grid, values(), surface().states, name))
  return [
    {
      argument: 'slope',
      unit: '%',
      how: text(
        '由未填洼的高程求得（Horn 3×3 窗口，百分比）',
        'from the elevation as it is, not filled (Horn, 3 × 3 pixels, per cent)',
      ),
      band: once(() => slopeBand(elevation)),
    },
    {
      argument: 'drainage-cells',
      unit: '1',
      how: text('由高程求得（填洼后 D8 汇流，含本像元）', 'from the elevation (filled, D8, the pixel itself counted)'),
      band: band('drainage-cells', () => drainedPixels(flow())),
    },
    {
      argument: 'flow-width',
      unit: '1',
      how: text('由高程求得（D8 流向：正向 1，斜向 √2）', 'from the elevation (D8: 1 straight, √2 diagonal)'),
      band: band('flow-width', () => flowWidth(flow())),
    },
    {
      argument: 'slope-length',
      unit: 'm',
      how: text(
        `由高程求得（D8 上坡流长，上限 ${LONGEST_SLOPE_M} m）`,
        `from the elevation (D8 upslope length, at most ${LONGEST_SLOPE_M} m)`,
      ),
      band: band('slope-length', () => upslopeLength(flow(), surface(), { cap: LONGEST_SLOPE_M })),
    },
    {
      argument: 'cell-size',
      unit: 'm',
      how: text('高程图的像元边长', 'the pixel size of the elevation'),
      band: once(() => cellSizeBand(elevation)),
    },
  ]
}
