// Boundaries brought into the coordinate system of a grid, edges bent as the projection bends them.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { sameCrs, transformer } from '../crs/index.ts'
import type { Crs } from '../crs/model.ts'
import type { Grid } from '../grid.ts'
import { bendPolygons } from './bend-polygons.ts'

/** @throws ProblemError `raster.zone-outside-projection`, and what the coordinate systems do not allow */
export function projectPolygons(polygons: readonly Polygon[], from: Crs, grid: Grid): readonly Polygon[] {
  if (sameCrs(from, grid.crs)) return polygons
  const transform = transformer(from, grid.crs)
  const out: [number, number] = [0, 0]
  return bendPolygons(polygons, grid, (x, y) => {
    transform(x, y, out)
    return [out[0], out[1]]
  })
}
