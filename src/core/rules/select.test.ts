// Choosing by date, region and class: the nearest layer wins, and what was replaced is told.

import { describe, expect, test } from 'vitest'
import { civilDate, decText, type Problem } from '../../kernel/index.ts'
import {
  codesAbove,
  parseRuleBook,
  selfAndAbove,
  type FileText,
  type ParameterValue,
  type Rule,
  type RuleContext,
} from './index.ts'
import { bend, BOOK, RUNOFF, WATER } from './rule-files.fixture.ts'

const at = (date: string, ...regions: string[]): RuleContext => ({ date: civilDate(date), regions })
const changsha = ['430100', '430000']

const layer = (file: FileText, path: string, region: string, from = '2010-01-01'): FileText => ({
  path,
  text: bend(
    file,
    /mark: confirmed\nforce: \{ from: 2010-01-01 \}/,
    `mark: confirmed\nregion: "${region}"\nforce: { from: ${from} }`,
  ).text,
})
const override = (id: string, folder: string, region: string, values: string, from = '2020-01-01'): FileText => ({
  path: `${folder}/${id}.yaml`,
  text: `kind: override
id: ${id}
title: { zh: 替换, en: Override }
source: [P05]
mark: unconfirmed
force: { from: ${from}, to: 2022-12-31 }
region: "${region}"
of: gep.runoff
reason: { zh: 实测, en: measured }
approver: 厅
values: [ ${values} ]
`,
})

const province = bend(
  layer(WATER, 'hunan/water.yaml', '430000', '2015-01-01'),
  'en: Water retention',
  'en: Hunan water',
)
const prefecture = bend(
  layer(WATER, 'changsha/water.yaml', '430100', '2018-01-01'),
  'en: Water retention',
  'en: Changsha water',
)
const byRegion: FileText = {
  path: 'national/price.yaml',
  text: bend(
    RUNOFF,
    /values:[^]*$/,
    'values:\n  - { key: 水, value: "1" }\n  - { key: 水, value: "2", region: "430000" }\n  - { key: 水.好, value: "9" }\n',
  )
    .text.replace('gep.runoff', 'gep.price')
    .replace('by: class', 'by: item'),
}
const { book, problems } = parseRuleBook([
  ...BOOK,
  province,
  prefecture,
  byRegion,
  override('hunan-runoff', 'hunan', '430000', '{ key: forest, value: "2.5" }'),
  override('changsha-runoff', 'changsha', '430100', '{ key: forest.broadleaf, value: "0.022", unit: "1" }'),
])

const title = (id: string, ctx: RuleContext): string => {
  const r: Rule | Problem = book.findRule(id, ctx)
  return 'severity' in r ? r.code : r.title.en
}
const value = (key: string, ctx: RuleContext, id = 'gep.runoff'): string => {
  const v = book.findParameter(id, key, ctx)
  return 'severity' in v ? v.code : `${decText(v.quantity.value)} ${v.quantity.unit.text}`
}

describe('choosing a rule', () => {
  test('the fixture is sound', () => {
    expect(problems).toEqual([])
  })

  test('the nearest layer in force on the legal date wins', () => {
    expect(title('gep.water', at('2024-12-31'))).toBe('Water retention')
    expect(title('gep.water', at('2024-12-31', '430000'))).toBe('Hunan water')
    expect(title('gep.water', at('2024-12-31', ...changsha))).toBe('Changsha water')
    expect(title('gep.water', at('2017-12-31', ...changsha))).toBe('Hunan water')
    expect(title('gep.water', at('2014-12-31', ...changsha))).toBe('Water retention')
    expect(title('gep.water', at('2024-12-31', '520000'))).toBe('Water retention')
  })

  test('before any begins, and for an unknown id, there is none', () => {
    expect(title('gep.water', at('2009-12-31', ...changsha))).toBe('rules.not-found')
    expect(title('gep.nothing', at('2024-12-31'))).toBe('rules.not-found')
  })
})

