// Delivery, hillslope by hillslope: a pixel that is no channel has at most as many pixels above it as make a channel, so all sums
// of the model end on a channel. A few hillslopes at a time are listed from the channel upwards and worked through there and
// back in small arrays; nothing of the way is held for the whole map.
// Always holds: a pixel adds up what drains into it in the order in which the whole map would meet it (`drainage`), so the sums
// have the bits of linear walks over the map.

import { exp, log10 } from '../maths/index.ts'
import { onward, UNREACHED, type Drainage } from './drainage.ts'
import type { SedimentInput, SedimentSettings } from './sediment.ts'
import { grown } from './grown.ts'
import type { Surface } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

export interface HillslopeInput {
  readonly input: Pick<SedimentInput, 'classOf' | 'cover' | 'practice'>
  readonly settings: SedimentSettings
  readonly net: Pick<Drainage, 'width' | 'ways'>
  /** CHANNEL, SOURCE, or 0. */
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
  /** Becomes what settles on each pixel of what comes from above it, on a channel all that arrives; UNREACHED above none. */
  readonly settled: Float64Array
  /** Take the way down and the connectivity index, where they are wanted: NaN above no channel, the index also on channels. */
  readonly wayDown: Float64Array | undefined
  readonly connectivity: Float64Array | undefined
  readonly watch: Watch
}

/** A pixel of a channel. */
export const CHANNEL = 1
/** A pixel nothing drains into, and no channel: nobody looks above it. */
const SOURCE = 2

/** CHANNEL where more than `threshold` pixels drain through, SOURCE where water begins, 0 elsewhere. */
export function channelsAndSources(drained: Uint32Array, threshold: number, into: Uint8Array): void {
  for (let i = 0; i < into.length; i++) {
    const n = drained[i]!
    into[i] = n > threshold ? CHANNEL : n === 1 ? SOURCE : 0
  }
}

/** Pixels after which hillslopes listed are worked through. */
const ENOUGH = 4096

export function hillslopes(of: HillslopeInput): void {
  const { channel, settled, wayDown, connectivity, watch } = of
  settled.fill(UNREACHED)
  wayDown?.fill(Number.NaN)
  connectivity?.fill(Number.NaN)
  const batch = batchOf(of)
  for (let i = 0; i < channel.length; i++) {
    if ((i & WATCHED) === 0) watch('delivery', i / channel.length)
    if (channel[i] === CHANNEL && batch.list(i) >= ENOUGH) batch.work()
  }
  batch.work()
}

/** Numbers of the pixels listed: each is listed after the one it drains into, those that drain into one pixel side by side. */
function roomFor(pixels: number) {
  const numbers = () => new Float64Array(pixels)
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
    count: places(),
    weight: numbers(),
    steepness: numbers(),
    wayDown: numbers(),
    delivery: numbers(),
    arriving: numbers(),
  }
}
type Room = ReturnType<typeof roomFor>

function batchOf(of: HillslopeInput) {
  const { net, channel, classOf, cover, practice } = { ...of, ...of.input }
  const { bare, delivery, settled, lengths, weightOf, wayDown, connectivity, settings } = of
  const { ways, width } = net
  const { cell, cellY = cell } = of.pixel
  const { sdrMax, ic0, k } = settings
  const steps = onward(width)
  const [northEast, northWest] = [1 - width, -1 - width]
  const [southWest, southEast] = [width - 1, width + 1]
  const last = ways.length - 1
  let room = roomFor(2 * ENOUGH)
  let size = 0

  const larger = (): void => {
    room = Object.fromEntries(Object.entries(room).map(([name, own]) => [name, grown(own)])) as unknown as Room
  }

  /** Lists a pixel of a channel and the hillslopes beside it; tells how long the list is. */
  const list = (root: number): number => {
    let { pixel, begin, end, inflow, weight, steepness, wayDown: down } = room
    let head = size
    pixel[size] = root
    down[size++] = 0
    for (; head < size; head++) {
      if (size + 8 > pixel.length) {
        larger()
        ;({ pixel, begin, end, inflow, weight, steepness, wayDown: down } = room)
      }
      const at = pixel[head]!
      begin[head] = size
      if (channel[at] === SOURCE) {
        end[head] = size
        continue
      }
      const below = down[head]!
      const add = (from: number, way: number): void => {
        if (channel[from] === CHANNEL) return
        const w = weightOf[classOf[from]!]!
        const s = delivery[from]!
        pixel[size] = from
        inflow[size] = size
        weight[size] = w
        steepness[size] = s
        down[size++] = below + lengths[way]! * (1 / (w * s))
      }
      if (at > width && at < last - width) {
        if (ways[at + 1] === 4) add(at + 1, 4)
        if (ways[at + northEast] === 5) add(at + northEast, 5)
        if (ways[at - width] === 6) add(at - width, 6)
        if (ways[at + northWest] === 7) add(at + northWest, 7)
        if (ways[at - 1] === 0) add(at - 1, 0)
        if (ways[at + southWest] === 1) add(at + southWest, 1)
        if (ways[at + width] === 2) add(at + width, 2)
        if (ways[at + southEast] === 3) add(at + southEast, 3)
      } else
        for (let way = 0; way < 8; way++) {
          const from = at - steps[way]!
          if (from >= 0 && from <= last && ways[from] === way) add(from, way)
        }
      end[head] = size
    }
    return size
  }

  /** Down the water: sums of weight and steepness, and who comes before whom. */
  const sum = (): void => {
    const { pixel, begin, end, inflow, source, count, weight, steepness } = room
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
      let w = weight[p]!
      let s = steepness[p]!
      for (let q = from; q < to; q++) {
        const one = inflow[q]!
        n += count[one]!
        w += weight[one]!
        s += steepness[one]!
      }
      count[p] = n
      weight[p] = w
      steepness[p] = s
      source[p] = source[inflow[to - 1]!]!
    }
  }

  const deliver = (): void => {
    const { pixel, count, weight, steepness, wayDown: down, delivery: share } = room
    for (let p = 0; p < size; p++) {
      const at = pixel[p]!
      if (wayDown) wayDown[at] = down[p]!
      if (channel[at] === CHANNEL) {
        share[p] = 1
        continue
      }
      const n = count[p]!
      const reach = (weight[p]! / n) * (steepness[p]! / n) * Math.sqrt(n * cell * cellY)
      const index = log10(reach / down[p]!)
      if (connectivity) connectivity[at] = index
      share[p] = sdrMax / (1 + exp((ic0 - index) / k))
    }
  }

  /** Down the water again. Of what arrives a pixel holds back the share by which delivery rises to the next pixel; its own loss
   *  passes on to the next one. */
  const settle = (): void => {
    const { pixel, begin, end, inflow, delivery: share, arriving } = room
    for (let p = size - 1; p >= 0; p--) {
      const below = share[p]!
      let sumOf = 0
      for (let q = begin[p]!; q < end[p]!; q++) {
        const one = inflow[q]!
        const own = share[one]!
        const held = own === 1 ? 1 : ((own > below ? own : below) - own) / (1 - own)
        const comes = arriving[one]!
        const at = pixel[one]!
        const code = classOf[at]!
        settled[at] = held * comes
        delivery[at] = own
        sumOf += (1 - held) * comes + bare[at]! * cover[code]! * practice[code]! * (1 - own)
      }
      arriving[p] = sumOf
      const at = pixel[p]!
      if (channel[at] === CHANNEL) {
        settled[at] = sumOf
        delivery[at] = 1
      }
    }
  }

  return {
    list,
    work(): void {
      sum()
      deliver()
      settle()
      size = 0
    },
  }
}
