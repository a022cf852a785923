// Whether two coordinate systems put a point at the same place: by their parameters, not by name or code.

import { sameDatum } from './datums.ts'
import type { Crs } from './model.ts'

const PARAMETERS = ['lon0', 'lat0', 'parallel1', 'parallel2', 'k0', 'falseEasting', 'falseNorthing'] as const

/** Programs print parameters with 9 digits at least; WGS 84 and CGCS2000 count as one. */
export function sameCrs(a: Crs, b: Crs): boolean {
  if (a.kind !== b.kind || !sameDatum(a, b)) return false
  const [p, q]: readonly Readonly<Record<string, unknown>>[] = [{ ...a }, { ...b }]
  return PARAMETERS.every((key) => {
    const [x, y] = [p![key], q![key]]
    return (
      x === y || (typeof x === 'number' && typeof y === 'number' && Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x)))
    )
  })
}
