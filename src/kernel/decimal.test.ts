// Laws of the decimals everything is calculated in.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dec, decText, parseDecimal, roundTo, sumDec, type RoundingMode } from './index.ts'

/** A decimal with up to 20 digits and 12 decimals, as text. */
const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([n, scale]) => dec(n).div(dec(10).pow(scale)).toFixed())

describe('decimal', () => {
  test('the canonical text reads back as the same number', () => {
    fc.assert(fc.property(decimalText, (s) => decText(dec(decText(dec(s)))) === decText(dec(s))))
  })

  test('the canonical text has no exponent, no trailing zero and no minus zero', () => {
    expect(decText(dec('1e30'))).toBe('1' + '0'.repeat(30))
    expect(decText(dec('1.500'))).toBe('1.5')
    expect(decText(dec('-0'))).toBe('0')
    expect(decText(dec('1e-9'))).toBe('0.000000001')
  })

  test('a quotient has 34 significant digits, ties to even', () => {
    expect(decText(dec(1).div(3))).toBe('0.' + '3'.repeat(34))
    expect(decText(dec('1' + '0'.repeat(33)).plus('0.5'))).toBe('1' + '0'.repeat(33))
    expect(decText(dec('1' + '0'.repeat(32) + '1').plus('0.5'))).toBe('1' + '0'.repeat(32) + '2')
  })

  test('sums of money and areas are exact and do not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(decimalText, { maxLength: 30 }), (all) => {
        const there = sumDec(all.map(dec))
        const back = sumDec([...all].reverse().map(dec))
        const exact = all.reduce((s, x) => s + BigInt(dec(x).times('1e12').toFixed(0)), 0n)
        return there.eq(back) && there.times('1e12').toFixed(0) === exact.toString()
      }),
    )
  })

  test.each([
    ['1,234.5', '1234.5'],
    ['１２３．５', '123.5'],
    ['−7', '-7'],
    [' 0.10 ', '0.1'],
    ['1e3', '1000'],
    ['+.5', '0.5'],
  ])('reads %s as a person writes it', (typed, want) => {
    expect(decText(parseDecimal(typed)!)).toBe(want)
  })

  test.each(['', 'abc', '1,23', '1.2.3', '0x10', 'Infinity', 'NaN', '1e', '--1', '12 34', '一'])(
    'refuses "%s" as a number',
    (typed) => {
      expect(parseDecimal(typed)).toBeUndefined()
    },
  )

  test('rounding gives a multiple of the step, by the rule of the mode', () => {
    const twin: Readonly<Record<RoundingMode, (n: bigint, d: bigint) => bigint>> = {
      floor: (n, d) => (n >= 0n ? n / d : -((-n + d - 1n) / d)),
      ceil: (n, d) => (n >= 0n ? (n + d - 1n) / d : -(-n / d)),
      down: (n, d) => n / d,
      up: (n, d) => (n >= 0n ? (n + d - 1n) / d : -((-n + d - 1n) / d)),
      'half-up': (n, d) => (n >= 0n ? (2n * n + d) / (2n * d) : -((2n * -n + d) / (2n * d))),
      'half-even': (n, d) => {
        const size = n < 0n ? -n : n
        const whole = size / d
        const twice = 2n * (size % d)
        const up = twice > d || (twice === d && whole % 2n === 1n) ? whole + 1n : whole
        return n < 0n ? -up : up
      },
    }
    const modes = Object.keys(twin) as RoundingMode[]
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.constantFrom(1n, 2n, 5n, 10n, 25n, 100n, 1000n),
        fc.constantFrom(...modes),
        (n, step, mode) => {
          const have = roundTo(dec(n).div(1000), dec(step).div(1000), mode).times(1000).toFixed(0)
          return BigInt(have) === twin[mode](n, step) * step
        },
      ),
    )
  })
})
