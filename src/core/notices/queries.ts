// Public notices and the objections to them, as those see them who work with them. (What everybody sees are the public pages.)

import { field, form, type CivilDate, type Json } from '../../kernel/index.ts'
import { daysBetween, workingDaysBetween, type Calendar } from '../calendar/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql } from '../store/index.ts'
import { gateProblems } from './gate.ts'
import { NOTICE_STATUS, OBJECTION_STATUS, OUTCOMES, WAYS } from './schema.ts'

const LIMIT = 1000
const EXAMPLE_ID = '019e2f6a-7c00-7000-8000-000000000001'
const id = (zh: string, en: string) => field.id({ title: { zh, en }, grade: 'public', example: EXAMPLE_ID })
const said = (zh: string, en: string, example: string) =>
  field.longText({ title: { zh, en }, grade: 'public', example })
const day = (zh: string, en: string) => field.civilDate({ title: { zh, en }, grade: 'public', example: '2026-10-13' })
const count = (zh: string, en: string) => field.integer({ title: { zh, en }, grade: 'public', example: 1 })
const cell = field.text({ title: { zh: '格', en: 'cell' }, grade: 'public', example: '王＊明' })
const choices = <K extends string>(of: Readonly<Record<K, { readonly zh: string; readonly en: string }>>) =>
  (Object.keys(of) as K[]).map((value) => ({ value, title: of[value] }))
const place = field.region({ title: { zh: '行政区', en: 'place' }, grade: 'public', example: '430725101201' })
const noticeStatus = field.choice({
  title: { zh: '状态', en: 'status' },
  grade: 'public',
  choices: choices(NOTICE_STATUS),
  example: 'running',
})
const objectionStatus = field.choice({
  title: { zh: '状态', en: 'status' },
  grade: 'public',
  choices: choices(OBJECTION_STATUS),
  example: 'open',
})
const filled = (rows: readonly Readonly<Record<string, Json>>[]): readonly Json[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null)))

const publicNotices = (calendar: Calendar) =>
  query({
    name: 'publicNotices',
    title: { zh: '公示', en: 'public notices' },
    groups: ['public-notices'],
    input: form({
      publicNotice: field.optional(id('公示', 'public notice')),
      about: field.optional(said('对象', 'what it is about', `unit:${EXAMPLE_ID}`)),
      status: field.optional(noticeStatus),
      openOnly: field.optional(
        field.flag({
          title: { zh: '只看有未办结异议的', en: 'with open objections only' },
          grade: 'public',
          example: true,
        }),
      ),
      on: field.optional(day('今天（算剩余天数）', 'today, for the days left')),
    }),
    row: form({
      id: id('编号', 'id'),
      number: said('公示编号', 'number', 'GS-430725-2026-000001-E'),
      title: said('标题', 'title', '示范村公益林补偿面积公示'),
      about: said('对象', 'what it is about', `unit:${EXAMPLE_ID}`),
      clause: said('依据', 'clause', '生态保护补偿条例第三十条'),
      place,
      organisation: field.optional(id('村集体', 'village collective')),
      fromOn: day('起始日', 'posted on'),
      days: count('期限', 'days'),
      kind: field.choice({
        title: { zh: '计日方法', en: 'kind of days' },
        grade: 'public',
        choices: [
          { value: 'working', title: { zh: '工作日', en: 'working days' } },
          { value: 'natural', title: { zh: '日', en: 'natural days' } },
        ],
        example: 'working',
      }),
      dueOn: day('最后一日', 'last day'),
      suspended: field.flag({ title: { zh: '中止计算', en: 'days stand still' }, grade: 'public', example: false }),
      daysLeft: field.optional(count('剩余天数', 'days left')),
      deadline: id('期限', 'deadline'),
      unconfirmed: field.flag({
        title: { zh: '放假安排未核对', en: 'with a holiday table that was not compared' },
        grade: 'public',
        example: true,
      }),
      status: noticeStatus,
      objections: count('异议', 'objections'),
      open: count('未办结', 'not closed'),
      page: said('公示页', 'page', `/public/notices/${EXAMPLE_ID}`),
      reason: field.optional(said('撤回理由', 'why withdrawn', '面积有误')),
    }),
    run: async (reader, i, scope) => {
      const rows = await reader.query<Noticed>(
        sql`select n.id::text as id, n.number, n.title, n.about, n.clause, n.place, n.organisation::text as organisation,
            n.from_on::text as "fromOn", n.days + d.extended as days, n.kind, d.due_on::text as "dueOn",
            d.status = 'suspended' as suspended, d.remaining, d.id::text as deadline, d.unconfirmed, n.status,
            (select count(*)::int4 from public_notice_objection o where o.public_notice = n.id) as objections,
            (select count(*)::int4 from public_notice_objection o where o.public_notice = n.id and o.status <> 'closed') as open,
            '/public/notices/' || n.id::text as page, n.reason
          from public_notice n join deadline d on d.id = n.deadline
          where ${scope.within(sql`n.place`, sql`n.organisation`)}
            and (${i.publicNotice ?? null}::uuid is null or n.id = ${i.publicNotice ?? null}::uuid)
            and (${i.about ?? null}::text is null or n.about = ${i.about ?? null}::text)
            and (${i.status ?? null}::text is null or n.status = ${i.status ?? null}::text)
            and (${i.openOnly ?? false}::bool is false or exists (select 1 from public_notice_objection o
              where o.public_notice = n.id and o.status <> 'closed'))
          order by n.id desc limit ${LIMIT}`,
      )
      return filled(
        rows.map(({ remaining, ...row }) => ({ ...row, daysLeft: daysLeft(calendar, row, remaining, i.on) })),
      )
    },
  })

