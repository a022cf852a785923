// No limit at 2^31 pixels or at files of 4 GB: maps of 3.6 thousand million pixels, whose few written tiles lie behind 5 GB of
// nothing, give the sums that are added up here by hand, and those of the same pixels cut out as small maps.

import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { openRaster, zonal, type Window } from '../../../raster/index.ts'
import { findFile } from '../../../core/exchange-formats/index.ts'
import { listText } from '../inputs/index.ts'
import type { Account } from '../model.ts'
import { runAccount } from '../run.ts'
import { HUGE_PIXEL, HUGE_TILE, putHugeRaster } from './huge-maps.fixture.ts'
import { CODES, geoJson, mapAccount } from './map-account.fixture.ts'

const EDGE = 60_000
const [WEST, NORTH] = [400_000, 4_400_000]
/** Tiles in the last corner; (234, 233) and the tiles of most of the middle are not written. */
const LAST = Math.floor(EDGE / HUGE_TILE)
const CORNER = [
  [LAST - 1, LAST - 1],
  [LAST - 1, LAST],
  [LAST, LAST],
] as const
/** Around pixel 2^31 of the map, which lies in row 35 791. */
const MIDDLE = [[LAST - 1, Math.floor(35_791 / HUGE_TILE)]] as const
const CUT = (LAST - 1) * HUGE_TILE

const cover = (c: number, r: number): number => 1 + (((c >> 3) + (r >> 2)) % 3)
const rain = (c: number, r: number): number => 1000 + ((c * 7 + r * 3) % 500)
const loss = (c: number, r: number): number => 400 + ((c + r) % 200)

/** Pixels from column and row to before column and row. */
const REGIONS = {
  '101': [59_700, 35_780, 59_900, 35_800],
  '102': [59_700, 59_710, EDGE, EDGE],
  '103': [3, 5, 20, 30],
} as const

const home = storyFolder('huge-maps')
const [huge, small] = [join(home, 'huge'), join(home, 'small')]

interface Cut {
  readonly first: number
  readonly edge: number
  readonly hole: number
  readonly regions: readonly (keyof typeof REGIONS)[]
}

function putMaps(folder: string, { first, edge, hole, regions }: Cut): void {
  mkdirSync(folder, { recursive: true })
  const tiles = [...CORNER, ...(first === 0 ? MIDDLE : [])].map(
    ([c, r]) => [c - first / HUGE_TILE, r - first / HUGE_TILE] as const,
  )
  const place = { west: WEST + first * HUGE_PIXEL, north: NORTH - first * HUGE_PIXEL, width: edge, height: edge }
  const put = (name: string, bytes: 1 | 2, at: typeof cover): void =>
    putHugeRaster(join(folder, name), { ...place, bytes, tiles, hole, at: (c, r) => at(c + first, r + first) })
  put('land-cover.tif', 1, cover)
  put('precipitation.tif', 2, rain)
  put('evapotranspiration.tif', 2, loss)
  const shapes = regions.map((code) => {
    const [x0, y0, x1, y1] = REGIONS[code]
    const ring = [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]].map(([x, y]) => [WEST + x! * HUGE_PIXEL, NORTH - y! * HUGE_PIXEL] as const) // prettier-ignore
    return { code, rings: [ring] }
  })
  writeFileSync(join(folder, 'regions.csv'), `代码,名称\n${regions.map((r) => `${r},第${r}县`).join('\n')}\n`)
  writeFileSync(join(folder, 'boundaries.geojson'), geoJson(shapes, 32650))
  writeFileSync(join(folder, 'account.yaml'), listText(list))
}

const map = (argument: string, unit: string) => ({ argument, file: `${argument}.tif`, column: 'band 1', unit })
const list = {
  ...mapAccount({ list: { methods: { R1: ['R1.water-balance.map'] } } }).list,
  arguments: [
    { ...map('land-cover', '1'), class: { column: 'band 1', codes: CODES } },
    map('precipitation', 'mm'),
    map('evapotranspiration', 'mm'),
  ],
}

