// The same amount given for a region and for all of its parts: equal within rounding, the parts are kept; else both are wrong
// until someone says which. Amounts that do not add up over places (rain, prices) may stand at both levels.

import { convert, dec, decText, regionTree, type Dec, type Problem, type Region } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import type { Fact } from '../model.ts'
import { problem } from './problems.ts'

/** Half of the last printed place: what rounding may have taken. */
export const halfStep = (d: Dec): Dec => dec(`0.5e-${Math.max(0, d.decimalPlaces())}`)

export function settleParents(
  facts: readonly Fact[],
  regions: readonly Region[],
): { readonly facts: readonly Fact[]; readonly problems: readonly Problem[] } {
  if (new Set(regions.map((r) => r.code)).size < regions.length || hasCycle(regions)) return { facts, problems: [] }
  const tree = regionTree(regions)
  const byPlace = new Map(facts.map((f) => [f.id, f]))
  const at = (f: Fact, region: string): Fact | undefined =>
    byPlace.get([f.argument, region, ...f.id.split('|').slice(2)].join('|'))
  const dropped = new Set<Fact>()
  const problems: Problem[] = []
  for (const parent of facts) {
    const parts = tree.children(parent.region)
    const argument = findArgument(parent.argument)!
    if (!argument.extensive || parts.length === 0) continue
    const given = parts.map((r) => at(parent, r.code)).filter((f) => f !== undefined)
    if (given.length === 0) continue
    const { file, sheet, cell } = parent.origin
    const place = { file, ...(sheet ? { sheet } : {}), ...(cell ? { cell } : {}) }
    const unit = parent.quantity.unit
    const sum = given.reduce((s, f) => s.plus(convert(f.quantity, unit).value), dec(0))
    const values = {
      argument: argument.title.zh,
      parent: parent.region,
      given: `${decText(parent.quantity.value)} ${unit.text}`,
      sum: decText(sum),
      count: given.length,
      of: parts.length,
    }
    if (given.length < parts.length) {
      problems.push(problem('input.parent-and-some-children', values, place))
      continue
    }
    const slack = given.reduce(
      (s, f) => s.plus(convert({ value: halfStep(f.quantity.value), unit: f.quantity.unit }, unit).value),
      halfStep(parent.quantity.value),
    )
    if (sum.minus(parent.quantity.value).abs().lte(slack)) {
      dropped.add(parent)
      problems.push(problem('input.parent-set-aside', values, place))
    } else problems.push(problem('input.parent-and-children', values, place))
  }
  return { facts: facts.filter((f) => !dropped.has(f)), problems }
}

function hasCycle(regions: readonly Region[]): boolean {
  const parent = new Map(regions.map((r) => [r.code, r.parent]))
  return regions.some((r) => {
    const seen = new Set<string>()
    for (let c: string | undefined = r.code; c !== undefined; c = parent.get(c)) {
      if (seen.has(c)) return true
      seen.add(c)
    }
    return false
  })
}
