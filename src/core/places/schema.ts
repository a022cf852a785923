// Tables of spatial units. What a file brought stands in `place_unit_staged` and is never changed; what an act changes stands in
// `place_unit` with every shape it had in `place_unit_shape`, and covers the brought row of the same id.
// The window query goes through an index over the boxes of shapes, `box(point, point)` with GiST: the database's own, no PostGIS.

import { stagedTable } from '../imports/index.ts'
import type { TableWords } from '../record/index.ts'
import { optional, table, trusted, type Migration, type RowOf, type Sql } from '../store/index.ts'
import { UNIT_KINDS, UNIT_STATUSES } from './model.ts'

const SHAPE = {
  /** GeoJSON in degrees of CGCS2000. */
  shape: 'text',
  /** Whether it may be confirmed; one that is not is kept as it was drawn. */
  sound: 'bool',
  area_m2: 'numeric',
  west: 'numeric',
  south: 'numeric',
  east: 'numeric',
  north: 'numeric',
} as const

export const unitStaged = stagedTable({
  name: 'place_unit_staged',
  columns: {
    id: 'uuid',
    code: optional('text'),
    name: 'text',
    kind: 'text',
    region: 'text',
    valid_from: 'date',
    ...SHAPE,
  },
})

export const unitTable = table({
  name: 'place_unit',
  key: ['id'],
  columns: {
    id: 'uuid',
    /** The import it came with. */
    batch: optional('uuid'),
    code: optional('text'),
    name: 'text',
    kind: 'text',
    region: 'text',
    status: 'text',
    /** Units it came from, by splitting or merging. */
    came_of: 'text[]',
    valid_from: 'date',
    valid_to: optional('date'),
    /** Of the shape now in force. */
    version: 'int4',
    note: optional('text'),
    act: 'uuid',
  },
})
export type UnitRow = RowOf<typeof unitTable>

export const unitShapeTable = table({
  name: 'place_unit_shape',
  key: ['unit', 'version'],
  columns: {
    unit: 'uuid',
    version: 'int4',
    valid_from: 'date',
    /** The last day; empty for the shape in force. */
    valid_to: optional('date'),
    ...SHAPE,
    reason: optional('text'),
    act: 'uuid',
  },
})
export type UnitShapeRow = RowOf<typeof unitShapeTable>

/** Counts the changes of shapes in a region, so that what was compared with neighbours is refused where they changed. */
export const unitChangesTable = table({
  name: 'place_unit_changes',
  key: ['region'],
  columns: { region: 'text', changes: 'int4', act: 'uuid' },
})

export const placesTables = [unitTable, unitShapeTable, unitChangesTable]

const BOX = 'box(point(west::float8, south::float8), point(east::float8, north::float8))'
/** The box of a row as the index has it. @param alias of the table in the statement, a name of ours */
export const boxSql = (alias: string): Sql =>
  trusted(
    `box(point(${alias}.west::float8, ${alias}.south::float8), point(${alias}.east::float8, ${alias}.north::float8))`,
  )

const SHAPE_SQL = `shape text not null, sound bool not null, area_m2 numeric not null, west numeric not null,
  south numeric not null, east numeric not null, north numeric not null`

export const placesMigrations: readonly Migration[] = [
  {
    id: 'places-0001-units',
    up: [
      `create table place_unit_staged (batch uuid not null, line int4 not null, item int4 not null, id uuid not null, code text,
        name text not null, kind text not null, region text not null, valid_from date not null, ${SHAPE_SQL},
        primary key (batch, line, item))`,
      `create unique index place_unit_staged_id on place_unit_staged (id)`,
      `create index place_unit_staged_box on place_unit_staged using gist (${BOX})`,
      `create index place_unit_staged_region on place_unit_staged (region)`,
      `create table place_unit (id uuid primary key, batch uuid, code text, name text not null, kind text not null,
        region text not null, status text not null check (status in ('draft', 'returned', 'confirmed', 'retired')),
        came_of text[] not null, valid_from date not null, valid_to date, version int4 not null, note text, act uuid not null)`,
      `create index place_unit_region on place_unit (region)`,
      `create index place_unit_batch on place_unit (batch) where batch is not null`,
      `create table place_unit_shape (unit uuid not null, version int4 not null, valid_from date not null, valid_to date,
        ${SHAPE_SQL}, reason text, act uuid not null, primary key (unit, version),
        check (valid_to is null or valid_from <= valid_to))`,
      `create index place_unit_shape_box on place_unit_shape using gist (${BOX})`,
      `create table place_unit_changes (region text primary key, changes int4 not null, act uuid not null)`,
    ],
    check: `select to_regclass('place_unit') is not null and to_regclass('place_unit_shape_box') is not null`,
  },
]

const named = (
  all: readonly { readonly value: string; readonly title: { readonly zh: string; readonly en: string } }[],
) => Object.fromEntries(all.map((c) => [c.value, c.title]))

const unitWords: TableWords<keyof typeof unitTable.columns> = {
  table: unitTable.name,
  title: { zh: '空间单元', en: 'spatial unit' },
  columns: {
    name: { zh: '名称', en: 'name' },
    code: { zh: '编码', en: 'code' },
    kind: { zh: '种类', en: 'kind' },
    region: { zh: '行政区', en: 'region' },
    status: { zh: '状态', en: 'state' },
    valid_from: { zh: '起始日期', en: 'from' },
    valid_to: { zh: '终止日期', en: 'until' },
    version: { zh: '图形版次', en: 'version of the shape' },
    came_of: { zh: '来自', en: 'came of' },
    batch: { zh: '导入批次', en: 'import' },
    note: { zh: '说明', en: 'note' },
  },
  values: { kind: named(UNIT_KINDS), status: named(UNIT_STATUSES) },
}
const shapeWords: TableWords<keyof typeof unitShapeTable.columns> = {
  table: unitShapeTable.name,
  title: { zh: '空间单元图形', en: 'shape of a unit' },
  columns: {
    version: { zh: '版次', en: 'version' },
    valid_from: { zh: '起始日期', en: 'from' },
    valid_to: { zh: '终止日期', en: 'until' },
    area_m2: { zh: '面积（平方米）', en: 'area in m²' },
    sound: { zh: '图形无误', en: 'sound' },
    reason: { zh: '理由', en: 'reason' },
  },
}
const changesWords: TableWords<keyof typeof unitChangesTable.columns> = {
  table: unitChangesTable.name,
  title: { zh: '图形变动次数', en: 'changes of shapes' },
  columns: { region: { zh: '行政区', en: 'region' }, changes: { zh: '次数', en: 'count' } },
  counted: true,
}
export const placesWords = [unitWords, shapeWords, changesWords]
