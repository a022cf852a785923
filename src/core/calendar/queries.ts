// What is due until when; the statutory clocks and holiday tables there are; and a day counted for whoever asks.

import { field, form, type CivilDate, type Json } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql } from '../store/index.ts'
import { CALENDAR_MARKS, CLOCK_KINDS, type Calendar } from './holiday-table.ts'
import { DEADLINE_STATUS } from './schema.ts'
import { basisText, dueDate, holidaysBetween, isUnconfirmed, workingDaysBetween } from './working-days.ts'

const LIMIT = 1000
const said = (zh: string, en: string, example: string) =>
  field.longText({ title: { zh, en }, grade: 'public', example })
const day = (zh: string, en: string) => field.civilDate({ title: { zh, en }, grade: 'public', example: '2026-10-13' })
const number = (zh: string, en: string, example = 7) => field.integer({ title: { zh, en }, grade: 'public', example })
const flag = (zh: string, en: string) => field.flag({ title: { zh, en }, grade: 'public', example: true })
const choices = <K extends string>(of: Readonly<Record<K, { readonly zh: string; readonly en: string }>>) =>
  (Object.keys(of) as K[]).map((value) => ({ value, title: of[value] }))
const kind = field.choice({
  title: { zh: '计日方法', en: 'kind of days' },
  grade: 'public',
  choices: choices(CLOCK_KINDS),
  example: 'working',
})
const mark = field.choice({
  title: { zh: '核对', en: 'mark' },
  grade: 'public',
  choices: choices(CALENDAR_MARKS),
  example: 'unconfirmed',
})
const status = field.choice({
  title: { zh: '状态', en: 'status' },
  choices: choices(DEADLINE_STATUS),
  example: 'running',
})
const UNCONFIRMED = { zh: '放假安排未核对', en: 'with a holiday table that was not compared' }

const filled = (row: Readonly<Record<string, Json | undefined>>): Json =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== undefined)) as Json

