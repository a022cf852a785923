// Totals of a statement, from its lines up: item, service, type, group, GEP; then place by place up the region tree.
// Always holds: a total is a sum of rounded lines and of nothing else, and every partial sum on the way has its own code.

import { text, type RegionTree, type Text } from '../../../kernel/index.ts'
import { byRegion } from '../by-region.ts'
import { figureKey } from '../figure-key.ts'
import type { Basis, Line, Measure } from '../model.ts'
import { getService, GROUPS, SERVICES, type Group, type ServiceId } from '../services.ts'
import type { Draft } from './draft.ts'

/** The type a class is reported under. `other` is a bag of unlike things (glacier, bare ground), so its parts stand apart. */
export const levelOne = (cls: string): string => {
  const [first, second] = cls.split('.') as [string, string | undefined]
  return first === 'other' && second !== undefined ? `other.${second}` : first
}

interface Cell {
  readonly cls: string
  readonly service: ServiceId
  readonly item: string
}

const cellKey = (c: Cell): string => `${c.cls}|${c.service}|${c.item}`

export interface TotalsContext {
  readonly draft: Draft
  readonly tree: RegionTree
  readonly inSet: ReadonlySet<string>
  readonly className: (code: string) => Text
  /** Names of items, by `service|item`. */
  readonly itemTitles: ReadonlyMap<string, Text>
}

/** Adds quantity totals, unless they stand, and, on each basis, value totals for every region that has lines in or below it. */
export function addTotals(lines: readonly Line[], ctx: TotalsContext, quantitiesStand = false): void {
  const of = byRegion(lines)
  for (const root of ctx.tree.roots()) {
    if (!quantitiesStand) regionCells('quantity', '-', root.code, of, ctx)
    for (const basis of ['constant', 'current'] as const) regionCells('value', basis, root.code, of, ctx)
  }
}

/** The cells (type × service × item) of a region, children first. @returns cell → figure key */
function regionCells(
  measure: Measure,
  basis: Basis | '-',
  region: string,
  lines: ReadonlyMap<string, readonly Line[]>,
  ctx: TotalsContext,
): ReadonlyMap<string, string> {
  const parts = new Map<string, { cell: Cell; keys: string[] }>()
  const put = (cell: Cell, key: string): void => {
    const at = cellKey(cell)
    const p = parts.get(at) ?? { cell, keys: [] }
    p.keys.push(key)
    parts.set(at, p)
  }
  for (const child of ctx.tree.children(region))
    for (const [at, key] of regionCells(measure, basis, child.code, lines, ctx)) {
      const [cls, service, item] = at.split('|') as [string, ServiceId, string]
      put({ cls, service, item }, key)
    }
  for (const l of lines.get(region) ?? []) {
    const key = measure === 'quantity' ? l.quantity : l[basis as Basis]
    if (key !== undefined)
      put({ cls: l.class === '-' ? '-' : levelOne(l.class), service: l.service, item: l.item }, key)
  }
  const cells = new Map<string, string>()
  for (const [at, { cell, keys }] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = figureKey({ measure, basis, region, class: cell.cls, service: cell.service, item: cell.item })
    cells.set(at, keys.length === 1 && keys[0] === own ? own : addSum(own, keys, ctx))
  }
  if (cells.size > 0)
    (measure === 'value' ? addValueTotals : addQuantityTotals)(
      basis,
      region,
      [...parts.values()].map((p) => p.cell),
      cells,
      ctx,
    )
  return cells
}

/** A sum under its own key; a key that a line already holds keeps the line, and the sum stands under a key of its own. */
function addSum(key: string, keys: readonly string[], ctx: TotalsContext): string {
  const [measure, basis, region, cls, service, item] = key.split('|') as [
    Measure,
    Basis,
    string,
    string,
    string,
    string,
  ]
  if (keys.length === 1 && ctx.draft.find(key)) return keys[0]!
  const free = ctx.draft.find(key) ? `${item}.all` : item
  return ctx.draft.add(
    { measure, basis, region, class: cls, service, item: free },
    titleOf(cls, service, item, keys, ctx),
    { kind: 'sum', of: keys },
  )
}

