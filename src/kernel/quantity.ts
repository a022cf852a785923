// A quantity is a decimal with a unit. Conversions multiply before they divide, so 15 亩 are 10 000 m² to the last digit.

import { dec, decText, roundTo, type Dec, type RoundingMode } from './decimal.ts'
import { divideUnits, multiplyUnits, ofPair, requireSameDimensions, unit, type Unit } from './unit.ts'

export interface Quantity {
  readonly value: Dec
  readonly unit: Unit
}

/** What is stored and hashed: both members are text. */
export interface QuantityText {
  readonly value: string
  readonly unit: string
}

export const quantity = (value: string | number | Dec, unitText: string | Unit): Quantity => ({
  value: dec(value),
  unit: typeof unitText === 'string' ? unit(unitText) : unitText,
})

/** @throws ProblemError `unit.mismatch` */
export function convert(q: Quantity, to: Unit | string): Quantity {
  const u = typeof to === 'string' ? unit(to) : to
  if (q.unit === u) return { value: q.value, unit: u }
  const factor = factorOf(q.unit, u)
  return { value: factor ? q.value.times(factor.num).div(factor.den) : q.value, unit: u }
}

/** Undefined where both are one size. */
const factorOf = ofPair((from, to): { readonly num: Dec; readonly den: Dec } | undefined => {
  requireSameDimensions(from, to)
  const num = from.num * to.den
  const den = from.den * to.num
  return num === den ? undefined : { num: dec(num), den: dec(den) }
})

/** The sum in the unit of the first. @throws ProblemError `unit.mismatch` */
export const addQuantity = (a: Quantity, b: Quantity): Quantity => ({
  value: a.value.plus(convert(b, a.unit).value),
  unit: a.unit,
})
export const multiplyQuantity = (a: Quantity, b: Quantity): Quantity => ({
  value: a.value.times(b.value),
  unit: multiplyUnits(a.unit, b.unit),
})
export const divideQuantity = (a: Quantity, b: Quantity): Quantity => ({
  value: a.value.div(b.value),
  unit: divideUnits(a.unit, b.unit),
})

export const roundQuantity = (q: Quantity, step: Dec, mode: RoundingMode): Quantity => ({
  value: roundTo(q.value, step, mode),
  unit: q.unit,
})

export const quantityText = (q: Quantity): QuantityText => ({ value: decText(q.value), unit: q.unit.text })
export const readQuantity = (t: QuantityText): Quantity => quantity(t.value, t.unit)
