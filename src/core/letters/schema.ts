// The table of templates. The file itself stands in the file store; a later version takes the place of an earlier one.

import { optional, table, type Migration, type RowOf } from '../store/index.ts'
import type { TableWords } from '../record/index.ts'

export const letterTemplateTable = table({
  name: 'letter_template',
  key: ['id'],
  columns: {
    id: 'uuid',
    name: 'text',
    hash: 'text',
    place: 'text',
    version: 'int4',
    /** `TemplateField[]` */
    fields: 'jsonb',
    status: 'text',
    replaces: optional('uuid'),
    replaced_by: optional('uuid'),
    act: 'uuid',
  },
})
export type LetterTemplateRow = RowOf<typeof letterTemplateTable>

export const TEMPLATE_STATUS = {
  'in-force': { zh: '在用', en: 'in force' },
  replaced: { zh: '已有新版本', en: 'replaced by a later version' },
  withdrawn: { zh: '已停用', en: 'withdrawn' },
} as const

const words: TableWords<keyof typeof letterTemplateTable.columns> = {
  table: letterTemplateTable.name,
  title: { zh: '文书模板', en: 'letter template' },
  columns: {
    name: { zh: '名称', en: 'name' },
    hash: { zh: '文件校验值', en: 'hash of the file' },
    place: { zh: '行政区', en: 'place' },
    version: { zh: '版本', en: 'version' },
    fields: { zh: '字段', en: 'fields' },
    status: { zh: '状态', en: 'status' },
  },
  values: { status: TEMPLATE_STATUS },
}
export const letterWords = [words]

export const lettersMigrations: readonly Migration[] = [
  {
    id: 'letters-0001-templates',
    up: [
      `create table letter_template (
        id uuid primary key, name text not null, hash text not null check (hash ~ '^[0-9a-f]{64}$'), place text not null,
        version int4 not null check (version > 0), fields jsonb not null,
        status text not null check (status in ('in-force', 'replaced', 'withdrawn')), replaces uuid, replaced_by uuid,
        act uuid not null, check ((status = 'replaced') = (replaced_by is not null)))`,
      `create index letter_template_place on letter_template (place)`,
      `create index letter_template_hash on letter_template (hash)`,
    ],
    check: `select to_regclass('letter_template') is not null`,
  },
]
