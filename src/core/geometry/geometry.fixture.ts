// Made-up areas near 112° E, 28° N in steps of 10^-5 degree (about a metre): rectangles, stars, and villages of parcels
// that share their borders.

import fc from 'fast-check'
import type { Polygons, Ring } from './shape.ts'
import { snapped } from './shape.ts'

const at = (x: number, y: number): readonly number[] => [snapped(112 + x / 1e5), snapped(28 + y / 1e5)]

export const ringAt = (places: readonly (readonly [number, number])[]): Ring =>
  [...places, places[0]!].map(([x, y]) => at(x, y))

export const rectangle = (x: number, y: number, w: number, h: number): Polygons => [
  [ringAt([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])], // prettier-ignore
]

/** A ring around a place with a radius for each of many directions: never crosses itself, often bent. */
export const star = (): fc.Arbitrary<Polygons> =>
  fc
    .tuple(
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: -60, max: 60 }),
      fc.array(fc.integer({ min: 10, max: 120 }), { minLength: 4, maxLength: 16 }),
    )
    .map(([cx, cy, radii]) => {
      const n = radii.length
      return [
        [
          ringAt(
            radii.map((r, i) => {
              // The directions run around a square, which needs no sine.
              const t = (4 * i) / n
              const [ux, uy] = t < 1 ? [1 - t, t] : t < 2 ? [1 - t, 2 - t] : t < 3 ? [t - 3, 2 - t] : [t - 3, t - 4]
              return [Math.round(cx + r * ux), Math.round(cy + r * uy)]
            }),
          ),
        ],
      ]
    })
    .filter(([polygon]) => new Set(polygon![0]!.map(String)).size === polygon![0]!.length - 1)

/** Parcels of a village, `columns` × `rows`: quadrilaterals whose corners were moved, so that nothing is at right angles. */
export const coverage = (columns = 4, rows = 3): fc.Arbitrary<readonly Polygons[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 })), {
      minLength: (columns + 1) * (rows + 1),
      maxLength: (columns + 1) * (rows + 1),
    })
    .map((moves) => {
      const corner = (i: number, j: number): readonly [number, number] => {
        const [dx, dy] = moves[j * (columns + 1) + i]!
        return [i * 100 + dx, j * 100 + dy]
      }
      return Array.from({ length: columns * rows }, (_, k): Polygons => {
        const [i, j] = [k % columns, Math.floor(k / columns)]
        return [[ringAt([corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)])]]
      })
    })
