// The account of Ganzi Prefecture for 2010 as printed (P01): the table every check is silent on.

import { text } from '../../../kernel/index.ts'
import type { ServiceId } from '../services.ts'
import { printed } from './amount.ts'
import type { PrintedRow, PrintedTable } from './cases.ts'

const AREAS: readonly (readonly [string, string, string, string])[] = [
  // class, area km2, value 亿元, water 亿元
  ['forest', '31920.60', '2176.00', '616.93'],
  ['shrub', '32283.46', '1490.88', '617.09'],
  ['grass', '71113.87', '2397.56', '993.56'],
  ['wetland', '2864.27', '1396.13', '33.56'],
  ['farm', '1707.87', '42.29', '2.59'],
  ['urban', '74.53', '1.00', '.10'],
  ['other.glacier', '1259.91', '5.60', '.14'],
  ['other.bare', '8463.19', '36.13', '5.74'],
]

type Seed = readonly [
  id: string,
  service: ServiceId,
  zh: string,
  quantity: readonly [string, string] | undefined,
  price: readonly [string, string] | undefined,
  value: string,
]

const SEEDS: readonly Seed[] = [
  ['crops', 'M1', '农业', undefined, undefined, '12.2875'],
  ['forestry', 'M2', '林业', undefined, undefined, '2.3777'],
  ['livestock', 'M3', '牧业', undefined, undefined, '22.0760'],
  ['fishery', 'M4', '渔业', undefined, undefined, '0.0356'],
  ['supply.domestic', 'M6', '生活用水', ['1.36', '亿m3'], ['2.6', '元/m3'], '3.54'],
  ['supply.industrial', 'M6', '工业用水', ['150.17', '亿m3'], ['3.6', '元/m3'], '540.6113'],
  ['supply.farm', 'M6', '农业用水', ['17.31', '亿m3'], ['0.07', '元/m3'], '1.2117'],
  ['hydropower', 'M7', '水电', ['95.30', '亿kWh'], ['0.53', '元/kWh'], '50.509'],
  ['retention', 'R1', '水源涵养', ['321.49', '亿m3'], ['7.06', '元/m3'], '2269.7074'],
  ['sediment', 'R2', '减少淤积', ['10.03', '亿m3'], ['15.58', '元/m3'], '156.2555'],
  ['nitrogen', 'R2', '保持氮', ['1437.94', '万t'], ['875', '元/t'], '125.8199'],
  ['phosphorus', 'R2', '保持磷', ['419.72', '万t'], ['2800', '元/t'], '117.5226'],
  ['sand', 'R3', '防风固沙', ['60.89', 'km2'], ['3.75', '元/m2'], '2.2835'],
  ['lake', 'R5', '湖泊调蓄', ['2.43', '亿m3'], ['7.06', '元/m3'], '17.1430'],
  ['reservoir', 'R5', '水库调蓄', ['0.01', '亿m3'], ['7.06', '元/m3'], '0.0684'],
  ['marsh', 'R5', '沼泽调蓄', ['6.00', '亿m3'], ['7.06', '元/m3'], '42.3436'],
  ['SO2', 'R6', '二氧化硫', ['1137', 't'], ['1200', '元/t'], '.0136'],
  ['NOx', 'R6', '氮氧化物', ['2772', 't'], ['630', '元/t'], '.0175'],
  ['dust', 'R6', '粉尘', ['941', 't'], ['150', '元/t'], '.0014'],
  ['COD', 'R7', '化学需氧量', ['5424', 't'], ['700', '元/t'], '.0380'],
  ['NH3-N', 'R7', '氨氮', ['625', 't'], ['875', '元/t'], '.0055'],
  ['co2', 'R8', '固碳', ['0.31', '亿tCO2'], ['380', '元/tCO2'], '117.3548'],
  ['o2', 'R11', '释氧', ['2.51', '亿tO2'], ['727', '元/tO2'], '1821.9182'],
  ['cooling.vegetation', 'R9', '植被降温', ['2799.10', '亿kWh'], ['.53', '元/kWh'], '1483.5208'],
  ['cooling.water', 'R9', '水面降温', ['1272.35', '亿kWh'], ['.53', '元/kWh'], '674.3433'],
  ['pests.forest', 'R13', '森林病虫害', ['158', '万hm2'], ['375', '元/hm2'], '5.925'],
  ['pests.grass', 'R13', '草地虫害', ['711.13', '万hm2'], ['112.5', '元/hm2'], '8.0003'],
  ['tourism', 'C1', '旅游', undefined, undefined, '70.6669'],
]

