// The levels of a written raster: itself, and copies of half the size until one block holds all. Copies grow while blocks come
// in, so that no block is read again. Always holds: blocks come tile after tile in row-major order, and each level has one row
// of blocks in hand, never more.

import type { Samples } from '../stored-band.ts'
import { blocksAcross, blocksDown } from './block.ts'
import type { Layout } from './header.ts'

/** Puts a block, of which so many columns and rows are the raster's, at half its size into a quarter of another. */
export type Halve = (from: Samples, wide: number, high: number, into: Samples, quarter: Quarter) => void
interface Quarter {
  readonly right: boolean
  readonly low: boolean
}

export interface LevelWork {
  /** The raster first. */
  readonly levels: readonly Layout[]
  readonly halve: Halve
  /** An empty block, without a value everywhere. */
  readonly fresh: () => Samples
  /** A finished block; it may be changed, and comes back as a fresh one. */
  readonly put: (level: number, index: number, block: Samples) => void
}

/** @returns who takes the blocks of the raster; band counts from 0 */
export function levelsOf({ levels, halve, fresh, put }: LevelWork) {
  const inHand = levels.map((): (Samples | undefined)[] => [])
  const take = (level: number, band: number, bx: number, by: number, block: Samples): void => {
    const own = levels[level]!
    const [across, down] = [blocksAcross(own), blocksDown(own)]
    const above = inHand[level + 1]
    if (above) {
      const edge = own.blockWidth
      const half = (above[bx >> 1] ??= fresh())
      const [right, low] = [bx % 2 === 1, by % 2 === 1]
      halve(block, Math.min(edge, own.width - bx * edge), Math.min(edge, own.height - by * edge), half, { right, low })
      if ((right || bx === across - 1) && (low || by === down - 1)) {
        above[bx >> 1] = undefined
        take(level + 1, band, bx >> 1, by >> 1, half)
      }
    }
    put(level, (band * down + by) * across + bx, block)
  }
  return (band: number, bx: number, by: number, block: Samples): void => take(0, band, bx, by, block)
}

/** Of classes: the upper left of four pixels. */
export const nearestOf =
  (edge: number): Halve =>
  (from, wide, high, into, quarter) => {
    const first = firstOf(edge, quarter)
    for (let y = 0; y < high; y += 2)
      for (let x = 0, to = first + (y / 2) * edge; x < wide; x += 2, to++) into[to] = from[y * edge + x]!
  }

/** Of measures: the mean of those of four pixels that have a value.
 *  @param none stored where there is none
 *  @param whole rounds to whole numbers, halves up */
export function meanOf(edge: number, none: number | undefined, whole: boolean): Halve {
  const rounded = (mean: number): number => (whole ? Math.floor(mean + 0.5) : mean)
  // Quarters are added, for a sum of four might leave the range of doubles.
  const some = (from: Samples, x: number, y: number, wide: number, high: number): number => {
    let sum = 0
    let n = 0
    for (let dy = 0; dy < 2 && y + dy < high; dy++)
      for (let dx = 0; dx < 2 && x + dx < wide; dx++) {
        const v = from[(y + dy) * edge + x + dx]!
        if (v === none || Number.isNaN(v)) continue
        sum += v / 4
        n++
      }
    return n === 0 ? none! : rounded((sum / n) * 4)
  }
  return (from, wide, high, into, quarter) => {
    const first = firstOf(edge, quarter)
    const pairs = wide - (wide % 2)
    for (let y = 0; y < high; y += 2) {
      const row = y * edge
      const below = row + edge
      let to = first + (y / 2) * edge
      for (let x = 0; x < (y + 1 < high ? pairs : 0); x += 2, to++) {
        const a = from[row + x]!
        const b = from[row + x + 1]!
        const c = from[below + x]!
        const d = from[below + x + 1]!
        // From 0 on, so that −0 gives 0.
        const sum = 0 + a * 0.25 + b * 0.25 + c * 0.25 + d * 0.25
        // A NaN among them makes the sum NaN.
        const isPlain = a !== none && b !== none && c !== none && d !== none && sum - sum === 0
        into[to] = isPlain ? rounded(sum * 0.25 * 4) : some(from, x, y, wide, high)
      }
      for (let x = y + 1 < high ? pairs : 0; x < wide; x += 2, to++) into[to] = some(from, x, y, wide, high)
    }
  }
}

const firstOf = (edge: number, { right, low }: Quarter): number =>
  (low ? (edge / 2) * edge : 0) + (right ? edge / 2 : 0)
