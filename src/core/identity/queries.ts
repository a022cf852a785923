// What may be asked about regions, organisations, people and grants. Rows outside the reader's regions are left out by the
// scope; values above the reader's grade are masked by the fields of the row.

import { field, form, text, type Json } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql, trusted } from '../store/index.ts'
import { organisationField, personField, placeField, roleField } from './commands/fields.ts'
import { ORGANISATION_KINDS } from './commands/organisations.ts'
import { names } from './names.ts'
import type { LEVELS } from './regions/region-row.ts'

const level = {
  title: text('层级', 'Level'),
  choices: [
    { value: 'province', title: text('省', 'Province') },
    { value: 'prefecture', title: text('市州', 'Prefecture') },
    { value: 'county', title: text('县', 'County') },
    { value: 'township', title: text('乡镇', 'Township') },
    { value: 'village', title: text('村', 'Village') },
  ] as const satisfies { value: (typeof LEVELS)[number]; title: unknown }[],
  example: 'county',
} as const

const day = (zh: string, en: string) => field.civilDate({ title: text(zh, en), example: '2026-01-01' })
const words = (zh: string, en: string, example: string) => field.text({ title: text(zh, en), example })
const found = field.optional(words('名称含', 'Name contains', '林业'))

/** Long lists are asked for in parts. */
const MOST_ROWS = 500

/** Rows as JSON with empty cells left out, which is how a form knows them. */
const rowsOf = (rows: readonly Readonly<Record<string, Json>>[]): readonly Json[] =>
  rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))

const pattern = (part: string | undefined): string | null =>
  part === undefined ? null : `%${part.replace(/[\\%_]/g, '\\$&')}%`

const regionsInput = form({
  within: field.optional(placeField),
  level: field.optional(field.choice(level)),
  on: field.optional(day('日期', 'On')),
  name: found,
})
const regionsRow = form({
  code: field.region({ title: text('代码', 'Code'), grade: 'public', example: '430725' }),
  name: field.text({ title: text('名称', 'Name'), grade: 'public', example: '桃源县' }),
  kind: field.text({ title: text('类别', 'Kind'), grade: 'public', example: 'administrative' }),
  level: field.optional(field.choice({ ...level, grade: 'public' })),
  parent: field.optional(field.region({ title: text('上级', 'Parent'), grade: 'public', example: '430700' })),
  from: field.optional(field.civilDate({ title: text('起日', 'From'), grade: 'public', example: '2021-01-20' })),
  to: field.optional(field.civilDate({ title: text('止日', 'To'), grade: 'public', example: '2021-01-19' })),
  successor: field.optional(field.region({ title: text('后继', 'Successor'), grade: 'public', example: '431181' })),
  counted: field.flag({ title: text('计数', 'Counted'), grade: 'public', example: true }),
})

/** Public: codes and names are an official list. */
export const regions = query({
  name: 'regions',
  title: text('行政区划', 'Regions'),
  groups: ['public'],
  input: regionsInput,
  row: regionsRow,
  mayLag: true,
  run: async (reader, { within, level: at, on, name }) =>
    rowsOf(
      await reader.query(
        sql`select r.code, r.name_zh as name, r.kind, r.level, r.parent, r.valid_from as "from", r.valid_to as "to",
              r.successor, r.counted
            from region r where r.edition = (select edition from region_edition where in_force)
              and (${within ?? null}::text is null or exists (select 1 from region_closure c
                where c.edition = r.edition and c.descendant = r.code and c.ancestor = ${within ?? null}))
              and (${at ?? null}::text is null or r.level = ${at ?? null})
              and (${on ?? null}::date is null or ((r.valid_from is null or r.valid_from <= ${on ?? null}::date)
                and (r.valid_to is null or r.valid_to >= ${on ?? null}::date)))
              and (${pattern(name)}::text is null or r.name_zh like ${pattern(name)})
            order by length(r.code), r.code limit ${MOST_ROWS}::int`,
      ),
    ),
})

const organisationsInput = form({ name: found, kind: field.optional(kindField()) })
const organisationsRow = form({
  organisation: organisationField,
  code: field.optional(words('统一社会信用代码', 'Unified social credit code', '9144030071526726XG')),
  name: words('名称', 'Name', '桃源县林业局'),
  kind: kindField(),
  place: placeField,
})

function kindField() {
  return field.choice({ title: text('类型', 'Kind'), choices: ORGANISATION_KINDS, example: 'government' })
}

export const organisations = query({
  name: 'organisations',
  title: text('单位', 'Organisations'),
  groups: ['people'],
  input: organisationsInput,
  row: organisationsRow,
  run: async (reader, { name, kind }, scope) =>
    rowsOf(
      await reader.query(
        sql`select o.id as organisation, o.code, o.name, o.kind, o.place from organisation o
            where ${scope.within(trusted('o.place'), trusted('o.id'))}
              and (${pattern(name)}::text is null or o.name like ${pattern(name)})
              and (${kind ?? null}::text is null or o.kind = ${kind ?? null})
            order by o.place, o.name, o.id limit ${MOST_ROWS}::int`,
      ),
    ),
})

const peopleInput = form({ login: field.optional(words('登录名含', 'Login name contains', 'lyj')) })
const peopleRow = form({
  person: personField,
  login: words('登录名', 'Login name', 'lyj-042'),
  name: field.optional(field.text({ title: text('姓名', 'Name'), grade: 'personal', example: '王芳' })),
  phone: field.optional(field.text({ title: text('电话', 'Telephone'), grade: 'personal', example: '0736-6622000' })),
  organisation: field.optional(organisationField),
  place: placeField,
  disabled: field.flag({ title: text('停用', 'Disabled'), example: false }),
  erased: field.flag({ title: text('已删除', 'Erased'), example: false }),
})

