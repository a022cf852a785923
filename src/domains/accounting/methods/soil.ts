// R2 soil retention (gep.md 6.2): the equation with its factors R, K, LS, C and P as named choices, and what goes with the soil.

import { text } from '../../../kernel/index.ts'
import type { Given, Method, Stage } from './method.ts'
import { arg, area, variants } from './shorthand.ts'

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
/** Cover of a month: as given, or from its NDVI between those of bare soil and of full cover. */
const MONTHLY_COVER: Given = {
  choice: 'monthlyCover',
  of: {
    given: arg('monthly-vegetation-cover'),
    ndvi: {
      factor: 'FVC',
      rule: 'gep.r2.cover',
      output: '盖度',
      given: {
        植被指数: arg('monthly-ndvi'),
        裸土指数: arg('bare-soil-ndvi'),
        植被端元指数: arg('full-cover-ndvi'),
      },
    },
  },
}
const monthlyLaw = (rule: string): Given => ({
  factor: 'C-month',
  rule,
  output: '植被覆盖因子',
  given: { 盖度: MONTHLY_COVER },
})
const MONTHLY_LAW: Given = {
  choice: 'monthlyLaw',
  of: { 'cai-chongfa': monthlyLaw('gep.r2.c-cai'), 'bu-zhaohong': monthlyLaw('gep.r2.c-bu') },
}
const weighted = (by: string, field: string, argument: string): Given => ({
  factor: 'C',
  rule: `gep.r2.c-monthly.${by}`,
  output: '植被覆盖因子',
  given: { 各月: { each: argument, fields: { 植被覆盖因子: MONTHLY_LAW, [field]: arg(argument) } } },
})
/** What stands for the share a month has in the erosivity of the year. */
const MONTHLY: Given = {
  choice: 'monthlyWeight',
  of: {
    given: weighted('given', '降雨侵蚀力', 'monthly-rainfall-erosivity'),
    fournier: weighted('fournier', '雨量', 'monthly-rain'),
    wischmeier: weighted('wischmeier', '雨量', 'monthly-rain'),
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
    monthly: MONTHLY,
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

export const SOIL: readonly Method[] = [
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
      monthlyWeight: variants('逐月 C 的权（待核）', 'weights of the months in a monthly C (unconfirmed)', MONTHLY),
      monthlyLaw: variants('逐月 C 的式子', 'law of a monthly C', MONTHLY_LAW),
      monthlyCover: variants('各月盖度', 'cover of the months', MONTHLY_COVER),
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
