// The act journal: what was acknowledged is there, whatever failed, and every damaged byte is found and named.

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, placeText, type Problem, ProblemError } from '../../../kernel/index.ts'
import { checkJournal, type Journal, type JournalDisk, NO_ENTRY, openJournal, type Personal } from './index.ts'
import { type DiskFailure, memoryDisk, type MemoryDisk } from './memory-disk.fixture.ts'

const body = (i: number, length = 40): string => canonicalJson({ act: `第${i}笔`, pad: 'x'.repeat(length) })
const commitment = (i: number): string => createHash('sha256').update(`c${i}`).digest('hex')
const personal = (i: number): Personal => ({ [commitment(i)]: { salt: `s${i}`, value: { name: `张三${i}` } } })
const open = (disk: JournalDisk, segmentBytes = 1000): Promise<Journal> => openJournal('', { disk, segmentBytes })

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

const bodies = async (journal: Journal, from?: number): Promise<string[]> =>
  (await all(journal.read(from))).map((entry) => entry.body)

async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof ProblemError)) throw new Error('no problem was met', { cause: error })
  return error.problems
}

async function filled(count: number, segmentBytes = 1000): Promise<MemoryDisk> {
  const disk = memoryDisk()
  const journal = await open(disk, segmentBytes)
  for (let i = 1; i <= count; i++) await journal.append(body(i), i % 2 ? personal(i) : {})
  await journal.close()
  return disk
}

