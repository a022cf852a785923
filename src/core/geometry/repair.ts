// Is a shape sound, and if not, what would it be when repaired? The repair is a proposal: it is shown with both areas and
// with what it changes, and somebody accepts it or sends the shape back.
// Always holds: |area after − area before| ≤ `changedM2`, for both are integrals over the same faces; where a border winds
// twice around more than a little, inside and outside are not guessed: that is refused, with its place.
// Method: every ring becomes sound by itself (inside is where it winds at all), holes are taken off outer rings, parts are
// joined: the "structure" way of GEOS' MakeValid.

import { type Place, type Problem } from '../../kernel/index.ts'
import { drawnAreaM2, ringAreaM2 } from './area.ts'
import { arrange, type Arrangement, type Windings } from './arrangement.ts'
import { geometryProblem } from './problems.ts'
import { areaShape, positionsOf, snapShape, toDegrees, type Polygons, type Ring, type Shape } from './shape.ts'

export interface Repair {
  /** What the shape would be; undefined where it is refused. Sound shapes come back on the grid, rings turned. */
  readonly shape?: Shape
  /** What is wrong, each with its place. None: the shape is sound. */
  readonly faults: readonly Problem[]
  /** Why it cannot be repaired without guessing. */
  readonly refused: readonly Problem[]
  /** As it is drawn, loops that run backwards counted off: what a program would say that does not look. */
  readonly areaBeforeM2: number
  readonly areaAfterM2: number
  /** Square metres that were not inside exactly once before and are now, or the other way round. */
  readonly changedM2: number
}

/** Double winding up to this is taken for a slip of the pen: a square metre, or a thousandth of the area. */
const DOUBT_M2 = 1
const DOUBT_SHARE = 0.001
/** More faults of one shape are counted, not listed. */
const MOST_FAULTS = 20
/** Below this an area is nothing, here and wherever areas of shapes are compared. */
export const NOTHING_M2 = 0.01

export const isSound = (repair: Repair): boolean => repair.faults.length === 0 && repair.refused.length === 0

/** @param at where the shape came from */
export function repairShape(given: Shape, at?: Place): Repair {
  const bad = outOfRange(given, at)
  if (bad) return { faults: [], refused: [bad], areaBeforeM2: 0, areaAfterM2: 0, changedM2: 0 }
  const shape = snapShape(given)
  if (shape.kind !== 'polygon') return { shape, faults: [], refused: [], areaBeforeM2: 0, areaAfterM2: 0, changedM2: 0 }
  return repairArea(shape.polygons, at)
}

function outOfRange(shape: Shape, at?: Place): Problem | undefined {
  for (const [x, y] of positionsOf(shape)) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return geometryProblem('geometry.not-finite', { ring: 1 }, at)
    if (Math.abs(x!) > 180 || Math.abs(y!) > 90) return geometryProblem('geometry.out-of-range', { x: x!, y: y! }, at)
  }
  return undefined
}

interface Drawn {
  readonly ring: Ring
  /** Counts from 1 through all rings as they came. */
  readonly number: number
  readonly polygon: number
  readonly isHole: boolean
  /** Whether it runs counter-clockwise: 1 or −1. */
  readonly sign: number
}

function repairArea(polygons: Polygons, at?: Place): Repair {
  const faults: Problem[] = []
  const tell = (code: Parameters<typeof geometryProblem>[0], ring: number, [x, y]: readonly number[]): void => {
    if (faults.length < MOST_FAULTS) faults.push(geometryProblem(code, { ring, x: x!, y: y! }, at))
  }
  const rings = drawnRings(polygons, tell)
  let arrangement: Arrangement
  try {
    arrangement = arrange(rings.map((r) => r.ring))
  } catch (e) {
    if (!(e instanceof Error && 'problems' in e)) throw e
    const refused = e.problems as readonly Problem[]
    return { faults, refused, areaBeforeM2: drawnAreaM2(polygons), areaAfterM2: 0, changedM2: 0 }
  }
  tellMeetings(rings, arrangement, tell)
  const inPart = partsOf(rings)
  const inside = (w: Windings): boolean => inPart.some((part) => part(w))
  const drawn = (w: Windings): number => rings.reduce((n, r, k) => n + (r.isHole ? -1 : 1) * r.sign * w[k]!, 0)
  if (arrangement.integrate((w) => (inPart.filter((part) => part(w)).length > 1 ? 1 : 0)) > NOTHING_M2)
    tell('geometry.parts-overlap', 1, rings[0]!.ring[0]!)
  const areaBeforeM2 = arrangement.integrate(drawn)
  const areaAfterM2 = arrangement.integrate((w) => (inside(w) ? 1 : 0))
  const changedM2 = arrangement.integrate((w) => Math.abs(drawn(w) - (inside(w) ? 1 : 0)))
  const refused = doubts(rings, arrangement, areaAfterM2, at)
  const result = arrangement.polygonsWhere(inside)
  if (result.length === 0 && refused.length === 0) refused.push(geometryProblem('geometry.nothing-left', {}, at))
  const areas = { areaBeforeM2, areaAfterM2, changedM2 }
  return refused.length > 0 ? { faults, refused, ...areas } : { shape: areaShape(result), faults, refused, ...areas }
}

