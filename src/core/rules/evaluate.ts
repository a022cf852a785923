// Runs a rule on quantities: 34-digit decimals that carry their units, step by step, with a reason for every step.
// Always holds: nothing is rounded except where the rule says so; the branch of an if that is not taken is not calculated;
// what has no value (÷ 0, ln of 0, too large) stops with rule and step and never becomes NaN or infinity.

import {
  convert,
  dec,
  decText,
  Dec,
  isDimensionless,
  ONE_UNIT,
  ProblemError,
  roundTo,
  sameDimensions,
  sameUnit,
  type Problem,
  type Quantity,
  type Unit,
} from '../../kernel/index.ts'
import { tableKind } from './check-units.ts'
import type {
  Expr,
  FieldSpec,
  Given,
  Keys,
  Outcome,
  ParameterValue,
  ParamSpec,
  ReasonStep,
  Rows,
  RowsSpec,
  Rule,
} from './model.ts'
import { problem } from './problems.ts'
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

export interface EvaluateOptions {
  /** Where parameters of files come from; the key is '' for a file with one value. */
  readonly parameter: (bookId: string, key: string) => ParameterValue | Problem
  /** The key of each keyed parameter, by the parameter's name or by what its file is keyed by (`class`, `item`, …). */
  readonly keys: Keys
  /** Values that stand in for parameters of the rule; a bare quantity counts as unconfirmed. */
  readonly params?: Readonly<Record<string, Quantity | ParameterValue>>
}

interface Value extends Kind {
  readonly value: Dec
}
type Row = Readonly<Record<string, Value>>

/** Calculates every step of a rule.
 *  @throws ProblemError with all problems of the inputs and parameters, or the one that stopped a step */
export function evaluateRule(rule: Rule, given: Given, options: EvaluateOptions): Outcome {
  const problems: Problem[] = []
  const values = new Map<string, Value>()
  const tables = new Map<string, readonly Row[]>()
  const params = resolveParams(rule, options, problems)
  readInputs(rule, given, { values, tables, problems })
  for (const [name, p] of Object.entries(params)) {
    const entered = enterParam(rule, name, p, problems)
    if (entered) values.set(name, entered)
  }
  if (problems.length > 0) throw new ProblemError(problems)

  for (const step of rule.steps) {
    const spot: Spot = { rule: rule.id, step: step.name, at: { file: rule.file, line: step.line } }
    const raw = valueOf(step.expr, { rule, spot, values, tables, rows: new Map() })
    values.set(step.name, finishStep(rule, step.name, raw, spot, step.expr))
  }
  return {
    rule,
    values: Object.fromEntries(Object.keys(rule.gives).map((name) => [name, leave(rule, name, values.get(name)!)])),
    params,
    // Most outcomes are never read, so the reason is written when someone asks for it.
    get steps() {
      return reason(rule, values, tables)
    },
  }
}

// ---- what enters

function resolveParams(
  rule: Rule,
  options: EvaluateOptions,
  problems: Problem[],
): Readonly<Record<string, ParameterValue>> {
  const out: Record<string, ParameterValue> = {}
  for (const name of Object.keys(options.params ?? {}))
    if (!Object.hasOwn(rule.params, name))
      problems.push(problem('rules.unknown-input', { rule: rule.id, name, what: '参数', whatEn: 'parameter' }))
  for (const [name, spec] of Object.entries(rule.params)) {
    const own = options.params && Object.hasOwn(options.params, name) ? options.params[name] : undefined
    if (own) out[name] = 'quantity' in own ? own : standIn(rule, name, spec, own)
    else if ('inline' in spec) out[name] = spec.inline
    else {
      const key = spec.key ?? (spec.by === undefined ? '' : (options.keys[name] ?? options.keys[spec.by]))
      if (key === undefined) {
        problems.push(
          problem('rules.missing-parameter-key', { rule: rule.id, name, by: spec.by! }, { file: rule.file }),
        )
        continue
      }
      const found = options.parameter(spec.book, key)
      if ('severity' in found) problems.push(found)
      else out[name] = found
    }
  }
  return out
}

const standIn = (rule: Rule, name: string, spec: ParamSpec, own: Quantity): ParameterValue => ({
  id: `${rule.id}/${name}`,
  key: '',
  version: rule.version,
  quantity: own,
  title: spec.title,
  mark: 'unconfirmed',
  source: [],
  layer: rule.layer,
  file: rule.file,
  line: 1,
})

function enterParam(rule: Rule, name: string, p: ParameterValue, problems: Problem[]): Value | undefined {
  const spec = rule.params[name]!
  const declared = 'inline' in spec ? spec.inline.quantity.unit : (spec.unit ?? p.quantity.unit)
  return enter(rule, name, p.quantity, { unit: declared, plain: spec.plain }, problems)
}

function enter(
  rule: Rule,
  name: string,
  q: Quantity,
  spec: Pick<FieldSpec, 'unit' | 'plain'>,
  problems: Problem[],
): Value | undefined {
  if (!sameDimensions(q.unit, spec.unit) || !q.value.isFinite()) {
    const have = q.value.isFinite() ? ` ${q.unit.text} ` : ` ${q.value.toString()} `
    problems.push(problem('rules.wrong-input', { rule: rule.id, name, want: spec.unit.text, have }))
    return undefined
  }
  return spec.plain ? { ...PLAIN, value: convert(q, spec.unit).value } : { ...kindOf(q.unit), value: q.value }
}

