// A role: what a person may do and see while acting in it. Roles are data files (roles/*.yaml); a request acts in one.
// Always holds: a role sees the fields of its grade and of every lower one, and never a secret.

import type { Grade, Text } from '../../../kernel/index.ts'

/** The highest grade a role may see; secret values (password hashes, keys of one-time codes) are shown to nobody. */
export type RoleGrade = Exclude<Grade, 'secret'>
export const ROLE_GRADES = ['public', 'internal', 'restricted', 'personal'] as const satisfies RoleGrade[]

/** What bounds a role: the regions of its grant, or also the organisation it was granted for (a firm, a bank, a village). */
export type RoleScope = 'place' | 'organisation'

export interface Role {
  readonly id: string
  readonly title: Text
  /** The highest grade of data it may see. */
  readonly grade: RoleGrade
  readonly scope: RoleScope
  /** What its first screen answers, as its holder would say it. */
  readonly opens: Text
  /** Names, or `group:NAME` for all commands of a group. */
  readonly commands: readonly string[]
  readonly queries: readonly string[]
  /** Roles the same person may not hold. */
  readonly conflicts: readonly string[]
}

export interface RoleBook {
  /** In the order of their ids. */
  readonly all: readonly Role[]
  find(id: string): Role | undefined
}

export function roleBook(roles: readonly Role[]): RoleBook {
  const byId = new Map(roles.map((r) => [r.id, r]))
  return { all: [...roles].sort((a, b) => (a.id < b.id ? -1 : 1)), find: (id) => byId.get(id) }
}
