// Every bad map of the house, made by spoiling one thing of a good account over maps: each has a problem of its own that
// names file, band, pixel or tile and says what to do, in Chinese and English. Red stops the run and leaves nothing behind;
// yellow is said and the rest computed; none is passed over in silence.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Problem, Severity } from '../../src/kernel/index.ts'
import { dbf, shp } from '../../src/core/exchange-formats/shapefile.fixture.ts'
import {
  listText,
  parseListText,
  runAccount,
  type Binding,
  type InputList,
} from '../../src/domains/accounting/index.ts'
import {
  between,
  geoJson,
  mapAccount,
  noise,
  placeFields,
  type Layer,
  type MapAccountWish,
  type Ring,
} from '../../src/domains/accounting/maps/map-account.fixture.ts'
import { makeTiff, type Made } from '../../src/raster/geotiff/geotiff.fixture.ts'
import { crsFromEpsg, memoryBand, toLonLat, wgs84ToGcj02, writeGeoTiff } from '../../src/raster/index.ts'
import { run } from './command.ts'
import { rules, storyFolder } from './folders.ts'

const home = storyFolder('bad-maps')
let made = 0

const [RAIN, COVER, SOIL, BORDERS] = ['precipitation.tif', 'landcover.tif', 'soil.tif', 'boundaries.geojson'] as const
const [WIDTH, HEIGHT, WEST, NORTH, PIXEL] = [23, 17, 500_000, 3_300_000, 30] as const

const GOOD: MapAccountWish = {
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(800, 1800, 1), tile: 16, packing: 'deflate' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(300, 700, 2) },
  ],
  codeMaps: [{ file: SOIL, at: (c) => (c < 12 ? 201 : 202) }],
  tables: [
    {
      map: SOIL,
      file: '土壤.csv',
      columns: { 深度: { argument: 'restricting-depth', unit: 'mm' } },
      rows: [
        { code: 201, values: ['900'] },
        { code: 202, values: ['1200'] },
      ],
    },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
}

interface Spoiled {
  readonly files: Map<string, Uint8Array>
  readonly list: InputList
}
interface Case {
  readonly what: string
  /** Another account to begin with. */
  readonly wish?: MapAccountWish
  readonly spoil?: (given: Spoiled) => InputList | undefined
  readonly code: string
  readonly severity: Severity
  readonly at: Problem['at']
  /** Part of what is said, and of what the owner is told to do. */
  readonly says: string
  readonly hint: string
}

const rain = (at: Layer['at']): MapAccountWish => ({
  layers: GOOD.layers!.map((l, i) => (i === 0 ? { ...l, at } : l)),
})
/** A raster of one number where the rain, or another file, should be. */
const raster = (spot: Partial<Parameters<typeof placeFields>[0]>, more: Partial<Made> = {}): Uint8Array =>
  makeTiff({
    width: WIDTH,
    height: HEIGHT,
    type: 'float64',
    values: Array<number>(WIDTH * HEIGHT).fill(1000),
    fields: placeFields({ epsg: 32650, west: WEST, north: NORTH, pixel: PIXEL, ...spot }),
    ...more,
  })
const put = (file: string, bytes: Uint8Array) => (given: Spoiled) => void given.files.set(file, bytes)
const edit =
  (file: string, change: (bytes: Uint8Array) => Uint8Array) =>
  ({ files }: Spoiled) =>
    void files.set(file, change(files.get(file)!.slice()))
const bind =
  (argument: string, change: Partial<Binding>) =>
  ({ list }: Spoiled): InputList => ({
    ...list,
    arguments: list.arguments.map((b) => (b.argument === argument ? { ...b, ...change } : b)),
  })
const box = (x0: number, y0: number, x1: number, y1: number): Ring => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] // prettier-ignore
const placed = (ring: Ring): Ring => ring.map(([x, y]) => [WEST + x * PIXEL, NORTH - y * PIXEL])
const inDegrees = (ring: Ring): Ring => {
  const to = toLonLat(crsFromEpsg(32650)!)
  return placed(ring).map(([x, y]) => {
    const out: [number, number] = [0, 0]
    to(x, y, out)
    return out
  })
}
/** Boundaries of one region in a file of their own. */
const borders =
  (bytes: Uint8Array, boundaries: Partial<NonNullable<InputList['boundaries']>> = {}) =>
  ({ files, list }: Spoiled): InputList => {
    files.set(BORDERS, bytes)
    return { ...list, boundaries: { file: BORDERS, code: 'code', ...boundaries } }
  }
