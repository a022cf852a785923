// The boundary of a unit: is it a sound polygon, and how large is it on the ellipsoid (CGCS2000, GB 22021-2008)?
// Edges are straight in longitude and latitude, as RFC 7946 section 3.1.1 has it, so the area is exact for what the
// file says: the integral of the zone area of Snyder (1987, USGS PP 1395, eq. 3-12) along each edge.
// Always holds: decimal arithmetic only, so every machine prints the same square metre.

import {
  dec,
  Dec,
  defineProblems,
  quantity,
  roundTo,
  sumDec,
  ZERO,
  type Place,
  type Problem,
  type Quantity,
} from '../../../kernel/index.ts'

export const problem = defineProblems({
  'vep.polygon-open': {
    severity: 'red',
    zh: '单元 {unit} 的边界没有闭合，或不足三个不同的点。',
    en: 'The boundary of unit {unit} is not closed or has fewer than three different points.',
    hint: {
      zh: '首尾两点应相同；请在 GIS 软件里修复几何后重新导出。',
      en: 'First and last point must be the same; repair the geometry in a GIS and export it again.',
    },
  },
  'vep.polygon-crosses': {
    severity: 'red',
    zh: '单元 {unit} 的边界在第 {a} 条边与第 {b} 条边处自相交（约 {at}）。',
    en: 'The boundary of unit {unit} crosses itself at edges {a} and {b} (near {at}).',
    hint: {
      zh: '请在 GIS 软件里“修复几何”，自相交的边界没有确定的面积。',
      en: 'Repair the geometry in a GIS; a boundary that crosses itself has no definite area.',
    },
  },
  'vep.polygon-place': {
    severity: 'red',
    zh: '单元 {unit} 的点 {at} 不在中国的经纬度范围（经度 73–136，纬度 3–54）内。',
    en: 'Point {at} of unit {unit} is outside the longitudes and latitudes of China (73–136 E, 3–54 N).',
    hint: {
      zh: '请检查经纬度是否写反、是否仍是投影坐标（米）。',
      en: 'Check that longitude comes first and that these are degrees and not metres.',
    },
  },
  'vep.polygon-hole': {
    severity: 'red',
    zh: '单元 {unit} 的内环不在外环之内。',
    en: 'An inner ring of unit {unit} is not inside its outer ring.',
    hint: {
      zh: '请检查边界文件：内环（扣除的部分）应整体落在外环里。',
      en: 'Check the boundary file: what is cut out must lie inside the outer ring.',
    },
  },
  'vep.polygon-long': {
    severity: 'red',
    zh: '单元 {unit} 的边界有 {count} 个点，超过 {limit} 个。',
    en: 'The boundary of unit {unit} has {count} points, more than {limit}.',
    hint: {
      zh: '请在 GIS 软件里化简边界（容差 1 米以内即可）。',
      en: 'Simplify the boundary in a GIS; a tolerance of one metre will do.',
    },
  },
})

/** Longitude and latitude in degrees, CGCS2000. */
export type Position = readonly [lon: number, lat: number]
export type Ring = readonly Position[]
/** Outer ring first, then the rings cut out of it. */
export type Polygon = readonly Ring[]

/** Edges are compared pair by pair; beyond this a check would take seconds. */
export const MAX_POINTS = 5000
const CHINA = { west: 73, east: 136, south: 3, north: 54 }

const SEMI_MAJOR_M = dec(6378137)
const INVERSE_FLATTENING = dec('298.257222101')
const FLATTENING = dec(1).div(INVERSE_FLATTENING)
const E2 = FLATTENING.times(dec(2).minus(FLATTENING))
const SEMI_MINOR2 = SEMI_MAJOR_M.times(SEMI_MAJOR_M).times(dec(1).minus(E2))
const DEGREE = Dec.acos(-1).div(180)

/** Nodes and weights of five-point Gauss–Legendre on [0, 1], exact to degree nine: for an edge of a degree the error is below 1e-15 m². */
const GAUSS = ((): readonly (readonly [Dec, Dec])[] => {
  const r70 = dec(70).sqrt()
  const inner = dec(5)
    .minus(dec(2).times(dec(10).div(7).sqrt()))
    .sqrt()
    .div(3)
  const outer = dec(5)
    .plus(dec(2).times(dec(10).div(7).sqrt()))
    .sqrt()
    .div(3)
  const heavy = dec(322).plus(r70.times(13)).div(900)
  const light = dec(322).minus(r70.times(13)).div(900)
  const at = (x: Dec, w: Dec): readonly [Dec, Dec] => [x.plus(1).div(2), w.div(2)]
  return [
    at(ZERO, dec(128).div(225)),
    at(inner, heavy),
    at(inner.neg(), heavy),
    at(outer, light),
    at(outer.neg(), light),
  ]
})()

/** Area in m² between the equator and a latitude (degrees), per radian of longitude: b²/2·[s/(1−e²s²) + artanh(e·s)/e].
 *  The artanh is its power series in e²s², which needs no logarithm. */
export function zoneArea(lat: Dec): Dec {
  const s = Dec.sin(lat.times(DEGREE))
  const x = E2.times(s).times(s)
  let series = ZERO
  let power = s
  for (let k = 1; k <= 41; k += 2) {
    series = series.plus(power.div(k))
    power = power.times(x)
  }
  return SEMI_MINOR2.div(2).times(s.div(dec(1).minus(x)).plus(series))
}

