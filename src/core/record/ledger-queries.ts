// Questions to the ledger: postings, what an owner holds, the statement of an account, the zero-sum report. Why a posting is
// there is answered by explain/why-posting.ts.

import { field, form, type CivilDate, type Instant, type Json } from '../../kernel/index.ts'
import {
  accountStatement,
  available,
  held,
  holdingsOf,
  purposeText,
  scaled,
  serialText,
  sizeOf,
  zeroSumReport,
  type Asset,
  type Balance,
  type Holding,
} from '../ledger/index.ts'
import { list, sql, type Reader } from '../store/index.ts'
import { query } from './ask.ts'
import type { Directory } from './explain/directory.ts'
import { filled, LIMIT, limit, maybe, said } from './explain/fields.ts'
import { accountInReach, postingInReach } from './explain/reach.ts'
import type { AnyQuery, Scope } from './model.ts'

const ownerField = field.text({
  title: { zh: '户主', en: 'owner' },
  hint: { zh: '单位编号或行政区代码', en: 'id of an organisation or code of a region' },
  example: '0190a5b4-0000-7000-8000-0000000000f1',
})
const assetField = field.text({ title: { zh: '资产', en: 'asset' }, example: 'permit.COD' })
const day = (zh: string, en: string) => field.optional(field.civilDate({ title: { zh, en }, example: '2026-03-01' }))
const moment = (zh: string, en: string) =>
  field.optional(field.instant({ title: { zh, en }, example: '2026-03-01T00:00:00.000Z' }))

const postings = (directory: Directory): AnyQuery =>
  query({
    name: 'postings',
    title: { zh: '分录', en: 'postings' },
    groups: ['ledger', 'holdings'],
    input: form({
      owner: field.optional(ownerField),
      asset: field.optional(assetField),
      from: day('起', 'from'),
      to: day('止', 'to'),
      limit,
    }),
    row: form({
      id: said('分录编号', 'posting'),
      effective: said('法定日期', 'legal date'),
      asset: said('资产', 'asset'),
      amount: said('数量', 'amount'),
      unit: said('单位', 'unit'),
      from: said('付方', 'from'),
      to: said('收方', 'to'),
      why: maybe('摘要', 'why'),
      whyEn: maybe('摘要（英）', 'why in English'),
      act: said('行为', 'act'),
      place: maybe('地区', 'place'),
    }),
    run: async (reader, input, scope) => {
      const rows = await reader.query<{
        readonly [k: string]: string | bigint | number | null
        readonly amount: bigint
        readonly scale: number
        readonly d_owner: string
        readonly d_purpose: string
        readonly c_owner: string
        readonly c_purpose: string
      }>(
        sql`select p.id::text as id, p.effective::text as effective, p.asset, p.amount, s.scale, s.unit, p.why_zh as why, p.why_en as "whyEn",
              p.act::text as act, a.place, d.owner as d_owner, d.purpose as d_purpose, c.owner as c_owner, c.purpose as c_purpose
            from posting p join act a on a.id = p.act join asset s on s.code = p.asset
              join account d on d.id = p.debit_account_id join account c on c.id = p.credit_account_id
            where ${postingInReach(scope, sql`a.place`)}
              and (${input.owner ?? null}::text is null or d.owner = ${input.owner ?? null}::text or c.owner = ${input.owner ?? null}::text)
              and (${input.asset ?? null}::text is null or p.asset = ${input.asset ?? null}::text)
              and (${input.from ?? null}::date is null or p.effective >= ${input.from ?? null}::date)
              and (${input.to ?? null}::date is null or p.effective <= ${input.to ?? null}::date)
            order by p.recorded desc, p.act desc, p.ordinal desc limit ${input.limit ?? LIMIT}::int8`,
      )
      const names = await directory.owners(reader, [...new Set(rows.flatMap((r) => [r.d_owner, r.c_owner]))])
      return rows.map(({ d_owner, d_purpose, c_owner, c_purpose, scale, ...r }) =>
        filled({
          ...r,
          amount: scaled(r.amount, scale),
          from: sideText(names, d_owner, d_purpose),
          to: sideText(names, c_owner, c_purpose),
        }),
      )
    },
  })

/** `示范造纸有限公司（持有）` */
const sideText = (names: ReadonlyMap<string, string>, owner: string, purpose: string): string =>
  `${names.get(owner) ?? owner}（${purposeText(purpose).zh}）`

/** What is held, and in which of the owner's accounts. */
const ASSET_HELD = {
  asset: said('资产', 'asset'),
  zh: said('名称', 'asset in Chinese'),
  en: said('名称（英）', 'asset in English'),
  account: said('账户', 'account'),
  purpose: said('用途', 'purpose'),
  purposeEn: said('用途（英）', 'purpose in English'),
}
const assetHeld = ({ code, title }: Asset, purpose: string) => ({
  asset: code,
  zh: title.zh,
  en: title.en,
  account: purpose,
  purpose: purposeText(purpose).zh,
  purposeEn: purposeText(purpose).en,
})

