// Writes shapefiles as ArcGIS and QGIS would, with every liberty a test wants to take.

import type { VectorGeometry } from './vector-layer.ts'

export type Dimension = 'xy' | 'z' | 'm'

interface Column {
  readonly name: string
  readonly type: 'C' | 'N' | 'D' | 'L' | 'M'
  readonly length: number
}

export interface DbfOptions {
  readonly encode?: (text: string) => Uint8Array
  readonly language?: number
  readonly deleted?: ReadonlySet<number>
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Rows hold the text as it stands in the field. */
export function dbf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: DbfOptions = {},
): Uint8Array {
  const encode = options.encode ?? utf8
  const start = 32 + columns.length * 32 + 1
  const width = 1 + columns.reduce((n, c) => n + c.length, 0)
  const out = new Uint8Array(start + rows.length * width + 1)
  const view = new DataView(out.buffer)
  out[0] = 3
  view.setUint32(4, rows.length, true)
  view.setUint16(8, start, true)
  view.setUint16(10, width, true)
  out[29] = options.language ?? 0
  columns.forEach((c, k) => {
    out.set(encode(c.name).subarray(0, 11), 32 + k * 32)
    out[32 + k * 32 + 11] = c.type.charCodeAt(0)
    out[32 + k * 32 + 16] = c.length
  })
  out[start - 1] = 0x0d
  rows.forEach((row, i) => {
    let o = start + i * width
    out.fill(0x20, o, o + width)
    if (options.deleted?.has(i)) out[o] = 0x2a
    o++
    columns.forEach((c, k) => {
      const raw = encode(row[k] ?? '').subarray(0, c.length)
      out.set(raw, c.type === 'N' ? o + c.length - raw.length : o)
      o += c.length
    })
  })
  out[out.length - 1] = 0x1a
  return out
}

const CODES = { point: 1, line: 3, polygon: 5, multipoint: 8 } as const
const PLUS = { xy: 0, z: 10, m: 20 } as const

/** Outer rings clockwise and holes against it are the caller's care. */
export function shp(
  shapes: readonly (VectorGeometry | undefined)[],
  dimension: Dimension = 'xy',
): { shp: Uint8Array; shx: Uint8Array } {
  const contents = shapes.map((s) => contentOf(s, dimension))
  const size = 100 + contents.reduce((n, c) => n + 8 + c.length, 0)
  const main = new Uint8Array(size)
  const index = new Uint8Array(100 + contents.length * 8)
  const [view, at] = [new DataView(main.buffer), new DataView(index.buffer)]
  for (const v of [view, at]) {
    v.setInt32(0, 9994)
    v.setInt32(24, v.byteLength / 2)
    v.setInt32(28, 1000, true)
    v.setInt32(32, contents.find((c) => c[0] !== 0)?.[0] ?? 0, true)
  }
  let o = 100
  contents.forEach((c, i) => {
    view.setInt32(o, i + 1)
    view.setInt32(o + 4, c.length / 2)
    at.setInt32(100 + i * 8, o / 2)
    at.setInt32(104 + i * 8, c.length / 2)
    main.set(c, o + 8)
    o += 8 + c.length
  })
  return { shp: main, shx: index }
}

function contentOf(shape: VectorGeometry | undefined, dimension: Dimension): Uint8Array {
  if (!shape) return new Uint8Array(4)
  const parts =
    shape.kind === 'point' ? [shape.points] : shape.kind === 'line' ? shape.lines : shape.polygons.flatMap((p) => p)
  const points = parts.flat()
  const kind = shape.kind === 'point' && points.length > 1 ? 'multipoint' : shape.kind
  const extra = dimension === 'xy' ? 0 : dimension === 'm' ? 1 : 2
  const head = kind === 'point' ? 4 : kind === 'multipoint' ? 40 : 44 + parts.length * 4
  const out = new Uint8Array(head + points.length * (16 + extra * 8) + (kind === 'point' ? 0 : extra * 16))
  const view = new DataView(out.buffer)
  view.setInt32(0, CODES[kind] + PLUS[dimension], true)
  if (kind === 'multipoint') view.setInt32(36, points.length, true)
  if (kind === 'line' || kind === 'polygon') {
    view.setInt32(36, parts.length, true)
    view.setInt32(40, points.length, true)
    let n = 0
    parts.forEach((p, k) => {
      view.setInt32(44 + k * 4, n, true)
      n += p.length
    })
  }
  points.forEach((p, k) => {
    view.setFloat64(head + k * 16, p[0]!, true)
    view.setFloat64(head + k * 16 + 8, p[1]!, true)
  })
  // Heights and measures: whatever stands there must not be read.
  out.fill(0x7f, head + points.length * 16)
  return out
}
