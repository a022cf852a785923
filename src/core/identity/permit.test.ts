// Permission and scope as the database answers them, against the pure rules on the same grants.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { civilDate, form, text, uuidFrom, type CivilDate, type Uuid } from '../../kernel/index.ts'
import type { AnyCommand, AnyQuery } from '../record/index.ts'
import { insertRows, sql, trusted, type Engine, type Reader } from '../store/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { openHouse, type House } from './house.fixture.ts'
import { smallRegions } from './identity.fixture.ts'
import { mayRun, queryScope, type World } from './permission.ts'
import { grantOf, keepingPermit, permitOf, scopesOf } from './permit.ts'
import { coversOf } from './regions/closure.ts'
import { roleBook, type Role } from './roles/role.ts'
import { organisation, person, roleGrant, type PersonRow, type RoleGrantRow } from './schema.ts'

const role = (id: string, scope: Role['scope']): Role => ({
  id,
  title: text(id, id),
  grade: 'internal',
  scope,
  opens: text('', ''),
  commands: ['issue'],
  queries: ['list'],
  conflicts: [],
})
const roles = roleBook([role('clerk', 'place'), role('firm', 'organisation')])
const issue = { name: 'issue', input: form({}) } as unknown as AnyCommand
const lists = { name: 'list', input: form({}) } as unknown as AnyQuery

const PEOPLE = ['wang', 'li', 'zhao'].map((n) => uuidFrom('test', n))
const [, , GONE] = PEOPLE
const FIRMS = ['a', 'b'].map((n) => uuidFrom('test', n))
const PLACES = ['430000', '430700', '430725', '430781', '430721', '520000', '520381']
const DAYS = [1, 2, 3].map((d) => civilDate(`2026-01-0${d}`))
const { reading } = smallRegions()

const day = fc.constantFrom(...DAYS)
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null })
const rows: fc.Arbitrary<RoleGrantRow[]> = fc
  .array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      role: fc.constantFrom('clerk', 'firm'),
      place: fc.constantFrom(...PLACES),
      organisation: maybe(fc.constantFrom(...FIRMS)),
      valid_from: day,
      length: maybe(fc.nat({ max: 2 })),
      stand_in_for: maybe(fc.constantFrom(...PEOPLE)),
      revoked: fc.constantFrom(null, null, null, '2026-01-01T00:00:00.000Z'),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ length, ...g }, i): RoleGrantRow => {
      const valid_to = length === null ? null : DAYS[Math.min(DAYS.indexOf(g.valid_from) + length, 2)]!
      const standIn = g.stand_in_for === g.person || valid_to === null ? null : g.stand_in_for
      return { ...g, id: uuidFrom('grant', String(i)), valid_to, stand_in_for: standIn }
    }),
  )
const asks = fc.array(
  fc.record({
    person: fc.constantFrom(...PEOPLE),
    role: fc.constantFrom('clerk', 'firm'),
    place: fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
    organisation: fc.option(fc.constantFrom(...FIRMS), { nil: undefined }),
    date: day,
  }),
  { minLength: 1, maxLength: 5 },
)

const codeOf = (answer: object): unknown => ('code' in answer ? answer.code : 'may')

