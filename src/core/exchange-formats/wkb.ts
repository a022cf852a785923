// Well-known binary → geometry: the form of ISO 13249-3 and OGC, and the one with flags that PostGIS writes (EWKB).
// Serves geopackage.ts. Always holds: Z and M are dropped, an empty geometry is none, every count is checked against the
// bytes that are left before anything is made room for.

import type { Polygon, Ring, VectorGeometry } from './vector-layer.ts'

export interface WkbReader {
  /** What to throw for bytes that are no geometry. */
  readonly damaged: (reason: string) => Error
  /** What to throw for a coordinate that is no number. */
  readonly badCoordinate: () => Error
  readonly checkRing: (ring: Ring) => void
  readonly spend: (positions: number) => void
}

/** `strange` names a kind of geometry that is not read: curves, surfaces of triangles, mixed collections. */
export type WkbShape = { readonly geometry: VectorGeometry | undefined } | { readonly strange: string }

type Points = readonly (readonly number[])[]
interface Parts {
  readonly points: (readonly number[])[]
  readonly lines: Points[]
  readonly polygons: Polygon[]
  strange?: string
}

const Z_FLAG = 0x80000000
const M_FLAG = 0x40000000
const SRID_FLAG = 0x20000000
/** A collection holds multi-geometries, which hold simple ones. */
const MAX_DEPTH = 4
const KINDS = ['Geometry', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon',
  'GeometryCollection', 'CircularString', 'CompoundCurve', 'CurvePolygon', 'MultiCurve', 'MultiSurface', 'Curve',
  'Surface', 'PolyhedralSurface', 'TIN', 'Triangle'] // prettier-ignore

/** Reads one geometry that begins at `from`. */
export function readWkb(view: DataView, from: number, reader: WkbReader): WkbShape {
  const parts: Parts = { points: [], lines: [], polygons: [] }
  readInto(parts, { view, reader, at: from }, 0)
  if (parts.strange !== undefined) return { strange: parts.strange }
  const { points, lines, polygons } = parts
  const kinds = [points, lines, polygons].filter((list) => list.length > 0).length
  if (kinds > 1) return { strange: KINDS[7]! }
  if (polygons.length > 0) return { geometry: { kind: 'polygon', polygons } }
  if (lines.length > 0) return { geometry: { kind: 'line', lines } }
  return { geometry: points.length > 0 ? { kind: 'point', points } : undefined }
}

interface Cursor {
  readonly view: DataView
  readonly reader: WkbReader
  at: number
}

function readInto(parts: Parts, c: Cursor, depth: number): void {
  const { damaged } = c.reader
  if (depth > MAX_DEPTH) throw damaged('nesting')
  const order = c.at < c.view.byteLength ? c.view.getUint8(c.at++) : 2
  if (order > 1) throw damaged('byte order')
  const little = order === 1
  const code = uint(c, little)
  const iso = code & 0x1fffffff
  const form = Math.floor(iso / 1000)
  const kind = iso % 1000
  if (form > 3 || kind >= KINDS.length) throw damaged(`type ${iso}`)
  const hasZ = (code & Z_FLAG) !== 0 || form === 1 || form === 3
  const hasM = (code & M_FLAG) !== 0 || form >= 2
  const width = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0)
  if ((code & SRID_FLAG) !== 0) uint(c, little)
  switch (kind) {
    case 1: {
      // An empty point is written as not-a-number.
      const empty = c.at + 16 <= c.view.byteLength && Number.isNaN(c.view.getFloat64(c.at, little))
      if (empty) c.at += width * 8
      else parts.points.push(...positions(c, little, width, 1))
      break
    }
    case 2: {
      const line = positions(c, little, width, uint(c, little))
      if (line.length > 0) parts.lines.push(line)
      break
    }
    case 3: {
      const count = uint(c, little)
      if (count * 4 > c.view.byteLength - c.at) throw damaged('cut off')
      const rings = Array.from({ length: count }, () => positions(c, little, width, uint(c, little)))
      for (const ring of rings) c.reader.checkRing(ring)
      if (rings.length > 0) parts.polygons.push(rings)
      break
    }
    case 4:
    case 5:
    case 6:
    case 7: {
      const count = uint(c, little)
      if (count * 9 > c.view.byteLength - c.at && count > 0) throw damaged('cut off')
      for (let i = 0; i < count && parts.strange === undefined; i++) readInto(parts, c, depth + 1)
      break
    }
    default:
      // Its length is not known without reading it, so whatever stands behind it is given up too.
      parts.strange = KINDS[kind]!
  }
}

function uint(c: Cursor, little: boolean): number {
  if (c.at + 4 > c.view.byteLength) throw c.reader.damaged('cut off')
  c.at += 4
  return c.view.getUint32(c.at - 4, little)
}

function positions(c: Cursor, little: boolean, width: number, count: number): Points {
  if (c.at + count * width * 8 > c.view.byteLength) throw c.reader.damaged('cut off')
  c.reader.spend(count)
  const out: (readonly number[])[] = []
  for (let i = 0; i < count; i++) {
    const x = c.view.getFloat64(c.at, little)
    const y = c.view.getFloat64(c.at + 8, little)
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw c.reader.badCoordinate()
    out.push([x, y])
    c.at += width * 8
  }
  return out
}
