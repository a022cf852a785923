// Areas on an ellipsoid: q(sin φ), twice the area between the equator and a parallel per radian of longitude and square
// of the axis (Snyder, Map Projections, USGS 1395, equation 3-12). Serves Albers' projection and areas of pixels.

import { atanh } from '../maths/index.ts'

/** q of the sine of a latitude; `e` is the eccentricity. */
export const authalicQ = (sine: number, e: number): number =>
  (1 - e * e) * (sine / (1 - e * e * sine * sine) + atanh(e * sine) / e)

/** The sine of the latitude with this q, by Newton's steps. */
export function sineOfQ(q: number, e: number): number {
  const e2 = e * e
  let sine = q / 2
  for (let i = 0; i < 6; i++) {
    const w = 1 - e2 * sine * sine
    const step = ((q - authalicQ(sine, e)) * w * w) / (2 * (1 - e2))
    sine += step
    if (!(Math.abs(step) > 1e-16)) break
  }
  return Math.max(-1, Math.min(1, sine))
}
