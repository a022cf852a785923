// Sediment delivery: how much of the soil that erosion loosens on a pixel reaches a channel (Borselli, Cassi and Torri 2008;
// Vigiak and others 2012), how much settles on the way, and what vegetation and practice avoid. Two forms by name, because
// the peer departs from its own documentation in the way down to the channel:
//   invest-3.20.1  sums 1 / (W S) over the pixels of the way, without any length (read off its output);
//   documented     sums d / (W S) with the length d of each step in metres, diagonals √2.
// At 30 m their connectivity indices differ by about lg 30. They are different models and never compared.
// Always holds: what leaves a pixel either settles below it or reaches a channel; nothing settles twice.

import { NO_VALUE, VALID } from '../band.ts'
import { exp, log10 } from '../maths/index.ts'
import { d8 } from './d8.ts'
import { accumulate, distanceToChannel, drainage, EQUAL_STEPS, streams, UNREACHED, type Drainage } from './drainage.ts'
import { fillDepressions } from './fill.ts'
import { slopePercent } from './slope.ts'
import { masked, stepLengths, type Surface } from './surface.ts'

export const SEDIMENT_FORMS = ['invest-3.20.1', 'documented'] as const
export type SedimentForm = (typeof SEDIMENT_FORMS)[number]

/** One number a pixel on the grid of the heights. A pixel has all inputs or none: it counts where `states` is VALID. */
export interface SedimentInput {
  /** Heights, m, as they are: filling is part of the model. */
  readonly dem: Surface
  readonly states: Uint8Array
  /** R, MJ·mm/(ha·h·yr). */
  readonly erosivity: Float64Array
  /** K, t·ha·h/(ha·MJ·mm). */
  readonly erodibility: Float64Array
  /** C and P, 0 to 1. */
  readonly cover: Float64Array
  readonly practice: Float64Array
  /** LS of every pixel from the filled surface; see `lengthSlopeBy`. */
  readonly lengthSlope: (terrain: FlowTerrain) => Float64Array
}

/** What a factor of length and steepness can rest on. */
export interface FlowTerrain {
  /** Per cent, of the filled surface. */
  readonly slope: Surface
  readonly net: Drainage
  /** Pixels that drain through each pixel, itself included. */
  readonly drained: Float64Array
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
  readonly slope: Surface
  readonly accumulation: Surface
  readonly channel: Surface
  readonly lengthSlope: Surface
  /** Loss from bare soil (R·K·LS) and under the actual cover (R·K·LS·C·P). */
  readonly bareLoss: Surface
  readonly loss: Surface
  readonly avoidedErosion: Surface
  readonly wayDown: Surface
  readonly connectivity: Surface
  /** Share of the loss that reaches a channel; 1 on channels. */
  readonly delivery: Surface
  readonly exported: Surface
  /** What settles on a pixel, from above it; all that arrives on a channel. */
  readonly deposition: Surface
  /** Export avoided on the pixel by its cover, and what it holds back of what comes from above. */
  readonly avoidedExport: Surface
}

