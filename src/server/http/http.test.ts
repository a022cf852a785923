// The server as a page of ours meets it: signing in, menus and forms, acts and queries, and everything that is refused.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arranged } from './paging.ts'
import {
  codesOf,
  FIRST_PASSWORD,
  HOST,
  openServed,
  PASSWORD,
  permitOf,
  type Browser,
  type Served,
} from './server.fixture.ts'

let served: Served
let clerk: Browser
let reviewer: Browser
let administrator: Browser
beforeAll(async () => {
  served = await openServed()
  clerk = await served.signedIn('shifan-jbr')
  reviewer = await served.signedIn('shifan-shy')
  administrator = await served.signedIn('gly-001')
})
afterAll(() => served.close())

const permit = () => permitOf(served)

describe('a session', () => {
  test('says who sits there, in which roles, where, and what each role opens on', async () => {
    const told = await clerk.get('/api/v1/session')
    expect(told.status).toBe(200)
    expect(told.json).toMatchObject({
      person: { id: served.people.get('shifan-jbr'), name: '示范经办', login: 'shifan-jbr' },
      mustChange: false,
      passwordAge: 'fresh',
      roles: [{ role: 'department-contact', places: [{ code: '430100', name: '长沙市' }] }],
    })
    const [role] = told.json['roles'] as readonly { opens: { zh: string; en: string } }[]
    expect(role!.opens.zh).not.toBe('')
    expect(role!.opens.en).not.toBe('')
  })

  test('its cookie is out of reach of scripts and of other sites', async () => {
    const told = await served.browser().post('/api/v1/session', { login: 'shifan-qy1', password: PASSWORD })
    const cookie = String(told.headers['set-cookie'])
    expect(cookie).toMatch(/^qingshan_session=[A-Za-z0-9_-]{43}; /)
    for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(word)
    expect(told.text).not.toContain(cookie.slice('qingshan_session='.length).split(';')[0])
  })

  test('a wrong password and an unknown name are answered alike', async () => {
    const wrong = await served.browser().post('/api/v1/session', { login: 'shifan-jbr', password: 'wrong-Horse-8' })
    const unknown = await served.browser().post('/api/v1/session', { login: 'nobody-1', password: 'wrong-Horse-8' })
    expect(wrong.status).toBe(401)
    expect(wrong.type).toContain('application/problem+json')
    expect(unknown.text).toBe(wrong.text)
  })

  test('without one, or with one that was made up, nothing is answered and the cookie goes', async () => {
    const stranger = served.browser()
    expect(codesOf(await stranger.get('/api/v1/menu', 'reviewer'))).toEqual(['http.no-session'])
    stranger.cookie = 'A'.repeat(43)
    const told = await stranger.get('/api/v1/menu', 'reviewer')
    expect([told.status, codesOf(told)]).toEqual([401, ['identity.session-ended']])
    expect(String(told.headers['set-cookie'])).toMatch(/^qingshan_session=; .*Expires=Thu, 01 Jan 1970/)
  })

  test('revoked by its owner elsewhere it ends at once', async () => {
    const [here, stolen] = [await served.signedIn('shifan-jyy'), await served.signedIn('shifan-jyy')]
    expect((await stolen.get('/api/v1/session')).status).toBe(200)
    const { sessions } = (await here.get('/api/v1/sessions')).json as unknown as {
      sessions: readonly { id: string; current: boolean }[]
    }
    expect(sessions.map((s) => s.current).sort()).toEqual([false, true])
    const other = sessions.find((s) => !s.current)!
    expect((await here.call('DELETE', `/api/v1/sessions/${other.id}`)).status).toBe(204)
    expect((await stolen.get('/api/v1/session')).status).toBe(401)
    expect((await here.call('DELETE', `/api/v1/sessions/${other.id}`)).status).toBe(404)
    expect((await here.get('/api/v1/session')).status).toBe(200)
  })

  test('signing out ends it for whoever kept the token', async () => {
    const b = await served.signedIn('shifan-jyy')
    const kept = b.cookie
    expect((await b.call('DELETE', '/api/v1/session')).status).toBe(204)
    b.cookie = kept
    expect((await b.get('/api/v1/session')).status).toBe(401)
  })
})

