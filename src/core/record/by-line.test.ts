// On the embedded database the thread of the database writes the line of the journal together with the batch, and the next batch
// is on its way before: what a full disk, a broken file, a refusal and a thread that dies do to batches behind one another.

import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditRecord } from '../../../test/laws/record-audit.ts'
import { CLERK, codes, done, openTestHouse, type TestHouse } from '../../../test/record-house.fixture.ts'
import { checkJournal, folderDisk, openJournal, sql, StoreError, type Journal, type Store } from '../store/index.ts'
import type { AnyCommand, Domain, Outcome, Submission } from './model.ts'
import { payFirm } from './pay-firm.fixture.ts'
import { openRecorder, type Recorder } from './recorder.ts'

const domain: Domain = {
  name: 'lines',
  title: { zh: '行', en: 'lines' },
  commands: [payFirm()] as unknown as readonly AnyCommand[],
}

describe('batches whose lines the database writes', () => {
  let house: TestHouse
  let folder: string
  let journal: Journal
  let recorder: Recorder
  /** Stands in place of the number of the journal's file, while it is set. */
  let instead: number | undefined
  beforeAll(async () => {
    house = await openTestHouse('pglite', { domains: [domain] })
  })
  beforeEach(async () => {
    await house.fresh()
    instead = undefined
    folder = mkdtempSync(join(tmpdir(), 'qs-lines-'))
    await open()
    return async () => {
      await close()
      rmSync(folder, { recursive: true })
    }
  })
  afterAll(() => house.close())

  async function open(store: Store = house.store, segmentBytes?: number): Promise<void> {
    const disk = folderDisk(folder)
    journal = await openJournal(folder, {
      ...(segmentBytes === undefined ? {} : { segmentBytes }),
      disk: {
        ...disk,
        open: async (name, mode) => {
          const file = await disk.open(name, mode)
          const write: typeof file.write = (...words) =>
            instead === undefined
              ? file.write(...words)
              : Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }))
          return Object.defineProperty({ ...file, write }, 'number', { get: () => instead ?? file.number })
        },
      },
    })
    recorder = await openRecorder({ ...house.recorder.options, store, journal })
  }
  const close = async (): Promise<void> => {
    await recorder.close()
    await journal.close()
  }
  const by = (word: string): Submission => ({
    id: house.id(),
    command: 'payFirm',
    input: { word },
    person: CLERK,
    role: 'clerk',
  })
  const submit = (s: Submission): Promise<Outcome> => recorder.submit(s)
  const acts = async (): Promise<number> =>
    Number((await house.store.query<{ n: bigint }>(sql`select count(*) as n from act`))[0]!.n)
  const sound = () => auditRecord(house.store, recorder.registry.tables, [])
  const many = (n: number): readonly Submission[] => Array.from({ length: n }, (_, i) => by(String(i)))

  /** The store, counting the lines under way at once. */
  function counting(): { readonly store: Store; readonly most: () => number } {
    let [now, most] = [0, 0]
    return {
      most: () => most,
      store: {
        ...house.store,
        writeWithLine: async (...words) => {
          most = Math.max(most, ++now)
          try {
            const fate = await house.store.writeWithLine!(...words)
            // As on a slow disk.
            await new Promise((resolve) => setTimeout(resolve, 3))
            return fate
          } finally {
            now -= 1
          }
        },
      },
    }
  }

  test('stand in their order, several under way, over many files of the journal, which makes the same database again', async () => {
    await close()
    const { store, most } = counting()
    await open(store, 60_000)
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const own: Outcome[] = []
        for (let n = 0; n < 10; n++) own.push(await submit(by('x')))
        return own
      }),
    )
    const leaves = outcomes.flat().map((o) => done(o).leaf)
    expect(new Set(leaves).size).toBe(120)
    expect(most()).toBeGreaterThan(1)
    await close()
    const report = await checkJournal(folder)
    expect(report.problems).toEqual([])
    expect(report.segments).toBeGreaterThan(3)
    await house.store.empty()
    await open()
    expect(await acts()).toBe(120)
    expect(await sound()).toEqual([])
  })

  test('a disk that is full takes none of them; what is submitted again is taken once there is room', async () => {
    done(await submit(by('first')))
    const full = openSync('/dev/full', 'w')
    instead = full
    const list = many(20)
    const refused = await Promise.all(list.map(submit))
    instead = undefined
    closeSync(full)
    expect(new Set(refused.flatMap(codes))).toEqual(new Set(['journal.disk-full']))
    expect(await acts()).toBe(1)
    for (const o of await Promise.all(list.map(submit))) done(o)
    expect(await acts()).toBe(21)
    expect(await sound()).toEqual([])
    expect((await checkJournal(folder)).problems).toEqual([])
  })

  test('a file that is gone takes none of them, and what was acknowledged before is there', async () => {
    done(await submit(by('first')))
    const gone = openSync('/dev/null', 'r')
    instead = gone
    const list = many(20)
    const refused = await Promise.all(list.map(submit))
    instead = undefined
    closeSync(gone)
    expect(new Set(refused.flatMap(codes))).toEqual(new Set(['journal.write-failed']))
    await close()
    await open()
    for (const o of await Promise.all(list.map(submit))) done(o)
    expect(await acts()).toBe(21)
    expect(await sound()).toEqual([])
  })

  test('one that the database refuses is decided again with all behind it, and none is lost', async () => {
    await close()
    let n = 0
    await open({
      ...house.store,
      writeWithLine: async (...words) =>
        // Every third never reaches the database, so that those behind it find another head there.
        ++n % 3 === 0
          ? { what: 'refused', why: new StoreError('test', '40001') }
          : house.store.writeWithLine!(...words),
    })
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const own: Outcome[] = []
        for (let k = 0; k < 5; k++) own.push(await submit(by('y')))
        return own
      }),
    )
    expect(new Set(outcomes.flat().map((o) => done(o).leaf)).size).toBe(60)
    expect(await acts()).toBe(60)
    expect(await sound()).toEqual([])
    expect((await checkJournal(folder)).problems).toEqual([])
  })

  test('one of which nobody learns whether it stands: nothing more is taken until the record is opened again', async () => {
    await close()
    let n = 0
    await open({
      ...house.store,
      writeWithLine: async (...words) => {
        const fate = await house.store.writeWithLine!(...words)
        if (++n === 2) throw new Error('the thread died')
        return fate
      },
    })
    done(await submit(by('first')))
    const list = many(20)
    const outcomes = await Promise.all(list.map((s) => submit(s).catch((e: unknown) => e as Error)))
    expect(outcomes.some((o) => o instanceof Error || !o.ok)).toBe(true)
    expect(codes(await submit(by('late')))[0]).toMatch(/^(record\.reopen|journal\.unusable)$/)
    await close()
    await open()
    const again = await Promise.all(list.map(submit))
    again.forEach((o, i) => {
      const before = outcomes[i]!
      if (!(before instanceof Error) && before.ok)
        expect(done(o)).toMatchObject({ leaf: before.receipt.leaf, replayed: true })
      else done(o)
    })
    expect(await acts()).toBe(21)
    expect(await sound()).toEqual([])
  })
})
