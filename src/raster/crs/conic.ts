// The two conic projections of national maps: Albers (equal area) and Lambert (conformal), on the ellipsoid
// (Snyder, Map Projections, USGS 1395, chapters 14 and 15).

import { asin, asinh, atan, atan2, cos, exp, ln, sin, sinh, tan } from '../maths/index.ts'
import { authalicQ, sineOfQ } from './authalic.ts'
import { conformalTangent, geographicTangent } from './conformal-latitude.ts'
import type { Albers, LambertConformal } from './model.ts'
import { DEGREE, eccentricity, RADIAN, turned, type Projection } from './projection.ts'

/** A cone: `radius` of a parallel (degrees → metres) and the latitude of a radius, both for radii on the cone's side. */
function cone(
  crs: Albers | LambertConformal,
  n: number,
  radius: (lat: number) => number,
  latitude: (radius: number) => number,
): Projection {
  const side = n < 0 ? -1 : 1
  const north = crs.falseNorthing + radius(crs.lat0)
  return {
    forward(lon, lat, out) {
      const r = radius(lat)
      const theta = n * turned(lon - crs.lon0) * RADIAN
      out[0] = crs.falseEasting + r * sin(theta)
      out[1] = north - r * cos(theta)
    },
    inverse(x, y, out) {
      const dx = side * (x - crs.falseEasting)
      const dy = side * (north - y)
      const lon = crs.lon0 + (atan2(dx, dy) / n) * DEGREE
      out[1] = latitude(side * Math.sqrt(dx * dx + dy * dy))
      out[0] = turned(lon)
    },
  }
}

export function albers(crs: Albers): Projection {
  const { a } = crs.datum.ellipsoid
  const e = eccentricity(crs.datum.ellipsoid)
  const [s1, s2] = [sin(crs.parallel1 * RADIAN), sin(crs.parallel2 * RADIAN)]
  /** Square of the radius of a parallel, in axes. */
  const m2 = (s: number): number => (1 - s * s) / (1 - e * e * s * s)
  const [q1, q2] = [authalicQ(s1, e), authalicQ(s2, e)]
  const n = crs.parallel1 === crs.parallel2 ? s1 : (m2(s1) - m2(s2)) / (q2 - q1)
  const c = m2(s1) + n * q1
  return cone(
    crs,
    n,
    (lat) => (a / n) * Math.sqrt(c - n * authalicQ(sin(lat * RADIAN), e)),
    (radius) => asin(sineOfQ((c - (radius * n * radius * n) / (a * a)) / n, e)) * DEGREE,
  )
}

export function lambertConformal(crs: LambertConformal): Projection {
  const { a } = crs.datum.ellipsoid
  const e = eccentricity(crs.datum.ellipsoid)
  const isometric = (lat: number): number => asinh(conformalTangent(tan(lat * RADIAN), e))
  const m = (lat: number): number => {
    const s = sin(lat * RADIAN)
    return cos(lat * RADIAN) / Math.sqrt(1 - e * e * s * s)
  }
  const psi1 = isometric(crs.parallel1)
  const n =
    crs.parallel1 === crs.parallel2
      ? sin(crs.parallel1 * RADIAN)
      : (ln(m(crs.parallel1)) - ln(m(crs.parallel2))) / (isometric(crs.parallel2) - psi1)
  const radius1 = (a * crs.k0 * m(crs.parallel1)) / n
  return cone(
    crs,
    n,
    (lat) => radius1 * exp(n * (psi1 - isometric(lat))),
    (radius) => atan(geographicTangent(sinh(psi1 - ln(radius / radius1) / n), e)) * DEGREE,
  )
}
