// What those who keep a house watch: who is signed in now, and what was last done to people, organisations and roles.
// Always holds: sessions and acts of people and regions within the reader's reach; no token, no password, no hash of either.

import { field, form, text, type Json } from '../../kernel/index.ts'
import { instantColumn, query, type AnyQuery } from '../record/index.ts'
import { list, sql } from '../store/index.ts'
import { personField } from './commands/fields.ts'

const words = (zh: string, en: string, example: string) => field.text({ title: text(zh, en), example })
const moment = (zh: string, en: string) => field.instant({ title: text(zh, en), example: '2026-01-31T08:00:00.000Z' })
const limit = field.optional(field.integer({ title: text('最多行数', 'Rows at most'), min: 1, max: 500, example: 50 }))
const LIMIT = 200

const withoutNulls = (rows: readonly Readonly<Record<string, Json>>[]): readonly Json[] =>
  rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))

/** Neither ended nor asleep for longer than a session lives: what a stolen cookie would look like. */
const openSessions = query({
  name: 'openSessions',
  title: text('在线会话', 'Open sessions'),
  groups: ['sign-ins'],
  input: form({ since: moment('最近活动自', 'Seen since'), limit }),
  row: form({
    person: personField,
    login: words('登录名', 'Login name', 'lyj-042'),
    method: words('方式', 'Method', 'password'),
    opened: moment('登录时间', 'Opened'),
    lastSeen: moment('最近活动', 'Last seen'),
    fromAddress: field.optional(
      field.text({ title: text('来源地址', 'From address'), grade: 'restricted', example: '10.1.2.3' }),
    ),
  }),
  run: async (reader, { since, limit: most }, scope) =>
    withoutNulls(
      await reader.query(
        sql`select s.person::text as person, p.login, s.method, ${instantColumn(sql`s.opened`)} as opened,
              ${instantColumn(sql`s.last_seen`)} as "lastSeen", s.from_address as "fromAddress"
            from session s join person p on p.id = s.person
            where s.revoked is null and s.last_seen >= ${since} and ${scope.within(sql`p.place`, sql`p.organisation`)}
            order by s.last_seen desc, s.id limit ${most ?? LIMIT}`,
      ),
    ),
})

/** @param commands names of the commands that change people, organisations and roles */
const keepingActs = (commands: readonly string[]): AnyQuery =>
  query({
    name: 'keepingActs',
    title: text('人员与权限的变动', 'Changes of people and roles'),
    groups: ['people', 'grants'],
    input: form({ limit }),
    row: form({
      id: field.actId({ title: text('编号', 'Id'), example: '019e2f6a-7c00-7000-8000-000000000001' }),
      command: words('业务', 'Matter', 'grantRole'),
      recorded: moment('记录时间', 'Recorded'),
      by: words('办理人', 'Done by', 'aqy-001'),
      whom: field.optional(words('关于谁', 'About whom', 'lyj-042')),
      place: field.optional(field.region({ title: text('地区', 'Place'), example: '430725' })),
    }),
    run: async (reader, { limit: most }, scope) =>
      withoutNulls(
        await reader.query(
          sql`select a.id::text as id, a.command, ${instantColumn(sql`a.recorded_at`)} as recorded,
                coalesce((select p.login from person p where p.id = a.person), a.role) as by,
                (select string_agg(coalesce(p.login, o.name), '、' order by s.subject) from act_subject s
                  left join person p on 'person:' || p.id::text = s.subject
                  left join organisation o on 'organisation:' || o.id::text = s.subject
                  where s.act = a.id) as whom, a.place
              from act a join log_leaf l on l.act = a.id
              where a.command = any(${list('text', [...commands])})
                and a.place is not null and ${scope.within(sql`a.place`, sql`a.organisation`)}
              order by l.leaf_index desc limit ${most ?? LIMIT}`,
        ),
      ),
  })

export const keepingQueries = (commands: readonly string[]): readonly AnyQuery[] => [
  openSessions,
  keepingActs(commands),
]
