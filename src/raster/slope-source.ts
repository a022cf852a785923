// A band that is the slope of heights which can be had as they are stored: for engines that work it out on the way, row by row.
// Always holds: what is worked out of them is what the band's own `read` gives.

import type { Grid } from './grid.ts'
import type { StoredBand } from './stored-band.ts'

export interface SlopeSource {
  /** Metres. */
  readonly heights: StoredBand
  readonly grid: Pick<Grid, 'width' | 'height'>
  /** Width and height of a pixel on the ground, m. */
  readonly cell: number
  readonly cellY: number
}