describe('entries', () => {
  test('what was appended is read back in order, over many files, from any number on', async () => {
    const disk = await filled(9)
    expect(Object.keys(disk.content()).length).toBeGreaterThan(2)
    const journal = await open(disk)
    const wanted = Array.from({ length: 9 }, (_, i) => body(i + 1))
    for (let from = 1; from <= 10; from++) expect(await bodies(journal, from)).toEqual(wanted.slice(from - 1))
    const [entry] = await all(journal.read(9))
    expect(entry).toMatchObject({ n: 9, chain: journal.head().chain, personal: personal(9) })
    expect(await checkJournal('', { disk })).toMatchObject({ entries: 9, head: journal.head(), problems: [] })
  })

  test('the chain hash of an entry is SHA-256 over the hash before, the number as 8 bytes, and the body', async () => {
    const journal = await open(memoryDisk())
    let chain = Buffer.alloc(32)
    for (let i = 1; i <= 3; i++) {
      const number = Buffer.alloc(8)
      number.writeUInt32BE(i, 4)
      chain = createHash('sha256').update(chain).update(number).update(body(i)).digest()
      expect(await journal.append(body(i))).toEqual({ n: i, chain: chain.toString('hex') })
    }
  })

  test('every line is JSON that other programs read', async () => {
    const disk = await filled(2)
    const lines = Object.values(disk.content()).join('').trimEnd().split('\n')
    expect(lines.map((l) => (JSON.parse(l) as { n: number }).n)).toEqual([1, 2])
  })

  test('appends called at once are taken in their order, each written by one call', async () => {
    const journal = await open(memoryDisk())
    const heads = await Promise.all([1, 2, 3, 4, 5].map((i) => journal.append(body(i))))
    expect(heads.map((h) => h.n)).toEqual([1, 2, 3, 4, 5])
    expect(await bodies(journal)).toEqual([1, 2, 3, 4, 5].map((i) => body(i)))
  })

  test('a journal that begins after a restore goes on from the head the backup names', async () => {
    const start = { n: 41, chain: 'ab'.repeat(32) }
    const disk = memoryDisk()
    const journal = await openJournal('', { disk, start })
    expect((await journal.append(body(1))).n).toBe(42)
    await journal.close()
    expect(await bodies(await openJournal('', { disk, start }), 42)).toEqual([body(1)])
    expect((await checkJournal('', { disk, start })).problems).toEqual([])
    expect((await problemsOf(openJournal('', { disk })))[0]!.code).toBe('journal.entries-missing')
    const other = { n: 41, chain: 'cd'.repeat(32) }
    expect((await problemsOf(openJournal('', { disk, start: other })))[0]!.code).toBe('journal.chain-broken')
  })

  test('an entry beyond the limit is refused and leaves no trace', async () => {
    const journal = await open(memoryDisk())
    const huge = JSON.stringify('x'.repeat(64 * 1024 * 1024))
    expect((await problemsOf(journal.append(huge)))[0]!.code).toBe('journal.entry-too-large')
    expect(journal.head()).toEqual(NO_ENTRY)
    expect((await journal.append(body(1))).n).toBe(1)
  })

  test('works on a real disk, with files only their owner reads', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'qingshan-journal-'))
    try {
      const folder = join(dir, 'data', 'journal')
      const journal = await openJournal(folder, { segmentBytes: 600 })
      for (let i = 1; i <= 5; i++) await journal.append(body(i), personal(i))
      expect(await journal.erase([commitment(2)])).toBe(1)
      await journal.close()
      expect(readdirSync(folder).filter((n) => !/^\d{12}\.jsonl$/.test(n))).toEqual([])
      expect(statSync(join(folder, '000000000001.jsonl')).mode & 0o077).toBe(0)
      const again = await openJournal(folder)
      expect(await bodies(again)).toEqual([1, 2, 3, 4, 5].map((i) => body(i)))
      await again.close()
      expect(await checkJournal(folder)).toMatchObject({ personal: { kept: 4, erased: 1 }, problems: [] })
      expect((await problemsOf(checkJournal(join(dir, 'nowhere'))))[0]!.code).toBe('journal.unreadable')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('erasure', () => {
  test('takes a personal value out of old and new files; numbers, bodies and chain stay', async () => {
    const disk = await filled(9)
    const journal = await open(disk)
    const before = await all(journal.read())
    expect(await journal.erase([commitment(1), commitment(5), commitment(9), commitment(77)])).toBe(3)
    expect(await journal.erase([commitment(1)])).toBe(0)
    expect(Object.values(disk.content()).join('')).not.toMatch(/"s[159]"/)
    const after = await all(journal.read())
    expect(after.map((e) => ({ ...e, personal: {} }))).toEqual(before.map((e) => ({ ...e, personal: {} })))
    expect(after[0]!.personal).toEqual({ [commitment(1)]: null })
    expect(after[2]!.personal).toEqual(personal(3))
    await journal.append(body(10))
    await journal.close()
    const report = await checkJournal('', { disk })
    expect(report).toMatchObject({ entries: 10, personal: { kept: 2, erased: 3 }, problems: [] })
  })

  test('torn lines that were kept aside go with it, since any of them may hold a piece of a value', async () => {
    const disk = await filled(3, 10_000)
    disk.put('000000000001.jsonl', disk.bytes('000000000001.jsonl').slice(0, -5))
    const journal = await open(disk)
    expect(Object.keys(disk.content())).toContain('000000000003.torn')
    await journal.erase([commitment(1)])
    expect(Object.keys(disk.content())).not.toContain('000000000003.torn')
  })

  test('a reader under way ends with the entries it began with', async () => {
    const journal = await open(await filled(9))
    const reader = journal.read()
    const first = await reader.next()
    const seen = first.done ? [] : [first.value.body]
    await journal.append(body(10))
    await journal.erase([1, 3, 5, 7, 9].map(commitment))
    for await (const entry of reader) seen.push(entry.body)
    expect(seen).toEqual(Array.from({ length: 9 }, (_, i) => body(i + 1)))
  })
})

describe('a torn last line', () => {
  test('cut at every byte, the journal keeps the whole entries, moves the rest aside and goes on', async () => {
    const whole = (await filled(3, 10_000)).bytes('000000000001.jsonl')
    const ends = [...whole].flatMap((byte, i) => (byte === 10 ? [i] : []))
    for (let cut = 0; cut <= whole.length; cut++) {
      const disk = memoryDisk(undefined, new Map([['000000000001.jsonl', whole.slice(0, cut)]]))
      const entries = ends.filter((end) => end <= cut).length
      const torn = cut > 0 && !ends.some((end) => cut === end || cut === end + 1)
      const report = await checkJournal('', { disk })
      expect([report.entries, report.problems.map((p) => p.code)]).toEqual([entries, torn ? ['journal.torn-line'] : []])
      const journal = await open(disk, 10_000)
      expect(journal.problems.map((p) => [p.code, p.severity])).toEqual(torn ? [['journal.torn-line', 'yellow']] : [])
      expect(await journal.append(body(99))).toMatchObject({ n: entries + 1 })
      await journal.close()
      expect(await checkJournal('', { disk })).toMatchObject({ entries: entries + 1, problems: [] })
      const from = entries === 0 ? 0 : ends[entries - 1]! + 1
      const aside = `00000000000${entries + 1}.torn`
      if (torn) expect(disk.content()[aside]).toBe(Buffer.from(whole.slice(from, cut)).toString('latin1'))
    }
  })

  test('a sector the disk never wrote makes a torn line of a last line that has its end', async () => {
    const disk = memoryDisk()
    const journal = await open(disk, 10_000)
    await journal.append(body(1))
    await journal.append(body(2, 3000))
    const bytes = disk.bytes('000000000001.jsonl').slice()
    disk.put('000000000001.jsonl', bytes.fill(0, 1024, 2048))
    const again = await open(disk, 10_000)
    expect(again.problems.map((p) => p.code)).toEqual(['journal.torn-line'])
    expect(await bodies(again)).toEqual([body(1)])
  })

  test('is damage when it does not end the journal', async () => {
    const disk = await filled(9)
    const first = disk.bytes('000000000001.jsonl')
    disk.put('000000000001.jsonl', first.slice(0, -10))
    const [problem] = await problemsOf(open(disk))
    expect(problem).toMatchObject({ code: 'journal.damaged', severity: 'red', at: { file: '000000000001.jsonl' } })
  })
})

describe('damage', () => {
  test('every single changed byte is named with file, line and bytes, and nothing is written', async () => {
    const good = await filled(4, 800)
    const names = Object.keys(good.content()).sort()
    expect(names.length).toBe(2)
    let found = 0
    for (const name of names) {
      const bytes = good.bytes(name)
      for (let i = 0; i < bytes.length; i++) {
        const changed = bytes.slice()
        // Zero, a line feed, a neighbouring digit or letter, a flipped high bit: in turn.
        changed[i] = [0, 10, bytes[i]! ^ 1, bytes[i]! ^ 0x80][i % 4]!
        if (changed[i] === bytes[i]) changed[i] = bytes[i]! ^ 2
        const disk = memoryDisk(undefined, new Map(names.map((n) => [n, n === name ? changed : good.bytes(n)])))
        const before = disk.content()
        const [problem] = await problemsOf(open(disk))
        expect(problem).toMatchObject({ code: 'journal.damaged', severity: 'red' })
        const start = bytes.subarray(0, i).lastIndexOf(10) + 1
        const line = [...bytes.subarray(0, start)].filter((b) => b === 10).length + 1
        const inLine = i - start + 1
        expect(problem!.at).toMatchObject({ file: name, line })
        const { from, to } = problem!.values as { from: number; to: number }
        expect([from <= inLine, inLine <= to], `${placeText(problem!.at)} byte ${inLine}: ${from} to ${to}`).toEqual([
          true,
          true,
        ])
        expect(disk.content()).toEqual(before)
        expect((await checkJournal('', { disk })).problems[0]).toEqual(problem)
        found++
      }
    }
    expect(found).toBeGreaterThan(1000)
  })

  test('all damaged lines are told at once, up to a limit', async () => {
    const disk = await filled(60, 100_000)
    const text = disk.content()['000000000001.jsonl']!.split('\n')
    const spoilt = (every: number): Uint8Array =>
      Buffer.from(text.map((l, i) => (i % every === 1 ? l.replace('"act"', '"akt"') : l)).join('\n'), 'latin1')
    disk.put('000000000001.jsonl', spoilt(20))
    const lines = (problems: readonly Problem[]) => problems.map((p) => [p.code, p.at?.line])
    expect(lines(await problemsOf(open(disk)))).toEqual([2, 22, 42].map((line) => ['journal.damaged', line]))
    disk.put('000000000001.jsonl', spoilt(2))
    const many = await problemsOf(open(disk))
    expect([many.length, many.at(-1)!.code]).toEqual([21, 'journal.more-faults'])
  })

  test('missing lines and files are named by the numbers of their entries', async () => {
    const disk = await filled(6, 100_000)
    const lines = disk.content()['000000000001.jsonl']!.split('\n')
    disk.put('000000000001.jsonl', Buffer.from(lines.toSpliced(2, 2).join('\n'), 'latin1'))
    expect(await problemsOf(open(disk))).toMatchObject([
      { code: 'journal.entries-missing', values: { from: 3, to: 4 }, at: { file: '000000000001.jsonl', line: 3 } },
    ])
    const files = await filled(9)
    const names = Object.keys(files.content()).sort()
    await files.remove(names[1]!)
    const to = Number.parseInt(names[2]!, 10) - 1
    expect(await problemsOf(open(files))).toMatchObject([
      { code: 'journal.entries-missing', values: { from: Number.parseInt(names[1]!, 10), to }, at: { file: names[2] } },
    ])
    const first = await filled(9)
    await first.remove('000000000001.jsonl')
    expect(await problemsOf(open(first))).toMatchObject([{ code: 'journal.entries-missing', values: { from: 1 } }])
  })

  test('an entry rewritten together with its hash no longer joins the next one', async () => {
    const disk = await filled(3, 100_000)
    const other = memoryDisk()
    const forged = await open(other)
    await forged.append(body(1))
    await forged.append(body(222))
    const lines = disk.content()['000000000001.jsonl']!.split('\n')
    lines[1] = Object.values(other.content()).join('').split('\n')[1]!
    disk.put('000000000001.jsonl', Buffer.from(lines.join('\n'), 'latin1'))
    expect(await problemsOf(open(disk))).toMatchObject([{ code: 'journal.chain-broken', values: { n: 3 } }])
  })
})

/** A working day: appends over several files and an erasure. Goes on after each refusal. @returns what was acknowledged */
async function workingDay(disk: JournalDisk): Promise<{ acknowledged: string[]; refused: string[]; erased: boolean }> {
  const acknowledged: string[] = []
  const refused: string[] = []
  let erased = false
  const onlyProblems = (error: unknown): void => {
    if (!(error instanceof ProblemError)) throw error
  }
  try {
    const journal = await open(disk, 900)
    for (let i = 1; i <= 7; i++) {
      const text = body(i, 20 * i)
      await journal.append(text, personal(i)).then(
        () => acknowledged.push(text),
        (error: unknown) => (onlyProblems(error), refused.push(text)),
      )
      if (i === 5) await journal.erase([commitment(1), commitment(5)]).then(() => (erased = true), onlyProblems)
    }
    await journal.close().catch(() => undefined)
  } catch (error) {
    onlyProblems(error)
  }
  return { acknowledged, refused, erased }
}

/** What must hold for whoever opens the journal after a failed day. */
async function holds(disk: MemoryDisk, day: Awaited<ReturnType<typeof workingDay>>): Promise<void> {
  const journal = await open(disk, 900)
  const found = await bodies(journal)
  expect(found.slice(0, day.acknowledged.length)).toEqual(day.acknowledged)
  const more = found.slice(day.acknowledged.length)
  expect(more.length).toBeLessThanOrEqual(1)
  expect(day.refused).toEqual(expect.arrayContaining(more))
  if (day.erased) expect(Object.values(disk.content()).join('')).not.toMatch(/"s[15]"/)
  expect((await journal.append(body(99))).n).toBe(found.length + 1)
  await journal.close()
  expect((await checkJournal('', { disk })).problems).toEqual([])
}

const FAILURES: readonly Omit<DiskFailure, 'at'>[] = [
  { code: 'EIO', write: 0 },
  { code: 'ENOSPC', write: 37 },
  { code: 'ENOSPC', write: 'short' },
  { code: 'EIO', write: 1e9 },
  { code: 'EIO', write: 100, forGood: true },
]

describe('failing calls', () => {
  test('with any one call failing, reopening finds what was acknowledged and at most the one under way', async () => {
    const quiet = memoryDisk()
    expect((await workingDay(quiet)).refused).toEqual([])
    const calls = quiet.calls()
    expect(calls).toBeGreaterThan(60)
    for (const kind of FAILURES)
      for (let at = 1; at <= calls; at++) {
        const disk = memoryDisk({ ...kind, at })
        const day = await workingDay(disk)
        await holds(disk.afterKill(), day)
      }
  })

  test('after a full disk the journal goes on, since it could cut the entry off again', async () => {
    let full = 0
    for (let at = 1; at < 30; at++) {
      const disk = memoryDisk({ at, code: 'ENOSPC', write: 'short' })
      const journal = await open(disk).catch(() => undefined)
      if (!journal) continue
      const refused = await journal.append(body(1)).catch((error: ProblemError) => error.problems[0]!.code)
      if (refused !== 'journal.disk-full') continue
      full++
      expect(await journal.append(body(1))).toMatchObject({ n: 1 })
      expect(await bodies(journal)).toEqual([body(1)])
    }
    expect(full).toBe(1)
  })

  test('after a failed sync nothing more is acknowledged until the journal is opened again', async () => {
    const probe = memoryDisk()
    await open(probe)
    const disk = memoryDisk({ at: probe.calls() + 2, code: 'EIO' })
    const journal = await open(disk)
    expect((await problemsOf(journal.append(body(1))))[0]!.code).toBe('journal.write-failed')
    expect((await problemsOf(journal.append(body(2))))[0]!.code).toBe('journal.unusable')
    expect((await problemsOf(journal.erase([])))[0]!.code).toBe('journal.unusable')
    expect(await bodies(await open(disk))).toEqual([])
  })

  test('a power cut at any moment, with any of the unsynced sectors written, loses nothing acknowledged', async () => {
    const cut = fc.record({ at: fc.integer({ min: 1, max: 130 }), choices: fc.infiniteStream(fc.nat()) })
    await fc.assert(
      fc.asyncProperty(cut, async ({ at, choices }) => {
        const disk = memoryDisk({ at, code: 'EIO', write: 1e9, forGood: true })
        const day = await workingDay(disk)
        const after = disk.afterPowerCut((most) => (choices.next().value as number) % (most + 1))
        await holds(after, day)
      }),
      { numRuns: 400 },
    )
  })
})

test('a real file is the same text as on the disk in memory', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'qingshan-journal-'))
  try {
    const journal = await openJournal(dir, { segmentBytes: 100_000 })
    for (let i = 1; i <= 4; i++) await journal.append(body(i), i % 2 ? personal(i) : {})
    await journal.close()
    const disk = await filled(4, 100_000)
    expect(readFileSync(join(dir, '000000000001.jsonl')).equals(disk.bytes('000000000001.jsonl'))).toBe(true)
  } finally {
    rmSync(dir, { recursive: true })
  }
})
