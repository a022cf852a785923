// Public notices over HTTP, as strangers meet them: read without signing in and without script, objected to by a plain form that
// garbage does not break, and printed for the board.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject, Uuid } from '../../kernel/index.ts'
import { ONLINE_MOST } from '../../core/notices/index.ts'
import { sql } from '../../core/store/index.ts'
import { openServed, type Browser, type Served, type Told } from './server.fixture.ts'

let served: Served
let clerk: Browser
let officer: Browser
let place = ''
beforeAll(async () => {
  served = await openServed({ limits: { publicFormsPerMinute: 10_000 } })
  const admin = await served.signedIn('gly-001')
  const security = await served.signedIn('aqy-001')
  const [region] = await served.house.store.query<{ code: string }>(
    sql`select code from region where name_zh = ${'桃源县'} limit 1`,
  )
  place = region!.code
  const role = async (login: string, name: string): Promise<void> => {
    const person = served.people.get(login)!
    const told = await security.act('grant-role', { person, role: name, place, from: '2026-01-01' }, 'security-officer')
    if (told.status !== 200) throw new Error(told.text)
  }
  expect((await admin.get('/api/v1/session')).status).toBe(200)
  await role('shifan-jbr', 'county-clerk')
  await role('shifan-shy', 'objection-officer')
  clerk = await served.signedIn('shifan-jbr')
  officer = await served.signedIn('shifan-shy')
})
afterAll(() => served.close())

