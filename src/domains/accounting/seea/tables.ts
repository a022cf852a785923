// The tables of SEEA EA from an account's figures: extent, supply and use, physical and in money. Cells name figures and
// copy no number. What SEEA does not count stays out with a note: abiotic flows, intermediate services, and values that
// contain consumer surplus, since SEEA values at exchange prices.

import { text, type Text } from '../../../kernel/index.ts'
import { underLine, viewAccount, type AccountView } from '../checks/select.ts'
import { levelOne } from '../engine/totals.ts'
import { extentKey, quantityKey, valueKey } from '../figure-key.ts'
import type { Account, Basis, Line } from '../model.ts'
import { BASIS_TEXT } from '../model.ts'
import { SERVICES, type Service } from '../services.ts'
import { ECONOMIC_UNITS, UNITS, useItem } from './use.ts'

export interface SeeaRow {
  readonly head: Text
  readonly unit: string
  /** Figure keys in the order of the columns; undefined where there is no figure. */
  readonly cells: readonly (string | undefined)[]
}

export interface SeeaTable {
  readonly id: 'extent' | 'supply-physical' | 'supply-monetary' | 'use-physical' | 'use-monetary'
  readonly basis?: Basis
  readonly title: Text
  readonly columns: readonly Text[]
  readonly rows: readonly SeeaRow[]
  readonly notes: readonly Text[]
}

export interface SeeaOptions {
  /** The account's own region where left out. */
  readonly region?: string
  readonly classTitle?: (code: string) => Text
}

/** @returns the extent account, physical supply and use, and supply and use in money on each basis */
export function seeaTables(account: Account, options: SeeaOptions = {}): readonly SeeaTable[] {
  const view = viewAccount(account)
  const region = options.region ?? account.head.region
  const title = options.classTitle ?? ((code: string) => text(code, code))
  const classes = classesOf(view, region)
  const { physical, monetary } = countedServices(view, region)
  const bases = (['constant', 'current'] as const).filter((b) => view.figures.has(valueKey(b, region)))
  return [
    extentTable(view, region, classes, title),
    supplyPhysical(view, region, classes, physical, title),
    usePhysical(view, region, physical),
    ...bases.flatMap((b) => [
      supplyMonetary(view, region, b, classes, monetary, title),
      useMonetary(view, region, b, monetary),
    ]),
  ]
}

const known = (view: AccountView, key: string): string | undefined => (view.figures.has(key) ? key : undefined)

/** Types with a figure here, in code order, what has none last. */
function classesOf(view: AccountView, region: string): readonly string[] {
  const all = new Set<string>()
  for (const f of view.account.figures)
    if (f.region === region && f.class !== '*' && f.class !== '-' && levelOne(f.class) === f.class) all.add(f.class)
  // A whole that was booked on types keeps its figure; only what stays without a type has a column.
  if (view.account.lines.some((l) => l.class === '-' && l.state === 'computed')) all.add('-')
  return [...all].sort((a, b) => (a === '-' ? 1 : b === '-' ? -1 : a < b ? -1 : a > b ? 1 : 0))
}

const classText = (code: string, title: (code: string) => Text): Text =>
  code === '-' ? text('未分类型', 'no type') : title(code)

const ALL = text('合计', 'Total')
const STEPS = [
  ['opening', text('期初', 'Opening')],
  ['additions', text('增加', 'Additions')],
  ['reductions', text('减少', 'Reductions')],
  ['change', text('净变化', 'Net change')],
  ['closing', text('期末', 'Closing')],
] as const

