// A PNG of at most 256 colours, one byte a pixel: pictures of rasters, small enough to stand inside an SVG.
// Always holds: the same pixels give the same bytes (no time, no text chunk; fflate packs alike on every machine).
// Layout after the PNG specification: IHDR, PLTE, tRNS, IDAT, IEND.

import { zlibSync } from 'fflate'
import { assert } from '../../kernel/index.ts'

/** Red, green, blue and opacity, each 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

export interface PalettePicture {
  readonly width: number
  readonly height: number
  /** One index into `palette` a pixel, row by row from the top. */
  readonly pixels: Uint8Array
  readonly palette: readonly Colour[]
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const INDEXED = 3

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const b of bytes) c = CRC_TABLE[(c ^ b) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, data.length)
  out.set(
    [...type].map((c) => c.charCodeAt(0)),
    4,
  )
  out.set(data, 8)
  view.setUint32(8 + data.length, crc(out.subarray(4, 8 + data.length)))
  return out
}

/** The bytes of the file. */
export function palettePng({ width, height, pixels, palette }: PalettePicture): Uint8Array {
  assert(width > 0 && height > 0 && pixels.length === width * height, 'an index for each pixel')
  assert(palette.length > 0 && palette.length <= 256, 'one to 256 colours')
  assert(
    pixels.every((p) => p < palette.length),
    'every index has a colour',
  )
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  head.set([8, INDEXED, 0, 0, 0], 8)
  // Each row opens with its filter: none, which suits areas of one colour.
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', head),
    chunk('PLTE', Uint8Array.from(palette.flatMap(([r, g, b]) => [r, g, b]))),
    chunk('tRNS', Uint8Array.from(palette.map((c) => c[3]))),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}
