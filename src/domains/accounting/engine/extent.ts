// The extent account: opening, additions, reductions, closing area of every level-one type, in km².
// Additions and reductions come from a transition table where one is given; without it only the net change is known and shown.

import { convert, text, unit, type RegionTree, type Text } from '../../../kernel/index.ts'
import { extentKey, figureKey } from '../figure-key.ts'
import type { Fact, Ref } from '../model.ts'
import type { Draft } from './draft.ts'
import type { FactTable } from './fact-table.ts'
import { levelOne } from './totals.ts'

const KM2 = unit('km2')

const WHAT: Readonly<Record<string, Text>> = {
  opening: text('期初面积', 'opening extent'),
  additions: text('增加', 'additions'),
  reductions: text('减少', 'reductions'),
  closing: text('期末面积', 'closing extent'),
  change: text('净变化', 'net change'),
}

export function addExtent(facts: FactTable, tree: RegionTree, draft: Draft, className: (c: string) => Text): void {
  for (const root of tree.roots()) regionExtent(root.code, facts, tree, draft, className)
}

type Areas = Map<string, string>

function regionExtent(
  region: string,
  facts: FactTable,
  tree: RegionTree,
  draft: Draft,
  className: (c: string) => Text,
): ReadonlyMap<string, Areas> {
  const children = tree.children(region).map((c) => regionExtent(c.code, facts, tree, draft, className))
  const out = new Map<string, Areas>()
  for (const what of ['opening', 'additions', 'reductions', 'closing']) {
    const own = ownAreas(what, region, facts)
    const classes = [...new Set([...own.keys(), ...children.flatMap((c) => [...(c.get(what)?.keys() ?? [])])])].sort()
    const made: Areas = new Map()
    for (const cls of classes) {
      const below = children.flatMap((c) => c.get(what)?.get(cls) ?? []).map((figure): Ref => ({ figure }))
      const refs: readonly Ref[] = [...(own.get(cls) ?? []).map((f): Ref => ({ fact: f.id })), ...below]
      made.set(cls, addArea(region, cls, what, refs, draft, className))
    }
    if (made.size > 0)
      addArea(
        region,
        '*',
        what,
        [...made.values()].map((figure) => ({ figure })),
        draft,
        className,
      )
    out.set(what, made)
  }
  for (const cls of ['*', ...(out.get('closing')?.keys() ?? [])]) {
    const [opening, closing] = [extentKey(region, cls, 'opening'), extentKey(region, cls, 'closing')]
    if (draft.find(opening) && draft.find(closing))
      draft.add(
        { measure: 'extent', basis: '-', region, class: cls, service: 'change', item: '*' },
        titleOf(cls, 'change', className),
        { kind: 'difference', of: { figure: closing }, minus: { figure: opening } },
      )
  }
  return out
}

function ownAreas(what: string, region: string, facts: FactTable): ReadonlyMap<string, readonly Fact[]> {
  const out = new Map<string, Fact[]>()
  const put = (cls: string | undefined, f: Fact): void => {
    if (cls !== undefined) out.set(levelOne(cls), [...(out.get(levelOne(cls)) ?? []), f])
  }
  const here = (argument: string): readonly Fact[] => facts.of(argument).filter((f) => f.region === region)
  if (what === 'opening') here('area.opening').forEach((f) => put(f.class, f))
  if (what === 'closing') here('area').forEach((f) => put(f.class, f))
  const moved = here('area.transition').filter(
    (f) => f.class !== undefined && f.item !== undefined && levelOne(f.class) !== levelOne(f.item),
  )
  if (what === 'additions') moved.forEach((f) => put(f.class, f))
  if (what === 'reductions') moved.forEach((f) => put(f.item, f))
  return out
}

function addArea(
  region: string,
  cls: string,
  what: string,
  refs: readonly Ref[],
  draft: Draft,
  className: (c: string) => Text,
): string {
  const parts = { measure: 'extent', basis: '-', region, class: cls, service: what, item: '*' } as const
  const recipe = refs.every((r) => 'figure' in r)
    ? ({ kind: 'sum', of: refs.map((r) => (r as { figure: string }).figure) } as const)
    : refs.length === 1 && 'fact' in refs[0]!
      ? ({ kind: 'fact', fact: refs[0].fact } as const)
      : ({ kind: 'sum', of: splitFacts(refs, parts, draft, className) } as const)
  draft.add(parts, titleOf(cls, what, className), recipe, { unit: (q) => convert(q, KM2) })
  return figureKey(parts)
}

/** Facts under a sum become figures of their own, one per finer type, so that each has a code. */
function splitFacts(
  refs: readonly Ref[],
  parts: Parameters<Draft['add']>[0],
  draft: Draft,
  className: (c: string) => Text,
): readonly string[] {
  return refs.map((r, i) => {
    if ('figure' in r) return r.figure
    const id = (r as { fact: string }).fact
    const [, , cls = parts.class, item = ''] = id.split('|')
    return draft.add(
      { ...parts, class: cls || parts.class, item: `part.${item || '-'}.${i}` },
      titleOf(cls || parts.class, parts.service, className),
      { kind: 'fact', fact: id },
      { unit: (q) => convert(q, KM2) },
    )
  })
}

function titleOf(cls: string, what: string, className: (c: string) => Text): Text {
  const c = cls === '*' ? text('全部类型', 'all types') : className(cls)
  return text(`${c.zh}${WHAT[what]!.zh}`, `${c.en}, ${WHAT[what]!.en}`)
}
