// The two accounts the engine's bars are set on, over a made region: what a person wants first (water yield, soil kept with the
// slope from the heights, carbon), and all regulating services over the layers departments hold. Both are input lists as anybody
// would write them, and run as `qingshan account run` runs them.

import { classCodes } from './region-land.ts'
import { DATES, MONTHS, WATERS } from './region-layers.ts'
import type { Binding, InputList } from '../src/domains/accounting/input-list.ts'
import type { Resampling } from '../src/raster/index.ts'

const band = (argument: string, file: string, unit: string, n = 1): Binding => ({
  argument,
  file,
  column: `band ${n}`,
  unit,
})

const BASIS = {
  qingshan: 'account/1',
  title: { zh: '基准', en: 'Benchmark' },
  year: 2020,
  priceYear: 2020,
  set: '481-2022',
  status: 'trial',
  region: { code: '100', name: { zh: '基准省', en: 'Benchmark province' } },
  regions: { file: 'counties.csv', code: '代码', name: '名称' },
  boundaries: { file: 'counties.geojson', code: 'code' },
  accepted: { by: '基准', on: '2026-11-22' },
} as const satisfies Partial<InputList>

const biophysical = (argument: string, column: string, unit: string): Binding => ({
  argument,
  file: 'biophysical.csv',
  column,
  unit,
  code: { column: 'lucode', map: 'lulc.tif' },
})

/** Water yield, soil kept and carbon, as `limit fused` does them: slopes from the heights, one length of slope, a rate by class. */
export const FIRST_LIGHT: InputList = {
  ...BASIS,
  methods: { R1: ['R1.annual-yield.map'], R2: ['R2.rusle.map'], R8: ['R8.rate'] },
  choices: {
    'R1.annual-yield.ET0': 'given',
    'R1.annual-yield.omega': 'soil-water',
    'R1.annual-yield.Z': 'weihe',
    'R1.annual-yield.vegetated': 'given',
    'R2.rusle.R': 'given',
    'R2.rusle.K': 'given',
    'R2.rusle.LS': 'step-wischmeier1978',
    'R2.rusle.C': 'given',
    'R2.rusle.P': 'given',
    'R2.rusle.soilRecord': 'ganzi-2010',
  },
  arguments: [
    { ...band('land-cover', 'lulc.tif', '1'), class: { column: 'band 1', codes: classCodes() } },
    band('precipitation', 'precip.tif', 'mm'),
    band('potential-evapotranspiration', 'eto.tif', 'mm'),
    band('restricting-depth', 'depth.tif', 'mm'),
    band('available-water-fraction', 'pawc.tif', '1'),
    band('rainfall-erosivity', 'r.tif', 'MJ·mm/(hm2·h·a)'),
    band('soil-erodibility', 'k.tif', 't·hm2·h/(hm2·MJ·mm)'),
    band('elevation', 'dem.tif', 'm'),
    biophysical('crop-coefficient', 'kc', '1'),
    biophysical('root-depth', 'root_depth', 'mm'),
    biophysical('vegetated', 'lulc_veg', '1'),
    biophysical('cover-factor', 'usle_c', '1'),
    biophysical('practice-factor', 'usle_p', '1'),
    { ...byCode('biophysical.csv', 'lucode', 'lulc.tif')('slope-length', 'slope_length', 'm') },
    {
      argument: 'carbon-rate',
      file: 'carbon.csv',
      column: 'rate',
      region: { column: 'county' },
      class: { column: 'type' },
      unit: 'tC/(hm2·a)',
    },
  ],
}

function byCode(file: string, column: string, map: string) {
  return (argument: string, heading: string, unit: string): Binding => ({
    argument,
    file,
    column: heading,
    unit,
    code: { column, map },
  })
}

/** Which of the two kinds of files. */
export type Packing = 'full' | 'packed'

/** R1, R2 with a cover factor of every month, R3, R5 in four parts, R6, R7, R8 by CASA and the respiration of soil, R9.
 *  @param resampling of the layers of climate, evapotranspiration and vegetation, whose pixels are coarser than those of the land */
