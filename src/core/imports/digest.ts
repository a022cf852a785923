// The digest of what a file brought: SHA-256 over every row of every table, in the order of the lines. It stands in the act, so
// the act vouches for rows that are too many to stand in it.
// Always holds: made of rows as they are filled in and of rows as they stand in the database, it is the same.

import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/index.ts'
import { cellsOf, columnNames, name, sql, type AnyRow, type Reader, type Table } from '../store/index.ts'

/** Lines read at a time. */
const LINES = 2_000

export interface RowDigest {
  add(table: Table, row: AnyRow): void
  /** 64 hexadecimal digits. */
  end(): string
}

/** Rows of one table are added in the order of line and item; tables in any order. */
export function rowDigest(tables: readonly Table[]): RowDigest {
  const hashes = new Map(tables.map((t) => [t.name, createHash('sha256')]))
  return {
    add: (table, row) => {
      const cells = cellsOf(table, row)
      // The batch is named by what it is made of; the same rows of another batch have the same digest.
      const values = columnNames(table).flatMap((c) => (c === 'batch' ? [] : [cells[c] ?? null]))
      hashes.get(table.name)!.update(`${canonicalJson(values)}\n`)
    },
    end: () =>
      createHash('sha256')
        .update(canonicalJson(Object.fromEntries([...hashes].map(([t, h]) => [t, h.digest('hex')]))))
        .digest('hex'),
  }
}

/** Of the rows that stand in the database. @param each is told every row */
export async function storedDigest(
  reader: Reader,
  tables: readonly Table[],
  batch: string,
  each: (table: Table, row: AnyRow) => void = () => undefined,
): Promise<{ readonly digest: string; readonly rows: number }> {
  const digest = rowDigest(tables)
  let rows = 0
  for (const t of tables) {
    const [last] = await reader.query<{ most: number | null }>(
      sql`select max(line) as most from ${name(t.name)} where batch = ${batch}::uuid`,
    )
    for (let from = 0; from <= (last?.most ?? -1); from += LINES) {
      const page = await reader.query<AnyRow>(
        sql`select * from ${name(t.name)}
            where batch = ${batch}::uuid and line >= ${from}::int4 and line < ${from + LINES}::int4 order by line, item`,
      )
      for (const row of page) {
        digest.add(t, row)
        each(t, row)
      }
      rows += page.length
    }
  }
  return { digest: digest.end(), rows }
}
