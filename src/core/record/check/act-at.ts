// One act by its place in the log: read again only where a row of it is found to differ.

import { assert } from '../../../kernel/index.ts'
import { sql, type Reader } from '../../store/index.ts'

export async function leafOf(
  tx: Reader,
  leaf: number,
): Promise<{ readonly act: string; readonly content: string; readonly effects: string }> {
  const [row] = await tx.query<{ act: string; content: string; effects: string }>(
    sql`select l.act::text as act, a.content, a.effects from log_leaf l join act a on a.id = l.act
        where l.leaf_index = ${leaf}::int8`,
  )
  assert(row, `no act at leaf ${leaf}`)
  return row
}
