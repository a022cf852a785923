// Printed cases of the peer (tests of natcap/invest 3.20.1) that fit a model of ours. Where else they stand:
//   W1, C1, S1, F1                worked examples of gep.r1.annual-yield, gep.r8.carbon-storage, gep.r2.ls-invest-3-20-1, gep.r5.scs
//   N1–N3, S1, R1–R5, R7          src/raster/terrain;  Z1, Z2  src/raster/zones;  Z5 (3-D polygons)  the vector formats
//   C4 (values by code)           every factor that test/published/oracle-small.test.ts reads by land-cover code
// What has no model here, so no case: W2 hydropower (a dam's gross output is statistics, M7), C2 and C3 (a change of stock valued
// with two discount rates; ours are vep.value-change-npv and a stated price), MFD routing (R6), seasonal yield by month
// (Q1–Q5, Q7), urban cooling (U1), storm water (T1–T4), coastal blue carbon (B1–B3). Z4 (rasters with different boxes are refused) has
// no counterpart: each raster is read on its own grid, and in an account all are brought to that of the land cover.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findFile } from '../../src/core/exchange-formats/index.ts'
import { decText } from '../../src/kernel/index.ts'
import { loadRuleBook } from '../../src/core/rules/index.ts'
import {
  drainage,
  distanceToChannel,
  memoryBand,
  NODATA,
  openRaster,
  VALID,
  writeGeoTiff,
  zonal,
  type Strip,
  type Surface,
  type Window,
  UNREACHED,
} from '../../src/raster/index.ts'
import { box, planeGrid } from '../../src/raster/zones/zones.fixture.ts'
import type { InputList } from '../../src/domains/accounting/input-list.ts'
import { runAccount, type RunResult } from '../../src/domains/accounting/run.ts'
import { oracleFolder, overSurfaces, readOracleList, ruleNamed } from './oracle-small.fixture.ts'

const { book } = await loadRuleBook('rules')

/** Rows of a printed raster; undefined is nodata. */
function surface(rows: readonly (readonly (number | undefined)[])[]): Surface {
  const cells = rows.flat()
  return {
    width: rows[0]!.length,
    height: rows.length,
    cell: 1,
    values: Float64Array.from(cells, (v) => v ?? 0),
    states: Uint8Array.from(cells, (v) => (v === undefined ? NODATA : VALID)),
  }
}
const cells = (s: Surface): (number | undefined)[] =>
  Array.from(s.values, (v, i) => (s.states[i] === VALID ? v : undefined))
const rounded = (s: Surface, digits: number): (number | undefined)[] =>
  cells(s).map((v) => (v === undefined ? undefined : Number(v.toFixed(digits))))
const over = (id: string, output: string, given: Readonly<Record<string, Surface | number>>): Surface =>
  overSurfaces(ruleNamed(book, id), output, given)

describe('water yield', () => {
  it('has the evaporated share of the rain on six pixels, soil water included (W1)', () => {
    const 降水量 = surface([
      [100, 1000, 10],
      [500, 800, 1100],
    ])
    const 形状参数 = over('gep.r1.omega', '形状参数', {
      季节参数: 6,
      根系深度: surface([
        [99, 300, 400],
        [5, 500, 800],
      ]),
      限制层深度: surface([
        [600, 700, 700],
        [800, 900, 600],
      ]),
      有效含水率: surface([
        [0.11, 0.11, 0.12],
        [0.55, 0.55, 0.19],
      ]),
      降水量,
    })
    const share = over('gep.r1.annual-yield', '蒸散比', {
      降水量,
      形状参数,
      作物系数: surface([
        [1, 0.1, 0.1],
        [0.6, 0.6, 0.1],
      ]),
      参考蒸散量: surface([
        [1000, 900, 900],
        [1100, 1005, 1000],
      ]),
      植被: surface([
        [1, 1, 0],
        [0, 1, 0],
      ]),
    })
    const peer = [0.9345682, 0.06896508, 1, 1, 0.6487423, 0.09090909]
    cells(share).forEach((v, i) => expect(Math.abs(v! - peer[i]!), `pixel ${i}`).toBeLessThan(1e-7))
  })

  it('turns a depth of 990000 and 800000 mm on a square metre into 990 and 800 m³ (W2)', () => {
    const given = { 参考蒸散量: 0, 作物系数: 1, 形状参数: 2, 植被: 0, 面积: 1e-6 }
    const volume = over('gep.r1.annual-yield', '产水量', { ...given, 降水量: surface([[990000, 800000]]) })
    expect(rounded(volume, 9)).toEqual([990, 800])
  })
})

