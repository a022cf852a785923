// The overlay against polyclip-ts (exact by big decimals) on random areas, and what it keeps.

import fc from 'fast-check'
import * as polyclip from 'polyclip-ts'
import { describe, expect, test } from 'vitest'
import { areaM2 } from './area.ts'
import { differenceOf, intersectionOf, sharedAreaM2, unionOf } from './overlay.ts'
import { coverage, rectangle, star } from './geometry.fixture.ts'
import { areaShape, type Polygons } from './shape.ts'

type Clip = Parameters<typeof polyclip.union>[0]
const clip = (p: Polygons): Clip => p as unknown as Clip
const area = (p: Polygons): number => areaM2(areaShape(p))
const twin = (p: unknown): number => area(p as Polygons)

describe('union, intersection and difference', () => {
  test('have the areas that big decimals give, on random stars and blocks that share borders', () => {
    fc.assert(
      fc.property(star(), star(), (a, b) => {
        expect(area(intersectionOf(a, b))).toBeCloseTo(twin(polyclip.intersection(clip(a), clip(b))), 2)
        expect(area(unionOf(a, b))).toBeCloseTo(twin(polyclip.union(clip(a), clip(b))), 2)
        expect(area(differenceOf(a, b))).toBeCloseTo(twin(polyclip.difference(clip(a), clip(b))), 2)
        expect(sharedAreaM2(a, b)).toBeCloseTo(twin(polyclip.intersection(clip(a), clip(b))), 2)
      }),
      { numRuns: 60 },
    )
  })

  test('add up: what is common, and what each has alone, make the union', () => {
    fc.assert(
      fc.property(coverage(), star(), (parts, b) => {
        const a = unionOf(...parts.slice(0, 5))
        const sum = area(intersectionOf(a, b)) + area(differenceOf(a, b)) + area(differenceOf(b, a))
        expect(area(unionOf(a, b))).toBeCloseTo(sum, 2)
      }),
      { numRuns: 50 },
    )
  })

  test('keep the corner of a neighbour on a straight border', () => {
    const whole = unionOf(rectangle(0, 0, 10, 10), rectangle(10, 0, 5, 4), rectangle(10, 4, 5, 6))
    expect(whole).toHaveLength(1)
    expect(whole[0]).toHaveLength(1)
    expect(unionOf(rectangle(0, 0, 10, 10), rectangle(10, 0, 5, 4))[0]![0]).toHaveLength(8)
  })

  test('a hole that touches the border in a corner stays a hole, and a part within a hole a part', () => {
    const ring = differenceOf(rectangle(0, 0, 30, 30), rectangle(10, 10, 10, 10))
    expect(ring.map((p) => p.length)).toEqual([2])
    const island = unionOf(ring, rectangle(12, 12, 4, 4))
    expect(island.map((p) => p.length)).toEqual([2, 1])
    const touching = differenceOf(rectangle(0, 0, 30, 30), [[[...diamond(0, 15, 10)]]])
    expect(touching.map((p) => p.length)).toEqual([1])
    const inner = differenceOf(rectangle(0, 0, 30, 30), [[[...diamond(10, 15, 10)]]])
    expect(inner.map((p) => p.length)).toEqual([2])
  })

  test('the same area comes out with the same corners, whatever it was made of', () => {
    fc.assert(
      fc.property(coverage(), fc.nat(), (parts, seed) => {
        const turned = parts.map((_, i) => parts[(i + seed) % parts.length]!)
        expect(unionOf(...turned)).toEqual(unionOf(...parts))
      }),
      { numRuns: 30 },
    )
  })
})

/** A diamond of half a diagonal r around a place, in steps of 10^-5 degree from the corner of the rectangles. */
function diamond(x: number, y: number, r: number): readonly (readonly number[])[] {
  const at = (dx: number, dy: number): readonly number[] => [112 + (x + dx) / 1e5, 28 + (y + dy) / 1e5]
  return [at(-r, 0), at(0, -r), at(r, 0), at(0, r), at(-r, 0)]
}
