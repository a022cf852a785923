// What opening a journal does before the first append: all entries are checked; damage stops it with nothing
// written; a torn last line is kept aside and cut off; a whole last line gets the line feed it lacks. Afterwards
// everything that was read is on the disk, so that a replay from it cannot be lost once more.

import { type Problem, ProblemError } from '../../../kernel/index.ts'
import { type JournalDisk, type JournalFile, writeAll } from './disk.ts'
import type { JournalHead } from './entry-line.ts'
import { problem } from './problems.ts'
import { faultList, type JournalStep, type Segment, segmentOf, segmentsIn, walkJournal } from './walk.ts'

export interface OpenedSegments {
  readonly segments: readonly Segment[]
  readonly head: JournalHead
  /** The last segment, open for writing, and its size in bytes. */
  readonly file: JournalFile
  readonly end: number
  readonly problems: readonly Problem[]
}

/** @throws ProblemError all damage found */
export async function repairJournal(disk: JournalDisk, start: JournalHead): Promise<OpenedSegments> {
  await disk.makeFolder()
  const segments = await segmentsIn(disk)
  const faults = faultList()
  const yellow: Problem[] = []
  let head = start
  let torn: Extract<JournalStep, { kind: 'torn' }> | undefined
  let unended = false
  for await (const step of walkJournal({ disk, segments, before: start })) {
    if (step.kind === 'fault') faults.add(step.problem)
    else if (step.kind === 'torn') torn = step
    else {
      head = { n: step.entry.n, chain: step.entry.chain }
      unended = !step.line.ended
    }
  }
  if (faults.problems.length > 0) throw new ProblemError(faults.problems)

  const names = await disk.list()
  for (const name of names.filter((n) => n.endsWith(HALF_WRITTEN))) await disk.remove(name)
  const last = segments.at(-1)
  const file = await disk.open((last ?? segmentOf(head.n + 1)).name, last ? 'write' : 'create')
  try {
    if (torn) {
      const aside = asideName(torn.n, names)
      await writeAside(disk, aside, torn.line.bytes)
      await file.truncate(torn.line.offset)
      yellow.push(tornLine(torn, aside))
    }
    if (unended) await writeAll(file, Uint8Array.of(10), await file.size())
    await file.sync()
    await disk.syncFolder()
    const end = await file.size()
    return { segments: last ? segments : [segmentOf(head.n + 1)], head, file, end, problems: yellow }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Ends the names of files that are not yet whole; what a crash left of them goes at the next start. */
export const HALF_WRITTEN = '.tmp'
export const TORN = '.torn'

/** A name no file has yet, of the entry the torn line would have been. */
export function asideName(n: number, names: readonly string[]): string {
  const base = String(n).padStart(12, '0')
  for (let i = 1; ; i++) {
    const name = `${base}${i === 1 ? '' : `-${i}`}${TORN}`
    if (!names.includes(name)) return name
  }
}

export const tornLine = (torn: Extract<JournalStep, { kind: 'torn' }>, aside: string): Problem =>
  problem('journal.torn-line', { n: torn.n, aside }, { file: torn.segment.name, line: torn.line.number })

async function writeAside(disk: JournalDisk, name: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.open(name, 'create')
  try {
    await writeAll(file, bytes, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}
