// The peer on a small region, pixel by pixel (InVEST 3.20.1, pygeoprocessing 2.4.10): slope, directions, accumulation, LS,
// soil loss, sediment delivery and nutrient delivery with D8.

import { describe, expect, it } from 'vitest'
import { d8 } from './d8.ts'
import { drainage, drainedPixels } from './drainage.ts'
import { fillDepressions } from './fill.ts'
import { effectiveRetention, loadOf, nutrients, runoffIndex, type NutrientBands } from './nutrients.ts'
import {
  agreement,
  classColumn,
  commonStates,
  expectedModel,
  expectedRaster,
  inputRaster,
  lsInvest3201,
  oracleBand,
  oracleClasses,
  oracleDem,
  oracleGrid,
  tableColumn,
  total,
  whole,
} from './oracle.fixture.ts'
import { sediment, SEDIMENT_DEFAULTS, type SedimentBands, type SedimentForm } from './sediment.ts'
import { slopePercent } from './slope.ts'
import { masked, type Surface } from './surface.ts'

const dem = oracleDem()
const PIXELS = 23807
const states = commonStates(dem, inputRaster('r'), inputRaster('k'), inputRaster('lulc'))

const soil = (form: SedimentForm) => {
  const bands = sediment(
    {
      grid: oracleGrid,
      dem: masked(dem, states),
      erosivity: oracleBand(inputRaster('r')),
      erodibility: oracleBand(inputRaster('k')),
      classOf: oracleClasses(),
      cover: classColumn('usle_c'),
      practice: classColumn('usle_p'),
      lengthSlope: ({ drained }) => ({
        read: (from, slope, into) =>
          into.set(slope.map((p, i) => (drained[from + i]! > 0 ? lsInvest3201(p, drained[from + i]!, 30, 122) : 0))),
      }),
    },
    { form, streamThreshold: 200, ...SEDIMENT_DEFAULTS },
    ['lengthSlope', 'wayDown', 'connectivity', 'slope', 'accumulation'],
  )
  return Object.fromEntries(Object.entries(bands).map(([name, band]) => [name, whole(band)])) as Record<
    keyof SedimentBands,
    Surface
  >
}

const HECTARES = 0.09
function zoneTotals(band: Surface): number[] {
  const county = inputRaster('county')
  const sums = Array<number>(8).fill(0)
  band.values.forEach((value, i) => {
    if (county.states[i] === 0) sums[county.values[i]! - 1]! += value * HECTARES
  })
  return sums
}
const expectZones = (mine: Surface, model: string, file: string, field: string, relative: number) => {
  const zones = expectedModel(model).zones[file]!
  expect(zones.length).toBe(8)
  zoneTotals(mine).forEach((sum, k) =>
    expect(Math.abs(sum / zones[k]![field]! - 1), `${field} of zone ${k + 1}`).toBeLessThan(relative),
  )
}

describe('LS of the peer', () => {
  it('is 0.253996 … 49.802994 on its five pixels (S1)', () => {
    const cases = [
      [1.5, 100, 0.253996],
      [4, 100, 0.657229],
      [8, 100, 1.345856],
      [10, 100, 1.776729],
      [15, 1e7, 49.802994],
    ] as const
    for (const [percent, drained, ls] of cases) expect(lsInvest3201(percent, drained, 30, 25)).toBeCloseTo(ls, 5)
  })
})

describe('terrain agrees with the peer on every pixel, flats included', () => {
  const filled = fillDepressions(dem)
  const none = { both: PIXELS, onlyOne: 0, apart: 0 }
  it('in filled heights, exactly', () => {
    expect(agreement(filled, expectedRaster('pit_filled_dem'), 0, 0)).toEqual(none)
  })
  it('in slope, to 1e-6', () => {
    expect(agreement(slopePercent(filled), expectedRaster('slope'), 1e-7, 1e-6)).toEqual(none)
  })
  it('in directions and accumulation, exactly', () => {
    const directions = d8(filled)
    const codes = { ...filled, values: Float64Array.from(directions.codes, (c) => (c > 7 ? 0 : c)) }
    expect(agreement(codes, expectedRaster('sdr_D8_flow_direction'), 0, 0)).toEqual(none)
    const sums = { ...filled, values: Float64Array.from(drainedPixels(drainage(directions))) }
    expect(agreement(sums, expectedRaster('sdr_D8_flow_accumulation'), 0, 0)).toEqual(none)
  })
})

describe('sediment delivery as invest-3.20.1 agrees with the peer', () => {
  const mine = soil('invest-3.20.1')
  const bands = [
    ['lengthSlope', 'ls', 23807, 1e-6],
    ['channel', 'stream', 23807, 0],
    ['bareLoss', 'rkls', 22470, 1e-6],
    ['loss', 'usle', 22470, 1e-6],
    ['avoidedErosion', 'avoided_erosion', 22470, 1e-6],
    ['wayDown', 'd_dn', 23073, 1e-6],
    ['connectivity', 'ic', 21736, 1e-6],
    ['delivery', 'sdr_factor', 23073, 1e-6],
    ['exported', 'sed_export', 21736, 1e-6],
    ['avoidedExport', 'avoided_export', 21736, 1e-5],
  ] as const satisfies readonly (readonly [keyof SedimentBands, string, number, number])[]
  it.each(bands)('in %s (%s) on all %i pixels that have one, to %d', (band, file, both, relative) => {
    const expected = expectedRaster(`sdr_D8_${file}`)
    expect(agreement(mine[band], expected, relative)).toEqual({ both, onlyOne: 0, apart: 0 })
  })
  it('in deposition, to 0.001 t/ha (its own is held in single precision)', () => {
    expect(agreement(mine.deposition, expectedRaster('sdr_D8_sed_deposition'), 1e-6, 1e-3)).toEqual({
      both: 23073,
      onlyOne: 0,
      apart: 0,
    })
  })
  it.each([
    ['loss', 'usle_tot'],
    ['exported', 'sed_export'],
    ['deposition', 'sed_dep'],
    ['avoidedExport', 'avoid_exp'],
    ['avoidedErosion', 'avoid_eros'],
  ] as const)('in %s by county (%s), to 1e-5', (band, field) => {
    expectZones(mine[band], 'sdr_D8', 'watershed_results_sdr.shp', field, 1e-5)
  })
  it('and all soil lost where water reaches a channel is delivered or settles', () => {
    const reached = mine.loss.values.reduce((sum, t, i) => sum + (mine.delivery.states[i] === 0 ? t : 0), 0)
    expect((total(mine.exported) + total(mine.deposition)) / reached).toBeCloseTo(1, 12)
  })
})

