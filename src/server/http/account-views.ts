// What a screen shows of an account: its head, its statement by service and region, its types, its findings and grounds. Pure.
// Always holds: a cell is a figure of the account with its code, never a number made here; one table has one unit and scale,
// worded by the same functions as the report; what is missing says so and is no zero.

import {
  convert,
  decText,
  placeText,
  regionTree,
  sameDimensions,
  unit,
  type Dec,
  type Text,
} from '../../kernel/index.ts'
import { MARK_TEXT } from '../../core/rules/index.ts'
import {
  BASIS_TEXT,
  extentKey,
  findArgument,
  findMethod,
  getService,
  GROUPS,
  quantityKey,
  ratioKey,
  SERVICES,
  STATUS_TEXT,
  USES,
  valueKey,
  type Account,
  type Basis,
  type Figure,
  type Line,
  type LineState,
} from '../../domains/accounting/index.ts'
import {
  displayUnit,
  displayUnitLabel,
  inUnit,
  KM2,
  moneyUnit,
  percentText,
  quantityCellText,
  unitFor,
  unitLabel,
  type DisplayUnit,
} from '../../domains/accounting/report/index.ts'
import type { Cell, Classes, Found, Grounds, Head, Regions, Statement, StatementRow } from '../told/index.ts'
import type { Shelved } from './account-shelf.ts'

export const BASES: readonly Basis[] = ['constant', 'current']

const labelled = (d: DisplayUnit): Text => ({ zh: displayUnitLabel(d, 'zh'), en: displayUnitLabel(d, 'en') })

function cell(f: Figure | undefined, d: DisplayUnit): Cell | undefined {
  if (!f) return undefined
  const { code, key, title } = f
  const exact = `${decText(f.quantity.value)} ${f.quantity.unit.text}`
  return { code, key, title, text: quantityCellText(f.quantity, d), exact, unit: labelled(d) }
}

const yuanOf = (f: Figure | undefined): Dec | undefined => f && convert(f.quantity, '元').value

export const moneyOf = ({ account, figures }: Shelved): DisplayUnit => {
  const gep = yuanOf(figures.get(valueKey('constant', account.head.region)))
  return moneyUnit(gep ? [gep] : [])
}

/** The unit a physical quantity is shown in: the service's own where it fits, scaled to the number. */
function quantityDisplay(f: Figure, want: string): DisplayUnit {
  const base = unitFor(f.quantity, want)
  return displayUnit(base, [inUnit(f.quantity, base)])
}

const STATE: Readonly<Record<LineState, Text>> = {
  computed: { zh: '已核算', en: 'computed' },
  missing: { zh: '缺数据', en: 'missing' },
  'not-applicable': { zh: '不适用', en: 'not applicable' },
  unpriced: { zh: '未计价', en: 'not priced' },
}

export function headView(s: Shelved): Head {
  const { account, figures } = s
  const { head, findings } = account
  const money = moneyOf(s)
  const tree = regionTree(head.regions)
  const withFigures = head.regions.filter((r) => BASES.some((b) => figures.has(valueKey(b, r.code))))
  const open = findings.filter((f) => f.severity === 'yellow' && !f.explained).length
  return {
    title: head.title,
    year: head.year,
    priceYear: head.priceYear,
    set: head.setTitle,
    status: head.status,
    statusTitle: STATUS_TEXT[head.status],
    legalDate: head.legalDate,
    sample: head.sample,
    engine: head.engine,
    ...opt('mapNumber', head.mapNumber),
    region: head.region,
    regions: withFigures.map((r) => ({ code: r.code, name: r.name, depth: tree.lineage(r.code).length - 1 })),
    bases: BASES.filter((b) => figures.has(valueKey(b, head.region))).map((id) => ({ id, title: BASIS_TEXT[id] })),
    totals: BASES.flatMap((b) => {
      const c = cell(figures.get(valueKey(b, head.region)), money)
      return c ? [{ basis: BASIS_TEXT[b], year: b === 'constant' ? head.priceYear : head.year, cell: c }] : []
    }),
    fitness: account.fitness.map(({ use, fit, why }) => ({ use: USES[use], fit, why })),
    findings: {
      red: findings.filter((f) => f.severity === 'red').length,
      yellow: findings.filter((f) => f.severity === 'yellow').length,
      open,
    },
    figures: account.figures.length,
    zones: account.boundaries.length,
    maps: (account.maps ?? []).map(({ title, year, origin, size, crs }) => ({
      title,
      year,
      file: origin.file,
      size,
      crs,
    })),
    withInputs: s.pack.manifest.withInputs,
    packageId: s.pack.id,
  }
}