describe.each(ENGINES)('permits on %s', (engine: Engine) => {
  const keeping = keepingPermit(roles)
  let house: House
  beforeAll(async () => {
    house = await openHouse(engine)
    await house.store.query(
      insertRows(
        organisation,
        FIRMS.map((id) => ({ id, code: null, name: id, kind: 'firm', place: '430725' })),
      ),
    )
    const one = (id: Uuid): PersonRow => ({
      id,
      login: `t-${id}`,
      name: '~',
      phone: null,
      organisation: null,
      place: '430000',
      disabled: id === GONE,
      erased: false,
    })
    await house.store.query(insertRows(person, PEOPLE.map(one)))
  })
  afterAll(() => house.close())

  const worldOf = async (grants: readonly RoleGrantRow[]): Promise<World> => {
    await house.store.query(sql`delete from role_grant`)
    if (grants.length > 0) await house.store.query(insertRows(roleGrant, grants))
    const lasting = grants.filter((g) => g.revoked === null && g.person !== GONE)
    return { roles, grants: lasting.map(grantOf), covers: coversOf(reading.rows) }
  }

  test('a batch of asks is answered as the pure rules answer each alone, also from what is kept', async () => {
    await fc.assert(
      fc.asyncProperty(rows, asks, async (grants, all) => {
        const world = await worldOf(grants)
        const whole = all.map((a) => ({ ...a, command: issue, place: a.place, organisation: a.organisation }))
        const answers = await permitOf(roles)(house.store, whole)
        // What is kept of the first people must do for all, whoever else is asked for with them.
        await keeping(house.store, whole.slice(0, 1))
        for (const from of [1, 0])
          expect((await keeping(house.store, whole.slice(from))).map(codeOf)).toEqual(answers.slice(from).map(codeOf))
        keeping.forget!()
        all.forEach(({ place, organisation: org, ...a }, i) => {
          const asked = { ...a, ...(place ? { place } : {}), ...(org ? { organisation: org } : {}) }
          const pure = mayRun({ ...asked, asked: { kind: 'command', name: 'issue' } }, world)
          const answer = answers[i]!
          if (pure.ok) expect(answer).toMatchObject({ person: a.person, role: a.role })
          else expect(answer).toMatchObject({ code: pure.problem.code })
        })
      }),
      { numRuns: 30 },
    )
  })

  // On the embedded database nobody else writes.
  test.each(engine === 'postgresql' ? [engine] : [])(
    'a revocation waits for what is done under its grant, and who asks meanwhile waits for the revocation',
    async () => {
      const [who] = PEOPLE
      const grant: RoleGrantRow = {
        id: uuidFrom('grant', 'held'),
        person: who!,
        role: 'clerk',
        place: '430000',
        organisation: null,
        valid_from: DAYS[0]!,
        valid_to: null,
        stand_in_for: null,
        revoked: null,
      }
      await worldOf([grant])
      const order: string[] = []
      const ask = (reader: Reader) =>
        permitOf(roles)(reader, [
          { person: who!, role: 'clerk', command: issue, place: '430725', organisation: undefined, date: DAYS[0]! },
        ])
      const revoke = sql`update role_grant set revoked = '2026-01-01T00:00:00Z' where id = ${grant.id}`
      const pause = () => new Promise((resolve) => setTimeout(resolve, 60))
      let revoking: Promise<unknown> | undefined
      let asking: Promise<unknown> | undefined
      await house.store.transaction(async (tx) => {
        expect((await ask(tx))[0]).toMatchObject({ person: who! })
        revoking = house.store.transaction(async (other) => {
          await other.query(revoke)
          order.push('revoked')
          asking = house.store.transaction(ask).then(([answer]) => {
            order.push('answered')
            return answer
          })
          await pause()
          order.push('the revocation ends')
        })
        await pause()
        order.push('the act ends')
      })
      await revoking
      expect(await asking).toHaveProperty('code')
      expect(order).toEqual(['the act ends', 'revoked', 'the revocation ends', 'answered'])
    },
  )

  test('the condition of a scope keeps exactly the rows whose place and organisation it bounds', async () => {
    const covers = coversOf(reading.rows)
    const cells = PLACES.flatMap((place) => [...FIRMS, null].map((org) => ({ place, org })))
    const table = sql`(values ${{
      pieces: cells.flatMap(({ place, org }, i) => [
        ...(i === 0 ? [] : [', ']),
        ...sql`(${place}::text, ${org}::uuid)`.pieces,
      ]),
    }}) as v(place, org)`
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(...PEOPLE),
        fc.constantFrom('clerk', 'firm'),
        day,
        async (grants, p, r, on) => {
          const world = await worldOf(grants)
          const asked = { person: p, role: r, date: on as CivilDate }
          const pure = queryScope({ ...asked, asked: { kind: 'query', name: 'list' } }, world)
          const scope = await scopesOf(roles)(house.store, { ...asked, query: lists })
          if ('code' in pure || 'code' in scope) {
            expect('code' in scope && scope.code).toBe('code' in pure && pure.code)
            return
          }
          const kept = await house.store.query<{ place: string; org: string | null }>(
            sql`select place, org from ${table} where ${scope.within(trusted('v.place'), trusted('v.org'))}`,
          )
          const want = cells.filter(({ place, org }) =>
            pure.bounds.some((b) => covers(b.place, place) && (r === 'clerk' || (b.organisation ?? '') === org)),
          )
          const textOf = (c: { place: string; org: string | null }): string => `${c.place} ${c.org ?? ''}`
          expect(kept.map(textOf).sort()).toEqual(want.map(textOf).sort())
          const nameless = await house.store.query(
            sql`select place from ${table} where ${scope.within(trusted('v.place'))}`,
          )
          if (r === 'firm') expect(nameless).toEqual([])
        },
      ),
      { numRuns: 30 },
    )
  })
})
