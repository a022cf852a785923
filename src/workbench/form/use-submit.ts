// Submitting a command: the id belongs to the content, so trying the same again does nothing twice; afterwards everything
// that was asked before is asked again, since an act may change any of it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newActId } from '../act-id.ts'
import { useSession } from '../api/session.tsx'

/** What the server says of an act that was done. */
export interface Receipt {
  readonly act: string
  readonly kind: string
  readonly recorded: string
  readonly leaf: number
  readonly replayed: boolean
  readonly answer?: unknown
}

export interface Submission {
  /** `issue-permit` */
  readonly command: string
  readonly version?: number
  readonly input: unknown
}

export function useSubmit() {
  const { ask } = useSession()
  const asked = useQueryClient()
  const last = useRef({ content: '', id: '' })
  return useMutation({
    mutationFn: ({ command, version, input }: Submission) => {
      const content = JSON.stringify([command, version, input])
      if (last.current.content !== content) last.current = { content, id: newActId() }
      return ask<Receipt>(`/api/v1/acts/${command}`, {
        method: 'POST',
        body: { id: last.current.id, ...(version === undefined ? {} : { version }), input },
      })
    },
    onSuccess: async () => {
      last.current = { content: '', id: '' }
      await asked.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== 'menu' && first !== 'form' })
    },
  })
}

export type Submit = ReturnType<typeof useSubmit>
