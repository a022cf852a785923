// Tables of the record: acts, what they touched, the log's leaves and head, personal values, requests with their steps, notices,
// numbers, clocks, jobs, drafts. An act's row is never changed and never deleted.

import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const actTable = table({
  name: 'act',
  key: ['id'],
  columns: {
    id: 'uuid',
    kind: 'text',
    command: 'text',
    version: 'int4',
    legal_date: 'date',
    recorded_at: 'timestamptz',
    person: 'uuid',
    role: 'text',
    place: optional('text'),
    organisation: optional('uuid'),
    stand_in_for: optional('uuid'),
    clause: optional('text'),
    request: optional('uuid'),
    corrects: optional('uuid'),
    /** Canonical JSON of the act: what the log's leaf commits to. */
    content: 'text',
    /** Canonical JSON of everything the act wrote; its digest stands in the content. */
    effects: 'text',
    salt: 'bytea',
    answer: 'jsonb',
  },
})
export type ActRow = RowOf<typeof actTable>

/** Whose history an act belongs to. */
export const actSubjectTable = table({
  name: 'act_subject',
  key: ['subject', 'act'],
  columns: { subject: 'text', act: 'uuid' },
})

export const logLeafTable = table({
  name: 'log_leaf',
  key: ['leaf_index'],
  columns: { leaf_index: 'int8', act: 'uuid', entry: 'bytea' },
})

/** One row: how far the log has come, and the journal with it. */
export const logHeadTable = table({
  name: 'log_head',
  key: ['id'],
  columns: { id: 'int4', size: 'int8', frontier: 'bytea', journal: 'int8', recorded_at: 'timestamptz' },
})

/** Values of people, by the commitment that stands in acts and rows; erased ones keep only that. */
export const personalValueTable = table({
  name: 'personal_value',
  key: ['commitment'],
  columns: {
    commitment: 'text',
    act: 'uuid',
    path: 'text',
    grade: 'text',
    salt: optional('bytea'),
    value: optional('text'),
  },
})

/** Keys that serialise acts between processes; a row is locked and never read. */
export const subjectTable = table({ name: 'subject', key: ['key'], columns: { key: 'text' } })

export const requestTable = table({
  name: 'request',
  key: ['id'],
  columns: {
    id: 'uuid',
    command: 'text',
    version: 'int4',
    input: 'jsonb',
    legal_date: 'date',
    place: optional('text'),
    organisation: optional('uuid'),
    person: 'uuid',
    role: 'text',
    title_zh: 'text',
    title_en: 'text',
    status: 'text',
    /** Steps as declared when it was requested. */
    steps: 'jsonb',
    /** Steps already approved. */
    step: 'int4',
    waits_for: optional('text'),
    preview: 'jsonb',
    preview_digest: 'text',
    accepted_by: optional('uuid'),
    remarks: optional('text'),
  },
})
export type RequestRow = RowOf<typeof requestTable>

export const requestStepTable = table({
  name: 'request_step',
  key: ['request', 'step'],
  columns: {
    request: 'uuid',
    step: 'int4',
    act: 'uuid',
    person: 'uuid',
    role: 'text',
    stand_in_for: optional('uuid'),
    /** Signed on paper: by whom, on what day, the scan's hash; `person` entered it. */
    paper_signer: optional('text'),
    paper_date: optional('date'),
    paper_scan: optional('text'),
    paper_by_requester: 'bool',
  },
})
export type RequestStepRow = RowOf<typeof requestStepTable>

export const noticeTable = table({
  name: 'notice',
  key: ['id'],
  columns: {
    id: 'uuid',
    act: 'uuid',
    place: 'text',
    about: 'text',
    to_person: optional('uuid'),
    to_role: optional('text'),
    zh: 'text',
    en: 'text',
    closed_by: optional('uuid'),
  },
})

export const numberSeriesTable = table({
  name: 'number_series',
  key: ['kind', 'place', 'year'],
  columns: { kind: 'text', place: 'text', year: 'int4', last: 'int8' },
})

export const timerTable = table({
  name: 'timer',
  key: ['id'],
  columns: {
    id: 'uuid',
    subject: 'text',
    clock: 'text',
    due: 'timestamptz',
    command: 'text',
    input: 'jsonb',
    status: 'text',
    act: 'uuid',
  },
})

export const jobTable = table({
  name: 'job',
  key: ['id'],
  columns: {
    id: 'uuid',
    listener: 'text',
    act: 'uuid',
    status: 'text',
    tries: 'int4',
    not_before: 'timestamptz',
    problem: optional('text'),
  },
})