interface Entered {
  readonly values: Map<string, Value>
  readonly tables: Map<string, readonly Row[]>
  readonly problems: Problem[]
}

function readInputs(rule: Rule, given: Given, { values, tables, problems }: Entered): void {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(rule.inputs, name))
      problems.push(problem('rules.unknown-input', { rule: rule.id, name, what: '输入', whatEn: 'input' }))
  for (const [name, spec] of Object.entries(rule.inputs)) {
    const g = Object.hasOwn(given, name) ? given[name] : undefined
    if (g === undefined) problems.push(problem('rules.missing-input', { rule: rule.id, name }))
    else if ('rows' in spec) {
      if (isRows(g))
        tables.set(
          name,
          g.map((row) => readRow(rule, name, spec, row, problems)),
        )
      else
        problems.push(
          problem('rules.wrong-input', { rule: rule.id, name, want: '表 / a table', have: '一个数 / one number' }),
        )
    } else if (isRows(g))
      problems.push(
        problem('rules.wrong-input', { rule: rule.id, name, want: spec.unit.text, have: '一张表 / a table' }),
      )
    else {
      const v = enter(rule, name, g, spec, problems)
      if (v) values.set(name, v)
    }
  }
}

const isRows = (g: Quantity | Rows): g is Rows => Array.isArray(g)

function readRow(rule: Rule, name: string, spec: RowsSpec, row: Rows[number], problems: Problem[]): Row {
  const out: Record<string, Value> = {}
  for (const field of Object.keys(row))
    if (!Object.hasOwn(spec.rows, field))
      problems.push(
        problem('rules.unknown-input', { rule: rule.id, name: `${name}.${field}`, what: '输入', whatEn: 'input' }),
      )
  for (const [field, column] of Object.entries(spec.rows)) {
    const q = Object.hasOwn(row, field) ? row[field] : undefined
    const v = q && enter(rule, `${name}.${field}`, q, column, problems)
    if (!q) problems.push(problem('rules.missing-input', { rule: rule.id, name: `${name}.${field}` }))
    if (v) out[field] = v
  }
  return out
}

/** Inputs outside the range their rule calls usual. Yellow: the value may be true and then wants a reason. */
export function rangeProblems(rule: Rule, given: Given): readonly Problem[] {
  return Object.entries(rule.inputs).flatMap(([name, spec]) => {
    const g = Object.hasOwn(given, name) ? given[name] : undefined
    if (g === undefined || 'rows' in spec || isRows(g) || !spec.range || !sameDimensions(g.unit, spec.unit)) return []
    const [low, high] = spec.range
    const { value } = convert(g, spec.unit)
    if (value.gte(low) && value.lte(high)) return []
    const values = {
      rule: rule.id,
      name,
      have: shortQuantity(g),
      low: decText(low),
      high: decText(high),
      unit: spec.unit.text,
    }
    return [problem('rules.out-of-range', values)]
  })
}

// ---- what leaves

function finishStep(rule: Rule, name: string, raw: Value, spot: Spot, expr: Expr): Value {
  const out = rule.gives[name]
  const rounding = rule.round[name]
  let v = raw
  if (out && !out.plain) {
    agree(kindOf(out.unit), raw, spot, expr)
    v = inUnit(raw, out.unit)
  } else if (out?.plain || rounding) {
    requirePlain(raw, spot, expr)
    v = inUnit(raw, ONE_UNIT)
  }
  return rounding ? { ...v, value: roundTo(v.value, rounding.to, rounding.mode) } : v
}

function leave(rule: Rule, name: string, v: Value): Quantity {
  const spec = rule.gives[name]!
  return { value: v.value, unit: spec.unit }
}

/** The same amount in another unit of its dimension; the unit-free zero is zero of anything. */
const inUnit = (v: Value, unit: Unit): Value => ({ ...kindOf(unit), value: v.free ? v.value : convert(v, unit).value })

// ---- one expression

interface Scope {
  readonly rule: Rule
  readonly spot: Spot
  readonly values: ReadonlyMap<string, Value>
  readonly tables: ReadonlyMap<string, readonly Row[]>
  /** The row each sum() around the expression stands at. */
  readonly rows: ReadonlyMap<string, Row>
}

function valueOf(e: Expr, scope: Scope): Value {
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
const Exact = Dec.clone({ precision: 1000 })

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

// ---- the reason

function reason(
  rule: Rule,
  values: ReadonlyMap<string, Value>,
  tables: ReadonlyMap<string, readonly Row[]>,
): readonly ReasonStep[] {
  const filled = (name: string): string => {
    const rows = tables.get(name)
    if (rows) return `${name}［${rows.length} 行］`
    const v = values.get(name)
    if (!v) return name
    const s = shortQuantity(v).replace(/^-/, '−')
    return v.value.isNegative() && !v.value.isZero() ? `(${s})` : s
  }
  return rule.steps.map((step) => ({
    name: step.name,
    formula: step.source,
    filled: exprForPeople(step.expr, { name: filled, field: (_rows, field) => field }),
    value: Object.hasOwn(rule.gives, step.name)
      ? leave(rule, step.name, values.get(step.name)!)
      : { value: values.get(step.name)!.value, unit: values.get(step.name)!.unit },
  }))
}
