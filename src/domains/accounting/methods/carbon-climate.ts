// R8 carbon, R9 local climate, R11 to R13 (gep.md 6.9, 6.10, 6.12). Tonnes of carbon and of carbon dioxide are different
// units here, so one can never be priced as the other.

import { text } from '../../../kernel/index.ts'
import type { Given, Keys, Method, Stage } from './method.ts'
import { arg } from './shorthand.ts'

const CO2 = { price: 'price.carbon' } as const

const factor = (
  name: string,
  rule: string,
  output: string,
  given: Readonly<Record<string, Given>>,
  keys?: Keys,
): Given => ({
  factor: name,
  rule,
  output,
  given,
  ...(keys ? { keys } : {}),
})

/** CASA month by month: absorbed radiation × temperature and water stress × the greatest light-use efficiency. */
const CASA: Given = factor('NPP', 'gep.r8.casa.npp', '净初级生产力', {
  各月: {
    each: 'monthly-ndvi',
    fields: {
      吸收辐射: factor('APAR', 'gep.r8.casa.apar', '吸收辐射', {
        太阳辐射: arg('monthly-radiation'),
        吸收比例: factor('FPAR', 'gep.r8.casa.fpar', '吸收比例', { 植被指数: arg('monthly-ndvi') }, { class: 'class' }),
      }),
      温度胁迫一: factor('T1', 'gep.r8.casa.t1', '温度胁迫一', { 最适温度: arg('optimum-temperature') }),
      温度胁迫二: factor(
        'T2',
        'gep.r8.casa.t2',
        '温度胁迫二',
        { 最适温度: arg('optimum-temperature'), 气温: arg('monthly-temperature') },
        {
          variant: { is: 'p43' },
        },
      ),
      水分胁迫: factor('W', 'gep.r8.casa.water-stress', '水分胁迫', {
        实际蒸散量: arg('monthly-evapotranspiration'),
        潜在蒸散量: arg('monthly-potential-evapotranspiration'),
      }),
    },
  },
  最大光能利用率: {
    choice: 'epsilonMax',
    of: {
      zhu: { parameter: 'gep.r8.casa.epsilon-max-zhu', key: 'class' },
      p44: { parameter: 'gep.r8.casa.epsilon-max-p44', key: 'class' },
      'biome-bgc': { parameter: 'gep.r8.casa.epsilon-max-biome-bgc', key: 'class' },
      classic: { parameter: 'gep.r8.casa.epsilon-max-classic', key: { is: '' } },
    },
  },
})

const NPP: Given = { choice: 'NPP', of: { given: arg('npp'), casa: CASA } }
const RESPIRATION: Given = {
  choice: 'Rh',
  of: {
    given: arg('soil-respiration'),
    monthly: factor(
      'Rh',
      'gep.r8.rh',
      '异养呼吸',
      {
        各月: {
          each: 'monthly-temperature',
          fields: { 气温: arg('monthly-temperature'), 降水量: arg('monthly-rain') },
        },
      },
      { variant: { is: 'p41' } },
    ),
  },
}

