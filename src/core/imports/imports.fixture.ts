// A small import for tests: villagers with a sealed name, a code, a number, a date, a choice.

import { field, form, text, type Problem } from '../../kernel/index.ts'
import { defineProblems } from '../../kernel/index.ts'
import { writeCsv, writeWorkbook, type CellSpec } from '../exchange-formats/index.ts'
import { optional, table, type Migration } from '../store/index.ts'
import { importOf } from './model.ts'
import { stagedTable } from './staged.ts'

export const villagerStaged = stagedTable({
  name: 'test_villager_staged',
  columns: {
    id: 'uuid',
    code: 'text',
    name: 'text',
    name_hash: 'text',
    people: 'int4',
    joined: optional('date'),
    kind: optional('text'),
    area: optional('numeric'),
  },
})
/** What acts write of villagers that were brought. */
export const villagerActed = table({
  name: 'test_villager_acted',
  key: ['id'],
  columns: { id: 'uuid', batch: optional('uuid'), name: 'text' },
})

export const villagerMigrations: readonly Migration[] = [
  {
    id: 'test-imports-0001',
    up: [
      `create table test_villager_staged (batch uuid not null, line int4 not null, item int4 not null, id uuid not null,
        code text not null, name text not null, name_hash text not null, people int4 not null, joined date, kind text,
        area numeric, primary key (batch, line, item))`,
      `create unique index test_villager_staged_id on test_villager_staged (id)`,
      `create table test_villager_acted (id uuid primary key, batch uuid, name text not null)`,
    ],
    check: `select to_regclass('test_villager_staged') is not null`,
  },
]

export const testProblem = defineProblems({
  'test-imports.many': {
    severity: 'yellow',
    zh: '人数 {people} 较多。',
    en: '{people} people are many.',
    hint: { zh: '请核对。', en: 'Check it.' },
  },
  'test-imports.sum': {
    severity: 'red',
    zh: '总人数为 {sum}。',
    en: 'There are {sum} people in all.',
    hint: { zh: '请核对。', en: 'Check it.' },
  },
})

const columns = form({
  code: field.code({
    title: text('户号', 'Household'),
    pattern: /^\d{6,18}$/,
    expects: text('数字', 'digits'),
    example: '000001',
  }),
  name: field.text({ title: text('户主姓名', 'Head'), grade: 'personal', max: 20, example: '示范户甲' }),
  people: field.integer({ title: text('人数', 'People'), min: 0, example: 4 }),
  joined: field.optional(field.civilDate({ title: text('迁入日期', 'Joined'), example: '2020-01-31' })),
  kind: field.optional(
    field.choice({
      title: text('类别', 'Kind'),
      choices: [
        { value: 'farm', title: text('农户', 'Farm') },
        { value: 'other', title: text('其他', 'Other') },
      ],
      example: 'farm',
    }),
  ),
  area: field.optional(
    field.quantity({ title: text('面积', 'Area'), unit: 'm2', example: { value: '1', unit: '亩' } }),
  ),
})

export const villagersImport = importOf({
  name: 'villagers',
  version: 1,
  title: text('导入农户', 'Import villagers'),
  groups: ['test'],
  columns,
  headings: { name: ['姓名'] },
  options: form({ note: field.optional(field.text({ title: text('备注', 'Note'), example: 'x' })) }),
  maps: true,
  unique: [['code']],
  lookups: () => Promise.resolve({ sum: 0 }),
  check: (row, seen) => {
    seen.sum += row.values.people
    return row.values.people > 20
      ? [{ column: 'people', problem: testProblem('test-imports.many', { people: row.values.people }) }]
      : []
  },
  finish: ({ sum }): readonly Problem[] => (sum > 10_000_000 ? [testProblem('test-imports.sum', { sum })] : []),
  tables: [villagerStaged],
  rows: (row, given) => [
    {
      table: villagerStaged,
      row: {
        id: given.id(row),
        code: row.values.code,
        name: row.values.name,
        name_hash: given.keyedHash('name', row.plain['name'] as string),
        people: row.values.people,
        joined: row.values.joined ?? null,
        kind: row.values.kind ?? null,
        area: row.values.area?.value.toString() ?? null,
      },
    },
  ],
  changed: [villagerActed],
})

export const HEAD = ['户号', '户主姓名', '人数', '迁入日期', '类别'] as const

export const csv = (rows: readonly (readonly string[])[], head: readonly string[] = HEAD): Uint8Array =>
  writeCsv([head, ...rows])

export const workbook = (
  rows: readonly (readonly (CellSpec | string | undefined)[])[],
  head: readonly string[] = HEAD,
): Promise<Uint8Array> =>
  writeWorkbook({
    title: '农户',
    sheets: [
      {
        name: '农户',
        rows: [head, ...rows].map((r) => r.map((c) => (typeof c === 'string' ? { value: c } : c))),
      },
    ],
  })

export const ROWS: readonly (readonly string[])[] = [
  ['000001', '示范户甲', '4', '2020-01-31', '农户'],
  ['000002', '示范户乙', '3', '2021/2/3', '其他'],
  ['000003', '示范户丙', '25', '', ''],
]
