// Fields that the answers of this folder are made of.

import { field, type Field, type Json } from '../../../kernel/index.ts'

export const said = (zh: string, en: string): Field<string, string, true> =>
  field.longText({ title: { zh, en }, example: '—' })
export const maybe = (zh: string, en: string): Field<string, string, false> => field.optional(said(zh, en))
export const limit = field.optional(
  field.integer({ title: { zh: '最多行数', en: 'rows at most' }, min: 1, max: 1000, example: 50 }),
)
export const LIMIT = 200

/** Leaves out what is null or undefined: a form knows a missing value by its absence. */
export const filled = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== undefined)) as Record<string, Json>

/** A person: role in words, login name, and the name for whom may see it. */
export const personFields = {
  person: said('办理人编号', 'id of the person'),
  login: maybe('登录名', 'login name'),
  name: field.optional(
    field.longText({ title: { zh: '姓名', en: 'name' }, grade: 'personal', example: '王芳' }),
  ) as unknown as Field<string, string, false>,
}
