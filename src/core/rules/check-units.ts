// Finds unit errors of a rule without running it: every operation is done on units alone.
// Always holds: both branches of an if are looked at, so an error cannot hide in the one no example takes.

import { isDimensionless, ProblemError, type Problem } from '../../kernel/index.ts'
import type { Expr, FieldSpec, ParamSpec, Rule } from './model.ts'
import { exprSource } from './render-formula.ts'
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

/** The unit errors of a rule whose parameters are linked to their files. */
export function checkUnits(rule: Rule): readonly Problem[] {
  const problems: Problem[] = []
  const known = new Map<string, Kind>()
  for (const [name, spec] of Object.entries(rule.inputs)) if (!('rows' in spec)) known.set(name, fieldKind(spec))
  for (const [name, spec] of Object.entries(rule.params)) known.set(name, paramKind(spec))
  for (const step of rule.steps) {
    const spot: Spot = { rule: rule.id, step: step.name, at: { file: rule.file, line: step.line } }
    try {
      const kind = kindOfExpr(step.expr, { rule, spot, known })
      known.set(step.name, leave(rule, step.name, kind, spot, step.expr))
    } catch (e) {
      if (!(e instanceof ProblemError)) throw e
      problems.push(...e.problems)
      return problems
    }
  }
  return problems
}

const fieldKind = (spec: FieldSpec): Kind => (spec.plain ? PLAIN : kindOf(spec.unit))

function paramKind(spec: ParamSpec): Kind {
  if (spec.plain) return PLAIN
  if ('inline' in spec) return kindOf(spec.inline.quantity.unit)
  return spec.unit ? kindOf(spec.unit) : PLAIN
}

/** What a finished step is for the steps below it. */
function leave(rule: Rule, name: string, kind: Kind, spot: Spot, expr: Expr): Kind {
  const out = rule.gives[name]
  if (!out) {
    if (rule.round[name] && !(isDimensionless(kind.unit) && kind.unit.num === kind.unit.den))
      stop('rules.round-needs-unit', spot)
    return kind
  }
  if (out.plain) {
    requirePlain(kind, spot, expr)
    return PLAIN
  }
  agree(kindOf(out.unit), kind, spot, expr)
  return kindOf(out.unit)
}

interface Scope {
  readonly rule: Rule
  readonly spot: Spot
  readonly known: ReadonlyMap<string, Kind>
}

function kindOfExpr(e: Expr, scope: Scope): Kind {
  const { spot } = scope
  const of = (x: Expr): Kind => kindOfExpr(x, scope)
  switch (e.op) {
    case 'number':
      return { ...PLAIN, free: /^[0.]+(?:[eE]|$)/.test(e.text) }
    case 'name':
      return scope.known.get(e.name) ?? stop('rules.unknown-name', spot, { name: e.name, formula: e.name })
    case 'field': {
      const rows = scope.rule.inputs[e.rows]
      const spec = rows && 'rows' in rows ? rows.rows[e.field] : undefined
      return spec
        ? fieldKind(spec)
        : stop('rules.unknown-name', spot, { name: `${e.rows}.${e.field}`, formula: e.rows })
    }
    case 'neg':
      return of(e.of)
    case '*':
      return product(of(e.left), of(e.right))
    case '/': {
      const by = of(e.right)
      // What agrees with any unit is always 0, so this could only ever fail.
      return by.free ? stop('rules.division-by-zero', spot, { part: exprSource(e) }) : ratio(of(e.left), by)
    }
    case 'call':
      return kindOfCall(e.fn, e.args, e, scope)
    default:
      return agree(of(e.left), of(e.right), spot, e)
  }
}

function kindOfCall(fn: string, args: readonly Expr[], e: Expr, scope: Scope): Kind {
  const { spot } = scope
  const of = (i: number): Kind => kindOfExpr(args[i]!, scope)
  switch (fn) {
    case 'min':
    case 'max':
    case 'clamp':
      return args.map((_, i) => of(i)).reduce((a, b) => agree(a, b, spot, e))
    case 'if':
      of(0)
      return agree(of(1), of(2), spot, e)
    case 'pow':
      return power(of(0), of(1), args[1]!, spot, e)
    case 'exp':
    case 'ln':
      requirePlain(of(0), spot, e)
      return PLAIN
    case 'sqrt':
      return root(of(0), spot, e)
    case 'round':
      if (args.length === 2) return agree(of(1), of(0), spot, e)
      requirePlain(of(0), spot, e)
      return PLAIN
    case 'lookup': {
      const name = (args[0] as Extract<Expr, { op: 'name' }>).name
      const table = scope.rule.tables[name]
      if (!table) return stop('rules.unknown-name', spot, { name, formula: name })
      agree(tableKind(scope.rule, table.of), of(1), spot, e)
      return kindOf(table.unit)
    }
    case 'sum':
      return of(1)
    default:
      return PLAIN
  }
}

/** The thresholds of a table stand in the unit of what the table is about. */
export function tableKind(rule: Rule, about: string | undefined): Kind {
  if (about === undefined) return PLAIN
  const input = rule.inputs[about]
  if (input && !('rows' in input)) return fieldKind(input)
  const param = rule.params[about]
  if (param) return paramKind(param)
  const output = rule.gives[about]
  return output ? fieldKind(output) : PLAIN
}
