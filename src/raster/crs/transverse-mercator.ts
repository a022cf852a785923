// Gauss–Krüger and UTM by Krüger's series to the sixth power of n (Krüger 1912; coefficients in Karney 2011, equations
// 35 and 36): below a micrometre within 30° of the central meridian, so the zone a point lies in does not matter.

import { asinh, atan, atan2, cos, exp, sin, sinh, tan } from '../maths/index.ts'
import { conformalTangent, geographicTangent } from './conformal-latitude.ts'
import type { TransverseMercator } from './model.ts'
import { DEGREE, eccentricity, RADIAN, turned, type Pair, type Projection } from './projection.ts'

/** Coefficients of Krüger's series: row j − 1 holds the factors of n^j, n^(j+1) … n^6 of the j-th term. */
const ALPHA = [
  [1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800],
  [13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360],
  [61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440],
  [49561 / 161280, -179 / 168, 6601661 / 7257600],
  [34729 / 80640, -3418889 / 1995840],
  [212378941 / 319334400],
]
const BETA = [
  [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800],
  [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720],
  [17 / 480, -37 / 840, -209 / 4480, 5569 / 90720],
  [4397 / 161280, -11 / 504, -830251 / 7257600],
  [4583 / 161280, -108847 / 3991680],
  [20648693 / 638668800],
]

function coefficients(rows: readonly (readonly number[])[], n: number): Float64Array {
  let power = 1
  return Float64Array.from(rows, (row) => {
    power *= n
    return power * row.reduceRight((sum, c) => sum * n + c, 0)
  })
}

/** Beyond a quarter turn from its meridian the map is another one. */
const QUARTER_TURN = 90

export function transverseMercator(crs: TransverseMercator): Projection {
  const e = eccentricity(crs.datum.ellipsoid)
  const f = 1 / crs.datum.ellipsoid.inverseFlattening
  const n = f / (2 - f)
  const n2 = n * n
  const scale = ((crs.k0 * crs.datum.ellipsoid.a) / (1 + n)) * (1 + n2 * (1 / 4 + n2 * (1 / 64 + n2 / 256)))
  const [alpha, beta] = [coefficients(ALPHA, n), coefficients(BETA, n)]
  const sum = new Float64Array(2)

  /** Σ c_j · sin(2j·(xi + i·eta)) by Clenshaw's recurrence on complex numbers. */
  const series = (c: Float64Array, xi: number, eta: number): void => {
    const s = sin(2 * xi)
    const k = cos(2 * xi)
    // A small sinh loses places here, which comes to a picometre on the map.
    const growth = exp(2 * eta)
    const sh = (growth - 1 / growth) / 2
    const ch = (growth + 1 / growth) / 2
    const re = 2 * k * ch
    const im = -2 * s * sh
    let u = 0
    let v = 0
    let u1 = 0
    let v1 = 0
    for (let j = 5; j >= 0; j--) {
      const nextU = re * u - im * v - u1 + c[j]!
      const nextV = re * v + im * u - v1
      u1 = u
      v1 = v
      u = nextU
      v = nextV
    }
    sum[0] = u * s * ch - v * k * sh
    sum[1] = u * k * sh + v * s * ch
  }

  const forward = (lon: number, lat: number, out: Pair): void => {
    const lambda = turned(lon - crs.lon0) * RADIAN
    const t = conformalTangent(tan(lat * RADIAN), e)
    const c = cos(lambda)
    const xi = atan2(t, c)
    const eta = asinh(sin(lambda) / Math.sqrt(t * t + c * c))
    series(alpha, xi, eta)
    out[0] = scale * (eta + sum[1]!)
    out[1] = scale * (xi + sum[0]!)
  }
  const origin: [number, number] = [0, 0]
  forward(crs.lon0, crs.lat0, origin)
  const [east, north] = [crs.falseEasting, crs.falseNorthing - origin[1]]

  return {
    forward(lon, lat, out) {
      if (!(Math.abs(turned(lon - crs.lon0)) < QUARTER_TURN && Math.abs(lat) <= 90)) {
        out[0] = out[1] = NaN
        return
      }
      forward(lon, lat, out)
      out[0]! += east
      out[1]! += north
    },
    inverse(x, y, out) {
      const xi = (y - north) / scale
      const eta = (x - east) / scale
      series(beta, xi, eta)
      const xi1 = xi - sum[0]!
      const eta1 = eta - sum[1]!
      const sh = sinh(eta1)
      const c = cos(xi1)
      out[0] = turned(crs.lon0 + atan2(sh, c) * DEGREE)
      out[1] = atan(geographicTangent(sin(xi1) / Math.sqrt(sh * sh + c * c), e)) * DEGREE
    },
  }
}
