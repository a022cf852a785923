// Lakes and reservoirs as polygons: cut at the borders of counties without a square metre lost, booked by the law of the whole
// lake, alike whatever coordinates the file is in; what is drawn wrongly is told by name.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { convert } from '../../../kernel/index.ts'
import { crsFromEpsg, toLonLat } from '../../../raster/index.ts'
import { classificationOf, readFacts, runAccount, type Binding, type InputList } from '../index.ts'

const { book } = await loadRuleBook('rules')
const home = mkdtempSync(join(tmpdir(), 'waters-'))
afterAll(() => rmSync(home, { recursive: true }))

type Ring = readonly (readonly [x: number, y: number])[]
/** A square in kilometres from the corner of the county. */
const square = (x: number, y: number, w: number, h = w): Ring => [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]] // prettier-ignore
const metres = (ring: Ring): Ring => ring.map(([x, y]) => [500_000 + 1000 * x, 3_300_000 + 1000 * y])
const out: [number, number] = [0, 0]
const inverse = toLonLat(crsFromEpsg(32650)!)
const degrees = (ring: Ring): Ring => metres(ring).map(([x, y]) => (inverse(x, y, out), [out[0], out[1]]))

interface Drawn {
  readonly ring: Ring
  readonly properties: Readonly<Record<string, unknown>>
}
const geoJson = (features: readonly Drawn[], epsg: number): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } },
    features: features.map(({ ring, properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: [epsg === 32650 ? metres(ring) : degrees(ring)] },
    })),
  })

// Two counties side by side, the second with a bay that no lake of the test reaches.
const COUNTIES: readonly Drawn[] = [
  { ring: square(0, 0, 10), properties: { code: '110' } },
  { ring: [[10, 0], [20, 0], [20, 10], [15, 9.5], [10, 10], [10, 0]], properties: { code: '120' } }, // prettier-ignore
]
const lake = (名称: string, ring: Ring, more: object = {}): Drawn => ({ ring, properties: { 名称, ...more } })
const LAKES = [
  lake('东湖', square(1, 1, 2)),
  lake('界湖', square(8, 4, 5)),
  lake('西湖', square(15, 2, 1)),
  // One lake of two parts.
  lake('双湖', square(2, 6, 1)),
  lake('双湖', square(4, 6, 1)),
]

