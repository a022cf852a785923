// The facts each check reads, taken from an account of ours. Region totals are checked against figures, figures against
// lines, so that a mistake of the engine would be found as well as one of the input.

import {
  convert,
  quantity,
  sameDimensions,
  sumDec,
  text,
  unit,
  type Dec,
  type Quantity,
  type Text,
} from '../../../kernel/index.ts'
import type { IndicatorSet } from '../../../core/rules/index.ts'
import { findArgument, POLLUTANTS_AIR, POLLUTANTS_WATER } from '../arguments.ts'
import { byRegion } from '../by-region.ts'
import { leavesOf, refsOf } from '../engine/recipe.ts'
import { extentKey, quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import { figureTable } from '../figure-table.ts'
import type { InputList } from '../input-list.ts'
import type { Account, Basis, Fact, Figure, Line, ParameterUse } from '../model.ts'
import { findService, getService, GROUPS, type ServiceId } from '../services.ts'
import { printed, type Num } from './amount.ts'
import type { Cases, Part, Subject, SumCase } from './cases.ts'
import { appliedPrice, refQuantity, viewAccount, type AccountView } from './select.ts'

export interface CheckExtras {
  /** Known indicator sets; the account's own tells which pairs it accepts and why. */
  readonly sets?: readonly IndicatorSet[]
  /** Hashes of this account and the year before, where growth is to be shown. */
  readonly growth?: { readonly methods: readonly [string, string]; readonly parameters: readonly [string, string] }
  readonly published?: InputList['published']
  /** Observed runoff by region, for the closure of water yield. */
  readonly observedRunoff?: readonly {
    readonly region: string
    readonly yield: Quantity
    readonly observed: Quantity
  }[]
}

const BASES: readonly Basis[] = ['constant', 'current']

/** Cases that prices make. */
export type ValueCases = Pick<
  Cases,
  'sums' | 'classSums' | 'columns' | 'shares' | 'products' | 'perArea' | 'ratios' | 'growth' | 'published'
>
/** Cases without a price. */
export type QuantityCases = Omit<Cases, keyof ValueCases>

export const casesOfAccount = (account: Account, extras: CheckExtras = {}): Cases => ({
  ...casesOfValues(account, extras),
  ...casesOfQuantities(account, extras),
})

export function casesOfValues(account: Account, extras: CheckExtras = {}): ValueCases {
  const view = viewAccount(account)
  const facts = factIndex(account)
  const regions = account.head.regions.map((r) => r.code)
  const { own } = figureTable(account)
  const { sums, classSums } = sumCases(view, own)
  const columns = regions.flatMap((r) => BASES.flatMap((b) => columnCase(view, r, b)))
  return {
    sums: [...sums, ...columns],
    classSums,
    columns,
    shares: regions.flatMap((r) => BASES.flatMap((b) => conversionShare(view, r, b))),
    products: account.lines.flatMap((l) => BASES.flatMap((b) => productCase(view, l, b))),
    perArea: own.flatMap((f) => perAreaCase(view, f)),
    ratios: regions.flatMap((r) => BASES.flatMap((b) => ratioCase(view, facts, r, b))),
    growth: extras.growth ? [{ what: account.head.title, ...extras.growth }] : [],
    published: publishedCases(view, extras.published ?? []),
  }
}

export function casesOfQuantities(account: Account, extras: CheckExtras = {}): QuantityCases {
  const view = viewAccount(account)
  const facts = factIndex(account)
  return {
    caps: capCases(view, facts),
    conversions: conversionCases(view),
    water: [...depthCases(facts), ...negativeCases(view), ...closureCases(extras)],
    erosion: account.facts.flatMap((f) => {
      const [r, k] = [f.argument === 'rainfall-erosivity', f.argument === 'soil-erodibility']
      return r || k ? [{ ...factSubject(f), ...(r ? { erosivity: f.quantity } : { erodibility: f.quantity }) }] : []
    }),
    soil: soilCases(view, facts),
    carbon: carbonCases(view, facts, extras),
    lakes: account.facts.flatMap((f) =>
      f.argument === 'lake-area' && (f.item === undefined || SUM_NAME.test(f.item))
        ? [{ ...factSubject(f), lakes: 1, areas: 1, sumNamed: f.item ?? findArgument(f.argument)!.title.zh }]
        : [],
    ),
  }
}

const SUM_NAME = /合计|总计|总面积|全部湖泊|所有湖泊|\btotal\b|\bsum\b/i

// facts

type FactIndex = (argument: string, region: string, cls?: string, item?: string) => Fact | undefined

function factIndex(account: Account): FactIndex & { readonly all: readonly Fact[] } {
  const at = (argument: string, region: string, cls = '', item = ''): string => `${argument}|${region}|${cls}|${item}`
  const map = new Map<string, Fact>()
  for (const f of account.facts) {
    const key = at(f.argument, f.region, f.class, f.item)
    const old = map.get(key)
    if (!old || nearer(f, old, account.head.year)) map.set(key, f)
  }
  return Object.assign((a: string, r: string, c?: string, i?: string) => map.get(at(a, r, c, i)), {
    all: account.facts,
  })
}

const nearer = (a: Fact, b: Fact, year: number): boolean => Math.abs(a.year - year) < Math.abs(b.year - year)

const factSubject = (f: Fact): Subject => {
  const title = findArgument(f.argument)?.title ?? text(f.argument, f.argument)
  const tail = [f.class, f.item].filter((s) => s !== undefined).join('·')
  const { file, sheet, cell, line } = f.origin
  return {
    what: text(`${title.zh}${tail && `（${tail}）`}`, `${title.en}${tail && ` (${tail})`}`),
    at: {
      file,
      ...(sheet === undefined ? {} : { sheet }),
      ...(cell === undefined ? {} : { cell }),
      ...(line === undefined ? {} : { line }),
    },
  }
}

const figureSubject = (f: Figure): Subject => ({ what: f.title, figure: f.key })

const lineTitle = (l: Line): Text => {
  const s = getService(l.service).title
  const tail = l.class === '-' ? '' : `·${l.class}`
  return text(`${s.zh}·${l.itemTitle.zh}${tail}`, `${s.en}, ${l.itemTitle.en}${tail}`)
}

// QA-01, QA-02, QA-07

function sumCases(
  view: AccountView,
  figures: readonly Figure[],
): { readonly sums: readonly SumCase[]; readonly classSums: readonly SumCase[] } {
  const counted = new Set(view.account.lines.filter((l) => !l.memo).map((l) => l.service))
  const services = new Map<string, Part[]>()
  const groups = new Map<string, Part[]>()
  const classes = new Map<string, Part[]>()
  const classServices = new Map<string, Part[]>()
  const put = (map: Map<string, Part[]>, at: string, f: Figure): void => {
    const part = { what: f.title, amount: f.quantity }
    const list = map.get(at)
    if (list) list.push(part)
    else map.set(at, [part])
  }
  for (const f of figures) {
    if (f.measure !== 'value' || f.item !== '*') continue
    const at = `${f.basis}|${f.region}`
    const service = findService(f.service)
    if (f.class !== '*') {
      if (f.service === '*') put(classes, at, f)
      else if (service) put(classServices, `${at}|${f.service}`, f)
    } else if (f.service in GROUPS) put(groups, at, f)
    else if (service && counted.has(service.id)) put(services, `${at}|${service.group}`, f)
  }
  const sums: SumCase[] = []
  const classSums: SumCase[] = []
  const compare = (out: SumCase[], parts: readonly Part[] | undefined, f: Figure): void => {
    if (parts && parts.length > 0) out.push({ ...figureSubject(f), parts, total: f.quantity })
  }
  for (const f of figures) {
    if (f.measure !== 'value' || f.item !== '*' || f.class !== '*') continue
    const at = `${f.basis}|${f.region}`
    if (f.service === '*') {
      compare(sums, groups.get(at), f)
      compare(classSums, classes.get(at), f)
    } else if (f.service in GROUPS) compare(sums, services.get(`${at}|${f.service}`), f)
    else compare(classSums, classServices.get(`${at}|${f.service}`), f)
  }
  return { sums, classSums }
}

function columnCase(view: AccountView, region: string, basis: Basis): readonly SumCase[] {
  const total = view.figures.get(valueKey(basis, region))
  if (!total) return []
  const lines = view.linesUnder({ region, class: '*', service: '*', item: '*' })
  const parts = lines.flatMap((l) => {
    const f = l[basis] === undefined ? undefined : view.figures.get(l[basis])
    if (!f) return []
    // A title is made where something is found.
    const part: Part = {
      get what() {
        return lineTitle(l)
      },
      amount: f.quantity,
    }
    return [part]
  })
  return [{ ...figureSubject(total), parts, total: total.quantity }]
}

// QA-03: the one share an account prints

function conversionShare(view: AccountView, region: string, basis: Basis): Cases['shares'] {
  const share = view.figures.get(ratioKey(basis, region, 'primary-conversion'))
  const gep = view.figures.get(valueKey(basis, region))
  if (!share || !gep) return []
  const parts = ['M', 'C'].flatMap((g) => view.figures.get(valueKey(basis, region, '*', g)) ?? [])
  const amount = {
    value: sumDec(parts.map((f) => convert(f.quantity, gep.quantity.unit).value)),
    unit: gep.quantity.unit,
  }
  return [
    {
      ...figureSubject(share),
      base: gep.quantity,
      parts: [{ what: text('物质供给与文化服务', 'provisioning and cultural'), amount, share: share.quantity }],
    },
  ]
}

// QA-04

function productCase(view: AccountView, line: Line, basis: Basis): Cases['products'] {
  const value = line[basis] === undefined ? undefined : view.figures.get(line[basis])
  if (value?.recipe.kind !== 'price') return []
  const [q, price] = [refQuantity(view, value.recipe.quantity), appliedPrice(view, value.key)]
  if (!q || !price) return []
  const said = printed(convert(value.quantity, '元').value.toFixed(2), '元')
  return [{ what: lineTitle(line), figure: value.key, quantity: q, price, value: said }]
}

// QA-05

function perAreaCase(view: AccountView, f: Figure): Cases['perArea'] {
  if (f.measure !== 'value' || f.basis !== 'current' || f.service !== '*' || f.item !== '*' || f.class === '-')
    return []
  const area = view.figures.get(extentKey(f.region, f.class, 'closing'))
  return area ? [{ ...figureSubject(f), class: f.class, value: f.quantity, area: area.quantity }] : []
}

// QA-06

function capCases(view: AccountView, facts: FactIndex & { readonly all: readonly Fact[] }): Cases['caps'] {
  const pairs = [
    { service: 'R6', argument: 'air-emission', items: Object.keys(POLLUTANTS_AIR) },
    { service: 'R7', argument: 'water-emission', items: Object.keys(POLLUTANTS_WATER) },
  ] as const
  return pairs.flatMap(({ service, argument, items }) =>
    items.flatMap((item) => {
      const known = new Set(facts.all.filter((f) => f.argument === argument && f.item === item).map((f) => f.region))
      return view.account.head.regions.flatMap(({ code }) => {
        const figure = view.figures.get(quantityKey(code, '*', service, item))
        if (!figure) return []
        const emission = facts(argument, code, undefined, item)
        if (emission) return [{ ...figureSubject(figure), purified: figure.quantity, emission: emission.quantity }]
        const covered = known.size > 0
        return covered ? [] : [{ ...figureSubject(figure), purified: figure.quantity }]
      })
    }),
  )
}

// QA-08: a volume of soil that was computed from a mass

const MASS = unit('t')

function conversionCases(view: AccountView): Cases['conversions'] {
  const share = view.account.parameters.find((p) => p.id === 'gep.r2.silting-share')
  return view.account.lines.flatMap((l) => conversionCase(view, l, share))
}

function conversionCase(view: AccountView, line: Line, share: ParameterUse | undefined): Cases['conversions'] {
  if (line.service !== 'R2' || line.quantity === undefined) return []
  const figure = view.figures.get(line.quantity)
  if (!figure || !sameDimensions(figure.quantity.unit, unit('m3'))) return []
  if (figure.recipe.kind !== 'rule') return []
  const masses = leavesOf(refsOf(figure.recipe)).flatMap((r) => {
    const q = refQuantity(view, r)
    return q && sameDimensions(q.unit, MASS) ? [q] : []
  })
  return masses.slice(0, 1).map((mass) => ({
    ...figureSubject(figure),
    mass,
    volume: figure.quantity,
    ...(share ? { share: quantity(share.quantity.value, share.quantity.unit) } : {}),
  }))
}

// QA-09

function depthCases(facts: FactIndex & { readonly all: readonly Fact[] }): Cases['water'] {
  return facts.all.flatMap((et) => {
    if (et.argument !== 'evapotranspiration') return []
    const rain = facts('precipitation', et.region, et.class) ?? facts('precipitation', et.region)
    if (!rain) return []
    const runoff = facts('runoff-depth', et.region, et.class)
    return [
      {
        kind: 'depths' as const,
        ...factSubject(et),
        precipitation: rain.quantity,
        evapotranspiration: et.quantity,
        ...(runoff ? { runoff: runoff.quantity } : {}),
      },
    ]
  })
}

const negativeCases = (view: AccountView): Cases['water'] =>
  view.account.lines.flatMap((l) => {
    if (l.quantity === undefined || l.service !== 'R1') return []
    const figure = view.figures.get(l.quantity)
    return figure
      ? [{ kind: 'negative' as const, what: lineTitle(l), figure: figure.key, amount: figure.quantity }]
      : []
  })

const closureCases = (extras: CheckExtras): Cases['water'] =>
  (extras.observedRunoff ?? []).map((o) => ({
    kind: 'closure' as const,
    what: text(`产水量（${o.region}）`, `water yield (${o.region})`),
    yield: o.yield,
    observed: o.observed,
  }))

// QA-11: the soil line is the heaviest mass of R2 in its place; nitrogen and phosphorus are fractions of it

function soilCases(view: AccountView, facts: FactIndex): Cases['soil'] {
  const heaviest = new Map<string, { line: Line; figure: Figure; tonnes: Dec }>()
  for (const line of view.account.lines) {
    if (line.service !== 'R2' || line.quantity === undefined) continue
    const figure = view.figures.get(line.quantity)
    if (!figure || !sameDimensions(figure.quantity.unit, MASS)) continue
    const at = `${line.region}|${line.class}`
    const tonnes = convert(figure.quantity, MASS).value
    if (!(heaviest.get(at)?.tonnes.gte(tonnes) ?? false)) heaviest.set(at, { line, figure, tonnes })
  }
  return [...heaviest.values()].flatMap(({ line, figure }) => {
    const area = facts('area', line.region, line.class)
    return area ? [{ what: lineTitle(line), figure: figure.key, soil: figure.quantity, area: area.quantity }] : []
  })
}

// QA-12

function carbonCases(view: AccountView, facts: FactIndex, extras: CheckExtras): Cases['carbon'] {
  const set = extras.sets?.find((s) => s.id === view.account.head.set)
  const ground = set?.accepts.find((a) => a.pair.includes('R8') && a.pair.includes('R11'))?.ground
  const against = view.account.lines.flatMap((l) => {
    if (l.quantity === undefined || l.service !== 'R8') return []
    const co2 = view.figures.get(l.quantity)
    if (!co2 || !sameDimensions(co2.quantity.unit, unit('tCO2'))) return []
    const [npp, area] = [facts('npp', l.region, l.class), facts('area', l.region, l.class)]
    if (!npp || !area) return []
    const carbon = quantity(convert(npp.quantity, 'tC/m2').value.times(convert(area.quantity, 'm2').value), 'tC')
    return [{ what: lineTitle(l), figure: co2.key, co2: co2.quantity, npp: carbon }]
  })
  const totals = byRegion(
    view.account.figures.filter(
      (f) => f.measure === 'quantity' && f.class === '*' && (f.service === 'R8' || f.service === 'R11'),
    ),
  )
  const ratios = view.account.head.regions.flatMap(({ code }) => {
    const here = totals.get(code) ?? []
    const [co2, o2] = [totalOf(here, 'R8', 'tCO2'), totalOf(here, 'R11', 'tO2')]
    if (!co2 || !o2 || co2.quantity.value.isZero()) return []
    return [
      {
        what: o2.what,
        figure: o2.figure,
        co2: co2.quantity,
        o2: o2.quantity,
        ...(ground ? { basesDiffer: ground } : {}),
      },
    ]
  })
  return [...against, ...ratios]
}

/** All quantities of a service, among the totals of a region, that have the wanted dimensions. */
function totalOf(
  totals: readonly Figure[],
  service: ServiceId,
  u: string,
): { readonly what: Text; readonly figure: string; readonly quantity: Quantity } | undefined {
  const all = totals.filter(
    (f) => f.service === service && !f.item.startsWith('use.') && sameDimensions(f.quantity.unit, unit(u)),
  )
  const first = all[0]
  return (
    first && {
      what: first.title,
      figure: first.key,
      quantity: { value: sumDec(all.map((f) => convert(f.quantity, u).value)), unit: unit(u) },
    }
  )
}

// QA-14

function ratioCase(view: AccountView, facts: FactIndex, region: string, basis: Basis): Cases['ratios'] {
  const ratio = view.figures.get(ratioKey(basis, region, 'gep-to-gdp'))
  const gep = view.figures.get(valueKey(basis, region))
  const gdp = facts('gdp', region)
  return ratio && gep && gdp
    ? [{ ...figureSubject(ratio), gep: gep.quantity, gdp: gdp.quantity, ratio: ratio.quantity }]
    : []
}

// QA-16

function publishedCases(view: AccountView, published: NonNullable<InputList['published']>): Cases['published'] {
  const byWhat = new Map<string, { amount: Num; source: string }[]>()
  for (const p of published) {
    const key = publishedKey(view, p.what)
    byWhat.set(key, [...(byWhat.get(key) ?? []), { amount: printed(p.value, p.unit), source: p.source }])
  }
  return [...byWhat].flatMap(([key, totals]) => {
    const figure = view.figures.get(key)
    if (!figure) return totals.length > 1 ? [{ what: text(key, key), totals }] : []
    return [
      { ...figureSubject(figure), totals: [{ amount: figure.quantity, source: '本次核算 this account' }, ...totals] },
    ]
  })
}

/** `GEP`, a group, a service, a code or a key. */
function publishedKey(view: AccountView, what: string): string {
  const region = view.account.head.region
  if (/^gep$/i.test(what)) return valueKey('current', region)
  if (what in GROUPS || findService(what)) return valueKey('current', region, '*', what)
  return view.account.figures.find((f) => f.code === what)?.key ?? what
}
