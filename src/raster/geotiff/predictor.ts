// TIFF predictors: a row is stored as differences to the pixel before it (2, TIFF 6.0 section 14) or as differences of
// byte planes (3, TIFF technical note 3). Done and undone here, so that reader and writer cannot disagree.
// Planes of 32-bit floats go through float-planes.ts, whose twin stands here.
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
  addUp(wordsOf(bytes, size), perRow, stride)
}

/** Each word and the one a stride before it, row by row. One band is summed in a variable: no word waits for the one just written. */
function addUp(words: Words, perRow: number, stride: number): void {
  for (let row = 0; row + perRow <= words.length; row += perRow) {
    if (stride > 1) for (let i = row + stride; i < row + perRow; i++) words[i] = words[i]! + words[i - stride]!
    else for (let i = row, sum = 0; i < row + perRow; i++) words[i] = sum = (sum + words[i]!) | 0
  }
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
  addUp(bytes, rowBytes, stride)
  const row = new Uint8Array(rowBytes)
  const words = new Uint32Array(row.buffer, 0, size === 4 ? perRow : 0)
  for (let o = 0; o + rowBytes <= bytes.length; o += rowBytes) {
    const [p1, p2, p3] = [o + perRow, o + 2 * perRow, o + 3 * perRow]
    if (size === 4 && isLowFirst)
      for (let i = 0; i < perRow; i++)
        words[i] = (bytes[o + i]! << 24) | (bytes[p1 + i]! << 16) | (bytes[p2 + i]! << 8) | bytes[p3 + i]!
    else
      for (let b = 0; b < size; b++)
        for (let i = 0, from = o + b * perRow, to = size - 1 - b; i < perRow; i++, to += size)
          row[to] = bytes[from + i]!
    bytes.set(row, o)
  }
}

const isLowFirst = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

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
