// Calculates one expression: what each operation and each function of the formula language does to numbers and units.
// Always holds: 34 digits, ties to even; comparing is exact whatever the units; nothing becomes NaN or infinity.

import { convert, dec, Dec, isDimensionless, ONE_UNIT, roundTo, sameUnit, type Unit } from '../../kernel/index.ts'
import { tableKind } from './check-units.ts'
import type { Expr, Rule } from './model.ts'
import { exprForPeople, exprSource, shortDec, shortQuantity } from './render-formula.ts'
import {
  agree,
  kindOf,
  PLAIN,
  power,
  product,
  ratio,
  requirePlain,
  root,
  stop,
  type Kind,
  type Spot,
} from './unit-algebra.ts'

/** A number with its unit, or the unit-free zero. */
export interface Value extends Kind {
  readonly value: Dec
}
export type Row = Readonly<Record<string, Value>>

/** The same amount in another unit of its dimension; the unit-free zero is zero of anything. */
export const inUnit = (v: Value, unit: Unit): Value => ({
  ...kindOf(unit),
  value: v.free ? v.value : convert(v, unit).value,
})

export interface Scope {
  readonly rule: Rule
  readonly spot: Spot
  readonly values: ReadonlyMap<string, Value>
  readonly tables: ReadonlyMap<string, readonly Row[]>
  /** The row each sum() around the expression stands at. */
  readonly rows: ReadonlyMap<string, Row>
}

/** The value of an expression. @throws ProblemError where it has none */
export function valueOf(e: Expr, scope: Scope): Value {
  const { spot } = scope
  const of = (x: Expr): Value => valueOf(x, scope)
  switch (e.op) {
    case 'number': {
      const value = dec(e.text)
      return { ...PLAIN, value, free: value.isZero() }
    }
    case 'name':
      return scope.values.get(e.name) ?? stop('rules.unknown-name', spot, { name: e.name, formula: e.name })
    case 'field':
      return (
        scope.rows.get(e.rows)?.[e.field] ??
        stop('rules.unknown-name', spot, { name: `${e.rows}.${e.field}`, formula: exprSource(e) })
      )
    case 'neg': {
      const v = of(e.of)
      return { ...v, value: v.value.neg() }
    }
    case '+':
    case '-': {
      const [l, r] = [of(e.left), of(e.right)]
      const { unit, free } = agree(l, r, spot, e)
      const [a, b] = [inUnit(l, unit).value, inUnit(r, unit).value]
      return finite({ unit, free, value: e.op === '+' ? a.plus(b) : a.minus(b) }, spot, e)
    }
    case '*': {
      const [l, r] = [of(e.left), of(e.right)]
      return finite({ ...product(l, r), value: l.value.times(r.value) }, spot, e)
    }
    case '/': {
      const [l, r] = [of(e.left), of(e.right)]
      if (r.value.isZero()) return stop('rules.division-by-zero', spot, { part: exprForPeople(e) })
      return finite({ ...ratio(l, r), value: l.value.div(r.value) }, spot, e)
    }
    case 'call':
      return finite(CALLS[e.fn]!(e.args, e, scope), spot, e)
    default:
      throw new Error(`a comparison outside if: ${exprSource(e)}`)
  }
}

function finite(v: Value, spot: Spot, part: Expr): Value {
  return v.value.isFinite() ? v : stop('rules.too-large', spot, { part: exprForPeople(part) })
}

/** Comparing must not round: 34 digits times the integers of two units fit in here whole. */
const Exact = Dec.clone({ precision: 1000, maxE: 1e6, minE: -1e6 })

/** −1, 0 or 1; units of one dimension compare exactly, whatever their ratio. */
function compare(l: Value, r: Value): number {
  if (l.free || r.free || sameUnit(l.unit, r.unit)) return l.value.cmp(r.value)
  const left = new Exact(l.value).times((l.unit.num * r.unit.den).toString())
  return left.cmp(new Exact(r.value).times((r.unit.num * l.unit.den).toString()))
}

const HOLDS: Readonly<Record<'<' | '<=' | '>' | '>=' | '==' | '!=', (c: number) => boolean>> = {
  '<': (c) => c < 0,
  '<=': (c) => c <= 0,
  '>': (c) => c > 0,
  '>=': (c) => c >= 0,
  '==': (c) => c === 0,
  '!=': (c) => c !== 0,
}

function holds(e: Expr, scope: Scope): boolean {
  if (!('left' in e) || !Object.hasOwn(HOLDS, e.op)) throw new Error(`no comparison: ${exprSource(e)}`)
  const [l, r] = [valueOf(e.left, scope), valueOf(e.right, scope)]
  agree(l, r, scope.spot, e)
  return HOLDS[e.op as keyof typeof HOLDS](compare(l, r))
}

type Call = (args: readonly Expr[], e: Expr, scope: Scope) => Value