describe('a password', () => {
  test('set by somebody else must be changed before anything else is done', async () => {
    const made = await administrator.act(
      'register-person',
      { login: 'xin-001', name: '新来的', place: '430100' },
      'administrator',
    )
    const { person } = made.json['answer'] as { person: string }
    const reset = await administrator.post(`/api/v1/people/${person}/password`, {}, 'administrator')
    expect(reset.status).toBe(200)
    const officer = await served.signedIn('aqy-001')
    await officer.act(
      'grant-role',
      { person, role: 'reviewer', place: '430100', from: '2026-01-01' },
      'security-officer',
    )
    const b = served.browser()
    const first = String(reset.json['password'])
    expect((await b.post('/api/v1/session', { login: 'xin-001', password: first })).json['mustChange']).toBe(true)
    const refused = await b.get('/api/v1/queries/inbox', 'reviewer')
    expect([refused.status, codesOf(refused)]).toEqual([403, ['http.must-change-password']])
    expect(codesOf(await b.post('/api/v1/password', { old: 'x', new: PASSWORD }))).toEqual(['identity.sign-in-failed'])
    expect(codesOf(await b.post('/api/v1/password', { old: first, new: 'short' }))).toContain('identity.password-short')
    const elsewhere = served.browser()
    await elsewhere.post('/api/v1/session', { login: 'xin-001', password: first })
    expect((await b.post('/api/v1/password', { old: first, new: PASSWORD })).status).toBe(204)
    expect((await b.get('/api/v1/queries/inbox', 'reviewer')).status).toBe(200)
    expect((await elsewhere.get('/api/v1/session')).status).toBe(401)
  })

  test('and its hash have no address of their own', async () => {
    const told = await clerk.act('change-password', { person: served.people.get('shifan-jbr'), hash: 'x' }, 'reviewer')
    expect([told.status, codesOf(told)]).toEqual([404, ['http.unknown-route']])
    expect((await administrator.act('reset-password', {}, 'administrator')).status).toBe(404)
  })
})

