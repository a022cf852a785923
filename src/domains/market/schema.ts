// Table of the market: permits as issued. Holdings are the ledger's.

import type { TableWords } from '../../core/record/index.ts'
import { table, type Migration } from '../../core/store/index.ts'
import { POLLUTANTS } from './model.ts'

export const permitTable = table({
  name: 'permit',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    firm: 'uuid',
    pollutant: 'text',
    amount_kg: 'int8',
    place: 'text',
    valid_from: 'date',
    valid_to: 'date',
    basis: 'text',
    status: 'text',
    act: 'uuid',
  },
})

/** As an approver reads a permit. */
const permitWords: TableWords<keyof typeof permitTable.columns> = {
  table: permitTable.name,
  title: { zh: '排污权证', en: 'emission permit' },
  columns: {
    number: { zh: '证号', en: 'number' },
    firm: { zh: '单位', en: 'firm' },
    pollutant: { zh: '污染物', en: 'pollutant' },
    amount_kg: { zh: '数量（千克）', en: 'amount (kg)' },
    place: { zh: '行政区', en: 'place' },
    valid_from: { zh: '有效期起', en: 'valid from' },
    valid_to: { zh: '有效期止', en: 'valid to' },
    basis: { zh: '核定依据', en: 'basis' },
    status: { zh: '状态', en: 'status' },
  },
  values: {
    pollutant: Object.fromEntries(POLLUTANTS.map((p) => [p.value, p.title])),
    status: { issued: { zh: '有效', en: 'issued' }, withdrawn: { zh: '已撤销', en: 'withdrawn' } },
  },
}
export const marketWords = [permitWords]

export const marketTables = [permitTable]

export const marketMigrations: readonly Migration[] = [
  {
    id: 'market-0001-permits',
    up: [
      `create table permit (id uuid primary key, number text not null unique, firm uuid not null, pollutant text not null,
        amount_kg int8 not null check (amount_kg > 0), place text not null, valid_from date not null, valid_to date not null,
        basis text not null, status text not null check (status in ('issued', 'withdrawn')), act uuid not null,
        check (valid_from <= valid_to))`,
      `create index permit_firm on permit (firm)`,
      `create index permit_place on permit (place)`,
    ],
    check: `select to_regclass('permit') is not null`,
  },
]