export function allServices(packing: Packing, resampling: Resampling = 'bilinear'): InputList {
  const map = (name: string): string => `${packing}/${name}.tif`
  const how = resampling === 'bilinear' ? {} : { resampling }
  const coarse = (argument: string, name: string, unit: string, n = 1): Binding => ({
    ...band(argument, map(name), unit, n),
    ...how,
  })
  const land = byCode('land.csv', 'code', map('cover'))
  const soil = byCode('soil.csv', 'code', map('soil'))
  const months = (argument: string, name: string, unit: string) =>
    MONTHS.map((month, m): Binding => ({ ...coarse(argument, name, unit, m + 1), item: { name: month } }))
  const dates = (argument: string, name: string, unit: string) =>
    DATES.map((date, d): Binding => ({
      ...coarse(argument, name, unit, d + 1),
      days: { date, take: 'max', per: 'month' },
    }))
  const county = (argument: string, column: string, unit: string, item?: string): Binding => ({
    argument,
    file: 'by-county.csv',
    column,
    region: { column: 'county' },
    unit,
    ...(item === undefined ? {} : { item: { name: item } }),
  })
  const shapes = (argument: string, file: string, column: string, unit: string): Binding => ({
    argument,
    file,
    column,
    item: { column: 'name' },
    unit,
  })
  const member = (argument: string, column: string): Binding => ({
    argument,
    file: 'end-members.csv',
    column,
    unit: '1',
  })
  return {
    ...BASIS,
    methods: {
      R1: ['R1.water-balance.map'],
      R2: ['R2.rusle.map'],
      R3: ['R3.rweq.map'],
      R5: ['R5.vegetation-scs.map', 'R5.lake-part', 'R5.reservoir', 'R5.marsh.map'],
      R6: ['R6.capped'],
      R7: ['R7.capped'],
      R8: ['R8.nep.map'],
      R9: ['R9.vegetation.map', 'R9.water-surface.map'],
    },
    choices: {
      'R1.water-balance.ET': 'given',
      'R2.rusle.R': 'fournier',
      'R2.rusle.K': 'epic',
      'R2.rusle.texture': 'given',
      'R2.rusle.organicCarbon': 'given',
      'R2.rusle.LS': 'step-wischmeier1978',
      'R2.rusle.C': 'monthly',
      'R2.rusle.monthlyWeight': 'fournier',
      'R2.rusle.monthlyLaw': 'cai-chongfa',
      'R2.rusle.monthlyCover': 'ndvi',
      'R2.rusle.P': 'given',
      'R2.rusle.soilRecord': 'ganzi-2010',
      'R3.rweq.C': 'fryrear1998',
      'R5.vegetation-scs.CN': 'by-group',
      'R5.vegetation-scs.soilGroup': 'given',
      'R5.lake-part.lakeRegion': 'eastern-plain',
      'R5.lake-part.exchanges': 'single-event',
      'R8.nep.NPP': 'casa',
      'R8.nep.Rh': 'monthly',
      'R8.nep.epsilonMax': 'zhu',
      'R9.water-surface.humidifierTerm': 'always',
      'R9.water-surface.waterCop': 'none',
    },
    arguments: [
      { ...band('land-cover', map('cover'), '1'), class: { column: 'band 1', codes: classCodes(WATERS) } },
      band('elevation', map('dem'), 'm'),
      band('restricting-depth', map('depth'), 'mm'),
      band('available-water-fraction', map('pawc'), '0.01'),
      coarse('precipitation', 'rain-year', '0.1mm'),
      coarse('evapotranspiration', 'et-year', '0.1mm'),
      coarse('cooling-days', 'hot-days', 'd'),
      coarse('hot-day-evaporation', 'evaporation-hot', '0.1mm'),
      ...months('monthly-rain', 'rain', '0.1mm'),
      ...months('monthly-temperature', 'temperature', '0.1℃'),
      ...months('monthly-radiation', 'radiation', '0.1MJ/m2'),
      ...months('monthly-evapotranspiration', 'et', '0.1mm'),
      ...dates('monthly-ndvi', 'ndvi', '0.0001'),
      member('bare-soil-ndvi', 'bare'),
      member('full-cover-ndvi', 'full'),
      {
        argument: 'monthly-potential-evapotranspiration',
        file: 'evaporation.csv',
        column: 'depth',
        item: { column: 'month' },
        unit: 'mm',
      },
      soil('soil-sand', 'sand', '%'),
      soil('soil-silt', 'silt', '%'),
      soil('soil-clay', 'clay', '%'),
      soil('soil-organic-carbon', 'organic_carbon', '%'),
      soil('soil-organic-matter', 'organic_matter', '%'),
      soil('soil-carbonate', 'carbonate', '%'),
      soil('soil-group', 'group', '1'),
      land('slope-length', 'slope_length', 'm'),
      land('practice-factor', 'p', '1'),
      land('vegetation-cover', 'cover', '%'),
      land('curve-number.a', 'cn_a', '1'),
      land('curve-number.b', 'cn_b', '1'),
      land('curve-number.c', 'cn_c', '1'),
      land('curve-number.d', 'cn_d', '1'),
      land('roughness-factor', 'roughness', '1'),
      land('fetch', 'fetch', 'm'),
      land('optimum-temperature', 'optimum', '℃'),
      county('weather-factor', 'weather', '1'),
      county('air-emission', 'so2', 't', 'so2'),
      county('air-emission', 'dust', 't', 'dust'),
      county('air-emission', 'nox', 't', 'nox'),
      county('water-emission', 'cod', 't', 'cod'),
      county('water-emission', 'tn', 't', 'tn'),
      county('water-emission', 'tp', 't', 'tp'),
      {
        argument: 'storm-day-rain',
        file: 'storms.csv',
        column: 'rain',
        unit: 'mm',
        days: { date: 'date', take: 'each', atLeast: '50', missing: 366 },
      },
      shapes('lake-area', 'lakes.geojson', 'shape area', 'm2'),
      shapes('reservoir-capacity', 'reservoirs.geojson', 'capacity', 'm3'),
    ],
  }
}
