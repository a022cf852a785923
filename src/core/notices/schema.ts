// Tables of public notices 公示 and of objections to them. (An item of somebody's 待办 is a `notice` of the record; what is posted
// for everybody to read is a `public_notice`. The two never share a table, a type or a command.)
// Always holds: how long a notice runs stands in its deadline (core/calendar) and nowhere else; nothing personal stands here but
// as a commitment.

import type { TableWords } from '../record/index.ts'
import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const publicNoticeTable = table({
  name: 'public_notice',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    /** The subject whose act waits for this notice: `unit:…`, `import:…`. */
    about: 'text',
    title: 'text',
    body: 'text',
    /** Under which clause it is posted. */
    clause: 'text',
    /** Whom to ask: office, address, telephone of the office. */
    contact: 'text',
    place: 'text',
    organisation: optional('uuid'),
    /** The day it is posted; counting begins on the day after. */
    from_on: 'date',
    days: 'int4',
    /** `natural` or `working`. */
    kind: 'text',
    /** Of core/calendar: tells the last day. */
    deadline: 'uuid',
    /** Headings and rows of the masked list, where it stands in the notice itself. */
    list: optional('jsonb'),
    /** The masked list as a document: its hash. */
    list_document: optional('text'),
    status: 'text',
    /** Why it was withdrawn. */
    reason: optional('text'),
    act: 'uuid',
  },
})
export type PublicNoticeRow = RowOf<typeof publicNoticeTable>

export const objectionTable = table({
  name: 'public_notice_objection',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    public_notice: 'uuid',
    /** As its notice says, so that a gate needs one look. */
    about: 'text',
    place: 'text',
    organisation: optional('uuid'),
    received_on: 'date',
    /** `paper` or `online`. */
    way: 'text',
    /** Commitments of personal values. */
    objector: 'text',
    phone: optional('text'),
    text: 'text',
    /** The signed paper: hash of the scan. */
    scan: optional('text'),
    status: 'text',
    outcome: optional('text'),
    answer: optional('text'),
    answered_on: optional('date'),
    closing: optional('text'),
    closed_on: optional('date'),
    act: 'uuid',
  },
})
export type ObjectionRow = RowOf<typeof objectionTable>

export const noticesTables = [publicNoticeTable, objectionTable]

export const NOTICE_STATUS = {
  running: { zh: '公示中', en: 'running' },
  ended: { zh: '已期满', en: 'ended' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const
export type NoticeStatus = keyof typeof NOTICE_STATUS

export const OBJECTION_STATUS = {
  open: { zh: '待答复', en: 'waits for an answer' },
  answered: { zh: '已答复，未办结', en: 'answered, not closed' },
  closed: { zh: '已办结', en: 'closed' },
} as const
export type ObjectionStatus = keyof typeof OBJECTION_STATUS

export const OUTCOMES = {
  upheld: { zh: '异议成立', en: 'upheld' },
  'partly-upheld': { zh: '部分成立', en: 'partly upheld' },
  rejected: { zh: '异议不成立', en: 'rejected' },
  'taken-back': { zh: '本人撤回', en: 'taken back by the objector' },
} as const
export type ObjectionOutcome = keyof typeof OUTCOMES

export const WAYS = {
  paper: { zh: '纸质', en: 'on paper' },
  online: { zh: '网上', en: 'online' },
} as const

const noticeWords: TableWords<keyof typeof publicNoticeTable.columns> = {
  table: publicNoticeTable.name,
  title: { zh: '公示', en: 'public notice' },
  columns: {
    number: { zh: '公示编号', en: 'number' },
    about: { zh: '对象', en: 'subject' },
    title: { zh: '标题', en: 'title' },
    clause: { zh: '依据', en: 'clause' },
    place: { zh: '行政区', en: 'place' },
    from_on: { zh: '公示起始日', en: 'posted on' },
    days: { zh: '期限（天）', en: 'days' },
    kind: { zh: '计日', en: 'kind of days' },
    status: { zh: '状态', en: 'status' },
  },
  values: {
    status: NOTICE_STATUS,
    kind: { natural: { zh: '日', en: 'days' }, working: { zh: '工作日', en: 'working days' } },
  },
}
const objectionWords: TableWords<keyof typeof objectionTable.columns> = {
  table: objectionTable.name,
  title: { zh: '公示异议', en: 'objection to a public notice' },
  columns: {
    number: { zh: '异议编号', en: 'number' },
    received_on: { zh: '收到日期', en: 'received on' },
    way: { zh: '方式', en: 'way' },
    status: { zh: '状态', en: 'status' },
    outcome: { zh: '结论', en: 'outcome' },
    answered_on: { zh: '答复日期', en: 'answered on' },
    closed_on: { zh: '办结日期', en: 'closed on' },
  },
  values: { status: OBJECTION_STATUS, outcome: OUTCOMES, way: WAYS },
}
export const noticesWords = [noticeWords, objectionWords]

export const noticesMigrations: readonly Migration[] = [
  {
    id: 'notices-0001-public-notices',
    up: [
      `create table public_notice (id uuid primary key, number text not null unique, about text not null, title text not null,
        body text not null, clause text not null, contact text not null, place text not null, organisation uuid,
        from_on date not null, days int4 not null check (days > 0), kind text not null check (kind in ('natural', 'working')),
        deadline uuid not null, list jsonb, list_document text,
        status text not null check (status in ('running', 'ended', 'withdrawn')), reason text, act uuid not null)`,
      `create index public_notice_about on public_notice (about)`,
      `create index public_notice_place on public_notice (place, from_on)`,
      `create table public_notice_objection (id uuid primary key, number text not null unique,
        public_notice uuid not null references public_notice (id), about text not null, place text not null, organisation uuid,
        received_on date not null, way text not null check (way in ('paper', 'online')),
        objector text not null check (objector ~ '^~[0-9a-f]{64}$'), phone text check (phone ~ '^~[0-9a-f]{64}$'),
        text text not null check (text ~ '^~[0-9a-f]{64}$'), scan text,
        status text not null check (status in ('open', 'answered', 'closed')),
        outcome text check (outcome in ('upheld', 'partly-upheld', 'rejected', 'taken-back')), answer text, answered_on date,
        closing text, closed_on date, act uuid not null, check (way <> 'paper' or scan is not null))`,
      `create index public_notice_objection_notice on public_notice_objection (public_notice)`,
      `create index public_notice_objection_about on public_notice_objection (about)`,
      `create index public_notice_objection_open on public_notice_objection (place) where status <> 'closed'`,
    ],
    check: `select to_regclass('public_notice') is not null and to_regclass('public_notice_objection') is not null`,
  },
]
