// Directories of a TIFF as bytes, with all their values right behind them, so that they can stand before the pixels.
// Always holds: fields in rising order of tags, little-endian, the same bytes for the same fields.

export type FieldValue =
  | { readonly short: readonly number[] }
  /** 32 bits, or 64 in a BigTIFF. */
  | { readonly long: ArrayLike<number> }
  | { readonly double: readonly number[] }
  | { readonly text: string }

export type Fields = ReadonlyMap<number, FieldValue>

interface Packed {
  readonly type: number
  readonly count: number
  readonly bytes: Uint8Array
}

function packed(value: FieldValue, big: boolean): Packed {
  if ('text' in value) {
    const bytes = new TextEncoder().encode(`${value.text}\0`)
    return { type: 2, count: bytes.length, bytes }
  }
  if ('short' in value) return { type: 3, count: value.short.length, bytes: bytesOf(Uint16Array.from(value.short)) }
  if ('double' in value)
    return { type: 12, count: value.double.length, bytes: bytesOf(Float64Array.from(value.double)) }
  const n = value.long.length
  const out = new DataView(new ArrayBuffer(n * (big ? 8 : 4)))
  for (let i = 0; i < n; i++)
    if (big) out.setBigUint64(i * 8, BigInt(value.long[i]!), true)
    else out.setUint32(i * 4, value.long[i]!, true)
  return { type: big ? 16 : 4, count: n, bytes: new Uint8Array(out.buffer) }
}

const bytesOf = (a: Uint16Array | Float64Array): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength)
/** Values begin on even places (TIFF 6.0, section 2). */
const even = (n: number): number => n + (n % 2)

/** Header and chain of directories; bytes of pixels may begin at `length`. */
export function directoriesAsBytes(directories: readonly Fields[], big: boolean): Uint8Array {
  const word = big ? 8 : 4
  const head = big ? 16 : 8
  const all = directories.map((d) =>
    [...d].sort((a, b) => a[0] - b[0]).map(([tag, value]) => ({ tag, ...packed(value, big) })),
  )
  const entriesSize = (fields: number): number => (big ? 16 : 6) + fields * (big ? 20 : 12)
  const sizes = all.map((fields) =>
    fields.reduce((n, f) => n + (f.bytes.length > word ? even(f.bytes.length) : 0), even(entriesSize(fields.length))),
  )
  const out = new Uint8Array(sizes.reduce((a, b) => a + b, head))
  const view = new DataView(out.buffer)
  const long = (at: number, v: number): void =>
    big ? view.setBigUint64(at, BigInt(v), true) : view.setUint32(at, v, true)
  view.setUint16(0, 0x4949, true)
  view.setUint16(2, big ? 43 : 42, true)
  if (big) view.setUint16(4, 8, true)
  long(big ? 8 : 4, head)
  let start = head
  for (const [i, fields] of all.entries()) {
    if (big) long(start, fields.length)
    else view.setUint16(start, fields.length, true)
    let at = start + (big ? 8 : 2)
    let values = start + even(entriesSize(fields.length))
    for (const { tag, type, count, bytes } of fields) {
      view.setUint16(at, tag, true)
      view.setUint16(at + 2, type, true)
      long(at + 4, count)
      const here = bytes.length <= word
      if (!here) long(at + 4 + word, values)
      out.set(bytes, here ? at + 4 + word : values)
      if (!here) values += even(bytes.length)
      at += big ? 20 : 12
    }
    start += sizes[i]!
    long(at, i + 1 < all.length ? start : 0)
  }
  return out
}
