// Sediment delivery written plainly: every sum a walk over the whole map along the order of the water, an array for each. The twin
// of what runs hillslope by hillslope.

import { VALID } from '../band.ts'
import { exp, log10 } from '../maths/index.ts'
import { d8 } from './d8.ts'
import { accumulate, distanceToChannel, drainage, EQUAL_STEPS, receiverOf, streams, UNREACHED } from './drainage.ts'
import { fillDepressions } from './fill.ts'
import type { SedimentBands, SedimentInput, SedimentSettings } from './sediment.ts'
import { slopePercent } from './slope.ts'
import { stepLengths } from './surface.ts'
import { thresholdSlope } from './upslope-reach.ts'

/** Numbers of all pixels by band, NaN where there is none. */
export function plainSediment(
  { dem, erosivity, erodibility, classOf, cover, practice, lengthSlope, grid }: SedimentInput,
  { form, streamThreshold, k, ic0, sdrMax }: SedimentSettings,
): Record<keyof SedimentBands, readonly number[]> {
  const filled = fillDepressions(dem)
  const net = drainage(d8(filled))
  const { drained, order } = net
  const channel = streams(drained, streamThreshold)
  const slope = slopePercent(filled).values
  const all = { col: 0, row: 0, width: grid.width, height: grid.height }
  const read = (band: SedimentInput['erosivity']): Float64Array => {
    const strip = { values: new Float64Array(slope.length), states: new Uint8Array(slope.length) }
    band.read(all, strip)
    return strip.values
  }
  const [r, kOf] = [read(erosivity), read(erodibility)]
  const ls = new Float64Array(slope.length)
  lengthSlope({ filled, net, drained }).read(0, slope, ls)

  const weight = Float64Array.from(classOf, (code) => Math.max(cover[code]!, 0.001))
  const steepness = slope.map(thresholdSlope)
  const [weightAbove, steepnessAbove] = [accumulate(net, weight), accumulate(net, steepness)]
  const down = distanceToChannel(net, channel, {
    weight: steepness.map((s, i) => 1 / (weight[i]! * s)),
    steps: form === 'documented' ? stepLengths(dem) : EQUAL_STEPS,
  })
  const index = down.map((way, i) => {
    const n = drained[i]!
    const reach = (weightAbove[i]! / n) * (steepnessAbove[i]! / n) * Math.sqrt(n * dem.cell * (dem.cellY ?? dem.cell))
    return way === UNREACHED || channel[i] === 1 ? Number.NaN : log10(reach / way)
  })
  const delivery = index.map((ic, i) =>
    channel[i] === 1 ? 1 : down[i] === UNREACHED ? Number.NaN : sdrMax / (1 + exp((ic0 - ic) / k)),
  )
  const bare = ls.map((factor, i) => r[i]! * kOf[i]! * factor)
  const loss = bare.map((t, i) => t * cover[classOf[i]!]! * practice[classOf[i]!]!)
  const settled = new Float64Array(slope.length)
  for (const i of order) {
    const own = delivery[i]!
    const to = receiverOf(net, i)
    const below = Math.max(own, to < 0 ? own : delivery[to]!)
    const held = own === 1 ? 1 : (below - own) / (1 - own)
    const arriving = settled[i]!
    settled[i] = held * arriving
    if (to >= 0 && !Number.isNaN(own))
      settled[to]! += (1 - held) * arriving + (channel[i] === 1 ? 0 : loss[i]!) * (1 - own)
  }

  const numbers = (of: (i: number) => number): readonly number[] =>
    Array.from(slope, (_, i) => (dem.states[i] === VALID ? of(i) : Number.NaN))
  const soil = (of: (i: number) => number) => numbers((i) => (channel[i] === 1 ? Number.NaN : of(i)))
  return {
    slope: numbers((i) => slope[i]!),
    accumulation: numbers((i) => drained[i]!),
    channel: numbers((i) => channel[i]!),
    lengthSlope: numbers((i) => ls[i]!),
    bareLoss: soil((i) => bare[i]!),
    loss: soil((i) => loss[i]!),
    avoidedErosion: soil((i) => bare[i]! - loss[i]!),
    wayDown: numbers((i) => (down[i] === UNREACHED ? Number.NaN : down[i]!)),
    connectivity: numbers((i) => index[i]!),
    delivery: numbers((i) => delivery[i]!),
    exported: soil((i) => loss[i]! * delivery[i]!),
    deposition: numbers((i) => (Number.isNaN(delivery[i]!) ? Number.NaN : settled[i]!)),
    avoidedExport: soil((i) => (bare[i]! - loss[i]!) * delivery[i]! + settled[i]!),
  }
}
