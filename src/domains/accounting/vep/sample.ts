// A sample folder with three units of three kinds, made from a seed: a tea garden (income), a river reach (with and
// without), an old village (market comparison). Serves the register and every reader's first try; it is 示范数据 throughout.
// Always holds: equal seeds give equal bytes, and every number is invented in the range of real ones.

import { join } from 'node:path'
import { stringify } from 'yaml'
import { dec, type Dec } from '../../../kernel/index.ts'
import { writeWorkbook, type CellSpec, type SheetSpec } from '../../../core/exchange-formats/index.ts'
import { writeSafely } from '../inputs/index.ts'
import type { Ring } from './polygon.ts'
import { SHEETS, type SheetName } from './sheets.ts'

export interface SampleFile {
  readonly name: string
  readonly content: string | Uint8Array
}
type Draw = (low: number, high: number) => number

/** Whole numbers from low to high, both included (Numerical Recipes LCG, the same on every machine). */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return low + Math.floor((state / 4294967296) * (high - low + 1))
  }
}

/** Writes the sample folder. @returns the names written */
export async function writeVepSample(folder: string, seed = 2026): Promise<readonly string[]> {
  const files = await vepSample(seed)
  for (const f of files) await writeSafely(join(folder, f.name), f.content)
  return files.map((f) => f.name)
}

const WORKBOOK = '收支与案例.xlsx'
const BOUNDARIES = '边界.geojson'
const TEA = 'TEA-01'
const RIVER = 'RIV-01'
const VILLAGE = 'VIL-01'
const TERM = 20

/** The files of the sample, in memory. */
export async function vepSample(seed = 2026): Promise<readonly SampleFile[]> {
  const draw = drawFrom(seed)
  const boundaries = geojson(draw)
  const sheets = sampleSheets(draw)
  const workbook = await writeWorkbook({ title: '示范数据：特定地域单元收支、案例与对比', sheets })
  return [
    {
      name: 'vep.yaml',
      content: stringify(sampleList(), {
        lineWidth: 110,
        aliasDuplicateObjects: false,
        defaultStringType: 'PLAIN',
        defaultKeyType: 'PLAIN',
      }),
    },
    { name: WORKBOOK, content: workbook },
    { name: BOUNDARIES, content: boundaries },
    ...papers().map(([name, text]) => ({
      name,
      content: `示范数据：${text}\nSample data made by a generator; no such paper exists.\n`,
    })),
  ]
}

// ---- boundaries

/** Twelve directions of a rounded blob; the radius varies with the seed, so a ring never crosses itself. */
const DIRECTIONS = [
  [10, 0],
  [9, 5],
  [5, 9],
  [0, 10],
  [-5, 9],
  [-9, 5],
  [-10, 0],
  [-9, -5],
  [-5, -9],
  [0, -10],
  [5, -9],
  [9, -5],
] as const

function blob(draw: Draw, west: number, south: number, microdegrees: number): Ring {
  const points = DIRECTIONS.map(([x, y]) => {
    const r = (microdegrees * draw(80, 120)) / 1000
    return [Math.round(west * 1e6 + x * r) / 1e6, Math.round(south * 1e6 + y * r) / 1e6] as const
  })
  return [...points, points[0]!]
}

/** A reach: the left bank down, the right bank back. */
function reach(draw: Draw, west: number, south: number): Ring {
  const steps = Array.from({ length: 9 }, (_, i) => [west + i * 0.004, south + draw(-8, 8) / 10_000] as const)
  const at = (x: number, y: number): readonly [number, number] => [Math.round(x * 1e6) / 1e6, Math.round(y * 1e6) / 1e6]
  const left = steps.map(([x, y]) => at(x, y + 0.0012))
  const right = [...steps].reverse().map(([x, y]) => at(x, y - 0.0012))
  return [...left, ...right, left[0]!]
}