describe('choosing a value', () => {
  test('the exact key, else the nearest class above it', () => {
    expect(value('forest.broadleaf.evergreen', at('2019-01-01'))).toBe('4.65 %')
    expect(value('forest.broadleaf', at('2019-01-01'))).toBe('3 %')
    expect(value('forest.broadleaf.deciduous', at('2019-01-01'))).toBe('3 %')
    expect(value('wetland', at('2019-01-01'))).toBe('rules.no-parameter')
    expect(value('forestry', at('2019-01-01'))).toBe('rules.no-parameter')
  })

  test('only class keys fall back: the items of a price list are what they are', () => {
    expect(value('水.坏', at('2019-01-01'), 'gep.price')).toBe('rules.no-parameter')
    expect(value('水.好', at('2019-01-01'), 'gep.price')).toBe('9 %')
  })

  test('an entry for a region serves that region only', () => {
    expect(value('水', at('2019-01-01'), 'gep.price')).toBe('1 %')
    expect(value('水', at('2019-01-01', ...changsha), 'gep.price')).toBe('2 %')
    expect(value('水', at('2019-01-01', '520000'), 'gep.price')).toBe('1 %')
  })

  test('an override replaces a single value, in its region and time, and tells what stood there', () => {
    expect(value('forest', at('2021-01-01', ...changsha))).toBe('2.5 %')
    expect(value('forest', at('2019-12-31', ...changsha))).toBe('3 %')
    expect(value('forest', at('2023-01-01', ...changsha))).toBe('3 %')
    expect(value('forest', at('2021-01-01', '520000'))).toBe('3 %')
    const v = book.findParameter('gep.runoff', 'forest', at('2021-01-01', '430000')) as ParameterValue
    expect(v).toMatchObject({
      id: 'gep.runoff',
      layer: 'province',
      mark: 'unconfirmed',
      override: { id: 'hunan-runoff', approver: '厅', reason: { zh: '实测' } },
    })
    expect(decText(v.override!.was!.value)).toBe('3')
  })

  test('an override of a class that had no value of its own replaced the value of the class above', () => {
    expect(value('forest.broadleaf', at('2021-01-01', ...changsha))).toBe('0.022 1')
    expect(value('forest.broadleaf.deciduous', at('2021-01-01', ...changsha))).toBe('0.022 1')
    expect(value('forest.broadleaf.evergreen', at('2021-01-01', ...changsha))).toBe('4.65 %')
    const v = book.findParameter('gep.runoff', 'forest.broadleaf', at('2021-01-01', ...changsha)) as ParameterValue
    expect(decText(v.override!.was!.value)).toBe('2.5')
  })

  test('a value that nothing replaced says nothing of it', () => {
    expect((book.findParameter('gep.runoff', 'forest', at('2019-01-01')) as ParameterValue).override).toBeUndefined()
  })
})

describe('instruments and codes', () => {
  test('an instrument that is not in force on the date is told', () => {
    const water = book.findRule('gep.water', at('2024-12-31')) as Rule
    expect(book.lapsed(water, civilDate('2024-12-31'))).toEqual([])
    expect(book.lapsed(water, civilDate('2026-01-01')).map((i) => i.supersededBy)).toEqual(['gbt-46869'])
    expect(book.lapsed(water, civilDate('2020-01-01')).map((i) => i.id)).toEqual(['ndrc-2022-481'])
  })

  test('a GB/T 2260 code lies in its prefecture and province, another code in itself', () => {
    expect(codesAbove('430102')).toEqual(['430102', '430100', '430000'])
    expect(codesAbove('430000')).toEqual(['430000'])
    expect(codesAbove('park-1')).toEqual(['park-1'])
    expect(selfAndAbove('a.b.c')).toEqual(['a.b.c', 'a.b', 'a'])
  })
})
