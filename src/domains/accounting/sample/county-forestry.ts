// 林业土壤: soil texture by township, terrain, cover and practice by type, curve numbers, productivity and soil respiration.
// The respiration is last year's: a declared fall-back, with its reason.

import { bind, BY_CODE, BY_TYPE, perTownship, type CountyYear, type DepartmentBook } from './county-book.ts'
import { COVER, COVER_TYPES, type CoverType } from './county-cover.ts'
import { fixed } from './county-dice.ts'
import { COUNTY_NAME } from './county-place.ts'
import { plainSheet, type PlainSheet } from './tables.ts'

const FILE = '3 林业局 森林与土壤.xlsx'

interface Ground {
  /** m */
  readonly length: number
  /** tenths of % */
  readonly slope: number
  readonly cover: number
  /** hundredths */
  readonly practice: number
  readonly curve?: number
  /** gC/(m²·a) */
  readonly npp: number
  readonly respiration: number
}
const GROUND: Readonly<Record<CoverType, Ground>> = {
  'forest.broadleaf.evergreen': {
    length: 32,
    slope: 236,
    cover: 764,
    practice: 100,
    curve: 58,
    npp: 968,
    respiration: 742,
  },
  'forest.needleleaf.evergreen': {
    length: 32,
    slope: 228,
    cover: 712,
    practice: 100,
    curve: 62,
    npp: 812,
    respiration: 618,
  },
  'forest.mixed': { length: 32, slope: 232, cover: 738, practice: 100, curve: 60, npp: 886, respiration: 676 },
  'shrub.broadleaf.evergreen': {
    length: 30,
    slope: 205,
    cover: 622,
    practice: 100,
    curve: 66,
    npp: 596,
    respiration: 487,
  },
  'grass.tussock.subtropical': {
    length: 30,
    slope: 192,
    cover: 588,
    practice: 80,
    curve: 70,
    npp: 468,
    respiration: 402,
  },
  'farm.cropland.paddy': { length: 20, slope: 26, cover: 482, practice: 15, npp: 624, respiration: 598 },
  'farm.cropland.dry': { length: 24, slope: 94, cover: 424, practice: 47, npp: 538, respiration: 522 },
  'farm.garden': { length: 26, slope: 128, cover: 566, practice: 74, npp: 602, respiration: 538 },
  'wetland.river': { length: 10, slope: 2, cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.reservoir': { length: 10, slope: 2, cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.lake': { length: 10, slope: 2, cover: 0, practice: 0, npp: 0, respiration: 0 },
  'wetland.marsh': { length: 10, slope: 5, cover: 642, practice: 0, npp: 702, respiration: 556 },
  'other.bare': { length: 30, slope: 262, cover: 84, practice: 100, npp: 0, respiration: 0 },
  urban: { length: 20, slope: 38, cover: 286, practice: 30, npp: 242, respiration: 228 },
}
const TYPE = ['生态系统类型'] as const

export function forestryBook({ year, dice }: CountyYear): DepartmentBook {
  const types = COVER_TYPES.map((c) => [c, GROUND[c]] as const)
  const near = (label: string, n: number, room: number): number => (n === 0 ? 0 : n + dice.draw(label, -room, room))
  /** Forests close slowly; Cai's law ends at 78.3 %. */
  const coverOf = (c: CoverType, g: Ground): number =>
    g.cover === 0 ? 0 : Math.min(g.cover + dice.draw(`cover ${c}`, -9, 9) + Math.min(year - 2020, 4), 781)
  const sheets: readonly PlainSheet[] = [
    {
      name: '土壤',
      title: `${COUNTY_NAME}各乡镇土壤机械组成与有机碳（示范数据）`,
      headings: ['乡镇代码', '乡镇', '砂粒（%）', '粉粒（%）', '黏粒（%）', '土壤有机碳（%）'],
      rows: perTownship((t) => {
        const [sand, silt] = [dice.draw(`sand ${t.code}`, 188, 262), dice.draw(`silt ${t.code}`, 296, 358)]
        const carbon = dice.draw(`carbon ${t.code}`, 168, 246)
        return [fixed(sand, 1), fixed(silt, 1), fixed(1000 - sand - silt, 1), fixed(carbon, 2)]
      }),
      note: '第三次土壤普查剖面平均；红壤、黄红壤为主。',
    },
    {
      name: '地形与植被',
      title: `${COUNTY_NAME} ${year} 年各类型地形、盖度与水土保持措施（示范数据）`,
      headings: [...TYPE, '坡长（m）', '坡度（%）', '植被覆盖度（%）', '水土保持措施因子'],
      rows: types.map(([c, g]) => [
        COVER[c],
        String(near(`length ${c}`, g.length, 2)),
        fixed(near(`slope ${c}`, g.slope, Math.floor(g.slope / 30)), 1),
        fixed(coverOf(c, g), 1),
        fixed(g.practice, 2),
      ]),
      note: '措施因子：水田按梯田，旱地、园地、草地取文献值 P31，其余为本县水土保持规划取值。',
    },
    {
      name: '径流曲线数',
      title: `${COUNTY_NAME}林草地径流曲线数（示范数据）`,
      headings: [...TYPE, '径流曲线数'],
      rows: types.flatMap(([c, g]) => (g.curve === undefined ? [] : [[COVER[c], String(g.curve)]])),
      note: 'B、C 类土壤组面积加权。',
    },
    {
      name: '净初级生产力',
      title: `${COUNTY_NAME} ${year} 年各类型净初级生产力（示范数据）`,
      headings: [...TYPE, '净初级生产力（gC/(m²·a)）'],
      rows: types.map(([c, g]) => [COVER[c], String(near(`npp ${c} ${year}`, g.npp, Math.floor(g.npp / 60)))]),
      note: '水面与裸地没有植被，产品值为 0。',
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
  const ground = bind(FILE, '地形与植被')
  return {
    file: FILE,
    sheets: sheets.map(plainSheet),
    bindings: [
      soil('soil-sand', '砂粒（%）', '%', BY_CODE),
      soil('soil-silt', '粉粒（%）', '%', BY_CODE),
      soil('soil-clay', '黏粒（%）', '%', BY_CODE),
      soil('soil-organic-carbon', '土壤有机碳（%）', '%', BY_CODE),
      ground('slope-length', '坡长（m）', 'm', BY_TYPE),
      ground('slope', '坡度（%）', '%', BY_TYPE),
      ground('vegetation-cover', '植被覆盖度（%）', '%', BY_TYPE),
      ground('practice-factor', '水土保持措施因子', '1', BY_TYPE),
      bind(FILE, '径流曲线数')('curve-number', '径流曲线数', '1', BY_TYPE),
      bind(FILE, '净初级生产力')('npp', '净初级生产力（gC/(m²·a)）', 'gC/(m2·a)', BY_TYPE),
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
