// What a unit is refused for, one by one: each case changes one thing of the sample and must get its own problem.

import { describe, expect, it } from 'vitest'
import { civilDate, ProblemError, placeText } from '../../../kernel/index.ts'
import { codesOf, inFolder, inUnit, shippedRules, unitOf, valued, type Change, type Rows } from './folder.fixture.ts'
import { writeWorkbook } from '../../../core/exchange-formats/index.ts'
import { readVepFolder } from './read.ts'
import { remainingYears, termEnd } from './right-years.ts'

const drop =
  (pattern: RegExp) =>
  (t: string): string =>
    t.replace(pattern, '')
const put =
  (from: string, to: string) =>
  (t: string): string =>
    t.replace(from, to)
const tea = (edit: (t: string) => string): Change => ({ list: inUnit('TEA-01', edit) })
const river = (edit: (t: string) => string): Change => ({ list: inUnit('RIV-01', edit) })
const village = (edit: (t: string) => string): Change => ({ list: inUnit('VIL-01', edit) })

const REFUSED: readonly (readonly [what: string, unit: string, code: string, change: Change])[] = [
  ['a school that is not named', 'TEA-01', 'vep.no-school', tea(drop(/ {4}school: .*\n/))],
  [
    'a term beyond the remaining right',
    'TEA-01',
    'vep.term-beyond-right',
    tea(put('to: 2046-06-30', 'to: 2046-06-28')),
  ],
  ['a term that nobody stated', 'TEA-01', 'vep.no-term', tea(drop(/ {4}term: .*\n/))],
  ['a term of no year', 'TEA-01', 'vep.term-zero', tea(put('term: "20"', 'term: "0"'))],
  ['a right that has not begun', 'TEA-01', 'vep.right-not-in-force', tea(put('from: 2016-07-01', 'from: 2026-07-01'))],
  [
    'a right that ends before it begins',
    'TEA-01',
    'vep.dates-reversed',
    tea(put('from: 2016-07-01', 'from: 2056-07-01')),
  ],
  [
    'a validity before the valuation',
    'TEA-01',
    'vep.validity-too-early',
    tea(put('from: 2026-06-30', 'from: 2026-06-29')),
  ],
  ['no discount rate', 'TEA-01', 'vep.no-chosen', tea(drop(/ {4}discount:\n.*\n.*\n/))],
  ['no contribution', 'TEA-01', 'vep.no-chosen', tea(drop(/ {4}contribution:\n.*\n.*\n/))],
  ['no timing of payments', 'TEA-01', 'vep.no-chosen', tea(drop(/ {4}timing: end\n/))],
  ['a contribution without its ground', 'TEA-01', 'vep.no-ground', tea(drop(/ {6}ground: 示范：同品种.*\n/))],
  ['a contribution above one', 'TEA-01', 'vep.contribution-range', tea(put('"0.35"', '"35"'))],
  ['a contribution below nought', 'TEA-01', 'vep.contribution-range', tea(put('"0.35"', '"-0.1"'))],
  ['a forgotten percent sign', 'TEA-01', 'vep.rate-range', tea(put('value: 5 %', 'value: "5"'))],
  ["missing operator's accounts", 'TEA-01', 'vep.no-evidence', tea(put('kind: operator-accounts', 'kind: other'))],
  ['a missing paper for β', 'TEA-01', 'vep.no-evidence', tea(put('kind: contribution-ground', 'kind: other'))],
  ['evidence whose file is not there', 'TEA-01', 'vep.file-missing', { without: ['证明材料/经营账册.txt'] }],
  ['a proof of the right that is not there', 'RIV-01', 'vep.file-missing', { without: ['证明材料/河段管护协议.txt'] }],
  [
    'years without accounts',
    'TEA-01',
    'vep.years-unlike-term',
    tea((t) => t.replace('term: "20"', 'term: "21"').replace('2046', '2056')),
  ],
  ['accounts beyond the term', 'TEA-01', 'vep.years-unlike-term', tea(put('term: "20"', 'term: "19"'))],
  [
    'no boundary',
    'TEA-01',
    'vep.no-boundary',
    { boundaries: (t) => t.replace('"单元编号": "TEA-01"', '"单元编号": "X"') },
  ],
  [
    'two boundaries',
    'TEA-01',
    'vep.many-boundaries',
    { boundaries: (t) => t.replace('"单元编号": "VIL-01"', '"单元编号": "TEA-01"') },
  ],
  [
    'a papers table for deals that is not there',
    'VIL-01',
    'vep.no-evidence',
    village(put('kind: comparable-deals', 'kind: other')),
  ],
  ['neither the yearly change nor its present value', 'RIV-01', 'vep.no-chosen', river(drop(/ {4}change: npv\n/))],
  ['no services', 'RIV-01', 'vep.no-services', river(drop(/ {4}services:\n(?: {6}.*\n)+/))],
  ['a service twice', 'RIV-01', 'vep.twice', river(put('name: 固碳', 'name: 土壤保持'))],
  ['a rule that does not exist', 'RIV-01', 'vep.unknown-rule', river(put('gep.r2.retention', 'gep.r2.nothing'))],
  [
    'a rule whose inputs the sheet lacks',
    'RIV-01',
    'vep.rule-input',
    river(put('gep.r2.retention', 'gep.r1.water-balance')),
  ],
  [
    'no survey of the state without the project',
    'RIV-01',
    'vep.no-evidence',
    river(put('kind: baseline-survey', 'kind: other')),
  ],
]