/** One region, service by service; each service opens into its items and ecosystem types. */
export function statementView(s: Shelved, region: string): Statement {
  const { account, figures } = s
  const { head } = account
  const money = moneyOf(s)
  const at = (b: Basis, cls = '*', service = '*', item = '*'): Figure | undefined =>
    figures.get(valueKey(b, region, cls, service, item))
  const whole = yuanOf(at('constant'))
  const values = (cls: string, service: string, item = '*'): Pick<StatementRow, 'constant' | 'current' | 'share'> => {
    const [constant, current] = [at('constant', cls, service, item), at('current', cls, service, item)]
    const part = yuanOf(constant)
    return {
      ...opt('constant', cell(constant, money)),
      ...opt('current', cell(current, money)),
      ...(part && whole ? { share: percentText(part, whole) } : {}),
    }
  }
  const lines = linesWithin(account, region)
  const services = SERVICES.filter((x) => lines.some((l) => l.service === x.id))
  const groups = (['M', 'R', 'C'] as const).flatMap((g): readonly StatementRow[] => {
    const own = services.filter((x) => x.group === g)
    if (own.length === 0) return []
    return [
      { id: g, title: GROUPS[g], kind: 'group', ...values('*', g) },
      ...own.map(({ id, title }): StatementRow => {
        const of = lines.filter((l) => l.service === id)
        const items = [...new Map(of.map((l) => [l.item, l.itemTitle]))]
        const [only] = items
        const quantity = items.length === 1 ? figures.get(quantityKey(region, '*', id, only![0])) : undefined
        const methods = [...new Set(of.map((l) => l.method))].flatMap((m) => findMethod(m)?.title ?? [])
        return {
          id,
          title: { zh: `${id} ${title.zh}`, en: `${id} ${title.en}` },
          kind: 'service',
          ...opt('quantity', quantity && cell(quantity, quantityDisplay(quantity, getService(id).unit))),
          ...values('*', id),
          ...gapOf(of),
          ...(methods.length > 0
            ? { method: { zh: methods.map((m) => m.zh).join('；'), en: methods.map((m) => m.en).join('; ') } }
            : {}),
          ...(of.every((l) => l.memo) ? { memo: true as const } : {}),
          parts: partsOf(s, region, id, items, of, values),
        }
      }),
    ]
  })
  return {
    region,
    name: head.regions.find((r) => r.code === region)?.name ?? { zh: region, en: region },
    money: labelled(money),
    year: head.year,
    priceYear: head.priceYear,
    status: STATUS_TEXT[head.status],
    rows: [
      ...groups,
      { id: '*', title: { zh: 'GEP 合计', en: 'GEP, total' }, kind: 'total' as const, ...values('*', '*') },
    ],
  }
}

const opt = <K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, T>)

/** Lines of a region and of everything below it. */
function linesWithin(account: Account, region: string): readonly Line[] {
  const tree = regionTree(account.head.regions)
  const inside = new Set(
    account.head.regions.map((r) => r.code).filter((c) => tree.lineage(c).some((r) => r.code === region)),
  )
  return account.lines.filter((l) => inside.has(l.region))
}

/** What stands in the way of lines that were not computed. */
function gapOf(lines: readonly Line[]): Pick<StatementRow, 'state' | 'reason'> {
  const gaps = lines.filter((l) => l.state !== 'computed')
  if (gaps.length === 0) return { state: STATE.computed }
  const [first] = gaps
  const some = gaps.length < lines.length
  const state = STATE[first!.state]
  return {
    state: some ? { zh: `部分${state.zh}`, en: `partly ${state.en}` } : state,
    ...(first!.reason ? { reason: first!.reason } : {}),
  }
}

type Values = (cls: string, service: string, item?: string) => Pick<StatementRow, 'constant' | 'current' | 'share'>

