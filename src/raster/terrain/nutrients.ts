// Nutrient delivery (nitrogen or phosphorus, the peer's NDR): how much of what land use brings onto a pixel reaches a channel over
// the surface, held back by what it crosses, and below it by distance alone. Two forms by name: the peer counts the way under
// ground in pixels and compares it with a length in metres; `documented` counts metres.
// Always holds: retention never falls below what the best pixel further down can still do; loads and exports are kg/(ha·yr).

import { NO_VALUE, VALID } from '../band.ts'
import { exp, log10 } from '../maths/index.ts'
import { distanceToChannel, EQUAL_STEPS, onward, PIXEL_STEPS, streams } from './drainage.ts'
import { UNREACHED, type Drainage } from './drainage.ts'
import { flowOver } from './flow-over.ts'
import type { SedimentForm } from './sediment.ts'
import { masked, stepLengths, type HeightMap, type Surface } from './surface.ts'
import { slopes, thresholdSlope, upslopeReach } from './upslope-reach.ts'
import { UNWATCHED, type Watch } from './watch.ts'

/** One number a pixel on the grid of the heights. A pixel counts where `states` is VALID. */
export interface NutrientInput {
  /** Heights, m, as they are. */
  readonly dem: HeightMap
  readonly states: Uint8Array
  /** What spreads the load over the area (rain, quick flow), in any unit: only its share of the mean counts. */
  readonly runoffProxy: Float64Array
  /** kg/(ha·yr), after `loadOf`. */
  readonly load: Float64Array
  /** Largest share the land use can hold back, 0 to 1, and the length, m, over which it does. */
  readonly efficiency: Float64Array
  readonly criticalLength: Float64Array
  /** Share of the load that goes below the surface, 0 to 1. */
  readonly subsurfaceShare: Float64Array
}

export interface NutrientSettings {
  readonly form: SedimentForm
  readonly streamThreshold: number
  readonly k: number
  readonly subsurfaceEfficiency: number
  readonly subsurfaceCriticalLength: number
  /** Mean of the runoff proxy to divide by; the mean over the pixels that count where it is left out. */
  readonly meanRunoff?: number
}

export interface NutrientBands {
  readonly channel: Surface
  readonly runoffIndex: Surface
  readonly surfaceLoad: Surface
  readonly subsurfaceLoad: Surface
  readonly retention: Surface
  readonly connectivity: Surface
  readonly delivery: Surface
  readonly subsurfaceDelivery: Surface
  readonly surfaceExport: Surface
  readonly subsurfaceExport: Surface
  readonly totalExport: Surface
  /** What neither path brings to a channel. Load on channels and above no channel is neither exported nor retained. */
  readonly retained: Surface
}

