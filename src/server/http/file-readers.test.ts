// Who gets which file: every role asks for every kind of file there is, of its own region and of another. Nobody gets what nothing
// they may see speaks of.

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sees, type Uuid } from '../../kernel/index.ts'
import { openSession, roleMay, type Role } from '../../core/identity/index.ts'
import { sql } from '../../core/store/index.ts'
import { addSamplePeople } from '../house/index.ts'
import { openServed, type Browser, type Served } from './server.fixture.ts'
import { signInWorld } from './session-routes.ts'

const HERE = '430100'
const THERE = '520381'
const GRADES = ['public', 'internal', 'restricted', 'personal'] as const

let served: Served
const browsers = new Map<string, Browser>()
let roles: readonly Role[]
let made: Awaited<ReturnType<typeof addSamplePeople>>

const bytesOf = (what: string): Buffer => Buffer.from(`%PDF-1.4\n${what}`)
const hashOf = (what: string): string => createHash('sha256').update(bytesOf(what)).digest('hex')
const store = async (what: string): Promise<string> => {
  const stored = await served.house.files.put(Readable.from([bytesOf(what)]))
  expect(stored.hash).toBe(hashOf(what))
  return stored.hash
}

beforeAll(async () => {
  served = await openServed()
  const { house, people } = served
  roles = house.roles.all.filter((r) => r.id !== 'system' && r.id !== 'public')
  made = await addSamplePeople(
    house,
    { administrator: people.get('gly-001')!, officer: people.get('aqy-001')! },
    () => 'Founding-pass-1',
    { memoryKib: 8, passes: 1, lanes: 1 },
    {
      people: roles.map((r) => ({
        login: `du-${r.id}`,
        name: '读者',
        role: r.id,
        place: HERE,
        ...(r.scope === 'organisation' ? { firm: 'own' } : {}),
      })),
      firms: [{ key: 'own', name: '读者厂', code: '91430100MA00000R1', place: HERE } as never],
    },
  )
  const world = signInWorld({ house, options: { engine: 'x', secure: false } } as never)
  for (const r of roles) {
    const b = served.browser()
    b.cookie = (await openSession(world, { person: made.people.get(`du-${r.id}`)!, method: 'oidc' })).token
    browsers.set(r.id, b)
  }
  for (const place of [HERE, THERE]) {
    for (const grade of GRADES) await document(place, grade)
    await scan(place)
    await account(place)
    await override(place)
  }
  await document(HERE, 'internal', made.firms.get('own'))
  await store('nobody names it')
})
afterAll(() => served.close())

const write = (q: ReturnType<typeof sql>): Promise<unknown> => served.house.store.query(q)

async function document(place: string, grade: string, firm?: Uuid): Promise<void> {
  const hash = await store(`document ${place} ${grade} ${firm === undefined ? '' : 'own'}`)
  const id = served.house.newId()
  await write(
    sql`insert into document (id, about, hash, name, type, size, grade, note, place, organisation, status, act)
        values (${id}, ${'permit:x'}, ${hash}, ${'附件.pdf'}, ${'pdf'}, ${10n}, ${grade}, ${null}, ${place}, ${firm ?? null},
          ${'attached'}, ${id})`,
  )
}

/** A request of somebody else, with the act of its last step. */
async function request(place: string, command: string): Promise<{ readonly id: Uuid; readonly act: Uuid }> {
  const { house } = served
  const [act] = await house.store.query<{ id: Uuid }>(sql`select id from act limit 1`)
  const id = house.newId()
  await write(
    sql`insert into request (id, command, version, input, legal_date, person, role, place, organisation, title_zh, title_en, steps,
          step, waits_for, status, preview, preview_digest, remarks, accepted_by)
        values (${id}, ${command}, ${1}, ${'{}'}::jsonb, ${'2026-03-01'}, ${served.people.get('shifan-jbr')!}, ${'department-contact'},
          ${place}, ${null}, ${'申请'}, ${'request'}, ${'[]'}::jsonb, ${1}, ${null}, ${'accepted'}, ${'{}'}::jsonb, ${'x'}, ${null},
          ${act!.id})`,
  )
  return { id, act: act!.id }
}

async function scan(place: string): Promise<void> {
  const hash = await store(`scan ${place}`)
  const { id, act } = await request(place, 'issuePermit')
  await write(
    sql`insert into request_step (request, step, act, person, role, paper_signer, paper_date, paper_scan, paper_by_requester)
        values (${id}, ${1}, ${act}, ${served.people.get('shifan-jbr')!}, ${'reviewer'}, ${'王局长'}, ${'2026-03-01'}, ${hash}, ${true})`,
  )
}

async function account(place: string): Promise<void> {
  const hash = await store(`package ${place}`)
  const { act } = await request(place, 'registerAccount')
  await write(
    sql`insert into gep_account (id, number, place, year, version, title_zh, title_en, package, package_id, engine, indicator_set,
          price_year, sample, status, registered_by, act)
        values (${served.house.newId()}, ${`HS-${place}`}, ${place}, ${2024}, ${1}, ${'核算'}, ${'account'}, ${hash}, ${'x'}, ${'x'},
          ${'x'}, ${2020}, ${false}, ${'trial'}, ${served.people.get('shifan-jbr')!}, ${act})`,
  )
}

async function override(place: string): Promise<void> {
  const hash = await store(`override ${place}`)
  const { id, act } = await request(place, 'proposeOverride')
  await write(
    sql`insert into parameter_override (id, number, parameter, key, place, year_from, value, unit, mark, reason, source, document,
          version, status, decided_on, effect_zh, effect_en, act)
        values (${id}, ${`CS-${place}`}, ${'gep.r2.bulk-density'}, ${''}, ${place}, ${2024}, ${'1.27'}, ${'t/m3'}, ${'confirmed'},
          ${'x'}, ${'x'}, ${hash}, ${1}, ${'in-force'}, ${'2026-03-02'}, ${'x'}, ${'x'}, ${act})`,
  )
}

