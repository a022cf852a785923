// What roles are called, those of other people too: the server says so with the menu. Until it has, the code is shown.

import type { Text } from '../../kernel/index.ts'
import { useMenu } from './menu.ts'
import { useSession } from './session.tsx'

export type RoleTitles = Readonly<Record<string, Text>>

export const useRoleTitles = (): RoleTitles => useMenu().menu.roles

export function useRoleTitle(): (role: string) => Text {
  const { me } = useSession()
  const titles = useRoleTitles()
  return (role) => me.roles.find((r) => r.role === role)?.title ?? titles[role] ?? { zh: role, en: role }
}