const CARBON: readonly Method[] = [
  {
    id: 'R8.nep',
    service: 'R8',
    title: text('净生态系统生产力（NPP－土壤异养呼吸）', 'Net ecosystem productivity (NPP − Rh)'),
    text: text('用 NEP 而不用 NPP；用 NPP 会高估 5–10 倍。', 'NEP and not NPP, which would be 5 to 10 times too high.'),
    path: 'coefficients',
    source: ['P41'],
    driver: 'area',
    choices: {
      NPP: {
        title: text('净初级生产力', 'NPP'),
        values: { given: text('直接给出', 'given'), casa: text('CASA 模型', 'CASA') },
      },
      Rh: {
        title: text('土壤异养呼吸', 'heterotrophic respiration'),
        values: {
          given: text('直接给出', 'given'),
          monthly: text('由逐月气温和降水求得', 'from monthly temperature and rain'),
        },
      },
      epsilonMax: {
        title: text('最大光能利用率', 'greatest light-use efficiency'),
        values: {
          zhu: text('朱文泉组（常绿/落叶阔叶两值有争议，待核）', 'Zhu Wenquan (two values disputed, unconfirmed)'),
          p44: text('P44 印本', 'as printed in P44'),
          'biome-bgc': text('BIOME-BGC 组', 'BIOME-BGC'),
          classic: text('全球 0.389', 'global 0.389'),
        },
      },
    },
    stages: [
      {
        item: 'co2',
        title: text('固定二氧化碳', 'carbon dioxide fixed'),
        rule: 'gep.r8.nep',
        output: '固定二氧化碳量',
        given: { 净初级生产力: NPP, 异养呼吸: RESPIRATION, 面积: arg('area') },
        unit: 'tCO2',
        value: CO2,
      },
    ],
  },
  {
    id: 'R8.npp-shortcut',
    service: 'R8',
    title: text('NPP 干物质简便法', 'Shortcut from NPP dry matter'),
    text: text('干物质×1.63×省级 NEP/NPP 系数。', 'Dry matter × 1.63 × the provincial NEP/NPP ratio.'),
    path: 'statistics',
    source: ['P02'],
    driver: 'npp-dry-matter',
    stages: [
      {
        item: 'co2',
        title: text('固定二氧化碳', 'carbon dioxide fixed'),
        rule: 'gep.r8.npp-shortcut',
        output: '固定二氧化碳量',
        given: { 净初级生产量: arg('npp-dry-matter'), 净生态系统比例: arg('nep-ratio') },
        unit: 'tCO2',
        value: CO2,
      },
    ],
  },
  {
    id: 'R8.stock-change',
    service: 'R8',
    title: text('碳储量变化法', 'Carbon stock change'),
    text: text('两期森林清查碳储量之差除以间隔年数。', 'The difference of two inventories over the years between.'),
    path: 'statistics',
    source: ['P02'],
    driver: 'carbon-stock.closing',
    stages: [
      {
        item: 'co2',
        title: text('固定二氧化碳', 'carbon dioxide fixed'),
        rule: 'gep.r8.stock-change',
        output: '固定二氧化碳量',
        given: {
          期初碳储量: arg('carbon-stock.opening'),
          期末碳储量: arg('carbon-stock.closing'),
          间隔年数: arg('carbon-stock.years'),
        },
        unit: 'tCO2',
        value: CO2,
      },
    ],
  },
  {
    id: 'R8.rate',
    service: 'R8',
    title: text('固碳速率法', 'Sequestration rate'),
    text: text('面积×单位面积固碳速率×(1＋土壤/植被比)。', 'Area × rate × (1 + soil to vegetation ratio).'),
    path: 'coefficients',
    source: ['S41'],
    driver: 'carbon-rate',
    stages: [
      {
        item: 'co2',
        title: text('固定二氧化碳', 'carbon dioxide fixed'),
        rule: 'gep.r8.rate',
        output: '固定二氧化碳量',
        given: { 面积: arg('area'), 固碳速率: arg('carbon-rate') },
        keys: { class: 'class' },
        unit: 'tCO2',
        value: CO2,
      },
    ],
  },
  {
    id: 'R8.reported',
    service: 'R8',
    title: text('取用已有固碳量', 'Reported sequestration'),
    text: text('固碳量由专项研究给出，本次只计价。', 'The quantity comes from a separate study and is priced here.'),
    path: 'statistics',
    source: ['P01'],
    driver: 'carbon-sequestered',
    stages: [
      {
        item: 'co2',
        title: text('固定二氧化碳', 'carbon dioxide fixed'),
        take: 'carbon-sequestered',
        unit: 'tCO2',
        value: CO2,
      },
    ],
  },
]

const POWER = { price: 'price.electricity' } as const

/** Disputed named choices of the water term. */
const WATER_TERMS = {
  humidifierTerm: {
    title: text('加湿项', 'humidifier term'),
    values: {
      always: text('始终计入（甘孜）', 'always (Ganzi)'),
      'rh-below-45': text('仅湿度低于 45 % 的日子（待核）', 'only on days below 45 % humidity (unconfirmed)'),
    },
  },
  waterCop: {
    title: text('水面项能效比', 'COP of the water term'),
    values: { none: text('不除（甘孜）', 'none (Ganzi)'), r: text('除以能效比', 'divided by the COP') },
  },
} as const
const evaporated = (name: string, depth: Given): Given =>
  factor(name, 'gep.r9.evaporated', '蒸发量', { 蒸发深: depth, 面积: arg('area') })
const cooledByWater = (water: Given, onDryDays: Given): Stage => ({
  item: 'water',
  title: text('水面降温', 'cooling by water'),
  rule: 'gep.r9.water.{humidifierTerm}.{waterCop}',
  output: '调节能量',
  given: { 蒸发量: water, 干燥日蒸发量: onDryDays },
  unit: 'kWh',
  value: POWER,
})

