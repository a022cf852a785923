// Counting days as the law counts them: the day something happens is not counted (民法典 201); a period of natural days or months
// whose last day is no working day ends on the next working day (民法典 203); working days leave weekends and holidays out and take
// worked weekends in. Each year has its working days in a list, and a count is two look-ups in it.
// Always holds: a year without a table is a problem (`calendar.no-table`) and never a guess.

import { assert, ProblemError, type CivilDate, type Text } from '../../kernel/index.ts'
import { addDays, addMonths, yearOf } from './civil-days.ts'
import { CALENDAR_MARKS, type Calendar, type ClockKind, type Holiday } from './holiday-table.ts'
import { calendarProblem } from './problems.ts'

/** @throws ProblemError `calendar.no-table` */
function daysOf(calendar: Calendar, year: number): readonly CivilDate[] {
  const days = calendar.workingDays.get(year)
  if (!days) throw new ProblemError(calendarProblem('calendar.no-table', { year }))
  return days
}

/** How many entries of a sorted list come before or at `d`. */
function upTo(days: readonly CivilDate[], d: CivilDate): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if (days[mid]! <= d) low = mid + 1
    else high = mid
  }
  return low
}

/** @throws ProblemError `calendar.no-table` */
export function isWorkingDay(calendar: Calendar, d: CivilDate): boolean {
  const days = daysOf(calendar, yearOf(d))
  return days[upTo(days, d) - 1] === d
}

/** The n-th working day after `from`, which is not counted; with a negative n the n-th before it; with 0 `from` itself.
 *  @throws ProblemError `calendar.no-table` */
export function addWorkingDays(calendar: Calendar, from: CivilDate, n: number): CivilDate {
  assert(Number.isInteger(n), `working days: ${n}`)
  if (n === 0) return from
  const forward = n > 0
  let left = Math.abs(n)
  // The day next to `from` says which year is looked into first: from 31 December on the old year does not matter.
  let year = yearOf(addDays(from, forward ? 1 : -1))
  for (;;) {
    const days = daysOf(calendar, year)
    const first = upTo(days, from)
    const before = forward ? first : upTo(days, addDays(from, -1))
    const here = forward ? days.length - first : before
    if (left <= here) return forward ? days[first + left - 1]! : days[before - left]!
    left -= here
    year += forward ? 1 : -1
  }
}

/** Working days after `from` up to and including `to`; negative where `to` is earlier.
 *  @throws ProblemError `calendar.no-table` */
export function workingDaysBetween(calendar: Calendar, from: CivilDate, to: CivilDate): number {
  if (to < from) return -workingDaysBetween(calendar, to, from)
  if (to === from) return 0
  let count = 0
  for (let year = yearOf(addDays(from, 1)); year <= yearOf(to); year++) {
    const days = daysOf(calendar, year)
    count += upTo(days, to) - upTo(days, from)
  }
  return count
}

/** The day itself, or the next working day where it is none. @throws ProblemError `calendar.no-table` */
export const onOrAfter = (calendar: Calendar, d: CivilDate): CivilDate => addWorkingDays(calendar, addDays(d, -1), 1)

export interface Term {
  readonly days: number
  readonly kind: ClockKind
  /** The day it began; not counted. */
  readonly from: CivilDate
}

export interface DueDate {
  /** The last day. */
  readonly on: CivilDate
  /** The last day before it was moved to a working day. */
  readonly nominal: CivilDate
  /** Years whose tables were used. */
  readonly years: readonly number[]
}

/** @throws ProblemError `calendar.no-table` */
export function dueDate(calendar: Calendar, { days, kind, from }: Term): DueDate {
  assert(Number.isInteger(days) && days >= 0, `term of ${days}`)
  if (kind === 'working') {
    const on = addWorkingDays(calendar, from, days)
    return { on, nominal: on, years: days === 0 ? [] : yearsOf(addDays(from, 1), on) }
  }
  const nominal = kind === 'month' ? addMonths(from, days) : addDays(from, days)
  const on = onOrAfter(calendar, nominal)
  return { on, nominal, years: yearsOf(nominal, on) }
}

const yearsOf = (from: CivilDate, to: CivilDate): readonly number[] =>
  Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, k) => yearOf(from) + k)

/** The holidays a span after `from` meets, and its worked weekends. Days of a year without a table are not among them. */
export function holidaysBetween(
  calendar: Calendar,
  from: CivilDate,
  to: CivilDate,
): { readonly holidays: readonly Holiday[]; readonly worked: readonly CivilDate[] } {
  // Days off of a New Year may begin in the year before.
  const tables = [...calendar.tables.values()].filter((t) => t.year >= yearOf(from) && t.year <= yearOf(to) + 1)
  const all = tables.flatMap((t) => t.holidays)
  return {
    holidays: all.filter((h) => h.to > from && h.from <= to),
    worked: all
      .flatMap((h) => h.work)
      .filter((d) => d > from && d <= to)
      .sort(),
  }
}

/** Whether a table among those of the years was not compared with its instrument. */
export const isUnconfirmed = (calendar: Calendar, years: readonly number[]): boolean =>
  years.some((y) => calendar.tables.get(y)?.mark === 'unconfirmed')

/** What a date was counted with, for people: 2026 年放假安排（国办发明电〔2025〕7号，未与原文核对）. */
export function basisText(calendar: Calendar, years: readonly number[]): Text {
  const tables = years.flatMap((y) => calendar.tables.get(y) ?? [])
  return {
    zh: tables.map((t) => `${t.year} 年放假安排（${t.instrument}，${CALENDAR_MARKS[t.mark].zh}）`).join('、'),
    en: tables.map((t) => `holidays of ${t.year} (${t.instrument}, ${CALENDAR_MARKS[t.mark].en})`).join(', '),
  }
}