describe('a request is refused', () => {
  const post = (headers: Readonly<Record<string, string>>) =>
    clerk.call('POST', '/api/v1/acts/approve', { body: {}, headers })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sub-domain', { 'sec-fetch-site': 'same-site' }],
    ['a page without an address', { origin: 'null' }],
    ['a form, which sends no header of ours', { 'qingshan-request': '' }],
  ])('where it comes from %s', async (_, headers) => {
    const told = await post(headers)
    expect([told.status, codesOf(told)]).toEqual([403, ['http.foreign-origin']])
  })

  test('where it does not say where it comes from', async () => {
    const told = await served.server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { host: HOST, 'qingshan-request': '1' },
      payload: { login: 'a', password: 'b' },
    })
    expect(told.statusCode).toBe(403)
  })

  test.each<[string, number, string, { raw?: string; headers?: Record<string, string> }]>([
    ['is no JSON', 400, 'http.not-json', { raw: '{"id":' }],
    ['is empty', 400, 'http.not-json', { raw: '' }],
    ['is no object', 400, 'http.body', { raw: '[1]' }],
    ['has members nobody knows', 400, 'http.body', { raw: '{"id":"x","input":{},"__proto__x":1}' }],
    ['reaches for a prototype', 400, 'http.not-json', { raw: '{"__proto__":{"id":1}}' }],
    [
      'is nested without end',
      400,
      'field.too-deep',
      {
        raw: `{"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","input":{"firm":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      },
    ],
    [
      'is no JSON by its type',
      415,
      'http.wrong-content-type',
      { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['is too large', 413, 'http.body-too-large', { raw: `{"id":"${'x'.repeat(9_000_000)}"}` }],
  ])('where its body %s', async (_, status, code, sent) => {
    const told = await clerk.call('POST', '/api/v1/acts/issue-permit', { role: 'department-contact', ...sent })
    expect(told.type).toContain('application/problem+json')
    expect([told.status, codesOf(told)[0]]).toEqual([status, code])
  })

  test.each([
    '/api/v1/acts/no-such-thing',
    '/api/v1/',
    '/nowhere',
    '/api/v1/queries/%00',
    '/api/%zz',
    '/..%2f..%2fetc/passwd',
  ])('where there is no address %s', async (path) => {
    const told = await clerk.get(path, 'reviewer')
    expect([told.status, codesOf(told)]).toEqual([404, ['http.unknown-route']])
  })

  test('where the role is not said, is none, or is not held', async () => {
    expect(codesOf(await clerk.get('/api/v1/queries/inbox'))).toEqual(['http.no-role'])
    expect(codesOf(await clerk.get('/api/v1/queries/inbox', 'king'))).toEqual(['identity.role-unknown'])
    const told = await clerk.get('/api/v1/queries/people', 'administrator')
    expect([told.status, codesOf(told)]).toEqual([403, ['identity.no-grant']])
    expect((await clerk.get('/api/v1/menu', 'administrator')).status).toBe(403)
    expect((await clerk.get('/api/v1/queries/inbox', 'system')).status).toBe(403)
  })

  test('with every refusal in both languages, with what to do', async () => {
    const told = await clerk.act('issue-permit', { ...permit(), amountKg: 'many' }, 'department-contact')
    expect(told.status).toBe(400)
    expect(told.json).toMatchObject({ status: 400, code: 'field.wrong-form' })
    const [p] = told.json['problems'] as readonly Record<string, string & { zh: string; en: string }>[]
    expect(p).toMatchObject({ path: 'amountKg', severity: 'red' })
    for (const said of [p!['zh'], p!['en'], p!['hint']?.zh, p!['hint']?.en]) expect(said).toBeTruthy()
  })
})

describe('acts', () => {
  test('a request is submitted, waits for the reviewer, is approved, and the same id gives the stored answer', async () => {
    const id = served.house.newId()
    const asked = await clerk.act('issue-permit', permit(), 'department-contact', id)
    expect(asked.json).toMatchObject({ act: id, kind: 'approval-requested', replayed: false })
    const again = await clerk.act('issue-permit', permit(), 'department-contact', id)
    expect(again.json).toEqual({ ...asked.json, replayed: true })
    const other = await clerk.act('issue-permit', { ...permit(), amountKg: '2' }, 'department-contact', id)
    expect([other.status, codesOf(other)]).toEqual([409, ['act.replayed-differently']])

    const inbox = await reviewer.get('/api/v1/queries/inbox', 'reviewer')
    expect(inbox.json['rows']).toMatchObject([{ kind: 'approval', id }])
    const approved = await reviewer.act('approve', { request: id }, 'reviewer')
    expect(approved.json).toMatchObject({ kind: 'permit-issued' })
    expect((await reviewer.get('/api/v1/queries/inbox', 'reviewer')).json['rows']).toEqual([])
  })

  test('ten clicks at once do it once', async () => {
    const id = served.house.newId()
    const all = await Promise.all(
      Array.from({ length: 10 }, () => clerk.act('issue-permit', permit(), 'department-contact', id)),
    )
    expect(all.map((t) => t.status)).toEqual(Array(10).fill(200))
    expect(all.filter((t) => t.json['replayed'] === false)).toHaveLength(1)
  })

  test('SQL and HTML in a name stay the text they are', async () => {
    const name = `'); drop table person; --<script>alert(1)</script>`
    const made = await administrator.act(
      'register-organisation',
      { name, kind: 'government', place: '430100' },
      'administrator',
    )
    expect(made.status).toBe(200)
    const found = await administrator.get(
      `/api/v1/queries/organisations?_search=${encodeURIComponent('<script>')}`,
      'administrator',
    )
    expect(found.json['rows']).toMatchObject([{ name }])
    expect(found.headers['x-content-type-options']).toBe('nosniff')
    expect(found.type).toContain('application/json')
  })

  test('a clock that stands before the last record is answered by the problem that says so', async () => {
    served.wait(-600_000)
    const told = await clerk.act('issue-permit', permit(), 'department-contact')
    served.wait(600_000)
    expect([told.status, codesOf(told)]).toEqual([503, ['record.clock-backwards']])
  })
})

