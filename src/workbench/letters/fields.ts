// The fields of a template as a form shows them, and what is filled in as the house wants it. Pure. Always holds: what was left empty
// is left out, so that the house names it; a field written in several forms is asked for once.

import {
  civilDate,
  dayInFigures,
  dayInWords,
  inThousands,
  sumInWords,
  type CivilDate,
  type Text,
} from '../../kernel/index.ts'

/** As the query of templates tells it. */
export interface TemplateField {
  readonly name: string
  /** 大写 · 千分位 · 日期 · 中文日期 */
  readonly form?: string
  readonly rows?: readonly TemplateField[]
}

export interface Asked {
  readonly name: string
  readonly forms: readonly string[]
  /** Fields of each row; empty: whether the part stands there at all. */
  readonly rows?: readonly Asked[]
}

/** Each field once, with all the forms it is written in. */
export function askedOf(fields: readonly TemplateField[]): readonly Asked[] {
  const byName = new Map<string, Asked>()
  for (const { name, form, rows } of fields) {
    const before = byName.get(name)
    const forms = [...(before?.forms ?? []), ...(form === undefined ? [] : [form])]
    const inner = rows ? askedOf(rows) : before?.rows
    byName.set(name, { name, forms: [...new Set(forms)], ...(inner ? { rows: inner } : {}) })
  }
  return [...byName.values()]
}

export const isDay = ({ forms }: Asked): boolean => forms.some((f) => f === '日期' || f === '中文日期')
export const isSum = ({ forms }: Asked): boolean => forms.includes('大写') || forms.includes('千分位')

const day = (said: string): CivilDate | undefined => {
  try {
    return civilDate(said)
  } catch {
    return undefined
  }
}

/** Yuan with two decimals at most. */
function fenOf(said: string): bigint | undefined {
  const m = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(said)
  return m ? BigInt(`${m[1]!}${m[2]!}${(m[3] ?? '').padEnd(2, '0')}`) : undefined
}

/** How what was typed will stand in the letter. */
export function derived(form: string, said: string): string | undefined {
  if (said === '') return undefined
  const on = day(said)
  if (form === '日期') return on && dayInFigures(on)
  if (form === '中文日期') return on && dayInWords(on)
  if (form === '千分位') return inThousands(said)
  const fen = fenOf(said)
  return fen === undefined ? undefined : sumInWords(fen)
}

export type Filled = string | boolean | readonly FilledRow[]
export interface FilledRow {
  readonly [name: string]: Filled
}

/** As it is sent. */
export function valuesOf(asked: readonly Asked[], filled: FilledRow): FilledRow {
  return Object.fromEntries(
    asked.flatMap(({ name, rows }): [string, Filled][] => {
      const value = filled[name]
      if (rows === undefined) return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : []
      if (rows.length === 0) return [[name, value === true]]
      return [[name, Array.isArray(value) ? (value as readonly FilledRow[]).map((row) => valuesOf(rows, row)) : []]]
    }),
  )
}

/** `户主，地块（编号，面积），金额（大写、千分位）` */
export const fieldsText = (asked: readonly Asked[]): string =>
  asked
    .map(({ name, forms, rows }) =>
      rows && rows.length > 0
        ? `${name}（${fieldsText(rows)}）`
        : forms.length > 0
          ? `${name}（${forms.join('、')}）`
          : name,
    )
    .join('，')

export const FORM_WORDS: Readonly<Record<string, Text>> = {
  大写: { zh: '大写', en: 'in words' },
  千分位: { zh: '千分位', en: 'in thousands' },
  日期: { zh: '日期', en: 'as a date' },
  中文日期: { zh: '中文日期', en: 'as a Chinese date' },
}
