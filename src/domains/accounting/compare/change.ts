// The change of GEP between two years, line by line: ΔV = (q1−q0)·p0 + q0·(p1−p0) + Δq·Δp, lines added and removed, and
// breaks of method (gep.md section 9, rule 5). Always holds: the effects are whole fen and add up exactly to the change.
// Growth is refused across a break of method, parameters, indicator set or base year, and the refusal says why.

import {
  convert,
  dec,
  defineProblems,
  fenText,
  multiplyQuantity,
  multiplyUnits,
  sameDimensions,
  text,
  toFen,
  unit,
  type Dec,
  type Fen,
  type Problem,
  type Quantity,
  type Text,
} from '../../../kernel/index.ts'
import { qa15 } from '../checks/qa-15.ts'
import { appliedPrice, lineFen, viewAccount, type AccountView } from '../checks/select.ts'
import { valueKey } from '../figure-key.ts'
import type { Account, Basis, Line } from '../model.ts'
import { getService } from '../services.ts'
import { sameSetProblems } from '../sets.ts'
import { brokenServices, methodHash, parameterHash } from './hash.ts'

const problem = defineProblems({
  'change.base-year': {
    severity: 'red',
    zh: '两年的不变价基年不同（{a} 与 {b}），不能计算不变价增长。',
    en: 'The base years of constant prices differ ({a} and {b}), so no growth at constant prices can be shown.',
    hint: text('请把两年统一到同一基年。', 'Bring both years to one base year.'),
  },
  'change.price-not-constant': {
    severity: 'red',
    zh: '不变价并不相同：{lines} 等 {count} 项在两年用了不同的价格，不能计算不变价增长。',
    en: 'Constant prices are not the same: {linesEn} ({count} lines) have another price in each year, so no growth at constant prices can be shown.',
    hint: text(
      '请为这些项补基年价格，或用价格指数折到基年。',
      'Give the prices of the base year, or re-base them with the price index.',
    ),
  },
  'change.region': {
    severity: 'red',
    zh: '两份核算的地区不同（{a} 与 {b}），不能比较变化。',
    en: 'The accounts are of different regions ({a} and {b}), so they have no change between them.',
    hint: text('请选择同一地区的两年。', 'Choose two years of one region.'),
  },
})

const YUAN = unit('元')

/** `undivided`: a value that came without quantity and price; only its whole change is known. */
export const EFFECTS = {
  quantity: text('数量', 'quantity'),
  price: text('价格', 'price'),
  cross: text('交叉', 'cross'),
  undivided: text('不可分解', 'undivided'),
  method: text('方法或参数', 'method or parameters'),
  added: text('新增', 'added'),
  removed: text('消失', 'removed'),
} as const satisfies Readonly<Record<string, Text>>

export type Effect = keyof typeof EFFECTS
export type Effects = Readonly<Record<Effect, Fen>>
export const ALL_EFFECTS = Object.keys(EFFECTS) as readonly Effect[]

export interface LineChange {
  readonly region: string
  readonly class: string
  readonly service: Line['service']
  readonly item: string
  /** Service and item; the class stands beside it. */
  readonly title: Text
  readonly before: Fen
  readonly after: Fen
  readonly effects: Effects
  /** Keys of the value figures, for codes. */
  readonly figures: readonly [string | undefined, string | undefined]
}

export interface BasisChange {
  readonly basis: Basis
  readonly before: Fen
  readonly after: Fen
  readonly effects: Effects
  readonly lines: readonly LineChange[]
  /** after / before − 1; left out where it is refused or there was nothing before. */
  readonly growth?: Dec
  /** Why no growth is shown. */
  readonly refused: readonly Problem[]
}

export interface Change {
  readonly years: readonly [number, number]
  readonly bases: readonly BasisChange[]
  readonly hashes: { readonly methods: readonly [string, string]; readonly parameters: readonly [string, string] }
}