function geojson(draw: Draw): string {
  const rings: readonly (readonly [string, Ring])[] = [
    [TEA, blob(draw, 110.462, 28.615, 2700)],
    [RIVER, reach(draw, 110.51, 28.642)],
    [VILLAGE, blob(draw, 110.553, 28.588, 1200)],
  ]
  const features = rings.map(([id, ring]) => ({
    type: 'Feature',
    properties: { 单元编号: id, 说明: '示范数据' },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }))
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } }
  return `${JSON.stringify({ type: 'FeatureCollection', name: '示范数据', crs, features }, null, 1)}\n`
}

// ---- the workbook

const t = (value: string): CellSpec => ({ value, style: 'text' })
const n = (value: string | number | Dec, format = '#,##0.##'): CellSpec => ({
  value: dec(value),
  style: 'number',
  format,
})

function sheet(
  name: SheetName,
  units: Readonly<Record<string, string>>,
  rows: readonly (readonly CellSpec[])[],
): SheetSpec {
  const heads = Object.entries(SHEETS[name].columns).map(([key, c]: [string, { readonly zh: string }]): CellSpec => ({
    value: `${c.zh}${units[key] ? `（${units[key]}）` : ''}`,
    style: 'heading',
  }))
  return { name: SHEETS[name].zh, rows: [heads, ...rows], frozenRows: 1, repeatedRows: [1, 1] }
}

function sampleSheets(draw: Draw): readonly SheetSpec[] {
  return [
    sheet('products', {}, products(draw)),
    sheet('accounts', { amount: '万元' }, accounts(draw)),
    sheet('deals', { price: '元/亩' }, deals(draw)),
    sheet('states', {}, states(draw)),
    sheet('prices', {}, [
      [t(RIVER), t('土壤保持'), n('18.6'), t('元/t'), t('示范：清淤工程单价')],
      [t(RIVER), t('化学需氧量削减'), n('2800'), t('元/t'), t('示范：污水处理成本')],
      [t(RIVER), t('固碳'), n('62.98'), t('元/tCO2'), t('示范：碳市场均价')],
    ]),
  ]
}

function products(draw: Draw): readonly (readonly CellSpec[])[] {
  const row = (
    unit: string,
    product: string,
    service: string,
    ecosystem: string,
    quantity: number,
    measure: string,
    source: string,
  ): readonly CellSpec[] => [
    t(unit),
    t(product),
    t(service),
    t(ecosystem),
    n(quantity),
    t(measure),
    t('2025'),
    t(`示范：${source}`),
  ]
  return [
    row(TEA, '绿茶', '物质供给', '灌木园地', draw(90, 110) / 10, 't', '经营台账'),
    row(TEA, '茶园研学', '旅游康养', '灌木园地', draw(2100, 2600), '人次', '经营台账'),
    row(RIVER, '达标来水', '调节服务', '河流湿地', draw(1180, 1300), '万m3', '断面监测'),
    row(RIVER, '恢复岸带植被', '调节服务', '河岸草灌', draw(28, 34), 'hm2', '竣工测量'),
    row(VILLAGE, '住宿接待', '旅游康养', '村落与风水林', draw(9000, 9900), '人次', '住宿登记'),
    row(VILLAGE, '古树景观', '文化服务', '村落与风水林', draw(24, 36), '株', '古树名木普查'),
  ]
}

/** Two actual years, then a forecast that grows slowly: revenue by business form, cost by item. */
function accounts(draw: Draw): readonly (readonly CellSpec[])[] {
  const start = { tea: draw(2300, 2500), study: draw(480, 560), work: draw(720, 780), care: draw(240, 280), rent: 96 }
  return Array.from({ length: TERM }, (_, i) => i + 1).flatMap((year) => {
    const grown = (base: number, perMille: number): number =>
      Math.round(base * (1000 + perMille * Math.min(year - 1, 8))) / 10_000
    const row = (side: string, item: string, amount: number): readonly CellSpec[] => [
      t(TEA),
      n(year, '0'),
      t(side),
      t(item),
      n(amount.toFixed(2), '#,##0.00'),
      t(year <= 2 ? '实绩' : '预测'),
    ]
    return [
      row('收入', '茶叶销售', grown(start.tea, 12)),
      row('收入', '研学体验', grown(start.study, 20)),
      row('成本', '采制人工', grown(start.work, 15)),
      row('成本', '生态管护与监测', grown(start.care, 10)),
      row('成本', '林地租金', start.rent / 10),
    ]
  })
}

