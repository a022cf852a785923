// Money: whole fen, rounded once, and splits that lose nothing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dec, decText, fenText, fenToQuantity, ProblemError, quantity, splitFen, toFen } from './index.ts'

const fen = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
  .filter((w) => w.some((x) => x > 0))
  .map((w) => w.map((x) => dec(x).div(7)))

describe('money', () => {
  test.each([
    ['0.005', '元', 1n],
    ['0.004999', '元', 0n],
    ['-0.005', '元', -1n],
    ['1.2345', '亿元', 12345000000n],
    ['2.675', '元', 268n],
  ])('%s %s are %s fen, half up', (value, unit, want) => {
    expect(toFen(quantity(value, unit))).toBe(want)
  })

  test('what is not money is no fen', () => {
    expect(() => toFen(quantity(1, 't'))).toThrow(ProblemError)
  })

  test('fen to yuan and back is the same fen', () => {
    fc.assert(fc.property(fen, (f) => toFen(fenToQuantity(f)) === f))
    expect(fenText(1234567n)).toBe('12345.67')
    expect(fenText(-5n)).toBe('-0.05')
  })

  test('a split adds up to the sum', () => {
    fc.assert(
      fc.property(fen, weights, (total, w) => {
        const parts = splitFen(total, w)
        expect(parts.reduce((s, p) => s + p, 0n)).toBe(total)
      }),
    )
  })

  test('no part of a split is a whole fen off its exact share', () => {
    fc.assert(
      fc.property(fen, weights, (total, w) => {
        const sum = w.reduce((s, x) => s.plus(x), dec(0))
        splitFen(total, w).forEach((p, i) => {
          const exact = dec(total).times(w[i]!).div(sum)
          expect(dec(p).minus(exact).abs().lt(1), `${p} of ${decText(exact)}`).toBe(true)
        })
      }),
    )
  })

  test('the residue goes to the largest remainders, ties to the earlier part', () => {
    expect(splitFen(100n, [dec(1), dec(1), dec(1)])).toEqual([34n, 33n, 33n])
    expect(splitFen(-100n, [dec(1), dec(1), dec(1)])).toEqual([-34n, -33n, -33n])
    expect(splitFen(10n, [dec('0.24'), dec('0.37'), dec('0.39')])).toEqual([2n, 4n, 4n])
  })

  test('weights that mean nothing are a bug of the caller', () => {
    expect(() => splitFen(1n, [dec(0)])).toThrow()
    expect(() => splitFen(1n, [dec(2), dec(-1)])).toThrow()
  })
})
