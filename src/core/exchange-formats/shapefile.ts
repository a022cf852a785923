// The shapes of a shapefile (ESRI Shapefile Technical Description, July 1998) with their attributes.
// Always holds: Z and M are dropped; the direction of a ring says whether it is an outer ring or a hole; a hole belongs to
// the smallest outer ring around it; one feature for each row that is not deleted.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { readDbf, type Dbf } from './dbf.ts'
import { decodeText } from './delimited.ts'
import { polygonsOfRings } from './rings.ts'
import {
  checkClosed,
  checkFeatureCount,
  crsOfWkt,
  MAX_RINGS_OF_A_FEATURE,
  positionBudget,
  type VectorCrs,
  type VectorFeature,
  type VectorGeometry,
  type VectorLayer,
} from './vector-layer.ts'
import { problem } from './vector-problems.ts'

interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ShapefileParts {
  readonly shp: NamedBytes
  readonly shx?: NamedBytes
  readonly dbf?: NamedBytes
  readonly prj?: NamedBytes
  readonly cpg?: NamedBytes
}

const HEADER = 100
const RECORD_HEADER = 8
const FILE_CODE = 9994
const MULTI_PATCH = 31

/** Reads the layer. @throws ProblemError `vector.…` */
export function readShapefile(parts: ShapefileParts, name: string): VectorLayer {
  const at: Place = { file: parts.shp.name }
  const problems: Problem[] = []
  const records = recordsOf(parts, problems, at)
  checkFeatureCount(records.length, at)
  const dbf = tableOf(parts, problems, at)
  if (dbf && dbf.rows.length !== records.length)
    throw new ProblemError(problem('vector.counts-differ', { shapes: records.length, records: dbf.rows.length }, at))
  const crs = crsOfPrj(parts, problems, at)
  const spend = positionBudget(at)
  const features: VectorFeature[] = []
  const strange: number[] = []
  const homeless: number[] = []
  for (const [i, record] of records.entries()) {
    const properties = dbf ? dbf.rows[i] : {}
    if (!properties) continue
    const shape = shapeOf(record, i + 1, spend, at)
    if (shape.stray) homeless.push(i + 1)
    if (shape.strange) strange.push(i + 1)
    features.push({ properties, geometry: shape.geometry })
  }
  if (strange.length > 0)
    problems.push(
      problem('vector.geometry-not-read', { count: strange.length, first: strange[0]!, kind: 'MultiPatch' }, at),
    )
  if (homeless.length > 0)
    problems.push(problem('vector.hole-outside', { count: homeless.length, first: homeless[0]! }, at))
  return { name, features, crs, problems }
}

function tableOf(parts: ShapefileParts, problems: Problem[], at: Place): Dbf | undefined {
  if (!parts.dbf) {
    problems.push(problem('vector.dbf-missing', { file: beside(parts.shp.name, 'dbf') }, at))
    return undefined
  }
  const { cpg } = parts
  const text = cpg && { name: cpg.name, text: new TextDecoder('latin1').decode(cpg.bytes.subarray(0, 100)) }
  const table = readDbf(parts.dbf.bytes, parts.dbf.name, text)
  problems.push(...table.problems)
  return table
}

const beside = (shp: string, extension: string): string => shp.replace(/\.[^.]*$/, `.${extension}`)

function crsOfPrj(parts: ShapefileParts, problems: Problem[], at: Place): VectorCrs {
  if (!parts.prj) {
    problems.push(problem('vector.prj-missing', { file: beside(parts.shp.name, 'prj') }, at))
    return { stated: false }
  }
  const text = decodeText(parts.prj.bytes) ?? ''
  if (/^\s*\w+\s*\[[^]*\]\s*$/.test(text)) return crsOfWkt(text)
  problems.push(problem('vector.prj-unreadable', { file: parts.prj.name }, { file: parts.prj.name }))
  return { stated: false }
}

