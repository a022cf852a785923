// What a pixel of the account takes from a map on other pixels: of codes the nearest, of measures what the list says.

import type { Resampling } from '../../../raster/index.ts'

export const resamplingOf = (of: { readonly codes?: unknown; readonly resampling?: Resampling }): Resampling =>
  of.codes ? 'nearest' : (of.resampling ?? 'bilinear')
