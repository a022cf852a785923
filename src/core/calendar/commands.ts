// Commands on deadlines: people start, suspend, resume, extend and stop them, each with its clause; the clock gives the alarm and
// says when one has expired.
// Always holds: a deadline that another room began is ended by that room only.

import { field, form, type CivilDate, type Problem, type Uuid } from '../../kernel/index.ts'
import type { AnyCommand, Command, Context, Notice } from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import {
  beginDeadline,
  deadlineSubject,
  endDeadline,
  endingReads,
  extendDeadline,
  resumeDeadline,
  suspendDeadline,
} from './deadline.ts'
import { CLOCK_KINDS, type Calendar, type ClockKind, type StatutoryClock } from './holiday-table.ts'
import { calendarProblem } from './problems.ts'
import { deadlineTable, type DeadlineRow } from './schema.ts'

const EXAMPLE_ID = '019e2f6a-7c00-7000-8000-000000000001'
const deadline = field.id({ title: { zh: '期限编号', en: 'deadline' }, example: EXAMPLE_ID })
const onDay = (zh: string, en: string) => field.civilDate({ title: { zh, en }, example: '2026-03-02' })
const clause = field.text({
  title: { zh: '依据', en: 'clause' },
  hint: { zh: '法律、文件和条款', en: 'law or document and its article' },
  example: '政府信息公开条例（2019）第三十三条',
})
const reason = field.longText({ title: { zh: '理由', en: 'reason' }, max: 1000, example: '需要征求第三方意见' })
const kindField = field.choice({
  title: { zh: '计日方法', en: 'kind of days' },
  choices: [
    { value: 'natural', title: { zh: '日（自然日）', en: 'natural days' } },
    { value: 'working', title: { zh: '工作日', en: 'working days' } },
    { value: 'month', title: { zh: '月', en: 'months' } },
  ],
  example: 'working',
})
/** Days, or months, of one term: ten years of days. */
const MOST_DAYS = 3660
const daysField = field.integer({ title: { zh: '期限', en: 'length' }, min: 1, max: MOST_DAYS, example: 20 })
const aboutField = field.code({
  title: { zh: '对象', en: 'what it runs for' },
  pattern: /^[a-z][a-z-]{0,40}:\S{1,100}$/,
  expects: { zh: '类别和编号，例如 request:019e…', en: 'kind and id such as request:019e…' },
  example: `request:${EXAMPLE_ID}`,
})

/** The row as it stood when the command was submitted: its place and subject never change. */
const prepared = async (reader: Reader, i: { readonly deadline: Uuid }): Promise<DeadlineRow | readonly Problem[]> =>
  (await reader.query<DeadlineRow>(sql`select * from deadline where id = ${i.deadline}`))[0] ?? [
    calendarProblem('calendar.no-deadline', { id: i.deadline }),
  ]

/** What all commands on a standing deadline share. */
const onDeadline = {
  version: 1,
  prepare: prepared,
  place: (_: unknown, row: DeadlineRow) => row.place,
  organisation: (_: unknown, row: DeadlineRow) => (row.organisation ?? undefined) as Uuid | undefined,
  subjects: (i: { readonly deadline: Uuid }, row: DeadlineRow) => [deadlineSubject(i.deadline), row.subject],
  reads: [(i: { readonly deadline: Uuid }) => endingReads(i.deadline)],
} as const

const outside = (day: CivilDate, from: string, to: string): readonly Problem[] =>
  day < from || day > to ? [calendarProblem('calendar.day-outside', { day, from, to })] : []

const startInput = form({
  subject: aboutField,
  clock: field.optional(
    field.code({
      title: { zh: '法定期限', en: 'statutory clock' },
      hint: { zh: '名称见“法定期限一览”', en: 'see the list of statutory clocks' },
      pattern: /^[a-z][a-z0-9-]{1,39}$/,
      expects: { zh: '名称，例如 answer-disclosure', en: 'a name such as answer-disclosure' },
      example: 'answer-disclosure',
    }),
  ),
  title: field.optional(field.text({ title: { zh: '名称', en: 'title' }, max: 60, example: '答复公开申请' })),
  clause: field.optional(clause),
  days: field.optional(daysField),
  kind: field.optional(kindField),
  from: onDay('起算日（不计入）', 'from, not counted'),
  alarmDays: field.optional(
    field.integer({ title: { zh: '提前几个工作日提醒', en: 'working days before' }, min: 0, max: 60, example: 3 }),
  ),
  place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }),
  organisation: field.optional(
    field.organisation({ title: { zh: '单位', en: 'organisation' }, example: '0190a5b4-0000-7000-8000-0000000000f1' }),
  ),
  toRole: field.optional(
    field.code({
      title: { zh: '提醒哪个角色', en: 'role that is told' },
      hint: { zh: '不填则提醒本人', en: 'left out: oneself' },
      pattern: /^[a-z][a-z0-9-]{1,39}$/,
      expects: { zh: '角色，例如 county-clerk', en: 'a role such as county-clerk' },
      example: 'county-clerk',
    }),
  ),
})

