// Six folders as users bring them, made from a seed, with the truth about every number in them: tidy Chinese workbooks,
// English ones, meaningless names, GBK names and text, unit traps, two maps in two coordinate systems with wide and merged tables.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tinyTiff } from './tiff.fixture.ts'
import { workbook, type Cell } from './workbook.fixture.ts'

/** Where one argument truly stands. `column` is a letter; class and item are `*` where a column holds them. */
export interface Truth {
  readonly argument: string
  readonly file: string
  readonly sheet?: string
  readonly column: string
  readonly where?: string
  readonly unit: string
  readonly class?: string
  readonly item?: string
  readonly region?: string
}

export interface TestFolder {
  readonly name: string
  readonly folder: string
  readonly truth: readonly Truth[]
  /** Maps and the coordinate system each states. */
  readonly maps: readonly { readonly file: string; readonly crs: string; readonly argument: string }[]
  readonly year: number
}

/** mulberry32: the same numbers for the same seed on every machine. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const CLASSES = ['森林', '灌丛', '草地', '湿地', '农田', '城镇'] as const
const CLASSES_EN = ['forest', 'shrub', 'grassland', 'wetland', 'farmland', 'urban'] as const
const CODES = ['forest', 'shrub', 'grass', 'wetland', 'farm', 'urban'] as const
const COUNTIES = [
  ['433101', '吉首市'],
  ['433122', '泸溪县'],
  ['433123', '凤凰县'],
] as const

type Rows = (readonly Cell[])[]

/** Draws numbers of the sizes a county has, each with few digits as in a yearbook. */
function drawing(seed: number): (low: number, high: number, digits?: number) => number {
  const next = random(seed)
  return (low, high, digits = 1) => Number((low + (high - low) * next()).toFixed(digits))
}

/** The truth about the columns of one sheet: `C: [argument, unit]`. */
function columns(
  file: string,
  sheet: string | undefined,
  by: Pick<Truth, 'class' | 'item' | 'region'>,
  of: Readonly<Record<string, readonly [argument: string, unit: string]>>,
): readonly Truth[] {
  return Object.entries(of).map(([column, [argument, unit]]) => ({
    argument,
    file,
    ...(sheet ? { sheet } : {}),
    column,
    unit,
    ...by,
  }))
}

/** Rows of a sheet 指标 | 单位 | 数值, and the truth about them. */
type Indicator = readonly [label: string, unit: string, value: number, argument: string, more?: Partial<Truth>]
const indicatorTruth = (
  file: string,
  sheet: string | undefined,
  column: string,
  rows: readonly Indicator[],
): readonly Truth[] =>
  rows
    .filter(([, , , argument]) => argument !== '')
    .map(([label, unit, , argument, more]) => ({
      argument,
      file,
      ...(sheet ? { sheet } : {}),
      column,
      where: label,
      unit,
      ...more,
    }))

/** Writes the six folders below `root`. */
export async function makeTestFolders(root: string, seed = 20_260_101): Promise<readonly TestFolder[]> {
  return [
    await tidy(join(root, 'a-tidy'), drawing(seed + 1)),
    await english(join(root, 'b-english'), drawing(seed + 2)),
    await meaningless(join(root, 'c-meaningless'), drawing(seed + 3)),
    await gbk(join(root, 'd-gbk'), drawing(seed + 4)),
    await units(join(root, 'e-units'), drawing(seed + 5)),
    await maps(join(root, 'f-maps'), drawing(seed + 6)),
  ]
}

type Draw = ReturnType<typeof drawing>

async function save(folder: string, name: string | Buffer, content: Uint8Array | Promise<Uint8Array>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = typeof name === 'string' ? join(folder, name) : Buffer.concat([Buffer.from(`${folder}/`), name])
  await writeFile(path, await content)
}
const csv = (rows: Rows): string => rows.map((r) => r.map((c) => String(c ?? '')).join(',')).join('\r\n') + '\r\n'

