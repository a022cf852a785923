// What is due when, for the calendar; and what did not go through. Rows follow the region of the act they stand by.

import { field, form, type Json } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql } from '../store/index.ts'

const LIMIT = 500

const id = (zh: string, en: string) => field.id({ title: { zh, en }, example: '0190a5b4-0000-8000-8000-000000000001' })
const words = (zh: string, en: string, example: string) => field.longText({ title: { zh, en }, example })
const at = (zh: string, en: string) => field.instant({ title: { zh, en }, example: '2030-12-31T16:00:00.000Z' })
const place = field.optional(field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }))
const subject = words('对象', 'subject', 'permit:019e2f6a-7c00-7000-8000-000000000001')
const status = field.choice({
  title: { zh: '状态', en: 'status' },
  choices: [
    { value: 'running', title: { zh: '未到期', en: 'running' } },
    { value: 'fired', title: { zh: '已办理', en: 'fired' } },
    { value: 'stopped', title: { zh: '已停止', en: 'stopped' } },
    { value: 'failed', title: { zh: '办理失败', en: 'failed' } },
  ],
  example: 'running',
})

const filled = (rows: readonly Readonly<Record<string, Json>>[]): readonly Json[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null)))

const timers = query({
  name: 'timers',
  title: { zh: '到期日程', en: 'what is due when' },
  groups: ['everybody'],
  input: form({
    subject: field.optional(subject),
    status: field.optional(status),
    from: field.optional(at('起', 'from')),
    to: field.optional(at('止（不含）', 'to, exclusive')),
  }),
  row: form({
    id: id('编号', 'id'),
    subject,
    clock: words('时钟', 'clock', 'expiry'),
    due: at('到期', 'due'),
    command: words('到期办理', 'command', 'expirePermits'),
    status,
    place,
    /** By which it stands as it does: that started it, was submitted by it, stopped it, or noted its failure. */
    act: id('依据的行为', 'act'),
    code: field.optional(words('问题代码', 'code of the problem', 'ledger.insufficient')),
    zh: field.optional(words('问题', 'problem in Chinese', '余额不足。')),
    en: field.optional(words('问题（英）', 'problem', 'The balance does not suffice.')),
  }),
  run: async (reader, i, scope) =>
    filled(
      await reader.query<Readonly<Record<string, Json>>>(
        sql`select t.id::text as id, t.subject, t.clock, t.due, t.command, t.status, a.place, t.act::text as act,
              case when t.status = 'failed' then a.content::jsonb -> 'input' ->> 'code' end as code,
              case when t.status = 'failed' then a.content::jsonb -> 'input' ->> 'zh' end as zh,
              case when t.status = 'failed' then a.content::jsonb -> 'input' ->> 'en' end as en
            from timer t join act a on a.id = t.act
            where (a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)})
              and (${i.subject ?? null}::text is null or t.subject = ${i.subject ?? null}::text)
              and (${i.status ?? null}::text is null or t.status = ${i.status ?? null}::text)
              and (${i.from ?? null}::timestamptz is null or t.due >= ${i.from ?? null}::timestamptz)
              and (${i.to ?? null}::timestamptz is null or t.due < ${i.to ?? null}::timestamptz)
            order by t.due, t.id limit ${LIMIT}`,
      ),
    ),
})

const failedJobs = query({
  name: 'failedJobs',
  title: { zh: '失败的后续办理', en: 'failed jobs' },
  groups: ['operation'],
  input: form({}),
  row: form({
    id: id('编号', 'id'),
    listener: words('后续办理', 'listener', 'settlement'),
    act: id('听到的行为', 'act heard'),
    kind: words('行为', 'kind of the act', 'permit-issued'),
    place,
    tries: field.integer({ title: { zh: '次数', en: 'tries' }, example: 6 }),
    code: words('问题代码', 'code of the problem', 'ledger.insufficient'),
  }),
  run: async (reader, _, scope) =>
    filled(
      await reader.query<Readonly<Record<string, Json>>>(
        sql`select j.id::text as id, j.listener, j.act::text as act, a.kind, a.place, j.tries, j.problem as code
            from job j join act a on a.id = j.act
            where j.status = 'failed' and (a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)})
            order by j.act, j.listener limit ${LIMIT}`,
      ),
    ),
})

export const timerQueries: readonly AnyQuery[] = [timers, failedJobs]
