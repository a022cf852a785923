// The one door of resampling: a band of any coordinate system laid on a grid. The same system is sampled directly,
// another is warped with the exact transformation of each pixel's centre.

import type { Band } from '../band.ts'
import { sameCrs, transformer } from '../crs/index.ts'
import type { Grid } from '../grid.ts'
import type { Resampling } from './alignment.ts'
import { fitBand, type FittedBand } from './fit-band.ts'

/** Classes are read by the nearest pixel, measures bilinearly. @throws ProblemError `raster.datum-differs` */
export function bandOnGrid(band: Band, grid: Grid, how: Resampling): FittedBand {
  const from = band.grid.crs
  return fitBand(band, grid, how, sameCrs(grid.crs, from) ? undefined : transformer(grid.crs, from))
}
