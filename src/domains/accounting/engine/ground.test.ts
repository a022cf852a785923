// The law of the ground: with any prices, an account that stands on what an earlier run added up has the result tables of a run
// that knows nothing, byte for byte; and nothing but prices leaves the ground as it is.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { dec, unit } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'
import { between, mapAccount, putMapAccount } from '../maps/map-account.fixture.ts'
import type { WorkingCache } from '../maps/working-cache.ts'
import { METHODS } from '../methods/index.ts'
import { requiredArguments } from '../methods/method.ts'
import { accountJson, resultTables } from '../package/serialise.ts'
import { runAccount } from '../run.ts'
import { fromEqualParts, inEqualParts, type EqualParts } from './equal-parts.ts'
import { isOfPrices } from './ground.ts'

const home = storyFolder('ground')
const EMISSIONS = { '110': 40, '120': 55.5, '130': 7 }
const made = mapAccount({
  width: 40,
  height: 60,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(900, 3000, 7), type: 'float32' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
  ],
  list: { methods: { R1: ['R1.water-balance.map'], R6: ['R6.capped'] } },
  files: {
    'air.csv': `region,so2\n${Object.entries(EMISSIONS)
      .map((row) => row.join(','))
      .join('\n')}\n`,
  },
  arguments: [
    {
      argument: 'air-emission',
      file: 'air.csv',
      column: 'so2',
      unit: 't',
      region: { column: 'region' },
      item: { name: 'SO2' },
    },
  ],
})
putMapAccount(home, made)
const book = { ...rules.book, digest: 'the rules of the house' }

