// The table of handed-over inputs: which department gave which file for which account year, to whom. A later file takes the place of
// an earlier one of the same table; both stay.

import { text } from '../../../kernel/index.ts'
import type { TableWords } from '../../../core/record/index.ts'
import { optional, table, type Migration, type RowOf } from '../../../core/store/index.ts'
import { CUSTODIANS } from '../arguments.ts'

export const handOverTable = table({
  name: 'gep_hand_over',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    place: 'text',
    year: 'int4',
    /** Key of `CUSTODIANS`. */
    department: 'text',
    /** What the input list calls the file: `数据.xlsx`. */
    sheet: 'text',
    hash: 'text',
    name: 'text',
    size: 'int8',
    /** Rows of data as whoever handed it over counted them. */
    line_count: optional('int4'),
    receiver: 'text',
    note: optional('text'),
    person: 'uuid',
    role: 'text',
    handed_on: 'date',
    version: 'int4',
    status: 'text',
    replaced_by: optional('uuid'),
    act: 'uuid',
  },
})
export type HandOverRow = RowOf<typeof handOverTable>

export const HAND_OVER_STATUS = {
  standing: text('最新', 'the latest'),
  replaced: text('已有新的一份', 'replaced by a later one'),
} as const

export const handOverWords: TableWords<keyof typeof handOverTable.columns> = {
  table: handOverTable.name,
  title: text('资料交接', 'hand-over of inputs'),
  columns: {
    number: text('交接单号', 'number'),
    place: text('地区', 'region'),
    year: text('核算年份', 'accounting year'),
    department: text('部门', 'department'),
    sheet: text('应交的表', 'table owed'),
    name: text('文件名', 'name of the file'),
    hash: text('文件校验值', 'hash of the file'),
    size: text('大小（字节）', 'size in bytes'),
    line_count: text('数据行数', 'rows'),
    receiver: text('接收人', 'received by'),
    note: text('说明', 'note'),
    person: text('移交人', 'handed over by'),
    role: text('角色', 'role'),
    handed_on: text('交接日期', 'handed over on'),
    version: text('第几份', 'version'),
    status: text('状态', 'status'),
  },
  values: { status: HAND_OVER_STATUS, department: CUSTODIANS },
}

export const handOverMigrations: readonly Migration[] = [
  {
    id: 'accounting-0002-hand-over',
    up: [
      `create table gep_hand_over (
        id uuid primary key, number text not null unique, place text not null, year int4 not null, department text not null,
        sheet text not null, hash text not null check (hash ~ '^[0-9a-f]{64}$'), name text not null, size int8 not null,
        line_count int4 check (line_count >= 0), receiver text not null, note text, person uuid not null, role text not null,
        handed_on date not null, version int4 not null check (version > 0),
        status text not null check (status in ('standing', 'replaced')), replaced_by uuid, act uuid not null,
        unique (place, year, department, sheet, version), check ((status = 'replaced') = (replaced_by is not null)))`,
      `create index gep_hand_over_place on gep_hand_over (place, year)`,
    ],
    check: `select to_regclass('gep_hand_over') is not null`,
  },
]
