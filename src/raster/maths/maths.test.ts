// Own elementary functions against 50-digit decimals, against the engine's Math, and at the places that are special.

import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as maths from './index.ts'

const Precise = Decimal.clone({ precision: 50 })
const PI = Precise.acos(-1)

/** The decimal a double is, not the one it prints as. */
function exactly(x: number): Decimal {
  let twos = 0
  let whole = x
  for (; !Number.isInteger(whole); twos++) whole *= 2
  return new Precise(BigInt(whole).toString()).div(new Precise(2).pow(twos))
}

const view = new Float64Array(1)
const bits = new BigUint64Array(view.buffer)
function lastPlace(x: number): number {
  view[0] = Math.abs(x)
  bits[0]! += 1n
  return view[0] - Math.abs(x)
}

const ulps = (got: number, want: Decimal): number =>
  want.minus(exactly(got)).abs().div(lastPlace(want.toNumber())).toNumber()

/** Evenly spread over [low, high] by the golden ratio, so that every run tries the same values. */
const spread = (low: number, high: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => low + (high - low) * ((i * 0.6180339887498949 + 0.0137) % 1))
const magnitudes = (low: number, high: number, n: number): number[] => spread(low, high, n).map((e) => Math.pow(10, e))

/** Exact: one factor after the other. */
const twoTo = (n: number): number => {
  let x = 1
  for (let i = 0; i < Math.abs(n); i++) x = n > 0 ? x * 2 : x / 2
  return x
}

type Case = readonly [
  name: Exclude<keyof typeof maths & keyof typeof Math, 'pow' | 'atan2'>,
  truth: (x: Decimal) => Decimal,
  values: readonly number[],
  limit: number,
]
const CASES: readonly Case[] = [
  ['exp', (x) => x.exp(), [...spread(-700, 700, 200), ...spread(-1, 1, 200)], 0.53],
  ['log10', (x) => Precise.log10(x), [...magnitudes(-300, 300, 100), ...spread(0.5, 2, 100)], 0.51],
  ['log1p', (x) => x.plus(1).ln(), [...magnitudes(-15, 3, 150), ...spread(-0.99, 1, 150)], 1],
  ['sin', (x) => x.sin(), [...spread(-10, 10, 120), ...spread(-1000, 1000, 20)], 0.8],
  ['cos', (x) => x.cos(), [...spread(-10, 10, 120), ...spread(-1000, 1000, 20)], 0.8],
  ['tan', (x) => x.sin().div(x.cos()), spread(-10, 10, 100), 1.6],
  ['atan', (x) => x.atan(), [...spread(-2, 2, 100), ...magnitudes(-9, 9, 60)], 0.9],
  ['asin', (x) => x.asin(), [...spread(-1, 1, 100), ...magnitudes(-9, -1, 30)], 0.9],
  ['acos', (x) => x.acos(), [...spread(-1, 1, 100), ...magnitudes(-9, -1, 30).map((d) => 1 - d)], 0.9],
  ['sinh', (x) => x.sinh(), [...spread(-3, 3, 100), ...spread(-700, 700, 60), ...magnitudes(-9, 0, 30)], 2.1],
  ['cosh', (x) => x.cosh(), [...spread(-3, 3, 100), ...spread(-700, 700, 60)], 2.1],
  ['tanh', (x) => x.tanh(), [...spread(-3, 3, 100), ...spread(-20, 20, 60), ...magnitudes(-9, 0, 30)], 2.1],
  ['asinh', (x) => x.asinh(), [...spread(-3, 3, 100), ...magnitudes(-9, 20, 60)], 2],
  ['atanh', (x) => x.atanh(), [...spread(-0.999, 0.999, 100), ...magnitudes(-9, -1, 30)], 2],
]

describe.each(CASES)('%s', (name, truth, values, limit) => {
  test('stays within its last places of 50-digit decimals', () => {
    for (const x of values) expect(ulps(maths[name](x), truth(exactly(x))), `${name}(${x})`).toBeLessThan(limit)
  })

  test('agrees with the engine to 15 digits and has its special values', () => {
    const own: (x: number) => number = maths[name]
    const engine = Math[name] as (x: number) => number
    for (const x of values) expect(Math.abs(own(x) / engine(x) - 1), `${name}(${x})`).toBeLessThan(1e-15)
    for (const x of [0, -0, 1, -1, 2, -2, Infinity, -Infinity, NaN, 800, -800, 5e-324, -5e-324, 1e-310]) {
      const [a, b] = [own(x), engine(x)]
      if (Number.isFinite(b) && b !== 0) expect(a / b, `${name}(${x})`).toBeCloseTo(1, 14)
      else expect(a, `${name}(${x})`).toBe(b)
    }
  })
})

describe('ln', () => {
  test('stays within 0.51 units of the last place, above all near 1', () => {
    for (const x of [...magnitudes(-300, 300, 200), ...spread(0.5, 2, 200), ...spread(0.999, 1.001, 100)])
      expect(ulps(maths.ln(x), exactly(x).ln()), `ln(${x})`).toBeLessThan(0.51)
    for (const x of [0, -0, 1, -1, Infinity, -Infinity, NaN]) expect(maths.ln(x)).toBe(Math.log(x))
    expect(ulps(maths.ln(5e-324), new Precise(2).pow(-1074).ln())).toBeLessThan(1)
  })

  test('the decimal logarithm is exact at powers of ten', () => {
    for (let n = 0; n <= 22; n++) expect(maths.log10(Number(`1e${n}`))).toBe(n)
  })
})