/** @throws what `watch` throws */
export function nutrients(input: NutrientInput, settings: NutrientSettings, watch: Watch = UNWATCHED): NutrientBands {
  const dem = masked(input.dem, input.states)
  const net = flowOver(dem, watch)
  const drained = net.drained
  const channel = streams(drained, settings.streamThreshold)
  const steepness = slopes(dem, thresholdSlope)
  const documented = settings.form === 'documented'
  const resistance = steepness.map((slope) => 1 / slope)
  const wayDown = distanceToChannel(net, channel, {
    weight: resistance,
    into: resistance,
    steps: documented ? stepLengths(dem) : EQUAL_STEPS,
    watch,
  })
  const wayUp = upslopeReach({ net, pixel: dem, steepness, watch })
  const groundWay = distanceToChannel(net, channel, { steps: documented ? stepLengths(dem) : PIXEL_STEPS, watch })
  const retained = effectiveRetention(net, channel, input.efficiency, input.criticalLength, stepLengths(dem))
  const index = runoffIndex({ ...dem, values: input.runoffProxy }, settings.meanRunoff)

  const band = (holds: (i: number) => boolean, value: (i: number) => number): Surface => {
    const values = new Float64Array(drained.length)
    const own = Uint8Array.from(dem.states)
    for (const i of net.order)
      if (holds(i)) values[i] = value(i)
      else own[i] = NO_VALUE
    return { ...dem, values, states: own }
  }
  const everywhere = () => true
  const drains = (i: number) => wayDown[i] !== UNREACHED
  const delivers = (i: number) => drains(i) && channel[i] === 0

  const load = (i: number) => input.load[i]! * index.values[i]!
  const surfaceLoad = band(everywhere, (i) => load(i) * (1 - input.subsurfaceShare[i]!))
  const subsurfaceLoad = band(everywhere, (i) => load(i) * input.subsurfaceShare[i]!)
  const connectivity = band(delivers, (i) => log10(wayUp[i]! / wayDown[i]!))
  const middle = midRange(connectivity)
  const delivery = band(
    delivers,
    (i) => (1 - retained[i]!) / (1 + exp((middle - connectivity.values[i]!) / settings.k)),
  )
  const subsurfaceDelivery = band(
    drains,
    (i) => 1 - settings.subsurfaceEfficiency * (1 - exp((-5 * groundWay[i]!) / settings.subsurfaceCriticalLength)),
  )
  const surfaceExport = band(delivers, (i) => surfaceLoad.values[i]! * delivery.values[i]!)
  const subsurfaceExport = band(drains, (i) => subsurfaceLoad.values[i]! * subsurfaceDelivery.values[i]!)
  const totalExport = band(delivers, (i) => surfaceExport.values[i]! + subsurfaceExport.values[i]!)
  return {
    channel: band(everywhere, (i) => channel[i]!),
    runoffIndex: index,
    surfaceLoad,
    subsurfaceLoad,
    retention: band(drains, (i) => retained[i]!),
    connectivity,
    delivery,
    subsurfaceDelivery,
    surfaceExport,
    subsurfaceExport,
    totalExport,
    retained: band(delivers, (i) => surfaceLoad.values[i]! + subsurfaceLoad.values[i]! - totalExport.values[i]!),
  }
}

export const LOAD_TYPES = ['application-rate', 'measured-runoff'] as const
export type LoadType = (typeof LOAD_TYPES)[number]

/** Load of a land use, kg/(ha·yr): what was measured leaving it, or what is applied less what it holds back itself. */
export const loadOf = (type: LoadType, rate: number, efficiency: number): number =>
  type === 'measured-runoff' ? rate : rate * (1 - efficiency)

/** Each value as a share of the mean: the given one, or that of the pixels with a value. Unchanged where the mean is 0. */
export function runoffIndex(proxy: Surface, mean?: number): Surface {
  let sum = 0
  let count = 0
  for (let i = 0; i < proxy.values.length; i++)
    if (proxy.states[i] === VALID) {
      sum += proxy.values[i]!
      count++
    }
  const by = mean ?? (count > 0 ? sum / count : 0)
  const values = proxy.values.map((value, i) => (proxy.states[i] !== VALID ? 0 : by === 0 ? value : value / by))
  return { ...proxy, values }
}

/** Share held back between each pixel and the channel, 0 on it: on each step a pixel that can hold back more than what lies
 *  below comes nearer to its own efficiency by 1 − e^(−5 d / critical length); one that can do less adds nothing. */
export function effectiveRetention(
  { ways, order, width }: Drainage,
  channel: Uint8Array,
  efficiency: Float64Array,
  criticalLength: Float64Array,
  steps: Float64Array,
): Float64Array {
  const next = onward(width)
  const retention = new Float64Array(ways.length)
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k]!
    const way = ways[i]!
    if (channel[i] === 1 || way > 7) continue
    const below = retention[(i + next[way]!) >>> 0]!
    const own = efficiency[i]!
    const length = criticalLength[i]!
    const kept = length > 0 ? exp((-5 * steps[way]!) / length) : 0
    retention[i] = own > below ? below * kept + own * (1 - kept) : below
  }
  return retention
}

/** Half-way between the smallest and the largest value: the peer's midpoint of the delivery curve. */
function midRange({ values, states }: Surface): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    if (states[i] !== VALID) continue
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  return (low + high) / 2
}
