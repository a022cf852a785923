// Every content that the record speaks of, wherever it speaks of it: what the file store must hold. Asked by `db check` and by
// whoever moves a house.
// Always holds: a column that the database keeps to the form of a hash is named here; a test compares the list with all tables.

import { sql, trusted, type Reader } from '../../core/store/index.ts'

/** Table and column. What is withdrawn or replaced is part of the record and stays; a document that was disposed of wants no content. */
export const FILE_COLUMNS = [
  ['document', 'hash'],
  ['request_step', 'paper_scan'],
  ['gep_account', 'package'],
  ['gep_hand_over', 'hash'],
  ['parameter_override', 'document'],
  ['letter_template', 'hash'],
  ['import_batch', 'file'],
  ['party_mandate', 'paper'],
  ['public_notice', 'list_document'],
  ['public_notice_objection', 'scan'],
] as const satisfies readonly (readonly [string, string])[]

/** Hashes, each once, in their order. */
export async function recordedFiles(reader: Reader): Promise<readonly string[]> {
  const parts = FILE_COLUMNS.map(
    ([table, column]) =>
      `select ${column} as hash from ${table} where ${column} is not null${table === 'document' ? ` and status <> 'disposed'` : ''}`,
  )
  const rows = await reader.query<{ hash: string }>(sql`${trusted(`${parts.join(' union ')} order by 1`)}`)
  return rows.map((r) => r.hash)
}
