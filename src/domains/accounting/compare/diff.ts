// What differs between two accounts, cell by cell: facts, parameters, prices, methods, and every figure with what its
// change does to the total. Always holds: a figure, fact, price or parameter that is equal is not listed, one that
// differs always is.

import {
  canonicalJson,
  convert,
  decText,
  fenText,
  placeText,
  quantityText,
  sameDimensions,
  text,
  toFen,
  type Fen,
  type Lang,
  type QuantityText,
  type Text,
} from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import { viewAccount, type AccountView } from '../checks/select.ts'
import { valueKey } from '../figure-key.ts'
import {
  BASIS_TEXT,
  type Account,
  type Basis,
  type Fact,
  type Figure,
  type Line,
  type Origin,
  type ParameterUse,
  type PriceUse,
} from '../model.ts'
import { getService } from '../services.ts'

interface Changed<T> {
  readonly old?: T
  readonly new?: T
}

export interface FigureChange extends Changed<QuantityText> {
  readonly key: string
  readonly code: string
  readonly title: Text
  /** new − old, in the old unit; left out where one is missing or the units do not agree. */
  readonly delta?: QuantityText
  /** What the line does to the total, in fen; only for figures of lines that count. */
  readonly onTotal?: Partial<Readonly<Record<Basis, Fen>>>
}

export interface FactChange extends Changed<QuantityText> {
  readonly id: string
  readonly title: Text
  readonly oldCell?: string
  readonly newCell?: string
}

export interface ParameterChange extends Changed<QuantityText> {
  readonly id: string
  readonly key: string
  readonly title: Text
  readonly oldVersion?: string
  readonly newVersion?: string
}

export interface PriceChange extends Changed<QuantityText> {
  readonly price: string
  readonly basis: Basis
  readonly title: Text
  readonly oldYear?: number
  readonly newYear?: number
}

export interface MethodChange extends Changed<string> {
  readonly service: Line['service']
  readonly title: Text
}

export interface TotalChange {
  readonly basis: Basis
  readonly old?: Fen
  readonly new?: Fen
}

