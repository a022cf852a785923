// What drains through what: directions turned once into the way each pixel's water takes, with how many pixels drain through each,
// and an order in which every pixel comes after all that drain into it. Along that order every sum is one linear walk; who needs
// no sums never makes it.
// Always holds: sums along the water are taken in one order that depends only on the directions.

import type { Directions } from './d8.ts'
import { INFLOW, inflowRows, LEAVING, SOURCE, WAITS } from './inflow-rows.ts'
import { COLS, neighbourOffsets, NO_DIRECTION, PIT, ROWS, stepLengths, type Surface } from './surface.ts'
import { UNWATCHED, WATCHED, type Watch } from './watch.ts'

export interface Drainage {
  readonly width: number
  readonly height: number
  /** 0 to 7: the neighbour that has the water next; from LEAVES on: it leaves in the direction of the last three bits, out of
   *  the grid or into nodata; PIT; NO_DIRECTION without height. */
  readonly ways: Uint8Array
  /** How many pixels drain through each pixel, itself counted; 0 without height. */
  readonly drained: Uint32Array
  /** All pixels with a height, upstream before downstream. Made when first asked for, and kept: 4 bytes a pixel. */
  readonly order: Uint32Array
}

const LEAVES = 16
/** No water reaches a channel from here. */
export const UNREACHED = -1
/** More inflows than eight neighbours can make: a pixel all of whose water is known. */
const TAKEN = 255

/** By way, how far on in the grid the water is next; 0 where it goes nowhere. A table of all bytes, so that nobody tests. */
export function onward(width: number): Int32Array {
  const steps = new Int32Array(256)
  steps.set(neighbourOffsets(width))
  return steps
}

/** The pixel the water of a pixel is in next; −1 out of the grid, into nodata, in a pit or without height. */
export function receiverOf({ ways, width }: Drainage, pixel: number): number {
  const way = ways[pixel]!
  return way > 7 ? -1 : pixel + COLS[way]! + ROWS[way]! * width
}

/** Arrays as long as there are pixels that are needed no more. */
export interface DrainageRoom {
  /** Becomes the ways: may be the codes of the directions. */
  readonly ways?: Uint8Array
  /** Becomes what drains through each. */
  readonly drained?: Uint32Array
}

/** @throws Error where directions run in a circle (those of `d8` never do); what `watch` throws */
export function drainage(
  { width, height, codes }: Directions,
  watch: Watch = UNWATCHED,
  room: DrainageRoom = {},
): Drainage {
  const ways = room.ways ?? new Uint8Array(codes.length)
  const drained = room.drained?.fill(0) ?? new Uint32Array(codes.length)
  const cells = meetInflows({ width, height, codes }, ways, watch)
  const end = countDrained(ways, drained, onward(width), watch)
  if (end !== cells) throw new Error(`directions run in a circle: ${cells - end} of ${cells} pixels have no end`)
  let made: Uint32Array | undefined
  return {
    width,
    height,
    ways,
    drained,
    get order() {
      return (made ??= orderOf(ways, width, cells))
    },
  }
}

/** Writes the state of each pixel (`inflow-rows`); tells how many have a height. */
function meetInflows({ width, height, codes }: Directions, ways: Uint8Array, watch: Watch): number {
  const row = (at: number): Uint8Array => codes.subarray(at * width, (at + 1) * width)
  const rows = inflowRows(width, row(0))
  for (let at = 0; at < height; at++) {
    if (((at * width) & WATCHED) < width) watch('order', at / height)
    ways.set(rows.next(at + 1 < height ? row(at + 1) : undefined), at * width)
  }
  return rows.cells()
}

/** From each pixel nothing drains into, down the water as far as all of it is known; there the state becomes the way. Tells how
 *  many pixels it came by. */
function countDrained(ways: Uint8Array, drained: Uint32Array, steps: Int32Array, watch: Watch): number {
  let end = 0
  for (let source = 0; source < ways.length; source++) {
    if ((source & WATCHED) === 0) watch('accumulation', source / ways.length)
    let state = ways[source]!
    if (state < SOURCE || state >= WAITS) {
      // A pit waits for nobody: all that comes is added where it is.
      if (state !== PIT) continue
      drained[source]!++
      end++
      continue
    }
    let way = wayOf(state)
    ways[source] = way
    drained[source] = 1
    end++
    let carried = 1
    for (let i = source; way <= 7; ways[i] = way) {
      i = (i + steps[way]!) >>> 0
      carried += drained[i]!
      state = ways[i]!
      if (state >= WAITS + INFLOW || state < WAITS) {
        if (state !== PIT) ways[i] = state - INFLOW
        drained[i] = carried
        break
      }
      drained[i] = ++carried
      end++
      way = wayOf(state)
    }
  }
  return end
}

/** The last three bits, and that the water leaves. */
const wayOf = (state: number): number => (state & 7) | ((state & LEAVING) << 1)

function orderOf(ways: Uint8Array, width: number, cells: number): Uint32Array {
  const steps = onward(width)
  const inflows = new Uint8Array(ways.length)
  for (let i = 0; i < ways.length; i++) if (ways[i]! <= 7) inflows[i + steps[ways[i]!]!]!++
  const order = new Uint32Array(cells)
  let end = 0
  for (let source = 0; source < ways.length; source++) {
    if (inflows[source] !== 0 || ways[source] === NO_DIRECTION) continue
    inflows[source] = TAKEN
    order[end++] = source
    for (let i = source; ways[i]! <= 7;) {
      i = (i + steps[ways[i]!]!) >>> 0
      if (inflows[i]! > 1) {
        inflows[i]!--
        break
      }
      inflows[i] = TAKEN
      order[end++] = i
    }
  }
  return order
}

