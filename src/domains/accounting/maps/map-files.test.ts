// Maps that leave an account: pictures in its folder and package, and raster files that give the account's sums again.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { ProblemError } from '../../../kernel/index.ts'
import { openRaster, stripOf, tilesOf, VALID } from '../../../raster/index.ts'
import { classNames } from '../engine/compute.ts'
import { indexFigures, quantityKey } from '../figure-key.ts'
import type { Account } from '../model.ts'
import { writeOutputs } from '../outputs.ts'
import { openPackage } from '../package/package.ts'
import { runAccount, type RunInput } from '../run.ts'
import { between, mapAccount, putMapAccount } from './map-account.fixture.ts'
import { mapViews, type MapView } from './map-views.ts'
import { writeRasters } from './write-rasters.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-maps-'))
const folder = join(home, 'in')
const given = mapAccount({
  width: 40,
  height: 30,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(900, 2000, 3) },
    { argument: 'evapotranspiration', unit: 'mm', at: between(300, 800, 4) },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
})
let rules: Awaited<ReturnType<typeof loadRuleBook>>

beforeAll(async () => {
  rules = await loadRuleBook('rules')
  putMapAccount(folder, given)
})
afterAll(() => rmSync(home, { recursive: true }))

function run(useMaps: NonNullable<RunInput['useMaps']>): Account {
  const { account, problems } = runAccount({ folder, list: given.list, book: rules.book, engine: 'test', useMaps })
  if (!account) throw new ProblemError(problems)
  return account
}

test('the folder and its package hold each map as SVG and PNG, the first page lists them, and no digit rests on them', async () => {
  let views: readonly MapView[] = []
  const account = run((a, maps, stages) => (views = mapViews(a, maps, stages, 10_000)))
  const out = join(home, 'out')
  const input = { account, list: given.list, folder, book: rules.book, rules: rules.files, out, withInputs: true }
  const { id, files } = await writeOutputs({ ...input, mapViews: views })
  const named = ['land-cover', 'R1.water-balance.map.water'].flatMap((m) =>
    ['svg', 'png', 'en.svg'].map((end) => `maps/${m}.${end}`),
  )
  for (const name of named) expect(existsSync(join(out, name)), name).toBe(true)
  expect(files).toEqual(expect.arrayContaining(named))
  expect(readFileSync(join(out, 'start.html'), 'utf8')).toContain('href="maps/R1.water-balance.map.water.png"')
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  expect(page).toContain('逐像元地图')
  expect(page).toContain('evapotranspiration.tif、landcover.tif、precipitation.tif')
  const pack = openPackage(readFileSync(join(out, 'account.zip')), 'account.zip')
  for (const name of named) expect(pack.files.has(`report/${name}`), name).toBe(true)
  expect((await writeOutputs(input)).id).toBe(id)
  expect(existsSync(join(out, 'maps/land-cover.png'))).toBe(false)
})

test('raster files of the stages give the sums of the account again, to the precision of their numbers', () => {
  const target = join(home, 'rasters')
  const className = classNames(rules.book)
  let names: readonly string[] = []
  const progress: number[] = []
  const account = run((_, maps, stages) => {
    names = writeRasters({ maps, stages, className, year: 2023, folder: target, onProgress: (d) => void progress.push(d) }) // prettier-ignore
  })
  expect(readdirSync(target).sort()).toEqual([...names].sort())
  expect(readdirSync(home).filter((n) => n.startsWith('.'))).toEqual([])
  expect(progress.at(-1)).toBe(2)
  const read = (name: string): { readonly sum: number; readonly values: Set<number> } => {
    const raster = openRaster(join(target, name))
    const strip = stripOf(40 * 30)
    raster.band(1).read({ col: 0, row: 0, width: 40, height: 30 }, strip)
    raster.close()
    const valid = [...strip.values].filter((_, p) => strip.states[p] === VALID)
    return { sum: valid.reduce((a, b) => a + b, 0), values: new Set(valid) }
  }
  const water = indexFigures(account)
    .find(quantityKey('100', '*', 'R1', 'water'))!
    .quantity.value.toNumber()
  expect((read('R1.water-balance.map.water.tif').sum * 0.09) / water).toBeCloseTo(1, 6)
  const legend = readFileSync(join(target, 'land-cover.csv'), 'utf8').trim().split('\r\n').slice(1)
  expect([...read('land-cover.tif').values].sort()).toEqual(legend.map((l) => Number(l.split(',')[0])))
})

test('a stage has the same numbers on its pixels whether the module of the pass gives them or the plain loops', () => {
  let met = 0
  run((_, maps, stages) => {
    for (const { band } of stages)
      for (const window of tilesOf(maps.grid)) {
        const strip = stripOf(window.width * window.height)
        band.read(window, strip)
        const plain = strip.values.map((v, p) => (strip.states[p] === VALID ? v : NaN))
        expect(band.numbers!(window).slice(0, plain.length)).toEqual(plain)
        met += plain.filter((v) => !Number.isNaN(v)).length
      }
  })
  expect(met).toBeGreaterThan(500)
})

test('a raster that cannot be written leaves none of its fellows', () => {
  const target = join(home, 'taken')
  const className = classNames(rules.book)
  expect(() =>
    run((_, maps, [stage]) => {
      const broken = { ...stage!, band: { ...stage!.band, numbers: undefined, read: () => { throw new Error('no tile') } } } // prettier-ignore
      writeRasters({ maps, stages: [stage!, broken], className, year: 2023, folder: target })
    }),
  ).toThrow('no tile')
  expect(existsSync(target)).toBe(false)
  expect(readdirSync(home).filter((n) => n.startsWith('.'))).toEqual([])
})
