// Which region lies within which, as pairs, so that a scope is one look-up instead of a climb.
// A region lies within itself, within its parent, and, where its code ended, within its successor: whoever answers for
// 祁阳市 also sees what was recorded for 祁阳县. Sums over a scope therefore choose by the codes' validity.
// Always holds: the pairs are exactly the reflexive and transitive closure of parent and successor.

import type { Region } from '../../../kernel/index.ts'

export interface ClosurePair {
  readonly ancestor: string
  readonly descendant: string
}

type Linked = Pick<Region, 'code' | 'parent' | 'successor'>

const above = (r: Linked | undefined): readonly string[] =>
  [r?.parent, r?.successor].filter((c): c is string => c !== undefined)

/** Codes that reach themselves over parents and successors; links to codes outside the list end there. */
export function circlesIn(rows: readonly Linked[]): readonly string[] {
  const byCode = new Map(rows.map((r) => [r.code, r]))
  const settled = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const walk = (code: string): void => {
    settled.set(code, 'open')
    for (const next of above(byCode.get(code))) {
      const state = settled.get(next)
      if (state === 'open') circles.push(next)
      else if (state === undefined && byCode.has(next)) walk(next)
    }
    settled.set(code, 'done')
  }
  for (const r of rows) if (!settled.has(r.code)) walk(r.code)
  return circles
}

/** In the order of the rows; the region itself first. @throws Error on a circle, which the reader reports before. */
export function regionClosure(rows: readonly Linked[]): readonly ClosurePair[] {
  if (circlesIn(rows).length > 0) throw new Error('regions in a circle')
  const byCode = new Map(rows.map((r) => [r.code, r]))
  const known = new Map<string, readonly string[]>()
  const ancestors = (code: string): readonly string[] => {
    const found = known.get(code)
    if (found) return found
    const row = byCode.get(code)
    const all = row === undefined ? [] : [...new Set([code, ...above(row).flatMap(ancestors)])]
    known.set(code, all)
    return all
  }
  return rows.flatMap((r) => ancestors(r.code).map((ancestor) => ({ ancestor, descendant: r.code })))
}

/** Whether `place` lies within `within`; the question a permission asks. */
export type Covers = (within: string, place: string) => boolean

/** Climbs on demand: a place has five levels above it, so nothing is gained by keeping a quarter of a million pairs. */
export function coversOf(rows: readonly Linked[]): Covers {
  const byCode = new Map(rows.map((r) => [r.code, r]))
  const climb = (within: string, place: string): boolean =>
    place === within || above(byCode.get(place)).some((next) => climb(within, next))
  return (within, place) => byCode.has(within) && byCode.has(place) && climb(within, place)
}
