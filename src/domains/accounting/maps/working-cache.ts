// What a run over maps worked out, kept for later runs: class counts, sums, looks of bands, pictures. Each result stands under
// a name made of everything it was made from (content of files, formulas, numbers, boundaries), so that a changed price costs
// no pixel and a changed number only the sums it enters. Always holds: a result found is the one that would be made again.

import { createHash } from 'node:crypto'
import type { Polygon } from '../../../core/exchange-formats/index.ts'

/** Holds results that are plain data. What it finds is what was kept under that name by this same program, byte for byte;
 *  anything else it does not find. */
export interface WorkingCache {
  /** Maps that are smaller altogether are worked through each time. */
  readonly leastBytes: number
  find(name: string): unknown
  keep(name: string, result: unknown): void
}

/** A kind, and the digest of what a result is made from. Numbers are told apart to the last bit. */
export function nameOf(kind: string, ...from: readonly unknown[]): string {
  const written = JSON.stringify(from, (_, x: unknown) =>
    typeof x === 'number' && (!Number.isFinite(x) || Object.is(x, -0)) ? `number ${Object.is(x, -0) ? '-0' : x}` : x,
  )
  return `${kind}-${createHash('sha256').update(written).digest('hex')}`
}

/** The digest of shapes, by the doubles of their corners. Borders name the zones and whatever is cut at them: each shape is digested
 *  once. */
export function digestOfPolygons(polygons: readonly Polygon[]): string {
  const known = digests.get(polygons)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for (const rings of polygons)
    for (const ring of rings) hash.update(`${rings.length} ${ring.length} `).update(corners(ring))
  const digest = hash.digest('hex')
  digests.set(polygons, digest)
  return digest
}
const digests = new WeakMap<readonly Polygon[], string>()

function corners(ring: Polygon[number]): Float64Array {
  const width = ring[0]?.length ?? 0
  if (ring.some((p) => p.length !== width)) return Float64Array.from(ring.flat())
  const flat = new Float64Array(ring.length * width)
  for (let i = 0, at = 0; i < ring.length; i++) for (let k = 0; k < width; k++) flat[at++] = ring[i]![k]!
  return flat
}

/** The result of that name, made where it is not kept. Without a cache nothing is named. */
export function kept<T>(cache: WorkingCache | undefined, nameIt: () => string, make: () => T): T {
  if (!cache) return make()
  const name = nameIt()
  // The cache vouches for its content, and the name for its form.
  const found = cache.find(name) as T | undefined
  if (found !== undefined) return found
  const made = make()
  cache.keep(name, made)
  return made
}
