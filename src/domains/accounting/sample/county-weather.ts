// 气象水利: hot days by township, rain by month and storm day, reservoirs, lakes, marshes, water. Rain and evapotranspiration
// of the year come as maps.

import { bind, BY_CODE, BY_NAME, perTownship, rowOf, type CountyYear, type DepartmentBook } from './county-book.ts'
import { areaOf } from './county-cover.ts'
import { STATION_RAIN, wetness } from './county-climate.ts'
import { fixed, part } from './county-dice.ts'
import { COUNTY_NAME, TOWNSHIPS, type Relief, type Township } from './county-place.ts'
import { plainSheet, type Cell, type PlainSheet } from './tables.ts'

const FILE = '2 气象局 水利局 气象水文.xlsx'
const TOWN = ['乡镇代码', '乡镇'] as const

const HOT_DAYS: Readonly<Record<Relief, number>> = { mountain: 83, hill: 100, plain: 109 }
/** Parts per thousand of the year's rain, January to December. */
const MONTHS = [50, 62, 95, 128, 150, 156, 96, 84, 54, 60, 46, 19]
/** Months in which it storms, and mm a day at most, so that storms stay within their month. */
const STORMS: readonly (readonly [month: number, day: number, low: number, high: number])[] = [
  [4, 24, 52, 70],
  [5, 12, 55, 104],
  [6, 7, 58, 92],
  [6, 21, 54, 84],
  [7, 3, 56, 96],
  [8, 16, 52, 78],
]

const LARGE: readonly (readonly [string, string, number])[] = [
  ['云溪水库', '云溪镇', 2860],
  ['青枫水库', '青枫镇', 1940],
  ['大樟水库', '大樟镇', 1120],
]
const SMALL: readonly (readonly [string, string, number])[] = [
  ['石坳', '石板桥镇', 486],
  ['木鱼塘', '石板桥镇', 212],
  ['龙井', '龙井坳乡', 538],
  ['野鸭冲', '龙井坳乡', 164],
  ['杉溪', '杉木垭乡', 327],
  ['鸡冠', '金鸡岭镇', 405],
  ['双江', '双溪口镇', 612],
  ['竹叶', '竹坪乡', 188],
  ['樟坪', '大樟镇', 256],
]