/** Told so many working days before, where nothing is said. */
const USUAL_ALARM_DAYS = 3

const startDeadline = (calendar: Calendar): Command<typeof startInput> => ({
  name: 'startDeadline',
  version: 1,
  title: { zh: '起算期限', en: 'start a deadline' },
  groups: ['deadlines'],
  input: startInput,
  place: (i) => i.place,
  organisation: (i) => i.organisation,
  legalDate: (i) => i.from,
  subjects: (i) => [i.subject],
  reads: [(_, __, c) => endingReads(c.subject)],
  decide: (_, i, c) => {
    const term = termOf(calendar, i)
    if ('severity' in term) return [term]
    const wrong = outside(i.from, '1949-10-01', c.today)
    if (wrong.length > 0) return wrong
    const { row, rows, timers } = beginDeadline(calendar, {
      ...{ id: c.subject, subject: i.subject, from: i.from, place: i.place, act: c.subject },
      ...term,
      ...(i.organisation === undefined ? {} : { organisation: i.organisation }),
      ...(i.toRole === undefined ? { toPerson: c.actor.person } : { toRole: i.toRole }),
      alarmDays: i.alarmDays ?? USUAL_ALARM_DAYS,
    })
    return {
      act: 'deadline-started',
      subjects: [deadlineSubject(c.subject), i.subject],
      rows,
      timers,
      answer: { deadline: c.subject, dueOn: row.due_on, unconfirmed: row.unconfirmed },
    }
  },
  reverseReads: (_, original) => endingReads(original.id),
  reverse: (state, _, c, original) => endDeadline(state, original.id, { status: 'stopped', act: c.subject }),
})

type Own = Pick<StatutoryClock, 'title' | 'clause' | 'days' | 'kind'>

/** The statutory clock that was chosen, or what the office wrote itself. */
function termOf(
  calendar: Calendar,
  i: {
    readonly clock?: string
    readonly title?: string
    readonly clause?: string
    readonly days?: number
    readonly kind?: ClockKind
  },
): (Own & { readonly clock: string }) | Problem {
  const { clock, title, clause: under, days, kind } = i
  if (clock !== undefined) {
    const found = calendar.clocks.find((c) => c.id === clock)
    if (!found) return calendarProblem('calendar.no-clock', { clock })
    if (under !== undefined || days !== undefined || kind !== undefined)
      return calendarProblem('calendar.term-twice', { clock })
    const named = title === undefined ? found.title : { zh: title, en: title }
    return { clock, title: named, clause: found.clause, days: found.days, kind: found.kind }
  }
  if (title === undefined || under === undefined || days === undefined || kind === undefined)
    return calendarProblem('calendar.term-missing')
  return { clock: 'own', title: { zh: title, en: title }, clause: under, days, kind }
}

const suspendInput = form({ deadline, on: onDay('中止日', 'suspended on'), clause, reason })

const suspend = (calendar: Calendar): Command<typeof suspendInput, DeadlineRow> => ({
  ...onDeadline,
  name: 'suspendDeadline',
  title: { zh: '中止期限', en: 'suspend a deadline' },
  groups: ['deadlines'],
  input: suspendInput,
  legalDate: (i) => i.on,
  decide: (state, i, c) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'running') return [calendarProblem('calendar.not-running')]
    const wrong = outside(i.on, row.from_on, row.due_on < c.today ? row.due_on : c.today)
    if (wrong.length > 0) return wrong
    return changed('deadline-suspended', i.deadline, suspendDeadline(calendar, row, i.on, c.subject))
  },
})

const resumeInput = form({ deadline, on: onDay('恢复日', 'resumed on'), reason: field.optional(reason) })

const resume = (calendar: Calendar): Command<typeof resumeInput, DeadlineRow> => ({
  ...onDeadline,
  name: 'resumeDeadline',
  title: { zh: '恢复期限', en: 'resume a deadline' },
  groups: ['deadlines'],
  input: resumeInput,
  legalDate: (i) => i.on,
  decide: (state, i, c) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'suspended') return [calendarProblem('calendar.not-suspended')]
    const wrong = outside(i.on, row.suspended_on!, c.today)
    if (wrong.length > 0) return wrong
    return changed('deadline-resumed', i.deadline, resumeDeadline(calendar, row, i.on, c.subject))
  },
})

const extendInput = form({ deadline, days: daysField, clause, reason })