describe('a unit is refused for', () => {
  it.each(REFUSED)('%s (%s: %s)', async (_, id, code, change) => {
    const result = await valued(change, undefined, id)
    const unit = unitOf(result, id)
    expect(unit.status).toBe('refused')
    expect(codesOf(unit)).toContain(code)
    expect(unit.value).toBeUndefined()
    expect(result.figures.filter((f) => f.region === id)).toEqual([])
    for (const p of unit.problems.filter((x) => x.code === code)) expect(placeText(p.at)).not.toBe('')
  })

  it('a validity that has passed on the day of use', async () => {
    const on = async (day: string): Promise<readonly string[]> =>
      codesOf(unitOf(await valued({}, civilDate(day), 'RIV-01'), 'RIV-01'))
    expect(await on('2027-06-29')).toEqual([])
    expect(await on('2027-06-30')).toEqual(['vep.validity-passed'])
  })

  it('one reason without the others being refused', async () => {
    const result = await valued(tea(drop(/ {4}school: .*\n/)))
    expect(result.units.map((u) => u.status)).toEqual(['refused', 'computed', 'computed'])
  })

  it('all its reasons at once', async () => {
    const result = await valued(
      tea((t) =>
        t
          .replace(/ {4}school: .*\n/, '')
          .replace(/ {4}timing: end\n/, '')
          .replace('"0.35"', '"2"'),
      ),
    )
    expect(codesOf(unitOf(result, 'TEA-01'))).toEqual(['vep.no-school', 'vep.contribution-range', 'vep.no-chosen'])
  })
})

const deal = (name: string, price: number | string, source = 'X-1', factor = 1): readonly (string | number)[] => [
  'VIL-01',
  name,
  source,
  '2026-01-01',
  price,
  factor,
  1,
  1,
  1,
  1,
]
const accounts = (nature: string, revenue: number | string = 10): Rows =>
  Array.from({ length: 20 }, (_, i) => i + 1).flatMap((t) => [
    ['TEA-01', t, '收入', '茶', revenue, nature],
    ['TEA-01', t, '成本', '工', 4, nature],
  ])
const state = (variable: string, withIt: number | string, without: number | string): readonly (string | number)[] => [
  'RIV-01',
  '固碳',
  variable,
  'tCO2',
  withIt,
  without,
]
const onlyCarbon = river((t) =>
  t.replace(/ {6}- name: 土壤保持\n(?: {8}.*\n)+/, '').replace(/ {6}- name: 化学需氧量削减\n(?: {8}.*\n)+/, ''),
)
const price: Rows = [['RIV-01', '固碳', 60, '元/tCO2', '市场']]

