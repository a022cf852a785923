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
]

/** Every hash the record speaks of: what the file store must hold (`FileStore.check`). Withdrawn attachments are part of it. */
export const recordedHashes = async (reader: Reader): Promise<readonly string[]> =>
  (
    await reader.query<{ hash: string }>(
      sql`select hash from document union select paper_scan from request_step where paper_scan is not null order by 1`,
    )
  ).map((r) => r.hash)
