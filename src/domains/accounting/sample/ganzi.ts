// The published Ganzi 2010 account [P01] as input workbooks and an input list: the one published account rich enough to be
// replayed line by line. Quantities that the paper prints too coarsely are back-solved from the printed value and price and
// carry the mark B; what is printed is used as printed (C). Its traps stand as named method choices.

import { dec, decText, roundTo, text, type Dec } from '../../../kernel/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import { workbookOf, type Cell, type PlainSheet } from './tables.ts'

const CLASSES = ['森林', '灌丛', '草地', '湿地', '农田', '城镇', '冰川', '裸地'] as const
const AREA_KM2 = ['31920.60', '32283.46', '71113.87', '2864.27', '1707.87', '74.53', '1259.91', '8463.19']

/** Published values by type, 亿元, two decimals: water, soil, carbon and oxygen together. */
const WATER_BY_TYPE = ['616.93', '617.09', '993.56', '33.56', '2.59', '0.10', '0.14', '5.74']
const SOIL_BY_TYPE = ['145.21', '97.74', '143.71', '1.30', '3.32', '0.07', '4.34', '3.91']
const AIR_BY_TYPE = ['722.30', '450.03', '684.67', '29.91', '24.07', '0.83', '1.12', '26.34']
/** 万 t: what the published totals by type leave for sand, within their rounding; the sum is the published 779.42. */
const SAND_BY_TYPE = ['77.41', '120.01', '510.90', '15.63', '7.68', undefined, undefined, '47.79']

const P01 = 'P01（甘孜州 2010 年核算表）'

/** A total spread in proportion to printed parts; the last part takes the residue, so the parts add up to the total. */
function spread(total: Dec, parts: readonly string[], step: string): readonly string[] {
  const sum = parts.reduce((s, p) => s.plus(p), dec(0))
  const out = parts.map((p) => roundTo(total.times(p).div(sum), dec(step), 'half-even'))
  const residue = out.reduce((s, p) => s.plus(p), dec(0)).minus(total)
  out[0] = out[0]!.minus(residue)
  return out.map(decText)
}

/** printed value ÷ printed price, kept to `step` */
const backSolved = (value: string, price: string, step: string): Dec =>
  roundTo(dec(value).div(price), dec(step), 'half-even')

const byType = (values: readonly (string | undefined)[], source: string): Cell[][] =>
  CLASSES.flatMap((c, i) => (values[i] === undefined ? [] : [[c, values[i], 'B', source]]))

const water = spread(backSolved('2269.7074', '7.06', '0.00000001'), WATER_BY_TYPE, '0.00000001')
/** 156.2555 ÷ 15.58 × 0.93 ÷ 0.24: the sediment, nitrogen and phosphorus rows all lead to this mass. */
const soil = spread(dec('38.86329'), SOIL_BY_TYPE, '0.00000001')
const co2 = spread(backSolved('117.3548', '380', '0.0000000001'), AIR_BY_TYPE, '0.0000000001')
const oxygen = spread(backSolved('1821.9182', '727', '0.0000000001'), AIR_BY_TYPE, '0.0000000001')

const TYPE_HEAD = ['生态系统类型'] as const
const GROUND = ['标记', '出处'] as const
const back = (value: string, price: string): string => `${P01}：分类型价值按比例分摊合计（${value} 亿元 ÷ ${price}）`

const LAND: readonly PlainSheet[] = [
  {
    name: '面积',
    title: '甘孜州 2010 年生态系统面积',
    headings: [...TYPE_HEAD, '面积（km²）', ...GROUND],
    rows: CLASSES.map((c, i) => [c, AREA_KM2[i], 'C', P01]),
    note: '合计 149687.70 平方公里。',
  },
]

const QUANTITIES: readonly PlainSheet[] = [
  {
    name: '水源涵养',
    title: '水源涵养量',
    headings: [...TYPE_HEAD, '水源涵养量（亿m³）', ...GROUND],
    rows: byType(water, back('2269.7074', '7.06 元/m³')),
  },
  {
    name: '土壤保持',
    title: '土壤保持量',
    headings: [...TYPE_HEAD, '土壤保持量（亿t）', ...GROUND],
    rows: byType(soil, `${P01}：泥沙行 156.2555 亿元 ÷ 15.58 元/m³ × 0.93 ÷ 0.24`),
  },
  {
    name: '防风固沙',
    title: '固沙量',
    headings: [...TYPE_HEAD, '固沙量（万t）', ...GROUND],
    rows: byType(SAND_BY_TYPE, `${P01}：合计 779.42 万 t 为原表数，分类型由各类型合计反算`),
  },
  {
    name: '固碳释氧',
    title: '固碳量与释氧量',
    headings: [...TYPE_HEAD, '固定二氧化碳量（亿tCO2）', '释氧量（亿tO2）', ...GROUND],
    rows: CLASSES.map((c, i) => [
      c,
      co2[i],
      oxygen[i],
      'B',
      `${P01}：117.3548 亿元 ÷ 380、1821.9182 亿元 ÷ 727，按类型分摊`,
    ]),
    note: '二氧化碳按净生态系统生产力、氧气按净初级生产力计算，两者不在同一基准（原表如此）。',
  },
  {
    name: '病虫害',
    title: '病虫害控制面积',
    headings: [...TYPE_HEAD, '病虫害控制面积（万hm²）', ...GROUND],
    rows: [
      ['森林', '158', 'C', P01],
      ['草地', '711.1387', 'C', `${P01}：草地面积`],
    ],
  },
]

