// The table of certificates: one row each, from issue to its end. Names of people stand in it as commitments.

import { optional, table, type Migration, type RowOf } from '../store/index.ts'
import type { TableWords } from '../record/index.ts'
import { CERTIFICATE_KINDS, STATES } from './model.ts'

export const certificateTable = table({
  name: 'certificate',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    /** What a stranger types or scans. */
    code: 'text',
    kind: 'text',
    title_zh: 'text',
    title_en: optional('text'),
    place: 'text',
    /** Exactly one of the two, or a name alone. */
    holder_organisation: optional('uuid'),
    holder_party: optional('uuid'),
    /** As it was when issued: the name of an organisation, or the commitment of a person's. */
    holder_name: 'text',
    /** What it is about: `unit:…`, `permit:…`. */
    about: optional('text'),
    issuer: 'text',
    basis: optional('text'),
    /** `[{label, value}]`, for everybody. */
    lines: 'jsonb',
    /** The same with commitments for values. */
    personal_lines: 'jsonb',
    issued_on: 'date',
    valid_from: 'date',
    /** Empty: without end. */
    valid_to: optional('date'),
    status: 'text',
    supersedes: optional('uuid'),
    superseded_by: optional('uuid'),
    ended_on: optional('date'),
    /** Why it was replaced or revoked. */
    reason: optional('text'),
    act: 'uuid',
  },
})
export type CertificateRow = RowOf<typeof certificateTable>

/** As an approver reads it. */
const words: TableWords<keyof typeof certificateTable.columns> = {
  table: certificateTable.name,
  title: { zh: '证书', en: 'certificate' },
  columns: {
    number: { zh: '编号', en: 'number' },
    code: { zh: '核验码', en: 'code' },
    kind: { zh: '种类', en: 'kind' },
    title_zh: { zh: '名称', en: 'title' },
    place: { zh: '行政区', en: 'place' },
    holder_organisation: { zh: '持有单位', en: 'holder (organisation)' },
    holder_name: { zh: '持有人', en: 'holder' },
    about: { zh: '对象', en: 'what it is about' },
    issuer: { zh: '发证单位', en: 'issued by' },
    basis: { zh: '依据', en: 'basis' },
    lines: { zh: '内容', en: 'content' },
    issued_on: { zh: '发证日期', en: 'issued on' },
    valid_from: { zh: '有效期起', en: 'valid from' },
    valid_to: { zh: '有效期止', en: 'valid to' },
    status: { zh: '状态', en: 'status' },
    ended_on: { zh: '终止日期', en: 'ended on' },
    reason: { zh: '原因', en: 'reason' },
  },
  values: {
    kind: Object.fromEntries(CERTIFICATE_KINDS.map((k) => [k.value, k.title])),
    status: { valid: STATES.valid, superseded: STATES.superseded, revoked: STATES.revoked },
  },
}
export const certificateWords = [words]

export const certificatesMigrations: readonly Migration[] = [
  {
    id: 'certificates-0001',
    up: [
      `create table certificate (
        id uuid primary key, number text not null unique, code text not null unique, kind text not null, title_zh text not null,
        title_en text, place text not null, holder_organisation uuid, holder_party uuid, holder_name text not null, about text,
        issuer text not null, basis text, lines jsonb not null, personal_lines jsonb not null, issued_on date not null,
        valid_from date not null, valid_to date, status text not null check (status in ('valid', 'superseded', 'revoked')),
        supersedes uuid, superseded_by uuid, ended_on date, reason text, act uuid not null,
        check (valid_to is null or valid_to >= valid_from),
        check (holder_organisation is null or holder_party is null),
        check ((status = 'valid') = (ended_on is null)), check ((status = 'superseded') = (superseded_by is not null)))`,
      `create index certificate_place on certificate (place)`,
      `create index certificate_about on certificate (about)`,
      `create index certificate_holder_organisation on certificate (holder_organisation)`,
      `create index certificate_holder_party on certificate (holder_party)`,
    ],
    check: `select to_regclass('certificate') is not null`,
  },
]
