// Evaluating a recipe: the one place where references become numbers. The engine calls it to make a figure,
// `why` calls it again to explain one, and both must come to the same digits.

import {
  addQuantity,
  assert,
  convert,
  dec,
  fenToQuantity,
  multiplyQuantity,
  ProblemError,
  quantity,
  splitFen,
  toFen,
  type Dec,
  type Problem,
  type Quantity,
} from '../../../kernel/index.ts'
import { evaluateRule, type Given, type Outcome, type ParameterValue, type Rule } from '../../../core/rules/index.ts'
import type { IndexChain, PixelGiven, PixelRule, Recipe, Ref } from '../model.ts'

export interface RecipeContext {
  fact(id: string): Quantity
  figure(key: string): Quantity
  /** The parameter in force for a region. */
  parameter(id: string, key: string, region: string): ParameterValue | Problem
  /** `id@version` */
  rule(idAtVersion: string): Rule
}

export interface Evaluated {
  readonly quantity: Quantity
  readonly outcome?: Outcome
}

const must = (p: ParameterValue | Problem): ParameterValue => {
  if ('severity' in p) throw new ProblemError(p)
  return p
}

export function quantityOf(ref: Ref, ctx: RecipeContext, region: string): Quantity {
  if ('fact' in ref) return ctx.fact(ref.fact)
  if ('figure' in ref) return ctx.figure(ref.figure)
  if ('parameter' in ref) return must(ctx.parameter(ref.parameter, ref.key, region)).quantity
  if ('sum' in ref) return ref.sum.map((r) => quantityOf(r, ctx, region)).reduce(addQuantity)
  throw new Error('a table is not one quantity')
}

function givenOf(ref: Ref, ctx: RecipeContext, region: string): Given[string] {
  if (!('rows' in ref)) return quantityOf(ref, ctx, region)
  return ref.rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, r]) => [k, quantityOf(r, ctx, region)])))
}

/** @throws ProblemError where an input is missing, units disagree or a formula has no value */
export function evaluateRecipe(recipe: Recipe, ctx: RecipeContext, region: string): Evaluated {
  switch (recipe.kind) {
    case 'fact':
      return { quantity: ctx.fact(recipe.fact) }
    case 'pixels':
      return { quantity: quantity(recipe.sum.value, recipe.sum.unit) }
    case 'sum':
      return { quantity: recipe.of.map((k) => ctx.figure(k)).reduce(addQuantity) }
    case 'price': {
      const value = multiplyQuantity(quantityOf(recipe.quantity, ctx, region), priceOf(recipe, ctx, region))
      return { quantity: fenToQuantity(toFen(value)) }
    }
    case 'money':
      return { quantity: fenToQuantity(toFen(rebased(quantityOf(recipe.of, ctx, region), recipe.index, ctx, region))) }
    case 'rebase':
      return { quantity: rebased(quantityOf(recipe.of, ctx, region), recipe.index, ctx, region) }
    case 'difference': {
      const [a, b] = [quantityOf(recipe.of, ctx, region), quantityOf(recipe.minus, ctx, region)]
      return { quantity: { unit: a.unit, value: a.value.minus(convert(b, a.unit).value) } }
    }
    case 'share':
      return { quantity: shareOf(recipe, ctx, region) }
    case 'rule': {
      const rule = ctx.rule(recipe.rule)
      const given = Object.fromEntries(
        Object.entries(recipe.given).map(([k, r]) => [k, givenOf(r, ctx, recipe.region)]),
      )
      const outcome = evaluateRule(rule, given, {
        keys: recipe.keys,
        parameter: (id, key) => ctx.parameter(id, key, recipe.region),
      })
      const quantity = outcome.values[recipe.output]
      assert(quantity, `${recipe.rule} gives ${recipe.output}`)
      return { quantity, outcome }
    }
  }
}

/** The price as applied, re-based where an index chain is given. */
export const priceOf = (recipe: Extract<Recipe, { kind: 'price' }>, ctx: RecipeContext, region: string): Quantity =>
  rebased(quantityOf(recipe.price, ctx, region), recipe.index, ctx, region)

/** p_b = p_y · Π CPI/100 over the years between (gep.md 9, P02). */
function rebased(q: Quantity, index: IndexChain | undefined, ctx: RecipeContext, region: string): Quantity {
  if (!index) return q
  const factor = index.chain.reduce((f: Dec, r) => f.times(yearOnYear(quantityOf(r, ctx, region))), dec(1))
  return { ...q, value: index.back ? q.value.div(factor) : q.value.times(factor) }
}