function extentTable(
  view: AccountView,
  region: string,
  classes: readonly string[],
  title: (code: string) => Text,
): SeeaTable {
  const used = [...classes.filter((c) => c !== '-'), '*']
  const rows = STEPS.flatMap(([what, head]): SeeaRow[] => {
    const cells = used.map((c) => known(view, extentKey(region, c, what)))
    return cells.some((c) => c !== undefined) ? [{ head, unit: 'km2', cells }] : []
  })
  const missing = STEPS.filter(([what]) => !rows.some((r) => r.cells.some((c) => c?.split('|')[4] === what)))
  return {
    id: 'extent',
    title: text('生态系统范围账户', 'Ecosystem extent account'),
    columns: used.map((c) => (c === '*' ? ALL : classText(c, title))),
    rows,
    notes:
      missing.length === 0
        ? []
        : [
            text(
              `没有资料的行未列：${missing.map(([, t]) => t.zh).join('、')}`,
              `rows without data are left out: ${missing.map(([, t]) => t.en.toLowerCase()).join(', ')}`,
            ),
          ],
  }
}

interface Counted {
  readonly services: readonly Service[]
  /** A note on each service the account has and the table leaves out. */
  readonly notes: readonly Text[]
}

/** Services SEEA counts that the account has. A value with consumer surplus is left out of money tables only. */
function countedServices(
  view: AccountView,
  region: string,
): { readonly physical: Counted; readonly monetary: Counted } {
  const regions = view.below(region)
  const own = new Map<string, Line[]>()
  for (const l of view.account.lines)
    if (regions.has(l.region) && l.state === 'computed') own.set(l.service, [...(own.get(l.service) ?? []), l])
  const judged = SERVICES.flatMap((s) => {
    const lines = own.get(s.id)
    if (!lines) return []
    const kind = KIND_LEFT_OUT[s.kind]
    const surplus = lines.some((l) => includesConsumerSurplus(view, l)) ? SURPLUS : undefined
    return [{ s, physical: kind, monetary: kind ?? surplus }]
  })
  const counted = (why: (j: (typeof judged)[number]) => Text | undefined): Counted => ({
    services: judged.flatMap((j) => (why(j) ? [] : [j.s])),
    notes: judged.flatMap((j) => {
      const w = why(j)
      return w ? [text(`${j.s.id} ${j.s.title.zh}未计入：${w.zh}`, `${j.s.id} ${j.s.title.en} left out: ${w.en}`)] : []
    }),
  })
  return { physical: counted((j) => j.physical), monetary: counted((j) => j.monetary) }
}

const KIND_LEFT_OUT: Readonly<Record<Service['kind'], Text | undefined>> = {
  final: undefined,
  abiotic: text('非生物流，不是生态系统服务', 'an abiotic flow, not an ecosystem service'),
  intermediate: text('中间服务，SEEA 不计', 'an intermediate service, not counted by SEEA'),
}
const SURPLUS = text('价值含消费者剩余，不是交换价值', 'its value contains consumer surplus and is no exchange value')

/** Arguments whose numbers contain consumer surplus: travel-cost studies report it within their total. */
const SURPLUS_ARGUMENTS = ['consumer-surplus', 'recreation-value']

export const includesConsumerSurplus = (view: AccountView, line: Line): boolean =>
  [...underLine(view, line).facts].some((id) => SURPLUS_ARGUMENTS.includes(view.facts.get(id)?.argument ?? ''))

interface Item {
  readonly service: Service
  readonly item: string
  readonly head: Text
  readonly unit: string
}

/** One row per service and item that has a physical total here. */
function physicalItems(view: AccountView, region: string, services: readonly Service[]): readonly Item[] {
  const order = new Map(services.map((s, i) => [s.id as string, i]))
  const titles = new Map(view.account.lines.map((l) => [`${l.service}|${l.item}`, l.itemTitle]))
  return view.account.figures
    .filter(
      (f) =>
        f.measure === 'quantity' &&
        f.region === region &&
        f.class === '*' &&
        order.has(f.service) &&
        !f.item.startsWith('use.'),
    )
    .map((f) => {
      const service = services[order.get(f.service)!]!
      const item = titles.get(`${f.service}|${f.item}`)
      const tail = (lang: 'zh' | 'en'): string =>
        f.item === '*' || f.item === 'all' ? '' : `·${item?.[lang] ?? f.item}`
      const head = text(`${service.title.zh}${tail('zh')}`, `${service.seea.en}${tail('en')}`)
      return { service, item: f.item, head, unit: f.quantity.unit.text }
    })
    .filter((i) => i.unit !== '元')
    .sort(
      (a, b) => order.get(a.service.id)! - order.get(b.service.id)! || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0),
    )
}

