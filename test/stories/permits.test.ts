// The record's first journey, on both databases: permits are issued to a firm by two people, transferred in part, retired in
// part; what goes wrong is refused and leaves no trace; a correction takes back; the same id is never booked twice.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '../../src/core/store/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import {
  CLERK,
  codes,
  done,
  FIRM_1,
  FIRM_2,
  issue,
  openTestHouse,
  PERMIT,
  REVIEWER,
  TRADER,
  type TestHouse,
} from '../record-house.fixture.ts'

describe.each(ENGINES)('permits on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine)
  })
  beforeEach(() => house.fresh())
  afterAll(() => house.close())

  const held = async (firm: string): Promise<string> => {
    const rows = await house.store.query<{ n: bigint }>(
      sql`select coalesce(sum(credits_posted - debits_posted), 0)::int8 as n from account where owner = ${firm} and purpose = 'holding'`,
    )
    return String(rows[0]?.n)
  }
  const transfer = (amountKg: string, id = house.id()) =>
    house.recorder.submit({
      id,
      command: 'transferPermit',
      input: {
        seller: FIRM_1,
        buyer: FIRM_2,
        pollutant: 'COD',
        amountKg,
        place: '430100',
        on: '2026-03-02',
        contract: '示范 1',
      },
      person: TRADER,
      role: 'exchange-operator',
    })
  const retire = (amountKg: string) =>
    house.recorder.submit({
      id: house.id(),
      command: 'retirePermit',
      input: {
        firm: FIRM_1,
        pollutant: 'COD',
        amountKg,
        place: '430100',
        on: '2026-03-02',
        purpose: '抵扣 2026 年度排放',
      },
      person: TRADER,
      role: 'firm-manager',
    })

  test('an outcome that is no longer the one previewed is told in words, and accepted by its digest only', async () => {
    const { act: request } = done(
      await house.recorder.submit({
        id: house.id(),
        command: 'issuePermit',
        input: PERMIT,
        person: CLERK,
        role: 'department-contact',
      }),
    )
    const approve = (outcome?: string) =>
      house.recorder.submit({
        id: house.id(),
        command: 'approve',
        input: { request, ...(outcome === undefined ? {} : { outcome }) },
        person: REVIEWER,
        role: 'reviewer',
      })
    await house.store.query(sql`update request set preview_digest = ${'f'.repeat(16)} where id = ${request}`)
    const refused = await approve()
    expect(codes(refused)).toEqual(['approval.outcome-changed'])
    const { values, zh } = (refused as Extract<typeof refused, { ok: false }>).problems[0]!
    expect(zh).toContain(`转移 permit.COD 1000：430100（核发） → ${FIRM_1}（持有）`)
    expect(zh).not.toMatch(/[{}"]/)
    expect(codes(await approve('0'.repeat(16)))).toEqual(['approval.outcome-changed'])
    done(await approve(String(values['digest'])))
    expect(await held(FIRM_1)).toBe('1000')
  })

  test('a permit is issued only after a second person approved it', async () => {
    const asked = done(
      await house.recorder.submit({
        id: house.id(),
        command: 'issuePermit',
        input: PERMIT,
        person: CLERK,
        role: 'department-contact',
      }),
    )
    expect(asked).toMatchObject({
      kind: 'approval-requested',
      leaf: 0,
      answer: { status: 'waiting', waitsFor: 'reviewer' },
    })
    expect(await held(FIRM_1)).toBe('0')
    const approve = (person: typeof CLERK, role: string) =>
      house.recorder.submit({ id: house.id(), command: 'approve', input: { request: asked.act }, person, role })
    expect(codes(await approve(CLERK, 'reviewer'))).toEqual(['approval.same-person'])
    expect(codes(await approve(REVIEWER, 'finance-officer'))).toEqual(['approval.other-role'])
    expect(done(await approve(REVIEWER, 'reviewer'))).toMatchObject({
      kind: 'permit-issued',
      leaf: 1,
      answer: { number: 'PW-430100-2026-000001-E' },
    })
    expect(await held(FIRM_1)).toBe('1000')
    expect(codes(await approve(REVIEWER, 'reviewer'))).toEqual(['approval.not-waiting'])
  })

  test('nobody transfers or retires more than they hold; what is refused leaves no trace', async () => {
    await issue(house)
    done(await transfer('300'))
    done(await retire('100'))
    expect([await held(FIRM_1), await held(FIRM_2)]).toEqual(['600', '300'])
    expect(codes(await transfer('601'))).toEqual(['ledger.insufficient'])
    expect(codes(await retire('601'))).toEqual(['ledger.insufficient'])
    expect([await held(FIRM_1), await held(FIRM_2)]).toEqual(['600', '300'])
  })

  test('the same id with the same content gives the stored answer, with other content a refusal', async () => {
    await issue(house)
    const id = house.id()
    const first = done(await transfer('300', id))
    expect(done(await transfer('300', id))).toEqual({ ...first, replayed: true })
    expect(codes(await transfer('301', id))).toEqual(['act.replayed-differently'])
    expect(await held(FIRM_2)).toBe('300')
    const twins = await Promise.all([transfer('1', house.id()), transfer('5', id), transfer('300', id)])
    expect(twins.map(codes)).toEqual([[], ['act.replayed-differently'], []])
  })

  test('a correction takes back the serials that were issued, and is refused when they have moved on', async () => {
    const issued = await issue(house)
    const correct = async () => {
      const asked = await house.recorder.submit({
        id: house.id(),
        command: 'correctAct',
        input: { act: issued.act, reason: '核定量录入错误' },
        person: CLERK,
        role: 'department-contact',
      })
      if (!asked.ok) return asked
      return house.recorder.submit({
        id: house.id(),
        command: 'approve',
        input: { request: asked.receipt.act },
        person: REVIEWER,
        role: 'reviewer',
      })
    }
    done(await transfer('300'))
    expect(codes(await correct())).toEqual(['ledger.units-moved-on'])
    const back = await house.recorder.submit({
      id: house.id(),
      command: 'transferPermit',
      input: {
        seller: FIRM_2,
        buyer: FIRM_1,
        pollutant: 'COD',
        amountKg: '300',
        place: '430100',
        on: '2026-03-02',
        contract: '回购',
      },
      person: TRADER,
      role: 'exchange-operator',
    })
    done(back)
    expect(done(await correct()).kind).toBe('act-corrected')
    expect(await held(FIRM_1)).toBe('0')
    expect(codes(await correct())).toEqual(['correct.already'])
  })

  test('hundreds of commands at once on few accounts: nobody is below zero, everybody is answered', async () => {
    await issue(house)
    const outcomes = await Promise.all(Array.from({ length: 300 }, (_, i) => transfer(String(1 + (i % 7)))))
    const moved = outcomes.reduce((s, o, i) => (o.ok ? s + 1 + (i % 7) : s), 0)
    expect(outcomes.filter((o) => !o.ok).every((o) => codes(o)[0] === 'ledger.insufficient')).toBe(true)
    expect([await held(FIRM_1), await held(FIRM_2)]).toEqual([String(1000 - moved), String(moved)])
    expect(moved).toBeGreaterThan(990)
  })

  test('after reopening, the log stands where it stood', async () => {
    await issue(house)
    const before = await house.store.query(sql`select * from log_head`)
    await house.reopen()
    expect(await house.store.query(sql`select * from log_head`)).toEqual(before)
    done(await transfer('1'))
  })
})
