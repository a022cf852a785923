// Asking for a part of an account. Always holds: a package never changes under its account, so what was answered once is kept
// while the page is open; comments and states are asked of the record and never kept.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { useRows } from '../table/use-rows.ts'
import type { Row } from '../table/rows.ts'
import type { Head } from '../../server/told/index.ts'

type Words = Readonly<Record<string, string | undefined>>

export const accountPath = (id: string, part = '', words: Words = {}): string =>
  address(`/api/v1/accounts/${id}${part === '' ? '' : `/${part}`}`, words)

export function usePart<T>(id: string, part: string, words: Words = {}, enabled = true) {
  const { ask, role } = useSession()
  const path = accountPath(id, part, words)
  return useQuery({
    queryKey: ['account', path, role?.role],
    queryFn: ({ signal }) => ask<T>(path, { signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    enabled,
  })
}

export const useHead = (id: string) => usePart<Head>(id, '')

/** The account as the record has it: number, version, status. */
export function useRegistered(id: string): Row | undefined {
  return useRows('accounts', { input: { account: id } }).data?.rows[0]
}

/** A word of the address, and how to change it; the other words stay. */
export function useWord(name: string): readonly [string | undefined, (to: string | undefined) => void] {
  const [words, setWords] = useSearchParams()
  return [
    words.get(name) ?? undefined,
    (to) =>
      setWords((before) => {
        const after = new URLSearchParams(before)
        if (to === undefined) after.delete(name)
        else after.set(name, to)
        return after
      }),
  ]
}