describe('menus and forms', () => {
  test('a role is offered what it may do, each with its form', async () => {
    const { commands, queries } = (await clerk.get('/api/v1/menu', 'department-contact')).json as unknown as Record<
      'commands' | 'queries',
      readonly { name: string; path: string; title: { zh: string }; approval?: boolean; group: string }[]
    >
    expect(commands.find((c) => c.name === 'issuePermit')).toMatchObject({
      approval: true,
      path: '/api/v1/acts/issue-permit',
    })
    expect(commands.map((c) => c.name)).not.toContain('grantRole')
    for (const { path } of commands) {
      const form = await clerk.get(path.replace('/acts/', '/forms/'), 'department-contact')
      expect([form.status, typeof form.json['schema']], path).toEqual([200, 'object'])
    }
    for (const { path } of queries) {
      const form = await clerk.get(path.replace('/queries/', '/forms/query/'), 'department-contact')
      expect([form.status, typeof form.json['row']], path).toEqual([200, 'object'])
    }
    expect((await clerk.get('/api/v1/forms/no-such-thing')).status).toBe(404)
  })
})

describe('queries', () => {
  test('search, order, page and columns are the server’s work', async () => {
    const q = (words: string) => clerk.get(`/api/v1/queries/regions?${words}`, 'department-contact')
    const all = await q('')
    expect(all.json['total']).toBe(8)
    const codes = async (words: string): Promise<unknown> =>
      ((await q(words)).json['rows'] as readonly { code: string }[]).map((r) => r.code)
    expect(await codes('_sort=-code&_limit=2')).toEqual(['520381', '520300'])
    expect(await codes('_sort=-code&_limit=2&_offset=2')).toEqual(['520000', '430725'])
    expect(await codes('_search=%E5%B8%82%20430')).toEqual(['430100', '430700', '430124'].filter((c) => c !== '430124'))
    expect((await q('_columns=code&_limit=1')).json['rows']).toEqual([{ code: '430000' }])
    expect(await codes('level=county&within=430000')).toEqual(['430124', '430725'])
    const columns = all.json['columns'] as readonly { name: string; kind: string; grade: string }[]
    expect(columns[0]).toMatchObject({
      name: 'code',
      kind: 'region',
      grade: 'public',
      title: { zh: '代码', en: 'Code' },
    })
  })

  test.each([
    '_limit=0',
    '_limit=1001',
    '_limit=x',
    '_sort=nothing',
    '_columns=a',
    '_format=exe',
    '_lang=fr',
    '_x=1',
    '_limit=1&_limit=2',
  ])('a parameter %s that nobody knows is refused', async (words) => {
    const told = await clerk.get(`/api/v1/queries/regions?${words}`, 'department-contact')
    expect([told.status, codesOf(told)]).toEqual([400, ['http.parameter']])
  })

  test('a personal value is shown to whose role may see it and masked for others; searching for it finds nothing', async () => {
    const see = await administrator.get('/api/v1/queries/people?login=shifan-jbr', 'administrator')
    expect(see.json['rows']).toMatchObject([{ name: '示范经办' }])
    const found = await administrator.get(
      '/api/v1/queries/people?_search=%E7%A4%BA%E8%8C%83%E7%BB%8F%E5%8A%9E',
      'administrator',
    )
    expect(found.json['total']).toBe(1)
  })

  test('what is asked with a body is answered as the address would be, page and file alike', async () => {
    const ask = (body: object, path = '/api/v1/queries/regions') => reviewer.post(path, body, 'reviewer')
    const words = await reviewer.get('/api/v1/queries/regions?name=市&_sort=-code&_limit=2&_columns=code', 'reviewer')
    const posted = await ask({ input: { name: '市' }, sort: '-code', limit: 2, columns: ['code'] })
    expect(posted.json).toEqual(words.json)
    const file = await ask({ input: { name: '市' }, format: 'csv', columns: ['code'] })
    expect(file.headers['content-disposition']).toBe('attachment; filename="regions.csv"')
    expect((await ask({ input: {}, limit: 0 })).status).toBe(400)
    expect((await ask({ input: { nme: '市' } })).status).toBe(400)
    expect((await ask({ input: {}, colour: 1 })).status).toBe(400)
    expect((await ask({ input: {} }, '/api/v1/queries/people')).status).toBe(403)
    const foreign = await reviewer.call('POST', '/api/v1/queries/regions', {
      role: 'reviewer',
      body: { input: {} },
      headers: { origin: 'http://elsewhere.example' },
    })
    expect([foreign.status, codesOf(foreign)]).toEqual([403, ['http.foreign-origin']])
  })

  test('a personal number never stands in an address: such a query has none, and no line of the log has its words', async () => {
    const admin = await served.signedIn('gly-001')
    const path = '/api/v1/queries/find-parties'
    const number = '11010519491231002X'
    const told = await admin.post(path, { input: { by: 'id-number', value: number } }, 'administrator')
    expect([told.status, told.json['rows']]).toEqual([200, []])
    expect((await admin.get(`${path}?by=id-number&value=${number}`, 'administrator')).status).toBe(404)
    const { queries } = (await admin.get('/api/v1/menu', 'administrator')).json as unknown as {
      queries: readonly { readonly name: string; readonly posted?: boolean }[]
    }
    expect(queries.filter((q) => q.posted).map((q) => q.name)).toEqual(['findParties'])
    expect(served.lines.filter((line) => line.includes(number))).toEqual([])
    expect(served.lines.some((line) => line.includes(`"method":"POST","route":"${path}"`))).toBe(true)
  })

  test('as a file: with byte order mark, and no text that a spreadsheet would take for a formula', async () => {
    for (const name of ['=cmd|calc', '@SUM(A1)', '+1+1'])
      await administrator.act('register-organisation', { name, kind: 'government', place: '430100' }, 'administrator')
    const csv = await administrator.get('/api/v1/queries/organisations?_format=csv', 'administrator')
    expect(csv.type).toContain('text/csv')
    expect(csv.text.startsWith('\ufeff')).toBe(true)
    for (const safe of [`'=cmd|calc`, `'@SUM(A1)`, `'+1+1`]) expect(csv.text).toContain(safe)
    expect(csv.text).not.toMatch(/(^|,)[=@+]/m)
    const xlsx = await administrator.get('/api/v1/queries/organisations?_format=xlsx&_lang=en', 'administrator')
    expect(xlsx.text.startsWith('PK')).toBe(true)
    expect(xlsx.headers['content-disposition']).toContain('organisations.xlsx')
  })
})

