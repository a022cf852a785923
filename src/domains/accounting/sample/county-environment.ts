// 生态环境: what the county emits into air and what reaches its rivers untreated.

import { bind, type CountyYear, type DepartmentBook } from './county-book.ts'
import { fixed, part } from './county-dice.ts'
import { COUNTY_NAME } from './county-place.ts'
import { plainSheet } from './tables.ts'

const FILE = '4 生态环境局 污染物排放.xlsx'
/** t in 2020. Nitrogen oxides exceed what the forests take up, nitrogen what the wetlands do: there the capacity counts. */
const AIR = [
  ['二氧化硫', 1086],
  ['氮氧化物', 2148],
  ['颗粒物', 2735],
] as const
const WATER = [
  ['化学需氧量', 5620],
  ['总氮', 1390],
  ['总磷', 146],
] as const

export function environmentBook({ year, dice }: CountyYear): DepartmentBook {
  const tonnes = (name: string, base: number): string =>
    fixed(part(base * 10, 1000 - 12 * (year - 2020) + dice.draw(`emission ${name} ${year}`, -18, 18), 1000), 1)
  const rows = (list: readonly (readonly [string, number])[]): string[][] => list.map(([n, v]) => [n, tonnes(n, v)])
  return {
    file: FILE,
    sheets: [
      plainSheet({
        name: '废气',
        title: `${COUNTY_NAME} ${year} 年大气污染物排放量（示范数据）`,
        headings: ['污染物', '大气污染物排放量（t）'],
        rows: rows(AIR),
        note: '生态环境统计年报口径。',
      }),
      plainSheet({
        name: '废水',
        title: `${COUNTY_NAME} ${year} 年水污染物入河量（示范数据）`,
        headings: ['污染物', '入河量（t）'],
        rows: rows(WATER),
        note: '未经处理而入河的部分，含面源。氨氮含于总氮，不另列。',
      }),
    ],
    bindings: [
      bind(FILE, '废气')('air-emission', '大气污染物排放量（t）', 't', { item: { column: '污染物' } }),
      bind(FILE, '废水')('water-emission', '入河量（t）', 't', { item: { column: '污染物' } }),
    ],
  }
}
