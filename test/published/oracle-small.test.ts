// An account over maps beside the peer (InVEST 3.20.1) on a small region: water yield, soil retention and carbon stock, pixel
// by pixel and by county. The peer's rasters hold 24-bit numbers, hence 1e-6. Two things differ by definition and are held
// here as such: the peer's volume is mean depth × the area of the polygon, ours the sum over pixels; and the peer leaves
// channels without soil loss, ours counts them as slopes.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../src/core/rules/index.ts'
import { convert } from '../../src/kernel/index.ts'
import {
  d8,
  drainage,
  drainedPixels,
  fillDepressions,
  NODATA,
  slopePercent,
  VALID,
  type Surface,
} from '../../src/raster/index.ts'
import {
  agreement,
  expectedModel,
  expectedRaster,
  inputRaster,
  oracleDem,
  tableColumn,
  total,
} from '../../src/raster/terrain/oracle.fixture.ts'
import { extentKey, indexFigures, quantityKey } from '../../src/domains/accounting/figure-key.ts'
import type { Account } from '../../src/domains/accounting/model.ts'
import { runAccount } from '../../src/domains/accounting/run.ts'
import {
  oracleFolder,
  overSurfaces,
  PEER_WINDOW,
  readOracleList,
  readWindow,
  ruleNamed,
} from './oracle-small.fixture.ts'

const PIXELS = 23807
const PIXEL_M2 = 900
const COUNTIES = [1, 2, 3, 4, 5, 6, 7, 8] as const
const CHANNELS = 1337
const EQUAL = { both: PIXELS, onlyOne: 0, apart: 0 }
const ON_SLOPES = { both: PIXELS - CHANNELS, onlyOne: CHANNELS, apart: 0 }
let book: RuleBook
let account: Account
const stages = new Map<string, Surface>()
const bands = new Map<string, Surface>()
const folder = oracleFolder()

beforeAll(async () => {
  book = (await loadRuleBook('rules')).book
  const result = runAccount({
    folder,
    list: readOracleList(),
    book,
    engine: 'test',
    useMaps: (_, maps, own) => {
      for (const s of own) stages.set(`${s.method} ${s.stage}`, readWindow(s.band))
      for (const [id, b] of maps.bands) bands.set(id, readWindow(b.band))
    },
  })
  expect(result.problems.filter((p) => p.severity === 'red')).toEqual([])
  account = result.account!
})
afterAll(() => rmSync(folder, { recursive: true }))

const band = (id: string): Surface => bands.get(id)!
const figure = (key: string, unit: string): number =>
  convert(indexFigures(account).find(key)!.quantity, unit).value.toNumber()
const times = (s: Surface, factor: number): Surface => ({ ...s, values: s.values.map((v) => v * factor) })
const keep = (s: Surface, holds: (i: number) => boolean): Surface => ({
  ...s,
  states: s.states.map((x, i) => (x === VALID && !holds(i) ? NODATA : x)),
})
const zone = (model: string, file: string, county: number) => expectedModel(model).zones[file]![county - 1]!
const counties = inputRaster('county')
const pixelsOf = (county: number): number =>
  counties.values.filter((v, i) => counties.states[i] === VALID && v === county).length

