// Outlines with fewer points, for a picture of a few hundred dots: points nearer to the last kept one than a step are left out.
// Neighbours stay neighbours, since a shared line is thinned by the same grid on both sides.

import type { BoundaryFeature } from '../model.ts'

type Ring = BoundaryFeature['polygons'][number][number]

/** @param steps how many steps the larger side of the whole has */
export function thinned(features: readonly BoundaryFeature[], steps: number): readonly BoundaryFeature[] {
  const points = features.flatMap((f) => f.polygons.flat(2))
  if (points.length === 0) return features
  const range = (k: 0 | 1): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity]
    for (const p of points) {
      if (p[k] < low) low = p[k]
      if (p[k] > high) high = p[k]
    }
    return [low, high]
  }
  const [[left, right], [bottom, top]] = [range(0), range(1)]
  const step = Math.max(right - left, top - bottom) / steps
  if (step === 0) return features
  const snap = (v: number, from: number): number => from + Math.round((v - from) / step) * step
  const ring = (r: Ring): Ring => {
    const out: (readonly [number, number])[] = []
    for (const [x, y] of r) {
      const p = [snap(x, left), snap(y, bottom)] as const
      const last = out.at(-1)
      if (last?.[0] !== p[0] || last[1] !== p[1]) out.push(p)
    }
    return out
  }
  return features.map((f) => {
    const polygons = f.polygons.map((p) => p.map(ring).filter((r) => r.length >= 4)).filter((p) => p.length > 0)
    // A place smaller than a step is still there.
    return polygons.length > 0 ? { region: f.region, polygons } : f
  })
}
