// What a request will do, or an act did, in words, with the names of those it moves things between. Serves the sheet of an approval
// and the page of an act.

import type { Json, Lang } from '../../../kernel/index.ts'
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
): Promise<Readonly<Record<Lang, readonly string[]>>> {
  const { owners, assets } = outcomeWords(outcome, words)
  const names = await directory.owners(reader, owners)
  const known = await reader.query<{ code: string; unit: string; scale: number; zh: string; en: string }>(
    sql`select code, unit, scale, title_zh as zh, title_en as en from asset where code = any(${list('text', assets)})`,
  )
  const told = (lang: Lang): readonly string[] =>
    outcomeWords(
      outcome,
      words,
      {
        owner: (o) => names.get(o) ?? o,
        amount: (code, amount, made) => {
          const asset = known.find((a) => a.code === code) ?? made
          return asset ? `${asset[lang]} ${scaled(amount, asset.scale)} ${asset.unit}` : `${code} ${amount}`
        },
      },
      lang,
    ).lines
  return { zh: told('zh'), en: told('en') }
}
