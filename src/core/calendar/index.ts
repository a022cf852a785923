// Working days by dated holiday tables, and statutory clocks that start, rest, run on and end.

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
