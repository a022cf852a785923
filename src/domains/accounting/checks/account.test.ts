// The same checks over accounts of ours: silent on a sound one, and each fires when the account is made wrong.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, quantity, text } from '../../../kernel/index.ts'
import { quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import type { Account, Finding } from '../model.ts'
import { exampleAccount, exampleSeed } from './account.fixture.ts'
import { runChecks } from './run.ts'

const checks = (found: readonly Finding[]): readonly string[] => [...new Set(found.map((f) => f.check!))]
const COUNTY = '522600'

/** The account with one figure's number changed. */
const tamper = (a: Account, key: string, by: (v: string) => string): Account => ({
  ...a,
  figures: a.figures.map((f) =>
    f.key === key ? { ...f, quantity: { ...f.quantity, value: dec(by(f.quantity.value.toFixed())) } } : f,
  ),
})
const plusFen = (v: string): string => dec(v).plus('0.01').toFixed()

describe('a sound account', () => {
  it('has no finding', () => {
    expect(runChecks(exampleAccount())).toEqual([])
  })
})

describe('an account whose figures were changed by one fen', () => {
  it('fails QA-01 or QA-02, whichever value figure it was', () => {
    const account = exampleAccount()
    const values = account.figures.filter((f) => f.measure === 'value').map((f) => f.key)
    fc.assert(
      fc.property(fc.constantFrom(...values), (key) => {
        const memo = key.includes('|R11|')
        const found = checks(runChecks(tamper(account, key, plusFen)))
        if (!memo) expect(found.some((c) => c === 'QA-01' || c === 'QA-02' || c === 'QA-04')).toBe(true)
      }),
    )
  })
  it('names the line that a total leaves out', () => {
    const account = exampleAccount()
    const key = valueKey('current', COUNTY)
    const line = account.figures.find((f) => f.key === valueKey('current', COUNTY, 'wetland', 'R9', 'water'))!
    const short = tamper(account, key, (v) => dec(v).minus(line.quantity.value).toFixed())
    const found = runChecks(short).find((f) => f.check === 'QA-07')
    expect(found).toMatchObject({ code: 'qa.row-left-out', figure: key })
    expect(found!.values['row']).toContain('局部气候调节')
  })
})

describe('each check fires on an account made for it', () => {
  const cases: readonly (readonly [string, () => readonly Finding[]])[] = [
    [
      'QA-03',
      () => {
        const a = exampleAccount()
        const gep = a.figures.find((f) => f.key === valueKey('current', COUNTY))!
        const share = { ...gep, key: ratioKey('current', COUNTY, 'primary-conversion'), measure: 'ratio' as const }
        return runChecks({ ...a, figures: [...a.figures, { ...share, quantity: quantity('99', '%') }] })
      },
    ],
    [
      'QA-04',
      () =>
        runChecks(
          tamper(exampleAccount(), valueKey('current', COUNTY, 'grass', 'R1', '*'), (v) => dec(v).times(2).toFixed()),
        ),
    ],
    ['QA-05', () => runChecks(exampleAccount({ areas: { ...exampleSeed().areas, forest: '0.12' } }))],
    ['QA-06', () => runChecks(exampleAccount({ facts: [{ argument: 'air-emission', item: 'SO2', q: '1000 t' }] }))],
    [
      'QA-08',
      () => {
        const a = exampleAccount()
        const soil = quantityKey(COUNTY, 'forest', 'R2', 'soil')
        const sediment = quantityKey(COUNTY, 'forest', 'R2', 'sediment')
        return runChecks({
          ...a,
          figures: a.figures.map((f) =>
            f.key === sediment
              ? {
                  ...f,
                  quantity: quantity(dec('2827200').times('0.24'), 'm3'),
                  recipe: {
                    kind: 'rule',
                    rule: 'x@1',
                    output: 'v',
                    given: { 土壤保持量: { figure: soil } },
                    keys: {},
                    region: COUNTY,
                  },
                }
              : f,
          ),
        })
      },
    ],
    [
      'QA-09',
      () =>
        runChecks(
          exampleAccount({
            facts: [
              { argument: 'precipitation', class: 'forest', q: '400 mm' },
              { argument: 'evapotranspiration', class: 'forest', q: '600 mm' },
            ],
          }),
        ),
    ],
    [
      'QA-10',
      () => runChecks(exampleAccount({ facts: [{ argument: 'soil-erodibility', q: '0.26 t·hm2·h/(hm2·MJ·mm)' }] })),
    ],
    [
      'QA-11',
      () => {
        const seed = exampleSeed()
        return runChecks(
          exampleAccount({ lines: seed.lines.map((l) => (l.item === 'soil' ? { ...l, q: '358200000 t' } : l)) }),
        )
      },
    ],
    [
      'QA-12',
      () => {
        const seed = exampleSeed()
        return runChecks(
          exampleAccount({ lines: seed.lines.map((l) => (l.service === 'R11' ? { ...l, q: '2510000 tO2' } : l)) }),
        )
      },
    ],
    ['QA-13', () => runChecks(exampleAccount({ facts: [{ argument: 'lake-area', item: '湖泊合计', q: '165 km2' }] }))],
    ['QA-14', () => runChecks(tamper(exampleAccount(), ratioKey('current', COUNTY, 'gep-to-gdp'), () => '3.5'))],
    ['QA-15', () => runChecks(exampleAccount(), { growth: { methods: ['a', 'b'], parameters: ['c', 'c'] } })],
    [
      'QA-16',
      () => runChecks(exampleAccount(), { published: [{ what: 'GEP', value: '99.5', unit: '亿元', source: '公报' }] }),
    ],
  ]
  it.each(cases)('%s', (check, run) => {
    expect(checks(run())).toContain(check)
  })
  it('QA-12 stays silent where the indicator set declares why the bases differ', () => {
    const seed = exampleSeed()
    const a = exampleAccount({ lines: seed.lines.map((l) => (l.service === 'R11' ? { ...l, q: '2510000 tO2' } : l)) })
    const accepts = [{ pair: ['R8', 'R11'] as const, ground: text('基准不同', 'two bases') }]
    const set = { id: '481-2022', services: [], accepts } as unknown as NonNullable<
      Parameters<typeof runChecks>[1]
    >['sets']
    expect(checks(runChecks(a, { sets: [set as never] }))).not.toContain('QA-12')
  })
  it('QA-16 stays silent where the published total is ours, rounded', () => {
    const a = exampleAccount()
    const gep = a.figures.find((f) => f.key === valueKey('current', COUNTY))!
    const published = [{ what: 'GEP', value: gep.quantity.value.div(1e8).toFixed(2), unit: '亿元', source: '公报' }]
    expect(runChecks(a, { published })).toEqual([])
  })
  it('a finding about an input points at its cell', () => {
    const found = runChecks(exampleAccount({ facts: [{ argument: 'lake-area', item: '合计', q: '165 km2' }] }))
    expect(found.find((f) => f.check === 'QA-13')?.at).toMatchObject({ file: '数据.xlsx', sheet: 'lake-area' })
  })
})
