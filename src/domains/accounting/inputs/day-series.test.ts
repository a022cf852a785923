// Promises about tables with one row a day, on files written here and on a real station file where it is at hand.

import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { decText, text } from '../../../kernel/index.ts'
import type { Binding, DaySeries, InputList } from '../input-list.ts'
import { checkList } from './check-list.ts'
import { readFacts, type ReadFacts } from './read-facts.ts'

const { book } = await loadRuleBook('rules')
const classification = book.classifications.find((c) => c.id.includes('ecosystem'))!
const pad = (n: number): string => String(n).padStart(2, '0')
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** All days of 2013, a common year. */
const DAYS = LENGTHS.flatMap((n, m) => Array.from({ length: n }, (_, d) => [m + 1, d + 1] as const))
const ISO = DAYS.map(([m, d]) => `2013-${pad(m)}-${pad(d)}`)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'days-'))
})
afterAll(() => rm(folder, { recursive: true }))

const list = (bindings: readonly Binding[], year = 2013): InputList => ({
  qingshan: 'account/1',
  title: text('试', 'test'),
  year,
  priceYear: year,
  set: '481-2022',
  status: 'trial',
  region: { code: '433100', name: text('试州', 'Test') },
  arguments: bindings,
})
const bind = (argument: string, unit: string, days: Omit<DaySeries, 'date'>, more: Partial<Binding> = {}): Binding => ({
  argument,
  file: 'd.csv',
  column: 'rain',
  unit,
  days: { date: 'date', ...days },
  ...more,
})
const write = (rows: readonly (readonly [date: string, rain: string])[]): Promise<void> =>
  writeFile(join(folder, 'd.csv'), ['date,rain', ...rows.map((r) => r.join(','))].join('\n'))
const read = (bindings: readonly Binding[], year?: number): ReadFacts =>
  readFacts(folder, list(bindings, year), { classification })
const shown = (r: ReadFacts): readonly string[] =>
  r.facts.map((f) => `${f.id} ${decText(f.quantity.value)} ${f.typed} ${f.origin.cell ?? ''}`)
const told = (r: ReadFacts): readonly string[] => r.problems.map((p) => `${p.severity} ${p.code} ${p.at?.cell ?? ''}`)