describe('carbon stock', () => {
  it('is 86 and 28 t a hectare and 0.86 and 0.28 t on 100 pixels of a square metre; the change is −58 and −0.58 (C1)', () => {
    const stock = (pools: readonly [number, number, number, number], output: string): number => {
      const everywhere = surface(Array.from({ length: 10 }, () => Array<number>(10).fill(pools[0])))
      const [, 地下, 土壤, 死有机质] = pools
      const s = over('gep.r8.carbon-storage', output, { 地上: everywhere, 地下, 土壤, 死有机质, 面积: 1e-6 })
      return output === '碳密度' ? s.values[0]! : s.values.reduce((a, b) => a + b)
    }
    const before = [15, 10, 60, 1] as const
    const after = [5, 3, 20, 0] as const
    expect([stock(before, '碳密度'), stock(after, '碳密度')]).toEqual([86, 28])
    expect(stock(before, '碳储量')).toBeCloseTo(0.86, 12)
    expect(stock(after, '碳储量')).toBeCloseTo(0.28, 12)
    expect(stock(after, '碳储量') - stock(before, '碳储量')).toBeCloseTo(-0.58, 12)
  })
})

describe('flood water', () => {
  it('is held back by curve number; none is no value here where the peer guards with 100000 mm (F1)', () => {
    const held = over('gep.r5.scs', '最大蓄渗量', { 曲线数: surface([[100, 0, 65, 90, 30, undefined]]) })
    expect(rounded(held, 3)).toEqual([0, undefined, 136.769, 28.222, 592.667, undefined])
  })

  it('takes the curve number of the class and the soil group (Q6)', () => {
    const classes = [2, 0, 0, 1, 1, 1, 1, 1, 1]
    const numbers = [
      [50, 60, 0, 0],
      [72, 82, 0, 0],
      [65, 22, 1, 0],
    ]
    const group = (k: number) => surface([classes.map((c) => numbers[c]![k]!)])
    const chosen = over('gep.r5.cn-by-group', '曲线数', {
      土壤组: surface([[1, 1, 1, 2, 2, 2, 3, 3, 3]]),
      甲组曲线数: group(0),
      乙组曲线数: group(1),
      丙组曲线数: group(2),
      丁组曲线数: group(3),
    })
    expect(cells(chosen)).toEqual([65, 50, 50, 82, 82, 82, 0, 0, 0])
  })
})

describe('the way to a channel', () => {
  it('has an end, or none, or there is no flow at all (S2)', () => {
    // No flow | south into the channel / out of the map | the channel.
    const net = drainage({ width: 2, height: 2, codes: Uint8Array.of(255, 6, 4, 0) })
    const [, down, lost, channel] = distanceToChannel(net, Uint8Array.of(0, 0, 0, 1))
    expect([down, lost, channel]).toEqual([1, UNREACHED, 0])
    expect([...net.order]).not.toContain(0)
  })
})

describe('zones', () => {
  it('that only touch a corner have no numbers, and one over a pixel without a value counts none (Z3; the peer writes 0)', () => {
    const grid = planeGrid(2, 2)
    const band = memoryBand(grid, [0, 1, 1, 1], [NODATA, VALID, VALID, VALID])
    for (const rule of ['center', 'exact'] as const) {
      const [corner, nothing] = zonal([box('corner', 2, 2, 3, 3), box('no data', 0, 1, 1, 2)], band, rule).rows
      expect(corner).toEqual({ id: 'corner' })
      expect(nothing!.sums).toMatchObject({ count: 0, sum: 0, nodata: 1 })
      expect([nothing!.sums!.min, nothing!.sums!.max]).toEqual([undefined, undefined])
    }
  })
})

