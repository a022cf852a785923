// 文旅与价格: visits and what they cost, parks, and the prices of products and services with their basis and year.
// Always holds: every price stands for the base year and for the year itself, so constant prices are the same in every
// year's account and growth at constant prices can be told.

import type { Binding } from '../input-list.ts'
import { bind, BY_NAME, rowOf, type CountyYear, type DepartmentBook } from './county-book.ts'
import { fixed, part } from './county-dice.ts'
import { COUNTY_NAME } from './county-place.ts'
import { PRODUCT_NAMES, productPrice, timberPrice, TIMBER_PRICES } from './county-prices.ts'
import { plainSheet, type Cell } from './tables.ts'

const FILE = '6 文旅局 发改局 旅游与价格.xlsx'

/** 万人次 in 2020; 元 a visit: spent, time, surplus. */
const SITES: readonly (readonly [string, string, number, number, number, number])[] = [
  ['望岭森林公园', '望岭乡', 148, 386, 92, 64],
  ['白鹭湖湿地公园', '白鹭湖镇', 122, 312, 74, 58],
  ['龙井坳温泉', '龙井坳乡', 86, 468, 88, 71],
  ['青枫峡漂流', '青枫镇', 71, 342, 66, 52],
  ['大樟古樟群', '大樟镇', 46, 214, 58, 37],
]
/** 万人·h a year and nature's share in %. */
const PARKS: readonly (readonly [string, string, number, number])[] = [
  ['云溪滨江公园', '云溪镇', 532, 72],
  ['柳塘湿地步道', '柳塘镇', 168, 84],
  ['石板桥登山步道', '石板桥镇', 124, 90],
]

const TAX = '湖南省环境保护税适用税额 ÷ 污染当量值'
const TARIFF = '县发改局价格目录（示范）'
const NITROGEN = '县污水处理厂脱氮单位成本（示范，未经核定）'
/** Prices that the county itself tells, the same in every year. */
const FIXED: readonly (readonly [name: string, price: string, unit: string, basis: string, source: string])[] = [
  ['二氧化硫治理成本', '2526.32', '元/t', '税率', TAX],
  ['氮氧化物治理成本', '2526.32', '元/t', '税率', TAX],
  ['颗粒物治理成本', '1100.92', '元/t', '税率', TAX],
  ['化学需氧量治理成本', '3000', '元/t', '税率', TAX],
  ['总磷治理成本', '12000', '元/t', '税率', TAX],
  ['电价', '0.588', '元/kWh', '市场价', TARIFF],
  ['生活水价', '2.36', '元/m³', '市场价', TARIFF],
  ['工业水价', '3.12', '元/m³', '市场价', TARIFF],
  ['农业水价', '0.08', '元/m³', '市场价', TARIFF],
]

