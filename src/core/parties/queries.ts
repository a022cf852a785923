// What may be asked about parties. Codes of people are shown with their middle masked to whoever may see personal data, and not at
// all to others; nobody is shown a whole one.

import {
  field,
  form,
  isBankNumber,
  normaliseCode,
  normaliseOrganisationCode,
  text,
  type Json,
} from '../../kernel/index.ts'
import { query, type AnyQuery, type Scope } from '../record/index.ts'
import { list, sql, type Reader, type Sql } from '../store/index.ts'
import {
  bankKind,
  bankName,
  day,
  EXAMPLE_ID,
  groundField,
  householdCode,
  howField,
  kindField,
  matterField,
  organisationField,
  partyField,
  partyOf,
  people,
  placeField,
  statusField,
} from './fields.ts'
import type { PartyWorld } from './judge.ts'
import { bringUpToDate, findCommitments, type LookupKind } from './lookup.ts'
import { maskedAccount, maskedIdNumber, maskedPassport, maskedPhone } from './masks.ts'
import { allBankAccounts, allParties, standingParty } from './read-party.ts'

const MOST_ROWS = 500
const words = (zh: string, en: string, example: string) => field.text({ title: text(zh, en), example })
const hidden = (zh: string, en: string, example: string) =>
  field.optional(field.text({ title: text(zh, en), grade: 'personal', example }))

const partyRow = form({
  party: partyField,
  kind: kindField,
  name: field.optional(words('名称', 'Name', '示范村股份经济合作社')),
  personName: hidden('姓名', 'Name of the person', '示范户甲'),
  code: field.optional(words('统一社会信用代码', 'Unified social credit code', '9144030071526726XG')),
  householdCode: field.optional(householdCode),
  idNumber: hidden('身份证号', 'Identity number', '110105********002X'),
  passport: hidden('护照号', 'Passport', 'E******78'),
  phone: hidden('电话', 'Telephone', '139****5678'),
  people: field.optional(people),
  place: placeField,
  organisation: field.optional(organisationField),
  status: statusField,
  mergedInto: field.optional(partyOf('并入的主体', 'Merged into')),
  erased: field.flag({ title: text('已删除个人信息', 'Erased'), example: false }),
  since: day('起始日期', 'Since'),
  until: field.optional(day('终止日期', 'Until')),
})

interface Found {
  readonly idNumber: string | null
  readonly passport: string | null
  readonly phone: string | null
}

const opened = (column: Sql): Sql => sql`(select v.value from personal_value v where v.commitment = ${column})`

/** Codes leave the database to be masked here, and go no further. */
async function partiesWhere(reader: Reader, scope: Scope, where: Sql): Promise<readonly Json[]> {
  const rows = await reader.query<Readonly<Record<string, Json>> & Found>(
    sql`select p.id::text as party, p.kind,
          case when p.kind in ('person', 'household') then null else p.name end as name,
          case when p.kind in ('person', 'household') then p.name end as "personName",
          p.code, p.household_code as "householdCode", ${opened(sql`p.id_number`)} as "idNumber",
          ${opened(sql`p.passport`)} as passport, ${opened(sql`p.phone`)} as phone, p.people, p.place,
          p.organisation::text as organisation, p.status, p.merged_into::text as "mergedInto", p.erased, p.since, p.until
        from ${allParties()} p where ${scope.within(sql`p.place`, sql`p.organisation`)} and (${where})
        order by p.place, p.kind, p.household_code nulls last, p.since, p.id limit ${MOST_ROWS}::int4`,
  )
  const masked = (value: string | null, how: (v: string) => string): string | null =>
    value === null ? null : how(value)
  return withoutNulls(
    rows.map((r) => ({
      ...r,
      idNumber: masked(r.idNumber, maskedIdNumber),
      passport: masked(r.passport, maskedPassport),
      phone: masked(r.phone, maskedPhone),
    })),
  )
}

const withoutNulls = (rows: readonly Readonly<Record<string, Json>>[]): readonly Json[] =>
  rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))

const pattern = (part: string | undefined): string | null =>
  part === undefined ? null : `%${part.replace(/[\\%_]/g, '\\$&')}%`

/** A region and all that lies below it, by how codes are made (GB/T 2260, GB/T 10114). */
const belowOf = (place: string | undefined): string | null =>
  place === undefined ? null : `${place.length === 6 ? place.replace(/(00){1,2}$/, '') : place}%`

