// Edges bent by a transformation: near the curve, split alike in neighbours, whole where nothing bends.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { bendPolygons, type ToGrid } from './bend-polygons.ts'
import { planeGrid, zoneOf } from './zones.fixture.ts'

const grid = planeGrid(100, 100, 10)
/** A parabola and an S: what projections do to edges, exaggerated. */
const curved: ToGrid = (x, y) => [x + 0.0004 * y * y, y + 0.0000005 * x * x * x]

it('keeps every point of a bent edge within a fiftieth of a pixel of its curve', () => {
  const at = fc.double({ min: -1000, max: 1000, noNaN: true })
  fc.assert(
    fc.property(at, at, at, at, (x0, y0, x1, y1) => {
      const [ring] = bendPolygons(
        [
          [
            [
              [x0, y0],
              [x1, y1],
            ],
          ],
        ],
        grid,
        curved,
      )[0]!
      for (let i = 0; i <= 200; i++) {
        const t = i / 200
        const p = curved(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
        const distances = ring!.slice(1).map((b, k) => distance(p, ring![k]!, b))
        expect(Math.min(...distances)).toBeLessThan(0.02 * 10)
      }
    }),
    { numRuns: 50 },
  )
})

function distance(p: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0]! - a[0]!) * dx + (p[1]! - a[1]!) * dy) / length))
  return Math.sqrt((p[0]! - a[0]! - t * dx) * (p[0]! - a[0]! - t * dx) + (p[1]! - a[1]! - t * dy) ** 2)
}

it('splits an edge at the same places whichever way it runs', () => {
  const at = fc.double({ min: -1000, max: 1000, noNaN: true })
  fc.assert(
    fc.property(at, at, at, at, (x0, y0, x1, y1) => {
      const there = bendPolygons(
        [
          [
            [
              [x0, y0],
              [x1, y1],
            ],
          ],
        ],
        grid,
        curved,
      )[0]![0]!
      const back = bendPolygons(
        [
          [
            [
              [x1, y1],
              [x0, y0],
            ],
          ],
        ],
        grid,
        curved,
      )[0]![0]!
      expect([...back].reverse()).toEqual(there)
    }),
  )
})

it('adds no point where lines stay straight', () => {
  const square = zoneOf('a', [
    [0, 0],
    [1000, 0],
    [1000, 1000],
    [0, 1000],
  ])
  expect(bendPolygons(square.polygons, grid, (x, y) => [2 * x + y, y - x])[0]![0]).toHaveLength(5)
})

it('names the point that has no place in the target system', () => {
  const square = zoneOf('a', [
    [0, 0],
    [7, 0],
    [7, 7],
  ])
  const nowhere: ToGrid = (x, y) => (y > 6 ? [NaN, NaN] : [x, y])
  expect(() => bendPolygons(square.polygons, grid, nowhere)).toThrow(ProblemError)
  expect(() => bendPolygons(square.polygons, grid, nowhere)).toThrow('（7, 7）')
})
