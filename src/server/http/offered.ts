// Which commands and queries have an address: all but those that carry a secret. A hash of a password comes from the server
// alone, which asks for the present password and applies the rules.

import { describeForm } from '../../kernel/index.ts'
import { routes, type CommandRoute, type Declared, type QueryRoute } from '../../core/record/index.ts'

/** As much of the registry as may be asked from outside. */
export const offered = ({ commands, queries }: Declared): Declared => ({
  commands: commands.filter((c) => !describeForm(c.input).some((row) => row.grade === 'secret')),
  queries,
})

export interface Offered {
  readonly commands: readonly CommandRoute[]
  readonly queries: readonly QueryRoute[]
}

export function offeredRoutes(declared: Declared): Offered {
  const all = routes(offered(declared))
  return {
    commands: all.filter((r) => r.kind === 'command'),
    queries: all.filter((r) => r.kind === 'query'),
  }
}
