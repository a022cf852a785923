// A map in a frame of one pixel, so that nobody asks for the edge: a column at the left, which ends the row before too, and a row above
// and below. Always holds: a neighbour of a pixel of the map lies in the frame or on the map.

import type { HeightMap } from './surface.ts'

export interface Framed {
  /** NO_DIRECTION in the frame. */
  readonly codes: Uint8Array
  /** As long as the codes: over flats how far the way out is, Infinity where there is none yet; never above 0 where nothing is to be
   *  done, which is all that is not LEVEL. */
  readonly distance: Float64Array
}

export const framedWidth = (width: number): number => width + 1
export const framedSize = ({ width, height }: Pick<HeightMap, 'width' | 'height'>): number =>
  framedWidth(width) * (height + 2) + 1
export const framedPlace = (width: number, row: number): number => (row + 1) * framedWidth(width) + 1