const REGION = box(1.1, 1.2, 15.3, 12.4)
const region = (...rings: readonly (readonly [string, Ring])[]): MapAccountWish => ({
  regions: rings.map(([code, ring]) => ({ code, rings: [ring] })),
})
const withoutEnd = (bytes: number): Uint8Array => {
  const grid = {
    width: WIDTH,
    height: HEIGHT,
    west: WEST,
    north: NORTH,
    dx: PIXEL,
    dy: PIXEL,
    crs: crsFromEpsg(32650)!,
  }
  const pieces: Uint8Array[] = []
  const band = memoryBand(
    grid,
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => 1000 + noise(3)(i, 0)),
  )
  writeGeoTiff({ grid, read: band, type: 'float64', compression: 'none', overviews: false }, (p) => pieces.push(p))
  const whole = Buffer.concat(pieces)
  return new Uint8Array(whole.subarray(0, whole.length - bytes))
}

const ROTATED: Made['fields'] = {
  34264: { double: [30, 5, 0, WEST, 5, -30, 0, NORTH, 0, 0, 0, 0, 0, 0, 0, 1] },
  34735: placeFields({ epsg: 32650, west: 0, north: 0, pixel: 1 })[34735]!,
}
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...Array<number>(100).fill(7)])

// prettier-ignore
const CASES: readonly Case[] = [
  // coordinate systems
  { what: 'a map of classes that does not state its coordinate system', spoil: put(COVER, raster({ epsg: 0 }, { values: Array<number>(WIDTH * HEIGHT).fill(1) })), code: 'raster.no-crs', severity: 'red', at: { file: COVER }, says: '没有说明坐标系', hint: '请向数据提供方问明坐标系' },
  { what: 'a factor that does not state its coordinate system', spoil: put(RAIN, raster({ epsg: 0 })), code: 'raster.no-crs', severity: 'red', at: { file: RAIN }, says: '没有说明坐标系', hint: '请向数据提供方问明坐标系' },
  { what: 'metres that are said to be degrees', spoil: put(RAIN, raster({ epsg: 4326 })), code: 'maps.not-degrees', severity: 'red', at: { file: RAIN }, says: '500000', hint: '定义投影' },
  { what: 'a zone that is the wrong one', spoil: put(RAIN, raster({ epsg: 32649 })), code: 'maps.elsewhere', severity: 'red', at: { file: RAIN, band: 1 }, says: '没有一个像元重叠', hint: '坐标系或带号' },
  { what: 'a map of classes in the wrong zone', spoil: edit(COVER, () => raster({ epsg: 32649 }, { values: Array<number>(WIDTH * HEIGHT).fill(1) })), code: 'maps.nothing-inside', severity: 'red', at: { file: COVER, band: 1 }, says: '没有一个有类型的像元', hint: '坐标系和范围' },
  { what: 'a raster on another datum', spoil: put(RAIN, raster({ epsg: 2422 })), code: 'raster.datum-differs', severity: 'red', at: { file: RAIN, band: 1 }, says: 'Beijing 1954', hint: '基准转换' },
  // grids
  { what: 'a shifted grid', spoil: put(RAIN, raster({ west: WEST + 10 })), code: 'raster.grid-shifted', severity: 'yellow', at: { file: RAIN, band: 1 }, says: '双线性', hint: '同一网格' },
  { what: 'a raster that does not reach the whole region', spoil: put(RAIN, raster({ west: WEST + 300 })), code: 'raster.extent-short', severity: 'yellow', at: { file: RAIN, band: 1 }, says: '43.48%', hint: '覆盖全区' },
  { what: 'pixels it does not reach', spoil: put(RAIN, raster({ west: WEST + 300 })), code: 'maps.missing-pixels', severity: 'yellow', at: { file: RAIN, band: 1, pixel: [0, 0] }, says: '没有当作 0', hint: '请补齐数据' },
  { what: 'a rotated grid', spoil: put(RAIN, raster({}, { fields: ROTATED })), code: 'raster.rotated', severity: 'red', at: { file: RAIN }, says: '不平行', hint: 'gdalwarp' },
  // values
  { what: 'a class code that nobody explained', wish: { cover: (c, r) => (c === 5 && r > 3 && r < 6 ? 77 : 1) }, code: 'maps.unmapped-code', severity: 'red', at: { file: COVER, band: 1, pixel: [5, 4] }, says: '77 没有对应的生态系统类型，共 2 个像元', hint: 'class.codes' },
  { what: 'a map of heights for a map of classes', wish: { cover: (c, r) => 100 + c + 31 * r }, code: 'maps.unmapped-codes', severity: 'red', at: { file: COVER, band: 1, pixel: [20, 0] }, says: '还有 370 个像元代码', hint: '核对文件与波段' },
  { what: 'a class code that is no whole number', spoil: put(COVER, raster({}, { values: Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i === 30 ? 1.5 : i === 31 ? 1.25 : 1)) })), code: 'maps.broken-code', severity: 'red', at: { file: COVER, band: 1, pixel: [7, 1] }, says: '2 个像元的值不是整数代码，第一个是 1.5', hint: '最邻近' },
  { what: 'a code without a row in its table', wish: { codeMaps: [{ file: SOIL, at: (c) => (c === 3 ? 209 : 201) }] }, code: 'maps.uncoded', severity: 'red', at: { file: SOIL, band: 1, pixel: [3, 0] }, says: '209 在表里没有值', hint: '补上这一代码' },
  { what: 'NaN', wish: rain((c, r) => (c === 6 && r === 4 ? NaN : 1000)), code: 'maps.nan', severity: 'yellow', at: { file: RAIN, band: 1, pixel: [6, 4] }, says: '1 个像元不是数', hint: '无数据值' },
  { what: 'negative rain', wish: rain((c, r) => (c === 6 && r > 3 ? -5 : 1000)), code: 'maps.out-of-range', severity: 'yellow', at: { file: RAIN, band: 1, pixel: [6, 4] }, says: '11 个像元的值在 50–5000 mm 之外，最小 -5', hint: '单位、无数据值' },
  // files
  { what: 'a file cut in half', spoil: edit(RAIN, (b) => b.slice(0, b.length / 2)), code: 'geotiff.cut-short', severity: 'red', at: { file: RAIN }, says: '不完整', hint: '重新拷贝' },
  { what: 'a file that ends early', spoil: put(RAIN, withoutEnd(100)), code: 'geotiff.block-cut-off', severity: 'red', at: { file: RAIN, band: 1, tile: [0, 0] }, says: '不完整', hint: '核对文件大小' },
  { what: 'a tile that cannot be unpacked', spoil: edit(RAIN, (b) => b.map((v, i) => (i >= 40 && i < 60 ? v ^ 0xff : v))), code: 'geotiff.block-damaged', severity: 'red', at: { file: RAIN, band: 1, tile: [0, 0] }, says: '无法解压', hint: '重新拷贝文件' },
  { what: 'a picture named .tif', spoil: put(RAIN, PNG), code: 'geotiff.not-a-tiff', severity: 'red', at: { file: RAIN }, says: '不是 TIFF', hint: 'GeoTIFF' },
  { what: 'an empty file', spoil: put(RAIN, new Uint8Array()), code: 'geotiff.not-a-tiff', severity: 'red', at: { file: RAIN }, says: '不是 TIFF', hint: 'GeoTIFF' },
  { what: 'a file that is not there', spoil: ({ files }) => void files.delete(RAIN), code: 'folder.file-missing', severity: 'red', at: { file: RAIN }, says: RAIN, hint: '请把文件放进文件夹' },
  // the list
  { what: 'a map of another year', spoil: bind('precipitation', { year: 2019 }), code: 'maps.other-year', severity: 'yellow', at: { file: RAIN, band: 1 }, says: '2019', hint: '本年的图' },
  { what: 'a band that does not exist', spoil: bind('precipitation', { column: 'band 5' }), code: 'maps.bad-band', severity: 'red', at: { file: RAIN }, says: '1 个波段', hint: 'band 1' },
  { what: 'a band of codes that does not exist', spoil: bind('restricting-depth', { code: { column: '代码', map: SOIL, band: 4 } }), code: 'geotiff.no-band', severity: 'red', at: { file: SOIL, band: 4 }, says: '没有第 4 波段', hint: '1 到 1' },
  { what: 'a unit of another dimension', spoil: bind('precipitation', { unit: 'm3' }), code: 'list.unit-mismatch', severity: 'red', at: { file: 'account.yaml' }, says: '能换算成 mm', hint: '改正清单里的 unit' },
  { what: 'maps without a map of classes', spoil: ({ list }) => ({ ...list, arguments: list.arguments.filter((b) => b.argument !== 'land-cover') }), code: 'maps.no-land-cover', severity: 'red', at: { file: RAIN }, says: '没有生态系统类型图', hint: 'land-cover' },
  { what: 'two maps of classes', spoil: ({ list }) => ({ ...list, arguments: [...list.arguments, list.arguments[0]!] }), code: 'maps.two-land-covers', severity: 'red', at: { file: COVER }, says: '2 张', hint: 'area.opening' },
  { what: 'one factor on two maps', spoil: ({ list }) => ({ ...list, arguments: [...list.arguments, { ...list.arguments[1]!, file: 'evapotranspiration.tif' }] }), code: 'maps.listed-twice', severity: 'red', at: { file: 'evapotranspiration.tif', band: 1 }, says: '年降水量登记了两次', hint: '只留一个' },
  // boundaries
  { what: 'a boundary that crosses itself', wish: region(['110', [[1.1, 1.2], [10.3, 9.4], [10.1, 1.3], [1.4, 9.1]]]), code: 'raster.polygon-crosses', severity: 'red', at: { file: BORDERS }, says: '与自身相交', hint: '修复几何' },
  { what: 'regions that overlap', wish: region(['110', box(1.1, 1.2, 9.3, 9.4)], ['120', box(6.1, 1.3, 15.3, 9.6)]), code: 'raster.zones-overlap', severity: 'yellow', at: { file: BORDERS, pixel: [6, 1] }, says: '重叠 24 个像元', hint: '核对边界图层' },
  { what: 'a region without a pixel centre', wish: region(['110', box(1.1, 1.2, 9.3, 9.4)], ['120', box(12.6, 3.6, 12.9, 3.9)]), code: 'maps.empty-region', severity: 'yellow', at: { file: BORDERS }, says: '第120区', hint: '更细的图' },
  { what: 'a shapefile without its .prj', spoil: ({ files, list }) => {
      files.set('b.shp', shp([{ kind: 'polygon', polygons: [[[...placed(REGION), placed(REGION)[0]!].reverse()]] }]).shp)
      files.set('b.dbf', dbf([{ name: 'code', type: 'C', length: 5 }], [['110']]))
      return { ...list, boundaries: { file: 'b.shp', code: 'code' } }
    }, code: 'maps.boundary-no-crs', severity: 'red', at: { file: 'b.shp' }, says: '没有说明坐标系', hint: 'boundaries.datum' },
  { what: 'boundaries on another datum', spoil: borders(geoJson([{ code: '110', rings: [inDegrees(REGION)] }], undefined), { datum: '西安 1980' }), code: 'raster.datum-differs', severity: 'red', at: { file: BORDERS }, says: 'Xian 1980', hint: '基准转换' },
  { what: 'boundaries of a datum nobody knows', spoil: borders(geoJson([{ code: '110', rings: [inDegrees(REGION)] }], undefined), { datum: '本县独立坐标系' }), code: 'maps.boundary-crs', severity: 'red', at: { file: BORDERS }, says: '本县独立坐标系', hint: 'EPSG:4490' },
  { what: 'boundaries that state one datum and are declared to be of another', spoil: borders(geoJson([{ code: '110', rings: [placed(REGION)] }], 32650), { datum: '西安 1980' }), code: 'maps.boundary-contradicts', severity: 'red', at: { file: BORDERS }, says: 'WGS 84', hint: '去掉清单里的 datum' },
  { what: 'boundaries in GCJ-02', spoil: borders(geoJson([{ code: '110', rings: [inDegrees(REGION).map(([x, y]) => wgs84ToGcj02(x, y))] }], undefined), { datum: 'GCJ-02' }), code: 'maps.gcj02', severity: 'yellow', at: { file: BORDERS }, says: '已换算', hint: 'CGCS2000' },
]

