// Questions of the first screens, asked by who may and by who may not: one right by its paper, lots of a firm, who is signed in, what
// was done to people.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject, Uuid } from '../../kernel/index.ts'
import { openSession } from '../../core/identity/index.ts'
import { addSamplePeople } from '../house/index.ts'
import { codesOf, openServed, permitOf, type Browser, type Served } from './server.fixture.ts'
import { signInWorld } from './session-routes.ts'

let served: Served
let number: string
const browsers = new Map<string, Browser>()

const SEATS = [
  { login: 'jy-here', name: '交易', role: 'exchange-operator', place: '430100' },
  { login: 'jy-there', name: '交易', role: 'exchange-operator', place: '430725' },
  { login: 'yh-here', name: '银行', role: 'bank-officer', place: '430100', firm: 'other' },
  { login: 'qy-other', name: '企业', role: 'firm-manager', place: '430100', firm: 'other' },
  { login: 'aq-there', name: '安全', role: 'security-officer', place: '430725' },
]

beforeAll(async () => {
  served = await openServed()
  const { house, people } = served
  const made = await addSamplePeople(
    house,
    { administrator: people.get('gly-001')!, officer: people.get('aqy-001')! },
    () => 'Founding-pass-1',
    { memoryKib: 8, passes: 1, lanes: 1 },
    { people: SEATS, firms: [{ key: 'other', name: '别家', code: '91430100MA00000R1', place: '430100' } as never] },
  )
  const world = signInWorld({ house, options: { engine: 'x', secure: false } } as never)
  const enter = async (login: string, person: Uuid): Promise<void> => {
    const b = served.browser()
    b.cookie = (await openSession(world, { person, method: 'oidc' })).token
    browsers.set(login, b)
  }
  for (const { login } of SEATS) await enter(login, made.people.get(login)!)
  for (const login of ['shifan-qy1', 'shifan-shy', 'shifan-jbr', 'aqy-001', 'gly-001'])
    await enter(login, people.get(login)!)
  const asked = await browsers.get('shifan-jbr')!.act('issue-permit', permitOf(served), 'department-contact')
  await browsers.get('shifan-shy')!.act('approve', { request: String(asked.json['act']) }, 'reviewer')
  const { rows } = await ask('shifan-qy1', 'firm-manager', 'permits')
  number = String(rows[0]!['number'])
})
afterAll(() => served.close())

interface Asked {
  readonly rows: readonly JsonObject[]
  readonly codes: readonly string[]
}

async function ask(login: string, role: string, query: string, words = ''): Promise<Asked> {
  const told = await browsers.get(login)!.get(`/api/v1/queries/${query}?${words}`, role)
  return { rows: (told.json['rows'] ?? []) as readonly JsonObject[], codes: codesOf(told) }
}

test('a right is found by the number of its permit within the region of the asker, and by nobody else', async () => {
  const words = `number=${number}`
  const here = await ask('jy-here', 'exchange-operator', 'look-up-right', words)
  expect(here.rows).toMatchObject([
    {
      place: '430100',
      right: { number, amountKg: '1000', status: 'issued', covered: true, reserved: false, documents: '0' },
    },
  ])
  expect(here.rows[0]).not.toHaveProperty('certificate')
  expect(JSON.stringify(here.rows)).not.toContain(String(served.firms.get('paper')))
  expect((await ask('yh-here', 'bank-officer', 'look-up-right', words)).rows).toHaveLength(1)
  expect((await ask('jy-there', 'exchange-operator', 'look-up-right', words)).rows).toEqual([])
  expect((await ask('jy-here', 'exchange-operator', 'look-up-right', `number=${number.slice(0, -1)}`)).rows).toEqual([])
  expect((await ask('shifan-jbr', 'department-contact', 'look-up-right', words)).codes).toEqual([
    'identity.role-may-not',
  ])
})

test('after some of it was retired, the right says that its holder no longer has as much, and not how much', async () => {
  const retired = await browsers.get('shifan-qy1')!.act(
    'retire-permit',
    {
      firm: served.firms.get('paper'),
      pollutant: 'COD',
      amountKg: '40',
      place: '430100',
      on: '2026-03-01',
      purpose: '自愿注销',
    },
    'firm-manager',
  )
  expect(retired.status).toBe(200)
  const { rows } = await ask('yh-here', 'bank-officer', 'look-up-right', `number=${number}`)
  expect(rows).toMatchObject([{ right: { covered: false } }])
  expect(JSON.stringify(rows)).not.toMatch(/\b(40|960)\b/)
})

test('a firm sees its lots with serials and last days, and nothing of another firm’s', async () => {
  const owner = `owner=${served.firms.get('paper')}`
  const own = await ask('shifan-qy1', 'firm-manager', 'held-lots', owner)
  expect(own.rows.map((r) => [r['account'], r['amount'], r['expires']])).toEqual([
    ['holding', '960', '2030-12-31'],
    ['retired', '40', '2030-12-31'],
  ])
  expect(new Set(own.rows.map((r) => r['serials'])).size).toBe(2)
  expect((await ask('qy-other', 'firm-manager', 'held-lots', owner)).rows).toEqual([])
  expect((await ask('shifan-qy1', 'firm-manager', 'postings', owner)).rows).toHaveLength(2)
  expect((await ask('qy-other', 'firm-manager', 'postings', owner)).rows).toEqual([])
})

test('who is signed in is told to the security officer of the region, without tokens; to the administrator not at all', async () => {
  const words = 'since=2000-01-01T00:00:00.000Z'
  const { rows } = await ask('aqy-001', 'security-officer', 'open-sessions', words)
  expect(rows.map((r) => r['login'])).toContain('shifan-qy1')
  expect(rows.map((r) => r['login'])).toContain('aq-there')
  for (const b of browsers.values()) expect(JSON.stringify(rows)).not.toContain(b.cookie)
  const there = await ask('aq-there', 'security-officer', 'open-sessions', words)
  expect(there.rows.map((r) => r['login']).sort()).toEqual(['aq-there', 'jy-there'])
  expect((await ask('gly-001', 'administrator', 'open-sessions', words)).codes).toEqual(['identity.role-may-not'])
})

test('changes of people and roles are told newest first, to keepers of the region, and nobody’s own password is among them', async () => {
  for (const [login, role] of [
    ['aqy-001', 'security-officer'],
    ['gly-001', 'administrator'],
  ] as const) {
    const { rows } = await ask(login, role, 'keeping-acts')
    expect(rows[0]).toMatchObject({ command: 'grantRole', whom: 'aq-there', by: 'aqy-001', place: '430725' })
    expect(new Set(rows.map((r) => r['command']))).not.toContain('changePassword')
    const times = rows.map((r) => String(r['recorded']))
    expect(times).toEqual([...times].sort().reverse())
  }
  const there = await ask('aq-there', 'security-officer', 'keeping-acts')
  expect(new Set(there.rows.map((r) => r['place']))).toEqual(new Set(['430725']))
  expect((await ask('jy-here', 'exchange-operator', 'keeping-acts')).codes).toEqual(['identity.role-may-not'])
})
