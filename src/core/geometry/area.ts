// Areas and lengths on the ellipsoid of CGCS2000 (GB/T 28587: a = 6 378 137 m, f = 1/298.257222101).
// An edge is straight in longitude and latitude, as the areas of the national land survey are computed (TD/T 1055-2019):
// so a corner put on an edge takes no area from anybody, and parts add up to their whole. A geodesic between the same
// corners bulges by L²·tan φ / 8R, a centimetre on a kilometre; long edges of other systems are split when they come in.
// Always holds: the integral along an edge is exact to 10^-6 m² for edges of a parcel; the functions are the house's own.

import { maths } from '../../raster/index.ts'
import { polygonsOf, type Polygons, type Position, type Ring, type Shape } from './shape.ts'

const A = 6378137
const F = 1 / 298.257222101
const E2 = F * (2 - F)
const E = Math.sqrt(E2)
const RADIAN = Math.PI / 180

/** q of Snyder, Map Projections (USGS 1395), equation 3-12: A²·q/2 is the area per radian between equator and parallel. */
function q(latRadians: number): number {
  const s = maths.sin(latRadians)
  return (1 - E2) * (s / (1 - E2 * s * s) + maths.atanh(E * s) / E)
}

/** Gauss and Legendre's three places on 0…1: exact to the fifth power. */
const GAUSS = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const
/** Degrees of latitude an edge is cut into; the rest of the series is then below 10^-9 m² a metre of edge. */
const PIECE = 0.25

/** The mean of q over an edge, less `q0`. */
function meanQ(from: number, to: number, q0: number): number {
  const pieces = Math.max(1, Math.ceil(Math.abs(to - from) / PIECE))
  const step = (to - from) / pieces
  let sum = 0
  for (let i = 0; i < pieces; i++) {
    const start = from + i * step
    const at = (t: number): number => q((start + t * step) * RADIAN) - q0
    sum += (5 * at(GAUSS[0]) + 8 * at(GAUSS[1]) + 5 * at(GAUSS[2])) / 18
  }
  return sum / pieces
}

/** Areas to the left of edges, measured from one parallel: sums over closed rings are areas in m², holes counted off. */
export function edgeIntegral(parallel: number): (from: Position, to: Position) => number {
  const q0 = q(parallel * RADIAN)
  return (from, to) => (from[0] === to[0] ? 0 : ((-A * A) / 2) * (to[0] - from[0]) * RADIAN * meanQ(from[1], to[1], q0))
}

/** The area to the left of a closed ring in m²: positive where it runs counter-clockwise. */
export function ringAreaM2(ring: Ring): number {
  const first = ring[0]
  if (!first) return 0
  const integral = edgeIntegral(first[1]!)
  let sum = 0
  for (let i = 1; i < ring.length; i++)
    sum += integral([ring[i - 1]![0]!, ring[i - 1]![1]!], [ring[i]![0]!, ring[i]![1]!])
  return sum
}

/** As it is drawn: outer rings count, holes count off, whichever way they run. In m². */
export const drawnAreaM2 = (polygons: Polygons): number =>
  polygons.reduce(
    (sum, rings) => sum + rings.reduce((s, r, i) => s + (i === 0 ? 1 : -1) * Math.abs(ringAreaM2(r)), 0),
    0,
  )

/** The area of a tidy shape in m²; 0 for lines and points. */
export const areaM2 = (shape: Shape): number => drawnAreaM2(polygonsOf(shape))

/** Square metres as digits with four places: sums of many units keep a hundredth of a square metre. */
export const areaText = (m2: number): string => m2.toFixed(4)
/** 10 000 m² are a hectare. */
export const haOfM2 = (m2: number): number => m2 / 10000
/** 1 亩 = 2000/3 m². */
export const muOfM2 = (m2: number): number => (m2 * 3) / 2000

/** Metres in a degree of latitude and of longitude at a latitude. */
export function metresPerDegree(lat: number): readonly [east: number, north: number] {
  const s = maths.sin(lat * RADIAN)
  const w = 1 - E2 * s * s
  const n = A / Math.sqrt(w)
  return [n * maths.cos(lat * RADIAN) * RADIAN, ((n * (1 - E2)) / w) * RADIAN]
}

/** Length of a run of positions in metres, each edge measured at its own latitude; good to a millionth for short edges. */
export function lengthM(positions: Ring): number {
  let sum = 0
  for (let i = 1; i < positions.length; i++) {
    const [a, b] = [positions[i - 1]!, positions[i]!]
    const [east, north] = metresPerDegree((a[1]! + b[1]!) / 2)
    const [dx, dy] = [(b[0]! - a[0]!) * east, (b[1]! - a[1]!) * north]
    sum += Math.sqrt(dx * dx + dy * dy)
  }
  return sum
}

/** Length of all rings in metres. */
export const perimeterM = (polygons: Polygons): number =>
  polygons.reduce((sum, rings) => sum + rings.reduce((s, r) => s + lengthM(r), 0), 0)
