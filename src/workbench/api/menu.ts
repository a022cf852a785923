// What the role of the session may run and ask, as the server lists it; every menu, button and link is drawn from this, so
// that nobody is offered what they would be refused.

import { useQuery } from '@tanstack/react-query'
import type { Text } from '../../kernel/index.ts'
import { useSession } from './session.tsx'

export interface MayRun {
  readonly name: string
  /** `/api/v1/acts/issue-permit` */
  readonly path: string
  readonly title: Text
  readonly approval?: boolean
  /** Of a query: a word of it is personal, so it is asked with a body and never stands in an address. */
  readonly posted?: boolean
  /** The chapter it belongs to. */
  readonly groupTitle?: Text
}

export interface Menu {
  readonly commands: readonly MayRun[]
  readonly queries: readonly MayRun[]
  /** Titles of all roles of the house. */
  readonly roles: Readonly<Record<string, Text>>
}

const NONE: Menu = { commands: [], queries: [], roles: {} }

export interface MenuState {
  readonly menu: Menu
  readonly isPending: boolean
  readonly mayRun: (command: string) => boolean
  readonly mayAsk: (query: string) => boolean
}

export function useMenu(): MenuState {
  const { ask, role } = useSession()
  const asked = useQuery({
    queryKey: ['menu', role?.role],
    queryFn: () => ask<Menu>('/api/v1/menu'),
    staleTime: 300_000,
    enabled: role !== undefined,
  })
  const menu = asked.data ?? NONE
  return {
    menu,
    isPending: asked.isPending && role !== undefined,
    mayRun: (command) => menu.commands.some((c) => c.name === command),
    mayAsk: (query) => menu.queries.some((q) => q.name === query),
  }
}

/** `issuePermit` as it stands in addresses: `issue-permit`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
