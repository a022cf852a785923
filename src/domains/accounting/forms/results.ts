// Forms G1 to G4: the totals of every region, physical quantities, values and extent by ecosystem type.
// Always holds: the sums of G3 are formulas over its own cells, and each ends in a row that compares it with G1.

import { convert, regionTree, sumDec, text, type Dec, type Text } from '../../../kernel/index.ts'
import { levelOne } from '../engine/totals.ts'
import { extentKey, quantityKey, ratioKey, valueKey } from '../figure-key.ts'
import { BASIS_TEXT, type Basis, type Figure } from '../model.ts'
import { GROUPS, SERVICES, type Group } from '../services.ts'
import {
  figureCell,
  form,
  MONEY,
  NUMBER,
  totalCell,
  words,
  type Form,
  type FormCell,
  type FormColumn,
  type FormContext,
  type FormRow,
} from './layout.ts'

export const BASES: readonly Basis[] = ['constant', 'current']

export const regionsOf = ({ account, figures }: FormContext): readonly string[] => {
  const all = account.head.regions.map((r) => r.code).filter((c) => BASES.some((b) => figures.has(valueKey(b, c))))
  return [account.head.region, ...all.filter((c) => c !== account.head.region)]
}

export const basesOf = ({ figures, account }: FormContext): readonly Basis[] =>
  BASES.filter((b) => figures.has(valueKey(b, account.head.region)))

/** The types the account reports under, in code order, last what has none. */
export function classesOf({ account }: FormContext, measures: readonly Figure['measure'][]): readonly string[] {
  const all = new Set<string>()
  for (const f of account.figures)
    if (measures.includes(f.measure) && f.class !== '*' && levelOne(f.class) === f.class) all.add(f.class)
  return [...all].sort((a, b) => (a === '-' ? 1 : b === '-' ? -1 : a < b ? -1 : a > b ? 1 : 0))
}

export const classHead = (ctx: FormContext, code: string): Text =>
  code === '-' ? text('未分类型', 'No type') : ctx.classTitle(code)

const REGION = [
  { title: text('地区代码', 'Code of region'), width: 12 },
  { title: text('地区', 'Region'), width: 18 },
] as const satisfies readonly FormColumn[]

const regionCells = (ctx: FormContext, code: string): FormRow => [words(code), words(ctx.regionName(code)[ctx.lang])]

const COMPUTED = text('本核算包计算', 'computed in this account package')

/** People of a region: its own statistic, else the sum of the places below it where each has one. */
function peopleOf({ account }: FormContext): (code: string) => Dec | undefined {
  const own = new Map<string, Dec>()
  for (const f of account.facts)
    if (f.argument === 'population' && f.year === account.head.year) own.set(f.region, convert(f.quantity, '人').value)
  const tree = regionTree(account.head.regions)
  const people = (code: string): Dec | undefined => {
    const hit = own.get(code)
    if (hit) return hit
    const below = tree.children(code).map((c) => people(c.code))
    return below.length > 0 && below.every((p) => p !== undefined) ? sumDec(below) : undefined
  }
  return people
}

/** Where G1 holds the total of a region and basis. */
export interface Totals {
  readonly form: Form
  readonly at: (region: string, basis: Basis) => string
}

export function formG1(ctx: FormContext): Totals {
  const regions = regionsOf(ctx)
  const bases = basesOf(ctx)
  const main: Basis = bases.includes('current') ? 'current' : 'constant'
  const get = (key: string): Figure | undefined => ctx.figures.get(key)
  const ratio = (code: string, what: string): FormCell | undefined =>
    figureCell(get(ratioKey(main, code, what)), NUMBER)
  const unitOf = (what: string): string => {
    const f = get(ratioKey(main, ctx.account.head.region, what))
    return f && f.quantity.unit.text !== '1' ? `（${f.quantity.unit.text}）` : ''
  }
  const people = peopleOf(ctx)
  const columns: readonly FormColumn[] = [
    ...REGION,
    ...bases.map((b): FormColumn => ({
      title: text(`GEP（元，${BASIS_TEXT[b].zh}）`, `GEP (元, ${BASIS_TEXT[b].en})`),
      coded: true,
      width: 22,
    })),
    { title: text('面积（km2）', 'Area (km2)'), coded: true, format: NUMBER, width: 14 },
    { title: text('常住人口（人）', 'Population'), format: '#,##0', width: 14 },
    { title: text(`单位面积 GEP${unitOf('per-area')}`, `GEP per area ${unitOf('per-area')}`), coded: true, width: 16 },
    {
      title: text(`人均 GEP${unitOf('per-person')}`, `GEP per person ${unitOf('per-person')}`),
      coded: true,
      width: 16,
    },
    { title: text('GEP 与 GDP 之比', 'GEP over GDP'), coded: true, width: 12 },
    {
      title: text(
        `初级转化率${unitOf('primary-conversion')}`,
        `Primary conversion rate ${unitOf('primary-conversion')}`,
      ),
      coded: true,
      width: 14,
    },
  ]
  const rows = regions.map((code): FormRow => {
    const population = people(code)
    return [
      ...regionCells(ctx, code),
      ...bases.map((b) => figureCell(get(valueKey(b, code)))),
      figureCell(get(extentKey(code, '*', 'closing')), NUMBER),
      population ? { value: population } : undefined,
      ...['per-area', 'per-person', 'gep-to-gdp', 'primary-conversion'].map((w) => ratio(code, w)),
    ]
  })
  const made = form(
    {
      id: 'G1',
      name: text('G1 总表', 'G1 Totals'),
      title: text('G1 生态产品总值总表', 'G1 Gross ecosystem product'),
      columns,
      rows,
      source: COMPUTED,
      notes: [
        text('空格表示没有数，不是零。', 'An empty cell means no number, not zero.'),
        text(
          '“GEP 与 GDP 之比”只是两个统计数之比。初级转化率 =（物质供给 + 文化服务）÷ GEP，构成比例，不是已经收到的钱。',
          'GEP over GDP is a ratio of two statistics and nothing else. The primary conversion rate is (provisioning + cultural) over GEP: a share of composition, not money received.',
        ),
      ],
    },
    ctx,
  )
  return { form: made, at: (region, basis) => made.from(regions.indexOf(region), REGION.length + bases.indexOf(basis)) }
}

