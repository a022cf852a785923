// R4 coastal protection, R5 flood mitigation, R6 air filtration, R7 water purification, R10 noise (gep.md 6.6 to 6.8, 6.11).
// Lakes are computed one by one (the law is not linear in area); purification is never more than what is emitted.

import { text } from '../../../kernel/index.ts'
import type { Given, Method, Stage } from './method.ts'
import { arg } from './shorthand.ts'

const RESERVOIR = { price: 'price.reservoir-storage' } as const
const stored = (
  item: string,
  zh: string,
  en: string,
  rule: string,
  given: Readonly<Record<string, Given>>,
  keys?: Stage['keys'],
): Stage => ({
  item,
  title: text(zh, en),
  rule,
  output: '调蓄量',
  given,
  ...(keys ? { keys } : {}),
  unit: 'm3',
  value: RESERVOIR,
})

const LAKE = {
  面积: arg('lake-area'),
  换水次数: { parameter: 'gep.r5.lake-exchanges', key: { choice: 'exchanges' } },
} as const
const BY_LAKE_REGION = { variant: { choice: 'lakeRegion' } } as const
const LAKE_LAW = {
  lakeRegion: {
    title: text('湖泊分区', 'lake region'),
    values: {
      'qinghai-tibet': text('青藏', 'Qinghai–Tibet'),
      'eastern-plain': text('东部平原（含洞庭湖，待核）', 'eastern plain (incl. Dongting, unconfirmed)'),
      yungui: text('云贵（草海，待核）', 'Yunnan–Guizhou (unconfirmed)'),
      mengxin: text('蒙新（待核）', 'Inner Mongolia–Xinjiang (unconfirmed)'),
      northeast: text('东北（待核）', 'north-east (unconfirmed)'),
    },
  },
  exchanges: {
    title: text('换水次数', 'water exchanges'),
    values: {
      'single-event': text('1（单次洪水）', '1 (one event)'),
      guide: text('3.19（年，待核）', '3.19 (a year, unconfirmed)'),
    },
  },
} as const

const CURVE_NUMBER: Given = {
  choice: 'CN',
  usual: 'given',
  of: {
    given: arg('curve-number'),
    'by-group': {
      factor: 'CN',
      rule: 'gep.r5.cn-by-group',
      output: '曲线数',
      given: {
        土壤组: {
          choice: 'soilGroup',
          of: {
            given: arg('soil-group'),
            conductivity: {
              factor: 'soil-group',
              rule: 'gep.r5.soil-group',
              output: '土壤组',
              given: { 饱和导水率: arg('soil-conductivity') },
            },
          },
        },
        甲组曲线数: arg('curve-number.a'),
        乙组曲线数: arg('curve-number.b'),
        丙组曲线数: arg('curve-number.c'),
        丁组曲线数: arg('curve-number.d'),
      },
    },
  },
}

