// 林业土壤: what each soil code is like, practice and curve numbers by type, soil respiration. Cover and productivity are maps.
// The respiration is last year's: a declared fall-back, with its reason.

import { bind, BY_TYPE, type CountyYear, type DepartmentBook } from './county-book.ts'
import { COVER, COVER_TYPES, type CoverType } from './county-cover.ts'
import { fixed } from './county-dice.ts'
import { COUNTY_NAME } from './county-place.ts'
import { SOILS } from './county-soil.ts'
import { plainSheet, type PlainSheet } from './tables.ts'

/** The map of soil codes that the table of soils belongs to. */
export const SOIL_MAP = '地图/土壤类型.tif'
const FILE = '3 林业局 森林与土壤.xlsx'

interface Ground {
  /** tenths of % */
  readonly cover: number
  /** hundredths */
  readonly practice: number
  /** Curve numbers of soil groups A to D. */
  readonly curve?: readonly [number, number, number, number]
  /** gC/(m²·a) */
  readonly npp: number
  readonly respiration: number
}
export const GROUND: Readonly<Record<CoverType, Ground>> = {
  'forest.broadleaf.evergreen': {
    cover: 764,
    practice: 100,
    curve: [38, 58, 71, 78],
    npp: 968,
    respiration: 742,
  },
  'forest.needleleaf.evergreen': {
    cover: 712,
    practice: 100,
    curve: [40, 61, 73, 80],
    npp: 812,
    respiration: 618,
  },
  'forest.mixed': { cover: 738, practice: 100, curve: [39, 60, 72, 79], npp: 886, respiration: 676 },
  'shrub.broadleaf.evergreen': {
    cover: 622,
    practice: 100,
    curve: [45, 65, 76, 82],
    npp: 596,
    respiration: 487,
  },
  'grass.tussock.subtropical': {
    cover: 588,
    practice: 80,
    curve: [49, 69, 79, 84],
    npp: 468,
    respiration: 402,
  },
  'farm.cropland.paddy': { cover: 482, practice: 15, npp: 624, respiration: 598 },
  'farm.cropland.dry': { cover: 424, practice: 47, npp: 538, respiration: 522 },
  'farm.garden': { cover: 566, practice: 74, npp: 602, respiration: 538 },
  'wetland.river': { cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.reservoir': { cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.lake': { cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.marsh': { cover: 642, practice: 0, npp: 702, respiration: 556 },
  'other.bare': { cover: 84, practice: 100, npp: 0, respiration: 0 },
  urban: { cover: 286, practice: 30, npp: 242, respiration: 228 },
}
const GROUPS = ['A', 'B', 'C', 'D'] as const
const TYPE = ['生态系统类型'] as const

export function forestryBook({ year, dice }: CountyYear): DepartmentBook {
  const types = COVER_TYPES.map((c) => [c, GROUND[c]] as const)
  const near = (label: string, n: number, room: number): number => (n === 0 ? 0 : n + dice.draw(label, -room, room))
  const sheets: readonly PlainSheet[] = [
    {
      name: '土壤',
      title: `${COUNTY_NAME}土壤类型理化性质（示范数据）`,
      headings: [
        '土壤代码',
        '土壤类型',
        '砂粒（%）',
        '粉粒（%）',
        '黏粒（%）',
        '土壤有机质（%）',
        '饱和导水率（mm/h）',
      ],
      rows: Object.entries(SOILS).map(([key, s]) => {
        const [sand, silt] = [near(`sand ${key}`, s.sand, 12), near(`silt ${key}`, s.silt, 14)]
        return [
          String(s.code),
          s.name,
          fixed(sand, 1),
          fixed(silt, 1),
          fixed(1000 - sand - silt, 1),
          fixed(near(`matter ${key}`, s.matter, 16), 2),
          fixed(near(`conductivity ${key}`, s.conductivity, 4), 1),
        ]
      }),
      note: '第三次土壤普查剖面平均；代码见土壤类型图。',
    },
    {
      name: '水土保持措施',
      title: `${COUNTY_NAME}各类型水土保持措施因子（示范数据）`,
      headings: [...TYPE, '水土保持措施因子'],
      rows: types.map(([c, g]) => [COVER[c], fixed(g.practice, 2)]),
      note: '水田按梯田，旱地、园地、草地取文献值 P31，其余为本县水土保持规划取值。',
    },
    {
      name: '径流曲线数',
      title: `${COUNTY_NAME}林草地径流曲线数（示范数据）`,
      headings: [...TYPE, ...GROUPS.map((g) => `${g}组曲线数`)],
      rows: types.flatMap(([c, g]) => (g.curve === undefined ? [] : [[COVER[c], ...g.curve.map(String)]])),
      note: '按水文土壤组；土壤组由饱和导水率判定。',
    },
    {
      name: '土壤呼吸',
      title: `${COUNTY_NAME} ${year - 1} 年土壤异养呼吸观测（示范数据）`,
      headings: [...TYPE, '土壤异养呼吸（gC/(m²·a)）'],
      rows: types.map(([c, g]) => [
        COVER[c],
        String(near(`respiration ${c} ${year}`, g.respiration, Math.floor(g.respiration / 80))),
      ]),
      note: `${year} 年观测点改造，沿用 ${year - 1} 年。`,
    },
  ]
  const soil = bind(FILE, '土壤')
  const byCode = { code: { column: '土壤代码', map: SOIL_MAP } } as const
  return {
    file: FILE,
    sheets: sheets.map(plainSheet),
    bindings: [
      soil('soil-sand', '砂粒（%）', '%', byCode),
      soil('soil-silt', '粉粒（%）', '%', byCode),
      soil('soil-clay', '黏粒（%）', '%', byCode),
      soil('soil-organic-matter', '土壤有机质（%）', '%', byCode),
      soil('soil-conductivity', '饱和导水率（mm/h）', 'mm/h', byCode),
      bind(FILE, '水土保持措施')('practice-factor', '水土保持措施因子', '1', BY_TYPE),
      ...GROUPS.map((g) => bind(FILE, '径流曲线数')(`curve-number.${g.toLowerCase()}`, `${g}组曲线数`, '1', BY_TYPE)),
      bind(FILE, '土壤呼吸')('soil-respiration', '土壤异养呼吸（gC/(m²·a)）', 'gC/(m2·a)', {
        ...BY_TYPE,
        fallback: {
          kind: 'neighbour-year',
          year: year - 1,
          reason: `${year} 年土壤呼吸观测点改造停测，沿用 ${year - 1} 年同一批样地的观测值`,
        },
      }),
    ],
  }
}