function deals(draw: Draw): readonly (readonly CellSpec[])[] {
  const row = (
    name: string,
    source: string,
    date: string,
    price: number,
    factors: readonly [string, string, string, string],
    weight: string,
  ): readonly CellSpec[] => [
    t(VILLAGE),
    t(name),
    t(`示范：${source}`),
    t(date),
    n(price),
    ...factors.map((f) => n(f, '0.00')),
    n(weight, '0.0'),
  ]
  return [
    row(
      '甲村古宅集群',
      '农村产权交易公告 A-17',
      '2025-03-18',
      draw(610, 640) * 100,
      ['0.95', '1.02', '1.00', '1.00'],
      '0.4',
    ),
    row(
      '乙村民宿片区',
      '农村产权交易公告 B-06',
      '2025-09-02',
      draw(560, 590) * 100,
      ['1.05', '1.01', '1.03', '0.98'],
      '0.3',
    ),
    row(
      '丙村传统村落',
      '集体资产流转合同 C-31',
      '2024-11-25',
      draw(640, 680) * 100,
      ['0.92', '1.03', '0.97', '1.00'],
      '0.2',
    ),
    row(
      '丁村林下民宿',
      '农村产权交易公告 D-02',
      '2026-01-14',
      draw(520, 550) * 100,
      ['1.08', '1.00', '1.02', '1.00'],
      '0.1',
    ),
  ]
}

function states(draw: Draw): readonly (readonly CellSpec[])[] {
  const row = (
    service: string,
    variable: string,
    unit: string,
    withIt: string | number,
    without: string | number,
  ): readonly CellSpec[] => [t(RIVER), t(service), t(variable), t(unit), n(withIt, '0.####'), n(without, '0.####')]
  return [
    row('土壤保持', '降雨侵蚀力', 'MJ·mm/(hm2·h·a)', '6200', '6200'),
    row('土壤保持', '土壤可蚀性', 't·hm2·h/(hm2·MJ·mm)', '0.0058', '0.0058'),
    row('土壤保持', '坡长坡度因子', '1', '4.6', '4.6'),
    row('土壤保持', '植被覆盖因子', '1', `0.0${draw(4, 6)}`, `0.2${draw(0, 8)}`),
    row('土壤保持', '水土保持措施因子', '1', '0.8', '1'),
    row('土壤保持', '面积', 'hm2', '76', '76'),
    row('化学需氧量削减', '实物量', 't', draw(300, 340), draw(180, 210)),
    row('固碳', '实物量', 'tCO2', draw(410, 450), draw(150, 190)),
  ]
}

// ---- the list and its papers

const PAPERS = '证明材料'
const both = (zh: string, en: string): { readonly zh: string; readonly en: string } => ({ zh, en })

