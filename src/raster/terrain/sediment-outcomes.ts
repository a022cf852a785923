// The bands of sediment delivery from what the walks left in memory: one number for the bare soil, one for delivery, one for
// what settles; the others follow from these and the class. Always holds: a band is worked out where it is read, and held nowhere.

import type { Band } from '../band.ts'
import type { Grid } from '../grid.ts'
import { UNREACHED } from './drainage.ts'
import { CHANNEL } from './hillslopes.ts'
import { pixelBand, type Stretch } from './pixel-band.ts'
import type { SedimentBands, SedimentStep } from './sediment.ts'

export interface Held {
  readonly grid: Grid
  readonly states: Uint8Array
  readonly classOf: Uint8Array | Uint16Array
  readonly cover: Float64Array
  readonly practice: Float64Array
  readonly channel: Uint8Array
  /** Without meaning above no channel. */
  readonly delivery: Float64Array
  readonly bare: Float64Array
  /** UNREACHED above no channel. */
  readonly settled: Float64Array
}

export function outcomes(held: Held): Omit<SedimentBands, SedimentStep> {
  const { grid, states, classOf, cover, practice, channel, delivery, bare, settled } = held
  const nan = Number.NaN
  const band = (name: string, stretch: Stretch): Band => pixelBand(grid, states, name, stretch)
  const reached = (values: Float64Array): Stretch => {
    return (from, to, out, at) => {
      for (let i = from; i < to; i++, at++) out[at] = settled[i] === UNREACHED ? nan : values[i]!
    }
  }
  return {
    channel: band('channel', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++) out[at] = channel[i] === CHANNEL ? 1 : 0
    }),
    bareLoss: band('bare-loss', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++) out[at] = channel[i] === CHANNEL ? nan : bare[i]!
    }),
    loss: band('loss', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++)
        out[at] = channel[i] === CHANNEL ? nan : bare[i]! * cover[classOf[i]!]! * practice[classOf[i]!]!
    }),
    avoidedErosion: band('avoided-erosion', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++)
        out[at] = channel[i] === CHANNEL ? nan : bare[i]! - bare[i]! * cover[classOf[i]!]! * practice[classOf[i]!]!
    }),
    delivery: band('delivery', reached(delivery)),
    exported: band('exported', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++)
        out[at] =
          channel[i] === CHANNEL || settled[i] === UNREACHED
            ? nan
            : bare[i]! * cover[classOf[i]!]! * practice[classOf[i]!]! * delivery[i]!
    }),
    deposition: band('deposition', reached(settled)),
    avoidedExport: band('avoided-export', (from, to, out, at) => {
      for (let i = from; i < to; i++, at++) {
        const lost = bare[i]! * cover[classOf[i]!]! * practice[classOf[i]!]!
        out[at] =
          channel[i] === CHANNEL || settled[i] === UNREACHED ? nan : (bare[i]! - lost) * delivery[i]! + settled[i]!
      }
    }),
  }
}
