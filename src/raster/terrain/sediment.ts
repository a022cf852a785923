// Sediment delivery: how much of the soil that erosion loosens on a pixel reaches a channel (Borselli, Cassi and Torri 2008;
// Vigiak and others 2012), how much settles on the way, and what vegetation and practice avoid. Two forms by name, because
// the peer departs from its own documentation in the way down to the channel:
//   invest-3.20.1  sums 1 / (W S) over the pixels of the way, without any length (read off its output);
//   documented     sums d / (W S) with the length d of each step in metres, diagonals √2.
// At 30 m their connectivity indices differ by about lg 30. They are different models and never compared.
// Always holds: what leaves a pixel either settles below it or reaches a channel; nothing settles twice.

import type { Band } from '../band.ts'
import type { Grid } from '../grid.ts'
import { d8 } from './d8.ts'
import { distanceToChannel, drainage, drainedPixels, EQUAL_STEPS, streams, UNREACHED } from './drainage.ts'
import { fillInPlace } from './fill.ts'
import type { LengthSlopeOf } from './length-slope.ts'
import { pixelBand } from './pixel-band.ts'
import { outcomes } from './sediment-outcomes.ts'
import { bareLosses, deliveries, settle } from './sediment-steps.ts'
import { stepLengths, type HeightMap } from './surface.ts'
import { thresholdSlope, slopes, upslopeReach } from './upslope-reach.ts'
import { UNWATCHED, type Watch } from './watch.ts'

export const SEDIMENT_FORMS = ['invest-3.20.1', 'documented'] as const
export type SedimentForm = (typeof SEDIMENT_FORMS)[number]

export interface SedimentInput {
  readonly grid: Grid
  /** Heights, m, VALID on the pixels that have all inputs (see `masked`). They are filled where they lie: filling is part of
   *  the model, and a second copy would be too much. */
  readonly dem: HeightMap
  /** R, MJ·mm/(ha·h·yr), and K, t·ha·h/(ha·MJ·mm): read once, in stretches of rows. */
  readonly erosivity: Band
  readonly erodibility: Band
  /** The class of each pixel, and C and P, 0 to 1, by class. */
  readonly classOf: Uint8Array | Uint16Array
  readonly cover: Float64Array
  readonly practice: Float64Array
  /** LS of every pixel from the filled surface; see `lengthSlopeBy`. */
  readonly lengthSlope: LengthSlopeOf
}

export interface SedimentSettings {
  readonly form: SedimentForm
  /** Pixels that must flow into a pixel to make it a channel. */
  readonly streamThreshold: number
  /** Steepness and midpoint of the curve from connectivity to delivery, and its upper end. */
  readonly k: number
  readonly ic0: number
  readonly sdrMax: number
}

/** Values of Vigiak and others 2012 for k, ic0 and sdrMax. */
export const SEDIMENT_DEFAULTS = { k: 2, ic0: 0.5, sdrMax: 0.8 } as const

/** The bands of a run. Those about soil are t/(ha·yr); pixels that drain to no channel have no delivery, channels no erosion. */
export interface SedimentBands {
  /** Per cent, of the filled surface. */
  readonly slope: Band
  readonly accumulation: Band
  readonly channel: Band
  readonly lengthSlope: Band
  /** Loss from bare soil (R·K·LS) and under the actual cover (R·K·LS·C·P). */
  readonly bareLoss: Band
  readonly loss: Band
  readonly avoidedErosion: Band
  readonly wayDown: Band
  readonly connectivity: Band
  /** Share of the loss that reaches a channel; 1 on channels. */
  readonly delivery: Band
  readonly exported: Band
  /** What settles on a pixel, from above it; all that arrives on a channel. */
  readonly deposition: Band
  /** Export avoided on the pixel by its cover, and what it holds back of what comes from above. */
  readonly avoidedExport: Band
}

/** Bands on the way to the others: each costs 8 bytes a pixel where it is asked for. */
export type SedimentStep = 'slope' | 'accumulation' | 'lengthSlope' | 'wayDown' | 'connectivity'
export type SedimentRun<Step extends SedimentStep = never> = Pick<
  SedimentBands,
  Exclude<keyof SedimentBands, SedimentStep> | Step
>

/** About 39 bytes a pixel with what waits to be collected: heights, directions, order, and never more than three numbers a pixel at a time, each
 *  taking the place of one no longer needed. @throws what `watch` throws, and ProblemError where a band cannot be read */
export function sediment<Step extends SedimentStep = never>(
  input: SedimentInput,
  settings: SedimentSettings,
  steps: readonly Step[] = [],
  watch: Watch = UNWATCHED,
): SedimentRun<Step> {
  const { dem, grid, classOf, cover, practice } = input
  const { states } = dem
  const kept: Partial<Record<SedimentStep, Band>> = {}
  const wants = (step: SedimentStep): boolean => (steps as readonly SedimentStep[]).includes(step)
  const keep = (step: SedimentStep, values: () => Float64Array): void => {
    if (!wants(step)) return
    const own = values()
    kept[step] = pixelBand(grid, states, step, (from, to, out, at) => out.set(own.subarray(from, to), at))
  }

  const filled = fillInPlace(dem, watch)
  const net = drainage(d8(filled, watch), watch)
  const drained = drainedPixels(net, watch)
  const channel = streams(drained, settings.streamThreshold)
  keep('accumulation', () => Float64Array.from(drained))
  keep('slope', () => slopes(filled, (percent) => percent))

  const weightOf = cover.map((c) => Math.max(c, 0.001))
  const weight = new Float64Array(classOf.length)
  for (let i = 0; i < weight.length; i++) weight[i] = weightOf[classOf[i]!]!
  const steepness = slopes(filled, thresholdSlope)
  const reach = upslopeReach({ net, drained, pixel: dem, steepness, weight, watch })
  const resistance = slopes(filled, (percent, i) => 1 / (weightOf[classOf[i]!]! * thresholdSlope(percent)), steepness)
  const lengths = settings.form === 'documented' ? stepLengths(dem) : EQUAL_STEPS
  const wayDown = distanceToChannel(net, channel, { weight: resistance, into: resistance, steps: lengths, watch })
  keep('wayDown', () => wayDown.map((way) => (way === UNREACHED ? Number.NaN : way)))
  const delivery = deliveries({ wayDown, reach, channel }, settings)
  keep('connectivity', () => reach.slice())

  const lengthSlope = wants('lengthSlope') ? new Float64Array(reach.length) : undefined
  const bare = bareLosses({ input, filled, net, drained, into: reach, lengthSlope, watch })
  keep('lengthSlope', () => lengthSlope!)
  const settled = settle({ net, channel, delivery, bare, input, watch })

  const bands = outcomes({ grid, states, cover, practice, classOf, channel, delivery, bare, settled })
  return { ...bands, ...kept } as SedimentRun<Step>
}