/** The account of a case in a folder of its own, read from its list as a person's is. */
function folderOf(c: Pick<Case, 'wish' | 'spoil'>): string {
  const given = mapAccount({ ...GOOD, ...c.wish })
  const files = new Map(given.files)
  const list = c.spoil?.({ files, list: given.list }) ?? given.list
  const folder = join(home, `folder-${(made += 1)}`)
  mkdirSync(folder)
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  writeFileSync(join(folder, 'account.yaml'), listText(list))
  return folder
}

function compute(folder: string, list: InputList): ReturnType<typeof runAccount> {
  return runAccount({ folder, list, book: rules.book, engine: 'test' })
}

function problemsOf(c: Pick<Case, 'wish' | 'spoil'>): ReturnType<typeof runAccount> {
  const given = mapAccount({ ...GOOD, ...c.wish })
  const list = c.spoil?.({ files: new Map(given.files), list: given.list }) ?? given.list
  const read = parseListText(listText(list), 'account.yaml')
  return read.list ? compute(folderOf(c), read.list) : { problems: read.problems }
}

/** Problems of the files, not of what a small account leaves out. */
const ofMaps = (ps: readonly Problem[]): readonly Problem[] =>
  ps.filter((p) => !/^account\.(missing|unpriced)$/.test(p.code))

