// How a decided batch comes to the database and its line to the journal. On the embedded database the line is on the disk before
// the batch is committed: the thread of the database writes it between the statement and its commit, so that the next batch may be
// on its way already; where the file cannot be written from there, or the batch takes more than one statement, it is written here.
// Always holds: after a journal that could not be written nobody knows what the disk holds, and nothing more is taken.

import { ProblemError, type Problem } from '../../kernel/index.ts'
import type { Journal, LineFate, Reader, Store } from '../store/index.ts'
import { recordProblem } from './problems.ts'
import { journalText, type AloneStatement, type Batch, type ReadyBatch, type Written } from './write-batch.ts'

/** What a batch tells while it is written. */
export interface Told {
  /** What follows may count on it. */
  readonly written: () => void
  /** The journal has it, or may have it. */
  readonly journalled: () => void
}

export interface BatchWriter {
  /** Why nothing more is taken. */
  broken(): Problem | undefined
  /** Takes nothing more: only opening again brings database and journal together. */
  stop(): void
  /** Writes within a transaction that the caller commits. */
  write(tx: Reader, batch: Batch, ready: ReadyBatch, tell: Told): Promise<Written>
  /** Writes and commits in one go; the next may be asked for before this one has answered. Left out where the journal or the
   *  database cannot. @throws StoreError 40001 where the head or an account did not stand as expected */
  readonly writeByLine?: (alone: AloneStatement, batch: Batch, tell: Told) => Promise<Written>
}

export function batchWriter(store: Store, journal: Journal | undefined): BatchWriter {
  let broken: Problem | undefined
  const whole = (): void => {
    if (broken) throw new ProblemError(broken)
  }

  /** If the journal fails, what the disk holds is unknown. */
  async function orBreak(append: () => Promise<unknown>): Promise<void> {
    try {
      await append()
    } catch (e) {
      if (
        e instanceof ProblemError &&
        e.problems.some((p) => p.code === 'journal.write-failed' || p.code === 'journal.unusable')
      )
        broken = e.problems[0]
      throw e
    }
  }

  async function write(tx: Reader, batch: Batch, ready: ReadyBatch, tell: Told): Promise<Written> {
    // The journal may have failed for the batch before this one.
    whole()
    const writing = ready.write(tx)
    // Made while the database works.
    const text = journal && journalText(batch, ready.after)
    const written = await writing
    // On a server what follows is held by the database until this one is committed.
    if (store.engine === 'postgresql') tell.written()
    if (journal && text) {
      const { body, personal } = written.after === ready.after ? text : journalText(batch, written.after)
      await orBreak(() => journal.append(body, personal))
      tell.journalled()
    }
    return written
  }

  const byLine =
    (appendBy: NonNullable<Journal['appendBy']>, put: NonNullable<Store['writeWithLine']>) =>
    async ({ statement, wanted, written }: AloneStatement, batch: Batch, tell: Told): Promise<Written> => {
      whole()
      const { body, personal } = journalText(batch, written.after)
      const line: { handed: boolean; fate?: LineFate } = { handed: false }
      try {
        await orBreak(() =>
          appendBy(body, personal, async (bytes) => {
            line.handed = true
            return (line.fate = await put(statement, wanted, bytes))
          }),
        )
      } finally {
        // What nobody told of may stand on the disk.
        if (line.handed && (line.fate === undefined || line.fate.what === 'kept')) tell.journalled()
      }
      return written
    }

  return {
    broken: () => broken,
    stop: () => (broken = recordProblem('record.reopen')),
    write,
    ...(journal?.appendBy && store.writeWithLine
      ? { writeByLine: byLine(journal.appendBy, store.writeWithLine.bind(store)) }
      : {}),
  }
}