describe('sediment delivery as documented', () => {
  it('with the length of each step brings half as much to the channel', () => {
    const documented = total(soil('documented').exported) * HECTARES
    expect(documented).toBeGreaterThan(2900)
    expect(documented).toBeLessThan(3050)
    expect(total(soil('invest-3.20.1').exported) * HECTARES).toBeCloseTo(5906.66, 1)
  })
})

describe('nutrient delivery', () => {
  const efficiency = tableColumn('eff_n')
  const mine = nutrients(
    {
      dem,
      states,
      runoffProxy: inputRaster('precip').values,
      load: tableColumn('load_n').map((rate, i) => loadOf('application-rate', rate, efficiency[i]!)),
      efficiency,
      criticalLength: tableColumn('crit_len_n'),
      subsurfaceShare: tableColumn('proportion_subsurface_n'),
    },
    {
      form: 'invest-3.20.1',
      streamThreshold: 200,
      k: 2,
      subsurfaceEfficiency: 0.8,
      subsurfaceCriticalLength: 150,
    },
  )
  it.each([
    ['channel', 'stream'],
    ['runoffIndex', 'intermediate_outputs/runoff_proxy_index'],
    ['surfaceLoad', 'intermediate_outputs/surface_load_n'],
    ['connectivity', 'intermediate_outputs/ic_factor'],
    ['subsurfaceDelivery', 'intermediate_outputs/sub_ndr_n'],
  ] as const satisfies readonly (readonly [keyof NutrientBands, string])[])(
    'has the sum and the pixels of the peer in %s (%s)',
    (band, file) => {
      const expected = expectedModel('ndr_D8').rasters[`${file}.tif`]!
      expect(mine[band].states.filter((s) => s === 0).length).toBe(expected.valid)
      expect(total(mine[band]) / expected.sum).toBeCloseTo(1, 6)
    },
  )
  it('exports what the peer exports but for 527 of 21 736 pixels, above channels that leave the region', () => {
    // The peer has less retention there. Why is a guess (it may take what lies below as none); 0.6 % of the total.
    expect(agreement(mine.totalExport, expectedRaster('ndr_D8_n_total_export'), 1e-5)).toEqual({
      both: 21736,
      onlyOne: 0,
      apart: 527,
    })
    expect(Math.abs(total(mine.totalExport) / 51265.21377 - 1)).toBeLessThan(0.006)
    expectZones(mine.surfaceLoad, 'ndr_D8', 'watershed_results_ndr.gpkg', 'n_surface_load', 1e-5)
  })
  it('measures runoff against the mean given or its own (N1)', () => {
    const values = Float64Array.of(800, 799, 567, 234, 765, 867, 765, 654)
    const proxy = { width: 4, height: 2, cell: 1, values, states: new Uint8Array(8) }
    expect(runoffIndex(proxy, 2).values[0]).toBe(400)
    expect(runoffIndex(proxy).values[3]).toBe(234 / 681.375)
  })
  it('takes a measured load as it is and an applied one less what stays (N2)', () => {
    const loads = [
      loadOf('measured-runoff', 10, 0.5),
      loadOf('measured-runoff', 20, 0.5),
      loadOf('application-rate', 10, 0.5),
      loadOf('application-rate', 20, 0.5),
    ]
    expect(loads).toEqual([10, 20, 5, 10])
  })
  it('never divides pixels without a value (N3)', () => {
    const values = new Float64Array(512 * 1124).fill(5.5, 0, 256 * 1124)
    const nothing = new Uint8Array(512 * 1124).fill(1, 256 * 1124)
    const index = runoffIndex({ width: 1124, height: 512, cell: 1, values, states: nothing })
    expect(index.values[0]).toBe(1)
    expect(index.states.filter((s) => s === 1).length).toBe(287744)
    expect(index.values.every((v) => v === 0 || v === 1)).toBe(true)
  })
  it('holds back towards the efficiency of the best pixel on the way, nothing on the channel', () => {
    const net = drainage({ width: 3, height: 1, codes: Uint8Array.of(0, 0, 0) })
    const held = effectiveRetention(
      net,
      Uint8Array.of(0, 0, 1),
      Float64Array.of(0.1, 0.8, 0.5),
      new Float64Array(3).fill(150),
      new Float64Array(8).fill(30),
    )
    expect(held[2]).toBe(0)
    expect(held[1]).toBeCloseTo(0.8 * (1 - Math.exp(-1)), 12)
    expect(held[0]).toBe(held[1])
  })
})
