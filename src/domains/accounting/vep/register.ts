// Register G11: one row per unit, with right, school, method, chosen numbers, value and code. Serves the forms workbook.
// Always holds: there is no total row, since units of two schools or with future income do not add up, and a refused
// unit stands in it with its reasons and without a value.

import { convert, text, type Dec, type Lang, type Text } from '../../../kernel/index.ts'
import type { CellSpec, SheetSpec } from '../../../core/exchange-formats/index.ts'
import {
  KINDS,
  METHODS,
  NEVER_ADDED,
  USES,
  type Chosen,
  type Kind,
  type PaymentTiming,
  type School,
  type UnitResult,
  type VepResult,
} from './model.ts'

export interface RegisterRow {
  readonly unit: string
  readonly name: Text
  readonly kind: Kind
  readonly region: Text
  readonly right: string
  readonly holder: string
  readonly proof: string
  readonly rightFrom: string
  readonly rightTo: string
  /** 亩; undefined for a refused unit. */
  readonly areaMu?: Dec
  readonly school?: Text
  readonly method: Text
  readonly use: Text
  /** Chosen numbers in words: `r = 5 %；β = 0.35；n = 20`. */
  readonly chosen: Text
  /** 元. */
  readonly valueYuan?: Dec
  readonly code?: string
  readonly date: string
  readonly validTo: string
  readonly state: Text
  readonly sample: boolean
}

const SHORT_SCHOOL: Readonly<Record<School, Text>> = {
  'market-value': text('市场价值', 'market value'),
  'project-gep': text('项目增值', 'project GEP'),
}
const SHORT_TIMING: Readonly<Record<PaymentTiming, Text>> = {
  end: text('年末收付', 'end of year'),
  begin: text('年初收付', 'begin of year'),
}

export function registerRows(results: readonly VepResult[]): readonly RegisterRow[] {
  return results.flatMap((result) => result.units.map((u) => rowOf(result, u)))
}

function rowOf(result: VepResult, { unit, status, value, problems }: UnitResult): RegisterRow {
  const figure = result.figures.find((f) => f.key === value)
  const red = problems.filter((p) => p.severity === 'red')
  return {
    unit: unit.id,
    name: unit.name,
    kind: unit.kind,
    region: unit.region.name,
    right: unit.right.kind,
    holder: unit.right.holder,
    proof: unit.right.proof.number,
    rightFrom: unit.right.from,
    rightTo: unit.right.to,
    ...(status === 'computed' ? { areaMu: convert(unit.area.quantity, '亩').value } : {}),
    ...(unit.school ? { school: SHORT_SCHOOL[unit.school] } : {}),
    method: METHODS[unit.method],
    use: USES[unit.use],
    chosen: chosenText(unit),
    ...(figure ? { valueYuan: convert(figure.quantity, '元').value, code: figure.code } : {}),
    date: result.head.date,
    validTo: unit.valid.to,
    state:
      status === 'computed'
        ? text('已核算', 'valued')
        : text(`未通过：${red.map((p) => p.zh).join(' ')}`, `refused: ${red.map((p) => p.en).join(' ')}`),
    sample: result.head.sample,
  }
}

function chosenText(unit: UnitResult['unit']): Text {
  const { inputs, term } = unit
  const parts: (readonly [string, string])[] = []
  const chosen = (symbol: string, c: Chosen | undefined): void => {
    if (c) parts.push([symbol, c.fact.typed])
  }
  if (inputs.method === 'income' || inputs.method === 'value-change') chosen('r', inputs.discount)
  if (inputs.method === 'income') chosen('β', inputs.contribution)
  if (inputs.method === 'cost') {
    chosen('i', inputs.compounding)
    chosen('π', inputs.profit)
  }
  if (term) parts.push(['n', term.typed])
  const timing = 'timing' in inputs && inputs.timing ? SHORT_TIMING[inputs.timing] : undefined
  const plain = parts.map(([s, v]) => `${s} = ${v}`)
  const yearly =
    inputs.method === 'value-change' && inputs.change === 'annual'
      ? text('一年的变化量', 'change of one year')
      : undefined
  const inWords = (lang: Lang): string =>
    [...plain, ...[timing, yearly].flatMap((t) => (t ? [t[lang]] : []))].join(lang === 'zh' ? '；' : '; ') || '—'
  return { zh: inWords('zh'), en: inWords('en') }
}

/** Kinds that stand in the register with a value. */
export const kindsValued = (rows: readonly RegisterRow[]): readonly Kind[] =>
  [...new Set(rows.filter((r) => r.valueYuan).map((r) => r.kind))].sort()

const HEADS: readonly (readonly [Text, number])[] = [
  [text('序号', 'No.'), 5],
  [text('单元编号', 'Unit'), 10],
  [text('单元名称', 'Name'), 22],
  [text('类型', 'Kind'), 15],
  [text('地区', 'Region'), 14],
  [text('权利', 'Right'), 28],
  [text('权利人', 'Holder'), 20],
  [text('权属证明', 'Proof'), 22],
  [text('权利期限', 'Term of the right'), 23],
  [text('面积（亩）', 'Area (mu)'), 11],
  [text('口径', 'School'), 10],
  [text('方法', 'Method'), 18],
  [text('用途', 'Use'), 10],
  [text('选定的数', 'Chosen numbers'), 32],
  [text('价值（万元）', 'Value (10,000 yuan)'), 12],
  [text('凭证码', 'Code'), 14],
  [text('基准日', 'Valuation date'), 11],
  [text('有效期至', 'Valid until'), 11],
  [text('状态', 'State'), 10],
]

/** The register as a sheet of the forms workbook. */
export function registerSheet(rows: readonly RegisterRow[], lang: Lang): SheetSpec {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  const t = (value: string): CellSpec => ({ value, style: 'text' })
  const n = (value: Dec | undefined, format: string): CellSpec =>
    value ? { value, style: 'number', format } : { value: '—', style: 'text' }
  const sample = rows.some((r) => r.sample) ? say('（示范数据）', ' (demonstration data)') : ''
  const wide = { columns: HEADS.length }
  return {
    name: say('G11 VEP项目登记', 'G11 VEP register'),
    widths: HEADS.map(([, width]) => width),
    landscape: true,
    frozenRows: 2,
    repeatedRows: [1, 2],
    rows: [
      [
        {
          value: `${say('G11 特定地域单元生态产品价值项目登记表', 'G11 Register of values of ecological products of places')}${sample}`,
          style: 'title',
          span: wide,
        },
      ],
      HEADS.map(([head]) => ({ value: head[lang], style: 'heading' }) as const),
      ...rows.map((r, i) => [
        { value: i + 1, style: 'number', format: '0' } as const,
        t(r.unit),
        t(r.name[lang]),
        t(KINDS[r.kind][lang]),
        t(r.region[lang]),
        t(r.right),
        t(r.holder),
        t(r.proof),
        t(`${r.rightFrom} — ${r.rightTo}`),
        n(r.areaMu, '#,##0.00'),
        t(r.school?.[lang] ?? '—'),
        t(r.method[lang]),
        t(r.use[lang]),
        t(r.chosen[lang]),
        n(r.valueYuan?.div(10_000), '#,##0.00'),
        { value: r.code ?? '—', style: 'code' } as const,
        t(r.date),
        t(r.validTo),
        t(r.state[lang]),
      ]),
      [
        {
          value: `${NEVER_ADDED[lang]}${say('各行口径、年限不同，不设合计。', ' Schools and terms differ from row to row, so there is no total.')}`,
          style: 'note',
          span: wide,
        },
      ],
    ],
  }
}
