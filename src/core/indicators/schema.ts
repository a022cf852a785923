// Tables of the indicators. A value's key holds its version, so that a correction is a new row and the old one stays.

import { table, type Migration } from '../store/index.ts'

export const indicatorTable = table({
  name: 'indicator',
  key: ['id'],
  columns: {
    id: 'text',
    title_zh: 'text',
    title_en: 'text',
    definition_zh: 'text',
    definition_en: 'text',
    unit: 'text',
    boundary_zh: 'text',
    boundary_en: 'text',
    clause: 'text',
    counted_also_in: 'text[]',
    custodian: 'text',
    grade: 'text',
    act: 'uuid',
  },
})

export const indicatorValueTable = table({
  name: 'indicator_value',
  key: ['indicator', 'place', 'period', 'dims', 'basis', 'version'],
  columns: {
    indicator: 'text',
    place: 'text',
    period: 'text',
    dims: 'text',
    basis: 'text',
    version: 'int4',
    value: 'numeric',
    unit: 'text',
    status: 'text',
    fit: 'text[]',
    unfit: 'jsonb',
    recipe: 'jsonb',
    legal_date: 'date',
    act: 'uuid',
  },
})

export const indicatorTables = [indicatorTable, indicatorValueTable]

export const indicatorMigrations: readonly Migration[] = [
  {
    id: 'indicators-0001-cards-and-values',
    up: [
      `create table indicator (
        id text primary key, title_zh text not null, title_en text not null, definition_zh text not null,
        definition_en text not null, unit text not null, boundary_zh text not null, boundary_en text not null,
        clause text not null, counted_also_in text[] not null, custodian text not null, grade text not null, act uuid not null)`,
      `create table indicator_value (
        indicator text not null references indicator (id), place text not null, period text not null, dims text not null,
        basis text not null, version int4 not null check (version > 0), value numeric not null, unit text not null,
        status text not null check (status in ('trial', 'preliminary', 'official', 'withdrawn')), fit text[] not null,
        unfit jsonb not null, recipe jsonb not null, legal_date date not null, act uuid not null,
        primary key (indicator, place, period, dims, basis, version))`,
      `create index indicator_value_place on indicator_value (place, indicator, period)`,
      `create index indicator_value_act on indicator_value (act)`,
    ],
    check: `select to_regclass('indicator_value') is not null and to_regclass('indicator') is not null`,
  },
]
