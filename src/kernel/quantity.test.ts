// Quantities: exact conversions and sums that do not care which unit they are told in.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantity,
  convert,
  decText,
  divideQuantity,
  multiplyQuantity,
  ProblemError,
  quantity,
  quantityText,
  readQuantity,
  roundQuantity,
  dec,
} from './index.ts'

const areas = fc.constantFrom('m2', 'hm2', 'km2', '亩', '万亩')
const values = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

describe('quantity', () => {
  test.each([
    ['15', '亩', '10000', 'm2'],
    ['1', 'km2', '1500', '亩'],
    ['7.06', '元/m3', '0.00000000706', '亿元/(0.1m3)'],
    ['50', '%', '0.5', '1'],
    ['1', 'kWh', '3.6', 'MJ'],
    ['12345', '万元', '1.2345', '亿元'],
  ])('%s %s are %s %s', (a, from, b, to) => {
    expect(decText(convert(quantity(a, from), to).value)).toBe(b)
  })

  test('a conversion and its way back give the same number', () => {
    fc.assert(
      fc.property(values, areas, areas, (v, from, to) => {
        const q = quantity(v, from)
        const back = convert(convert(q, to), from)
        return back.value.minus(v).abs().lte(dec(v).abs().times('1e-32'))
      }),
    )
  })

  test('a sum is in the unit of the first and the same amount in any order', () => {
    fc.assert(
      fc.property(values, areas, values, areas, (a, ua, b, ub) => {
        const there = addQuantity(quantity(a, ua), quantity(b, ub))
        const back = convert(addQuantity(quantity(b, ub), quantity(a, ua)), ua)
        expect(there.unit.text).toBe(ua)
        return there.value.minus(back.value).abs().lte('1e-18')
      }),
    )
  })

  test('product and quotient carry their units', () => {
    const volume = multiplyQuantity(quantity('1400', 'mm'), quantity('100', 'km2'))
    expect(decText(convert(volume, '万m3').value)).toBe('14000')
    const price = divideQuantity(quantity('1', '亿元'), quantity('2', '万t'))
    expect(decText(convert(price, '元/t').value)).toBe('5000')
  })

  test('what does not agree is refused', () => {
    expect(() => convert(quantity(1, 'tC'), 'tCO2')).toThrow(ProblemError)
    expect(() => addQuantity(quantity(1, 'm'), quantity(1, 'm2'))).toThrow(ProblemError)
  })

  test('the stored text reads back', () => {
    const q = quantity('0.10', '元/(hm2·a)')
    expect(quantityText(q)).toEqual({ value: '0.1', unit: '元/(hm2·a)' })
    expect(quantityText(readQuantity(quantityText(q)))).toEqual(quantityText(q))
  })

  test('rounding keeps the unit', () => {
    expect(quantityText(roundQuantity(quantity('2.345', '元'), dec('0.01'), 'half-up'))).toEqual({
      value: '2.35',
      unit: '元',
    })
  })
})
