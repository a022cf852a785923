// What kinds of documents are called, as the query that lists them declares it.

import { useQuery } from '@tanstack/react-query'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import type { QueryFormSchema } from '../form/schema.ts'
import { choicesOf } from '../table/rows.ts'

export function useKinds(): Readonly<Record<string, Text>> {
  const { ask, role } = useSession()
  const asked = useQuery({
    queryKey: ['form', 'query', 'documents', role?.role],
    queryFn: () => ask<QueryFormSchema>('/api/v1/forms/query/documents'),
    staleTime: Infinity,
  })
  return asked.data ? (choicesOf(asked.data.row.properties)['type'] ?? {}) : {}
}
