// Corners typed as people have them on paper.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cornerOf, shapeTyped, typedOf } from './typed-shape.ts'

test('decimal degrees, and degrees with minutes and seconds, longitude first or told by E and N', () => {
  expect(cornerOf('112.5, 28.1')).toEqual([112.5, 28.1])
  expect(cornerOf('112.5，28.1')).toEqual([112.5, 28.1])
  expect(cornerOf('112°30′00″E 28°06′00″N')).toEqual([112.5, 28.1])
  expect(cornerOf('28°06′N, 112°30′E')).toEqual([112.5, 28.1])
  expect(cornerOf(`112°30'36" 28°6'`)).toEqual([112.51, 28.1])
})

test('what is no corner is none', () => {
  for (const line of ['', '112.5', '112.5 28.1 3', '112.5; 98', '212, 28', 'x 112.5 28.1', '112°61′ 28°'])
    expect(cornerOf(line), line).toBeUndefined()
})

test('the line that is wrong is named, and a shape wants its corners', () => {
  expect(shapeTyped('112, 28\n\nabc', 'LineString')).toBe(3)
  expect(shapeTyped('112, 28\n113, 28', 'Polygon')).toBe(0)
  expect(shapeTyped('112, 28\n113, 28', 'Point')).toBe(0)
})

test('what was drawn comes back from its typed corners', () => {
  const angle = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((n) => n / 1e6)
  fc.assert(
    fc.property(fc.array(fc.tuple(angle(179), angle(89)), { minLength: 3, maxLength: 8 }), (ring) => {
      const [first, last] = [ring[0]!, ring.at(-1)!]
      fc.pre(first[0] !== last[0] || first[1] !== last[1])
      const drawn = { type: 'Polygon', coordinates: [[...ring, first]] } as const
      expect(shapeTyped(typedOf(drawn), 'Polygon')).toEqual(drawn)
    }),
  )
})
