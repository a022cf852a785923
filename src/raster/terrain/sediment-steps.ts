// The steps of sediment delivery after the water is known: from connectivity to delivery, soil loss of bare land in stretches of
// rows, and what settles. Always holds: each array given as `into`, or to be changed, ends as what is named in the comment.

import { stripOf } from '../band.ts'
import { TILE } from '../grid.ts'
import { exp, log10 } from '../maths/index.ts'
import { onward, UNREACHED, type Drainage } from './drainage.ts'
import type { SedimentInput, SedimentSettings } from './sediment.ts'
import { slopeRows } from './slope.ts'
import type { HeightMap } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

interface Ways {
  /** Becomes the delivery ratio: 1 on channels, UNREACHED where no water reaches one. */
  readonly wayDown: Float64Array
  /** Becomes the connectivity index; NaN on channels and above none. */
  readonly reach: Float64Array
  readonly channel: Uint8Array
}

export function deliveries({ wayDown, reach, channel }: Ways, { sdrMax, ic0, k }: SedimentSettings): Float64Array {
  for (let i = 0; i < wayDown.length; i++) {
    const down = wayDown[i]!
    if (down === UNREACHED || channel[i] === 1) {
      reach[i] = Number.NaN
      if (channel[i] === 1) wayDown[i] = 1
      continue
    }
    const connectivity = log10(reach[i]! / down)
    reach[i] = connectivity
    wayDown[i] = sdrMax / (1 + exp((ic0 - connectivity) / k))
  }
  return wayDown
}

interface BareInput {
  readonly input: SedimentInput
  readonly filled: HeightMap
  readonly net: Drainage
  readonly drained: Uint32Array
  readonly into: Float64Array
  /** Takes LS, where it is wanted. */
  readonly lengthSlope: Float64Array | undefined
  readonly watch: Watch
}

/** R·K·LS of every pixel that counts, t/(ha·yr). */
export function bareLosses({ input, filled, net, drained, into, lengthSlope, watch }: BareInput): Float64Array {
  const { width, height } = filled
  const rows = slopeRows(filled)
  const ls = input.lengthSlope({ filled, net, drained })
  const most = width * Math.min(TILE, height)
  const [erosivity, erodibility] = [stripOf(most), stripOf(most)]
  const [slope, factor] = [new Float64Array(width), new Float64Array(width)]
  for (let top = 0; top < height; top += TILE) {
    watch('delivery', top / height)
    const window = { col: 0, row: top, width, height: Math.min(TILE, height - top) }
    input.erosivity.read(window, erosivity)
    input.erodibility.read(window, erodibility)
    for (let row = 0; row < window.height; row++) {
      const from = (top + row) * width
      rows.read(top + row, slope)
      ls.read(from, slope, factor)
      lengthSlope?.set(factor, from)
      for (let col = 0, at = row * width; col < width; col++, at++)
        into[from + col] = erosivity.values[at]! * erodibility.values[at]! * factor[col]!
    }
  }
  return into
}

interface SettleInput {
  readonly net: Drainage
  readonly channel: Uint8Array
  readonly delivery: Float64Array
  readonly bare: Float64Array
  readonly input: SedimentInput
  readonly watch: Watch
}

/** What settles on each pixel of what comes from above it. Of that a pixel holds back the share by which delivery rises to the
 *  next pixel; its own loss passes on to the next one. On a channel all that arrives stays. UNREACHED above no channel. */
export function settle({ net, channel, delivery, bare, input, watch }: SettleInput): Float64Array {
  const { ways, order, width } = net
  const { classOf, cover, practice } = input
  const next = onward(width)
  // What arrives on a pixel, until it is known what of it settles.
  const settled = new Float64Array(delivery.length)
  for (let k = 0; k < order.length; k++) {
    if ((k & WATCHED) === 0) watch('delivery', k / order.length)
    const i = order[k]!
    const own = delivery[i]!
    if (own === UNREACHED) {
      settled[i] = UNREACHED
      continue
    }
    const way = ways[i]!
    const to = way > 7 ? i : (i + next[way]!) >>> 0
    const below = Math.max(own, delivery[to]!)
    const held = own === 1 ? 1 : (below - own) / (1 - own)
    const arriving = settled[i]!
    settled[i] = held * arriving
    if (way > 7) continue
    const code = classOf[i]!
    const loss = channel[i] === 1 ? 0 : bare[i]! * cover[code]! * practice[code]!
    settled[to]! += (1 - held) * arriving + loss * (1 - own)
  }
  return settled
}
