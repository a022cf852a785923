// Zones as runs of pixels, row by row: made once from the edges, then read window by window without meeting an edge again.
// Always holds: runs of a row stand from west to east and do not overlap. Memory is borders, not pixels: 12 bytes a run.

import type { Window } from '../grid.ts'

/** A run of pixels of a zone: places in a window from `from` to before `to`, in one row of it. */
export type OnRun = (zone: number, from: number, to: number) => void

export interface ZoneRuns {
  /** The next run of the row in hand: columns `from` to before `to`. */
  add(zone: number, from: number, to: number): void
  endRow(): void
  /** Fills `into` with the zone of each pixel of the window, −1 where there is none.
   *  @returns whether a pixel lies in a zone */
  read(window: Window, into: Int32Array): boolean
  /** The same pixels run by run, row by row from west to east. */
  eachRun(window: Window, take: OnRun): boolean
  /** All runs as plain data, for another thread. */
  plain(): PlainRuns
}

export interface PlainRuns {
  /** Zone, from and to of each run. */
  readonly runs: Int32Array<ArrayBuffer>
  /** The first run of each row, and the end. */
  readonly start: Float64Array<ArrayBuffer>
}

export function zoneRuns(rows: number, made?: PlainRuns): ZoneRuns {
  let runs = made?.runs ?? new Int32Array(3 * 1024)
  let count = made ? runs.length / 3 : 0
  const start = made?.start ?? new Float64Array(rows + 1)
  let row = 0

  /** The first run of a row that ends behind a column. */
  const firstBehind = (r: number, col: number): number => {
    let [low, high] = [start[r]!, start[r + 1]!]
    while (low < high) {
      const mid = Math.floor((low + high) / 2)
      if (runs[3 * mid + 2]! > col) high = mid
      else low = mid + 1
    }
    return low
  }
  const eachRun = ({ col, row: top, width, height }: Window, take: OnRun): boolean => {
    let some = false
    for (let r = 0; r < height; r++) {
      const end = start[top + r + 1]!
      const shift = r * width - col
      for (let i = firstBehind(top + r, col); i < end && runs[3 * i + 1]! < col + width; i++) {
        some = true
        const [from, to] = [runs[3 * i + 1]!, runs[3 * i + 2]!]
        take(runs[3 * i]!, shift + (from > col ? from : col), shift + (to < col + width ? to : col + width))
      }
    }
    return some
  }
  return {
    add(zone, from, to) {
      const last = 3 * (count - 1)
      if (count > start[row]! && runs[last] === zone && runs[last + 2] === from) {
        runs[last + 2] = to
        return
      }
      if (3 * count === runs.length) {
        const larger = new Int32Array(2 * runs.length)
        larger.set(runs)
        runs = larger
      }
      runs[3 * count] = zone
      runs[3 * count + 1] = from
      runs[3 * count + 2] = to
      count++
    },
    endRow() {
      start[++row] = count
    },
    plain: () => ({ runs: runs.slice(0, 3 * count), start: start.slice() }),
    eachRun,
    read(window, into) {
      into.fill(-1, 0, window.width * window.height)
      return eachRun(window, (zone, from, to) => void into.fill(zone, from, to))
    },
  }
}
