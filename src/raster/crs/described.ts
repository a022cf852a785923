// A projected system from the parameters a file describes it by, whether they came as GeoTIFF keys or as WKT.
// Always holds: a parameter without which the projection is another one is never filled in.

import type { Crs, Datum } from './model.ts'

export type Method = 'transverse-mercator' | 'albers' | 'lambert-conformal-1' | 'lambert-conformal-2' | 'web-mercator'

/** Degrees and metres; false origins default to 0, as both formats say. */
export interface Parameters {
  readonly lon0?: number | undefined
  readonly lat0?: number | undefined
  readonly parallel1?: number | undefined
  readonly parallel2?: number | undefined
  readonly k0?: number | undefined
  readonly falseEasting?: number | undefined
  readonly falseNorthing?: number | undefined
}

/** Undefined where a parameter is missing or makes no map. */
export function describedCrs(method: Method, p: Parameters, datum: Datum, name: string): Crs | undefined {
  if (method === 'web-mercator') return { kind: 'web-mercator', datum, name }
  const { lon0, lat0 = 0 } = p
  if (lon0 === undefined) return undefined
  const origin = { datum, name, lon0, lat0, falseEasting: p.falseEasting ?? 0, falseNorthing: p.falseNorthing ?? 0 }
  const k0 = p.k0 ?? 1
  if (method === 'transverse-mercator') return { kind: 'transverse-mercator', ...origin, k0 }
  if (method === 'lambert-conformal-1') {
    const parallel = p.parallel1 ?? lat0
    if (parallel === 0) return undefined
    return { kind: 'lambert-conformal', ...origin, parallel1: parallel, parallel2: parallel, k0 }
  }
  const { parallel1, parallel2 } = p
  // Parallels the same distance north and south of the equator make no cone.
  if (parallel1 === undefined || parallel2 === undefined || parallel1 + parallel2 === 0) return undefined
  if (method === 'albers') return { kind: 'albers', ...origin, parallel1, parallel2 }
  return { kind: 'lambert-conformal', ...origin, parallel1, parallel2, k0 }
}