export interface AccountDiff {
  readonly same: boolean
  readonly totals: readonly TotalChange[]
  readonly head: readonly (Changed<string> & { readonly title: Text })[]
  readonly figures: readonly FigureChange[]
  readonly facts: readonly FactChange[]
  readonly parameters: readonly ParameterChange[]
  readonly prices: readonly PriceChange[]
  readonly methods: readonly MethodChange[]
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Pairs of equal name whose texts differ, sorted by name. */
function changed<T>(
  a: readonly T[],
  b: readonly T[],
  name: (t: T) => string,
  content: (t: T) => string,
): readonly (Changed<T> & { readonly name: string })[] {
  const [first, second] = [new Map(a.map((t) => [name(t), t])), new Map(b.map((t) => [name(t), t]))]
  return [...new Set([...first.keys(), ...second.keys()])].sort(byCode).flatMap((n) => {
    const [x, y] = [first.get(n), second.get(n)]
    if (x !== undefined && y !== undefined && content(x) === content(y)) return []
    return [{ name: n, ...(x === undefined ? {} : { old: x }), ...(y === undefined ? {} : { new: y }) }]
  })
}

const asText = (q: QuantityText): string => `${q.value}|${q.unit}`

/** The changes from `a` to `b`. Facts of different years are matched by everything but the year. */
export function diffAccounts(a: Account, b: Account): AccountDiff {
  const views = [viewAccount(a), viewAccount(b)] as const
  const figures = figureChanges(a, b, views)
  const facts = factChanges(a, b)
  const parameters = changed(
    a.parameters,
    b.parameters,
    (p) => `${p.id}|${p.key}`,
    (p) => `${asText(p.quantity)}|${p.mark}`,
  ).map(parameterChange)
  const prices = changed(a.prices, b.prices, priceName, (p) => `${asText(p.quantity)}|${p.mark}`).map(priceChange)
  const methods = changed(
    methodTexts(a),
    methodTexts(b),
    (m) => m.service,
    (m) => m.text,
  ).map((c): MethodChange => ({
    service: (c.new ?? c.old)!.service,
    title: getService((c.new ?? c.old)!.service).title,
    ...(c.old ? { old: c.old.text } : {}),
    ...(c.new ? { new: c.new.text } : {}),
  }))
  const head = changed(
    headTexts(a),
    headTexts(b),
    (h) => h.name,
    (h) => h.value,
  ).map((c) => ({
    title: (c.new ?? c.old)!.title,
    ...(c.old ? { old: c.old.value } : {}),
    ...(c.new ? { new: c.new.value } : {}),
  }))
  const totals = (['constant', 'current'] as const).flatMap((basis): TotalChange[] => {
    const [old, now] = views.map((v) => v.figures.get(valueKey(basis, v.account.head.region)))
    if (!old && !now) return []
    return [{ basis, ...(old ? { old: toFen(old.quantity) } : {}), ...(now ? { new: toFen(now.quantity) } : {}) }]
  })
  const same = [figures, facts, parameters, prices, methods, head].every((list) => list.length === 0)
  return { same, totals, head, figures, facts, parameters, prices, methods }
}

const headTexts = (a: Account): readonly { readonly name: string; readonly title: Text; readonly value: string }[] => [
  { name: 'year', title: text('年份', 'Year'), value: String(a.head.year) },
  { name: 'priceYear', title: text('价格基年', 'Price year'), value: String(a.head.priceYear) },
  { name: 'set', title: text('指标体系', 'Indicator set'), value: a.head.set },
  { name: 'status', title: text('状态', 'Status'), value: a.head.status },
  { name: 'region', title: text('地区', 'Region'), value: a.head.region },
  { name: 'engine', title: text('引擎版本', 'Engine'), value: a.head.engine },
]

function figureChanges(a: Account, b: Account, views: readonly [AccountView, AccountView]): readonly FigureChange[] {
  const effects = lineEffects(views)
  return changed(
    a.figures,
    b.figures,
    (f) => f.key,
    (f) => asText(quantityText(f.quantity)),
  ).map((c): FigureChange => {
    const f = (c.new ?? c.old)!
    const onTotal = effects.get(c.name)
    return {
      key: c.name,
      code: f.code,
      title: f.title,
      ...(c.old ? { old: quantityText(c.old.quantity) } : {}),
      ...(c.new ? { new: quantityText(c.new.quantity) } : {}),
      ...deltaOf(c.old, c.new),
      ...(onTotal ? { onTotal } : {}),
    }
  })
}

function deltaOf(old: Figure | undefined, now: Figure | undefined): { readonly delta?: QuantityText } {
  if (!old || !now || !sameDimensions(old.quantity.unit, now.quantity.unit)) return {}
  const value = convert(now.quantity, old.quantity.unit).value.minus(old.quantity.value)
  return { delta: { value: decText(value), unit: old.quantity.unit.text } }
}

/** By key of a line's quantity or value figure: the change of the line's value on each basis. */
function lineEffects(views: readonly [AccountView, AccountView]): ReadonlyMap<string, Partial<Record<Basis, Fen>>> {
  const out = new Map<string, Partial<Record<Basis, Fen>>>()
  const add = (key: string | undefined, basis: Basis, fen: Fen): void => {
    if (key !== undefined) out.set(key, { ...out.get(key), [basis]: (out.get(key)?.[basis] ?? 0n) + fen })
  }
  views.forEach((view, i) => {
    for (const l of view.account.lines)
      for (const basis of ['constant', 'current'] as const) {
        const key = l[basis]
        const figure = key === undefined ? undefined : view.figures.get(key)
        if (!figure || l.memo) continue
        const fen = i === 0 ? -toFen(figure.quantity) : toFen(figure.quantity)
        add(l.quantity, basis, fen)
        add(key, basis, fen)
      }
  })
  return out
}

const factName = (f: Fact): string => [f.argument, f.region, f.class ?? '', f.item ?? ''].join('|')

/** Several facts of one name (prices of several years) are told apart by their distance from the accounting year. */
function namedFacts(a: Account): readonly { readonly name: string; readonly fact: Fact }[] {
  const count = new Map<string, number>()
  for (const f of a.facts) count.set(factName(f), (count.get(factName(f)) ?? 0) + 1)
  return a.facts.map((fact) => ({
    fact,
    name: count.get(factName(fact)) === 1 ? factName(fact) : `${factName(fact)}|${fact.year - a.head.year}`,
  }))
}

const cellText = (o: Origin): string => placeText(o)

function factChanges(a: Account, b: Account): readonly FactChange[] {
  return changed(
    namedFacts(a),
    namedFacts(b),
    (f) => f.name,
    ({ fact: f }) =>
      canonicalJson({
        q: asText(quantityText(f.quantity)),
        mark: f.mark,
        fallback: f.fallback ? { ...f.fallback } : null,
      }),
  ).map((c) => {
    const f = (c.new ?? c.old)!.fact
    const title = findArgument(f.argument)?.title ?? text(f.argument, f.argument)
    const tail = [f.class, f.item].filter((s) => s !== undefined).join('·')
    return {
      id: c.name,
      title: text(`${title.zh}${tail && `（${tail}）`}`, `${title.en}${tail && ` (${tail})`}`),
      ...(c.old ? { old: quantityText(c.old.fact.quantity), oldCell: cellText(c.old.fact.origin) } : {}),
      ...(c.new ? { new: quantityText(c.new.fact.quantity), newCell: cellText(c.new.fact.origin) } : {}),
    }
  })
}

const parameterChange = (c: Changed<ParameterUse>): ParameterChange => {
  const p = (c.new ?? c.old)!
  return {
    id: p.id,
    key: p.key,
    title: p.title,
    ...(c.old ? { old: c.old.quantity, oldVersion: c.old.version } : {}),
    ...(c.new ? { new: c.new.quantity, newVersion: c.new.version } : {}),
  }
}

/** A price of the account, whatever its year: the fact without its year, or the book's key. */
const priceName = (p: PriceUse): string => {
  const what =
    'fact' in p.ref
      ? p.ref.fact.split('|').slice(0, -1).join('|')
      : 'parameter' in p.ref
        ? `${p.ref.parameter}|${p.ref.key}`
        : p.price
  return `${p.price}|${p.basis}|${what}`
}

const priceChange = (c: Changed<PriceUse>): PriceChange => {
  const p = (c.new ?? c.old)!
  return {
    price: p.price,
    basis: p.basis,
    title: p.title,
    ...(c.old ? { old: c.old.quantity, oldYear: c.old.year } : {}),
    ...(c.new ? { new: c.new.quantity, newYear: c.new.year } : {}),
  }
}

function methodTexts(a: Account): readonly { readonly service: Line['service']; readonly text: string }[] {
  const byService = new Map<Line['service'], string[]>()
  for (const m of a.methods) {
    const choices = Object.entries(m.choices)
      .sort(([x], [y]) => byCode(x, y))
      .map(([k, v]) => `${k}=${v}`)
    const said = choices.length === 0 ? m.method : `${m.method} (${choices.join(', ')})`
    byService.set(m.service, [...(byService.get(m.service) ?? []), said])
  }
  return [...byService].map(([service, list]) => ({ service, text: list.sort(byCode).join('; ') }))
}

const q = (t: QuantityText | undefined): string => (t ? `${t.value} ${t.unit}`.replace(/ 1$/, '') : '—')

/** The diff as lines of text for a terminal. */
export function diffText(diff: AccountDiff, lang: Lang): readonly string[] {
  if (diff.same) return [lang === 'zh' ? '两份核算完全相同。' : 'The accounts are equal.']
  const say = (t: Text): string => t[lang]
  const arrow = (old: string, now: string): string => `${old} → ${now}`
  const cells = (f: FactChange): string => {
    const places = [f.oldCell, f.newCell].filter((s) => s !== undefined)
    return places.length === 0 ? '' : `  [${[...new Set(places)].join(' → ')}]`
  }
  const effect = (f: FigureChange): string => {
    const fen = f.onTotal?.current ?? f.onTotal?.constant
    if (fen === undefined) return ''
    return lang === 'zh' ? `  对总值 ${fenText(fen)} 元` : `  on the total ${fenText(fen)} 元`
  }
  const part = (title: Text, rows: readonly string[]): readonly string[] =>
    rows.length === 0 ? [] : [`${say(title)} (${rows.length})`, ...rows.map((r) => `  ${r}`)]
  return [
    ...diff.totals.map(
      (t) =>
        `${say(BASIS_TEXT[t.basis])} GEP: ${arrow(fen(t.old), fen(t.new))} 元${t.old !== undefined && t.new !== undefined ? ` (${fenText(t.new - t.old)})` : ''}`,
    ),
    ...part(
      text('抬头', 'Head'),
      diff.head.map((h) => `${say(h.title)}: ${arrow(h.old ?? '—', h.new ?? '—')}`),
    ),
    ...part(
      text('方法', 'Methods'),
      diff.methods.map((m) => `${m.service} ${say(m.title)}: ${arrow(m.old ?? '—', m.new ?? '—')}`),
    ),
    ...part(
      text('参数', 'Parameters'),
      diff.parameters.map((p) => `${say(p.title)} ${p.id}${p.key && `|${p.key}`}: ${arrow(q(p.old), q(p.new))}`),
    ),
    ...part(
      text('价格', 'Prices'),
      diff.prices.map((p) => `${say(p.title)} (${say(BASIS_TEXT[p.basis])}): ${arrow(q(p.old), q(p.new))}`),
    ),
    ...part(
      text('输入', 'Inputs'),
      diff.facts.map((f) => `${say(f.title)}: ${arrow(q(f.old), q(f.new))}${cells(f)}`),
    ),
    ...part(
      text('数字', 'Figures'),
      diff.figures.map((f) => `${f.code} ${say(f.title)}: ${arrow(q(f.old), q(f.new))}${effect(f)}`),
    ),
  ]
}

const fen = (x: Fen | undefined): string => (x === undefined ? '—' : fenText(x))