const REGION_ROWS: Rows = [
  ['代码', '名称', '上级'],
  ['433100', '湘西州', '430000'],
  ...COUNTIES.map(([c, n]) => [c, n, '433100']),
]

async function tidy(folder: string, d: Draw): Promise<TestFolder> {
  await save(folder, '行政区划.xlsx', workbook({ 地区: REGION_ROWS }))
  const area: Rows = [['县', '类型', '面积（km²）', '年降水量（mm）', '年蒸散量（mm）']]
  for (const [, county] of COUNTIES)
    for (const c of CLASSES) area.push([county, c, d(20, 2400), d(1200, 1600, 0), d(500, 800, 0)])
  await save(folder, '2022年生态系统面积.xlsx', workbook({ 面积: area }))
  const factors: Rows = [
    [
      '类型',
      '降雨侵蚀力（MJ·mm/(hm²·h·a)）',
      '土壤可蚀性（t·hm²·h/(hm²·MJ·mm)）',
      '坡长坡度因子',
      '植被覆盖度（%）',
      '净初级生产力（gC/(m²·a)）',
    ],
    ...CLASSES.map((c) => [c, d(4000, 7000, 0), d(0.01, 0.04, 4), d(1, 12, 2), d(30, 90, 0), d(300, 900, 0)]),
  ]
  await save(folder, '土壤保持因子.xlsx', workbook({ 因子: factors }))
  await save(
    folder,
    '环境统计.xlsx',
    workbook({
      大气: [
        ['2022年大气污染物排放情况'],
        ['污染物', '排放量（t）'],
        ['二氧化硫', d(900, 4000, 0)],
        ['氮氧化物', d(900, 4000, 0)],
        ['烟粉尘', d(900, 4000, 0)],
      ],
      水: [
        ['2022年水污染物排放情况'],
        ['污染物', '排放量（t）'],
        ['化学需氧量', d(3000, 9000, 0)],
        ['氨氮', d(200, 900, 0)],
        ['总磷', d(50, 200, 0)],
      ],
    }),
  )
  const indicators: readonly Indicator[] = [
    ['常住人口', '万人', d(200, 300, 2), 'population'],
    ['地区生产总值', '亿元', d(600, 900, 2), 'gdp'],
    ['粮食播种面积', '千公顷', d(100, 200, 1), ''],
    ['旅游人次', '万人次', d(900, 6000, 1), 'visits', { item: '全域' }],
    ['旅游总收入', '亿元', d(100, 500, 1), 'tourism-revenue', { item: '全域' }],
    ['水力发电量', '亿千瓦时', d(5, 40, 2), 'hydropower'],
    ['生活用水量', '万m³', d(5000, 9000, 0), 'water-use', { item: 'domestic' }],
    ['工业用水量', '万m³', d(5000, 9000, 0), 'water-use', { item: 'industrial' }],
    ['农业用水量', '万m³', d(50_000, 90_000, 0), 'water-use', { item: 'farm' }],
    ['农业净产值', '万元', d(300_000, 800_000, 0), 'crop-net-output'],
    ['林业净产值', '万元', d(30_000, 80_000, 0), 'wood-net-output'],
    ['居民电价', '元/千瓦时', 0.588, 'price.electricity'],
    ['碳价', '元/tCO2', d(50, 80, 1), 'price.carbon'],
    ['水库单位库容造价', '元/m³', 6.11, 'price.reservoir-storage'],
    ['居民人均可支配收入', '元', d(20_000, 40_000, 0), ''],
  ]
  await save(
    folder,
    '统计年鉴.xlsx',
    workbook({
      综合: [['指标', '单位', '2022年'], ...indicators.map(([l, u, v]) => [l, u, v])],
      产量: [
        ['产品', '产量（t）', '价格（元/t）'],
        ...['稻谷', '玉米', '蔬菜', '茶叶'].map((p) => [p, d(10_000, 90_000, 0), d(2000, 9000, 0)]),
      ],
    }),
  )
  await save(
    folder,
    '水库.xlsx',
    workbook({
      水库: [
        ['水库名称', '总库容（万m³）', '防洪库容（万m³）'],
        ['凤滩', d(9000, 90_000, 0), d(900, 9000, 0)],
        ['碗米坡', d(9000, 90_000, 0), d(900, 9000, 0)],
      ],
    }),
  )
  return {
    name: 'a 规整中文',
    folder,
    year: 2022,
    maps: [],
    truth: [
      ...columns(
        '2022年生态系统面积.xlsx',
        '面积',
        { class: '*', region: '*' },
        {
          C: ['area', 'km2'],
          D: ['precipitation', 'mm'],
          E: ['evapotranspiration', 'mm'],
        },
      ),
      ...columns(
        '土壤保持因子.xlsx',
        '因子',
        { class: '*' },
        {
          B: ['rainfall-erosivity', 'MJ·mm/(hm2·h·a)'],
          C: ['soil-erodibility', 't·hm2·h/(hm2·MJ·mm)'],
          D: ['slope-length-steepness', '1'],
          E: ['vegetation-cover', '%'],
          F: ['npp', 'gC/(m2·a)'],
        },
      ),
      ...columns('环境统计.xlsx', '大气', { item: '*' }, { B: ['air-emission', 't'] }),
      ...columns('环境统计.xlsx', '水', { item: '*' }, { B: ['water-emission', 't'] }),
      ...indicatorTruth('统计年鉴.xlsx', '综合', 'C', indicators),
      ...columns('统计年鉴.xlsx', '产量', { item: '*' }, { B: ['crop-output', 't'], C: ['product-price', '元/t'] }),
      ...columns(
        '水库.xlsx',
        '水库',
        { item: '*' },
        {
          B: ['reservoir-capacity', '万m3'],
          C: ['reservoir-flood-capacity', '万m3'],
        },
      ),
    ],
  }
}

