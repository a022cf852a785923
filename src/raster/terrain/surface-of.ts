// A band read whole, for what cannot be done tile by tile, with the size of its pixels on the ground.
// Always holds: a pixel of a projected map is as large as its grid says; one in degrees (or of a web map) is measured at the
// middle row of the raster, which is exact enough for slopes in a county (0.1 % over 20 km north to south at 30° N).

import { ProblemError } from '../../kernel/index.ts'
import { TILE, type Grid } from '../grid.ts'
import { stripOf, VALID, type Band } from '../band.ts'
import { cos, cosh, sin } from '../maths/index.ts'
import { SAMPLE_ARRAYS, stateOf, type Samples, type Settling, type StoredType } from '../stored-band.ts'
import { problem } from './problems.ts'
import { MOST_PIXELS, type HeightMap, type Heights } from './surface.ts'

/** Held as narrow as the file stores it, where its samples are the numbers themselves; in doubles elsewhere.
 *  @throws ProblemError `raster.too-large-to-hold`, and where a tile cannot be read */
export function surfaceOf(band: Band, watch: (done: number) => void = () => undefined): HeightMap {
  const { width, height } = band.grid
  const { stored } = band
  const narrow = stored?.settling.scale === 1 && stored.settling.offset === 0 ? stored : undefined
  const { values, states } = room(band, narrow?.type ?? 'float64')
  const strip = narrow ? undefined : stripOf(width * Math.min(TILE, height))
  for (let row = 0; row < height; row += TILE) {
    watch(row / height)
    const rows = Math.min(TILE, height - row)
    const window = { col: 0, row, width, height: rows }
    const [from, to] = [row * width, (row + rows) * width]
    if (strip) {
      band.read(window, strip)
      values.set(strip.values.subarray(0, rows * width), from)
      states.set(strip.states.subarray(0, rows * width), from)
    } else {
      narrow!.read(window, values.subarray(from, to))
      settle(values, states, narrow!.settling, from, to)
    }
  }
  return { width, height, values, states, ...pixelMetres(band.grid) }
}

function room({ grid, name }: Band, type: StoredType): { readonly values: Samples; readonly states: Uint8Array } {
  const pixels = grid.width * grid.height
  if (pixels <= MOST_PIXELS)
    try {
      return { values: new SAMPLE_ARRAYS[type](pixels), states: new Uint8Array(pixels) }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  throw new ProblemError(problem('raster.too-large-to-hold', { pixels }, { file: name }))
}

/** States of samples, and 0 for those that mean no number. Nearly all have one, and are asked no more than that. */
function settle(values: Heights, states: Uint8Array, settling: Settling, from: number, to: number): void {
  const { low, high } = settling
  for (let i = from; i < to; i++) {
    const value = values[i]!
    // Infinities and NaN give NaN.
    if (value - value === 0 && !(value >= low && value <= high)) continue
    states[i] = stateOf(value, settling)
    if (states[i] !== VALID) values[i] = 0
  }
}

const DEGREE = Math.PI / 180

/** Width and height of a pixel on the ground, m. */
export function pixelMetres({ dx, dy, north, height, crs }: Grid): { readonly cell: number; readonly cellY: number } {
  const middle = north - (dy * height) / 2
  const { a, inverseFlattening } = crs.datum.ellipsoid
  if (crs.kind === 'web-mercator') {
    const stretch = cosh(middle / a)
    return { cell: dx / stretch, cellY: dy / stretch }
  }
  if (crs.kind !== 'geographic') return { cell: dx, cellY: dy }
  const f = 1 / inverseFlattening
  const e2 = f * (2 - f)
  const s = sin(middle * DEGREE)
  const w = Math.sqrt(1 - e2 * s * s)
  return { cell: (dx * DEGREE * a * cos(middle * DEGREE)) / w, cellY: (dy * DEGREE * a * (1 - e2)) / (w * w * w) }
}
