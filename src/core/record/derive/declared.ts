// What everything in this folder is derived from: the commands and queries that the domains declare, and the addresses
// that follow from their names.

import type { AnyCommand, AnyQuery } from '../model.ts'

/** The registry is one. */
export interface Declared {
  readonly commands: readonly AnyCommand[]
  readonly queries: readonly AnyQuery[]
}

/** `issuePermit` → `issue-permit` */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** `issuePermit` → `IssuePermit` */
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
