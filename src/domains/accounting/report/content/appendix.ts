// Appendices: parameters and prices with mark and source; the register of data with hashes; the index of printed codes
// with exact values.

import { convert, dec, sameDimensions, unit } from '../../../../kernel/index.ts'
import type { Text } from '../../../../kernel/index.ts'
import { CUSTODIANS } from '../../arguments.ts'
import { datesText } from '../../explain.ts'
import type { Figure } from '../../model.ts'
import { printedCodes, type Block, type Row } from '../document.ts'
import { exactText, fixedText, unitLabel } from '../number-text.ts'
import { extentWord } from './extent.ts'
import type { Page } from './page.ts'
import { landscape } from './tables.ts'

const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已核对原文', en: 'confirmed' },
  'back-solved': { zh: '由公开表反算', en: 'back-solved' },
  unconfirmed: { zh: '未确认', en: 'unconfirmed' },
  reported: { zh: '填报', en: 'reported' },
}
const LAYERS: Readonly<Record<string, Text>> = {
  national: { zh: '国家', en: 'national' },
  province: { zh: '省', en: 'province' },
  county: { zh: '县', en: 'county' },
}
const BASES: Readonly<Record<string, Text>> = {
  capital: { zh: '造价', en: 'capital' },
  annualised: { zh: '年化造价', en: 'annualised' },
  operation: { zh: '运行成本', en: 'operation' },
  'tax-rate': { zh: '税额', en: 'tax rate' },
  market: { zh: '市场价', en: 'market' },
  treatment: { zh: '治理成本', en: 'treatment' },
  restoration: { zh: '修复成本', en: 'restoration' },
  'travel-cost': { zh: '旅行费用', en: 'travel cost' },
  agreed: { zh: '约定价', en: 'agreed' },
}
const word = (page: Page, table: Readonly<Record<string, Text>>, key: string): string => {
  const t = table[key]
  return t ? page.t(t) : key
}
const mark = (page: Page, key: string) => ({
  text: word(page, MARKS, key),
  ...(key === 'unconfirmed' ? { status: 'unconfirmed' as const } : {}),
})
const SOURCES_MOST = 4
const sources = (page: Page, keys: readonly string[]): string =>
  keys.length === 0
    ? '—'
    : keys.slice(0, SOURCES_MOST).join(page.say('、', ', ')) + (keys.length > SOURCES_MOST ? '…' : '')

export function appendices(page: Page, before: readonly Block[]): readonly Block[] {
  return [...landscape([...parameters(page), ...prices(page)]), ...register(page), ...index(page, before)]
}

function parameters(page: Page): readonly Block[] {
  const heading: Block = {
    kind: 'heading',
    level: 1,
    numbered: false,
    text: page.say('附录一　参数与价格', 'Appendix A  Parameters and prices'),
  }
  if (page.account.parameters.length === 0)
    return [heading, { kind: 'paragraph', runs: [{ text: page.say('没有使用参数。', 'No parameters were used.') }] }]
  return [
    heading,
    {
      kind: 'table',
      caption: page.say('参数', 'Parameters'),
      columns: [
        { title: page.say('参数', 'Parameter'), align: 'left', width: 3 },
        { title: page.say('键', 'Key'), align: 'left', width: 1.6 },
        { title: page.say('取值', 'Value'), align: 'right', width: 1.6 },
        { title: page.say('单位', 'Unit'), align: 'left', width: 1.6 },
        { title: page.say('证据', 'Evidence'), align: 'left', width: 1.5 },
        { title: page.say('来源', 'Source'), align: 'left', width: 1.5 },
        { title: page.say('层级', 'Layer'), align: 'left', width: 1 },
        { title: page.say('文件与行', 'File and line'), align: 'left', width: 4 },
      ],
      rows: page.account.parameters.map((p): Row => ({
        cells: [
          { text: page.t(p.title) },
          { text: p.key === '' ? '—' : p.key },
          { text: p.quantity.value, derived: true },
          { text: unitLabel(p.quantity.unit, page.lang) },
          mark(page, p.mark),
          { text: sources(page, p.source) },
          { text: word(page, LAYERS, p.layer) },
          { text: `${p.file}:${p.line} @${p.version}`, emphasis: 'mono' },
        ],
      })),
    },
  ]
}

