// The count of working days against a plain twin that walks day by day, over the shipped tables of 2024 to 2026.

import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { civilDate, ProblemError } from '../../kernel/index.ts'
import { addDays, addMonths, dayEnd, dayStart, daysBetween, isWeekend } from './civil-days.ts'
import type { Calendar } from './holiday-table.ts'
import { calendarOf, loadCalendar, parseCalendar } from './read-calendar.ts'
import { addWorkingDays, basisText, dueDate, isUnconfirmed, isWorkingDay, workingDaysBetween } from './working-days.ts'

let calendar: Calendar
beforeAll(async () => {
  const read = await loadCalendar('calendar')
  expect(read.problems).toEqual([])
  calendar = read.calendar
})
const d = civilDate
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems.map((p) => p.code).join()
    throw e
  }
  return 'none'
}

const FIRST = d('2024-01-01')
const LAST = daysBetween(FIRST, d('2026-12-31'))

/** Of every day of the three years whether it is worked, straight from the entries of the files. */
function workedDays(): readonly boolean[] {
  const holidays = [...calendar.tables.values()].flatMap((t) => t.holidays)
  return Array.from({ length: LAST + 1 }, (_, k) => {
    const day = addDays(FIRST, k)
    if (holidays.some((h) => h.work.includes(day))) return true
    return !isWeekend(day) && !holidays.some((h) => day >= h.from && day <= h.to)
  })
}

/** The twins: they walk. Days are counted from the first; undefined where the walk leaves the tables. */
function walkTo(worked: readonly boolean[], from: number, n: number): number | undefined {
  let day = from
  for (let left = Math.abs(n); left > 0;) {
    day += Math.sign(n)
    if (worked[day] === undefined) return undefined
    if (worked[day]) left--
  }
  return day
}
function countTo(worked: readonly boolean[], from: number, to: number): number {
  let n = 0
  for (let day = from + 1; day <= to; day++) if (worked[day]) n++
  return n
}

describe('counting days', () => {
  test('agrees with a plain twin that walks day by day on 10 000 random spans of 2024 to 2026', () => {
    const worked = workedDays()
    fc.assert(
      fc.property(fc.nat(LAST), fc.nat(LAST), fc.integer({ min: -60, max: 60 }), (a, b, n) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const [first, last] = [addDays(FIRST, from), addDays(FIRST, to)]
        const count = countTo(worked, from, to)
        expect(workingDaysBetween(calendar, first, last)).toBe(count)
        if (from < to) expect(workingDaysBetween(calendar, last, first)).toBe(-count)
        const end = walkTo(worked, from, n)
        if (end === undefined) expect(codeOf(() => addWorkingDays(calendar, first, n))).toBe('calendar.no-table')
        else expect(addWorkingDays(calendar, first, n)).toBe(addDays(FIRST, end))
      }),
      { numRuns: 10_000, seed: 20_260_302 },
    )
  })

  test('every shipped year has as many working days as the law leaves: all days less weekends and holidays of the law', () => {
    // 全国年节及纪念日放假办法: 11 days a year, 13 from 2025.
    const legal = new Map([
      [2024, 11],
      [2025, 13],
      [2026, 13],
    ])
    for (const [year, holidays] of legal) {
      const days = Array.from({ length: daysBetween(d(`${year}-01-01`), d(`${year + 1}-01-01`)) }, (_, k) =>
        addDays(d(`${year}-01-01`), k),
      )
      const weekdays = days.filter((x) => !isWeekend(x)).length
      expect([year, calendar.workingDays.get(year)!.length]).toEqual([year, weekdays - holidays])
    }
  })

  test('seven working days from before National Day of 2026 end after it, and the worked Saturday counts', () => {
    // 29 and 30 September, 8 and 9 October, Saturday the 10th, Monday the 12th, Tuesday the 13th.
    expect(dueDate(calendar, { days: 7, kind: 'working', from: d('2026-09-28') })).toEqual({
      on: '2026-10-13',
      nominal: '2026-10-13',
      years: [2026],
    })
    expect(isWorkingDay(calendar, d('2026-10-10'))).toBe(true)
    expect(isWorkingDay(calendar, d('2026-10-05'))).toBe(false)
  })

  test('natural days and months that end on a day off end on the next working day, and say which day they moved from', () => {
    const natural = dueDate(calendar, { days: 15, kind: 'natural', from: d('2026-09-20') })
    expect(natural).toMatchObject({ nominal: '2026-10-05', on: '2026-10-08' })
    expect(dueDate(calendar, { days: 3, kind: 'natural', from: d('2026-03-02') }).on).toBe('2026-03-05')
    expect(addMonths(d('2024-08-31'), 6)).toBe('2025-02-28')
    expect(addMonths(d('2023-12-31'), 2)).toBe('2024-02-29')
    expect(dueDate(calendar, { days: 6, kind: 'month', from: d('2025-08-16') }).on).toBe('2026-02-24')
  })

  test('a year without a table is a problem that names it, and 31 December does not need the year before the next', () => {
    expect(codeOf(() => dueDate(calendar, { days: 7, kind: 'working', from: d('2026-12-28') }))).toBe(
      'calendar.no-table',
    )
    expect(codeOf(() => dueDate(calendar, { days: 400, kind: 'natural', from: d('2026-01-01') }))).toBe(
      'calendar.no-table',
    )
    expect(codeOf(() => workingDaysBetween(calendar, d('2023-12-29'), d('2024-01-05')))).toBe('calendar.no-table')
    expect(workingDaysBetween(calendar, d('2023-12-31'), d('2024-01-05'))).toBe(4)
    expect(addWorkingDays(calendar, d('2023-12-31'), 1)).toBe('2024-01-02')
  })

  test('a date says with which instruments it was counted and that they were not compared', () => {
    const due = dueDate(calendar, { days: 10, kind: 'working', from: d('2025-12-29') })
    expect([due.years, isUnconfirmed(calendar, due.years)]).toEqual([[2025, 2026], true])
    expect(basisText(calendar, [2026]).zh).toBe('2026 年放假安排（国办发明电〔2025〕7号，未与原文核对）')
  })

  test('a legal day begins and ends by the time of the whole country', () => {
    expect([dayStart(d('2026-03-02')), dayEnd(d('2026-03-02'))]).toEqual([
      '2026-03-01T16:00:00.000Z',
      '2026-03-02T16:00:00.000Z',
    ])
  })
})

