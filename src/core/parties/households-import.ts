// Households of a village from the list it keeps: head, number, people, and where the money goes.

import { field, form, text } from '../../kernel/index.ts'
import { importOf, type Fault } from '../imports/index.ts'
import type { Reader } from '../store/index.ts'
import { sql } from '../store/index.ts'
import { bankName, bankNumber, headName, householdCode, idNumber, organisationField, people, phone } from './fields.ts'
import { bankProblem, idNumberProblem } from './judge.ts'
import { plainValue } from './lookup.ts'
import { partiesProblem } from './problems.ts'
import { allParties } from './read-party.ts'
import { bankAccountStagedTable, partyStagedTable, partyTable, bankAccountTable } from './schema.ts'

/** Values that stand already, as they are written once: looked up line by line without asking the database each time. */
interface Known {
  readonly idNumbers: ReadonlySet<string>
}

async function knownOf(reader: Reader): Promise<Known> {
  const rows = await reader.query<{ value: string }>(
    sql`select v.value from ${allParties()} p join personal_value v on v.commitment = p.id_number
        where p.status = 'standing' and v.value is not null`,
  )
  return { idNumbers: new Set(rows.map((r) => plainValue('id-number', r.value))) }
}

export const householdsImport = importOf({
  name: 'households',
  version: 1,
  title: text('导入农户', 'Import households'),
  clause: '个人信息保护法 第六条',
  groups: ['parties-import'],
  columns: form({
    name: headName,
    householdCode: field.optional(householdCode),
    idNumber: field.optional(idNumber),
    people: field.optional(people),
    phone: field.optional(phone),
    region: field.region({ title: text('所在村', 'Village'), example: '430725001001' }),
    bank: field.optional(bankName),
    number: field.optional(bankNumber),
  }),
  headings: {
    name: ['户主', '姓名', '户主名称'],
    householdCode: ['户编号', '农户编号', '户编码'],
    idNumber: ['身份证', '身份证号码', '户主身份证号', '证件号码'],
    people: ['人口数', '家庭人口', '人数', '家庭成员数'],
    phone: ['联系电话', '手机号', '手机'],
    region: ['村代码', '行政区', '区划代码', '所在村代码'],
    bank: ['开户银行', '银行'],
    number: ['银行账号', '银行卡号', '一卡通账号', '卡号'],
  },
  options: form({
    since: field.civilDate({
      title: text('数据日期', 'State of the list'),
      hint: text('名册是哪一天的', 'of which day the list is'),
      example: '2026-01-01',
    }),
    organisation: field.optional(organisationField),
  }),
  unique: [['householdCode', 'region'], ['idNumber']],
  region: (row) => row.values.region,
  lookups: knownOf,
  check: ({ plain }, known, { options }) => {
    const faults: Fault[] = []
    const id = plain['idNumber'] as string | undefined
    if (id !== undefined) {
      const wrong = idNumberProblem(id, options.since)
      if (wrong) faults.push({ column: 'idNumber', problem: wrong })
      else if (known.idNumbers.has(plainValue('id-number', id)))
        faults.push({ column: 'idNumber', problem: partiesProblem('parties.code-known') })
    }
    const number = plain['number'] as string | undefined
    const wrong = number === undefined ? undefined : bankProblem(number, kindOf(number))
    // The place of a field gives way to the cell's.
    if (wrong) faults.push({ column: 'number', problem: partiesProblem('parties.bank-number') })
    return faults
  },
  tables: [partyStagedTable, bankAccountStagedTable],
  rows: (row, given) => {
    const { values, plain } = row
    const id = given.id(row)
    return [
      {
        table: partyStagedTable,
        row: {
          id,
          kind: 'household',
          name: values.name,
          household_code: values.householdCode ?? null,
          place: values.region,
          organisation: given.options.organisation ?? null,
          people: values.people ?? null,
          id_number: values.idNumber ?? null,
          phone: values.phone ?? null,
          since: given.options.since,
        },
      },
      ...(values.number === undefined
        ? []
        : [
            {
              table: bankAccountStagedTable,
              row: {
                id: given.id(row, 'bank'),
                party: id,
                bank: values.bank ?? '',
                kind: kindOf(plain['number'] as string),
                number: values.number,
              },
            },
          ]),
    ]
  },
  changed: [partyTable, bankAccountTable],
})

/** Sixteen to nineteen digits that begin as cards of UnionPay do (ISO/IEC 7812 issuer numbers 62) are a card. */
const kindOf = (number: string): 'card' | 'account' =>
  /^62\d{14,17}$/.test(plainValue('bank', number)) ? 'card' : 'account'
