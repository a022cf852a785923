// What drains through what: directions turned once into the pixel each pixel drains to and an order in which every pixel
// comes after all that drain into it. After that every sum along the water is one linear walk.
// Always holds: sums along the water are taken in one order that depends only on the directions.

import { NO_DIRECTION, type Directions } from './d8.ts'
import { COLS, ROWS, stepLengths, type Surface } from './surface.ts'

export interface Drainage {
  readonly width: number
  readonly height: number
  readonly codes: Uint8Array
  /** Index of the pixel each pixel drains to; −1 out of the grid, into nodata, in a pit or without height. */
  readonly receivers: Int32Array
  /** All pixels with a height, upstream before downstream. */
  readonly order: Int32Array
}

/** No water reaches a channel from here. */
export const UNREACHED = -1

/** @throws Error where directions run in a circle (those of `d8` never do) */
export function drainage(directions: Directions): Drainage {
  const { width, height, codes } = directions
  const receivers = new Int32Array(codes.length).fill(-1)
  const inflows = new Uint8Array(codes.length)
  let cells = 0
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      const code = codes[i]!
      if (code === NO_DIRECTION) continue
      cells++
      if (code > 7) continue
      const toCol = col + COLS[code]!
      const toRow = row + ROWS[code]!
      if (toCol < 0 || toCol >= width || toRow < 0 || toRow >= height) continue
      const to = toRow * width + toCol
      if (codes[to] === NO_DIRECTION) continue
      receivers[i] = to
      inflows[to]!++
    }

  const order = new Int32Array(cells)
  let end = 0
  for (let source = 0; source < codes.length; source++) {
    if (codes[source] === NO_DIRECTION || inflows[source] !== 0) continue
    for (let i = source; i >= 0; i = receivers[i]!) {
      if (i !== source && --inflows[i]! > 0) break
      inflows[i] = TAKEN
      order[end++] = i
    }
  }
  if (end !== cells) throw new Error(`directions run in a circle: ${cells - end} of ${cells} pixels have no end`)
  return { width, height, codes, receivers, order }
}

/** More inflows than eight neighbours can make: a pixel that is in the order. */
const TAKEN = 255

/** Sum of `weight` over each pixel and all that drain into it; without a weight the number of those pixels. 0 without height. */
export function accumulate({ receivers, order }: Drainage, weight?: Float64Array): Float64Array {
  const sums = new Float64Array(receivers.length)
  for (const i of order) sums[i] = weight ? weight[i]! : 1
  for (const i of order) {
    const to = receivers[i]!
    if (to >= 0) sums[to]! += sums[i]!
  }
  return sums
}

/** 1 where more than `threshold` pixels drain through, the pixel itself counted (so that at least `threshold` flow into it, as the
 *  peer has it), else 0. */
export const streams = (accumulation: Float64Array, threshold: number): Uint8Array =>
  Uint8Array.from(accumulation, (n) => (n > threshold ? 1 : 0))

/** Lengths of the eight steps counted in pixels: 1 and √2. */
export const PIXEL_STEPS = Float64Array.of(1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2)
/** Every step counts 1, diagonal or not. */
export const EQUAL_STEPS = new Float64Array(8).fill(1)

/** The way along the water down to the first pixel of `channel`, in units of `steps` (metres with `stepLengths`), each step
 *  times the `weight` of the pixel it leaves. 0 on the channel, UNREACHED where the water meets none. */
export function distanceToChannel(
  { receivers, order, codes }: Drainage,
  channel: Uint8Array,
  { weight, steps = PIXEL_STEPS }: { readonly weight?: Float64Array; readonly steps?: Float64Array } = {},
): Float64Array {
  const distance = new Float64Array(receivers.length).fill(UNREACHED)
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k]!
    if (channel[i] === 1) {
      distance[i] = 0
      continue
    }
    const to = receivers[i]!
    if (to < 0 || distance[to] === UNREACHED) continue
    distance[i] = distance[to]! + steps[codes[i]!]! * (weight ? weight[i]! : 1)
  }
  return distance
}

/** How wide the water leaves a pixel, in pixels: 1 straight, √2 across a corner. 0 without height or in a pit. */
export const flowWidth = ({ codes }: Drainage): Float64Array =>
  Float64Array.from(codes, (code) => PIXEL_STEPS[code] ?? 0)

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
  { receivers, order, codes }: Drainage,
  pixel: Pick<Surface, 'cell' | 'cellY'>,
  { slope, cutSlope = 0, cap = Number.POSITIVE_INFINITY }: UpslopeLengthOptions = {},
): Float64Array {
  const steps = stepLengths(pixel)
  const start = pixel.cell / 2
  const length = new Float64Array(receivers.length)
  for (const i of order) length[i] = start
  for (const i of order) {
    const to = receivers[i]!
    if (to < 0 || (slope && slope[to]! < cutSlope * slope[i]!)) continue
    const reached = Math.min(cap, length[i]! + steps[codes[i]!]!)
    if (reached > length[to]!) length[to] = reached
  }
  return length
}