function prices(page: Page): readonly Block[] {
  if (page.account.prices.length === 0) return []
  return [
    {
      kind: 'table',
      caption: page.say('价格及其口径与年份', 'Prices with basis and year'),
      columns: [
        { title: page.say('价格', 'Price'), align: 'left', width: 3.2 },
        { title: page.say('用于', 'Used for'), align: 'left', width: 2.4 },
        { title: page.say('取值', 'Value'), align: 'right', width: 1.5 },
        { title: page.say('单位', 'Unit'), align: 'left', width: 1.5 },
        { title: page.say('价格性质', 'Basis'), align: 'left', width: 1.4 },
        { title: page.say('年份', 'Year'), align: 'left', width: 0.9 },
        { title: page.say('证据', 'Evidence'), align: 'left', width: 1.5 },
        { title: page.say('来源', 'Source'), align: 'left', width: 1.5 },
        { title: page.say('说明', 'Note'), align: 'left', width: 2.6 },
      ],
      rows: page.account.prices.map((p): Row => ({
        cells: [
          { text: page.t(p.title) },
          { text: page.basisName(p.basis) },
          { text: p.quantity.value, derived: true },
          { text: unitLabel(p.quantity.unit, page.lang) },
          { text: p.priceBasis === undefined ? '—' : word(page, BASES, p.priceBasis) },
          { text: String(p.year) },
          mark(page, p.mark),
          { text: sources(page, p.source) },
          { text: p.note ? page.t(p.note) : '—' },
        ],
      })),
    },
  ]
}

/** A hash in groups, so that it breaks in a narrow column. */
const grouped = (hash: string): string => hash.replace(/(.{16})(?=.)/g, '$1 ')

function register(page: Page): readonly Block[] {
  const heading: Block = {
    kind: 'heading',
    level: 1,
    numbered: false,
    text: page.say('附录二　数据来源登记', 'Appendix B  Register of data'),
  }
  if (page.account.sources.length === 0)
    return [
      heading,
      { kind: 'paragraph', runs: [{ text: page.say('没有登记数据文件。', 'No data file is registered.') }] },
    ]
  return [
    heading,
    {
      kind: 'table',
      caption: page.say('数据文件', 'Data files'),
      columns: [
        { title: page.say('文件', 'File'), align: 'left', width: 2.8 },
        { title: page.say('提供单位', 'Custodian'), align: 'left', width: 2 },
        { title: page.say('时期', 'Period'), align: 'left', width: 1 },
        { title: page.say('使用条件', 'Licence'), align: 'left', width: 1.4 },
        { title: page.say('字节', 'Bytes'), align: 'right', width: 1.3 },
        { title: 'SHA-256', align: 'left', width: 3.4 },
      ],
      rows: page.account.sources.map((s): Row => ({
        cells: [
          { text: s.file },
          { text: s.custodian === undefined ? '—' : word(page, CUSTODIANS, s.custodian) },
          { text: s.period ?? '—' },
          { text: s.licence ?? '—' },
          { text: exactText(dec(s.bytes)), derived: true },
          { text: grouped(s.sha256), emphasis: 'mono' },
        ],
      })),
    },
    ...mapsRegister(page),
  ]
}

