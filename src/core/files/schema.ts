// The table of attached documents: which content belongs to what, and who may see it. The content itself stands in the file
// store under its hash; one content may be attached many times.

import { optional, sql, table, type Migration, type Reader, type RowOf } from '../store/index.ts'

export const documentTable = table({
  name: 'document',
  key: ['id'],
  columns: {
    /** Of the attachment: the id of its act. */
    id: 'uuid',
    /** What it belongs to: `permit:…`. */
    about: 'text',
    hash: 'text',
    name: 'text',
    /** A key of `FILE_TYPES`. */
    type: 'text',
    /** Bytes. */
    size: 'int8',
    grade: 'text',
    note: optional('text'),
    place: 'text',
    organisation: optional('uuid'),
    status: 'text',
    act: 'uuid',
    /** From 1; empty in rows of before there were versions. */
    version: optional('int4'),
    replaces: optional('uuid'),
    replaced_by: optional('uuid'),
    /** Last day it must be kept; empty: permanently. */
    keep_until: optional('date'),
    /** Of a photo, as its camera said: the clock without a promise about its zone, degrees WGS 84. */
    taken_at: optional('text'),
    longitude: optional('numeric'),
    latitude: optional('numeric'),
    /** The photo as it was taken, which is not stored. */
    given_hash: optional('text'),
    /** Of one that was disposed of: the request, under which clause and why. */
    disposal: optional('uuid'),
    disposal_clause: optional('text'),
    disposal_reason: optional('text'),
  },
})
export type DocumentRow = RowOf<typeof documentTable>

export const filesMigrations: readonly Migration[] = [
  {
    id: 'files-0001-documents',
    up: [
      `create table document (
        id uuid primary key, about text not null, hash text not null check (hash ~ '^[0-9a-f]{64}$'), name text not null,
        type text not null, size int8 not null check (size > 0),
        grade text not null check (grade in ('public', 'internal', 'restricted', 'personal')), note text, place text not null,
        organisation uuid, status text not null check (status in ('attached', 'withdrawn')), act uuid not null)`,
      `create index document_about on document (about)`,
      `create index document_hash on document (hash)`,
    ],
    check: `select to_regclass('document') is not null`,
  },
  {
    id: 'files-0002-versions',
    before: `select exists (select 1 from pg_constraint where conname = 'document_status_check')`,
    up: [
      `alter table document add column version int4, add column replaces uuid, add column replaced_by uuid,
        add column keep_until date, add column taken_at text, add column longitude numeric, add column latitude numeric,
        add column given_hash text, drop constraint document_status_check,
        add constraint document_status_check check (status in ('attached', 'replaced', 'withdrawn')),
        add constraint document_replaced_check check ((status = 'replaced') = (replaced_by is not null)),
        add constraint document_place_check check ((longitude is null) = (latitude is null)),
        add constraint document_longitude_check check (longitude between -180 and 180),
        add constraint document_latitude_check check (latitude between -90 and 90)`,
      `create index document_keep_until on document (keep_until) where keep_until is not null`,
    ],
    check: `select pg_get_constraintdef(oid) like '%replaced%' from pg_constraint where conname = 'document_status_check'`,
  },
  {
    id: 'files-0003-disposal',
    before: `select to_regclass('document') is not null`,
    up: [
      `alter table document add column disposal uuid, add column disposal_clause text, add column disposal_reason text,
        drop constraint document_status_check, drop constraint document_replaced_check,
        add constraint document_status_check check (status in ('attached', 'replaced', 'withdrawn', 'disposed')),
        add constraint document_replaced_check check (case status when 'replaced' then replaced_by is not null
          when 'disposed' then true else replaced_by is null end),
        add constraint document_disposal_check check ((status = 'disposed') = (disposal is not null)
          and (status <> 'disposed' or keep_until is not null))`,
    ],
    check: `select pg_get_constraintdef(oid) like '%disposed%' from pg_constraint where conname = 'document_status_check'`,
  },
]

/** Every hash the record speaks of: what the file store must hold (`FileStore.check`). Withdrawn attachments are part of it, those
 *  that were disposed of are not. */
export const recordedHashes = async (reader: Reader): Promise<readonly string[]> =>
  (
    await reader.query<{ hash: string }>(
      sql`select hash from document where status <> 'disposed' union select paper_scan from request_step where paper_scan is not null order by 1`,
    )
  ).map((r) => r.hash)
