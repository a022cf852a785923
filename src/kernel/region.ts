// Regions with history: a code is valid for a time and may have a successor; facts keep the code in force in their period.

import type { Text } from './text.ts'
import { inPeriod, type CivilDate, type Period } from './period.ts'

export type RegionKind = 'administrative' | 'basin' | 'park' | 'functional' | 'statistical' | 'unit'

export interface Region {
  /** GB/T 2260 code or the operator's own. */
  readonly code: string
  readonly kind: RegionKind
  readonly name: Text
  readonly parent?: string
  readonly valid?: Period
  readonly successor?: string
}

export interface RegionTree {
  readonly all: readonly Region[]
  get(code: string): Region | undefined
  children(code: string): readonly Region[]
  roots(): readonly Region[]
  /** The region itself first, then its parent, up to the root. */
  lineage(code: string): readonly Region[]
  /** The leaves below a region, or the region itself where it has no children. */
  leaves(code: string): readonly Region[]
  /** Follows successors to the code in force on a date. */
  inForce(code: string, date: CivilDate): Region | undefined
}

/** Builds the tree; order is by code. @throws Error on a cycle (the reader of the list reports it as a problem first). */
export function regionTree(regions: readonly Region[]): RegionTree {
  const all = [...regions].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const byCode = new Map(all.map((r) => [r.code, r]))
  const below = new Map<string, Region[]>()
  for (const r of all)
    if (r.parent !== undefined && byCode.has(r.parent)) below.set(r.parent, [...(below.get(r.parent) ?? []), r])
  const children = (code: string): readonly Region[] => below.get(code) ?? []
  const lineage = (code: string): readonly Region[] => {
    const path: Region[] = []
    for (let r = byCode.get(code); r; r = r.parent === undefined ? undefined : byCode.get(r.parent)) {
      if (path.includes(r)) throw new Error(`region cycle at ${r.code}`)
      path.push(r)
    }
    return path
  }
  const leaves = (code: string): readonly Region[] => {
    const kids = children(code)
    if (kids.length === 0) return byCode.has(code) ? [byCode.get(code)!] : []
    return kids.flatMap((k) => leaves(k.code))
  }
  return {
    all,
    get: (code) => byCode.get(code),
    children,
    roots: () => all.filter((r) => r.parent === undefined || !byCode.has(r.parent)),
    lineage,
    leaves,
    inForce: (code, date) => {
      let r = byCode.get(code)
      for (let hops = 0; r && hops < all.length; hops++) {
        if (!r.valid || inPeriod(date, r.valid)) return r
        r = r.successor === undefined ? undefined : byCode.get(r.successor)
      }
      return undefined
    },
  }
}
