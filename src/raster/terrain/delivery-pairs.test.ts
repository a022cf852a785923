// The pairs of the walk over hillslopes against their plain twins, bit for bit: delivery of two pixels at once, and who drains in.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveryPairs, plainDelivery } from './delivery-pairs.ts'
import { drainsIn } from './drains-in.ts'
import { COLS, NO_DIRECTION, ROWS } from './surface.ts'

const sum = fc.oneof(fc.double({ min: 0.005, max: 900, noNaN: true }), fc.constantFrom(0.005, 1, 1e-320, 1e300))
const way = fc.oneof(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.constantFrom(0, 0, 1, 1e-300, 1e300))
const pixel = fc.record({ count: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constant(4e9)), weight: sum, steepness: sum, down: way }) // prettier-ignore
const settings = fc.record({
  k: fc.constantFrom(2, 0.5, 1.7, 1e-4),
  ic0: fc.constantFrom(0.5, 0, -3),
  sdrMax: fc.constantFrom(0.8, 1),
  cell: fc.constantFrom(30, 1),
  cellY: fc.constantFrom(30, 0.7),
})

it('delivers of two pixels at once what it delivers of one after the other', () => {
  fc.assert(
    fc.property(settings, fc.array(pixel, { minLength: 1, maxLength: 40 }), (own, all) => {
      const made = deliveryPairs(own, 50)
      all.forEach((p, i) => {
        made.count[i] = p.count
        made.sums.set([p.weight, p.steepness], 2 * i)
        made.down[i] = p.down
      })
      const copy = { count: made.count.slice(), sums: made.sums.slice(), down: made.down.slice() }
      const plain = { ...copy, connectivity: new Float64Array(50), delivery: new Float64Array(50) }
      plainDelivery(plain, own, all.length)
      made.run(all.length)
      all.forEach(({ down }, i) => {
        expect(made.delivery[i]).toBe(plain.delivery[i])
        if (down !== 0) expect(made.connectivity[i]).toBe(plain.connectivity[i])
      })
    }),
  )
})

it('finds the neighbours that drain into a pixel, channels left out, in grids of any width', () => {
  const grids = fc.integer({ min: 1, max: 40 }).chain((width) =>
    fc.integer({ min: 1, max: 6 }).chain((height) => {
      const of = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: width * height, maxLength: width * height })
      return fc.record({
        width: fc.constant(width),
        codes: of(fc.oneof({ weight: 6, arbitrary: fc.nat(7) }, fc.constantFrom(8, NO_DIRECTION))),
        channel: of(fc.constantFrom(0, 0, 0, 1)),
      })
    }),
  )
  fc.assert(
    fc.property(grids, ({ width, codes, channel }) => {
      const height = codes.length / width
      const found = codes.map(() => 0)
      const ways = codes.map((way, i) => {
        const [col, row] = [(i % width) + COLS[way & 7]!, Math.floor(i / width) + ROWS[way & 7]!]
        if (way > 7) return way
        // As in a drainage: water that leaves has no way inside.
        if (col < 0 || col >= width || row < 0 || row >= height) return 16 + way
        if (channel[i] !== 1) found[row * width + col]! |= 1 << ((way + 4) & 7)
        return way
      })
      const made = Uint8Array.from(ways)
      drainsIn(made, Uint8Array.from(channel), width)
      expect([...made]).toEqual(found)
    }),
  )
})
