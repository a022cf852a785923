// Which pixels of a coarser source meet in each column and each row of a grid of the same coordinate system, with their
// weights: what sampling works out pixel by pixel, worked out once. The same expressions in the same order as in
// source-places.ts and sample.ts, so that nothing differs in the last bit.

import type { Grid } from '../grid.ts'
import type { AxisPlaces, SamplePlaces } from '../sampled-band.ts'
import type { Resampling } from './alignment.ts'
import { kernelOf, pixelAt } from './sample.ts'
import { scaleOf } from './source-places.ts'

/** Undefined where the grid is coarser than the source, or more than two pixels of it meet in a column or row. */
export function evenPlaces(source: Grid, grid: Grid, how: Resampling): SamplePlaces | undefined {
  const { reachX, reachY } = kernelOf(scaleOf(source, grid, undefined))
  if (reachX !== 1 || reachY !== 1) return undefined
  const columns = axisPlaces(
    { count: grid.width, size: source.width, how },
    (col) => (grid.west + (col + 0.5) * grid.dx - source.west) / source.dx,
  )
  const rows = axisPlaces(
    { count: grid.height, size: source.height, how },
    (row) => (source.north - (grid.north - (row + 0.5) * grid.dy)) / source.dy,
  )
  if (!columns || !rows) return undefined
  const { west, north, dx, dy, width, height } = source
  return { name: [how, west, north, dx, dy, width, height].join(' '), how, columns, rows }
}

/** @param count of the grid, and of the source its size */
function axisPlaces(
  { count, size, how }: { readonly count: number; readonly size: number; readonly how: Resampling },
  placeOf: (i: number) => number,
): AxisPlaces | undefined {
  const first = new Int32Array(count).fill(-1)
  const second = new Int32Array(count).fill(-1)
  const firstWeight = new Float64Array(count)
  const secondWeight = new Float64Array(count)
  const inSecond = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const x = placeOf(i)
    const own = pixelAt(x)
    if (!(own >= 0 && own < size)) continue
    if (how === 'nearest') {
      first[i] = second[i] = own
      firstWeight[i] = 1
      continue
    }
    let met = 0
    const last = Math.min(size - 1, Math.floor(x - 0.5 + 1))
    for (let at = Math.max(0, Math.ceil(x - 0.5 - 1)); at <= last; at++) {
      const weight = 1 - Math.abs(at + 0.5 - x)
      // A pixel of no weight adds nothing; it stands at either side of one that is met in its middle.
      if (weight === 0) continue
      if (met === 2) return undefined
      ;(met === 0 ? first : second)[i] = at
      ;(met === 0 ? firstWeight : secondWeight)[i] = weight
      met++
    }
    if (met === 1) second[i] = first[i]!
    if (own !== first[i] && own !== second[i]) return undefined
    if (own !== first[i]) inSecond[i] = 1
  }
  return { first, second, firstWeight, secondWeight, inSecond }
}
