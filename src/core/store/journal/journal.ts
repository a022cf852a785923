// The act journal: the durable memory of the embedded database, which does not sync its own files. Each batch is
// one line, written by one call and synced before `append` answers; what the database lost in a power cut is
// replayed from here. What always holds: after any failure the journal has every acknowledged entry, and at most
// the one that was under way, whole. A journal that cannot promise that any more takes nothing until it is opened
// again, since after a failed sync nobody knows what the disk holds.

import { assert, type Problem, ProblemError } from '../../../kernel/index.ts'
import { folderDisk, type JournalDisk, type JournalFile, writeAll } from './disk.ts'
import { type JournalEntry, type JournalHead, NO_ENTRY, type Personal, writeLine } from './entry-line.ts'
import { eraseIn, holdsAny } from './erase.ts'
import { LINE_LIMIT } from './lines.ts'
import type { JournalLine, LineFate } from '../port.ts'
import { problem } from './problems.ts'
import { repairJournal } from './repair.ts'
import { reasonOf, type Segment, segmentOf, unreadable, walkJournal } from './walk.ts'

export interface JournalOptions {
  /** The entry before the first of this folder; NO_ENTRY when the journal begins with the database, the head a
   *  backup names when it begins after a restore. */
  readonly start?: JournalHead
  /** A file that would grow beyond this is followed by the next one. Bytes. */
  readonly segmentBytes?: number
  readonly disk?: JournalDisk
}

export type PutLine = (line: JournalLine) => Promise<LineFate>

/** Small enough to copy and to rewrite, large enough that a county-year is a few files. */
const SEGMENT_BYTES = 16 * 1024 * 1024

export interface Journal {
  /** What opening set right (yellow). */
  readonly problems: readonly Problem[]
  /** The last acknowledged entry. */
  head(): JournalHead
  /** Appends one entry; answers once it is on the disk. Appends are taken in the order of their calls.
   *  @param body canonical JSON, without personal values
   *  @throws ProblemError `journal.disk-full`, `journal.write-failed`, `journal.unusable`, `journal.entry-too-large`:
   *  the entry is not acknowledged; only after `write-failed` and `unusable` may opening again still find it. */
  append(body: string, personal?: Personal): Promise<JournalHead>
  /** Appends one entry through whoever runs the database, who writes its line together with a transaction: the next may be handed
   *  out before this one is on the disk. Undefined where a line can only be written from here.
   *  @param put is called in the order of the calls; after a fate other than `kept` it keeps no line that was handed out before
   *  it told so, since those follow on the lost one
   *  @throws as `append`, and why the database refused */
  readonly appendBy?: (body: string, personal: Personal, put: PutLine) => Promise<JournalHead>
  /** The entries from number `from` to the head of this moment, checked again, one in memory at a time. */
  read(from?: number): AsyncGenerator<JournalEntry>
  /** Takes personal values out of all files, old ones too; what was already erased is no failure.
   *  @returns how many were taken out. @throws ProblemError `journal.erase-failed` */
  erase(commitments: Iterable<string>): Promise<number>
  close(): Promise<void>
}

/** Opens the journal of a folder, which is made when it is missing, checks all of it and sets right a torn last line.
 *  The caller holds the lock of the folder. @throws ProblemError all damage found; then nothing was written */
