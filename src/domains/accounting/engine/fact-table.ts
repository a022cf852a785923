// Finding the number a formula asks for among the facts of an account.
// An intensive factor (rain, a price) of a region or class holds for what lies inside it; an extensive amount (area,
// tonnes) never does, but amounts given for the parts add up to the whole. Nothing is ever taken from a neighbour.

import type { RegionTree } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import { byRegion } from '../by-region.ts'
import type { Fact, Ref } from '../model.ts'

export interface Place {
  readonly region: string
  readonly class?: string
  readonly item?: string
}

export interface FactTable {
  get(id: string): Fact | undefined
  /** Facts of an argument for the accounting year, in order of region, class, item. */
  of(argument: string): readonly Fact[]
  /** Facts of an argument of any year, in order of region, class, item, year (means over years). */
  everyYear(argument: string): readonly Fact[]
  /** Facts of an argument in one region, of any year (prices, indices). */
  everyYearIn(argument: string, region: string): readonly Fact[]
  find(argument: string, place: Place): Ref | undefined
}

const isUnder = (cls: string, above: string): boolean => cls === above || cls.startsWith(`${above}.`)

/** `forest.broadleaf.evergreen` → itself, `forest.broadleaf`, `forest`. */
export function classLineage(cls: string): readonly string[] {
  const parts = cls.split('.')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}

export function factTable(facts: readonly Fact[], year: number, tree: RegionTree): FactTable {
  const byId = new Map(facts.map((f) => [f.id, f]))
  const order = [...facts].sort(
    (a, b) =>
      compare(a.region, b.region) ||
      compare(a.class ?? '', b.class ?? '') ||
      compare(a.item ?? '', b.item ?? '') ||
      a.year - b.year,
  )
  const every = new Map<string, Fact[]>()
  for (const f of order) {
    const some = every.get(f.argument)
    if (some) some.push(f)
    else every.set(f.argument, [f])
  }
  const now = new Map<string, Fact[]>(
    [...every].map(([a, fs]) => [a, fs.filter((f) => f.year === year || f.fallback !== undefined)]),
  )
  const places = new Map([...now].map(([a, fs]) => [a, byRegion(fs)]))
  const everyPlace = new Map([...every].map(([a, fs]) => [a, byRegion(fs)]))

  const find = (argument: string, place: Place): Ref | undefined => {
    const declared = findArgument(argument)
    const at = places.get(argument)
    if (!declared || !at) return undefined
    const item = declared.by.includes('item') ? place.item : undefined
    const cls = declared.by.includes('class') ? place.class : undefined
    const itemFits = (f: Fact): boolean =>
      f.item === item || (item === undefined && declared.extensive) || (!declared.extensive && f.item === undefined)

    if (!declared.extensive) {
      for (const region of tree.lineage(place.region).map((r) => r.code)) {
        const there = at.get(region)
        if (!there) continue
        for (const c of cls === undefined ? [undefined] : [...classLineage(cls), undefined]) {
          const here = there.filter((f) => f.class === c && itemFits(f))
          const hit = here.find((f) => f.item === item) ?? here[0]
          if (hit) return { fact: hit.id }
        }
      }
      return undefined
    }
    const classFits = (f: Fact): boolean => cls === undefined || (f.class !== undefined && isUnder(f.class, cls))
    const fits = (f: Fact): boolean => classFits(f) && itemFits(f)
    const exact = (at.get(place.region) ?? []).filter(fits)
    if (exact.length > 0) return asSum(exact)
    const below = descendants(tree, place.region)
    if (below.length === 0) return undefined
    const inner = new Set(below)
    const inside = (now.get(argument) ?? []).filter((f) => inner.has(f.region) && fits(f))
    return inside.length > 0 ? asSum(inside) : undefined
  }

  return {
    get: (id) => byId.get(id),
    of: (a) => now.get(a) ?? [],
    everyYear: (a) => every.get(a) ?? [],
    everyYearIn: (a, region) => everyPlace.get(a)?.get(region) ?? [],
    find,
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function asSum(facts: readonly Fact[]): Ref {
  return facts.length === 1 ? { fact: facts[0]!.id } : { sum: facts.map((f) => ({ fact: f.id })) }
}

export function descendants(tree: RegionTree, code: string): readonly string[] {
  return tree.children(code).flatMap((r) => [r.code, ...descendants(tree, r.code)])
}
