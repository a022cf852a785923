// What the record itself brings: approval, correction, notices, and the queries every office needs: what waits for me, what was
// done, what I have begun, the history of a thing, one act with what it wrote.

import type { AnyCommand, Domain } from './model.ts'
import { approvalCommands, type HasFile } from './approval/commands.ts'
import { closeNotice } from './close-notice.ts'
import { correctCommand } from './correct.ts'
import { draftQuery } from './drafts.ts'
import {
  NAMELESS,
  requestFiles,
  requestSheet,
  whyAct,
  whyPosting,
  type Directory,
  type TableWords,
} from './explain/index.ts'
import { ledgerQueries } from './ledger-queries.ts'
import { recordQueries } from './queries.ts'

/** @param find commands of the whole house by name; asked only after the registry is built
 *  @param directory names for ids, from whoever knows people and regions
 *  @param hasFile whether a document was received; a house without a file store believes what it is told
 *  @param words what people call the tables that approvals show */
export const recordDomain = (
  find: (name: string) => AnyCommand | undefined,
  directory: Directory = NAMELESS,
  hasFile: HasFile = () => Promise.resolve(true),
  words: readonly TableWords[] = [],
): Domain => ({
  name: 'record',
  title: { zh: '办理与审批', en: 'acts and approval' },
  commands: [...approvalCommands(find, hasFile, words), closeNotice, correctCommand(find)],
  queries: [
    ...recordQueries,
    draftQuery(find, directory),
    requestSheet(find, directory, words),
    requestFiles(find),
    ...ledgerQueries(directory),
    whyPosting(find, directory),
    whyAct({ find, directory }, words),
  ],
})
