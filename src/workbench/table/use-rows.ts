// The rows of a query: searched, sorted and cut into pages at the server, over what the role may see.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { address } from '../api/call.ts'
import { kebab } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import type { Answered } from './rows.ts'

export interface Asking {
  readonly input?: Readonly<Record<string, string | undefined>>
  readonly search?: string
  readonly sort?: string | undefined
  readonly limit?: number
  readonly offset?: number
}

const words = ({ input = {}, search, sort, limit, offset }: Asking): Record<string, string | number | undefined> => ({
  ...input,
  _search: search,
  _sort: sort,
  _limit: limit,
  _offset: offset === 0 ? undefined : offset,
})

/** @param query `doneByMe` or `done-by-me` */
export function useRows(query: string, asking: Asking = {}, enabled = true) {
  const { ask, role } = useSession()
  const path = address(`/api/v1/queries/${kebab(query)}`, words(asking))
  return useQuery({
    queryKey: ['rows', path, role?.role],
    queryFn: ({ signal }) => ask<Answered>(path, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

export const exportPath = (
  query: string,
  { input, search, sort }: Asking,
  more: { readonly columns: readonly string[]; readonly format: 'csv' | 'xlsx'; readonly lang: string },
): string =>
  address(`/api/v1/queries/${kebab(query)}`, {
    ...words({ ...(input ? { input } : {}), ...(search ? { search } : {}), sort }),
    _columns: more.columns.join(','),
    _format: more.format,
    _lang: more.lang,
  })
