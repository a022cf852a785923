// A role: what a person may do and see while acting in it. Roles are data files (roles/*.yaml); a request acts in one.
// Always holds: grades are ordered, and a role sees the fields of its grade and of every lower one.

import type { Text } from '../../../kernel/index.ts'

/** How widely a field may be known, from everybody to those who must. */
export const GRADES = ['public', 'internal', 'restricted', 'personal'] as const
export type Grade = (typeof GRADES)[number]

export const maySee = (own: Grade, field: Grade): boolean => GRADES.indexOf(field) <= GRADES.indexOf(own)

/** What bounds a role: the regions of its grant, or also the organisation it was granted for (a firm, a bank, a village). */
export type RoleScope = 'place' | 'organisation'

export interface Role {
  readonly id: string
  readonly title: Text
  /** The highest grade of data it may see. */
  readonly grade: Grade
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
