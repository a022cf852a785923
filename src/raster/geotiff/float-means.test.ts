// Means of four floats, two at a time, against the plain loops.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { floatMeanOf } from './float-means.ts'
import { meanOf } from './write-levels.ts'

const EDGE = 16

test('a block is halved to the bits of the plain loops, whatever is missing in it and however much of it the raster fills', () => {
  const none = fc.constantFrom(-9999, 0, NaN, Math.fround(-3.4e38))
  const size = fc.integer({ min: 1, max: EDGE })
  const float = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(-0))
  const floats = fc.array(float, { minLength: 1, maxLength: 40 })
  const quarter = fc.record({ right: fc.boolean(), low: fc.boolean() })
  fc.assert(
    fc.property(none, size, size, floats, fc.nat(), quarter, (none, wide, high, own, gaps, quarter) => {
      const block = new Float32Array(EDGE * EDGE).fill(none)
      for (let y = 0; y < high; y++)
        for (let x = 0; x < wide; x++) {
          const p = y * EDGE + x
          if (((gaps >> (p % 23)) & 1) === 0) block[p] = own[(p * 7) % own.length]!
        }
      const [ours, plain] = [0, 0].map(() => new Float32Array(EDGE * EDGE).fill(none)) as [Float32Array, Float32Array]
      floatMeanOf('float32', EDGE, none)!(block, wide, high, ours as Float32Array<ArrayBuffer>, quarter)
      meanOf(EDGE, none, false)(block, wide, high, plain as Float32Array<ArrayBuffer>, quarter)
      // −0 and 0 differ here.
      expect([...ours]).toEqual([...plain])
    }),
    { numRuns: 150 },
  )
})
