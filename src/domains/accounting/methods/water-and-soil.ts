// R1 water flow regulation, R2 soil retention, R3 sand fixation (gep.md 6.1 to 6.4): methods over areas and coefficients,
// and the ones that take a physical quantity from a separate study. Named choices pick the variant of each factor.

import { text } from '../../../kernel/index.ts'
import type { Given, Method, Stage } from './method.ts'

const arg = (argument: string): Given => ({ argument })
const area = arg('area')
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

const WATER: readonly Method[] = [
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

export const SOIL_RECORD = {
  soilRecord: {
    title: text('土壤容重、氮磷含量采用的记录', 'record of bulk density, nitrogen and phosphorus content'),
    values: {
      'ganzi-2010': text('甘孜 2010', 'Ganzi 2010'),
      youyang: text('酉阳平台', 'Youyang platform'),
      'common-default': text('常见默认值（待核）', 'common default (unconfirmed)'),
    },
  },
} as const

export const SOIL_KEYS = { record: { choice: 'soilRecord' } } as const

/** What goes with the soil, whatever kept it. */
export const soilNutrients: readonly Stage[] = [
  {
    item: 'nitrogen',
    title: text('减少氮面源污染', 'nitrogen kept'),
    rule: 'gep.r2.nitrogen',
    output: '保氮量',
    given: { 土壤保持量: { stage: 'retained' } },
    keys: SOIL_KEYS,
    unit: 't',
    value: { price: 'price.soil-nitrogen' },
  },
  {
    item: 'phosphorus',
    title: text('减少磷面源污染', 'phosphorus kept'),
    rule: 'gep.r2.phosphorus',
    output: '保磷量',
    given: { 土壤保持量: { stage: 'retained' } },
    keys: SOIL_KEYS,
    unit: 't',
    value: { price: 'price.soil-phosphorus' },
  },
]

const soilParts: readonly Stage[] = [
  {
    item: 'sediment',
    title: text('减少泥沙淤积', 'siltation avoided'),
    rule: 'gep.r2.sediment',
    output: '减淤量',
    given: { 土壤保持量: { stage: 'retained' } },
    keys: SOIL_KEYS,
    unit: 'm3',
    value: { price: 'price.dredging' },
  },
  ...soilNutrients,
]

const MONTHS: Given = { each: 'monthly-rain', fields: { 雨量: arg('monthly-rain') } }

/** A part of the fine earth: as given, or relative to sand, silt and clay where the table counts rock fragments too. */
const fineEarth = (part: string, argument: string): Given => ({
  choice: 'texture',
  of: {
    given: arg(argument),
    'fine-earth': {
      factor: argument,
      rule: 'gep.r2.texture',
      output: part,
      given: { 全重砂粒: arg('soil-sand'), 全重粉粒: arg('soil-silt'), 全重黏粒: arg('soil-clay') },
    },
  },
})
const TEXTURE: Readonly<Record<string, Given>> = {
  砂粒: fineEarth('砂粒', 'soil-sand'),
  粉粒: fineEarth('粉粒', 'soil-silt'),
  黏粒: fineEarth('黏粒', 'soil-clay'),
  有机碳: {
    choice: 'organicCarbon',
    of: {
      given: arg('soil-organic-carbon'),
      'from-matter': {
        factor: 'OC',
        rule: 'gep.r2.organic-carbon',
        output: '有机碳',
        given: { 有机质: arg('soil-organic-matter') },
      },
    },
  },
}

const RAIN_YEARS = arg('rain-years')
const erosiveDays = (years: 'all' | 'one', more: Readonly<Record<string, Given>> = {}): Given => ({
  each: 'erosive-day-rain',
  ...(years === 'all' ? { years } : {}),
  fields: { 雨量: arg('erosive-day-rain'), ...more },
})
const meanOfYears = (output: string, name: string): Given => ({
  factor: name,
  rule: 'gep.r2.r-zhang-means',
  output,
  given: { 日雨: erosiveDays('all'), 年数: RAIN_YEARS },
})

const EROSIVITY: Given = {
  choice: 'R',
  of: {
    given: arg('rainfall-erosivity'),
    fournier: {
      factor: 'R',
      rule: 'gep.r2.r-fournier',
      output: '降雨侵蚀力',
      given: {
        各年: {
          table: [{ 指数: { factor: 'F', rule: 'gep.r2.fournier-index', output: '指数', given: { 各月: MONTHS } } }],
        },
      },
    },
    'wischmeier-monthly-0.8188-US': {
      factor: 'R',
      rule: 'gep.r2.r-wischmeier-monthly',
      output: '降雨侵蚀力',
      given: { 各月: MONTHS },
    },
    zhangDailyMean: {
      factor: 'R',
      rule: 'gep.r2.r-zhang-mean-year',
      output: '降雨侵蚀力',
      given: { 日雨: erosiveDays('all'), 年数: RAIN_YEARS },
    },
    zhangDaily: {
      factor: 'R',
      rule: 'gep.r2.r-zhang-daily',
      output: '降雨侵蚀力',
      given: {
        日雨: erosiveDays('one'),
        侵蚀日均雨量: meanOfYears('侵蚀日均雨量', 'Pd12'),
        侵蚀年均雨量: meanOfYears('侵蚀年均雨量', 'Py12'),
      },
    },
    hj1173Daily: {
      factor: 'R',
      rule: 'gep.r2.r-hj1173-daily',
      output: '降雨侵蚀力',
      given: {
        日雨: erosiveDays('all', { 季节系数: { parameter: 'gep.r2.hj1173-season', key: 'month' } }),
        年数: RAIN_YEARS,
      },
    },
  },
}
const ERODIBILITY: Given = {
  choice: 'K',
  of: {
    given: arg('soil-erodibility'),
    epic: { factor: 'K', rule: 'gep.r2.k-epic', output: '土壤可蚀性', given: TEXTURE },
    'zhang-keli': { factor: 'K', rule: 'gep.r2.k-zhang-keli', output: '土壤可蚀性', given: TEXTURE },
  },
}
const slope = (rule: string): Given => ({
  factor: 'LS',
  rule,
  output: '坡长坡度因子',
  given: { 坡长: arg('slope-length'), 坡度: arg('slope') },
})
const CATCHMENT: Readonly<Record<string, Given>> = {
  坡度: arg('slope'),
  汇水像元数: arg('drainage-cells'),
  像元边长: arg('cell-size'),
}
const TOPOGRAPHY: Given = {
  choice: 'LS',
  of: {
    given: arg('slope-length-steepness'),
    slopeLength: slope('gep.r2.ls-slope-length'),
    'slopeLength-9-25': slope('gep.r2.ls-slope-length-9-25'),
    'step-wischmeier1978': slope('gep.r2.ls-step-wischmeier1978'),
    'step-P31': slope('gep.r2.ls-step-p31'),
    'step-invest': slope('gep.r2.ls-step-invest'),
    desmetGovers1996: {
      factor: 'LS',
      rule: 'gep.r2.ls-desmet-govers-1996',
      output: '坡长坡度因子',
      given: { ...CATCHMENT, 流向展开系数: arg('flow-width') },
    },
    'invest-3.20.1': { factor: 'LS', rule: 'gep.r2.ls-invest-3-20-1', output: '坡长坡度因子', given: CATCHMENT },
  },
}
const COVER: Given = {
  choice: 'C',
  of: {
    given: arg('cover-factor'),
    'cai-chongfa': {
      factor: 'C',
      rule: 'gep.r2.c-cai',
      output: '植被覆盖因子',
      given: { 盖度: arg('vegetation-cover') },
    },
    'bu-zhaohong': {
      factor: 'C',
      rule: 'gep.r2.c-bu',
      output: '植被覆盖因子',
      given: { 盖度: arg('vegetation-cover') },
    },
    fixed: { parameter: 'gep.r2.c-fixed', key: 'class' },
  },
}
const PRACTICE: Given = {
  choice: 'P',
  of: {
    given: arg('practice-factor'),
    table: { parameter: 'gep.r2.p', key: 'class' },
    slope: { factor: 'P', rule: 'gep.r2.p-slope', output: '水土保持措施因子', given: { 坡度: arg('slope') } },
  },
}

const variants = (zh: string, en: string, given: Given) => ({
  title: text(zh, en),
  values: 'choice' in given ? Object.fromEntries(Object.keys(given.of).map((k) => [k, text(k, k)])) : {},
})

const SOIL: readonly Method[] = [
  {
    id: 'R2.rusle',
    service: 'R2',
    title: text('修正通用土壤流失方程（RUSLE）', 'RUSLE'),
    text: text(
      '潜在侵蚀减实际侵蚀：R·K·LS·(1−C·P)×面积；R 与 K 必须同一单位制。',
      'Potential less actual erosion: R·K·LS·(1−C·P) × area; R and K in one system of units.',
    ),
    path: 'coefficients',
    source: ['P08', 'P31', 'P42'],
    driver: 'area',
    choices: {
      R: variants('降雨侵蚀力', 'rainfall erosivity', EROSIVITY),
      K: variants('土壤可蚀性', 'soil erodibility', ERODIBILITY),
      texture: variants(
        '质地三项的基数（含砾石时取 fine-earth）',
        'base of the texture (fine-earth where rock is counted)',
        TEXTURE['砂粒']!,
      ),
      organicCarbon: variants('有机碳', 'organic carbon', TEXTURE['有机碳']!),
      LS: variants('坡长坡度', 'slope length and steepness', TOPOGRAPHY),
      C: variants('植被覆盖', 'cover', COVER),
      P: variants('水土保持措施', 'practice', PRACTICE),
      ...SOIL_RECORD,
    },
    stages: [
      {
        item: 'retained',
        title: text('土壤保持量', 'soil retained'),
        rule: 'gep.r2.retention',
        output: '土壤保持量',
        given: {
          降雨侵蚀力: EROSIVITY,
          土壤可蚀性: ERODIBILITY,
          坡长坡度因子: TOPOGRAPHY,
          植被覆盖因子: COVER,
          水土保持措施因子: PRACTICE,
          面积: area,
        },
        unit: 't',
        value: 'physical',
      },
      ...soilParts,
    ],
  },
  {
    id: 'R2.reported',
    service: 'R2',
    title: text('取用已有土壤保持量', 'Reported soil retention'),
    text: text(
      '土壤保持量由专项研究给出；淤积、氮、磷由此推算并计价。',
      'Soil retained comes from a separate study; silt, nitrogen and phosphorus follow from it.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'soil-retained',
    choices: SOIL_RECORD,
    stages: [
      {
        item: 'retained',
        title: text('土壤保持量', 'soil retained'),
        take: 'soil-retained',
        unit: 't',
        value: 'physical',
      },
      ...soilParts,
    ],
  },
]

const RESTORED: Stage = {
  item: 'restored-area',
  title: text('折合治沙面积', 'area restored'),
  rule: 'gep.r3.restored-area',
  output: '减沙化面积',
  given: { 防风固沙量: { stage: 'fixed' } },
  unit: 'm2',
  value: { price: 'price.desert-restoration' },
}

const FLAT_COVER: Readonly<Record<string, Given>> = { 植被盖度: arg('vegetation-cover') }
const WIND_COVER: Given = {
  choice: 'C',
  of: {
    fryrear1998: { factor: 'C', rule: 'gep.r3.cover-fryrear', output: '植被因子', given: FLAT_COVER },
    type: { factor: 'C', rule: 'gep.r3.cover-type', output: '植被因子', given: FLAT_COVER, keys: { class: 'class' } },
    P08: { factor: 'C', rule: 'gep.r3.cover-p08', output: '植被因子', given: FLAT_COVER },
  },
}

const SAND: readonly Method[] = [
  {
    id: 'R3.rweq',
    service: 'R3',
    title: text('修正风蚀方程（RWEQ）', 'RWEQ'),
    text: text(
      '潜在风蚀减实际风蚀；用输沙模数 S，固定下风距离 z；植被因子的系数是命名选择。',
      'Potential less actual wind erosion; the flux S at a fixed distance z; the cover coefficient is a named choice.',
    ),
    path: 'coefficients',
    source: ['P08', 'P09'],
    driver: 'area',
    choices: { C: variants('植被因子', 'cover factor', WIND_COVER) },
    stages: [
      {
        item: 'fixed',
        title: text('固沙量', 'sand fixed'),
        rule: 'gep.r3.flux',
        output: '防风固沙量',
        given: {
          气象因子: arg('weather-factor'),
          可蚀性成分: {
            factor: 'EF',
            rule: 'gep.r3.erodible-fraction',
            output: '可蚀性成分',
            given: {
              砂粒: arg('soil-sand'),
              粉粒: arg('soil-silt'),
              黏粒: arg('soil-clay'),
              有机质: arg('soil-organic-matter'),
              碳酸钙: arg('soil-carbonate'),
            },
          },
          结皮因子: {
            factor: 'SCF',
            rule: 'gep.r3.crust',
            output: '结皮因子',
            given: { 黏粒: arg('soil-clay'), 有机质: arg('soil-organic-matter') },
          },
          糙度因子: arg('roughness-factor'),
          植被因子: WIND_COVER,
          下风距离: arg('fetch'),
          面积: area,
        },
        unit: 't',
        value: 'physical',
      },
      RESTORED,
    ],
  },
  {
    id: 'R3.reported',
    service: 'R3',
    title: text('取用已有固沙量', 'Reported sand fixation'),
    text: text('固沙量折合治沙面积后计价。', 'Sand fixed turned into restored area and priced.'),
    path: 'statistics',
    source: ['P01'],
    driver: 'sand-fixed',
    stages: [
      { item: 'fixed', title: text('固沙量', 'sand fixed'), take: 'sand-fixed', unit: 't', value: 'physical' },
      RESTORED,
    ],
  },
]

export const WATER_AND_SOIL: readonly Method[] = [...WATER, ...SOIL, ...SAND]
