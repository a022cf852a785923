// Lines cut where they meet, on the grid of shapes. Serves the arrangement that overlay, repair and splitting stand on.
// Always holds of what comes out: pieces meet in their ends only, and every end is a place of the grid. A crossing is moved
// to the nearest place of the grid (at most 0.8 µm), which may make new crossings: it is done again until there are none.
// Whether lines cross is decided exactly (`turn`), whatever their size.

import { ProblemError } from '../../kernel/index.ts'
import { turn } from '../../raster/index.ts'
import { geometryProblem } from './problems.ts'
import { toDegrees } from './shape.ts'

/** A directed piece of a line in steps of the grid; `owner` is the line or ring it came from. */
export interface Segment {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
  readonly owner: number
}

/** Where two lines crossed or touched, in steps, and whose they were. `crosses`: through both; else an end lies on a line. */
export interface Meeting {
  readonly x: number
  readonly y: number
  readonly owners: readonly [number, number]
  readonly crosses: boolean
}

export interface Noded {
  readonly segments: readonly Segment[]
  readonly meetings: readonly Meeting[]
}

/** Real borders settle in two or three rounds. */
const MAX_ROUNDS = 24

/** @throws ProblemError `geometry.tangled` where crossings do not come to an end */
export function nodeSegments(given: readonly Segment[]): Noded {
  let segments: readonly Segment[] = given.filter((s) => s.ax !== s.bx || s.ay !== s.by)
  let fresh: readonly boolean[] = segments.map(() => true)
  const meetings: Meeting[] = []
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const cuts = new Map<number, number[]>()
    for (const [i, j] of pairs(segments, fresh)) meet(segments, i, j, cuts, meetings)
    if (cuts.size === 0) return { segments, meetings }
    const next: Segment[] = []
    const nextFresh: boolean[] = []
    segments.forEach((s, i) => {
      const at = cuts.get(i)
      if (!at) {
        next.push(s)
        nextFresh.push(false)
        return
      }
      for (const piece of cut(s, at)) {
        next.push(piece)
        nextFresh.push(true)
      }
    })
    segments = next
    fresh = nextFresh
  }
  const last = meetings.at(-1)!
  throw new ProblemError(geometryProblem('geometry.tangled', { x: toDegrees(last.x), y: toDegrees(last.y) }))
}

/** Pairs whose boxes meet and of which one is fresh: the others were looked at before. */
function* pairs(segments: readonly Segment[], fresh: readonly boolean[]): Iterable<readonly [number, number]> {
  const n = segments.length
  const [west, east, south, north] = [0, 0, 0, 0].map(() => new Float64Array(n)) as [Float64Array, Float64Array, Float64Array, Float64Array] // prettier-ignore
  segments.forEach((s, i) => {
    west[i] = Math.min(s.ax, s.bx)
    east[i] = Math.max(s.ax, s.bx)
    south[i] = Math.min(s.ay, s.by)
    north[i] = Math.max(s.ay, s.by)
  })
  const order = Uint32Array.from(segments.keys()).sort((a, b) => west[a]! - west[b]!)
  for (let p = 0; p < n; p++) {
    const i = order[p]!
    for (let r = p + 1; r < n; r++) {
      const j = order[r]!
      if (west[j]! > east[i]!) break
      if ((fresh[i]! || fresh[j]!) && south[j]! <= north[i]! && south[i]! <= north[j]!) yield [i, j]
    }
  }
}

/** Products of whole numbers below this are exact in a double. */
const EXACT = 2 ** 53

/** On which side of a → b the place c lies: positive is left, 0 exactly on the line. Whole numbers only. */
export function side(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (bx - ax) * (cy - ay)
  const right = (by - ay) * (cx - ax)
  if (Math.abs(left) < EXACT && Math.abs(right) < EXACT) return Math.sign(left - right)
  return turn([ax, ay], [bx, by], [cx, cy])
}

