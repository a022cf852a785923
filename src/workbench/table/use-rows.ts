// The rows of a query: searched, sorted and cut into pages at the server, over what the role may see.
// Always holds: what a query asks for that is personal goes in a body, never in an address.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { address, type CallOptions } from '../api/call.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import type { Answered } from './rows.ts'

export interface Asking {
  readonly input?: Readonly<Record<string, string | undefined>>
  readonly search?: string
  readonly sort?: string | undefined
  readonly limit?: number
  readonly offset?: number
}

/** As a file: all rows of these columns. */
export interface AsFile {
  readonly columns: readonly string[]
  readonly format: 'csv' | 'xlsx'
  readonly lang: string
}

interface Sent {
  readonly path: string
  readonly options: CallOptions
}

/** Where a question goes. @param posted with a body */
export function questionOf(query: string, asking: Asking, posted: boolean, file?: AsFile): Sent {
  const path = `/api/v1/queries/${kebab(query)}`
  const { input = {}, search, sort, limit, offset } = asking
  const page = { search, sort, limit, offset: offset === 0 ? undefined : offset, ...file }
  if (posted) {
    const given = Object.entries(page).filter(([, value]) => value !== undefined && value !== '')
    const body = { input: onlyGiven(input), ...Object.fromEntries(given) }
    return { path, options: { method: 'POST', body } }
  }
  const words = Object.fromEntries(
    Object.entries(page).map(([name, value]) => [`_${name}`, Array.isArray(value) ? value.join(',') : value]),
  ) as Record<string, string | number | undefined>
  return { path: address(path, { ...input, ...words }), options: {} }
}

const onlyGiven = (input: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ''))

/** Whether a query is asked with a body. @param query `doneByMe` or `done-by-me` */
export function usePosted(query: string): { readonly posted: boolean; readonly isPending: boolean } {
  const { menu, isPending } = useMenu()
  return { posted: menu.queries.some((q) => q.posted === true && kebab(q.name) === kebab(query)), isPending }
}

/** @param query `doneByMe` or `done-by-me` */
export function useRows(query: string, asking: Asking = {}, enabled = true) {
  const { ask, role } = useSession()
  const { posted, isPending } = usePosted(query)
  const { path, options } = questionOf(query, asking, posted)
  return useQuery({
    queryKey: ['rows', path, role?.role, options.body],
    queryFn: ({ signal }) => ask<Answered>(path, { ...options, signal }),
    placeholderData: keepPreviousData,
    // Until it is known how a query is asked, nothing of it is sent.
    enabled: enabled && !isPending,
  })
}
