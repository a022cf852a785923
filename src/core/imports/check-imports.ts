// What `qingshan db check` asks of imports: the rows that stand are those whose digest the act holds, and every personal value they
// name is there and belongs to somebody.

import { isCommitment, type Problem } from '../../kernel/index.ts'
import { sql, type Reader } from '../store/index.ts'
import { storedDigest } from './digest.ts'
import type { AnyImport } from './model.ts'
import { importsProblem } from './problems.ts'
import type { ImportBatchRow } from './schema.ts'

export interface ImportsChecked {
  readonly batches: number
  readonly rows: number
}

/** Of a house between acts; batches that were taken back are checked too. */
export async function checkImports(
  reader: Reader,
  all: readonly AnyImport[],
  tell: (problem: Problem) => void,
): Promise<ImportsChecked> {
  const batches = await reader.query<ImportBatchRow>(sql`select * from import_batch order by id`)
  let rows = 0
  for (const batch of batches) {
    const declared = all.find((d) => d.name === batch.import)
    const values = { batch: batch.id, name: batch.file_name, file: batch.file }
    if (!declared) {
      tell(importsProblem('imports.unknown', { name: batch.import, names: all.map((d) => d.name).join('、') }))
      continue
    }
    const named = new Set<string>()
    const found = await storedDigest(reader, declared.tables, batch.id, (_, row) => {
      for (const v of Object.values(row)) if (isCommitment(v)) named.add(v)
    })
    rows += found.rows
    if (found.digest !== batch.digest) tell(importsProblem('imports.digest-differs', values))
    const kept = await reader.query<{ commitment: string }>(
      sql`select commitment from personal_value where act = ${batch.id}::uuid`,
    )
    const there = new Set(kept.map((k) => k.commitment))
    const odd = [...named].filter((c) => !there.has(c)).length + [...there].filter((c) => !named.has(c)).length
    if (odd > 0) tell(importsProblem('imports.personal-differs', { batch: batch.id, count: odd }))
  }
  return { batches: batches.length, rows }
}

/** Ids of what files brought: their personal values are no act's. */
export const broughtBatchIds = async (reader: Reader): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await reader.query<{ id: string }>(
        sql`select id::text as id from import_batch union select batch::text from import_stage`,
      )
    ).map((r) => r.id),
  )

/** Hashes of files that imports stand on: what the file store must hold. */
export const importedFiles = async (reader: Reader): Promise<readonly string[]> =>
  (await reader.query<{ file: string }>(sql`select distinct file from import_batch order by 1`)).map((r) => r.file)
