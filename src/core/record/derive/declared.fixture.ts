// A made-up command and query, and the roles that may run them, for the tests of what is derived.

import { field, form, text, type Form } from '../../../kernel/index.ts'
import type { AnyCommand, AnyQuery, Command, Query } from '../model.ts'
import type { AskedOf } from './permissions.ts'

const AN_ID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'

const permit = {
  holder: field.organisation({ title: text('持有人', 'Holder'), example: AN_ID }),
  place: field.region({ title: text('区域', 'Region'), example: '430725', grade: 'public' }),
  permitted: field.quantity({
    title: text('许可量', 'Permitted'),
    hint: text('每年', 'a year'),
    example: { value: '1.5', unit: 't' },
    unit: 't',
    min: '0',
  }),
  issuedOn: field.civilDate({ title: text('发证日期', 'Issued on'), example: '2026-01-31' }),
  kind: field.choice({
    title: text('种类', 'Kind'),
    example: 'water',
    choices: [
      { value: 'water', title: text('水', 'Water') },
      { value: 'air', title: text('大气', 'Air') },
    ],
  }),
}

const issueForm = form({
  ...permit,
  remark: field.optional(field.text({ title: text('备注', 'Remark'), example: "业主说“可以” | it's fine" })),
  contact: field.group(
    {
      name: field.text({ title: text('联系人', 'Contact'), example: '张三', grade: 'personal' }),
      urgent: field.flag({ title: text('加急', 'Urgent'), example: false }),
    },
    { title: text('联系', 'Contact') },
  ),
  outlets: field.list(
    field.group(
      {
        name: field.text({ title: text('名称', 'Name'), example: '1号' }),
        flow: field.amount({ title: text('流量', 'Flow'), example: '10' }),
      },
      { title: text('排污口', 'Outlet') },
    ),
    { title: text('排污口', 'Outlets'), min: 1 },
  ),
  notes: field.optional(
    field.list(field.text({ title: text('附注', 'Note'), example: '一' }), { title: text('附注', 'Notes') }),
  ),
})

const issuePermit: Command<typeof issueForm, undefined> = {
  name: 'issuePermit',
  version: 2,
  title: text('核发许可证', 'Issue a permit'),
  clause: '第十条',
  groups: ['permits'],
  input: issueForm,
  place: (input) => input.place,
  legalDate: (input) => input.issuedOn,
  subjects: (input) => [`organisation:${input.holder}`],
  approval: () => [{ role: 'deputy', title: text('分管领导审批', 'Approval by the deputy') }],
  decide: () => ({ act: 'permit-issued' }),
}

const nothing = form({})
const closeYear: Command<typeof nothing, undefined> = {
  name: 'closeYear',
  version: 1,
  title: text('年度结账', 'Close the year'),
  input: nothing,
  place: () => undefined,
  legalDate: (_, today) => today,
  subjects: () => ['year'],
  decide: () => ({ act: 'year-closed' }),
}

const searchForm = form({
  place: field.region({ title: text('区域', 'Region'), example: '430725' }),
  year: field.optional(field.year({ title: text('年度', 'Year'), example: 2026 })),
  kind: field.optional(permit.kind),
  kinds: field.optional(field.list(permit.kind, { title: text('种类', 'Kinds') })),
  size: field.optional(
    field.group(
      { least: permit.permitted, large: field.flag({ title: text('大', 'Large'), example: true }) },
      { title: text('规模', 'Size') },
    ),
  ),
})
const rowForm = form({
  ...permit,
  name: field.text({ title: text('联系人', 'Contact'), example: '张三', grade: 'personal' }),
})

const findPermits: Query<typeof searchForm, typeof rowForm> = {
  name: 'findPermits',
  title: text('查询许可证', 'Find permits'),
  input: searchForm,
  row: rowForm,
  run: () => Promise.resolve([]),
}

// As in the registry: each is called only with its own input.
export const declared = {
  commands: [issuePermit, closeYear] as unknown as readonly AnyCommand[],
  queries: [findPermits] as unknown as readonly AnyQuery[],
}
export const [issue, close] = declared.commands as [AnyCommand, AnyCommand]
export const find = declared.queries[0]!

export const roles = [
  { id: 'clerk', title: text('经办人', 'Clerk'), runs: ['group:permits', 'findPermits'] },
  { id: 'auditor', title: text('审计', 'Auditor'), runs: ['findPermits'] },
]
export const may = (role: (typeof roles)[number], { name, groups = [] }: AskedOf): boolean =>
  role.runs.includes(name) || groups.some((group) => role.runs.includes(`group:${group}`))

/** A query that asks for what must not stand in an address. */
export const curious = (input: Form): AnyQuery => ({ ...find, input })
