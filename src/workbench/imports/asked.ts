// What the server tells of imports: which there are, what a file would bring, and how far the reading is.

import { useQuery } from '@tanstack/react-query'
import type { Text } from '../../kernel/index.ts'
import { callLines, type Said } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import type { GroupSchema } from '../form/schema.ts'
import type { Receipt } from '../form/use-submit.ts'

export interface ImportOffer {
  /** `units` */
  readonly name: string
  readonly title: Text
  readonly clause?: string
  readonly columns: GroupSchema
  readonly options: GroupSchema
  /** Maps too, not tables alone. */
  readonly maps: boolean
  /** Somebody else has to agree. */
  readonly approval: boolean
}

/** What somebody wants brought in. */
export interface Wish {
  readonly file: string
  readonly fileName: string
  readonly place: string
  readonly sheet?: string
  readonly mapping?: Readonly<Record<string, string>>
  readonly options?: Readonly<Record<string, unknown>>
}

export interface Finding {
  readonly code: string
  readonly severity: 'red' | 'yellow'
  readonly count: number
  readonly first: readonly (Said & { readonly at?: { readonly sheet?: string; readonly cell?: string } })[]
}

export interface Preview {
  readonly sheets: readonly string[]
  readonly sheet?: string
  readonly headings: readonly string[]
  readonly mapping: Readonly<Record<string, string>>
  readonly unmapped: readonly string[]
  readonly counts: {
    readonly lines: number
    readonly red: number
    readonly yellow: number
    readonly leftOut: number
  }
  readonly findings: readonly Finding[]
}

export function useImports() {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['imports', role?.role],
    queryFn: () => ask<{ readonly imports: readonly ImportOffer[] }>('/api/v1/imports'),
    staleTime: 300_000,
  })
}

export type Progress = (done: number, of: number) => void

/** Reads the file and writes nothing. */
export function usePreview(name: string, wish: Wish | undefined, progress: Progress) {
  const { role } = useSession()
  return useQuery({
    queryKey: ['import', name, wish, role?.role],
    queryFn: ({ signal }) =>
      callLines<Preview>(`/api/v1/imports/${name}/preview`, { body: wish, role: role?.role, signal, progress }),
    enabled: wish !== undefined,
    retry: false,
    staleTime: 60_000,
  })
}

export interface Accept extends Wish {
  readonly id: string
  readonly reasons: readonly { readonly code: string; readonly reason: string }[]
}

/** Brings the file in as one act. @throws Refused */
export const accept = (
  name: string,
  body: Accept,
  as: { readonly role: string | undefined; readonly progress: Progress },
) => callLines<Receipt>(`/api/v1/imports/${name}`, { body, ...as })
