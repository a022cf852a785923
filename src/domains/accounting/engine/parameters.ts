// The parameter in force for a region, with the account's own overrides on top: county data beats the shipped book,
// but only with a reason and an approver, and the value it replaced stays visible.

import { quantity, type CivilDate, type Problem, type RegionTree } from '../../../kernel/index.ts'
import type { ParameterValue, RuleBook, RuleContext } from '../../../core/rules/index.ts'
import type { ParameterOverride } from '../input-list.ts'

export type ParameterLookup = (id: string, key: string, region: string) => ParameterValue | Problem

export function ruleContext(tree: RegionTree, region: string, date: CivilDate): RuleContext {
  const lineage = tree.lineage(region).map((r) => r.code)
  return { date, regions: withAncestorsByCode(lineage.length > 0 ? lineage : [region]) }
}

/** GB/T 2260 codes carry their city and province: 430121 lies in 430100 and 430000 even where the tree does not hold them. */
function withAncestorsByCode(codes: readonly string[]): readonly string[] {
  const own = codes.find((c) => /^\d{6,12}$/.test(c))
  if (!own) return codes
  const above = [own.slice(0, 6), `${own.slice(0, 4)}00`, `${own.slice(0, 2)}0000`].filter((c) => !codes.includes(c))
  return [...codes, ...above]
}

export function parameterLookup(
  book: RuleBook,
  overrides: readonly ParameterOverride[],
  tree: RegionTree,
  date: CivilDate,
): ParameterLookup {
  const cache = new Map<string, ParameterValue | Problem>()
  const isRegional = regionalParameters(book, overrides)
  return (id, key, region) => {
    const everywhere = isRegional(id) ? undefined : `${id}|${key}`
    const at = `${id}|${key}|${region}`
    const hit = (everywhere === undefined ? undefined : cache.get(everywhere)) ?? cache.get(at)
    if (hit) return hit
    const context = ruleContext(tree, region, date)
    const base = book.findParameter(id, key, context)
    // Where the book answers with a class above the one asked for, an override of that class counts as well.
    const above = 'severity' in base ? key : base.key
    const own = nearest(overrides, id, key, context.regions)
    const found = own
      ? overridden(base, id, key, own, book)
      : overridden(base, id, above, nearest(overrides, id, above, context.regions), book)
    // A problem names the region.
    cache.set(everywhere === undefined || 'severity' in found ? at : everywhere, found)
    return found
  }
}

/** Whether a region may have a value of its own; of most parameters none has, and one answer serves all. */
function regionalParameters(book: RuleBook, overrides: readonly ParameterOverride[]): (id: string) => boolean {
  const known = new Map<string, boolean>()
  const ask = (id: string): boolean =>
    overrides.some((o) => o.parameter === id) ||
    book.overrides.some((o) => o.of === id) ||
    book.parameters.some((f) => f.id === id && (f.region !== undefined || f.values.some((v) => v.region !== undefined)))
  return (id) => {
    const is = known.get(id) ?? ask(id)
    known.set(id, is)
    return is
  }
}

/** Of the overrides of a value the one of the nearest region; one without a region comes last. */
function nearest(
  overrides: readonly ParameterOverride[],
  id: string,
  key: string,
  regions: readonly string[],
): ParameterOverride | undefined {
  const far = (o: ParameterOverride): number => (o.region === undefined ? regions.length : regions.indexOf(o.region))
  return overrides
    .filter((o) => o.parameter === id && (o.key ?? '') === key && far(o) >= 0)
    .sort((a, b) => far(a) - far(b))[0]
}

function overridden(
  base: ParameterValue | Problem,
  id: string,
  key: string,
  o: ParameterOverride | undefined,
  book: RuleBook,
): ParameterValue | Problem {
  const file = book.parameters.find((f) => f.id === id)
  if (!o || !file) return base
  const was = 'severity' in base ? undefined : base
  return {
    id,
    key,
    version: was?.version ?? file.version,
    quantity: quantity(o.value, o.unit),
    title: was?.title ?? file.title,
    mark: o.mark ?? 'unconfirmed',
    source: o.source === undefined ? [] : [o.source],
    layer: 'county',
    // What the account itself states stands in its list and not in a file of the book.
    override: {
      id: 'account',
      reason: { zh: o.reason, en: o.reason },
      approver: o.approver,
      ...(was ? { was: was.quantity } : {}),
      ...(o.act ? { act: { id: o.act.id, leaf: o.act.leaf } } : {}),
    },
    file: was?.file ?? file.file,
    line: was?.line ?? 1,
  }
}
