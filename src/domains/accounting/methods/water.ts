// R1 water flow regulation (gep.md 6.1): methods over areas and coefficients, and the one that takes the quantity from a
// separate study. Named choices pick how evapotranspiration, shape and yield are found.

import { text } from '../../../kernel/index.ts'
import type { Given, Method, Stage } from './method.ts'
import { arg, area } from './shorthand.ts'

const RESERVOIR = { price: 'price.reservoir-storage' } as const

const retained = (rule: string, given: Readonly<Record<string, Given>>, keys?: Stage['keys']): Stage => ({
  item: 'water',
  title: text('水源涵养量', 'water retained'),
  rule,
  output: rule === 'gep.r1.water-balance' || rule === 'gep.r1.retention-fraction' ? '水源涵养量' : '产水量',
  given,
  ...(keys ? { keys } : {}),
  unit: 'm3',
  value: RESERVOIR,
})

const OMEGA: Given = {
  choice: 'omega',
  of: {
    given: arg('budyko-omega'),
    'soil-water': {
      factor: 'omega',
      rule: 'gep.r1.omega',
      output: '形状参数',
      given: {
        季节参数: { parameter: 'gep.r1.seasonality', key: { choice: 'Z' } },
        根系深度: arg('root-depth'),
        限制层深度: arg('restricting-depth'),
        有效含水率: arg('available-water-fraction'),
        降水量: arg('precipitation'),
      },
    },
  },
}

const RADIATION: Given = {
  choice: 'radiation',
  of: {
    given: arg('monthly-radiation'),
    sunshine: {
      factor: 'SR',
      rule: 'gep.r1.radiation-sunshine',
      output: '太阳辐射',
      given: {
        天文辐射: arg('extraterrestrial-radiation'),
        日照时数: arg('sunshine'),
        可照时数: arg('possible-sunshine'),
      },
    },
  },
}
const MONTH_DAYS: Given = {
  choice: 'monthDays',
  of: { given: arg('month-days'), 'common-year': { parameter: 'gep.r1.days-of-month', key: 'item' } },
}
const ET0: Given = {
  choice: 'ET0',
  usual: 'given',
  of: {
    given: arg('potential-evapotranspiration'),
    monthly: {
      factor: 'ET0',
      rule: 'gep.r1.et0-monthly',
      output: '参考蒸散量',
      given: {
        各月: {
          each: 'monthly-temperature',
          fields: { 气温: arg('monthly-temperature'), 太阳辐射: RADIATION, 天数: MONTH_DAYS },
        },
      },
    },
  },
}
const ET: Given = {
  choice: 'ET',
  usual: 'given',
  of: {
    given: arg('evapotranspiration'),
    kc: {
      factor: 'ET',
      rule: 'gep.r1.et-kc',
      output: '蒸散量',
      given: { 参考蒸散量: ET0, 作物系数: arg('crop-coefficient'), 降水量: arg('precipitation') },
    },
  },
}
const VEGETATED: Given = {
  choice: 'vegetated',
  of: { given: arg('vegetated'), class: { parameter: 'gep.r1.vegetated', key: 'class' } },
}
/** Yield of every class: Fu where vegetated, bounded by rain elsewhere. */
const YIELD: Readonly<Record<string, Given>> = {
  降水量: arg('precipitation'),
  参考蒸散量: ET0,
  作物系数: arg('crop-coefficient'),
  形状参数: OMEGA,
  植被: VEGETATED,
  面积: area,
}
const YIELD_DEPTH: Given = {
  choice: 'yield',
  usual: 'given',
  of: {
    given: arg('water-yield'),
    budyko: { factor: 'Y', rule: 'gep.r1.annual-yield', output: '产水深', given: YIELD },
  },
}
const TOPOGRAPHIC_INDEX: Given = {
  choice: 'TI',
  usual: 'given',
  of: {
    given: arg('topographic-index'),
    terrain: {
      factor: 'TI',
      rule: 'gep.r1.topographic-index',
      output: '地形指数',
      given: { 集水栅格数: arg('drainage-cells'), 土壤深度: arg('restricting-depth'), 坡度: arg('slope') },
    },
  },
}

/** Declared beside the givens of R1, so that documents and forms know the names. */
const ET0_CHOICES = {
  ET0: {
    title: text('参考蒸散量', 'reference evapotranspiration'),
    values: {
      given: text('直接给出', 'given'),
      monthly: text('由逐月气温和辐射求得', 'from monthly temperature and radiation'),
    },
  },
  radiation: {
    title: text('月太阳辐射', 'solar radiation of the month'),
    values: { given: text('直接给出', 'given'), sunshine: text('由日照时数求得', 'from sunshine hours') },
  },
  monthDays: {
    title: text('各月天数', 'days of the months'),
    values: { given: text('直接给出', 'given'), 'common-year': text('平年', 'common year') },
  },
} as const
const OMEGA_CHOICES = {
  omega: {
    title: text('形状参数 ω', 'shape ω'),
    values: {
      given: text('直接给出', 'given'),
      'soil-water': text('由土壤有效含水量求得', 'from plant-available water'),
    },
  },
  Z: {
    title: text('季节参数 Z（宜在本流域率定）', 'seasonality Z (to be calibrated in the basin)'),
    values: {
      weihe: text('渭河率定值', 'calibrated for the Weihe'),
      'invest-old-default': text('旧默认值（待核）', 'old default (unconfirmed)'),
    },
  },
} as const
const VEGETATED_CHOICE = {
  vegetated: {
    title: text('有无植被', 'vegetated or not'),
    values: { given: text('直接给出', 'given'), class: text('按生态系统类型', 'by ecosystem type') },
  },
} as const