beforeAll(() => {
  putMaps(huge, { first: 0, edge: EDGE, hole: 5_000_000_000, regions: ['101', '102', '103'] })
  putMaps(small, { first: CUT, edge: EDGE - CUT, hole: 200_000, regions: ['102'] })
})
afterAll(() => rmSync(huge, { recursive: true }))

/** Digests are those of another hour: five thousand million zeros say nothing about pixels. */
const digests = { now: () => 0, find: () => '0'.repeat(64), keep: () => undefined }
const run = (folder: string): Account => {
  const ran = runAccount({ folder, list, book: rules.book, engine: 'test', digests })
  expect(ran.problems.filter((p) => p.severity === 'red')).toEqual([])
  return ran.account!
}

const isWritten = (c: number, r: number): boolean =>
  [...CORNER, ...MIDDLE].some(([tc, tr]) => tc === Math.floor(c / HUGE_TILE) && tr === Math.floor(r / HUGE_TILE))
/** The written pixels of a region, one by one. */
function eachOf(region: keyof typeof REGIONS, take: (column: number, row: number) => void): void {
  const [x0, y0, x1, y1] = REGIONS[region]
  for (let r = y0; r < y1; r++) for (let c = x0; c < x1; c++) if (isWritten(c, r)) take(c, r)
}

test('the sums of zones beyond pixel 2^31 are those added up by hand', () => {
  expect(statSync(join(huge, 'precipitation.tif')).size).toBeGreaterThan(2 ** 32)
  const raster = openRaster(findFile(huge, 'precipitation.tif'))
  const band = raster.band(1)
  let [tiles, written] = [0, 0]
  const counted = { ...band, read: (w: Window, into: Parameters<typeof band.read>[1]) => (tiles++, band.read(w, into)) }
  const zones = Object.entries(REGIONS).map(([id, [x0, y0, x1, y1]]) => ({
    id,
    polygons: [[[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]].map(([x, y]) => [WEST + x! * HUGE_PIXEL, NORTH - y! * HUGE_PIXEL] as const)]], // prettier-ignore
  }))
  const { rows } = zonal(zones, counted, 'center')
  raster.close()
  for (const { id, sums } of rows) {
    const [x0, y0, x1, y1] = REGIONS[id as keyof typeof REGIONS]
    let [count, sum] = [0, 0]
    eachOf(id as keyof typeof REGIONS, (c, r) => {
      count++
      sum += rain(c, r)
    })
    expect(sums).toMatchObject({ count, sum, nodata: (x1 - x0) * (y1 - y0) - count })
    written += count
  }
  expect(written).toBeGreaterThan(40_000)
  // Of 55 225 tiles those that hold a zone are read.
  expect(tiles).toBe(1 + 4 + 1)
})

test('an account over them counts its areas pixel by pixel, and its last corner is that of the corner cut out', () => {
  const [account, corner] = [run(huge), run(small)]
  const areas = new Map<string, number>()
  for (const region of ['101', '102'] as const)
    eachOf(region, (c, r) => {
      const key = `${region}|${CODES[String(cover(c, r))]!}`
      areas.set(key, (areas.get(key) ?? 0) + HUGE_PIXEL * HUGE_PIXEL)
    })
  const told = account.facts.filter((f) => f.argument === 'area').map((f) => [`${f.region}|${f.class!}`, f.quantity.value.toNumber()] as const) // prettier-ignore
  expect(new Map(told)).toEqual(areas)
  const sums = ({ figures }: Account) =>
    figures.flatMap(({ recipe }) => (recipe.kind === 'pixels' && recipe.region === '102' ? [[recipe.class, recipe.sum]] : [])) // prettier-ignore
  expect(sums(account).length).toBeGreaterThan(2)
  expect(sums(account)).toEqual(sums(corner))
})
