// What codes and ids are called: regions, organisations and people, as far as the role is told. Asked once for each, since one page
// shows the same few again and again; without an answer the code itself is shown.

import { useQuery } from '@tanstack/react-query'
import { MASK } from '../../kernel/index.ts'
import { address } from './call.ts'
import { useSession } from './session.tsx'

export type Named = 'region' | 'organisation' | 'person'

/** The level a code of this form stands at, so that it is found without what lies below it (GB/T 2260, GB/T 10114). */
export function levelOf(code: string): string | undefined {
  if (!/^\d{6}(\d{3}){0,2}$/.test(code)) return undefined
  if (code.length === 12) return 'village'
  if (code.length === 9) return 'township'
  return code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county'
}

export interface NamedRow {
  readonly name?: string
  readonly login?: string
  readonly organisation?: string
}

/** A person's own name where the role may see it, else where they work and their login name. */
export function calledOf({ name, login, organisation }: NamedRow): string | null {
  if (login === undefined) return name ?? organisation ?? null
  if (name !== undefined && name !== MASK) return name
  return [organisation, login].filter(Boolean).join(' ')
}

/** @param id of a person also the login name */
export function useNameOf(kind: Named | undefined, id: string): string | undefined {
  const { ask, role } = useSession()
  const own = kind === 'region' ? role?.places.find((p) => p.code === id)?.name : undefined
  const level = kind === 'region' ? levelOf(id) : undefined
  const asked = useQuery({
    queryKey: ['name', kind, id, role?.role],
    queryFn: async () => {
      const path =
        kind === 'region'
          ? address('/api/v1/queries/regions', { within: id, level, _limit: 1 })
          : address('/api/v1/queries/names', { who: id, _limit: 1 })
      const { rows } = await ask<{ rows: readonly NamedRow[] }>(path)
      return rows[0] ? calledOf(rows[0]) : null
    },
    enabled: kind !== undefined && own === undefined && (kind !== 'region' || level !== undefined),
    staleTime: Infinity,
  })
  return own ?? asked.data ?? undefined
}

/** What a person is called; the id or login name itself until that is known, or where it need not be asked. */
export const usePersonName = (who: string, asks = true): string => useNameOf(asks ? 'person' : undefined, who) ?? who
