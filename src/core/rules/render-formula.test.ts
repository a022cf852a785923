// Formulas for people: names, symbols, a legend, and numbers that are cut where a reader stops reading.

import { describe, expect, test } from 'vitest'
import { civilDate, dec, quantity } from '../../kernel/index.ts'
import { formulaText, legend, parseRuleBook, readAmount, shortDec, shortQuantity, type Rule } from './index.ts'
import { BOOK } from './rule-files.fixture.ts'

const water = parseRuleBook(BOOK).book.findRule('gep.water', { date: civilDate('2024-12-31'), regions: [] }) as Rule

describe('formulas for people', () => {
  test('with names, and with symbols where they are declared', () => {
    expect(formulaText(water)).toBe('径流量 = 降水量 × 径流系数\n水源涵养量 = (降水量 − 径流量 − 蒸散量) × 面积')
    expect(formulaText(water, 'symbols')).toBe('径流量 = P × α\nQ = (P − 径流量 − ET) × A')
  })

  test('the legend says what each name is, in which unit', () => {
    expect(legend(water).map((l) => [l.role, l.name, l.symbol, l.unit?.text])).toEqual([
      ['input', '降水量', 'P', 'mm'],
      ['input', '蒸散量', 'ET', 'mm'],
      ['input', '面积', 'A', 'km2'],
      ['parameter', '径流系数', 'α', '%'],
      ['output', '水源涵养量', 'Q', 'm3'],
    ])
  })

  test.each([
    ['0', '0'],
    ['1400', '1400'],
    ['0.1', '0.1'],
    ['12345678', '12345678'],
    ['123456789012', '123456789012'],
    ['12345678901.234', '12345678901…'],
    ['1.23456789', '1.2345678…'],
    ['-0.000123456789', '-0.00012345678…'],
    ['66.' + '6'.repeat(32), '66.666666…'],
    ['1.5e30', '1.5×10^30'],
    ['-1.23456789e-20', '-1.2345678…×10^-20'],
  ])('%s is shown as %s', (value, shown) => {
    expect(shortDec(dec(value))).toBe(shown)
  })

  test('a unit stands behind the number, and none where there is none', () => {
    expect(shortQuantity(quantity('1400', 'mm'))).toBe('1400 mm')
    expect(shortQuantity(quantity('0.5', '1'))).toBe('0.5')
  })
})

describe('amounts', () => {
  const mm = quantity(0, 'mm').unit
  test.each([
    ['1400', 1400, 'mm', 0],
    ['1400 m', 1400, 'm', 0],
    ['5.00元', 5, '元', 2],
    ['4.65 %', 4.65, '%', 2],
    ['4.65%', 4.65, '%', 2],
    ['-3.5e2 km2', -350, 'km2', -1],
    ['3 10^4m3', 3, '10^4m3', 0],
    ['３．５ 万m3', 3.5, '万m3', 1],
    ['−2 mm', -2, 'mm', 0],
  ])('%s is read with its unit and its decimals', (text, value, unit, decimals) => {
    const a = readAmount(text, mm)
    if ('code' in a) throw new Error(a.code)
    expect([a.quantity.value.toNumber(), a.quantity.unit.text, a.decimals]).toEqual([value, unit, decimals])
  })

  test.each([
    ['', 'rules.wrong-number'],
    ['much', 'rules.wrong-number'],
    ['1,400 mm', 'rules.unknown-unit'],
    ['1.2.3', 'rules.wrong-number'],
    ['5 apples', 'rules.unknown-unit'],
    ['m 5', 'rules.wrong-number'],
  ])('"%s" is no amount', (text, code) => {
    expect(readAmount(text, mm)).toMatchObject({ code })
  })
})