export async function openJournal(dir: string, options: JournalOptions = {}): Promise<Journal> {
  const disk = options.disk ?? folderDisk(dir)
  const start = options.start ?? NO_ENTRY
  const limit = options.segmentBytes ?? SEGMENT_BYTES
  const found = await repairJournal(disk, start).catch((error: unknown) => Promise.reject(unreadable(error)))
  const segments: Segment[] = [...found.segments]
  let { head, end, file } = found
  let unusable: string | undefined
  let closed = false
  let queue: Promise<unknown> = Promise.resolve()
  /** Lines handed out and not yet told of, where the last of them ends, and how often one of them was lost. */
  const handed = new Set<Promise<unknown>>()
  let next = { head, end }
  let lost = 0
  /** The file is being cut back to its last good entry. */
  let cutting: Promise<unknown> | undefined

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    assert(!closed, 'the journal is closed')
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }
  const allTold = async (): Promise<void> => {
    while (handed.size > 0) await Promise.allSettled(handed)
    await cutting
  }
  /** What needs the file for itself. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    inOrder(async () => {
      await allTold()
      try {
        return await work()
      } finally {
        next = { head, end }
      }
    })

  const fail = (error: unknown, mayStand: boolean): ProblemError => {
    const reason = reasonOf(error)
    if (mayStand) unusable = reason
    const full = !mayStand && (reason === 'ENOSPC' || reason === 'EDQUOT')
    return new ProblemError(full ? problem('journal.disk-full') : problem('journal.write-failed', { reason }))
  }

  /** After a write that failed: the file ends with the last good entry again, on the disk too. */
  async function cutBack(cause: unknown): Promise<ProblemError> {
    try {
      await file.truncate(end)
      await file.sync()
      return fail(cause, false)
    } catch (error) {
      return fail(error, true)
    }
  }

  /** Begins the next file. Until its name is on the disk no entry goes into it. */
  async function roll(): Promise<void> {
    const next = segmentOf(head.n + 1)
    let opened: JournalFile
    try {
      opened = await disk.open(next.name, 'create')
    } catch (error) {
      throw fail(error, false)
    }
    const old = file
    segments.push(next)
    file = opened
    end = 0
    try {
      await disk.syncFolder()
      await old.close()
    } catch (error) {
      throw fail(error, true)
    }
  }

  /** The line after `before`. */
  function lineAfter(before: JournalHead, body: string, personal: Personal) {
    if (unusable !== undefined) throw new ProblemError(problem('journal.unusable', { reason: unusable }))
    const { bytes, chain } = writeLine(before, body, personal)
    if (bytes.length > LINE_LIMIT) {
      const [size, most] = [bytes.length, LINE_LIMIT].map((n) => Math.ceil(n / 1024 / 1024))
      throw new ProblemError(problem('journal.entry-too-large', { size: size!, limit: most! }))
    }
    return { bytes, head: { n: before.n + 1, chain } }
  }
  const isFull = (at: number, bytes: Uint8Array): boolean => at > 0 && at + bytes.length > limit

  /** Hands out a line. @returns what is told once its fate is known */
  async function hand(
    body: string,
    personal: Personal,
    put: PutLine,
  ): Promise<{ readonly told: Promise<JournalHead> }> {
    while (cutting) await cutting
    let line = lineAfter(next.head, body, personal)
    if (isFull(next.end, line.bytes)) {
      await allTold()
      if (isFull(end, line.bytes)) await roll()
      next = { head, end }
      line = lineAfter(head, body, personal)
    }
    const at = next.end
    next = { head: line.head, end: at + line.bytes.length }
    const told = settle(put({ file: file.number!, at, bytes: line.bytes }), { ...next, lost })
    handed.add(told)
    const forget = (): void => void handed.delete(told)
    told.then(forget, forget)
    return { told }
  }

  async function settle(
    fate: Promise<LineFate>,
    mine: { readonly head: JournalHead; readonly end: number; readonly lost: number },
  ): Promise<JournalHead> {
    const known = await fate.catch((error: unknown) => {
      unusable ??= reasonOf(error)
      throw error
    })
    if (known.what === 'kept') {
      ;({ head, end } = mine)
      if (known.uncommitted) throw known.uncommitted
      return head
    }
    // Lines handed out behind it are lost with it; those handed out from now on follow the last good one.
    if (mine.lost === lost) {
      lost += 1
      next = { head, end }
    }
    if (known.what === 'refused') throw known.why
    const cut = cutBack(Object.assign(new Error(known.code), { code: known.code }))
    cutting = cut
    const failed = await cut
    if (cutting === cut) cutting = undefined
    throw known.step === 'write' ? failed : fail(known, true)
  }

  async function write(body: string, personal: Personal): Promise<JournalHead> {
    const { bytes, head: after } = lineAfter(head, body, personal)
    if (isFull(end, bytes)) await roll()
    try {
      await writeAll(file, bytes, end)
    } catch (error) {
      throw await cutBack(error)
    }
    try {
      await file.sync()
    } catch (error) {
      await cutBack(error)
      throw fail(error, true)
    }
    end += bytes.length
    head = after
    return head
  }

  async function* read(from: number): AsyncGenerator<JournalEntry> {
    const upTo = head.n
    // Of a journal that begins after a restore, what stands before its start is in the backup.
    if (from > upTo || upTo === start.n) return
    const wanted = segments.filter((_, i) => (segments[i + 1]?.first ?? Infinity) > from)
    const before = wanted[0] === segments[0] ? start : { n: wanted[0]!.first - 1 }
    let seen = from - 1
    for await (const step of walkJournal({ disk, segments: wanted, before })) {
      if (step.kind === 'fault') throw new ProblemError(step.problem)
      if (step.kind === 'torn') break
      if (step.entry.n >= from) yield step.entry
      seen = Math.max(seen, step.entry.n)
      // What follows may be half written by an append under way.
      if (seen === upTo) return
    }
    throw new ProblemError(
      problem('journal.entries-missing', { from: seen + 1, to: upTo }, { file: wanted.at(-1)!.name }),
    )
  }

  async function erase(wanted: ReadonlySet<string>): Promise<number> {
    if (unusable !== undefined) throw new ProblemError(problem('journal.unusable', { reason: unusable }))
    try {
      // The file that grows is never rewritten: entries that follow must not depend on a rename that may be lost.
      const active = segments.at(-1)!
      if (end > 0 && (await holdsAny(disk, active, wanted))) await roll()
      return await eraseIn(disk, segments.slice(0, -1), wanted)
    } catch (error) {
      if (error instanceof ProblemError) throw error
      throw new ProblemError(problem('journal.erase-failed', { reason: reasonOf(error) }))
    }
  }

  const checked = (body: string): void =>
    assert(body !== '' && !body.includes('\n'), 'the body of an entry is one line')
  return {
    problems: found.problems,
    head: () => head,
    append: (body, personal = {}) => {
      checked(body)
      return inTurn(() => write(body, personal))
    },
    ...(file.number === undefined
      ? {}
      : {
          appendBy: async (body: string, personal: Personal, put: PutLine) => {
            checked(body)
            return (await inOrder(() => hand(body, personal, put))).told
          },
        }),
    async *read(from = 1) {
      assert(!closed, 'the journal is closed')
      try {
        yield* read(from)
      } catch (error) {
        throw unreadable(error)
      }
    },
    erase: (commitments) => {
      const wanted = new Set(commitments)
      return inTurn(() => erase(wanted))
    },
    async close() {
      if (closed) return
      closed = true
      await queue
      await allTold()
      await file.close()
    },
  }
}