export function weatherBook(of: CountyYear): DepartmentBook {
  const { year, dice, land } = of
  const wet = wetness(dice, year)
  const hotOf = (t: Township): number =>
    HOT_DAYS[t.relief] + dice.draw(`hot ${t.code}`, -3, 3) + dice.draw(`hot ${year}`, -6, 7)
  const station = part(STATION_RAIN * 10, 1000 + wet, 1000) + dice.draw(`rain station ${year}`, -140, 140)
  const monthOf = (m: number): number => part(station, MONTHS[m - 1]! + dice.draw(`month ${m} ${year}`, -6, 6), 1000)
  const storms = STORMS.filter(([m]) => m !== 4 || wet > 0).map(([m, d, low, high]): Cell[] => [
    `${m}月${d + dice.draw(`storm day ${m} ${d} ${year}`, -4, 4)}日`,
    fixed(dice.draw(`storm ${m} ${d} ${year}`, low * 10, high * 10), 1),
  ])
  const hectares = (name: string, type: 'wetland.lake' | 'wetland.marsh'): number =>
    land.get(TOWNSHIPS.find((t) => t.name === name)!.code)!.closing[type]
  /** Open water × depth evaporated in the hot season, 万 m³. */
  const depth = dice.draw(`pan ${year}`, 330, 390)
  const water = part(areaOf(land, ['wetland.lake', 'wetland.river', 'wetland.reservoir']), depth, 10_000) / 10
  const evaporated = Math.floor(water * 10)
  const use = (who: string, base: number): string =>
    fixed(part(base, 1000 + 6 * (year - 2020) + dice.draw(`use ${who} ${year}`, -15, 15), 1000), 0)

  const sheets: readonly PlainSheet[] = [
    {
      name: '高温天数',
      title: `${COUNTY_NAME} ${year} 年各乡镇高温天数（示范数据）`,
      headings: [...TOWN, '日均温高于26℃天数（d）'],
      rows: perTownship((t) => [String(hotOf(t))]),
      note: '由区域自动站插值到乡镇。',
    },
    {
      name: '各月降水',
      title: `${COUNTY_NAME}国家气象站 ${year} 年各月降水量（示范数据）`,
      headings: ['月份', '月降水量（mm）'],
      rows: MONTHS.map((_, i) => [`${i + 1}月`, fixed(monthOf(i + 1), 1)]),
    },
    {
      name: '暴雨日',
      title: `${COUNTY_NAME}国家气象站 ${year} 年暴雨日雨量（示范数据）`,
      headings: ['日期', '暴雨日雨量（mm）'],
      rows: storms,
      note: '日雨量 50 毫米及以上。',
    },
    {
      name: '大中型水库',
      title: `${COUNTY_NAME}大中型水库（示范数据）`,
      headings: ['水库', '所在乡镇', '防洪库容（万m³）'],
      rows: LARGE.map(([n, t, v]) => [n, t, String(v)]),
    },
    {
      name: '小型水库',
      title: `${COUNTY_NAME}小型水库（示范数据）`,
      headings: ['水库', '所在乡镇', '总库容（万m³）'],
      rows: SMALL.map(([n, t, v]) => [`${n}水库`, t, String(v)]),
      note: '小型水库没有核定防洪库容。',
    },
    {
      name: '湖泊',
      title: `${COUNTY_NAME}湖泊（示范数据）`,
      headings: ['湖泊', '所在乡镇', '湖泊面积（km²）'],
      rows: [
        ['白鹭湖', '白鹭湖镇', fixed(hectares('白鹭湖镇', 'wetland.lake'), 4)],
        ['月亮湖', '柳塘镇', fixed(hectares('柳塘镇', 'wetland.lake'), 4)],
      ],
    },
    {
      name: '沼泽',
      title: `${COUNTY_NAME}沼泽湿地（示范数据）`,
      headings: ['沼泽', '所在乡镇', '沼泽面积（hm²）'],
      rows: [
        ['白鹭湖滩', '白鹭湖镇', fixed(hectares('白鹭湖镇', 'wetland.marsh'), 2)],
        ['双溪口草洲', '双溪口镇', fixed(hectares('双溪口镇', 'wetland.marsh'), 2)],
      ],
    },
    {
      name: '用水与蒸发',
      title: `${COUNTY_NAME} ${year} 年用水量与水面蒸发（示范数据）`,
      headings: ['指标', '数值', '单位'],
      rows: [
        ['生活用水量', use('domestic', 3260), '万m³'],
        ['工业用水量', use('industrial', 4180), '万m³'],
        ['农业用水量', use('farm', 17850), '万m³'],
        ['降温期水面蒸发量', fixed(evaporated, 1), '万m³'],
        ['相对湿度低于45%蒸发量', fixed(part(evaporated, dice.draw(`dry ${year}`, 4, 12), 1000), 1), '万m³'],
      ],
      note: '降温期指日均温高于 26 ℃ 的日子。',
    },
  ]
  const figure = bind(FILE, '用水与蒸发')
  return {
    file: FILE,
    sheets: sheets.map(plainSheet),
    bindings: [
      bind(FILE, '高温天数')('cooling-days', '日均温高于26℃天数（d）', 'd', BY_CODE),
      bind(FILE, '各月降水')('monthly-rain', '月降水量（mm）', 'mm', { item: { column: '月份' } }),
      bind(FILE, '暴雨日')('storm-day-rain', '暴雨日雨量（mm）', 'mm', { item: { column: '日期' } }),
      bind(FILE, '大中型水库')('reservoir-flood-capacity', '防洪库容（万m³）', '万m3', {
        ...BY_NAME,
        item: { column: '水库' },
      }),
      bind(FILE, '小型水库')('reservoir-capacity', '总库容（万m³）', '万m3', { ...BY_NAME, item: { column: '水库' } }),
      bind(FILE, '湖泊')('lake-area', '湖泊面积（km²）', 'km2', { ...BY_NAME, item: { column: '湖泊' } }),
      bind(FILE, '沼泽')('marsh-area', '沼泽面积（hm²）', 'hm2', { ...BY_NAME, item: { column: '沼泽' } }),
      ...(
        [
          ['生活用水量', 'domestic'],
          ['工业用水量', 'industrial'],
          ['农业用水量', 'farm'],
        ] as const
      ).map(([is, item]) => figure('water-use', '数值', '万m3', { ...rowOf('指标', is), item: { name: item } })),
      figure('water-evaporated', '数值', '万m3', rowOf('指标', '降温期水面蒸发量')),
      figure('dry-day-evaporation', '数值', '万m3', rowOf('指标', '相对湿度低于45%蒸发量')),
    ],
  }
}
