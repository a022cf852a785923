// Clocks and jobs on both databases: a permit's units expire on their day exactly once, whatever happens to the process; what
// is refused stands as failed until somebody orders another try; a listener's command follows its act once.

import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SYSTEM_PERSON } from '../../src/core/identity/index.ts'
import {
  ask,
  checkRecord,
  openRecorder,
  recordProblem,
  type ActRecord,
  type AnyCommand,
  type Domain,
  type Listener,
  type Permit,
  type Recorder,
  type ScopeOf,
} from '../../src/core/record/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { sql, type Reader, type Store } from '../../src/core/store/index.ts'
import {
  fireDueTimers,
  JOB_DELAYS_MS,
  JOB_TRIES,
  jobActId,
  runJobs,
  startClock,
  timerDomain,
  timerMigrations,
} from '../../src/core/timer/index.ts'
import {
  addMs,
  field,
  form,
  instant,
  ProblemError,
  type CivilDate,
  type Json,
  type Problem,
  type Uuid,
} from '../../src/kernel/index.ts'
import {
  CLERK,
  codes,
  done,
  everybodyMay,
  FIRM_1,
  issue,
  openTestHouse,
  TRADER,
  type TestHouse,
} from '../record-house.fixture.ts'

const nothing = { zh: '', en: '' }
const AWAY: Problem = { code: 'store.unreachable', severity: 'red', ...nothing, hint: nothing, values: {} }
const BEFORE = instant('2030-12-31T15:59:59.999Z')
const DUE = instant('2030-12-31T16:00:00.000Z')

const text = (zh: string) => field.longText({ title: { zh, en: zh }, example: 'x' })
const noteInput = form({ heard: text('听到'), word: text('词') })
/** Notes what was heard; refuses on a word. */
const noteHeard: AnyCommand = {
  name: 'noteHeard',
  version: 1,
  title: { zh: '记下', en: 'note what was heard' },
  input: noteInput,
  place: () => '430100',
  legalDate: (_: unknown, today: CivilDate) => today,
  subjects: () => [],
  decide: (_: unknown, i: { readonly heard: string }) => ({ act: 'heard', subjects: [`heard:${i.heard}`] }),
} as unknown as AnyCommand

/** A clock of two settings, started, moved and stopped at will. */
const setClock: AnyCommand = {
  name: 'setClock',
  version: 1,
  title: { zh: '设时钟', en: 'set a clock' },
  input: form({ name: text('名'), due: field.optional(text('到期')), again: field.optional(text('再次')) }),
  place: () => '430100',
  legalDate: (_: unknown, today: CivilDate) => today,
  subjects: () => [],
  decide: (_: unknown, i: { readonly name: string; readonly due?: string; readonly again?: string }) => {
    const clock = { subject: `test:${i.name}`, clock: 'bell' }
    const input = { name: i.name, ...(i.again === undefined ? {} : { due: i.again }) }
    return {
      act: 'clock-set',
      timers: [i.due === undefined ? clock : { ...clock, due: instant(i.due), command: 'setClock', input }],
    }
  },
} as unknown as AnyCommand

