// Form G9: the change against last year in quantity, price, cross, method, added and removed lines.

import { dec, text, type Fen, type Text } from '../../../kernel/index.ts'
import {
  ALL_EFFECTS,
  changeBetween,
  EFFECTS,
  type BasisChange,
  type Effects,
  type LineChange,
} from '../compare/index.ts'
import { BASIS_TEXT, type Account } from '../model.ts'
import {
  form,
  MONEY,
  words,
  type At,
  type Form,
  type FormCell,
  type FormColumn,
  type FormContext,
  type FormRow,
} from './layout.ts'

/** Columns before the effects: basis, region, line, before, after, delta. */
const FIXED = 6
const [BEFORE, AFTER] = [3, 4]

export function formG9(ctx: FormContext, previous: Account | undefined): Form {
  const change = previous && changeBetween(previous, ctx.account)
  const rows: FormRow[] = []
  const notes: Text[] = previous
    ? []
    : [text('没有给出上年核算包，本表为空。', 'No package of last year was given; the form is empty.')]
  for (const b of change?.bases ?? []) {
    const first = rows.length
    for (const l of b.lines)
      rows.push(
        changeRow(ctx, b, l.region, lineTitle(ctx, l), l, rows.length, ctx.figures.get(l.figures[1] ?? '')?.code),
      )
    const end = rows.length - 1
    const total = ctx.figures.get(`value|${b.basis}|${ctx.account.head.region}|*|*|*`)
    rows.push(totalRow(ctx, b, first, end, total?.code))
    notes.push(growthNote(b))
  }
  const columns: readonly FormColumn[] = [
    { title: text('口径', 'Basis'), width: 22 },
    { title: text('地区', 'Region'), width: 14 },
    { title: text('项目', 'Line'), width: 30 },
    { title: text(`${change?.years[0] ?? '上年'}（元）`, `${change?.years[0] ?? 'Last year'} (元)`), width: 20 },
    {
      title: text(
        `${change?.years[1] ?? ctx.account.head.year}（元）`,
        `${change?.years[1] ?? ctx.account.head.year} (元)`,
      ),
      width: 20,
      coded: true,
    },
    { title: text('变化', 'Change'), width: 18 },
    ...ALL_EFFECTS.map((e): FormColumn => ({
      title: text(`${EFFECTS[e].zh}影响`, `Effect of ${EFFECTS[e].en}`),
      width: 16,
    })),
    { title: text('核对（应为 0）', 'Check (must be 0)'), width: 10 },
  ]
  return form(
    {
      id: 'G9',
      name: text('G9 变化分解', 'G9 Change'),
      title: text('G9 与上年比较：数量、价格与方法', 'G9 Change against last year: quantity, price, method'),
      columns,
      rows,
      notes,
      source: text('本年与上年核算包', 'packages of this and last year'),
    },
    ctx,
  )
}

const lineTitle = (ctx: FormContext, l: LineChange): Text => {
  const c = ctx.classTitle(l.class)
  return l.class === '-' ? l.title : text(`${l.title.zh}（${c.zh}）`, `${l.title.en} (${c.en})`)
}

const yuan = (fen: Fen): FormCell => ({ value: dec(fen).div(100), format: MONEY })

interface Amounts {
  readonly before: Fen
  readonly after: Fen
  readonly effects: Effects
}

const check = (row: number): FormCell => ({
  value: 0,
  format: MONEY,
  formula: (at) => `ROUND(SUM(${at(row, FIXED)}:${at(row, FIXED + ALL_EFFECTS.length - 1)})-${at(row, FIXED - 1)},2)`,
})

function changeRow(
  ctx: FormContext,
  b: BasisChange,
  region: string,
  title: Text,
  x: Amounts,
  row: number,
  code: string | undefined,
): FormRow {
  return [
    words(BASIS_TEXT[b.basis][ctx.lang]),
    words(ctx.regionName(region)[ctx.lang]),
    words(title[ctx.lang]),
    yuan(x.before),
    { ...yuan(x.after), ...(code === undefined ? {} : { code }) },
    { ...yuan(x.after - x.before), formula: (at) => `${at(row, AFTER)}-${at(row, BEFORE)}` },
    ...ALL_EFFECTS.map((e) => yuan(x.effects[e])),
    check(row),
  ]
}

function totalRow(ctx: FormContext, b: BasisChange, first: number, end: number, code: string | undefined): FormRow {
  const row = end + 1
  const down = (column: number) => (at: At) => `SUM(${at(first, column)}:${at(end, column)})`
  const sum = (fen: Fen, column: number): FormCell => ({
    ...yuan(fen),
    style: 'total',
    ...(end >= first ? { formula: down(column) } : {}),
  })
  return [
    words(BASIS_TEXT[b.basis][ctx.lang]),
    words(ctx.regionName(ctx.account.head.region)[ctx.lang]),
    { value: ctx.lang === 'zh' ? '合计' : 'Total', style: 'total' },
    sum(b.before, BEFORE),
    { ...sum(b.after, AFTER), ...(code === undefined ? {} : { code }) },
    sum(b.after - b.before, FIXED - 1),
    ...ALL_EFFECTS.map((e, i) => sum(b.effects[e], FIXED + i)),
    check(row),
  ]
}

function growthNote(b: BasisChange): Text {
  const basis = BASIS_TEXT[b.basis]
  if (b.refused.length > 0)
    return text(
      `${basis.zh}：不列增长率。${b.refused.map((p) => p.zh).join('')}`,
      `${basis.en}: no growth is shown. ${b.refused.map((p) => p.en).join(' ')}`,
    )
  const growth = b.growth?.times(100).toDecimalPlaces(2).toFixed(2)
  return growth === undefined
    ? text(`${basis.zh}：上年为零，没有增长率。`, `${basis.en}: nothing last year, so no growth.`)
    : text(`${basis.zh}：增长 ${growth} %。`, `${basis.en}: growth of ${growth} %.`)
}
