// The sample county: repeatable, read without a red problem, consistent from year to year, and every service recomputed by
// hand in plain numbers from the cells and the pixels. Pixels of 120 m keep it quick; the stories run the county as shipped.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFile } from '../../../core/exchange-formats/index.ts'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { convert, dec, sumDec } from '../../../kernel/index.ts'
import {
  bandOnGrid,
  d8,
  drainage,
  drainedPixels,
  fillDepressions,
  flowWidth,
  openRaster,
  slopePercent,
  stripOf,
  surfaceOf,
  VALID,
  type Grid,
} from '../../../raster/index.ts'
import { isOpen } from '../checks/explain.ts'
import { statusGate } from '../fitness.ts'
import { runChecks } from '../checks/run.ts'
import { changeBetween } from '../compare/index.ts'
import { extentKey, quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import { proposeList, readFacts, readList, writeList, type ReadFacts } from '../inputs/index.ts'
import type { Account, Figure } from '../model.ts'
import { runAccount, type RunResult } from '../run.ts'
import { GROUPS } from '../services.ts'
import { checkPolygon, polygonArea, type Position } from '../vep/polygon.ts'
import { countySample, type CountySample } from './county.ts'
import { compareLists } from './compare-lists.fixture.ts'
import { areaOf, COVER_TYPES, landOf, PATHS } from './county-cover.ts'
import { townshipOfPixels, type Pixel } from './county-grid.ts'
import { MAP_CODES } from './county-land-map.ts'
import { SOILS } from './county-soil.ts'
import { COUNTY_CODE, countyRings, TOWNSHIPS } from './county-place.ts'

const SEED = 2026
const YEAR = 2024
const pixel: Pixel = 120
const PATIENCE = 120_000
const folders: string[] = []
function lay(sample: CountySample): string {
  const folder = mkdtempSync(join(tmpdir(), 'county-'))
  folders.push(folder)
  for (const [name, bytes] of sample.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

let book: RuleBook
let sample: CountySample
let folder: string
let read: ReadFacts
let account: Account
const run = (s: CountySample): RunResult => runAccount({ folder: lay(s), list: s.list, book, engine: 'test' })
beforeAll(async () => {
  ;({ book } = await loadRuleBook('rules'))
  sample = await countySample({ seed: SEED, year: YEAR, pixel })
  folder = lay(sample)
  read = readFacts(folder, sample.list, { classification: book.classifications[0]! })
  account = run(sample).account!
}, PATIENCE)
afterAll(() => folders.forEach((f) => rmSync(f, { recursive: true })))

describe('one seed, one county', () => {
  test('equal seed and year give equal bytes and an equal list', async () => {
    const again = await countySample({ seed: SEED, year: YEAR, pixel })
    expect([...again.files.keys()]).toEqual([...sample.files.keys()])
    for (const [name, bytes] of again.files)
      expect(Buffer.from(bytes).equals(Buffer.from(sample.files.get(name)!)), name).toBe(true)
    expect(again.list).toEqual(sample.list)
  })
  test('another seed gives other figures in every file, but one shape of list', async () => {
    const other = await countySample({ seed: SEED + 1, year: YEAR, pixel })
    for (const [name, bytes] of other.files)
      expect(Buffer.from(bytes).equals(Buffer.from(sample.files.get(name)!)), name).toBe(false)
    expect(other.list).toEqual(sample.list)
  })
  test.each([[2010], [2061], [2024.5]])('year %s is refused', async (year) => {
    await expect(countySample({ seed: 1, year, pixel })).rejects.toThrow(RangeError)
  })
  test('six workbooks, boundaries and eight maps, all named as sample data in the list', () => {
    expect([...sample.files.keys()].map((n) => n.replace(/^.*\./, ''))).toEqual([
      ...Array.from({ length: 6 }, () => 'xlsx'),
      'geojson',
      ...Array.from({ length: 8 }, () => 'tif'),
    ])
    expect(sample.list.sample).toBe(true)
    expect(sample.list.title.zh).toContain('示范数据')
  })
})

describe('reading it', () => {
  test('the only problem is the declared fall-back, which has its reason', () => {
    expect(read.problems.map((p) => `${p.severity} ${p.code}`)).toEqual(['yellow input.fallback'])
  })
  test.each([
    [1, 2011],
    [5, 2035],
  ])('seed %i, year %i reads as cleanly', { timeout: PATIENCE }, async (seed, year) => {
    const s = await countySample({ seed, year, pixel })
    const r = run(s)
    const codes = new Set(r.problems.map((p) => `${p.severity} ${p.code}`))
    expect(codes).toEqual(new Set(['yellow input.fallback', 'yellow account.missing']))
    expect(r.account!.findings.filter(isOpen).map((f) => f.zh)).toEqual([])
  })
  test('every yellow finding is explained by a reason that counts, and no check fires', () => {
    expect(runChecks(account, { sets: book.sets })).toEqual([])
    const { findings } = account
    expect(findings.filter(isOpen)).toEqual([])
    expect(new Set(findings.map((f) => f.code))).toEqual(new Set(['input.fallback', 'account.missing']))
  })
  test('it may be signed off to the last: whatever is unconfirmed was taken by name', () => {
    const list = { ...sample.list, status: 'official' } as const
    expect(statusGate(account, list)).toEqual([])
    const but = list.accepts!.slice(1)
    expect(statusGate(account, { ...list, accepts: but }).map((p) => p.code)).toEqual(['status.unaccepted-parameter'])
  })
  test('what is missing says why: three services without data, and types outside the runoff table', () => {
    const missing = account.lines.filter((l) => l.state === 'missing')
    expect(missing.filter((l) => l.class === '-').map((l) => l.service)).toEqual(['M5', 'R10', 'C3'])
    const others = missing.filter((l) => l.class !== '-')
    expect(new Set(others.map((l) => l.service))).toEqual(new Set(['R1']))
    for (const l of others) expect(l.reason?.zh).toContain('gep.r1.runoff-coefficient')
    const not = account.lines.filter((l) => l.state === 'not-applicable')
    expect(not.map((l) => [l.service, l.reason?.zh.slice(0, 7)])).toEqual([
      ['R3', '风蚀条件不存在'],
      ['R4', '本地区不临海，'],
    ])
  })
})

test('the list is the same after a journey through account.yaml', async () => {
  const path = join(folder, 'account.yaml')
  await writeList(path, sample.list)
  const again = await readList(path)
  expect(again.problems).toEqual([])
  expect(again.list).toEqual(sample.list)
  rmSync(path)
})

describe('the account', () => {
  let figures: ReadonlyMap<string, Figure>
  beforeAll(() => void (figures = new Map(account.figures.map((f) => [f.key, f]))))
  const find = (key: string) => figures.get(key)!
  const yuan = (key: string) => convert(find(key).quantity, '元').value
  test('totals are sums of the lines to the fen, on both bases', () => {
    for (const basis of ['constant', 'current'] as const) {
      const counted = account.lines.filter((l) => l.state === 'computed' && !l.memo && l[basis])
      const lines = sumDec(counted.map((l) => yuan(l[basis]!)))
      expect(yuan(valueKey(basis, COUNTY_CODE)).eq(lines)).toBe(true)
      const groups = sumDec(Object.keys(GROUPS).map((g) => yuan(valueKey(basis, COUNTY_CODE, '*', g))))
      expect(groups.eq(lines)).toBe(true)
    }
  })
  test('water supply stands below the line', () => {
    const memo = account.lines.filter((l) => l.memo)
    expect(memo.map((l) => l.service)).toEqual(['M6', 'M6', 'M6'])
  })
  test('it is of a believable size: 0.15–0.6 亿元 per km², 1–3 times GDP', () => {
    const perArea = convert(find(ratioKey('current', COUNTY_CODE, 'per-area')).quantity, '亿元/km2').value.toNumber()
    expect(perArea).toBeGreaterThan(0.15)
    expect(perArea).toBeLessThan(0.6)
    const ratio = find(ratioKey('current', COUNTY_CODE, 'gep-to-gdp')).quantity.value.toNumber()
    expect(ratio).toBeGreaterThan(1)
    expect(ratio).toBeLessThan(3)
  })
  test('an override has its reason and approver, and unconfirmed parameters are named as such', () => {
    const bulk = account.parameters.find((p) => p.id === 'gep.r2.bulk-density')!
    expect(bulk.override?.approver).toContain('示范')
    expect(bulk.override?.was?.value).toBe('0.93')
    const unconfirmed = account.parameters.filter((p) => p.mark === 'unconfirmed').map((p) => p.id)
    expect(unconfirmed).toContain('gep.r5.storm-day')
    expect(unconfirmed).toContain('gep.r7.capacity')
    expect(account.parameters.some((p) => p.mark === 'confirmed')).toBe(true)
  })
  test('land opens as last year closed, and additions less reductions are the change', () => {
    for (const cls of ['forest', 'shrub', 'grass', 'wetland', 'farm', 'urban']) {
      const at = (what: string) => find(extentKey(COUNTY_CODE, cls, what))?.quantity.value ?? dec(0)
      expect(at('opening').plus(at('additions')).minus(at('reductions')).eq(at('closing')), cls).toBe(true)
    }
  })
})

describe('by hand, in plain numbers', () => {
  const [MOUNTAIN, SEAT, LAKE] = ['439901001', '439901007', '439901012'] as const
  const MIXED = 'forest.mixed'
  /** The cell behind an argument, in the unit given. */
  function num(argument: string, u: string, at: { r?: string; c?: string; i?: string; y?: number } = {}): number {
    const hit = read.facts.filter(
      (f) =>
        f.argument === argument &&
        f.region === (at.r ?? COUNTY_CODE) &&
        f.class === at.c &&
        f.item === at.i &&
        f.year === (at.y ?? YEAR),
    )
    expect(hit.length, `${argument} ${JSON.stringify(at)}`).toBe(1)
    return convert(hit[0]!.quantity, u).value.toNumber()
  }
  const opened = (file: string) => openRaster(findFile(folder, file))
  const coverGrid = (): Grid => opened(`地图/土地覆被_${YEAR}.tif`).grid
  /** Pixels of the map an argument is read from, on the grid of the land cover; for a table by soil code the codes. */
  function bandOf(argument: string): Float64Array {
    const b = sample.list.arguments.find((x) => x.argument === argument)!
    const grid = coverGrid()
    const band = bandOnGrid(opened(b.code?.map ?? b.file).band(1), grid, b.code ? 'nearest' : 'bilinear')
    const strip = stripOf(grid.width * grid.height)
    band.read({ col: 0, row: 0, width: grid.width, height: grid.height }, strip)
    return strip.values.map((v, i) => (strip.states[i] === VALID ? v : NaN))
  }
  const surface = () => surfaceOf(opened('地图/高程.tif').band(1))
  /** Sums over the pixels of one township and type. */
  function pixels() {
    const township = townshipOfPixels(SEED, coverGrid())
    const types = bandOf('land-cover')
    return {
      sumOver: (region: string, type: keyof typeof MAP_CODES, of: (i: number) => number): number => {
        const zone = TOWNSHIPS.findIndex((t) => t.code === region)
        let s = 0
        township.forEach((z, i) => {
          if (z === zone && types[i] === MAP_CODES[type]) s += of(i)
        })
        return s
      },
    }
  }
  const all = (argument: string): number[] =>
    read.facts.filter((f) => f.argument === argument).map((f) => f.quantity.value.toNumber())
  const figure = (key: string, u: string): number => {
    const f = account.figures.find((x) => x.key === key)
    expect(f, key).toBeDefined()
    return convert(f!.quantity, u).value.toNumber()
  }
  const near = (got: number, want: number): void => expect(Math.abs(got / want - 1)).toBeLessThan(1e-7)
  const index = (from: number, to: number): number =>
    Array.from({ length: to - from }, (_, k) => num('cpi', '1', { y: from + 1 + k }) / 100).reduce((a, b) => a * b, 1)
  const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
  const storage = 7.06
  const reservoirPrice = (): number => storage * index(2010, 2020)

  test('M1: citrus of a township is output × price less what was bought', () => {
    const at = { r: SEAT, i: '柑橘' }
    const want = num('crop-output', 't', at) * num('product-price', '元/t', { i: '柑橘' }) - num('input-cost', '元', at)
    near(figure(valueKey('current', SEAT, 'farm', 'M1', '柑橘'), '元'), want)
  })
  test('M2: camellia seed and fir, gross', () => {
    near(
      figure(valueKey('current', COUNTY_CODE, 'forest', 'M2', '油茶籽'), '元'),
      num('wood-output', 't', { i: '油茶籽' }) * num('product-price', '元/t', { i: '油茶籽' }),
    )
    near(
      figure(valueKey('constant', COUNTY_CODE, 'forest', 'M2', '杉木'), '元'),
      num('timber-output', 'm3', { i: '杉木' }) * num('timber-price', '元/m3', { i: '杉木', y: 2020 }),
    )
  })
  test("M3 and M4: beef by nature's share, fish by net output", () => {
    near(
      figure(valueKey('current', COUNTY_CODE, 'grass', 'M3', '牛肉'), '元'),
      num('livestock-output', 't', { i: '牛肉' }) *
        num('product-price', '元/t', { i: '牛肉' }) *
        (num('nature-share', '%', { i: '牛肉' }) / 100),
    )
    near(figure(valueKey('current', COUNTY_CODE, 'wetland', 'M4', 'net-output'), '元'), num('fish-net-output', '元'))
  })
  test('R1: rain less runoff less evapotranspiration of every pixel, at the storage price of 2010 moved by the index', () => {
    const { sumOver } = pixels()
    const [rain, loss] = [bandOf('precipitation'), bandOf('evapotranspiration')]
    const volume = sumOver(MOUNTAIN, MIXED, (i) => ((rain[i]! * (1 - 0.0352) - loss[i]! / 10) / 1000) * pixel * pixel)
    near(figure(quantityKey(MOUNTAIN, MIXED, 'R1', 'water'), 'm3'), volume)
    near(figure(valueKey('constant', MOUNTAIN, MIXED, 'R1', 'water'), '元'), volume * reservoirPrice())
  })
  test('R1: the county keeps 300 to 750 mm, as its latitude would have it', () => {
    const kept = account.lines.filter((l) => l.service === 'R1' && l.state === 'computed')
    const volume = sum(kept.map((l) => figure(l.quantity!, 'm3')))
    const area = sum(kept.map((l) => num('area', 'm2', { r: l.region, c: l.class })))
    expect((volume / area) * 1000).toBeGreaterThan(300)
    expect((volume / area) * 1000).toBeLessThan(750)
  })
  test('R2: RUSLE from Fournier, EPIC by soil code, the catchment of each pixel, Cai and the county practice', () => {
    const rain = all('monthly-rain')
    expect(rain).toHaveLength(12)
    const R = 0.1833 * (sum(rain.map((p) => p * p)) / sum(rain)) ** 1.9957
    const erodibility = (code: number): number => {
      const soil = (a: string): number => num(a, '%', { i: `code.${code}` })
      const [san, sil, cla] = [soil('soil-sand'), soil('soil-silt'), soil('soil-clay')] as const
      const oc = soil('soil-organic-matter') / 1.724
      const sn = 1 - san / 100
      return (
        0.1317 *
        (0.2 + 0.3 * Math.exp(-0.0256 * san * (1 - sil / 100))) *
        (sil / (cla + sil)) ** 0.3 *
        (1 - (0.25 * oc) / (oc + Math.exp(3.72 - 2.95 * oc))) *
        (1 - (0.7 * sn) / (sn + Math.exp(-5.51 + 22.9 * sn)))
      )
    }
    const K = new Map<number, number>(Object.values(SOILS).map(({ code }) => [code, erodibility(code)]))
    const P = num('practice-factor', '1', { c: MIXED })
    const { sumOver } = pixels()
    const [soil, cover] = [bandOf('soil-sand'), bandOf('vegetation-cover')]
    const slope = slopePercent(surface()).values
    const flow = drainage(d8(fillDepressions(surface())))
    const [cells, width] = [drainedPixels(flow), flowWidth(flow)]
    const LS = (i: number): number => {
      const sine = slope[i]! / Math.sqrt(1e4 + slope[i]! ** 2)
      const beta = sine / 0.0896 / (3 * sine ** 0.8 + 0.56)
      const m = beta / (1 + beta)
      const inflow = Math.min((cells[i]! - 1) * pixel ** 2, 122 * pixel)
      const L =
        ((inflow + pixel ** 2) ** (m + 1) - inflow ** (m + 1)) / (pixel ** (m + 2) * width[i]! ** m * 22.13 ** m)
      return L * (slope[i]! < 9 ? 10.8 * sine + 0.03 : 16.8 * sine - 0.5)
    }
    const C = (percent: number): number => (percent >= 78.3 ? 0 : 0.6508 - 0.3436 * Math.log10(percent))
    const hectares = (pixel * pixel) / 1e4
    const tonnes = sumOver(MOUNTAIN, MIXED, (i) => R * K.get(soil[i]!)! * LS(i) * (1 - C(cover[i]!) * P) * hectares)
    expect(R).toBeGreaterThan(3000)
    expect(R).toBeLessThan(9000)
    for (const k of K.values()) expect(k > 0.002 && k < 0.06).toBe(true)
    expect(tonnes / sumOver(MOUNTAIN, MIXED, () => hectares)).toBeLessThan(1500)
    near(figure(quantityKey(MOUNTAIN, MIXED, 'R2', 'retained'), 't'), tonnes)
    near(figure(quantityKey(MOUNTAIN, MIXED, 'R2', 'sediment'), 'm3'), (0.24 * tonnes) / 1.27)
    near(
      figure(valueKey('constant', MOUNTAIN, MIXED, 'R2', 'nitrogen'), '元'),
      tonnes * 0.0037 * 875 * index(2010, 2020),
    )
  })
  test('R5: storms on the curve number of each soil, a lake, measured and estimated reservoirs, a marsh', () => {
    const held = (soil: number): number => {
      const [conductivity, by] = [num('soil-conductivity', 'mm/h', { i: `code.${soil}` }), { c: MIXED }]
      const group = conductivity >= 7.62 ? 'a' : conductivity >= 3.81 ? 'b' : conductivity >= 1.27 ? 'c' : 'd'
      const s = 254 * (100 / num(`curve-number.${group}`, '1', by) - 1)
      return sum(all('storm-day-rain').map((p) => p - (p > 0.2 * s ? (p - 0.2 * s) ** 2 / (p + 0.8 * s) : 0)))
    }
    const depth = new Map<number, number>(Object.values(SOILS).map(({ code }) => [code, held(code)]))
    const { sumOver } = pixels()
    const soil = bandOf('soil-sand')
    near(
      figure(quantityKey(MOUNTAIN, MIXED, 'R5', 'vegetation'), 'm3'),
      sumOver(MOUNTAIN, MIXED, (i) => (depth.get(soil[i]!)! / 1000) * pixel * pixel),
    )
    near(
      figure(quantityKey(LAKE, 'wetland', 'R5', 'lake.白鹭湖'), 'm3'),
      1e4 * Math.exp(4.924) * num('lake-area', 'km2', { r: LAKE, i: '白鹭湖' }) ** 1.128,
    )
    near(figure(quantityKey(SEAT, 'wetland', 'R5', 'reservoir.云溪水库'), 'm3'), 2860e4)
    near(figure(quantityKey('439901006', 'wetland', 'R5', 'reservoir.龙井水库'), 'm3'), 0.35 * 538e4)
    near(
      figure(quantityKey(LAKE, 'wetland', 'R5', 'marsh.白鹭湖滩'), 'm3'),
      0.3 * num('marsh-area', 'm2', { r: LAKE, i: '白鹭湖滩' }),
    )
  })
  test('R6 and R7: the emission where it is less, the capacity where that is', () => {
    const of = (types: RegExp): number =>
      sum(
        read.facts
          .filter((f) => f.argument === 'area' && types.test(f.class!))
          .map((f) => convert(f.quantity, 'hm2').value.toNumber()),
      )
    const so2 = num('air-emission', 't', { i: 'SO2' })
    const so2Capacity =
      (of(/needleleaf/) * 215.6 + of(/forest\.broadleaf/) * 88.65 + of(/mixed/) * 152.13 + of(/shrub/) * 92.1) / 1000
    expect(so2).toBeLessThan(so2Capacity)
    near(figure(quantityKey(COUNTY_CODE, '*', 'R6', 'SO2'), 't'), so2)
    const nox = (of(/^forest/) * 6) / 1000
    expect(nox).toBeLessThan(num('air-emission', 't', { i: 'NOx' }))
    near(figure(quantityKey(COUNTY_CODE, '*', 'R6', 'NOx'), 't'), nox)
    const nitrogen = (of(/^wetland/) / 100) * 8.56
    expect(nitrogen).toBeLessThan(num('water-emission', 't', { i: 'TN' }))
    near(figure(quantityKey(COUNTY_CODE, 'wetland', 'R7', 'TN'), 't'), nitrogen)
    near(
      figure(valueKey('current', COUNTY_CODE, 'wetland', 'R7', 'TP'), '元'),
      num('water-emission', 't', { i: 'TP' }) * 12000,
    )
  })
  test('R8: NPP less last year’s respiration, × 44/12', () => {
    const [growth, lost] = [bandOf('npp'), num('soil-respiration', 'gC/(m2·a)', { c: MIXED })]
    const { sumOver } = pixels()
    const tonnes = (sumOver(MOUNTAIN, MIXED, (i) => (growth[i]! - lost) * pixel * pixel) * 1e-6 * 44) / 12
    near(figure(quantityKey(MOUNTAIN, MIXED, 'R8', 'co2'), 'tCO2'), tonnes)
    near(figure(valueKey('current', MOUNTAIN, MIXED, 'R8', 'co2'), '元'), tonnes * num('price.carbon', '元/tCO2', {}))
  })
  test('R9: transpiration over the hot days, and evaporating water with the humidifier on dry days only', () => {
    const days = num('cooling-days', 'd', { r: MOUNTAIN })
    near(
      figure(quantityKey(MOUNTAIN, MIXED, 'R9', 'vegetation'), 'kWh'),
      (num('area', 'm2', { r: MOUNTAIN, c: MIXED }) * 2837.27 * days) / (3600 * 3),
    )
    const kWh = (num('water-evaporated', 'm3') * ((1000 * 2450) / 3600)) / 3 + num('dry-day-evaporation', 'm3') * 120
    near(figure(quantityKey(COUNTY_CODE, 'wetland', 'R9', 'water'), 'kWh'), kWh)
    near(figure(valueKey('constant', COUNTY_CODE, 'wetland', 'R9', 'water'), '元'), kWh * 0.588)
  })
  test('C1 and C2: visits at what they cost, hours at what they are worth', () => {
    const at = { r: LAKE, i: '白鹭湖湿地公园' }
    const perVisit = sum(['travel-expense', 'travel-time-cost', 'consumer-surplus'].map((a) => num(a, '元/人次', at)))
    near(figure(valueKey('current', LAKE, '*', 'C1', '白鹭湖湿地公园'), '元'), num('visits', '人次', at) * perVisit)
    const park = { r: SEAT, i: '云溪滨江公园' }
    near(
      figure(valueKey('current', SEAT, '*', 'C2', '云溪滨江公园'), '元'),
      num('visitor-hours', '人·h', park) *
        num('time-value', '元/(人·h)', park) *
        (num('nature-share', '%', park) / 100),
    )
  })
  test('M6: farm water, below the line', () => {
    near(
      figure(valueKey('current', COUNTY_CODE, 'wetland', 'M6', 'farm'), '元'),
      num('water-use', 'm3', { i: 'farm' }) * 0.08,
    )
  })
})

describe('year after year', () => {
  test('a year opens with what the year before closed with, in every township and type', async () => {
    const next = await countySample({ seed: SEED, year: YEAR + 1, pixel })
    const then = readFacts(lay(next), next.list, { classification: book.classifications[0]! })
    const areas = (r: ReadFacts, argument: string) =>
      r.facts
        .filter((f) => f.argument === argument)
        .map((f) => `${f.region} ${f.class} ${convert(f.quantity, 'hm2').value.toFixed(2)}`)
    const closed = areas(read, 'area')
    expect(closed.length).toBeGreaterThan(120)
    expect(areas(then, 'area.opening')).toEqual(closed)
    expect(areas(then, 'area')).not.toEqual(closed)
    expect(next.list.priceYear).toBe(sample.list.priceYear)
    const series = (r: ReadFacts) => r.facts.filter((f) => f.argument === 'cpi').map((f) => `${f.year} ${f.typed}`)
    expect(series(then).slice(0, -1)).toEqual(series(read))
  })
  test('its prices of the base year are the same in every year, so growth at constant prices can be told', async () => {
    const before = run(await countySample({ seed: SEED, year: YEAR - 1, pixel })).account!
    const constant = changeBetween(before, account).bases.find((b) => b.basis === 'constant')!
    expect(constant.refused).toEqual([])
    expect([constant.effects.price, constant.effects.cross]).toEqual([0n, 0n])
    expect(constant.growth!.abs().lt('0.2')).toBe(true)
  })
  test('fifty years on no type has vanished and no land is lost', () => {
    const [first, last] = [landOf(SEED, 2011), landOf(SEED, 2060)]
    expect(areaOf(last, COVER_TYPES)).toBe(areaOf(first, COVER_TYPES))
    for (const y of last.values()) for (const c of COVER_TYPES) expect(y.closing[c]).toBeGreaterThanOrEqual(0)
  })
})

describe('land cover on the map', () => {
  const codes = (s: CountySample, name: string): Float64Array => {
    const raster = openRaster(findFile(lay(s), name))
    const { width, height } = raster.grid
    const strip = stripOf(width * height)
    raster.band(1).read({ col: 0, row: 0, width, height }, strip)
    raster.close()
    return strip.values
  }
  test('every township has on it what the land tables say of each type, within two per cent or a pixel', () => {
    const grid = openRaster(findFile(folder, `地图/土地覆被_${YEAR}.tif`)).grid
    const township = townshipOfPixels(SEED, grid)
    const types = codes(sample, `地图/土地覆被_${YEAR}.tif`)
    const land = landOf(SEED, YEAR)
    TOWNSHIPS.forEach((t, zone) => {
      const counted = new Map<number, number>()
      township.forEach((z, i) => {
        if (z === zone) counted.set(types[i]!, (counted.get(types[i]!) ?? 0) + 1)
      })
      for (const c of COVER_TYPES) {
        const table = land.get(t.code)!.closing[c] / 100
        const map = ((counted.get(MAP_CODES[c]) ?? 0) * pixel * pixel) / 1e4
        expect(Math.abs(map - table), `${t.name} ${c} ${table} ${map}`).toBeLessThanOrEqual(
          Math.max(table * 0.02, (1.5 * pixel * pixel) / 1e4),
        )
      }
    })
  })
  test('last year’s map is the one last year’s folder has, and only a few pixels turn', async () => {
    const before = await countySample({ seed: SEED, year: YEAR - 1, pixel })
    const was = codes(before, `地图/土地覆被_${YEAR - 1}.tif`)
    expect(codes(sample, `地图/土地覆被_${YEAR - 1}.tif`)).toEqual(was)
    const now = codes(sample, `地图/土地覆被_${YEAR}.tif`)
    const turned = new Set<string>()
    let pixelsTurned = 0
    was.forEach((code, i) => {
      if (code === now[i]) return
      pixelsTurned++
      turned.add(`${code} ${now[i]}`)
    })
    const paths = PATHS.map((p) => `${MAP_CODES[p.from]} ${MAP_CODES[p.to]}`)
    expect(pixelsTurned).toBeGreaterThan(20)
    expect(pixelsTurned / was.length).toBeLessThan(0.002)
    for (const t of turned) expect(paths).toContain(t)
  })
  test('as shipped its maps hold pixels of 60 m and take less than two megabytes', async () => {
    const shipped = await countySample({ seed: SEED, year: YEAR })
    const maps = [...shipped.files].filter(([name]) => name.endsWith('.tif'))
    expect(maps).toHaveLength(8)
    expect(maps.reduce((n, [, bytes]) => n + bytes.length, 0)).toBeLessThan(2_000_000)
    expect(openRaster(findFile(lay(shipped), `地图/土地覆被_${YEAR}.tif`)).grid.dx).toBe(60)
  })
})

describe('boundaries', () => {
  test('each township is as large on the ellipsoid as its types together', () => {
    for (const t of TOWNSHIPS) {
      const feature = read.boundaries.find((b) => b.region === t.code)!
      const drawn = convert(polygonArea(feature.polygons[0]!), 'km2').value
      const listed = account.figures.find((f) => f.key === extentKey(t.code, '*', 'closing'))!.quantity.value
      expect(drawn.div(listed).minus(1).abs().lt('0.001'), `${t.name} ${drawn} ${listed}`).toBe(true)
    }
  })
  test.each([7, SEED])(
    'seed %i: sound polygons that share every inner border and leave no gap',
    { timeout: PATIENCE },
    (seed) => {
      const rings = countyRings(seed)
      const edges = new Set<string>()
      const open = new Map<string, Position>()
      for (const [code, ring] of rings) {
        expect(checkPolygon(code, [ring]), code).toEqual([])
        for (const [i, from] of ring.slice(0, -1).entries()) {
          const edge = `${from.join(' ')} > ${ring[i + 1]!.join(' ')}`
          expect(edges.has(edge), `${code} ${edge} drawn twice`).toBe(false)
          edges.add(edge)
        }
      }
      // Inner borders are run through both ways; what is left runs once around the county.
      for (const ring of rings.values())
        for (const [i, from] of ring.slice(0, -1).entries()) {
          const to = ring[i + 1]!
          if (!edges.has(`${to.join(' ')} > ${from.join(' ')}`)) open.set(from.join(' '), to)
        }
      const start = [...open.keys()][0]!
      const outer: Position[] = [start.split(' ').map(Number) as unknown as Position]
      do outer.push(open.get(outer.at(-1)!.join(' '))!)
      while (outer.at(-1)!.join(' ') !== start && outer.length <= open.size + 1)
      expect(outer.length).toBe(open.size + 1)
      expect(checkPolygon('county', [outer])).toEqual([])
      const parts = sumDec([...rings.values()].map((r) => polygonArea([r]).value))
      expect(polygonArea([outer]).value.minus(parts).abs().lt(1)).toBe(true)
    },
  )
})

test('proposing a list for the folder places nine in ten right and none wrong without a question', () => {
  const { list } = proposeList(folder, { classification: book.classifications[0]! })
  const { right, of, silentlyWrong } = compareLists(list, sample.list, folder)
  expect(right / of).toBeGreaterThanOrEqual(0.9)
  expect(silentlyWrong).toEqual([])
  expect(list.regions).toEqual(sample.list.regions)
  expect(list.boundaries?.code).toBe(sample.list.boundaries!.code)
})