describe.each(ENGINES)('clocks on %s', (engine) => {
  let house: TestHouse
  let refusing = false
  let answer: (act: ActRecord, reader: Reader) => ReturnType<Listener['submit']>
  const listener: Listener = { name: 'echo', hears: ['permits-expired'], submit: (act, reader) => answer(act, reader) }
  const domain: Domain = {
    name: 'test',
    title: { zh: '试', en: 'test' },
    commands: [noteHeard, setClock],
    listeners: [listener],
  }
  const permit: Permit = async (reader, asks) => {
    const actors = await everybodyMay(reader, asks)
    return actors.map((a, i) =>
      refusing && asks[i]!.role === 'system' && asks[i]!.command.name !== 'noteFailedTimer'
        ? recordProblem('approval.other-role', { role: 'x' })
        : a,
    )
  }
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [timerDomain, domain], migrations: timerMigrations, permit })
  })
  beforeEach(async () => {
    refusing = false
    answer = () => Promise.resolve(undefined)
    house.now = instant('2026-03-02T01:00:00.000Z')
    await house.fresh()
  })
  afterAll(() => house.close())

  const now = () => house.now
  const fire = (recorder: Recorder = house.recorder) => fireDueTimers({ recorder, now })
  const jobs = () => runJobs({ recorder: house.recorder, now })
  /** Where the database says what no act said. */
  const damage = async () => {
    const found: string[] = []
    await checkRecord(house.store, house.recorder.registry, { tell: (p) => found.push(p.code) })
    return found
  }
  /** Another process on the same database, where there can be one. */
  const second = async () => (engine === 'postgresql' ? openRecorder(house.recorder.options) : house.recorder)
  const units = async (purpose: string) => {
    const rows = await house.store.query<{ n: bigint }>(
      sql`select coalesce(sum(abs(credits_posted - debits_posted)), 0)::int8 as n from account
          where owner = ${FIRM_1} and purpose = ${purpose}`,
    )
    return String(rows[0]?.n)
  }
  const actsOf = async (kind: string) =>
    (await house.store.query<{ n: bigint }>(sql`select count(*)::int8 as n from act where kind = ${kind}`))[0]!.n
  const asked = async (query: string, input: Json = {}) => {
    const scopeOf: ScopeOf = (_, { person, role }) =>
      Promise.resolve({ person, role, grade: 'internal', within: (column) => sql`${column} = ${'430100'}` })
    const answer = await ask(
      { registry: house.recorder.registry, scopeOf, today: '2026-03-02' as CivilDate },
      house.store,
      { query, input, person: TRADER, role: 'administrator' },
    )
    if (!answer.ok) throw new ProblemError(answer.problems)
    return answer.rows
  }
  const order = (command: string, input: Json) =>
    house.recorder.submit({ id: house.id(), command, input, person: CLERK, role: 'administrator' })

  test('a permit expires on its day and not before, exactly once, also when the process is opened again between', async () => {
    await issue(house)
    house.now = BEFORE
    expect(await fire()).toEqual({ fired: 0, failed: 0, more: false })
    await house.reopen()
    house.now = DUE
    expect(await units('holding')).toBe('1000')
    expect(await fire()).toEqual({ fired: 1, failed: 0, more: false })
    expect([await units('holding'), await units('expired')]).toEqual(['0', '1000'])
    await house.reopen()
    house.now = addMs(DUE, 86_400_000)
    expect(await fire()).toEqual({ fired: 0, failed: 0, more: false })
    expect(await actsOf('permits-expired')).toBe(1n)
    const [act] = await house.store.query<{ person: string; role: string }>(
      sql`select person::text as person, role from act where kind = 'permits-expired'`,
    )
    expect(act).toEqual({ person: SYSTEM_PERSON, role: 'system' })
  })

  test('two that look at the same moment fire it once', async () => {
    await issue(house)
    house.now = DUE
    const other = await second()
    const results = await Promise.all([fire(), fire(other), fire()])
    expect(results.every((r) => r.failed === 0)).toBe(true)
    expect(await actsOf('permits-expired')).toBe(1n)
    expect(await asked('timers', { status: 'failed' })).toEqual([])
    if (other !== house.recorder) await other.close()
  })

  test('a process that stops after the act and before anything else fires nothing twice', async () => {
    await issue(house)
    house.now = DUE
    const [before] = await house.store.query<{ id: string }>(sql`select * from timer where status = 'running'`)
    await fire()
    // What a second look would have submitted, had it read the row before.
    const stale: Store = {
      ...house.store,
      query: ((q) => (JSON.stringify(q).includes('t.due <=') ? [before] : house.store.query(q))) as Store['query'],
    }
    expect(await fireDueTimers({ recorder: { ...house.recorder, store: stale }, now })).toMatchObject({ failed: 0 })
    expect(await actsOf('permits-expired')).toBe(1n)
    expect(await actsOf('clock-failed')).toBe(0n)
  })

  test('the calendar shows what is due when, and what became of it', async () => {
    const issued = await issue(house)
    const { permit } = issued.answer as { readonly permit: Uuid }
    const row = { subject: `permit:${permit}`, clock: 'expiry', due: DUE, command: 'expirePermits', place: '430100' }
    expect(await asked('timers', { to: DUE })).toEqual([])
    expect(await asked('timers', { from: DUE })).toMatchObject([{ ...row, status: 'running', act: issued.act }])
    house.now = DUE
    await fire()
    expect(await asked('timers', { subject: row.subject })).toMatchObject([{ ...row, status: 'fired' }])
  })

  test('a refused firing stands as failed with its problem and a notice, and is carried out when ordered again', async () => {
    await issue(house)
    house.now = DUE
    refusing = true
    expect(await fire()).toEqual({ fired: 0, failed: 1, more: false })
    expect(await fire()).toEqual({ fired: 0, failed: 0, more: false })
    expect(await actsOf('clock-failed')).toBe(1n)
    const [row] = await asked('timers', { status: 'failed' })
    expect(row).toMatchObject({ command: 'expirePermits', code: 'approval.other-role', place: '430100' })
    expect(await asked('inbox')).toMatchObject([{ kind: 'notice', place: '430100', about: row!['subject'] }])
    expect(codes(await order('retryTimer', { timer: house.id() }))).toEqual(['timer.not-failed'])
    refusing = false
    done(await order('retryTimer', { timer: row!['id']! }))
    expect(codes(await order('retryTimer', { timer: row!['id']! }))).toEqual(['timer.not-failed'])
    expect(await asked('inbox')).toEqual([])
    expect(await fire()).toEqual({ fired: 1, failed: 0, more: false })
    expect(await units('expired')).toBe('1000')
    expect(await damage()).toEqual([])
  })

  test('a clock that names no command of ours, or one that has a mistake, holds up no other', async () => {
    await issue(house)
    done(await order('setClock', { name: 'a', due: '2026-03-03T00:00:00Z' }))
    await house.store.query(sql`update timer set command = 'noSuchThing' where subject = 'test:a'`)
    done(await order('setClock', { name: 'b', due: '2026-03-03T00:00:00Z' }))
    house.now = DUE
    const bugs: unknown[] = []
    const submit: Recorder['submit'] = (s) =>
      s.command === 'setClock' ? Promise.reject(new Error('a mistake')) : house.recorder.submit(s)
    const recorder = { ...house.recorder, submit }
    expect(await fireDueTimers({ recorder, now, onBug: (e) => bugs.push(e) })).toEqual({
      fired: 1,
      failed: 2,
      more: false,
    })
    expect((await asked('timers', { status: 'failed' })).map((r) => r['code']).sort()).toEqual([
      'record.unknown-command',
      'timer.bug',
    ])
    expect(bugs).toHaveLength(1)
  })

  test('a clock that its own command starts again rings again; one that was moved or stopped does not ring at its old time', async () => {
    const later = '2026-03-05T00:00:00.000Z'
    done(await order('setClock', { name: 'again', due: '2026-03-03T00:00:00Z', again: later }))
    done(await order('setClock', { name: 'moved', due: '2026-03-03T00:00:00Z' }))
    done(await order('setClock', { name: 'moved', due: later }))
    done(await order('setClock', { name: 'stopped', due: '2026-03-03T00:00:00Z' }))
    done(await order('setClock', { name: 'stopped' }))
    house.now = instant('2026-03-04T00:00:00Z')
    expect(await fire()).toMatchObject({ fired: 1, failed: 0 })
    expect(await fire()).toMatchObject({ fired: 0, failed: 0 })
    house.now = instant('2026-03-06T00:00:00Z')
    expect(await fire()).toMatchObject({ fired: 2, failed: 0 })
    const rows = await asked('timers')
    expect(rows.map((r) => [r['subject'], r['status']]).sort()).toEqual([
      ['test:again', 'stopped'],
      ['test:moved', 'stopped'],
      ['test:stopped', 'stopped'],
    ])
  })

  test('an act of the same moment that moves a clock is not undone by its firing, also of another process', async () => {
    const other = await second()
    const later = '2026-04-01T00:00:00.000Z'
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const name of names) done(await order('setClock', { name, due: '2026-03-03T00:00:00Z' }))
    house.now = instant('2026-03-04T00:00:00Z')
    const [, ...moved] = await Promise.all([
      fire(other),
      ...names.map((name) => order('setClock', { name, due: later })),
    ])
    for (const m of moved) done(m)
    // Each had rung before it was moved, or was moved and did not ring; it rings at the new time in any case.
    const rows = await asked('timers')
    expect(rows.map((r) => [r['status'], r['due']])).toEqual(names.map(() => ['running', later]))
    if (other !== house.recorder) await other.close()
  })

  test('of two acts in one batch the second finds the clock as the first left it', async () => {
    const later = '2026-04-01T00:00:00.000Z'
    done(await order('setClock', { name: 'twice', due: '2026-03-03T00:00:00Z' }))
    const both = [order('setClock', { name: 'twice', due: later }), order('setClock', { name: 'twice' })]
    for (const outcome of await Promise.all(both)) done(outcome)
    expect(await asked('timers')).toMatchObject([{ status: 'stopped', due: later }])
  })

  test('a listener’s command follows its act once, also after the process died before it could say so', async () => {
    let heard = 0
    answer = (act) => Promise.resolve({ command: 'noteHeard', input: { heard: act.id, word: String((heard += 1)) } })
    await issue(house)
    house.now = DUE
    await fire()
    const [job] = await house.store.query<{ act: string; listener: string }>(sql`select * from job`)
    // The command went through; the process died before the job said so.
    done(
      await house.recorder.submit({
        ...{ id: jobActId(job!), command: 'noteHeard', input: { heard: job!.act, word: '0' } },
        ...{ person: SYSTEM_PERSON, role: 'system' },
      }),
    )
    await house.reopen()
    expect(await jobs()).toEqual({ done: 1, failed: 0, more: false })
    expect(await jobs()).toEqual({ done: 0, failed: 0, more: false })
    expect([heard, await actsOf('heard')]).toEqual([0, 1n])
  })

  test('two that run jobs at the same moment do each once', async () => {
    answer = (act) => Promise.resolve({ command: 'noteHeard', input: { heard: act.id, word: 'x' } })
    for (const pollutant of ['COD', 'TP', 'TN']) await issue(house, { pollutant })
    house.now = DUE
    expect(await fire()).toMatchObject({ fired: 3 })
    const both = await Promise.all([jobs(), jobs()])
    expect(both[0].done + both[1].done).toBe(3)
    expect(await actsOf('heard')).toBe(3n)
    expect(await house.store.query(sql`select status, tries from job`)).toEqual(
      Array.from({ length: 3 }, () => ({ status: 'done', tries: 1 })),
    )
  })

  test('a job that is refused waits longer each time, then stands as failed until it is ordered again', async () => {
    answer = (act) => Promise.resolve({ command: 'noteHeard', input: { heard: act.id, word: '' } })
    await issue(house)
    house.now = DUE
    await fire()
    for (const delay of JOB_DELAYS_MS) {
      expect(await jobs()).toEqual({ done: 0, failed: 1, more: false })
      house.now = addMs(house.now, delay - 1)
      expect(await jobs()).toEqual({ done: 0, failed: 0, more: false })
      house.now = addMs(house.now, 1)
      await house.reopen()
    }
    expect(await asked('failedJobs')).toEqual([])
    expect(await jobs()).toEqual({ done: 0, failed: 1, more: false })
    house.now = addMs(house.now, 365 * 86_400_000)
    expect(await jobs()).toEqual({ done: 0, failed: 0, more: false })
    const [row] = await asked('failedJobs')
    expect(row).toMatchObject({ listener: 'echo', kind: 'permits-expired', place: '430100', tries: JOB_TRIES })
    expect(row!['code']).toMatch(/^[a-z]+\./)
    expect(await asked('inbox')).toMatchObject([
      { kind: 'notice', about: `job:${String(row!['id'])}`, place: '430100' },
    ])
    answer = (act) => Promise.resolve({ command: 'noteHeard', input: { heard: act.id, word: 'x' } })
    done(await order('retryJob', { job: row!['id']! }))
    expect(codes(await order('retryJob', { job: row!['id']! }))).toEqual(['timer.not-failed'])
    expect(await jobs()).toEqual({ done: 1, failed: 0, more: false })
    expect([await actsOf('heard'), (await asked('failedJobs')).length]).toEqual([1n, 0])
    expect(await asked('inbox')).toEqual([])
    expect(await damage()).toEqual([])
  })

  test('a listener that throws is told of and tried again; one that has nothing to say is done', async () => {
    const bugs: unknown[] = []
    answer = () => Promise.reject(new Error('a mistake'))
    await issue(house)
    house.now = DUE
    await fire()
    const onBug = (e: unknown): void => void bugs.push(e)
    expect(await runJobs({ recorder: house.recorder, now, onBug })).toMatchObject({ failed: 1 })
    expect(bugs).toHaveLength(1)
    answer = () => Promise.resolve(undefined)
    house.now = addMs(house.now, JOB_DELAYS_MS[0]!)
    expect(await jobs()).toMatchObject({ done: 1 })
    expect(await actsOf('heard')).toBe(0n)
  })

  test.each(engine === 'pglite' ? ['everything'] : [])(
    'when the embedded database lost %s, the journal brings back what had fired and what was done',
    async () => {
      answer = (act) => Promise.resolve({ command: 'noteHeard', input: { heard: act.id, word: 'x' } })
      await issue(house)
      house.now = DUE
      await fire()
      await jobs()
      const before = await asked('timers')
      await house.store.empty()
      await house.reopen()
      expect(await asked('timers')).toEqual(before)
      expect([await fire(), await jobs()]).toMatchObject([{ fired: 0 }, { done: 0 }])
      expect([await actsOf('permits-expired'), await actsOf('heard')]).toEqual([1n, 1n])
    },
  )

  test('the loop outlives a database that is away, and stops while it sleeps', async () => {
    await issue(house)
    house.now = DUE
    let away = 2
    const gone = () => Promise.reject(new ProblemError(AWAY))
    const query: Store['query'] = (q) => (away > 0 ? gone() : house.store.query(q))
    const transaction: Store['transaction'] = (run, how) => (away > 0 ? gone() : house.store.transaction(run, how))
    const recorder = { ...house.recorder, store: { ...house.store, query, transaction } }
    const told: (readonly string[] | undefined)[] = []
    const slept: number[] = []
    let asleep: () => void = () => undefined
    const fallenAsleep = new Promise<void>((resolve) => (asleep = resolve))
    const clock = startClock({
      recorder,
      now,
      onTrouble: (e) => told.push(e?.problems.map((p) => p.code)),
      sleep: (ms) => {
        slept.push(ms)
        if (away-- > 0) return Promise.resolve()
        asleep()
        // A sleep that nobody wakes: stopping does not wait for it.
        return new Promise(() => undefined)
      },
    })
    await fallenAsleep
    await clock.stop()
    expect(told).toEqual([['store.unreachable'], undefined])
    expect(slept).toEqual([2000, 4000, 1000])
    expect(await units('expired')).toBe('1000')
    expect(await actsOf('permits-expired')).toBe(1n)
  })

  test('a clock that has slept many times has left no listener behind, and wakes when it is stopped', async () => {
    const signals = new Set<AbortSignal>()
    let naps = 15
    let asleep = (): void => undefined
    const fallenAsleep = new Promise<void>((resolve) => (asleep = resolve))
    const clock = startClock({
      recorder: house.recorder,
      now,
      // As a caller writes it who never takes a listener away.
      sleep: (_, signal) =>
        new Promise<void>((resolve) => {
          signals.add(signal)
          signal.addEventListener('abort', () => resolve(), { once: true })
          if (naps-- > 0) resolve()
          else asleep()
        }),
    })
    await fallenAsleep
    const listening = [...signals].map((s) => getEventListeners(s, 'abort').length)
    expect(listening.reduce((a, b) => a + b, 0)).toBe(1)
    await clock.stop()
    expect([...signals].every((s) => s.aborted)).toBe(true)
  })
})
