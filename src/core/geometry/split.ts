// Areas cut by lines and joined again. Serves splitting and merging of units.
// Always holds: parts add up to the whole within a hundredth of a square metre; a corner that a cut makes on a border lies on
// it within a micrometre.

import { ProblemError } from '../../kernel/index.ts'
import { areaM2 } from './area.ts'
import { arrangeAreas, unionOf } from './overlay.ts'
import { geometryProblem } from './problems.ts'
import { areaShape, type Polygons, type Ring } from './shape.ts'

/** The parts that lines cut an area into, from south to north. Ends of lines that stop inside cut nothing.
 *  @throws ProblemError `geometry.does-not-cut`, `geometry.tangled` */
export function splitArea(area: Polygons, lines: readonly Ring[]): readonly Polygons[] {
  const parts = arrangeAreas([area], lines).piecesWhere((w) => w[0]! > 0)
  if (parts.length <= area.length) throw new ProblemError(geometryProblem('geometry.does-not-cut'))
  return parts.map((p) => [p])
}

export interface Merged {
  readonly area: Polygons
  readonly areaM2: number
  /** What the areas shared and is now counted once. */
  readonly overlapM2: number
}

/** One area of several. @throws ProblemError `geometry.do-not-touch` where it would have several parts and may not */
export function mergeAreas(areas: readonly Polygons[], severalParts: boolean): Merged {
  const area = unionOf(...areas)
  if (!severalParts && area.length > 1) throw new ProblemError(geometryProblem('geometry.do-not-touch'))
  const whole = areaM2(areaShape(area))
  const sum = areas.reduce((n, a) => n + areaM2(areaShape(a)), 0)
  return { area, areaM2: whole, overlapM2: Math.max(0, sum - whole) }
}
