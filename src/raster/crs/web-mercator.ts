// The map of the web (EPSG:3857): geographic latitudes put through the Mercator of a sphere with the ellipsoid's axis.

import { asinh, atan, sinh, tan } from '../maths/index.ts'
import type { WebMercator } from './model.ts'
import { DEGREE, RADIAN, type Projection } from './projection.ts'

export function webMercator(crs: WebMercator): Projection {
  const { a } = crs.datum.ellipsoid
  return {
    forward(lon, lat, out) {
      out[0] = a * lon * RADIAN
      out[1] = a * asinh(tan(lat * RADIAN))
    },
    inverse(x, y, out) {
      out[0] = (x / a) * DEGREE
      out[1] = atan(sinh(y / a)) * DEGREE
    },
  }
}
