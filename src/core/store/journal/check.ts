// Looks over a journal without writing anything: `db check`, and before a replay from a copied folder.

import type { Problem } from '../../../kernel/index.ts'
import { folderDisk, type JournalDisk } from './disk.ts'
import { type JournalHead, NO_ENTRY } from './entry-line.ts'
import { asideName, tornLine } from './repair.ts'
import { faultList, segmentsIn, unreadable, walkJournal } from './walk.ts'

export interface JournalReport {
  readonly segments: number
  /** Whole entries. */
  readonly entries: number
  readonly head: JournalHead
  /** Personal values that stand, and that were erased. */
  readonly personal: { readonly kept: number; readonly erased: number }
  /** Damage (red) and a torn last line (yellow); none means that every byte is as it was written. */
  readonly problems: readonly Problem[]
}

/** @param start the entry before the first, as for `openJournal`. @throws ProblemError `journal.unreadable` */
export async function checkJournal(
  dir: string,
  { disk = folderDisk(dir), start = NO_ENTRY }: { readonly disk?: JournalDisk; readonly start?: JournalHead } = {},
): Promise<JournalReport> {
  const { problems, add } = faultList()
  const personal = { kept: 0, erased: 0 }
  let entries = 0
  let head = start
  try {
    const segments = await segmentsIn(disk)
    for await (const step of walkJournal({ disk, segments, before: start })) {
      if (step.kind === 'fault') add(step.problem)
      else if (step.kind === 'torn') add(tornLine(step, asideName(step.n, await disk.list())))
      else {
        entries += 1
        head = { n: step.entry.n, chain: step.entry.chain }
        for (const value of Object.values(step.entry.personal)) personal[value === null ? 'erased' : 'kept'] += 1
      }
    }
    return { segments: segments.length, entries, head, personal, problems }
  } catch (error) {
    throw unreadable(error)
  }
}
