// The order of heights against sorting by comparison.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byHeight } from './by-height.ts'

it('orders doubles as comparison does, equal ones as they came, below and above 0', () => {
  const any = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, 0.5, 2 ** 40, -(2 ** 40)),
  )
  fc.assert(
    fc.property(fc.array(any), (heights) => {
      const plain = heights.map((_, n) => n).sort((a, b) => heights[a]! - heights[b]! || a - b)
      expect([...byHeight(Float64Array.from(heights))]).toEqual(plain)
    }),
  )
})
