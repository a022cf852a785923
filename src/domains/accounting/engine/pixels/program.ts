// From the resolved inputs of many rows to the few programs that compute them: rows of the same shape share one compiled
// kernel and differ only in the numbers of the row. Always holds: the formula is the rule's expression, compiled, and
// nothing here knows what it means.

import { assert, convert, ProblemError, type Quantity, type Unit } from '../../../../kernel/index.ts'
import type { ParameterValue, Rule } from '../../../../core/rules/index.ts'
import { compileRule, type Kernel } from '../../../../raster/index.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { PIXEL_AREA } from '../../maps/map-stack.ts'
import type { PixelGiven, PixelRule, Ref } from '../../model.ts'
import { quantityOf, type RecipeContext } from '../recipe.ts'
import { SQUARE_METRE } from '../../maps/square-metre.ts'

/** What stands behind one input of a kernel. */
export type Source =
  | { readonly map: string }
  | { readonly program: Program }
  /** Position among the numbers of the row. */
  | { readonly number: number }

export interface Program {
  readonly kernel: Kernel
  /** One for each slot of the kernel. */
  readonly sources: readonly Source[]
}

/** A row's tree with its numbers taken out: what is equal for rows of one shape, and what is the row's own. */
export interface RowProgram {
  readonly shape: string
  readonly numbers: readonly number[]
  readonly parameters: readonly ParameterValue[]
}

/** @throws ProblemError where a parameter or figure has no value */
export function rowProgram(of: PixelRule, region: string, ctx: RecipeContext): RowProgram {
  const numbers: number[] = []
  const parameters: ParameterValue[] = []
  const numberIn = (q: Quantity, unit: Unit): string => {
    numbers.push(convert(q, unit).value.toNumber())
    return '#'
  }
  const given = (g: PixelGiven, rule: Rule, name: string, field?: string): unknown => {
    if ('map' in g) return g
    if ('rule' in g) return rulePart(g)
    const spec = rule.inputs[name]!
    if ('table' in g)
      return g.table.map((row) => Object.fromEntries(Object.entries(row).map(([f, x]) => [f, given(x, rule, name, f)])))
    if ('rows' in g)
      return g.rows.map((row) => Object.fromEntries(Object.entries(row).map(([f, x]) => [f, given(x, rule, name, f)])))
    const unit = 'rows' in spec ? spec.rows[field!]!.unit : spec.unit
    return numberIn(quantityOf(g, ctx, region), unit)
  }
  const rulePart = (p: PixelRule): unknown => {
    const rule = ctx.rule(p.rule)
    const inputs = Object.entries(p.given).map(([name, g]) => [name, given(g, rule, name)] as const)
    const params = Object.keys(rule.params).map((name) => {
      const value = parameterOf(rule, name, p.keys, region, ctx)
      parameters.push(value)
      numberIn(value.quantity, parameterUnit(rule, name, value))
      return name
    })
    return { rule: p.rule, output: p.output, inputs: Object.fromEntries(inputs), params }
  }
  return { shape: JSON.stringify(rulePart(of)), numbers, parameters }
}

export function parameterOf(
  rule: Rule,
  name: string,
  keys: Readonly<Record<string, string>>,
  region: string,
  ctx: RecipeContext,
): ParameterValue {
  const spec = rule.params[name]!
  if ('inline' in spec) return spec.inline
  const key = spec.key ?? (spec.by === undefined ? '' : (keys[name] ?? keys[spec.by] ?? ''))
  const found = ctx.parameter(spec.book, key, region)
  if ('severity' in found) throw new ProblemError(found)
  return found
}

function parameterUnit(rule: Rule, name: string, value: ParameterValue): Unit {
  const spec = rule.params[name]!
  return 'inline' in spec ? spec.inline.quantity.unit : (spec.unit ?? value.quantity.unit)
}

/** Compiles the tree of one row; every row of the same shape may run it with its own numbers. */
export function compile(of: PixelRule, maps: MapStack, ctx: RecipeContext, region: string): Program {
  let next = 0
  const compileOne = (p: PixelRule): Program => {
    const rule = ctx.rule(p.rule)
    const sources = new Map<string, Source>()
    const inputs: Record<string, { unit: Unit } | { rows: Record<string, { unit: Unit }>[] }> = {}
    const enter = (slot: string, g: PixelGiven, declared: Unit): { unit: Unit } => {
      if ('map' in g) {
        sources.set(slot, g)
        return { unit: g.map === PIXEL_AREA ? SQUARE_METRE : maps.bands.get(g.map)!.unit }
      }
      if ('rule' in g) {
        const program = compileOne(g)
        sources.set(slot, { program })
        return { unit: program.kernel.unit }
      }
      sources.set(slot, { number: next++ })
      return { unit: declared }
    }
    for (const [name, g] of Object.entries(p.given)) {
      const spec = rule.inputs[name]!
      if ('rows' in spec) {
        const rows: readonly Readonly<Record<string, PixelGiven>>[] = tableOf(g)
        inputs[name] = {
          rows: rows.map((row, i) =>
            Object.fromEntries(
              Object.entries(row).map(([f, x]) => [f, enter(`${name}[${i}].${f}`, x, spec.rows[f]!.unit)]),
            ),
          ),
        }
      } else inputs[name] = enter(name, g, spec.unit)
    }
    const params: Record<string, { unit: Unit }> = {}
    for (const name of Object.keys(rule.params)) {
      sources.set(name, { number: next++ })
      params[name] = { unit: parameterUnit(rule, name, parameterOf(rule, name, p.keys, region, ctx)) }
    }
    const kernel = compileRule({ rule, output: p.output, inputs, params })
    return { kernel, sources: kernel.slots.map((s) => sourceOf(sources, s)) }
  }
  return compileOne(of)
}

function sourceOf(sources: ReadonlyMap<string, Source>, slot: string): Source {
  const found = sources.get(slot)
  assert(found, `the kernel's input ${slot} was given`)
  return found
}

const tableOf = (g: PixelGiven): readonly Readonly<Record<string, PixelGiven | Ref>>[] => {
  if ('table' in g) return g.table
  if ('rows' in g) return g.rows
  throw new Error('a table is given where the rule wants one')
}
