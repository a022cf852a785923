// M1 to M7, material supply (gep.md 7.1). Four ways to value an output: gross, net of inputs, nature's share, and the net
// output of the statistics. Which one the national text fixes is not confirmed, so the choice is named in every result.

import { text, type Text } from '../../../kernel/index.ts'
import type { ServiceId } from '../services.ts'
import type { Method } from './method.ts'

interface Sector {
  readonly service: ServiceId
  readonly name: Text
  readonly output: string
  readonly net: string
  readonly books: string
}

const SECTORS: readonly Sector[] = [
  { service: 'M1', name: text('农业', 'farming'), output: 'crop-output', net: 'crop-net-output', books: 'farm' },
  { service: 'M2', name: text('林业', 'forestry'), output: 'wood-output', net: 'wood-net-output', books: 'forest' },
  {
    service: 'M3',
    name: text('畜牧业', 'livestock'),
    output: 'livestock-output',
    net: 'livestock-net-output',
    books: 'grass',
  },
  { service: 'M4', name: text('渔业', 'fishery'), output: 'fish-output', net: 'fish-net-output', books: 'wetland' },
]

const sectorMethods = ({ service, name, output, net, books }: Sector): readonly Method[] => [
  {
    id: `${service}.net-output`,
    service,
    title: text(`${name.zh}净产值`, `Net output of ${name.en}`),
    text: text(
      '统计的净产值直接作为供给价值，没有实物量。',
      'Net output of the statistics taken as the value; there is no physical quantity.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: net,
    books: [books],
    stages: [{ item: 'net-output', title: text('净产值', 'net output'), take: net, unit: '元', value: 'self' }],
  },
  {
    id: `${service}.net`,
    service,
    title: text('产量×价格减非自然投入', 'Output × price less non-natural inputs'),
    text: text(
      '扣除种苗、饲料、化肥、人工等非自然投入后的价值，接近 SEEA 的残值口径。',
      'Value after seed, feed, fertiliser, labour; close to the residual of SEEA.',
    ),
    path: 'statistics',
    source: ['S31'],
    driver: output,
    books: [books],
    stages: [
      {
        item: '{item}',
        title: text('产量', 'output'),
        take: output,
        unit: 't',
        value: {
          rule: 'gep.m.net',
          output: '供给价值',
          given: {
            产量: { own: 'quantity' },
            单价: { price: 'product-price' },
            非自然投入: { argument: 'input-cost' },
          },
        },
      },
    ],
  },
  {
    id: `${service}.nature-share`,
    service,
    title: text('产量×价格×自然贡献率', 'Output × price × share of nature'),
    text: text(
      '自然贡献率 γ 由参数或资料给出（青海做法）。',
      "Nature's share γ is given with the data (Qinghai form).",
    ),
    path: 'statistics',
    source: ['P20'],
    driver: output,
    books: [books],
    stages: [
      {
        item: '{item}',
        title: text('产量', 'output'),
        take: output,
        unit: 't',
        value: {
          rule: 'gep.m.nature-share',
          output: '供给价值',
          given: {
            产量: { own: 'quantity' },
            单价: { price: 'product-price' },
            自然贡献率: { argument: 'nature-share' },
          },
        },
      },
    ],
  },
  {
    id: `${service}.gross`,
    service,
    title: text('产量×价格（总产值）', 'Output × price (gross)'),
    text: text(
      '总产值口径，含非自然投入；与国民经济统计重叠最多。',
      'Gross value, inputs included; overlaps most with national accounts.',
    ),
    path: 'statistics',
    source: ['S04'],
    driver: output,
    books: [books],
    stages: [
      { item: '{item}', title: text('产量', 'output'), take: output, unit: 't', value: { price: 'product-price' } },
    ],
  },
]

export const PROVISIONING: readonly Method[] = [
  ...SECTORS.flatMap(sectorMethods),
  {
    id: 'M2.timber',
    service: 'M2',
    part: 'timber',
    title: text('木材采伐量×价格', 'Timber harvest × price'),
    text: text('以立方米计的木材；与按吨计的林产品相加。', 'Timber in cubic metres, beside forest products in tonnes.'),
    path: 'statistics',
    source: ['S04'],
    driver: 'timber-output',
    books: ['forest'],
    stages: [
      {
        item: '{item}',
        title: text('采伐量', 'harvest'),
        take: 'timber-output',
        unit: 'm3',
        value: { price: 'timber-price' },
      },
    ],
  },
  {
    id: 'M5.gross',
    service: 'M5',
    title: text('生物质能×价格', 'Biomass energy × price'),
    text: text('以吨标准煤计的生物质能。', 'Biomass energy in tonnes of coal equivalent.'),
    path: 'statistics',
    source: ['S04'],
    driver: 'biomass-energy',
    books: ['forest', 'farm'],
    stages: [
      {
        item: '{item}',
        title: text('生物质能', 'biomass energy'),
        take: 'biomass-energy',
        unit: 'tce',
        value: { price: 'biomass-price' },
      },
    ],
  },
  {
    id: 'M6.water-use',
    service: 'M6',
    title: text('用水量×水资源价格', 'Water use × price of water'),
    text: text(
      '生活、工业、农业用水分别计价；不在 481 清单内，与水源涵养重复时须说明理由。',
      'Domestic, industrial and farm water priced apart; not in the 481 list, and counted twice beside R1 unless a ground is given.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'water-use',
    books: ['wetland'],
    stages: [
      {
        item: '{item}',
        title: text('用水量', 'water use'),
        take: 'water-use',
        unit: 'm3',
        value: { price: 'price.water-use' },
      },
    ],
  },
  {
    id: 'M7.hydropower',
    service: 'M7',
    title: text('水电发电量×电价', 'Hydropower × price'),
    text: text(
      '非生物流，SEEA 不计入生态系统服务。',
      'An abiotic flow; SEEA does not count it as an ecosystem service.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'hydropower',
    books: ['wetland'],
    stages: [
      {
        item: 'hydropower',
        title: text('水电', 'hydropower'),
        take: 'hydropower',
        unit: 'kWh',
        value: { price: 'price.hydropower' },
      },
    ],
  },
]
