// Accounts for tests, made from a short list of lines: facts, figures with recipes, and totals as the engine forms them.

import {
  addQuantity,
  civilDate,
  fenToQuantity,
  multiplyQuantity,
  quantity,
  text,
  toFen,
  type Quantity,
} from '../../../kernel/index.ts'
import { levelOne } from '../engine/totals.ts'
import { assignCodes, extentKey, quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import type {
  Account,
  AccountHead,
  Basis,
  Fact,
  Figure,
  Finding,
  Line,
  LineState,
  ParameterUse,
  PriceUse,
  Recipe,
} from '../model.ts'
import { getService, type ServiceId } from '../services.ts'

export interface LineSeed {
  readonly service: ServiceId
  readonly class?: string
  readonly item?: string
  readonly region?: string
  /** `58.49 亿m3` */
  readonly q?: string
  /** Constant and current price, `7.06 元/m3`. */
  readonly p?: readonly [string, string]
  /** A value that comes without a price, 元. */
  readonly value?: readonly [string, string]
  readonly method?: string
  readonly rule?: string
  readonly state?: LineState
  readonly memo?: true
}

export interface AccountSeed {
  readonly head?: Partial<AccountHead>
  readonly lines: readonly LineSeed[]
  /** km² by class. */
  readonly areas?: Readonly<Record<string, string>>
  readonly opening?: Readonly<Record<string, string>>
  readonly facts?: readonly FactSeed[]
  readonly parameters?: readonly ParameterUse[]
  readonly findings?: readonly Finding[]
  readonly choices?: Readonly<Record<string, string>>
}

export interface FactSeed {
  readonly argument: string
  readonly q: string
  readonly class?: string
  readonly item?: string
  readonly more?: Partial<Fact>
}

const COUNTY = '522600'

const read = (s: string): Quantity => {
  const [value = '', unit = '1'] = s.split(' ')
  return quantity(value, unit)
}

export function makeAccount(seed: AccountSeed): Account {
  const head: AccountHead = {
    title: text('测试县生态产品总值', 'GEP of a test county'),
    year: 2023,
    priceYear: 2020,
    set: '481-2022',
    setTitle: text('481 规范', '481 specification'),
    status: 'trial',
    legalDate: civilDate('2023-12-31'),
    region: COUNTY,
    regions: [{ code: COUNTY, kind: 'administrative', name: text('测试县', 'Test county') }],
    sample: false,
    engine: 'test',
    prepared: { filledBy: '张', computedBy: '李', organisation: '测试所' },
    ...seed.head,
  }
  const facts = new Map<string, Fact>()
  const addFact = (f: FactSeed, region = head.region): Fact => {
    const year = f.more?.year ?? head.year
    const id = [f.argument, region, f.class ?? '', f.item ?? '', year].join('|')
    const fact: Fact = {
      id,
      argument: f.argument,
      region,
      ...(f.class === undefined ? {} : { class: f.class }),
      ...(f.item === undefined ? {} : { item: f.item }),
      year,
      quantity: read(f.q),
      typed: f.q.split(' ')[0]!,
      origin: { file: '数据.xlsx', sha256: '0'.repeat(64), sheet: f.argument, cell: `B${facts.size + 2}` },
      mark: 'reported',
      ...f.more,
    }
    facts.set(id, fact)
    return fact
  }
  const figures = new Map<string, Figure>()
  const add = (key: string, q: Quantity, recipe: Recipe, zh: string, method?: string): string => {
    const [measure, basis, region, cls, service, item] = key.split('|') as [
      Figure['measure'],
      Basis | '-',
      string,
      string,
      string,
      string,
    ]
    if (!figures.has(key))
      figures.set(key, {
        key,
        code: '',
        measure,
        basis,
        region,
        class: cls,
        service,
        item,
        quantity: q,
        recipe,
        title: text(zh, key),
        ...(method === undefined ? {} : { method }),
      })
    return key
  }
  const sum = (key: string, of: readonly string[], zh: string): void => {
    if (of.length > 0) add(key, of.map((k) => figures.get(k)!.quantity).reduce(addQuantity), { kind: 'sum', of }, zh)
  }

  const prices: PriceUse[] = []
  const lines = seed.lines.map((s): Line => {
    const region = s.region ?? head.region
    const [cls, item, method] = [s.class ?? '-', s.item ?? '*', s.method ?? `${s.service}.test`]
    const title = `${getService(s.service).title.zh}${item === '*' ? '' : `·${item}`}${cls === '-' ? '' : `·${cls}`}`
    const line = {
      region,
      class: cls,
      service: s.service,
      item,
      itemTitle: text(item, item),
      method,
      state: s.state ?? 'computed',
      ...(s.memo ? { memo: true as const } : {}),
    } as const
    if (line.state !== 'computed' && !s.q) return { ...line, reason: text('缺资料', 'no data') }
    const place = { ...(cls === '-' ? {} : { class: cls }), ...(item === '*' ? {} : { item }) }
    const out: { quantity?: string; constant?: string; current?: string } = {}
    if (s.q) {
      const fact = addFact({ argument: `amount.${s.service}`, q: s.q, ...place }, region)
      const recipe: Recipe = s.rule
        ? { kind: 'rule', rule: s.rule, output: 'x', given: { x: { fact: fact.id } }, keys: {}, region }
        : { kind: 'fact', fact: fact.id }
      out.quantity = add(quantityKey(region, cls, s.service, item), fact.quantity, recipe, title, method)
    }
    const bases: readonly Basis[] = ['constant', 'current']
    const refs: { constant?: { fact: string }; current?: { fact: string } } = {}
    bases.forEach((basis, i) => {
      const key = valueKey(basis, region, cls, s.service, item)
      if (s.p && out.quantity) {
        const year = basis === 'constant' ? head.priceYear : head.year
        const price = addFact({ argument: `price.${s.service}`, q: s.p[i]!, ...place, more: { year } }, region)
        refs[basis] = { fact: price.id }
        const [amount, unit] = s.p[i]!.split(' ') as [string, string]
        prices.push({
          price: `price.${s.service}`,
          title: text(`${title}单价`, `price of ${title}`),
          basis,
          quantity: { value: amount, unit },
          year,
          mark: 'reported',
          source: ['统计年鉴'],
          ref: refs[basis],
        })
        const v = fenToQuantity(toFen(multiplyQuantity(figures.get(out.quantity)!.quantity, price.quantity)))
        out[basis] = add(
          key,
          v,
          { kind: 'price', quantity: { figure: out.quantity }, price: refs[basis] },
          title,
          method,
        )
      } else if (s.value) {
        const fact = addFact(
          {
            argument: `value.${s.service}`,
            q: `${s.value[i]!} 元`,
            ...place,
            more: { year: i === 0 ? head.priceYear : head.year },
          },
          region,
        )
        out[basis] = add(
          key,
          fenToQuantity(toFen(fact.quantity)),
          { kind: 'money', of: { fact: fact.id } },
          title,
          method,
        )
      }
    })
    return { ...line, ...out, ...(Object.keys(refs).length > 0 ? { price: refs } : {}) }
  })

  for (const r of [...head.regions].sort((a, b) => (a.parent === undefined ? 1 : 0) - (b.parent === undefined ? 1 : 0)))
    addTotals(lines, r.code, head, sum)
  for (const [cls, area] of Object.entries(seed.areas ?? {})) {
    const fact = addFact({ argument: 'area', q: `${area} km2`, class: cls })
    add(extentKey(head.region, cls, 'closing'), fact.quantity, { kind: 'fact', fact: fact.id }, `${cls}期末面积`)
  }
  for (const [cls, area] of Object.entries(seed.opening ?? {})) {
    const fact = addFact({ argument: 'area.opening', q: `${area} km2`, class: cls })
    add(extentKey(head.region, cls, 'opening'), fact.quantity, { kind: 'fact', fact: fact.id }, `${cls}期初面积`)
  }
  for (const what of ['opening', 'closing'])
    sum(
      extentKey(head.region, '*', what),
      Object.keys(what === 'closing' ? (seed.areas ?? {}) : (seed.opening ?? {})).map((c) =>
        extentKey(head.region, c, what),
      ),
      `${what} 全部类型`,
    )
  for (const f of seed.facts ?? []) addFact(f)
  const gdp = [...facts.values()].find((f) => f.argument === 'gdp')
  const gep = figures.get(valueKey('current', head.region))
  if (gdp && gep)
    add(
      ratioKey('current', head.region, 'gep-to-gdp'),
      quantity(gep.quantity.value.div(gdp.quantity.value), '1'),
      {
        kind: 'rule',
        rule: 'gep.ratio.gep-to-gdp@1',
        output: '比值',
        given: { a: { figure: gep.key }, b: { fact: gdp.id } },
        keys: {},
        region: head.region,
      },
      'GEP 与 GDP 之比',
    )

  const codes = assignCodes([...figures.keys()])
  return {
    head,
    facts: [...facts.values()],
    figures: [...figures.values()].map((f) => ({ ...f, code: codes.get(f.key)! })),
    lines,
    findings: seed.findings ?? [],
    parameters: seed.parameters ?? [],
    prices,
    sources: [{ file: '数据.xlsx', sha256: '0'.repeat(64), bytes: 1, custodian: '统计' }],
    fitness: [],
    methods: [...new Map(lines.map((l) => [`${l.service}|${l.method}`, l])).values()].map((l) => ({
      service: l.service,
      method: l.method,
      choices: seed.choices ?? {},
    })),
    boundaries: [],
  }
}

/** Totals of one region over its own lines and, for the account's region, those of its children. */
function addTotals(
  lines: readonly Line[],
  region: string,
  head: AccountHead,
  sum: (key: string, of: readonly string[], zh: string) => void,
): void {
  const inside = new Set([region, ...head.regions.filter((r) => r.parent === region).map((r) => r.code)])
  const here = lines.filter((l) => inside.has(l.region))
  const by = (some: readonly Line[], name: (l: Line) => string): readonly (readonly [string, readonly Line[]])[] => {
    const map = new Map<string, Line[]>()
    for (const l of some) map.set(name(l), [...(map.get(name(l)) ?? []), l])
    return [...map]
  }
  for (const [at, some] of by(
    here.filter((l) => l.quantity),
    (l) => `${l.service}|${l.item}`,
  )) {
    const [service, item] = at.split('|') as [string, string]
    sum(
      quantityKey(region, '*', service, item),
      some.map((l) => l.quantity!),
      `${service} 实物量`,
    )
  }
  for (const basis of ['constant', 'current'] as const) {
    const valued = here.filter((l) => l[basis] !== undefined)
    const counted = valued.filter((l) => !l.memo)
    for (const [at, some] of by(valued, (l) => `${levelOne(l.class)}|${l.service}`)) {
      const [cls, service] = at.split('|') as [string, string]
      sum(
        valueKey(basis, region, cls, service),
        some.map((l) => l[basis]!),
        `${service}·${cls}`,
      )
    }
    for (const [service, some] of by(valued, (l) => l.service))
      sum(
        valueKey(basis, region, '*', service),
        some.map((l) => l[basis]!),
        getService(service as ServiceId).title.zh,
      )
    for (const [cls, some] of by(counted, (l) => levelOne(l.class)))
      sum(
        valueKey(basis, region, cls),
        some.map((l) => l[basis]!),
        `${cls}合计`,
      )
    const groups = by(counted, (l) => getService(l.service).group)
    for (const [g, some] of groups)
      sum(
        valueKey(basis, region, '*', g),
        [...new Set(some.map((l) => l.service))].map((s) => valueKey(basis, region, '*', s)),
        g,
      )
    sum(
      valueKey(basis, region),
      groups.map(([g]) => valueKey(basis, region, '*', g)),
      '生态产品总值',
    )
  }
}

/** A county with every kind of line; change it with `seed`. */
export const exampleSeed = (): AccountSeed => ({
  areas: { forest: '1200', grass: '300', wetland: '40', farm: '460' },
  opening: { forest: '1190', grass: '310', wetland: '40', farm: '460' },
  facts: [
    { argument: 'gdp', q: '8000000000 元' },
    { argument: 'population', q: '260000 人' },
    { argument: 'air-emission', item: 'SO2', q: '1500 t' },
  ],
  lines: [
    { service: 'M1', item: '农业', value: ['1228750000', '1351625000'], class: 'farm' },
    {
      service: 'R1',
      class: 'forest',
      q: '5.849 亿m3',
      p: ['6.11 元/m3', '7.06 元/m3'],
      rule: 'gep.r1.water-balance@aaaaaaaaaaaa',
    },
    {
      service: 'R1',
      class: 'grass',
      q: '1.2 亿m3',
      p: ['6.11 元/m3', '7.06 元/m3'],
      rule: 'gep.r1.water-balance@aaaaaaaaaaaa',
    },
    { service: 'R2', class: 'forest', item: 'soil', q: '2827200 t' },
    { service: 'R2', class: 'forest', item: 'sediment', q: '603136 m3', p: ['15.58 元/m3', '19.76 元/m3'] },
    { service: 'R6', item: 'SO2', q: '1137 t', p: ['1200 元/t', '1263.2 元/t'] },
    { service: 'R8', class: 'forest', q: '310000 tCO2', p: ['50 元/tCO2', '62.98 元/tCO2'] },
    { service: 'R11', class: 'forest', q: '225454 tO2', p: ['727 元/tO2', '727 元/tO2'], memo: true },
    { service: 'R9', class: 'wetland', item: 'water', q: '8000000 kWh', p: ['0.52 元/kWh', '0.53 元/kWh'] },
    { service: 'C1', q: '3586800 人次', value: ['706669000', '780000000'] },
    { service: 'R4', state: 'not-applicable' },
  ],
})

export const exampleAccount = (more: Partial<AccountSeed> = {}): Account => makeAccount({ ...exampleSeed(), ...more })