/** What somebody has begun to fill in. No act, not in the log. */
export const draftTable = table({
  name: 'draft',
  key: ['id'],
  columns: {
    id: 'uuid',
    person: 'uuid',
    command: 'text',
    input: 'jsonb',
    saved_at: 'timestamptz',
    discarded: 'bool',
  },
})

/** In the order in which rows may be written. */
export const recordTables = [
  actTable,
  actSubjectTable,
  logHeadTable,
  logLeafTable,
  personalValueTable,
  requestTable,
  requestStepTable,
  noticeTable,
  numberSeriesTable,
  timerTable,
  jobTable,
  draftTable,
]

export const recordMigrations: readonly Migration[] = [
  {
    id: 'record-0001-acts',
    up: [
      `create table act (
        id uuid primary key, kind text not null, command text not null, version int4 not null, legal_date date not null,
        recorded_at timestamptz not null, person uuid not null, role text not null, place text, organisation uuid,
        stand_in_for uuid, clause text, request uuid, corrects uuid references act (id), content text not null,
        effects text not null, salt bytea not null, answer jsonb not null) with (toast_tuple_target = 8160)`,
      `create unique index act_corrects_key on act (corrects) where corrects is not null`,
      `create index act_kind on act (kind, recorded_at)`,
      `create index act_place on act (place, recorded_at)`,
      `create index act_person on act (person, recorded_at)`,
      `create table act_subject (subject text not null, act uuid not null references act (id), primary key (subject, act))`,
      `create index act_subject_act on act_subject (act)`,
      `create table log_head (id int4 primary key check (id = 1), size int8 not null, frontier bytea not null,
        journal int8 not null, recorded_at timestamptz not null)`,
      `create table log_leaf (leaf_index int8 primary key, act uuid not null unique, entry bytea not null)`,
      `create table personal_value (commitment text primary key, act uuid not null, path text not null, grade text not null,
        salt bytea, value text)`,
      `create index personal_value_act on personal_value (act)`,
      `create table subject (key text primary key)`,
    ],
    check: `select to_regclass('log_leaf') is not null and to_regclass('personal_value') is not null`,
  },
  {
    id: 'record-0002-requests',
    up: [
      `create table request (
        id uuid primary key, command text not null, version int4 not null, input jsonb not null, legal_date date not null,
        place text, organisation uuid, person uuid not null, role text not null, title_zh text not null, title_en text not null,
        status text not null check (status in ('waiting', 'returned', 'withdrawn', 'accepted')), steps jsonb not null,
        step int4 not null, waits_for text, preview jsonb not null, preview_digest text not null, accepted_by uuid, remarks text)`,
      `create index request_waiting on request (waits_for, place) where status = 'waiting'`,
      `create index request_person on request (person)`,
      `create table request_step (
        request uuid not null references request (id), step int4 not null, act uuid not null, person uuid not null,
        role text not null, stand_in_for uuid, paper_signer text, paper_date date, paper_scan text,
        paper_by_requester boolean not null, primary key (request, step))`,
      `create table notice (id uuid primary key, act uuid not null, place text not null, about text not null, to_person uuid,
        to_role text, zh text not null, en text not null, closed_by uuid)`,
      `create index notice_open on notice (to_role, place) where closed_by is null`,
      `create index notice_open_person on notice (to_person) where closed_by is null`,
      `create table number_series (kind text not null, place text not null, year int4 not null, last int8 not null,
        primary key (kind, place, year))`,
    ],
    check: `select to_regclass('request_step') is not null and to_regclass('number_series') is not null`,
  },
  {
    id: 'record-0003-clocks-jobs-drafts',
    up: [
      `create table timer (id uuid primary key, subject text not null, clock text not null, due timestamptz not null,
        command text not null, input jsonb not null, status text not null check (status in ('running', 'fired', 'stopped')),
        act uuid not null)`,
      `create index timer_due on timer (due) where status = 'running'`,
      `create table job (id uuid primary key, listener text not null, act uuid not null,
        status text not null check (status in ('waiting', 'done', 'failed')), tries int4 not null, not_before timestamptz not null,
        problem text)`,
      `create index job_waiting on job (not_before) where status = 'waiting'`,
      `create table draft (id uuid primary key, person uuid not null, command text not null, input jsonb not null,
        saved_at timestamptz not null, discarded boolean not null)`,
      `create index draft_person on draft (person)`,
    ],
    check: `select to_regclass('timer') is not null and to_regclass('draft') is not null`,
  },
]
