// Places drawn on the maps of an account: the same pixels give the same digits as the account, whatever the coordinate system
// of the polygon; what cannot be used is refused with its reason; no value without a price.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { ProblemError, sumDec, type Dec } from '../../../kernel/index.ts'
import { crsFromEpsg, toLonLat } from '../../../raster/index.ts'
import { classNames } from '../engine/compute.ts'
import { indexFigures, quantityKey } from '../figure-key.ts'
import type { InputList } from '../input-list.ts'
import { readList } from '../inputs/index.ts'
import { between, geoJson, mapAccount, putMapAccount, type Ring } from '../maps/map-account.fixture.ts'
import { renderHtml } from '../report/index.ts'
import { runAccount } from '../run.ts'
import { computePlaces, type PlaceRequest, type Places } from './place.ts'
import { placeDocument } from './place-report.ts'
import { placeCsv, placeJson } from './place-tables.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-place-'))
const folder = join(home, 'account')
const [WEST, NORTH, PIXEL] = [500_000, 3_300_000, 30]
const given = mapAccount({
  width: 40,
  height: 30,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(900, 2000, 3) },
    { argument: 'evapotranspiration', unit: 'mm', at: between(300, 800, 4) },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
})
let book: RuleBook

beforeAll(async () => {
  book = (await loadRuleBook('rules')).book
  putMapAccount(folder, given)
})
afterAll(() => rmSync(home, { recursive: true }))

/** Columns and rows of the map as coordinates. */
const onMap = (ring: Ring): Ring => ring.map(([c, r]) => [WEST + c * PIXEL, NORTH - r * PIXEL])
const box = (c0: number, r0: number, c1: number, r1: number): Ring => [
  [c0, r0],
  [c1, r0],
  [c1, r1],
  [c0, r1],
]
const inDegrees = (ring: Ring): Ring => {
  const place = toLonLat(crsFromEpsg(32650)!)
  return onMap(ring).map(([x, y]) => {
    const out: [number, number] = [0, 0]
    place(x, y, out)
    return out
  })
}

let drawn = 0
function draw(features: readonly { readonly code: string; readonly rings: readonly Ring[] }[], epsg = 32650): string {
  const file = join(home, `drawn-${++drawn}.geojson`)
  writeFileSync(file, geoJson(features, epsg))
  return file
}

const places = (polygons: string, more: Partial<PlaceRequest> = {}): Places =>
  computePlaces({ folder, list: given.list, book, engine: 'test', polygons, id: 'code', ...more })

function codesOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems.map((p) => p.code)
    throw e
  }
  return []
}

/** Pixels of a box that have a type. */
const typed = (c0: number, r0: number, c1: number, r1: number): number => {
  let n = 0
  for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) if (given.classAt(c, r) !== undefined) n++
  return n
}

describe('the physical services of a place', () => {
  test('drawn along a region of the account are the digits of that region', () => {
    const regions = JSON.parse(new TextDecoder().decode(given.files.get('boundaries.geojson'))) as {
      features: { properties: { code: string }; geometry: { coordinates: Ring[] } }[]
    }
    const { account } = runAccount({ folder, list: given.list, book, engine: 'test' })
    const found = indexFigures(account!)
    const file = draw(
      regions.features.map((f) => ({
        code: `块${f.properties.code}`,
        rings: f.geometry.coordinates.map((r) => r.slice(0, -1)),
      })),
    )
    const made = places(file)
    expect(made.places.map((p) => [p.id, p.region.code])).toEqual(
      regions.features.map(({ properties: { code } }) => [`块${code}`, code]),
    )
    for (const p of made.places) {
      const [water] = p.services
      const own = found.find(quantityKey(p.region.code, '*', 'R1', 'water'))!
      expect(water!.quantity.quantity.value.eq(own.quantity.value)).toBe(true)
      expect(p.lacking).toEqual([])
      expect(Math.abs(p.mappedM2 / p.drawnM2 - 1)).toBeLessThan(0.2)
    }
  })

  test('are of the pixels whose centres it holds, in any coordinate system of the same datum', () => {
    const rings = [box(5.2, 4.3, 13.1, 9.4)]
    const metres = places(draw([{ code: 'a', rings: rings.map(onMap) }]))
    const degrees = places(draw([{ code: 'a', rings: rings.map(inDegrees) }], 4326))
    const pixels = typed(5, 4, 13, 9)
    for (const { places: found } of [metres, degrees]) {
      expect(found[0]!.areas.reduce((n, a) => n + a.pixels, 0)).toBe(pixels)
      expect(found[0]!.mappedM2).toBe(pixels * PIXEL * PIXEL)
      expect(found[0]!.services[0]!.missing).toBe(0)
    }
    expect(placeCsv(degrees)).toBe(placeCsv(metres))
  })

  test('of the parts add up to those of the whole', () => {
    const box1 = (a: number, b: number): readonly Ring[] => [onMap(box(a, 5.3, b, 20.2))]
    const parts = places(draw([{ code: 'west', rings: box1(6.1, 14.2) }, { code: 'east', rings: box1(14.2, 25.4) }])) // prettier-ignore
    const whole = places(draw([{ code: 'all', rings: box1(6.1, 25.4) }]))
    const water = (made: Places): Dec => sumDec(made.places.map((p) => p.services[0]!.quantity.quantity.value))
    expect(water(parts).div(water(whole)).minus(1).abs().lt('1e-14')).toBe(true)
  })

  test('carry a code, a recipe of pixels, and the mean of the whole account', () => {
    const made = places(draw([{ code: 'a', rings: [onMap(box(5.2, 4.3, 20.1, 19.4))] }]))
    const json = JSON.parse(placeJson(made)) as {
      physicalOnly: boolean
      places: { services: { quantity: { code: string }; whole: { value: string } }[] }[]
      figures: { code: string; recipe: { kind: string } }[]
    }
    const { code } = json.places[0]!.services[0]!.quantity
    expect(json.figures.find((f) => f.code === code)!.recipe.kind).toBe('sum')
    expect(json.figures.filter((f) => f.recipe.kind === 'pixels').length).toBeGreaterThan(3)
    expect(json.physicalOnly).toBe(true)
    const { account } = runAccount({ folder, list: given.list, book, engine: 'test' })
    const all = indexFigures(account!).find(quantityKey('100', '*', 'R1', 'water'))!
    expect(made.places[0]!.services[0]!.whole!.quantity.value.eq(all.quantity.value)).toBe(true)
  })

  test('have no value without a price; with one it is called a reference', () => {
    const polygons = draw([{ code: 'a', rings: [onMap(box(5.2, 4.3, 20.1, 19.4))] }])
    const page = (made: Places): string => renderHtml(placeDocument(made, { lang: 'zh', className: classNames(book) }))
    const bare = page(places(polygons))
    expect(bare).toContain('它不是价值')
    expect(bare).toContain('内部资料')
    expect(bare).not.toContain('参考价值')
    const price = { price: 'price.reservoir-storage', book: 'price.reservoir-storage', key: 'ganzi-2010' }
    const priced = page(places(polygons, { list: { ...given.list, prices: [price] } as InputList }))
    expect(priced).toContain('参考价值（万元）')
    expect(priced).toContain('不与 GEP 相加')
  })
})

