import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../../kernel/index.ts'
import { exampleAccount, exampleSeed, makeAccount, type LineSeed } from '../checks/account.fixture.ts'
import { valueKey } from '../figure-key.ts'
import type { Account, ParameterUse } from '../model.ts'
import { ALL_EFFECTS, changeBetween, changeRows, diffAccounts, diffText, methodHash, parameterHash } from './index.ts'

const COUNTY = '522600'
const next = (more: Parameters<typeof exampleAccount>[0] = {}): Account =>
  exampleAccount({ ...more, head: { year: 2024, ...more?.head } })

const parameter = (value: string): ParameterUse => ({
  id: 'gep.r1.runoff-coefficient',
  key: 'forest',
  title: text('径流系数', 'runoff coefficient'),
  quantity: { value, unit: '%' },
  mark: 'confirmed',
  source: ['P05'],
  layer: 'national',
  file: 'runoff-coefficient.yaml',
  line: 5,
  version: 'v1',
  isPrice: false,
  touches: '0',
})

const seeds = fc.array(
  fc.record({
    item: fc.constantFrom('a', 'b', 'c', 'd'),
    service: fc.constantFrom('R1', 'R8', 'C1', 'M1') as fc.Arbitrary<LineSeed['service']>,
    q: fc.integer({ min: 0, max: 1_000_000 }),
    p: fc.integer({ min: 1, max: 10_000 }),
    kind: fc.constantFrom('priced', 'value'),
  }),
  { minLength: 1, maxLength: 8 },
)
const linesOf = (
  all: readonly { item: string; service: LineSeed['service']; q: number; p: number; kind: string }[],
): LineSeed[] => [
  ...new Map(
    all.map((s) => {
      const price = `${(s.p / 100).toFixed(2)} 元/m3` as const
      const line: LineSeed =
        s.kind === 'priced'
          ? { service: s.service, item: s.item, q: `${(s.q / 1000).toFixed(3)} m3`, p: [price, price] }
          : { service: s.service, item: s.item, value: [String(s.q), String(s.q)] }
      return [`${s.service}|${s.item}`, line] as const
    }),
  ).values(),
]

