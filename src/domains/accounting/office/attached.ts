// A document that an act of the office brings along: the package of an account, the paper behind a changed parameter.

import type { Uuid } from '../../../kernel/index.ts'
import type { DocumentRow, StoredFile } from '../../../core/files/index.ts'

/** @param of its act has the document's id, and the file is what the act is about */
export const attached = (of: {
  readonly id: Uuid
  readonly about: string
  readonly file: Pick<StoredFile, 'hash' | 'type' | 'size'>
  readonly name: string
  readonly grade: 'public' | 'internal'
  readonly note: string | null
  readonly place: string
}): DocumentRow => ({
  id: of.id,
  about: of.about,
  hash: of.file.hash,
  name: of.name,
  type: of.file.type,
  size: BigInt(of.file.size),
  grade: of.grade,
  note: of.note,
  place: of.place,
  organisation: null,
  status: 'attached',
  act: of.id,
  version: 1,
  replaces: null,
  replaced_by: null,
  keep_until: null,
  taken_at: null,
  longitude: null,
  latitude: null,
  given_hash: null,
  disposal: null,
  disposal_clause: null,
  disposal_reason: null,
})