describe('water yield of an account agrees with the peer', () => {
  const peer = (county: number) => zone('awy', 'watershed_results_wyield.shp', county)
  const yields = () => times(stages.get('R1.annual-yield.map water')!, 0.1) // m³/hm² → mm
  const volume = (county: number) => figure(quantityKey(String(county), '*', 'R1', 'water'), 'm3')

  it('on every pixel, to 1e-6', () => {
    expect(agreement(yields(), expectedRaster('awy_wyield'), 1e-6, 0)).toEqual(EQUAL)
  })

  it('in evapotranspiration and its share of the rain on every pixel, to 1e-6', () => {
    const 形状参数 = overSurfaces(ruleNamed(book, 'gep.r1.omega'), '形状参数', {
      季节参数: 15,
      根系深度: band('root-depth'),
      限制层深度: band('restricting-depth'),
      有效含水率: band('available-water-fraction'),
      降水量: band('precipitation'),
    })
    const given = {
      降水量: band('precipitation'),
      参考蒸散量: band('potential-evapotranspiration'),
      作物系数: band('crop-coefficient'),
      植被: band('vegetated'),
      形状参数,
    }
    const rule = ruleNamed(book, 'gep.r1.annual-yield')
    const of = (output: string): Surface => overSurfaces(rule, output, given)
    expect(agreement(of('实际蒸散量'), expectedRaster('awy_aet'), 1e-6, 0)).toEqual(EQUAL)
    expect(agreement(of('蒸散比'), expectedRaster('awy_fractp'), 1e-6, 0)).toEqual(EQUAL)
    expect(agreement(of('产水深'), yields(), 1e-12, 0)).toEqual(EQUAL)
  })

  it.each(COUNTIES)('in the mean depth of county %i, to 1e-6', (county) => {
    const depth = (volume(county) / (pixelsOf(county) * PIXEL_M2)) * 1000
    expect(Math.abs(depth / peer(county)['wyield_mn']! - 1)).toBeLessThan(1e-6)
  })

  it.each(COUNTIES)('in the volume of county %i but for the area: pixels here, the polygon there', (county) => {
    const area = pixelsOf(county) * PIXEL_M2
    expect(figure(extentKey(String(county), '*', 'closing'), 'm2')).toBe(area)
    const apart = volume(county) / peer(county)['wyield_vol']!
    expect(apart / (area / peer(county)['area']!)).toBeCloseTo(1, 6)
    expect(Math.abs(apart - 1)).toBeLessThan(0.005)
  })

  it('and over all counties to 0.03 %: pixels on the boundaries balance', () => {
    const [mine, theirs] = [COUNTIES.map(volume), COUNTIES.map((c) => peer(c)['wyield_vol']!)].map((all) =>
      all.reduce((a, b) => a + b),
    ) as [number, number]
    expect(Math.abs(mine / theirs - 1)).toBeLessThan(0.0003)
  })

  it('with a seasonality that is the peer’s and not of the book, which the account says', () => {
    const z = account.parameters.filter((p) => p.id === 'gep.r1.seasonality')
    expect(z.map((p) => p.override?.approver)).toEqual(['对照'])
  })
})

describe('soil loss by the rules on the terrain of the peer', () => {
  let ls: Surface
  beforeAll(() => {
    // The peer measures slope on the filled heights.
    const filled = fillDepressions(oracleDem())
    ls = overSurfaces(ruleNamed(book, 'gep.r2.ls-invest-3-20-1'), '坡长坡度因子', {
      坡度: slopePercent(filled),
      汇水像元数: { ...filled, values: Float64Array.from(drainedPixels(drainage(d8(filled)))) },
      像元边长: 30,
    })
  })

  it('has its LS on every pixel, to 1e-6', () => {
    expect(agreement(ls, expectedRaster('sdr_D8_ls'), 1e-6, 0)).toEqual(EQUAL)
  })

  it.each([
    ['潜在侵蚀模数', 'rkls'],
    ['实际侵蚀模数', 'usle'],
    ['保持模数', 'avoided_erosion'],
  ] as const)(
    'has its %s (%s) on every pixel that is no channel, to 1e-6, and in no county more than 1e-6 apart',
    (output, file) => {
      const loss = overSurfaces(ruleNamed(book, 'gep.r2.retention'), output, {
        降雨侵蚀力: inputRaster('r'),
        土壤可蚀性: inputRaster('k'),
        坡长坡度因子: ls,
        植被覆盖因子: band('cover-factor'),
        水土保持措施因子: band('practice-factor'),
      })
      const expected = expectedRaster(`sdr_D8_${file}`)
      expect(agreement(loss, expected, 1e-6, 0)).toEqual(ON_SLOPES)
      for (const county of COUNTIES) {
        const here = (s: Surface) =>
          s.values.reduce(
            (sum, v, i) => (counties.values[i] === county && expected.states[i] === VALID ? sum + v : sum),
            0,
          )
        expect(Math.abs(here(loss) / here(expected) - 1)).toBeLessThan(1e-6)
      }
    },
  )
})