const ROWS: readonly (readonly [
  what: string,
  unit: string,
  code: string,
  severity: 'red' | 'yellow',
  change: Change,
])[] = [
  ['two deals', 'VIL-01', 'vep.few-deals', 'red', { sheets: { deals: [deal('a', 1), deal('b', 2)] } }],
  [
    'a deal without a source',
    'VIL-01',
    'vep.deal-source',
    'red',
    { sheets: { deals: [deal('a', 1), deal('b', 2), deal('c', 3, '')] } },
  ],
  [
    'a large correction',
    'VIL-01',
    'vep.deal-factor',
    'yellow',
    { sheets: { deals: [deal('a', 1), deal('b', 2), deal('c', 3, 'Z', 1.5)] } },
  ],
  [
    'a price in words',
    'VIL-01',
    'table.text-in-number-cell',
    'red',
    { sheets: { deals: [deal('a', 1), deal('b', 2), deal('c', '约三万')] } },
  ],
  ['forecasts only', 'TEA-01', 'vep.no-actuals', 'yellow', { sheets: { accounts: accounts('预测') } }],
  ['a loss', 'TEA-01', 'vep.negative-net', 'yellow', { sheets: { accounts: accounts('实绩', 1) } }],
  ['a nature that is none', 'TEA-01', 'vep.bad-cell', 'red', { sheets: { accounts: accounts('大概') } }],
  ['no sheet of accounts', 'TEA-01', 'vep.no-sheet', 'red', { sheets: { deals: [deal('a', 1)] } }],
  [
    'no price',
    'RIV-01',
    'vep.service-incomplete',
    'red',
    { ...onlyCarbon, sheets: { states: [state('实物量', 9, 3)], prices: [['RIV-01', '别的', 60, '元/tCO2', 'x']] } },
  ],
  [
    'one side only',
    'RIV-01',
    'vep.bad-cell',
    'red',
    { ...onlyCarbon, sheets: { states: [state('实物量', 9, '')], prices: price } },
  ],
  [
    'a variable twice',
    'RIV-01',
    'vep.twice',
    'red',
    { ...onlyCarbon, sheets: { states: [state('实物量', 9, 3), state('实物量', 8, 3)], prices: price } },
  ],
  [
    'a service that shrinks',
    'RIV-01',
    'vep.no-change',
    'yellow',
    { ...onlyCarbon, sheets: { states: [state('实物量', 3, 9)], prices: price } },
  ],
  [
    'rows of a service that is not listed',
    'RIV-01',
    'vep.unlisted-service',
    'yellow',
    {
      ...onlyCarbon,
      sheets: { states: [state('实物量', 9, 3), ['RIV-01', '释氧', '实物量', 't', 1, 0]], prices: price },
    },
  ],
  [
    'carbon priced as carbon dioxide',
    'RIV-01',
    'unit.mismatch',
    'red',
    { ...onlyCarbon, sheets: { states: [['RIV-01', '固碳', '实物量', 'tC', 9, 3]], prices: price } },
  ],
]

describe('rows of the workbook are told for', () => {
  it.each(ROWS)('%s (%s: %s, %s)', async (_, id, code, severity, change) => {
    const unit = unitOf(await valued(change, undefined, id), id)
    expect(codesOf(unit)).toContain(code)
    expect(unit.problems.find((p) => p.code === code)?.severity).toBe(severity)
    expect(unit.status).toBe(unit.problems.some((p) => p.severity === 'red') ? 'refused' : 'computed')
  })

  it('costs without vouchers, without a number and after the valuation date', async () => {
    const list = inUnit('VIL-01', (t) =>
      t
        .replace(
          'method: market',
          'method: cost\n    compounding: { value: "4 %", ground: g }\n    profit: { value: "6 %", ground: g }\n    depreciation: { value: "0 元", ground: g }',
        )
        .replace('kind: comparable-deals', 'kind: cost-vouchers'),
    )
    const codes = async (rows: Rows): Promise<readonly string[]> =>
      codesOf(unitOf(await valued({ list, sheets: { vouchers: rows, deals: [] } }), 'VIL-01'))
    expect(await codes([['TEA-01', 2024, '保护', 'a', 'P', 1]])).toContain('vep.no-vouchers')
    expect(await codes([['VIL-01', 2024, '保护', 'a', '', 1]])).toEqual(['vep.voucher-number'])
    expect(await codes([['VIL-01', 2030, '保护', 'a', 'P', 1]])).toContain('vep.voucher-later')
  })

  it('a method that its school does not use, yellow only', async () => {
    const unit = unitOf(await valued(tea(put('school: market-value', 'school: project-gep'))), 'TEA-01')
    expect([unit.status, codesOf(unit)]).toEqual(['computed', ['vep.school-method']])
  })
})

