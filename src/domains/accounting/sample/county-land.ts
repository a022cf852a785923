// 自然资源: the regions, areas by township and type this year (hm²) and last (万亩), and what turned into what (亩).

import type { Binding } from '../input-list.ts'
import { bind, BY_CODE, BY_NAME, perTownship, type CountyYear, type DepartmentBook } from './county-book.ts'
import { COVER, PATHS, pathName, SPARSE, WIDESPREAD, type CoverType } from './county-cover.ts'
import { fixed } from './county-dice.ts'
import { COUNTY_CODE, COUNTY_NAME, TOWNSHIPS } from './county-place.ts'
import { plainSheet, type Cell, type PlainSheet } from './tables.ts'

const FILE = '1 自然资源局 土地利用.xlsx'
export const REGIONS = {
  file: FILE,
  sheet: '行政区划',
  code: '行政区划代码',
  name: '名称',
  parent: '上级代码',
} as const

const TOWN = ['乡镇代码', '乡镇'] as const
const hm2 = (n: number): string => fixed(n, 2)
/** 1 hm² is exactly 15 亩. */
const wanMu = (n: number): string => fixed(n * 15, 6)
const mu = (n: number): string => fixed(n * 15, 2)

export function landBook({ year, land }: CountyYear): DepartmentBook {
  const total = (label: string, of: (code: string) => readonly number[], show: (n: number) => string): Cell[] => {
    const columns = TOWNSHIPS.map((t) => of(t.code))
    return ['', label, ...columns[0]!.map((_, i) => show(columns.reduce((n, c) => n + c[i]!, 0)))]
  }
  const wide = (
    name: string,
    title: string,
    unit: string,
    note: string,
    headings: readonly string[],
    of: (code: string) => readonly number[],
    show: (n: number) => string,
  ): PlainSheet => ({
    name,
    title,
    headings: [...TOWN, ...headings.map((h) => `${h}（${unit}）`)],
    rows: [...perTownship((t) => of(t.code).map(show)), total('合计', of, show)],
    note,
  })
  const closing = (code: string): readonly number[] => WIDESPREAD.map((c) => land.get(code)!.closing[c])
  const opening = (code: string): readonly number[] => WIDESPREAD.map((c) => land.get(code)!.opening[c])
  const moved = (code: string): readonly number[] => PATHS.map((p) => land.get(code)!.moved[pathName(p)]!)
  const names = WIDESPREAD.map((c) => COVER[c])
  const patches = TOWNSHIPS.flatMap((t) =>
    SPARSE.flatMap((c) => {
      const { opening: a, closing: b } = land.get(t.code)!
      return b[c] === 0 ? [] : [[t.name, COVER[c], hm2(b[c]), hm2(a[c])]]
    }),
  )
  const sheets: readonly PlainSheet[] = [
    {
      name: '行政区划',
      title: `${COUNTY_NAME}行政区划（示范数据）`,
      headings: ['行政区划代码', '名称', '上级代码'],
      rows: [[COUNTY_CODE, COUNTY_NAME, ''], ...TOWNSHIPS.map((t) => [t.code, t.name, COUNTY_CODE])],
      note: '县、乡镇及代码均为虚构，代码不在 GB/T 2260 之内。',
    },
    wide(
      '地类面积',
      `${COUNTY_NAME} ${year} 年末各乡镇生态系统类型面积（示范数据）`,
      'hm²',
      '竹林并入常绿阔叶林；湖泊、沼泽、裸地另表。按椭球面面积控制，与乡镇界一致。',
      names,
      closing,
      hm2,
    ),
    {
      name: '湿地与裸地',
      title: `${COUNTY_NAME} ${year} 年末湖泊、沼泽与裸地（示范数据）`,
      headings: ['所在乡镇', '生态系统类型', '面积（hm²）', '上年面积（hm²）'],
      rows: patches,
      note: '没有这些类型的乡镇不列。',
    },
    wide(
      '上年面积',
      `${COUNTY_NAME}各乡镇上年末生态系统类型面积（示范数据）`,
      '万亩',
      `取自 ${year - 1} 年成果，单位为万亩。`,
      names,
      opening,
      wanMu,
    ),
    wide(
      '地类转移',
      `${COUNTY_NAME} ${year} 年地类转移面积（示范数据）`,
      '亩',
      '只列年度变更调查中发生的转移。',
      PATHS.map(pathName),
      moved,
      mu,
    ),
  ]
  const classOf = (code: CoverType): Partial<Binding> => ({ ...BY_CODE, class: { code } })
  const patch = bind(FILE, '湿地与裸地')
  const patchKeys = { ...BY_NAME, class: { column: '生态系统类型' } } as const
  return {
    file: FILE,
    sheets: sheets.map(plainSheet),
    bindings: [
      ...WIDESPREAD.map((c) => bind(FILE, '地类面积')('area', `${COVER[c]}（hm²）`, 'hm2', classOf(c))),
      patch('area', '面积（hm²）', 'hm2', patchKeys),
      ...WIDESPREAD.map((c) => bind(FILE, '上年面积')('area.opening', `${COVER[c]}（万亩）`, '万亩', classOf(c))),
      patch('area.opening', '上年面积（hm²）', 'hm2', patchKeys),
      ...PATHS.map((p) =>
        bind(FILE, '地类转移')('area.transition', `${pathName(p)}（亩）`, '亩', {
          ...classOf(p.to),
          item: { name: p.from },
        }),
      ),
    ],
  }
}