const rows: readonly PrintedRow[] = [
  ...SEEDS.map(([id, service, zh, q, p, value]): PrintedRow => ({
    id,
    service,
    title: text(zh, id),
    ...(q ? { quantity: printed(...q) } : {}),
    ...(p ? { price: printed(...p) } : {}),
    value: printed(value, '亿元'),
  })),
  ...AREAS.map(([cls, area, value]): PrintedRow => ({
    id: cls,
    title: text(cls, cls),
    class: cls,
    area: printed(area, 'km2'),
    value: printed(value, '亿元'),
  })),
  ...AREAS.map(([cls, , , water]): PrintedRow => ({
    id: `water.${cls}`,
    title: text(cls, cls),
    value: printed(water, '亿元'),
  })),
]

const group = (letter: string): readonly string[] => SEEDS.filter((s) => s[1].startsWith(letter)).map((s) => s[0])

export const ganziTable = (): PrintedTable => ({
  title: text('甘孜州 2010 年生态系统生产总值', 'GEP of Ganzi Prefecture, 2010'),
  source: 'P01',
  year: 2010,
  set: 'ganzi-2010',
  rows,
  totals: [
    { title: text('物质供给', 'provisioning'), value: printed('632.64', '亿元'), by: 'service', of: group('M') },
    { title: text('调节服务', 'regulating'), value: printed('6842.28', '亿元'), by: 'service', of: group('R') },
    { title: text('GEP', 'GEP'), value: printed('7545.59', '亿元'), by: 'column', of: SEEDS.map((s) => s[0]) },
    { title: text('GEP', 'GEP'), value: printed('7545.59', '亿元'), by: 'class', of: AREAS.map((a) => a[0]) },
    {
      title: text('水源涵养', 'water retention'),
      value: printed('2269.71', '亿元'),
      by: 'class',
      of: AREAS.map((a) => `water.${a[0]}`),
    },
  ],
  perArea: [
    {
      what: text('全州', 'whole prefecture'),
      class: '*',
      value: printed('7545.59', '亿元'),
      area: printed('149687.70', 'km2'),
    },
  ],
  caps: [
    { what: text('二氧化硫', 'SO2'), purified: printed('1137', 't'), emission: printed('1137', 't') },
    { what: text('氮氧化物', 'NOx'), purified: printed('2772', 't'), emission: printed('2772', 't') },
    { what: text('粉尘', 'dust'), purified: printed('941', 't'), emission: printed('941', 't') },
    { what: text('化学需氧量', 'COD'), purified: printed('5424', 't'), emission: printed('5424', 't') },
    { what: text('氨氮', 'NH3-N'), purified: printed('625', 't'), emission: printed('625', 't') },
  ],
  conversions: [
    {
      what: text('减少淤积', 'sediment'),
      mass: printed('38.86', '亿t'),
      share: printed('0.24', '1'),
      volume: printed('10.03', '亿m3'),
    },
  ],
  soil: [{ what: text('土壤保持', 'soil retained'), soil: printed('38.86', '亿t'), area: printed('149687.70', 'km2') }],
  carbon: [
    { what: text('固碳与释氧', 'carbon and oxygen'), co2: printed('0.31', '亿tCO2'), o2: printed('2.51', '亿tO2') },
  ],
  published: [
    {
      what: text('甘孜州 2010', 'Ganzi 2010'),
      totals: [
        { amount: printed('7545.59', '亿元'), source: 'P01' },
        { amount: printed('7545.5980', '亿元'), source: 'P01, sum of lines' },
      ],
    },
  ],
})

/** What the indicator set of this table declares. */
export const ganziGrounds = [
  {
    pair: ['R8', 'R11'] as const,
    ground: text('释氧按净初级生产力、固碳按净生态系统生产力，两者基准不同', 'oxygen stands on NPP and carbon on NEP'),
  },
]
