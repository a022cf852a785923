// Registering templates and asking for them. A template is an office's own Word file; what is registered is its content by hash and
// the fields it was found to have.
// Always holds: what is registered can be filled; a template that cannot is refused with all its faults named.

import { field, form, text, type Json, type JsonObject, type Uuid } from '../../kernel/index.ts'
import {
  insert,
  instantColumn,
  isProblems,
  put,
  query,
  type AnyCommand,
  type Command,
  type Domain,
  type Wanted,
} from '../record/index.ts'
import { sql } from '../store/index.ts'
import { letterProblem } from './problems.ts'
import { letterTemplateTable, TEMPLATE_STATUS } from './schema.ts'
import type { TemplateField } from './tags.ts'
import { readTemplate } from './template.ts'

/** A whole document out of the file store. */
export type ReadFile = (hash: string) => Promise<Uint8Array | undefined>

const EXAMPLE = '019e2f6a-7c00-7000-8000-000000000001'
const idField = (zh: string, en: string) => field.id({ title: text(zh, en), grade: 'public', example: EXAMPLE })
const name = field.text({ title: text('模板名称', 'name'), grade: 'public', max: 60, example: '补偿款发放通知书' })
const hash = field.fileHash({
  title: text('文件校验值', 'hash of the file'),
  hint: text('上传后显示', 'shown after the upload'),
  grade: 'public',
  example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
})
const place = field.region({ title: text('行政区', 'place'), grade: 'public', example: '430725' })
const replaces = field.optional(idField('代替的模板', 'the template it replaces'))

const registerInput = form({ name, hash, place, replaces })

const oneRow = (id: Uuid | undefined): Wanted =>
  id === undefined ? {} : { rows: [{ table: letterTemplateTable, key: { id } }] }

const registerTemplate = (
  readFile: ReadFile,
): Command<typeof registerInput, { readonly fields: readonly TemplateField[] }> => ({
  name: 'registerTemplate',
  version: 1,
  title: text('登记文书模板', 'register a letter template'),
  groups: ['letters'],
  input: registerInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i) => (i.replaces === undefined ? [] : [`letter-template:${i.replaces}`]),
  prepare: async (_, i) => {
    const bytes = await readFile(i.hash)
    if (!bytes) return [letterProblem('letter.no-file', { file: i.hash })]
    const template = readTemplate(bytes)
    return isProblems(template) ? template : { fields: template.fields }
  },
  reads: [(i) => oneRow(i.replaces)],
  decide: (state, i, c, { fields }) => {
    const old = i.replaces === undefined ? undefined : state.row(letterTemplateTable, { id: i.replaces })
    if (i.replaces !== undefined && (old?.status !== 'in-force' || old.place !== i.place))
      return [letterProblem('letter.no-template', { id: i.replaces })]
    const row = insert(letterTemplateTable, {
      id: c.subject,
      name: i.name,
      hash: i.hash,
      place: i.place,
      version: (old?.version ?? 0) + 1,
      fields: fields as unknown as Json,
      status: 'in-force',
      replaces: i.replaces ?? null,
      replaced_by: null,
      act: c.subject,
    })
    return {
      act: 'template-registered',
      subjects: [`letter-template:${c.subject}`, ...(old ? [`letter-template:${old.id}`] : [])],
      rows: [row, ...(old ? [put(letterTemplateTable, { ...old, status: 'replaced', replaced_by: c.subject })] : [])],
      answer: { template: c.subject },
    }
  },
  reverseReads: (i, original) => ({
    rows: [original.id, ...(i.replaces === undefined ? [] : [i.replaces])].map((id) => ({
      table: letterTemplateTable,
      key: { id },
    })),
  }),
  reverse: (state, i, _, original) => {
    const row = state.row(letterTemplateTable, { id: original.id })!
    if (row.status === 'replaced') return [letterProblem('letter.followed', { id: row.id })]
    const old = i.replaces === undefined ? undefined : state.row(letterTemplateTable, { id: i.replaces })
    return {
      rows: [
        put(letterTemplateTable, { ...row, status: 'withdrawn' }),
        ...(old ? [put(letterTemplateTable, { ...old, status: 'in-force', replaced_by: null })] : []),
      ],
    }
  },
})

/** `户主，地块（编号，面积），金额|大写` */
const fieldsText = (fields: readonly TemplateField[]): string =>
  fields
    .map((f) =>
      f.rows ? `${f.name}（${fieldsText(f.rows)}）` : `${f.name}${f.form === undefined ? '' : `|${f.form}`}`,
    )
    .join('，')

const letterTemplates = query({
  name: 'letterTemplates',
  title: text('文书模板', 'letter templates'),
  groups: ['letters'],
  input: form({ template: field.optional(idField('模板', 'template')), hash: field.optional(hash) }),
  row: form({
    id: idField('编号', 'id'),
    name,
    hash,
    place,
    version: field.integer({ title: text('版本', 'version'), grade: 'public', min: 1, example: 1 }),
    fields: field.longText({ title: text('字段', 'fields'), grade: 'public', example: '户主，金额|大写' }),
    /** `TemplateField[]`, for a form made of them. */
    shape: field.longText({
      title: text('字段（JSON）', 'fields as JSON'),
      grade: 'public',
      example: '[{"name":"户主"}]',
    }),
    registeredBy: field.optional(field.person({ title: text('登记人', 'registered by'), example: EXAMPLE })),
    registered: field.optional(
      field.instant({ title: text('登记时间', 'registered'), grade: 'public', example: '2026-03-02T01:00:00.000Z' }),
    ),
    status: field.choice({
      title: text('状态', 'status'),
      grade: 'public',
      choices: (['in-force', 'replaced', 'withdrawn'] as const).map((value) => ({
        value,
        title: TEMPLATE_STATUS[value],
      })),
      example: 'in-force',
    }),
    replaces,
    replacedBy: field.optional(idField('新版本', 'the later version')),
  }),
  run: async (reader, i, scope) => {
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select t.id::text as id, t.name, t.hash, t.place, t.version, t.fields, t.status, t.replaces::text as replaces,
            t.replaced_by::text as "replacedBy",
            (select a.person::text from act a where a.id = t.act) as "registeredBy",
            (select ${instantColumn(sql`a.recorded_at`)} from act a where a.id = t.act) as registered
          from letter_template t where ${scope.within(sql`t.place`)}
            and (${i.template ?? null}::uuid is null or t.id = ${i.template ?? null}::uuid)
            and (${i.hash ?? null}::text is null or t.hash = ${i.hash ?? null}::text)
          order by t.name, t.version limit 1000`,
    )
    return rows.map(
      (r) =>
        Object.fromEntries(
          Object.entries({
            ...r,
            shape: JSON.stringify(r['fields']),
            fields: fieldsText(r['fields'] as unknown as readonly TemplateField[]) || '—',
          }).filter(([, v]) => v !== null),
        ) as JsonObject,
    )
  },
})

/** @param readFile of the house's file store */
export const lettersDomain = (readFile: ReadFile): Domain => ({
  name: 'letters',
  title: text('文书', 'letters'),
  commands: [registerTemplate(readFile)] as unknown as readonly AnyCommand[],
  queries: [letterTemplates],
  tables: [letterTemplateTable],
})
