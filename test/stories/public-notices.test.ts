// A public notice from its posting to the act behind it, on both databases: seven working days over National Day, an objection on
// paper through the village accountant, one online, a kill between; and deadlines that start, rest, run on and end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SYSTEM_PERSON } from '../../src/core/identity/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { sql } from '../../src/core/store/index.ts'
import { instant, type Json, type JsonObject, type Uuid } from '../../src/kernel/index.ts'
import {
  COUNTY,
  NOTICE,
  openNoticeHouse,
  SCAN,
  VILLAGE,
  type NoticeHouse,
  type Person,
} from '../notice-house.fixture.ts'
import { codes } from '../record-house.fixture.ts'

const FROM_PUBLIC: Person = { person: SYSTEM_PERSON, role: 'system' }

describe.each(ENGINES)('public notices on %s', (engine) => {
  let house: NoticeHouse
  let fresh = 0
  beforeAll(async () => {
    house = await openNoticeHouse(engine)
  })
  afterAll(() => house.close())

  /** A subject of its own for each test. */
  const unit = (): string => `unit:019e2f6a-7c00-7000-8000-${String((fresh += 1)).padStart(12, '0')}`
  const at = (day: string, time = '09:00'): void => void (house.now = instant(`${day}T${time}:00+08:00`))
  const refused = async (by: Person, command: string, input: Json) => codes(await house.submit(by, command, input))
  const confirm = (about: string) => refused(house.people.clerk, 'confirmUnit', { about, place: VILLAGE })
  const post = async (about: string, more: JsonObject = {}) =>
    house.must(house.people.clerk, 'publishNotice', { ...NOTICE, about, ...more })
  const onPaper = (notice: Json, more: JsonObject = {}): JsonObject => ({
    publicNotice: notice,
    place: VILLAGE,
    organisation: house.village,
    receivedOn: '2026-09-30',
    objector: '王小明',
    text: '我家的面积少算了两亩。',
    scan: SCAN,
    ...more,
  })

  test('the act behind a notice waits for seven working days over National Day, for its answer and for its closing', async () => {
    const { clerk, officer, accountant, stranger } = house.people
    const about = unit()
    at('2026-09-28')
    expect(await confirm(about)).toEqual(['public-notice.not-published'])
    const posted = await post(about)
    // 29 and 30 September, 8 and 9 October, Saturday the 10th, the 12th and the 13th.
    expect(posted).toMatchObject({ dueOn: '2026-10-13', unconfirmed: true })
    const notice = posted['publicNotice'] as Uuid
    expect(await confirm(about)).toEqual(['public-notice.running'])
    // On 1 October five working days are left, and why the act waits is told in words.
    const shown = async (more: JsonObject) => (await house.ask(clerk, 'publicNotices', { about, ...more }))[0]
    expect((await shown({ on: '2026-10-01' }))!['daysLeft']).toBe(5)
    expect(await shown({})).not.toHaveProperty('daysLeft')
    expect(await shown({ openOnly: true })).toBeUndefined()
    expect(await house.ask(clerk, 'whatWaits', { about })).toMatchObject([
      { zh: expect.stringContaining('尚未期满') as string },
    ])
    expect(await house.ask(stranger, 'whatWaits', { about })).toEqual([])
    expect(await house.ask(clerk, 'noticeContent', { publicNotice: notice })).toMatchObject([{ body: NOTICE['body'] }])

    // The last day is not over before midnight by the clock of the country.
    at('2026-10-13', '23:59')
    expect(await house.fire()).toMatchObject({ fired: 1 })
    expect(await confirm(about)).toEqual(['public-notice.running'])
    expect((await house.ask(clerk, 'inbox')).map((r) => r['zh'])).toContainEqual(
      expect.stringContaining('2026-10-13 到期'),
    )
    at('2026-10-14', '00:00')
    await house.reopen()
    expect(await house.fire()).toMatchObject({ fired: 1, failed: 0 })
    expect(await house.fire()).toMatchObject({ fired: 0, failed: 0 })

    // The accountant enters on the day after what was handed in on 30 September; another village may not.
    expect(await refused(stranger, 'objectOnPaper', onPaper(notice))).toEqual(['identity.other-organisation'])
    const objection = await house.must(accountant, 'objectOnPaper', onPaper(notice))
    expect(objection['number']).toMatch(/^YY-430726001001-2026-000001-/)
    expect(await confirm(about)).toEqual(['public-notice.objections-open'])
    const id = objection['objection'] as Uuid
    const close = { objection: id, closing: '答复已送达。', closedOn: '2026-10-15' }
    const answer = { objection: id, outcome: 'upheld', answer: '更正为 14.5 亩。', answeredOn: '2026-10-14' }
    expect(await refused(clerk, 'answerObjection', answer)).toEqual(['identity.role-may-not'])
    expect(await refused(officer, 'closeObjection', close)).toEqual(['public-notice.not-answered'])
    expect((await house.ask(clerk, 'whatWaits', { about }))[0]!['zh']).toContain(objection['number'])
    expect(await shown({ openOnly: true })).toMatchObject({ objections: 1, open: 1, status: 'ended' })
    await house.must(officer, 'answerObjection', answer)
    expect(await confirm(about)).toEqual(['public-notice.objections-open'])
    expect(await refused(officer, 'closeObjection', close)).toEqual(['public-notice.objection-in-future'])
    at('2026-10-15')
    await house.must(officer, 'closeObjection', close)
    expect(await confirm(about)).toEqual([])

    // Who may see who objected, and who may not; what is done leaves the 待办.
    const [seen] = await house.ask(accountant, 'objections', { publicNotice: notice })
    expect(seen).toMatchObject({ objector: '王小明', text: '我家的面积少算了两亩。', status: 'closed', way: 'paper' })
    const [masked] = await house.ask(clerk, 'objections', { publicNotice: notice })
    expect([masked!['objector'], masked!['text'], masked!['scan']]).toEqual(['＊＊＊', '＊＊＊', '＊＊＊'])
    expect(await house.ask(stranger, 'objections', { publicNotice: notice })).toEqual([])
    expect(await house.ask(accountant, 'documents', { about: `objection:${id}` })).toHaveLength(1)
    expect(await house.ask(officer, 'inbox')).toEqual([])
    const acts = await house.store.query<{ content: string }>(
      sql`select content from act where kind = 'objection-received'`,
    )
    expect(JSON.stringify(acts)).not.toMatch(/王小明|两亩/)
  })

  test('an objection online is taken while the days run, from the server only, and once however often it is sent', async () => {
    at('2026-10-19')
    const about = unit()
    const posted = await post(about, { from: '2026-10-19', days: 5, kind: 'natural' })
    const input = {
      publicNotice: posted['publicNotice']!,
      objector: '李四',
      phone: '13812345678',
      text: '名单里没有我家。',
    }
    const id = house.id()
    const [one, again] = [
      await house.submit(FROM_PUBLIC, 'objectOnline', input, id),
      await house.submit(FROM_PUBLIC, 'objectOnline', input, id),
    ]
    expect([one.ok && again.ok && again.receipt.answer, again.ok && again.receipt.replayed]).toEqual([
      one.ok && one.receipt.answer,
      true,
    ])
    expect(await house.ask(house.people.officer, 'inbox')).toMatchObject([{ about: `objection:${id}` }])
    expect(await refused(house.people.clerk, 'objectOnline', input)).toEqual(['identity.role-may-not'])
    // Natural days: the 24th is a Saturday, so the last day is Monday the 26th.
    expect(posted['dueOn']).toBe('2026-10-26')
    at('2026-10-27')
    expect(await refused(FROM_PUBLIC, 'objectOnline', input)).toEqual(['public-notice.objection-not-in-time'])
    await house.fire()
  })

  test('a notice shows nobody unmasked, is not dated back, and its list has whole rows', async () => {
    at('2026-10-28')
    const { clerk } = house.people
    const bad = (more: JsonObject) =>
      refused(clerk, 'publishNotice', { ...NOTICE, from: '2026-10-28', about: unit(), ...more })
    const list = (...rows: string[][]): JsonObject => ({ list: { columns: ['户主', '面积'], rows } })
    expect(await bad(list(['王小明', '1']))).toEqual(['public-notice.unmasked'])
    expect(await bad(list(['王＊明', '430726198001011234']))).toEqual(['public-notice.unmasked'])
    expect(await bad({ body: '联系王某：138 1234 5678' })).toEqual(['public-notice.unmasked'])
    expect(await bad(list(['王＊明']))).toEqual(['public-notice.ragged-list'])
    expect(await bad({ from: '2026-10-27' })).toEqual(['public-notice.from'])
    expect(await bad({ listDocument: SCAN })).toEqual(['public-notice.list-twice'])
    expect(await bad({ list: NOTICE.list, listDocument: 'cd'.repeat(32) })).toEqual(['public-notice.file-not-received'])
    // What is pasted from a spreadsheet is looked at in the same way.
    const paste = (listText: string) => {
      const { list: _, ...rest } = NOTICE
      return refused(clerk, 'publishNotice', { ...rest, from: '2026-10-28', about: unit(), listText })
    }
    expect(await paste('户主\t面积\n王小明\t1\n')).toEqual(['public-notice.unmasked'])
    expect(await paste('户主，面积\n王＊明，1，2')).toEqual(['public-notice.ragged-list'])
    expect(await paste('户主\t面积\n\n王＊明\t1\n李＊\t2')).toEqual([])
    expect(await bad({ from: '2026-12-18', days: 20 })).toEqual(['calendar.no-table'])
  })

  test('before it is posted anybody is told when it would end, and which holidays and worked weekends lie in it', async () => {
    const [told] = await house.ask(house.people.clerk, 'countDays', { from: '2026-09-28', days: 7, kind: 'working' })
    expect(told).toMatchObject({ dueOn: '2026-10-13', off: '国庆节 10-01—10-07', worked: '10-10' })
    const [plain] = await house.ask(house.people.clerk, 'countDays', { from: '2026-10-12', days: 3, kind: 'working' })
    expect(plain).toMatchObject({ dueOn: '2026-10-15' })
    expect(plain).not.toHaveProperty('off')
  })

  test('withdrawing a notice stops its clock, does not open the gate and keeps its objections', async () => {
    at('2026-11-02')
    const about = unit()
    const notice = (await post(about, { from: '2026-11-02' }))['publicNotice']!
    await house.must(house.people.accountant, 'objectOnPaper', onPaper(notice, { receivedOn: '2026-11-02' }))
    await house.must(house.people.clerk, 'withdrawPublicNotice', { publicNotice: notice, reason: '面积有误' })
    expect(await confirm(about)).toEqual(['public-notice.not-published', 'public-notice.objections-open'])
    expect(
      await refused(house.people.accountant, 'objectOnPaper', onPaper(notice, { receivedOn: '2026-11-02' })),
    ).toEqual(['public-notice.not-running'])
    const [row] = await house.ask(house.people.clerk, 'deadlines', { subject: `notice:${String(notice)}` })
    expect(row).toMatchObject({ status: 'stopped' })
    const timers = await house.ask(house.people.clerk, 'timers', { subject: `deadline:${String(row!['id'])}` })
    expect(timers.map((t) => t['status'])).toEqual(['stopped', 'stopped'])
  })

  test('the place of an objection lies within that of the notice', async () => {
    at('2026-12-01')
    const notice = (await post(unit(), { from: '2026-12-01' }))['publicNotice']!
    const elsewhere = onPaper(notice, { place: COUNTY, receivedOn: '2026-12-01', organisation: house.otherVillage })
    expect(await refused(house.people.stranger, 'objectOnPaper', elsewhere)).toEqual([
      'public-notice.objection-elsewhere',
    ])
  })

  test('days of a suspension do not count, an extension has its limit, and an ended deadline rings no more', async () => {
    const other = await openNoticeHouse(engine, '2026-03-31T01:00:00.000Z')
    try {
      const { clerk } = other.people
      const start = { subject: 'request:1', clock: 'answer-disclosure', from: '2026-03-30', place: COUNTY }
      const { deadline, dueOn } = await other.must(clerk, 'startDeadline', start)
      // 20 working days from Tuesday 31 March, Qingming (Monday 6 April) left out.
      expect(dueOn).toBe('2026-04-28')
      const why = { deadline: deadline!, clause: '政府信息公开条例第三十二条', reason: '征求第三方意见' }
      other.now = instant('2026-04-03T01:00:00.000Z')
      await other.must(clerk, 'suspendDeadline', { ...why, on: '2026-04-03' })
      expect(codes(await other.submit(clerk, 'extendDeadline', { ...why, days: 5 }))).toEqual(['calendar.not-running'])
      other.now = instant('2026-05-11T01:00:00.000Z')
      expect(await other.fire()).toMatchObject({ fired: 0 })
      const resumed = await other.must(clerk, 'resumeDeadline', { deadline: deadline!, on: '2026-05-11' })
      // 16 of the 20 were left (four were used up to 3 April).
      expect(resumed['dueOn']).toBe('2026-06-02')
      expect(codes(await other.submit(clerk, 'extendDeadline', { ...why, days: 21 }))).toEqual(['calendar.extension'])
      const longer = await other.must(clerk, 'extendDeadline', { ...why, days: 20 })
      // 20 working days more, Dragon Boat (19 June) left out.
      expect(longer['dueOn']).toBe('2026-07-01')
      // The alarm, three working days before, then a kill; then the end.
      other.now = instant('2026-06-25T16:00:00.000Z')
      await other.reopen()
      expect(await other.fire()).toMatchObject({ fired: 1 })
      expect(await other.ask(clerk, 'inbox')).toMatchObject([
        { zh: expect.stringContaining('2026-07-01 到期') as string },
      ])
      await other.reopen()
      other.now = instant('2026-07-20T01:00:00.000Z')
      expect(await other.fire()).toMatchObject({ fired: 1, failed: 0 })
      const [row] = await other.ask(clerk, 'deadlines')
      expect(row).toMatchObject({ status: 'expired', dueOn: '2026-07-01', extended: 20, unconfirmed: true })
      // However late the clock came to it.
      const [act] = await other.store.query(sql`select legal_date from act where kind = 'deadline-expired'`)
      expect(act).toEqual({ legal_date: '2026-07-01' })
      expect(await other.ask(clerk, 'inbox')).toMatchObject([{ zh: expect.stringContaining('没有办结') as string }])
      expect(codes(await other.submit(clerk, 'stopDeadline', { deadline: deadline!, how: 'met' }))).toEqual([
        'calendar.not-running',
      ])
      const met = await other.must(clerk, 'startDeadline', {
        ...start,
        clock: 'reconsideration-apply',
        from: '2026-07-20',
      })
      await other.must(clerk, 'stopDeadline', { deadline: met['deadline']!, how: 'met' })
      other.now = instant('2026-10-20T01:00:00.000Z')
      expect(await other.fire()).toMatchObject({ fired: 0, failed: 0 })
      expect(await other.damage()).toEqual([])
    } finally {
      await other.close()
    }
  })

  test('a notice may run longer by extending its deadline, and its deadline is not stopped beside it', async () => {
    at('2026-12-01', '10:00')
    const about = unit()
    const notice = (await post(about, { from: '2026-12-01', days: 3 }))['publicNotice']!
    const [row] = await house.ask(house.people.clerk, 'deadlines', { subject: `notice:${String(notice)}` })
    const deadline = row!['id']!
    expect(await refused(house.people.clerk, 'stopDeadline', { deadline, how: 'met' })).toEqual([
      'calendar.ends-by-itself',
    ])
    const why = { deadline, days: 5, clause: '公告', reason: '村民外出务工' }
    expect(await house.must(house.people.clerk, 'extendDeadline', why)).toMatchObject({ dueOn: '2026-12-11' })
    at('2026-12-10')
    await house.fire()
    expect(await confirm(about)).toEqual(['public-notice.running'])
    at('2026-12-12')
    await house.fire()
    expect(await confirm(about)).toEqual([])
  })

  test('the record vouches for everything that was done here', async () => {
    expect(await house.damage()).toEqual([])
  })
})
