// A request as its approval sheet tells it: everything an approver signs for.

import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { address, Refused } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession, type Session } from '../api/session.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

export interface Said {
  readonly zh: string
  readonly en: string
}

export interface Filled extends Said {
  readonly path: string
  readonly value: string
  readonly valueEn?: string
}

export interface Person {
  readonly role: string
  readonly person: string
  readonly login?: string
  readonly name?: string
}

export interface StepTaken extends Said, Person {
  readonly step: string
  readonly recorded: string
  readonly standInFor?: string
  readonly paperSigner?: string
  readonly paperDate?: string
  readonly paperScan?: string
  readonly enteredByRequester?: string
}

export interface RequestSheet extends Said, Person {
  readonly id: string
  readonly clause?: string
  readonly status: string
  readonly place?: string
  readonly placeName?: string
  readonly legalDate: string
  readonly recorded: string
  readonly waitsFor?: string
  readonly declared: readonly (Said & { readonly role: string })[]
  readonly taken: readonly StepTaken[]
  readonly input: readonly Filled[]
  /** What it would touch: `override:430725:gep.r2.bulk-density:`. */
  readonly subjects: readonly string[]
  readonly outcome: readonly string[]
  readonly outcomeEn: readonly string[]
  readonly digest: string
  readonly sheet: string
  readonly leaf: string
  readonly leafHash: string
  readonly remarks?: string
}

const NOT_THERE = {
  code: 'workbench.no-request',
  severity: 'red',
  zh: '没有这件申请，或不在您的地区。',
  en: 'There is no such request, or it is not of your place.',
} as const

const asked = ({ ask, role }: Session, id: string) =>
  queryOptions({
    queryKey: ['request', id, role?.role],
    queryFn: async () => {
      const { rows } = await ask<{ rows: readonly RequestSheet[] }>(
        address('/api/v1/queries/request-sheet', { request: id }),
      )
      if (!rows[0]) throw new Refused(404, [NOT_THERE])
      return rows[0]
    },
  })

export const useRequest = (id: string) => useQuery(asked(useSession(), id))

/** Several, in the order of their ids. */
export function useRequests(ids: readonly string[]) {
  const session = useSession()
  return useQueries({ queries: ids.map((id) => asked(session, id)) })
}

/** The papers of a request that the reader may open before deciding, by the path of the field that names them. */
export function useRequestFiles(request: string): ReadonlyMap<string, string> {
  const { mayAsk } = useMenu()
  const asked = useRows('requestFiles', { input: { request } }, mayAsk('requestFiles'))
  return new Map((asked.data?.rows ?? []).map((row) => [textOf(row, 'path') ?? '', textOf(row, 'hash') ?? '']))
}