interface Noticed {
  readonly [column: string]: Json
  readonly kind: string
  readonly dueOn: string
  readonly status: string
  readonly suspended: boolean
  readonly remaining: number | null
}

/** Days of its kind from the day asked for to the last one, which counts; of a notice that stands still, those that will be left. */
function daysLeft(
  calendar: Calendar,
  { status, suspended, kind, dueOn }: Pick<Noticed, 'status' | 'suspended' | 'kind' | 'dueOn'>,
  remaining: number | null,
  on: CivilDate | undefined,
): number | null {
  if (status !== 'running' || on === undefined) return null
  if (suspended) return remaining
  const due = dueOn as CivilDate
  return Math.max(0, kind === 'working' ? workingDaysBetween(calendar, on, due) : daysBetween(on, due))
}

const noticeContent = query({
  name: 'noticeContent',
  title: { zh: '公示内容', en: 'what a public notice says' },
  groups: ['public-notices'],
  input: form({ publicNotice: id('公示', 'public notice') }),
  row: form({
    body: said('正文', 'text', '现将各户公益林面积公示如下。'),
    contact: said('联系方式', 'whom to ask', '示范县林业局 0736-1234567'),
    columns: field.optional(field.list(cell, { title: { zh: '表头', en: 'headings' } })),
    rows: field.optional(
      field.list(field.list(cell, { title: { zh: '行', en: 'row' } }), { title: { zh: '名单', en: 'the list' } }),
    ),
    listDocument: field.optional(
      field.fileHash({
        title: { zh: '名单文件', en: 'the list as a document' },
        grade: 'public',
        example: 'ab'.repeat(32),
      }),
    ),
  }),
  run: async (reader, { publicNotice }, scope) =>
    filled(
      await reader.query<Readonly<Record<string, Json>>>(
        sql`select n.body, n.contact, n.list -> 'columns' as columns, n.list -> 'rows' as rows, n.list_document as "listDocument"
            from public_notice n where n.id = ${publicNotice} and ${scope.within(sql`n.place`, sql`n.organisation`)}`,
      ),
    ),
})

