// Tables of the office: overrides of parameters, registered accounts with their figures and the weakest of them, comments with
// their answers, publications. The figures of the statistical spine are indicator values; these rows are what people look up.

import { optional, table, type Migration, type RowOf } from '../../../core/store/index.ts'

export const overrideTable = table({
  name: 'parameter_override',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    parameter: 'text',
    /** Entry of a keyed parameter file; empty where it has none. */
    key: 'text',
    place: 'text',
    year_from: 'int4',
    /** Last year; empty: until further notice. */
    year_to: optional('int4'),
    /** The digits as typed. */
    value: 'text',
    unit: 'text',
    mark: 'text',
    reason: 'text',
    source: 'text',
    /** Hash of the document behind it. */
    document: optional('text'),
    version: 'int4',
    status: 'text',
    decided_on: 'date',
    effect_zh: 'text',
    effect_en: 'text',
    act: 'uuid',
  },
})
export type OverrideRow = RowOf<typeof overrideTable>

export const gepAccountTable = table({
  name: 'gep_account',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    place: 'text',
    year: 'int4',
    version: 'int4',
    title_zh: 'text',
    title_en: 'text',
    /** Hash of the package in the file store, and the id the package has by its manifest. */
    package: 'text',
    package_id: 'text',
    engine: 'text',
    indicator_set: 'text',
    price_year: 'int4',
    sample: 'bool',
    status: 'text',
    /** The later version that took its place. */
    superseded_by: optional('uuid'),
    registered_by: 'uuid',
    act: 'uuid',
  },
})
export type GepAccountRow = RowOf<typeof gepAccountTable>

export const gepFigureTable = table({
  name: 'gep_figure',
  key: ['account', 'key'],
  columns: {
    account: 'uuid',
    key: 'text',
    code: 'text',
    measure: 'text',
    basis: 'text',
    region: 'text',
    class: 'text',
    service: 'text',
    item: 'text',
    value: 'numeric',
    unit: 'text',
    title_zh: 'text',
    title_en: 'text',
  },
})
export type GepFigureRow = RowOf<typeof gepFigureTable>

export const weakFigureTable = table({
  name: 'gep_weak_figure',
  key: ['account', 'rank'],
  columns: {
    account: 'uuid',
    rank: 'int4',
    code: 'text',
    key: 'text',
    title_zh: 'text',
    title_en: 'text',
    value: 'numeric',
    unit: 'text',
    /** Part of the account's value, and how weak its ground is, both from 0 to 1. */
    share: 'numeric',
    weakness: 'numeric',
    why_zh: 'text',
    why_en: 'text',
  },
})
export type WeakFigureRow = RowOf<typeof weakFigureTable>

export const commentTable = table({
  name: 'gep_comment',
  key: ['id'],
  columns: {
    id: 'uuid',
    account: 'uuid',
    place: 'text',
    year: 'int4',
    code: 'text',
    key: 'text',
    title_zh: 'text',
    title_en: 'text',
    text: 'text',
    status: 'text',
    person: 'uuid',
    role: 'text',
    resolved_by: optional('uuid'),
    act: 'uuid',
  },
})
export type CommentRow = RowOf<typeof commentTable>

export const answerTable = table({
  name: 'gep_answer',
  key: ['id'],
  columns: { id: 'uuid', comment: 'uuid', text: 'text', person: 'uuid', role: 'text', act: 'uuid' },
})

export const publicationTable = table({
  name: 'gep_publication',
  key: ['id'],
  columns: {
    id: 'uuid',
    account: 'uuid',
    place: 'text',
    year: 'int4',
    title_zh: 'text',
    title_en: 'text',
    note: optional('text'),
    with_map: 'bool',
    map_number: optional('text'),
    status: 'text',
    published_on: 'date',
    /** Why it was withdrawn. */
    reason: optional('text'),
    act: 'uuid',
  },
})
export type PublicationRow = RowOf<typeof publicationTable>

export const officeTables = [
  overrideTable,
  gepAccountTable,
  gepFigureTable,
  weakFigureTable,
  commentTable,
  answerTable,
  publicationTable,
]

export const officeMigrations: readonly Migration[] = [
  {
    id: 'accounting-0001-office',
    up: [
      `create table parameter_override (
        id uuid primary key, number text not null unique, parameter text not null, key text not null, place text not null,
        year_from int4 not null, year_to int4, value text not null, unit text not null,
        mark text not null check (mark in ('confirmed', 'back-solved', 'unconfirmed')), reason text not null, source text not null,
        document text check (document ~ '^[0-9a-f]{64}$'), version int4 not null check (version > 0),
        status text not null check (status in ('in-force', 'replaced', 'withdrawn')), decided_on date not null,
        effect_zh text not null, effect_en text not null, act uuid not null, check (year_to is null or year_to >= year_from),
        unique (parameter, key, place, version))`,
      `create index parameter_override_place on parameter_override (place)`,
      `create table gep_account (
        id uuid primary key, number text not null unique, place text not null, year int4 not null,
        version int4 not null check (version > 0), title_zh text not null, title_en text not null,
        package text not null check (package ~ '^[0-9a-f]{64}$'), package_id text not null, engine text not null,
        indicator_set text not null, price_year int4 not null, sample boolean not null,
        status text not null check (status in ('trial', 'preliminary', 'official')), superseded_by uuid,
        registered_by uuid not null, act uuid not null, unique (place, year, version))`,
      `create index gep_account_package on gep_account (package)`,
      `create table gep_figure (
        account uuid not null references gep_account (id), key text not null, code text not null, measure text not null,
        basis text not null, region text not null, class text not null, service text not null, item text not null,
        value numeric not null, unit text not null, title_zh text not null, title_en text not null, primary key (account, key))`,
      `create index gep_figure_code on gep_figure (code)`,
      `create table gep_weak_figure (
        account uuid not null references gep_account (id), rank int4 not null check (rank > 0), code text not null,
        key text not null, title_zh text not null, title_en text not null, value numeric not null, unit text not null,
        share numeric not null, weakness numeric not null, why_zh text not null, why_en text not null,
        primary key (account, rank))`,
      `create table gep_comment (
        id uuid primary key, account uuid not null references gep_account (id), place text not null, year int4 not null,
        code text not null, key text not null, title_zh text not null, title_en text not null, text text not null,
        status text not null check (status in ('open', 'answered', 'resolved')), person uuid not null, role text not null,
        resolved_by uuid, act uuid not null)`,
      `create index gep_comment_place on gep_comment (place, year)`,
      `create index gep_comment_account on gep_comment (account)`,
      `create table gep_answer (
        id uuid primary key, comment uuid not null references gep_comment (id), text text not null, person uuid not null,
        role text not null, act uuid not null)`,
      `create index gep_answer_comment on gep_answer (comment)`,
      `create table gep_publication (
        id uuid primary key, account uuid not null references gep_account (id), place text not null, year int4 not null,
        title_zh text not null, title_en text not null, note text, with_map boolean not null, map_number text,
        status text not null check (status in ('published', 'withdrawn')), published_on date not null, reason text,
        act uuid not null, check (not with_map or map_number is not null))`,
      `create index gep_publication_account on gep_publication (account)`,
      `create index gep_publication_place on gep_publication (place, year)`,
    ],
    check: `select to_regclass('gep_publication') is not null and to_regclass('parameter_override') is not null`,
  },
]
