// From the coordinates of one system to those of another, through longitude and latitude of their common datum.
// Always holds: nothing is shifted between datums; where they differ the answer is a problem, not a number.

import { ProblemError } from '../../kernel/index.ts'
import { albers, lambertConformal } from './conic.ts'
import { sameDatum } from './datums.ts'
import type { Crs } from './model.ts'
import { problem } from './problems.ts'
import type { Mapping, Projection } from './projection.ts'
import { sameCrs } from './same-crs.ts'
import { transverseMercator } from './transverse-mercator.ts'
import { webMercator } from './web-mercator.ts'

const copy: Mapping = (a, b, out) => {
  out[0] = a
  out[1] = b
}

function projectionOf(crs: Crs): Projection {
  switch (crs.kind) {
    case 'geographic':
      return { forward: copy, inverse: copy }
    case 'transverse-mercator':
      return transverseMercator(crs)
    case 'albers':
      return albers(crs)
    case 'lambert-conformal':
      return lambertConformal(crs)
    case 'web-mercator':
      return webMercator(crs)
  }
}

/** Coordinates (x, y) of `from` to those of `to`; degrees in geographic systems, longitude first. A point the map does
 *  not reach becomes NaN.
 *  @throws ProblemError `raster.datum-differs` */
export function transformer(from: Crs, to: Crs): Mapping {
  if (!sameDatum(from, to))
    throw new ProblemError(problem('raster.datum-differs', { from: from.datum.name, to: to.datum.name }))
  if (sameCrs(from, to)) return copy
  const { inverse } = projectionOf(from)
  const { forward } = projectionOf(to)
  if (from.kind === 'geographic') return forward
  if (to.kind === 'geographic') return inverse
  return (x, y, out) => {
    inverse(x, y, out)
    forward(out[0]!, out[1]!, out)
  }
}

/** Coordinates of a system to longitude and latitude of its own datum, in degrees. */
export const toLonLat = (crs: Crs): Mapping => projectionOf(crs).inverse
/** Longitude and latitude of the system's own datum, in degrees, to its coordinates. */
export const fromLonLat = (crs: Crs): Mapping => projectionOf(crs).forward
