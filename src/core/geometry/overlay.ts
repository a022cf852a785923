// Union, intersection and difference of areas. Serves neighbours, merging, containment and gaps.
// Always holds: polygons that were tidied go in, and such polygons come out; corners of both stay corners, so a border that
// two areas share stays shared. What crosses is moved to the grid by less than a micrometre.
// Own overlay, not a library's: it must keep corners on straight borders, count in whole steps, and take 100 000 pairs at
// an import; polyclip-ts, which is exact by big decimals, is the twin of the tests.

import { arrange, type Arrangement, type Windings } from './arrangement.ts'
import type { Polygons, Ring } from './shape.ts'

const ringsOf = (areas: Polygons): readonly Ring[] => areas.flat()

/** Several areas as one arrangement, each area one winding: 1 inside and 0 outside, where it was tidied. */
export function arrangeAreas(areas: readonly Polygons[], lines: readonly Ring[] = []): Arrangement {
  const owners = areas.flatMap((a, k) => ringsOf(a).map(() => k))
  return arrange(areas.flatMap(ringsOf), { owners, lines })
}

const inAll = (w: Windings): boolean => w.every((v) => v > 0)
const inAny = (w: Windings): boolean => w.some((v) => v > 0)

/** @throws ProblemError `geometry.tangled`, as all of these */
export const unionOf = (...areas: readonly Polygons[]): Polygons => arrangeAreas(areas).polygonsWhere(inAny)

export const intersectionOf = (a: Polygons, b: Polygons): Polygons => arrangeAreas([a, b]).polygonsWhere(inAll)

/** What the first has and none of the others. */
export const differenceOf = (a: Polygons, ...others: readonly Polygons[]): Polygons =>
  arrangeAreas([a, ...others]).polygonsWhere((w) => w[0]! > 0 && w.subarray(1).every((v) => v <= 0))

/** Square metres that both have, without drawing them. */
export const sharedAreaM2 = (a: Polygons, b: Polygons): number =>
  arrangeAreas([a, b]).integrate((w) => (inAll(w) ? 1 : 0))
