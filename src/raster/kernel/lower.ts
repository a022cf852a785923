// Turns the steps of a rule into a program: names become operands, conversions of units become products with constants,
// sums over a table become its rows one after another. Serves compileRule.
// Always holds: units are settled here and none is left for the pixels; a step the output does not need is not in the
// program; a step that has no value leaves the pixel without one even where only the other branch of an if names it,
// because evaluateRule stops at every step it comes to.

import { dec, divideUnits, isDimensionless, multiplyUnits, ONE_UNIT, powerUnit, type Unit } from '../../kernel/index.ts'
import type { Expr, Rule } from '../../core/rules/index.ts'
import type { Op } from './loops.ts'
import { programBuilder, type Program, type ProgramBuilder, type Ref } from './program.ts'

/** A number of the program with its unit, or the unit-free zero. */
interface Value {
  readonly ref: Ref
  readonly unit: Unit
  readonly free: boolean
}

/** An input or parameter: its slot, the unit it arrives in, and the unit of the rule whose bare number enters. */
export interface Entry {
  readonly slot: string
  readonly unit: Unit
  readonly plain?: Unit
}

export interface Entries {
  readonly values: ReadonlyMap<string, Entry>
  readonly tables: ReadonlyMap<string, readonly ReadonlyMap<string, Entry>[]>
}

/** The steps an output rests on. A step is `certain` where no `if` can leave it out. */
export interface Needs {
  readonly names: ReadonlySet<string>
  readonly fields: ReadonlySet<string>
  readonly steps: ReadonlySet<string>
  readonly certain: ReadonlySet<string>
}

/** What an output needs of a rule: names, `table.field`s and steps. An empty table needs nothing of its sum. */
export function needsOf(rule: Rule, output: string, rowsOf: (table: string) => number): Needs {
  const steps = new Map(rule.steps.map((s) => [s.name, s.expr]))
  const names = new Set<string>()
  const fields = new Set<string>()
  const reached = new Set<string>()
  const certain = new Set<string>()
  const visitStep = (name: string, surely: boolean): void => {
    if (certain.has(name) || (!surely && reached.has(name))) return
    reached.add(name)
    if (surely) certain.add(name)
    visit(steps.get(name)!, surely)
  }
  const visit = (e: Expr, surely: boolean): void => {
    switch (e.op) {
      case 'number':
        return
      case 'name':
        if (steps.has(e.name)) visitStep(e.name, surely)
        else names.add(e.name)
        return
      case 'field':
        fields.add(`${e.rows}.${e.field}`)
        return
      case 'neg':
        return visit(e.of, surely)
      case 'call': {
        const [first, ...rest] = e.args
        if (e.fn === 'if') visit(first!, surely)
        else if (e.fn === 'sum' || e.fn === 'count') names.add(nameOf(first!))
        else if (e.fn !== 'lookup') visit(first!, surely)
        if (e.fn === 'sum' && rowsOf(nameOf(first!)) === 0) return
        for (const a of rest) visit(a, surely && e.fn !== 'if')
        return
      }
      default:
        visit(e.left, surely)
        visit(e.right, surely)
    }
  }
  visitStep(output, true)
  return { names, fields, steps: reached, certain }
}

/** The program of one output. The rule has passed checkUnits and every entry the output needs is there. */
export function lower(rule: Rule, output: string, entries: Entries, order: readonly string[]): Program {
  const build = programBuilder()
  const needs = needsOf(rule, output, (t) => entries.tables.get(t)?.length ?? 0)
  const values = new Map<string, Value>()
  for (const [name, e] of entries.values) values.set(name, enter(build, e))
  const rows = new Map<string, readonly Row[]>()
  for (const [name, table] of entries.tables)
    rows.set(
      name,
      table.map((r) => new Map([...r].map(([field, e]) => [field, enter(build, e)]))),
    )
  for (const step of rule.steps)
    if (needs.steps.has(step.name)) {
      const raw = valueOf(step.expr, { rule, build, values, tables: rows, rows: new Map() })
      values.set(step.name, finishStep(rule, step.name, raw, build))
    }
  let result = values.get(output)!.ref
  for (const name of needs.steps)
    if (!needs.certain.has(name)) result = build.op('guard', result, values.get(name)!.ref)
  return build.finish(result, order)
}

type Row = ReadonlyMap<string, Value>

interface Scope {
  readonly rule: Rule
  readonly build: ProgramBuilder
  readonly values: ReadonlyMap<string, Value>
  readonly tables: ReadonlyMap<string, readonly Row[]>
  readonly rows: ReadonlyMap<string, Row>
}

// ---- units

