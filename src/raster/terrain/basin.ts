// The basin above a point of an elevation map: its outline in longitude and latitude of the map's own datum, and its area.
// Always holds: the area is that of the pixels, and the outline runs along them.

import { ProblemError, type Place } from '../../kernel/index.ts'
import type { Band } from '../band.ts'
import { pixelAreas } from '../crs/pixel-areas.ts'
import { toLonLat } from '../crs/transformer.ts'
import { drainedPixels } from './drainage.ts'
import { flowOver } from './flow-over.ts'
import { problem } from './problems.ts'
import { surfaceOf } from './surface-of.ts'
import { UNWATCHED, type Watch } from './watch.ts'
import { polygonise, snapOutlet, watershed, type PolygonRings } from './watershed.ts'

export interface Basin {
  /** Longitude and latitude, degrees, in the datum of the elevation. */
  readonly polygons: readonly PolygonRings[]
  readonly areaM2: number
  readonly pixels: number
  /** Column and row of the pixel the point was drawn to, and how many columns and rows it was moved. */
  readonly outlet: readonly [number, number]
  readonly moved: readonly [number, number]
  /** Whether water of the basin may come from beyond the elevation: the basin touches its rim. */
  readonly touchesRim: boolean
}

/** @param at x and y in the coordinates of the elevation
 *  @param reach pixels the outlet may be moved in each direction, to where most water passes
 *  @throws ProblemError `raster.outlet-outside` */
export function basinAbove(
  elevation: Band,
  [x, y]: readonly [number, number],
  reach: number,
  place: Place,
  watch: Watch = UNWATCHED,
): Basin {
  const { grid } = elevation
  const { width, height } = grid
  const from = [Math.floor((x - grid.west) / grid.dx), Math.floor((grid.north - y) / grid.dy)] as const
  const net = flowOver(surfaceOf(elevation), watch)
  const outlet = snapOutlet(drainedPixels(net), grid, from, reach)
  if (outlet < 0) throw new ProblemError(problem('raster.outlet-outside', { x, y }, place))
  const mask = watershed(net, outlet)
  const areaOf = pixelAreas(grid)
  let areaM2 = 0
  let pixels = 0
  let touchesRim = false
  for (let row = 0; row < height; row++) {
    let inRow = 0
    for (let col = 0; col < width; col++) {
      if (mask[row * width + col] !== 1) continue
      inRow++
      touchesRim ||= row === 0 || col === 0 || row === height - 1 || col === width - 1
    }
    pixels += inRow
    areaM2 += inRow * areaOf(row)
  }
  const lonLat = toLonLat(grid.crs)
  const point: [number, number] = [0, 0]
  const polygons = polygonise(mask, grid).map((rings) =>
    rings.map((ring) =>
      ring.map(([east, north]) => {
        lonLat(east, north, point)
        return [point[0], point[1]] as const
      }),
    ),
  )
  const at = [outlet % width, Math.floor(outlet / width)] as const
  return { polygons, areaM2, pixels, outlet: at, moved: [at[0] - from[0], at[1] - from[1]], touchesRim }
}
