// The published and computed numbers of the VEP rules: T21, T22, the forest asset of China, level against yearly.

import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, quantity, type Quantity } from '../../../kernel/index.ts'
import { evaluateRule, type Given, type RuleBook } from '../../../core/rules/index.ts'
import { shippedRules } from './folder.fixture.ts'

let book: RuleBook
beforeAll(async () => {
  book = await shippedRules()
})

function run(id: string, given: Given, output: string): Quantity {
  const rule = book.findRule(id, { date: civilDate('2026-06-30'), regions: ['430899', '430800', '430000'] })
  if ('severity' in rule) throw new Error(rule.en)
  const q = evaluateRule(rule, given, {
    keys: {},
    parameter: () => {
      throw new Error('no parameters')
    },
  }).values[output]
  if (!q) throw new Error(`no output ${output}`)
  return q
}
const income = (net: Quantity, beta: string, rate: string, years: number): Given => ({
  年净收益: net,
  生态贡献率: quantity(beta, '1'),
  贴现率: quantity(rate, '%'),
  年限: quantity(years, 'a'),
})

describe('the rules of a place', () => {
  it('give T21: net 180, β 0.35, 5 %, 20 years, end of year → 785.119', () => {
    expect(run('vep.income.end', income(quantity('180', '万元'), '0.35', '5', 20), '地块价值').value.toFixed(3)).toBe(
      '785.119',
    )
  })

  it('give T22: a change of 30 a year, 5 %, 20 years, end of year → 373.866', () => {
    const given = { 年价值变化: quantity('30', '万元'), 贴现率: quantity('5', '%'), 年限: quantity(20, 'a') }
    expect(run('vep.value-change-npv', given, '变化现值').value.toFixed(3)).toBe('373.866')
  })

  it('give the forest asset of China (P07): 662.52 at the begin of the year, 644.66 at its end', () => {
    const asset = income(quantity('19.10', '万亿元'), '1', '2.77', 100)
    const trillions = (id: string): string => run(id, asset, '地块价值').value.div('1e8').toFixed(2)
    expect(trillions('vep.income.begin')).toBe('662.52')
    expect(trillions('vep.income.end')).toBe('644.66')
  })

  it('give the same for twenty equal years as for a level income', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      年序: quantity(i + 1, 'a'),
      收入: quantity('250', '万元'),
      成本: quantity('70', '万元'),
      生态贡献率: quantity('0.35', '1'),
    }))
    const level = income(quantity('180', '万元'), '0.35', '5', 20)
    for (const timing of ['end', 'begin']) {
      const yearly = run(`vep.income.yearly-${timing}`, { 逐年: rows, 贴现率: quantity('5', '%') }, '地块价值')
      expect(yearly.value.toFixed(20)).toBe(run(`vep.income.${timing}`, level, '地块价值').value.toFixed(20))
    }
  })
})