async function english(folder: string, d: Draw): Promise<TestFolder> {
  const county = ['Jishou City', 'Luxi County', 'Fenghuang County'] as const
  await save(
    folder,
    'regions.csv',
    Buffer.from(
      csv([
        ['region_code', 'region_name', 'parent_code'],
        ['433100', 'Xiangxi', ''],
        ...COUNTIES.map(([c], k) => [c, county[k], '433100']),
      ]),
    ),
  )
  const rows: Rows = [
    [
      'County',
      'Ecosystem',
      'Area (km2)',
      'Annual precipitation (mm)',
      'ET (mm)',
      'NPP (gC/m2)',
      'Vegetation cover (%)',
      'Soil erodibility K',
    ],
  ]
  for (const name of county)
    for (const c of CLASSES_EN)
      rows.push([
        name,
        c,
        d(20, 2400),
        d(1200, 1600, 0),
        d(500, 800, 0),
        d(300, 900, 0),
        d(30, 90, 0),
        d(0.01, 0.04, 4),
      ])
  await save(folder, 'ecosystems_2021.csv', Buffer.from(csv(rows)))
  const indicators: readonly Indicator[] = [
    ['Resident population', 'person', d(2_000_000, 3_000_000, 0), 'population'],
    ['Gross domestic product', '万元', d(6_000_000, 9_000_000, 0), 'gdp'],
    ['Hydropower', 'kWh', d(5e8, 4e9, 0), 'hydropower'],
    ['Carbon price', '元/tCO2', d(50, 80, 1), 'price.carbon'],
    ['Electricity price', '元/kWh', 0.588, 'price.electricity'],
    ['Visits', 'visits', d(9_000_000, 60_000_000, 0), 'visits', { item: '全域' }],
    ['Tourism revenue', '万元', d(1_000_000, 5_000_000, 0), 'tourism-revenue', { item: '全域' }],
    ['Road length', 'km', d(5000, 9000, 0), ''],
  ]
  await save(
    folder,
    'statistics.xlsx',
    workbook({
      general: [['Indicator', 'Unit', 'Value'], ...indicators.map(([l, u, v]) => [l, u, v])],
      'air emission': [
        ['Pollutant', 'Emission (t)'],
        ['SO2', d(900, 4000, 0)],
        ['NOx', d(900, 4000, 0)],
        ['dust', d(900, 4000, 0)],
      ],
      'water use': [
        ['User', 'Water use (万m3)'],
        ['domestic', d(5000, 9000, 0)],
        ['industrial', d(5000, 9000, 0)],
        ['irrigation', d(50_000, 90_000, 0)],
      ],
      crops: [
        ['Product', 'Output (t)', 'Price (元/t)'],
        ...['rice', 'maize', 'vegetables', 'tea'].map((p) => [p, d(10_000, 90_000, 0), d(2000, 9000, 0)]),
      ],
    }),
  )
  await save(
    folder,
    'reservoirs.xlsx',
    workbook({
      list: [
        ['Reservoir', 'Capacity (万m3)', 'Built'],
        ['Fengtan', d(9000, 90_000, 0), 1978],
        ['Wanmipo', d(9000, 90_000, 0), 2004],
      ],
    }),
  )
  return {
    name: 'b English',
    folder,
    year: 2021,
    maps: [],
    truth: [
      ...columns(
        'ecosystems_2021.csv',
        undefined,
        { class: '*', region: '*' },
        {
          C: ['area', 'km2'],
          D: ['precipitation', 'mm'],
          E: ['evapotranspiration', 'mm'],
          F: ['npp', 'gC/m2'],
          G: ['vegetation-cover', '%'],
          H: ['soil-erodibility', 't·hm2·h/(hm2·MJ·mm)'],
        },
      ),
      ...indicatorTruth('statistics.xlsx', 'general', 'C', indicators).map((t) =>
        t.unit === 'person' ? { ...t, unit: '人' } : t.unit === 'visits' ? { ...t, unit: '人次' } : t,
      ),
      ...columns('statistics.xlsx', 'air emission', { item: '*' }, { B: ['air-emission', 't'] }),
      ...columns('statistics.xlsx', 'water use', { item: '*' }, { B: ['water-use', '万m3'] }),
      ...columns('statistics.xlsx', 'crops', { item: '*' }, { B: ['crop-output', 't'], C: ['product-price', '元/t'] }),
      ...columns('reservoirs.xlsx', 'list', { item: '*' }, { B: ['reservoir-capacity', '万m3'] }),
    ],
  }
}

