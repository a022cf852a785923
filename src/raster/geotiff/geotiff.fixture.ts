// TIFFs made in memory by TIFF 6.0 and the BigTIFF design, plain and slow: any sample type, block layout, byte order,
// packing and predictor, further directories. Shares no code with the writer, so that the two can be held together.

import { spawnSync } from 'node:child_process'
import { deflateSync } from 'node:zlib'
import type { Crs } from '../crs/model.ts'

export type MadeType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'
export const MADE_TYPES: readonly MadeType[] = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] // prettier-ignore

export interface MadeField {
  readonly short?: readonly number[]
  readonly double?: readonly number[]
  readonly text?: string
}

export interface MadeDirectory {
  readonly width: number
  readonly height: number
  /** Stored numbers, row by row; `bands` after one another for each pixel. Fewer are repeated for every band. */
  readonly values: readonly number[]
  readonly type?: MadeType
  readonly bands?: number
  /** Edge of a tile; strips where left out. */
  readonly tile?: number
  readonly rowsPerStrip?: number
  readonly apart?: boolean
  readonly packing?: 'none' | 'deflate' | 'lzw' | 'packbits'
  readonly predictor?: 1 | 2 | 3
  readonly emptyBlocks?: readonly number[]
  /** Further fields: tag → shorts, doubles or a text; an own tag of the layout is replaced. */
  readonly fields?: Readonly<Record<number, MadeField>>
}

export interface Made extends MadeDirectory {
  readonly big?: boolean
  readonly motorola?: boolean
  /** Overviews, masks. */
  readonly more?: readonly MadeDirectory[]
}

const SIZE: Readonly<Record<MadeType, 1 | 2 | 4 | 8>> = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 } // prettier-ignore
const PACKING = { none: 1, lzw: 5, deflate: 8, packbits: 32773 } as const
/** A place on earth: 30 m pixels from (500000, 3300000) on. */
export const PLACED: Readonly<Record<number, MadeField>> = {
  33550: { double: [30, 30, 0] },
  33922: { double: [0, 0, 0, 500000, 3300000, 0] },
}

export const UTM_50: Crs = {
  kind: 'transverse-mercator',
  name: 'WGS 84 / UTM zone 50N',
  epsg: 32650,
  datum: { id: 'wgs84', name: 'WGS 84', ellipsoid: { a: 6378137, inverseFlattening: 298.257223563 } },
  lon0: 117,
  lat0: 0,
  k0: 0.9996,
  falseEasting: 500000,
  falseNorthing: 0,
}

/** Whether GDAL's programs are on this machine. */
export const hasGdal = spawnSync('gdalinfo', ['--version']).status === 0

export function makeTiff(made: Made): Uint8Array {
  const { big = false, motorola = false } = made
  const little = !motorola
  const word = big ? 8 : 4
  const head = big ? 16 : 8
  const out: number[] = []
  const put = (size: 1 | 2 | 4 | 8, v: number): number[] => numberBytes(size, v, little)

  const blocksOf = (d: MadeDirectory): number[][] => {
    const { width, height, values, type = 'uint8', bands = 1, tile, apart = false, packing = 'none' } = d
    const blockWidth = tile ?? width
    const blockHeight = tile ?? d.rowsPerStrip ?? 2
    const repeated = values.length === width * height
    const blocks: number[][] = []
    for (let plane = 0; plane < (apart ? bands : 1); plane++)
      for (let y = 0; y < height; y += blockHeight)
        for (let x = 0; x < width; x += blockWidth) {
          const rows = tile ?? Math.min(blockHeight, height - y)
          const raw: number[] = []
          for (let r = 0; r < rows; r++) {
            const row: number[] = []
            for (let c = 0; c < blockWidth; c++)
              for (let b = apart ? plane : 0; b < (apart ? plane + 1 : bands); b++) {
                const pixel = (y + r) * width + x + c
                const inside = x + c < width && y + r < height
                row.push(inside ? values[repeated ? pixel : pixel * bands + b]! : 0)
              }
            raw.push(...rowBytes(row, type, d.predictor ?? 1, apart ? 1 : bands, little))
          }
          blocks.push(pack(raw, packing))
        }
    return blocks
  }

  const directory = (d: MadeDirectory): { readonly bytes: number[]; readonly count: number } => {
    const { type = 'uint8', bands = 1, tile } = d
    const offsets: number[] = []
    const lengths: number[] = []
    for (const [i, block] of blocksOf(d).entries()) {
      const empty = d.emptyBlocks?.includes(i) ?? false
      offsets.push(empty ? 0 : head + out.length)
      lengths.push(empty ? 0 : block.length)
      if (!empty) for (const b of block) out.push(b)
    }
    const fields = new Map<number, [type: number, count: number, bytes: number[]]>()
    const shorts = (tag: number, v: readonly number[]): unknown =>
      fields.set(tag, [3, v.length, v.flatMap((x) => put(2, x))])
    const longs = (tag: number, v: readonly number[]): unknown =>
      fields.set(tag, [big ? 16 : 4, v.length, v.flatMap((x) => put(word, x))])
    shorts(256, [d.width])
    shorts(257, [d.height])
    shorts(258, Array<number>(bands).fill(SIZE[type] * 8))
    shorts(259, [PACKING[d.packing ?? 'none']])
    shorts(262, [1])
    shorts(277, [bands])
    if (bands > 1) shorts(338, Array<number>(bands - 1).fill(0))
    shorts(284, [d.apart ? 2 : 1])
    if (d.predictor) shorts(317, [d.predictor])
    shorts(339, Array<number>(bands).fill(type.startsWith('float') ? 3 : type.startsWith('int') ? 2 : 1))
    if (tile !== undefined) {
      shorts(322, [tile])
      shorts(323, [tile])
    } else shorts(278, [d.rowsPerStrip ?? 2])
    longs(tile === undefined ? 273 : 324, offsets)
    longs(tile === undefined ? 279 : 325, lengths)
    for (const [tag, f] of Object.entries(d.fields ?? {})) {
      if (f.short) shorts(Number(tag), f.short)
      if (f.double) fields.set(Number(tag), [12, f.double.length, f.double.flatMap((x) => floatBytes(8, x, little))])
      if (f.text !== undefined) {
        const bytes = [...new TextEncoder().encode(f.text), 0]
        fields.set(Number(tag), [2, bytes.length, bytes])
      }
    }
    const bytes: number[] = []
    for (const [tag, [kind, count, value]] of [...fields].sort((a, b) => a[0] - b[0])) {
      let inline = value
      if (value.length > word) {
        inline = put(word, head + out.length)
        out.push(...value)
      }
      bytes.push(...put(2, tag), ...put(2, kind), ...put(word, count), ...inline)
      bytes.push(...Array<number>(word - inline.length).fill(0))
    }
    return { bytes, count: fields.size }
  }

  const all = [made, ...(made.more ?? [])].map(directory)
  const first = head + out.length
  let at = first
  for (const [i, { bytes, count }] of all.entries()) {
    at += (big ? 8 : 2) + bytes.length + word
    out.push(...put(big ? 8 : 2, count), ...bytes, ...put(word, i + 1 < all.length ? at : 0))
  }
  const mark = motorola ? [0x4d, 0x4d] : [0x49, 0x49]
  const start = big ? [43, 8, 0].flatMap((v) => put(2, v)) : put(2, 42)
  return Uint8Array.from([...mark, ...start, ...put(word, first), ...out])
}

