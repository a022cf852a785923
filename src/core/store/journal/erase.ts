// Takes personal values out of the files of a journal (the right to erasure, 个人信息保护法 第四十七条). A file that
// holds one is written again without it under another name, synced and renamed over the old one: at every moment
// one whole file stands under its name, and no chain hash changes. Blocks the disk no longer uses may keep old
// bytes until they are used again; backups made before keep them too, and the manual says so.

import { ProblemError } from '../../../kernel/index.ts'
import { type JournalDisk, type JournalFile, writeAll } from './disk.ts'
import { lineWithout } from './entry-line.ts'
import { HALF_WRITTEN, TORN } from './repair.ts'
import { type Segment, walkJournal } from './walk.ts'

type Wanted = ReadonlySet<string>

/** Whether a file holds one of the values. @throws ProblemError on damage */
export async function holdsAny(disk: JournalDisk, segment: Segment, wanted: Wanted): Promise<boolean> {
  for await (const { entry } of entriesOf(disk, segment))
    if (Object.entries(entry.personal).some(([commitment, value]) => value !== null && wanted.has(commitment)))
      return true
  return false
}

/** Erases from files that grow no more. @returns how many values were taken out */
export async function eraseIn(disk: JournalDisk, segments: readonly Segment[], wanted: Wanted): Promise<number> {
  // Torn lines were never acknowledged and are kept for a look only; any of them may hold a piece of a value.
  for (const name of await disk.list()) if (name.endsWith(TORN)) await disk.remove(name)
  let erased = 0
  for (const segment of segments) {
    if (!(await holdsAny(disk, segment, wanted))) continue
    const half = segment.name + HALF_WRITTEN
    try {
      erased += await rewrite(disk, segment, half, wanted)
      await disk.rename(half, segment.name)
    } catch (error) {
      await disk.remove(half).catch(() => undefined)
      throw error
    }
  }
  await disk.syncFolder()
  return erased
}

async function* entriesOf(disk: JournalDisk, segment: Segment) {
  for await (const step of walkJournal({ disk, segments: [segment], before: { n: segment.first - 1 } })) {
    if (step.kind === 'fault') throw new ProblemError(step.problem)
    if (step.kind === 'entry') yield step
  }
}

/** Bytes gathered before they are written. */
const PIECE = 1024 * 1024

async function rewrite(disk: JournalDisk, segment: Segment, half: string, wanted: Wanted): Promise<number> {
  if ((await disk.list()).includes(half)) await disk.remove(half)
  const file = await disk.open(half, 'create')
  try {
    const out = gathering(file)
    let erased = 0
    for await (const { entry, line } of entriesOf(disk, segment)) {
      const changed = lineWithout(entry, line.bytes, wanted)
      erased += changed?.erased ?? 0
      await out.add(changed ? changed.bytes : Buffer.concat([line.bytes, Uint8Array.of(10)]))
    }
    await out.flush()
    await file.sync()
    return erased
  } finally {
    await file.close()
  }
}

function gathering(file: JournalFile): { add(bytes: Uint8Array): Promise<void>; flush(): Promise<void> } {
  let parts: Uint8Array[] = []
  let length = 0
  let at = 0
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(parts)
    await writeAll(file, bytes, at)
    at += bytes.length
    parts = []
    length = 0
  }
  return {
    async add(bytes) {
      parts.push(bytes)
      length += bytes.length
      if (length >= PIECE) await flush()
    },
    flush,
  }
}
