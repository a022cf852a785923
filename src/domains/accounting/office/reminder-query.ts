// What stands between a place and the next stage of its account, item by item, as the record has it: serves the reminder letter (催报)
// behind the provincial table. Clause A6.
// Always holds: an item is a row of the record or of the registered package; what waits for the office that asks is not put to the
// county's charge.

import { field, form, text } from '../../../kernel/index.ts'
import { query, type AnyQuery } from '../../../core/record/index.ts'
import { sql, type Reader } from '../../../core/store/index.ts'
import type { Account, Status } from '../model.ts'
import { getService } from '../services.ts'
import { choicesOf, filled, idField, place, said, saidMaybe, year } from './fields.ts'
import type { Packages } from './stored-package.ts'

const OWED_BY = {
  county: text('县（市、区）', 'the county'),
  office: text('审核、审定机关', 'the offices above'),
} as const

const KINDS = {
  'no-account': text('未登记', 'not registered'),
  'not-submitted': text('未提交', 'not submitted'),
  returned: text('退回待改', 'returned'),
  missing: text('缺资料', 'missing input'),
  finding: text('待说明', 'finding without a reason'),
  comment: text('批注未答复', 'comment not answered'),
  waits: text('审批中', 'waits for a decision'),
  publish: text('待公布', 'to be published'),
} as const

interface Item {
  readonly kind: keyof typeof KINDS
  readonly owedBy: keyof typeof OWED_BY
  readonly zh: string
  readonly en: string
  /** Code of the figure it is about. */
  readonly code?: string
}

export const accountReminder = (packages: Packages): AnyQuery =>
  query({
    name: 'accountReminder',
    title: text('催报事项', 'what a place is reminded of'),
    groups: ['reminders'],
    input: form({ place, year }),
    row: form({
      kind: field.choice({ title: text('类别', 'kind'), choices: choicesOf(KINDS), example: 'missing' }),
      owedBy: field.choice({ title: text('由谁办', 'owed by'), choices: choicesOf(OWED_BY), example: 'county' }),
      zh: said('事项', 'item in Chinese', 'R2 土壤保持缺：降雨侵蚀力'),
      en: said('事项（英）', 'item', 'R2 Soil retention lacks: rainfall erosivity'),
      code: saidMaybe('数的编码', 'code of the figure', 'TSRH-0QVG-9'),
      account: field.optional(idField('核算', 'account')),
      number: saidMaybe('核算号', 'number', 'HS-430725-2024-000001-E'),
      registeredBy: saidMaybe('登记人', 'registered by'),
    }),
    run: async (reader, i, scope) => {
      const [inside] = await reader.query<{ yes: boolean }>(sql`select ${scope.within(sql`${i.place}::text`)} as yes`)
      if (inside?.yes !== true) return []
      const [account] = await reader.query<AccountRead>(
        sql`select g.id::text as id, g.number, g.status, g.package, coalesce(p.login, g.registered_by::text) as by,
              exists (select 1 from gep_publication u where u.account = g.id and u.status = 'published') as published
            from gep_account g left join person p on p.id = g.registered_by
            where g.place = ${i.place} and g.year = ${i.year} and g.superseded_by is null
              and ${scope.within(sql`g.place`)} order by g.version desc limit 1`,
      )
      if (!account) return [filled({ ...notRegistered(i.year) })]
      const pack = account.status === 'official' ? undefined : await packages(account.package)
      const items = [
        ...(await stageItems(reader, account)),
        ...(pack && 'account' in pack ? inputItems(pack.account) : []),
        ...(await commentItems(reader, account.id)),
      ]
      const of = { account: account.id, number: account.number, registeredBy: account.by }
      return items.map((item) => filled({ ...item, ...of }))
    },
  })

interface AccountRead {
  readonly id: string
  readonly number: string
  readonly status: Status
  readonly package: string
  readonly by: string
  readonly published: boolean
}

const notRegistered = (ofYear: number): Item => ({
  kind: 'no-account',
  owedBy: 'county',
  zh: `${ofYear} 年度生态产品总值核算尚未登记`,
  en: `the GEP account of ${ofYear} is not registered yet`,
})

