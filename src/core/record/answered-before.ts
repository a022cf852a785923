// Submissions that were answered before: the same id with the same content gets the stored answer, with other content a
// refusal. Sealed values are compared by sealing again with the salts of then.

import { canonicalJson, type Instant, type Json, type Uuid } from '../../kernel/index.ts'
import { list, sql, type Reader } from '../store/index.ts'
import { refused, type Outcome } from './model.ts'
import { recordProblem } from './problems.ts'
import type { ActRow } from './schema.ts'
import { sealLike } from './seal.ts'
import type { Ready } from './waiting.ts'

/** For each submission its stored outcome; undefined for one that was not answered yet. */
export async function answeredBefore(tx: Reader, items: readonly Ready[]): Promise<(Outcome | undefined)[]> {
  if (items.length === 0) return []
  const ids = list(
    'uuid',
    items.map((i) => i.submission.id),
  )
  const rows = await tx.query<
    Pick<ActRow, 'id' | 'kind' | 'content' | 'recorded_at' | 'answer' | 'person' | 'role'> & { leaf_index: bigint }
  >(
    sql`select a.id, a.kind, a.content, a.recorded_at, a.answer, a.person, a.role, l.leaf_index
        from act a join log_leaf l on l.act = a.id where a.id = any(${ids})`,
  )
  if (rows.length === 0) return items.map(() => undefined)
  const values = await tx.query<{ act: string; path: string; commitment: string; salt: Uint8Array | null }>(
    sql`select act, path, commitment, salt from personal_value where act = any(${ids})`,
  )
  return items.map((item) => {
    const row = rows.find((r) => r.id === item.submission.id)
    if (!row) return undefined
    const stored = JSON.parse(row.content) as {
      readonly command: string
      readonly input: Json
      readonly request?: string
    }
    const earlier = new Map(values.filter((v) => v.act === row.id).map((v) => [v.path, v]))
    const now = sealLike(item.command.input, item.plain, earlier)
    const same =
      stored.request === undefined
        ? stored.command === item.command.name && canonicalJson(stored.input) === canonicalJson(now as Json)
        : item.command.name.startsWith('approve') && (now as { request?: string }).request === stored.request
    if (!same || row.person !== item.submission.person || row.role !== item.submission.role)
      return refused(recordProblem('act.replayed-differently', { id: row.id }))
    return {
      ok: true,
      receipt: {
        act: row.id as Uuid,
        kind: row.kind,
        recorded: row.recorded_at as Instant,
        leaf: Number(row.leaf_index),
        answer: row.answer,
        replayed: true,
      },
    }
  })
}