const parties = query({
  name: 'parties',
  title: text('主体', 'Parties'),
  groups: ['parties'],
  input: form({
    party: field.optional(partyField),
    kind: field.optional(kindField),
    place: field.optional(placeField),
    name: field.optional(words('单位名称含', 'Name of a body contains', '合作社')),
    householdCode: field.optional(householdCode),
    standing: field.optional(field.flag({ title: text('只看有效的', 'Only those that stand'), example: true })),
  }),
  row: partyRow,
  run: (reader, i, scope) =>
    partiesWhere(
      reader,
      scope,
      sql`(${i.party ?? null}::uuid is null or p.id = ${i.party ?? null}::uuid)
        and (${i.kind ?? null}::text is null or p.kind = ${i.kind ?? null}::text)
        and (${i.place ?? null}::text is null or p.place like ${belowOf(i.place)}::text)
        and (${i.householdCode ?? null}::text is null or p.household_code = ${i.householdCode ?? null}::text)
        and (${pattern(i.name)}::text is null
          or (p.kind not in ('person', 'household') and p.name like ${pattern(i.name)}::text))
        and (${i.standing === true}::boolean is not true or p.status = 'standing')`,
    ),
})

const LOOKED = [
  { value: 'id-number', title: text('身份证号', 'Identity number') },
  { value: 'passport', title: text('护照号', 'Passport') },
  { value: 'name', title: text('姓名', 'Name of a person') },
  { value: 'bank', title: text('银行账号', 'Bank number') },
  { value: 'code', title: text('统一社会信用代码', 'Unified social credit code') },
] as const

/** By the whole code or name. A double leads to the party that stands. */
const findParties = (world: PartyWorld): AnyQuery =>
  query({
    name: 'findParties',
    title: text('按号码查找主体', 'Find parties by a code'),
    groups: ['parties'],
    input: form({
      by: field.choice({ title: text('按什么找', 'By what'), choices: LOOKED, example: 'id-number' }),
      value: field.text({
        title: text('号码或姓名', 'Code or name'),
        grade: 'personal',
        example: '11010519491231002X',
      }),
    }),
    row: partyRow,
    run: async (reader, { by, value }, scope) => {
      if (by === 'code') return partiesWhere(reader, scope, sql`p.code = ${normaliseOrganisationCode(value)}`)
      const found = list('text', await findCommitments(reader, world.key, by satisfies LookupKind, value))
      const named =
        by === 'bank'
          ? sql`select b.party as id from ${allBankAccounts()} b where b.number = any(${found}) and not b.closed`
          : sql`select q.id from ${allParties()} q
                where q.id_number = any(${found}) or q.passport = any(${found}) or q.name = any(${found})`
      return partiesWhere(reader, scope, sql`p.id in (select ${standingParty(sql`n.id`)} from (${named}) n)`)
    },
  })

/** Parties that share a code. */
const doubles = (world: PartyWorld): AnyQuery =>
  query({
    name: 'partyDoubles',
    title: text('疑似重复的主体', 'Parties that may be doubles'),
    groups: ['parties'],
    input: form({}),
    row: form({
      party: partyField,
      other: partyOf('另一主体', 'Other party'),
      place: placeField,
      otherPlace: placeField,
      by: field.choice({ title: text('相同的号码', 'What they share'), choices: LOOKED, example: 'id-number' }),
    }),
    run: async (reader, _, scope) => {
      await bringUpToDate(reader, world.key)
      return withoutNulls(
        await reader.query(
          sql`select p.id::text as party, q.id::text as other, p.place, q.place as "otherPlace", l.kind as by
              from party_lookup l join party_lookup m on m.hash = l.hash and m.kind = l.kind and m.commitment <> l.commitment
              join ${allParties()} p on l.commitment in (p.id_number, p.passport)
              join ${allParties()} q on m.commitment in (q.id_number, q.passport)
              where l.kind in ('id-number', 'passport') and l.hash <> '' and p.id < q.id
                and p.status = 'standing' and q.status = 'standing'
                and ${scope.within(sql`p.place`, sql`p.organisation`)}
                and ${scope.within(sql`q.place`, sql`q.organisation`)}
              order by p.id, q.id limit ${MOST_ROWS}::int4`,
        ),
      )
    },
  })

