// Rings and lines laid over one another: cut where they meet, with the winding of every ring on both sides of every piece.
// Serves overlay, repair, splitting and the areas of overlaps: each is a question about windings.
// Always holds: two pieces of border between the same places are one edge; the windings left and right of an edge are exact
// integers, found by walking around faces and, once for each connected part, along a ray.
// Method: a doubly connected edge list (de Berg et al., Computational Geometry, chapter 2).

import { edgeIntegral } from './area.ts'
import { nodeSegments, side, type Meeting, type Segment } from './noding.ts'
import { ringsToPolygons } from './ring-polygons.ts'
import { toDegrees, toStep, type Polygons, type Ring } from './shape.ts'

/** Windings of one face, by owner. */
export type Windings = Int32Array

export interface Arrangement {
  readonly meetings: readonly Meeting[]
  /** Area in m² of the faces, each times what `weight` says of its windings (0 for the outside). */
  integrate(weight: (w: Windings) => number): number
  /** The polygons made of all faces that `inside` chooses. */
  polygonsWhere(inside: (w: Windings) => boolean): Polygons
  /** Each face that `inside` chooses as polygons of its own, cut along the lines. */
  piecesWhere(inside: (w: Windings) => boolean): Polygons
  /** Places with three or more edges of one owner: there its border meets itself. In steps. */
  knots(owner: number): readonly (readonly [x: number, y: number])[]
  /** Places from which an owner's border runs back over itself. In steps. */
  spikes(owner: number): readonly (readonly [x: number, y: number])[]
}

/** Closed rings, each an owner of a winding; then lines, which only cut. Coordinates in degrees. An owner may be given to
 *  several rings by `owners`.
 *  @throws ProblemError `geometry.tangled` */
export function arrange(
  rings: readonly Ring[],
  options: { readonly owners?: readonly number[]; readonly lines?: readonly Ring[] } = {},
): Arrangement {
  const ownerOf = (i: number): number => options.owners?.[i] ?? i
  const owners = rings.reduce((n, _, i) => Math.max(n, ownerOf(i) + 1), 0)
  const given: Segment[] = []
  const addAll = (run: Ring, owner: number): void => {
    for (let i = 1; i < run.length; i++) {
      const [a, b] = [run[i - 1]!, run[i]!]
      given.push({ ax: toStep(a[0]!), ay: toStep(a[1]!), bx: toStep(b[0]!), by: toStep(b[1]!), owner })
    }
  }
  rings.forEach((ring, i) => addAll(ring, ownerOf(i)))
  for (const line of options.lines ?? []) addAll(line, owners)
  const { segments, meetings } = nodeSegments(given)
  return arrangementOf(graphOf(segments, owners), meetings)
}

interface Graph {
  readonly owners: number
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** Ends of edge e; half-edge 2e runs low → high, 2e + 1 back. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** At e · owners + k: winding of k on the left of low → high less that on its right. */
  readonly delta: Int32Array
  /** How often the owner runs along the edge, whichever way. */
  readonly runs: Uint16Array
  readonly isLine: readonly boolean[]
  /** Half-edges that leave a node, counter-clockwise. */
  readonly leaving: readonly (readonly number[])[]
}

const from = (g: Graph, h: number): number => (h & 1 ? g.high[h >> 1]! : g.low[h >> 1]!)

