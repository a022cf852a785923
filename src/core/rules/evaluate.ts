// Runs a rule on quantities: 34-digit decimals that carry their units, step by step, with a reason for every step.
// Always holds: nothing is rounded except where the rule says so; the branch of an if that is not taken is not calculated;
// what has no value (÷ 0, ln of 0, too large) stops with rule and step and never becomes NaN or infinity.

import {
  convert,
  decText,
  ONE_UNIT,
  ProblemError,
  roundTo,
  sameDimensions,
  type Problem,
  type Quantity,
} from '../../kernel/index.ts'
import { inUnit, valueOf, type Row, type Value } from './calculate.ts'
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
import { exprForPeople, shortQuantity } from './render-formula.ts'
import { agree, kindOf, PLAIN, requirePlain, stop, type Spot } from './unit-algebra.ts'

export interface EvaluateOptions {
  /** Where parameters of files come from; the key is '' for a file with one value. */
  readonly parameter: (bookId: string, key: string) => ParameterValue | Problem
  /** The key of each keyed parameter, by the parameter's name or by what its file is keyed by (`class`, `item`, …). */
  readonly keys: Keys
  /** Values that stand in for parameters of the rule; a bare quantity counts as unconfirmed. */
  readonly params?: Readonly<Record<string, Quantity | ParameterValue>>
}

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
    const have = q.value.isFinite() ? q.unit.text : q.value.toString()
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
  if (rounding) v = { ...v, value: roundTo(v.value, rounding.to, rounding.mode) }
  return v.value.isFinite() ? v : stop('rules.too-large', spot, { part: exprForPeople(expr) })
}

function leave(rule: Rule, name: string, v: Value): Quantity {
  const spec = rule.gives[name]!
  return { value: v.value, unit: spec.unit }
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
