// Sums by covered share: against a plain loop, and the law that tiles may come in any order and from any thread.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NAN, NODATA, OUTSIDE, VALID, type PixelState } from '../band.ts'
import { coverSums } from './cover-sums.ts'

interface Pixel {
  readonly share: number
  readonly value: number
  readonly state: PixelState
}

const pixel = fc.record({
  share: fc.constantFrom(0, 0.25, 1, 1 / 3),
  value: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  state: fc.constantFrom<PixelState>(VALID, VALID, NODATA, NAN, OUTSIDE),
})
const tile = fc.tuple(fc.nat(2), fc.array(pixel, { minLength: 1, maxLength: 30 }))
const tiles = fc.array(tile, { maxLength: 10 })

function sumsOf(all: readonly (readonly [number, readonly Pixel[]])[]) {
  const sums = coverSums()
  for (const [key, pixels] of all)
    sums.add(
      key,
      Float64Array.from(pixels, (p) => p.share),
      { values: Float64Array.from(pixels, (p) => p.value), states: Uint8Array.from(pixels, (p) => p.state) },
      pixels.length,
    )
  return sums
}
const table = (sums: ReturnType<typeof coverSums>) => [0, 1, 2].map((key) => sums.at(key))

it('weighs counts and values by the covered share, as a plain loop does', () => {
  fc.assert(
    fc.property(tiles, (all) => {
      table(sumsOf(all)).forEach((found, key) => {
        const mine = all.flatMap(([k, pixels]) => (k === key ? pixels.filter((p) => p.share > 0) : []))
        const of = (state: PixelState): number =>
          mine.filter((p) => p.state === state).reduce((sum, p) => sum + p.share, 0)
        const valid = mine.filter((p) => p.state === VALID)
        expect(found.count).toBeCloseTo(of(VALID), 9)
        expect(found.nodata).toBeCloseTo(of(NODATA), 9)
        expect(found.nan).toBeCloseTo(of(NAN), 9)
        expect(found.outside).toBeCloseTo(of(OUTSIDE), 9)
        expect(found.sum).toBeCloseTo(
          valid.reduce((sum, p) => sum + p.share * p.value, 0),
          3,
        )
        expect(found.min).toBe(valid.length === 0 ? undefined : Math.min(...valid.map((p) => p.value + 0)))
        expect(found.max).toBe(valid.length === 0 ? undefined : Math.max(...valid.map((p) => p.value + 0)))
      })
    }),
  )
})

it('gives the same digits for shuffled tiles and for halves summed apart and merged', () => {
  fc.assert(
    fc.property(
      tiles.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(10))),
      ([all, shuffled, cut]) => {
        const halves = sumsOf(shuffled.slice(cut))
        halves.merge(sumsOf(shuffled.slice(0, cut)))
        expect(table(halves)).toEqual(table(sumsOf(all)))
      },
    ),
  )
})

it('sums values whose tile sum leaves the doubles', () => {
  const big = Number.MAX_VALUE
  const sums = coverSums()
  sums.add(
    0,
    Float64Array.of(1, 1, 1, 0.5),
    { values: Float64Array.of(big, big, -big, 4), states: new Uint8Array(4) },
    4,
  )
  sums.add(0, Float64Array.of(1), { values: Float64Array.of(-big), states: new Uint8Array(1) }, 1)
  expect(sums.at(0).sum).toBe(2)
})
