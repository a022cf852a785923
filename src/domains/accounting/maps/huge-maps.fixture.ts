// Rasters as large as wanted that take no room: BigTIFFs of bytes or words in tiles, nearly all of them never written, the
// written ones behind a hole of five thousand million bytes. Shares no code with what reads or writes rasters.

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'

export const HUGE_TILE = 256

export interface HugeRaster {
  readonly width: number
  readonly height: number
  /** Outer corner of the first pixel; a pixel is 10 m wide, in EPSG:32650. */
  readonly west: number
  readonly north: number
  readonly bytes: 1 | 2
  readonly at: (column: number, row: number) => number
  /** Columns and rows of the tiles that are written; the others are no-data, which is 0. */
  readonly tiles: readonly (readonly [column: number, row: number])[]
  /** Bytes of nothing before the tiles. */
  readonly hole: number
}

export const HUGE_PIXEL = 10

type Entry = readonly [tag: number, type: number, values: readonly number[]]

/** By type of TIFF 6.0 and BigTIFF: text, short, double, long of 8 bytes. */
const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 12: 8, 16: 8 }

export function putHugeRaster(path: string, of: HugeRaster): void {
  const { width, height, west, north, bytes, at, tiles, hole } = of
  const across = Math.ceil(width / HUGE_TILE)
  const down = Math.ceil(height / HUGE_TILE)
  const tileBytes = HUGE_TILE * HUGE_TILE * bytes
  const offsets = Array.from({ length: across * down }, () => 0)
  const counts = [...offsets]
  tiles.forEach(([col, row], i) => {
    offsets[row * across + col] = hole + i * tileBytes
    counts[row * across + col] = tileBytes
  })
  const file = openSync(path, 'w')
  try {
    const head = directory([
      [256, 16, [width]],
      [257, 16, [height]],
      [258, 3, [8 * bytes]],
      [259, 3, [1]],
      [262, 3, [1]],
      [277, 3, [1]],
      [322, 3, [HUGE_TILE]],
      [323, 3, [HUGE_TILE]],
      [324, 16, offsets],
      [325, 16, counts],
      [33550, 12, [HUGE_PIXEL, HUGE_PIXEL, 0]],
      [33922, 12, [0, 0, 0, west, north, 0]],
      [34735, 3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32650]],
      [42113, 2, [0x30, 0]],
    ])
    writeSync(file, head, 0, head.length, 0)
    const tile = new DataView(new ArrayBuffer(tileBytes))
    for (const [i, [col, row]] of tiles.entries()) {
      for (let r = 0; r < HUGE_TILE; r++)
        for (let c = 0; c < HUGE_TILE; c++) {
          const place = (r * HUGE_TILE + c) * bytes
          const value = at(col * HUGE_TILE + c, row * HUGE_TILE + r)
          if (bytes === 1) tile.setUint8(place, value)
          else tile.setUint16(place, value, true)
        }
      writeSync(file, tile, 0, tileBytes, hole + i * tileBytes)
    }
    ftruncateSync(file, hole + tiles.length * tileBytes)
  } finally {
    closeSync(file)
  }
}

/** Header and one directory, with its long values behind it. */
function directory(entries: readonly Entry[]): Uint8Array {
  const listed = 16 + 8 + entries.length * 20 + 8
  const long = entries.reduce((n, [, type, values]) => n + 8 + SIZES[type]! * values.length, 0)
  const out = new DataView(new ArrayBuffer(listed + long))
  out.setUint16(0, 0x4949)
  out.setUint16(2, 43, true)
  out.setUint16(4, 8, true)
  out.setBigUint64(8, 16n, true)
  out.setBigUint64(16, BigInt(entries.length), true)
  let end = listed
  entries.forEach(([tag, type, values], i) => {
    const at = 24 + i * 20
    const size = SIZES[type]! * values.length
    out.setUint16(at, tag, true)
    out.setUint16(at + 2, type, true)
    out.setBigUint64(at + 4, BigInt(values.length), true)
    const here = size <= 8 ? at + 12 : end
    if (size > 8) {
      out.setBigUint64(at + 12, BigInt(end), true)
      end += 8 * Math.ceil(size / 8)
    }
    values.forEach((value, v) => {
      if (type === 2) out.setUint8(here + v, value)
      else if (type === 3) out.setUint16(here + 2 * v, value, true)
      else if (type === 12) out.setFloat64(here + 8 * v, value, true)
      else out.setBigUint64(here + 8 * v, BigInt(value), true)
    })
  })
  return new Uint8Array(out.buffer)
}
