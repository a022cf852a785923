// Notices are closed by whom they are for, once, on each engine; and closing one can be taken back like any act.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  CLERK,
  codes,
  done,
  everybodyMay,
  issue,
  openTestHouse,
  PERMIT,
  REVIEWER,
  TRADER,
  type TestHouse,
} from '../../../test/record-house.fixture.ts'
import type { JsonObject, Uuid } from '../../kernel/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { sql } from '../store/index.ts'
import { ask, type ScopeOf } from './ask.ts'
import type { Outcome } from './model.ts'

describe.each(ENGINES)('closing notices on %s', (engine) => {
  let house: TestHouse
  /** Where each command was asked to be allowed. */
  const places: (string | undefined)[] = []
  beforeAll(async () => {
    house = await openTestHouse(engine, {
      permit: (reader, asks) => {
        places.push(...asks.map((a) => a.place))
        return everybodyMay(reader, asks)
      },
    })
  })
  beforeEach(() => house.fresh())
  afterAll(() => house.close())

  const submit = (command: string, input: unknown, person: Uuid, role: string): Promise<Outcome> =>
    house.recorder.submit({ id: house.id(), command, input, person, role })
  const close = (notice: unknown, person: Uuid, role: string): Promise<Outcome> =>
    submit('closeNotice', { notice }, person, role)
  const scopeOf: ScopeOf = (_, { person, role }) =>
    Promise.resolve({ person, role, grade: 'internal', within: () => sql`true` })
  const notices = async (person: Uuid, role: string): Promise<readonly JsonObject[]> => {
    const answer = await ask(
      { registry: house.recorder.registry, scopeOf, today: '2026-03-02' as never },
      house.store,
      { query: 'inbox', input: {}, person, role },
    )
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.code).join())
    return answer.rows.filter((r) => r['kind'] === 'notice')
  }

  test('a notice to a person is closed by that person, in any role and wherever they act, and once', async () => {
    await issue(house)
    const [told] = await notices(CLERK, 'reviewer')
    expect(codes(await close(told!['id'], REVIEWER, 'department-contact'))).toEqual(['notice.not-yours'])
    const receipt = done(await close(told!['id'], CLERK, 'reviewer'))
    expect(receipt).toMatchObject({ kind: 'notice-closed', answer: { notice: told!['id'] } })
    expect(places.at(-1)).toBeUndefined()
    expect(await notices(CLERK, 'reviewer')).toEqual([])
    expect(codes(await close(told!['id'], CLERK, 'reviewer'))).toEqual(['notice.closed-already'])
    expect(codes(await close(receipt.act, CLERK, 'reviewer'))).toEqual(['notice.not-found'])
  })

  test('a notice to a role is closed by the first in that role at its place, for all of them', async () => {
    const asked = done(await submit('issuePermit', PERMIT, CLERK, 'department-contact'))
    done(await submit('remind', { request: asked.act }, CLERK, 'department-contact'))
    const [told] = await notices(REVIEWER, 'reviewer')
    expect(codes(await close(told!['id'], CLERK, 'department-contact'))).toEqual(['notice.not-yours'])
    const both = await Promise.all([close(told!['id'], REVIEWER, 'reviewer'), close(told!['id'], TRADER, 'reviewer')])
    expect(both.flatMap(codes)).toEqual(['notice.closed-already'])
    expect(places.at(-1)).toBe(PERMIT.place)
    expect(await notices(TRADER, 'reviewer')).toEqual([])
  })

  test('the closing is taken back by a correction, and the notice waits again', async () => {
    await issue(house)
    const [told] = await notices(CLERK, 'reviewer')
    const { act } = done(await close(told!['id'], CLERK, 'reviewer'))
    done(await submit('correctAct', { act, reason: '误点' }, CLERK, 'reviewer'))
    expect(await notices(CLERK, 'reviewer')).toEqual([told])
    done(await close(told!['id'], CLERK, 'reviewer'))
  })
})
