// The bones of a TIFF: byte order, and the chain of directories with their fields (TIFF 6.0, section 2; BigTIFF).
// Always holds: a field is read only when it is asked for; whatever lies beyond the end of the file is a problem.

import { ProblemError, type Place } from '../../kernel/index.ts'
import type { ByteSource } from '../../core/exchange-formats/index.ts'
import { problem } from './problems.ts'

export interface Field {
  readonly numbers: readonly number[]
  readonly text: string
}

export interface Directory {
  field(tag: number): Field | undefined
  /** A field that may be long (block offsets). Empty where the directory has none. */
  list(tag: number): Float64Array
}

export interface TiffStructure {
  readonly littleEndian: boolean
  readonly directories: readonly Directory[]
}

/** Bytes of one value by TIFF field type. */
const TYPE_SIZE: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
}

/** The block list of the largest raster met (a province at 10 m in strips) takes 3 MB. */
const MAX_FIELD_BYTES = 64 * 1024 * 1024
const MAX_FIELDS = 4096
/** A pyramid has about ten levels; chains longer than this are loops or attacks. */
const MAX_DIRECTORIES = 64

interface Bytes {
  readonly source: ByteSource
  readonly little: boolean
  readonly big: boolean
  readonly at: Place
}

/** @throws ProblemError `geotiff.not-a-tiff`, `geotiff.cut-short`, `geotiff.damaged` */
export function readStructure(source: ByteSource, fileName: string): TiffStructure {
  const at: Place = { file: fileName }
  const head = source.read(0, 16)
  const little = head[0] === 0x49 && head[1] === 0x49
  if ((!little && !(head[0] === 0x4d && head[1] === 0x4d)) || head.length < 8)
    throw new ProblemError(problem('geotiff.not-a-tiff', {}, at))
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const version = view.getUint16(2, little)
  const big = version === 43
  if (version !== 42 && !(big && head.length === 16)) throw new ProblemError(problem('geotiff.not-a-tiff', {}, at))

  const bytes: Bytes = { source, little, big, at }
  const directories: Directory[] = []
  const seen = new Set<number>()
  let next = big ? Number(view.getBigUint64(8, little)) : view.getUint32(4, little)
  while (next !== 0 && !seen.has(next) && seen.size < MAX_DIRECTORIES) {
    seen.add(next)
    const read = readDirectory(bytes, next)
    directories.push(read.directory)
    next = read.next
  }
  if (directories.length === 0) throw damaged(bytes, 'directory')
  return { littleEndian: little, directories }
}

const damaged = ({ at }: Bytes, reason: string): ProblemError =>
  new ProblemError(problem('geotiff.damaged', { reason }, at))

function viewOf({ source, at }: Bytes, offset: number, length: number): DataView {
  const bytes = offset + length <= source.size ? source.read(offset, length) : new Uint8Array(0)
  if (bytes.length < length) throw new ProblemError(problem('geotiff.cut-short', { size: source.size }, at))
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function readDirectory(b: Bytes, offset: number): { readonly directory: Directory; readonly next: number } {
  const { big, little } = b
  const long = (v: DataView, o: number): number => (big ? Number(v.getBigUint64(o, little)) : v.getUint32(o, little))
  const count = big ? long(viewOf(b, offset, 8), 0) : viewOf(b, offset, 2).getUint16(0, little)
  if (count === 0 || count > MAX_FIELDS) throw damaged(b, 'directory')
  const [start, step, inline] = big ? [offset + 8, 20, 8] : [offset + 2, 12, 4]
  const entries = viewOf(b, start, count * step + inline)
  const where = new Map<number, number>()
  for (let i = 0; i < count; i++) where.set(entries.getUint16(i * step, little), i * step)

  const find = (tag: number) => {
    const o = where.get(tag)
    if (o === undefined) return undefined
    const type = entries.getUint16(o + 2, little)
    const n = long(entries, o + 4)
    const size = TYPE_SIZE[type]
    if (size === undefined || n * size > MAX_FIELD_BYTES) throw damaged(b, `field ${tag}`)
    const valueAt = o + step - inline
    const here = n * size <= inline
    return {
      type,
      n,
      size,
      from: here ? valueAt : 0,
      view: here ? entries : viewOf(b, long(entries, valueAt), n * size),
    }
  }
  return {
    next: long(entries, count * step),
    directory: {
      field(tag) {
        const f = find(tag)
        if (!f) return undefined
        if (f.type === 2)
          return { numbers: [], text: textOf(new Uint8Array(f.view.buffer, f.view.byteOffset + f.from, f.n)) }
        const numbers: number[] = []
        for (let i = 0; i < f.n; i++) numbers.push(readNumber(f.view, f.from + i * f.size, f.type, little))
        return { numbers, text: '' }
      },
      list(tag) {
        const f = find(tag)
        const out = new Float64Array(f?.n ?? 0)
        if (f) for (let i = 0; i < f.n; i++) out[i] = readNumber(f.view, f.from + i * f.size, f.type, little)
        return out
      },
    },
  }
}

/** TIFF texts are ASCII by the book, UTF-8 in practice; what is neither stays as it is. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, '')
  } catch {
    return new TextDecoder('latin1').decode(bytes).replace(/\0+$/, '')
  }
}

function readNumber(v: DataView, o: number, type: number, little: boolean): number {
  switch (type) {
    case 1:
    case 2:
    case 7:
      return v.getUint8(o)
    case 6:
      return v.getInt8(o)
    case 3:
      return v.getUint16(o, little)
    case 8:
      return v.getInt16(o, little)
    case 9:
      return v.getInt32(o, little)
    case 5:
      return v.getUint32(o, little) / v.getUint32(o + 4, little)
    case 10:
      return v.getInt32(o, little) / v.getInt32(o + 4, little)
    case 11:
      return v.getFloat32(o, little)
    case 12:
      return v.getFloat64(o, little)
    case 16:
    case 18:
      return Number(v.getBigUint64(o, little))
    case 17:
      return Number(v.getBigInt64(o, little))
    default:
      return v.getUint32(o, little)
  }
}
