// The packings of a TIFF block: none, PackBits, LZW, deflate, Zstandard. Bytes in, bytes out, no pixels yet.
// Always holds: never more comes out than the block may hold, however the packed bytes lie.

import { inflateSync } from 'node:zlib'
import { Decompress } from 'fzstd'

export interface Room {
  /** Bytes the pixels of the block need. */
  readonly wanted: number
  /** Bytes a full block takes: some programs pack the last strip of a raster whole. */
  readonly full: number
  /** Memory of `wanted` bytes that may be filled and given back; left out, a packing takes its own. */
  readonly into?: Uint8Array | undefined
}

/** The name of a packing → how it is undone. Each throws, or gives less than wanted, where the bytes make no sense. */
export const UNPACK: Readonly<Record<string, (packed: Uint8Array, room: Room) => Uint8Array>> = {
  none: (packed) => packed,
  // One piece with a little room: node:zlib then neither joins pieces nor begins another.
  deflate: (packed, { full }) => inflateSync(packed, { maxOutputLength: full + 65536, chunkSize: full + 64 }),
  packbits: unpackBits,
  lzw: unpackLzw,
  zstd: unpackZstd,
}

/** RFC 8878. */
function unpackZstd(packed: Uint8Array, { wanted, into }: Room): Uint8Array {
  const out = into ?? new Uint8Array(wanted)
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
function unpackBits(packed: Uint8Array, { wanted, into }: Room): Uint8Array {
  const out = into ?? new Uint8Array(wanted)
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

/** TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, widened one code early. The string of a code
 *  stands in what came out already: the one before it and one byte more. So a code is a place and a length, and no chain. */
function unpackLzw(packed: Uint8Array, { wanted, into }: Room): Uint8Array {
  const [clear, stop] = [256, 257]
  const placeOf = new Int32Array(4097)
  const lengthOf = new Int32Array(4097)
  const out = into ?? new Uint8Array(wanted)
  let n = 0
  let next = 258
  let width = 9
  // Place and length of the string before; a length of 0: there is none.
  let before = 0
  let beforeLength = 0
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
      beforeLength = 0
      continue
    }
    if (code > next || (code === next && beforeLength === 0)) throw new Error('LZW code')
    if (beforeLength > 0 && next < 4096) {
      placeOf[next] = before
      lengthOf[next] = beforeLength + 1
      next++
      if (next >= (1 << width) - 1 && width < 12) width++
    }
    before = n
    if (code < clear) {
      out[n++] = code
      beforeLength = 1
      continue
    }
    const from = placeOf[code]!
    beforeLength = lengthOf[code]!
    const count = Math.min(beforeLength, wanted - n)
    // Forwards, since a string may reach into itself.
    if (count > LONG && from + count <= n) out.copyWithin(n, from, from + count)
    else for (let k = 0; k < count; k++) out[n + k] = out[from + k]!
    n += count
  }
  return out.subarray(0, n)
}

/** Bytes from which one call is faster than a loop. */
const LONG = 48
