// Neighbours of a village: random cuts, joins and edits keep the area, and every overlap is told. The twin of the overlap is
// polyclip-ts, pair by pair.

import fc from 'fast-check'
import * as polyclip from 'polyclip-ts'
import { describe, expect, test } from 'vitest'
import { areaM2 } from './area.ts'
import { coverage, rectangle, ringAt, star } from './geometry.fixture.ts'
import { prepareArea, surelyApart } from './apart.ts'
import { containment, gapsOf, overlapOf, SLIVER_WIDTH_M } from './neighbours.ts'
import { differenceOf, intersectionOf, sharedAreaM2 } from './overlay.ts'
import { isSound, NOTHING_M2, repairShape } from './repair.ts'
import { mergeAreas, splitArea } from './split.ts'
import { areaShape, polygonsOf, type Polygons } from './shape.ts'

const area = (p: Polygons): number => areaM2(areaShape(p))
const total = (units: readonly Polygons[]): number => units.reduce((n, u) => n + area(u), 0)

/** Pair by pair, by big decimals. */
const plainOverlaps = (units: readonly Polygons[]): ReadonlyMap<string, number> =>
  new Map(
    units.flatMap((a, i) =>
      units.slice(i + 1).flatMap((b, k) => {
        const shared = polyclip.intersection(a as never, b as never) as unknown as Polygons
        return shared.length > 0 ? [[`${i} ${i + 1 + k}`, area(shared)] as const] : []
      }),
    ),
  )

const toldOverlaps = (units: readonly Polygons[]): ReadonlyMap<string, number> =>
  new Map(
    units.flatMap((a, i) =>
      units.slice(i + 1).flatMap((b, k) => {
        const patch = overlapOf(a, b)
        return patch ? [[`${i} ${i + 1 + k}`, patch.areaM2] as const] : []
      }),
    ),
  )

type Step =
  | { readonly kind: 'split'; readonly unit: number; readonly line: readonly [number, number, number, number] }
  | { readonly kind: 'merge'; readonly unit: number; readonly with: number }
  | { readonly kind: 'edit'; readonly unit: number; readonly corner: number; readonly by: readonly [number, number] }

const place = fc.integer({ min: -60, max: 60 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('split' as const), unit: fc.nat(), line: fc.tuple(place, place, place, place) }),
  fc.record({ kind: fc.constant('merge' as const), unit: fc.nat(), with: fc.nat() }),
  fc.record({
    kind: fc.constant('edit' as const),
    unit: fc.nat(),
    corner: fc.nat(),
    by: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
  }),
)

/** The units after a step and what it added to the area. A step that does not apply changes nothing. */
function after(units: readonly Polygons[], s: Step): { readonly units: readonly Polygons[]; readonly added: number } {
  const i = s.unit % units.length
  const unit = units[i]!
  const others = units.filter((_, k) => k !== i)
  const same = { units, added: 0 }
  if (s.kind === 'split') {
    const [dx, dy, ox, oy] = s.line
    const [x, y] = unit[0]![0]![0]!
    const ends = [-1, 1].map((k) => [x! + ox / 1e5 + (k * dx) / 1e4, y! + oy / 1e5 + (k * dy) / 1e4])
    try {
      return { units: [...others, ...splitArea(unit, [ends])], added: 0 }
    } catch {
      return same
    }
  }
  if (s.kind === 'merge') {
    const k = s.with % units.length
    if (k === i || overlapOf(unit, units[k]!)) return same
    try {
      return { units: [...units.filter((_, n) => n !== i && n !== k), mergeAreas([unit, units[k]!], false).area], added: 0 } // prettier-ignore
    } catch {
      return same
    }
  }
  const ring = unit[0]![0]!
  const moved = ring.slice(0, -1).map((p, n) => (n === s.corner % (ring.length - 1) ? [p[0]! + s.by[0] / 1e5, p[1]! + s.by[1] / 1e5] : p)) // prettier-ignore
  const repair = repairShape(areaShape([[[...moved, moved[0]!], ...unit[0]!.slice(1)], ...unit.slice(1)]))
  if (!repair.shape || !isSound(repair)) return same
  const edited = polygonsOf(repair.shape)
  return { units: [...others, edited], added: area(edited) - area(unit) }
}