/** What stands in the way of whatever waits for notices about a thing, and the requests about it that somebody still has to approve. */
const whatWaits = query({
  name: 'whatWaits',
  title: { zh: '等待公示的事项', en: 'what waits for a notice' },
  groups: ['public-notices'],
  input: form({ about: said('对象', 'what it is about', `unit:${EXAMPLE_ID}`) }),
  row: form({
    request: field.optional(id('申请', 'request')),
    zh: said('事项或原因', 'matter or reason, in Chinese', '公示 GS-430725-2026-000001-E 尚未期满。'),
    en: said('事项或原因（英）', 'matter or reason', 'It is still running.'),
    hintZh: field.optional(said('怎么办', 'what to do, in Chinese', '请在公示期满后再办理。')),
    hintEn: field.optional(said('怎么办（英）', 'what to do', 'Go on when its days are over.')),
  }),
  run: async (reader, { about }, scope) => {
    const within = scope.within(sql`n.place`, sql`n.organisation`)
    const notices = await reader.query<{ readonly number: string; readonly status: string; readonly seen: boolean }>(
      sql`select n.number, n.status, ${within} as seen from public_notice n where n.about = ${about}`,
    )
    // Nobody is told of a thing elsewhere.
    if (!notices.some((n) => n.seen)) return []
    const objections = await reader.query<{ readonly number: string; readonly status: string }>(
      sql`select number, status from public_notice_objection where about = ${about} order by id`,
    )
    const requests = await reader.query<{ readonly request: string; readonly zh: string; readonly en: string }>(
      sql`select r.id::text as request, r.title_zh as zh, r.title_en as en
          from request r join act_subject s on s.act = r.id
          where s.subject = ${about} and r.status = 'waiting' and ${scope.within(sql`r.place`, sql`r.organisation`)} order by r.id`,
    )
    const reasons = gateProblems(notices, objections).map((p) => ({
      zh: p.zh,
      en: p.en,
      hintZh: p.hint.zh,
      hintEn: p.hint.en,
    }))
    return [...reasons, ...requests]
  },
})

const objections = query({
  name: 'objections',
  title: { zh: '公示异议', en: 'objections to public notices' },
  groups: ['objections'],
  input: form({
    publicNotice: field.optional(id('公示', 'public notice')),
    objection: field.optional(id('异议', 'objection')),
    status: field.optional(objectionStatus),
  }),
  row: form({
    id: id('编号', 'id'),
    number: said('异议编号', 'number', 'YY-430725-2026-000001-E'),
    publicNotice: id('公示', 'public notice'),
    noticeNumber: said('公示编号', 'number of the notice', 'GS-430725-2026-000001-E'),
    place,
    receivedOn: day('收到日期', 'received on'),
    way: field.choice({
      title: { zh: '方式', en: 'way' },
      grade: 'public',
      choices: choices(WAYS),
      example: 'paper',
    }),
    objector: field.text({ title: { zh: '异议人', en: 'who objects' }, grade: 'personal', example: '王小明' }),
    phone: field.optional(
      field.text({ title: { zh: '联系电话', en: 'telephone' }, grade: 'personal', example: '0736-1234567' }),
    ),
    text: field.longText({ title: { zh: '内容', en: 'objection' }, grade: 'personal', example: '少算了两亩。' }),
    scan: field.optional(
      field.fileHash({ title: { zh: '扫描件', en: 'scan' }, grade: 'personal', example: 'ab'.repeat(32) }),
    ),
    status: objectionStatus,
    outcome: field.optional(
      field.choice({
        title: { zh: '结论', en: 'outcome' },
        grade: 'public',
        choices: choices(OUTCOMES),
        example: 'upheld',
      }),
    ),
    answer: field.optional(
      field.longText({ title: { zh: '答复', en: 'answer' }, grade: 'restricted', example: '已更正。' }),
    ),
    answeredOn: field.optional(day('答复日期', 'answered on')),
    closing: field.optional(
      field.longText({ title: { zh: '办结说明', en: 'how it was closed' }, grade: 'restricted', example: '已送达。' }),
    ),
    closedOn: field.optional(day('办结日期', 'closed on')),
  }),
  run: async (reader, i, scope) =>
    filled(
      await reader.query<Readonly<Record<string, Json>>>(
        sql`select o.id::text as id, o.number, o.public_notice::text as "publicNotice", n.number as "noticeNumber", o.place,
              o.received_on::text as "receivedOn", o.way, o.objector, o.phone, o.text, o.scan, o.status, o.outcome, o.answer,
              o.answered_on::text as "answeredOn", o.closing, o.closed_on::text as "closedOn"
            from public_notice_objection o join public_notice n on n.id = o.public_notice
            where ${scope.within(sql`o.place`, sql`o.organisation`)}
              and (${i.publicNotice ?? null}::uuid is null or o.public_notice = ${i.publicNotice ?? null}::uuid)
              and (${i.objection ?? null}::uuid is null or o.id = ${i.objection ?? null}::uuid)
              and (${i.status ?? null}::text is null or o.status = ${i.status ?? null}::text)
            order by o.id desc limit ${LIMIT}`,
      ),
    ),
})

export const noticesQueries = (calendar: Calendar): readonly AnyQuery[] => [
  publicNotices(calendar),
  noticeContent,
  whatWaits,
  objections,
]
