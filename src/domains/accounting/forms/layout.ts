// The frame of a form: title, lines that say who filled it and of what period, headings, rows, notes; a column of
// passport codes beside every column of figures. Always holds: a formula is written only where the cells it adds up give
// exactly the figure it stands for, and the figure is stored with it as its result.

import type { Dec } from '../../../kernel/index.ts'
import { sumDec, text, type Lang, type Text } from '../../../kernel/index.ts'
import { addressOf, type CellSpec, type CellStyle, type SheetSpec } from '../../../core/exchange-formats/index.ts'
import type { Account, Figure } from '../model.ts'
import { STATUS_TEXT } from '../model.ts'

export type FormId = 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6' | 'G7' | 'G8' | 'G9' | 'G10' | 'G11' | 'SEEA' | '-'

export interface FormSheet {
  readonly id: FormId
  readonly title: Text
  readonly sheet: SheetSpec
}

export interface FormColumn {
  readonly title: Text
  /** Followed by a column of passport codes. */
  readonly coded?: true
  readonly width?: number
  readonly format?: string
}

/** Address of a body cell by row and logical column, both from 0. */
export type At = (row: number, column: number) => string

export interface FormCell {
  readonly value?: string | number | Dec
  readonly code?: string
  readonly style?: CellStyle
  readonly format?: string
  readonly formula?: (at: At) => string
}

export type FormRow = readonly (FormCell | undefined)[]

export interface FormContext {
  readonly account: Account
  readonly lang: Lang
  readonly classTitle: (code: string) => Text
  readonly regionName: (code: string) => Text
  readonly figures: ReadonlyMap<string, Figure>
}

export const MONEY = '#,##0.00'
export const NUMBER = '#,##0.####'
const CODE = text('编码', 'Code')

export const words = (value: string | undefined): FormCell | undefined =>
  value === undefined || value === '' ? undefined : { value, style: 'text' }

/** A figure's number, in its own unit or divided for the column, with its code. */
export function figureCell(figure: Figure | undefined, format = MONEY): FormCell | undefined {
  return figure && { value: figure.quantity.value, code: figure.code, format, style: 'number' }
}

/** A total: a formula over `parts` where they give exactly the figure, else the figure alone. */
export function totalCell(
  figure: Figure | undefined,
  parts: readonly (Figure | undefined)[],
  formula: (at: At) => string,
  format = MONEY,
): FormCell | undefined {
  const cell = figureCell(figure, format)
  if (!cell || !figure) return undefined
  const known = parts.filter((p) => p !== undefined)
  const adds =
    known.length > 0 &&
    known.every((p) => p.quantity.unit.text === figure.quantity.unit.text) &&
    sumDec(known.map((p) => p.quantity.value)).eq(figure.quantity.value)
  return { ...cell, style: 'total', ...(adds ? { formula } : {}) }
}

export interface FormSpec {
  readonly id: FormId
  readonly name: Text
  readonly title: Text
  readonly columns: readonly FormColumn[]
  readonly rows: readonly FormRow[]
  readonly notes?: readonly Text[]
  /** Where the numbers come from, for the second head line. */
  readonly source: Text
}

export interface Form extends FormSheet {
  /** Address in another sheet's formula: `'G1 总表'!D5`. */
  readonly from: At
}

/** Rows above the body: title, two head lines, headings. */
const ABOVE = 4

export function form(spec: FormSpec, ctx: FormContext): Form {
  const { lang } = ctx
  const physical: number[] = []
  let width = 0
  for (const c of spec.columns) {
    physical.push(width + 1)
    width += c.coded ? 2 : 1
  }
  const at: At = (row, column) => addressOf(ABOVE + 1 + row, physical[column]!)
  const name = spec.name[lang]
  const wide = (value: string, style: CellStyle): readonly CellSpec[] => [
    { value, style, ...(width > 1 ? { span: { columns: width } } : {}) },
  ]
  const body = spec.rows.map((row) =>
    spec.columns.flatMap((column, i): (CellSpec | undefined)[] => {
      const cell = row[i]
      const shown = cell && cellSpec(cell, column, at)
      if (!column.coded) return [shown]
      return [shown, cell?.code === undefined ? undefined : { value: cell.code, style: 'code' }]
    }),
  )
  return {
    id: spec.id,
    title: spec.title,
    from: (row, column) => `'${name.replaceAll("'", "''")}'!${at(row, column)}`,
    sheet: {
      name,
      landscape: width > 7,
      frozenRows: ABOVE,
      repeatedRows: [1, ABOVE],
      widths: spec.columns.flatMap((c) => (c.coded ? [c.width, 14] : [c.width])),
      rows: [
        wide(
          `${spec.title[lang]}${ctx.account.head.sample ? (lang === 'zh' ? '（示范数据）' : ' (sample data)') : ''}`,
          'title',
        ),
        wide(periodLine(ctx), 'note'),
        wide(fillerLine(ctx, spec.source), 'note'),
        spec.columns.flatMap((c): CellSpec[] => [
          { value: c.title[lang], style: 'heading' },
          ...(c.coded ? [{ value: CODE[lang], style: 'heading' as const }] : []),
        ]),
        ...body,
        ...(spec.notes ?? []).map((n) => wide(n[lang], 'note')),
      ],
    },
  }
}

function cellSpec(cell: FormCell, column: FormColumn, at: At): CellSpec {
  const format = cell.format ?? column.format
  const numeric = cell.value !== undefined && typeof cell.value !== 'string'
  return {
    ...(cell.value === undefined ? {} : { value: cell.value }),
    ...(cell.formula ? { formula: cell.formula(at) } : {}),
    style: cell.style ?? (numeric ? 'number' : 'text'),
    ...(numeric && format !== undefined ? { format } : {}),
  }
}

function periodLine({ account: { head }, lang }: FormContext): string {
  const parts =
    lang === 'zh'
      ? [
          `核算地区：${head.regions.find((r) => r.code === head.region)?.name.zh ?? head.region}`,
          `核算年：${head.year}`,
          `不变价基年：${head.priceYear}`,
          `指标体系：${head.setTitle.zh}（${head.set}）`,
          `状态：${STATUS_TEXT[head.status].zh}`,
        ]
      : [
          `Region: ${head.regions.find((r) => r.code === head.region)?.name.en ?? head.region}`,
          `Year: ${head.year}`,
          `Base year of constant prices: ${head.priceYear}`,
          `Indicator set: ${head.setTitle.en} (${head.set})`,
          `Status: ${STATUS_TEXT[head.status].en}`,
        ]
  return parts.join(lang === 'zh' ? '　' : '   ')
}

function fillerLine({ account: { head }, lang }: FormContext, source: Text): string {
  const blank = '________'
  const p = head.prepared ?? {}
  const parts =
    lang === 'zh'
      ? [
          `填报单位：${p.organisation ?? blank}`,
          `填报人：${p.filledBy ?? blank}`,
          `核算人：${p.computedBy ?? blank}`,
          `审核人：${p.reviewedBy ?? blank}`,
          `数据来源：${source.zh}`,
        ]
      : [
          `Organisation: ${p.organisation ?? blank}`,
          `Filled by: ${p.filledBy ?? blank}`,
          `Computed by: ${p.computedBy ?? blank}`,
          `Reviewed by: ${p.reviewedBy ?? blank}`,
          `Source: ${source.en}`,
        ]
  return parts.join(lang === 'zh' ? '　' : '   ')
}
