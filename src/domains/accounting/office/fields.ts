// Fields that the forms and answers of the office are made of.

import {
  field,
  parsePassportCode,
  text,
  type Field,
  type Json,
  type Problem,
  type Text,
} from '../../../kernel/index.ts'
import { STATUS_TEXT } from '../model.ts'
import { officeProblem } from './problems.ts'

export const place = field.region({ title: text('地区', 'region'), grade: 'public', example: '430725' })
export const year = field.year({ title: text('核算年份', 'accounting year'), grade: 'public', example: 2024 })

/** A line of an answer that everybody may read: figures and parameters are printed in reports anyway. */
export const shown = (zh: string, en: string, example = '—'): Field<string, string, true> =>
  field.longText({ title: text(zh, en), grade: 'public', example })
export const shownMaybe = (zh: string, en: string, example = '—'): Field<string, string, false> =>
  field.optional(shown(zh, en, example))

/** A line of an answer for the offices only. */
export const said = (zh: string, en: string, example = '—'): Field<string, string, true> =>
  field.longText({ title: text(zh, en), example })
export const saidMaybe = (zh: string, en: string, example = '—'): Field<string, string, false> =>
  field.optional(said(zh, en, example))

export const accountId = field.id({
  title: text('核算编号', 'account'),
  hint: text('核算清单里显示的编号', 'the id shown in the list of accounts'),
  grade: 'public',
  example: '019e2f6a-7c00-7000-8000-000000000001',
})

/** Characters a reason has at least: shorter ones say nothing. */
const REASON_LEAST = 8
export const reason = field.longText({
  title: text('理由', 'reason'),
  hint: text('写明依据和原因，不少于 8 个字', 'say why, in at least eight characters'),
  grade: 'public',
  max: 2000,
  example: '本县 48 个剖面实测平均容重高于通用值',
})
export const reasonProblems = (why: string): readonly Problem[] =>
  [...why.replace(/\s/g, '')].length < REASON_LEAST ? [officeProblem('office.reason', { least: REASON_LEAST })] : []

/** Choices of a field, out of what the values are called. */
export const choicesOf = <K extends string>(
  called: Readonly<Record<K, Text>>,
): readonly { readonly value: K; readonly title: Text }[] =>
  (Object.keys(called) as K[]).map((value) => ({ value, title: called[value] }))

/** Leaves out what is null: a form knows a missing value by its absence. */
export const filled = (row: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== undefined)) as Json

/** For `ilike`; undefined looks for everything. */
export const pattern = (part: string | undefined): string | null =>
  part === undefined ? null : `%${part.replace(/[\\%_]/g, '\\$&')}%`

/** Identifies a row in an answer. */
export const idField = (zh: string, en: string) =>
  field.id({ title: text(zh, en), grade: 'public', example: '019e2f6a-7c00-7000-8000-000000000001' })
export const flag = (zh: string, en: string) => field.flag({ title: text(zh, en), grade: 'public', example: true })

export type Row = Readonly<Record<string, Json>>

/** A code typed carelessly, as it is kept; nothing is found under what is no code. */
export const codeOf = (typed: string): string => parsePassportCode(typed) ?? ''

/** How far an account has come. */
export const accountStatus = field.choice({
  title: text('状态', 'status'),
  grade: 'public',
  choices: choicesOf(STATUS_TEXT),
  example: 'trial',
})
