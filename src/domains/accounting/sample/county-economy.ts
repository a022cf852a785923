// 农业统计: crops by township with what was put into them, forest and animal products, people, GDP and the price index.

import {
  bind,
  BY_CODE,
  BY_NAME,
  mergedLabels,
  perTownship,
  rowOf,
  type CountyYear,
  type DepartmentBook,
} from './county-book.ts'
import type { CoverType } from './county-cover.ts'
import { fixed, part } from './county-dice.ts'
import { COUNTY_NAME, TOWNSHIPS, type Relief, type Township } from './county-place.ts'
import type { PRODUCTS } from './county-prices.ts'
import { productPrice } from './county-prices.ts'
import { plainSheet } from './tables.ts'

const FILE = '5 统计局 农业农村局 农业与综合统计.xlsx'

interface Crop {
  readonly name: keyof typeof PRODUCTS
  readonly on: CoverType
  /** kg from a hectare of that land, whatever part of it bears the crop. */
  readonly yield: number
  /** Thousandths of the gross value that were bought. */
  readonly bought: number
}
const CROPS: readonly Crop[] = [
  { name: '稻谷', on: 'farm.cropland.paddy', yield: 9640, bought: 545 },
  { name: '油菜籽', on: 'farm.cropland.paddy', yield: 610, bought: 520 },
  { name: '玉米', on: 'farm.cropland.dry', yield: 1980, bought: 530 },
  { name: '蔬菜', on: 'farm.cropland.dry', yield: 19_200, bought: 440 },
  { name: '柑橘', on: 'farm.garden', yield: 10_800, bought: 470 },
  { name: '茶叶', on: 'farm.garden', yield: 310, bought: 430 },
]
/** t in 2020 */
const FOREST: readonly (readonly [keyof typeof PRODUCTS, number])[] = [
  ['油茶籽', 25_400],
  ['竹笋', 11_200],
  ['板栗', 3_150],
]
const TIMBER = [
  ['杉木', 9.4],
  ['马尾松', 4.1],
] as const
/** t in 2020 and nature's share in %, from the county's own study of fodder. */
const ANIMALS: readonly (readonly [keyof typeof PRODUCTS, number, number])[] = [
  ['猪肉', 36_400, 18],
  ['牛肉', 2_140, 46],
  ['羊肉', 930, 58],
  ['禽肉', 6_180, 22],
  ['禽蛋', 5_460, 20],
  ['蜂蜜', 285, 85],
]
const PEOPLE: Readonly<Record<Relief, number>> = { mountain: 19_600, hill: 38_400, plain: 71_500 }
/** The seat of the county holds more. */
const SEAT = { name: '云溪镇', people: 62_000 }
/** The index series begins the year after the oldest price of the price book that is used. */
export const INDEX_FROM = 2011

