// Another party, by its name as far as the reader may know it, leading to its page.

import { Link } from 'wouter'
import { useLanguage } from '../language.tsx'
import type { Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { shortId } from '../words.ts'
import { calledIn } from './words.ts'

export function useParty(id: string): { readonly row: Row | undefined; readonly isPending: boolean } {
  const asked = useRows('parties', { input: { party: id }, limit: 1 }, id !== '')
  return { row: asked.data?.rows[0], isPending: asked.isPending }
}

export function PartyName({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const { row } = useParty(id)
  return <Link href={`/w/parties/${id}`}>{row ? t(calledIn(row)) : shortId(id)}</Link>
}
