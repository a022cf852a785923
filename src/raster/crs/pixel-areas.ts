// How many square metres a pixel of a row has. In longitude and latitude (and on the map of the web, whose scale grows
// with the latitude) the area between two parallels of the ellipsoid, exactly; on other maps width times height.

import type { Grid } from '../grid.ts'
import { sin } from '../maths/index.ts'
import { authalicQ } from './authalic.ts'
import { eccentricity, RADIAN } from './projection.ts'
import { toLonLat } from './transformer.ts'

/** Whether every pixel of the grid has the same area. */
export const isEvenGrid = ({ crs }: Grid): boolean => crs.kind !== 'geographic' && crs.kind !== 'web-mercator'

/** Row → m² of each of its pixels. Gauss–Krüger and Lambert areas are those of the map, not corrected for its scale
 *  (at most 0.03 % off within a 3-degree zone). */
export function pixelAreas(grid: Grid): (row: number) => number {
  const { crs, dx, dy, north } = grid
  if (isEvenGrid(grid)) {
    const area = dx * dy
    return () => area
  }
  const { a } = crs.datum.ellipsoid
  const e = eccentricity(crs.datum.ellipsoid)
  const inverse = toLonLat(crs)
  const corner: [number, number] = [0, 0]
  const q = (edge: number): number => {
    inverse(0, north - edge * dy, corner)
    // Global grids reach a hair beyond the poles.
    return authalicQ(sin(Math.max(-90, Math.min(90, corner[1])) * RADIAN), e)
  }
  inverse(dx, 0, corner)
  const half = (a * a * corner[0] * RADIAN) / 2
  return (row) => half * (q(row) - q(row + 1))
}
