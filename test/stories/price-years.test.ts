// The same year at the prices of another: `account diff` names every line that changed with what it does to the total,
// and the effects add up to the change of GEP to the fen.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { dec, fenText, toFen, type Fen } from '../../src/kernel/index.ts'
import { writeWorkbook } from '../../src/core/exchange-formats/index.ts'
import { gepOf, type Account, type Basis, type Binding } from '../../src/domains/accounting/index.ts'
import { run } from './command.ts'
import { accountOf, ganziFolder, packTo, storyFolder, type Folder } from './folders.ts'

const home = storyFolder('price-years')
const BOOK = '6 价格指数与新价.xlsx'
const CPI = ['105.4', '102.6', '102.6', '102.0', '101.4'] as const
const CARBON = '448.00'

const GANZI = ganziFolder(join(home, 'prices-2010'))
/** The price year 2015: a consumer price index for every year since 2010, and a carbon price of 2015 itself. */
const LATER: Folder = (() => {
  const made = ganziFolder(join(home, 'prices-2015'))
  const more: readonly Binding[] = [
    { argument: 'cpi', file: BOOK, sheet: '指数', column: '居民消费价格指数', unit: '1', year: { column: '年份' } },
    { argument: 'price.carbon', file: BOOK, sheet: '新价', column: '碳价（元/tCO2）', unit: '元/tCO2', year: 2015 },
  ]
  return { ...made, list: { ...made.list, priceYear: 2015, arguments: [...made.list.arguments, ...more] } }
})()

const packs = { a: join(home, 'a.zip'), b: join(home, 'b.zip') }
let a: Account
let b: Account

interface Change {
  readonly key: string
  readonly code: string
  readonly onTotal?: Partial<Record<Basis, string>>
}
let diff: {
  readonly same: boolean
  readonly figures: readonly Change[]
  readonly totals: readonly { readonly basis: Basis; readonly old: string; readonly new: string }[]
  readonly prices: readonly { readonly price: string; readonly basis: Basis }[]
  readonly head: readonly { readonly title: { readonly en: string }; readonly old: string; readonly new: string }[]
}

beforeAll(async () => {
  const head = ['年份', '居民消费价格指数']
  const bytes = await writeWorkbook({
    title: '价格指数',
    sheets: [
      {
        name: '指数',
        rows: [head.map((value) => ({ value })), ...CPI.map((x, i) => [{ value: 2011 + i }, { value: dec(x) }])],
      },
      {
        name: '新价',
        rows: [
          [{ value: '项目' }, { value: '碳价（元/tCO2）' }],
          [{ value: '碳' }, { value: dec(CARBON) }],
        ],
      },
    ],
  })
  writeFileSync(join(LATER.folder, BOOK), bytes)
  a = accountOf(GANZI)
  b = accountOf(LATER)
  packTo(packs.a, a, GANZI)
  packTo(packs.b, b, LATER)
  diff = JSON.parse((await run(['account', 'diff', packs.a, packs.b, '--json'])).out) as typeof diff
})

const fenOf = (account: Account, key: string): Fen => toFen(account.figures.find((f) => f.key === key)!.quantity)

/** Keys of the lines whose value on a basis differs between the two accounts. */
const movedLines = (basis: Basis): readonly string[] =>
  a.lines.flatMap((l) => {
    const key = l[basis]
    return key !== undefined && !l.memo && fenOf(a, key) !== fenOf(b, key) ? [key] : []
  })

describe('constant prices of 2010 against those of 2015', () => {
  test('every line that changed is named with its effect, and no other', () => {
    const named = diff.figures.filter((f) => f.key.startsWith('value|') && f.onTotal)
    expect(movedLines('constant').length).toBeGreaterThan(40)
    expect(named.map((f) => f.key).sort()).toEqual([...movedLines('constant')].sort())
    for (const f of named)
      expect(f.onTotal, f.key).toEqual({ constant: (fenOf(b, f.key) - fenOf(a, f.key)).toString() })
  })

  test('the effects add up to the change of GEP, to the fen', () => {
    const sum = diff.figures
      .filter((f) => f.key.startsWith('value|'))
      .reduce((s, f) => s + BigInt(f.onTotal?.constant ?? 0), 0n)
    const total = diff.totals.find((t) => t.basis === 'constant')!
    expect(sum).toBe(BigInt(total.new) - BigInt(total.old))
    expect(sum).toBe(toFen(gepOf(b)!) - toFen(gepOf(a)!))
    expect(sum).toBeGreaterThan(0n)
  })

  test('a price without one of 2015 is carried by the index, the carbon price is the new one', () => {
    const line = a.lines.find((l) => l.service === 'R1' && l.class === 'grass')!
    const water = a.figures.find((f) => f.key === line.quantity)!.quantity
    const factor = CPI.reduce((f, x) => f.times(x).div(100), dec(1))
    const yuan = water.value.times(water.unit.num.toString()).times('7.06').times(factor)
    expect(fenText(fenOf(b, line.constant!))).toBe(yuan.toFixed(2))
    const carbon = a.lines.find((l) => l.service === 'R8' && l.class === 'grass')!
    expect(
      dec(fenOf(b, carbon.constant!))
        .div(dec(fenOf(a, carbon.constant!)))
        .toFixed(8),
    ).toBe(dec(CARBON).div('380').toFixed(8))
  })

  test('what the year itself paid does not change', () => {
    expect(movedLines('current')).toEqual([])
    const total = diff.totals.find((t) => t.basis === 'current')!
    expect(total.new).toBe(total.old)
    expect(diff.prices.every((p) => p.basis === 'constant')).toBe(true)
  })

  test('the terminal says the price year, the total and each line with its code', async () => {
    const { out, code } = await run(['account', 'diff', packs.a, packs.b])
    expect(code).toBe(0)
    expect(diff.head).toMatchObject([{ title: { en: 'Price year' }, old: '2010', new: '2015' }])
    const change = toFen(gepOf(b)!) - toFen(gepOf(a)!)
    expect(out.split('\n')[0]).toContain(`(${fenText(change)})`)
    for (const f of diff.figures.filter((x) => x.onTotal))
      expect(out, f.key).toMatch(
        new RegExp(
          `${f.code.replace(/[$*]/g, '\\$&')} .*对总值 ${fenText(BigInt(f.onTotal!.constant!)).replaceAll('.', '\\.')} 元`,
        ),
      )
  })

  test('an account against itself has no line', async () => {
    const { out } = await run(['account', 'diff', packs.a, packs.a])
    expect(out.trim()).toBe('两份核算完全相同。')
  })
})