const mandates = query({
  name: 'mandates',
  title: text('委托', 'Mandates'),
  groups: ['parties'],
  input: form({
    principal: field.optional(partyOf('委托人', 'Principal')),
    agent: field.optional(partyOf('代理人（主体）', 'Agent that is a party')),
    on: field.optional(day('在何日有效', 'In force on')),
  }),
  row: form({
    mandate: field.id({ title: text('委托', 'Mandate'), example: EXAMPLE_ID }),
    principal: partyOf('委托人', 'Principal'),
    agent: field.optional(partyOf('代理人（主体）', 'Agent that is a party')),
    account: field.optional(
      field.person({ title: text('代理人（账号）', 'Agent with an account'), example: EXAMPLE_ID }),
    ),
    matter: matterField,
    basis: groundField,
    paper: field.optional(field.fileHash({ title: text('委托书扫描件', 'Scan'), example: 'ab'.repeat(32) })),
    place: placeField,
    from: day('起日', 'From'),
    to: field.optional(day('止日', 'To')),
    ended: field.optional(day('提前终止', 'Ended')),
  }),
  run: async (reader, { principal, agent, on }, scope) =>
    withoutNulls(
      await reader.query(
        sql`select m.id::text as mandate, ${standingParty(sql`m.principal`)}::text as principal,
              ${standingParty(sql`m.agent`)}::text as agent, m.account::text as account, m.matter, m.basis, m.paper, m.place,
              m.valid_from as "from", m.valid_to as "to", m.ended
            from party_mandate m where ${scope.within(sql`m.place`, sql`m.organisation`)}
              and (${principal ?? null}::uuid is null or ${standingParty(sql`m.principal`)} = ${principal ?? null}::uuid)
              and (${on ?? null}::date is null or (m.valid_from <= ${on ?? null}::date
                and (m.valid_to is null or m.valid_to >= ${on ?? null}::date)
                and (m.ended is null or m.ended >= ${on ?? null}::date)))
              and (${agent ?? null}::uuid is null or ${standingParty(sql`m.agent`)} = ${agent ?? null}::uuid)
            order by m.valid_from, m.id limit ${MOST_ROWS}::int4`,
      ),
    ),
})

const successions = query({
  name: 'successions',
  title: text('承继关系', 'Successions'),
  groups: ['parties'],
  input: form({ party: field.optional(partyField) }),
  row: form({
    predecessor: partyOf('原主体', 'Predecessor'),
    successor: partyOf('承继主体', 'Successor'),
    on: day('日期', 'Day'),
    how: howField,
    ground: groundField,
    place: placeField,
  }),
  run: async (reader, { party }, scope) =>
    withoutNulls(
      await reader.query(
        sql`select predecessor::text as predecessor, successor::text as successor, on_day as "on", how, ground, place
            from party_succession s where ${scope.within(sql`s.place`, sql`s.organisation`)}
              and (${party ?? null}::uuid is null or ${party ?? null}::uuid in (s.predecessor, s.successor))
            order by on_day, predecessor, successor limit ${MOST_ROWS}::int4`,
      ),
    ),
})

const BANK_CHECKS = [
  { value: 'passes', title: text('校验位相符', 'its check digit fits') },
  { value: 'fails', title: text('校验位不符', 'its check digit does not fit') },
  { value: 'form-only', title: text('只核对了位数', 'only its length was checked') },
  { value: 'erased', title: text('账号已删除', 'the number was erased') },
] as const

/** Cards have a check digit (ISO/IEC 7812-1); other accounts have no common one. */
function bankCheck(number: string | null, kind: 'card' | 'account'): (typeof BANK_CHECKS)[number]['value'] {
  if (number === null) return 'erased'
  if (!isBankNumber(number, kind)) return 'fails'
  return kind === 'card' ? 'passes' : 'form-only'
}

const bankAccounts = query({
  name: 'bankAccounts',
  title: text('银行账户', 'Bank accounts'),
  groups: ['parties'],
  input: form({ party: partyField }),
  row: form({
    account: field.id({ title: text('银行账户', 'Bank account'), example: EXAMPLE_ID }),
    party: partyField,
    bank: field.optional(bankName),
    kind: bankKind,
    number: hidden('账号', 'Number', '6222***********0128'),
    check: field.choice({ title: text('校验', 'Check'), choices: BANK_CHECKS, grade: 'public', example: 'passes' }),
    closed: field.flag({ title: text('已停用', 'Closed'), example: false }),
    place: placeField,
  }),
  run: async (reader, { party }, scope) => {
    const rows = await reader.query<
      Readonly<Record<string, Json>> & { readonly number: string | null; readonly kind: 'card' | 'account' }
    >(
      sql`select b.id::text as account, b.party::text as party, b.bank, b.kind, ${opened(sql`b.number`)} as number, b.closed, p.place
          from ${allBankAccounts()} b join ${allParties()} p on p.id = b.party
          where (b.party = ${party}::uuid or ${standingParty(sql`b.party`)} = ${party}::uuid)
            and ${scope.within(sql`p.place`, sql`p.organisation`)} order by b.id limit ${MOST_ROWS}::int4`,
    )
    return withoutNulls(
      rows.map((r) => ({
        ...r,
        check: bankCheck(r.number === null ? null : normaliseCode(r.number), r.kind),
        number: r.number === null ? null : maskedAccount(r.number),
      })),
    )
  },
})

export const partyQueries = (world: PartyWorld): readonly AnyQuery[] => [
  parties,
  findParties(world),
  doubles(world),
  mandates,
  successions,
  bankAccounts,
]