export const WATER: readonly Method[] = [
  {
    id: 'R1.water-balance',
    service: 'R1',
    title: text('水量平衡法', 'Water balance'),
    text: text(
      '降水减地表径流（降水×径流系数 α）减实际蒸散，乘面积。',
      'Rain less surface runoff (rain × α) less actual evapotranspiration, times area.',
    ),
    path: 'coefficients',
    source: ['P05', 'P01'],
    driver: 'area',
    choices: {
      ET: {
        title: text('蒸散量', 'evapotranspiration'),
        values: { given: text('直接给出', 'given'), kc: text('参考蒸散×作物系数', 'reference × crop coefficient') },
      },
      ...ET0_CHOICES,
    },
    stages: [
      retained('gep.r1.water-balance', { 降水量: arg('precipitation'), 蒸散量: ET, 面积: area }, { class: 'class' }),
    ],
  },
  {
    id: 'R1.zhang-2001',
    service: 'R1',
    title: text('Zhang（2001）水热平衡法', 'Zhang 2001 water–energy balance'),
    text: text(
      '由潜在蒸散与植被系数求实际蒸散；旧式，供比较。',
      'Actual evapotranspiration from its potential and a vegetation coefficient; an old form, for comparison.',
    ),
    path: 'coefficients',
    source: ['G01'],
    driver: 'area',
    stages: [
      retained('gep.r1.zhang-2001', {
        降水量: arg('precipitation'),
        潜在蒸散量: arg('potential-evapotranspiration'),
        植被系数: arg('vegetation-coefficient'),
        面积: area,
      }),
    ],
  },
  {
    id: 'R1.budyko-fu',
    service: 'R1',
    title: text('Budyko–傅抱璞法', 'Budyko–Fu'),
    text: text(
      '产水＝降水－实际蒸散；形状参数 ω 由土壤有效含水量与季节参数 Z 求得或直接给出。',
      'Yield = rain − actual evapotranspiration; ω comes from plant-available water and the seasonality Z, or is given.',
    ),
    path: 'coefficients',
    source: ['G01'],
    driver: 'area',
    choices: { ...OMEGA_CHOICES, ...ET0_CHOICES },
    stages: [
      retained('gep.r1.budyko-fu', {
        降水量: arg('precipitation'),
        参考蒸散量: ET0,
        作物系数: arg('crop-coefficient'),
        形状参数: OMEGA,
        面积: area,
      }),
    ],
  },
  {
    id: 'R1.annual-yield',
    service: 'R1',
    title: text('产水量（含无植被地类）', 'Water yield of all classes'),
    text: text(
      '有植被的地类用 Budyko–傅抱璞式，水域、城镇等无植被地类的蒸散以降水为限；适合整幅地图。',
      'The law of Fu where there is vegetation; on water and built-up land evapotranspiration is bounded by rain. For whole maps.',
    ),
    path: 'coefficients',
    source: ['G01'],
    driver: 'area',
    choices: { ...OMEGA_CHOICES, ...ET0_CHOICES, ...VEGETATED_CHOICE },
    stages: [retained('gep.r1.annual-yield', YIELD)],
  },
  {
    id: 'R1.retention-fraction',
    service: 'R1',
    title: text('产水量×涵养率', 'Retention fraction on yield'),
    text: text(
      '产水深乘流速、地形、导水三个系数；结果随栅格大小而变，不同分辨率不可比。',
      'Yield times three factors of velocity, topography and conductivity; depends on pixel size.',
    ),
    path: 'coefficients',
    source: ['P11'],
    driver: 'area',
    choices: {
      yield: {
        title: text('产水深', 'yield depth'),
        values: { given: text('直接给出', 'given'), budyko: text('由 Budyko–傅抱璞式求得', 'from Budyko–Fu') },
      },
      TI: {
        title: text('地形指数', 'topographic index'),
        values: {
          given: text('直接给出', 'given'),
          terrain: text('由汇水像元数、土层厚度和坡度求得', 'from drainage, soil depth and slope'),
        },
      },
      ...OMEGA_CHOICES,
      ...ET0_CHOICES,
      ...VEGETATED_CHOICE,
    },
    stages: [
      retained(
        'gep.r1.retention-fraction',
        {
          产水深: YIELD_DEPTH,
          地形指数: TOPOGRAPHIC_INDEX,
          饱和导水率: arg('soil-conductivity'),
          面积: area,
        },
        { class: 'class' },
      ),
    ],
  },
  {
    id: 'R1.reported',
    service: 'R1',
    title: text('取用已有实物量', 'Reported quantity'),
    text: text(
      '水源涵养量由专项研究或水文部门给出，本次只计价。',
      'The quantity comes from a separate study and is priced here.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'water-retained',
    stages: [
      {
        item: 'water',
        title: text('水源涵养量', 'water retained'),
        take: 'water-retained',
        unit: 'm3',
        value: RESERVOIR,
      },
    ],
  },
]