const BODIES: readonly PlainSheet[] = [
  {
    name: '湖泊',
    title: '湖泊',
    headings: ['名称', '湖泊面积（km²）', ...GROUND],
    rows: [
      ['甘孜州湖泊（合计）', '164.9159', 'B', `${P01}：17.1430 亿元 ÷ 7.06 元/m³ 由回归式反算；原文把全州湖泊合计代入`],
    ],
  },
  {
    name: '水库',
    title: '水库',
    headings: ['名称', '总库容（万m³）', ...GROUND],
    rows: [['甘孜州水库（合计）', '276.8110', 'B', `${P01}：0.0684 亿元 ÷ 7.06 元/m³ ÷ 0.35`]],
  },
  {
    name: '沼泽',
    title: '沼泽',
    headings: ['名称', '沼泽面积（km²）', ...GROUND],
    rows: [['甘孜州沼泽（合计）', '1999.2257', 'B', `${P01}：42.3436 亿元 ÷ 7.06 元/m³ ÷ 0.3 m`]],
  },
  {
    name: '用水与水电',
    title: '用水量、水电与水面蒸发',
    headings: ['指标', '数值', '单位', ...GROUND],
    rows: [
      ['生活用水量', '1.3615385', '亿m³', 'B', `${P01}：3.54 亿元 ÷ 2.6 元/m³（原表印 1.36）`],
      ['工业用水量', '150.1698', '亿m³', 'B', `${P01}：540.6113 亿元 ÷ 3.6 元/m³（原表印 150.17）`],
      ['农业用水量', '17.31', '亿m³', 'C', P01],
      ['水电发电量', '95.30', '亿kWh', 'C', P01],
      ['水面蒸发量', '1.589328522', '亿m³', 'B', `${P01}：674.3433 亿元 ÷ 0.53 元/kWh ÷ 800.5556 kWh/m³`],
      ['高温天数', '15', 'd', 'B', `${P01}：由植被降温三行反算`],
    ],
  },
  {
    name: '污染物',
    title: '污染物排放量',
    headings: ['类别', '污染物', '排放量（t）', ...GROUND],
    rows: [
      ['大气', 'SO2', '1137', 'C', P01],
      ['大气', 'NOx', '2772', 'C', P01],
      ['大气', '粉尘', '941', 'C', P01],
      ['水', 'COD', '5424', 'C', P01],
      ['水', '氨氮', '625', 'C', P01],
    ],
  },
]

const ECONOMY: readonly PlainSheet[] = [
  {
    name: '产值',
    title: '农林牧渔业净产值与旅游',
    headings: ['指标', '数值', '单位', ...GROUND],
    rows: [
      ['农业净产值', '12.2875', '亿元', 'C', P01],
      ['林业净产值', '2.3777', '亿元', 'C', P01],
      ['畜牧业净产值', '22.0760', '亿元', 'C', P01],
      ['渔业净产值', '0.0356', '亿元', 'C', P01],
      ['旅游康养价值（旅行费用法）', '70.6669', '亿元', 'C', `${P01}：358.68 万人次，参数未公布`],
      ['常住人口', '106', '万人', 'B', `${P01}：由人均 71.18 万元反算`],
    ],
  },
]