const deadlines = query({
  name: 'deadlines',
  title: { zh: '期限', en: 'deadlines' },
  groups: ['everybody'],
  input: form({
    subject: field.optional(said('对象', 'what it runs for', 'request:019e2f6a-7c00-7000-8000-000000000001')),
    status: field.optional(status),
    from: field.optional(day('到期日起', 'due from')),
    to: field.optional(day('到期日止', 'due to')),
  }),
  row: form({
    id: field.id({ title: { zh: '编号', en: 'id' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
    title: field.text({ title: { zh: '名称', en: 'title' }, example: '答复公开申请' }),
    titleEn: field.text({ title: { zh: '英文名称', en: 'title in English' }, example: 'reply to a request' }),
    subject: said('对象', 'what it runs for', 'request:019e2f6a-7c00-7000-8000-000000000001'),
    clause: said('依据', 'clause', '政府信息公开条例（2019）第三十三条'),
    fromOn: day('起算日', 'from'),
    days: number('期限', 'length', 20),
    kind,
    dueOn: day('到期日', 'due on'),
    status,
    extended: number('已延长', 'extended by', 0),
    suspendedOn: field.optional(day('中止日', 'suspended on')),
    remaining: field.optional(number('剩余', 'left')),
    unconfirmed: flag(UNCONFIRMED.zh, UNCONFIRMED.en),
    place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }),
    act: field.id({ title: { zh: '依据的行为', en: 'act' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
  }),
  run: async (reader, i, scope) => {
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select d.id::text as id, d.title_zh as title, d.title_en as "titleEn", d.subject, d.clause, d.from_on::text as "fromOn",
            d.days, d.kind, d.due_on::text as "dueOn", d.status, d.extended, d.suspended_on::text as "suspendedOn", d.remaining,
            d.unconfirmed, d.place, d.act::text as act
          from deadline d where ${scope.within(sql`d.place`, sql`d.organisation`)}
            and (${i.subject ?? null}::text is null or d.subject = ${i.subject ?? null}::text)
            and (${i.status ?? null}::text is null or d.status = ${i.status ?? null}::text)
            and (${i.from ?? null}::date is null or d.due_on >= ${i.from ?? null}::date)
            and (${i.to ?? null}::date is null or d.due_on <= ${i.to ?? null}::date)
          order by d.due_on, d.id limit ${LIMIT}`,
    )
    return rows.map(filled)
  },
})

/** “10-01—10-07”. */
const spanText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  from === to ? from.slice(5) : `${from.slice(5)}—${to.slice(5)}`

const statutoryClocks = (calendar: Calendar): AnyQuery =>
  query({
    name: 'statutoryClocks',
    title: { zh: '法定期限一览', en: 'statutory clocks' },
    groups: ['everybody'],
    input: form({}),
    row: form({
      clock: said('代号', 'clock', 'answer-disclosure'),
      title: said('名称', 'title', '答复政府信息公开申请'),
      titleEn: said('英文名称', 'title in English', 'reply to a request for disclosure'),
      clause: said('依据', 'clause', '政府信息公开条例（2019）第三十三条'),
      days: number('期限', 'length', 20),
      kind,
      longest: field.optional(number('最多延长', 'most extension', 20)),
      mark,
      note: field.optional(said('说明', 'note', '条文未见。')),
    }),
    run: () =>
      Promise.resolve(
        calendar.clocks.map((c) =>
          filled({
            clock: c.id,
            title: c.title.zh,
            titleEn: c.title.en,
            clause: c.clause,
            days: c.days,
            kind: c.kind,
            longest: c.extension?.days,
            mark: c.mark,
            note: c.note?.zh,
          }),
        ),
      ),
  })

const holidayTables = (calendar: Calendar): AnyQuery =>
  query({
    name: 'holidayTables',
    title: { zh: '放假安排', en: 'holiday tables' },
    groups: ['everybody'],
    input: form({}),
    row: form({
      year: field.year({ title: { zh: '年份', en: 'year' }, grade: 'public', example: 2026 }),
      instrument: said('文号', 'instrument', '国办发明电〔2025〕7号'),
      mark,
      workingDays: number('工作日', 'working days', 248),
      off: said('放假', 'days off', '春节 02-15—02-23'),
      worked: said('调休上班', 'worked weekends', '02-14'),
      note: field.optional(said('说明', 'note', '未见原文。')),
    }),
    run: () =>
      Promise.resolve(
        [...calendar.tables.values()].map((t) =>
          filled({
            year: t.year,
            instrument: t.instrument,
            mark: t.mark,
            workingDays: calendar.workingDays.get(t.year)!.length,
            off: t.holidays.map((h) => `${h.title.zh} ${spanText(h)}`).join('；'),
            worked: t.holidays.flatMap((h) => h.work.map((d) => d.slice(5))).join('、') || '—',
            note: t.note?.zh,
          }),
        ),
      ),
  })

const countDays = (calendar: Calendar): AnyQuery =>
  query({
    name: 'countDays',
    title: { zh: '推算到期日', en: 'count to a last day' },
    groups: ['everybody'],
    input: form({
      from: day('起算日（不计入）', 'from, not counted'),
      days: field.integer({ title: { zh: '期限', en: 'length' }, min: 1, max: 3660, example: 7 }),
      kind,
    }),
    row: form({
      dueOn: day('到期日', 'last day'),
      nominalOn: day('顺延之前', 'before it was moved'),
      workingDays: number('其间工作日', 'working days until then'),
      off: field.optional(said('其间放假', 'days off until then', '国庆节 10-01—10-07')),
      offEn: field.optional(said('其间放假（英）', 'days off until then, in English', 'National Day 10-01—10-07')),
      worked: field.optional(said('其间调休上班', 'worked weekends until then', '10-10')),
      basis: said('依据', 'counted with', '2026 年放假安排（国办发明电〔2025〕7号，未与原文核对）'),
      unconfirmed: flag(UNCONFIRMED.zh, UNCONFIRMED.en),
    }),
    run: (_, { from, days, kind: of }) => {
      const term = { from: from as CivilDate, days, kind: of }
      const due = dueDate(calendar, term)
      const { holidays, worked } = holidaysBetween(calendar, term.from, due.on)
      const named = (lang: 'zh' | 'en'): string | undefined =>
        holidays.length === 0 ? undefined : holidays.map((h) => `${h.title[lang]} ${spanText(h)}`).join('；')
      return Promise.resolve([
        filled({
          dueOn: due.on,
          nominalOn: due.nominal,
          workingDays: workingDaysBetween(calendar, term.from, due.on),
          basis: basisText(calendar, due.years).zh,
          unconfirmed: isUnconfirmed(calendar, due.years),
          off: named('zh'),
          offEn: named('en'),
          worked: worked.length === 0 ? undefined : worked.map((d) => d.slice(5)).join('、'),
        }),
      ])
    },
  })

export const calendarQueries = (calendar: Calendar): readonly AnyQuery[] => [
  deadlines,
  statutoryClocks(calendar),
  holidayTables(calendar),
  countDays(calendar),
]
