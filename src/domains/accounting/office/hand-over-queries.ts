// What each department owes for an account, and what it handed over. What is owed is read from the input list of the last account of
// the place: its files, and which department keeps the arguments that stand in each.
// Always holds: nothing is owed that no input list names; a file that was replaced is told beside the one that replaced it.

import { field, form, text, type Json } from '../../../kernel/index.ts'
import { query, type AnyQuery, type Scope } from '../../../core/record/index.ts'
import { sql, type Reader } from '../../../core/store/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { Account } from '../model.ts'
import { choicesOf, filled, idField, place, said, saidMaybe, year } from './fields.ts'
import { department } from './hand-over.ts'
import { HAND_OVER_STATUS } from './hand-over-schema.ts'
import type { Packages } from './stored-package.ts'

export const OWED_STATE = {
  missing: text('未交', 'missing'),
  'handed-in': text('已交', 'handed in'),
  used: text('已用于核算', 'used in the account'),
  yellow: text('待说明', 'to be explained'),
  red: text('有错', 'wrong'),
} as const
type OwedState = keyof typeof OWED_STATE

interface Owed {
  readonly department: string
  readonly sheet: string
  /** Titles of the arguments, and the headings of the columns they stand under. */
  readonly zh: string
  readonly en: string
  readonly headings: string
}

/** The tables of a list by department and file, in the order of the list. Pure. */
export function owedOf(list: Pick<InputList, 'arguments'>): readonly Owed[] {
  const tables = new Map<
    string,
    { readonly department: string; readonly sheet: string; readonly bindings: Binding[] }
  >()
  for (const b of list.arguments) {
    const custodian = findArgument(b.argument)?.custodian
    if (custodian === undefined) continue
    const key = `${custodian}|${b.file}`
    const known = tables.get(key) ?? { department: custodian, sheet: b.file, bindings: [] }
    known.bindings.push(b)
    tables.set(key, known)
  }
  return [...tables.values()].map(({ bindings, ...of }) => {
    const titles = bindings.map((b) => findArgument(b.argument)!.title)
    return {
      ...of,
      zh: [...new Set(titles.map((t) => t.zh))].join('、'),
      en: [...new Set(titles.map((t) => t.en))].join(', '),
      headings: [...new Set(bindings.flatMap(headingsOf))].join('\n'),
    }
  })
}

/** What a row is known by first, then the value with its unit. */
function headingsOf(b: Binding): readonly string[] {
  const keys = [b.region, b.class, b.item, b.where, b.code].flatMap((k) => (k && 'column' in k ? [k.column] : []))
  // `band 1` of a map is no column.
  if (b.column.startsWith('band ')) return []
  return [...keys, b.unit === '1' ? b.column : `${b.column}（${b.unit}）`]
}

interface HandedOver {
  readonly id: string
  readonly number: string
  readonly department: string
  readonly sheet: string
  readonly hash: string
}

/** How a handed-over file fares in the account of its year. Pure. */
export function stateOf(handed: Pick<HandedOver, 'hash'> | undefined, account: Account | undefined): OwedState {
  if (!handed) return 'missing'
  const source = account?.sources.find((s) => s.sha256 === handed.hash)
  if (!account || !source) return 'handed-in'
  const open = account.findings.filter((f) => !f.explained && f.at?.file === source.file)
  if (open.some((f) => f.severity === 'red')) return 'red'
  return open.length > 0 ? 'yellow' : 'used'
}

