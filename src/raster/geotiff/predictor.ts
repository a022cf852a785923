// TIFF predictors: a row is stored as differences to the pixel before it (2, TIFF 6.0 section 14) or as differences of
// byte planes (3, TIFF technical note 3). Done and undone here, so that reader and writer cannot disagree.
// Always holds: sums and differences wrap around as whole numbers, also where the bits mean floats.

export interface Rows {
  /** Samples of one row, all bands of each pixel together. */
  readonly perRow: number
  /** Samples of one pixel. */
  readonly stride: number
  /** Bytes of one sample. */
  readonly size: number
}

type Words = Uint8Array | Uint16Array | Uint32Array

/** Bytes as this machine counts, rows without gaps. */
export function undoDifferences(bytes: Uint8Array<ArrayBuffer>, { perRow, stride, size }: Rows): void {
  if (size === 8) {
    const words = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
    for (let row = 0; row + perRow <= words.length; row += perRow)
      for (let i = row + stride; i < row + perRow; i++) words[i] = words[i]! + words[i - stride]!
    return
  }
  const words = wordsOf(bytes, size)
  for (let row = 0; row + perRow <= words.length; row += perRow)
    for (let i = row + stride; i < row + perRow; i++) words[i] = words[i]! + words[i - stride]!
}

/** For whole numbers of at most 4 bytes. */
export function takeDifferences(bytes: Uint8Array<ArrayBuffer>, { perRow, stride, size }: Rows): void {
  const words = wordsOf(bytes, size)
  for (let row = 0; row + perRow <= words.length; row += perRow)
    for (let i = row + perRow - 1; i >= row + stride; i--) words[i] = words[i]! - words[i - stride]!
}

function wordsOf(bytes: Uint8Array<ArrayBuffer>, size: number): Words {
  const Kind = size === 1 ? Uint8Array : size === 2 ? Uint16Array : Uint32Array
  return new Kind(bytes.buffer, bytes.byteOffset, bytes.length / size)
}

/** Leaves samples with their least significant byte first, whatever the byte order of the file. */
export function undoFloatPlanes(bytes: Uint8Array<ArrayBuffer>, { perRow, stride, size }: Rows): void {
  const rowBytes = perRow * size
  const row = new Uint8Array(rowBytes)
  for (let o = 0; o < bytes.length; o += rowBytes) {
    for (let i = o + stride; i < o + rowBytes; i++) bytes[i] = bytes[i]! + bytes[i - stride]!
    for (let b = 0; b < size; b++)
      for (let i = 0, from = o + b * perRow, to = size - 1 - b; i < perRow; i++, to += size) row[to] = bytes[from + i]!
    bytes.set(row, o)
  }
}

/** Takes samples with their least significant byte first. */
export function takeFloatPlanes(bytes: Uint8Array<ArrayBuffer>, { perRow, stride, size }: Rows): void {
  const rowBytes = perRow * size
  const row = new Uint8Array(rowBytes)
  for (let o = 0; o < bytes.length; o += rowBytes) {
    for (let b = 0; b < size; b++)
      for (let i = 0, to = b * perRow, from = o + size - 1 - b; i < perRow; i++, from += size)
        row[to + i] = bytes[from]!
    for (let i = rowBytes - 1; i >= stride; i--) row[i] = row[i]! - row[i - stride]!
    bytes.set(row, o)
  }
}
