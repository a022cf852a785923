// What happens to units in each operation, one function an operation; the check at load and the calculation both use these,
// so a formula that passed the check cannot meet a unit error on quantities of the declared dimensions.
// Always holds: a bare 0 in a formula agrees with any unit (`if(a > b, a - b, 0)`), every other number is dimensionless.

import {
  divideUnits,
  findUnit,
  isDimensionless,
  multiplyUnits,
  ONE_UNIT,
  powerUnit,
  ProblemError,
  sameDimensions,
  type Dimension,
  type Place,
  type Unit,
} from '../../kernel/index.ts'
import type { Expr } from './model.ts'
import { problem } from './problems.ts'
import { exprSource } from './render-formula.ts'

/** A unit, or the unit-free zero. */
export interface Kind {
  readonly unit: Unit
  readonly free: boolean
}
export interface Spot {
  readonly rule: string
  readonly step: string
  readonly at: Place
}

export const PLAIN: Kind = { unit: ONE_UNIT, free: false }
export const kindOf = (unit: Unit): Kind => ({ unit, free: false })

type Code = Parameters<typeof problem>[0]
/** Stops the calculation of a step. @throws ProblemError always */
export function stop(code: Code, spot: Spot, values: Readonly<Record<string, string>> = {}): never {
  throw new ProblemError(problem(code, { rule: spot.rule, step: spot.step, ...values }, spot.at))
}

/** Sum, difference, comparison, min, max and the two branches of if: one dimension, the unit of the first that has one. */
export function agree(a: Kind, b: Kind, spot: Spot, part: Expr): Kind {
  if (a.free) return b
  if (b.free || sameDimensions(a.unit, b.unit)) return a
  return stop('rules.unit-mismatch', spot, { part: exprSource(part), have: b.unit.text, want: a.unit.text })
}

export const product = (a: Kind, b: Kind): Kind =>
  a.free || b.free ? { unit: ONE_UNIT, free: true } : kindOf(multiplyUnits(a.unit, b.unit))
export const ratio = (a: Kind, b: Kind): Kind => (a.free ? a : kindOf(divideUnits(a.unit, b.unit)))

export function requirePlain(a: Kind, spot: Spot, part: Expr): void {
  if (!isDimensionless(a.unit)) stop('rules.needs-plain-number', spot, { part: exprSource(part), have: a.unit.text })
}

/** Largest whole power of a quantity with a unit; the field knows squares, cubes and inverses. */
const MAX_POWER = 12

/** The whole number an exponent is written as, if it is one. */
function wholeExponent(e: Expr): number | undefined {
  const sign = e.op === 'neg' ? -1 : 1
  const literal = e.op === 'neg' ? e.of : e
  if (literal.op !== 'number' || !/^\d+$/.test(literal.text)) return undefined
  const n = sign * Number(literal.text)
  return Math.abs(n) <= MAX_POWER ? n : undefined
}

/** A power: of a plain number, or of a quantity to a whole number that stands in the formula. */
export function power(base: Kind, exponent: Kind, written: Expr, spot: Spot, part: Expr): Kind {
  requirePlain(exponent, spot, part)
  if (isDimensionless(base.unit)) return PLAIN
  const n = wholeExponent(written)
  if (n === undefined) return stop('rules.needs-plain-number', spot, { part: exprSource(part), have: base.unit.text })
  return kindOf(powerUnit(base.unit, n))
}

/** The unit of a square root is made of base units, since the root of 10⁴ m² in mu would be no ratio. */
export function root(a: Kind, spot: Spot, part: Expr): Kind {
  const halves: Partial<Record<Dimension, number>> = {}
  for (const [d, n] of Object.entries(a.unit.dims) as [Dimension, number][]) {
    if (n % 2 !== 0) return stop('rules.root-of-unit', spot, { part: exprSource(part), have: a.unit.text })
    halves[d] = n / 2
  }
  return kindOf(baseUnit(halves))
}

const BASE: Readonly<Record<Dimension, string>> = {
  length: 'm',
  mass: 'kg',
  time: 's',
  temperature: '℃',
  money: '元',
  carbon: 'kgC',
  co2: 'kgCO2',
  oxygen: 'kgO2',
  'dry-matter': 'kgDM',
  'coal-equivalent': 'tce',
  person: '人',
  visit: '人次',
  head: '头',
  piece: '株',
  sound: 'dB',
  'pollution-equivalent': '当量',
}

function baseUnit(dims: Readonly<Partial<Record<Dimension, number>>>): Unit {
  let u = ONE_UNIT
  for (const [d, n] of Object.entries(dims) as [Dimension, number][]) {
    const base = findUnit(BASE[d])!
    u = n > 0 ? multiplyUnits(u, powerUnit(base, n)) : divideUnits(u, powerUnit(base, -n))
  }
  return u
}