function sampleList(): object {
  const region = { code: '430899', name: both('示范县（虚构）', 'Sample county (invented)') }
  const valid = { from: '2026-06-30', to: '2027-06-29' }
  const right = (kind: string, holder: string, number: string, file: string, to: string): object => ({
    kind,
    holder,
    proof: { number, file: `${PAPERS}/${file}` },
    from: '2016-07-01',
    to,
  })
  const paper = (kind: string, title: string, file: string): object => ({ kind, title, file: `${PAPERS}/${file}` })
  return {
    qingshan: 'vep/1',
    title: both('示范县特定地域单元生态产品价值核算', 'Value of ecological products of three places, sample county'),
    date: '2026-06-30',
    sample: 'true',
    workbook: WORKBOOK,
    boundaries: { file: BOUNDARIES, key: '单元编号' },
    prepared: { organisation: '示范县自然资源局（虚构）' },
    units: [
      {
        id: TEA,
        name: both('云岭茶园林下经营项目', 'Yunling tea garden'),
        kind: 'under-forest',
        region,
        right: right(
          '林地经营权',
          '示范茶业专业合作社',
          '示林证字（2016）第 0017 号',
          '林地经营权证.txt',
          '2046-06-30',
        ),
        term: String(TERM),
        school: 'market-value',
        method: 'income',
        use: 'credit',
        valid,
        discount: { value: '5 %', ground: '示范：五年期以上贷款市场报价利率加 1.5 个百分点风险溢价' },
        contribution: { value: '0.35', ground: '示范：同品种平地茶园与本园净收益对比调查' },
        timing: 'end',
        evidence: [
          paper('operator-accounts', '合作社 2024、2025 年账册', '经营账册.txt'),
          paper('contribution-ground', '生态贡献率对比调查', '贡献率调查.txt'),
          paper('discount-ground', '折现率说明', '折现率说明.txt'),
        ],
        risks: [
          both(
            '茶价波动：预测按近三年均价，价格下跌时净收益随之下降。',
            'Tea price: forecasts use the mean of three years and fall with it.',
          ),
          both(
            '冻害与旱害：未计入减产年份，宜配套农业保险。',
            'Frost and drought: no bad year is in the forecast; crop insurance is advised.',
          ),
        ],
      },
      {
        id: RIVER,
        name: both('清溪河段生态修复项目', 'Qingxi river reach restoration'),
        kind: 'river-reach',
        region,
        right: right(
          '河段经营管护权',
          '示范县清溪流域管护中心',
          '示水管字（2021）第 5 号',
          '河段管护协议.txt',
          '2051-12-31',
        ),
        term: String(TERM),
        school: 'project-gep',
        method: 'value-change',
        use: 'investment',
        valid,
        change: 'npv',
        discount: { value: '4.5 %', ground: '示范：政府投资项目社会折现率取值说明' },
        timing: 'end',
        services: [
          { name: '土壤保持', service: 'R2', rule: { id: 'gep.r2.retention', output: '土壤保持量' } },
          { name: '化学需氧量削减', service: 'R7' },
          { name: '固碳', service: 'R8' },
        ],
        evidence: [
          paper('baseline-survey', '修复前本底调查', '本底调查.txt'),
          paper('project-survey', '修复后监测与设计', '修复监测.txt'),
        ],
        risks: [
          both('洪水可能冲毁岸坡植被，需逐年管护。', 'Floods may take the bank vegetation; it needs care every year.'),
        ],
      },
      {
        id: VILLAGE,
        name: both('石桥古村民宿集群', 'Shiqiao old village homestays'),
        kind: 'homestay',
        region,
        right: right(
          '集体建设用地使用权与林地经营权',
          '石桥村股份经济合作社',
          '示集用（2018）第 33 号',
          '集体用地使用权证.txt',
          '2038-06-30',
        ),
        school: 'market-value',
        method: 'market',
        use: 'equity',
        valid,
        evidence: [paper('comparable-deals', '四宗可比成交案例材料', '可比案例.txt')],
        risks: [
          both(
            '成交案例少、地区差异大，区间比单一数值更可靠。',
            'Deals are few and places differ; the range says more than one number.',
          ),
        ],
      },
    ],
  }
}

function papers(): readonly (readonly [string, string])[] {
  const names = [
    '林地经营权证',
    '经营账册',
    '贡献率调查',
    '折现率说明',
    '河段管护协议',
    '本底调查',
    '修复监测',
    '集体用地使用权证',
    '可比案例',
  ]
  return names.map((name) => [`${PAPERS}/${name}.txt`, name])
}