describe('the files of the calendar', () => {
  const codesOf = (name: string, text: string) => parseCalendar([{ name, text }]).problems.map((p) => p.code)
  const table = (more: string, year = 2025) =>
    `year: ${year}\ninstrument: 国办发明电〔2024〕12号\nmark: unconfirmed\nholidays:\n${more}`
  const holiday = (from: string, to: string, work = '') =>
    `  - { title: { zh: 节, en: day }, from: ${from}, to: ${to}, work: [${work}] }\n`

  test.each([
    ['an unknown key', '2025.yaml', `${table(holiday('2025-01-01', '2025-01-01'))}more: 1\n`, 'calendar.file'],
    ['another year than its name', '2024.yaml', table(holiday('2025-01-01', '2025-01-01')), 'calendar.file'],
    ['a day that there is none', '2025.yaml', table(holiday('2025-02-30', '2025-02-30')), 'calendar.file'],
    ['an alias', '2025.yaml', `a: &a 1\nb: *a\n`, 'calendar.file'],
    ['a worked weekday', '2025.yaml', table(holiday('2025-01-01', '2025-01-01', '2025-01-03')), 'calendar.days'],
    [
      'a day both off and worked',
      '2025.yaml',
      table(holiday('2025-05-01', '2025-05-05', '2025-05-04')),
      'calendar.days',
    ],
    ['the end before the start', '2025.yaml', table(holiday('2025-05-05', '2025-05-01')), 'calendar.days'],
    ['a day of another year', '2025.yaml', table(holiday('2026-01-01', '2026-01-01')), 'calendar.days'],
  ])('with %s are told of', (_, name, text, code) => {
    expect(codesOf(name, text)).toContain(code)
  })

  test('that let New Year begin in December take that day from the year before', () => {
    const read = parseCalendar([
      { name: '2022.yaml', text: table(holiday('2022-01-01', '2022-01-03'), 2022) },
      { name: '2023.yaml', text: table(holiday('2022-12-30', '2023-01-02'), 2023) },
    ])
    expect(read.problems).toEqual([])
    expect(isWorkingDay(read.calendar, d('2022-12-30'))).toBe(false)
    expect(isWorkingDay(calendarOf([read.calendar.tables.get(2022)!]), d('2022-12-30'))).toBe(true)
  })

  test('list statutory clocks with clause, kind and mark', async () => {
    expect(calendar.clocks.find((c) => c.id === 'answer-disclosure')).toMatchObject({
      days: 20,
      kind: 'working',
      extension: { days: 20 },
      mark: 'confirmed',
    })
    expect(await readFile('calendar/clocks.yaml', 'utf8')).toContain('行政复议法（2023）第二十条')
  })
})
