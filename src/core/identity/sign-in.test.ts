// Sign-in and sessions on each engine the machine has.

import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instantMs, type Problem, type Uuid } from '../../kernel/index.ts'
import { name, sql, type Engine, type Reader, type Sql, type Store } from '../store/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { openHouse, PASSWORD, type House, type Who } from './house.fixture.ts'
import { newPassword } from './new-password.ts'
import { subjectHash } from './oidc.ts'
import { sessionTables } from './schema.ts'
import { newCodeKey } from './one-time-code.ts'
import { findSession, forgetOldSessions, listSessions, revokeSessions, type FoundSession } from './sessions.ts'
import { signIn, signInLinked, type SignedIn } from './sign-in.ts'

const MIN = 60_000

describe.each(ENGINES)('sign-in on %s', (engine: Engine) => {
  let house: House
  let wang: Uuid
  let me: Who
  let login = ''
  let people = 0
  beforeAll(async () => {
    house = await openHouse(engine)
  })
  beforeEach(async () => {
    for (const t of sessionTables) await house.store.query(sql`delete from ${name(t.name)}`)
    login = `lyj-${++people}`
    wang = await house.person(login, { role: 'county-clerk', place: '430725' })
    me = { person: wang, role: 'county-clerk' }
  })
  afterAll(() => house.close())

  const tryIn = (password: string, more: { login?: string; code?: string } = {}): Promise<SignedIn | Problem> =>
    signIn(house.world, { login, password, fromAddress: '10.1.2.3', ...more })
  const said = (a: SignedIn | FoundSession | Problem | { person: Uuid }): string => ('code' in a ? a.code : 'ok')
  const inside = async (): Promise<SignedIn> => {
    const a = await tryIn(PASSWORD)
    if ('code' in a) throw new Error(a.code)
    return a
  }
  const events = async (): Promise<readonly string[]> =>
    (await house.store.query<{ result: string }>(sql`select result from sign_in_event order by id`)).map(
      (e) => e.result,
    )

  test('the right password opens a session that its token finds; what an administrator set must be changed first', async () => {
    const a = await inside()
    expect(a).toMatchObject({ person: wang, passwordAge: 'fresh', mustChange: true })
    expect(await findSession(house.world, a.token)).toEqual({ id: a.id, person: wang, mustChange: true })
    const made = await newPassword(house.world, { person: wang, present: PASSWORD, password: 'another-Horse-8' })
    if ('length' in made) throw new Error('refused')
    await house.act(me, 'changePassword', { ...made })
    expect(await tryIn('another-Horse-8')).toMatchObject({ mustChange: false })
    expect(await findSession(house.world, a.token)).toMatchObject({ mustChange: false })
    house.wait(90 * 24 * 60 * MIN)
    expect(await tryIn('another-Horse-8')).toMatchObject({ passwordAge: 'expired', mustChange: true })
  })

  test('the token stands nowhere in the database', async () => {
    const { token } = await inside()
    const rows = await house.store.query<{ all: string }>(sql`select row_to_json(s)::text as all from session s`)
    expect(rows.map((r) => r.all).join()).not.toContain(token)
  })

  test('an unknown name, a wrong password, no password yet and a disabled account are answered alike, and counted alike', async () => {
    const bare = await house.act(house.administrator, 'registerPerson', {
      login: 'bare-01',
      name: 'x',
      place: '430725',
    })
    expect(bare).toHaveProperty('person')
    await house.person('gone-01')
    const [gone] = (await house.ask(house.administrator, 'people', { login: 'gone' })) as readonly { person: Uuid }[]
    await house.act(house.administrator, 'disablePerson', { person: gone!.person, reason: '调离' })
    const answers: Record<string, (Problem | SignedIn)[]> = {}
    for (const tried of ['nobody-1', login, 'bare-01', 'gone-01']) {
      answers[tried] = []
      for (let i = 0; i < 6; i++)
        answers[tried].push(await tryIn(tried === 'gone-01' ? PASSWORD : 'wrong-Horse-7', { login: tried }))
    }
    const [first, ...others] = Object.values(answers)
    expect(first!.map(said)).toEqual([
      ...Array.from({ length: 5 }, () => 'identity.sign-in-failed'),
      'identity.sign-in-locked',
    ])
    for (const other of others) expect(other).toEqual(first)
    expect(await tryIn(PASSWORD)).toMatchObject({ code: 'identity.sign-in-locked', values: { minutes: 15 } })
    house.wait(15 * MIN)
    expect(said(await tryIn(PASSWORD))).toBe('ok')
  })

  test('an unknown name asks the database as often as a wrong password does', async () => {
    const counted = async (tried: string): Promise<number> => {
      let asked = 0
      const { store } = house
      const counting = <R extends Reader>(reader: R): R => ({
        ...reader,
        query: (q: Sql) => {
          asked++
          return reader.query(q)
        },
      })
      const watched: Store = {
        ...counting(store),
        transaction: (run, options) => store.transaction((tx) => run(counting(tx)), options),
      }
      await signIn({ ...house.world, store: watched }, { login: tried, password: 'wrong-Horse-7' })
      return asked
    }
    expect(await counted('nobody-1')).toBe(await counted(login))
  })

  test('guessing in parallel gains no more tries than guessing in a row', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => tryIn('wrong-Horse-7')))
    expect(all.map(said).filter((s) => s === 'identity.sign-in-failed')).toHaveLength(5)
    expect(said(await tryIn(PASSWORD))).toBe('identity.sign-in-locked')
  })

  test('a good sign-in takes its failures back', async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await tryIn('wrong-Horse-7')
      expect(said(await tryIn(PASSWORD))).toBe('ok')
    }
  })

  test('with an authenticator the code is wanted, and each is taken once', async () => {
    const key = newCodeKey(house.world.random)
    expect(await house.act(me, 'setTotp', { person: wang, key })).toBe('ok')
    const code = (): string => generateSync({ secret: key, epoch: instantMs(house.world.now()) / 1000 })
    expect(said(await tryIn(PASSWORD))).toBe('identity.code-wanted')
    expect(said(await tryIn('wrong-Horse-7', { code: code() }))).toBe('identity.sign-in-failed')
    expect(said(await tryIn(PASSWORD, { code: '000000' }))).toBe('identity.sign-in-failed')
    const both = await Promise.all([tryIn(PASSWORD, { code: code() }), tryIn(PASSWORD, { code: code() })])
    expect(both.map(said).sort()).toEqual(['identity.sign-in-failed', 'ok'])
    house.wait(MIN)
    expect(said(await tryIn(PASSWORD, { code: code() }))).toBe('ok')
    expect(await house.act(house.administrator, 'removeTotp', { person: wang })).toBe('ok')
    expect(said(await tryIn(PASSWORD))).toBe('ok')
  })

  test('a fourth session ends the one unused for longest, also when all open at once', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => inside()))
    const found = await Promise.all(opened.map((a) => findSession(house.world, a.token)))
    expect(found.map(said).filter((s) => s === 'ok')).toHaveLength(3)
    expect(await listSessions(house.world, wang)).toHaveLength(3)
  })

  test('a session ends unused, revoked, or with its account; one’s own may stay when the others go', async () => {
    const [a, b] = [await inside(), await inside()]
    expect(await revokeSessions(house.world, { person: wang, except: a.id, why: 'password-changed' })).toBe(1)
    expect(said(await findSession(house.world, a.token))).toBe('ok')
    expect(said(await findSession(house.world, b.token))).toBe('identity.session-ended')
    house.wait(29 * MIN)
    expect(said(await findSession(house.world, a.token))).toBe('ok')
    house.wait(29 * MIN)
    expect(said(await findSession(house.world, a.token))).toBe('ok')
    house.wait(30 * MIN)
    expect(said(await findSession(house.world, a.token))).toBe('identity.session-ended')
    const c = await inside()
    expect(await revokeSessions(house.world, { person: house.officer.person, id: c.id, why: 'revoked' })).toBe(0)
    await house.act(house.administrator, 'disablePerson', { person: wang, reason: '调离' })
    expect(said(await findSession(house.world, c.token))).toBe('identity.session-ended')
    expect(said(await findSession(house.world, 'x'))).toBe('identity.session-ended')
  })

  test('a linked identity signs in without a password, an unlinked one does not', async () => {
    const there = { issuer: 'https://id.example.gov.cn', subject: '13800138000' }
    expect(said(await signInLinked(house.world, there))).toBe('identity.subject-not-linked')
    const link = { person: wang, issuer: there.issuer, subjectHash: subjectHash(there) }
    expect(await house.act(house.administrator, 'linkIdentity', link)).toBe('ok')
    expect(await house.act(house.administrator, 'linkIdentity', link)).toBe('identity.linked-already')
    const a = await signInLinked(house.world, there)
    expect(a).toMatchObject({ person: wang })
    expect(await findSession(house.world, (a as SignedIn).token)).toMatchObject({ person: wang, mustChange: false })
    expect(said(await signInLinked(house.world, { ...there, issuer: 'https://other.example' }))).toBe(
      'identity.subject-not-linked',
    )
    expect(await house.act(house.administrator, 'unlinkIdentity', link)).toBe('ok')
    expect(said(await signInLinked(house.world, there))).toBe('identity.subject-not-linked')
  })

  test('every try is written down with its result and address, for the security officer to see', async () => {
    await tryIn('wrong-Horse-7')
    await inside()
    await tryIn('typed-my-Password-here', { login: 'typed-my-Password-here' })
    expect(await events()).toEqual(['failed', 'ok', 'failed'])
    const since = '2026-01-01T00:00:00.000Z'
    const seen = await house.ask(house.officer, 'signInEvents', { since })
    expect(seen).toHaveLength(3)
    expect(JSON.stringify(seen)).not.toContain('typed-my')
    expect(await house.ask(house.officer, 'signInEvents', { since, result: 'ok' })).toMatchObject([
      { login, fromAddress: '＊＊＊' },
    ])
    expect(await house.ask(me, 'signInEvents', { since })).toBe('identity.role-may-not')
  })

  test('events and sessions are kept for six months at least, counts of failures as long as they count', async () => {
    await inside()
    const counts = (): Promise<readonly unknown[]> => house.store.query(sql`select 1 from sign_in_state`)
    await tryIn('wrong-Horse-7', { login: 'nobody-1' })
    await forgetOldSessions(house.world)
    expect(await counts()).toHaveLength(1)
    house.wait(180 * 24 * 60 * MIN)
    await forgetOldSessions(house.world)
    expect(await counts()).toHaveLength(0)
    expect(await events()).toEqual(['ok', 'failed'])
    house.wait(5 * 24 * 60 * MIN)
    await forgetOldSessions(house.world)
    expect(await events()).toEqual([])
  })
})
