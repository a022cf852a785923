// The table of deadlines: clocks that run for something, each with its clause.
// Always holds: a running deadline has its clocks in core/timer; a suspended or ended one has none.

import type { TableWords } from '../record/index.ts'
import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const deadlineTable = table({
  name: 'deadline',
  key: ['id'],
  columns: {
    id: 'uuid',
    /** What it runs for: `request:…`, `notice:…`. */
    subject: 'text',
    /** Id of the statutory clock; `own` where the office wrote its own. */
    clock: 'text',
    title_zh: 'text',
    title_en: 'text',
    clause: 'text',
    days: 'int4',
    /** `natural`, `working` or `month`. */
    kind: 'text',
    /** The day it began; not counted. */
    from_on: 'date',
    /** The last day before it is moved to a working day. */
    nominal_on: 'date',
    due_on: 'date',
    /** By how much it was extended altogether, in its kind. */
    extended: 'int4',
    suspended_on: optional('date'),
    /** Days left while it is suspended. */
    remaining: optional('int4'),
    /** Working days before the last one on which an alarm is given; 0: none. */
    alarm_days: 'int4',
    /** Counted with a table that was not compared with its instrument. */
    unconfirmed: 'bool',
    place: 'text',
    organisation: optional('uuid'),
    /** Whose 待办 the alarm and the end appear in. */
    to_person: optional('uuid'),
    to_role: optional('text'),
    status: 'text',
    /** Command of another room that ends it. */
    on_expiry: optional('text'),
    on_expiry_input: optional('jsonb'),
    act: 'uuid',
  },
})
export type DeadlineRow = RowOf<typeof deadlineTable>

export const DEADLINE_STATUS = {
  running: { zh: '计算中', en: 'running' },
  suspended: { zh: '已中止', en: 'suspended' },
  met: { zh: '已按期办结', en: 'met' },
  stopped: { zh: '已终止', en: 'stopped' },
  expired: { zh: '已到期', en: 'expired' },
} as const
export type DeadlineStatus = keyof typeof DEADLINE_STATUS

export const calendarTables = [deadlineTable]

const deadlineWords: TableWords<keyof typeof deadlineTable.columns> = {
  table: deadlineTable.name,
  title: { zh: '期限', en: 'deadline' },
  columns: {
    title_zh: { zh: '名称', en: 'title in Chinese' },
    title_en: { zh: '英文名称', en: 'title' },
    clause: { zh: '依据', en: 'clause' },
    from_on: { zh: '起算日', en: 'from' },
    days: { zh: '期限', en: 'length' },
    due_on: { zh: '到期日', en: 'due on' },
    status: { zh: '状态', en: 'status' },
  },
  values: { status: DEADLINE_STATUS },
}
export const calendarWords = [deadlineWords]

export const calendarMigrations: readonly Migration[] = [
  {
    id: 'calendar-0001-deadlines',
    up: [
      `create table deadline (id uuid primary key, subject text not null, clock text not null, title_zh text not null,
        title_en text not null, clause text not null, days int4 not null check (days > 0),
        kind text not null check (kind in ('natural', 'working', 'month')), from_on date not null, nominal_on date not null,
        due_on date not null, extended int4 not null check (extended >= 0), suspended_on date, remaining int4,
        alarm_days int4 not null check (alarm_days >= 0), unconfirmed boolean not null, place text not null, organisation uuid,
        to_person uuid, to_role text,
        status text not null check (status in ('running', 'suspended', 'met', 'stopped', 'expired')),
        on_expiry text, on_expiry_input jsonb, act uuid not null, check (nominal_on <= due_on),
        check ((status = 'suspended') = (remaining is not null)))`,
      `create index deadline_due on deadline (due_on) where status in ('running', 'suspended')`,
      `create index deadline_subject on deadline (subject)`,
      `create index deadline_place on deadline (place, due_on)`,
    ],
    check: `select to_regclass('deadline') is not null`,
  },
]
