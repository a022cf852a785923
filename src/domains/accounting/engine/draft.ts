// The figures of an account while it is being computed: every figure enters with its recipe, is evaluated once and never changes.
// Figures of an earlier run may stand under them.

import { assert, ProblemError, type Problem, type Quantity, type Text } from '../../../kernel/index.ts'
import type { ParameterValue, Rule, RuleBook } from '../../../core/rules/index.ts'
import { figureKey, type KeyParts } from '../figure-key.ts'
import type { Figure, Recipe } from '../model.ts'
import { evaluateRecipe, type RecipeContext } from './recipe.ts'

export type DraftFigure = Omit<Figure, 'code'>

/** What an earlier run made. */
export interface Standing {
  has(key: string): boolean
  find(key: string): DraftFigure | undefined
  quantity(key: string): Quantity | undefined
  /** Parameters below a figure, through all its recipes, where they are known. */
  below(key: string): ReadonlyMap<string, ParameterValue> | undefined
}

export interface Draft {
  /** Those made now. */
  readonly figures: ReadonlyMap<string, DraftFigure>
  /** Their keys in the order they were made. */
  readonly keys: readonly string[]
  readonly context: RecipeContext
  /** Evaluates and keeps. @returns the key. @throws ProblemError from the recipe */
  add(
    parts: KeyParts,
    title: Text,
    recipe: Recipe,
    more?: {
      readonly method?: string
      readonly unit?: (q: Quantity) => Quantity
      /** Parameters the recipe rests on where evaluating it does not tell. */
      readonly uses?: readonly ParameterValue[]
    },
  ): string
  find(key: string): DraftFigure | undefined
  /** Parameters a figure's own rule used. */
  usedBy(key: string): readonly ParameterValue[]
  readonly standing?: Standing
}

/** The rule named by `id@version` in a book. */
export function ruleAt(book: RuleBook, idAtVersion: string): Rule {
  const [id, version] = idAtVersion.split('@')
  const rule = book.rules.find((r) => r.id === id && r.version === version)
  assert(rule, `rule ${idAtVersion} is in the book`)
  return rule
}

export function draft(
  book: RuleBook,
  fact: (id: string) => Quantity,
  parameter: (id: string, key: string, region: string) => ParameterValue | Problem,
  standing?: Standing,
): Draft {
  const figures = new Map<string, DraftFigure>()
  const keys: string[] = []
  const used = new Map<string, readonly ParameterValue[]>()
  const rules = new Map<string, Rule>()
  const context: RecipeContext = {
    fact,
    figure: (key) => {
      const quantity = figures.get(key)?.quantity ?? standing?.quantity(key)
      assert(quantity, `figure ${key} was computed before it is used`)
      return quantity
    },
    parameter,
    rule: (idAtVersion) => {
      const hit = rules.get(idAtVersion) ?? ruleAt(book, idAtVersion)
      rules.set(idAtVersion, hit)
      return hit
    },
  }
  return {
    figures,
    keys,
    context,
    find: (key) => figures.get(key) ?? standing?.find(key),
    usedBy: (key) => used.get(key) ?? [],
    ...(standing ? { standing } : {}),
    add: (parts, title, recipe, more = {}) => {
      const key = figureKey(parts)
      assert(!figures.has(key) && !standing?.has(key), `figure ${key} is made once`)
      const { quantity, outcome } = evaluateRecipe(recipe, context, parts.region)
      used.set(key, more.uses ?? (outcome ? Object.values(outcome.params) : []))
      // Written out: an account has tens of thousands, and all of one shape are quickest to make and to read.
      const { measure, basis, region, class: cls, service, item } = parts
      const own = more.unit ? more.unit(quantity) : quantity
      keys.push(key)
      figures.set(
        key,
        more.method
          ? {
              key,
              measure,
              basis,
              region,
              class: cls,
              service,
              item,
              quantity: own,
              recipe,
              title,
              method: more.method,
            }
          : { key, measure, basis, region, class: cls, service, item, quantity: own, recipe, title },
      )
      return key
    },
  }
}

/** Runs `work`; a problem of the data comes back as value, a bug goes on. */
export function attempt<T>(work: () => T): { readonly ok: T } | { readonly problems: readonly Problem[] } {
  try {
    return { ok: work() }
  } catch (e) {
    if (e instanceof ProblemError) return { problems: e.problems }
    throw e
  }
}