/** Physical quantities by service, item and ecosystem type; one unit a row. */
export function formG2(ctx: FormContext): Form {
  const classes = classesOf(ctx, ['quantity'])
  const fixed = REGION.length + 2
  const last = fixed + classes.length
  const items = new Map<string, Figure[]>()
  const order = new Map<string, number>(SERVICES.map((s, i) => [s.id, i]))
  for (const f of ctx.account.figures)
    if (f.measure === 'quantity' && f.class === '*' && order.has(f.service) && !f.item.startsWith('use.'))
      items.set(f.region, [...(items.get(f.region) ?? []), f])
  let row = -1
  const rows = regionsOf(ctx).flatMap((code) =>
    [...(items.get(code) ?? [])]
      .sort((a, b) => order.get(a.service)! - order.get(b.service)! || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0))
      .map((f): FormRow => {
        row++
        const r = row
        const cells = classes.map((c) => ctx.figures.get(quantityKey(code, c, f.service, f.item)))
        return [
          ...regionCells(ctx, code),
          words(`${f.service} ${f.title[ctx.lang]}`),
          words(f.quantity.unit.text),
          ...cells.map((c) => figureCell(c, NUMBER)),
          totalCell(f, cells, (at) => `SUM(${at(r, fixed)}:${at(r, last - 1)})`, NUMBER),
        ]
      }),
  )
  return form(
    {
      id: 'G2',
      name: text('G2 实物量', 'G2 Quantities'),
      title: text('G2 生态产品实物量表', 'G2 Physical quantities by service and ecosystem type'),
      columns: [
        ...REGION,
        { title: text('服务', 'Service'), width: 26 },
        { title: text('单位', 'Unit'), width: 10 },
        ...classes.map((c): FormColumn => ({ title: classHead(ctx, c), coded: true, width: 18 })),
        { title: text('合计', 'Total'), coded: true, width: 20 },
      ],
      rows,
      source: COMPUTED,
      notes: stateNotes(ctx),
    },
    ctx,
  )
}

/** Lines without a number, so that no row is silently blank. */
function stateNotes(ctx: FormContext): readonly Text[] {
  const words = {
    missing: text('缺失', 'missing'),
    unpriced: text('未定价', 'unpriced'),
    'not-applicable': text('不适用', 'not applicable'),
  } as const
  return ctx.account.lines.flatMap((l) => {
    if (l.state === 'computed') return []
    const s = SERVICES.find((x) => x.id === l.service)!.title
    const state = words[l.state]
    const where = l.class === '-' ? text('', '') : ctx.classTitle(l.class)
    return [
      text(
        `${l.service} ${s.zh}${where.zh && `（${where.zh}）`}：${state.zh}${l.reason ? `，${l.reason.zh}` : ''}`,
        `${l.service} ${s.en}${where.en && ` (${where.en})`}: ${state.en}${l.reason ? `, ${l.reason.en}` : ''}`,
      ),
    ]
  })
}