const FLOOD: readonly Method[] = [
  {
    id: 'R5.vegetation-runoff',
    service: 'R5',
    part: 'vegetation',
    title: text('植被调蓄：暴雨减暴雨径流', 'Vegetation: storm rain less storm runoff'),
    text: text(
      '逐暴雨日，雨量减径流，乘面积；暴雨下限是参数。',
      'Storm day by storm day, rain less runoff, times area.',
    ),
    path: 'coefficients',
    source: ['P01'],
    driver: 'area',
    classes: ['forest', 'shrub', 'grass'],
    stages: [
      stored('vegetation', '植被调蓄', 'vegetation', 'gep.r5.vegetation', {
        暴雨日: { each: 'storm-day-rain', fields: { 雨量: arg('storm-day-rain'), 径流: arg('storm-day-runoff') } },
        面积: arg('area'),
      }),
    ],
  },
  {
    id: 'R5.vegetation-scs',
    service: 'R5',
    part: 'vegetation',
    title: text('植被调蓄：SCS 曲线数法', 'Vegetation: SCS curve number'),
    text: text('逐暴雨日由 CN 求径流。', 'Runoff of each storm day from the curve number.'),
    path: 'coefficients',
    source: ['P01'],
    driver: 'area',
    classes: ['forest', 'shrub', 'grass'],
    choices: {
      CN: {
        title: text('曲线数', 'curve number'),
        values: {
          given: text('直接给出', 'given'),
          'by-group': text('按水文土壤组取', 'by hydrologic soil group'),
        },
      },
      soilGroup: {
        title: text('水文土壤组', 'hydrologic soil group'),
        values: {
          given: text('直接给出', 'given'),
          conductivity: text('由饱和导水率判定（界限待核）', 'from saturated conductivity (limits unconfirmed)'),
        },
      },
    },
    stages: [
      stored('vegetation', '植被调蓄', 'vegetation', 'gep.r5.scs', {
        暴雨日: { each: 'storm-day-rain', fields: { 雨量: arg('storm-day-rain') } },
        曲线数: CURVE_NUMBER,
        面积: arg('area'),
      }),
    ],
  },
  {
    id: 'R5.lake-part',
    service: 'R5',
    part: 'lake',
    title: text('湖泊调蓄：全湖回归按界内面积分摊', 'Lakes: the law of the whole lake, shared by area'),
    text: text(
      '湖泊以图形给出时用：调蓄量按全湖面积求得，跨界的按各县界内面积分摊。',
      'For lakes given as polygons: storage by the area of the whole lake, shared by the area in each region.',
    ),
    path: 'statistics',
    source: ['P01', 'P13', 'ours'],
    driver: 'lake-area',
    books: ['wetland'],
    choices: LAKE_LAW,
    stages: [
      stored(
        'lake.{item}',
        '湖泊调蓄',
        'lake',
        'gep.r5.lake-part',
        { ...LAKE, 全湖面积: arg('lake-area.whole') },
        BY_LAKE_REGION,
      ),
    ],
  },
  {
    id: 'R5.lake',
    service: 'R5',
    part: 'lake',
    title: text('湖泊调蓄：逐湖回归', 'Lakes: regression, lake by lake'),
    text: text(
      '每个湖单独用 e^a·A^b·T；不得把面积相加后再代入。',
      'e^a·A^b·T for each lake on its own; areas are never added first.',
    ),
    path: 'statistics',
    source: ['P01', 'P13'],
    driver: 'lake-area',
    books: ['wetland'],
    choices: LAKE_LAW,
    stages: [stored('lake.{item}', '湖泊调蓄', 'lake', 'gep.r5.lake', LAKE, BY_LAKE_REGION)],
  },
  {
    id: 'R5.reservoir-measured',
    service: 'R5',
    part: 'reservoir',
    title: text('水库调蓄：实测防洪库容', 'Reservoirs: measured flood-control capacity'),
    text: text(
      '水利部门有防洪库容的，优先采用。',
      'Where the water bureau has the flood-control capacity, it comes first.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'reservoir-flood-capacity',
    books: ['wetland'],
    stages: [
      stored('reservoir.{item}', '水库调蓄', 'reservoir', 'gep.r5.reservoir-measured', {
        水库: { each: 'reservoir-flood-capacity', fields: { 防洪库容: arg('reservoir-flood-capacity') } },
      }),
    ],
  },
  {
    id: 'R5.reservoir',
    service: 'R5',
    part: 'reservoir',
    title: text('水库调蓄：总库容×0.35', 'Reservoirs: 0.35 × total capacity'),
    text: text(
      '没有防洪库容时的替代。水库是人工设施，SEEA 不把大坝的作用记给生态系统。',
      'The fall-back without a measured capacity. SEEA would not credit the dam.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'reservoir-capacity',
    books: ['wetland'],
    stages: [
      stored('reservoir.{item}', '水库调蓄', 'reservoir', 'gep.r5.reservoir', { 总库容: arg('reservoir-capacity') }),
    ],
  },
  {
    id: 'R5.marsh',
    service: 'R5',
    part: 'marsh',
    title: text('沼泽调蓄：面积×滞水深', 'Marshes: area × storage depth'),
    text: text(
      '结果单位是立方米，不是万立方米（有文献误印，差一万倍）。',
      'The outcome is in m³ and not in 万m³, as one print has it (a factor of 10 000).',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'marsh-area',
    books: ['wetland'],
    stages: [stored('marsh.{item}', '沼泽调蓄', 'marsh', 'gep.r5.marsh', { 面积: arg('marsh-area') })],
  },
  {
    id: 'R5.reported',
    service: 'R5',
    title: text('取用已有调蓄量', 'Reported flood storage'),
    text: text('调蓄量由专项研究给出，本次只计价。', 'The storage comes from a separate study and is priced here.'),
    path: 'statistics',
    source: ['P01'],
    driver: 'flood-storage',
    books: ['wetland'],
    stages: [
      {
        item: '{item}',
        title: text('洪水调蓄量', 'flood storage'),
        take: 'flood-storage',
        unit: 'm3',
        value: RESERVOIR,
      },
    ],
  },
]

const purified = (rule: string, given: Readonly<Record<string, Given>>, price: string): Stage => ({
  item: '{item}',
  title: text('净化量', 'amount purified'),
  rule,
  output: '净化总量',
  given,
  unit: 't',
  value: { price },
})

const PURIFICATION: readonly Method[] = [
  {
    id: 'R6.capped',
    service: 'R6',
    title: text('净化能力与排放量取小', 'Capacity capped by emission'),
    text: text(
      '各类型面积×单位面积净化量之和，与排放量比较取小者。',
      'The sum of area × purification per area, or the emission, whichever is less.',
    ),
    path: 'coefficients',
    source: ['P02', 'P01'],
    driver: 'air-emission',
    books: ['forest', 'shrub'],
    stages: [
      purified(
        'gep.r6.air',
        {
          地类: {
            each: 'area',
            fields: { 面积: arg('area'), 净化量: { parameter: 'gep.r6.capacity-{item}', key: 'class' } },
          },
          排放量: arg('air-emission'),
        },
        'price.air-pollutant',
      ),
    ],
  },
  {
    id: 'R6.emission',
    service: 'R6',
    title: text('按排放量计（已知排放低于净化能力）', 'Emission booked (known to be below capacity)'),
    text: text(
      '仅当排放量确知低于净化能力时采用；须在说明中给出依据。',
      'Only where the emission is known to be below capacity; the ground is stated.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'air-emission',
    books: ['forest'],
    stages: [
      {
        item: '{item}',
        title: text('净化量', 'amount purified'),
        take: 'air-emission',
        unit: 't',
        value: { price: 'price.air-pollutant' },
      },
    ],
  },
  {
    id: 'R7.capped',
    service: 'R7',
    title: text('净化能力与入河量取小', 'Capacity capped by load'),
    text: text(
      '湿地面积×单位面积净化量，与未处理入河量比较取小者；氨氮是总氮的一部分，不得相加。',
      'Wetland area × purification per area, or the untreated load, whichever is less; ammonia is part of total nitrogen.',
    ),
    path: 'coefficients',
    source: ['P01'],
    driver: 'water-emission',
    books: ['wetland'],
    stages: [
      purified(
        'gep.r7.water',
        {
          湿地: {
            each: 'area',
            classes: ['wetland'],
            fields: { 面积: arg('area'), 净化量: { parameter: 'gep.r7.capacity', key: 'item' } },
          },
          入河负荷: arg('water-emission'),
        },
        'price.water-pollutant',
      ),
    ],
  },
  {
    id: 'R7.emission',
    service: 'R7',
    title: text('按入河量计（已知低于净化能力）', 'Load booked (known to be below capacity)'),
    text: text(
      '仅当入河量确知低于净化能力时采用；须在说明中给出依据。',
      'Only where the load is known to be below capacity; the ground is stated.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'water-emission',
    books: ['wetland'],
    stages: [
      {
        item: '{item}',
        title: text('净化量', 'amount purified'),
        take: 'water-emission',
        unit: 't',
        value: { price: 'price.water-pollutant' },
      },
    ],
  },
  {
    id: 'R10.noise',
    service: 'R10',
    title: text('平均降噪×绿带长度', 'Mean reduction × belt length'),
    text: text(
      '逐条道路计算，每条路边只计一次；分贝不可相加。参数须用当地值。',
      'Road by road, each roadside once; decibels are never added. Local values only.',
    ),
    path: 'statistics',
    source: ['G02'],
    driver: 'noise-belt-length',
    books: ['urban'],
    stages: [
      {
        item: '{item}',
        title: text('噪声消减', 'noise reduction'),
        rule: 'gep.r10.noise',
        output: '噪声消减量',
        given: {
          路段: {
            each: 'noise-belt-length',
            fields: { 降噪量: arg('noise-reduction'), 长度: arg('noise-belt-length') },
          },
        },
        unit: 'dB·km',
        value: { price: 'price.noise' },
      },
    ],
  },
]

const COAST: Method = {
  id: 'R4.coast',
  service: 'R4',
  title: text('受防护岸线长度', 'Length of coast protected'),
  text: text(
    '红树林、盐沼、珊瑚礁、海草床防护的岸线；内陆地区为“不适用”。形式与价格待核。',
    'Coast protected by mangrove, salt marsh, coral or seagrass; not applicable inland. Form and price unconfirmed.',
  ),
  path: 'statistics',
  source: ['ours'],
  driver: 'coast-length',
  books: ['wetland'],
  stages: [
    {
      item: '{item}',
      title: text('防护岸线', 'coast protected'),
      rule: 'gep.r4.coast',
      output: '防护岸线长度',
      given: { 岸段: { each: 'coast-length', fields: { 长度: arg('coast-length') } } },
      unit: 'km',
      value: { price: 'price.coast' },
    },
  ],
}

export const FLOOD_AIR_WATER: readonly Method[] = [COAST, ...FLOOD, ...PURIFICATION]