function titleOf(cls: string, service: string, item: string, keys: readonly string[], ctx: TotalsContext): Text {
  if (item !== '*' && keys.length === 1) return ctx.draft.find(keys[0]!)!.title
  const s =
    service === '*'
      ? text('生态产品总值（GEP）', 'Gross ecosystem product (GEP)')
      : service in GROUPS
        ? GROUPS[service as Group]
        : getService(service as ServiceId).title
  const c = cls === '*' ? undefined : cls === '-' ? text('未分类型', 'no type') : ctx.className(cls)
  if (service === '*' && c) return text(`${c.zh}合计`, `${c.en}, all services`)
  const named = item === '*' ? undefined : (ctx.itemTitles.get(`${service}|${item}`) ?? text(item, item))
  return text([s.zh, named?.zh, c?.zh].filter(Boolean).join('·'), [s.en, named?.en, c?.en].filter(Boolean).join(' · '))
}

function group<K>(cells: readonly Cell[], by: (c: Cell) => K): readonly (readonly [K, readonly Cell[]])[] {
  const out = new Map<K, Cell[]>()
  for (const c of cells) {
    const key = by(c)
    const some = out.get(key)
    if (some) some.push(c)
    else out.set(key, [c])
  }
  return [...out]
}

function addQuantityTotals(
  _: Basis | '-',
  region: string,
  cells: readonly Cell[],
  keys: ReadonlyMap<string, string>,
  ctx: TotalsContext,
): void {
  for (const [at, some] of group(cells, (c) => `${c.service}|${c.item}`)) {
    const [service, item] = at.split('|') as [ServiceId, string]
    addSum(
      figureKey({ measure: 'quantity', basis: '-', region, class: '*', service, item }),
      some.map((c) => keys.get(cellKey(c))!),
      ctx,
    )
  }
}

function addValueTotals(
  basis: Basis | '-',
  region: string,
  cells: readonly Cell[],
  keys: ReadonlyMap<string, string>,
  ctx: TotalsContext,
): void {
  const key = (cls: string, service: string, item: string): string =>
    figureKey({ measure: 'value', basis, region, class: cls, service, item })
  const sum = (k: string, of: readonly string[]): string => addSum(k, of, ctx)
  const order = new Map<string, number>(SERVICES.map((s, i) => [s.id, i]))
  const sorted = [...cells].sort((a, b) => order.get(a.service)! - order.get(b.service)!)
  for (const [at, some] of group(sorted, (c) => `${c.cls}|${c.service}`)) {
    const [cls, service] = at.split('|') as [string, ServiceId]
    sum(
      key(cls, service, '*'),
      some.map((c) => keys.get(cellKey(c))!),
    )
  }
  for (const [at, some] of group(sorted, (c) => `${c.service}|${c.item}`)) {
    const [service, item] = at.split('|') as [ServiceId, string]
    sum(
      key('*', service, item),
      some.map((c) => keys.get(cellKey(c))!),
    )
  }
  const services = group(sorted, (c) => c.service)
  for (const [service, some] of services) {
    const items = group(some, (c) => c.item).map(([item]) => key('*', service, item))
    sum(key('*', service, '*'), items)
  }
  const counted = sorted.filter((c) => ctx.inSet.has(c.service))
  for (const [cls, some] of group(counted, (c) => c.cls))
    sum(
      key(cls, '*', '*'),
      group(some, (c) => c.service).map(([s]) => key(cls, s, '*')),
    )
  const groups = group(counted, (c) => getService(c.service).group)
  for (const [g, some] of groups)
    sum(
      key('*', g, '*'),
      group(some, (c) => c.service).map(([s]) => key('*', s, '*')),
    )
  if (groups.length > 0)
    sum(
      key('*', '*', '*'),
      groups.map(([g]) => key('*', g, '*')),
    )
}
