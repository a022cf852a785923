// GCJ-02, the shifted coordinates of Chinese internet maps, to and from WGS 84. The shift has no official formula; this
// is the one all open programs share, said to be good to a metre or two. Boundaries declared GCJ-02 pass through here.
// Always holds: outside the box around China nothing is shifted.

import { sin } from '../maths/index.ts'
import { RADIAN, type Pair } from './projection.ts'

const PI = 3.141592653589793
/** Krassowsky's ellipsoid, which the shift is computed on. */
const A = 6378245
const E2 = 0.006693421622965943

const isOutside = (lon: number, lat: number): boolean =>
  !(lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271)

/** The shift in degrees. */
function shift(lon: number, lat: number, out: Pair): void {
  const [x, y] = [lon - 105, lat - 35]
  const root = Math.sqrt(Math.abs(x))
  const common = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    common +
    ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 +
    ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    common +
    ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 +
    ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
  const s = sin(lat * RADIAN)
  const w = 1 - E2 * s * s
  const rootW = Math.sqrt(w)
  const cosine = Math.sqrt(1 - s * s)
  out[0] = (east * 180) / ((A / rootW) * cosine * PI)
  out[1] = (north * 180) / (((A * (1 - E2)) / (w * rootW)) * PI)
}

/** Degrees WGS 84 → degrees GCJ-02. */
export function wgs84ToGcj02(lon: number, lat: number): [number, number] {
  if (isOutside(lon, lat)) return [lon, lat]
  const d: [number, number] = [0, 0]
  shift(lon, lat, d)
  return [lon + d[0], lat + d[1]]
}

/** Degrees GCJ-02 → degrees WGS 84, iterated until the shift of the answer gives the question within 1e-9 degrees. */
export function gcj02ToWgs84(lon: number, lat: number): [number, number] {
  if (isOutside(lon, lat)) return [lon, lat]
  const d: [number, number] = [0, 0]
  let [x, y] = [lon, lat]
  for (let i = 0; i < 30; i++) {
    shift(x, y, d)
    const [ex, ey] = [lon - d[0] - x, lat - d[1] - y]
    x += ex
    y += ey
    if (Math.abs(ex) < 1e-11 && Math.abs(ey) < 1e-11) break
  }
  return [x, y]
}
