// Every call to the database and to the journal's disk failed once, one at a time, over a short history: whoever was not
// answered submits again with the same id, and in the end each act stands once and the auditor finds nothing.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ProblemError, type Uuid } from '../../src/kernel/index.ts'
import { openRecorder, type Outcome, type Recorder, type Submission } from '../../src/core/record/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { memoryDisk, type MemoryDisk } from '../../src/core/store/journal/memory-disk.fixture.ts'
import {
  openJournal,
  StoreError,
  type Engine,
  type Journal,
  type Reader,
  type Store,
  storeProblem,
} from '../../src/core/store/index.ts'
import { nurseryDomain, nurseryMigrations } from '../nursery.fixture.ts'
import { CLERK, FIRM_1, FIRM_2, openTestHouse, PERMIT, REVIEWER, type TestHouse } from '../record-house.fixture.ts'
import { auditRecord } from './record-audit.ts'

/** `npm test` fails one call of so many; the soak fails each. */
const STRIDE = process.env['QINGSHAN_SOAK'] === undefined ? 29 : 1

const gone = (): Error => new ProblemError(storeProblem('store.unreachable', { why: 'test' }))
/** How a call fails: as the drivers tell it. */
const WAYS = {
  'is lost': gone,
  'finds the disk full': () => new ProblemError(storeProblem('store.full', { why: 'test' })),
  'is refused': () => new StoreError('test', 'XX000'),
  'gives way to another': () => new StoreError('test', '40001'),
} as const

interface Counted extends Store {
  readonly calls: () => number
}

/** A store whose `at`-th call fails, statements and commits counted alike. @param after the commit is done all the same */
function failing(store: Store, at: number, error: () => Error, after = false): Counted {
  let calls = 0
  const call = (): void => {
    calls += 1
    if (calls === at) throw error()
  }
  const reader = (db: Reader): Reader => ({
    engine: db.engine,
    query: async (q) => {
      if (!after) call()
      return db.query(q)
    },
  })
  return {
    ...store,
    ...reader(store),
    transaction: async (run, options) => {
      const result = await store.transaction(async (tx) => {
        const done = await run(reader(tx))
        if (!after) call()
        return done
      }, options)
      if (after) call()
      return result
    },
    ...(store.writeWithLine === undefined
      ? {}
      : {
          writeWithLine: async (...words) => {
            try {
              if (!after) call()
            } catch (why) {
              if (why instanceof StoreError) return { what: 'refused', why }
              throw why
            }
            const fate = await store.writeWithLine!(...words)
            if (after) call()
            return fate
          },
        }),
    calls: () => calls,
  }
}

/** A journal in memory is written by the recorder, one in a folder by the thread of the database. */
const PLACES = ENGINES.flatMap((engine): readonly { readonly engine: Engine; readonly journalIn: string }[] =>
  engine === 'pglite'
    ? [
        { engine, journalIn: 'memory' },
        { engine, journalIn: 'a folder' },
      ]
    : [{ engine, journalIn: 'none' }],
)

