// How areas lie to one another: overlaps, gaps, containment, each with its square metres and a width that tells a slip of
// the pen from a dispute.
// Always holds: what two areas share beyond a hundredth of a square metre is told; what is thinner than the tolerance is
// told as a sliver, never left out.

import { prepareArea, surelyApart, type PreparedArea } from './apart.ts'
import { areaM2, perimeterM } from './area.ts'
import { arrangeAreas, differenceOf, unionOf } from './overlay.ts'
import { NOTHING_M2 } from './repair.ts'
import { areaShape, type Polygons } from './shape.ts'

/** Mean error of a boundary point of the first class (TD/T 1001-2012, Regulations for Cadastral Surveying): what is thinner
 *  is a matter of measuring, not of ownership. */
export const SLIVER_WIDTH_M = 0.05

export interface Patch {
  readonly areaM2: number
  /** Twice the area by the length of its border: the width of a strip. */
  readonly widthM: number
  readonly isSliver: boolean
  readonly polygons: Polygons
}

const patchOf = (polygons: Polygons): Patch => {
  const area = areaM2(areaShape(polygons))
  const width = area === 0 ? 0 : (2 * area) / perimeterM(polygons)
  return { areaM2: area, widthM: width, isSliver: width < SLIVER_WIDTH_M, polygons }
}

/** What two areas share; undefined where it is nothing. @throws ProblemError `geometry.tangled` */
export const overlapOf = (a: Polygons, b: Polygons): Patch | undefined =>
  overlapOfPrepared(prepareArea(a), prepareArea(b))

/** The same for areas that are asked about often. */
export function overlapOfPrepared(a: PreparedArea, b: PreparedArea): Patch | undefined {
  if (surelyApart(a, b)) return undefined
  const arrangement = arrangeAreas([a.polygons, b.polygons])
  const both = (w: Int32Array): boolean => w[0]! > 0 && w[1]! > 0
  if (arrangement.integrate((w) => (both(w) ? 1 : 0)) <= NOTHING_M2) return undefined
  return patchOf(arrangement.polygonsWhere(both))
}

/** Places that areas enclose and none of them has, largest first. @throws ProblemError `geometry.tangled` */
export function gapsOf(areas: readonly Polygons[]): readonly Patch[] {
  const union = unionOf(...areas)
  const filled = union.map((rings): Polygons => [[rings[0]!]])
  return differenceOf(unionOf(...filled), union)
    .map((p) => patchOf([p]))
    .filter((p) => p.areaM2 > NOTHING_M2)
    .sort((a, b) => b.areaM2 - a.areaM2)
}

export interface Containment {
  /** `within`: nothing of it, or slivers only, lies outside. */
  readonly relation: 'within' | 'crosses' | 'outside'
  readonly insideM2: number
  readonly outsideM2: number
  /** What lies outside, as polygons. */
  readonly outside: Polygons
}

/** How an area lies in a larger one: a parcel in its village. @throws ProblemError `geometry.tangled` */
export function containment(inner: Polygons, outer: Polygons): Containment {
  const outside = patchOf(differenceOf(inner, outer))
  const insideM2 = Math.max(0, areaM2(areaShape(inner)) - outside.areaM2)
  const relation =
    outside.areaM2 <= NOTHING_M2 || outside.isSliver ? 'within' : insideM2 <= NOTHING_M2 ? 'outside' : 'crosses'
  return { relation, insideM2, outsideM2: outside.areaM2, outside: outside.polygons }
}
