// Each check on the published error that motivates it, and all of them on the published table of Ganzi.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../../kernel/index.ts'
import { printed } from './amount.ts'
import { casesOfTable, type PrintedTable } from './cases.ts'
import { ganziGrounds, ganziTable } from './ganzi.fixture.ts'
import { checkTable, runCases } from './run.ts'

const codes = (t: PrintedTable): readonly string[] => checkTable(t).map((f) => `${f.check} ${f.code}`)
const named = (zh: string) => ({ what: text(zh, zh) })
const table = (more: Partial<PrintedTable>): PrintedTable => ({
  title: text('表', 'table'),
  source: 'test',
  rows: [],
  ...more,
})

const column = (values: readonly (readonly [string, string])[], total: string, by: 'service' | 'class' | 'column') =>
  table({
    rows: values.map(([id, value]) => ({ id, title: text(id, id), value: printed(value, '亿元') })),
    totals: [{ title: text('合计', 'total'), value: printed(total, '亿元'), by, of: values.map(([id]) => id) }],
  })

describe('the published table of Ganzi 2010', () => {
  it('passes every check once its indicator set declares that carbon and oxygen stand on two bases', () => {
    expect(checkTable(ganziTable(), [{ id: 'ganzi-2010', accepts: ganziGrounds }])).toEqual([])
  })
  it('without that declaration has one yellow finding, the ratio of 8.1', () => {
    const found = checkTable(ganziTable())
    expect(found.map((f) => [f.code, f.severity, f.values['ratio']])).toEqual([
      ['qa.oxygen-ratio', 'yellow', '8.09677'],
    ])
  })
  it('fails a sum or a product check as soon as any priced line is wrong by more than rounding explains', () => {
    const priced = ganziTable().rows.filter((r) => r.quantity && r.price)
    fc.assert(
      fc.property(fc.constantFrom(...priced), fc.integer({ min: 15, max: 1000 }), (row, tenths) => {
        const wrong = (Number(row.value!.text) * tenths) / 10 + 1
        const mutated: PrintedTable = {
          ...ganziTable(),
          rows: ganziTable().rows.map((r) =>
            r.id === row.id ? { ...r, value: printed(wrong.toFixed(4), '亿元') } : r,
          ),
        }
        const found = new Set(runCases(casesOfTable(mutated, ganziGrounds)).map((f) => f.check))
        expect(found.has('QA-01') && found.has('QA-04')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('QA-01 and QA-02', () => {
  it('find that the groups of Changsha County 2021 give 1691.84 and not 1691.44', () => {
    const t = column(
      [
        ['物质', '165.62'],
        ['调节', '1318.44'],
        ['文化', '207.78'],
      ],
      '1691.44',
      'service',
    )
    const [f] = checkTable(t)
    expect(f).toMatchObject({ check: 'QA-01', severity: 'red', values: { sum: '1691.84 亿元', gap: '-0.4 亿元' } })
  })
  it('let a total pass that is cut off or rounded, and no other', () => {
    const rows = [
      ['a', '0.4999'],
      ['b', '0.4999'],
    ] as const
    for (const total of ['0.99', '1.00']) expect(codes(column(rows, total, 'service'))).toEqual([])
    for (const total of ['0.98', '1.02']) expect(codes(column(rows, total, 'service'))).toContain('QA-01 qa.sums')
  })
  it('find a class row that was counted twice', () => {
    const rows = [
      ['forest', '10.00'],
      ['grass', '5.00'],
      ['wetland', '2.00'],
      ['farm', '1.00'],
    ] as const
    expect(codes(column(rows, '23.00', 'class'))).toEqual(['QA-02 qa.classes'])
  })
  it('agree with plain arithmetic for any rows: a total is accepted exactly if it is within the rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -40, max: 40 }),
        (cents, off) => {
          const sum = cents.reduce((a, b) => a + b, 0)
          const show = (c: number): string => (c / 100).toFixed(2)
          const t = column(
            cents.map((c, i) => [`r${i}`, show(c)] as const),
            show(sum + off),
            'service',
          )
          const room = cents.length / 2
          const within = off <= room + 0.5 && off >= -(room + 1)
          expect(checkTable(t).some((f) => f.check === 'QA-01')).toBe(!within)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('QA-03', () => {
  it('names the base of 66.2 that the shares of China 2015 imply', () => {
    const parts = [
      ['湿地', '28.08', '42.4'],
      ['森林', '19.89', '30.0'],
      ['草地', '10.66', '16.1'],
    ] as const
    const t = table({
      shares: [
        {
          ...named('全国 2015'),
          base: printed('72.81', '万亿元'),
          parts: parts.map(([zh, v, s]) => ({ ...named(zh), amount: printed(v, '万亿元'), share: printed(s, '%') })),
        },
      ],
    })
    const [f] = checkTable(t)
    expect(f).toMatchObject({ check: 'QA-03', code: 'qa.shares-other-base', severity: 'yellow' })
    expect(Number(f!.values['low'])).toBeGreaterThan(66.1)
    expect(Number(f!.values['high'])).toBeLessThan(66.4)
  })
  it('names the one share that does not fit and what it should be', () => {
    const t = table({
      shares: [
        {
          ...named('合计'),
          base: printed('100.0', '亿元'),
          parts: [
            { ...named('甲'), amount: printed('60.0', '亿元'), share: printed('60.0', '%') },
            { ...named('乙'), amount: printed('40.0', '亿元'), share: printed('4.0', '%') },
          ],
        },
      ],
    })
    expect(checkTable(t)).toMatchObject([{ code: 'qa.shares', values: { expected: '40' } }])
  })
})

describe('QA-04', () => {
  const product = (q: string, qu: string, p: string, pu: string, v: string): PrintedTable =>
    table({
      rows: [
        {
          id: 'a',
          title: text('行', 'row'),
          quantity: printed(q, qu),
          price: printed(p, pu),
          value: printed(v, '亿元'),
        },
      ],
    })
  it('lets rounding explain three per cent where the quantity has one digit', () => {
    expect(codes(product('0.01', '亿m3', '7.06', '元/m3', '0.0684'))).toEqual([])
  })
  it('refuses a value of the wrong order', () => {
    expect(codes(product('321.49', '亿m3', '7.06', '元/m3', '226.97'))).toEqual(['QA-04 qa.product'])
  })
  it('refuses carbon priced as carbon dioxide', () => {
    expect(codes(product('0.31', '亿tC', '380', '元/tCO2', '117.8'))).toEqual(['QA-04 qa.product-units'])
  })
})

describe('QA-05', () => {
  const place = (value: string, u: string, area: string, cls = '*'): PrintedTable =>
    table({ perArea: [{ ...named('地区'), class: cls, value: printed(value, u), area: printed(area, 'km2') }] })
  it('finds a total printed in billions that is in fact in 亿元, by its value per km²', () => {
    expect(codes(place('20013.46', '亿元', '176167'))).toEqual([])
    const [f] = checkTable(place('20013.46', '10^9元', '176167'))
    expect(f).toMatchObject({ check: 'QA-05', code: 'qa.unit-order' })
    expect(f!.zh).toContain('10 倍')
  })
  it('finds 万 written for 亿 in a class', () => {
    const [f] = checkTable(place('2176.00', '万元', '31920.60', 'forest'))
    expect(f!.zh).toContain('1 万倍')
  })
})

describe('QA-06', () => {
  it('questions the dust of Gao 2014, a capacity without an emission', () => {
    expect(codes(table({ caps: [{ ...named('粉尘'), purified: printed('79', '10^6kg') }] }))).toEqual([
      'QA-06 qa.emission-unknown',
    ])
  })
  it('refuses more purified than emitted', () => {
    const t = table({ caps: [{ ...named('粉尘'), purified: printed('79000', 't'), emission: printed('941', 't') }] })
    expect(codes(t)).toEqual(['QA-06 qa.emission-cap'])
  })
})

describe('QA-07', () => {
  // Only the row of 48.08 is printed; the other rows stand in for those of the table.
  it('names the SO2 row of 48.08 that the purification total of Gao leaves out', () => {
    const t = column(
      [
        ['SO2', '48.08'],
        ['dust', '1817.00'],
        ['noise', '12.50'],
      ],
      '1829.50',
      'column',
    )
    const found = checkTable(t).find((f) => f.check === 'QA-07')
    expect(found?.values).toMatchObject({ row: 'SO2', amount: '48.08 亿元' })
  })
  it('names any one or two rows left out of any column', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 2 }), (out) => {
        // powers of three: no other rows explain the gap
        const rows = Array.from({ length: 10 }, (_, i) => [`r${i}`, (3 ** i * 10).toFixed(2)] as const)
        const total = rows.reduce((s, [, v], i) => (out.includes(i) ? s : s + Number(v)), 0)
        const f = checkTable(column(rows, total.toFixed(2), 'column')).find((x) => x.check === 'QA-07')
        expect(f?.values['row']).toBe(
          [...out]
            .sort((a, b) => a - b)
            .map((i) => `r${i}`)
            .join('、'),
        )
      }),
      { numRuns: 30 },
    )
  })
})

describe('QA-08', () => {
  // The error is the unit of the price; the amounts stand in for those of the table.
  it('finds the sediment of Gao priced per tonne with a price per cubic metre', () => {
    const t = table({
      conversions: [{ ...named('减少淤积'), mass: printed('1404.7', '万t'), price: printed('12.6', '元/m3') }],
    })
    expect(codes(t)).toEqual(['QA-08 qa.density-missing'])
  })
  it('finds a volume that equals the mass', () => {
    const t = table({ conversions: [{ ...named('淤积'), mass: printed('1000', 't'), volume: printed('240', 'm3') }] })
    expect(codes(t)).toEqual(['QA-08 qa.density-missing'])
  })
  it('questions a density that no soil has', () => {
    const t = table({
      conversions: [
        { ...named('淤积'), mass: printed('1000', 't'), share: printed('0.24', '1'), volume: printed('24', 'm3') },
      ],
    })
    expect(codes(t)).toEqual(['QA-08 qa.density'])
  })
})

describe('QA-09', () => {
  const depths = (p: string, et: string, r: string): PrintedTable =>
    table({
      water: [
        {
          kind: 'depths',
          ...named('干旱区'),
          precipitation: printed(p, 'mm'),
          evapotranspiration: printed(et, 'mm'),
          runoff: printed(r, 'mm'),
        },
      ],
    })
  it('reports a place where rain is less than runoff and evapotranspiration, as in dry cells of Gong', () => {
    expect(codes(depths('350', '420', '10'))).toEqual(['QA-09 qa.water-balance'])
    expect(codes(depths('1400', '750', '65.1'))).toEqual([])
  })
  it('reports a yield that misses the observed runoff by more than a tenth', () => {
    const closure = (y: string): PrintedTable =>
      table({
        water: [{ kind: 'closure', ...named('流域'), yield: printed(y, '亿m3'), observed: printed('100', '亿m3') }],
      })
    expect(codes(closure('109'))).toEqual([])
    expect(codes(closure('88'))).toEqual(['QA-09 qa.water-closure'])
  })
})

describe('QA-10', () => {
  const erosion = (r: string, k: string): PrintedTable =>
    table({
      erosion: [
        {
          ...named('县'),
          erosivity: printed(r, 'MJ·mm/(hm2·h·a)'),
          erodibility: printed(k, 't·hm2·h/(hm2·MJ·mm)'),
        },
      ],
    })
  it('finds K of EPIC without its 0.1317 and R of the monthly form without its 17.02', () => {
    expect(codes(erosion('2924.511', '0.2672'))).toEqual(['QA-10 qa.erodibility'])
    expect(codes(erosion('171.8279', '0.0352'))).toEqual(['QA-10 qa.erosivity'])
    expect(codes(erosion('2924.511', '0.0352'))).toEqual([])
  })
})

describe('QA-11', () => {
  const soil = (t: string): PrintedTable =>
    table({ soil: [{ ...named('平均'), soil: printed(t, 't'), area: printed('1.0000', 'hm2') }] })
  it('questions an average of 2 985 t/hm², as Gao prints, and refuses more than 5 000', () => {
    expect(checkTable(soil('2985'))).toMatchObject([
      { check: 'QA-11', code: 'qa.soil-implausible', severity: 'yellow' },
    ])
    expect(checkTable(soil('6000'))).toMatchObject([{ code: 'qa.soil-impossible', severity: 'red' }])
    expect(codes(soil('283'))).toEqual([])
  })
})

describe('QA-12', () => {
  it('refuses carbon dioxide beyond all of NPP, the sign of tC taken for tCO2', () => {
    const t = table({ carbon: [{ ...named('固碳'), co2: printed('400', 'tCO2'), npp: printed('100', 'tC') }] })
    expect(codes(t)).toEqual(['QA-12 qa.carbon-above-npp'])
  })
  it('is content with 32/44 of oxygen', () => {
    const t = table({ carbon: [{ ...named('固碳'), co2: printed('44.0', 'tCO2'), o2: printed('32.0', 'tO2') }] })
    expect(codes(t)).toEqual([])
  })
})

describe('QA-13', () => {
  it('finds a regression that was given one area for many lakes', () => {
    expect(codes(table({ lakes: [{ ...named('湖泊'), lakes: 12, areas: 1 }] }))).toEqual(['QA-13 qa.lake-count'])
    expect(codes(table({ lakes: [{ ...named('湖泊'), lakes: 12, areas: 12 }] }))).toEqual([])
  })
})

describe('QA-14', () => {
  it('finds that 1.17 does not fit the GDP of Inner Mongolia 2020', () => {
    const t = table({
      ratios: [
        {
          ...named('内蒙古 2020'),
          gep: printed('3.85', '万亿元'),
          gdp: printed('1.74', '万亿元'),
          ratio: printed('1.17', '1'),
        },
      ],
    })
    expect(checkTable(t)).toMatchObject([{ check: 'QA-14', values: { expected: '2.21264' } }])
  })
})

describe('QA-15', () => {
  it('refuses growth across a change of method', () => {
    const t = table({ growth: [{ ...named('增长'), methods: ['a', 'b'], parameters: ['p', 'p'] }] })
    expect(checkTable(t)).toMatchObject([{ check: 'QA-15', severity: 'red', values: { whichEn: 'methods' } }])
    expect(codes(table({ growth: [{ ...named('增长'), methods: ['a', 'a'], parameters: ['p', 'p'] }] }))).toEqual([])
  })
})

describe('QA-16', () => {
  it('shows the spread of the two totals of Inner Mongolia 2020', () => {
    const t = table({
      published: [
        {
          ...named('内蒙古 2020'),
          totals: [
            { amount: printed('5.745', '万亿元'), source: 'S44' },
            { amount: printed('3.85', '万亿元'), source: 'S57' },
          ],
        },
      ],
    })
    expect(checkTable(t)).toMatchObject([{ check: 'QA-16', values: { count: 2, ratio: '1.49221' } }])
  })
})
