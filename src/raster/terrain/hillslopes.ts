// Delivery, hillslope by hillslope: a pixel that is no channel has at most as many pixels above it as make a channel, so all sums
// of the model end on a channel. A few hillslopes at a time are listed from the channel upwards and worked through there and
// back in small arrays; nothing of the way is held for the whole map.
// Always holds: a pixel adds up what drains into it in the order in which the whole map would meet it (`drainage`), so the sums
// have the bits of linear walks over the map.

import { deliveryPairs } from './delivery-pairs.ts'
import type { Drainage } from './drainage.ts'
import { drainsIn } from './drains-in.ts'
import type { SedimentInput, SedimentSettings } from './sediment.ts'
import { neighbourOffsets, type Surface } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

export interface HillslopeInput {
  readonly input: Pick<SedimentInput, 'classOf' | 'cover' | 'practice'>
  readonly settings: SedimentSettings
  /** The ways are overwritten. */
  readonly net: Pick<Drainage, 'width' | 'ways'>
  /** CHANNEL or 0. */
  readonly channel: Uint8Array
  readonly pixel: Pick<Surface, 'cell' | 'cellY'>
  /** Of the eight ways, as the form counts them. */
  readonly lengths: Float64Array
  /** The weight of a class along the water. */
  readonly weightOf: Float64Array
  /** Soil loss without cover, t/(ha·yr). */
  readonly bare: Float64Array
  /** Steepness (`thresholdSlope`) of each pixel; becomes delivery where water reaches a channel, 1 on it. */
  readonly delivery: Float64Array
  /** UNREACHED; becomes what settles on each pixel of what comes from above it, on a channel all that arrives. */
  readonly settled: Float64Array
  /** Take the way down and the connectivity index, where they are wanted: NaN above no channel, the index also on channels. */
  readonly wayDown: Float64Array | undefined
  readonly connectivity: Float64Array | undefined
  readonly watch: Watch
}

/** A pixel of a channel. */
export const CHANNEL = 1

/** Pixels after which hillslopes listed are worked through. */
const ENOUGH = 4096

export function hillslopes(of: HillslopeInput): void {
  const { channel, net, wayDown, connectivity, watch } = of
  wayDown?.fill(Number.NaN)
  connectivity?.fill(Number.NaN)
  drainsIn(net.ways, channel, net.width)
  const batch = batchOf(of)
  for (let i = 0; i < channel.length; i++) {
    if ((i & WATCHED) === 0) watch('delivery', i / channel.length)
    if (channel[i] === CHANNEL && batch.list(i) >= ENOUGH) batch.work()
  }
  batch.work()
}

