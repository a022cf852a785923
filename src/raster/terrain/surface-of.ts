// A band read whole, for what cannot be done tile by tile, with the size of its pixels on the ground.
// Always holds: a pixel of a projected map is as large as its grid says; one in degrees (or of a web map) is measured at the
// middle row of the raster, which is exact enough for slopes in a county (0.1 % over 20 km north to south at 30° N).

import { TILE, type Grid } from '../grid.ts'
import { stripOf, type Band } from '../band.ts'
import { cos, cosh, sin } from '../maths/index.ts'
import type { Surface } from './surface.ts'

export function surfaceOf(band: Band): Surface {
  const { width, height } = band.grid
  const values = new Float64Array(width * height)
  const states = new Uint8Array(width * height)
  const strip = stripOf(width * Math.min(TILE, height))
  for (let row = 0; row < height; row += TILE) {
    const rows = Math.min(TILE, height - row)
    band.read({ col: 0, row, width, height: rows }, strip)
    values.set(strip.values.subarray(0, rows * width), row * width)
    states.set(strip.states.subarray(0, rows * width), row * width)
  }
  return { width, height, values, states, ...pixelMetres(band.grid) }
}

const DEGREE = Math.PI / 180

function pixelMetres({ dx, dy, north, height, crs }: Grid): { readonly cell: number; readonly cellY: number } {
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