describe('a polygon that cannot be used is refused with its reason', () => {
  test.each([
    [
      'that crosses itself',
      [
        [5, 5],
        [15, 15],
        [15, 5],
        [5, 15],
      ],
      32650,
      'raster.polygon-crosses',
    ],
    ['outside the maps', box(1000, 1000, 1010, 1010), 32650, 'place.outside'],
  ] as const)('one %s', (_, ring, epsg, code) => {
    expect(codesOf(() => places(draw([{ code: 'a', rings: [onMap(ring)] }], epsg)))).toEqual([code])
  })

  test('one of many outside the maps is named', () => {
    const far = draw([
      { code: 'near', rings: [onMap(box(5, 5, 15, 15))] },
      { code: 'far', rings: [onMap(box(1000, 1000, 1010, 1010))] },
    ])
    expect(codesOf(() => places(far))).toEqual(['place.outside'])
  })

  test('one on another datum than the maps', () => {
    const beijing = draw([{ code: 'a', rings: [inDegrees(box(5, 5, 15, 15))] }], 4214)
    expect(codesOf(() => places(beijing))).toEqual(['raster.datum-differs'])
  })

  test('one without the attribute that names it, and two of one name', () => {
    const two = draw(['a', 'a'].map((code, i) => ({ code, rings: [onMap(box(5 + 9 * i, 5, 9 + 9 * i, 9))] })))
    expect(codesOf(() => places(two, { id: 'name' }))).toEqual(['vector.field-missing'])
    expect(codesOf(() => places(two))).toEqual(['place.same-id'])
  })

  test('and an account without maps has no place', () => {
    const list = { ...given.list, arguments: [] }
    expect(codesOf(() => places(draw([{ code: 'a', rings: [onMap(box(5, 5, 9, 9))] }]), { list }))).toEqual(['place.no-maps']) // prettier-ignore
  })
})

test('a place half off the maps says which part of it was counted', () => {
  const made = places(draw([{ code: 'a', rings: [onMap(box(-10, 5, 10, 15))] }]))
  expect(made.problems.map((p) => p.code)).toContain('place.partly')
  expect(made.places[0]!.areas.reduce((n, a) => n + a.pixels, 0)).toBe(typed(0, 5, 10, 15))
})

const REAL = '../shared/data/youwuzhen'
test.skipIf(!existsSync(REAL))('3 km² drawn on the real basin give its services, no pixel lacking', async () => {
  const real = join(home, 'youwuzhen')
  mkdirSync(real)
  for (const from of [REAL, 'examples/youwuzhen'])
    for (const f of readdirSync(from)) copyFileSync(join(from, f), join(real, f))
  const { boundaries: _, ...list } = (await readList(join(real, 'account.yaml'))).list!
  const ring = Array.from({ length: 24 }, (_v, i): readonly [number, number] => [
    116.461 + 0.0125 * Math.cos((2 * Math.PI * i) / 24),
    25.682 + 0.0068 * Math.sin((2 * Math.PI * i) / 24),
  ])
  const made = computePlaces({ folder: real, list, book, engine: 'test', polygons: draw([{ code: '茶园', rings: [ring] }], 4214), id: 'code' }) // prettier-ignore
  const [place] = made.places
  expect(place!.mappedM2 / 1e6).toBeCloseTo(2.936, 2)
  expect(place!.services.map((s) => `${s.service}.${s.item}`)).toEqual([
    'R1.water',
    'R2.retained',
    'R2.sediment',
    'R2.nitrogen',
    'R2.phosphorus',
    'R5.vegetation',
  ])
  expect(place!.services.map((s) => s.missing ?? 0)).toEqual([0, 0, 0, 0, 0, 0])
  expect(place!.views.map((v) => v.id)[0]).toBe('land-cover')
  expect(place!.views).toHaveLength(4)
})