type Tell = (code: Parameters<typeof geometryProblem>[0], ring: number, at: readonly number[]) => void

/** Rings closed, without points twice in a row, without those that have no area at all. */
function drawnRings(polygons: Polygons, tell: Tell): readonly Drawn[] {
  const drawn: Drawn[] = []
  let number = 0
  polygons.forEach((polygon, p) =>
    polygon.forEach((given, i) => {
      number++
      const first = given[0]
      if (!first) return
      const same = (a: readonly number[], b: readonly number[]): boolean => a[0] === b[0] && a[1] === b[1]
      const closed = given.length > 1 && same(first, given.at(-1)!)
      if (!closed) tell('geometry.open', number, first)
      const all = closed ? given : [...given, first]
      const twice = all.findIndex((pos, k) => k > 0 && same(pos, all[k - 1]!))
      if (twice > 0) tell('geometry.duplicate', number, all[twice]!)
      const ring = all.filter((pos, k) => k === 0 || !same(pos, all[k - 1]!))
      if (ring.length < 4) tell('geometry.no-area', number, first)
      else drawn.push({ ring, number, polygon: p, isHole: i > 0, sign: ringAreaM2(ring) < 0 ? -1 : 1 })
    }),
  )
  return drawn
}

/** Whether a face lies in a part: its outer ring winds around it and none of its holes does. */
function partsOf(rings: readonly Drawn[]): readonly ((w: Windings) => boolean)[] {
  const parts = new Map<number, { outer: number; holes: number[] }>()
  rings.forEach((r, k) => {
    if (!r.isHole) parts.set(r.polygon, { outer: k, holes: [] })
    else parts.get(r.polygon)?.holes.push(k)
  })
  return [...parts.values()].map(
    ({ outer, holes }) =>
      (w) =>
        w[outer] !== 0 && holes.every((h) => w[h] === 0),
  )
}

function tellMeetings(rings: readonly Drawn[], arrangement: Arrangement, tell: Tell): void {
  const told = new Set<string>()
  const once = (code: Parameters<Tell>[0], ring: number, x: number, y: number): void => {
    const key = `${x} ${y}`
    if (told.has(key)) return
    told.add(key)
    tell(code, ring, [toDegrees(x), toDegrees(y)])
  }
  for (const m of arrangement.meetings) if (m.crosses) once('geometry.crosses', rings[m.owners[0]]!.number, m.x, m.y)
  rings.forEach((ring, k) => {
    for (const [x, y] of arrangement.spikes(k)) once('geometry.spike', ring.number, x, y)
    for (const [x, y] of arrangement.knots(k)) once('geometry.touches', ring.number, x, y)
  })
  const outers = new Map(rings.flatMap((r, k) => (r.isHole ? [] : [[r.polygon, k] as const])))
  rings.forEach((ring, k) => {
    if (!ring.isHole) return
    const outer = outers.get(ring.polygon)
    const out = arrangement.integrate((w) => (w[k] !== 0 && (outer === undefined || w[outer] === 0) ? 1 : 0))
    if (out > NOTHING_M2) tell('geometry.hole-outside', ring.number, ring.ring[0]!)
  })
}

/** Rings that wind twice around more than a little. */
function doubts(rings: readonly Drawn[], arrangement: Arrangement, area: number, at?: Place): Problem[] {
  return rings.flatMap((_, k) => {
    const doubt = arrangement.integrate((w) => (Math.abs(w[k]!) > 1 ? 1 : 0))
    if (doubt <= Math.max(DOUBT_M2, DOUBT_SHARE * area)) return []
    const [x, y] = arrangement.knots(k)[0] ?? [0, 0]
    const values = { x: toDegrees(x), y: toDegrees(y), areaM2: doubt.toFixed(2) }
    return [geometryProblem('geometry.doubtful', values, at)]
  })
}