const CLIMATE: readonly Method[] = [
  {
    id: 'R9.vegetation',
    service: 'R9',
    part: 'vegetation',
    title: text('植被蒸腾降温', 'Cooling by vegetation'),
    text: text(
      '面积×单位面积蒸腾耗热×高温天数÷(3600×能效比)。',
      'Area × transpiration heat × hot days ÷ (3600 × COP).',
    ),
    path: 'coefficients',
    source: ['P01', 'G02'],
    driver: 'area',
    classes: ['forest', 'shrub', 'grass'],
    stages: [
      {
        item: 'vegetation',
        title: text('植被降温', 'cooling by vegetation'),
        rule: 'gep.r9.vegetation',
        output: '调节能量',
        given: { 面积: arg('area'), 高温天数: arg('cooling-days') },
        keys: { class: 'class' },
        unit: 'kWh',
        value: POWER,
      },
    ],
  },
  {
    id: 'R9.water',
    service: 'R9',
    part: 'water',
    title: text('水面蒸发降温', 'Cooling by water'),
    text: text(
      '加湿项与能效比是有争议的命名选择，结果差 2.3–3.5 倍。',
      'The humidifier term and the COP are disputed named choices; they change the outcome by 2.3 to 3.5 times.',
    ),
    path: 'statistics',
    source: ['P01', 'G02'],
    driver: 'water-evaporated',
    books: ['wetland'],
    choices: WATER_TERMS,
    stages: [cooledByWater(arg('water-evaporated'), { argument: 'dry-day-evaporation', onlySometimes: true })],
  },
  {
    id: 'R9.water-surface',
    service: 'R9',
    part: 'water',
    title: text(
      '水面蒸发降温：高温日蒸发深×水面面积',
      'Cooling by water: depth evaporated on hot days × area of water',
    ),
    text: text(
      '湖泊、河流、水库坑塘的面积乘高温日水面蒸发深；沼泽不计。加湿项与能效比同为有争议的命名选择。',
      'Areas of lakes, rivers, reservoirs and ponds times the depth evaporated on hot days; marshes do not count. The same disputed named choices.',
    ),
    path: 'coefficients',
    source: ['P01', 'G02'],
    driver: 'area',
    classes: ['wetland.lake', 'wetland.river', 'wetland.reservoir'],
    choices: WATER_TERMS,
    stages: [
      cooledByWater(
        evaporated('W', arg('hot-day-evaporation')),
        evaporated('W-dry', { argument: 'dry-day-evaporation-depth', onlySometimes: true }),
      ),
    ],
  },
  {
    id: 'R9.reported',
    service: 'R9',
    title: text('取用已有节电量', 'Reported cooling'),
    text: text('节电量由专项研究给出，本次只计价。', 'The quantity comes from a separate study and is priced here.'),
    path: 'statistics',
    source: ['P01'],
    driver: 'cooling-energy',
    stages: [
      {
        item: '{item}',
        title: text('降温节电量', 'cooling as electricity'),
        take: 'cooling-energy',
        unit: 'kWh',
        value: POWER,
      },
    ],
  },
]

const BELOW_THE_LINE: readonly Method[] = [
  {
    id: 'R11.from-dry-matter',
    service: 'R11',
    title: text('由净生产干物质推算释氧', 'Oxygen from dry matter'),
    text: text('干物质×1.19 或 1.20；与固碳不在同一基准时不得相比。', 'Dry matter × 1.19 or 1.20.'),
    path: 'statistics',
    source: ['P02'],
    driver: 'npp-dry-matter',
    choices: {
      oxygenFactor: {
        title: text('释氧系数', 'oxygen factor'),
        values: { '1.19': text('1.19', '1.19'), '1.20': text('1.20', '1.20') },
      },
    },
    stages: [
      {
        item: 'oxygen',
        title: text('释氧量', 'oxygen released'),
        rule: 'gep.r11.oxygen-from-dry-matter',
        output: '释氧量',
        given: { 净初级生产量: arg('npp-dry-matter') },
        keys: { variant: { choice: 'oxygenFactor' } },
        unit: 'tO2',
        value: { price: 'price.oxygen' },
      },
    ],
  },
  {
    id: 'R11.reported',
    service: 'R11',
    title: text('取用已有释氧量', 'Reported oxygen release'),
    text: text(
      '释氧量由专项研究给出；481 清单不含释氧。',
      'The quantity comes from a separate study; the 481 list does not hold oxygen.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'oxygen-released',
    stages: [
      {
        item: 'oxygen',
        title: text('释氧量', 'oxygen released'),
        take: 'oxygen-released',
        unit: 'tO2',
        value: { price: 'price.oxygen' },
      },
    ],
  },
  {
    id: 'R12.area',
    service: 'R12',
    title: text('面积×单位面积保育价值', 'Area × value per area'),
    text: text(
      '各类单位面积价值须由当地给出；481 清单不含。',
      'Values per area are given locally; not in the 481 list.',
    ),
    path: 'statistics',
    source: ['S16'],
    driver: 'species-area',
    stages: [
      {
        item: 'species',
        title: text('物种保育面积', 'conservation area'),
        take: 'species-area',
        unit: 'hm2',
        value: { price: 'price.species' },
      },
    ],
  },
  {
    id: 'R13.area',
    service: 'R13',
    title: text('面积×单位面积防治成本', 'Area × treatment cost'),
    text: text(
      '森林、草地病虫害自控面积分别计价；481 清单不含。',
      'Forest and grass priced apart; not in the 481 list.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'pest-free-area',
    stages: [
      {
        item: 'pest',
        title: text('病虫害控制面积', 'pest-controlled area'),
        take: 'pest-free-area',
        unit: 'hm2',
        value: { price: 'price.pest' },
      },
    ],
  },
]

export const CARBON_CLIMATE: readonly Method[] = [...CARBON, ...CLIMATE, ...BELOW_THE_LINE]
