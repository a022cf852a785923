// All acts in the order of the log, as the check of the log wants them.

import { sql, type Reader } from '../store/index.ts'
import type { KeptAct } from '../evidence/index.ts'

/** Rows read at a time. */
const PAGE = 1000

export async function* keptActs(reader: Reader): AsyncGenerator<KeptAct> {
  for (let from = 0n; ;) {
    const rows = await reader.query<{ leaf_index: bigint; content: string; salt: Uint8Array }>(
      sql`select l.leaf_index, a.content, a.salt from log_leaf l join act a on a.id = l.act
          where l.leaf_index >= ${from} order by l.leaf_index limit ${PAGE}`,
    )
    for (const r of rows) yield { index: Number(r.leaf_index), act: r.content, salt: r.salt }
    const last = rows.at(-1)
    if (rows.length < PAGE || !last) return
    from = last.leaf_index + 1n
  }
}
