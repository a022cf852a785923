// What the record itself brings: approval, correction, and the queries every office needs: what waits for me, what was done,
// the history of a thing, one act with what it wrote.

import type { AnyCommand, Domain } from './model.ts'
import { approvalCommands } from './approval/commands.ts'
import { correctCommand } from './correct.ts'
import { recordQueries } from './queries.ts'

/** @param find commands of the whole house by name; asked only after the registry is built */
export const recordDomain = (find: (name: string) => AnyCommand | undefined): Domain => ({
  name: 'record',
  title: { zh: '办理与审批', en: 'acts and approval' },
  commands: [...approvalCommands(find), correctCommand(find)],
  queries: recordQueries,
})
