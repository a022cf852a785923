// What people and organisations that stand in the record are called, for every role: one at a time, by id or login name.
// Always holds: told is who belongs within the reader's reach, and the offices above it, which decide what is asked for there; a
// person's own name is personal and shown by the reader's grade alone, beside login name and organisation.

import { field, form, isUuid, text, type Json } from '../../kernel/index.ts'
import { query, type Scope } from '../record/index.ts'
import { sql, type Sql } from '../store/index.ts'

const words = (zh: string, en: string, example: string) => field.text({ title: text(zh, en), example })

const input = form({
  who: field.text({ title: text('编号或登录名', 'Id or login name'), max: 64, example: 'lyj-042' }),
})
const row = form({
  id: words('编号', 'Id', '0198c3a4-0000-7000-8000-000000000001'),
  login: field.optional(words('登录名', 'Login name', 'lyj-042')),
  name: field.optional(field.text({ title: text('姓名', 'Name'), grade: 'personal', example: '王芳' })),
  organisation: field.optional(words('单位', 'Organisation', '桃源县林业局')),
})

/** Whether something of a place and organisation may be named: it lies within reach, or is an office of a region above. */
const nameable = (scope: Scope, place: Sql, organisation: Sql): Sql =>
  sql`(${scope.within(place, organisation)} or (coalesce(o.kind, 'government') in ('government', 'institution', 'exchange') and exists (
        select 1 from role_grant g join region_closure c on c.descendant = g.place
        where c.edition = (select edition from region_edition where in_force) and c.ancestor = ${place}
          and g.person = ${scope.person} and g.role = ${scope.role} and ${scope.within(sql`g.place`, sql`g.organisation`)})))`

export const names = query({
  name: 'names',
  title: text('名称', 'What somebody is called'),
  groups: ['everybody'],
  input,
  row,
  run: async (reader, { who }, scope) => {
    const id = isUuid(who) ? who : null
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select p.id::text as id, p.login, p.name, o.name as organisation
          from person p left join organisation o on o.id = p.organisation
          where (p.id = ${id}::uuid or p.login = ${who}) and ${nameable(scope, sql`p.place`, sql`p.organisation`)}
          union all
          select o.id::text, null, null, o.name from organisation o
          where o.id = ${id}::uuid and ${nameable(scope, sql`o.place`, sql`o.id`)}`,
    )
    return rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))
  },
})
