// The sample county 青山县 that ships with the product: six workbooks as its departments would send them, maps, township
// boundaries and the accepted input list, for any year from 2011 on. Everything is invented and marked 示范数据.
// Always holds: equal seed and year give equal bytes; a year opens with the areas the year before closed with.

import { text } from '../../../kernel/index.ts'
import { writeWorkbook } from '../../../core/exchange-formats/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { CountyYear } from './county-book.ts'
import { FIRST_YEAR, landOf } from './county-cover.ts'
import { diceOf } from './county-dice.ts'
import { economyBook } from './county-economy.ts'
import { environmentBook } from './county-environment.ts'
import { forestryBook } from './county-forestry.ts'
import { PIXEL, type Pixel } from './county-grid.ts'
import { landBook, REGIONS } from './county-land.ts'
import { countyMaps } from './county-maps.ts'
import { boundaryFile, COUNTY_CODE, COUNTY_NAME, BOUNDARY_FILE } from './county-place.ts'
import { tourismBook } from './county-tourism.ts'
import { weatherBook } from './county-weather.ts'

export interface CountySample {
  /** Six workbooks, eight maps and the boundaries, by file name. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly list: InputList
}

const LAST_YEAR = 2060

/** @param given.seed any whole number @param given.year 2011 to 2060 @param given.pixel m, of the maps; 60 where left out
 *  @throws RangeError for another year or seed */
export async function countySample(given: {
  readonly seed: number
  readonly year: number
  readonly pixel?: Pixel
}): Promise<CountySample> {
  const { seed, year } = given
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed ${seed} is no whole number`)
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`year ${year} is not within ${FIRST_YEAR} to ${LAST_YEAR}`)
  const of: CountyYear = { year, priceYear: year >= 2020 ? 2020 : 2010, dice: diceOf(seed), land: landOf(seed, year) }
  const books = [landBook, weatherBook, forestryBook, environmentBook, economyBook, tourismBook].map((b) => b(of))
  const files = new Map<string, Uint8Array>()
  for (const b of books) files.set(b.file, await writeWorkbook({ title: b.file, sheets: b.sheets, footer: '示范数据' }))
  files.set(BOUNDARY_FILE, boundaryFile(seed))
  const maps = countyMaps(seed, year, given.pixel ?? PIXEL)
  for (const [name, bytes] of maps.files) files.set(name, bytes)
  return { files, list: countyList(of, [...books.flatMap((b) => b.bindings), ...maps.bindings]) }
}

const BY = '青山县核算专班（示范）'

function countyList({ year, priceYear }: CountyYear, bindings: readonly Binding[]): InputList {
  const record = { key: 'ganzi-2010', approver: '青山县自然资源局（示范）', source: '第三次土壤普查（示范）' } as const
  return {
    qingshan: 'account/1',
    title: text(
      `${COUNTY_NAME} ${year} 年生态产品总值核算（示范数据）`,
      `Qingshan County ${year}: gross ecosystem product (sample data)`,
    ),
    year,
    priceYear,
    set: '481-2022',
    status: 'trial',
    region: { code: COUNTY_CODE, name: text(COUNTY_NAME, 'Qingshan County') },
    regions: REGIONS,
    boundaries: { file: BOUNDARY_FILE, code: 'XZQDM', datum: 'CGCS2000' },
    accepted: { by: '示范', on: `${year + 1}-04-20` },
    prepared: { organisation: '青山县发展和改革局（示范）', filledBy: '示范', computedBy: '示范', reviewedBy: '示范' },
    methods: {
      M1: ['M1.net'],
      M2: ['M2.gross', 'M2.timber'],
      M3: ['M3.nature-share'],
      M4: ['M4.net-output'],
      M6: ['M6.water-use'],
      R1: ['R1.water-balance.map'],
      R2: ['R2.rusle.map'],
      R5: ['R5.vegetation-scs.map', 'R5.lake', 'R5.reservoir-measured', 'R5.reservoir', 'R5.marsh'],
      R6: ['R6.capped'],
      R7: ['R7.capped'],
      R8: ['R8.nep.map'],
      R9: ['R9.vegetation', 'R9.water'],
      C1: ['C1.individual-travel-cost'],
      C2: ['C2.time-value'],
    },
    choices: {
      'R2.rusle.R': 'fournier',
      'R2.rusle.K': 'epic',
      'R2.rusle.texture': 'given',
      'R2.rusle.organicCarbon': 'from-matter',
      'R2.rusle.LS': 'desmetGovers1996',
      'R2.rusle.C': 'cai-chongfa',
      'R2.rusle.P': 'given',
      'R2.rusle.soilRecord': 'ganzi-2010',
      'R5.vegetation-scs.CN': 'by-group',
      'R5.vegetation-scs.soilGroup': 'conductivity',
      'R5.lake.lakeRegion': 'eastern-plain',
      'R5.lake.exchanges': 'single-event',
      'R8.nep.NPP': 'given',
      'R8.nep.Rh': 'given',
      'R9.water.humidifierTerm': 'rh-below-45',
      'R9.water.waterCop': 'r',
    },
    notApplicable: {
      R3: '风蚀条件不存在：本县年降水量在 1200 毫米以上，地表常年有植被，没有沙化土地。',
    },
    arguments: bindings,
    prices: [
      { price: 'price.reservoir-storage', book: 'price.reservoir-storage', key: 'ganzi-2010' },
      { price: 'price.dredging', book: 'price.dredging', key: 'ganzi-2010' },
      { price: 'price.soil-nitrogen', book: 'price.soil-nitrogen', key: 'ganzi-2010' },
      { price: 'price.soil-phosphorus', book: 'price.soil-phosphorus', key: 'ganzi-2010' },
    ],
    overrides: [
      {
        parameter: 'gep.r2.bulk-density',
        value: '1.27',
        unit: 't/m3',
        reason: '本县红壤、黄红壤 48 个剖面实测平均容重，高于甘孜高山土壤的 0.93',
        ...record,
      },
    ],
    explained: [
      {
        finding: 'input.fallback',
        reason: `土壤呼吸观测点 ${year} 年改造停测，沿用上年同一批样地；只影响固碳一项`,
        by: BY,
      },
      {
        finding: 'account.missing',
        reason:
          '农田、城镇、河湖和裸地不在径流系数表内，本县还没有当地径流资料；生物质能、噪声、住房景观三项资料没有收集，已列入下年资料清单',
        by: BY,
      },
    ],
    accepts: ACCEPTED.map(([what, reason]) => ({ what, reason, by: BY })),
    sample: true,
  }
}

/** What nobody has confirmed and the made-up county takes all the same: without a word for each an account stays preliminary. */
const ACCEPTED: readonly (readonly [what: string, reason: string])[] = [
  ['gep.r2.bulk-density', '示范县按实测剖面改用 1.27；甘孜原值只留作对照'],
  ['gep.r2.ls-desmet-govers-1996/汇水长度上限', '只用来截断沟谷中过大的汇水长度，待省内核定'],
  ['gep.r5.lake-law-a', '白鹭湖按东部平原湖区回归，本县没有容积曲线'],
  ['gep.r5.lake-law-b', '白鹭湖按东部平原湖区回归，本县没有容积曲线'],
  ['gep.r5.soil-group/甲组下限', '土壤分组按导水率，界限取自美国分级，待省内核定'],
  ['gep.r5.soil-group/乙组下限', '土壤分组按导水率，界限取自美国分级，待省内核定'],
  ['gep.r5.soil-group/丙组下限', '土壤分组按导水率，界限取自美国分级，待省内核定'],
  ['gep.r5.storm-day', '与本县气象站统计暴雨日的口径一致（示范）'],
  ['gep.r6.capacity-nox', '净化量以排放量为上限；单位面积净化量待省内核定'],
  ['gep.r7.capacity', '净化量以排放量为上限；单位面积净化量待省内核定'],
  ['price.water-pollutant', '总氮没有单独的税目，按示范价格计，只影响水质净化'],
  ['soil-respiration', '观测点改造停测一年，沿用上年同一批样地，只影响固碳'],
]
