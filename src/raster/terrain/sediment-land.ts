// What sediment delivery knows of each pixel before any hillslope is walked: the loss of bare land and the steepness, both from one
// walk over the slopes in stretches of rows. Always holds: each array given as `into` ends as what is named in the comment.

import { stripOf } from '../band.ts'
import { TILE } from '../grid.ts'
import type { Drainage } from './drainage.ts'
import type { SedimentInput } from './sediment.ts'
import { slopeRows } from './slope.ts'
import type { HeightMap } from './surface.ts'
import { thresholdSlope } from './upslope-reach.ts'
import type { Watch } from './watch.ts'

interface LandInput {
  readonly input: SedimentInput
  readonly filled: HeightMap
  readonly net: Drainage
  /** Becomes R·K·LS of every pixel that counts, t/(ha·yr). */
  readonly bare: Float64Array
  /** Becomes `thresholdSlope` of every pixel. */
  readonly steepness: Float64Array
  /** Take LS and the slope in per cent, where they are wanted. */
  readonly lengthSlope: Float64Array | undefined
  readonly slope: Float64Array | undefined
  readonly watch: Watch
}

export function land({ input, filled, net, bare, steepness, lengthSlope, slope, watch }: LandInput): void {
  const { width, height } = filled
  const rows = slopeRows(filled)
  const ls = input.lengthSlope({ filled, net, drained: net.drained })
  const most = width * Math.min(TILE, height)
  const [erosivity, erodibility] = [stripOf(most), stripOf(most)]
  const [percent, factor] = [new Float64Array(width), new Float64Array(width)]
  for (let top = 0; top < height; top += TILE) {
    watch('delivery', top / height)
    const window = { col: 0, row: top, width, height: Math.min(TILE, height - top) }
    input.erosivity.read(window, erosivity)
    input.erodibility.read(window, erodibility)
    for (let row = 0; row < window.height; row++) {
      const from = (top + row) * width
      rows.read(top + row, percent)
      ls.read(from, percent, factor)
      slope?.set(percent, from)
      lengthSlope?.set(factor, from)
      for (let col = 0, at = row * width; col < width; col++, at++) {
        bare[from + col] = erosivity.values[at]! * erodibility.values[at]! * factor[col]!
        steepness[from + col] = thresholdSlope(percent[col]!)
      }
    }
  }
}