interface Memory extends WorkingCache {
  readonly all: Map<string, string>
  /** Kinds of the results that were asked for and not there. */
  missed: string[]
}
function memory(): Memory {
  const all = new Map<string, string>()
  const own: Memory = {
    all,
    missed: [],
    leastBytes: 0,
    find: (name) => {
      const text = all.get(name)
      if (text === undefined) own.missed.push(name.split('-')[0]!)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    keep: (name, result) => void all.set(name, JSON.stringify(result)),
  }
  return own
}

function tables(list: InputList, cache?: WorkingCache): readonly string[] {
  const { account, problems } = runAccount({ folder: home, list, book, engine: 'test', ...(cache ? { cache } : {}) })
  expect(account, JSON.stringify(problems)).toBeDefined()
  const made = [...resultTables(account!)].map(([name, bytes]) => `${name}\n${new TextDecoder().decode(bytes)}`)
  return [...made, accountJson(account!), JSON.stringify([account!.methods, Object.keys(account!.figures[0]!)])]
}

const KEYS = ['xian-2021', 'gao-2014', 'weihe-2010', 'baiyangdian-2011', 'ganzi-2010', 'youyang-platform']
const fromBook = fc
  .constantFrom(...KEYS)
  .map((key) => [{ price: 'price.reservoir-storage', book: 'price.reservoir-storage', key }])
/** A price in a workbook of its own, of some year, with or without the index between. */
const fromTable = fc.record({
  fen: fc.integer({ min: 10, max: 9_999 }),
  year: fc.constantFrom(made.list.year, made.list.year - 1),
  index: fc.option(fc.integer({ min: 95, max: 108 }), { nil: undefined }),
})

/** The list with that price, whose workbook is written. */
function priced({ fen, year, index }: { fen: number; year: number; index: number | undefined }): InputList {
  const { list } = made
  writeFileSync(join(home, 'prices.csv'), `price,year\n${fen / 100},${year}\n`)
  writeFileSync(join(home, 'cpi.csv'), `index,year\n${index ?? 100},${list.year}\n`)
  const of = (argument: string, file: string, column: string, unitText: string) => ({
    argument,
    file,
    column,
    unit: unitText,
    year: { column: 'year' },
  })
  return {
    ...list,
    arguments: [
      ...list.arguments,
      of('price.reservoir-storage', 'prices.csv', 'price', '元/m3'),
      ...(index === undefined ? [] : [of('cpi', 'cpi.csv', 'index', '1')]),
    ],
  }
}

test('with any prices the account and its tables of a run on the ground of another are those of a fresh one, byte for byte, and only the ground is asked for', () => {
  const cache = memory()
  expect(tables(made.list, cache)).toEqual(tables(made.list))
  const change = fc.oneof(
    fromBook.map((prices): InputList => ({ ...made.list, prices })),
    fromTable.map(priced),
    fromTable.chain((t) => fromBook.map((prices): InputList => ({ ...priced(t), prices }))),
  )
  fc.assert(
    fc.property(change, (list) => {
      cache.missed = []
      const own = tables(list, cache)
      expect(cache.missed).toEqual([])
      expect(own.join('')).toContain('value|constant|')
      expect(own).toEqual(tables(list))
    }),
    { numRuns: 12 },
  )
})

test('a first price of what is booked on types changes totals of quantities, and its ground is stood on from then on', () => {
  const cache = memory()
  const air = (key: string): InputList => ({
    ...made.list,
    prices: [{ price: 'price.air-pollutant', item: 'SO2', book: 'price.so2', key }],
  })
  const [before] = tables(made.list, cache)
  expect(before).not.toContain('quantity|-|110|forest|R6|SO2')
  for (const list of [air('ganzi-2010'), air('gao-2014'), made.list]) {
    cache.missed = []
    const kept = [...cache.all.values()].join()
    expect(tables(list, cache)).toEqual(tables(list))
    expect(cache.missed).toEqual([])
    const isKeptAnew = [...cache.all.values()].join() !== kept
    expect(isKeptAnew).toBe(list.prices?.[0]!.key !== 'gao-2014')
  }
  expect(tables(air('gao-2014'))[0]).toContain('quantity|-|110|forest|R6|SO2')
})

test('a choice, a method, a table, a map, the book and an override ask for a ground of their own; a title, an acceptance and an explanation do not', () => {
  const cache = memory()
  const { list } = made
  tables(list, cache)
  const asked = (changed: InputList): readonly string[] => {
    cache.missed = []
    expect(tables(changed, cache)).toEqual(tables(changed))
    return cache.missed
  }
  expect(asked({ ...list, title: { zh: '另一个名字', en: 'Another name' } })).toEqual([])
  expect(asked({ ...list, accepted: { by: '别人', on: '2026-02-03' } })).toEqual([])
  expect(asked({ ...list, priceYear: list.priceYear - 1 })).toContain('ground')
  expect(asked({ ...list, methods: { R1: ['R1.water-balance.map'], R8: ['R8.rate'] } })).toContain('ground')
  const override = { parameter: 'gep.r1.runoff-coefficient', key: 'forest.mixed', value: '0.2', unit: '1', reason: '实测', approver: '测试' } // prettier-ignore
  expect(asked({ ...list, overrides: [override] })).toContain('sums')
  cache.missed = []
  runAccount({ folder: home, list, book: { ...book, digest: 'other rules' }, engine: 'test', cache })
  expect(cache.missed).toContain('ground')
})

test('no price decides which methods serve, and none enters a quantity', () => {
  for (const m of METHODS) {
    expect(requiredArguments(m).filter(isOfPrices), m.id).toEqual([])
    expect(JSON.stringify(m.stages.map((s) => s.given ?? {})), m.id).not.toMatch(/"argument":"(price\.|cpi)|"price":/)
    // A factor made while a line is valued would stand in the way of the next quantity.
    const values = m.stages.flatMap((st) =>
      typeof st.value === 'object' && 'rule' in st.value ? [st.value.given] : [],
    )
    expect(JSON.stringify(values), m.id).not.toContain('"factor":')
  }
})

test('data with numbers, units and odd values come back equal, and equal parts come back as one', () => {
  const through = (x: unknown): unknown => fromEqualParts(JSON.parse(JSON.stringify(inEqualParts(x))) as EqualParts)
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: false, maxDepth: 4 }).filter(isPlain), (x) => {
      expect(through([x, { again: x }])).toEqual([x, { again: x }])
    }),
  )
  const whole = { a: { value: dec('1.10'), unit: unit('t/hm2') }, b: { value: dec('1.1'), unit: unit('t/hm2') } }
  const back = through(whole) as typeof whole
  expect(back).toEqual(whole)
  expect(back.a).toBe(back.b)
  expect(through([-0, Infinity, NaN])).toEqual([-0, Infinity, NaN])
})

const isPlain = (x: unknown): boolean =>
  x === null ||
  ['string', 'number', 'boolean'].includes(typeof x) ||
  (Array.isArray(x)
    ? x.every(isPlain)
    : typeof x === 'object' &&
      Object.getPrototypeOf(x) === Object.prototype &&
      !('__proto__' in Object.fromEntries(Object.entries(x))) &&
      Object.values(x).every(isPlain))
