// Use by economic unit: each service's supply is split over agriculture, industry, households, government and export by
// the shares of rules/**/seea/use.yaml. Serves the use tables of SEEA EA. Always holds: the parts of a value add up to
// the supply to the fen (largest remainder), and every part is a figure with its own recipe.

import {
  convert,
  splitFen,
  text,
  toFen,
  fenToQuantity,
  type Dec,
  type Quantity,
  type Text,
} from '../../../kernel/index.ts'
import type { ParameterValue, RuleBook, RuleContext } from '../../../core/rules/index.ts'
import { figureKey, type KeyParts } from '../figure-key.ts'
import type { Figure, Recipe, Ref } from '../model.ts'
import { findService } from '../services.ts'

export const UNITS = {
  agriculture: text('农业', 'Agriculture'),
  industry: text('工业', 'Industry'),
  households: text('居民', 'Households'),
  government: text('政府', 'Government'),
  export: text('出口（区外）', 'Export'),
} as const satisfies Readonly<Record<string, Text>>

export type EconomicUnit = keyof typeof UNITS
export const ECONOMIC_UNITS = Object.keys(UNITS) as readonly EconomicUnit[]

const BOOK = 'seea.use'

/** Item of a use figure: of a value, `use.households`; of a quantity, also the item it is a part of. */
export const useItem = (unit: EconomicUnit, item = '*'): string =>
  item === '*' ? `use.${unit}` : `use.${unit}.${item}`

/** One part of a total, without its number. */
export interface UseOf {
  readonly parts: KeyParts
  readonly title: Text
  readonly recipe: Extract<Recipe, { readonly kind: 'share' }>
}

/** The parts by use of every service total (value on each basis, quantity of each item) that SEEA counts and that has
 *  shares. `figures` are those of the account so far. */
export function usesOf(
  figures: readonly Omit<Figure, 'code'>[],
  book: Pick<RuleBook, 'findParameter'>,
  ctx: RuleContext,
): readonly UseOf[] {
  return totalsWithShares(figures, book, ctx).flatMap(({ figure, shares }) => partsOf(figure, shares))
}

/** The same as figures; the result is to be appended to those given. */
export function useFigures(
  figures: readonly Omit<Figure, 'code'>[],
  book: Pick<RuleBook, 'findParameter'>,
  ctx: RuleContext,
): readonly Omit<Figure, 'code'>[] {
  return totalsWithShares(figures, book, ctx).flatMap(({ figure: f, shares }) => {
    const parts = f.measure === 'value' ? moneyParts(f.quantity, shares.plain) : amountParts(f.quantity, shares.plain)
    return partsOf(f, shares).map(({ parts: own, title, recipe }, i) => ({
      key: figureKey(own),
      ...own,
      quantity: parts[i]!,
      recipe,
      title,
    }))
  })
}

function totalsWithShares(
  figures: readonly Omit<Figure, 'code'>[],
  book: Pick<RuleBook, 'findParameter'>,
  ctx: RuleContext,
): readonly { readonly figure: Omit<Figure, 'code'>; readonly shares: Shares }[] {
  const known = new Map<string, Shares | undefined>()
  const sharesOf = (service: string): Shares | undefined => {
    if (!known.has(service)) known.set(service, findShares(service, book, ctx))
    return known.get(service)
  }
  return figures.flatMap((figure) => {
    if (figure.class !== '*' || figure.item.startsWith('use.')) return []
    if (figure.measure !== 'quantity' && !(figure.measure === 'value' && figure.item === '*')) return []
    const service = findService(figure.service)
    const shares = service?.kind === 'final' ? sharesOf(service.id) : undefined
    return shares ? [{ figure, shares }] : []
  })
}

/** Of one service, in the order of the units. */
interface Shares {
  readonly units: readonly EconomicUnit[]
  readonly plain: readonly Dec[]
  /** One list for all figures of the service: what follows from it is worked out once. */
  readonly weights: readonly Ref[]
}

/** Undefined where a share is missing or all are nil. */
function findShares(service: string, book: Pick<RuleBook, 'findParameter'>, ctx: RuleContext): Shares | undefined {
  const found = ECONOMIC_UNITS.flatMap(
    (unit): { readonly unit: EconomicUnit; readonly parameter: ParameterValue }[] => {
      const key = `${service}.${unit}`
      const parameter = book.findParameter(BOOK, key, ctx)
      return 'severity' in parameter || parameter.key !== key ? [] : [{ unit, parameter }]
    },
  )
  const complete = found.length === ECONOMIC_UNITS.length
  if (!complete || found.every((s) => s.parameter.quantity.value.isZero())) return undefined
  return {
    units: found.map((s) => s.unit),
    plain: found.map((s) => convert(s.parameter.quantity, '1').value),
    weights: found.map(({ parameter: p }): Ref => ({ parameter: p.id, key: p.key, version: p.version })),
  }
}

function partsOf(f: Omit<Figure, 'code'>, { units, weights }: Shares): readonly UseOf[] {
  const { measure, basis, region, class: cls, service } = f
  const of: Ref = { figure: f.key }
  return units.map((unit, index) => ({
    parts: { measure, basis, region, class: cls, service, item: useItem(unit, f.item) },
    title: text(`${f.title.zh}·${UNITS[unit].zh}使用`, `${f.title.en}, used by ${UNITS[unit].en.toLowerCase()}`),
    recipe: { kind: 'share', of, weights, index },
  }))
}

const moneyParts = (whole: Quantity, weights: readonly Dec[]): readonly Quantity[] =>
  splitFen(toFen(whole), weights).map(fenToQuantity)

function amountParts({ value, unit }: Quantity, weights: readonly Dec[]): readonly Quantity[] {
  const total = weights.reduce((a: Dec, b) => a.plus(b))
  return weights.map((w) => ({ value: value.times(w).div(total), unit }))
}
