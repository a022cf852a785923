// Chinese forms: the examples of the bank's own rules, and every sum read back from its words.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayInFigures, dayInWords, inThousands, sumInWords } from './chinese-forms.ts'
import type { Fen } from './money.ts'
import { civilDate } from './period.ts'

const words = (fen: bigint): string => sumInWords(fen as Fen)

/** The plain twin: reads a sum in words. */
function fenOf(said: string): bigint {
  const digit = (c: string): bigint => BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(c))
  const small = (s: string): bigint => {
    let [sum, last] = [0n, 0n]
    for (const c of s) {
      const place = { 拾: 10n, 佰: 100n, 仟: 1000n }[c]
      if (place === undefined) last = digit(c)
      else {
        sum += last * place
        last = 0n
      }
    }
    return sum + last
  }
  const whole = (s: string): bigint => {
    for (const [sign, size] of [
      ['亿', 100_000_000n],
      ['万', 10_000n],
    ] as const) {
      const at = s.lastIndexOf(sign)
      if (at >= 0) return whole(s.slice(0, at)) * size + whole(s.slice(at + 1))
    }
    return small(s)
  }
  const m = /^(负?)(?:(.+)元)?(?:零)?(?:(.)角)?(?:(.)分)?整?$/.exec(said)!
  const sum = whole(m[2] ?? '') * 100n + (m[3] ? digit(m[3]) * 10n : 0n) + (m[4] ? digit(m[4]) : 0n)
  return m[1] ? -sum : sum
}

describe('a sum in words', () => {
  test.each([
    [140950n, '壹仟肆佰零玖元伍角'],
    [600714n, '陆仟零柒元壹角肆分'],
    [168032n, '壹仟陆佰捌拾元叁角贰分'],
    [10700053n, '壹拾万柒仟元伍角叁分'],
    [1640902n, '壹万陆仟肆佰零玖元零贰分'],
    [32504n, '叁佰贰拾伍元零肆分'],
    [0n, '零元整'],
    [5n, '伍分'],
    [50n, '伍角'],
    [100n, '壹元整'],
    [1000000n, '壹万元整'],
    [10000000000n, '壹亿元整'],
    [10000000100n, '壹亿零壹元整'],
    [1000100000n, '壹仟万壹仟元整'],
    [-12345n, '负壹佰贰拾叁元肆角伍分'],
  ])('%s fen: %s', (fen, said) => {
    expect(words(fen)).toBe(said)
  })

  test('is read back as the same sum, has no 零 twice and none at an end', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999_999_999_999_99n, max: 999_999_999_999_99n }), (fen) => {
        const said = words(fen)
        expect(fenOf(said)).toBe(fen)
        expect(said).not.toMatch(/零零|零万|零亿|.零元|零$/)
      }),
    )
  })

  test('round sums are read back too', () => {
    for (let power = 1n; power < 10n ** 15n; power *= 10n)
      for (const n of [1n, 7n, 11n, 101n, 1001n, 10001n, 100000001n]) expect(fenOf(words(n * power))).toBe(n * power)
  })
})

test('a day in figures and in words', () => {
  expect(dayInFigures(civilDate('2026-03-02'))).toBe('2026年3月2日')
  expect(['2026-03-02', '2010-10-10', '1999-12-31', '2000-11-20'].map((d) => dayInWords(civilDate(d)))).toEqual([
    '二〇二六年三月二日',
    '二〇一〇年十月十日',
    '一九九九年十二月三十一日',
    '二〇〇〇年十一月二十日',
  ])
})

test('thousands are parted, and nothing but a decimal is', () => {
  expect(['0', '999', '1000', '-1234567.50', '12345678'].map(inThousands)).toEqual([
    '0',
    '999',
    '1,000',
    '-1,234,567.50',
    '12,345,678',
  ])
  expect(['', '1,000', '1e3', '一千'].map(inThousands)).toEqual([undefined, undefined, undefined, undefined])
})
