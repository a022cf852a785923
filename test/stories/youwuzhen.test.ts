// First light of accounts over maps, on a real watershed: elevation, land use and soil as rasters, a soil table by code, six
// years of daily rain → water yield, soil retained and flood water by year → report with maps → a printed figure's code →
// its pixel and the cell of the soil table → the same digits on a second copy. Driven through the command as a person would.
// The data are not part of the project; where they are absent the tests are skipped.

import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from './command.ts'
import { readList, type Account } from '../../src/domains/accounting/index.ts'
import { accountOf, storyFolder } from './folders.ts'

const DATA = resolve('../shared/data/youwuzhen')
/** Rain mm, water yield m³, soil retained t, flood water m³: what our own runs gave, kept so that a change is seen. */
const BY_YEAR = [
  [2012, '2168', 8869062.24, 1291649.64, 1784528.76],
  [2013, '1433', 4986188.83, 766105.14, 852845.77],
  [2014, '1253.5', 4064213.69, 593202.08, 355274.58],
  [2015, '1416.5', 5087296.87, 547839.08, 173216.34],
  [2016, '2467.6', 10513538.04, 1507607.96, 2121348.85],
  [2017, '1519.2', 5415833.91, 815581.47, 1183128.18],
] as const

const home = storyFolder('youwuzhen')
const folder = join(home, 'data')
const out = join(home, 'report')
const pack = join(out, 'account.zip')
let printed = ''

const BASIN_M2 = 5_389_200

/** Data and example in one folder, as a person would put them together. */
async function prepare(): Promise<void> {
  mkdirSync(folder)
  for (const from of [DATA, resolve('examples/youwuzhen')])
    for (const name of readdirSync(from)) {
      copyFileSync(join(from, name), join(folder, name))
      chmodSync(join(folder, name), 0o644)
    }
  const basin = ['--out', join(folder, 'basin.geojson'), '--code', 'YWZ', '--name', '游屋圳小流域']
  const dem = join(folder, 'dem30m.tif')
  printed = (await run(['raster', 'watershed', dem, '--outlet', join(folder, 'outlet.shp'), ...basin])).out
  const made = await run(['account', 'run', folder, '--out', out])
  expect(made.code, made.out).toBe(0)
}

const table = (name: string): readonly string[][] =>
  strFromU8(unzipSync(readFileSync(pack))[`results/${name}.csv`]!)
    .split('\n')
    .map((l) => l.split(','))

/** The example's list for another year. */
async function accountFor(year: number): Promise<Account> {
  const { list } = await readList(join(folder, 'account.yaml'))
  return accountOf({ folder, list: { ...list!, year, priceYear: year } })
}

describe.skipIf(!existsSync(DATA))('the Youwuzhen watershed', () => {
  beforeAll(prepare)

  test('delineated from its outlet it has 5.39 km²', () => {
    expect(printed).toContain('5.389 km²')
    const extent = table('figures').find((r) => r[1] === 'extent|-|YWZ|*|closing|*')!
    expect([Number(extent[2]), extent[3]]).toEqual([5.3892, 'km2'])
  })

  test.each(BY_YEAR)(
    '%i: rain of the station, water yield, soil retained and flood water',
    async (year, rain, ...wanted) => {
      const account = await accountFor(year)
      const fact = account.facts.find((f) => f.argument === 'precipitation')!
      expect([fact.quantity.value.toFixed(), fact.origin.file]).toEqual([rain, 'climate_daily.csv'])
      const keys = ['R1|water', 'R2|retained', 'R5|vegetation'].map((k) => `quantity|-|YWZ|*|${k}`)
      const have = keys.map((k) => account.figures.find((f) => f.key === k)!.quantity.value.toNumber())
      have.forEach((x, i) => expect(x / wanted[i]!).toBeCloseTo(1, 7))
      expect(have[0]).toBeLessThan((Number(rain) / 1000) * BASIN_M2)
    },
  )

  test('the Word report shows maps of the pixels', () => {
    const word = unzipSync(readFileSync(join(out, '核算报告.docx')))
    const text = strFromU8(word['word/document.xml']!).replace(/<[^>]+>/g, ' ')
    expect(text).toContain('逐像元地图')
    expect(text).toContain('土壤保持量')
    expect(Object.keys(word).filter((n) => n.startsWith('word/media/')).length).toBeGreaterThanOrEqual(4)
  })

  test('a figure’s code opens into rule, maps with file, band and hash, and tables by pixel code', async () => {
    const code = table('figures').find((r) => r[1] === 'quantity|-|YWZ|forest.mixed|R2|retained')![0]!
    const why = (await run(['account', 'why', pack, code])).out
    expect(why).toContain('gep.r2.retention@')
    expect(why).toContain('dem30m.tif › band 1')
    expect(why).toContain('soil_properties.csv › I2')
    expect(why).toMatch(/Σ \d+ 像元/)
    expect(why).toContain('数字一致')
  })

  test('one pixel opens to its factors, down to the cell of the soil table', async () => {
    const at = (await run(['account', 'why', pack, '--at', '116.455,25.683'])).out
    expect(at).toContain('farm.garden · 900 m2')
    expect(at).toContain('像元代码 203：砂粒含量 = 41.73 % 〈reported〉 ← soil_properties.csv › I8')
    expect(at).toContain('41.73 % ÷ 80.96 % = 51.543972332 %')
    const outside = await run(['account', 'why', pack, '--at', '110,25'])
    expect(outside.code).toBe(1)
    expect(outside.out).toContain('account.no-pixel')
  })

  test('a second copy of the package gives the same digits', async () => {
    const copy = join(home, 'copy.zip')
    cpSync(pack, copy)
    const verified = await run(['account', 'verify', copy])
    expect(verified.out).toContain('逐位相同')
    expect(verified.code).toBe(0)
  })
})