function supplyPhysical(
  view: AccountView,
  region: string,
  classes: readonly string[],
  { services, notes }: Counted,
  title: (code: string) => Text,
): SeeaTable {
  return {
    id: 'supply-physical',
    title: text('生态系统服务供给表（实物量）', 'Supply of ecosystem services, physical'),
    columns: [...classes.map((c) => classText(c, title)), ALL],
    rows: physicalItems(view, region, services).map(({ service, item, head, unit }) => ({
      head,
      unit,
      cells: [...classes, '*'].map((c) => known(view, quantityKey(region, c, service.id, item))),
    })),
    notes,
  }
}

function supplyMonetary(
  view: AccountView,
  region: string,
  basis: Basis,
  classes: readonly string[],
  { services, notes }: Counted,
  title: (code: string) => Text,
): SeeaTable {
  return {
    id: 'supply-monetary',
    basis,
    title: text(
      `生态系统服务供给表（价值量，${BASIS_TEXT[basis].zh}）`,
      `Supply of ecosystem services in money, ${BASIS_TEXT[basis].en}`,
    ),
    columns: [...classes.map((c) => classText(c, title)), ALL],
    rows: services.flatMap((s) => {
      const cells = [...classes, '*'].map((c) => known(view, valueKey(basis, region, c, s.id)))
      return cells.some((c) => c !== undefined) ? [{ head: text(s.title.zh, s.seea.en), unit: '元', cells }] : []
    }),
    notes,
  }
}

const USE_COLUMNS: readonly Text[] = [...ECONOMIC_UNITS.map((u) => UNITS[u]), ALL]

const withoutShares = (rows: readonly { readonly row: SeeaRow; readonly head: Text }[]): readonly Text[] =>
  rows
    .filter(({ row }) => row.cells.slice(0, -1).every((c) => c === undefined))
    .map(({ head }) =>
      text(`${head.zh}没有使用者份额，只列合计`, `${head.en} has no shares of users; only the total is shown`),
    )

function usePhysical(view: AccountView, region: string, { services, notes }: Counted): SeeaTable {
  const rows = physicalItems(view, region, services).map(({ service, item, head, unit }) => ({
    head,
    row: {
      head,
      unit,
      cells: [
        ...ECONOMIC_UNITS.map((u) => known(view, quantityKey(region, '*', service.id, useItem(u, item)))),
        known(view, quantityKey(region, '*', service.id, item)),
      ],
    },
  }))
  return {
    id: 'use-physical',
    title: text('生态系统服务使用表（实物量）', 'Use of ecosystem services, physical'),
    columns: USE_COLUMNS,
    rows: rows.map((r) => r.row),
    notes: [...notes, ...withoutShares(rows)],
  }
}

function useMonetary(view: AccountView, region: string, basis: Basis, { services, notes }: Counted): SeeaTable {
  const rows = services.flatMap((s) => {
    const total = known(view, valueKey(basis, region, '*', s.id))
    if (!total) return []
    const head = text(s.title.zh, s.seea.en)
    const cells = [...ECONOMIC_UNITS.map((u) => known(view, valueKey(basis, region, '*', s.id, useItem(u)))), total]
    return [{ head, row: { head, unit: '元', cells } }]
  })
  return {
    id: 'use-monetary',
    basis,
    title: text(
      `生态系统服务使用表（价值量，${BASIS_TEXT[basis].zh}）`,
      `Use of ecosystem services in money, ${BASIS_TEXT[basis].en}`,
    ),
    columns: USE_COLUMNS,
    rows: rows.map((r) => r.row),
    notes: [...notes, ...withoutShares(rows)],
  }
}
