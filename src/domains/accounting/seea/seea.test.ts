import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, quantity, sumDec, text, toFen } from '../../../kernel/index.ts'
import type { ParameterValue, RuleBook } from '../../../core/rules/index.ts'
import { exampleAccount, exampleSeed } from '../checks/account.fixture.ts'
import { assignCodes, quantityKey, valueKey } from '../figure-key.ts'
import type { Account } from '../model.ts'
import { ECONOMIC_UNITS, seeaTables, useFigures, useItem } from './index.ts'

const COUNTY = '522600'

/** A book that knows the shares of use of some services. */
const book = (shares: Readonly<Record<string, readonly string[]>>): Pick<RuleBook, 'findParameter'> => ({
  findParameter: (id, key) => {
    const [service = '', unit = ''] = key.split('.')
    const value = shares[service]?.[ECONOMIC_UNITS.findIndex((u) => u === unit)]
    if (id !== 'seea.use' || value === undefined)
      return { code: 'x.y', severity: 'red', zh: '', en: '', hint: text('', ''), values: {} }
    const found: Partial<ParameterValue> = {
      id,
      key,
      version: 'v1',
      quantity: quantity(value, '1'),
      mark: 'unconfirmed',
    }
    return found as ParameterValue
  },
})
const ctx = { date: '2023-12-31' as never, regions: [COUNTY] }

const withUse = (a: Account, shares: Readonly<Record<string, readonly string[]>>): Account => {
  const figures = [...a.figures, ...useFigures(a.figures, book(shares), ctx)]
  const codes = assignCodes(figures.map((f) => f.key))
  return { ...a, figures: figures.map((f) => ({ ...f, code: codes.get(f.key)! })) }
}

describe('use by economic unit', () => {
  it('splits every value to the fen and every quantity to the last digit kept', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 5 })
      .filter((w) => w.some((x) => x > 0))
    fc.assert(
      fc.property(weights, (w) => {
        const a = exampleAccount()
        const use = useFigures(a.figures, book({ R1: w.map(String), R6: w.map(String) }), ctx)
        for (const basis of ['constant', 'current'] as const) {
          const total = a.figures.find((f) => f.key === valueKey(basis, COUNTY, '*', 'R1'))!
          const parts = ECONOMIC_UNITS.map((u) =>
            use.find((f) => f.key === valueKey(basis, COUNTY, '*', 'R1', useItem(u)))!,
          )
          expect(parts.reduce((s, f) => s + toFen(f.quantity), 0n)).toBe(toFen(total.quantity))
        }
        const so2 = use.filter((f) => f.service === 'R6' && f.measure === 'quantity')
        expect(so2.map((f) => f.item)).toEqual(ECONOMIC_UNITS.map((u) => `use.${u}.SO2`))
        expect(sumDec(so2.map((f) => f.quantity.value)).toFixed(15)).toBe(dec(1137).toFixed(15))
      }),
      { numRuns: 50 },
    )
  })
  it('gives each part a share recipe that names its parameters', () => {
    const [first] = useFigures(exampleAccount().figures, book({ R8: ['0', '0', '0.5', '0.5', '0'] }), ctx)
    expect(first?.recipe).toMatchObject({ kind: 'share', index: 0, weights: { length: 5 } })
    expect(first?.recipe.kind === 'share' && first.recipe.weights[2]).toEqual({
      parameter: 'seea.use',
      key: 'R8.households',
      version: 'v1',
    })
  })
  it('leaves out services without shares, and those SEEA does not count', () => {
    const use = useFigures(exampleAccount().figures, book({ R11: ['1', '0', '0', '0', '0'] }), ctx)
    expect(use).toEqual([])
  })
})

describe('the tables of SEEA EA', () => {
  const shares = { R1: ['0.3', '0.3', '0.4', '0', '0'], R8: ['0', '0', '0', '1', '0'] }
  const tables = seeaTables(withUse(exampleAccount(), shares))
  it('name only figures the account holds', () => {
    const keys = new Set(withUse(exampleAccount(), shares).figures.map((f) => f.key))
    for (const t of tables)
      for (const r of t.rows) {
        expect(r.cells).toHaveLength(t.columns.length)
        for (const c of r.cells) if (c !== undefined) expect(keys.has(c)).toBe(true)
      }
  })
  it('are extent, supply and use, physical and on both bases', () => {
    expect(tables.map((t) => `${t.id} ${t.basis ?? ''}`.trim())).toEqual([
      'extent',
      'supply-physical',
      'use-physical',
      'supply-monetary constant',
      'use-monetary constant',
      'supply-monetary current',
      'use-monetary current',
    ])
  })
  it('keep oxygen out with a note, and say which services have no users stated', () => {
    const use = tables.find((t) => t.id === 'use-monetary')!
    expect(use.rows.some((r) => r.cells.some((c) => c?.includes('|R11|')))).toBe(false)
    expect(use.notes.some((n) => n.zh.includes('释氧') && n.zh.includes('中间服务'))).toBe(true)
    expect(use.notes.some((n) => n.zh.includes('没有使用者份额'))).toBe(true)
    const r1 = use.rows.find((r) => r.cells.at(-1)?.includes('|R1|'))!
    expect(r1.cells[0]).toBe(valueKey('constant', COUNTY, '*', 'R1', 'use.agriculture'))
  })
  it('leave a value out that contains consumer surplus', () => {
    const a = exampleAccount()
    const surplus: Account = {
      ...a,
      facts: a.facts.map((f) => (f.argument === 'value.C1' ? { ...f, argument: 'recreation-value' } : f)),
    }
    const monetary = seeaTables(surplus).find((t) => t.id === 'supply-monetary')!
    expect(monetary.rows.some((r) => r.cells.some((c) => c?.includes('|C1|')))).toBe(false)
    expect(monetary.notes.some((n) => n.zh.includes('消费者剩余'))).toBe(true)
  })
  it('show physical supply by item, with its unit', () => {
    const physical = tables.find((t) => t.id === 'supply-physical')!
    const soil = physical.rows.find((r) => r.cells.at(-1) === quantityKey(COUNTY, '*', 'R2', 'soil'))
    expect(soil?.unit).toBe('t')
  })
  it('say which rows of the extent account have no data', () => {
    const extent = tables[0]!
    expect(extent.rows.map((r) => r.head.zh)).toEqual(['期初', '期末'])
    expect(extent.notes[0]!.zh).toContain('增加')
    expect(seeaTables(exampleAccount({ ...exampleSeed(), opening: {} }))[0]!.rows).toHaveLength(1)
  })
})
