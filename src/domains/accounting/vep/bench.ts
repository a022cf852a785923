// Where the figures of one unit are made: each enters with its recipe, is evaluated once by the same evaluator as the
// account's, and never changes. Always holds: a figure's digits are those its recipe gives, since `why` runs it again.

import { assert, convert, ProblemError, type CivilDate, type Quantity, type Text } from '../../../kernel/index.ts'
import { codesAbove, type Rule, type RuleBook, type RuleContext } from '../../../core/rules/index.ts'
import { evaluateRecipe, type RecipeContext } from '../engine/recipe.ts'
import type { Fact, Figure, Measure, Recipe, Ref } from '../model.ts'
import { figureKeyOf } from './model.ts'
import { problem } from './problems.ts'

/** A figure before its code is given. */
export type BenchFigure = Omit<Figure, 'code'>

export interface Bench {
  readonly unit: string
  readonly facts: ReadonlyMap<string, Fact>
  readonly figures: ReadonlyMap<string, BenchFigure>
  /** Takes a fact onto the bench. */
  fact(fact: Fact): { readonly fact: string }
  /** The fact itself as a recipe. */
  asGiven(fact: Fact): Recipe
  figure(what: string): Ref
  quantityOf(what: string): Quantity
  /** The rule in force as `id@version`. @throws ProblemError `vep.unknown-rule` */
  rule(id: string): { readonly rule: Rule; readonly name: string }
  /** A rule's output as a recipe. */
  byRule(
    id: string,
    output: string,
    given: Readonly<Record<string, Ref>>,
    keys?: Readonly<Record<string, string>>,
  ): Recipe
  add(what: string, title: Text, recipe: Recipe, measure?: Measure): Ref
}

export const contextOf = (date: CivilDate, region: string): RuleContext => ({ date, regions: codesAbove(region) })

export function recipeContext(
  book: RuleBook,
  date: CivilDate,
  fact: (id: string) => Quantity,
  figure: (key: string) => Quantity,
): RecipeContext {
  return {
    fact,
    figure,
    parameter: (id, key, region) => book.findParameter(id, key, contextOf(date, region)),
    rule: (idAtVersion) => {
      const [id, version] = idAtVersion.split('@')
      const rule = book.rules.find((r) => r.id === id && r.version === version)
      if (!rule) throw new ProblemError(problem('vep.rule-changed', { rule: idAtVersion }))
      return rule
    },
  }
}

export function bench(book: RuleBook, date: CivilDate, unit: string, region: string): Bench {
  const facts = new Map<string, Fact>()
  const figures = new Map<string, BenchFigure>()
  const get = (key: string): Quantity => {
    const f = figures.get(key)
    assert(f, `figure ${key} is made before it is used`)
    return f.quantity
  }
  const context = recipeContext(
    book,
    date,
    (id) => {
      const f = facts.get(id)
      assert(f, `fact ${id} is on the bench`)
      return f.quantity
    },
    get,
  )
  const rule: Bench['rule'] = (id) => {
    const found = book.findRule(id, contextOf(date, region))
    if ('severity' in found) throw new ProblemError([problem('vep.unknown-rule', { unit, rule: id, date }), found])
    return { rule: found, name: `${found.id}@${found.version}` }
  }
  const take = (fact: Fact): { readonly fact: string } => {
    const known = facts.get(fact.id)
    assert(known === undefined || known.typed === fact.typed, `fact ${fact.id} has one value`)
    facts.set(fact.id, fact)
    return { fact: fact.id }
  }
  return {
    unit,
    facts,
    figures,
    fact: take,
    asGiven: (fact) => ({ kind: 'fact', ...take(fact) }),
    figure: (what) => ({ figure: figureKeyOf(unit, what) }),
    quantityOf: (what) => get(figureKeyOf(unit, what)),
    rule,
    byRule: (id, output, given, keys = {}) => ({ kind: 'rule', rule: rule(id).name, output, given, keys, region }),
    add: (what, title, recipe, measure = 'value') => {
      const key = figureKeyOf(unit, what)
      assert(!figures.has(key), `figure ${key} is made once`)
      const { quantity } = evaluateRecipe(recipe, context, region)
      figures.set(key, {
        key,
        measure,
        basis: '-',
        region: unit,
        class: '-',
        service: 'VEP',
        item: what,
        quantity,
        recipe,
        title,
      })
      return { figure: key }
    },
  }
}

/** A fact moved one step for a what-if: same place, other value; the origin stays that of the number it was moved from. */
export function moved(fact: Fact, tag: string, quantity: Quantity, typed: string): Fact {
  return {
    ...fact,
    id: `${fact.id}|${tag}`,
    quantity: convert(quantity, fact.quantity.unit),
    typed,
    source: `假设 what-if：${fact.typed} → ${typed}`,
  }
}
