// A deadline through its life, as rows and clocks: begun, suspended, resumed, extended, ended. Any command may begin one among its
// own effects; a room that begins one may have its own command submitted when the last day is over.
// Always holds: days of a suspension do not count; the clocks in core/timer follow the row, and an ended deadline has none.

import type { CivilDate, Json, Text, Uuid } from '../../kernel/index.ts'
import { noticeTable, put, insert, type Effects, type State, type TimerStart, type Wanted } from '../record/index.ts'
import { addDays, addMonths, dayEnd, dayStart, daysBetween, yearOf } from './civil-days.ts'
import { CLOCK_KINDS, type Calendar, type ClockKind } from './holiday-table.ts'
import { deadlineTable, type DeadlineRow, type DeadlineStatus } from './schema.ts'
import { addWorkingDays, dueDate, isUnconfirmed, onOrAfter, workingDaysBetween } from './working-days.ts'

export interface DeadlineStart {
  readonly id: Uuid
  readonly subject: string
  /** Id of a statutory clock, `own` where left out. */
  readonly clock?: string
  readonly title: Text
  readonly clause: string
  readonly days: number
  readonly kind: ClockKind
  /** Not counted. */
  readonly from: CivilDate
  /** Working days before the last one; 0: no alarm. */
  readonly alarmDays?: number
  readonly place: string
  readonly organisation?: Uuid
  readonly toPerson?: Uuid
  readonly toRole?: string
  /** Submitted by the system when the last day is over, in the place of `expireDeadline`; it must end the row (`endDeadline`). */
  readonly onExpiry?: { readonly command: string; readonly input: Json }
  readonly act: Uuid
}

/** Part of the effects of an act. */
export type DeadlineEffects = Required<Pick<Effects, 'rows' | 'timers' | 'closes'>>

export const deadlineSubject = (id: string): string => `deadline:${id}`

/** @throws ProblemError `calendar.no-table` */
export function beginDeadline(calendar: Calendar, s: DeadlineStart): DeadlineEffects & { readonly row: DeadlineRow } {
  const due = dueDate(calendar, s)
  const row: DeadlineRow = {
    id: s.id,
    subject: s.subject,
    clock: s.clock ?? 'own',
    title_zh: s.title.zh,
    title_en: s.title.en,
    clause: s.clause,
    days: s.days,
    kind: s.kind,
    from_on: s.from,
    nominal_on: due.nominal,
    due_on: due.on,
    extended: 0,
    suspended_on: null,
    remaining: null,
    alarm_days: s.alarmDays ?? 0,
    unconfirmed: isUnconfirmed(calendar, due.years),
    place: s.place,
    organisation: s.organisation ?? null,
    to_person: s.toPerson ?? null,
    to_role: s.toRole ?? null,
    status: 'running',
    on_expiry: s.onExpiry?.command ?? null,
    on_expiry_input: s.onExpiry?.input ?? null,
    act: s.act,
  }
  return { row, rows: [insert(deadlineTable, row)], timers: startTimers(calendar, row), closes: [] }
}

/** The clocks of a running deadline. The alarm is left out where it would ring before the deadline began. */
function startTimers(
  calendar: Calendar,
  row: DeadlineRow,
): readonly (TimerStart | { subject: string; clock: string })[] {
  const subject = deadlineSubject(row.id)
  const alarmOn = row.alarm_days === 0 ? undefined : addWorkingDays(calendar, row.due_on as CivilDate, -row.alarm_days)
  const alarm = { subject, clock: 'alarm' }
  return [
    {
      subject,
      clock: 'expiry',
      due: dayEnd(row.due_on as CivilDate),
      command: row.on_expiry ?? 'expireDeadline',
      input: row.on_expiry_input ?? { deadline: row.id },
    },
    // Stopped where a shorter deadline no longer has one.
    alarmOn === undefined || alarmOn <= row.from_on
      ? alarm
      : { ...alarm, due: dayStart(alarmOn), command: 'alarmDeadline', input: { deadline: row.id } },
  ]
}

const stopTimers = (id: string) => ['expiry', 'alarm'].map((clock) => ({ subject: deadlineSubject(id), clock }))

const moved = (calendar: Calendar, row: DeadlineRow): DeadlineEffects => ({
  rows: [put(deadlineTable, row)],
  timers: startTimers(calendar, row),
  closes: [],
})

/** The clock stands still from that day on; the day itself still counts. @throws ProblemError `calendar.no-table` */
export function suspendDeadline(calendar: Calendar, row: DeadlineRow, on: CivilDate, act: Uuid): DeadlineEffects {
  const nominal = row.nominal_on as CivilDate
  const left = row.kind === 'working' ? workingDaysBetween(calendar, on, nominal) : daysBetween(on, nominal)
  return {
    rows: [put(deadlineTable, { ...row, status: 'suspended', suspended_on: on, remaining: Math.max(0, left), act })],
    timers: stopTimers(row.id),
    closes: [],
  }
}

/** The days that were left are counted from that day, which itself is not counted. @throws ProblemError `calendar.no-table` */
export function resumeDeadline(calendar: Calendar, row: DeadlineRow, on: CivilDate, act: Uuid): DeadlineEffects {
  const left = row.remaining ?? 0
  const nominal = row.kind === 'working' && left > 0 ? addWorkingDays(calendar, on, left) : addDays(on, left)
  return moved(
    calendar,
    withEnd(calendar, { ...row, status: 'running', suspended_on: null, remaining: null, act }, nominal),
  )
}

/** Runs on for more days of its kind. @throws ProblemError `calendar.no-table` */
export function extendDeadline(calendar: Calendar, row: DeadlineRow, days: number, act: Uuid): DeadlineEffects {
  const from = row.nominal_on as CivilDate
  const nominal =
    row.kind === 'working'
      ? addWorkingDays(calendar, from, days)
      : row.kind === 'month'
        ? addMonths(from, days)
        : addDays(from, days)
  return moved(calendar, withEnd(calendar, { ...row, extended: row.extended + days, act }, nominal))
}

function withEnd(calendar: Calendar, row: DeadlineRow, nominal: CivilDate): DeadlineRow {
  const due = onOrAfter(calendar, nominal)
  const unconfirmed = row.unconfirmed || isUnconfirmed(calendar, [yearOf(nominal), yearOf(due)])
  return { ...row, nominal_on: nominal, due_on: due, unconfirmed }
}

/** What a command reads that ends a deadline. */
export const endingReads = (id: Uuid): Wanted => ({
  rows: [{ table: deadlineTable, key: { id } }],
  sets: [{ table: noticeTable, where: { about: deadlineSubject(id) } }],
})

/** Ends it: no clock runs on, and what it put into people's 待办 is closed. Reads `endingReads`. */
export function endDeadline(
  state: State,
  id: Uuid,
  { status, act }: { readonly status: Extract<DeadlineStatus, 'met' | 'stopped' | 'expired'>; readonly act: Uuid },
): DeadlineEffects {
  const row = state.row(deadlineTable, { id })!
  return {
    rows: [put(deadlineTable, { ...row, status, suspended_on: null, remaining: null, act })],
    timers: stopTimers(id),
    closes: state
      .rows(noticeTable, { about: deadlineSubject(id) })
      .filter((n) => n.closed_by === null)
      .map((n) => n.id as Uuid),
  }
}

/** “5 个工作日”. */
export const termText = ({ days, kind }: Pick<DeadlineRow, 'days' | 'kind'>): Text => ({
  zh: `${days} ${CLOCK_KINDS[kind as ClockKind].zh}`,
  en: `${days} ${CLOCK_KINDS[kind as ClockKind].en}`,
})
