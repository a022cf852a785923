// Printed numbers: what a reader sees must be the number, once rounded, half up.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, quantity, roundTo } from '../../../kernel/index.ts'
import {
  displayUnit,
  displayUnitLabel,
  exactText,
  fixedText,
  moneyUnit,
  percentText,
  quantityCellText,
  shownText,
  signedText,
  unitLabel,
} from './number-text.ts'

const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })

describe('number text', () => {
  it('rounds half up, away from zero for negative amounts, and never prints minus zero', () => {
    expect(fixedText(dec('0.005'), 2)).toBe('0.01')
    expect(fixedText(dec('1.005'), 2)).toBe('1.01')
    expect(fixedText(dec('-0.004'), 2)).toBe('0.00')
    expect(fixedText(dec('2.5'), 0)).toBe('3')
  })

  it('reads back to the rounded number, with the wanted decimals', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 6 }), (n, decimals) => {
        const value = dec(n).div(10_000)
        const text = fixedText(value, decimals)
        const step = dec(`1e-${decimals}`)
        expect(dec(text.replaceAll(',', '')).eq(roundTo(value, step, 'half-up'))).toBe(true)
        expect(text.split('.')[1]?.length ?? 0).toBe(decimals)
        expect(text).toMatch(/^-?\d{1,3}(,\d{3})*(\.\d+)?$/)
      }),
    )
  })

  it('never prints an amount that is not zero as zero', () => {
    expect(shownText(dec('0.00136'), 2)).toBe('<0.01')
    expect(shownText(dec('-0.00136'), 2)).toBe('>-0.01')
    expect(shownText(dec('0'), 2)).toBe('0.00')
    fc.assert(
      fc.property(cents, (n) => {
        const text = shownText(dec(n).div(dec('1e18')), 2)
        expect(/[1-9]/.test(text)).toBe(n !== 0n)
      }),
    )
  })

  it('keeps every digit of an exact text up to the decimals asked for', () => {
    expect(exactText(dec('1234567.100'))).toBe('1,234,567.1')
    expect(exactText(dec('1000'))).toBe('1,000')
    expect(exactText(dec('0.1234567'))).toBe('0.123457')
  })

  it('marks the direction of a change', () => {
    expect(signedText(dec('1.2'), 2)).toBe('+1.20')
    expect(signedText(dec('-1.2'), 2)).toBe('-1.20')
    expect(signedText(dec('0'), 2)).toBe('0.00')
    expect(signedText(dec('0.001'), 2)).toBe('<0.01')
  })

  it('chooses one scale for a whole table by its largest number', () => {
    const unit = displayUnit('m3', [dec('12'), dec('32149000000')])
    expect(unit.scale).toBe('亿')
    expect(quantityCellText(quantity('32149000000', 'm3'), unit)).toBe('321.49')
    expect(displayUnit('t', [dec('5424')]).scale).toBe('')
    expect(displayUnit('t', [dec('7794200')]).scale).toBe('万')
    expect(moneyUnit([dec('99999999')]).scale).toBe('万')
    expect(moneyUnit([dec('100000000')]).scale).toBe('亿')
  })

  it('says 亿 as 100 million in English, so that nobody reads a billion', () => {
    expect(displayUnitLabel({ base: '元', scale: '亿', decimals: 2 }, 'en')).toBe('100 million yuan')
    expect(displayUnitLabel({ base: '元', scale: '亿', decimals: 2 }, 'zh')).toBe('亿元')
    expect(displayUnitLabel({ base: '亩', scale: '万', decimals: 2 }, 'en')).toBe('10,000 mu')
    expect(unitLabel('tCO2', 'en')).toBe('tCO₂')
    expect(unitLabel('gC/(m2·a)', 'zh')).toBe('gC/(m²·a)')
  })

  it('gives no share of nothing', () => {
    expect(percentText(dec(1), dec(0))).toBe('—')
    expect(percentText(dec(1), dec(3))).toBe('33.33')
  })
})