async function meaningless(folder: string, d: Draw): Promise<TestFolder> {
  await save(
    folder,
    'a.xlsx',
    workbook({
      Sheet1: [
        ['列1', '列2', '列3', '列4'],
        [undefined, 'km²', 'mm', 'mm'],
        ...CLASSES.map((c) => [c, d(60, 7000), d(1200, 1600, 0), d(500, 800, 0)]),
      ],
      Sheet2: [['列1', '列2'], ...CLASSES.map((c) => [c, { value: d(0.3, 0.9, 2), format: '0%' }])],
    }),
  )
  await save(
    folder,
    'b.xlsx',
    workbook({
      Sheet1: [
        ['单位：t'],
        ['v1', 'v2'],
        ['二氧化硫', d(900, 4000, 0)],
        ['氮氧化物', d(900, 4000, 0)],
        ['粉尘', d(900, 4000, 0)],
      ],
    }),
  )
  await save(
    folder,
    'c.xlsx',
    workbook({ Sheet1: [['单位：t'], ['v1', 'v2'], ['COD', d(3000, 9000, 0)], ['氨氮', d(200, 900, 0)]] }),
  )
  await save(
    folder,
    'd.xlsx',
    workbook({
      Sheet1: [
        ['v1', 'v2', 'v3'],
        [undefined, 't', '元/t'],
        ...['稻谷', '玉米', '蔬菜'].map((p) => [p, d(10_000, 90_000, 0), d(2000, 9000, 0)]),
      ],
    }),
  )
  await save(
    folder,
    'e.xlsx',
    workbook({
      Sheet1: [
        ['x', 'y'],
        [undefined, '万m³'],
        ['生活', d(5000, 9000, 0)],
        ['工业', d(5000, 9000, 0)],
        ['农业', d(50_000, 90_000, 0)],
      ],
    }),
  )
  await save(folder, 'f.xlsx', workbook({ Sheet1: [['列1', '列2', '列3'], ...REGION_ROWS.slice(1)] }))
  const indicators: readonly Indicator[] = [
    ['常住人口(万人)', '', d(200, 300, 2), 'population'],
    ['生产总值(亿元)', '', d(600, 900, 2), 'gdp'],
    ['接待人次(万人次)', '', d(900, 6000, 1), 'visits', { item: '全域' }],
    ['水电发电量(亿kWh)', '', d(5, 40, 2), 'hydropower'],
  ]
  await save(folder, 'g.xlsx', workbook({ Sheet1: [['列1', '列2'], ...indicators.map(([l, , v]) => [l, v])] }))
  // Numbers nobody could name: they must stay out or ask.
  await save(
    folder,
    'h.csv',
    Buffer.from(csv([['v1', 'v2', 'v3'], ...COUNTIES.map(([c]) => [c, d(1, 9, 2), d(100, 900, 0)])])),
  )
  const unit: Readonly<Record<string, string>> = {
    population: '万人',
    gdp: '亿元',
    visits: '万人次',
    hydropower: '亿kWh',
  }
  return {
    name: 'c 无意义的名称',
    folder,
    year: 2020,
    maps: [],
    truth: [
      ...columns(
        'a.xlsx',
        'Sheet1',
        { class: '*' },
        { B: ['area', 'km2'], C: ['precipitation', 'mm'], D: ['evapotranspiration', 'mm'] },
      ),
      ...columns('a.xlsx', 'Sheet2', { class: '*' }, { B: ['vegetation-cover', '%'] }),
      ...columns('b.xlsx', 'Sheet1', { item: '*' }, { B: ['air-emission', 't'] }),
      ...columns('c.xlsx', 'Sheet1', { item: '*' }, { B: ['water-emission', 't'] }),
      ...columns('d.xlsx', 'Sheet1', { item: '*' }, { B: ['crop-output', 't'], C: ['product-price', '元/t'] }),
      ...columns('e.xlsx', 'Sheet1', { item: '*' }, { B: ['water-use', '万m3'] }),
      ...indicatorTruth('g.xlsx', 'Sheet1', 'B', indicators).map((t) => ({ ...t, unit: unit[t.argument]! })),
    ],
  }
}

