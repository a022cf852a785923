// Sediment delivery: how much of the soil that erosion loosens on a pixel reaches a channel (Borselli, Cassi and Torri 2008;
// Vigiak and others 2012), how much settles on the way, and what vegetation and practice avoid. Two forms by name, because
// the peer departs from its own documentation in the way down to the channel:
//   invest-3.20.1  sums 1 / (W S) over the pixels of the way, without any length (read off its output);
//   documented     sums d / (W S) with the length d of each step in metres, diagonals √2.
// At 30 m their connectivity indices differ by about lg 30. They are different models and never compared.
// Always holds: what leaves a pixel either settles below it or reaches a channel; nothing settles twice.

import type { Band } from '../band.ts'
import type { Grid } from '../grid.ts'
import type { ZoneIndex } from '../zones/zone-index.ts'
import { EQUAL_STEPS, UNREACHED } from './drainage.ts'
import { flowOver, flowRoom } from './flow-over.ts'
import { CHANNEL, hillslopes } from './hillslopes.ts'
import type { LengthSlopeOf } from './length-slope.ts'
import { pixelBand } from './pixel-band.ts'
import { outcomes } from './sediment-outcomes.ts'
import { land } from './sediment-land.ts'
import { sedimentSums, type SedimentSums } from './sediment-sums.ts'
import { stepLengths, type HeightMap } from './surface.ts'
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

/** Bytes held of each pixel beside its heights, its state and its class: the way, the channel, three numbers. */
export const SEDIMENT_ROOM = 1 + 1 + 3 * 8

export interface SedimentModel<Step extends SedimentStep = never> {
  readonly bands: SedimentRun<Step>
  /** The sums of SUMMED_BANDS over zones on the same grid. */
  sumsBy(zones: ZoneIndex): SedimentSums
}

/** The bands alone. */
export const sediment = <Step extends SedimentStep = never>(
  ...given: Parameters<typeof sedimentModel<Step>>
): SedimentRun<Step> => sedimentModel(...given).bands

/** Holds the heights and SEDIMENT_ROOM bytes a pixel; what a hillslope needs beside is held for a few hillslopes at a time.
 *  @throws what `watch` throws, and ProblemError where a band cannot be read */
export function sedimentModel<Step extends SedimentStep = never>(
  input: SedimentInput,
  settings: SedimentSettings,
  steps: readonly Step[] = [],
  watch: Watch = UNWATCHED,
): SedimentModel<Step> {
  const { dem, grid, classOf, cover, practice } = input
  const { states } = dem
  const pixels = states.length
  const kept: Partial<Record<SedimentStep, Band>> = {}
  const keep = (step: SedimentStep): Float64Array | undefined => {
    if (!(steps as readonly SedimentStep[]).includes(step)) return undefined
    const own = new Float64Array(pixels)
    kept[step] = pixelBand(grid, states, step, (from, to, out, at) => out.set(own.subarray(from, to), at))
    return own
  }

  // What drains through each pixel lies in the room of what settles later.
  const room = flowRoom(dem)
  const settled = room.subarray(0, pixels)
  const net = flowOver(dem, watch, room)
  const channel = new Uint8Array(pixels)
  markChannels(net.drained, settings.streamThreshold, channel)
  keep('accumulation')?.set(net.drained)

  const bare = new Float64Array(pixels)
  const delivery = new Float64Array(pixels)
  const [lengthSlope, slope] = [keep('lengthSlope'), keep('slope')]
  land({ input, filled: dem, net, bare, steepness: delivery, lengthSlope, slope, watch })
  settled.fill(UNREACHED)
  hillslopes({
    input,
    settings,
    net,
    channel,
    pixel: dem,
    lengths: settings.form === 'documented' ? stepLengths(dem) : EQUAL_STEPS,
    weightOf: cover.map((c) => Math.max(c, 0.001)),
    bare,
    delivery,
    settled,
    wayDown: keep('wayDown'),
    connectivity: keep('connectivity'),
    watch,
  })
  const held = { grid, states, cover, practice, classOf, channel, delivery, bare, settled }
  const bands = outcomes(held)
  return {
    bands: { ...bands, ...kept } as SedimentRun<Step>,
    sumsBy: (zones) => sedimentSums(held, bands, zones),
  }
}

/** CHANNEL where more than `threshold` pixels drain through, 0 elsewhere. */
function markChannels(drained: Uint32Array, threshold: number, into: Uint8Array): void {
  for (let i = 0; i < into.length; i++) into[i] = drained[i]! > threshold ? CHANNEL : 0
}
