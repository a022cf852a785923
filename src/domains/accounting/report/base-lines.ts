// The lines an account's totals are made of: where a line and a finer line below it tell of the same thing, the finer
// one counts. Serves the change table and the effect of fall-backs, which must not count a value twice.

import { regionTree } from '../../../kernel/index.ts'
import type { Account, Line, Recipe, Ref } from '../model.ts'

const what = (l: Line): string => [l.service, l.item, l.class].join('|')

export function baseLines(account: Account): readonly Line[] {
  const tree = regionTree(account.head.regions)
  const coarse = new Set<string>()
  for (const l of account.lines)
    for (const above of tree.lineage(l.region).slice(1)) coarse.add(`${above.code}|${what(l)}`)
  return account.lines.filter((l) => l.memo !== true && !coarse.has(`${l.region}|${what(l)}`))
}

function* facts(ref: Ref): Generator<{ fact: string } | { figure: string }> {
  if ('fact' in ref || 'figure' in ref) yield ref
  else if ('sum' in ref) for (const r of ref.sum) yield* facts(r)
  else if ('rows' in ref) for (const row of ref.rows) for (const r of Object.values(row)) yield* facts(r)
}

function recipeRefs(recipe: Recipe): readonly Ref[] {
  switch (recipe.kind) {
    case 'rule':
      return Object.values(recipe.given)
    case 'price':
      return [recipe.quantity, recipe.price, ...(recipe.index?.chain ?? [])]
    case 'money':
    case 'rebase':
      return [recipe.of, ...(recipe.index?.chain ?? [])]
    case 'difference':
      return [recipe.of, recipe.minus]
    case 'sum':
      return recipe.of.map((figure) => ({ figure }))
    case 'share':
      return [recipe.of, ...recipe.weights]
    case 'fact':
      return [{ fact: recipe.fact }]
    default:
      return recipe satisfies never
  }
}

/** Which of `wanted` facts each figure rests on, however deep; asked figure by figure and remembered. */
export function factsUnder(account: Account, wanted: ReadonlySet<string>): (figureKey: string) => ReadonlySet<string> {
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  const known = new Map<string, ReadonlySet<string>>()
  const under = (key: string): ReadonlySet<string> => {
    const hit = known.get(key)
    if (hit) return hit
    const found = new Set<string>()
    known.set(key, found)
    const recipe = figures.get(key)?.recipe
    if (!recipe) return found
    const refs = recipeRefs(recipe)
    for (const ref of refs)
      for (const leaf of facts(ref))
        if ('fact' in leaf) {
          if (wanted.has(leaf.fact)) found.add(leaf.fact)
        } else for (const f of under(leaf.figure)) found.add(f)
    return found
  }
  return under
}
