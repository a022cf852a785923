// Working days by dated holiday tables, and statutory clocks that start, rest, run on and end.

import type { Domain } from '../record/index.ts'
import { calendarCommands } from './commands.ts'
import type { Calendar } from './holiday-table.ts'
import { calendarQueries } from './queries.ts'
import { calendarTables } from './schema.ts'

export { addDays, addMonths, dayEnd, daysBetween, dayStart, isWeekend, yearOf } from './civil-days.ts'
export {
  CALENDAR_MARKS,
  CLOCK_KINDS,
  type Calendar,
  type ClockKind,
  type HolidayTable,
  type StatutoryClock,
} from './holiday-table.ts'
export { calendarOf, loadCalendar, NO_CALENDAR, parseCalendar, type CalendarReading } from './read-calendar.ts'
export {
  addWorkingDays,
  basisText,
  dueDate,
  isUnconfirmed,
  isWorkingDay,
  onOrAfter,
  workingDaysBetween,
  type DueDate,
  type Term,
} from './working-days.ts'
export {
  beginDeadline,
  deadlineSubject,
  endDeadline,
  endingReads,
  termText,
  type DeadlineEffects,
  type DeadlineStart,
} from './deadline.ts'
export { icalendar, type CalendarEntry } from './icalendar.ts'
export {
  calendarMigrations,
  calendarWords,
  DEADLINE_STATUS,
  deadlineTable,
  type DeadlineRow,
  type DeadlineStatus,
} from './schema.ts'

/** @param calendar the tables and clocks that the house counts with */
export const calendarDomain = (calendar: Calendar): Domain => ({
  name: 'calendar',
  title: { zh: '期限', en: 'deadlines' },
  commands: calendarCommands(calendar),
  queries: calendarQueries(calendar),
  tables: calendarTables,
})
