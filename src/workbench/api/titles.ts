// What every command and query is called, also those the role may not run: an act of somebody else still has a name.
// Read from the description of the interface, once, where a table or an act needs it.

import { useQuery } from '@tanstack/react-query'
import type { Text } from '../../kernel/index.ts'
import { call } from './call.ts'

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId?: string
            readonly summary?: string
            readonly description?: string
            readonly 'x-clause'?: string
          }
        >
      >
    >
  >
}

export interface Declared {
  readonly name: string
  readonly kind: 'command' | 'query'
  readonly title: Text
  readonly clause?: string
}

async function readDeclared(): Promise<ReadonlyMap<string, Declared>> {
  const { paths } = await call<OpenApi>('/openapi.json')
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ operationId: name, summary, description, 'x-clause': clause }): Declared[] => {
      if (name === undefined || !/^\/api\/v1\/(acts|queries)\/[^/{]+$/.test(path)) return []
      const zh = summary ?? name
      const title = { zh, en: description?.split(/\n| · /)[0] ?? zh }
      return [
        {
          name,
          kind: path.includes('/acts/') ? 'command' : 'query',
          title,
          ...(clause === undefined ? {} : { clause }),
        },
      ]
    }),
  )
  return new Map(all.map((d) => [d.name, d]))
}

export function useDeclared(enabled = true) {
  return useQuery({ queryKey: ['form', 'declared'], queryFn: readDeclared, staleTime: Infinity, enabled })
}

/** What carries a secret is not offered from outside, and still stands in the record. */
const NOT_OFFERED: Readonly<Record<string, Text>> = {
  changePassword: { zh: '修改本人密码', en: 'Change one’s password' },
  resetPassword: { zh: '重设密码', en: 'Reset a password' },
  setTotp: { zh: '启用本人验证器', en: 'Use an authenticator' },
}

/** The title of a command; its name while it is unknown. */
export function useTitleOf(name: string | undefined): Text {
  const declared = useDeclared(name !== undefined)
  if (name === undefined) return { zh: '', en: '' }
  return declared.data?.get(name)?.title ?? NOT_OFFERED[name] ?? { zh: name, en: name }
}
