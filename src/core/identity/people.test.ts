// People, organisations and grants through the record, on each engine the machine has.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Json, Uuid } from '../../kernel/index.ts'
import type { Outcome } from '../record/index.ts'
import { sql, type Engine } from '../store/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { openHouse, PASSWORD, SYSTEM, type House, type Who } from './house.fixture.ts'
import { smallRegions } from './identity.fixture.ts'
import { newPassword } from './new-password.ts'
import { countsOf, missingRegions, stageRegions } from './regions/stage-regions.ts'
import { signIn } from './sign-in.ts'

describe.each(ENGINES)('people on %s', (engine: Engine) => {
  let house: House
  let fresh = true
  beforeAll(async () => {
    house = await openHouse(engine)
  })
  beforeEach(async () => {
    if (!fresh) await house.again()
    fresh = false
  })
  afterAll(() => house.close())

  const as = (person: Uuid, role: string): Who => ({ person, role })
  const id = (answer: Json, key: string): Uuid => (answer as Readonly<Record<string, Uuid>>)[key]!
  const count = async (text: string): Promise<number> => {
    const rows = await house.store.query<{ n: number }>(
      sql`select ((select count(*) from act where content like ${`%${text}%`} or effects like ${`%${text}%`})
                 + (select count(*) from person where name like ${`%${text}%`}))::int as n`,
    )
    return rows[0]!.n
  }

  test('an edition of regions is refused where what is filled in is not what the act says', async () => {
    const { reading, fileHash } = smallRegions()
    const heading = { fileHash, source: 'a', licence: 'b', state: '2023-06-30' }
    const counts = { ...countsOf(reading.rows), counties: 5 }
    const system = as(SYSTEM, 'system')
    expect(await house.act(system, 'loadRegions', { ...heading, counts })).toBe('identity.regions-count')
    const missing = { ...heading, fileHash: 'c'.repeat(64), counts: { ...countsOf(reading.rows) } }
    expect(await house.act(system, 'loadRegions', missing)).toMatch(/regions-count/)
  })

  test('a database that lost the rows of its edition says which file it wants back', async () => {
    const { reading, fileHash } = smallRegions()
    expect(await missingRegions(house.store)).toBeUndefined()
    await house.store.query(sql`delete from region where code = '430725'`)
    expect(await missingRegions(house.store)).toBe(fileHash)
    await stageRegions(house.store, reading.rows, fileHash)
    expect(await missingRegions(house.store)).toBeUndefined()
  })

  test('the system sets up the first administrator and officer and grants nothing further', async () => {
    const p = await house.person('lyj-042')
    const given = { person: p, place: '430000', from: '2026-01-01' }
    const system = as(SYSTEM, 'system')
    expect(await house.act(system, 'grantRole', { ...given, role: 'county-clerk' })).toBe('identity.first-only')
    expect(await house.act(system, 'grantRole', { ...given, role: 'administrator' })).toBe('identity.first-only')
    expect(await house.act(as(p, 'system'), 'grantRole', { ...given, role: 'auditor' })).toBe('identity.no-grant')
  })

  test('names and telephones stand in no act, only their commitments, and can be erased with everything secret', async () => {
    const p = await house.person('lyj-042', { role: 'county-clerk', place: '430725' })
    await house.act(house.administrator, 'updatePerson', { person: p, name: '改名之后' })
    expect(await count('名-lyj-042')).toBe(0)
    expect(await count('改名之后')).toBe(0)
    expect(await count('argon2id')).toBe(0)
    const seen = await house.ask(house.administrator, 'people', { login: 'lyj' })
    expect(seen).toMatchObject([{ name: '改名之后', phone: '0736-6622000', login: 'lyj-042' }])
    const values = async (): Promise<number> =>
      (
        await house.store.query<{ n: number }>(
          sql`select count(*)::int as n from personal_value v join act_subject s on s.act = v.act
              where s.subject = ${`person:${p}`} and v.value is not null`,
        )
      )[0]!.n
    expect(await values()).toBeGreaterThan(3)
    expect(await house.act(house.administrator, 'erasePersonal', { person: p, reason: '本人要求' })).toBe('ok')
    expect(await values()).toBe(0)
    expect(await house.ask(house.administrator, 'people', { login: 'erased' })).toMatchObject([
      { name: expect.stringContaining('erased') as unknown, disabled: true, erased: true },
    ])
    expect(await signIn(house.world, { login: 'lyj-042', password: PASSWORD })).toMatchObject({
      code: 'identity.sign-in-failed',
    })
    expect(await house.act(house.administrator, 'updatePerson', { person: p, name: '再来' })).toBe(
      'identity.person-unknown',
    )
  })

  test('a security officer sees who there is and not what they are called', async () => {
    await house.person('lyj-042')
    expect(await house.ask(house.officer, 'people', { login: 'lyj' })).toMatchObject([
      { login: 'lyj-042', name: '＊＊＊', phone: '＊＊＊' },
    ])
  })

  test('a login name is given once, in whatever spelling, and follows its rules', async () => {
    await house.person('lyj-042')
    const register = (login: string): Promise<Json> =>
      house.act(house.administrator, 'registerPerson', { login, name: 'x', place: '430725' })
    expect(await register('LYJ-042')).toBe('identity.login-taken')
    expect(await register('13800138000')).toBe('identity.login-name')
    expect(await register('admin')).toBe('identity.login-name-reserved')
    const both = await Promise.all([register('lyj-043'), register('ＬＹＪ-043')])
    expect(both.filter((a) => a === 'identity.login-taken')).toHaveLength(1)
  })

  test('organisations: a wrong code, a code twice and a name into the past are refused', async () => {
    const register = (more: Json): Promise<Json> =>
      house.act(house.administrator, 'registerOrganisation', {
        name: '桃源县林业局',
        kind: 'government',
        place: '430725',
        ...(more as object),
      })
    expect(await register({ code: '9144030071526726XH' })).toBe('identity.organisation-code')
    const made = id(await register({ code: '9144030071526726xg' }), 'organisation')
    expect(await register({ code: '９144030071526726XG' })).toBe('identity.organisation-twice')
    expect(await register({ place: '999999' })).toBe('identity.place-not-covered')
    const rename = (name: string, from: string): Promise<Json> =>
      house.act(house.administrator, 'renameOrganisation', { organisation: made, name, from })
    expect(await rename('桃源县自然资源局', '2026-06-01')).toBe('ok')
    expect(await rename('再改', '2026-05-01')).toBe('identity.name-date')
    expect(await house.ask(house.administrator, 'organisations', { name: '自然' })).toMatchObject([
      { organisation: made, code: '9144030071526726XG', place: '430725' },
    ])
  })

  test('a grant reaches its region on its days and nothing beside it', async () => {
    const p = await house.person('gly-002', { role: 'administrator', place: '430725', to: '2026-03-31' })
    const register = (place: string, n: number): Promise<Json> =>
      house.act(as(p, 'administrator'), 'registerPerson', { login: `new-00${n}`, name: 'x', place })
    expect(await register('430725', 1)).toMatchObject({ person: expect.any(String) as unknown })
    expect(await register('430726', 2)).toBe('identity.place-not-covered')
    expect(await register('430000', 3)).toBe('identity.place-not-covered')
    expect(await house.ask(as(p, 'administrator'), 'people')).toHaveLength(1)
    house.wait(40 * 86_400_000)
    expect(await register('430725', 4)).toBe('identity.no-grant')
  })

  test('administrator, security officer and auditor are different people, also by standing in', async () => {
    const { person: admin } = house.administrator
    const grant = (who: Uuid, role: string): Promise<Json> =>
      house.act(house.officer, 'grantRole', { person: who, role, place: '430000', from: '2026-02-01' })
    expect(await grant(admin, 'auditor')).toBe('identity.roles-conflict')
    expect(await grant(house.officer.person, 'deputy')).toBe('identity.no-self-grant')
    const auditor = await house.person('sjy-001', { role: 'auditor' })
    const stand = { absent: auditor, person: admin, role: 'auditor', place: '430000' }
    const days = { from: '2026-03-01', to: '2026-03-10' }
    expect(await house.act(house.officer, 'standIn', { ...stand, ...days })).toBe('identity.roles-conflict')
  })

  test('a stand-in acts for the absent person until the grant behind it is revoked', async () => {
    const absent = await house.person('gly-002', { role: 'administrator', place: '430700' })
    const other = await house.person('lyj-042')
    const days = { from: '2026-03-01', to: '2026-03-10' }
    const stand = { absent, person: other, role: 'administrator', ...days }
    expect(await house.act(as(absent, 'administrator'), 'standIn', { ...stand, place: '430000' })).toMatch(
      /place-not-covered/,
    )
    const made = await house.act(as(absent, 'administrator'), 'standIn', { ...stand, place: '430725' })
    expect(made).toMatchObject({ grant: expect.any(String) as unknown })
    const register = (n: number): Promise<Json> =>
      house.act(as(other, 'administrator'), 'registerPerson', { login: `new-00${n}`, name: 'x', place: '430725' })
    expect(await register(1)).toMatchObject({ person: expect.any(String) as unknown })
    const acted = await house.store.query<{ stand_in_for: string }>(
      sql`select stand_in_for from act where person = ${other} and kind = 'person-registered'`,
    )
    expect(acted).toEqual([{ stand_in_for: absent }])
    const mine = await house.ask(house.officer, 'grants', { person: absent })
    const own = (mine as readonly { grant: string }[])[0]!.grant
    expect(await house.act(house.officer, 'revokeGrant', { grant: own, reason: '调离' })).toBe('ok')
    expect(await register(2)).toBe('identity.no-grant')
    expect(await house.act(house.officer, 'revokeGrant', { grant: own, reason: '调离' })).toBe('identity.grant-unknown')
  })

  test('nobody acts behind the revocation of the grant, however near the two come', async () => {
    const leaving = await house.person('gly-003', { role: 'administrator', place: '430700' })
    const grants = (await house.ask(house.officer, 'grants', { person: leaving })) as readonly { grant: string }[]
    const submit = ({ person, role }: Who, command: string, input: Json) =>
      house.recorder.submit({ id: house.world.newId(), command, input, person, role })
    const register = (n: number) =>
      submit(as(leaving, 'administrator'), 'registerPerson', { login: `near-${100 + n}`, name: 'x', place: '430725' })
    const before = Array.from({ length: 5 }, (_, n) => register(n))
    await before[1]
    const revoked = submit(house.officer, 'revokeGrant', { grant: grants[0]!.grant, reason: '调离' })
    const behind: Promise<Outcome>[] = []
    for (let n = 5; n < 25; n++) {
      behind.push(register(n))
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const leafOf = (o: Outcome): number => (o.ok ? o.receipt.leaf : -1)
    const at = leafOf(await revoked)
    expect(at).toBeGreaterThan(0)
    const acted = await Promise.all([...before, ...behind])
    expect(leafOf(acted[1]!)).toBeGreaterThan(0)
    expect(acted.filter((o) => leafOf(o) > at)).toEqual([])
    expect(acted.at(-1)).toMatchObject({ ok: false, problems: [{ code: 'identity.no-grant' }] })
  })

  test('the last who can grant is not revoked, also when two officers revoke each other at once', async () => {
    const second = await house.person('aqy-002', { role: 'security-officer' })
    const grants = (await house.ask(house.officer, 'grants', { role: 'security-officer' })) as readonly {
      grant: string
      person: string
    }[]
    const of = (person: string): string => grants.find((g) => g.person === person)!.grant
    const both = await Promise.all([
      house.act(house.officer, 'revokeGrant', { grant: of(second), reason: 'a' }),
      house.act(as(second, 'security-officer'), 'revokeGrant', { grant: of(house.officer.person), reason: 'b' }),
    ])
    expect(both.filter((a) => a === 'ok')).toHaveLength(1)
  })

  test('a disabled person may do nothing more, and what they did stays', async () => {
    const p = await house.person('gly-002', { role: 'administrator' })
    expect(await house.act(house.administrator, 'disablePerson', { person: p, reason: '调离' })).toBe('ok')
    const asked = await house.act(as(p, 'administrator'), 'registerPerson', {
      login: 'abc',
      name: 'x',
      place: '430725',
    })
    expect(asked).toBe('identity.no-grant')
    expect(await house.act(house.administrator, 'disablePerson', { person: p, reason: 'x' })).toBe(
      'identity.person-there',
    )
    const own = { person: house.administrator.person, reason: 'x' }
    expect(await house.act(house.administrator, 'disablePerson', own)).toBe('identity.no-self-grant')
    expect(await house.act(house.administrator, 'enablePerson', { person: p, reason: '回来' })).toBe('ok')
    const back = await signIn(house.world, { login: 'gly-002', password: PASSWORD })
    expect(back).toMatchObject({ code: 'identity.sign-in-failed' })
  })

  test('a password is one’s own to change, and none of the last ones returns', async () => {
    const p = await house.person('lyj-042', { role: 'county-clerk' })
    const me = as(p, 'county-clerk')
    const change = async (password: string, present: string): Promise<Json> => {
      const made = await newPassword(house.world, { person: p, present, password })
      if ('length' in made) return made.map((x) => x.code).join(' ')
      return house.act(me, 'changePassword', { ...made })
    }
    expect(await change('short', PASSWORD)).toBe('identity.password-short identity.password-classes')
    expect(await change('another-Horse-8', 'wrong')).toBe('identity.sign-in-failed')
    expect(await change(PASSWORD, PASSWORD)).toBe('identity.password-same')
    expect(await change('another-Horse-8', PASSWORD)).toBe('ok')
    expect(await change(PASSWORD, 'another-Horse-8')).toBe('identity.password-same')
    const hash = await newPassword(house.world, { person: p, password: 'third-Horse-99' })
    expect(await house.act(house.administrator, 'changePassword', { ...hash } as Json)).toBe(
      'identity.own-account-only',
    )
  })

  test('nobody opens a way into an account whose roles exclude their own', async () => {
    const auditor = await house.person('sjy-001', { role: 'auditor' })
    const second = await house.person('aqy-002', { role: 'security-officer' })
    const reset = async (who: Who, person: Uuid): Promise<Json> => {
      const made = await newPassword(house.world, { person, password: 'some-Other-Horse-5' })
      if ('length' in made) throw new Error('refused')
      return house.act(who, 'resetPassword', { ...made })
    }
    expect(await reset(house.administrator, auditor)).toBe('identity.keeper-account')
    expect(await reset(house.administrator, second)).toBe('identity.keeper-account')
    expect(await reset(house.officer, auditor)).toBe('identity.keeper-account')
    expect(await reset(house.officer, second)).toBe('ok')
    expect(await reset(as(SYSTEM, 'system'), auditor)).toBe('ok')
    const link = { person: auditor, issuer: 'https://id.example.gov.cn', subjectHash: 'd'.repeat(64) }
    expect(await house.act(house.administrator, 'linkIdentity', link)).toBe('identity.keeper-account')
  })

  test('everybody sees their own grants; the public sees regions and nobody', async () => {
    const p = await house.person('lyj-042', { role: 'county-clerk', place: '430725' })
    expect(await house.ask(as(p, 'county-clerk'), 'myGrants')).toMatchObject([
      { role: 'county-clerk', place: '430725' },
    ])
    expect(await house.ask(as(p, 'county-clerk'), 'people')).toBe('identity.role-may-not')
    const everybody = as(SYSTEM, 'public')
    expect(await house.ask(everybody, 'people')).toBe('identity.role-may-not')
    const counties = await house.ask(everybody, 'regions', { within: '430000', level: 'county', on: '2020-01-01' })
    expect((counties as readonly { code: string }[]).map((r) => r.code)).toEqual([
      '430721',
      '430725',
      '430726',
      '430771',
    ])
  })

  test('every role is told what those of its region and the offices above are called, and a name by its grade alone', async () => {
    const admin = house.administrator
    const organisation = async (name: string, kind: string, place: string): Promise<Uuid> =>
      id(await house.act(admin, 'registerOrganisation', { name, kind, place }), 'organisation')
    const office = await organisation('省办', 'government', '430000')
    const firm = await organisation('省里的厂', 'firm', '430000')
    const bureau = await organisation('桃源县林业局', 'government', '430725')
    const other = await organisation('石门县林业局', 'government', '430726')
    const register = async (login: string, place: string, belongs: Uuid): Promise<Uuid> =>
      id(await house.act(admin, 'registerPerson', { login, name: '张三', place, organisation: belongs }), 'person')
    const above = await register('sb-001', '430000', office)
    const trader = await register('cj-001', '430000', firm)
    const near = await register('lyj-043', '430725', bureau)
    const far = await register('smx-001', '430726', other)
    const clerk = as(await house.person('lyj-042', { role: 'county-clerk', place: '430725' }), 'county-clerk')
    const names = (who: Who, of: string) => house.ask(who, 'names', { who: of })

    const told = { login: 'sb-001', organisation: '省办', name: '＊＊＊' }
    expect(await names(clerk, above)).toMatchObject([{ id: above, ...told }])
    expect(await names(clerk, 'sb-001')).toMatchObject([{ id: above, ...told }])
    expect(await names(clerk, 'lyj-043')).toMatchObject([{ id: near, organisation: '桃源县林业局' }])
    expect(await names(clerk, office)).toMatchObject([{ id: office, organisation: '省办' }])
    for (const unknown of [trader, 'cj-001', firm, far, 'smx-001', other, 'nobody-1', "' or 1=1 --"])
      expect(await names(clerk, unknown), unknown).toEqual([])
    expect(await names(admin, 'smx-001')).toMatchObject([{ name: '张三', organisation: '石门县林业局' }])
    for (const role of ['firm-manager', 'bank-officer']) {
      const bound = as(await house.person(`${role.slice(0, 4)}-9`, { role, place: '430725', organisation: firm }), role)
      expect(await names(bound, 'lyj-043')).toMatchObject([{ organisation: '桃源县林业局', name: '＊＊＊' }])
      expect(await names(bound, 'smx-001')).toEqual([])
    }
  })

  test('an administrator sees which identities are linked, and no longer those that were ended', async () => {
    const p = await house.person('lyj-042')
    const link = { person: p, issuer: 'https://id.example.gov.cn', subjectHash: 'd'.repeat(64) }
    await house.act(house.administrator, 'linkIdentity', link)
    const seen = [{ ...link, login: 'lyj-042' }]
    expect(await house.ask(house.administrator, 'linkedIdentities')).toEqual(seen)
    expect(await house.ask(house.administrator, 'linkedIdentities', { person: p })).toEqual(seen)
    await house.act(house.administrator, 'unlinkIdentity', link)
    expect(await house.ask(house.administrator, 'linkedIdentities')).toEqual([])
  })
})
