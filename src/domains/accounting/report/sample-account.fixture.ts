// A believable account for the tests of this room: an invented county of six townships, six classes, fifteen services,
// with a missing, an unpriced and a not-applicable line, a fall-back, an override, unconfirmed numbers and findings.
// Always holds: the same arguments give the same account; lines are rounded to fen and totals are sums of lines.

import {
  civilDate,
  convert,
  dec,
  fenToQuantity,
  quantity,
  quantityText,
  toFen,
  ZERO,
  type Dec,
  type Quantity,
  type Region,
  type Text,
} from '../../../kernel/index.ts'
import { assignCodes, extentKey, quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import type { Account, Basis, BoundaryFeature, Fact, Figure, Line, Recipe, Status } from '../model.ts'
import { getService, GROUPS, type Group, type ServiceId } from '../services.ts'

export interface SampleWishes {
  readonly year?: number
  readonly status?: Status
  readonly sample?: boolean
  readonly mapNumber?: string
  /** Replaces the name of the first township, for tests with hostile text. */
  readonly townshipName?: string
  /** Method of R1, so that two years can differ in method. */
  readonly waterMethod?: string
}

export const SAMPLE_CLASSES: readonly { readonly code: string; readonly title: Text }[] = [
  { code: 'forest', title: { zh: '森林', en: 'Forest' } },
  { code: 'shrub', title: { zh: '灌丛', en: 'Shrub' } },
  { code: 'grass', title: { zh: '草地', en: 'Grassland' } },
  { code: 'wetland', title: { zh: '湿地', en: 'Wetland' } },
  { code: 'farm', title: { zh: '农田', en: 'Farmland' } },
  { code: 'town', title: { zh: '城镇', en: 'Urban' } },
]

const COUNTY = '990100'
const TOWNS: readonly (readonly [string, string, string])[] = [
  ['990101', '青岚镇', 'Qinglan Town'],
  ['990102', '白水溪乡', 'Baishuixi Township'],
  ['990103', '云台土家族苗族乡', 'Yuntai Tujia and Miao Township'],
  ['990104', '石门坪镇', 'Shimenping Town'],
  ['990105', '杉木河镇', 'Shanmuhe Town'],
  ['990106', '九曲湖乡', 'Jiuquhu Township'],
]
/** km² by township and class. */
const AREA: readonly (readonly number[])[] = [
  [62.4, 18.2, 9.1, 4.35, 38.6, 11.2],
  [118.7, 31.5, 6.4, 2.1, 21.9, 1.3],
  [204.3, 55.8, 28.9, 1.05, 14.2, 0.8],
  [88.1, 22.6, 12.7, 3.3, 44.5, 3.9],
  [151.6, 27.3, 5.5, 6.2, 19.4, 1.6],
  [73.2, 14.9, 4.8, 31.7, 26.3, 2.2],
]

interface Item {
  readonly service: ServiceId
  readonly item: string
  readonly title: Text
  readonly unit: string
  readonly method: string
  readonly rule: string
  /** Quantity per km² of each class, in `unit`. */
  readonly rate: readonly (string | undefined)[]
  readonly constant?: string
  readonly current?: string
}
const same = (rate: string, classes: string): readonly (string | undefined)[] =>
  [...'fsgwat'].map((c) => (classes.includes(c) ? rate : undefined))

const ITEMS: readonly Item[] = [
  item('M1', 'crops', '农产品', 'crops', 't', 'M1.net-output', same('612.5', 'a'), '1650', '1712'),
  item('M2', 'timber', '木材与竹材', 'timber and bamboo', 't', 'M2.net-output', same('41.2', 'f'), '720', '705'),
  item('M3', 'meat', '肉类', 'meat', 't', 'M3.net-output', same('18.4', 'ga'), '9800', '9310'),
  item('M6', 'domestic', '生活用水', 'domestic water', 'm3', 'M6.water-use', same('21000', 'w'), '2.6', '2.75'),
  item(
    'R1',
    'water',
    '水源涵养量',
    'water retained',
    'm3',
    'R1.water-balance',
    ['412300', '351000', '288000', '515000', '96000', undefined],
    '7.06',
    '7.53',
  ),
  item(
    'R2',
    'sediment',
    '减少泥沙淤积',
    'sediment kept back',
    't',
    'R2.rusle',
    ['3120', '2410', '1650', '420', '510', undefined],
    '11.2',
    '11.9',
  ),
  item(
    'R2',
    'nitrogen',
    '减少氮面源污染',
    'nitrogen kept back',
    't',
    'R2.rusle',
    ['2.9', '2.1', '1.4', '0.3', '0.6', undefined],
    '875',
    '875',
  ),
  item('R5', 'lake', '湖泊调蓄量', 'storage of lakes', 'm3', 'R5.lake', same('1850000', 'w'), '7.06', '7.53'),
  item(
    'R6',
    'SO2',
    '二氧化硫',
    'sulphur dioxide',
    't',
    'R6.capped',
    ['0.61', '0.44', '0.2', undefined, '0.08', undefined],
    '1260',
    '1260',
  ),
  item(
    'R6',
    'NOx',
    '氮氧化物',
    'nitrogen oxides',
    't',
    'R6.capped',
    ['0.21', '0.15', '0.06', undefined, '0.03', undefined],
    '1260',
    '1260',
  ),
  item('R7', 'COD', '化学需氧量', 'chemical oxygen demand', 't', 'R7.capped', same('9.3', 'w'), '1400', '1400'),
  item(
    'R8',
    'co2',
    '固碳量',
    'carbon dioxide fixed',
    'tCO2',
    'R8.nep',
    ['612', '388', '171', '240', '52', undefined],
    '58',
    '96',
  ),
  item(
    'R9',
    'vegetation',
    '植被蒸腾消耗能量',
    'energy of transpiration',
    'kWh',
    'R9.vegetation',
    ['310000', '205000', '114000', undefined, undefined, '5200'],
    '0.52',
    '0.56',
  ),
  item('R10', 'road', '道路噪声消减', 'road noise reduced', 'dB·km', 'R10.belt', same('1.4', 't')),
]

function item(
  service: ServiceId,
  id: string,
  zh: string,
  en: string,
  unit: string,
  method: string,
  rate: readonly (string | undefined)[],
  constant?: string,
  current?: string,
): Item {
  return {
    service,
    item: id,
    title: { zh, en },
    unit,
    method,
    rule: `${method}@0123456789ab`,
    rate,
    ...(constant ? { constant } : {}),
    ...(current ? { current } : {}),
  }
}

const BASES: readonly Basis[] = ['constant', 'current']
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export function sampleAccount(wishes: SampleWishes = {}): Account {
  const year = wishes.year ?? 2024
  const growth = dec(1).plus(dec(year - 2024).times('0.015'))
  const priceGrowth = dec(1).plus(dec(year - 2024).times('0.02'))
  const regions: readonly Region[] = [
    { code: COUNTY, kind: 'administrative', name: { zh: '青岚县', en: 'Qinglan County' } },
    ...TOWNS.map(([code, zh, en], i): Region => ({
      code,
      kind: 'administrative',
      name:
        i === 0 && wishes.townshipName !== undefined
          ? { zh: wishes.townshipName, en: wishes.townshipName }
          : { zh, en },
      parent: COUNTY,
    })),
  ]
  const facts: Fact[] = []
  const drafts = new Map<string, Omit<Figure, 'code'>>()
  const lines: Line[] = []
  const put = (f: Omit<Figure, 'code'>): void => void drafts.set(f.key, f)
  const total = (
    key: string,
    parts: readonly string[],
    head: Omit<Figure, 'code' | 'key' | 'recipe' | 'quantity'>,
  ): void => {
    const all = parts.filter((p) => drafts.has(p))
    if (all.length === 0) return
    const first = drafts.get(all[0]!)!.quantity
    const sum = all.reduce<Dec>((s, p) => s.plus(convert(drafts.get(p)!.quantity, first.unit).value), ZERO)
    put({ ...head, key, quantity: { value: sum, unit: first.unit }, recipe: { kind: 'sum', of: all } })
  }
  const fact = (
    argument: string,
    region: string,
    cls: string | undefined,
    item: string | undefined,
    q: Quantity,
    n: number,
  ): string => {
    const id = [argument, region, cls ?? '-', item ?? '-', year].join('|')
    const late = argument === 'npp' && region === '990103'
    facts.push({
      id,
      argument,
      region,
      ...(cls ? { class: cls } : {}),
      ...(item ? { item } : {}),
      year: late ? year - 2 : year,
      quantity: q,
      typed: q.value.toFixed(),
      origin: { file: `${year}年生态系统面积.xlsx`, sha256: HASH, sheet: '面积', cell: `C${n + 4}` },
      mark: 'reported',
      ...(late
        ? {
            fallback: {
              kind: 'neighbour-year' as const,
              year: year - 2,
              reason: '当年遥感产品尚未发布，沿用两年前的同源产品',
            },
          }
        : {}),
    })
    return id
  }

  /** The price of one item on one basis, told once. */
  const priceFact = (service: ServiceId, item: string, basis: Basis, q: Quantity): string => {
    const of = basis === 'constant' ? 2020 : year
    const id = [`price.${service}`, COUNTY, '-', item, of].join('|')
    if (!facts.some((f) => f.id === id))
      facts.push({
        id,
        argument: `price.${service}`,
        region: COUNTY,
        item,
        year: of,
        quantity: q,
        typed: q.value.toFixed(),
        origin: { file: '价格.xlsx', sha256: HASH, sheet: '价格', cell: `C${facts.length}` },
        mark: 'reported',
      })
    return id
  }

  // extent and lines of each township
  TOWNS.forEach(([region], r) => {
    SAMPLE_CLASSES.forEach(({ code: cls, title }, c) => {
      const now = dec(AREA[r]![c]!).times(c === 0 ? growth : dec(1))
      const before = c === 0 ? now.times('0.995') : c === 4 ? now.times('1.004') : now
      const area = fact('area', region, cls, undefined, quantity(now, 'km2'), r * 6 + c)
      const npp = fact('npp', region, cls, undefined, quantity('512', 'gC/(m2·a)'), r * 6 + c)
      const extent: readonly (readonly [string, Dec])[] = [
        ['opening', before],
        ['additions', now.gt(before) ? now.minus(before) : ZERO],
        ['reductions', before.gt(now) ? before.minus(now) : ZERO],
        ['closing', now],
        ['change', now.minus(before)],
      ]
      for (const [what, value] of extent)
        put({
          key: extentKey(region, cls, what),
          measure: 'extent',
          basis: '-',
          region,
          class: cls,
          service: what,
          item: '*',
          quantity: quantity(value, 'km2'),
          recipe: { kind: 'fact', fact: area },
          title,
        })
      for (const it of ITEMS) {
        const rate = it.rate[c]
        if (rate === undefined) continue
        const q = quantity(now.times(rate), it.unit)
        const method = it.service === 'R1' ? (wishes.waterMethod ?? it.method) : it.method
        const qKey = quantityKey(region, cls, it.service, it.item)
        const recipe: Recipe = {
          kind: 'rule',
          rule: it.service === 'R1' ? `${method}@0123456789ab` : it.rule,
          output: 'quantity',
          given: { area: { fact: area }, ...(it.service === 'R8' ? { npp: { fact: npp } } : {}) },
          keys: { class: cls },
          region,
        }
        put({
          key: qKey,
          measure: 'quantity',
          basis: '-',
          region,
          class: cls,
          service: it.service,
          item: it.item,
          quantity: q,
          recipe,
          title: it.title,
          method,
        })
        for (const basis of BASES) {
          const price = it[basis]
          if (price === undefined) continue
          const p = quantity(basis === 'current' ? dec(price).times(priceGrowth) : price, `元/${it.unit}`)
          const amount = fenToQuantity(toFen(quantity(q.value.times(p.value), '元')))
          put({
            key: valueKey(basis, region, cls, it.service, it.item),
            measure: 'value',
            basis,
            region,
            class: cls,
            service: it.service,
            item: it.item,
            quantity: amount,
            recipe: {
              kind: 'price',
              quantity: { figure: qKey },
              price: { fact: priceFact(it.service, it.item, basis, p) },
            },
            title: it.title,
            method,
          })
        }
        lines.push({
          region,
          class: cls,
          service: it.service,
          item: it.item,
          itemTitle: it.title,
          method,
          state: it.constant ? 'computed' : 'unpriced',
          quantity: qKey,
          ...(it.constant
            ? {
                constant: valueKey('constant', region, cls, it.service, it.item),
                current: valueKey('current', region, cls, it.service, it.item),
              }
            : {
                reason: {
                  zh: '没有取得本地市场证据，只列实物量',
                  en: 'no local market evidence was found; only the physical quantity is stated',
                },
              }),
        })
      }
    })
    // tourism has no class
    if (r !== 2) {
      const q = quantity(dec(38000 + r * 9100).times(growth), '人次')
      const qKey = quantityKey(region, '-', 'C1', 'visits')
      const visits = fact('visits', region, undefined, 'visits', q, 40 + r)
      put({
        key: qKey,
        measure: 'quantity',
        basis: '-',
        region,
        class: '-',
        service: 'C1',
        item: 'visits',
        quantity: q,
        recipe: { kind: 'fact', fact: visits },
        title: { zh: '旅游人次', en: 'visits' },
        method: 'C1.travel-cost',
      })
      for (const basis of BASES) {
        const p = basis === 'constant' ? dec('412') : dec('437').times(priceGrowth)
        put({
          key: valueKey(basis, region, '-', 'C1', 'visits'),
          measure: 'value',
          basis,
          region,
          class: '-',
          service: 'C1',
          item: 'visits',
          quantity: fenToQuantity(toFen(quantity(q.value.times(p), '元'))),
          recipe: {
            kind: 'price',
            quantity: { figure: qKey },
            price: { fact: priceFact('C1', 'visits', basis, quantity(p, '元/人次')) },
          },
          title: { zh: '旅游人次', en: 'visits' },
          method: 'C1.travel-cost',
        })
      }
      lines.push({
        region,
        class: '-',
        service: 'C1',
        item: 'visits',
        itemTitle: { zh: '旅游人次', en: 'visits' },
        method: 'C1.travel-cost',
        state: 'computed',
        quantity: qKey,
        constant: valueKey('constant', region, '-', 'C1', 'visits'),
        current: valueKey('current', region, '-', 'C1', 'visits'),
      })
    } else
      lines.push({
        region,
        class: '-',
        service: 'C1',
        item: 'visits',
        itemTitle: { zh: '旅游人次', en: 'visits' },
        method: 'C1.travel-cost',
        state: 'missing',
        reason: {
          zh: '缺该乡旅游人次（文化旅游部门）',
          en: 'the number of visits of this township is missing (culture and tourism office)',
        },
      })
  })
  lines.push(
    {
      region: COUNTY,
      class: '-',
      service: 'R3',
      item: 'sand',
      itemTitle: { zh: '固沙量', en: 'sand fixed' },
      method: 'R3.rweq',
      state: 'missing',
      reason: {
        zh: '缺风速与土壤可蚀性资料（气象部门）',
        en: 'wind speed and soil erodibility are missing (meteorology office)',
      },
    },
    {
      region: COUNTY,
      class: '-',
      service: 'R4',
      item: 'coast',
      itemTitle: { zh: '受保护岸线', en: 'protected shore' },
      method: 'R4.coast',
      state: 'not-applicable',
      reason: { zh: '内陆县，没有海岸线', en: 'an inland county without a shore' },
    },
    {
      region: COUNTY,
      class: '-',
      service: 'R11',
      item: 'o2',
      itemTitle: { zh: '释氧量', en: 'oxygen released' },
      method: 'R11.npp',
      state: 'missing',
      memo: true,
      reason: { zh: '不在所选指标集内，仅备查', en: 'outside the chosen indicator set; for information only' },
    },
  )

  // sums upward
  const towns = TOWNS.map(([code]) => code)
  const classes = [...SAMPLE_CLASSES.map((c) => c.code), '-']
  const kinds = [
    ...ITEMS.map((i) => [i.service, i.item, i.title] as const),
    ['C1', 'visits', { zh: '旅游人次', en: 'visits' }] as const,
  ]
  const services = [...new Set(kinds.map(([s]) => s))]
  for (const what of ['opening', 'additions', 'reductions', 'closing', 'change']) {
    const head = (region: string, cls: string): Omit<Figure, 'code' | 'key' | 'recipe' | 'quantity'> => ({
      measure: 'extent',
      basis: '-',
      region,
      class: cls,
      service: what,
      item: '*',
      title: { zh: '面积', en: 'extent' },
    })
    for (const c of SAMPLE_CLASSES)
      total(
        extentKey(COUNTY, c.code, what),
        towns.map((t) => extentKey(t, c.code, what)),
        head(COUNTY, c.code),
      )
    for (const r of [...towns, COUNTY])
      total(
        extentKey(r, '*', what),
        SAMPLE_CLASSES.map((c) => extentKey(r, c.code, what)),
        head(r, '*'),
      )
  }
  for (const [service, it, title] of kinds) {
    const head = { measure: 'quantity', basis: '-', service, item: it, title } as const
    for (const c of classes)
      total(
        quantityKey(COUNTY, c, service, it),
        towns.map((t) => quantityKey(t, c, service, it)),
        { ...head, region: COUNTY, class: c },
      )
    for (const r of [...towns, COUNTY])
      total(
        quantityKey(r, '*', service, it),
        classes.map((c) => quantityKey(r, c, service, it)),
        { ...head, region: r, class: '*' },
      )
  }
  for (const basis of BASES) {
    const value = (region: string, cls: string, service: string, parts: readonly string[], title: Text): void =>
      total(valueKey(basis, region, cls, service), parts, {
        measure: 'value',
        basis,
        region,
        class: cls,
        service,
        item: '*',
        title,
      })
    for (const r of towns) {
      for (const c of classes) {
        for (const s of services) {
          const items = kinds.filter(([k]) => k === s).map(([, i]) => valueKey(basis, r, c, s, i))
          value(r, c, s, items, getService(s).title)
        }
        value(
          r,
          c,
          '*',
          services.map((s) => valueKey(basis, r, c, s)),
          { zh: '各项服务合计', en: 'all services' },
        )
      }
    }
    for (const c of classes) {
      for (const s of services)
        value(
          COUNTY,
          c,
          s,
          towns.map((t) => valueKey(basis, t, c, s)),
          getService(s).title,
        )
      value(
        COUNTY,
        c,
        '*',
        services.map((s) => valueKey(basis, COUNTY, c, s)),
        { zh: '各项服务合计', en: 'all services' },
      )
    }
    for (const r of [...towns, COUNTY]) {
      for (const s of services)
        value(
          r,
          '*',
          s,
          classes.map((c) => valueKey(basis, r, c, s)),
          getService(s).title,
        )
      for (const g of ['M', 'R', 'C'] as const satisfies readonly Group[])
        value(
          r,
          '*',
          g,
          services.filter((s) => s.startsWith(g)).map((s) => valueKey(basis, r, '*', s)),
          GROUPS[g],
        )
      value(
        r,
        '*',
        '*',
        ['M', 'R', 'C'].map((g) => valueKey(basis, r, '*', g)),
        { zh: '生态系统生产总值', en: 'GEP' },
      )
      const gep = drafts.get(valueKey(basis, r, '*', '*'))!
      const ratio = (what: string, q: Quantity, title: Text): void =>
        put({
          key: ratioKey(basis, r, what),
          measure: 'ratio',
          basis,
          region: r,
          class: '*',
          service: what,
          item: '*',
          quantity: q,
          recipe: { kind: 'sum', of: [gep.key] },
          title,
        })
      const area = drafts.get(extentKey(r, '*', 'closing'))!.quantity
      ratio('per-area', quantity(gep.quantity.value.div(area.value), '元/km2'), {
        zh: '单位面积 GEP',
        en: 'GEP per area',
      })
      ratio('per-person', quantity(gep.quantity.value.div(r === COUNTY ? 214600 : 35766), '元/人'), {
        zh: '人均 GEP',
        en: 'GEP per person',
      })
      if (r === COUNTY) {
        ratio('gep-to-gdp', quantity(gep.quantity.value.div('8640000000'), '1'), {
          zh: 'GEP 与 GDP 之比',
          en: 'ratio of GEP to GDP',
        })
        const mc = drafts
          .get(valueKey(basis, r, '*', 'M'))!
          .quantity.value.plus(drafts.get(valueKey(basis, r, '*', 'C'))!.quantity.value)
        ratio('primary-conversion', quantity(mc.div(gep.quantity.value), '1'), {
          zh: '初级转化率',
          en: 'primary conversion rate',
        })
      }
    }
  }

  const codes = assignCodes([...drafts.keys()])
  const figures = [...drafts.values()].map((f): Figure => ({ ...f, code: codes.get(f.key)! }))
  return {
    head: {
      title: { zh: `青岚县 ${year} 年生态系统生产总值核算`, en: `Gross ecosystem product of Qinglan County, ${year}` },
      year,
      priceYear: 2020,
      set: 'cn-481-2024',
      setTitle: { zh: '国家规范指标集（2024）', en: 'National indicator set (2024)' },
      status: wishes.status ?? 'trial',
      legalDate: civilDate(`${year}-12-31`),
      region: COUNTY,
      regions,
      sample: wishes.sample ?? true,
      engine: 'qingshan 0.1.0',
      prepared: { organisation: '青岚县自然资源局', filledBy: '王小满', computedBy: '李青' },
      ...(wishes.mapNumber !== undefined ? { mapNumber: wishes.mapNumber } : {}),
    },
    facts,
    figures,
    lines,
    findings: [
      {
        code: 'check.per-area-order',
        severity: 'yellow',
        zh: '湿地洪水调蓄单位面积价值高于参考区间上限。',
        en: 'Flood mitigation of wetland per area lies above the reference range.',
        hint: {
          zh: '请核对湖泊面积与调蓄系数的单位。',
          en: 'Check the units of lake area and of the storage coefficient.',
        },
        values: {},
        check: 'QA-05',
        figure: valueKey('constant', COUNTY, 'wetland', 'R5'),
        explained: { reason: '九曲湖水位变幅大，调蓄量取自水利部门 2024 年库容曲线复测成果', by: '赵工' },
      },
      {
        code: 'check.neighbour-year',
        severity: 'yellow',
        zh: '云台土家族苗族乡的净初级生产力沿用两年前的数值。',
        en: 'Net primary production of Yuntai Township is taken from two years earlier.',
        hint: { zh: '取得当年产品后重算。', en: 'Recompute once the product of the year is out.' },
        at: { file: `${year}年生态系统面积.xlsx`, sheet: '面积', cell: 'C17' },
        values: {},
        check: 'QA-12',
      },
    ],
    parameters: [
      {
        id: 'npp-to-co2',
        key: '',
        title: { zh: '碳与二氧化碳的换算系数', en: 'carbon to carbon dioxide' },
        quantity: { value: '3.6667', unit: 'tCO2/tC' },
        mark: 'confirmed',
        source: ['S41'],
        layer: 'national',
        file: 'national/coefficients/carbon.yaml',
        line: 12,
        version: 'a1b2c3d4e5f6',
        isPrice: false,
        touches: gepShare(drafts, 'R8'),
      },
      {
        id: 'runoff-coefficient',
        key: 'forest',
        title: { zh: '森林地表径流系数', en: 'runoff coefficient of forest' },
        quantity: { value: '0.0267', unit: '1' },
        mark: 'unconfirmed',
        source: ['P12'],
        layer: 'county',
        file: 'county/990100/runoff.yaml',
        line: 8,
        version: 'b2c3d4e5f6a1',
        override: {
          reason: { zh: '本县三个径流小区五年实测均值', en: 'five-year mean of three runoff plots of the county' },
          approver: '青岚县水利局',
          was: { value: '0.0313', unit: '1' },
          effect: '41230000.00',
        },
        isPrice: false,
        touches: gepShare(drafts, 'R1'),
      },
      {
        id: 'price.R9',
        key: 'vegetation',
        title: { zh: '居民电价', en: 'household electricity price' },
        quantity: { value: '0.52', unit: '元/kWh' },
        mark: 'unconfirmed',
        source: ['S55'],
        basis: 'market',
        year: 2020,
        layer: 'national',
        file: 'national/prices/energy.yaml',
        line: 21,
        version: 'c3d4e5f6a1b2',
        isPrice: true,
        touches: gepShare(drafts, 'R9'),
      },
    ],
    prices: ITEMS.filter((i) => i.constant).flatMap((i) =>
      BASES.map((basis) => ({
        price: `price.${i.service}`,
        title: { zh: `${i.title.zh}单价`, en: `unit price of ${i.title.en}` },
        basis,
        quantity: quantityText(quantity(i[basis]!, `元/${i.unit}`)),
        priceBasis: i.service.startsWith('M') ? 'market' : 'treatment',
        year: basis === 'constant' ? 2020 : year,
        mark: 'confirmed' as const,
        source: ['S40'],
        ref: { parameter: `price.${i.service}`, key: i.item, version: '0123456789ab' },
      })),
    ),
    sources: [
      {
        file: `${year}年生态系统面积.xlsx`,
        sha256: HASH,
        bytes: 48213,
        custodian: '青岚县自然资源局',
        period: String(year),
        licence: '内部使用',
      },
      {
        file: '水资源公报.xlsx',
        sha256: HASH.replaceAll('9', '7'),
        bytes: 20118,
        custodian: '青岚县水利局',
        period: String(year),
      },
    ],
    fitness: [
      {
        use: 'assessment',
        fit: false,
        why: [{ zh: '账户为试算，不得用于考核', en: 'a trial account is not for assessment' }],
      },
      {
        use: 'compensation',
        fit: false,
        why: [
          { zh: '未确认参数所涉价值超过总量的 20%', en: 'more than 20 % of the total rests on unconfirmed parameters' },
        ],
      },
      { use: 'trade', fit: false, why: [{ zh: '账户为试算', en: 'the account is a trial' }] },
      { use: 'credit', fit: false, why: [{ zh: '账户为试算', en: 'the account is a trial' }] },
      { use: 'damage', fit: false, why: [{ zh: '存在两年前的替代数据', en: 'a fall-back two years old is in use' }] },
      {
        use: 'research',
        fit: true,
        why: [{ zh: '数据、方法和参数都可追溯', en: 'data, methods and parameters can all be traced' }],
      },
    ],
    methods: [
      ...new Set([
        ...ITEMS.map((i) => `${i.service} ${i.service === 'R1' ? (wishes.waterMethod ?? i.method) : i.method}`),
        'C1 C1.travel-cost',
      ]),
    ].map((m) => {
      const [service, method] = m.split(' ') as [ServiceId, string]
      return { service, method, choices: service === 'R9' ? { humidifierTerm: 'never' } : {} }
    }),
    boundaries: sampleBoundaries(),
  }
}

const gepShare = (drafts: ReadonlyMap<string, Omit<Figure, 'code'>>, service: ServiceId): string =>
  drafts.get(valueKey('constant', COUNTY, '*', service))!.quantity.value.toFixed(2)

/** Six irregular polygons in degrees, three by two, sharing their edges. */
function sampleBoundaries(): readonly BoundaryFeature[] {
  const at = (i: number, j: number): readonly [number, number] => [
    109.1 + i * 0.21 + ((i * 7 + j * 5) % 3) * 0.018,
    28.3 + j * 0.19 + ((i * 5 + j * 3) % 4) * 0.014,
  ]
  const edge = (
    a: readonly [number, number],
    b: readonly [number, number],
    turn: number,
  ): readonly (readonly [number, number])[] => {
    const sign = a[0] + a[1] < b[0] + b[1] ? 1 : -1
    const points = [0.25, 0.5, 0.75].map((s, k): readonly [number, number] => {
      const bend = (sign > 0 ? k : 2 - k) === turn ? 0.02 : -0.008
      return [
        a[0] + (b[0] - a[0]) * s - sign * bend * (b[1] - a[1]) * 2,
        a[1] + (b[1] - a[1]) * s + sign * bend * (b[0] - a[0]) * 2,
      ]
    })
    return [a, ...points]
  }
  return TOWNS.map(([region], n) => {
    const i = n % 3
    const j = Math.floor(n / 3)
    const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)]
    const ring = corners.flatMap((c, k) => edge(c, corners[(k + 1) % 4]!, k % 2))
    return { region, polygons: [[[...ring, ring[0]!]]] }
  })
}

