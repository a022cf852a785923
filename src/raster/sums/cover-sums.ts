// Sums over pixels that count by the share a zone covers of them: counts are covered pixels, a sum is Σ share × value.
// Always holds: inside a tile in row-major order, over tiles exactly, as in key-sums.

import { NAN, NODATA, NO_VALUE, OUTSIDE, VALID, type Strip } from '../band.ts'
import { exactSum, type ExactSum } from './exact-sum.ts'
import type { KeySums } from './key-sums.ts'

export interface CoverSumTable {
  /** Takes one whole tile of one key; `shares` are 0 … 1. */
  add(key: number, shares: Float64Array, strip: Strip, pixels: number): void
  merge(other: CoverSumTable): void
  /** Counts are in covered pixels; `min` and `max` are of pixels covered at all. */
  at(key: number): KeySums
  readonly entries: ReadonlyMap<number, CoverEntry>
}

interface CoverEntry {
  /** Covered pixels by state. */
  readonly counts: readonly ExactSum[]
  readonly sum: ExactSum
  min: number
  max: number
}

const STATES = [VALID, NODATA, NAN, OUTSIDE, NO_VALUE] as const

export function coverSums(): CoverSumTable {
  const entries = new Map<number, CoverEntry>()
  const entryOf = (key: number): CoverEntry => {
    let entry = entries.get(key)
    if (!entry) {
      entry = { counts: STATES.map(() => exactSum()), sum: exactSum(), min: Infinity, max: -Infinity }
      entries.set(key, entry)
    }
    return entry
  }
  const inTile = new Float64Array(STATES.length)

  return {
    entries,
    add(key, shares, strip, pixels) {
      const entry = entryOf(key)
      inTile.fill(0)
      let sum = 0
      for (let i = 0; i < pixels; i++) {
        const share = shares[i]!
        if (share === 0) continue
        const state = strip.states[i]!
        inTile[state]! += share
        if (state !== VALID) continue
        const value = strip.values[i]! + 0
        sum += share * value
        if (value < entry.min) entry.min = value
        if (value > entry.max) entry.max = value
      }
      STATES.forEach((state) => entry.counts[state]!.add(inTile[state]!))
      if (sum - sum === 0) entry.sum.add(sum)
      // Values so large that the sum of a tile leaves the doubles go into the exact sum one by one.
      else
        for (let i = 0; i < pixels; i++)
          if (shares[i]! > 0 && strip.states[i] === VALID) entry.sum.add(shares[i]! * strip.values[i]!)
    },

    merge(other) {
      for (const [key, theirs] of other.entries) {
        const entry = entryOf(key)
        STATES.forEach((state) => entry.counts[state]!.merge(theirs.counts[state]!))
        entry.sum.merge(theirs.sum)
        entry.min = Math.min(entry.min, theirs.min)
        entry.max = Math.max(entry.max, theirs.max)
      }
    },

    at(key) {
      const entry = entries.get(key)
      const of = (state: number): number => entry?.counts[state]!.value() ?? 0
      const count = of(VALID)
      return {
        count,
        sum: entry?.sum.value() ?? 0,
        ...(entry === undefined || count === 0 ? {} : { min: entry.min, max: entry.max }),
        nodata: of(NODATA),
        nan: of(NAN),
        outside: of(OUTSIDE),
        noValue: of(NO_VALUE),
      }
    },
  }
}