describe('a village through random splits, merges and edits', () => {
  test('keeps its area to 0.01 m², and no overlap is left that is not told', () => {
    let splits = 0
    let overlaps = 0
    fc.assert(
      fc.property(coverage(), fc.array(step, { minLength: 1, maxLength: 12 }), (village, steps) => {
        let units: readonly Polygons[] = village
        let expected = total(village)
        for (const s of steps) {
          const next = after(units, s)
          if (next.units.length > units.length) splits++
          units = next.units
          expected += next.added
          expect(Math.abs(total(units) - expected)).toBeLessThan(0.01)
        }
        const told = toldOverlaps(units)
        for (const [pair, m2] of plainOverlaps(units)) {
          if (m2 > 2 * NOTHING_M2) overlaps++
          if (m2 > 2 * NOTHING_M2) expect(Math.abs((told.get(pair) ?? 0) - m2)).toBeLessThan(0.01)
          else expect(told.get(pair) ?? 0).toBeLessThan(3 * NOTHING_M2)
        }
        for (const unit of units) expect(isSound(repairShape(areaShape(unit)))).toBe(true)
      }),
      { numRuns: 20 },
    )
    expect(splits).toBeGreaterThan(10)
    expect(overlaps).toBeGreaterThan(5)
  }, 60_000)
})

test('two areas that are surely apart share nothing, on random stars and their pieces', () => {
  let apart = 0
  fc.assert(
    fc.property(star(), star(), (a, b) => {
      const pieces = [differenceOf(a, b), intersectionOf(a, b), b].filter((p) => p.length > 0)
      for (const p of pieces)
        for (const q of pieces)
          if (surelyApart(prepareArea(p), prepareArea(q))) {
            apart++
            expect(sharedAreaM2(p, q)).toBeLessThan(NOTHING_M2)
          }
    }),
    { numRuns: 200 },
  )
  expect(apart).toBeGreaterThan(100)
})

describe('what is told of neighbours', () => {
  test('a strip of two centimetres is a sliver, one of two metres an overlap, a common border nothing', () => {
    const a = rectangle(0, 0, 100, 100)
    expect(overlapOf(a, rectangle(100, 0, 50, 100))).toBeUndefined()
    expect(overlapOf(a, rectangle(99.98, 0, 50, 100))).toMatchObject({ isSliver: true })
    const patch = overlapOf(a, rectangle(98, 0, 50, 100))!
    expect(patch.isSliver).toBe(false)
    expect(patch.widthM).toBeGreaterThan(1.8)
    expect(patch.widthM).toBeLessThan(2)
    expect(SLIVER_WIDTH_M).toBe(0.05)
  })

  test('a gap between four parcels is found with its area, open space is none', () => {
    const ring = [rectangle(0, 0, 30, 10), rectangle(0, 20, 30, 10), rectangle(0, 10, 10, 10), rectangle(20, 10, 10, 10)] // prettier-ignore
    const [gap, ...others] = gapsOf(ring)
    expect(others).toEqual([])
    expect(gap!.areaM2).toBeCloseTo(area(rectangle(10, 10, 10, 10)), 3)
    expect(gapsOf(ring.slice(0, 3))).toEqual([])
    expect(gapsOf([...ring, rectangle(12, 12, 5, 5)])[0]!.areaM2).toBeCloseTo(gap!.areaM2 - area(rectangle(12, 12, 5, 5)), 3) // prettier-ignore
  })

  test('a parcel lies within its village, across its border, or outside, with the square metres of each', () => {
    const village = rectangle(0, 0, 100, 100)
    const parcel = rectangle(90, 10, 20, 20)
    expect(containment(rectangle(10, 10, 20, 20), village)).toMatchObject({ relation: 'within', outsideM2: 0 })
    expect(containment(rectangle(100, 10, 20, 20), village)).toMatchObject({ relation: 'outside' })
    const crossing = containment(parcel, village)
    expect(crossing.relation).toBe('crosses')
    expect(crossing.insideM2 + crossing.outsideM2).toBeCloseTo(area(parcel), 3)
    expect(crossing.outsideM2).toBeCloseTo(area(rectangle(100, 10, 10, 20)), 3)
  })

  test('a line that stops inside cuts nothing, a closed one cuts an island out', () => {
    const a = rectangle(0, 0, 100, 100)
    expect(() => splitArea(a, [ringAt([[-10, 50], [50, 50]]).slice(0, 2)])).toThrow(/分割线/) // prettier-ignore
    const parts = splitArea(a, [ringAt([[20, 20], [40, 20], [40, 40], [20, 40]])]) // prettier-ignore
    expect(parts.map((p) => p.map((rings) => rings.length))).toEqual([[2], [1]])
    expect(total(parts)).toBeCloseTo(area(a), 3)
    const spur = splitArea(a, [ringAt([[-10, 50], [110, 50], [50, 60]]).slice(0, 3)]) // prettier-ignore
    expect(spur).toHaveLength(2)
  })

  test('shapes apart are not merged unless several parts are allowed; what overlapped is told', () => {
    const [a, b] = [rectangle(0, 0, 10, 10), rectangle(20, 0, 10, 10)]
    expect(() => mergeAreas([a, b], false)).toThrow(/公共边界/)
    expect(mergeAreas([a, b], true).area).toHaveLength(2)
    expect(mergeAreas([a, rectangle(8, 0, 10, 10)], false).overlapM2).toBeCloseTo(area(rectangle(8, 0, 2, 10)), 3)
  })
})