/** GBK by turning the decoder round: every two-byte code that decodes to one character. */
const GBK: ReadonlyMap<string, readonly [number, number]> = (() => {
  const decoder = new TextDecoder('gbk')
  const map = new Map<string, readonly [number, number]>()
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) {
      const c = decoder.decode(Uint8Array.of(a, b))
      if (c.length === 1 && c !== '\ufffd' && !map.has(c)) map.set(c, [a, b])
    }
  return map
})()
export const toGbk = (s: string): Buffer =>
  Buffer.from([...s].flatMap((c) => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : [...(GBK.get(c) ?? [0x3f])])))

async function gbk(folder: string, d: Draw): Promise<TestFolder> {
  const put = (name: string, rows: Rows): Promise<void> => save(folder, toGbk(name), toGbk(csv(rows)))
  await put('行政区划.csv', REGION_ROWS)
  await put('生态系统面积2023年.csv', [
    ['地区代码', '生态系统类型', '面积/公顷'],
    ...COUNTIES.flatMap(([code]) => CLASSES.map((c) => [code, c, d(2000, 240_000, 0)])),
  ])
  await put('气象.csv', [
    ['地区名称', '年降水量/mm', '实际蒸散量/mm', '高温天数/d'],
    ...COUNTIES.map(([, n]) => [n, d(1200, 1600, 0), d(500, 800, 0), d(30, 90, 0)]),
  ])
  await put('大气污染物排放.csv', [
    ['地区', '二氧化硫排放量(吨)', '氮氧化物排放量(吨)', '烟粉尘排放量(吨)'],
    ...COUNTIES.map(([, n]) => [n, d(900, 4000, 0), d(900, 4000, 0), d(900, 4000, 0)]),
  ])
  await put('水污染物.csv', [
    ['地区', '化学需氧量(吨)', '氨氮(吨)'],
    ...COUNTIES.map(([, n]) => [n, d(900, 4000, 0), d(90, 400, 0)]),
  ])
  await put('用水.csv', [
    ['地区', '用水类别', '用水量(万立方米)'],
    ...COUNTIES.flatMap(([, n]) => ['生活', '工业', '农业'].map((u) => [n, u, d(900, 4000, 0)])),
  ])
  await put('旅游.csv', [
    ['地区', '景区', '游客人次(万人次)', '旅游收入(万元)'],
    ...COUNTIES.map(([, n]) => [n, `${n}景区`, d(30, 900, 1), d(3000, 90_000, 0)]),
  ])
  await put('人口经济.csv', [
    ['地区', '年末常住人口(人)', '生产总值(万元)', '备注'],
    ...COUNTIES.map(([, n]) => [n, d(200_000, 500_000, 0), d(500_000, 3_000_000, 0), '快报']),
  ])
  const file = (
    f: string,
    by: Pick<Truth, 'class' | 'item'>,
    of: Readonly<Record<string, readonly [string, string]>>,
  ): readonly Truth[] => columns(f, undefined, { region: '*', ...by }, of)
  return {
    name: 'd GBK',
    folder,
    year: 2023,
    maps: [],
    truth: [
      ...file('生态系统面积2023年.csv', { class: '*' }, { C: ['area', 'hm2'] }),
      ...file(
        '气象.csv',
        {},
        { B: ['precipitation', 'mm'], C: ['evapotranspiration', 'mm'], D: ['cooling-days', 'd'] },
      ),
      ...file('大气污染物排放.csv', { item: 'SO2' }, { B: ['air-emission', 't'] }),
      ...file('大气污染物排放.csv', { item: 'NOx' }, { C: ['air-emission', 't'] }),
      ...file('大气污染物排放.csv', { item: 'dust' }, { D: ['air-emission', 't'] }),
      ...file('水污染物.csv', { item: 'COD' }, { B: ['water-emission', 't'] }),
      ...file('水污染物.csv', { item: 'NH3-N' }, { C: ['water-emission', 't'] }),
      ...file('用水.csv', { item: '*' }, { C: ['water-use', '万m3'] }),
      ...file('旅游.csv', { item: '*' }, { C: ['visits', '万人次'], D: ['tourism-revenue', '万元'] }),
      ...file('人口经济.csv', {}, { B: ['population', '人'], C: ['gdp', '万元'] }),
    ],
  }
}

