// Things by the region they stand in, so that one region is never searched for among the things of all.
// Always holds: the order of the things is kept.

export function byRegion<T extends { readonly region: string }>(all: Iterable<T>): ReadonlyMap<string, readonly T[]> {
  const out = new Map<string, T[]>()
  for (const t of all) {
    const some = out.get(t.region)
    if (some) some.push(t)
    else out.set(t.region, [t])
  }
  return out
}