/** The contents of the records, in the order of the index where there is one: editors move records about. */
function recordsOf(parts: ShapefileParts, problems: Problem[], at: Place): readonly DataView[] {
  const { bytes } = parts.shp
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER) throw truncated(HEADER, bytes.length, at)
  if (view.getInt32(0) !== FILE_CODE) throw new ProblemError(problem('vector.format-unknown', { what: '.shp' }, at))
  const length = view.getInt32(24) * 2
  if (length > bytes.length) throw truncated(length, bytes.length, at)
  if (parts.shx) {
    const indexed = indexedRecords(parts.shx.bytes, view)
    if (indexed) return indexed
    problems.push(problem('vector.shx-ignored', { file: parts.shx.name }, { file: parts.shx.name }))
  }
  const records: DataView[] = []
  for (let o = HEADER; o < length;) {
    const size = o + RECORD_HEADER <= length ? view.getInt32(o + 4) * 2 : -1
    if (size < 4 || o + RECORD_HEADER + size > length)
      throw new ProblemError(problem('vector.shp-damaged', { feature: records.length + 1, reason: 'length' }, at))
    records.push(new DataView(bytes.buffer, bytes.byteOffset + o + RECORD_HEADER, size))
    o += RECORD_HEADER + size
  }
  return records
}

const truncated = (expected: number, got: number, at: Place): ProblemError =>
  new ProblemError(problem('vector.shp-truncated', { expected, got }, at))

function indexedRecords(index: Uint8Array, shp: DataView): readonly DataView[] | undefined {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength)
  if (index.length < HEADER || view.getInt32(0) !== FILE_CODE || view.getInt32(24) * 2 !== index.length)
    return undefined
  const records: DataView[] = []
  let total = HEADER
  for (let o = HEADER; o + 8 <= index.length; o += 8) {
    const from = view.getInt32(o) * 2
    const size = view.getInt32(o + 4) * 2
    total += RECORD_HEADER + size
    // Entries that share their bytes would make a small file large.
    if (from < HEADER || size < 4 || from + RECORD_HEADER + size > shp.byteLength || total > shp.byteLength)
      return undefined
    if (shp.getInt32(from + 4) * 2 !== size) return undefined
    records.push(new DataView(shp.buffer, shp.byteOffset + from + RECORD_HEADER, size))
  }
  return records
}

interface Shape {
  readonly geometry: VectorGeometry | undefined
  readonly strange?: true
  /** A hole lies in no outer ring. */
  readonly stray?: true
}

function shapeOf(record: DataView, feature: number, spend: (n: number) => void, at: Place): Shape {
  const damaged = (reason: string): ProblemError =>
    new ProblemError(problem('vector.shp-damaged', { feature, reason }, at))
  const type = record.getInt32(0, true)
  const int = (o: number): number => {
    if (o + 4 > record.byteLength) throw damaged('cut off')
    return record.getInt32(o, true)
  }
  const positions = (from: number, count: number): readonly (readonly [number, number])[] => {
    if (count < 0 || from + count * 16 > record.byteLength) throw damaged('cut off')
    spend(count)
    return Array.from({ length: count }, (_, k): readonly [number, number] => {
      const x = record.getFloat64(from + k * 16, true)
      const y = record.getFloat64(from + k * 16 + 8, true)
      if (!Number.isFinite(x) || !Number.isFinite(y))
        throw new ProblemError(problem('vector.bad-coordinate', { feature }, at))
      return [x, y]
    })
  }
  switch (type) {
    case 0:
      return { geometry: undefined }
    case 1:
    case 11:
    case 21:
      return { geometry: { kind: 'point', points: positions(4, 1) } }
    case 8:
    case 18:
    case 28: {
      const points = positions(40, int(36))
      return { geometry: points.length === 0 ? undefined : { kind: 'point', points } }
    }
    case 3:
    case 13:
    case 23:
    case 5:
    case 15:
    case 25: {
      const parts = int(36)
      const count = int(40)
      if (parts < 0 || parts > count) throw damaged('parts')
      if (parts > MAX_RINGS_OF_A_FEATURE)
        throw new ProblemError(
          problem('vector.too-large', { what: '环', whatEn: 'rings', limit: MAX_RINGS_OF_A_FEATURE }, at),
        )
      const starts = Array.from({ length: parts }, (_, k) => int(44 + k * 4))
      const all = positions(44 + parts * 4, count)
      if (starts.some((s, k) => (k === 0 ? s !== 0 : s <= starts[k - 1]!) || s >= count)) throw damaged('parts')
      const pieces = starts.map((s, k) => all.slice(s, starts[k + 1] ?? count))
      if (pieces.length === 0) return { geometry: undefined }
      if (type % 10 === 3) return { geometry: { kind: 'line', lines: pieces } }
      for (const ring of pieces) checkClosed(ring, feature, at)
      const { polygons, stray } = polygonsOfRings(pieces)
      return { geometry: { kind: 'polygon', polygons }, ...(stray ? { stray } : {}) }
    }
    case MULTI_PATCH:
      return { geometry: undefined, strange: true }
    default:
      throw damaged(`type ${type}`)
  }
}