describe('soil retention of an account agrees with the peer', () => {
  // The account measures slope on the heights as they are; where a depression was filled the two see another slope.
  let untouched: Uint8Array
  const retained = () => stages.get('R2.rusle.map retained')!
  const FILLED_NEAR = 185
  beforeAll(() => {
    const [raw, filled] = [oracleDem(), expectedRaster('pit_filled_dem')]
    const raised = raw.values.map((z, i) => (raw.states[i] === VALID && filled.values[i] !== z ? 1 : 0))
    untouched = Uint8Array.from(raised, (_, i) => {
      for (let k = 0; k < 9; k++)
        if ((raised[i + ((k % 3) - 1) + (Math.floor(k / 3) - 1) * raw.width] ?? 0) === 1) return 0
      return 1
    })
  })

  it('in the pixels that drain through a pixel, everywhere, and in slope, where nothing was filled', () => {
    expect(agreement(band('drainage-cells'), expectedRaster('sdr_D8_flow_accumulation'), 0, 0)).toEqual(EQUAL)
    const slope = keep(band('slope'), (i) => untouched[i] === 1)
    const met = agreement(slope, expectedRaster('slope'), 1e-7, 1e-6)
    expect(met.apart).toBe(0)
    expect(met.both).toBeGreaterThan(PIXELS * 0.98)
  })

  it('in what it retains on every pixel with that slope that is no channel, to 1e-6', () => {
    const expected = expectedRaster('sdr_D8_avoided_erosion')
    expect(agreement(retained(), expected, 1e-6, 0)).toEqual({ ...ON_SLOPES, apart: FILLED_NEAR })
    expect(
      agreement(
        keep(retained(), (i) => untouched[i] === 1),
        expected,
        1e-6,
        0,
      ).apart,
    ).toBe(0)
  })

  it.each(COUNTIES)(
    'in the tonnes of county %i, channels left out: to 1e-6 where nothing was filled, else to 0.5 %',
    (county) => {
      const channel = expectedRaster('sdr_D8_stream')
      let [slopes, beds, filled] = [0, 0, 0]
      retained().values.forEach((t, i) => {
        if (counties.values[i] !== county || retained().states[i] !== VALID) return
        if (channel.values[i] === 1) beds += t * 0.09
        else slopes += t * 0.09
        if (untouched[i] === 0) filled++
      })
      const peer = zone('sdr_D8', 'watershed_results_sdr.shp', county)['avoid_eros']!
      expect(Math.abs(slopes / peer - 1)).toBeLessThan(filled === 0 ? 1e-6 : 0.005)
      expect(figure(quantityKey(String(county), '*', 'R2', 'retained'), 't') / (slopes + beds)).toBeCloseTo(1, 10)
    },
  )
})

describe('carbon stock by the rule agrees with the peer', () => {
  // A stock is no service: an account has no line for it, so the rule is run on the pools by code.
  const pool = (column: string): Surface => ({ ...inputRaster('lulc'), values: tableColumn(column) })
  const pools = () => ({ 地上: pool('c_above'), 地下: pool('c_below'), 土壤: pool('c_soil'), 死有机质: pool('c_dead') })
  const rule = () => ruleNamed(book, 'gep.r8.carbon-storage')
  const expected = (): Surface => {
    const all = expectedRaster('carbon_c_storage')
    const { col, row, width, height } = PEER_WINDOW
    const at = Int32Array.from(
      { length: width * height },
      (_, i) => (row + Math.floor(i / width)) * all.width + col + (i % width),
    )
    return {
      ...all,
      width,
      height,
      values: Float64Array.from(at, (i) => all.values[i]!),
      states: Uint8Array.from(at, (i) => all.states[i]!),
    }
  }

  it('on every pixel, to 1e-6', () => {
    expect(agreement(overSurfaces(rule(), '碳密度', pools()), expected(), 1e-6, 0)).toEqual(EQUAL)
  })

  it('in the total, to 1e-6', () => {
    const tonnes = total(overSurfaces(rule(), '碳储量', { ...pools(), 面积: PIXEL_M2 / 1e6 }))
    const peer = expectedModel('carbon').rasters['c_storage_bas.tif']!
    expect(peer.valid).toBe(PIXELS)
    expect(Math.abs(tonnes / (peer.sum * 0.09) - 1)).toBeLessThan(1e-6)
  })
})
