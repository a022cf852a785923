// What a request will do, or an act did, in words, with the names of those it moves things between. Serves the sheet of an approval
// and the page of an act.

import type { Json } from '../../../kernel/index.ts'
import { scaled } from '../../ledger/index.ts'
import { list, sql, type Reader } from '../../store/index.ts'
import type { Directory } from './directory.ts'
import { outcomeWords } from './outcome-words.ts'
import type { TableWords } from './table-words.ts'

/** @param outcome as `outcomeOf` gives it */
export async function saidOutcome(
  reader: Reader,
  outcome: Json,
  directory: Directory,
  words: readonly TableWords[],
): Promise<readonly string[]> {
  const { owners, assets } = outcomeWords(outcome, words)
  const names = await directory.owners(reader, owners)
  const known = await reader.query<{ code: string; unit: string; scale: number; zh: string }>(
    sql`select code, unit, scale, title_zh as zh from asset where code = any(${list('text', assets)})`,
  )
  return outcomeWords(outcome, words, {
    owner: (o) => names.get(o) ?? o,
    amount: (code, amount, made) => {
      const asset = known.find((a) => a.code === code) ?? made
      return asset ? `${asset.zh} ${scaled(amount, asset.scale)} ${asset.unit}` : `${code} ${amount}`
    },
  }).lines
}