async function holdingsInReach(reader: Reader, scope: Scope, owner: string): Promise<readonly Holding[]> {
  const open = await inReach(reader, scope, owner)
  return (await holdingsOf(reader, owner)).filter((h) => open.has(h.account.id))
}

const holdings = (directory: Directory): AnyQuery =>
  query({
    name: 'holdings',
    title: { zh: '持有', en: 'holdings' },
    groups: ['ledger', 'holdings'],
    input: form({ owner: ownerField }),
    row: form({
      owner: said('户主', 'owner'),
      ...ASSET_HELD,
      held: said('持有', 'held'),
      available: said('可用', 'available'),
      reserved: said('占用', 'reserved'),
      unit: said('单位', 'unit'),
      serials: maybe('编号段', 'serials'),
    }),
    run: async (reader, { owner }, scope) => {
      const found = await holdingsInReach(reader, scope, owner)
      const names = await directory.owners(reader, [owner])
      return found.map(({ account: { balance, purpose }, asset, units, more }) => {
        const n = (amount: bigint): string => scaled(amount, asset.scale)
        const serials = units.map((u) => serialText(u.lot, u.range) + (u.reserved ? '（占用）' : ''))
        return filled({
          owner: names.get(owner) ?? owner,
          ...assetHeld(asset, purpose),
          held: n(held(balance)),
          available: n(available(balance)),
          reserved: n(balance.debitsPending),
          unit: asset.unit,
          serials: serials.length === 0 ? undefined : serials.join('；') + (more ? '；…' : ''),
        })
      })
    },
  })

/** A run of serials of one lot in one account: what a certificate of retirement names, and what expires when. */
const heldLots = query({
  name: 'heldLots',
  title: { zh: '批次与编号段', en: 'lots and serials' },
  groups: ['ledger', 'holdings'],
  input: form({ owner: ownerField }),
  row: form({
    ...ASSET_HELD,
    serials: said('编号段', 'serials'),
    amount: said('数量', 'amount'),
    unit: said('单位', 'unit'),
    reserved: field.flag({ title: { zh: '占用', en: 'reserved' }, example: false }),
    issued: said('签发日期', 'issued on'),
    expires: maybe('有效期止', 'valid to'),
  }),
  run: async (reader, { owner }, scope) => {
    const found = await holdingsInReach(reader, scope, owner)
    return found.flatMap(({ account: { purpose }, asset, units }) =>
      units.map((u) =>
        filled({
          ...assetHeld(asset, purpose),
          serials: serialText(u.lot, u.range),
          amount: scaled(sizeOf(u.range), asset.scale),
          unit: asset.unit,
          reserved: u.reserved,
          issued: u.lot.issued,
          expires: u.lot.expires,
        }),
      ),
    )
  },
})

/** Ids of the owner's accounts that the reader may see. */
async function inReach(reader: Reader, scope: Scope, owner: string): Promise<ReadonlySet<string>> {
  const rows = await reader.query<{ id: string }>(
    sql`select a.id::text as id from account a where a.owner = ${owner} and ${accountInReach(scope, sql`a.id`, sql`a.owner`)}`,
  )
  return new Set(rows.map((r) => r.id))
}