test('the account that is spoiled here is a good one', () => {
  const { account, problems } = problemsOf({})
  expect(ofMaps(problems)).toEqual([])
  expect(account!.figures.filter((f) => f.recipe.kind === 'pixels')).toHaveLength(18)
})

describe('a bad map has its own problem, its place and what to do', () => {
  test.each(CASES)('$what: $code', (c) => {
    const { account, problems } = problemsOf(c)
    const found = problems.find((p) => p.code === c.code)
    expect(found, problems.map((p) => `${p.code} ${p.zh}`).join('\n')).toBeDefined()
    expect(found).toMatchObject({ severity: c.severity, at: c.at })
    expect(found!.zh).toContain(c.says)
    expect(found!.hint.zh).toContain(c.hint)
    for (const text of [found!.en, found!.hint.en]) expect(text).toMatch(/[a-z]{2,} [a-z]/)
    expect(account === undefined, 'red stops the run, yellow does not').toBe(c.severity === 'red')
    const said = ofMaps(problems).map((p) => JSON.stringify([p.code, p.at, p.zh]))
    expect(new Set(said).size, 'each is said once').toBe(said.length)
  })
})

test('boundaries in GCJ-02 are converted: the pixels are those of the true boundaries', () => {
  const counts = [
    borders(geoJson([{ code: '110', rings: [inDegrees(REGION)] }], undefined)),
    borders(geoJson([{ code: '110', rings: [inDegrees(REGION).map(([x, y]) => wgs84ToGcj02(x, y))] }], undefined), {
      datum: 'GCJ-02',
    }),
  ].map((spoil) =>
    problemsOf({ spoil })
      .account!.facts.filter((f) => f.argument === 'area')
      .map((f) => [f.id, f.typed]),
  )
  expect(counts[1]).toEqual(counts[0])
  expect(counts[0]!.length).toBeGreaterThan(3)
})

describe('the command', () => {
  test('prints what is wrong with a tile and leaves nothing behind', async () => {
    const folder = folderOf(CASES.find((c) => c.code === 'geotiff.block-damaged')!)
    const before = readdirSync(folder)
    const out = join(home, 'never')
    const ran = await run(['account', 'run', folder, '--out', out])
    expect(ran.code).toBe(1)
    expect(ran.err + ran.out).toContain('无法解压')
    expect(ran.err + ran.out).toContain(RAIN)
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(folder)).toEqual(before)
    expect(readdirSync(home).filter((f) => f.startsWith('.'))).toEqual([])
  })
})
