// A small house for tests of the record: the market's commands over a fresh database of either engine, a clock that the test
// turns, randomness from a counter, and everybody allowed. The journal stands in a temporary folder on the embedded engine.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { indicatorMigrations } from '../src/core/indicators/index.ts'
import { ledgerMigrations } from '../src/core/ledger/index.ts'
import {
  openRecorder,
  recordDomain,
  recordMigrations,
  registryOf,
  type AnyCommand,
  type Domain,
  type HasFile,
  type Outcome,
  type Permit,
  type Receipt,
  type Recorder,
} from '../src/core/record/index.ts'
import type { RuleBook } from '../src/core/rules/index.ts'
import { openTestStore, type TestStore } from '../src/core/store/fresh-store.fixture.ts'
import { openJournal, type Engine, type Migration } from '../src/core/store/index.ts'
import { marketDomain, marketMigrations } from '../src/domains/market/index.ts'
import { idMaker, instant, problemText, type Instant, type Uuid } from '../src/kernel/index.ts'

export const MIGRATIONS: readonly Migration[] = [
  ...ledgerMigrations,
  ...indicatorMigrations,
  ...recordMigrations,
  ...marketMigrations,
]

export const everybodyMay: Permit = (_, asks) =>
  Promise.resolve(asks.map((a) => ({ person: a.person, role: a.role, place: a.place ?? '' })))

/** Bytes nobody foresees in life, and everybody in a test. */
export function counted(seed: string): (count: number) => Uint8Array {
  let n = 0
  return (count) => {
    const chunks: Buffer[] = []
    for (let have = 0; have < count; have += 32) chunks.push(createHash('sha256').update(`${seed} ${n++}`).digest())
    return Uint8Array.from(Buffer.concat(chunks).subarray(0, count))
  }
}

export interface TestHouse {
  readonly store: TestStore
  readonly journalDir: string | undefined
  recorder: Recorder
  now: Instant
  readonly id: () => Uuid
  /** Opens the recorder again over the same database and journal. */
  reopen(): Promise<void>
  fresh(): Promise<void>
  close(): Promise<void>
}

export async function openTestHouse(
  engine: Engine,
  more: {
    readonly domains?: readonly Domain[]
    readonly migrations?: readonly Migration[]
    readonly permit?: Permit
    readonly hasFile?: HasFile
  } = {},
): Promise<TestHouse> {
  const store = await openTestStore(engine, [...MIGRATIONS, ...(more.migrations ?? [])])
  const found: { by?: (name: string) => AnyCommand | undefined } = {}
  const registry = registryOf([
    recordDomain((name) => found.by?.(name), undefined, more.hasFile),
    marketDomain,
    ...(more.domains ?? []),
  ])
  found.by = registry.findCommand
  const random = counted(engine)
  let journalDir = engine === 'pglite' ? mkdtempSync(join(tmpdir(), 'qs-journal-')) : undefined
  const open = async (): Promise<Recorder> =>
    openRecorder({
      store,
      registry,
      permit: more.permit ?? everybodyMay,
      rules: {} as RuleBook,
      now: () => house.now,
      random,
      zone: '+08:00',
      ...(journalDir === undefined ? {} : { journal: await openJournal(journalDir) }),
    })
  const house: TestHouse = {
    store,
    get journalDir() {
      return journalDir
    },
    recorder: undefined as unknown as Recorder,
    now: instant('2026-03-02T01:00:00.000Z'),
    id: idMaker({ now: () => house.now, random: counted(`ids ${engine}`) }),
    reopen: async () => {
      await house.recorder.close()
      await house.recorder.options.journal?.close()
      house.recorder = await open()
    },
    fresh: async () => {
      await store.empty()
      await house.recorder.close()
      await house.recorder.options.journal?.close()
      if (journalDir !== undefined) {
        rmSync(journalDir, { recursive: true })
        journalDir = mkdtempSync(join(tmpdir(), 'qs-journal-'))
      }
      house.recorder = await open()
    },
    close: async () => {
      await house.recorder.close()
      await house.recorder.options.journal?.close()
      await store.close()
      if (journalDir !== undefined) rmSync(journalDir, { recursive: true })
    },
  }
  house.recorder = await open()
  return house
}

export const CLERK = '0190a5b4-0000-7000-8000-00000000000c' as Uuid
export const REVIEWER = '0190a5b4-0000-7000-8000-00000000000d' as Uuid
export const TRADER = '0190a5b4-0000-7000-8000-00000000000e' as Uuid
export const FIRM_1 = '0190a5b4-0000-7000-8000-0000000000f1' as Uuid
export const FIRM_2 = '0190a5b4-0000-7000-8000-0000000000f2' as Uuid

/** The receipt of an outcome. @throws with the problems in words if it was refused */
export function done(outcome: Outcome): Receipt {
  if (!outcome.ok) throw new Error(outcome.problems.map((p) => `${p.code}: ${problemText(p, 'en')}`).join('\n'))
  return outcome.receipt
}
export const codes = (outcome: Outcome): readonly string[] => (outcome.ok ? [] : outcome.problems.map((p) => p.code))

export const PERMIT = {
  firm: FIRM_1,
  pollutant: 'COD',
  amountKg: '1000',
  place: '430100',
  decidedOn: '2026-03-01',
  validFrom: '2026-01-01',
  validTo: '2030-12-31',
  basis: '示范〔2026〕1 号',
} as const

export async function issue(house: TestHouse, input: Readonly<Record<string, unknown>> = {}): Promise<Receipt> {
  const asked = done(
    await house.recorder.submit({
      id: house.id(),
      command: 'issuePermit',
      input: { ...PERMIT, ...input },
      person: CLERK,
      role: 'department-contact',
    }),
  )
  return done(
    await house.recorder.submit({
      id: house.id(),
      command: 'approve',
      input: { request: asked.act },
      person: REVIEWER,
      role: 'reviewer',
    }),
  )
}
