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
    for (let y = 0; y < high; y += 2)
      for (let x = 0, to = first + (y / 2) * edge, at = y * edge; x < wide; x += 2, to++, at += 2) {
        const [a, b, c, d] = [from[at]!, from[at + 1]!, from[at + edge]!, from[at + edge + 1]!]
        const sum = a / 4 + b / 4 + c / 4 + d / 4
        const all = x + 1 < wide && y + 1 < high && a !== none && b !== none && c !== none && d !== none
        // A NaN among them makes the sum NaN.
        into[to] = all && !Number.isNaN(sum) ? rounded((sum / 4) * 4) : some(from, x, y, wide, high)
      }
  }
}

const firstOf = (edge: number, { right, low }: Quarter): number =>
  (low ? (edge / 2) * edge : 0) + (right ? edge / 2 : 0)
