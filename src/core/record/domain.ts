// What the record itself brings: approval, correction, and the queries every office needs: what waits for me, what was done,
// the history of a thing, one act with what it wrote.

import type { AnyCommand, Domain } from './model.ts'
import { approvalCommands } from './approval/commands.ts'
import { correctCommand } from './correct.ts'
import { NAMELESS, requestSheet, whyPosting, type Directory } from './explain/index.ts'
import { ledgerQueries } from './ledger-queries.ts'
import { recordQueries } from './queries.ts'

/** @param find commands of the whole house by name; asked only after the registry is built
 *  @param directory names for ids, from whoever knows people and regions */
export const recordDomain = (
  find: (name: string) => AnyCommand | undefined,
  directory: Directory = NAMELESS,
): Domain => ({
  name: 'record',
  title: { zh: '办理与审批', en: 'acts and approval' },
  commands: [...approvalCommands(find), correctCommand(find)],
  queries: [...recordQueries, requestSheet(find, directory), ...ledgerQueries(directory), whyPosting(find, directory)],
})
