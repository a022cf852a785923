// Keys that serialise acts between processes on one database: locked in one order until the transaction ends.

import { list, sql, type Reader } from '../store/index.ts'

export async function lockKeys(tx: Reader, keys: readonly string[]): Promise<void> {
  const sorted = [...new Set(keys)].sort()
  if (sorted.length === 0) return
  await tx.query(
    sql`insert into subject (key) select k from unnest(${list('text', sorted)}) as u(k) order by k
        on conflict (key) do update set key = excluded.key`,
  )
}
