// Who sits here, and in which role: asked of the server once, kept for all pages. Always holds: where nobody is signed in
// no page is shown, and changing the role forgets what the other role was shown.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { keep, kept } from '../kept.ts'
import { Failed, Waiting } from '../states.tsx'
import { call, callForFile, Refused, type CallOptions } from './call.ts'

export interface HeldPlace {
  readonly code: string
  readonly name: string
  /** Of roles that are held for an organisation. */
  readonly organisation?: string
}

export interface HeldRole {
  readonly role: string
  readonly title: Text
  readonly places: readonly HeldPlace[]
  readonly opens: Text
}

export interface Me {
  readonly person: { readonly id: string; readonly name: string; readonly login: string }
  readonly roles: readonly HeldRole[]
  /** The password was set by somebody else, or has expired. */
  readonly mustChange: boolean
}

export interface Session {
  readonly me: Me
  readonly role: HeldRole | undefined
  readonly changeRole: (role: string) => void
  /** Calls in the role of the session. */
  readonly ask: <T>(path: string, options?: CallOptions) => Promise<T>
  readonly askFile: (path: string, options?: CallOptions) => Promise<Blob>
}

const Context = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(Context)
  if (!session) throw new Error('a page outside the session')
  return session
}

export const SESSION = ['session'] as const
const SESSION_PATH = '/api/v1/session'

/** Undefined where nobody is signed in. */
const whoSits = async (): Promise<Me | null> => {
  try {
    return await call<Me>(SESSION_PATH)
  } catch (e) {
    if (e instanceof Refused && e.status === 401) return null
    throw e
  }
}

export function SessionProvider(p: { readonly children: ReactNode; readonly signIn: ReactNode }) {
  const asked = useQueryClient()
  const who = useQuery({ queryKey: SESSION, queryFn: whoSits, staleTime: 60_000 })
  const [chosen, choose] = useState(() => kept('role'))
  const me = who.data ?? undefined
  const role = me?.roles.find((r) => r.role === chosen) ?? me?.roles[0]
  const name = role?.role
  const ask = useCallback(
    async <T,>(path: string, options: CallOptions = {}): Promise<T> => {
      try {
        return await call<T>(path, { role: name, ...options })
      } catch (e) {
        if (e instanceof Refused && e.status === 401) void asked.invalidateQueries({ queryKey: SESSION })
        throw e
      }
    },
    [name, asked],
  )
  const askFile = useCallback(
    (path: string, options: CallOptions = {}) => callForFile(path, { role: name, ...options }),
    [name],
  )
  const session = useMemo<Session | undefined>(
    () =>
      me && {
        me,
        role,
        changeRole: (to) => {
          keep('role', to)
          choose(to)
        },
        ask,
        askFile,
      },
    [me, role, ask, askFile],
  )
  if (session) return <Context value={session}>{p.children}</Context>
  if (who.isPending) return <Waiting />
  if (who.isError) return <Failed error={who.error} again={() => void who.refetch()} />
  return p.signIn
}