describe('a folder is refused for', () => {
  const refused = async (change: Change): Promise<readonly string[]> =>
    inFolder(change, (folder) => {
      try {
        return readVepFolder(folder).problems.map((p) => `${p.code} ${placeText(p.at)}`)
      } catch (e) {
        if (e instanceof ProblemError) return e.problems.map((p) => `${p.code} ${placeText(p.at)}`)
        throw e
      }
    })

  it('no list', async () => expect(await refused({ without: ['vep.yaml'] })).toEqual(['vep.no-list vep.yaml']))
  it('an unknown key, with its line', async () =>
    expect(await refused({ list: (t) => t.replace('qingshan: vep/1', 'qingshan: vep/1\ncolour: red') })).toEqual([
      'vep.unknown-key vep.yaml:2',
    ]))
  it('a missing key', async () =>
    expect(await refused({ list: (t) => t.replace(/^workbook: .*\n/m, '') })).toEqual(['vep.missing-key vep.yaml:1']))
  it('a wrong method, with its line', async () =>
    expect((await refused({ list: (t) => t.replace('method: market', 'method: guess') }))[0]).toMatch(
      /^vep\.wrong-value vep\.yaml:\d+$/,
    ))
  it('a date that is none', async () =>
    expect((await refused({ list: (t) => t.replace('date: 2026-06-30', 'date: 2026-02-30') }))[0]).toMatch(
      /^date\.not-a-date vep\.yaml:\d+$/,
    ))
  it('broken YAML and aliases', async () => {
    expect((await refused({ list: (t) => `${t}\n  - [` }))[0]).toMatch(/^vep\.yaml /)
    expect(
      (
        await refused({
          list: (t) => t.replace('title:\n', 'title: &a\n').replace('prepared:\n', 'mapNumber: *a\nprepared:\n'),
        })
      )[0],
    ).toMatch(/^vep\.yaml /)
  })
  it('one id twice', async () =>
    expect(await refused({ list: (t) => t.replace('- id: VIL-01', '- id: TEA-01') })).toContainEqual(
      expect.stringMatching(/^vep\.id-twice vep\.yaml:\d+$/),
    ))
  it('a column that is missing', async () => {
    const heads = ['单元编号', '年序', '类别'].map((value) => ({ value }))
    const row = ['TEA-01', '1', '收入'].map((value) => ({ value }))
    const workbook = await writeWorkbook({ title: 'x', sheets: [{ name: '收支', rows: [heads, row] }] })
    const found = await refused({ workbook })
    expect(found.filter((f) => f.startsWith('vep.no-column'))).toHaveLength(3)
  })
})

describe('years of a right', () => {
  it('end on the day before the anniversary, also from 29 February', () => {
    expect(termEnd(civilDate('2026-06-30'), 20)).toBe('2046-06-29')
    expect(termEnd(civilDate('2024-02-29'), 1)).toBe('2025-02-27')
    expect(termEnd(civilDate('2024-02-29'), 4)).toBe('2028-02-28')
  })

  it('are whole: one day short is a year short', () => {
    expect(remainingYears(civilDate('2026-06-30'), civilDate('2046-06-29'))).toBe(20)
    expect(remainingYears(civilDate('2026-06-30'), civilDate('2046-06-28'))).toBe(19)
    expect(remainingYears(civilDate('2026-06-30'), civilDate('2026-12-31'))).toBe(0)
    expect(remainingYears(civilDate('2026-06-30'), civilDate('2020-12-31'))).toBe(0)
  })
})

describe('the rules', () => {
  it('that the methods name are all in force', async () => {
    const book = await shippedRules()
    for (const id of [
      'vep.income.yearly-end',
      'vep.income.yearly-begin',
      'vep.market',
      'vep.cost',
      'vep.value-change',
      'vep.value-change-npv',
      'vep.value-change-npv-begin',
    ])
      expect('severity' in book.findRule(id, { date: civilDate('2026-06-30'), regions: [] })).toBe(false)
  })
})