/** The items of a service over all types, then every type it is booked on. */
function partsOf(
  s: Shelved,
  region: string,
  service: Line['service'],
  items: readonly (readonly [string, Text])[],
  lines: readonly Line[],
  values: Values,
): readonly StatementRow[] {
  const want = getService(service).unit
  const quantity = (cls: string, item: string): Pick<StatementRow, 'quantity'> => {
    const f = s.figures.get(quantityKey(region, cls, service, item))
    return opt('quantity', f && cell(f, quantityDisplay(f, want)))
  }
  const classes = [...new Set(lines.map((l) => l.class))].sort()
  const cells = classes.flatMap((cls) =>
    items.flatMap(([item, title]): readonly StatementRow[] => {
      const own = lines.filter((l) => l.class === cls && l.item === item)
      const row = { ...quantity(cls, item), ...values(cls, service, item) }
      if (Object.keys(row).length === 0 && own.every((l) => l.state === 'computed')) return []
      const name = cls === '-' ? NO_CLASS : s.className(cls)
      return [
        {
          id: `${service}|${cls}|${item}`,
          title: items.length > 1 ? { zh: `${name.zh} · ${title.zh}`, en: `${name.en} · ${title.en}` } : name,
          kind: 'part',
          ...row,
          ...(own.length > 0 ? gapOf(own) : {}),
        },
      ]
    }),
  )
  const totals =
    items.length > 1
      ? items.map(([item, title]): StatementRow => ({
          id: `${service}|*|${item}`,
          title: { zh: `${title.zh}（合计）`, en: `${title.en} (all types)` },
          kind: 'part',
          ...quantity('*', item),
        }))
      : []
  return [...totals.filter((r) => r.quantity), ...cells]
}

const NO_CLASS: Text = { zh: '不分类型', en: 'No type' }

/** Every region with area, GEP on both bases and its ratios. */
export function regionsView(s: Shelved): Regions {
  const { account, figures } = s
  const { head } = account
  const money = moneyOf(s)
  const basis: Basis = figures.has(valueKey('current', head.region)) ? 'current' : 'constant'
  const tree = regionTree(head.regions)
  // One scale a column, so that its numbers can be compared at a glance.
  const shown = new Map(
    RATIOS.map(({ id }) => {
      const all = head.regions.flatMap((r) => figures.get(ratioKey(basis, r.code, id)) ?? [])
      const own = all[0]?.quantity.unit.text ?? '1'
      return [
        id,
        displayUnit(
          own,
          all.map((f) => inUnit(f.quantity, own)),
        ),
      ] as const
    }),
  )
  const ratio = (code: string, what: (typeof RATIOS)[number]['id']): Cell | undefined =>
    cell(figures.get(ratioKey(basis, code, what)), shown.get(what)!)
  const ratios = RATIOS.filter(({ id }) => head.regions.some((r) => figures.has(ratioKey(basis, r.code, id))))
  return {
    money: labelled(money),
    area: labelled(KM2),
    basis: BASIS_TEXT[basis],
    year: head.year,
    priceYear: head.priceYear,
    ratios: ratios.map((r) => ({ ...r, unit: labelled(shown.get(r.id)!) })),
    rows: head.regions
      .filter((r) => BASES.some((b) => figures.has(valueKey(b, r.code))))
      .map((r) => ({
        code: r.code,
        name: r.name,
        depth: tree.lineage(r.code).length - 1,
        ...opt('area', cell(figures.get(extentKey(r.code, '*', 'closing')), KM2)),
        ...opt('constant', cell(figures.get(valueKey('constant', r.code)), money)),
        ...opt('current', cell(figures.get(valueKey('current', r.code)), money)),
        ratios: Object.fromEntries(ratios.flatMap(({ id }) => (ratio(r.code, id) ? [[id, ratio(r.code, id)!]] : []))),
      })),
  }
}

const RATIOS = [
  { id: 'per-area', title: { zh: '单位面积 GEP', en: 'GEP per area' } },
  { id: 'per-person', title: { zh: '人均 GEP', en: 'GEP per person' } },
  { id: 'gep-to-gdp', title: { zh: 'GEP 与 GDP 之比', en: 'GEP over GDP' } },
  { id: 'primary-conversion', title: { zh: '初级转化率', en: 'Primary conversion rate' } },
] as const