describe('the change between two years', () => {
  it('adds up exactly: the effects of every line and of the total are the change, in fen, for any two accounts', () => {
    fc.assert(
      fc.property(seeds, seeds, (x, y) => {
        const [a, b] = [makeAccount({ lines: linesOf(x) }), makeAccount({ lines: linesOf(y), head: { year: 2024 } })]
        for (const basis of changeBetween(a, b).bases) {
          const sum = (e: (typeof basis)['effects']) => ALL_EFFECTS.reduce((s, k) => s + e[k], 0n)
          for (const l of basis.lines) expect(sum(l.effects)).toBe(l.after - l.before)
          expect(sum(basis.effects)).toBe(basis.after - basis.before)
        }
      }),
      { numRuns: 100 },
    )
  })
  it('follows the numeric example of the published decomposition: 3 500 to 5 610, quantity 350, price 1 600, cross 160', () => {
    const year = (q: readonly [string, string], p: readonly [string, string], y: number): Account =>
      makeAccount({
        head: { year: y },
        lines: [
          { service: 'R1', item: 'a', q: `${q[0]} m3`, p: ['5 元/m3', `${p[0]} 元/m3`] },
          { service: 'R1', item: 'b', q: `${q[1]} m3`, p: ['60 元/m3', `${p[1]} 元/m3`] },
        ],
      })
    const change = changeBetween(year(['100', '50'], ['5', '60'], 2022), year(['110', '55'], ['6', '90'], 2023))
    const [constant, current] = change.bases
    expect([constant!.before, constant!.after]).toEqual([350000n, 385000n])
    expect(constant!.growth?.toFixed()).toBe('0.1')
    expect(current!.growth?.toFixed(6)).toBe('0.602857')
    expect(current!.effects).toMatchObject({ quantity: 35000n, price: 160000n, cross: 16000n, undivided: 0n })
  })
  it('at constant prices has no price effect', () => {
    const seed = exampleSeed()
    const b = next({ lines: seed.lines.map((l) => (l.service === 'R1' ? { ...l, q: '6.123456 亿m3' } : l)) })
    const constant = changeBetween(exampleAccount(), b).bases.find((x) => x.basis === 'constant')!
    expect([constant.effects.price, constant.effects.cross]).toEqual([0n, 0n])
    expect(constant.effects.quantity).toBe(constant.after - constant.before)
    expect(constant.growth).toBeDefined()
  })
  it('is refused as growth at constant prices where a constant price moved, and the line is named', () => {
    const seed = exampleSeed()
    const b = next({
      lines: seed.lines.map((l) => (l.service === 'R8' ? { ...l, p: ['51 元/tCO2', '62.98 元/tCO2'] as const } : l)),
    })
    const [constant, current] = changeBetween(exampleAccount(), b).bases
    expect(constant!.growth).toBeUndefined()
    expect(constant!.refused.map((p) => [p.code, p.values['count']])).toEqual([['change.price-not-constant', 1]])
    expect(String(constant!.refused[0]!.values['lines'])).toContain('固碳')
    expect(current!.refused).toEqual([])
  })
  it('puts a value that came without a price under what cannot be divided', () => {
    const seed = exampleSeed()
    const b = next({ lines: seed.lines.map((l) => (l.service === 'C1' ? { ...l, value: ['1', '2'] as const } : l)) })
    const current = changeBetween(exampleAccount(), b).bases.find((x) => x.basis === 'current')!
    expect(current.effects.undivided).toBe(current.after - current.before)
  })
  it('puts new and vanished lines under added and removed', () => {
    const seed = exampleSeed()
    const b = next({
      lines: [...seed.lines.filter((l) => l.service !== 'R8'), { service: 'C2', value: ['100', '100'] }],
    })
    const current = changeBetween(exampleAccount(), b).bases.find((x) => x.basis === 'current')!
    expect(current.effects.added).toBe(10000n)
    expect(current.effects.removed).toBeLessThan(0n)
    expect(current.effects.added + current.effects.removed).toBe(current.after - current.before)
  })
  it('books the change of a service under method when its rule, method, choice or parameter changed, and shows no growth', () => {
    const seed = exampleSeed()
    const breaks: readonly Account[] = [
      next({
        lines: seed.lines.map((l) =>
          l.service === 'R1' ? { ...l, q: '1 亿m3', rule: 'gep.r1.water-balance@bbbbbbbbbbbb' } : l,
        ),
      }),
      next({ lines: seed.lines.map((l) => (l.service === 'R1' ? { ...l, q: '1 亿m3', method: 'R1.other' } : l)) }),
      next({
        lines: seed.lines.map((l) => (l.service === 'R1' ? { ...l, q: '1 亿m3' } : l)),
        parameters: [parameter('9')],
      }),
    ]
    const before = exampleAccount({ parameters: [parameter('4.65')] })
    for (const b of breaks) {
      const change = changeBetween(b.parameters.length === 0 ? exampleAccount() : before, b)
      for (const basis of change.bases) {
        expect(basis.growth).toBeUndefined()
        expect(basis.refused.map((p) => p.code)).toContain('qa.method-break')
        expect(basis.effects.method).toBe(basis.after - basis.before)
      }
    }
  })
  it('refuses growth across base years only for constant prices, and across sets and regions for both', () => {
    const codes = (b: Account): readonly (readonly string[])[] =>
      changeBetween(exampleAccount(), b).bases.map((x) => x.refused.map((p) => p.code))
    expect(codes(next({ head: { priceYear: 2021 } }))).toEqual([['change.base-year'], []])
    const otherSet = codes(next({ head: { set: 'ganzi-2010' } }))
    expect(otherSet.every((c) => c.includes('set.mixed'))).toBe(true)
  })
  it('has a hash that ignores prices and the order of things', () => {
    const [a, b] = [exampleAccount(), next()]
    expect(methodHash(a)).toBe(methodHash({ ...b, methods: [...b.methods].reverse(), lines: [...b.lines].reverse() }))
    expect(parameterHash(exampleAccount({ parameters: [parameter('1')] }))).toBe(
      parameterHash(
        exampleAccount({ parameters: [{ ...parameter('7'), id: 'price.x', isPrice: true }, parameter('1')] }),
      ),
    )
  })
  it('is printed with its total last', () => {
    const rows = changeRows(changeBetween(exampleAccount(), next()))
    expect(rows.at(-1)?.title.zh).toBe('合计')
    expect(rows.at(-1)?.cells).toHaveLength(3 + ALL_EFFECTS.length)
  })
})