function graphOf(segments: readonly Segment[], owners: number): Graph {
  const xs: number[] = []
  const ys: number[] = []
  const columns = new Map<number, Map<number, number>>()
  const nodeAt = (x: number, y: number): number => {
    let column = columns.get(x)
    if (!column) columns.set(x, (column = new Map<number, number>()))
    let node = column.get(y)
    if (node === undefined) {
      column.set(y, (node = xs.length))
      xs.push(x)
      ys.push(y)
    }
    return node
  }
  const edges = new Map<number, number>()
  const low: number[] = []
  const high: number[] = []
  const isLine: boolean[] = []
  const delta = new Int32Array(segments.length * owners)
  const runs = new Uint16Array(segments.length * owners)
  for (const s of segments) {
    const [a, b] = [nodeAt(s.ax, s.ay), nodeAt(s.bx, s.by)]
    const [l, h] = a < b ? [a, b] : [b, a]
    // Nodes number fewer than twice the segments.
    const key = l * 2 * (segments.length + 1) + h
    let e = edges.get(key)
    if (e === undefined) {
      edges.set(key, (e = low.length))
      low.push(l)
      high.push(h)
      isLine.push(false)
    }
    if (s.owner === owners) isLine[e] = true
    else {
      delta[e * owners + s.owner]! += a < b ? 1 : -1
      runs[e * owners + s.owner]!++
    }
  }
  const leaving: number[][] = xs.map(() => [])
  low.forEach((l, e) => {
    leaving[l]!.push(2 * e)
    leaving[high[e]!]!.push(2 * e + 1)
  })
  const graph = { owners, xs, ys, low, high, delta, runs, isLine, leaving }
  for (const [node, out] of leaving.entries()) if (out.length > 1) out.sort(byAngle(graph, node))
  return graph
}

/** Counter-clockwise from east, exactly. */
function byAngle(g: Graph, node: number): (h: number, k: number) => number {
  const [x, y] = [g.xs[node]!, g.ys[node]!]
  const end = (h: number): number => from(g, h ^ 1)
  const half = (n: number): number => (g.ys[n]! > y || (g.ys[n]! === y && g.xs[n]! > x) ? 0 : 1)
  return (h, k) => {
    const [a, b] = [end(h), end(k)]
    return half(a) - half(b) || -side(x, y, g.xs[a]!, g.ys[a]!, g.xs[b]!, g.ys[b]!)
  }
}

/** The half-edge that follows on the border of the face to the left: at its end the first one clockwise from the way back
 *  that `takes` allows. */
function nextOf(g: Graph, places: Int32Array, h: number, takes?: (k: number) => boolean): number {
  const out = g.leaving[from(g, h ^ 1)]!
  let i = places[h ^ 1]!
  for (let n = 0; n < out.length; n++) {
    i = i === 0 ? out.length - 1 : i - 1
    if (!takes || takes(out[i]!)) return out[i]!
  }
  throw new Error('a border that does not go on')
}

interface Faces {
  /** The cycle to the left of each half-edge, and its windings. */
  readonly cycle: Int32Array
  readonly windings: readonly Windings[]
  /** Where a half-edge stands among those that leave its node. */
  readonly places: Int32Array
}

function facesOf(g: Graph): Faces {
  const halves = g.low.length * 2
  const places = new Int32Array(halves)
  for (const out of g.leaving) out.forEach((h, i) => (places[h] = i))
  const next = Int32Array.from({ length: halves }, (_, h) => nextOf(g, places, h))
  const cycle = new Int32Array(halves).fill(-1)
  const firsts: number[] = []
  for (let start = 0; start < halves; start++) {
    if (cycle[start] !== -1) continue
    for (let h = start; cycle[h] === -1; h = next[h]!) cycle[h] = firsts.length
    firsts.push(start)
  }
  return { cycle, windings: windingsOf(g, { cycle, firsts, next }), places }
}

/** Each connected part begins at its lowest place, whose outside is found by a ray; the rest follows across its edges. */
function windingsOf(
  g: Graph,
  {
    cycle,
    firsts,
    next,
  }: { readonly cycle: Int32Array; readonly firsts: readonly number[]; readonly next: Int32Array },
): readonly Windings[] {
  const windings = new Array<Windings | undefined>(firsts.length)
  const seen = new Uint8Array(g.xs.length)
  const nodes = Uint32Array.from(g.xs.keys()).sort((a, b) => g.ys[a]! - g.ys[b]! || g.xs[a]! - g.xs[b]!)
  for (const lowest of nodes) {
    if (seen[lowest]) continue
    // All edges of the lowest place rise from it; on the right of the first of them is the outside of its part.
    const outside = cycle[g.leaving[lowest]![0]! ^ 1]!
    windings[outside] = windingsBelow(g, lowest)
    const open = [outside]
    for (const c of open) {
      let h = firsts[c]!
      do {
        seen[from(g, h)] = 1
        const over = cycle[h ^ 1]!
        if (!windings[over]) {
          // The left of low → high is its right plus delta.
          const sign = h & 1 ? 1 : -1
          const e = (h >> 1) * g.owners
          windings[over] = windings[c]!.map((w, k) => w + sign * g.delta[e + k]!)
          open.push(over)
        }
        h = next[h]!
      } while (h !== firsts[c])
    }
  }
  return windings as readonly Windings[]
}

