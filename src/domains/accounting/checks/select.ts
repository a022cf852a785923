// Picking lines and figures of an account: which lines stand under a figure, what a value is in fen, what a recipe rests on.
// Always holds: a line is under a figure exactly if its region is the figure's or below it and its class, service and
// item match; memo lines are under no total.

import { convert, dec, quantity, regionTree, toFen, type Dec, type Fen, type Quantity } from '../../../kernel/index.ts'
import { byRegion } from '../by-region.ts'
import { leavesOf, refsOf } from '../engine/recipe.ts'
import { valueKey } from '../figure-key.ts'
import { figureTable } from '../figure-table.ts'
import type { Account, Basis, Fact, Figure, Line, ParameterUse, Ref } from '../model.ts'

/** `service` may be a service, a group or `*`. */
export interface Scope {
  readonly region: string
  readonly class: string
  readonly service: string
  readonly item: string
}

export interface AccountView {
  readonly account: Account
  readonly figures: { get(key: string): Figure | undefined; has(key: string): boolean }
  readonly facts: ReadonlyMap<string, Fact>
  /** Quantity of a parameter the account lists. */
  parameter(id: string, key: string): Quantity | undefined
  /** The region's codes below it and itself. */
  below(region: string): ReadonlySet<string>
  /** Non-memo lines under a scope. */
  linesUnder(scope: Scope): readonly Line[]
}

export function viewAccount(account: Account): AccountView {
  const tree = regionTree(account.head.regions)
  const table = figureTable(account)
  const cache = new Map<string, ReadonlySet<string>>()
  const below = (region: string): ReadonlySet<string> => {
    const hit = cache.get(region)
    if (hit) return hit
    const all = new Set<string>()
    const visit = (code: string): void => {
      all.add(code)
      for (const child of tree.children(code)) visit(child.code)
    }
    visit(region)
    cache.set(region, all)
    return all
  }
  const lines = byRegion(account.lines)
  let places: ReadonlyMap<Line, number> | undefined
  const placeOf = (line: Line): number => (places ??= new Map(account.lines.map((l, i) => [l, i]))).get(line)!
  /** Lines of some regions, in the order of the account. */
  const linesOf = (regions: ReadonlySet<string>): readonly Line[] =>
    [...regions].flatMap((r) => lines.get(r) ?? []).sort((a, b) => placeOf(a) - placeOf(b))
  const parameters = new Map([...account.parameters].reverse().map((p) => [`${p.id}|${p.key}`, p]))
  const quantities = new Map<string, Quantity>()
  const matches = (want: string, have: string): boolean => want === '*' || want === have
  return {
    account,
    figures: { get: (key) => table.find(key), has: (key) => table.quantity(key) !== undefined },
    facts: new Map(account.facts.map((f) => [f.id, f])),
    below,
    parameter: (id, key) => {
      const name = `${id}|${key}`
      const p = parameters.get(name)
      const hit = p && (quantities.get(name) ?? quantity(p.quantity.value, p.quantity.unit))
      if (hit) quantities.set(name, hit)
      return hit
    },
    linesUnder: (scope) => {
      const regions = below(scope.region)
      // Of many places only some lie below one: who looked through all lines for each would look at the square of them.
      const within = regions.size === 1 ? (lines.get(scope.region) ?? []) : linesOf(regions)
      return within.filter(
        (l) =>
          !l.memo &&
          matches(scope.class, l.class) &&
          (scope.service === '*' || scope.service === l.service || scope.service === l.service[0]) &&
          matches(scope.item, l.item),
      )
    },
  }
}

/** Each basis, sum and check asks again. */
const fens = new WeakMap<Quantity, Fen>()
function fenOf({ quantity: q }: Figure): Fen {
  const known = fens.get(q)
  if (known !== undefined) return known
  const fen = toFen(q)
  fens.set(q, fen)
  return fen
}

/** The value of a line in fen; undefined where it has none on this basis. */
export function lineFen(view: AccountView, line: Line, basis: Basis): Fen | undefined {
  const key = line[basis]
  const figure = key === undefined ? undefined : view.figures.get(key)
  return figure && fenOf(figure)
}

/** Sum of the lines' values; lines without one count nothing. */
export const linesFen = (view: AccountView, lines: readonly Line[], basis: Basis): Fen =>
  lines.reduce((s, l) => s + (lineFen(view, l, basis) ?? 0n), 0n)

export const hasBasis = (view: AccountView, basis: Basis): boolean =>
  view.figures.has(valueKey(basis, view.account.head.region))

/** What a figure rests on, through other figures: each fact and each parameter named by a recipe, once. */
export function walkFigure(
  view: AccountView,
  key: string,
  visit: { readonly fact?: (id: string) => void; readonly parameter?: (id: string, key: string) => void },
  seen: Set<string> = new Set(),
): void {
  if (seen.has(key)) return
  seen.add(key)
  const recipe = view.figures.get(key)?.recipe
  if (!recipe) return
  for (const ref of leavesOf(refsOf(recipe)))
    if ('fact' in ref) visit.fact?.(ref.fact)
    else if ('parameter' in ref) visit.parameter?.(ref.parameter, ref.key)
    else walkFigure(view, ref.figure, visit, seen)
}

/** What the figures of a line rest on: facts, and the parameters the line names itself (prices and weights). Parameters inside a
 *  rule are known by `ParameterUse.touches` only. */
export function underLine(
  view: AccountView,
  line: Line,
): { readonly facts: ReadonlySet<string>; readonly named: ReadonlySet<string> } {
  const facts = new Set<string>()
  const named = new Set<string>()
  const seen = new Set<string>()
  const visit = { fact: (id: string) => facts.add(id), parameter: (id: string, k: string) => named.add(`${id}|${k}`) }
  for (const key of [line.quantity, line.constant, line.current])
    if (key !== undefined) walkFigure(view, key, visit, seen)
  return { facts, named }
}

/** The service a parameter's id names: `gep.r1.runoff-coefficient` → `R1`. */
export function serviceOfParameter(p: Pick<ParameterUse, 'id'>): string | undefined {
  const m = /(?:^|\.)([mrc]\d{1,2})(?:\.|\/|$)/.exec(p.id)
  return m?.[1]?.toUpperCase()
}

/** The quantity a single reference stands for; undefined for tables and sums. */
export function refQuantity(view: AccountView, ref: Ref): Quantity | undefined {
  if ('fact' in ref) return view.facts.get(ref.fact)?.quantity
  if ('figure' in ref) return view.figures.get(ref.figure)?.quantity
  if ('parameter' in ref) return view.parameter(ref.parameter, ref.key)
  return undefined
}

/** The price a value was made with, re-based by the index chain where it has one; the price of the whole for a share of it. */
export function appliedPrice(view: AccountView, key: string): Quantity | undefined {
  const recipe = view.figures.get(key)?.recipe
  if (recipe?.kind === 'share' && 'figure' in recipe.of) return appliedPrice(view, recipe.of.figure)
  if (recipe?.kind !== 'price') return undefined
  const price = refQuantity(view, recipe.price)
  const chain = recipe.index?.chain.map((r) => refQuantity(view, r)) ?? []
  if (!price || chain.some((c) => c === undefined)) return undefined
  const factor = chain.reduce((f: Dec, c) => f.times(convert(c!, '1').value).div(100), dec(1))
  return { value: recipe.index?.back ? price.value.div(factor) : price.value.times(factor), unit: price.unit }
}
