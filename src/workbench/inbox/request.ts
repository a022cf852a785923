// A request as its approval sheet tells it: everything an approver signs for.

import { useQuery } from '@tanstack/react-query'
import { address, Refused } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

export interface Said {
  readonly zh: string
  readonly en: string
}

export interface Filled extends Said {
  readonly path: string
  readonly value: string
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
  readonly outcome: readonly string[]
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

export function useRequest(id: string) {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['request', id, role?.role],
    queryFn: async () => {
      const { rows } = await ask<{ rows: readonly RequestSheet[] }>(
        address('/api/v1/queries/request-sheet', { request: id }),
      )
      if (!rows[0]) throw new Refused(404, [NOT_THERE])
      return rows[0]
    },
  })
}

/** The papers of a request that the reader may open before deciding, by the path of the field that names them. */
export function useRequestFiles(request: string): ReadonlyMap<string, string> {
  const { mayAsk } = useMenu()
  const asked = useRows('requestFiles', { input: { request } }, mayAsk('requestFiles'))
  return new Map((asked.data?.rows ?? []).map((row) => [textOf(row, 'path') ?? '', textOf(row, 'hash') ?? '']))
}
