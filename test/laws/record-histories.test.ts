// The laws over random histories through the one write path, on each database: a twin judges every answer, an auditor the
// tables. `npm run soak` runs hundreds, `npm run soak -- --long` ten thousand.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantMs, instantOfMs, uuidv7, type Uuid } from '../../src/kernel/index.ts'
import { account, cny } from '../../src/core/ledger/ledger.fixture.ts'
import type { Outcome } from '../../src/core/record/index.ts'
import { sql } from '../../src/core/store/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { entriesText, nurseryDomain, nurseryMigrations } from '../nursery.fixture.ts'
import { CLERK, codes, counted, done, openTestHouse, type TestHouse } from '../record-house.fixture.ts'
import { chance, makeHistory } from './ledger-histories.ts'
import { auditRecord, readLedger } from './record-audit.ts'
import { judge, makeSubmission, OfficeTwin, SECRETS } from './record-histories.ts'

const HISTORIES = Number(process.env['QINGSHAN_SOAK'] ?? 3)
/** The long rounds go on from another seed each day they are given one. */
const FIRST = Number(process.env['QINGSHAN_SEED'] ?? 1)

describe.each(ENGINES)('histories through the record on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [nurseryDomain], migrations: nurseryMigrations })
  })
  afterAll(() => house.close())

  async function office(seed: number): Promise<readonly string[]> {
    await house.fresh()
    const c = chance(seed)
    const twin = new OfficeTwin()
    const wrong: string[] = []
    for (let n = 0; n < 30; n++) {
      house.now = instantOfMs(instantMs(house.now) + c.below(3) * 86_400_000 + 1000)
      const making = { c, twin, id: house.id, now: house.now }
      const group = Array.from({ length: c.below(3) === 0 ? 2 + c.below(8) : 1 }, () => makeSubmission(making))
      const outcomes = await Promise.all(group.map((s) => house.recorder.submit(s)))
      wrong.push(
        ...judge(
          twin,
          group.map((given, i) => ({ given, outcome: outcomes[i]! })),
          house.now,
        ),
      )
      if (c.below(15) === 0) await house.reopen()
    }
    const { tables } = house.recorder.registry
    return [
      ...wrong,
      ...(await auditRecord(house.store, tables, SECRETS)),
      ...twin.ledger.audit(await readLedger(house.store)),
    ]
  }

  test('every answer of an office is right, and so is what it leaves', async () => {
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed++) expect(await office(seed), `seed ${seed}`).toEqual([])
  })

  test('every posting of a history of the ledger is taken or refused as the auditor says', async () => {
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      await house.fresh()
      const random = counted(`book ${seed}`)
      const { steps, auditor } = makeHistory(seed, 40, (_, at): Uuid => uuidv7(instantMs(at), random(10)))
      const c = chance(seed)
      const taken: boolean[] = []
      for (let i = 0; i < steps.length;) {
        const { today } = steps[i]!.at
        const group = steps.slice(i, i + 1 + c.below(4)).filter((s) => s.at.today === today)
        i += group.length
        house.now = group[0]!.at.recorded
        const outcomes = await Promise.all(
          group.map((s) =>
            house.recorder.submit({
              id: s.at.act,
              command: 'book',
              input: {
                entries: entriesText(s.entries),
                ...(s.at.assets ? { assets: JSON.stringify(s.at.assets) } : {}),
              },
              person: CLERK,
              role: 'clerk',
            }),
          ),
        )
        taken.push(...outcomes.map((o) => o.ok))
      }
      expect(taken, `seed ${seed}`).toEqual(steps.map((s) => s.taken))
      expect(auditor.audit(await readLedger(house.store)), `seed ${seed}`).toEqual([])
      expect(await auditRecord(house.store, house.recorder.registry.tables), `seed ${seed}`).toEqual([])
    }
  })

  test('a posting in an asset that the batch before it is about to register is taken', async () => {
    const paid = (owner: string) =>
      entriesText([{ debit: account(cny, owner, 'clearing:bank'), credit: account(cny, `${owner}-1`), amount: 1n }])
    const book = (input: Readonly<Record<string, string>>): Promise<Outcome> =>
      house.recorder.submit({ id: house.id(), command: 'book', input, person: CLERK, role: 'clerk' })
    for (let round = 0; round < 12; round++) {
      await house.fresh()
      const outcomes = await Promise.all([
        book({ entries: paid('office'), assets: JSON.stringify([cny]) }),
        book({ entries: paid('other') }),
      ])
      expect(outcomes.flatMap(codes)).toEqual([])
    }
  })

  test('a figure that was replaced is corrected without touching the one in force', async () => {
    await house.fresh()
    const submit = async (command: string, input: Readonly<Record<string, string | boolean>>) =>
      done(await house.recorder.submit({ id: house.id(), command, input, person: CLERK, role: 'clerk' }))
    const first = await submit('publishFigure', { period: '2025', trees: '5', fit: true })
    const second = await submit('publishFigure', { period: '2025', trees: '6', fit: true })
    const statuses = async () =>
      (await house.store.query<{ s: string }>(sql`select status as s from indicator_value order by version`)).map(
        (r) => r.s,
      )
    await submit('correctAct', { act: first.act, reason: '录入错误' })
    expect(await statuses()).toEqual(['official', 'official'])
    await submit('correctAct', { act: second.act, reason: '录入错误' })
    expect(await statuses()).toEqual(['official', 'official', 'withdrawn'])
  })
})
