// The lines an account's totals are made of: where a line and a finer line below it tell of the same thing, the finer
// one counts. Serves the change table and the effect of fall-backs, which must not count a value twice.

import { regionTree } from '../../../kernel/index.ts'
import { leavesOf, refsOf } from '../engine/recipe.ts'
import type { Account, Line } from '../model.ts'

const what = (l: Line): string => [l.service, l.item, l.class].join('|')

export function baseLines(account: Account): readonly Line[] {
  const tree = regionTree(account.head.regions)
  const coarse = new Set<string>()
  for (const l of account.lines)
    for (const above of tree.lineage(l.region).slice(1)) coarse.add(`${above.code}|${what(l)}`)
  return account.lines.filter((l) => l.memo !== true && !coarse.has(`${l.region}|${what(l)}`))
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
    for (const leaf of leavesOf(refsOf(recipe)))
      if ('fact' in leaf) {
        if (wanted.has(leaf.fact)) found.add(leaf.fact)
      } else if ('figure' in leaf) for (const f of under(leaf.figure)) found.add(f)
    return found
  }
  return under
}