export const owedTables = (packages: Packages): AnyQuery =>
  query({
    name: 'owedTables',
    title: text('部门应交的表', 'tables that departments owe'),
    groups: ['hand-over'],
    input: form({ place, year, department: field.optional(department) }),
    row: form({
      department,
      sheet: said('应交的表', 'table owed'),
      zh: said('内容', 'what stands in it, in Chinese'),
      en: said('内容（英）', 'what stands in it'),
      headings: saidMaybe('表头', 'headings'),
      listOf: said('依据的清单', 'list of account', 'HS-430725-2023-000001-E'),
      dueOn: saidMaybe('期限', 'due on', '2026-07-15'),
      state: field.choice({ title: text('状态', 'state'), choices: choicesOf(OWED_STATE), example: 'missing' }),
      handOver: field.optional(idField('交接', 'hand-over')),
      number: saidMaybe('交接单号', 'number of the hand-over'),
    }),
    run: async (reader, i, scope) => {
      const accounts = await accountsUpTo(reader, i.place, i.year, scope)
      const list = accounts.find((a) => a.year < i.year) ?? accounts[0]
      const known = list && (await packages(list.package))
      if (!known || !('account' in known)) return []
      const now = accounts.find((a) => a.year === i.year)
      const current = now && (await packages(now.package))
      const account = current && 'account' in current ? current.account : undefined
      const handed = await standing(reader, i.place, i.year)
      const [due] = await reader.query<{ on: string | null }>(
        sql`select min(d.due_on)::text as on from deadline d
            where d.subject = ${`gep-year:${i.place}:${i.year}`} and d.status = 'running' and ${scope.within(sql`d.place`)}`,
      )
      return owedOf(known.list)
        .filter((o) => i.department === undefined || o.department === i.department)
        .map((o): Json => {
          const own = handed.find((h) => h.department === o.department && h.sheet === o.sheet)
          return filled({
            ...o,
            headings: o.headings === '' ? undefined : o.headings,
            listOf: list!.number,
            dueOn: due?.on,
            state: stateOf(own, account),
            handOver: own?.id,
            number: own?.number,
          })
        })
    },
  })

interface AccountRead {
  readonly number: string
  readonly year: number
  readonly package: string
}

/** The latest first. */
const accountsUpTo = (reader: Reader, of: string, upTo: number, scope: Pick<Scope, 'within'>) =>
  reader.query<AccountRead>(
    sql`select g.number, g.year, g.package from gep_account g
        where g.place = ${of} and g.year <= ${upTo} and g.superseded_by is null and ${scope.within(sql`g.place`)}
        order by g.year desc, g.version desc limit 20`,
  )

const standing = (reader: Reader, of: string, ofYear: number) =>
  reader.query<HandedOver>(
    sql`select h.id::text as id, h.number, h.department, h.sheet, h.hash from gep_hand_over h
        where h.place = ${of} and h.year = ${ofYear} and h.status = 'standing'`,
  )

export const handOvers = query({
  name: 'handOvers',
  title: text('资料交接', 'hand-overs of inputs'),
  groups: ['hand-over'],
  input: form({
    place: field.optional(place),
    year: field.optional(year),
    handOver: field.optional(idField('交接', 'hand-over')),
  }),
  row: form({
    id: idField('编号', 'id'),
    number: said('交接单号', 'number', 'JJ-430725-2024-000001-E'),
    place,
    year,
    department,
    sheet: said('应交的表', 'table owed'),
    name: said('文件名', 'name of the file'),
    hash: field.fileHash({
      title: text('文件校验值', 'hash of the file'),
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
    size: field.amount({ title: text('大小（字节）', 'size in bytes'), example: '120000' }),
    rows: field.optional(field.integer({ title: text('数据行数', 'rows of data'), example: 36 })),
    by: said('移交人', 'handed over by'),
    role: said('角色', 'role', 'department-contact'),
    receiver: said('接收人', 'received by'),
    handedOn: field.civilDate({ title: text('交接日期', 'handed over on'), example: '2026-03-02' }),
    note: saidMaybe('说明', 'note'),
    version: field.integer({ title: text('第几份', 'version'), min: 1, example: 1 }),
    status: field.choice({ title: text('状态', 'status'), choices: choicesOf(HAND_OVER_STATUS), example: 'standing' }),
  }),
  run: async (reader, i, scope) =>
    (
      await reader.query<Readonly<Record<string, unknown>>>(
        // All of one table, whichever of its hand-overs is asked for.
        sql`select h.id::text as id, h.number, h.place, h.year, h.department, h.sheet, h.name, h.hash, h.size::text as size,
              h.line_count as rows, coalesce(p.login, h.person::text) as by, h.role, h.receiver, h.handed_on::text as "handedOn",
              h.note, h.version, h.status
            from gep_hand_over h left join person p on p.id = h.person
            where ${scope.within(sql`h.place`)} and (${i.place ?? null}::text is null or h.place = ${i.place ?? null}::text)
              and (${i.year ?? null}::int4 is null or h.year = ${i.year ?? null}::int4)
              and (${i.handOver ?? null}::uuid is null or (h.place, h.year, h.department, h.sheet) =
                (select o.place, o.year, o.department, o.sheet from gep_hand_over o where o.id = ${i.handOver ?? null}::uuid))
            order by h.year desc, h.place, h.department, h.sheet, h.version limit 2000`,
      )
    ).map(filled),
})
