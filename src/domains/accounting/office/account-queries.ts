// The list of accounts: where each stands, what it comes to, who signed what.

import { field, form, text } from '../../../kernel/index.ts'
import { instantColumn, query, type Scope } from '../../../core/record/index.ts'
import { sql, type Reader, type Sql } from '../../../core/store/index.ts'
import {
  accountId,
  accountStatus,
  filled,
  flag,
  idField,
  place,
  said,
  saidMaybe,
  shown,
  shownMaybe,
  year,
  type Row,
} from './fields.ts'

const ACCOUNT_ROW = form({
  id: idField('编号', 'id'),
  number: shown('核算号', 'number', 'HS-430725-2024-000001-E'),
  place,
  year,
  version: shown('版本', 'version', '1'),
  titleZh: shown('名称', 'title in Chinese'),
  titleEn: shown('英文名称', 'title'),
  status: accountStatus,
  sample: flag('示范数据', 'sample data'),
  set: shown('指标集', 'indicator set', 'gb46869-2025'),
  priceYear: shown('不变价年份', 'year of constant prices', '2020'),
  engine: shown('引擎', 'engine'),
  package: shown('核算包', 'package'),
  packageId: shown('包编号', 'id of the package'),
  gepConstant: shownMaybe('GEP（不变价，元）', 'GEP, constant prices, yuan'),
  gepCurrent: shownMaybe('GEP（现价，元）', 'GEP, current prices, yuan'),
  figures: shown('数的个数', 'figures', '797'),
  openComments: said('未办结批注', 'comments not resolved', '0'),
  waiting: saidMaybe('待批申请', 'request that waits'),
  registeredBy: said('登记人', 'registered by'),
  registered: shown('登记时间', 'registered'),
  preliminaryBy: saidMaybe('初步批准人', 'approved as preliminary by'),
  officialBy: saidMaybe('正式批准人', 'approved as official by'),
  supersededBy: shownMaybe('新版本', 'later version'),
  publication: shownMaybe('公布', 'publication'),
})

/** Who approved the step, by the last act of that kind. */
const signer = (kind: string): Sql =>
  sql`(select coalesce(p.login, a.person::text) from act a join act_subject s on s.act = a.id left join person p on p.id = a.person
       where s.subject = 'gep-account:' || g.id::text and a.kind = ${kind} limit 1)`
const total = (basis: string): Sql =>
  sql`(select f.value::text from gep_figure f where f.account = g.id and f.key = 'value|' || ${basis} || '|' || g.place || '|*|*|*')`

const accountsInput = form({
  account: field.optional(accountId),
  place: field.optional(place),
  year: field.optional(year),
  status: field.optional(accountStatus),
  all: field.optional(flag('含被替换的版本', 'with versions that were superseded')),
})

interface AccountsAsked {
  readonly account?: string | undefined
  readonly place?: string | undefined
  readonly year?: number | undefined
  readonly status?: string | undefined
  readonly all?: boolean | undefined
}

const accountsTable = (i: AccountsAsked, scope: Pick<Scope, 'within'>): Sql =>
  sql`select g.id::text as id, g.number, g.place, g.year, g.version::text as version, g.version as n, g.title_zh as "titleZh",
        g.title_en as "titleEn", g.status, g.sample, g.indicator_set as set, g.price_year::text as "priceYear", g.engine,
        g.package, g.package_id as "packageId", ${total('constant')} as "gepConstant", ${total('current')} as "gepCurrent",
        (select count(*)::text from gep_figure f where f.account = g.id) as figures,
        (select count(*)::text from gep_comment k where k.account = g.id and k.status <> 'resolved') as "openComments",
        (select r.id::text from request r where r.command = 'advanceAccount' and r.status = 'waiting'
          and r.input->>'account' = g.id::text order by r.id limit 1) as waiting,
        coalesce(w.login, g.registered_by::text) as "registeredBy", ${instantColumn(sql`a.recorded_at`)} as registered,
        ${signer('account-preliminary')} as "preliminaryBy", ${signer('account-official')} as "officialBy",
        g.superseded_by::text as "supersededBy",
        (select p.id::text from gep_publication p where p.account = g.id and p.status = 'published' limit 1) as publication
      from gep_account g join act a on a.id = g.act left join person w on w.id = g.registered_by
      where ${scope.within(sql`g.place`)}
        and (${i.account ?? null}::uuid is null or g.id = ${i.account ?? null}::uuid)
        and (${i.place ?? null}::text is null or g.place = ${i.place ?? null}::text)
        and (${i.year ?? null}::int4 is null or g.year = ${i.year ?? null}::int4)
        and (${i.status ?? null}::text is null or g.status = ${i.status ?? null}::text)
        and (${i.all === true || i.account !== undefined} or g.superseded_by is null)`

export const accounts = query({
  name: 'accounts',
  title: text('核算清单', 'accounts'),
  groups: ['accounts'],
  input: accountsInput,
  row: ACCOUNT_ROW,
  table: accountsTable,
  order: ['-year', 'place', '-n'],
  run: (reader, i, scope) => accountRows(reader, scope, i),
})

export async function accountRows(
  reader: Reader,
  scope: Pick<Scope, 'within'>,
  i: AccountsAsked,
): Promise<readonly Row[]> {
  const rows = await reader.query<Row>(
    sql`select * from (${accountsTable(i, scope)}) t order by t.year desc, t.place, t.n desc`,
  )
  return rows.map(({ n: _, ...row }) => filled(row) as Row)
}