/** 103 (previous year = 100), 103 % and 1.03 are one index: no year's prices rise or fall tenfold. */
function yearOnYear(index: Quantity): Dec {
  const v = convert(index, '1').value
  return v.gt(10) ? v.div(100) : v
}

/** Weights in one unit, with the sums of money split by them so far. */
interface Weighed {
  readonly quantities: readonly Quantity[]
  readonly plain: readonly Dec[]
  readonly total: Dec
  readonly fen: Map<string, readonly bigint[]>
}

/** By region: each part of a whole is asked for by itself, and all are worked out together. Regions of the same weights share. */
interface ByRegion {
  readonly of: Map<string, Weighed>
  last?: Weighed
}
const weighed = new WeakMap<RecipeContext, WeakMap<readonly Ref[], ByRegion>>()

function weigh(weights: readonly Ref[], ctx: RecipeContext, region: string): Weighed {
  const known = weighed.get(ctx) ?? new WeakMap<readonly Ref[], ByRegion>()
  weighed.set(ctx, known)
  const own = known.get(weights) ?? ({ of: new Map<string, Weighed>() } as ByRegion)
  known.set(weights, own)
  const hit = own.of.get(region)
  if (hit) return hit
  const quantities = weights.map((r) => quantityOf(r, ctx, region))
  if (own.last?.quantities.every((q, i) => q === quantities[i])) {
    own.of.set(region, own.last)
    return own.last
  }
  const base = quantities[0]!.unit
  const plain = quantities.map((w) => convert(w, base).value)
  const total = plain.reduce((s, w) => s.plus(w), dec(0))
  const made = { quantities, plain, total, fen: new Map<string, readonly bigint[]>() }
  own.of.set(region, made)
  own.last = made
  return made
}

function shareOf(
  { of, weights, index }: Extract<Recipe, { kind: 'share' }>,
  ctx: RecipeContext,
  region: string,
): Quantity {
  const whole = quantityOf(of, ctx, region)
  const { plain, total, fen } = weigh(weights, ctx, region)
  if (whole.unit.dims.money === 1 && Object.keys(whole.unit.dims).length === 1) {
    const name = 'figure' in of ? `figure ${of.figure}` : `${region} ${JSON.stringify(of)}`
    const parts = fen.get(name) ?? splitFen(toFen(whole), plain)
    fen.set(name, parts)
    return fenToQuantity(parts[index]!)
  }
  return { ...whole, value: whole.value.times(plain[index]!).div(total) }
}

/** Every reference a recipe holds, in order. */
export function refsOf(recipe: Recipe): readonly Ref[] {
  switch (recipe.kind) {
    case 'fact':
      return [{ fact: recipe.fact }]
    case 'sum':
      return recipe.of.map((figure) => ({ figure }))
    case 'price':
      return [recipe.quantity, recipe.price, ...(recipe.index?.chain ?? [])]
    case 'money':
    case 'rebase':
      return [recipe.of, ...(recipe.index?.chain ?? [])]
    case 'difference':
      return [recipe.of, recipe.minus]
    case 'share':
      return [recipe.of, ...recipe.weights]
    case 'rule':
      return Object.values(recipe.given)
    case 'pixels':
      return refsOfPixels(recipe.of)
  }
}

/** Formulas never change, and thousands of rows share some tens of them. */
const refsOfFormula = new WeakMap<PixelRule, readonly Ref[]>()

function refsOfPixels(of: PixelRule): readonly Ref[] {
  const hit = refsOfFormula.get(of)
  if (hit) return hit
  const walk = (g: PixelGiven): readonly Ref[] =>
    'map' in g
      ? []
      : 'table' in g
        ? g.table.flatMap((row) => Object.values(row).flatMap(walk))
        : 'rule' in g
          ? refsOfPixels(g)
          : [g]
  const refs = Object.values(of.given).flatMap(walk)
  refsOfFormula.set(of, refs)
  return refs
}

/** The single facts, figures and parameters inside references. */
export function leavesOf(refs: readonly Ref[]): readonly Exclude<Ref, { rows: unknown } | { sum: unknown }>[] {
  return refs.flatMap((r) =>
    'rows' in r ? leavesOf(r.rows.flatMap((row) => Object.values(row))) : 'sum' in r ? leavesOf(r.sum) : [r],
  )
}