const extend = (calendar: Calendar): Command<typeof extendInput, DeadlineRow> => ({
  ...onDeadline,
  name: 'extendDeadline',
  title: { zh: '延长期限', en: 'extend a deadline' },
  groups: ['deadlines'],
  input: extendInput,
  legalDate: (_, today) => today,
  decide: (state, i, c) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'running') return [calendarProblem('calendar.not-running')]
    const clock = calendar.clocks.find((x) => x.id === row.clock)
    const asked = row.extended + i.days
    const most = clock === undefined ? MOST_DAYS : (clock.extension?.days ?? 0)
    if (asked > most) {
      const { zh, en } = CLOCK_KINDS[row.kind as ClockKind]
      const under = clock?.extension?.clause ?? row.clause
      return [calendarProblem('calendar.extension', { asked, most, unit: zh, unitEn: en, clause: under })]
    }
    return changed('deadline-extended', i.deadline, extendDeadline(calendar, row, i.days, c.subject))
  },
})

const stopInput = form({
  deadline,
  how: field.choice({
    title: { zh: '怎样结束', en: 'how it ends' },
    choices: [
      { value: 'met', title: { zh: '已按期办结', en: 'done in time' } },
      { value: 'stopped', title: { zh: '终止，不再计算', en: 'dropped' } },
    ],
    example: 'met',
  }),
  clause: field.optional(clause),
  reason: field.optional(reason),
})

const stop: Command<typeof stopInput, DeadlineRow> = {
  ...onDeadline,
  name: 'stopDeadline',
  title: { zh: '结束期限', en: 'end a deadline' },
  groups: ['deadlines'],
  input: stopInput,
  legalDate: (_, today) => today,
  decide: (state, i, c) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'running' && row.status !== 'suspended') return [calendarProblem('calendar.not-running')]
    if (row.on_expiry !== null) return [calendarProblem('calendar.ends-by-itself')]
    return changed('deadline-stopped', i.deadline, endDeadline(state, i.deadline, { status: i.how, act: c.subject }))
  },
}

const changed = (act: string, id: Uuid, effects: ReturnType<typeof endDeadline>) => {
  const row = effects.rows[0]!.row as unknown as DeadlineRow
  return {
    act,
    subjects: [deadlineSubject(id), row.subject],
    ...effects,
    answer: { deadline: id, dueOn: row.due_on, status: row.status, unconfirmed: row.unconfirmed },
  }
}

const clockInput = form({ deadline })

/** Whoever is told of a deadline. */
const told = (row: DeadlineRow, zh: string, en: string): Notice => ({
  text: { zh, en },
  ...(row.to_person === null ? {} : { toPerson: row.to_person as Uuid }),
  ...(row.to_role === null ? {} : { toRole: row.to_role }),
  place: row.place,
  about: deadlineSubject(row.id),
})

const alarm: Command<typeof clockInput, DeadlineRow> = {
  ...onDeadline,
  name: 'alarmDeadline',
  title: { zh: '期限将到提醒', en: 'a deadline is near' },
  groups: ['clock'],
  input: clockInput,
  legalDate: (_, today) => today,
  decide: (state, i) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'running') return [calendarProblem('calendar.not-running')]
    return {
      act: 'deadline-near',
      subjects: [deadlineSubject(row.id), row.subject],
      notices: [
        told(
          row,
          `“${row.title_zh}”${row.due_on} 到期（${row.clause}）。`,
          `"${row.title_en}" is due on ${row.due_on} (${row.clause}).`,
        ),
      ],
    }
  },
}

const expire: Command<typeof clockInput, DeadlineRow> = {
  ...onDeadline,
  name: 'expireDeadline',
  title: { zh: '期限届满', en: 'a deadline has expired' },
  groups: ['clock'],
  input: clockInput,
  // However late the clock comes to it, it expired on its last day.
  legalDate: (_, __, row) => row.due_on as CivilDate,
  decide: (state, i, c: Context) => {
    const row = state.row(deadlineTable, { id: i.deadline })!
    if (row.status !== 'running') return [calendarProblem('calendar.not-running')]
    return {
      ...changed(
        'deadline-expired',
        row.id as Uuid,
        endDeadline(state, i.deadline, { status: 'expired', act: c.subject }),
      ),
      notices: [
        told(
          row,
          `“${row.title_zh}”已于 ${row.due_on} 到期，没有办结（${row.clause}）。`,
          `"${row.title_en}" expired on ${row.due_on} and was not done (${row.clause}).`,
        ),
      ],
    }
  },
}

export const calendarCommands = (calendar: Calendar): readonly AnyCommand[] =>
  [
    startDeadline(calendar),
    suspend(calendar),
    resume(calendar),
    extend(calendar),
    stop,
    alarm,
    expire,
  ] as unknown as readonly AnyCommand[]