let made = 0
function folderWith(shapes: readonly Drawn[], epsg: number): string {
  const folder = join(home, String((made += 1)))
  const files = { 'counties.geojson': geoJson(COUNTIES, 32650), 'waters.geojson': geoJson(shapes, epsg), 'regions.csv': '代码,名称\n110,甲县\n120,乙县\n' } // prettier-ignore
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
const listOf = (b: Partial<Binding> = {}, more: Partial<InputList> = {}): InputList => ({
  qingshan: 'account/1',
  title: { zh: '试例', en: 'Test' },
  year: 2023,
  priceYear: 2023,
  set: '481-2022',
  status: 'trial',
  region: { code: '100', name: { zh: '试验市', en: 'Test city' } },
  regions: { file: 'regions.csv', code: '代码', name: '名称' },
  boundaries: { file: 'counties.geojson', code: 'code' },
  accepted: { by: '试例', on: '2026-11-22' },
  ...more,
  arguments: [{ argument: 'lake-area', file: 'waters.geojson', column: '图形面积', item: { column: '名称' }, unit: 'm2', ...b }], // prettier-ignore
})
function read(shapes: readonly Drawn[], { epsg = 32650, ...b }: Partial<Binding> & { readonly epsg?: number } = {}) {
  const { facts, problems } = readFacts(folderWith(shapes, epsg), listOf(b), { classification: classificationOf(book) })
  const areas = Object.fromEntries(
    facts.map((f) => [`${f.argument} ${f.region} ${f.item!}`, convert(f.quantity, f.argument.startsWith('lake') ? 'km2' : 'm3').value.toNumber()]), // prettier-ignore
  )
  return { facts, areas, problems, codes: problems.map((p) => p.code) }
}

describe('lakes', () => {
  test.each([32650, 4490])('in EPSG:%d are cut at the border, and the parts add up to the whole', (epsg) => {
    const { areas, problems, facts } = read(LAKES, { epsg })
    expect(problems).toEqual([])
    const scale = areas['lake-area.whole 110 界湖']! / 25
    expect(scale).toBeCloseTo(1, 2)
    const parts = [areas['lake-area 110 界湖']!, areas['lake-area 120 界湖']!]
    expect(parts[0]! / scale).toBeCloseTo(10, 3)
    expect(parts[1]! / scale).toBeCloseTo(15, 3)
    expect(parts[0]! + parts[1]!).toBeCloseTo(areas['lake-area.whole 120 界湖']!, 8)
    expect(areas['lake-area 110 双湖']! / scale).toBeCloseTo(2, 3)
    expect(Object.keys(areas).filter((k) => /东湖|西湖/.test(k))).toEqual([
      'lake-area.whole 110 东湖',
      'lake-area.whole 120 西湖',
      'lake-area 110 东湖',
      'lake-area 120 西湖',
    ])
    expect(facts.find((f) => f.argument === 'lake-area' && f.item === '界湖')).toMatchObject({ typed: expect.stringMatching(/m²，(39\.99|40|40\.01) % 在此$/) as string, origin: { file: 'waters.geojson', cell: '#2' } }) // prettier-ignore
  })

  test('on the coordinates of the borders, and on others, have the same areas to the square metre', () => {
    const [same, other] = [read(LAKES, { epsg: 32650 }).areas, read(LAKES, { epsg: 4490 }).areas]
    expect(Object.keys(other)).toEqual(Object.keys(same))
    for (const [key, km2] of Object.entries(same)) expect(other[key], key).toBeCloseTo(km2, 5)
  })

  test('over a bent border, a corner and along two counties have the parts a plain reckoning gives', () => {
    const plane = [
      ['湾湖', square(14, 8.5, 2), 4, { '120': 2.1 }],
      ['角湖', square(9, 9, 2), 4, { '110': 1, '120': 0.95 }],
      ['长湖', square(0.5, 0.5, 19, 0.2), 3.8, { '110': 1.9, '120': 1.9 }],
    ] as const
    const { areas, codes } = read(plane.map(([name, ring]) => lake(name, ring)))
    expect(codes).toEqual(['input.shapes-outside'])
    expect(Object.keys(areas)).toHaveLength(10)
    for (const [name, , whole, parts] of plane)
      for (const [region, km2] of Object.entries(parts)) {
        const scale = areas[`lake-area.whole ${region} ${name}`]! / whole
        expect(areas[`lake-area ${region} ${name}`]! / scale, `${name} ${region}`).toBeCloseTo(km2, 3)
      }
  })

  test('kept from an earlier run are the same facts, and other shapes are cut anew', () => {
    const all = new Map<string, unknown>()
    let made = 0
    const cache = {
      leastBytes: 0,
      find: (name: string) => all.get(name),
      keep: (name: string, result: unknown) => void (all.set(name, JSON.parse(JSON.stringify(result))), (made += 1)),
    }
    const run = (shapes: readonly Drawn[]) =>
      readFacts(folderWith(shapes, 32650), listOf(), { classification: classificationOf(book), cache })
    expect(run(LAKES).facts).toEqual(run(LAKES).facts)
    expect(made).toBe(1)
    expect(run(LAKES.slice(1)).facts.length).toBeLessThan(run(LAKES).facts.length)
    expect(made).toBe(2)
  })

  test('are priced by the law of the whole lake: the storage of a cut lake is shared by area', () => {
    const folder = folderWith(LAKES, 32650)
    const choices = { 'R5.lake-part.lakeRegion': 'eastern-plain', 'R5.lake-part.exchanges': 'single-event' }
    const { account } = runAccount({ folder, list: listOf({}, { choices }), book, engine: 'test' })
    const lines = account!.lines.filter((l) => l.service === 'R5' && l.item === 'lake.界湖')
    expect(lines.map((l) => [l.region, l.method])).toEqual([['110', 'R5.lake-part'], ['120', 'R5.lake-part']]) // prettier-ignore
    const held = lines.map((l) => convert(account!.figures.find((f) => f.key === l.quantity)!.quantity, '万m3').value.toNumber()) // prettier-ignore
    // e^4.924 · 25^1.128, as the rule of the whole lake gives it.
    const law = 137.552 * 25 ** 1.128
    expect(held[0]! + held[1]!).toBeGreaterThan(law * 0.995)
    expect(held[0]! + held[1]!).toBeLessThan(law * 1.005)
    expect(held[1]! / held[0]!).toBeCloseTo(1.5, 3)
  })
})

test('the capacity of a reservoir on a border is shared by area, and one inside stands as it is written', () => {
  const dams = [lake('界库', square(8, 4, 5), { 库容: 1000 }), lake('大库', square(1, 1, 1), { 库容: '2.5e3' })]
  const { areas, problems } = read(dams, { argument: 'reservoir-capacity', column: '库容', unit: '万m3' })
  expect(problems).toEqual([])
  expect(areas['reservoir-capacity 110 界库']! / 1e4).toBeCloseTo(400, 1)
  expect(areas['reservoir-capacity 110 界库']! + areas['reservoir-capacity 120 界库']!).toBeCloseTo(1e7, 3)
  expect(areas['reservoir-capacity 110 大库']).toBe(2.5e7)
})

describe('what is wrong with polygons is told', () => {
  test('a ring that crosses itself, two bodies over each other, one beyond the border', () => {
    const bow: Ring = [[1, 1], [3, 3], [3, 1], [1, 3], [1, 1]] // prettier-ignore
    expect(read([lake('结湖', bow)]).codes.join()).toMatch(/input\.shape-(tangled|mended)/)
    expect(read([lake('甲湖', square(1, 1, 2)), lake('乙湖', square(2, 2, 2))]).codes).toEqual(['input.shapes-overlap'])
    const beyond = read([lake('外湖', square(-1, 1, 2)), lake('远湖', square(40, 1, 2))])
    expect(beyond.codes).toEqual(['input.shapes-outside'])
    expect(beyond.areas['lake-area 110 外湖']! / beyond.areas['lake-area.whole 110 外湖']!).toBeCloseTo(0.5, 3)
    expect(Object.keys(beyond.areas)).toHaveLength(2)
  })

  test('a system nobody knows, another datum, a column that is not there, a number that is none', () => {
    expect(read(LAKES, { epsg: 99999 }).codes).toEqual(['input.shapes-no-crs'])
    expect(read(LAKES, { epsg: 4214 }).codes).toEqual(['input.shapes-datum'])
    expect(read(LAKES, { item: { column: '湖名' } }).codes).toEqual(['vector.field-missing'])
    const capacity = { argument: 'reservoir-capacity', column: '库容', unit: 'm3' }
    expect(read([lake('甲库', square(1, 1, 1), { 库容: '约三百' })], capacity).codes).toEqual(['input.shape-value'])
    expect(read(LAKES, { argument: 'crop-output', unit: 't' }).codes).toEqual(['input.shapes-not-for'])
    expect(read(LAKES, { region: { column: 'code' } }).codes).toEqual(['input.shapes-region'])
  })
})