function batchOf(of: HillslopeInput) {
  const { net, channel, classOf, cover, practice } = { ...of, ...of.input }
  const { bare, delivery, settled, weightOf, wayDown, connectivity, settings } = of
  const { cell, cellY = cell } = of.pixel
  const above = net.ways
  const steps = neighbourOffsets(net.width)
  const lengthFrom = Float64Array.from(steps, (_, k) => of.lengths[(k + 4) & 7]!)
  let room = roomFor(2 * ENOUGH)
  let size = 0

  /** Numbers of the pixels listed: each is listed after the one it drains into, those that drain into one pixel side by side. */
  function roomFor(pixels: number) {
    const places = () => new Uint32Array(pixels)
    return {
      pixel: places(),
      /** Where in the list those that drain into it begin and end. */
      begin: places(),
      end: places(),
      /** Places of the list; between begin and end those that drain into a pixel, in the order their sums are known. */
      inflow: places(),
      /** The last pixel, by rows, of those above it that nothing drains into: what the order of sums goes by. */
      source: places(),
      /** What a pixel loses by itself, and what comes to it. */
      loss: new Float64Array(pixels),
      arriving: new Float64Array(pixels),
      pairs: deliveryPairs({ ...settings, cell, cellY }, pixels),
    }
  }

  const larger = (): void => {
    const [old, made] = [room, roomFor(2 * room.pixel.length)]
    for (const name of ['pixel', 'begin', 'end', 'inflow', 'loss'] as const) made[name].set(old[name])
    for (const name of ['sums', 'down'] as const) made.pairs[name].set(old.pairs[name])
    room = made
  }

  /** Lists a pixel of a channel and the hillslopes beside it; tells how long the list is. */
  const list = (root: number): number => {
    let { pixel, begin, end, inflow, loss, pairs } = room
    let { sums, down } = pairs
    let p = size
    let head = size
    if (head === pixel.length) {
      larger()
      ;({ pixel, begin, end, inflow, loss, pairs } = room)
      ;({ sums, down } = pairs)
    }
    pixel[p] = root
    sums[2 * p] = 1
    sums[2 * p + 1] = 1
    down[p++] = 0
    for (; head < p; head++) {
      if (p + 8 > pixel.length) {
        size = p
        larger()
        ;({ pixel, begin, end, inflow, loss, pairs } = room)
        ;({ sums, down } = pairs)
      }
      const at = pixel[head]!
      const below = down[head]!
      begin[head] = p
      for (let from = above[at]!; from !== 0; from &= from - 1) {
        const k = 31 - Math.clz32(from & -from)
        const one = at + steps[k]!
        const code = classOf[one]!
        const w = weightOf[code]!
        const s = delivery[one]!
        pixel[p] = one
        inflow[p] = p
        sums[2 * p] = w
        sums[2 * p + 1] = s
        loss[p] = bare[one]! * cover[code]! * practice[code]!
        down[p++] = below + lengthFrom[k]! * (1 / (w * s))
      }
      end[head] = p
    }
    return (size = p)
  }

  /** Down the water: sums of weight and steepness, and who comes before whom. */
  const sum = (): void => {
    const { pixel, begin, end, inflow, source, pairs } = room
    const { count, sums } = pairs
    for (let p = size - 1; p >= 0; p--) {
      const [from, to] = [begin[p]!, end[p]!]
      if (from === to) {
        source[p] = pixel[p]!
        count[p] = 1
        continue
      }
      for (let q = from + 1; q < to; q++)
        for (let r = q; r > from && source[inflow[r - 1]!]! > source[inflow[r]!]!; r--) {
          const later = inflow[r - 1]!
          inflow[r - 1] = inflow[r]!
          inflow[r] = later
        }
      let n = 1
      let w = sums[2 * p]!
      let s = sums[2 * p + 1]!
      for (let q = from; q < to; q++) {
        const one = inflow[q]!
        n += count[one]!
        w += sums[2 * one]!
        s += sums[2 * one + 1]!
      }
      count[p] = n
      sums[2 * p] = w
      sums[2 * p + 1] = s
      source[p] = source[inflow[to - 1]!]!
    }
  }

  /** Down the water again. Of what arrives a pixel holds back the share by which delivery rises to the next pixel; its own loss
   *  passes on to the next one. */
  const settle = (): void => {
    const { pixel, begin, end, inflow, loss, arriving } = room
    const share = room.pairs.delivery
    for (let p = size - 1; p >= 0; p--) {
      const below = share[p]!
      let sumOf = 0
      for (let q = begin[p]!, to = end[p]!; q < to; q++) {
        const one = inflow[q]!
        const own = share[one]!
        const held = own === 1 ? 1 : ((own > below ? own : below) - own) / (1 - own)
        const comes = arriving[one]!
        const at = pixel[one]!
        settled[at] = held * comes
        delivery[at] = own
        sumOf += (1 - held) * comes + loss[one]! * (1 - own)
      }
      arriving[p] = sumOf
      const at = pixel[p]!
      if (channel[at] === CHANNEL) {
        settled[at] = sumOf
        delivery[at] = 1
      }
    }
  }

  const tell = (values: Float64Array, into: Float64Array | undefined, onChannels: boolean): void => {
    if (!into) return
    const { pixel } = room
    for (let p = 0; p < size; p++) if (onChannels || channel[pixel[p]!] !== CHANNEL) into[pixel[p]!] = values[p]!
  }

  return {
    list,
    work(): void {
      sum()
      room.pairs.run(size)
      tell(room.pairs.down, wayDown, true)
      tell(room.pairs.connectivity, connectivity, false)
      settle()
      size = 0
    },
  }
}
