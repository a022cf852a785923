import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePlaces } from './code-places.ts'

test('a code is found where a Map of the codes finds it, whatever number it is', () => {
  const code = fc.oneof(
    fc.integer({ min: -5, max: 12 }),
    fc.constantFrom(-0, 0, 1.5, NaN, Infinity, 65535, 65536, 70_000, -65536, 2 ** 32, 2 ** 32 + 3),
    fc.double(),
  )
  fc.assert(
    fc.property(fc.uniqueArray(code), fc.array(code), (codes, asked) => {
      const places = new Map([...new Map(codes.map((c) => [c, 0])).keys()].map((c, i) => [c, i]))
      const find = codePlaces(places.keys())
      for (const c of [...asked, ...codes]) expect(find(c)).toBe(places.get(c) ?? -1)
    }),
  )
})
