// Tangent of the conformal latitude from that of the geographic one and back (Karney, Transverse Mercator with an
// accuracy of a few nanometers, J. Geodesy 85 (2011), equations 7 to 9 and 19 to 21).

import { atanh, sinh } from '../maths/index.ts'

/** tan χ from tan φ; `e` is the eccentricity. */
export function conformalTangent(tan: number, e: number): number {
  const secant = Math.sqrt(1 + tan * tan)
  const sigma = sinh(e * atanh((e * tan) / secant))
  return tan * Math.sqrt(1 + sigma * sigma) - sigma * secant
}

/** tan φ from tan χ by Newton's steps; three give all places, five is the limit. */
export function geographicTangent(conformal: number, e: number): number {
  const rest = 1 - e * e
  let tan = conformal / rest
  for (let i = 0; i < 5; i++) {
    const got = conformalTangent(tan, e)
    const step =
      ((conformal - got) / Math.sqrt(1 + got * got)) * ((1 + rest * tan * tan) / (rest * Math.sqrt(1 + tan * tan)))
    tan += step
    if (!(Math.abs(step) > 1e-15 * Math.max(1, Math.abs(tan)))) break
  }
  return tan
}
