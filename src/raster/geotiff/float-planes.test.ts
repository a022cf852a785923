// Byte planes sixteen at a time against the plain loops.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takePlanes, undoPlanes } from './float-planes.ts'
import { takeFloatPlanes, undoFloatPlanes } from './predictor.ts'

test('planes are taken and undone as the plain loops do it, whatever the bytes, and what is undone is what was taken', () => {
  const rows = fc.record({
    perRow: fc.oneof(fc.constantFrom(16, 32, 48, 256, 80_000), fc.integer({ min: 1, max: 70 })),
    stride: fc.constantFrom(1, 1, 1, 2),
    size: fc.constantFrom(4, 4, 4, 8),
  })
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 1, max: 5 }),
      fc.uint8Array({ minLength: 5, maxLength: 300 }),
      (own, count, seed) => {
        const perRow = own.perRow * own.stride
        const length = Math.min(count, perRow > 1000 ? 1 : 5) * perRow * own.size
        const bytes = Uint8Array.from({ length }, (_, i) => seed[(i * 7 + (i >> 4)) % seed.length]! + (i >> 8))
        for (const [ours, plain] of [
          [takePlanes, takeFloatPlanes],
          [undoPlanes, undoFloatPlanes],
        ] as const) {
          // prettier-ignore
          const [a, b] = [bytes.slice(), bytes.slice()]
          ours(a, { ...own, perRow })
          plain(b, { ...own, perRow })
          expect(Buffer.compare(a, b)).toBe(0)
        }
        const back = bytes.slice()
        takePlanes(back, { ...own, perRow })
        undoPlanes(back, { ...own, perRow })
        expect(Buffer.compare(back, bytes)).toBe(0)
      },
    ),
    { numRuns: 80 },
  )
})

test('a block of more rows than the module holds at once is done in pieces', () => {
  const bytes = Uint8Array.from({ length: 600 * 1024 }, (_, i) => (i * i) >> 5)
  const [a, b] = [bytes.slice(), bytes.slice()]
  takePlanes(a, { perRow: 256, stride: 1, size: 4 })
  takeFloatPlanes(b, { perRow: 256, stride: 1, size: 4 })
  expect(Buffer.compare(a, b)).toBe(0)
})
