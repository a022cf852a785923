// A view of a band as plain data for the working cache. Always holds: unpacked it is the same to the last bit.

import { deflateSync, inflateSync } from 'node:zlib'
import type { Grid, Overview } from '../../../raster/index.ts'

export interface PackedView {
  readonly grid: Grid
  /** Doubles and bytes, deflated, in base 64. */
  readonly values: string
  readonly states: string
}

/** The quickest: a view is read as often as it is written. */
const LEVEL = 1

const pack = (bytes: Uint8Array): string => deflateSync(bytes, { level: LEVEL }).toString('base64')
const unpack = (text: string): ArrayBuffer => Uint8Array.from(inflateSync(Buffer.from(text, 'base64'))).buffer

export const packed = ({ grid, values, states }: Overview): PackedView => ({
  grid,
  values: pack(new Uint8Array(values.buffer)),
  states: pack(states),
})

export const unpacked = ({ grid, values, states }: PackedView): Overview => ({
  grid,
  values: new Float64Array(unpack(values)),
  states: new Uint8Array(unpack(states)),
})