describe('pow', () => {
  test('stays within 0.53 units of the last place of 50-digit decimals', () => {
    const bases = magnitudes(-4, 4, 400)
    const exponents = spread(-60, 60, 400)
    for (const [i, x] of bases.entries()) {
      const y = exponents[(i * 7) % 400]!
      expect(ulps(maths.pow(x, y), exactly(x).pow(exactly(y))), `${x}^${y}`).toBeLessThan(0.53)
    }
  })

  test('is exact where the power is a double', () => {
    const limits = { noNaN: true, min: 1e-100, max: 1e100 }
    fc.assert(
      fc.property(fc.double(limits), (x) => {
        expect(maths.pow(x, 1)).toBe(x)
        expect(maths.pow(x, 2)).toBe(x * x)
        expect(maths.pow(x, 0)).toBe(1)
      }),
    )
    for (let x = 1; x <= 50; x++)
      for (let n = 1; n <= 9; n++) expect(maths.pow(x, n)).toBe(Number(BigInt(x) ** BigInt(n)))
    for (let n = -1074; n < 1024; n++) expect(maths.pow(2, n)).toBe(twoTo(n))
    for (let n = 0; n < 100; n++) expect(maths.pow(n * n, 0.5)).toBe(n)
  })

  test('has the special values of ECMAScript', () => {
    const special = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, Infinity, -Infinity, NaN, 1e300, -1e300, 5e-324, 1e19]
    for (const x of special)
      for (const y of special) {
        const [a, b] = [maths.pow(x, y), Math.pow(x, y)]
        if (Number.isFinite(b) && b !== 0) expect(a / b, `${x}^${y}`).toBeCloseTo(1, 14)
        else expect(a, `${x}^${y}`).toBe(b)
      }
  })
})

describe('atan2', () => {
  test('stays within its last places in all four quadrants', () => {
    const [ys, xs] = [spread(-3, 3, 200), spread(-3, 3, 200)]
    for (const [i, y] of ys.entries()) {
      const x = xs[(i * 7 + 3) % 200]!
      const angle = exactly(y).div(exactly(x)).atan()
      const truth = x > 0 ? angle : y < 0 ? angle.minus(PI) : angle.plus(PI)
      expect(ulps(maths.atan2(y, x), truth), `atan2(${y}, ${x})`).toBeLessThan(0.9)
    }
  })

  test('has the signs of zeros and infinities of ECMAScript and survives far sides', () => {
    const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e300, -1e300, 1e-300, 5e-324, 1e18]
    for (const y of special)
      for (const x of special) {
        const [a, b] = [maths.atan2(y, x), Math.atan2(y, x)]
        if (Number.isFinite(b) && b !== 0) expect(a / b, `atan2(${y}, ${x})`).toBeCloseTo(1, 14)
        else expect(a, `atan2(${y}, ${x})`).toBe(b)
      }
  })
})

describe('angles', () => {
  test('are reduced without loss however large and however near a quarter turn', () => {
    // The last is the double nearest to a multiple of π/2 (Muller, Elementary Functions, table 11.1).
    for (const x of [1e6, 1048577.25, 1e7, 123456789.123, 1e15, 1e22, 1e300, 6381956970095103 * 2 ** 797]) {
      expect(Math.abs(maths.sin(x) / Math.sin(x) - 1), `sin(${x})`).toBeLessThan(1e-15)
      expect(Math.abs(maths.cos(x) / Math.cos(x) - 1), `cos(${x})`).toBeLessThan(1e-15)
      expect(maths.sin(-x)).toBe(-maths.sin(x))
      expect(maths.cos(-x)).toBe(maths.cos(x))
    }
    for (let n = 1; n < 200; n++) {
      const x = (n * Math.PI) / 2
      const near = n % 2 === 0 ? maths.sin(x) : maths.cos(x)
      const truth = n % 2 === 0 ? exactly(x).sin() : exactly(x).cos()
      expect(Math.abs(near / truth.toNumber() - 1)).toBeLessThan(1e-15)
    }
  })
})

describe('growing functions', () => {
  const next = (x: number): number => {
    view[0] = x
    bits[0]! += 1n
    return view[0]
  }
  test('do not fall from one double to the next where two tables meet', () => {
    for (let j = 1; j < 64; j++) {
      let x = (Math.LN2 * (j - 0.5)) / 64
      for (let i = 0; i < 20; i++, x = next(x)) expect(maths.exp(next(x))).toBeGreaterThanOrEqual(maths.exp(x))
    }
    for (let j = 181; j < 362; j++) {
      let x = 256 / (j + 0.5)
      for (let i = 0; i < 20; i++, x = next(x)) expect(maths.ln(next(x))).toBeGreaterThanOrEqual(maths.ln(x))
    }
  })
})
