// What was begun and not submitted, kept at the server for its owner: found again from any machine, gone when submitted or
// dropped. Personal and secret values are not kept, and the person is told which.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Text } from '../../kernel/index.ts'
import { newActId } from '../act-id.ts'
import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import type { Group, Value } from './values.ts'

export interface Draft extends Text {
  readonly draft: string
  /** `issuePermit` */
  readonly command: string
  readonly saved: string
  /** JSON */
  readonly input: string
  readonly gone?: string
}

export function useDrafts() {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['drafts', role?.role],
    queryFn: async () =>
      (await ask<{ rows: readonly Draft[] }>(address('/api/v1/queries/drafts', { _limit: 100 }))).rows,
  })
}

export interface SavedDraft {
  readonly draft: string
  readonly leftOut: readonly Text[]
}

export function useSaveDraft() {
  const { ask } = useSession()
  const asked = useQueryClient()
  return useMutation({
    mutationFn: ({
      draft = newActId(),
      command,
      input,
    }: {
      draft?: string | undefined
      command: string
      input: unknown
    }) => ask<SavedDraft>(`/api/v1/drafts/${draft}`, { method: 'PUT', body: { command, input } }),
    onSuccess: () => asked.invalidateQueries({ queryKey: ['drafts'] }),
  })
}

export function useDropDraft() {
  const { ask } = useSession()
  const asked = useQueryClient()
  return useMutation({
    mutationFn: (draft: string) => ask(`/api/v1/drafts/${draft}`, { method: 'DELETE' }),
    onSettled: () => asked.invalidateQueries({ queryKey: ['drafts'] }),
  })
}

/** JSON as it is filled in: numbers are text. */
export function valueOf(json: unknown): Value {
  if (typeof json === 'number') return String(json)
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (Array.isArray(json)) return json.map(valueOf)
  if (typeof json !== 'object' || json === null) return undefined
  return Object.fromEntries(Object.entries(json).map(([name, v]) => [name, valueOf(v)]))
}

export const groupOf = (draft: Draft): Group => valueOf(JSON.parse(draft.input)) as Group