/** Notes where two pieces must be cut. */
function meet(all: readonly Segment[], i: number, j: number, cuts: Map<number, number[]>, meetings: Meeting[]): void {
  const [p, q] = [all[i]!, all[j]!]
  const owners = [p.owner, q.owner] as const
  const add = (k: number, x: number, y: number): void => {
    const at = cuts.get(k)
    if (at) at.push(x, y)
    else cuts.set(k, [x, y])
  }
  const qa = side(p.ax, p.ay, p.bx, p.by, q.ax, q.ay)
  const qb = side(p.ax, p.ay, p.bx, p.by, q.bx, q.by)
  if (qa === qb && qa !== 0) return
  const pa = side(q.ax, q.ay, q.bx, q.by, p.ax, p.ay)
  const pb = side(q.ax, q.ay, q.bx, q.by, p.bx, p.by)
  if (pa === pb && pa !== 0) return
  if (qa * qb < 0 && pa * pb < 0) {
    const [x, y] = crossing(p, q)
    // It cannot fall on an end of both: then they would share that end and not cross.
    if (!isEnd(p, x, y)) add(i, x, y)
    if (!isEnd(q, x, y)) add(j, x, y)
    meetings.push({ x, y, owners, crosses: true })
    return
  }
  const touch = (k: number, s: Segment, x: number, y: number): void => {
    if (isEnd(s, x, y) || !within(s, x, y)) return
    add(k, x, y)
    meetings.push({ x, y, owners, crosses: false })
  }
  if (qa === 0) touch(i, p, q.ax, q.ay)
  if (qb === 0) touch(i, p, q.bx, q.by)
  if (pa === 0) touch(j, q, p.ax, p.ay)
  if (pb === 0) touch(j, q, p.bx, p.by)
}

const isEnd = (s: Segment, x: number, y: number): boolean => (s.ax === x && s.ay === y) || (s.bx === x && s.by === y)
/** For a place on the line of the piece. */
const within = (s: Segment, x: number, y: number): boolean =>
  x >= Math.min(s.ax, s.bx) && x <= Math.max(s.ax, s.bx) && y >= Math.min(s.ay, s.by) && y <= Math.max(s.ay, s.by)

/** The place of the grid nearest to where two pieces cross. */
function crossing(p: Segment, q: Segment): readonly [number, number] {
  const [dx, dy, ex, ey] = [p.bx - p.ax, p.by - p.ay, q.bx - q.ax, q.by - q.ay]
  const t = ((q.ax - p.ax) * ey - (q.ay - p.ay) * ex) / (dx * ey - dy * ex)
  const x = Math.round(p.ax + t * dx)
  const y = Math.round(p.ay + t * dy)
  // Nearly parallel pieces: rounding must not throw the place out of the box both share.
  const clamp = (v: number, a: number, b: number): number => Math.min(Math.max(v, Math.min(a, b)), Math.max(a, b))
  return [clamp(clamp(x, p.ax, p.bx), q.ax, q.bx), clamp(clamp(y, p.ay, p.by), q.ay, q.by)]
}

/** The pieces between the given places, in the direction of the segment. */
function cut(s: Segment, at: readonly number[]): readonly Segment[] {
  const [dx, dy] = [s.bx - s.ax, s.by - s.ay]
  const along = (x: number, y: number): number => (x - s.ax) * dx + (y - s.ay) * dy
  const places: (readonly [number, number])[] = []
  for (let k = 0; k < at.length; k += 2) places.push([at[k]!, at[k + 1]!])
  places.sort((a, b) => along(a[0], a[1]) - along(b[0], b[1]))
  const pieces: Segment[] = []
  let [x, y] = [s.ax, s.ay]
  for (const [nx, ny] of [...places, [s.bx, s.by] as const]) {
    if (nx === x && ny === y) continue
    pieces.push({ ax: x, ay: y, bx: nx, by: ny, owner: s.owner })
    ;[x, y] = [nx, ny]
  }
  return pieces
}
