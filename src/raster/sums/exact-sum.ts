// A sum of doubles without any rounding until it is read: a fixed-point number of 2176 bits in 32-bit limbs, wide
// enough for every double (the superaccumulator of R. Neal, "Fast exact summation using small and large
// superaccumulators", 2015). Always holds: the order of adding and merging never changes a digit of the value.

import { assert } from '../../kernel/index.ts'

export interface ExactSum {
  /** Adds a finite double, exactly. */
  add(x: number): void
  /** Adds all that another sum holds. */
  merge(other: Pick<ExactSum, 'limbs'>): void
  /** The double nearest to the exact sum, ties to even; an infinity only where the sum itself is beyond doubles. */
  value(): number
  /** The state itself: weight of limb i is 2^(32i − 1074). Can be sent to another thread and merged there. */
  readonly limbs: Float64Array
}

const BASE = 4294967296
/** 2^-1074 to 2^1024 are 66 limbs; two more hold the carry of 2^60 numbers and the sign. */
export const LIMBS = 68
/** A limb takes less than 2^32 from each number: after so many it is carried, long before 2^53. */
const ADDS_BETWEEN_CARRIES = 1_000_000

/** WEIGHT[i] = 2^(32i − 1074), made by exact products. */
const WEIGHT: readonly number[] = Array.from({ length: 65 }).reduce<number[]>(
  (all) => [...all, (all.at(-1) ?? 0) * BASE],
  [Number.MIN_VALUE],
)

const view = new DataView(new ArrayBuffer(8))

export function exactSum(): ExactSum {
  const limbs = new Float64Array(LIMBS)
  let adds = 0
  const carry = (): void => {
    carryLimbs(limbs)
    adds = 0
  }
  return {
    limbs,
    add(x) {
      assert(Number.isFinite(x), 'only finite numbers are summed')
      if (x === 0) return
      addDouble(limbs, x)
      if (++adds >= ADDS_BETWEEN_CARRIES) carry()
    },
    merge(other) {
      carry()
      for (let i = 0; i < LIMBS; i++) limbs[i]! += other.limbs[i]!
      carry()
    },
    value() {
      carry()
      return roundLimbs(limbs)
    },
  }
}

/** x = ± significand × 2^(position − 1074): the significand of 53 bits, shifted into place, meets three limbs. */
function addDouble(limbs: Float64Array, x: number): void {
  view.setFloat64(0, x)
  const high = view.getUint32(0)
  const low = view.getUint32(4)
  const exponent = (high >>> 20) & 0x7ff
  const sign = high >>> 31 === 1 ? -1 : 1
  const top = exponent === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000
  const position = exponent === 0 ? 0 : exponent - 1
  const i = position >>> 5
  const shift = position & 31
  if (shift === 0) {
    limbs[i]! += sign * low
    limbs[i + 1]! += sign * top
    return
  }
  limbs[i]! += sign * ((low << shift) >>> 0)
  limbs[i + 1]! += sign * (((top << shift) | (low >>> (32 - shift))) >>> 0)
  limbs[i + 2]! += sign * (top >>> (32 - shift))
}

/** After it every limb but the last lies in 0 … 2^32 − 1; the last carries the sign. */
function carryLimbs(limbs: Float64Array): void {
  let over = 0
  for (let i = 0; i < LIMBS - 1; i++) {
    const sum = limbs[i]! + over
    over = Math.floor(sum / BASE)
    limbs[i] = sum - over * BASE
  }
  limbs[LIMBS - 1]! += over
}

function roundLimbs(carried: Float64Array): number {
  const negative = carried[LIMBS - 1]! < 0
  const limbs = negative ? carried.map((limb) => 0 - limb) : carried
  if (negative) carryLimbs(limbs)
  let top = LIMBS - 1
  while (top > 0 && limbs[top] === 0) top--
  // Four limbs hold at least 97 bits; what lies below them only says whether a tie is one.
  const bottom = Math.max(0, top - 3)
  let whole = 0n
  for (let i = top; i >= bottom; i--) whole = (whole << 32n) | BigInt(limbs[i]!)
  if (limbs.subarray(0, bottom).some((limb) => limb !== 0)) whole |= 1n
  const size = Number(whole) * WEIGHT[bottom]!
  return negative ? -size : size
}
