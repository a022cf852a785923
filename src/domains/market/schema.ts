// Table of the market: permits as issued. Holdings are the ledger's.

import { table, type Migration } from '../../core/store/index.ts'

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