export function tourismBook(of: CountyYear): DepartmentBook {
  const { year, priceYear, dice } = of
  const years = [...new Set([priceYear, year])]
  const grown = (label: string, n: number, yearly: number): number =>
    part(n, 1000 + yearly * (year - 2020) + dice.draw(`${label} ${year}`, -35, 35), 1000)
  const carbon = (y: number): Cell[] => [
    '碳价',
    fixed(dice.draw(`carbon price ${y}`, 5650, 7350), 2),
    '元/tCO2',
    '市场价',
    String(y),
    '统计',
    `碳市场 ${y} 年均价（示范）`,
  ]
  const services: Cell[][] = [
    ...FIXED.flatMap(([name, price, unit, basis, source]) =>
      years.map((y) => [name, price, unit, basis, String(y), '统计', source]),
    ),
    ...years.map((y) => ['总氮治理成本', '4200', '元/t', '治理成本', String(y), '待确认', NITROGEN]),
    ...years.map(carbon),
  ]
  const sheets = [
    plainSheet({
      name: '景区',
      title: `${COUNTY_NAME} ${year} 年自然类景区游客与旅行费用（示范数据）`,
      headings: [
        '景区',
        '所在乡镇',
        '旅游人次（万人次）',
        '人均旅行花费（元/人次）',
        '时间成本（元/人次）',
        '消费者剩余（元/人次）',
      ],
      rows: SITES.map(([n, t, visits, spent, time, surplus]) => [
        n,
        t,
        fixed(grown(`visits ${n}`, visits * 100, 45), 2),
        String(grown(`spent ${n}`, spent, 18)),
        String(time),
        String(surplus),
      ]),
      note: '消费者剩余由问卷的出行次数模型得出，含于价值之内。',
    }),
    plainSheet({
      name: '公园',
      title: `${COUNTY_NAME} ${year} 年公园绿地居民游憩（示范数据）`,
      headings: ['公园', '所在乡镇', '游憩时长（万人·h）', '自然景观比例（%）', '时间价值（元/(人·h)）'],
      rows: PARKS.map(([n, t, hours, share]) => [
        n,
        t,
        fixed(grown(`hours ${n}`, hours * 10, 8), 1),
        String(share),
        fixed(grown('hour', 940, 25), 2),
      ]),
      note: '时间价值由县统计局工资资料折算，各公园相同。',
    }),
    plainSheet({
      name: '产品价格',
      title: `${COUNTY_NAME}农林牧产品价格（示范数据）`,
      headings: ['产品', '年份', '价格（元/t）'],
      rows: PRODUCT_NAMES.flatMap((n) => years.map((y) => [n, String(y), String(productPrice(of, n, y))])),
      note: '产地价。',
    }),
    plainSheet({
      name: '木材价格',
      title: `${COUNTY_NAME}木材价格（示范数据）`,
      headings: ['树种', '年份', '木材价格（元/m³）'],
      rows: (Object.keys(TIMBER_PRICES) as (keyof typeof TIMBER_PRICES)[]).flatMap((n) =>
        years.map((y) => [n, String(y), String(timberPrice(of, n, y))]),
      ),
    }),
    plainSheet({
      name: '服务价格',
      title: `${COUNTY_NAME}生态服务价格（示范数据）`,
      headings: ['价格项目', '数值', '单位', '基准', '年份', '标记', '出处'],
      rows: services,
      note: '水库库容造价、清淤、氮、磷单价取价格手册，按居民消费价格指数换算。',
    }),
  ]
  const site = bind(FILE, '景区')
  const siteKeys = { ...BY_NAME, item: { column: '景区' } } as const
  const parkKeys = { ...BY_NAME, item: { column: '公园' } } as const
  const yearly = { year: { column: '年份' } } as const
  const service = (argument: string, is: string, unit: string, item?: string): Binding =>
    bind(FILE, '服务价格')(argument, '数值', unit, {
      ...rowOf('价格项目', is),
      ...(item === undefined ? {} : { item: { name: item } }),
      ...yearly,
      mark: { column: '标记' },
      source: { column: '出处' },
    })
  return {
    file: FILE,
    sheets,
    bindings: [
      site('visits', '旅游人次（万人次）', '万人次', siteKeys),
      site('travel-expense', '人均旅行花费（元/人次）', '元/人次', siteKeys),
      site('travel-time-cost', '时间成本（元/人次）', '元/人次', siteKeys),
      site('consumer-surplus', '消费者剩余（元/人次）', '元/人次', siteKeys),
      bind(FILE, '公园')('visitor-hours', '游憩时长（万人·h）', '万人·h', parkKeys),
      bind(FILE, '公园')('nature-share', '自然景观比例（%）', '%', parkKeys),
      bind(FILE, '公园')('time-value', '时间价值（元/(人·h)）', '元/(人·h)', parkKeys),
      bind(FILE, '产品价格')('product-price', '价格（元/t）', '元/t', { item: { column: '产品' }, ...yearly }),
      bind(FILE, '木材价格')('timber-price', '木材价格（元/m³）', '元/m3', { item: { column: '树种' }, ...yearly }),
      service('price.air-pollutant', '二氧化硫治理成本', '元/t', 'SO2'),
      service('price.air-pollutant', '氮氧化物治理成本', '元/t', 'NOx'),
      service('price.air-pollutant', '颗粒物治理成本', '元/t', 'dust'),
      service('price.water-pollutant', '化学需氧量治理成本', '元/t', 'COD'),
      service('price.water-pollutant', '总氮治理成本', '元/t', 'TN'),
      service('price.water-pollutant', '总磷治理成本', '元/t', 'TP'),
      service('price.carbon', '碳价', '元/tCO2'),
      service('price.electricity', '电价', '元/kWh'),
      service('price.water-use', '生活水价', '元/m3', 'domestic'),
      service('price.water-use', '工业水价', '元/m3', 'industrial'),
      service('price.water-use', '农业水价', '元/m3', 'farm'),
    ],
  }
}