describe('the difference of two accounts', () => {
  it('is nothing for equal accounts', () => {
    const diff = diffAccounts(exampleAccount(), exampleAccount())
    expect(diff.same).toBe(true)
    expect(diffText(diff, 'zh')).toEqual(['两份核算完全相同。'])
  })
  it('names every line a price year changes, and its effect on the total', () => {
    const seed = exampleSeed()
    const b = exampleAccount({
      lines: seed.lines.map((l) => (l.service === 'R1' ? { ...l, p: ['6.11 元/m3', '8 元/m3'] as const } : l)),
    })
    const diff = diffAccounts(exampleAccount(), b)
    const lines = diff.figures.filter((f) => f.onTotal)
    expect(lines.map((f) => f.key)).toEqual([
      valueKey('current', COUNTY, 'forest', 'R1', '*'),
      valueKey('current', COUNTY, 'grass', 'R1', '*'),
    ])
    const total = diff.totals.find((t) => t.basis === 'current')!
    expect(lines.reduce((s, f) => s + f.onTotal!.current!, 0n)).toBe(total.new! - total.old!)
    expect(diff.prices.map((p) => [p.old?.value, p.new?.value])).toEqual([
      ['7.06', '8'],
      ['7.06', '8'],
    ])
    expect(diff.methods).toEqual([])
  })
  it('lists a figure exactly if its number differs', () => {
    fc.assert(
      fc.property(seeds, seeds, (x, y) => {
        const [a, b] = [makeAccount({ lines: linesOf(x) }), makeAccount({ lines: linesOf(y) })]
        const said = new Set(diffAccounts(a, b).figures.map((f) => f.key))
        const [fa, fb] = [a, b].map((z) => new Map(z.figures.map((f) => [f.key, f.quantity.value.toFixed()])))
        for (const key of new Set([...fa!.keys(), ...fb!.keys()]))
          expect(said.has(key)).toBe(fa!.get(key) !== fb!.get(key))
      }),
      { numRuns: 50 },
    )
  })
  it('gives old and new cell of a changed input, also across years', () => {
    const seed = exampleSeed()
    const b = next({ lines: seed.lines.map((l) => (l.service === 'R8' ? { ...l, q: '320000 tCO2' } : l)) })
    const fact = diffAccounts(exampleAccount(), b).facts.find((f) => f.id.startsWith('amount.R8'))!
    expect([fact.old?.value, fact.new?.value]).toEqual(['310000', '320000'])
    expect(fact.oldCell).toMatch(/^数据\.xlsx › amount\.R8 › B\d+$/)
    expect(diffText(diffAccounts(exampleAccount(), b), 'en').some((l) => l.includes(fact.oldCell!))).toBe(true)
  })
  it('names changed parameters and methods', () => {
    const a = exampleAccount({ parameters: [parameter('4.65')] })
    const b = exampleAccount({ parameters: [parameter('5')], choices: { humidifierTerm: 'always' } })
    const diff = diffAccounts(a, b)
    expect(diff.parameters).toMatchObject([{ key: 'forest', old: { value: '4.65' }, new: { value: '5' } }])
    expect(diff.methods.length).toBeGreaterThan(0)
    for (const lang of ['zh', 'en'] as const) expect(diffText(diff, lang).join('\n')).toContain('humidifierTerm=always')
  })
})
