// Count, sum, minimum and maximum of the pixels of each key (a zone, a class, a zone × class), with the pixels that
// have no number counted by reason. Always holds: inside a tile values are added in row-major order, sums of tiles
// exactly, so that tiles may come in any order and from any number of threads.

import { NAN, NODATA, NO_VALUE, OUTSIDE, VALID, type PixelState, type Strip } from '../band.ts'
import { exactSum, LIMBS, type ExactSum } from './exact-sum.ts'

export interface KeySums {
  /** Pixels with a number. */
  readonly count: number
  readonly sum: number
  /** Undefined where no pixel has a number. */
  readonly min?: number
  readonly max?: number
  readonly nodata: number
  readonly nan: number
  readonly outside: number
  readonly noValue: number
}

/** Of pixels with a number: infinite ends where there is none; the sum is finite. */
export interface TileSums {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
}

/** What is known of one key, as plain data that JSON keeps bit by bit: `limbs` are those of the exact sum that are not 0. */
export interface SumPart {
  /** By pixel state. */
  readonly counts: readonly number[]
  readonly min?: number
  readonly max?: number
  readonly limbs: readonly (readonly [index: number, limb: number])[]
}

export interface KeySumTable {
  /** Takes one whole tile: `keyOf[i]` is the key of pixel i, −1 where it belongs to none. */
  add(keyOf: Int32Array, strip: Strip, pixels: number): void
  /** Takes what was added up over one whole tile elsewhere, in row-major order: pixels with a number of one key. */
  addTile(key: number, tile: TileSums): void
  /** Counts a pixel without a number. */
  miss(key: number, state: Exclude<PixelState, 0>): void
  part(key: number): SumPart
  /** Takes what another table knows of a key; the order of parts never changes a digit. */
  addPart(key: number, part: SumPart): void
  at(key: number): KeySums
}

const STATES = 5

/** So many counts a part has, and at most so many limbs. */
export const PART = { counts: STATES, limbs: LIMBS } as const

/** Sums for the keys 0 … keys − 1. */
export function keySums(keys: number): KeySumTable {
  const counts = new Float64Array(keys * STATES)
  const min = new Float64Array(keys).fill(Infinity)
  const max = new Float64Array(keys).fill(-Infinity)
  const exact = new Map<number, ExactSum>()
  const sumOf = (key: number): ExactSum => {
    let sum = exact.get(key)
    if (!sum) exact.set(key, (sum = exactSum()))
    return sum
  }
  // The running sums of the tile in hand and the keys it has met.
  const running = new Float64Array(keys)
  const isMet = new Uint8Array(keys)
  const met = new Int32Array(keys)

  return {
    add(keyOf, strip, pixels) {
      const { values, states } = strip
      let metCount = 0
      let overflow = false
      for (let i = 0; i < pixels;) {
        const key = keyOf[i]!
        if (key < 0) {
          i++
          continue
        }
        if (isMet[key] === 0) {
          isMet[key] = 1
          met[metCount++] = key
        }
        let sum = running[key]!
        let least = min[key]!
        let most = max[key]!
        let count = 0
        for (; i < pixels && keyOf[i] === key; i++) {
          const state = states[i]!
          if (state !== VALID) {
            counts[key * STATES + state]!++
            continue
          }
          // + 0 turns −0 into 0, so that the sign of a zero does not depend on which came first.
          const value = values[i]! + 0
          count++
          sum += value
          if (value < least) least = value
          if (value > most) most = value
        }
        counts[key * STATES]! += count
        running[key] = sum
        min[key] = least
        max[key] = most
        if (sum - sum !== 0) overflow = true
      }
      if (overflow) addEach(sumOf, keyOf, strip, pixels)
      for (let m = 0; m < metCount; m++) {
        const key = met[m]!
        if (!overflow && running[key] !== 0) sumOf(key).add(running[key]!)
        running[key] = 0
        isMet[key] = 0
      }
    },

    addTile(key, tile) {
      counts[key * STATES]! += tile.count
      min[key] = Math.min(min[key]!, tile.min)
      max[key] = Math.max(max[key]!, tile.max)
      if (tile.sum !== 0) sumOf(key).add(tile.sum)
    },

    miss(key, state) {
      counts[key * STATES + state]!++
    },

    part(key) {
      const sum = exact.get(key)
      // Reading carries the limbs, so that equal sums have equal limbs.
      sum?.value()
      return {
        counts: [...counts.subarray(key * STATES, (key + 1) * STATES)],
        ...(counts[key * STATES] === 0 ? {} : { min: min[key]!, max: max[key]! }),
        limbs: [...(sum?.limbs ?? [])].flatMap((limb, i) => (limb === 0 ? [] : [[i, limb] as const])),
      }
    },

    addPart(key, part) {
      part.counts.forEach((n, state) => (counts[key * STATES + state]! += n))
      min[key] = Math.min(min[key]!, part.min ?? Infinity)
      max[key] = Math.max(max[key]!, part.max ?? -Infinity)
      const sum = sumOf(key)
      const limbs = new Float64Array(sum.limbs.length)
      for (const [i, limb] of part.limbs) limbs[i] = limb
      sum.merge({ limbs })
    },

    at(key) {
      const of = (state: number): number => counts[key * STATES + state]!
      return {
        count: of(VALID),
        sum: exact.get(key)?.value() ?? 0,
        ...(of(VALID) === 0 ? {} : { min: min[key]!, max: max[key]! }),
        nodata: of(NODATA),
        nan: of(NAN),
        outside: of(OUTSIDE),
        noValue: of(NO_VALUE),
      }
    },
  }
}

/** Values so large that a sum of one tile leaves the doubles: each goes into the exact sum by itself. */
function addEach(sumOf: (key: number) => ExactSum, keyOf: Int32Array, strip: Strip, pixels: number): void {
  for (let i = 0; i < pixels; i++)
    if (keyOf[i]! >= 0 && strip.states[i] === VALID) sumOf(keyOf[i]!).add(strip.values[i]!)
}
