// A made-up permit with one field of every kind, for the tests of forms.

import { field, form, text, type Choice } from '../index.ts'

const A_UUID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'
export const STATUSES = [
  { value: 'draft', title: text('草稿', 'Draft') },
  { value: 'in-force', title: text('有效', 'In force') },
] as const satisfies readonly Choice[]

export const everyKind = form({
  project: field.text({ title: text('项目名称', 'Project'), example: '资江治理', grade: 'public', max: 20 }),
  note: field.longText({ title: text('说明', 'Note'), example: '第一行\n第二行' }),
  number: field.code({
    title: text('许可证编号', 'Permit number'),
    example: 'XJ-2026-001',
    pattern: /^[A-Z]{2}-\d{4}-\d{3}$/,
    expects: text(
      '两个字母、年份和三位序号，例如 XJ-2026-001',
      'two letters, a year and three digits such as XJ-2026-001',
    ),
  }),
  parcel: field.id({ title: text('地块', 'Parcel'), example: A_UUID }),
  act: field.actId({ title: text('办理事项', 'Act'), example: A_UUID }),
  clerk: field.person({ title: text('经办人', 'Clerk'), example: A_UUID }),
  holder: field.organisation({ title: text('持有人', 'Holder'), example: A_UUID }),
  purse: field.account({ title: text('账户', 'Account'), example: A_UUID }),
  issued: field.civilDate({ title: text('发证日期', 'Date of issue'), example: '2026-01-31' }),
  seen: field.instant({ title: text('勘验时刻', 'Seen at'), example: '2026-01-31T08:00:00.000Z' }),
  budget: field.year({ title: text('年度', 'Year'), example: 2026 }),
  term: field.period({ title: text('有效期', 'Term'), example: { from: '2026-01-01', to: '2026-12-31' } }),
  area: field.quantity({
    title: text('面积', 'Area'),
    hint: text('按宗地图', 'From the map of the parcel'),
    example: { value: '1.5', unit: 'km2' },
    unit: 'km2',
    min: '0',
    max: '1000',
  }),
  fee: field.money({ title: text('费用', 'Fee'), example: '1200.5', max: 100_000_000n, grade: 'restricted' }),
  permitted: field.amount({ title: text('许可量', 'Permitted'), example: '1200', min: 1n }),
  outlets: field.integer({ title: text('排污口数', 'Outlets'), example: 2, min: 0, max: 99 }),
  urgent: field.flag({ title: text('加急', 'Urgent'), example: false }),
  status: field.choice({ title: text('状态', 'Status'), example: 'draft', choices: STATUSES }),
  place: field.region({ title: text('区域', 'Region'), example: '430725', grade: 'public' }),
  map: field.fileHash({ title: text('宗地图', 'Map'), example: 'ab'.repeat(32) }),
  phone: field.text({ title: text('电话', 'Telephone'), example: '13800000000', grade: 'personal' }),
  bid: field.money({ title: text('报价', 'Bid'), example: '99.99', grade: 'secret' }),
  lines: field.list(
    field.group(
      {
        lot: field.text({ title: text('批次', 'Lot'), example: 'A-1' }),
        quantity: field.amount({ title: text('数量', 'Quantity'), example: '7' }),
        remark: field.optional(field.text({ title: text('备注', 'Remark'), example: '无' })),
      },
      { title: text('一批', 'One lot') },
    ),
    { title: text('明细', 'Lines'), min: 1, max: 5 },
  ),
  witnesses: field.optional(
    field.list(field.text({ title: text('见证方', 'Witness'), example: '李四', grade: 'personal' }), {
      title: text('见证方', 'Witnesses'),
    }),
  ),
  bank: field.optional(
    field.group(
      {
        name: field.text({ title: text('开户行', 'Bank'), example: '农商行' }),
        account: field.text({ title: text('账号', 'Number'), example: '6222000000000000' }),
      },
      { title: text('银行账户', 'Bank account'), grade: 'personal' },
    ),
  ),
})
