// Walks over the entries of a journal and checks each byte on the way. A damaged line never stops the walk, so that
// one look names all damage; a last line that a power cut left unfinished is told apart from damage:
//   torn     no line feed at its end, or sectors of zeros where the disk had not written yet
//   damaged  anything else that does not agree with its check sum

import { type Problem, ProblemError } from '../../../kernel/index.ts'
import type { JournalDisk } from './disk.ts'
import { type JournalEntry, type JournalHead, type LineFault, readLine } from './entry-line.ts'
import { type FileLine, LINE_LIMIT, linesOf } from './lines.ts'
import { problem } from './problems.ts'

/** One file of the journal, named by the number of its first entry. */
export interface Segment {
  readonly name: string
  readonly first: number
}

export const segmentOf = (first: number): Segment => ({ name: `${String(first).padStart(12, '0')}.jsonl`, first })

export async function segmentsIn(disk: JournalDisk): Promise<readonly Segment[]> {
  const names = (await disk.list()).filter((name) => /^\d{12,15}\.jsonl$/.test(name))
  return names.map((name) => ({ name, first: Number.parseInt(name, 10) })).sort((a, b) => a.first - b.first)
}

export type JournalStep =
  | { readonly kind: 'entry'; readonly entry: JournalEntry; readonly line: FileLine; readonly segment: Segment }
  | { readonly kind: 'torn'; readonly n: number; readonly line: FileLine; readonly segment: Segment }
  | { readonly kind: 'fault'; readonly problem: Problem }

/** What the walk knows of the entry before: after damage neither its chain hash nor how many entries were lost. */
interface Before {
  readonly n: number
  readonly chain?: string
  readonly afterDamage?: true
}

/** Bytes of a disk that are written whole or not at all. */
const SECTOR = 512

export interface WalkOf {
  readonly disk: JournalDisk
  readonly segments: readonly Segment[]
  /** The entry before the first; without a chain hash where the walk starts amid the journal. */
  readonly before: { readonly n: number; readonly chain?: string }
}

export async function* walkJournal({ disk, segments, before: start }: WalkOf): AsyncGenerator<JournalStep> {
  let before: Before = start
  for (const segment of segments) {
    const last = segment === segments.at(-1)
    const step = follows(before, { n: segment.first, prev: undefined }, { file: segment.name })
    if (step) {
      yield step
      before = { n: segment.first - 1, afterDamage: true }
    }
    const file = await disk.open(segment.name, 'read')
    try {
      const size = await file.size()
      for await (const line of linesOf(file, size)) {
        const atEnd = last && line.offset + line.bytes.length + Number(line.ended) === size
        const read = entryOrFault(line, before, atEnd)
        if (read === 'torn') {
          yield { kind: 'torn', n: before.n + 1, line, segment }
        } else if ('part' in read) {
          yield { kind: 'fault', problem: damaged(segment, line, read) }
          before = { n: before.n, afterDamage: true }
        } else {
          const jump = follows(before, read, { file: segment.name, line: line.number })
          if (jump) yield jump
          yield { kind: 'entry', entry: read, line, segment }
          before = { n: read.n, chain: read.chain }
        }
      }
    } finally {
      await file.close()
    }
  }
}

/** Undefined when the entry (or a segment that starts with it) comes right after `before`. */
function follows(
  before: Before,
  entry: { readonly n: number; readonly prev: string | undefined },
  at: { readonly file: string; readonly line?: number },
): JournalStep | undefined {
  const next = before.n + 1
  if (entry.n > next && !before.afterDamage)
    return { kind: 'fault', problem: problem('journal.entries-missing', { from: next, to: entry.n - 1 }, at) }
  const joined = before.chain === undefined || entry.prev === undefined || entry.prev === before.chain
  if (entry.n < next || !joined) return { kind: 'fault', problem: problem('journal.chain-broken', { n: entry.n }, at) }
  return undefined
}

function entryOrFault(line: FileLine, before: Before, atEnd: boolean): JournalEntry | LineFault | 'torn' {
  const { bytes, ended } = line
  if (bytes.length > LINE_LIMIT) return { part: 'form', from: LINE_LIMIT + 1, to: LINE_LIMIT + 1 }
  const known: JournalHead | undefined = before.chain === undefined ? undefined : { n: before.n, chain: before.chain }
  const read = readLine(bytes, known)
  if (!('part' in read)) return ended || atEnd ? read : { part: 'end', from: bytes.length + 1, to: bytes.length + 1 }
  if (ended) return atEnd && hasUnwrittenSector(line) ? 'torn' : read
  // A whole line whose line feed alone was changed was acknowledged: that is damage and no torn write.
  if (!('part' in readLine(bytes.subarray(0, -1), known))) return { part: 'end', from: bytes.length, to: bytes.length }
  return atEnd ? 'torn' : read
}

/** A run of zeros over whole sectors (the first may have begun with the lines before): no text holds any zero. */
function hasUnwrittenSector({ bytes, offset }: FileLine): boolean {
  for (let from = bytes.indexOf(0); from >= 0; from = bytes.indexOf(0, from)) {
    let to = from
    while (bytes[to] === 0) to++
    if ((from === 0 || (offset + from) % SECTOR === 0) && (offset + to) % SECTOR === 0) return true
    from = to
  }
  return false
}

const PARTS = {
  form: { zh: '行的格式', en: 'the form of the line' },
  number: { zh: '编号', en: 'its number' },
  prev: { zh: '前一条的校验值', en: 'the hash of the entry before' },
  body: { zh: '正文', en: 'its body' },
  personal: { zh: '个人信息', en: 'its personal values' },
  end: { zh: '行尾', en: 'its line feed' },
} as const satisfies Record<LineFault['part'], { zh: string; en: string }>

function damaged(segment: Segment, line: FileLine, { part, from, to }: LineFault): Problem {
  const values = { from, to, partZh: PARTS[part].zh, partEn: PARTS[part].en, offset: line.offset + from - 1 }
  return problem('journal.damaged', values, { file: segment.name, line: line.number, column: from })
}

/** How many places of damage are told at once. */
const FAULT_LIMIT = 20

/** Collects problems; beyond FAULT_LIMIT only that there are more. */
export function faultList(): { readonly problems: readonly Problem[]; add(problem: Problem): void } {
  const problems: Problem[] = []
  return {
    problems,
    add(found) {
      if (problems.length < FAULT_LIMIT) problems.push(found)
      else if (problems.length === FAULT_LIMIT) problems.push(problem('journal.more-faults', { limit: FAULT_LIMIT }))
    },
  }
}

/** The words of the system for a failed call, without paths. */
export const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message

/** Problems pass; what else a call to the disk throws becomes `journal.unreadable`. */
export const unreadable = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError(problem('journal.unreadable', { reason: reasonOf(error) }))
