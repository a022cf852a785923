// What codes and ids are called: regions for everybody, organisations and people where the role may ask for them. Asked once
// for each, since one page shows the same few again and again; without an answer the code itself is shown.

import { useQuery } from '@tanstack/react-query'
import { address } from './call.ts'
import { useMenu } from './menu.ts'
import { useSession } from './session.tsx'

export type Named = 'region' | 'organisation' | 'person'

const QUERIES: Record<Named, string> = { region: 'regions', organisation: 'organisations', person: 'people' }

/** The level a code of this form stands at, so that it is found without what lies below it (GB/T 2260, GB/T 10114). */
export function levelOf(code: string): string | undefined {
  if (!/^\d{6}(\d{3}){0,2}$/.test(code)) return undefined
  if (code.length === 12) return 'village'
  if (code.length === 9) return 'township'
  return code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county'
}

type NamedRow = Readonly<Record<string, string | undefined>>

export function useNameOf(kind: Named | undefined, id: string): string | undefined {
  const { ask, role } = useSession()
  const { mayAsk } = useMenu()
  const own = kind === 'region' ? role?.places.find((p) => p.code === id)?.name : undefined
  const level = kind === 'region' ? levelOf(id) : undefined
  const asked = useQuery({
    queryKey: ['name', kind, id, role?.role],
    queryFn: async () => {
      const words = kind === 'region' ? { within: id, level } : { _search: id }
      const { rows } = await ask<{ rows: readonly NamedRow[] }>(
        address(`/api/v1/queries/${QUERIES[kind!]}`, { ...words, _limit: 1 }),
      )
      return rows[0]?.['name'] ?? rows[0]?.['login'] ?? null
    },
    enabled:
      kind !== undefined && own === undefined && mayAsk(QUERIES[kind]) && (kind !== 'region' || level !== undefined),
    staleTime: Infinity,
  })
  return own ?? asked.data ?? undefined
}