describe('a table too long to be read whole', () => {
  const numbers = ['0', '-1', '10', '9', '1.50', '1.5', '007', '-0.25', '123456789012345678.5']
  beforeAll(async () => {
    const officer = await served.signedIn('aqy-001')
    const grant = {
      person: served.people.get('shifan-shy'),
      role: 'provincial-office',
      place: '430000',
      from: '2026-01-01',
    }
    expect((await officer.act('grant-role', grant, 'security-officer')).status).toBe(200)
    const card = {
      indicator: 'a.b',
      place: '430000',
      titleZh: '甲',
      titleEn: 'a',
      definitionZh: '甲',
      definitionEn: 'a',
      unit: '1',
      boundaryZh: '甲',
      boundaryEn: 'a',
      clause: 'A7',
      overlaps: [],
      custodian: '局',
      grade: 'public',
    }
    expect((await reviewer.act('register-indicator', card, 'provincial-office')).status).toBe(200)
    const values = numbers.flatMap((value, i) =>
      ['断面-1', 'Bridge_2%', 'bridge'].map((at, k) => ({
        indicator: 'a.b',
        at: `${at}${i}`,
        period: `202${k}`,
        dims: k === 1 ? [{ key: 'eco', value: 'Forest' }] : [],
        value,
        unit: '1',
        fit: k === 2 ? ['research'] : [],
        unfit: [],
      })),
    )
    const told = await clerk.act(
      'record-indicator-values',
      { place: '430100', legalDate: '2025-12-31', status: 'trial', source: '年报', values },
      'department-contact',
    )
    expect(told.status).toBe(200)
  })

  test('is searched, ordered and cut by the database as its rows would be here', async () => {
    const query = served.house.registry.getQuery('indicatorValues')
    const question = {
      query: query.name,
      input: {},
      person: served.people.get('shifan-jbr')!,
      role: 'department-contact',
    }
    const whole = await served.house.ask(question)
    if (!whole.ok) throw new Error('refused')
    expect(whole.rows).toHaveLength(27)
    const columns = Object.keys(query.row.fields)
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          search: fc.constantFrom(
            undefined,
            '',
            '断面',
            'BRIDGE',
            '_2%',
            '%',
            '5 bridge',
            'forest',
            "'",
            '试算',
            'nothing',
          ),
          sort: fc.option(fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }), {
            nil: undefined,
          }),
          limit: fc.integer({ min: 1, max: 30 }),
          offset: fc.nat(30),
        }),
        async ({ search, sort, limit, offset }) => {
          const page = { limit, offset, ...(search === undefined ? {} : { search }), ...(sort ? { sort } : {}) }
          const expected = arranged(query.row, whole.rows, page)
          const found = await served.house.askPage(question, page)
          expect(found).toEqual({ ok: true, total: expected.length, rows: expected.slice(offset, offset + limit) })
        },
      ),
      { numRuns: 60 },
    )
  })

  test('and as a file it is whole', async () => {
    const csv = await clerk.get(
      '/api/v1/queries/indicator-values?_format=csv&_limit=5&_search=bridge',
      'department-contact',
    )
    expect(csv.text.trim().split('\r\n')).toHaveLength(1 + 18)
  })
})

describe('what is written down of requests', () => {
  test('one line of JSON each, with the pattern of the route and nothing a person typed', async () => {
    served.lines.length = 0
    await administrator.get('/api/v1/queries/people?login=shifan-jbr', 'administrator')
    await served.browser().post('/api/v1/session', { login: 'shifan-jbr', password: FIRST_PASSWORD })
    const lines = served.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toMatchObject([
      { method: 'GET', route: '/api/v1/queries/people', status: 200 },
      { method: 'POST', route: '/api/v1/session', status: 401 },
    ])
    for (const line of lines)
      expect(Object.keys(line).sort()).toEqual(['id', 'level', 'method', 'ms', 'route', 'status', 'time'])
    expect(served.lines.join()).not.toMatch(/shifan|Founding|示范/)
  })
})

describe('every answer', () => {
  test('carries the headers that keep a page from being framed, sniffed or fed foreign script', async () => {
    const { headers } = await clerk.get('/api/v1/session')
    expect(headers['content-security-policy']).toContain(`script-src 'self'`)
    expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
    expect(headers['content-security-policy']).not.toContain('http')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })
})