/** Formulas as a rule book would give them. */
export const sampleFormula = (
  rule: string,
):
  | {
      text: string
      title: Text
      legend: { symbol: string; title: Text; unit?: string }[]
      source: readonly string[]
      clause?: string
    }
  | undefined =>
  rule.startsWith('R1.')
    ? {
        title: { zh: '水量平衡法', en: 'Water balance' },
        text: 'Q = A × (P − R − ET) × 1000',
        legend: [
          { symbol: 'A', title: { zh: '生态系统面积', en: 'area of the ecosystem' }, unit: 'km2' },
          { symbol: 'P', title: { zh: '年降水量', en: 'yearly precipitation' }, unit: 'mm' },
          { symbol: 'R', title: { zh: '地表径流深', en: 'surface runoff' }, unit: 'mm' },
          { symbol: 'ET', title: { zh: '蒸散发量', en: 'evapotranspiration' }, unit: 'mm' },
        ],
        source: ['S41'],
        clause: '6.2.1',
      }
    : rule.startsWith('R8.')
      ? {
          title: { zh: '净生态系统生产力法', en: 'Net ecosystem production' },
          text: 'Q = A × NEP × 44/12',
          legend: [
            { symbol: 'A', title: { zh: '生态系统面积', en: 'area of the ecosystem' }, unit: 'km2' },
            { symbol: 'NEP', title: { zh: '净生态系统生产力', en: 'net ecosystem production' }, unit: 'gC/(m2·a)' },
          ],
          source: ['S41', 'P07'],
        }
      : undefined