function enter(build: ProgramBuilder, e: Entry): Value {
  const v: Value = { ref: build.slot(e.slot), unit: e.unit, free: false }
  return e.plain ? { ...inUnit(v, e.plain, build), unit: ONE_UNIT } : v
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
const EXACT = 2n ** 53n

/** num / den as doubles: a whole factor and a whole divisor are exact, and only a true ratio is rounded. */
function scaled(ref: Ref, num: bigint, den: bigint, build: ProgramBuilder): Ref {
  const g = gcd(num, den)
  const [n, d] = [num / g, den / g]
  if (d === 1n) return n === 1n ? ref : build.op('mul', ref, build.constant(Number(n)))
  if (n === 1n) return build.op('div', ref, build.constant(Number(d)))
  return build.op('mul', ref, build.constant(ratioOf(n, d)))
}

/** The double nearest to n / d; beyond 2⁵³ it may be the next one. */
function ratioOf(n: bigint, d: bigint): number {
  return n < EXACT && d < EXACT ? Number(n) / Number(d) : Number(dec(n).div(dec(d)).toString())
}

const inUnit = (v: Value, unit: Unit, build: ProgramBuilder): Value =>
  v.free
    ? { ...v, unit, free: false }
    : { ref: scaled(v.ref, v.unit.num * unit.den, v.unit.den * unit.num, build), unit, free: false }

/** The unit of the first that has one. */
function common(all: readonly Value[]): { readonly unit: Unit; readonly free: boolean } {
  const first = all.find((v) => !v.free)
  return first ? { unit: first.unit, free: false } : { unit: ONE_UNIT, free: true }
}

/** All in their common unit. */
function level(all: readonly Value[], build: ProgramBuilder): { refs: Ref[]; unit: Unit; free: boolean } {
  const { unit, free } = common(all)
  return { refs: all.map((v) => inUnit(v, unit, build).ref), unit, free }
}

function finishStep(rule: Rule, name: string, raw: Value, build: ProgramBuilder): Value {
  const out = rule.gives[name]
  const rounding = rule.round[name]
  let v = raw
  if (out && !out.plain) v = inUnit(raw, out.unit, build)
  else if (out || rounding) v = inUnit(raw, ONE_UNIT, build)
  if (!rounding) return v
  return { ...v, ref: build.op(`round-${rounding.mode}`, v.ref, build.constant(rounding.to.toNumber())) }
}

// ---- expressions

const OPS = { '+': 'add', '-': 'sub', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '==': 'eq', '!=': 'ne' } as const

const nameOf = (e: Expr): string => (e as Extract<Expr, { op: 'name' }>).name
const bare = (ref: Ref): Value => ({ ref, unit: ONE_UNIT, free: false })

function valueOf(e: Expr, scope: Scope): Value {
  const { build } = scope
  const of = (x: Expr): Value => valueOf(x, scope)
  switch (e.op) {
    case 'number': {
      const x = Number(e.text)
      return { ...bare(build.constant(x)), free: dec(e.text).isZero() }
    }
    case 'name':
      return scope.values.get(e.name)!
    case 'field':
      return scope.rows.get(e.rows)!.get(e.field)!
    case 'neg': {
      const v = of(e.of)
      return { ...v, ref: build.op('neg', v.ref) }
    }
    case '+':
    case '-': {
      const { refs, unit, free } = level([of(e.left), of(e.right)], build)
      return { ref: build.op(OPS[e.op], refs[0]!, refs[1]!), unit, free }
    }
    case '*': {
      const [l, r] = [of(e.left), of(e.right)]
      const free = l.free || r.free
      return { ref: build.op('mul', l.ref, r.ref), unit: free ? ONE_UNIT : multiplyUnits(l.unit, r.unit), free }
    }
    case '/': {
      const [l, r] = [of(e.left), of(e.right)]
      const unit = l.free ? ONE_UNIT : divideUnits(l.unit, r.unit)
      return { ref: build.op('div', l.ref, r.ref), unit, free: l.free }
    }
    case 'call':
      return CALLS[e.fn]!(e.args, scope)
    default:
      return bare(comparison(e.op, of(e.left), of(e.right), build))
  }
}

/** Sides of different units are brought to a common measure by whole factors, so that 3 cm and 30 mm are equal. */
function comparison(op: keyof typeof OPS, l: Value, r: Value, build: ProgramBuilder): Ref {
  if (l.free || r.free) return build.op(OPS[op], l.ref, r.ref)
  const [a, b] = [l.unit.num * r.unit.den, r.unit.num * l.unit.den]
  const g = gcd(a, b)
  return build.op(OPS[op], scaled(l.ref, a / g, 1n, build), scaled(r.ref, b / g, 1n, build))
}

type Call = (args: readonly Expr[], scope: Scope) => Value

/** A dimensionless value as a pure ratio: 5 % is 0.05. */
const pure = (e: Expr, scope: Scope): Ref => inUnit(valueOf(e, scope), ONE_UNIT, scope.build).ref

const plainCall =
  (op: Op): Call =>
  (args, scope) =>
    bare(scope.build.op(op, pure(args[0]!, scope)))

const pick =
  (op: 'min' | 'max'): Call =>
  (args, scope) => {
    const { refs, unit, free } = level(
      args.map((a) => valueOf(a, scope)),
      scope.build,
    )
    return { ref: refs.reduce((a, b) => scope.build.op(op, a, b)), unit, free }
  }

const CALLS: Readonly<Record<string, Call>> = {
  min: pick('min'),
  max: pick('max'),
  clamp: (args, scope) => {
    const { refs, unit, free } = level(
      args.map((a) => valueOf(a, scope)),
      scope.build,
    )
    return { ref: scope.build.op('clamp', ...refs), unit, free }
  },
  if: ([condition, yes, no], scope) => {
    const { refs, unit, free } = level([valueOf(yes!, scope), valueOf(no!, scope)], scope.build)
    return { ref: scope.build.op('select', valueOf(condition!, scope).ref, refs[0]!, refs[1]!), unit, free }
  },
  pow: (args, scope) => {
    const base = valueOf(args[0]!, scope)
    const exponent = pure(args[1]!, scope)
    if (isDimensionless(base.unit))
      return bare(scope.build.op('pow', inUnit(base, ONE_UNIT, scope.build).ref, exponent))
    return {
      ref: scope.build.op('pow', base.ref, exponent),
      unit: powerUnit(base.unit, wholeNumber(args[1]!)),
      free: false,
    }
  },
  exp: plainCall('exp'),
  ln: plainCall('ln'),
  sqrt: (args, scope) => {
    const v = valueOf(args[0]!, scope)
    const dims = Object.fromEntries(Object.entries(v.unit.dims).map(([d, n]) => [d, n / 2]))
    // The root is taken in base units, whose name nobody reads here.
    const base: Unit = { ...v.unit, num: 1n, den: 1n }
    return { ref: scope.build.op('sqrt', inUnit(v, base, scope.build).ref), unit: { ...base, dims }, free: false }
  },
  round: (args, scope) => {
    const { build } = scope
    if (args.length === 1) return bare(build.op('round-half-up', pure(args[0]!, scope), build.constant(1)))
    const { refs, unit } = level([valueOf(args[1]!, scope), valueOf(args[0]!, scope)], build)
    return { ref: build.op('round-half-up', refs[1]!, refs[0]!), unit, free: false }
  },
  lookup: (args, scope) => {
    const { build } = scope
    const table = scope.rule.tables[nameOf(args[0]!)]!
    const x = inUnit(valueOf(args[1]!, scope), unitOfLimits(scope.rule, table.of), build).ref
    const found = table.steps.reduceRight((beyond, step) => {
      const gives = build.constant(step.gives.toNumber())
      if (step.below === undefined) return build.op('guard', gives, x)
      return build.op('select', build.op('lt', x, build.constant(step.below.toNumber())), gives, beyond)
    }, build.constant(NaN))
    return { ref: found, unit: table.unit, free: false }
  },
  sum: (args, scope) => {
    const name = nameOf(args[0]!)
    const rows = scope.tables.get(name)!
    if (rows.length === 0) return { ...bare(scope.build.constant(0)), free: true }
    const { refs, unit, free } = level(
      rows.map((row) => valueOf(args[1]!, { ...scope, rows: new Map(scope.rows).set(name, row) })),
      scope.build,
    )
    return { ref: refs.reduce((a, b) => scope.build.op('add', a, b)), unit, free }
  },
  count: (args, scope) => bare(scope.build.constant(scope.tables.get(nameOf(args[0]!))!.length)),
}

/** The exponent of a quantity with a unit, which is written as a whole number. */
const wholeNumber = (e: Expr): number =>
  e.op === 'neg' ? -wholeNumber(e.of) : Number((e as Extract<Expr, { op: 'number' }>).text)

/** The limits of a table stand in the declared unit of what the table is about. */
function unitOfLimits(rule: Rule, about: string | undefined): Unit {
  if (about === undefined) return ONE_UNIT
  const spec = rule.inputs[about] ?? rule.gives[about]
  if (spec && !('rows' in spec)) return spec.plain ? ONE_UNIT : spec.unit
  const param = rule.params[about]
  if (!param || param.plain) return ONE_UNIT
  return ('inline' in param ? param.inline.quantity.unit : param.unit) ?? ONE_UNIT
}