/** The ecosystem types of a region: area and value. */
export function classesView(s: Shelved, region: string): Classes {
  const { account, figures } = s
  const money = moneyOf(s)
  const whole = yuanOf(figures.get(valueKey('constant', region)))
  const classes = [
    ...new Set(
      account.figures
        .filter(
          (f) =>
            f.region === region && f.class !== '*' && (f.service === '*' || f.service === 'closing') && f.item === '*',
        )
        .map((f) => f.class),
    ),
  ].sort()
  return {
    money: labelled(money),
    area: labelled(KM2),
    year: account.head.year,
    priceYear: account.head.priceYear,
    rows: classes.map((c) => {
      const part = yuanOf(figures.get(valueKey('constant', region, c)))
      return {
        code: c,
        name: c === '-' ? NO_CLASS : s.className(c),
        ...opt('area', cell(figures.get(extentKey(region, c, 'closing')), KM2)),
        ...opt('constant', cell(figures.get(valueKey('constant', region, c)), money)),
        ...opt('current', cell(figures.get(valueKey('current', region, c)), money)),
        ...(part && whole ? { share: percentText(part, whole) } : {}),
      }
    }),
  }
}

/** What the checks found, red first, then what is not explained yet. */
export function findingsView({ account, figures }: Shelved): readonly Found[] {
  const rank = (f: Account['findings'][number]): number => (f.severity === 'red' ? 0 : f.explained ? 2 : 1)
  return [...account.findings]
    .sort((a, b) => rank(a) - rank(b))
    .map((f) => ({
      code: f.code,
      check: f.check,
      severity: f.severity,
      zh: f.zh,
      en: f.en,
      hint: f.hint,
      place: placeText(f.at),
      explained: f.explained,
      ...opt('figure', f.figure === undefined ? undefined : named(figures.get(f.figure))),
    }))
}

const named = (f: Figure | undefined): { readonly code: string; readonly title: Text } | undefined =>
  f && { code: f.code, title: f.title }

/** Parameters, prices, methods, files, and what is missing: the grounds the account stands on. */
export function groundsView({ account, book }: Shelved): Grounds {
  return {
    methods: account.methods.map(({ service, method, choices }) => ({
      service,
      title: getService(service).title,
      method,
      name: findMethod(method)?.title ?? { zh: method, en: method },
      choices,
    })),
    parameters: account.parameters.map((p) => ({
      id: p.id,
      key: p.key,
      title: p.title,
      value: p.quantity.value,
      unit: p.quantity.unit,
      mark: MARK_TEXT[p.mark],
      confirmed: p.mark === 'confirmed',
      source: p.source.map((key) => book.sources.get(key)?.title ?? { zh: key, en: key }),
      layer: p.layer,
      version: p.version,
      price: p.isPrice,
      touches: p.touches,
      ...opt('override', p.override),
    })),
    prices: account.prices.map((p) => ({
      title: p.title,
      basis: BASIS_TEXT[p.basis],
      value: p.quantity.value,
      unit: p.quantity.unit,
      year: p.year,
      mark: p.mark === 'reported' ? { zh: '填报', en: 'reported' } : MARK_TEXT[p.mark],
      ...opt('note', p.note),
    })),
    sources: account.sources,
    facts: account.facts.length,
    fallbacks: account.facts
      .filter((f) => f.fallback)
      .map((f) => ({
        title: findArgument(f.argument)?.title ?? { zh: f.argument, en: f.argument },
        region: f.region,
        ...f.fallback!,
      })),
    gaps: account.lines
      .filter((l) => l.state !== 'computed')
      .map((l) => ({
        region: account.head.regions.find((r) => r.code === l.region)?.name ?? { zh: l.region, en: l.region },
        service: getService(l.service).title,
        item: l.itemTitle,
        state: STATE[l.state],
        ...opt('reason', l.reason),
      })),
  }
}

/** A unit as a reader sees it. */
export const unitText = (source: string): Text => ({ zh: unitLabel(source, 'zh'), en: unitLabel(source, 'en') })
export const isMoney = (f: Figure): boolean => sameDimensions(f.quantity.unit, unit('元'))