/** The change from `a` (earlier) to `b`. Bases that one of the two lacks are left out. */
export function changeBetween(a: Account, b: Account): Change {
  const hashes = {
    methods: [methodHash(a), methodHash(b)],
    parameters: [parameterHash(a), parameterHash(b)],
  } as const
  const common = [
    ...regionProblems(a, b),
    ...sameSetProblems(a, b),
    ...qa15([{ what: text(`${a.head.year}—${b.head.year} 年`, `${a.head.year} to ${b.head.year}`), ...hashes }]),
  ]
  const views = [viewAccount(a), viewAccount(b)] as const
  const broken = brokenServices(a, b)
  const bases = (['constant', 'current'] as const).filter((basis) =>
    views.every((v) => v.figures.has(valueKey(basis, v.account.head.region))),
  )
  return {
    years: [a.head.year, b.head.year],
    hashes,
    bases: bases.map((basis) => {
      const refused = basis === 'constant' ? [...common, ...baseYearProblems(a, b)] : common
      return basisChange(views, basis, broken, refused)
    }),
  }
}

const regionProblems = (a: Account, b: Account): readonly Problem[] =>
  a.head.region === b.head.region ? [] : [problem('change.region', { a: a.head.region, b: b.head.region })]

const baseYearProblems = (a: Account, b: Account): readonly Problem[] =>
  a.head.priceYear === b.head.priceYear
    ? []
    : [problem('change.base-year', { a: a.head.priceYear, b: b.head.priceYear })]

type Views = readonly [AccountView, AccountView]

function basisChange(
  views: Views,
  basis: Basis,
  broken: ReadonlySet<string>,
  refused: readonly Problem[],
): BasisChange {
  const lines = pairLines(views, basis).map((pair) => lineChange(views, pair, basis, broken))
  const total = (pick: (l: LineChange) => Fen): Fen => lines.reduce((s, l) => s + pick(l), 0n)
  const before = total((l) => l.before)
  const after = total((l) => l.after)
  const against = basis === 'constant' ? [...refused, ...movingPrices(lines)] : refused
  return {
    basis,
    before,
    after,
    effects: effectsOf((e) => total((l) => l.effects[e])),
    lines,
    refused: against,
    ...(against.length === 0 && before !== 0n ? { growth: dec(after).div(dec(before)).minus(1) } : {}),
  }
}

/** A price effect of a fen is rounding; more means that a price of the base year is not one. */
const ROUNDING: Fen = 1n
const NAMED = 5

function movingPrices(lines: readonly LineChange[]): readonly Problem[] {
  const size = (x: Fen): Fen => (x < 0n ? -x : x)
  const moving = lines.filter((l) => size(l.effects.price) > ROUNDING || size(l.effects.cross) > ROUNDING)
  if (moving.length === 0) return []
  const named = [...new Map(moving.map((l) => [l.title.zh, l.title])).values()].slice(0, NAMED)
  return [
    problem('change.price-not-constant', {
      lines: named.map((t) => t.zh).join('、'),
      linesEn: named.map((t) => t.en).join('; '),
      count: moving.length,
    }),
  ]
}

const effectsOf = (amount: (e: Effect) => Fen): Effects =>
  Object.fromEntries(ALL_EFFECTS.map((e) => [e, amount(e)])) as Record<Effect, Fen>

interface Pair {
  readonly first?: Line
  readonly second?: Line
}

const lineKey = (l: Line): string => `${l.region}|${l.class}|${l.service}|${l.item}`

/** Counted lines with a value, matched by region, class, service and item, in the order of the first account. */
function pairLines(views: Views, basis: Basis): readonly Pair[] {
  const pairs = new Map<string, { first?: Line; second?: Line }>()
  views.forEach((view, i) => {
    for (const l of view.account.lines) {
      if (l.memo || lineFen(view, l, basis) === undefined) continue
      const pair = pairs.get(lineKey(l)) ?? {}
      pairs.set(lineKey(l), i === 0 ? { ...pair, first: l } : { ...pair, second: l })
    }
  })
  return [...pairs.values()]
}