async function units(folder: string, d: Draw): Promise<TestFolder> {
  await save(folder, '行政区划.xlsx', workbook({ 地区: REGION_ROWS }))
  await save(
    folder,
    '2022年生态因子.xlsx',
    workbook({
      水: [
        ['类型', '降水量（m）', '蒸散量（cm）', '地表径流深'],
        ...CLASSES.map((c) => [c, d(1.2, 1.6, 3), d(50, 80), d(100, 300, 0)]),
      ],
      // The unit says per cent, the numbers are fractions.
      植被: [['类型', '植被覆盖度（%）', '植被覆盖因子'], ...CLASSES.map((c) => [c, d(0.3, 0.9, 2), d(0.01, 0.4, 3)])],
      // Weather bureaus store tenths: the trap is to take 165 for days.
      气象: [
        ['类型', '潜在蒸散量（0.1mm）', '平均气温（0.1℃）', '平均气温（℃×10）'],
        ...CLASSES.map((c) => [c, d(9000, 12_000, 0), d(150, 190, 0), d(150, 190, 0)]),
      ],
    }),
  )
  await save(
    folder,
    '面积（亩）.xlsx',
    workbook({ 面积: [['类型', '面积（万亩）'], ...CLASSES.map((c) => [c, d(30, 900)])] }),
  )
  await save(
    folder,
    '湿地.xlsx',
    workbook({
      湖泊: [
        ['湖泊', '湖泊面积（hm²）'],
        ['长潭岗', d(200, 900, 0)],
        ['红枫', d(200, 900, 0)],
      ],
    }),
  )
  const indicators: readonly Indicator[] = [
    ['常住人口', '万人', d(200, 300, 2), 'population'],
    ['地区生产总值', '万元', d(6_000_000, 9_000_000, 0), 'gdp'],
    ['游客人次', '万人次', d(900, 6000, 1), 'visits', { item: '全域' }],
    ['旅游收入', '元', d(1e10, 5e10, 0), 'tourism-revenue', { item: '全域' }],
    ['农业净产值', '亿元', d(30, 80, 2), 'crop-net-output'],
    ['固碳量', '万吨', d(100, 300, 1), 'carbon-sequestered', { unit: '万tCO2' }],
    ['释氧量', '万吨', d(100, 300, 1), 'oxygen-released', { unit: '万tO2' }],
    ['电价', '分/千瓦时', 58.8, 'price.electricity'],
    ['水面蒸发量', '万m³', d(900, 5000, 0), 'water-evaporated'],
    ['年平均气温', '0.1℃', 165, ''],
  ]
  await save(
    folder,
    '综合.xlsx',
    workbook({ 综合: [['指标', '计量单位', '数值'], ...indicators.map(([l, u, v]) => [l, u, v])] }),
  )
  return {
    name: 'e 单位陷阱',
    folder,
    year: 2022,
    maps: [],
    truth: [
      ...columns(
        '2022年生态因子.xlsx',
        '水',
        { class: '*' },
        {
          B: ['precipitation', 'm'],
          C: ['evapotranspiration', 'cm'],
          D: ['runoff-depth', 'mm'],
        },
      ),
      ...columns(
        '2022年生态因子.xlsx',
        '植被',
        { class: '*' },
        { B: ['vegetation-cover', '1'], C: ['cover-factor', '1'] },
      ),
      ...columns('2022年生态因子.xlsx', '气象', { class: '*' }, { B: ['potential-evapotranspiration', '0.1mm'] }),
      ...columns('面积（亩）.xlsx', '面积', { class: '*' }, { B: ['area', '万亩'] }),
      ...columns('湿地.xlsx', '湖泊', { item: '*' }, { B: ['lake-area', 'hm2'] }),
      ...indicatorTruth('综合.xlsx', '综合', 'C', indicators),
    ],
  }
}

