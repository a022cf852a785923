// Tables of parties. What acts write stands in `party` and its kin, what files brought in the staged ones; a row of an act covers
// the brought one of the same id. `party_lookup` finds personal codes by keyed hash; it follows from the rest and is made again
// from it, so that no act ever holds a hash of a code.

import { text } from '../../kernel/index.ts'
import { stagedTable } from '../imports/index.ts'
import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const partyTable = table({
  name: 'party',
  key: ['id'],
  columns: {
    id: 'uuid',
    /** A key of `PARTY_KINDS`. */
    kind: 'text',
    /** A commitment for people and households (their head). */
    name: 'text',
    /** Unified social credit code. */
    code: optional('text'),
    /** 户号 of a household. */
    household_code: optional('text'),
    place: 'text',
    /** Whom it belongs to: the village of a household. */
    organisation: optional('uuid'),
    /** Of a household. */
    people: optional('int4'),
    /** Commitments. */
    id_number: optional('text'),
    passport: optional('text'),
    phone: optional('text'),
    /** standing · ended · merged */
    status: 'text',
    merged_into: optional('uuid'),
    erased: 'bool',
    since: 'date',
    until: optional('date'),
    /** Of a party that a file brought. */
    batch: optional('uuid'),
  },
})
export type PartyRow = RowOf<typeof partyTable>

export const partyStagedTable = stagedTable({
  name: 'party_staged',
  columns: {
    id: 'uuid',
    kind: 'text',
    name: 'text',
    household_code: optional('text'),
    place: 'text',
    organisation: optional('uuid'),
    people: optional('int4'),
    id_number: optional('text'),
    phone: optional('text'),
    since: 'date',
  },
})

export const mandateTable = table({
  name: 'party_mandate',
  key: ['id'],
  columns: {
    id: 'uuid',
    principal: 'uuid',
    /** A party or a person with an account: one of the two. */
    agent: optional('uuid'),
    account: optional('uuid'),
    /** A key of `MATTERS`. */
    matter: 'text',
    basis: 'text',
    /** SHA-256 of the signed paper. */
    paper: optional('text'),
    place: 'text',
    organisation: optional('uuid'),
    valid_from: 'date',
    valid_to: optional('date'),
    /** The last day it held, where it was ended before its time. */
    ended: optional('date'),
  },
})
export type MandateRow = RowOf<typeof mandateTable>

export const successionTable = table({
  name: 'party_succession',
  key: ['predecessor', 'successor'],
  columns: {
    predecessor: 'uuid',
    successor: 'uuid',
    /** The successor's first day. */
    on_day: 'date',
    /** A key of `SUCCESSIONS`. */
    how: 'text',
    ground: 'text',
    place: 'text',
    organisation: optional('uuid'),
  },
})

export const bankAccountTable = table({
  name: 'party_bank_account',
  key: ['id'],
  columns: {
    id: 'uuid',
    party: 'uuid',
    bank: 'text',
    /** card · account */
    kind: 'text',
    /** A commitment. */
    number: 'text',
    closed: 'bool',
    batch: optional('uuid'),
  },
})

export const bankAccountStagedTable = stagedTable({
  name: 'party_bank_account_staged',
  columns: { id: 'uuid', party: 'uuid', bank: 'text', kind: 'text', number: 'text' },
})

export const lookupTable = table({
  name: 'party_lookup',
  key: ['commitment'],
  columns: {
    commitment: 'text',
    /** id-number · passport · name · bank */
    kind: 'text',
    /** Keyed; empty where the value was erased. */
    hash: 'text',
    /** Which key of the house it was made with. */
    key_id: 'text',
  },
})

export const partyTables = [partyTable, mandateTable, successionTable, bankAccountTable] as const

/** What a check of the record does not expect acts to account for. */
export const partiesBeside = [
  {
    tables: [lookupTable],
    why: text('由现有数据推得，可随时重建', 'follows from what stands and is made again at any time'),
  },
] as const

const personal = (column: string): string => `${column} text check (${column} ~ '^~[0-9a-f]{64}$')`

export const partiesMigrations: readonly Migration[] = [
  {
    id: 'parties-0001-parties',
    up: [
      `create table party (
        id uuid primary key, kind text not null, name text not null, code text, household_code text, place text not null,
        organisation uuid, people int4 check (people >= 0), ${personal('id_number')}, ${personal('passport')},
        ${personal('phone')}, status text not null check (status in ('standing', 'ended', 'merged')), merged_into uuid,
        erased boolean not null, since date not null, until date, batch uuid,
        check ((status = 'merged') = (merged_into is not null)), check (merged_into <> id))`,
      `create index party_place on party (place)`,
      `create index party_code on party (code)`,
      `create index party_merged on party (merged_into)`,
      `create index party_batch on party (batch)`,
      `create table party_staged (
        batch uuid not null, line int4 not null, item int4 not null, id uuid not null, kind text not null, name text not null,
        household_code text, place text not null, organisation uuid, people int4 check (people >= 0),
        ${personal('id_number')}, ${personal('phone')}, since date not null, primary key (batch, line, item))`,
      `create unique index party_staged_id on party_staged (id)`,
      `create index party_staged_place on party_staged (place)`,
      `create table party_mandate (
        id uuid primary key, principal uuid not null, agent uuid, account uuid, matter text not null, basis text not null,
        paper text, place text not null, organisation uuid, valid_from date not null, valid_to date, ended date,
        check ((agent is null) <> (account is null)), check (valid_from <= valid_to))`,
      `create index party_mandate_principal on party_mandate (principal)`,
      `create table party_succession (
        predecessor uuid not null, successor uuid not null, on_day date not null, how text not null, ground text not null,
        place text not null, organisation uuid, primary key (predecessor, successor), check (predecessor <> successor))`,
      `create index party_succession_successor on party_succession (successor)`,
      `create table party_bank_account (
        id uuid primary key, party uuid not null, bank text not null, kind text not null check (kind in ('card', 'account')),
        number text not null check (number ~ '^~[0-9a-f]{64}$'), closed boolean not null, batch uuid)`,
      `create index party_bank_account_party on party_bank_account (party)`,
      `create index party_bank_account_batch on party_bank_account (batch)`,
      `create table party_bank_account_staged (
        batch uuid not null, line int4 not null, item int4 not null, id uuid not null, party uuid not null, bank text not null,
        kind text not null, number text not null, primary key (batch, line, item))`,
      `create unique index party_bank_account_staged_id on party_bank_account_staged (id)`,
      `create index party_bank_account_staged_party on party_bank_account_staged (party)`,
      `create table party_lookup (commitment text primary key, kind text not null, hash text not null, key_id text not null)`,
      `create index party_lookup_hash on party_lookup (hash)`,
    ],
    check: `select to_regclass('party') is not null and to_regclass('party_lookup') is not null`,
  },
]
