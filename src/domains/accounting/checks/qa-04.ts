// QA-04: a value lies inside the interval that the rounding of its quantity and its price allows; no flat percentage.
// Published case: Ganzi's reservoirs are 3 % off their printed factors, and rounding (0.01 亿m3) explains all of it.

import { defineProblems, multiplyUnits, sameDimensions, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, product, rangeIn, rangeOf, short, show, totalSpan } from './amount.ts'
import type { ProductCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.product': {
    severity: 'red',
    zh: '{what}：{quantity} × {price} 只能是 {low}～{high} {unit}，写的却是 {value}。',
    en: '{whatEn}: {quantity} × {price} can only be {low} to {high} {unit}, but {value} is stated.',
    hint: text('请核对数量、单价的数值与单位。', 'Check the quantity, the price and their units.'),
  },
  'qa.product-units': {
    severity: 'red',
    zh: '{what}：{quantity} 不能乘以 {price} 得到 {value}，单位不相容。',
    en: '{whatEn}: {quantity} times {price} cannot give {value}, the units do not agree.',
    hint: text(
      '请检查单价按什么单位计，例如 tC 与 tCO2、t 与 m3。',
      'Check what the price is per: tC or tCO2, t or m3.',
    ),
  },
})

export const qa04 = (cases: readonly ProductCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const [q, p, v] = [rangeOf(c.quantity), rangeOf(c.price), rangeOf(c.value)]
    const said = () => ({ ...names(c.what), quantity: show(c.quantity), price: show(c.price), value: show(c.value) })
    const made = multiplyUnits(q.unit, p.unit)
    if (!sameDimensions(made, v.unit)) return [finding('QA-04', problem('qa.product-units', said()), c)]
    const exact = product(q, p)
    const low = rangeIn({ value: exact.low, unit: made }, v.unit).mid
    const high = exact.low === exact.high ? low : rangeIn({ value: exact.high, unit: made }, v.unit).mid
    const span = { low, high }
    if (meet(span, totalSpan(v))) return []
    return [
      finding(
        'QA-04',
        problem('qa.product', { ...said(), low: short(span.low), high: short(span.high), unit: v.unit.text }),
        c,
      ),
    ]
  })