describe('an account refuses what the peer refuses', () => {
  let folder = ''
  beforeEach(() => void (folder = oracleFolder()))
  afterEach(() => rmSync(folder, { recursive: true }))
  const run = (): RunResult => runAccount({ folder, list: readOracleList(), book, engine: 'test' })
  const red = (r: RunResult) => {
    expect(r.account).toBeUndefined()
    return r.problems.filter((p) => p.severity === 'red')
  }
  const table = (change: (lines: readonly string[]) => readonly string[]): void => {
    const path = join(folder, 'biophysical.csv')
    writeFileSync(path, `${change(readFileSync(path, 'utf8').trim().split('\n')).join('\n')}\n`)
  }
  /** Writes the land cover anew; `of` sees 0 where there is none. */
  const landCover = (of: (code: number) => number, nodata?: number): void => {
    const raster = openRaster(findFile(folder, 'lulc.tif'))
    const band = raster.band(1)
    const read = (window: Window, into: Strip): void => {
      band.read(window, into)
      for (let i = 0; i < window.width * window.height; i++) {
        if (nodata !== undefined && into.states[i] !== VALID) continue
        into.values[i] = of(into.values[i]!)
        into.states[i] = VALID
      }
    }
    const written = { grid: raster.grid, read, type: 'float32', compression: 'deflate', overviews: false } as const
    writeGeoTiff({ ...written, ...(nodata === undefined ? {} : { nodata }) }, join(folder, 'new.tif'))
    raster.close()
    renameSync(join(folder, 'new.tif'), join(folder, 'lulc.tif'))
  }

  it('a class that the table lacks, by its code and pixels (C6)', () => {
    table((lines) => lines.filter((l) => !l.startsWith('11,')))
    const found = red(run()).filter((p) => p.code === 'maps.uncoded')
    expect(found.length).toBe(5)
    for (const p of found) expect(p.values).toMatchObject({ code: 11, pixels: 986 })
  })

  it('a class that the list does not explain, by its code (C6)', () => {
    landCover((code) => (code === 11 ? 200 : code), -1)
    expect(red(run()).find((p) => p.code === 'maps.unmapped-code')?.values).toMatchObject({ code: 200, pixels: 986 })
  })

  it('a class code that is no whole number (S3)', () => {
    landCover((code) => (code === 11 ? 11.5 : code), -1)
    expect(red(run()).find((p) => p.code === 'maps.broken-code')?.values).toMatchObject({ value: 11.5, pixels: 986 })
  })

  it.each(['1000', '1.5'])('a practice factor of %s (S3)', (factor) => {
    table((lines) => lines.map((l) => l.replace('1,paddy,1.1,600,1,0.1,0.15', `1,paddy,1.1,600,1,0.1,${factor}`)))
    const found = red(run())
    expect(found.map((p) => p.code)).toEqual(['input.percent-as-fraction'])
    expect(found[0]!.values).toMatchObject({ value: factor })
  })

  it('but takes a map without a nodata value as it is (C5)', () => {
    const list = readOracleList()
    const arguments_ = list.arguments.map((b) =>
      b.argument === 'land-cover' && b.class && 'column' in b.class
        ? { ...b, class: { ...b.class, codes: { ...b.class.codes, '0': '-' } } }
        : b,
    )
    const numbers = (l: InputList): readonly string[] =>
      runAccount({ folder, list: l, book, engine: 'test' }).account!.figures.map(
        (f) => `${f.key} ${decText(f.quantity.value)}`,
      )
    const before = numbers(list)
    landCover((code) => code)
    expect(openRaster(findFile(folder, 'lulc.tif')).header.nodata).toBe(undefined)
    expect(numbers({ ...list, arguments: arguments_ })).toEqual(before)
  })
})