const PAGE = { accept: 'text/html' }
let posted = 0
const publish = async (more: JsonObject = {}): Promise<string> => {
  const input = {
    about: `unit:${(posted += 1)}`,
    title: '公益林面积公示 <script>alert(1)</script>',
    body: '现公示如下。',
    clause: '生态保护补偿条例第三十条',
    contact: '县林业局 0736-1234567',
    place,
    from: '2026-03-02',
    days: 7,
    kind: 'working',
    list: { columns: ['户主', '面积（亩）'], rows: [['王＊明', '12.5']] },
    ...more,
  }
  const told = await clerk.act('publish-notice', input, 'county-clerk')
  if (told.status !== 200) throw new Error(told.text)
  return String((told.json['answer'] as JsonObject)['publicNotice'])
}
const idIn = (html: string): string => /name="id" value="([^"]+)"/.exec(html)![1]!
/** As a browser sends a form: no header of ours. */
const send = (notice: string, fields: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
  post(notice, new URLSearchParams(fields).toString(), more)
async function post(notice: string, payload: string, more: Readonly<Record<string, string>> = {}): Promise<Told> {
  const answer = await served.server.app.inject({
    method: 'POST',
    url: `/public/notices/${notice}/object`,
    headers: {
      host: '127.0.0.1:8080',
      origin: 'http://127.0.0.1:8080',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...PAGE,
      ...more,
    },
    payload,
  })
  const type = String(answer.headers['content-type'] ?? '')
  return {
    status: answer.statusCode,
    type,
    text: answer.payload,
    json: type.includes('json') ? (JSON.parse(answer.payload) as JsonObject) : {},
    headers: answer.headers as Told['headers'],
  }
}
const FIELDS = { objector: '王小明', phone: '0736-7654321', text: '我家少算了两亩。' }
const count = async (): Promise<bigint> =>
  (await served.house.store.query<{ n: bigint }>(sql`select count(*) as n from public_notice_objection`))[0]!.n

test('anybody reads a notice, its list and its last day without signing in and without script', async () => {
  const id = await publish()
  const stranger = served.browser()
  const index = await stranger.get('/public/notices')
  expect(index.text).toContain(`/public/notices/${id}`)
  const page = await stranger.get(`/public/notices/${id}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('最后一日 2026-03-11')
  expect(page.text).toContain('王＊明')
  expect(page.text).toContain('尚未与国务院办公厅原文逐日核对')
  expect(page.text).not.toMatch(/<script/i)
  expect(String(page.headers['content-security-policy'])).not.toContain('script-src')
  expect((await stranger.get('/public/notices/019e2f6a-7c00-7000-8000-000000000001')).status).toBe(404)
  expect((await stranger.get('/public/notices/..%2f..%2fx')).status).toBe(404)
})

test('an objection by the form gives a receipt, is taken once however often it is sent, and is not told to anybody else', async () => {
  const id = await publish()
  const form = await served.browser().get(`/public/notices/${id}/object`)
  const fields = { id: idIn(form.text), ...FIELDS }
  const before = await count()
  const [first, second] = [await send(id, fields), await send(id, fields)]
  expect([first.status, second.status]).toEqual([303, 303])
  const receipt = String(first.headers['location'])
  expect(second.headers['location']).toBe(receipt)
  expect((await count()) - before).toBe(1n)
  const shown = await served.browser().get(receipt)
  expect(shown.text).toMatch(/YY-\d+-2026-\d{6}-/)
  expect(shown.text).toContain('待答复')
  for (const path of [receipt, `/public/notices/${id}`, '/public/notices'])
    expect((await served.browser().get(path)).text).not.toMatch(/王小明|7654321|两亩/)
  // Who answers reads it, who only posts does not.
  const objection = fields.id
  const read = async (who: Browser, role: string) =>
    (await who.get(`/api/v1/queries/objections?objection=${objection}`, role)).text
  expect(await read(officer, 'objection-officer')).toContain('王小明')
  expect(await read(clerk, 'county-clerk')).not.toContain('王小明')
  await officer.act(
    'answer-objection',
    { objection, outcome: 'upheld', answer: '更正。', answeredOn: '2026-03-02' },
    'objection-officer',
  )
  expect((await served.browser().get(receipt)).text).toContain('异议成立')
  expect(served.lines.join('\n')).not.toMatch(/王小明|7654321|两亩/)
})

test('a form from another site, of another kind, too large or incomplete is refused, and a browser is told on a page', async () => {
  const id = await publish()
  const fields = { id: served.house.newId(), ...FIELDS }
  const before = await count()
  expect((await send(id, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await send(id, fields, { origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await post(id, JSON.stringify(fields), { 'content-type': 'application/json' })).status).toBe(415)
  expect((await send(id, { ...fields, text: '山'.repeat(20_000) })).status).toBe(413)
  const long = await send(id, { ...fields, text: '山'.repeat(2001) })
  expect([long.status, long.type.startsWith('text/html'), long.text.includes('异议内容：')]).toEqual([400, true, true])
  expect(long.text).toContain('山'.repeat(2001))
  expect(idIn(long.text)).not.toBe(fields.id)
  expect((await send(id, { ...fields, objector: '' })).text).toContain('姓名：')
  expect((await send(id, { ...fields, id: 'x' })).status).toBeGreaterThanOrEqual(400)
  expect((await send('019e2f6a-7c00-7000-8000-000000000001', fields)).status).toBeGreaterThanOrEqual(400)
  const program = await send(id, { ...fields, objector: '' }, { accept: 'application/json' })
  expect(program.type).toContain('application/problem+json')
  expect(await count()).toBe(before)
})

test('garbage in the form is taken as text or refused; no page ever shows it as markup', async () => {
  const id = await publish()
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '<script>alert(1)</script>',
    '"><img src=x onerror=1>',
    '\u0000',
    '\u202e',
    '\ufffe',
    '王',
    '%',
    '%00',
    '+',
    '\r\n',
    '=',
    ';',
    "'; drop table act; --",
    '🌲',
    '~'.padEnd(65, 'a'),
  )
  const words = fc.array(piece, { maxLength: 12 }).map((p) => p.join(''))
  await fc.assert(
    fc.asyncProperty(words, words, words, async (objector, phone, text) => {
      const told = await send(id, { id: served.house.newId(), objector, phone, text })
      expect([303, 400]).toContain(told.status)
      if (told.status === 400) {
        expect(told.text).not.toMatch(/<script|<img/i)
        expect(told.text).not.toContain('\u0000')
      }
    }),
    { numRuns: 150 },
  )
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (raw) => {
      expect((await post(id, raw)).status).toBeGreaterThanOrEqual(400)
    }),
    { numRuns: 50 },
  )
  expect(served.lines.filter((l) => l.includes('"bug"'))).toEqual([])
  // What was taken stands as it was typed, and is only told as data.
  const script = '<script>alert(1)</script>'
  const taken = await send(id, { id: served.house.newId(), objector: '王', phone: '7654321', text: script })
  expect(taken.status).toBe(303)
  const rows = (await officer.get(`/api/v1/queries/objections?publicNotice=${id}`, 'objection-officer')).text
  expect(rows).toContain('script')
})

test('a flood of objections comes to an end, and paper is pointed at', async () => {
  const id = await publish()
  const sealed = `~${'0'.repeat(64)}`
  await served.house.store.query(
    sql`insert into public_notice_objection (id, number, public_notice, about, place, received_on, way, objector, text, status, act)
        select gen_random_uuid(), ${`${id} `}::text || g, ${id}::uuid, ${'unit:x'}, ${place}, ${'2026-03-02'}, ${'online'}, ${sealed},
          ${sealed}, ${'open'}, ${id}::uuid from generate_series(1, ${ONLINE_MOST}::int4) g`,
  )
  const told = await send(id, { id: served.house.newId(), ...FIELDS })
  expect(told.status).toBeGreaterThanOrEqual(400)
  expect(told.text).toContain('书面提出')
})

test('one address sends few forms a minute', async () => {
  const id = await publish()
  const strict = await served.another({ limits: { publicFormsPerMinute: 2 } })
  const once = () =>
    strict.server.app.inject({
      method: 'POST',
      url: `/public/notices/${id}/object`,
      headers: { host: '127.0.0.1:8080', 'content-type': 'application/x-www-form-urlencoded', ...PAGE },
      payload: new URLSearchParams({ id: served.house.newId(), ...FIELDS }).toString(),
    })
  const told = [await once(), await once(), await once()]
  expect(told.map((t) => t.statusCode)).toEqual([303, 303, 429])
  expect(told[2]!.payload).toContain('请求太多')
  await strict.server.close()
})

test('a list that is a document is handed out while the notice runs, and may only be what anybody opens', async () => {
  const upload = async (bytes: Buffer): Promise<string> => {
    const headers = { 'content-type': 'application/octet-stream' }
    const told = await clerk.call('PUT', '/api/v1/files', { raw: bytes, headers })
    return String(told.json['hash'])
  }
  const listed = {
    list: undefined,
    listDocument: await upload(Buffer.from('户主,面积\n王＊明,12.5\n')),
  } as unknown as JsonObject
  const id = await publish(listed)
  const file = await served.browser().get(`/public/notices/${id}/list`)
  expect([file.status, String(file.headers['content-disposition'])]).toEqual([
    200,
    `attachment; filename="list-${id}.csv"`,
  ])
  await clerk.act('withdraw-public-notice', { publicNotice: id, reason: '面积有误' }, 'county-clerk')
  expect((await served.browser().get(`/public/notices/${id}/list`)).status).toBe(404)
  const picture = await upload(Buffer.from('49492a0008000000', 'hex'))
  await expect(publish({ ...listed, listDocument: picture })).rejects.toThrow('public-notice.list-file')
})

test('the copy for the board is in large type, with list, days, number, address and code', async () => {
  const id = await publish()
  const copy = await served.browser().get(`/public/notices/${id}/print`)
  expect(copy.text).toMatch(/font:20pt/)
  expect(copy.text).toContain('王＊明')
  expect(copy.text).toContain('7 个工作日，2026 年 3 月 2 日张贴，自次日起算，至2026 年 3 月 11 日止')
  expect(copy.text).toContain(`http://127.0.0.1:8080/public/notices/${id}`)
  expect(copy.text).toMatch(/<svg[^>]*>/)
  expect(copy.text).not.toMatch(/<script/i)
})

test('the deadlines somebody may see come as a calendar file', async () => {
  await publish()
  const file = await clerk.get('/api/v1/deadlines.ics', 'county-clerk')
  expect([file.status, file.type]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(file.text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*DTSTART;VALUE=DATE:20260311\r\n/)
  expect((await served.browser().get('/api/v1/deadlines.ics', 'county-clerk')).status).toBe(401)
})

test('a withdrawn notice says so and why, shows no list and takes no objection', async () => {
  const id = await publish()
  await clerk.act('withdraw-public-notice', { publicNotice: id as Uuid, reason: '面积有误' }, 'county-clerk')
  const page = await served.browser().get(`/public/notices/${id}`)
  expect(page.text).toContain('面积有误')
  expect(page.text).not.toContain('王＊明')
  expect((await send(id, { id: served.house.newId(), ...FIELDS })).text).toContain('不在公示期内')
})
