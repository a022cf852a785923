// What a projection is to the rest of the room: a pair of functions between degrees and metres.

import type { Ellipsoid } from './model.ts'

/** Where a function puts its two numbers: an array of two or a Float64Array, so that nothing is allocated per point. */
export type Pair = [number, number] | Float64Array
/** Degrees of longitude and latitude to metres, or back. NaN where the map does not reach. */
export type Mapping = (a: number, b: number, out: Pair) => void
export interface Projection {
  readonly forward: Mapping
  readonly inverse: Mapping
}

export const RADIAN = 0.017453292519943295
export const DEGREE = 57.29577951308232

/** A difference of longitudes in degrees, brought to −180 … 180. */
export const turned = (dlon: number): number => (dlon > 180 ? dlon - 360 : dlon < -180 ? dlon + 360 : dlon)

/** First eccentricity. */
export function eccentricity(e: Ellipsoid): number {
  const f = 1 / e.inverseFlattening
  return Math.sqrt(f * (2 - f))
}