/** Values by service and ecosystem type on one basis, with sums as formulas and the comparison with G1. */
export function formG3(ctx: FormContext, basis: Basis, totals: Totals): Form {
  const classes = classesOf(ctx, ['value'])
  const fixed = REGION.length + 1
  const last = fixed + classes.length
  const counted = new Set(ctx.account.lines.filter((l) => !l.memo).map((l) => l.service))
  const rows: FormRow[] = []
  const memos: Text[] = []
  for (const code of regionsOf(ctx)) {
    const get = (cls: string, service: string): Figure | undefined =>
      ctx.figures.get(valueKey(basis, code, cls, service))
    const first = rows.length
    const own = SERVICES.filter((s) => counted.has(s.id) && get('*', s.id))
    for (const s of own) {
      const r = rows.length
      const cells = classes.map((c) => get(c, s.id))
      rows.push([
        ...regionCells(ctx, code),
        words(`${s.id} ${s.title[ctx.lang]}`),
        ...cells.map((c) => figureCell(c)),
        totalCell(get('*', s.id), cells, (at) => `SUM(${at(r, fixed)}:${at(r, last - 1)})`),
      ])
    }
    if (own.length === 0) continue
    const end = rows.length - 1
    const sums = [...classes, '*'].map((c, i) =>
      totalCell(
        get(c, '*'),
        own.map((s) => get(c, s.id)),
        (at) => `SUM(${at(first, fixed + i)}:${at(end, fixed + i)})`,
      ),
    )
    const sumRow = rows.length
    rows.push([
      ...regionCells(ctx, code),
      { value: ctx.lang === 'zh' ? '合计（GEP）' : 'Total (GEP)', style: 'total' },
      ...sums,
    ])
    for (const g of ['M', 'R', 'C'] as const) {
      const group = groupRow(ctx, code, basis, g, classes.length)
      if (group) rows.push(group)
    }
    rows.push([
      ...regionCells(ctx, code),
      {
        value: ctx.lang === 'zh' ? '核对：本表合计 − G1（应为 0）' : 'Check: total here less G1 (must be 0)',
        style: 'note',
      },
      ...classes.map(() => undefined),
      {
        value: 0,
        format: MONEY,
        style: 'total',
        formula: (at) => `ROUND(${at(sumRow, last)}-${totals.at(code, basis)},2)`,
      },
    ])
    for (const s of SERVICES)
      if (!counted.has(s.id) && get('*', s.id) && code === ctx.account.head.region)
        memos.push(
          text(
            `${s.id} ${s.title.zh} ${get('*', s.id)!.quantity.value.toFixed(2)} 元，编码 ${get('*', s.id)!.code}：不在指标体系内，列于线下，不计入合计。`,
            `${s.id} ${s.title.en} ${get('*', s.id)!.quantity.value.toFixed(2)} 元, code ${get('*', s.id)!.code}: outside the indicator set, below the line, in no total.`,
          ),
        )
  }
  return form(
    {
      id: 'G3',
      name:
        basis === 'constant'
          ? text('G3 价值量（不变价）', 'G3 Values (constant)')
          : text('G3 价值量（现价）', 'G3 Values (current)'),
      title: text(
        `G3 生态产品价值量表（元，${BASIS_TEXT[basis].zh}）`,
        `G3 Values by service and ecosystem type (元, ${BASIS_TEXT[basis].en})`,
      ),
      columns: [
        ...REGION,
        { title: text('服务', 'Service'), width: 26 },
        ...classes.map((c): FormColumn => ({ title: classHead(ctx, c), coded: true, width: 20 })),
        { title: text('合计', 'Total'), coded: true, width: 22 },
      ],
      rows,
      source: COMPUTED,
      notes: memos,
    },
    ctx,
  )
}

function groupRow(ctx: FormContext, code: string, basis: Basis, g: Group, blanks: number): FormRow | undefined {
  const figure = ctx.figures.get(valueKey(basis, code, '*', g))
  if (!figure) return undefined
  const said = ctx.lang === 'zh' ? `其中：${GROUPS[g].zh}` : `of which ${GROUPS[g].en.toLowerCase()}`
  return [
    ...regionCells(ctx, code),
    words(said),
    ...Array.from({ length: blanks }, () => undefined),
    figureCell(figure),
  ]
}

const STEPS = [
  ['opening', text('期初面积', 'Opening')],
  ['additions', text('增加', 'Additions')],
  ['reductions', text('减少', 'Reductions')],
  ['change', text('净变化', 'Net change')],
  ['closing', text('期末面积', 'Closing')],
] as const

/** Extent by ecosystem type, km². */
export function formG4(ctx: FormContext): Form {
  const classes = classesOf(ctx, ['extent']).filter((c) => c !== '-')
  const rows = regionsOf(ctx).flatMap((code) =>
    [...classes, '*'].flatMap((cls): FormRow[] => {
      const cells = STEPS.map(([what]) => ctx.figures.get(extentKey(code, cls, what)))
      if (cells.every((c) => c === undefined)) return []
      const head = cls === '*' ? text('合计', 'Total') : ctx.classTitle(cls)
      return [[...regionCells(ctx, code), words(head[ctx.lang]), ...cells.map((c) => figureCell(c, NUMBER))]]
    }),
  )
  return form(
    {
      id: 'G4',
      name: text('G4 生态系统面积', 'G4 Extent'),
      title: text('G4 生态系统范围账户（km2）', 'G4 Ecosystem extent (km2)'),
      columns: [
        ...REGION,
        { title: text('生态系统类型', 'Ecosystem type'), width: 20 },
        ...STEPS.map(([, title]): FormColumn => ({ title, coded: true, width: 14 })),
      ],
      rows,
      source: text('自然资源（国土变更调查）', 'natural resources (land survey)'),
      notes: [
        text(
          '期末 = 期初 + 增加 − 减少；空格表示没有资料。',
          'Closing is opening plus additions less reductions; an empty cell means no data.',
        ),
      ],
    },
    ctx,
  )
}
