// Sixteen clients at once on one account and on many, and two instances of the program over one server database: no
// deadlock, nobody below zero, no lost update, each id answered once and the same on either instance.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Uuid } from '../../src/kernel/index.ts'
import { openRecorder, type Outcome, type Recorder, type Submission } from '../../src/core/record/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { openPostgresql, sql } from '../../src/core/store/index.ts'
import { nurseryDomain, nurseryMigrations } from '../nursery.fixture.ts'
import { CLERK, codes, done, FIRM_1, FIRM_2, issue, openTestHouse, type TestHouse } from '../record-house.fixture.ts'
import { chance } from './ledger-histories.ts'
import { auditRecord } from './record-audit.ts'

const CLIENTS = 16
/** Enough to empty the one account. */
const EACH = Math.max(12, Number(process.env['QINGSHAN_SOAK'] ?? 0))

describe.each(ENGINES)('sixteen clients on %s', (engine) => {
  let house: TestHouse
  let second: Recorder | undefined
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [nurseryDomain], migrations: nurseryMigrations })
    const { url } = house.store
    if (url !== undefined)
      second = await openRecorder({ ...house.recorder.options, store: await openPostgresql({ url }) })
  })
  beforeEach(() => house.fresh())
  afterAll(async () => {
    await second?.close()
    await second?.store.close()
    await house.close()
  })

  const instances = (): readonly Recorder[] => (second ? [house.recorder, second] : [house.recorder])

  /** Each client waits for its answer before it submits the next. */
  async function hammer(
    make: (client: number, n: number) => Submission,
  ): Promise<readonly (readonly [Submission, Outcome])[]> {
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      const told: (readonly [Submission, Outcome])[] = []
      const at = instances()[client % instances().length]!
      for (let n = 0; n < EACH; n++) {
        const s = make(client, n)
        told.push([s, await at.submit(s)])
      }
      return told
    })
    return (await Promise.all(clients)).flat()
  }

  const by = (command: string, input: unknown): Submission => ({
    id: house.id(),
    command,
    input,
    person: CLERK,
    role: 'clerk',
  })
  const transfer = (seller: Uuid, buyer: Uuid, amountKg: string) =>
    by('transferPermit', {
      seller,
      buyer,
      pollutant: 'COD',
      amountKg,
      place: '430100',
      on: '2026-03-02',
      contract: '示范',
    })

  async function wellKept(told: readonly (readonly [Submission, Outcome])[]): Promise<void> {
    const refused = told.flatMap(([, o]) => codes(o)).filter((c) => c !== 'ledger.insufficient')
    expect(refused).toEqual([])
    expect(await auditRecord(house.store, house.recorder.registry.tables)).toEqual([])
    // Whoever asks again, wherever, gets the answer that was given.
    const taken = told.filter(([, o]) => o.ok)
    for (const at of instances()) {
      const again = await Promise.all(taken.map(([s]) => at.submit(s)))
      expect(again.map((o) => ({ ...done(o), replayed: false }))).toEqual(taken.map(([, o]) => done(o)))
    }
  }

  test('on one account: what was there is given out, and nothing more', async () => {
    await issue(house, { amountKg: '400' })
    const told = await hammer((client, n) => transfer(FIRM_1, FIRM_2, String(1 + ((client + n) % 7))))
    await wellKept(told)
    const given = told.reduce((s, [q, o]) => (o.ok ? s + Number((q.input as { amountKg: string }).amountKg) : s), 0)
    expect(given).toBeLessThanOrEqual(400)
    expect(told.some(([, o]) => !o.ok)).toBe(true)
  })

  test('on many accounts, both ways at once', async () => {
    await issue(house, { amountKg: '200' })
    await issue(house, { amountKg: '200', firm: FIRM_2 })
    const c = chance(7)
    await wellKept(
      await hammer(() => {
        const [a, b] = c.below(2) ? [FIRM_1, FIRM_2] : [FIRM_2, FIRM_1]
        return transfer(a, b, String(1 + c.below(60)))
      }),
    )
  })

  test('on one subject: every visit counts, each one once', async () => {
    const { act } = done(await house.recorder.submit(by('enrolGrower', { name: '某某' })))
    const told = await hammer(() => by('visitGrower', { grower: act }))
    await wellKept(told)
    const counted = told.map(([, o]) => Number((done(o).answer as { visits: string }).visits))
    expect(counted.sort((a, b) => a - b)).toEqual(told.map((_, i) => i + 1))
  })

  test('on one series: numbers without gaps, also from two instances', async () => {
    await wellKept(await hammer(() => by('enrolGrower', { name: '某某' })))
    const rows = await house.store.query<{ last: bigint }>(sql`select last from number_series`)
    expect(rows.map((r) => r.last)).toEqual([BigInt(CLIENTS * EACH)])
  })

  test('on one id from every side: one act', async () => {
    const s = by('enrolGrower', { name: '某某' })
    const told = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => instances()[i % instances().length]!.submit(s)),
    )
    const [first, ...others] = told.map((o) => ({ ...done(o), replayed: false }))
    expect(others).toEqual(others.map(() => first))
    expect(told.filter((o) => !done(o).replayed).length).toBe(1)
  })
})
