// Shapes of other coordinate systems brought into degrees of CGCS2000. Serves import and coordinate lists.
// Always holds: edges that were straight on a map of a zone are split until they lie within a millimetre of where they were;
// a border two shapes share is split alike in both. GCJ-02 is converted only where it is declared, and that is told.

import { bendPolygons, gcj02ToWgs84, toLonLat, type Crs } from '../../raster/index.ts'
import { snapShape, type Polygons, type Ring, type Shape } from './shape.ts'

/** A grid whose hundredth of a pixel is about a millimetre in degrees: what `bendPolygons` measures by. */
const MILLIMETRES = { width: 1, height: 1, west: 0, north: 0, dx: 1e-6, dy: 1e-6 }

export type Brought = (shape: Shape) => Shape

/** @param crs of the coordinates; its datum must be CGCS2000 or WGS 84, which count as one
 *  @param gcj02 degrees are shifted as on internet maps
 *  @throws ProblemError `raster.zone-outside-projection` where a coordinate is not on the map */
export function bringer(crs: Crs, gcj02 = false): Brought {
  const out: [number, number] = [0, 0]
  const inverse = toLonLat(crs)
  const place = (x: number, y: number): readonly [number, number] => {
    inverse(x, y, out)
    return gcj02 ? gcj02ToWgs84(out[0], out[1]) : [out[0], out[1]]
  }
  const bent = (polygons: Polygons): Polygons => bendPolygons(polygons, { ...MILLIMETRES, crs }, place)
  const moved = (run: Ring): Ring => run.map(([x, y]) => place(x!, y!))
  return (shape) => {
    if (shape.kind === 'point') return snapShape({ kind: 'point', points: moved(shape.points) })
    if (crs.kind === 'geographic' && !gcj02) return snapShape(shape)
    if (shape.kind === 'line') return snapShape({ kind: 'line', lines: bent([shape.lines]).flat() })
    // Degrees stay straight in degrees; the shift of GCJ-02 is smooth, and its edges are not known to be straight anywhere.
    return snapShape({
      kind: 'polygon',
      polygons: crs.kind === 'geographic' ? shape.polygons.map((p) => p.map(moved)) : bent(shape.polygons),
    })
  }
}
