// Everything the house knows to do: commands, queries, listeners and tables of all domains, by name. Built once at start;
// two things with one name are a bug and stop it.

import { assert, ProblemError } from '../../kernel/index.ts'
import { indicatorTables } from '../indicators/index.ts'
import { ledgerTables } from '../ledger/index.ts'
import type { Table } from '../store/index.ts'
import type { AnyCommand, AnyQuery, Domain, Listener } from './model.ts'
import { recordProblem } from './problems.ts'
import { recordTables } from './schema.ts'

export interface Registry {
  readonly domains: readonly Domain[]
  readonly commands: readonly AnyCommand[]
  readonly queries: readonly AnyQuery[]
  readonly listeners: readonly Listener[]
  /** In the order in which rows may be written. */
  readonly tables: readonly Table[]
  findCommand(name: string): AnyCommand | undefined
  /** @throws ProblemError `record.unknown-command` */
  getCommand(name: string): AnyCommand
  /** @throws ProblemError `record.unknown-query` */
  getQuery(name: string): AnyQuery
}

function byName<T extends { readonly name: string }>(all: readonly T[], what: string): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const one of all) {
    assert(!map.has(one.name), `${what} ${one.name} is declared twice`)
    map.set(one.name, one)
  }
  return map
}

export function registryOf(domains: readonly Domain[]): Registry {
  const commands = domains.flatMap((d) => d.commands ?? [])
  const queries = domains.flatMap((d) => d.queries ?? [])
  const tables = [...recordTables, ...indicatorTables, ...ledgerTables, ...domains.flatMap((d) => d.tables ?? [])]
  const listeners = domains.flatMap((d) => d.listeners ?? [])
  const command = byName(commands, 'command')
  const query = byName(queries, 'query')
  byName(tables, 'table')
  byName(listeners, 'listener')
  for (const c of commands) {
    assert(/^[a-z][A-Za-z0-9]*$/.test(c.name), `command ${c.name}: imperative, camel case`)
    assert(!query.has(c.name), `${c.name} is both a command and a query`)
  }
  return {
    domains,
    commands,
    queries,
    listeners,
    tables,
    findCommand: (name) => command.get(name),
    getCommand: (name) => {
      const c = command.get(name)
      if (!c) throw new ProblemError(recordProblem('record.unknown-command', { name: name.slice(0, 60) }))
      return c
    },
    getQuery: (name) => {
      const q = query.get(name)
      if (!q) throw new ProblemError(recordProblem('record.unknown-query', { name: name.slice(0, 60) }))
      return q
    },
  }
}
