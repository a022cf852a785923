// The journal beside the database: its files whole, its batches the acts of the database one by one, its roots those of the
// log. A journal that began after a restore is compared from where it begins.

import { EMPTY_FRONTIER, append, leafHash, root, type Frontier } from '../../evidence/index.ts'
import {
  checkJournal,
  hexText,
  sql,
  type Cells,
  type JournalEntry,
  type JournalHead,
  type Reader,
} from '../../store/index.ts'
import { batchOf, type PreparedAct } from '../write-batch.ts'
import { bytesOfHex, leafRows, type LeafRow } from './acts.ts'
import type { Checking } from './checking.ts'
import { checkProblem } from './problems.ts'

export interface JournalToCheck {
  readonly dir: string
  /** The entry before the first, where the journal began after a restore. */
  readonly start?: JournalHead
  /** Its entries from the first, as `Journal.read` gives them. */
  readonly read: () => AsyncIterable<JournalEntry>
}

export async function journalAgrees(tx: Reader, work: Checking, journal: JournalToCheck): Promise<void> {
  const files = await checkJournal(journal.dir, journal.start ? { start: journal.start } : {})
  for (const p of files.problems) work.tell(p)
  if (files.problems.some((p) => p.severity === 'red')) return
  const leaves = oneByOne(leafRows(tx, 'check_journal'))
  let tree: Frontier = EMPTY_FRONTIER
  let row = await leaves.next()
  const skipTo = async (leaf: number): Promise<void> => {
    while (!row.done && Number(row.value.leaf) < leaf) {
      tree = append(tree, [leafHash(bytesOfHex(row.value.entry))])
      row = await leaves.next()
    }
  }
  let n = 0
  for await (const entry of journal.read()) {
    const { batch, size, root: expected } = batchOf(entry)
    n = entry.n
    const first = size - batch.acts.length
    await skipTo(first)
    for (const [i, act] of batch.acts.entries()) {
      const leaf = first + i
      const part = row.done ? 'missing' : differing(row.value, act)
      if (part !== undefined) work.tell(checkProblem('check.journal-differs', { n, leaf, part }))
      await sealedAgree(tx, work, act, entry, leaf)
      await skipTo(leaf + 1)
    }
    if (Buffer.from(root(tree)).toString('hex') !== expected)
      work.tell(checkProblem('check.journal-differs', { n, leaf: size - 1, part: 'root' }))
    work.progress({ stage: 'journal', done: n, of: files.head.n })
  }
  const [head] = await tx.query<{ journal: bigint; size: bigint }>(sql`select journal, size from log_head where id = 1`)
  await leaves.return(undefined)
  if ((head?.journal ?? 0n) !== BigInt(n) || Number(head?.size ?? 0n) !== tree.size)
    work.tell(
      checkProblem('check.journal-short', {
        journal: n,
        acts: tree.size,
        database: String(head?.journal ?? 0n),
        stored: String(head?.size ?? 0n),
      }),
    )
}

function differing(row: LeafRow, act: PreparedAct): string | undefined {
  if (row['content'] !== act.content) return 'content'
  if (row['effects'] !== act.effects) return 'effects'
  return row['salt'] === hexText(act.salt) ? undefined : 'salt'
}

/** What is erased in one is erased in the other. */
async function sealedAgree(
  tx: Reader,
  work: Checking,
  act: PreparedAct,
  entry: JournalEntry,
  leaf: number,
): Promise<void> {
  for (const { commitment } of act.sealed) {
    const [kept] = await tx.query<Cells>(
      sql`select salt::text as salt, value from personal_value where commitment = ${commitment}`,
    )
    const here = entry.personal[commitment] ?? null
    const same =
      here === null
        ? (kept?.['salt'] ?? null) === null && (kept?.['value'] ?? null) === null
        : kept?.['salt'] === `\\x${here.salt}` && kept['value'] === here.value
    if (!same) work.tell(checkProblem('check.journal-differs', { n: entry.n, leaf, part: commitment }))
  }
}

async function* oneByOne<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T, undefined> {
  for await (const page of pages) yield* page
  return undefined
}
