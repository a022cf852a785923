// Reads the folder `calendar/`: one YAML file a year and the list of statutory clocks; strict keys, every day checked.
// Always holds: a calendar without problems has no day both off and worked, and no weekday named as a worked weekend.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { civilDate, ProblemError, type CivilDate, type Problem } from '../../kernel/index.ts'
import { addDays, daysBetween, isWeekend, yearOf } from './civil-days.ts'
import type { Calendar, HolidayTable, StatutoryClock } from './holiday-table.ts'
import { calendarProblem } from './problems.ts'

export interface CalendarFile {
  /** Without its folder. */
  readonly name: string
  readonly text: string
}

export interface CalendarReading {
  readonly calendar: Calendar
  readonly problems: readonly Problem[]
}

/** No year needs more; the limit keeps a wrong file from filling the memory. */
const FILE_LIMIT = 64 * 1024
const CLOCKS = 'clocks.yaml'
/** The longest holiday so far has nine days. */
const LONGEST_HOLIDAY = 16
/** Days of the year before that a table may speak of: New Year's days off have begun on 30 December. */
const DAYS_BEFORE = 7

const isDate = (s: string): boolean => {
  try {
    return civilDate(s) === s
  } catch (e) {
    if (e instanceof ProblemError) return false
    throw e
  }
}
const day = z
  .string()
  .refine(isDate)
  .transform((s) => s as CivilDate)
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const mark = z.enum(['confirmed', 'unconfirmed'])
const days = z.number().int().min(1).max(3660)
const tableSchema = z.strictObject({
  year: z.number().int().min(1949).max(2200),
  instrument: z.string().min(4),
  mark,
  note: text.optional(),
  holidays: z.array(z.strictObject({ title: text, from: day, to: day, work: z.array(day) })).min(1),
})
const clocksSchema = z.strictObject({
  clocks: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
      title: text,
      clause: z.string().min(2),
      days,
      kind: z.enum(['natural', 'working', 'month']),
      extension: z.strictObject({ days, clause: z.string().min(2) }).optional(),
      mark,
      note: text.optional(),
    }),
  ),
})

/** Pure: the same texts give the same calendar. */
export function parseCalendar(files: readonly CalendarFile[]): CalendarReading {
  const problems: Problem[] = []
  const tables = new Map<number, HolidayTable>()
  let clocks: readonly StatutoryClock[] = []
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (file.name === CLOCKS) {
      clocks = (readYaml(file, clocksSchema, problems)?.clocks ?? []) as readonly StatutoryClock[]
      const twice = clocks.find((c, k) => clocks.findIndex((x) => x.id === c.id) !== k)
      if (twice) problems.push(calendarProblem('calendar.file', { detail: `${twice.id} ×2` }, { file: file.name }))
      continue
    }
    const table = readYaml(file, tableSchema, problems) as HolidayTable | undefined
    if (!table) continue
    if (file.name !== `${table.year}.yaml`)
      problems.push(calendarProblem('calendar.file', { detail: `year: ${table.year}` }, { file: file.name }))
    else tables.set(table.year, table)
    problems.push(...dayProblems(table, file.name))
  }
  return { calendar: calendarOf([...tables.values()], clocks), problems }
}

/** @throws Error where the folder cannot be read */
export async function loadCalendar(folder: string): Promise<CalendarReading> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.yaml'))
  return parseCalendar(
    await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') }))),
  )
}

/** Works the tables out, once: all working days of every year. */
export function calendarOf(tables: readonly HolidayTable[], clocks: readonly StatutoryClock[] = []): Calendar {
  const off = new Set<string>()
  const worked = new Set<string>()
  for (const { holidays } of tables)
    for (const h of holidays) {
      for (let d = h.from; d <= h.to; d = addDays(d, 1)) off.add(d)
      for (const d of h.work) worked.add(d)
    }
  const working = (d: CivilDate): boolean => worked.has(d) || (!isWeekend(d) && !off.has(d))
  const daysOf = (year: number): readonly CivilDate[] => {
    const all: CivilDate[] = []
    for (let d = civilDate(`${year}-01-01`); yearOf(d) === year; d = addDays(d, 1)) if (working(d)) all.push(d)
    return all
  }
  return {
    tables: new Map(tables.map((t) => [t.year, t])),
    workingDays: new Map(tables.map((t) => [t.year, daysOf(t.year)])),
    clocks,
  }
}

/** A house that only tells what it could do; it counts into no year. */
export const NO_CALENDAR: Calendar = calendarOf([])

function readYaml<T>(file: CalendarFile, schema: z.ZodType<T>, problems: Problem[]): T | undefined {
  const refuse = (detail: string): undefined => {
    problems.push(calendarProblem('calendar.file', { detail }, { file: file.name }))
  }
  if (file.text.length > FILE_LIMIT) return refuse(`> ${FILE_LIMIT} B`)
  const doc = parseDocument(file.text, { schema: 'core', merge: false, prettyErrors: false, logLevel: 'silent' })
  if (doc.errors[0]) return refuse(doc.errors[0].message)
  let plain: unknown
  try {
    plain = doc.toJS({ maxAliasCount: 0 })
  } catch {
    return refuse('锚点与引用 / anchors and aliases')
  }
  const read = schema.safeParse(plain)
  if (read.success) return read.data
  for (const issue of read.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
    refuse(`${[...issue.path, ...keys].join('.')}: ${issue.message}`)
  }
  return undefined
}

function dayProblems(table: HolidayTable, file: string): readonly Problem[] {
  const found: Problem[] = []
  const seen = new Set<string>()
  const wrong = (day: string, why: string, whyEn: string): void =>
    void found.push(calendarProblem('calendar.days', { day, why, whyEn }, { file }))
  const first = addDays(civilDate(`${table.year}-01-01`), -DAYS_BEFORE)
  const take = (d: CivilDate): void => {
    if (seen.has(d)) wrong(d, '写了两次', 'it is named twice')
    if (d < first || yearOf(d) > table.year) wrong(d, '不属于这一年', 'it is not of this year')
    seen.add(d)
  }
  for (const h of table.holidays) {
    const length = daysBetween(h.from, h.to) + 1
    if (length < 1 || length > LONGEST_HOLIDAY) wrong(h.from, '起止日期不对', 'first and last day do not fit')
    else for (let d = h.from; d <= h.to; d = addDays(d, 1)) take(d)
    for (const d of h.work) {
      take(d)
      if (!isWeekend(d)) wrong(d, '不是周末，不是调休上班日', 'it is no weekend')
    }
  }
  return found
}
