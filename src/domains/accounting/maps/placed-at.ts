// Problems told with the map they came from: what goes wrong deep in the raster room knows the tile, not always the file.

import { ProblemError, type Place } from '../../../kernel/index.ts'

/** @throws ProblemError of `work`, each problem with the place where it names none */
export function placedAt<T>(at: Place, work: () => T): T {
  try {
    return work()
  } catch (e) {
    throw e instanceof ProblemError ? new ProblemError(e.problems.map((p) => ({ ...p, at: { ...at, ...p.at } }))) : e
  }
}