export const people = query({
  name: 'people',
  title: text('人员', 'People'),
  groups: ['people'],
  input: peopleInput,
  row: peopleRow,
  run: async (reader, { login }, scope) =>
    rowsOf(
      await reader.query(
        sql`select p.id as person, p.login, p.organisation, p.place, p.disabled, p.erased, p.name, p.phone
            from person p where ${scope.within(trusted('p.place'), trusted('p.organisation'))}
              and (${pattern(login)}::text is null or p.login like ${pattern(login)})
            order by p.place, p.login limit ${MOST_ROWS}::int`,
      ),
    ),
})

const grantsInput = form({ person: field.optional(personField), role: field.optional(roleField) })
const grantsRow = form({
  grant: field.id({ title: text('授权', 'Grant'), example: personField.example as string }),
  person: personField,
  login: words('登录名', 'Login name', 'lyj-042'),
  role: roleField,
  place: placeField,
  organisation: field.optional(organisationField),
  from: day('起日', 'From'),
  to: field.optional(day('止日', 'To')),
  standInFor: field.optional(personField),
  revoked: field.optional(field.instant({ title: text('收回', 'Revoked'), example: '2026-01-31T08:00:00.000Z' })),
})

const GRANT_COLUMNS =
  trusted(`g.id as "grant", g.person, p.login, g.role, g.place, g.organisation, g.valid_from as "from",
  g.valid_to as "to", g.stand_in_for as "standInFor", g.revoked`)

export const grants = query({
  name: 'grants',
  title: text('授权', 'Grants'),
  groups: ['grants'],
  input: grantsInput,
  row: grantsRow,
  run: async (reader, { person, role }, scope) =>
    rowsOf(
      await reader.query(
        sql`select ${GRANT_COLUMNS} from role_grant g join person p on p.id = g.person
            where ${scope.within(trusted('g.place'), trusted('g.organisation'))}
              and (${person ?? null}::uuid is null or g.person = ${person ?? null}::uuid)
              and (${role ?? null}::text is null or g.role = ${role ?? null})
            order by g.place, g.role, p.login, g.valid_from, g.id limit ${MOST_ROWS}::int`,
      ),
    ),
})

const none = form({})

/** One's own, wherever they reach. */
export const myGrants = query({
  name: 'myGrants',
  title: text('我的角色', 'My roles'),
  groups: ['everybody'],
  input: none,
  row: grantsRow,
  run: async (reader, _, scope) =>
    rowsOf(
      await reader.query(
        sql`select ${GRANT_COLUMNS} from role_grant g join person p on p.id = g.person
            where g.person = ${scope.person} and g.revoked is null order by g.role, g.place, g.valid_from, g.id`,
      ),
    ),
})

const eventsInput = form({
  since: field.instant({ title: text('自', 'Since'), example: '2026-01-31T08:00:00.000Z' }),
  result: field.optional(words('结果', 'Result', 'failed')),
})
const eventsRow = form({
  at: field.instant({ title: text('时间', 'At'), example: '2026-01-31T08:00:00.000Z' }),
  person: field.optional(personField),
  login: field.optional(words('登录名', 'Login name', 'lyj-042')),
  method: words('方式', 'Method', 'password'),
  result: words('结果', 'Result', 'failed'),
  fromAddress: field.optional(
    field.text({ title: text('来源地址', 'From address'), grade: 'restricted', example: '10.1.2.3' }),
  ),
  device: field.optional(field.text({ title: text('设备', 'Device'), grade: 'restricted', example: 'Firefox' })),
})

/** Events of people within reach, and those under names nobody has. */
export const signInEvents = query({
  name: 'signInEvents',
  title: text('登录记录', 'Sign-ins'),
  groups: ['sign-ins'],
  input: eventsInput,
  row: eventsRow,
  run: async (reader, { since, result }, scope) =>
    rowsOf(
      await reader.query(
        sql`select e.at, e.person, p.login, e.method, e.result, e.from_address as "fromAddress", e.device
            from sign_in_event e left join person p on p.id = e.person
            where e.at >= ${since} and (${result ?? null}::text is null or e.result = ${result ?? null})
              and (e.person is null or ${scope.within(trusted('p.place'), trusted('p.organisation'))})
            order by e.at desc, e.id limit ${MOST_ROWS}::int`,
      ),
    ),
})

const linkedInput = form({ person: field.optional(personField) })
const linkedRow = form({
  person: personField,
  login: words('登录名', 'Login name', 'lyj-042'),
  issuer: words('统一认证地址', 'Issuer', 'https://id.example.gov.cn'),
  subjectHash: words('身份编号', 'Number of the identity', 'b'.repeat(64)),
})

export const linkedIdentities = query({
  name: 'linkedIdentities',
  title: text('统一身份关联', 'Linked identities'),
  groups: ['people'],
  input: linkedInput,
  row: linkedRow,
  run: async (reader, { person }, scope) =>
    rowsOf(
      await reader.query(
        sql`select p.id as person, p.login, l.issuer, l.subject_hash as "subjectHash"
            from linked_identity l join person p on p.id = l.person
            where not l.ended and ${scope.within(trusted('p.place'), trusted('p.organisation'))}
              and (${person ?? null}::uuid is null or l.person = ${person ?? null}::uuid)
            order by p.login, l.subject_hash limit ${MOST_ROWS}::int`,
      ),
    ),
})

export const identityQueries: readonly AnyQuery[] = [
  regions,
  organisations,
  people,
  names,
  grants,
  myGrants,
  linkedIdentities,
  signInEvents,
]