/** The windings just below a place that no edge lies below: what a ray to the west crosses. */
function windingsBelow(g: Graph, node: number): Windings {
  const [x, y] = [g.xs[node]!, g.ys[node]!]
  const windings = new Int32Array(g.owners)
  g.low.forEach((l, e) => {
    const h = g.high[e]!
    const rises = g.ys[h]! > g.ys[l]!
    const [bottom, top] = rises ? [l, h] : [h, l]
    if (!(g.ys[bottom]! < y && g.ys[top]! >= y)) return
    if (side(g.xs[bottom]!, g.ys[bottom]!, g.xs[top]!, g.ys[top]!, x, y) >= 0) return
    // Left less right of the edge as it rises: the ray goes from its right to its left, so this side has that much less.
    for (let k = 0; k < g.owners; k++) windings[k]! -= (rises ? 1 : -1) * g.delta[e * g.owners + k]!
  })
  return windings
}

function arrangementOf(g: Graph, meetings: readonly Meeting[]): Arrangement {
  const { cycle, windings, places } = facesOf(g)
  const position = (n: number): readonly [number, number] => [toDegrees(g.xs[n]!), toDegrees(g.ys[n]!)]
  const trace = (takes: (h: number) => boolean): Polygons => {
    const rings: number[][] = []
    const done = new Uint8Array(g.low.length * 2)
    for (let start = 0; start < done.length; start++) {
      if (done[start] || !takes(start)) continue
      const ring: number[] = []
      for (let h = start; !done[h]; h = nextOf(g, places, h, takes)) {
        done[h] = 1
        ring.push(from(g, h))
      }
      rings.push(ring)
    }
    return ringsToPolygons(rings, g.xs, g.ys)
  }
  return {
    meetings,
    integrate: (weight) => {
      const weights = windings.map(weight)
      const integral = edgeIntegral(g.ys.length > 0 ? toDegrees(g.ys[0]!) : 0)
      return g.low.reduce((sum, l, e) => {
        const factor = weights[cycle[2 * e]!]! - weights[cycle[2 * e + 1]!]!
        return factor === 0 ? sum : sum + factor * integral(position(l), position(g.high[e]!))
      }, 0)
    },
    polygonsWhere: (inside) => {
      const chosen = windings.map(inside)
      return trace((h) => chosen[cycle[h]!]! && !chosen[cycle[h ^ 1]!]!)
    },
    piecesWhere: (inside) => {
      const chosen = windings.map(inside)
      // A line that has the same face on both sides separates nothing.
      return trace(
        (h) => chosen[cycle[h]!]! && (!chosen[cycle[h ^ 1]!]! || (g.isLine[h >> 1]! && cycle[h] !== cycle[h ^ 1])),
      )
    },
    knots: (owner) => placesWhere(g, (out) => out.filter((h) => g.runs[(h >> 1) * g.owners + owner]! > 0).length > 2),
    spikes: (owner) =>
      placesWhere(g, (out) => {
        const of = out.filter((h) => g.runs[(h >> 1) * g.owners + owner]! > 0)
        return of.length === 1
      }),
  }
}

const placesWhere = (
  g: Graph,
  holds: (leaving: readonly number[]) => boolean,
): readonly (readonly [number, number])[] =>
  g.leaving.flatMap((out, n) => (holds(out) ? [[g.xs[n]!, g.ys[n]!] as const] : []))
