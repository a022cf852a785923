// At start the embedded database is brought up to the journal: batches it lost are written again, by number. Nothing is decided
// anew: effects are applied as they were. Afterwards the log's root must be the one the journal names.

import { ProblemError } from '../../kernel/index.ts'
import { root } from '../evidence/index.ts'
import { sql, type Journal, type Store, type Table } from '../store/index.ts'
import { recordProblem } from './problems.ts'
import { batchOf, eraseValues, readHead, readyBatch, type Head } from './write-batch.ts'

/** @throws ProblemError `journal.differs`, `journal.behind` */
export async function replayJournal(store: Store, journal: Journal, tables: readonly Table[]): Promise<Head> {
  let head = await readHead(store)
  const last = journal.head().n
  if (BigInt(last) < head.journal)
    throw new ProblemError(recordProblem('journal.behind', { journal: last, database: head.journal.toString() }))
  if (head.journal > 0n) await agrees(journal, head)
  for await (const entry of journal.read(Number(head.journal) + 1)) {
    const { batch, size, root: expected, erased } = batchOf(entry)
    head = await store.transaction(async (tx) => {
      const { after } = await readyBatch(batch, tables, head).write(tx)
      if (erased.length > 0) await tx.query(eraseValues(erased))
      const found = Buffer.from(root(after.frontier)).toString('hex')
      if (found !== expected || after.frontier.size !== size)
        throw new ProblemError(recordProblem('journal.differs', { n: entry.n, found, expected }))
      return after
    })
  }
  await finishErasing(store, journal)
  return head
}

/** An act erases in the database, and then in the journal: where the process ended in between, the journal is told again. */
async function finishErasing(store: Store, journal: Journal): Promise<void> {
  const gone = await store.query<{ commitment: string }>(
    sql`select commitment from personal_value where salt is null and value is null`,
  )
  if (gone.length > 0) await journal.erase(gone.map((g) => g.commitment))
}

/** The journal's entry at the database's place names the root that the database has. */
async function agrees(journal: Journal, head: Head): Promise<void> {
  for await (const entry of journal.read(Number(head.journal))) {
    // A journal that begins with a restore names no root for the place it begins at.
    if (BigInt(entry.n) !== head.journal) return
    const { root: expected } = batchOf(entry)
    const found = Buffer.from(root(head.frontier)).toString('hex')
    if (found !== expected) throw new ProblemError(recordProblem('journal.differs', { n: entry.n, found, expected }))
    return
  }
}