const PRICES: readonly PlainSheet[] = [
  {
    name: '价格',
    title: '价格（2010 年）',
    headings: ['价格项目', '单价', '单位', '基准', '年份', ...GROUND],
    rows: [
      ['水库单位库容造价', '7.06', '元/m³', '建造成本', '2010', 'C', P01],
      ['清淤单价', '15.58', '元/m³', '治理成本', '2010', 'C', P01],
      ['氮治理成本', '875', '元/t', '治理成本', '2010', 'C', P01],
      ['磷治理成本', '2800', '元/t', '治理成本', '2010', 'C', P01],
      ['沙地治理成本', '3.75', '元/m²', '恢复成本', '2010', 'C', P01],
      ['二氧化硫治理成本', '1200', '元/t', '治理成本', '2010', 'B', P01],
      ['氮氧化物治理成本', '630', '元/t', '治理成本', '2010', 'B', P01],
      ['粉尘治理成本', '150', '元/t', '治理成本', '2010', 'B', P01],
      ['化学需氧量治理成本', '700', '元/t', '治理成本', '2010', 'B', P01],
      ['氨氮治理成本', '875', '元/t', '治理成本', '2010', 'B', P01],
      ['碳价', '380', '元/tCO2', '造林成本', '2010', 'C', P01],
      ['制氧价格', '727', '元/tO2', '市场价', '2010', 'C', P01],
      ['电价', '0.53', '元/kWh', '市场价', '2010', 'C', P01],
      ['上网电价', '0.53', '元/kWh', '市场价', '2010', 'C', P01],
      ['森林病虫害防治成本', '375', '元/hm²', '治理成本', '2010', 'C', P01],
      ['草地病虫害防治成本', '112.5', '元/hm²', '治理成本', '2010', 'C', P01],
      ['生活水价', '2.6', '元/m³', '市场价', '2010', 'C', P01],
      ['工业水价', '3.6', '元/m³', '市场价', '2010', 'C', P01],
      ['农业水价', '0.07', '元/m³', '市场价', '2010', 'C', P01],
    ],
  },
]

const BOOKS = {
  '1 生态系统面积.xlsx': LAND,
  '2 实物量.xlsx': QUANTITIES,
  '3 水体与排放.xlsx': BODIES,
  '4 产值与旅游.xlsx': ECONOMY,
  '5 价格.xlsx': PRICES,
} as const

type Book = keyof typeof BOOKS
const ground = { mark: { column: '标记' }, source: { column: '出处' } } as const

const perType = (argument: string, file: Book, sheet: string, column: string, unit: string): Binding => ({
  argument,
  file,
  sheet,
  column,
  unit,
  class: { column: '生态系统类型' },
  ...ground,
})
const named = (argument: string, file: Book, sheet: string, column: string, unit: string): Binding => ({
  argument,
  file,
  sheet,
  column,
  unit,
  item: { column: '名称' },
  ...ground,
})
const row = (argument: string, file: Book, sheet: string, is: string, unit: string, item?: string): Binding => ({
  argument,
  file,
  sheet,
  column: '数值',
  where: { column: '指标', is },
  unit,
  ...(item ? { item: { name: item } } : {}),
  ...ground,
})
const price = (argument: string, is: string, unit: string, more: Partial<Binding> = {}): Binding => ({
  argument,
  file: '5 价格.xlsx',
  sheet: '价格',
  column: '单价',
  where: { column: '价格项目', is },
  unit,
  year: { column: '年份' },
  ...more,
  ...ground,
})
const emission = (argument: string, pollutant: string, item: string): Binding => ({
  argument,
  file: '3 水体与排放.xlsx',
  sheet: '污染物',
  column: '排放量（t）',
  where: { column: '污染物', is: pollutant },
  unit: 't',
  item: { name: item },
  ...ground,
})