const statement = (directory: Directory): AnyQuery =>
  query({
    name: 'statement',
    title: { zh: '账户明细', en: 'statement of an account' },
    groups: ['ledger', 'holdings'],
    input: form({
      owner: ownerField,
      asset: assetField,
      purpose: field.optional(
        field.text({
          title: { zh: '用途', en: 'purpose' },
          hint: { zh: '不填为持有 holding', en: 'holding where left out' },
          example: 'holding',
        }),
      ),
      by: field.optional(
        field.choice({
          title: { zh: '按哪个日期', en: 'by which date' },
          choices: [
            { value: 'effective', title: { zh: '法定日期', en: 'legal date' } },
            { value: 'recorded', title: { zh: '记录时间', en: 'recording' } },
          ],
          example: 'effective',
        }),
      ),
      from: day('法定日期起', 'legal date from'),
      to: day('法定日期止', 'legal date to'),
      recordedFrom: moment('记录时间起', 'recorded from'),
      recordedBefore: moment('记录时间止（不含）', 'recorded before'),
      afterLine: field.optional(
        field.amount({
          title: { zh: '此行之后', en: 'after this line' },
          hint: { zh: '翻页', en: 'paging' },
          example: '1000',
        }),
      ),
      afterDate: day('此日之后', 'after this date'),
      limit,
    }),
    row: form({
      kind: said('类别', 'kind'),
      line: maybe('行号', 'line'),
      effective: maybe('法定日期', 'legal date'),
      recorded: maybe('记录时间', 'recorded'),
      why: maybe('摘要', 'why'),
      other: maybe('对方', 'other side'),
      in: maybe('收', 'in'),
      out: maybe('付', 'out'),
      balance: said('余额', 'balance'),
      available: said('可用', 'available'),
      unit: said('单位', 'unit'),
      posting: maybe('分录编号', 'posting'),
      act: maybe('行为', 'act'),
    }),
    run: async (reader, input, scope) => {
      const purpose = input.purpose ?? 'holding'
      const account = (
        await reader.query<{ id: string; scale: number; unit: string }>(
          sql`select a.id::text as id, s.scale, s.unit from account a join asset s on s.code = a.asset
              where a.owner = ${input.owner} and a.asset = ${input.asset} and a.purpose = ${purpose}
                and ${accountInReach(scope, sql`a.id`, sql`a.owner`)}`,
        )
      )[0]
      if (!account) return []
      const page = await accountStatement(
        reader,
        account.id as never,
        input.by === 'recorded'
          ? {
              by: 'recorded',
              ...given('from', input.recordedFrom as Instant | undefined),
              ...given('before', input.recordedBefore as Instant | undefined),
            }
          : { by: 'effective', ...given('from', input.from), ...given('to', input.to) },
        {
          limit: input.limit ?? 1000,
          ...(input.afterLine === undefined
            ? {}
            : { after: { line: input.afterLine, effective: input.afterDate ?? ('0001-01-01' as CivilDate) } }),
        },
      )
      const owners = await ownersOf(reader, [...new Set(page.lines.map((l) => l.other))])
      const names = await directory.owners(reader, [...new Set([...owners.values()].map((o) => o.owner))])
      const standing = (b: Balance) => amounts(b, account)
      return [
        { kind: 'opening', ...standing(page.opening) },
        ...page.lines.map(({ posting: p, side, other, line, balance }) => {
          const moved = p.kind === 'plain' || p.kind === 'post' ? scaled(p.amount, account.scale) : undefined
          const o = owners.get(other)
          return filled({
            kind: p.kind,
            line: line.toString(),
            effective: p.effective,
            recorded: p.recorded,
            why: p.why?.zh,
            other: o && sideText(names, o.owner, o.purpose),
            in: side === 'credit' ? moved : undefined,
            out: side === 'debit' ? moved : undefined,
            ...standing(balance),
            posting: p.id,
            act: p.act,
          })
        }),
        { kind: page.next ? 'continued' : 'closing', ...standing(page.closing) },
      ]
    },
  })

const given = <K extends string, V>(key: K, value: V | undefined): Readonly<Partial<Record<K, V>>> =>
  (value === undefined ? {} : { [key]: value }) as Readonly<Partial<Record<K, V>>>

const amounts = (b: Balance, { scale, unit }: Pick<Asset, 'scale' | 'unit'>): Readonly<Record<string, Json>> => ({
  balance: scaled(held(b), scale),
  available: scaled(available(b), scale),
  unit,
})

export async function ownersOf(
  reader: Reader,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, { readonly owner: string; readonly purpose: string }>> {
  const rows = await reader.query<{ id: string; owner: string; purpose: string }>(
    sql`select id::text as id, owner, purpose from account where id = any(${list('uuid', accounts)})`,
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Of the whole book, since a part of it need not be zero; it names no owner, but those of accounts that do not fit. */
const zeroSum = query({
  name: 'zeroSum',
  title: { zh: '零和报告', en: 'zero-sum report' },
  groups: ['ledger'],
  input: form({}),
  row: form({
    asset: said('资产', 'asset'),
    accounts: said('账户数', 'accounts'),
    debits: said('借方合计', 'debits'),
    credits: said('贷方合计', 'credits'),
    pendingDebits: said('占用借方', 'pending debits'),
    pendingCredits: said('占用贷方', 'pending credits'),
    fits: said('平衡', 'fits'),
    account: maybe('不符的账户', 'account that does not fit'),
  }),
  run: async (reader, _, scope) => {
    const report = await zeroSumReport(reader)
    const wrong = [...report.broken, ...report.misfit].map(({ account }) => account)
    const open = new Set(
      (
        await reader.query<{ id: string }>(
          sql`select a.id::text as id from account a where a.id = any(${list('uuid', [...new Set(wrong.map((a) => a.id))])})
                and ${accountInReach(scope, sql`a.id`, sql`a.owner`)}`,
        )
      ).map((r) => r.id),
    )
    return report.assets.map((a) => {
      const here = wrong.filter((w) => w.asset === a.asset)
      const named = here.filter((w) => open.has(w.id)).map((w) => `${w.owner} ${w.purpose}`)
      return filled({
        asset: a.asset,
        accounts: String(a.accounts),
        debits: a.debitsPosted.toString(),
        credits: a.creditsPosted.toString(),
        pendingDebits: a.debitsPending.toString(),
        pendingCredits: a.creditsPending.toString(),
        fits: a.fits && here.length === 0 ? '是 yes' : '否 no',
        account: here.length === 0 ? undefined : [...named, ...(here.length > named.length ? ['…'] : [])].join('；'),
      })
    })
  },
})

export const ledgerQueries = (directory: Directory): readonly AnyQuery[] => [
  postings(directory),
  holdings(directory),
  heldLots,
  statement(directory),
  zeroSum,
]