/** How many pixels drain through each pixel, itself counted; 0 without height. */
export const drainedPixels = ({ drained }: Drainage): Uint32Array => drained

/** Sum of `weight` over each pixel and all that drain into it; 0 without height. With `into` the same array as `weight` the
 *  sums take its place. */
export function accumulate(
  { ways, order, width }: Drainage,
  weight: Float64Array,
  { into = weight.slice(), watch = UNWATCHED }: { readonly into?: Float64Array; readonly watch?: Watch } = {},
): Float64Array {
  const steps = onward(width)
  for (let i = 0; i < into.length; i++) if (ways[i] === NO_DIRECTION) into[i] = 0
  for (let k = 0; k < order.length; k++) {
    if ((k & WATCHED) === 0) watch('accumulation', k / order.length)
    const i = order[k]!
    const way = ways[i]!
    if (way <= 7) into[(i + steps[way]!) >>> 0]! += into[i]!
  }
  return into
}

/** 1 where more than `threshold` pixels drain through, the pixel itself counted (so that at least `threshold` flow into it, as the
 *  peer has it), else 0. */
export function streams(drained: ArrayLike<number>, threshold: number): Uint8Array {
  const channel = new Uint8Array(drained.length)
  for (let i = 0; i < channel.length; i++) if (drained[i]! > threshold) channel[i] = 1
  return channel
}

/** Lengths of the eight steps counted in pixels: 1 and √2. */
export const PIXEL_STEPS = Float64Array.of(1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2)
/** Every step counts 1, diagonal or not. */
export const EQUAL_STEPS = new Float64Array(8).fill(1)

export interface WayOptions {
  readonly weight?: Float64Array
  /** Lengths of the steps, in pixels where left out; metres with `stepLengths`. */
  readonly steps?: Float64Array
  /** May be the array of weights: distances then take its place. */
  readonly into?: Float64Array
  readonly watch?: Watch
}

/** The way along the water down to the first pixel of `channel`, in units of `steps`, each step times the `weight` of the pixel
 *  it leaves. 0 on the channel, UNREACHED where the water meets none. */
export function distanceToChannel(
  { ways, order, width }: Drainage,
  channel: Uint8Array,
  { weight, steps = PIXEL_STEPS, into = new Float64Array(ways.length), watch = UNWATCHED }: WayOptions = {},
): Float64Array {
  const next = onward(width)
  for (let i = 0; i < into.length; i++) if (ways[i] === NO_DIRECTION) into[i] = UNREACHED
  for (let k = order.length - 1; k >= 0; k--) {
    if ((k & WATCHED) === 0) watch('delivery', 1 - k / order.length)
    const i = order[k]!
    if (channel[i] === 1) {
      into[i] = 0
      continue
    }
    const way = ways[i]!
    const below = way > 7 ? UNREACHED : into[(i + next[way]!) >>> 0]!
    into[i] = below === UNREACHED ? UNREACHED : below + steps[way]! * (weight ? weight[i]! : 1)
  }
  return into
}

/** How wide the water leaves a pixel, in pixels: 1 straight, √2 across a corner. 0 without height or in a pit. */
export function flowWidth({ ways }: Drainage): Float64Array {
  const widths = flowWidths()
  const own = new Float64Array(ways.length)
  for (let i = 0; i < own.length; i++) own[i] = widths[ways[i]!]!
  return own
}

/** The same by way. */
export function flowWidths(): Float64Array {
  const widths = new Float64Array(256)
  widths.set(PIXEL_STEPS)
  widths.set(PIXEL_STEPS, LEAVES)
  return widths
}

export interface UpslopeLengthOptions {
  /** The length begins anew where the slope falls below this share of the slope of the pixel above: `slope` (any unit) and
   *  `cutSlope`, 0.5 in Hickey (2000). Left out, a length ends only at the divide. */
  readonly slope?: Float64Array
  readonly cutSlope?: number
  /** Longest length, m: without one, valley pixels explode. */
  readonly cap?: number
}

/** Horizontal slope length of each pixel, m: half a pixel at its beginning, then the longest way along the water from there
 *  (Hickey 2000; Van Remortel, Hamilton and Hickey 2001). For the factor L of (λ / 22.13)^m. */
export function upslopeLength(
  { ways, order, width }: Drainage,
  pixel: Pick<Surface, 'cell' | 'cellY'>,
  { slope, cutSlope = 0, cap = Number.POSITIVE_INFINITY }: UpslopeLengthOptions = {},
): Float64Array {
  const steps = stepLengths(pixel)
  const next = onward(width)
  const start = pixel.cell / 2
  const length = new Float64Array(ways.length)
  for (let i = 0; i < length.length; i++) if (ways[i] !== NO_DIRECTION) length[i] = start
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!
    const way = ways[i]!
    if (way > 7) continue
    const to = (i + next[way]!) >>> 0
    if (slope && slope[to]! < cutSlope * slope[i]!) continue
    const reached = Math.min(cap, length[i]! + steps[way]!)
    if (reached > length[to]!) length[to] = reached
  }
  return length
}