export function sediment(input: SedimentInput, settings: SedimentSettings): SedimentBands {
  const dem = masked(input.dem, input.states)
  const filled = fillDepressions(dem)
  const slope = slopePercent(filled)
  const net = drainage(d8(filled))
  const drained = accumulate(net)
  const channel = streams(drained, settings.streamThreshold)
  const pixels = drained.length

  const steepness = thresholdSlope(slope.values)
  const weight = Float64Array.from(input.cover, (c) => Math.max(c, 0.001))
  const resistance = new Float64Array(pixels)
  for (const i of net.order) resistance[i] = 1 / (weight[i]! * steepness[i]!)
  const steps = settings.form === 'documented' ? stepLengths(dem) : EQUAL_STEPS
  const wayDown = distanceToChannel(net, channel, { weight: resistance, steps })
  const wayUp = upslopeReach(net, drained, dem, steepness, weight)

  const band = (holds: (i: number) => boolean, value: (i: number) => number): Surface => {
    const values = new Float64Array(pixels)
    const states = Uint8Array.from(dem.states)
    for (const i of net.order)
      if (holds(i)) values[i] = value(i)
      else states[i] = NO_VALUE
    return { ...dem, values, states }
  }
  const everywhere = () => true
  const erodes = (i: number) => channel[i] === 0
  const delivers = (i: number) => wayDown[i] !== UNREACHED
  const exports = (i: number) => erodes(i) && delivers(i)

  const steepAndLong = input.lengthSlope({ slope, net, drained })
  const lengthSlope = band(everywhere, (i) => steepAndLong[i]!)
  const bareLoss = band(erodes, (i) => input.erosivity[i]! * input.erodibility[i]! * lengthSlope.values[i]!)
  const loss = band(erodes, (i) => bareLoss.values[i]! * input.cover[i]! * input.practice[i]!)
  const connectivity = band(exports, (i) => log10(wayUp[i]! / wayDown[i]!))
  const delivery = band(delivers, (i) =>
    channel[i] === 1 ? 1 : settings.sdrMax / (1 + exp((settings.ic0 - connectivity.values[i]!) / settings.k)),
  )
  const exported = band(exports, (i) => loss.values[i]! * delivery.values[i]!)
  const settled = settle(net, delivery, loss.values)
  const deposition = band(delivers, (i) => settled[i]!)
  return {
    slope,
    accumulation: band(everywhere, (i) => drained[i]!),
    channel: band(everywhere, (i) => channel[i]!),
    lengthSlope,
    bareLoss,
    loss,
    avoidedErosion: band(erodes, (i) => bareLoss.values[i]! - loss.values[i]!),
    wayDown: band(delivers, (i) => wayDown[i]!),
    connectivity,
    delivery,
    exported,
    deposition,
    avoidedExport: band(exports, (i) => (bareLoss.values[i]! - loss.values[i]!) * delivery.values[i]! + settled[i]!),
  }
}

/** Slope as a fraction, kept within 0.005 and 1 (Cavalli and others 2013). */
export const thresholdSlope = (percent: Float64Array): Float64Array =>
  percent.map((slope) => Math.min(1, Math.max(0.005, slope / 100)))

/** D_up: mean weight × mean steepness of the land above × √ of its area, m. Without weights they count 1. */
export function upslopeReach(
  net: Drainage,
  drained: Float64Array,
  { cell, cellY = cell }: Pick<Surface, 'cell' | 'cellY'>,
  steepness: Float64Array,
  weight?: Float64Array,
): Float64Array {
  const steepAbove = accumulate(net, steepness)
  const weightAbove = weight && accumulate(net, weight)
  const reach = new Float64Array(drained.length)
  for (const i of net.order) {
    const n = drained[i]!
    reach[i] = (weightAbove ? weightAbove[i]! / n : 1) * (steepAbove[i]! / n) * Math.sqrt(n * cell * cellY)
  }
  return reach
}

/** What settles on each pixel of what comes from above it. Of that a pixel holds back the share by which delivery rises to the
 *  next pixel; its own loss passes on to the next one. On a channel all that arrives stays. */
function settle(net: Drainage, delivery: Surface, loss: Float64Array): Float64Array {
  const arriving = new Float64Array(loss.length)
  const settled = new Float64Array(loss.length)
  for (const i of net.order) {
    if (delivery.states[i] !== VALID) continue
    const own = delivery.values[i]!
    const to = net.receivers[i]!
    const below = Math.max(own, to >= 0 && delivery.states[to] === VALID ? delivery.values[to]! : 0)
    const held = own === 1 ? 1 : (below - own) / (1 - own)
    settled[i] = held * arriving[i]!
    if (to >= 0) arriving[to]! += (1 - held) * arriving[i]! + loss[i]! * (1 - own)
  }
  return settled
}