/** Every band behind a figure over pixels: what it is, where it stands, how it came onto the grid. */
function mapsRegister(page: Page): readonly Block[] {
  const maps = page.account.maps ?? []
  if (maps.length === 0) return []
  return [
    {
      kind: 'table',
      caption: page.say('地图波段', 'Bands of maps'),
      columns: [
        { title: page.say('指标', 'Argument'), align: 'left', width: 2 },
        { title: page.say('文件与波段', 'File and band'), align: 'left', width: 2 },
        { title: page.say('单位', 'Unit'), align: 'left', width: 1 },
        { title: page.say('大小', 'Size'), align: 'left', width: 2 },
        { title: page.say('坐标系', 'Coordinate system'), align: 'left', width: 2 },
        { title: page.say('怎样进入核算网格', 'How it came onto the grid'), align: 'left', width: 2.6 },
      ],
      rows: maps.map((m): Row => ({
        cells: [
          { text: page.t(m.title) },
          { text: `${m.origin.file} ${page.say('波段', 'band')} ${m.origin.band ?? 1}` },
          { text: m.unit === '1' ? '—' : unitLabel(m.unit, page.lang) },
          { text: page.t(m.size) },
          { text: page.t(m.crs) },
          {
            text: [page.t(m.alignment), ...[m.derived, datesText(m)].flatMap((t) => (t ? [page.t(t)] : []))].join(
              page.say('；', '; '),
            ),
          },
        ],
      })),
    },
  ]
}

const MEASURES: Readonly<Record<Figure['measure'], Text>> = {
  quantity: { zh: '实物量', en: 'quantity' },
  value: { zh: '价值', en: 'value' },
  extent: { zh: '面积', en: 'extent' },
  ratio: { zh: '比率', en: 'ratio' },
}

/** What a code stands for, in full. */
function what(page: Page, f: Figure): string {
  const basis =
    f.basis === '-'
      ? ''
      : page.say(f.basis === 'constant' ? '考核' : '贡献', f.basis === 'constant' ? ' assessment' : ' contribution')
  return [
    page.regionName(f.region),
    ...(f.class === '*' ? [] : [page.className(f.class)]),
    f.service === '*'
      ? 'GEP'
      : f.measure === 'value' || f.measure === 'quantity'
        ? page.serviceName(f.service)
        : page.t(f.title),
    ...(f.item === '*' || f.item === '-' ? [] : [page.t(f.title)]),
    ...(f.measure === 'extent' ? [extentWord(page, f.service)] : []),
    `${page.t(MEASURES[f.measure])}${basis === '' ? '' : page.say(`（${basis}）`, `,${basis}`)}`,
  ].join(' · ')
}

function exactValue(f: Figure): string {
  return sameDimensions(f.quantity.unit, unit('元'))
    ? fixedText(convert(f.quantity, '元').value, 2)
    : exactText(f.quantity.value)
}

function index(page: Page, before: readonly Block[]): readonly Block[] {
  const byCode = new Map(page.account.figures.map((f) => [f.code, f]))
  const figures = printedCodes(before)
    .flatMap((c) => byCode.get(c) ?? [])
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const yuan = unit('元')
  return [
    { kind: 'heading', level: 1, numbered: false, text: page.say('附录三　凭证码索引', 'Appendix C  Index of codes') },
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '本报告印出的每个凭证码，按码排列；金额精确到分，其余最多六位小数。',
            'Every passport code printed in this report, by code; money to 0.01 yuan, other quantities to at most six decimals.',
          ),
        },
      ],
    },
    {
      kind: 'table',
      caption: page.say('凭证码、含义与精确值', 'Code, meaning and exact value'),
      columns: [
        { title: page.say('凭证码', 'Code'), align: 'left', width: 1.6 },
        { title: page.say('含义', 'What it is'), align: 'left', width: 5 },
        { title: page.say('精确值', 'Exact value'), align: 'right', width: 2.6 },
        { title: page.say('单位', 'Unit'), align: 'left', width: 1.2 },
      ],
      rows: figures.map((f): Row => ({
        cells: [
          { text: '', code: f.code },
          { text: what(page, f) },
          { text: exactValue(f) },
          { text: unitLabel(sameDimensions(f.quantity.unit, yuan) ? '元' : f.quantity.unit.text, page.lang) },
        ],
      })),
    },
  ]
}
