// What a caller brings to a kernel, checked against what the rule declares: names, tables, dimensions.
// Always holds: all problems are told at once; what the output does not need may be left out, but not be wrong.

import { ProblemError, sameDimensions, type Problem, type Unit } from '../../kernel/index.ts'
import { checkUnits, type FieldSpec, type ParamSpec } from '../../core/rules/index.ts'
import { needsOf, type Entries, type Entry } from './lower.ts'
import type { Arrives, KernelSpec } from './model.ts'
import { problem } from './problems.ts'

/** The slots of a kernel and all slots in the order of the rule.
 *  @throws ProblemError `raster.kernel-…`, or the unit errors of a rule that no book has checked */
export function entriesOf({ rule, output, inputs, params }: KernelSpec): {
  readonly entries: Entries
  readonly order: readonly string[]
} {
  if (!Object.hasOwn(rule.gives, output))
    throw new ProblemError(
      problem('raster.kernel-no-output', { rule: rule.id, name: output, known: Object.keys(rule.gives).join('、') }),
    )
  const problems: Problem[] = [...checkUnits(rule)]
  const values = new Map<string, Entry>()
  const tables = new Map<string, readonly ReadonlyMap<string, Entry>[]>()
  const order: string[] = []

  const missing = (name: string): void => {
    problems.push(problem('raster.kernel-missing-input', { rule: rule.id, output, name }))
  }
  const wrong = (name: string, want: string, have: string): void => {
    problems.push(problem('raster.kernel-wrong-input', { rule: rule.id, name, want, have }))
  }
  const unknown = (name: string): void => {
    problems.push(problem('raster.kernel-unknown-input', { rule: rule.id, name }))
  }
  const entry = (slot: string, given: Arrives, spec: { unit: Unit; plain: boolean }): Entry => {
    if (!sameDimensions(given.unit, spec.unit)) wrong(slot, spec.unit.text, given.unit.text)
    order.push(slot)
    return { slot, unit: given.unit, ...(spec.plain ? { plain: spec.unit } : {}) }
  }
  const rowsOf = (table: string): number => {
    const given = Object.hasOwn(inputs, table) ? inputs[table] : undefined
    return given && 'rows' in given ? given.rows.length : 0
  }
  // A table that is not there counts as one row here, so that its fields are told too.
  const needs = needsOf(rule, output, (t) => (Object.hasOwn(inputs, t) ? rowsOf(t) : 1))

  for (const name of Object.keys(inputs)) if (!Object.hasOwn(rule.inputs, name)) unknown(name)
  for (const name of Object.keys(params)) if (!Object.hasOwn(rule.params, name)) unknown(name)
  for (const [name, spec] of Object.entries(rule.inputs)) {
    const given = Object.hasOwn(inputs, name) ? inputs[name] : undefined
    if (!given) {
      if (needs.names.has(name)) missing(name)
    } else if ('rows' in spec) {
      if (!('rows' in given)) wrong(name, '表 / a table', '一个图层 / one layer')
      else tables.set(name, tableEntries(name, spec.rows, given.rows))
    } else if ('rows' in given) wrong(name, spec.unit.text, '一张表 / a table')
    else values.set(name, entry(name, given, spec))
  }
  for (const [name, spec] of Object.entries(rule.params)) {
    const given = Object.hasOwn(params, name) ? params[name] : undefined
    if (given) values.set(name, entry(name, given, { unit: declaredUnit(spec) ?? given.unit, plain: spec.plain }))
    else if (needs.names.has(name)) missing(name)
  }
  if (problems.length > 0) throw new ProblemError(problems)
  return { entries: { values, tables }, order }

  function tableEntries(
    name: string,
    columns: Readonly<Record<string, FieldSpec>>,
    rows: readonly Readonly<Record<string, Arrives>>[],
  ): readonly ReadonlyMap<string, Entry>[] {
    return rows.map((row, i) => {
      for (const field of Object.keys(row)) if (!Object.hasOwn(columns, field)) unknown(`${name}[${i}].${field}`)
      const out = new Map<string, Entry>()
      for (const [field, column] of Object.entries(columns)) {
        const slot = `${name}[${i}].${field}`
        const given = Object.hasOwn(row, field) ? row[field] : undefined
        if (given) out.set(field, entry(slot, given, column))
        else if (needs.fields.has(`${name}.${field}`)) missing(slot)
      }
      return out
    })
  }
}

const declaredUnit = (spec: ParamSpec): Unit | undefined => ('inline' in spec ? spec.inline.quantity.unit : spec.unit)