function numberBytes(size: 1 | 2 | 4 | 8, v: number, little: boolean): number[] {
  const view = new DataView(new ArrayBuffer(8))
  if (size === 8) view.setBigUint64(0, BigInt(v), little)
  else if (size === 4) view.setUint32(0, v, little)
  else if (size === 2) view.setUint16(0, v, little)
  else view.setUint8(0, v)
  return [...new Uint8Array(view.buffer, 0, size)]
}

function floatBytes(size: 4 | 8, v: number, little: boolean): number[] {
  const view = new DataView(new ArrayBuffer(8))
  if (size === 8) view.setFloat64(0, v, little)
  else view.setFloat32(0, v, little)
  return [...new Uint8Array(view.buffer, 0, size)]
}

function rowBytes(
  row: readonly number[],
  type: MadeType,
  predictor: number,
  stride: number,
  little: boolean,
): number[] {
  const size = SIZE[type]
  const isFloat = type.startsWith('float')
  const bytesOf = (v: number, littleEnd: boolean): number[] =>
    isFloat ? floatBytes(size as 4 | 8, v, littleEnd) : numberBytes(size, v, littleEnd)
  if (predictor === 3) {
    const planes: number[] = []
    const samples = row.map((v) => bytesOf(v, false))
    for (let b = 0; b < size; b++) for (const s of samples) planes.push(s[b]!)
    return planes.map((v, i) => (i < stride ? v : (v - planes[i - stride]!) & 0xff))
  }
  if (predictor !== 2) return row.flatMap((v) => bytesOf(v, little))
  // Differences of the bits as whole numbers, wrapping around.
  const bits = row.map((v) => bytesOf(v, false).reduce((n, b) => n * 256n + BigInt(b), 0n))
  return bits.flatMap((v, i) => {
    const d = BigInt.asUintN(size * 8, i < stride ? v : v - bits[i - stride]!)
    const bytes = Array.from({ length: size }, (_, b) => Number((d >> BigInt(8 * b)) & 255n))
    return little ? bytes : bytes.reverse()
  })
}

function pack(raw: readonly number[], packing: keyof typeof PACKING): number[] {
  if (packing === 'deflate') return [...deflateSync(Uint8Array.from(raw))]
  if (packing === 'packbits') return packBits(raw)
  if (packing === 'lzw') return lzw(raw)
  return [...raw]
}

function packBits(raw: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0; i < raw.length;) {
    let run = 1
    while (run < 128 && raw[i + run] === raw[i]) run++
    if (run > 2) {
      out.push(257 - run, raw[i]!)
      i += run
    } else {
      const literal = raw.slice(i, i + 128)
      out.push(literal.length - 1, ...literal)
      i += literal.length
    }
  }
  return out
}

/** LZW that clears its table before codes widen: no shorter, but every byte by the book. */
function lzw(raw: readonly number[]): number[] {
  const codes: number[] = []
  for (let i = 0; i < raw.length; i += 200) codes.push(256, ...raw.slice(i, i + 200))
  codes.push(257)
  const bits = codes.map((c) => c.toString(2).padStart(9, '0')).join('')
  return (bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((b) => parseInt(b, 2))
}