describe.each(PLACES)('each call fails once on $engine, journal in $journalIn', ({ engine, journalIn }) => {
  let house: TestHouse
  let disk: MemoryDisk
  let folder: string
  let journal: Journal | undefined
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [nurseryDomain], migrations: nurseryMigrations })
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qs-failures-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  afterAll(() => house.close())

  async function open(store: Store): Promise<Recorder> {
    const { journal: _, ...options } = house.recorder.options
    if (journalIn === 'memory') journal = await openJournal('journal', { disk })
    else if (journalIn === 'a folder') journal = await openJournal(folder)
    try {
      return await openRecorder({ ...options, store, ...(journal ? { journal } : {}) })
    } catch (e) {
      await journal?.close()
      throw e
    }
  }

  const script = (): readonly (readonly Submission[])[] => {
    const by = (command: string, input: unknown, person: Uuid = CLERK, role = 'clerk'): Submission => ({
      id: house.id(),
      command,
      input,
      person,
      role,
    })
    const grower = by('enrolGrower', { name: '欧阳某某' })
    const permit = by('issuePermit', PERMIT)
    const transfer = (amountKg: string) =>
      by('transferPermit', {
        seller: FIRM_1,
        buyer: FIRM_2,
        pollutant: 'COD',
        amountKg,
        place: '430100',
        on: '2026-03-02',
        contract: '示范',
      })
    const visit = () => by('visitGrower', { grower: grower.id })
    return [
      [grower, permit],
      [
        by('approve', { request: permit.id }, REVIEWER, 'reviewer'),
        by('publishFigure', { period: '2025', trees: '5', fit: true }),
        visit(),
      ],
      [transfer('3'), transfer('4'), visit(), visit()],
      [by('forgetGrower', { grower: grower.id })],
    ]
  }

  /** Runs the history; what was not answered well is submitted again, after opening again where that is asked for. */
  async function run(store: Store): Promise<readonly string[]> {
    const steps = script()
    let recorder = await open(store).catch(() => open(house.store))
    const submit = (s: Submission): Promise<Outcome | Error> => recorder.submit(s).catch((e: unknown) => e as Error)
    for (const group of steps) {
      let left = group
      for (let tries = 0; left.length > 0 && tries < 4; tries++) {
        const outcomes = await Promise.all(left.map(submit))
        left = left.filter((_, i) => outcomes[i] instanceof Error || !(outcomes[i] as Outcome).ok)
        if (left.length === 0) break
        await recorder.close()
        await journal?.close().catch(() => undefined)
        disk = disk.afterKill()
        recorder = await open(house.store)
      }
      if (left.length > 0) return [`not taken: ${left.map((s) => s.command).join(' ')}`]
    }
    await recorder.close()
    await journal?.close().catch(() => undefined)
    disk = disk.afterKill()
    recorder = await open(house.store)
    const again = await Promise.all(steps.flat().map(submit))
    await recorder.close()
    const wrong = await auditRecord(house.store, recorder.registry.tables, ['欧阳某某'])
    const acts = await house.store.query<{ n: bigint }>({ pieces: ['select count(*) as n from act'] })
    return [
      ...wrong,
      ...(acts[0]!.n === BigInt(steps.flat().length) ? [] : [`${acts[0]!.n} acts`]),
      ...(again.every((o) => !(o instanceof Error) && o.ok && o.receipt.replayed) ? [] : ['not the stored answers']),
    ]
  }

  async function fresh(failure?: Parameters<typeof memoryDisk>[0]): Promise<void> {
    await house.fresh()
    disk = memoryDisk(failure)
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
  }

  async function countCalls(after: boolean): Promise<number> {
    await fresh()
    const store = failing(house.store, 0, gone, after)
    expect(await run(store)).toEqual([])
    return store.calls()
  }

  test.each(Object.entries(WAYS))('a call to the database that %s', async (way, error) => {
    const calls = await countCalls(false)
    for (let at = 1 + (way.length % STRIDE); at <= calls; at += STRIDE) {
      await fresh()
      expect(await run(failing(house.store, at, error)), `call ${at}`).toEqual([])
    }
  })

  test('a commit of which nobody learns', async () => {
    const commits = await countCalls(true)
    for (let at = 1; at <= commits; at++) {
      await fresh()
      expect(await run(failing(house.store, at, gone, true)), `commit ${at}`).toEqual([])
    }
  })

  // What a disk does to a line that the database's thread writes: src/core/record/by-line.test.ts.
  test.each(
    journalIn !== 'memory'
      ? []
      : [
          { code: 'ENOSPC', write: 'short' as const },
          { code: 'EIO', write: 7 },
        ],
  )('a call to the disk of the journal that ends with $code', async (failure) => {
    await fresh()
    const first = disk
    expect(await run(house.store)).toEqual([])
    const calls = first.calls()
    for (let at = 1; at <= calls; at += Math.min(9, STRIDE)) {
      await fresh({ at, ...failure })
      expect(await run(house.store), `call ${at}`).toEqual([])
    }
  })
})