/** A change of a parameter with a paper behind it, asked for by `person`; what waits for nobody has been decided. */
async function proposed(
  what: string,
  place: string,
  { status = 'waiting', waitsFor = 'reviewer', person = served.people.get('shifan-jbr')! } = {},
): Promise<Uuid> {
  const document = await store(what)
  const { id } = await request(place, 'proposeOverride')
  await write(
    sql`update request set status = ${status}, waits_for = ${status === 'waiting' ? waitsFor : null}, person = ${person},
          role = ${'technician'}, accepted_by = null, input = ${JSON.stringify({ place, document })}::jsonb where id = ${id}`,
  )
  return id
}

/** The roles that are given a file, in order. */
async function readersOf(what: string): Promise<readonly string[]> {
  const given: string[] = []
  for (const r of roles) {
    const told = await browsers.get(r.id)!.get(`/api/v1/files/${hashOf(what)}`, r.id)
    expect([200, 403, 404], `${what} as ${r.id}: ${told.text}`).toContain(told.status)
    if (told.status === 200) {
      expect(told.text).toBe(bytesOf(what).toString())
      given.push(r.id)
    } else expect(told.text).not.toContain('%PDF')
  }
  return given
}
const mayAsk = (name: string, group: string): readonly Role[] =>
  roles.filter((r) => roleMay(r, { kind: 'query', name, groups: [group] }))
const ids = (those: readonly Role[]): readonly string[] => those.map((r) => r.id)
const ofPlaces = (those: readonly Role[]): readonly Role[] => those.filter((r) => r.scope === 'place')

describe('a file is given', () => {
  test.each(GRADES)('attached as %s, to roles that ask for documents and see that grade', async (grade) => {
    const readers = await readersOf(`document ${HERE} ${grade} `)
    expect(readers).toEqual(ids(ofPlaces(mayAsk('documents', 'documents')).filter((r) => sees(r.grade, grade))))
    expect(readers.length).toBeGreaterThan(0)
    expect(readers.length).toBeLessThan(roles.length)
  })

  test('of a firm, also to whoever acts for that firm', async () => {
    const readers = await readersOf(`document ${HERE} internal own`)
    expect(readers).toEqual(ids(mayAsk('documents', 'documents').filter((r) => sees(r.grade, 'internal'))))
    expect(readers).toContain('bank-officer')
  })

  test('where a signed sheet was scanned, to those who see what the sheet shows', async () => {
    const readers = await readersOf(`scan ${HERE}`)
    expect(readers).toEqual(ids(ofPlaces(mayAsk('paperScans', 'documents')).filter((r) => sees(r.grade, 'restricted'))))
    expect(readers).toContain('reviewer')
  })

  test('where it is the package of an account, to those who see the account', async () => {
    expect(await readersOf(`package ${HERE}`)).toEqual(ids(ofPlaces(mayAsk('accounts', 'accounts'))))
  })

  test('behind a changed parameter, to those who see the change', async () => {
    expect(await readersOf(`override ${HERE}`)).toEqual(ids(ofPlaces(mayAsk('overridesInForce', 'parameters'))))
  })

  test('behind a change that waits, to whoever has to decide it and to whoever asked for it, before it is decided', async () => {
    await proposed('paper that waits', HERE, { person: made.people.get('du-technician')! })
    expect([...(await readersOf('paper that waits'))].sort()).toEqual(['reviewer', 'technician'])
    await proposed('paper of a later step', HERE, { waitsFor: 'provincial-office' })
    expect(await readersOf('paper of a later step')).toEqual(['provincial-office'])
  })

  test('behind a change that came back, to whoever asked for it alone', async () => {
    await proposed('paper returned', HERE, { status: 'returned', person: made.people.get('du-technician')! })
    expect(await readersOf('paper returned')).toEqual(['technician'])
  })

  test('behind a change of another region, one that was withdrawn, or one they have signed already, to nobody', async () => {
    await proposed('paper elsewhere', THERE)
    expect(await readersOf('paper elsewhere')).toEqual([])
    await proposed('paper withdrawn', HERE, { status: 'withdrawn' })
    expect(await readersOf('paper withdrawn')).toEqual([])
    await proposed('paper of the reviewer', HERE, { person: made.people.get('du-reviewer')! })
    expect(await readersOf('paper of the reviewer')).toEqual([])
    const signed = await proposed('paper signed', HERE)
    const [act] = await served.house.store.query<{ id: Uuid }>(sql`select id from act limit 1`)
    await write(
      sql`insert into request_step (request, step, act, person, role, paper_by_requester)
          values (${signed}, ${0}, ${act!.id}, ${made.people.get('du-reviewer')!}, ${'reviewer'}, ${false})`,
    )
    expect(await readersOf('paper signed')).toEqual([])
  })

  test('that is another region’s, or named by nothing, to nobody', async () => {
    for (const what of [...GRADES.map((g) => `document ${THERE} ${g} `), `scan ${THERE}`, `package ${THERE}`])
      expect(await readersOf(what), what).toEqual([])
    expect(await readersOf(`override ${THERE}`)).toEqual([])
    expect(await readersOf('nobody names it')).toEqual([])
  })

  test('not to the person in a role that is not held, nor to nobody', async () => {
    const at = `/api/v1/files/${hashOf(`scan ${HERE}`)}`
    expect((await browsers.get('department-contact')!.get(at, 'reviewer')).status).toBe(403)
    expect((await served.browser().get(at, 'reviewer')).status).toBe(401)
  })
})
