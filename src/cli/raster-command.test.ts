// The command as a person types it: zonal tables as CSV, both rules, info in words and JSON, problems and exit codes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTiff, PLACED } from '../raster/geotiff/geotiff.fixture.ts'
import { addRasterCommand } from './raster-command.ts'

const root = mkdtempSync(join(tmpdir(), 'raster-command-'))
const tif = join(root, 'classes.tif')
const zones = join(root, 'zones.geojson')
const csv = join(root, 'out.csv')

async function type(...args: readonly string[]): Promise<{ readonly text: string; readonly exit: number }> {
  const lines: string[] = []
  const program = new Command()
  addRasterCommand(program, { out: (s) => lines.push(s) })
  process.exitCode = 0
  await program.parseAsync(['raster', ...args], { from: 'user' })
  const exit = Number(process.exitCode)
  process.exitCode = 0
  return { text: lines.join('\n'), exit }
}

const square = (id: string | null, west: number, south: number, size: number) => ({
  type: 'Feature',
  properties: { code: id },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
})

beforeAll(() => {
  // 4 × 4 pixels of 30 m in UTM 50N: codes 1 … 15 and one 255 without data.
  const values = Array.from({ length: 16 }, (_, i) => (i === 15 ? 255 : i + 1))
  writeFileSync(
    tif,
    makeTiff({ width: 4, height: 4, type: 'uint8', values, fields: { ...PLACED, ...UTM, 42113: { text: '255' } } }),
  )
  writeFileSync(
    zones,
    JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32650' } },
      features: [
        square('north-west', 500000, 3299940, 60),
        square('south-east', 500060, 3299880, 60),
        square('small', 500091, 3299991, 3),
        square(null, 500000, 3299880, 30),
      ],
    }),
  )
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** GeoTIFF keys: projected, pixel is area, EPSG:32650. */
const UTM = { 34735: { short: [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32650] } }

it('writes one row a zone and raster, with empty cells for a zone without a cell centre', async () => {
  const { text, exit } = await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif, '--csv', csv)
  expect(exit).toBe(0)
  expect(readFileSync(csv, 'utf8').replace('\ufeff', '').trim().split('\r\n')).toEqual([
    'id,raster,count,sum,mean,min,max,nodata,nan',
    'north-west,classes.tif,4,14,3.5,1,6,0,0',
    'south-east,classes.tif,3,38,12.666666666666666,11,15,1,0',
    'small,classes.tif,,,,,,,',
  ])
  expect(text).toContain('1 个分区没有像元中心，留空')
  expect(text).toContain('首个为第 4 个')
})

it('counts covered pixels under the exact rule, where the small zone has its number', async () => {
  await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif, '--rule', 'exact', '--csv', csv)
  const small = readFileSync(csv, 'utf8').split('\r\n')[3]!.split(',')
  expect(Number(small[2])).toBeCloseTo(0.01, 9)
  expect(Number(small[4])).toBeCloseTo(4, 9)
})

it('prints a table where no file is asked for', async () => {
  const { text } = await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif)
  expect(text).toMatch(/south-east +classes\.tif +3 +38 +12\.66666667 +11 +15 +1 +0/)
})

it('refuses a missing field, an unknown rule and GCJ-02 for projected zones, with exit code 1', async () => {
  const field = await type('zonal', '--zones', zones, '--id', 'adcode', '--raster', tif)
  expect(field.text).toContain('现有字段：code')
  const rule = await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif, '--rule', 'touch')
  expect(rule.text).toContain('--rule exact')
  const shifted = await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif, '--datum', 'GCJ-02')
  expect(shifted.text).toContain('raster-command.not-degrees')
  const band = await type('zonal', '--zones', zones, '--id', 'code', '--raster', tif, '--band', '2')
  expect(band.text).toContain('geotiff.no-band')
  const missing = await type('zonal', '--zones', join(root, 'none.geojson'), '--id', 'code', '--raster', tif)
  expect([field, rule, shifted, band, missing].map((r) => r.exit)).toEqual([1, 1, 1, 1, 1])
})

it('converts zones declared GCJ-02 and says so', async () => {
  const degrees = join(root, 'degrees.geojson')
  const at = (lon: number, lat: number) => ({ type: 'FeatureCollection', features: [square('a', lon, lat, 0.0004)] })
  writeFileSync(degrees, JSON.stringify(at(117.0004, 29.8297)))
  const plain = await type('zonal', '--zones', degrees, '--id', 'code', '--raster', tif)
  const shifted = await type('zonal', '--zones', degrees, '--id', 'code', '--raster', tif, '--datum', 'GCJ-02')
  expect(shifted.text).toContain('GCJ-02 换算为 WGS 84')
  expect(plain.text).not.toContain('GCJ-02')
  // The shift is some hundred metres: the square leaves the raster.
  expect(plain.text).not.toContain('留空')
  expect(shifted.text).toContain('留空')
})

it('says what a file is, in words and as JSON', async () => {
  const { text } = await type('info', tif)
  expect(text).toContain('坐标系 / coordinate system: WGS 84 / UTM 第 50N 带')
  expect(text).toContain('像元 / pixel: 30 米 / 30 m')
  expect(text).toContain('min 1, mean 8, max 15')
  expect(text).toContain('14 × 1, 15 × 1')
  const info = JSON.parse((await type('info', tif, '--json')).text) as Record<string, unknown>
  expect(info).toMatchObject({
    width: 4,
    crs: { epsg: 32650 },
    extent: { west: 500000, south: 3299880, east: 500120, north: 3300000 },
    nodata: '255',
    bands: [{ count: 15, nodata: 1, mean: 8 }],
  })
  expect((await type('info', zones)).exit).toBe(1)
})