const NEXT: Readonly<Record<'trial' | 'preliminary', { readonly zh: string; readonly en: string }>> = {
  trial: { zh: '初步', en: 'preliminary' },
  preliminary: { zh: '正式', en: 'official' },
}

/** Where the account stands on the way: not submitted, returned, or in the hands of others. */
async function stageItems(reader: Reader, a: AccountRead): Promise<readonly Item[]> {
  if (a.status === 'official')
    return a.published
      ? []
      : [
          {
            kind: 'publish',
            owedBy: 'office',
            zh: `核算 ${a.number} 待公布`,
            en: `account ${a.number} is to be published`,
          },
        ]
  const [last] = await reader.query<{ status: string; remarks: string | null }>(
    sql`select r.status, r.remarks from request r where r.command = 'advanceAccount' and r.input->>'account' = ${a.id}
          and r.input->>'to' = ${a.status === 'trial' ? 'preliminary' : 'official'} order by r.id desc limit 1`,
  )
  const to = NEXT[a.status]
  if (last?.status === 'waiting')
    return [
      {
        kind: 'waits',
        owedBy: 'office',
        zh: `核算 ${a.number} 已申请转为${to.zh}，等待审批`,
        en: `account ${a.number} is submitted to become ${to.en} and waits`,
      },
    ]
  if (last?.status === 'returned')
    return [
      {
        kind: 'returned',
        owedBy: 'county',
        zh: `核算 ${a.number} 转为${to.zh}的申请已退回：${last.remarks ?? '未写意见'}`,
        en: `account ${a.number} was returned on its way to ${to.en}: ${last.remarks ?? 'no remark'}`,
      },
    ]
  return [
    {
      kind: 'not-submitted',
      owedBy: 'county',
      zh: `核算 ${a.number} 尚未申请转为${to.zh}`,
      en: `account ${a.number} is not submitted to become ${to.en} yet`,
    },
  ]
}

/** A letter names so many findings one by one; the rest are counted. */
const MOST_FINDINGS = 8

/** Services that lack something, and findings nobody gave a reason for. */
function inputItems(account: Account): readonly Item[] {
  const lacking = new Map<string, Item>()
  for (const l of account.lines) {
    if (l.state !== 'missing' || l.memo) continue
    const { title } = getService(l.service)
    const item: Item = {
      kind: 'missing',
      owedBy: 'county',
      zh: `${l.service} ${title.zh}缺资料${l.reason ? `：${l.reason.zh}` : ''}`,
      en: `${l.service} ${title.en} lacks input${l.reason ? `: ${l.reason.en}` : ''}`,
    }
    lacking.set(item.zh, item)
  }
  const open = account.findings.filter((f) => !f.explained)
  const codes = new Map(account.figures.map((f) => [f.key, f.code]))
  const findings = open.slice(0, MOST_FINDINGS).map((f): Item => {
    const code = f.figure === undefined ? undefined : codes.get(f.figure)
    return {
      kind: 'finding',
      owedBy: 'county',
      zh: `检查结果待说明：${f.zh}`,
      en: `finding without a reason: ${f.en}`,
      ...(code === undefined ? {} : { code }),
    }
  })
  const rest = open.length - findings.length
  return [
    ...lacking.values(),
    ...findings,
    ...(rest > 0
      ? [
          {
            kind: 'finding',
            owedBy: 'county',
            zh: `另有 ${rest} 项检查结果待说明`,
            en: `${rest} more findings without a reason`,
          } as const,
        ]
      : []),
  ]
}

async function commentItems(reader: Reader, account: string): Promise<readonly Item[]> {
  const rows = await reader.query<{ code: string; zh: string; en: string; text: string }>(
    sql`select k.code, k.title_zh as zh, k.title_en as en, k.text from gep_comment k
        where k.account = ${account} and k.status = 'open' order by k.id limit 100`,
  )
  return rows.map((r) => ({
    kind: 'comment',
    owedBy: 'county',
    zh: `批注未答复：${r.zh}（${r.code}）：${r.text}`,
    en: `comment not answered: ${r.en} (${r.code}): ${r.text}`,
    code: r.code,
  }))
}
