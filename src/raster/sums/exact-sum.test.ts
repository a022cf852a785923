// The exact sum against its plain twin: all doubles as whole multiples of 2^-1074 in one BigInt.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactSum } from './exact-sum.ts'

const FINITE = fc.double({ noNaN: true, noDefaultInfinity: true })

/** A double as a whole multiple of 2^-1074. */
function unitsOf(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, Math.abs(x))
  const all = bits.getBigUint64(0)
  const exponent = all >> 52n
  const fraction = all & 0xfffffffffffffn
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n)
  return x < 0 ? -size : size
}

/** The double nearest to units × 2^-1074, ties to even, found among its neighbours by comparing distances. */
function nearest(units: bigint): number {
  const size = units < 0n ? -units : units
  const length = size.toString(2).length
  let kept = size
  let drop = 0n
  if (length > 53) {
    drop = BigInt(length - 53)
    kept = size >> drop
    const rest = size - (kept << drop)
    const half = 1n << (drop - 1n)
    if (rest > half || (rest === half && kept % 2n === 1n)) kept++
  }
  let value = Number(kept) * Number.MIN_VALUE
  if (drop > 0n) value = scale(Number(kept), Number(drop) - 1074)
  return units < 0n ? -value : value
}

function scale(x: number, exponent: number): number {
  let value = x
  for (let e = exponent; e > 0; e--) value *= 2
  for (let e = exponent; e < 0; e++) value /= 2
  return value
}

const twin = (xs: readonly number[]): number => nearest(xs.reduce((sum, x) => sum + unitsOf(x), 0n))

function sumOf(xs: readonly number[]): number {
  const sum = exactSum()
  xs.forEach((x) => sum.add(x))
  return sum.value()
}

it('gives the double nearest to the exact sum, as whole-number arithmetic does', () => {
  fc.assert(
    fc.property(fc.array(FINITE, { maxLength: 60 }), (xs) => {
      expect(sumOf(xs)).toBe(twin(xs) + 0)
    }),
    { numRuns: 500 },
  )
})

it('gives the same digits for any order and any split into merged parts', () => {
  fc.assert(
    fc.property(fc.array(FINITE, { maxLength: 60 }), fc.nat(60), (xs, cut) => {
      const [a, b] = [exactSum(), exactSum()]
      xs.slice(0, cut).forEach((x) => b.add(x))
      xs.slice(cut).forEach((x) => a.add(x))
      a.merge(b)
      a.value()
      a.merge(exactSum())
      expect(a.value()).toBe(sumOf([...xs].reverse()))
    }),
  )
})

it('keeps what doubles lose: cancellation, ties, the smallest and the largest numbers', () => {
  expect(sumOf([1e100, 1, -1e100])).toBe(1)
  expect(sumOf([2 ** 53, 1])).toBe(2 ** 53)
  expect(sumOf([2 ** 53, 1, Number.MIN_VALUE])).toBe(2 ** 53 + 2)
  expect(sumOf([Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE])).toBe(Number.MAX_VALUE)
  expect(sumOf([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Infinity)
  expect(sumOf([Number.MIN_VALUE, Number.MIN_VALUE])).toBe(2 * Number.MIN_VALUE)
  expect(sumOf([-0])).toBe(0)
})

it('carries in time over millions of numbers', () => {
  const sum = exactSum()
  for (let i = 0; i < 2_500_000; i++) sum.add(-0.1)
  expect(sum.value()).toBe(nearest(unitsOf(-0.1) * 2_500_000n))
})

it('refuses what is no number as the bug it is', () => {
  expect(() => exactSum().add(NaN)).toThrow('finite')
})