/** Signed area in m²; counter-clockwise is positive. */
function ringArea(ring: Ring): Dec {
  const parts: Dec[] = []
  for (let i = 0; i + 1 < ring.length; i++) {
    const [lon0, lat0] = ring[i]!
    const [lon1, lat1] = ring[i + 1]!
    const dLon = dec(lon1).minus(lon0)
    if (dLon.isZero()) continue
    const dLat = dec(lat1).minus(lat0)
    const mean = dLat.isZero()
      ? zoneArea(dec(lat0))
      : sumDec(GAUSS.map(([t, w]) => zoneArea(dec(lat0).plus(dLat.times(t))).times(w)))
    parts.push(mean.times(dLon).times(DEGREE).neg())
  }
  return sumDec(parts)
}

/** Area of a sound polygon on the CGCS2000 ellipsoid in m², rounded to 0.01 m² half up; holes are taken off. */
export function polygonArea(polygon: Polygon): Quantity {
  const [outer, ...holes] = polygon.map((r) => ringArea(r).abs())
  const area = holes.reduce((sum, hole) => sum.minus(hole), outer ?? ZERO)
  return quantity(roundTo(area, dec('0.01'), 'half-up'), 'm2')
}

const pointText = (p: Position): string => `${p[0]}, ${p[1]}`

/** What is wrong with a boundary: empty where it is closed, simple and in place. A flat ring runs back over itself. */
export function checkPolygon(unit: string, polygon: Polygon, at?: Place): readonly Problem[] {
  const count = polygon.reduce((n, r) => n + r.length, 0)
  if (count > MAX_POINTS) return [problem('vep.polygon-long', { unit, count, limit: MAX_POINTS }, at)]
  if (polygon.length === 0 || polygon.some((r) => !isClosed(r))) return [problem('vep.polygon-open', { unit }, at)]
  const astray = polygon
    .flat()
    .find(([lon, lat]) => !(lon >= CHINA.west && lon <= CHINA.east && lat >= CHINA.south && lat <= CHINA.north))
  if (astray) return [problem('vep.polygon-place', { unit, at: pointText(astray) }, at)]
  const crossing = findCrossing(polygon)
  if (crossing)
    return [
      problem('vep.polygon-crosses', { unit, a: crossing.a + 1, b: crossing.b + 1, at: pointText(crossing.near) }, at),
    ]
  const [outer, ...holes] = polygon as [Ring, ...Ring[]]
  return holes.some((h) => !isInside(h[0]!, outer)) ? [problem('vep.polygon-hole', { unit }, at)] : []
}

function isClosed(ring: Ring): boolean {
  const first = ring[0]
  const last = ring.at(-1)
  if (!first || !last || ring.length < 4) return false
  return first[0] === last[0] && first[1] === last[1] && new Set(ring.map(pointText)).size >= 3
}

interface Edge {
  readonly ring: number
  readonly from: Position
  readonly to: Position
  readonly next: number
}

/** The first pair of edges that meet anywhere but at the point they share. */
function findCrossing(
  polygon: Polygon,
): { readonly a: number; readonly b: number; readonly near: Position } | undefined {
  const edges: Edge[] = []
  polygon.forEach((r, ring) => {
    const start = edges.length
    for (let i = 0; i + 1 < r.length; i++)
      edges.push({ ring, from: r[i]!, to: r[i + 1]!, next: i + 2 === r.length ? start : start + i + 1 })
  })
  for (let a = 0; a < edges.length; a++)
    for (let b = a + 1; b < edges.length; b++) {
      const p = edges[a]!
      const q = edges[b]!
      if (apart(p, q, 0) || apart(p, q, 1)) continue
      if (p.next === b ? folds(p, q) : q.next === a ? folds(q, p) : meets(p, q)) return { a, b, near: q.from }
    }
  return undefined
}

const apart = (p: Edge, q: Edge, axis: 0 | 1): boolean =>
  Math.max(p.from[axis], p.to[axis]) < Math.min(q.from[axis], q.to[axis]) ||
  Math.max(q.from[axis], q.to[axis]) < Math.min(p.from[axis], p.to[axis])

/** Sign of the turn a → b → c; exact, since coordinates are short decimals. */
function turn(a: Position, b: Position, c: Position): number {
  const left = dec(b[0]).minus(a[0]).times(dec(c[1]).minus(a[1]))
  return left.cmp(dec(b[1]).minus(a[1]).times(dec(c[0]).minus(a[0])))
}

const within = (a: Position, b: Position, c: Position): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1])

function meets(p: Edge, q: Edge): boolean {
  const d1 = turn(p.from, p.to, q.from)
  const d2 = turn(p.from, p.to, q.to)
  const d3 = turn(q.from, q.to, p.from)
  const d4 = turn(q.from, q.to, p.to)
  if (d1 * d2 < 0 && d3 * d4 < 0) return true
  return (
    (d1 === 0 && within(p.from, p.to, q.from)) ||
    (d2 === 0 && within(p.from, p.to, q.to)) ||
    (d3 === 0 && within(q.from, q.to, p.from)) ||
    (d4 === 0 && within(q.from, q.to, p.to))
  )
}

/** Two edges one after the other may share their point only: a spike runs back over itself. */
function folds(p: Edge, q: Edge): boolean {
  if (turn(p.from, p.to, q.to) !== 0) return false
  return within(p.from, p.to, q.to) || within(q.from, q.to, p.from)
}

/** Ray casting; a point on the edge was refused before as a crossing. */
export function isInside(point: Position, ring: Ring): boolean {
  let inside = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const a = ring[i]!
    const b = ring[i + 1]!
    if (a[1] > point[1] === b[1] > point[1]) continue
    const above = a[1] < b[1] ? turn(a, b, point) : turn(b, a, point)
    if (above > 0) inside = !inside
  }
  return inside
}