/** A dimensionless value as a pure ratio: 5 % is 0.05. */
function pure(v: Value, scope: Scope, e: Expr): Dec {
  requirePlain(v, scope.spot, e)
  return inUnit(v, ONE_UNIT).value
}

const plainCall =
  (run: (x: Dec, scope: Scope, e: Expr) => Dec): Call =>
  (args, e, scope) => ({ ...PLAIN, value: run(pure(valueOf(args[0]!, scope), scope, e), scope, e) })

const outside = (x: Dec, scope: Scope, e: Expr): never =>
  stop('rules.outside-domain', scope.spot, { part: exprForPeople(e), have: shortDec(x) })

const pick =
  (sign: 1 | -1): Call =>
  (args, e, scope) => {
    const all = args.map((a) => valueOf(a, scope))
    const { unit, free } = all.reduce<Kind>((a, b) => agree(a, b, scope.spot, e), all[0]!)
    const best = all.reduce((a, b) => (compare(b, a) * sign > 0 ? b : a))
    return { unit, free, value: inUnit(best, unit).value }
  }

const nameOf = (e: Expr): string => (e as Extract<Expr, { op: 'name' }>).name

const CALLS: Readonly<Record<string, Call>> = {
  min: pick(-1),
  max: pick(1),
  clamp: (args, e, scope) => {
    const [x, low, high] = [valueOf(args[0]!, scope), valueOf(args[1]!, scope), valueOf(args[2]!, scope)]
    const { unit, free } = agree(agree(x, low, scope.spot, e), high, scope.spot, e)
    if (compare(low, high) > 0) return outside(low.value, scope, e)
    const best = compare(x, low) < 0 ? low : compare(x, high) > 0 ? high : x
    return { unit, free, value: inUnit(best, unit).value }
  },
  if: (args, _e, scope) => valueOf(holds(args[0]!, scope) ? args[1]! : args[2]!, scope),
  pow: (args, e, scope) => {
    const [base, exponent] = [valueOf(args[0]!, scope), valueOf(args[1]!, scope)]
    const kind = power(base, exponent, args[1]!, scope.spot, e)
    const x = isDimensionless(base.unit) ? pure(base, scope, e) : base.value
    const n = pure(exponent, scope, e)
    if (x.isZero() && n.isNegative() && !n.isZero())
      return stop('rules.division-by-zero', scope.spot, { part: exprForPeople(e) })
    if (x.isNegative() && !x.isZero() && !n.isInteger()) return outside(x, scope, e)
    return { ...kind, value: x.pow(n) }
  },
  exp: plainCall((x) => x.exp()),
  ln: plainCall((x, scope, e) => (x.gt(0) ? x.ln() : outside(x, scope, e))),
  sqrt: (args, e, scope) => {
    const v = valueOf(args[0]!, scope)
    const kind = root(v, scope.spot, e)
    if (v.value.isNegative() && !v.value.isZero()) return outside(v.value, scope, e)
    const inBase = v.value.times(v.unit.num.toString()).div(v.unit.den.toString())
    return { ...kind, value: inBase.sqrt() }
  },
  round: (args, e, scope) => {
    const x = valueOf(args[0]!, scope)
    if (args.length === 1) return { ...PLAIN, value: roundTo(pure(x, scope, e), dec(1), 'half-up') }
    const to = valueOf(args[1]!, scope)
    const { unit } = agree(to, x, scope.spot, e)
    if (to.value.lte(0)) return outside(to.value, scope, e)
    return { ...kindOf(unit), value: roundTo(inUnit(x, unit).value, inUnit(to, unit).value, 'half-up') }
  },
  lookup: (args, e, scope) => {
    const name = nameOf(args[0]!)
    const table = scope.rule.tables[name]!
    const x = valueOf(args[1]!, scope)
    const about = tableKind(scope.rule, table.of)
    agree(about, x, scope.spot, e)
    const step = table.steps.find((s) => s.below === undefined || compare(x, { ...about, value: s.below }) < 0)
    if (!step) return stop('rules.beyond-table', scope.spot, { table: name, have: shortQuantity(x) })
    return { ...kindOf(table.unit), value: step.gives }
  },
  sum: (args, e, scope) => {
    const name = nameOf(args[0]!)
    let total: Value = { ...PLAIN, value: dec(0), free: true }
    for (const row of scope.tables.get(name) ?? []) {
      const v = valueOf(args[1]!, { ...scope, rows: new Map(scope.rows).set(name, row) })
      const { unit, free } = agree(total, v, scope.spot, e)
      total = { unit, free, value: inUnit(total, unit).value.plus(inUnit(v, unit).value) }
    }
    return total
  },
  count: (args, _e, scope) => ({ ...PLAIN, value: dec(scope.tables.get(nameOf(args[0]!))?.length ?? 0) }),
}
