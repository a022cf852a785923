// Smooth random numbers over a grid, row by row: what every layer of a made region is drawn from. Corners of a lattice are
// thrown once a row of the lattice and tile, so that a province takes minutes and not hours.
// Always holds: a number depends on seed, column and row alone, never on the window it is asked in; only + − × ÷ are used,
// so that the same bytes come out on every machine.

/** 0 … 1 from a place on a lattice. */
export function dice(seed: number, x: number, y: number): number {
  let h = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(x + 7, 0x85ebca6b) ^ Math.imul(y + 13, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
}

/** Fills `into` with numbers 0 … 1 of the pixels from `col` on, `width` of them, in one row. */
export type NoiseRow = (col: number, row: number, width: number, into: Float64Array) => void

interface Octave {
  readonly seed: number
  readonly step: number
  readonly weight: number
  /** Lattice column to the west of a pixel, and how far the pixel leans to the next one. */
  readonly place: Int32Array
  readonly lean: Float64Array
  /** The lattice rows above and below, from the column `from` on. */
  readonly above: Float64Array
  readonly below: Float64Array
  row: number
  from: number
  to: number
}

const eased = (u: number): number => u * u * (3 - 2 * u)

/** A new number each `period` pixels, with `octaves` − 1 finer ones on top, for grids of so many columns. */
export function noiseRows(seed: number, period: number, octaves: number, columns: number): NoiseRow {
  const scale = 1 / (2 - 2 ** (1 - octaves))
  const all = Array.from({ length: octaves }, (_, o): Octave => {
    const step = period / 2 ** o
    const place = new Int32Array(columns)
    const lean = new Float64Array(columns)
    for (let c = 0; c < columns; c++) {
      const x = c / step
      place[c] = Math.floor(x)
      lean[c] = eased(x - Math.floor(x))
    }
    const corners = (place[columns - 1] ?? 0) + 2
    const [above, below] = [new Float64Array(corners), new Float64Array(corners)]
    return { seed: seed + o, step, weight: scale / 2 ** o, place, lean, above, below, row: NaN, from: 0, to: 0 }
  })
  return (col, row, width, into) => {
    into.fill(0, 0, width)
    for (const octave of all) addOctave(octave, col, row, width, into)
  }
}

function addOctave(o: Octave, col: number, row: number, width: number, into: Float64Array): void {
  const y = row / o.step
  const j = Math.floor(y)
  const b = eased(y - j)
  const { place, lean, above, below, weight } = o
  const [from, to] = [place[col]!, place[col + width - 1]! + 2]
  if (o.row !== j || o.from !== from || o.to !== to) {
    if (o.row === j - 1 && o.from === from && o.to === to) above.set(below.subarray(from, to), from)
    else for (let i = from; i < to; i++) above[i] = dice(o.seed, i, j)
    for (let i = from; i < to; i++) below[i] = dice(o.seed, i, j + 1)
    o.row = j
    o.from = from
    o.to = to
  }
  for (let x = 0; x < width; x++) {
    const i = place[col + x]!
    const a = lean[col + x]!
    const north = above[i]! * (1 - a) + above[i + 1]! * a
    const south = below[i]! * (1 - a) + below[i + 1]! * a
    into[x]! += weight * (north * (1 - b) + south * b)
  }
}