async function maps(folder: string, d: Draw): Promise<TestFolder> {
  const pixels = (n: number, of: () => number): readonly number[] => Array.from({ length: n }, of)
  const cas = [11, 12, 21, 22, 31, 42, 51]
  await save(
    folder,
    'landcover.tif',
    tinyTiff({
      width: 40,
      height: 30,
      values: pixels(1200, () => cas[Math.floor(d(0, 6.999, 3))]!),
      type: 'uint8',
      epsg: 4490,
      origin: [109.2, 28.9],
      pixel: 0.01,
      nodata: '0',
    }),
  )
  await save(
    folder,
    'NPP.tif',
    tinyTiff({
      width: 30,
      height: 30,
      values: pixels(900, () => d(200, 1100, 0)),
      type: 'int16',
      epsg: 4525,
      origin: [37_400_000, 3_200_000],
      pixel: 1000,
      nodata: '-9999',
    }),
  )
  const square = (x: number): unknown => [
    [
      [x, 28],
      [x + 0.5, 28],
      [x + 0.5, 28.5],
      [x, 28.5],
      [x, 28],
    ],
  ]
  await save(
    folder,
    '县界.geojson',
    Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: COUNTIES.map(([code, name], k) => ({
          type: 'Feature',
          properties: { FID: k, NAME: name, PAC: Number(code) },
          geometry: { type: 'Polygon', coordinates: square(109 + k) },
        })),
      }),
    ),
  )
  await save(folder, '行政区划.xlsx', workbook({ 地区: REGION_ROWS }))
  const wide = (title: string, unit: string, low: number, high: number): Rows => [
    [{ value: title, span: { columns: 7 } }],
    [`单位：${unit}`],
    ['地区', ...CLASSES],
    ...COUNTIES.map(([, n]) => [n, ...CLASSES.map(() => d(low, high, 1))]),
    ['合计', ...CLASSES.map(() => undefined)],
  ]
  await save(
    folder,
    '宽表.xlsx',
    workbook({
      面积: wide('2022年各类生态系统面积', 'km²', 20, 2400),
      降水: wide('2022年年降水量', 'mm', 1200, 1600),
      两年: [
        [
          { value: '类型', span: { rows: 2 } },
          { value: '实际蒸散量（mm）', span: { columns: 2 } },
          undefined,
          { value: '植被覆盖度（%）', span: { columns: 2 } },
        ],
        [undefined, '2021年', '2022年', '2021年', '2022年'],
        ...CLASSES.map((c) => [c, d(500, 800, 0), d(500, 800, 0), d(30, 90, 0), d(30, 90, 0)]),
      ],
      污染物: [
        [
          { value: '地区', span: { rows: 2 } },
          { value: '大气污染物排放量（t）', span: { columns: 3 } },
          undefined,
          undefined,
          { value: '水污染物排放量（t）', span: { columns: 2 } },
        ],
        [undefined, 'SO2', 'NOx', '烟粉尘', 'COD', '氨氮'],
        ...COUNTIES.map(([, n]) => [
          n,
          d(900, 4000, 0),
          d(900, 4000, 0),
          d(900, 4000, 0),
          d(900, 4000, 0),
          d(90, 400, 0),
        ]),
      ],
      产量: [
        [
          { value: '地区', span: { rows: 2 } },
          { value: '农产品产量（t）', span: { columns: 3 } },
        ],
        [undefined, '稻谷', '玉米', '蔬菜'],
        ...COUNTIES.map(([, n]) => [n, d(9000, 40_000, 0), d(9000, 40_000, 0), d(9000, 40_000, 0)]),
      ],
    }),
  )
  const letters = 'BCDEFG'
  const byClass = (sheet: string, argument: string, unit: string): readonly Truth[] =>
    CODES.map((code, k) => ({
      argument,
      file: '宽表.xlsx',
      sheet,
      column: letters[k]!,
      unit,
      class: code,
      region: '*',
    }))
  const byItem = (
    sheet: string,
    argument: string,
    unit: string,
    from: number,
    items: readonly string[],
  ): readonly Truth[] =>
    items.map((item, k) => ({
      argument,
      file: '宽表.xlsx',
      sheet,
      column: letters[from + k]!,
      unit,
      item,
      region: '*',
    }))
  return {
    name: 'f 两种坐标系的图与宽表',
    folder,
    year: 2022,
    maps: [
      { file: 'NPP.tif', crs: 'EPSG:4525', argument: 'npp' },
      { file: 'landcover.tif', crs: 'EPSG:4490', argument: 'land-cover' },
    ],
    truth: [
      ...byClass('面积', 'area', 'km2'),
      ...byClass('降水', 'precipitation', 'mm'),
      { argument: 'evapotranspiration', file: '宽表.xlsx', sheet: '两年', column: 'C', unit: 'mm', class: '*' },
      { argument: 'vegetation-cover', file: '宽表.xlsx', sheet: '两年', column: 'E', unit: '%', class: '*' },
      ...byItem('污染物', 'air-emission', 't', 0, ['SO2', 'NOx', 'dust']),
      ...byItem('污染物', 'water-emission', 't', 3, ['COD', 'NH3-N']),
      ...byItem('产量', 'crop-output', 't', 0, ['稻谷', '玉米', '蔬菜']),
    ],
  }
}
