// Ganzi Prefecture 2010 [P01, 10.5846/stxb201607011362]: the published account replayed from its workbooks.
// Tolerances: a line within half a unit of its last printed digit; totals as printed (the paper truncates to two decimals).

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadRuleBook } from '../../src/core/rules/index.ts'
import { convert, dec, problemText } from '../../src/kernel/index.ts'
import { computeAccount } from '../../src/domains/accounting/engine/compute.ts'
import { valueKey } from '../../src/domains/accounting/figure-key.ts'
import { readFacts } from '../../src/domains/accounting/inputs/read-facts.ts'
import type { Account } from '../../src/domains/accounting/model.ts'
import { GANZI_LIST, ganziWorkbooks } from '../../src/domains/accounting/sample/ganzi.ts'

const R = '513300'
let account: Account
const folder = mkdtempSync(join(tmpdir(), 'ganzi-'))
beforeAll(async () => {
  for (const [name, bytes] of await ganziWorkbooks()) writeFileSync(join(folder, name), bytes)
  const { book } = await loadRuleBook('rules')
  const read = readFacts(folder, GANZI_LIST, { classification: book.classifications[0]! })
  expect(read.problems.map((p) => problemText(p, 'zh'))).toEqual([])
  account = computeAccount({ list: GANZI_LIST, ...read, book, engine: 'test', findings: [] })
})
afterAll(() => rmSync(folder, { recursive: true }))

const yi = (key: string): string => {
  const f = account.figures.find((x) => x.key === key)
  return f ? convert(f.quantity, '亿元').value.toFixed(6) : `no ${key}`
}
const item = (service: string, i: string): string => yi(valueKey('constant', R, '*', service, i))

describe('values by line, 亿元', () => {
  const lines: readonly (readonly [service: string, item: string, printed: string, tolerance?: string])[] = [
    ['M1', 'net-output', '12.2875'],
    ['M2', 'net-output', '2.3777'],
    ['M3', 'net-output', '22.0760'],
    ['M4', 'net-output', '0.0356'],
    ['M6', 'domestic', '3.54'],
    ['M6', 'industrial', '540.6113'],
    ['M6', 'farm', '1.2117'],
    ['M7', 'hydropower', '50.509'],
    ['R1', 'water', '2269.7074'],
    ['R2', 'sediment', '156.2555'],
    ['R2', 'nitrogen', '125.8199'],
    ['R2', 'phosphorus', '117.5226'],
    ['R3', 'restored-area', '2.2835'],
    ['R5', 'lake.甘孜州湖泊（合计）', '17.1430'],
    ['R5', 'reservoir.甘孜州水库（合计）', '0.0684'],
    ['R5', 'marsh.甘孜州沼泽（合计）', '42.3436'],
    ['R6', 'SO2', '0.0136'],
    ['R6', 'NOx', '0.0175'],
    ['R6', 'dust', '0.0014'],
    ['R7', 'COD', '0.0380'],
    ['R7', 'NH3-N', '0.0055'],
    ['R8', 'co2', '117.3548'],
    ['R11', 'oxygen', '1821.9182'],
    // three rows of types, each printed rounded to 0.01: 666.68 + 309.16 + 507.68
    ['R9', 'vegetation', '1483.5208', '0.0001'],
    ['R9', 'water', '674.3433'],
    ['C1', '全州', '70.6669'],
  ]
  test.each(lines.map((l) => [l[0], l[1], l[2], l] as const))(
    '%s %s is %s',
    (_s, _i, _p, [service, i, printed, tolerance]) => {
      const half = tolerance === undefined ? dec(10).pow(-printed.split('.')[1]!.length).div(2) : dec(tolerance)
      expect(dec(item(service, i)).minus(printed).abs().lte(half), `${item(service, i)} against ${printed}`).toBe(true)
    },
  )
})

test('pests by type are 5.925 and 8.0003', () => {
  expect(yi(valueKey('constant', R, 'forest', 'R13', 'pest'))).toBe('5.925000')
  expect(dec(yi(valueKey('constant', R, 'grass', 'R13', 'pest'))).toFixed(4)).toBe('8.0003')
})

test('totals are the printed ones: 632.64, 6 842.28, 70.6669, GEP 7 545.59 (truncated in print)', () => {
  const cut = (s: string): string => dec(s).toDecimalPlaces(2, 1).toFixed(2)
  expect(cut(yi(valueKey('constant', R, '*', 'M')))).toBe('632.64')
  expect(cut(yi(valueKey('constant', R, '*', 'R')))).toBe('6842.28')
  expect(dec(yi(valueKey('constant', R, '*', 'C'))).toFixed(4)).toBe('70.6669')
  expect(cut(yi(valueKey('constant', R)))).toBe('7545.59')
  expect(
    dec(yi(valueKey('constant', R)))
      .minus('7545.5980')
      .abs()
      .lt('0.0005'),
  ).toBe(true)
})

test.each([
  ['forest', '2176.00'],
  ['shrub', '1490.88'],
  ['grass', '2397.56'],
  ['wetland', '1396.13'],
  ['farm', '42.29'],
  ['urban', '1.00'],
  ['other.glacier', '5.60'],
  ['other.bare', '36.13'],
])('by type: %s is %s', (cls, printed) => {
  expect(dec(yi(valueKey('constant', R, cls))).toFixed(2)).toBe(printed)
})