const BINDINGS: readonly Binding[] = [
  perType('area', '1 生态系统面积.xlsx', '面积', '面积（km²）', 'km2'),
  perType('water-retained', '2 实物量.xlsx', '水源涵养', '水源涵养量（亿m³）', '亿m3'),
  perType('soil-retained', '2 实物量.xlsx', '土壤保持', '土壤保持量（亿t）', '亿t'),
  perType('sand-fixed', '2 实物量.xlsx', '防风固沙', '固沙量（万t）', '万t'),
  perType('carbon-sequestered', '2 实物量.xlsx', '固碳释氧', '固定二氧化碳量（亿tCO2）', '亿tCO2'),
  perType('oxygen-released', '2 实物量.xlsx', '固碳释氧', '释氧量（亿tO2）', '亿tO2'),
  perType('pest-free-area', '2 实物量.xlsx', '病虫害', '病虫害控制面积（万hm²）', '万hm2'),
  named('lake-area', '3 水体与排放.xlsx', '湖泊', '湖泊面积（km²）', 'km2'),
  named('reservoir-capacity', '3 水体与排放.xlsx', '水库', '总库容（万m³）', '万m3'),
  named('marsh-area', '3 水体与排放.xlsx', '沼泽', '沼泽面积（km²）', 'km2'),
  row('water-use', '3 水体与排放.xlsx', '用水与水电', '生活用水量', '亿m3', 'domestic'),
  row('water-use', '3 水体与排放.xlsx', '用水与水电', '工业用水量', '亿m3', 'industrial'),
  row('water-use', '3 水体与排放.xlsx', '用水与水电', '农业用水量', '亿m3', 'farm'),
  row('hydropower', '3 水体与排放.xlsx', '用水与水电', '水电发电量', '亿kWh'),
  row('water-evaporated', '3 水体与排放.xlsx', '用水与水电', '水面蒸发量', '亿m3'),
  row('cooling-days', '3 水体与排放.xlsx', '用水与水电', '高温天数', 'd'),
  emission('air-emission', 'SO2', 'SO2'),
  emission('air-emission', 'NOx', 'NOx'),
  emission('air-emission', '粉尘', 'dust'),
  emission('water-emission', 'COD', 'COD'),
  emission('water-emission', '氨氮', 'NH3-N'),
  row('crop-net-output', '4 产值与旅游.xlsx', '产值', '农业净产值', '亿元'),
  row('wood-net-output', '4 产值与旅游.xlsx', '产值', '林业净产值', '亿元'),
  row('livestock-net-output', '4 产值与旅游.xlsx', '产值', '畜牧业净产值', '亿元'),
  row('fish-net-output', '4 产值与旅游.xlsx', '产值', '渔业净产值', '亿元'),
  row('recreation-value', '4 产值与旅游.xlsx', '产值', '旅游康养价值（旅行费用法）', '亿元', '全州'),
  row('population', '4 产值与旅游.xlsx', '产值', '常住人口', '万人'),
  price('price.reservoir-storage', '水库单位库容造价', '元/m3'),
  price('price.dredging', '清淤单价', '元/m3'),
  price('price.soil-nitrogen', '氮治理成本', '元/t'),
  price('price.soil-phosphorus', '磷治理成本', '元/t'),
  price('price.desert-restoration', '沙地治理成本', '元/m2'),
  price('price.air-pollutant', '二氧化硫治理成本', '元/t', { item: { name: 'SO2' } }),
  price('price.air-pollutant', '氮氧化物治理成本', '元/t', { item: { name: 'NOx' } }),
  price('price.air-pollutant', '粉尘治理成本', '元/t', { item: { name: 'dust' } }),
  price('price.water-pollutant', '化学需氧量治理成本', '元/t', { item: { name: 'COD' } }),
  price('price.water-pollutant', '氨氮治理成本', '元/t', { item: { name: 'NH3-N' } }),
  price('price.carbon', '碳价', '元/tCO2'),
  price('price.oxygen', '制氧价格', '元/tO2'),
  price('price.electricity', '电价', '元/kWh'),
  price('price.hydropower', '上网电价', '元/kWh'),
  price('price.pest', '森林病虫害防治成本', '元/hm2', { class: { code: 'forest' } }),
  price('price.pest', '草地病虫害防治成本', '元/hm2', { class: { code: 'grass' } }),
  price('price.water-use', '生活水价', '元/m3', { item: { name: 'domestic' } }),
  price('price.water-use', '工业水价', '元/m3', { item: { name: 'industrial' } }),
  price('price.water-use', '农业水价', '元/m3', { item: { name: 'farm' } }),
]

export const GANZI_LIST: InputList = {
  qingshan: 'account/1',
  title: text(
    '甘孜藏族自治州 2010 年生态产品总值核算（已发表表格的重算）',
    'Ganzi Prefecture 2010: a published account replayed',
  ),
  year: 2010,
  priceYear: 2010,
  set: 'ganzi-2010',
  status: 'trial',
  region: { code: '513300', name: text('甘孜藏族自治州', 'Ganzi Tibetan Autonomous Prefecture') },
  accepted: { by: '示例', on: '2026-01-01' },
  methods: {
    R1: ['R1.reported'],
    R2: ['R2.reported'],
    R3: ['R3.reported'],
    R5: ['R5.lake', 'R5.reservoir', 'R5.marsh'],
    R6: ['R6.emission'],
    R7: ['R7.emission'],
    R8: ['R8.reported'],
    R9: ['R9.vegetation', 'R9.water'],
    C1: ['C1.reported'],
  },
  choices: {
    'R2.reported.soilRecord': 'ganzi-2010',
    'R5.lake.lakeRegion': 'qinghai-tibet',
    'R5.lake.exchanges': 'single-event',
    'R9.water.humidifierTerm': 'always',
    'R9.water.waterCop': 'none',
  },
  arguments: BINDINGS,
  explained: [
    {
      finding: 'QA-13',
      reason: '原文将全州湖泊面积合计一次代入回归式，此处照原表重算，以便逐行对照；正式核算须逐湖计算',
      by: '示例',
    },
  ],
}

/** The five workbooks, by file name. */
export async function ganziWorkbooks(): Promise<ReadonlyMap<string, Uint8Array>> {
  const out = new Map<string, Uint8Array>()
  for (const [name, sheets] of Object.entries(BOOKS)) out.set(name, await workbookOf(`甘孜州 2010：${name}`, sheets))
  return out
}
