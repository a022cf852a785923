// Sums by key against a plain loop over pixels, and the law that tiles may come in any order and as parts from anywhere.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NAN, NODATA, NO_VALUE, OUTSIDE, VALID, type Strip } from '../band.ts'
import { exactSum } from './exact-sum.ts'
import { keySums, type SumPart } from './key-sums.ts'

interface Tile {
  readonly keyOf: Int32Array
  readonly strip: Strip
}

const KEYS = 4
const pixel = fc.record({
  key: fc.integer({ min: -1, max: KEYS - 1 }),
  value: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
  state: fc.constantFrom(VALID, VALID, VALID, NODATA, NAN, OUTSIDE, NO_VALUE),
})
const tile = fc.array(pixel, { minLength: 1, maxLength: 40 }).map((pixels): Tile => ({
  keyOf: Int32Array.from(pixels, (p) => p.key),
  strip: {
    values: Float64Array.from(pixels, (p) => (p.state === VALID ? p.value : 0)),
    states: Uint8Array.from(pixels, (p) => p.state),
  },
}))
const tiles = fc.array(tile, { maxLength: 12 })

function sumsOf(all: readonly Tile[]) {
  const sums = keySums(KEYS)
  for (const t of all) sums.add(t.keyOf, t.strip, t.keyOf.length)
  return sums
}
const table = (sums: ReturnType<typeof keySums>) => Array.from({ length: KEYS }, (_, key) => sums.at(key))

it('counts each pixel once, by its key and its reason, as a plain loop does', () => {
  fc.assert(
    fc.property(tiles, (all) => {
      const found = table(sumsOf(all))
      for (let key = 0; key < KEYS; key++) {
        const mine = all.flatMap((t) =>
          [...t.keyOf].flatMap((k, i) => (k === key ? [{ state: t.strip.states[i]!, v: t.strip.values[i]! + 0 }] : [])),
        )
        const valid = mine.filter((p) => p.state === VALID).map((p) => p.v)
        const count = (state: number): number => mine.filter((p) => p.state === state).length
        // Inside a tile in row-major order, tiles exactly.
        const sum = exactSum()
        for (const t of all) {
          let inTile = 0
          t.keyOf.forEach((k, i) => (inTile += k === key && t.strip.states[i] === VALID ? t.strip.values[i]! : 0))
          sum.add(inTile)
        }
        expect(found[key]).toEqual({
          count: valid.length,
          sum: sum.value(),
          ...(valid.length > 0 ? { min: Math.min(...valid), max: Math.max(...valid) } : {}),
          nodata: count(NODATA),
          nan: count(NAN),
          outside: count(OUTSIDE),
          noValue: count(NO_VALUE),
        })
      }
    }),
  )
})

it('gives the same digits for shuffled tiles and for halves summed apart and put together through JSON', () => {
  fc.assert(
    fc.property(
      tiles.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(12))),
      ([all, shuffled, cut]) => {
        const halves = sumsOf(shuffled.slice(cut))
        const others = sumsOf(shuffled.slice(0, cut))
        for (let key = 0; key < KEYS; key++)
          halves.addPart(key, JSON.parse(JSON.stringify(others.part(key))) as SumPart)
        expect(table(halves)).toEqual(table(sumsOf(all)))
      },
    ),
  )
})

it('sums values whose tile sum leaves the doubles', () => {
  const big = Number.MAX_VALUE
  const sums = keySums(1)
  const strip = { values: Float64Array.of(big, big, -big, -big, 3), states: new Uint8Array(5) }
  sums.add(new Int32Array(5), strip, 5)
  expect(sums.at(0).sum).toBe(3)
  sums.add(Int32Array.of(0), { values: Float64Array.of(4), states: new Uint8Array(1) }, 1)
  expect(sums.at(0).sum).toBe(7)
})
