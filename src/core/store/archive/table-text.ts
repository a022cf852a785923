// The rows of a table as text, in the order of its key, one page in memory at a time, and a hash over them. Both
// engines give the same text for the same value: the session settings that change texts are set first, and texts
// in a key are ordered by their bytes (collation "C"), not by the rules of a server.
//   chosen    a cursor: one sort a table, one page in memory
//   rejected  pages by key: each would sort a text key again where the server's collation is not "C"

import { createHash } from 'node:crypto'
import { assert } from '../../../kernel/index.ts'
import type { Reader, Store } from '../port.ts'
import { join, name, sql, trusted } from '../sql.ts'
import { columnNames, columnOf, type Table } from '../table.ts'
import { rowText, type TextRow } from './format.ts'

/** Rows fetched at once: few enough that long ones fit into memory, enough that the way there does not count. */
const PAGE = 200

/** Makes the texts of this transaction the same on every server. */
export async function fixTexts(tx: Reader): Promise<void> {
  for (const setting of [`timezone = 'UTC'`, `datestyle = 'ISO, YMD'`, `bytea_output = 'hex'`])
    await tx.query(trusted(`set local ${setting}`))
}

/** The rows, in pages. Within a transaction that `fixTexts` prepared; one reading of a table at a time. */
export async function* textRows(tx: Reader, table: Table): AsyncGenerator<readonly TextRow[]> {
  const columns = columnNames(table)
  const cells = columns.map((c, i) => sql`${name(c)}::text as ${trusted(`c${i}`)}`)
  const order = table.key.map(
    (k) => sql`${name(k)}${trusted(columnOf(table, k).type === 'text' ? ' collate "C"' : '')}`,
  )
  // The name has the width, since a connection remembers the shape of what a statement gave.
  const cursor = name(`archive_${columns.length}_${table.name}`)
  await tx.query(
    sql`declare ${cursor} no scroll cursor for
        select ${join(cells, ', ')} from ${name(table.name)} order by ${join(order, ', ')}`,
  )
  for (;;) {
    const rows = await tx.query<Readonly<Record<string, string | null>>>(
      sql`fetch ${trusted(String(PAGE))} from ${cursor}`,
    )
    if (rows.length > 0) yield rows.map((row) => columns.map((_, i) => row[`c${i}`] ?? null))
    if (rows.length < PAGE) break
  }
  await tx.query(sql`close ${cursor}`)
}

/** How many rows a table has, and one hash over them all: the same on every engine for the same values. */
export interface TableHash {
  readonly table: string
  readonly rows: number
  readonly sha256: string
}

/** The hashes of one moment: what a restored copy is compared by. */
export const hashTables = (store: Store, tables: readonly Table[]): Promise<readonly TableHash[]> =>
  store.transaction(
    async (tx) => {
      await fixTexts(tx)
      const hashes: TableHash[] = []
      for (const table of tables) hashes.push({ table: table.name, ...(await hashTable(tx, table)) })
      return hashes
    },
    { snapshot: true },
  )

/** Counts and hashes rows: SHA-256 over the JSON of each and a line feed. */
export function tableHash(): {
  add(text: string | Uint8Array): void
  end(): { readonly rows: number; readonly sha256: string }
} {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(text) {
      hash.update(text).update(']\n')
      rows += 1
    },
    end: () => ({ rows, sha256: hash.digest('hex') }),
  }
}

/** Count and hash of a table as it stands in the database. Within a transaction that `fixTexts` prepared. */
export async function hashTable(tx: Reader, table: Table): Promise<{ readonly rows: number; readonly sha256: string }> {
  assert(table.key.length > 0, `${table.name} has no key`)
  const hash = tableHash()
  for await (const page of textRows(tx, table)) for (const row of page) hash.add(rowText(row))
  return hash.end()
}
