// The packings of a TIFF block: none, PackBits, LZW, deflate, Zstandard. Bytes in, bytes out, no pixels yet.
// Always holds: never more comes out than the block may hold, however the packed bytes lie.

import { inflateSync } from 'node:zlib'
import { Decompress } from 'fzstd'

export interface Room {
  /** Bytes the pixels of the block need. */
  readonly wanted: number
  /** Bytes a full block takes: some programs pack the last strip of a raster whole. */
  readonly full: number
}

/** The name of a packing → how it is undone. Each throws, or gives less than wanted, where the bytes make no sense. */
export const UNPACK: Readonly<Record<string, (packed: Uint8Array, room: Room) => Uint8Array>> = {
  none: (packed) => packed,
  deflate: (packed, { full }) => inflateSync(packed, { maxOutputLength: full + 65536 }),
  packbits: unpackBits,
  lzw: unpackLzw,
  zstd: unpackZstd,
}

/** RFC 8878. */
function unpackZstd(packed: Uint8Array, { wanted }: Room): Uint8Array {
  const out = new Uint8Array(wanted)
  let n = 0
  const stream = new Decompress((piece) => {
    const fits = piece.subarray(0, wanted - n)
    out.set(fits, n)
    n += fits.length
  })
  stream.push(packed, true)
  return out.subarray(0, n)
}

/** TIFF 6.0, section 9. */
function unpackBits(packed: Uint8Array, { wanted }: Room): Uint8Array {
  const out = new Uint8Array(wanted)
  let n = 0
  for (let i = 0; i < packed.length && n < wanted;) {
    const head = (packed[i++]! << 24) >> 24
    if (head >= 0) {
      const run = packed.subarray(i, i + head + 1).subarray(0, wanted - n)
      out.set(run, n)
      n += run.length
      i += head + 1
    } else if (head !== -128) {
      const to = Math.min(wanted, n + 1 - head)
      out.fill(packed[i++] ?? 0, n, to)
      n = to
    }
  }
  return out.subarray(0, n)
}

/** TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, widened one code early. */
function unpackLzw(packed: Uint8Array, { wanted }: Room): Uint8Array {
  const [clear, stop] = [256, 257]
  const prefix = new Uint16Array(4097)
  const suffix = new Uint8Array(4097)
  const length = new Uint16Array(4097)
  for (let c = 0; c < 256; c++) {
    suffix[c] = c
    length[c] = 1
  }
  const out = new Uint8Array(wanted)
  let n = 0
  let next = 258
  let width = 9
  let previous = -1
  let bits = 0
  let held = 0
  for (let i = 0; n < wanted;) {
    while (bits < width && i < packed.length) {
      held = ((held << 8) | packed[i++]!) & 0xffffff
      bits += 8
    }
    if (bits < width) break
    const code = (held >> (bits - width)) & ((1 << width) - 1)
    bits -= width
    if (code === stop) break
    if (code === clear) {
      next = 258
      width = 9
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0) || code >= 4096) throw new Error('LZW code')
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous
      length[next] = length[previous]! + 1
      let first = code === next ? previous : code
      while (first > 257) first = prefix[first]!
      suffix[next] = first
      next++
      if (next >= (1 << width) - 1 && width < 12) width++
    }
    let at = n + length[code]!
    n = at
    for (let c = code, left = length[code]!; left > 0; left--) {
      if (--at < wanted) out[at] = suffix[c]!
      c = prefix[c]!
    }
    previous = code
  }
  return out.subarray(0, Math.min(n, wanted))
}
