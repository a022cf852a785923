// Borders traced around faces → polygons with holes. Serves the arrangement.
// Always holds: no ring visits a place twice (it is divided there), outer rings run counter-clockwise, holes clockwise, each
// hole stands in the smallest outer ring around it; rings begin at their lowest place, polygons stand in the order of those,
// so the same area gives the same polygons whatever it was made of.

import { side } from './noding.ts'
import { toDegrees, type Polygon, type Polygons } from './shape.ts'

type Nodes = readonly number[]

/** Rings as runs of nodes without the first one repeated; the area lies to their left. */
export function ringsToPolygons(rings: readonly Nodes[], xs: readonly number[], ys: readonly number[]): Polygons {
  const lower = (a: number, b: number): number => ys[a]! - ys[b]! || xs[a]! - xs[b]!
  const simple = rings.flatMap(divided).filter((r) => r.length > 2).map((r) => turnedTo(r, lower)) // prettier-ignore
  const isOuter = (r: Nodes): boolean => {
    const [before, at, after] = [r.at(-1)!, r[0]!, r[1]!]
    return side(xs[before]!, ys[before]!, xs[at]!, ys[at]!, xs[after]!, ys[after]!) > 0
  }
  const outers = simple.filter(isOuter).sort((a, b) => lower(a[0]!, b[0]!) || lower(a[1]!, b[1]!))
  const holes = simple.filter((r) => !isOuter(r)).sort((a, b) => lower(a[0]!, b[0]!) || lower(a[1]!, b[1]!))
  const homes = new Map<Nodes, Nodes[]>(outers.map((o) => [o, []]))
  for (const hole of holes) {
    const around = outers.filter((o) => holds(o, hole, xs, ys))
    const home = around.reduce<Nodes | undefined>((best, o) => (!best || holds(best, o, xs, ys) ? o : best), undefined)
    if (!home) throw new Error('a hole without an outer ring')
    homes.get(home)!.push(hole)
  }
  const ringOf = (r: Nodes): Polygon[number] => [...r, r[0]!].map((n) => [toDegrees(xs[n]!), toDegrees(ys[n]!)])
  return outers.map((o) => [ringOf(o), ...homes.get(o)!.map(ringOf)])
}

/** A run that comes back to a place is divided there. */
function divided(run: Nodes): readonly Nodes[] {
  const parts: Nodes[] = []
  const path: number[] = []
  const at = new Map<number, number>()
  for (const node of run) {
    const first = at.get(node)
    if (first !== undefined) {
      const loop = path.splice(first)
      for (const n of loop) at.delete(n)
      parts.push(loop)
    }
    at.set(node, path.length)
    path.push(node)
  }
  return [...parts, path]
}

function turnedTo(ring: Nodes, lower: (a: number, b: number) => number): Nodes {
  let first = 0
  ring.forEach((n, i) => {
    if (lower(n, ring[first]!) < 0) first = i
  })
  return [...ring.slice(first), ...ring.slice(0, first)]
}

/** Whether one ring lies in another; they may touch and never cross. A ring run backwards does not lie in itself. */
function holds(outer: Nodes, inner: Nodes, xs: readonly number[], ys: readonly number[]): boolean {
  const at = insidePlace(outer, inner, xs, ys)
  if (!at) return false
  const [x2, y2] = at
  let winding = 0
  for (let i = 0; i < outer.length; i++) {
    const [a, b] = [outer[i]!, outer[(i + 1) % outer.length]!]
    const [ay, by] = [2 * ys[a]!, 2 * ys[b]!]
    if (ay <= y2 === by <= y2) continue
    const turn = side(2 * xs[a]!, ay, 2 * xs[b]!, by, x2, y2)
    if (by > ay ? turn > 0 : turn < 0) winding += by > ay ? 1 : -1
  }
  return winding !== 0
}

/** A place of the inner ring that is not on the outer one, in half steps: a corner, or else the middle of an edge. */
function insidePlace(
  outer: Nodes,
  inner: Nodes,
  xs: readonly number[],
  ys: readonly number[],
): readonly [number, number] | undefined {
  const on = new Set(outer)
  const free = inner.find((n) => !on.has(n))
  if (free !== undefined) return [2 * xs[free]!, 2 * ys[free]!]
  const edges = new Set(
    outer.flatMap((n, i) => [`${n} ${outer[(i + 1) % outer.length]!}`, `${outer[(i + 1) % outer.length]!} ${n}`]),
  )
  const i = inner.findIndex((n, k) => !edges.has(`${n} ${inner[(k + 1) % inner.length]!}`))
  if (i === -1) return undefined
  const [a, b] = [inner[i]!, inner[(i + 1) % inner.length]!]
  return [xs[a]! + xs[b]!, ys[a]! + ys[b]!]
}
