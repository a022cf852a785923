// Cards and values as rows, and back.

import { isGrade, type CivilDate, type Json, type Problem } from '../../kernel/index.ts'
import type { RowOf } from '../store/index.ts'
import type { IndicatorCard, IndicatorValue, Unfit, UseOfValue, ValueStatus } from './model.ts'
import { indicatorProblem } from './problems.ts'
import type { indicatorTable, indicatorValueTable } from './schema.ts'

export type CardRow = RowOf<typeof indicatorTable>
export type ValueRow = RowOf<typeof indicatorValueTable>

export const cardRow = (c: IndicatorCard, act: string): CardRow => ({
  id: c.id,
  title_zh: c.title.zh,
  title_en: c.title.en,
  definition_zh: c.definition.zh,
  definition_en: c.definition.en,
  unit: c.unit,
  boundary_zh: c.boundary.zh,
  boundary_en: c.boundary.en,
  clause: c.clause,
  counted_also_in: c.overlaps,
  custodian: c.custodian,
  grade: c.grade,
  act,
})

export const cardOf = (r: CardRow): IndicatorCard => ({
  id: r.id,
  title: { zh: r.title_zh, en: r.title_en },
  definition: { zh: r.definition_zh, en: r.definition_en },
  unit: r.unit,
  boundary: { zh: r.boundary_zh, en: r.boundary_en },
  clause: r.clause,
  overlaps: r.counted_also_in,
  custodian: r.custodian,
  grade: isGrade(r.grade) ? r.grade : 'secret',
})

export const valueRow = (v: IndicatorValue, version: number, act: string): ValueRow => ({
  indicator: v.indicator,
  place: v.place,
  period: v.period,
  dims: v.dims,
  basis: v.basis,
  version,
  value: v.value,
  unit: v.unit,
  status: v.status,
  fit: v.fit,
  unfit: v.unfit as unknown as Json,
  recipe: v.recipe,
  legal_date: v.legalDate,
  act,
})

export const valueOf = (r: ValueRow): IndicatorValue => ({
  indicator: r.indicator,
  place: r.place,
  period: r.period,
  dims: r.dims,
  basis: r.basis,
  value: r.value,
  unit: r.unit,
  status: r.status as ValueStatus,
  fit: r.fit as readonly UseOfValue[],
  unfit: r.unfit as unknown as readonly Unfit[],
  recipe: r.recipe,
  legalDate: r.legal_date as CivilDate,
})

/** What speaks against a value beside its card. */
export function valueProblems(v: IndicatorValue, card: IndicatorCard | undefined): readonly Problem[] {
  if (!card) return [indicatorProblem('indicator.unknown', { indicator: v.indicator })]
  if (card.unit !== v.unit)
    return [indicatorProblem('indicator.unit', { indicator: v.indicator, unit: card.unit, given: v.unit })]
  return []
}

/** A card may be written anew, with other words; its unit stays. */
export function cardProblems(c: IndicatorCard, standing: IndicatorCard | undefined): readonly Problem[] {
  if (!standing || standing.unit === c.unit) return []
  return [indicatorProblem('indicator.card-differs', { indicator: c.id, unit: standing.unit })]
}
