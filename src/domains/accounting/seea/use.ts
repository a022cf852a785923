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
import { figureKey } from '../figure-key.ts'
import type { Figure, Ref } from '../model.ts'
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

/** The use figures for every service total (value on each basis, quantity of each item) that SEEA counts and that has
 *  shares. `figures` are those of the account so far; the result is to be appended to them. */
export function useFigures(
  figures: readonly Omit<Figure, 'code'>[],
  book: Pick<RuleBook, 'findParameter'>,
  ctx: RuleContext,
): readonly Omit<Figure, 'code'>[] {
  const shares = new Map<string, Shares | undefined>()
  const sharesOf = (service: string): Shares | undefined => {
    if (!shares.has(service)) shares.set(service, findShares(service, book, ctx))
    return shares.get(service)
  }
  return figures.flatMap((f) => {
    const service = findService(f.service)
    if (!service || service.kind !== 'final' || f.class !== '*' || f.item.startsWith('use.')) return []
    if (f.measure !== 'quantity' && !(f.measure === 'value' && f.item === '*')) return []
    return partsOf(f, sharesOf(service.id))
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

function partsOf(f: Omit<Figure, 'code'>, shares: Shares | undefined): readonly Omit<Figure, 'code'>[] {
  if (!shares) return []
  const { units, plain, weights } = shares
  const { measure, basis, region, class: cls, service } = f
  const parts = measure === 'value' ? moneyParts(f.quantity, plain) : amountParts(f.quantity, plain)
  const of: Ref = { figure: f.key }
  return units.map((unit, index) => {
    const item = useItem(unit, f.item)
    return {
      key: figureKey({ measure, basis, region, class: cls, service, item }),
      measure,
      basis,
      region,
      class: cls,
      service,
      item,
      quantity: parts[index]!,
      recipe: { kind: 'share', of, weights, index },
      title: text(`${f.title.zh}·${UNITS[unit].zh}使用`, `${f.title.en}, used by ${UNITS[unit].en.toLowerCase()}`),
    }
  })
}

const moneyParts = (whole: Quantity, weights: readonly Dec[]): readonly Quantity[] =>
  splitFen(toFen(whole), weights).map(fenToQuantity)

function amountParts({ value, unit }: Quantity, weights: readonly Dec[]): readonly Quantity[] {
  const total = weights.reduce((a: Dec, b) => a.plus(b))
  return weights.map((w) => ({ value: value.times(w).div(total), unit }))
}