function lineChange([a, b]: Views, { first, second }: Pair, basis: Basis, broken: ReadonlySet<string>): LineChange {
  const line = (second ?? first)!
  const before = first ? (lineFen(a, first, basis) ?? 0n) : 0n
  const after = second ? (lineFen(b, second, basis) ?? 0n) : 0n
  const whole = (effect: Effect): Effects => effectsOf((e) => (e === effect ? after - before : 0n))
  const effects = (): Effects => {
    if (!first) return whole('added')
    if (!second) return whole('removed')
    if (first.method !== second.method || broken.has(line.service)) return whole('method')
    const split = splitEffects(priced(a, first, basis), priced(b, second, basis), after - before)
    return split ?? whole('undivided')
  }
  const s = getService(line.service).title
  return {
    region: line.region,
    class: line.class,
    service: line.service,
    item: line.item,
    title: text(`${s.zh}·${line.itemTitle.zh}`, `${s.en}, ${line.itemTitle.en}`),
    before,
    after,
    effects: effects(),
    figures: [first?.[basis], second?.[basis]],
  }
}

interface Priced {
  readonly quantity: Quantity
  /** Money per something of the quantity's dimensions, re-based where the account re-bases it. */
  readonly price: Quantity
}

function priced(view: AccountView, line: Line, basis: Basis): Priced | undefined {
  const key = line[basis]
  const quantity = line.quantity === undefined ? undefined : view.figures.get(line.quantity)?.quantity
  const price = key === undefined ? undefined : appliedPrice(view, key)
  return quantity && price && { quantity, price }
}

/** The three effects in whole fen. What rounding leaves goes to the largest, so that they add up to `delta`. */
function splitEffects(a: Priced | undefined, b: Priced | undefined, delta: Fen): Effects | undefined {
  if (!a || !b || !sameDimensions(a.quantity.unit, b.quantity.unit) || !sameDimensions(a.price.unit, b.price.unit))
    return undefined
  const less = (x: Quantity, y: Quantity): Quantity => ({
    value: convert(x, y.unit).value.minus(y.value),
    unit: y.unit,
  })
  const [dq, dp] = [less(b.quantity, a.quantity), less(b.price, a.price)]
  if (!sameDimensions(multiplyUnits(dq.unit, dp.unit), YUAN)) return undefined
  const exact = [multiplyQuantity(dq, a.price), multiplyQuantity(a.quantity, dp), multiplyQuantity(dq, dp)]
  const fen = exact.map(toFen)
  const size = (i: number): Dec => convert(exact[i]!, YUAN).value.abs()
  const largest = [1, 2].reduce((m, i) => (size(i).gt(size(m)) ? i : m), 0)
  fen[largest]! += delta - fen.reduce((s, x) => s + x, 0n)
  const [quantity, price, cross] = fen
  return { ...effectsOf(() => 0n), quantity: quantity!, price: price!, cross: cross! }
}

/** Rows a terminal or a report prints: each line with a change, then the total and the effects, in 元. */
export function changeRows(change: Change): readonly { readonly title: Text; readonly cells: readonly string[] }[] {
  return change.bases.flatMap((b) => {
    const cells = (before: Fen, after: Fen, effects: Effects): readonly string[] => [
      fenText(before),
      fenText(after),
      fenText(after - before),
      ...ALL_EFFECTS.map((e) => fenText(effects[e])),
    ]
    return [
      ...b.lines
        .filter((l) => l.before !== l.after)
        .map((l) => ({
          title: l.class === '-' ? l.title : text(`${l.title.zh}（${l.class}）`, `${l.title.en} (${l.class})`),
          cells: cells(l.before, l.after, l.effects),
        })),
      { title: text('合计', 'Total'), cells: cells(b.before, b.after, b.effects) },
    ]
  })
}