describe('a table with one row a day', () => {
  it('gives the exact sum of the year with the range it was read from', async () => {
    await write(ISO.map((d, i) => [d, i === 0 ? '1000.1' : '0.1']))
    const r = read([bind('precipitation', 'mm', { take: 'sum' })])
    expect(shown(r)).toEqual(['precipitation|433100|-|-|2013 1036.5 365 日之和 B2:B366'])
    expect(told(r)).toEqual([])
  })

  it('adds up exactly, however the digits fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 365, maxLength: 365 }),
        async (mils) => {
          await write(
            ISO.map((d, i) => [d, `${Math.trunc(mils[i]! / 1000)}.${String(mils[i]! % 1000).padStart(3, '0')}`]),
          )
          const [fact] = read([bind('precipitation', 'mm', { take: 'sum' })]).facts
          expect(fact!.quantity.value.times(1000).toString()).toBe(String(mils.reduce((a, b) => a + b, 0)))
        },
      ),
      { numRuns: 3 },
    )
  })

  it('gives sums, means and counts of months as items', async () => {
    await write(DAYS.map(([m, d], i) => [ISO[i]!, m === 2 ? String(d) : '0']))
    const at = (r: ReadFacts): string => shown(r)[1]!
    expect(at(read([bind('monthly-rain', 'mm', { take: 'sum', per: 'month' })]))).toBe(
      'monthly-rain|433100|-|02|2013 406 28 日之和 B33:B60',
    )
    expect(at(read([bind('monthly-temperature', '℃', { take: 'mean', per: 'month' })]))).toBe(
      'monthly-temperature|433100|-|02|2013 14.5 28 日的平均 B33:B60',
    )
    expect(at(read([bind('month-days', 'd', { take: 'count', per: 'month' })]))).toBe(
      'month-days|433100|-|02|2013 28 28 日 B33:B60',
    )
  })

  it('counts the days above a limit, and takes each day that reaches it with its own cell', async () => {
    await write(DAYS.map(([m, d], i) => [ISO[i]!, m === 6 ? String(d) : '0']))
    expect(shown(read([bind('cooling-days', 'd', { take: 'count', above: '26' })]))).toEqual([
      'cooling-days|433100|-|-|2013 4 4 日，取自 365 日 B2:B366',
    ])
    expect(shown(read([bind('storm-day-rain', 'mm', { take: 'each', atLeast: '29' })]))).toEqual([
      'storm-day-rain|433100|-|2013-06-29|2013 29 29 B181',
      'storm-day-rain|433100|-|2013-06-30|2013 30 30 B182',
    ])
  })

  it('reads the dates people write, and days in any order', async () => {
    const forms = [
      ([m, d]: readonly [number, number]) => `2013/${m}/${d}`,
      ([m, d]: readonly [number, number]) => `2013${pad(m)}${pad(d)}`,
      ([m, d]: readonly [number, number]) => `2013年${m}月${d}日`,
      ([m, d]: readonly [number, number]) => `2013-${m}-${d} 0`,
    ]
    await write(DAYS.map((x, i) => [forms[i % 4]!(x), '1'] as const).reverse())
    expect(shown(read([bind('precipitation', 'mm', { take: 'sum' })]))).toEqual([
      'precipitation|433100|-|-|2013 365 365 日之和 B2:B366',
    ])
  })

  it('leaves the wettest day where none reaches the limit, so that a year without storms is no year without data', async () => {
    await write(ISO.map((d, i) => [d, i === 40 ? '31.5' : '2']))
    expect(shown(read([bind('storm-day-rain', 'mm', { take: 'each', atLeast: '50' })]))).toEqual([
      'storm-day-rain|433100|-|2013-02-10|2013 31.5 31.5 B42',
    ])
  })

  it('keeps each day of all years with its own year and counts the years', async () => {
    await write([...ISO.map((d) => [d, '13'] as const), ...ISO.map((d) => [d.replace('2013', '2014'), '1'] as const)])
    const r = read(
      [bind('erosive-day-rain', 'mm', { take: 'each', atLeast: '12' }), bind('rain-years', '1', { take: 'years' })],
      2014,
    )
    const erosive = r.facts.filter((f) => f.argument === 'erosive-day-rain').map((f) => f.year)
    expect(erosive).toEqual([...DAYS.map(() => 2013), 2014])
    expect(shown(r).at(-1)).toBe('rain-years|433100|-|-|2014 2 2 年（2013、2014） B2:B731')
  })

  it('tells missing days: red above what is allowed, yellow within, and never fills in', async () => {
    await write(ISO.map((d, i) => [d, i === 40 || i === 41 ? '' : '1']))
    const strict = read([bind('precipitation', 'mm', { take: 'sum' })])
    expect([shown(strict), told(strict)]).toEqual([[], ['red input.days-missing B1']])
    expect(strict.problems[0]!.values).toMatchObject({ count: 2, first: '2013-02-10', period: '2013' })
    const loose = read([bind('precipitation', 'mm', { take: 'sum', missing: 2 })])
    expect(shown(loose)).toEqual(['precipitation|433100|-|-|2013 363 363 日之和，缺 2 日 B2:B366'])
    expect(told(loose)).toEqual(['yellow input.days-few-missing B1'])
  })

  it('names the cell of a bad date, of a repeated day and of negative rain', async () => {
    await write(ISO.map((d, i) => [i === 3 ? '2013-02-30' : i === 9 ? ISO[8]! : d, i === 20 ? '-3' : '1']))
    const codes = told(read([bind('precipitation', 'mm', { take: 'sum', missing: 9 })]))
    expect(codes).toContain('red input.bad-date A5')
    expect(codes).toContain('red input.date-repeated B11')
    expect(codes).toContain('yellow input.out-of-range B22')
  })

  it('says which years the file has where the accounting year is not among them', async () => {
    await write(ISO.map((d) => [d, '1']))
    const r = read([bind('precipitation', 'mm', { take: 'sum' })], 2020)
    expect([shown(r), told(r)]).toEqual([[], ['red input.days-no-year A1']])
    expect(r.problems[0]!.values).toMatchObject({ year: 2020, found: '2013–2013' })
  })

  it('is refused where months or days do not fit the argument', () => {
    const codes = (b: Binding): readonly string[] => checkList(list([b])).map((p) => p.code)
    expect(codes(bind('precipitation', 'mm', { take: 'sum', per: 'month' }))).toEqual(['list.days-shape'])
    expect(codes(bind('monthly-rain', 'mm', { take: 'sum' }))).toEqual(['list.days-shape'])
    expect(codes(bind('precipitation', 'mm', { take: 'each' }))).toEqual(['list.days-shape'])
    expect(codes(bind('precipitation', 'mm', { take: 'sum' }, { mark: { column: 'rain' } }))).toEqual([
      'list.days-shape',
    ])
    expect(codes(bind('monthly-rain', 'mm', { take: 'sum', per: 'month' }))).toEqual([])
  })
})

const REAL = join('..', 'shared', 'data', 'youwuzhen')
describe.skipIf(!existsSync(REAL))('the station file of a real watershed', () => {
  const station = (b: Binding): ReadFacts =>
    readFacts(REAL, list([{ ...b, file: 'climate_daily.csv' }], 2014), { classification })

  it('gives rain of the year, erosive days of six years, and months of weather, with nothing red', () => {
    const rain = station(bind('precipitation', 'mm', { take: 'sum' }, { column: 'precip_mm_hetian' }))
    expect(rain.facts.map((f) => f.typed)).toEqual(['365 日之和'])
    const erosive = station(
      bind('erosive-day-rain', 'mm', { take: 'each', atLeast: '12' }, { column: 'precip_mm_hetian' }),
    )
    expect(new Set(erosive.facts.map((f) => f.year))).toEqual(new Set([2012, 2013, 2014, 2015, 2016, 2017]))
    const years = station(bind('rain-years', '1', { take: 'years' }, { column: 'precip_mm_hetian' }))
    expect(years.facts[0]!.typed).toBe('6 年（2012、2013、2014、2015、2016、2017）')
    const warm = station(
      bind('monthly-temperature', '℃', { take: 'mean', per: 'month' }, { column: 'tmean_c_changting' }),
    )
    expect(warm.facts).toHaveLength(12)
    const red = [rain, erosive, years, warm].flatMap((r) => r.problems.filter((p) => p.severity === 'red'))
    expect(red).toEqual([])
  })
})
