// What sediment delivery knows of each pixel before any hillslope is walked: the loss of bare land and the steepness, both from one
// walk over the slopes in stretches of rows. Always holds: each array given as `into` ends as what is named in the comment.

import { VALID } from '../band.ts'
import { TILE } from '../grid.ts'
import type { Drainage } from './drainage.ts'
import { pixelNumbers } from './pixel-numbers.ts'
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
  const { width, height, states } = filled
  const rows = slopeRows(filled)
  const ls = input.lengthSlope({ filled, net, drained: net.drained })
  const most = width * Math.min(TILE, height)
  const [erosivity, erodibility] = [pixelNumbers(input.erosivity, most), pixelNumbers(input.erodibility, most)]
  const [r, k] = [erosivity.values, erodibility.values]
  const [percent, factor] = [new Float64Array(width), new Float64Array(width)]
  for (let top = 0; top < height; top += TILE) {
    watch('delivery', top / height)
    const window = { col: 0, row: top, width, height: Math.min(TILE, height - top) }
    erosivity.read(window)
    erodibility.read(window)
    for (let row = 0; row < window.height; row++) {
      const from = (top + row) * width
      rows.read(top + row, percent)
      ls.read(from, percent, factor)
      slope?.set(percent, from)
      lengthSlope?.set(factor, from)
      for (let i = from, col = 0, at = row * width; col < width; col++, at++, i++) {
        // Nobody asks what has no height, and pages of memory nobody writes into cost nothing.
        if (states[i] !== VALID) continue
        // −0 becomes 0, as in a strip.
        bare[i] = (r[at]! + 0) * (k[at]! + 0) * factor[col]!
        steepness[i] = thresholdSlope(percent[col]!)
      }
    }
  }
}