export function economyBook(of: CountyYear): DepartmentBook {
  const { year, dice, land } = of
  const grown = (label: string, n: number, yearly: number): number =>
    part(n, 1000 + yearly * (year - 2020) + dice.draw(`${label} ${year}`, -22, 22), 1000)
  const crop = (t: Township, c: Crop): readonly [string, string, string, string] => {
    const hectares = land.get(t.code)!.closing[c.on]
    const kg = grown(`crop ${t.code} ${c.name}`, part(hectares, c.yield, 100), 4)
    const tonnes = part(kg, 1, 1000)
    const gross = tonnes * productPrice(of, c.name, year)
    const bought = part(gross, c.bought + dice.draw(`bought ${t.code} ${c.name}`, -25, 25), 1000)
    return [t.name, c.name, String(tonnes), fixed(part(bought, 1, 100), 2)]
  }
  const people = (t: Township): number =>
    part(
      PEOPLE[t.relief] + dice.draw(`people ${t.code}`, -3200, 3200) + (t.name === SEAT.name ? SEAT.people : 0),
      1000 - 3 * (year - 2020),
      1000,
    )
  const sheets = [
    mergedLabels(
      plainSheet({
        name: '种植业',
        title: `${COUNTY_NAME} ${year} 年各乡镇主要农产品产量与投入（示范数据）`,
        headings: ['所在乡镇', '产品', '农产品产量（t）', '非自然中间投入（万元）'],
        rows: TOWNSHIPS.flatMap((t) => CROPS.map((c, i) => (i === 0 ? crop(t, c) : ['', ...crop(t, c).slice(1)]))),
        note: '中间投入为种子、肥料、农药、机械与雇工，不含自家劳动。',
      }),
      CROPS.length,
    ),
    plainSheet({
      name: '林产品',
      title: `${COUNTY_NAME} ${year} 年林产品产量（示范数据）`,
      headings: ['产品', '林产品产量（t）'],
      rows: FOREST.map(([n, v]) => [n, String(grown(`forest ${n}`, v, 12))]),
    }),
    plainSheet({
      name: '木材',
      title: `${COUNTY_NAME} ${year} 年木材采伐量（示范数据）`,
      headings: ['树种', '木材采伐量（万m³）'],
      rows: TIMBER.map(([n, v]) => [n, fixed(grown(`timber ${n}`, Math.round(v * 1000), 2), 3)]),
    }),
    plainSheet({
      name: '畜牧业',
      title: `${COUNTY_NAME} ${year} 年畜产品产量与自然贡献率（示范数据）`,
      headings: ['产品', '畜产品产量（万t）', '自然贡献率（%）'],
      rows: ANIMALS.map(([n, v, share]) => [n, fixed(grown(`animal ${n}`, v, 8), 4), String(share)]),
      note: '自然贡献率按本地饲草、水面占饲料来源的比重测算。',
    }),
    plainSheet({
      name: '综合',
      title: `${COUNTY_NAME} ${year} 年综合统计（示范数据）`,
      headings: ['指标', '数值', '单位'],
      rows: [
        ['渔业净产值', fixed(grown('fish', 25_600, 30), 4), '亿元'],
        ['地区生产总值', fixed(grown('gdp', 19_840, 58), 2), '亿元'],
      ],
    }),
    plainSheet({
      name: '人口',
      title: `${COUNTY_NAME} ${year} 年末各乡镇常住人口（示范数据）`,
      headings: ['乡镇代码', '乡镇', '常住人口（万人）'],
      rows: perTownship((t) => [fixed(people(t), 4)]),
    }),
    plainSheet({
      name: '价格指数',
      title: `${COUNTY_NAME}居民消费价格指数（示范数据）`,
      headings: ['年份', '居民消费价格指数'],
      rows: Array.from({ length: year - INDEX_FROM + 1 }, (_, i) => INDEX_FROM + i).map((y) => [
        String(y),
        fixed(dice.draw(`index ${y}`, 1003, 1028), 1),
      ]),
      note: '上年＝100。',
    }),
  ]
  const crops = bind(FILE, '种植业')
  const product = { item: { column: '产品' } } as const
  const figure = bind(FILE, '综合')
  return {
    file: FILE,
    sheets,
    bindings: [
      crops('crop-output', '农产品产量（t）', 't', { ...BY_NAME, ...product }),
      crops('input-cost', '非自然中间投入（万元）', '万元', { ...BY_NAME, ...product }),
      bind(FILE, '林产品')('wood-output', '林产品产量（t）', 't', product),
      bind(FILE, '木材')('timber-output', '木材采伐量（万m³）', '万m3', { item: { column: '树种' } }),
      bind(FILE, '畜牧业')('livestock-output', '畜产品产量（万t）', '万t', product),
      bind(FILE, '畜牧业')('nature-share', '自然贡献率（%）', '%', product),
      figure('fish-net-output', '数值', '亿元', rowOf('指标', '渔业净产值')),
      figure('gdp', '数值', '亿元', rowOf('指标', '地区生产总值')),
      bind(FILE, '人口')('population', '常住人口（万人）', '万人', BY_CODE),
      bind(FILE, '价格指数')('cpi', '居民消费价格指数', '1', { year: { column: '年份' } }),
    ],
  }
}
