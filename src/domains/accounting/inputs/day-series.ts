// A table with one row a day → the numbers of an account: per year, per month, or each day that counts.
// Always holds: a period is complete or its gaps are told; no empty day is filled; sums are exact; every number names the
// range of cells it was read from.

import {
  addressOf,
  columnLetter,
  numberOf,
  type Cell,
  type Heading,
  type Table,
  type TableRow,
} from '../../../core/exchange-formats/index.ts'
import { convert, dec, isDimensionless, quantity, unit, type Dec, type Problem } from '../../../kernel/index.ts'
import type { Argument } from '../arguments.ts'
import type { Binding, DaySeries } from '../input-list.ts'
import { tablePlace } from './columns.ts'
import { problem } from './problems.ts'

/** Whose days they are: region, class and item as one key, and the row. */
export interface DayRow {
  readonly place: string
  readonly row: TableRow
}

/** One number made of days; `cell` is the range it was read from, or the day's own cell. */
export interface DayNumber {
  readonly place: string
  readonly year: number
  /** A month (`06`) or a day (`2012-06-05`). */
  readonly item?: string
  readonly value: Dec
  readonly typed: string
  readonly cell: string
}

interface Day {
  readonly date: string
  readonly row: number
  readonly cell: Cell
  /** In the unit the column is written in. */
  readonly value: Dec
}

export interface DayContext {
  readonly days: DaySeries
  readonly binding: Binding
  readonly argument: Argument
  readonly table: Table
  readonly value: Heading
  readonly date: Heading
  readonly accountYear: number
}

/** @returns numbers in order of place, year and item, and what is wrong with dates and gaps */
export function readDays(
  rows: readonly DayRow[],
  context: DayContext,
): { readonly numbers: readonly DayNumber[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const places = new Map<string, DayRow[]>()
  for (const r of rows) {
    const own = places.get(r.place)
    if (own) own.push(r)
    else places.set(r.place, [r])
  }
  const numbers = [...places].flatMap(([place, own]) => placeNumbers(place, own, context, problems))
  return { numbers, problems }
}

function placeNumbers(
  place: string,
  rows: readonly DayRow[],
  ctx: DayContext,
  problems: Problem[],
): readonly DayNumber[] {
  const { days, accountYear } = ctx
  const read = datedValues(rows, ctx, problems)
  const years = new Map<number, Day[]>()
  for (const d of read) {
    const year = Number(d.date.slice(0, 4))
    const own = years.get(year)
    if (own) own.push(d)
    else years.set(year, [d])
  }
  const all = (days.years ?? (days.take === 'each' || days.take === 'years' ? 'all' : 'account')) === 'all'
  const wanted = all ? [...years.keys()].sort((a, b) => a - b) : [accountYear]
  if (wanted.every((y) => !years.has(y))) {
    const has = [...years.keys()].sort((a, b) => a - b)
    const found = has.length === 0 ? '—' : `${has[0]!}–${has.at(-1)!}`
    problems.push(
      problem(
        'input.days-no-year',
        { argument: ctx.argument.title.zh, year: accountYear, found },
        tablePlace(ctx.table, ctx.date.address),
      ),
    )
    return []
  }
  const made = wanted.flatMap((year) => yearNumbers(place, year, years.get(year) ?? [], ctx, problems))
  if (days.take !== 'years') return made
  const first = read.reduce((a, d) => (d.row < a.row ? d : a))
  const last = read.reduce((a, d) => (d.row > a.row ? d : a))
  return [
    {
      place,
      year: accountYear,
      value: dec(wanted.length),
      typed: `${wanted.length} 年（${wanted.join('、')}）`,
      cell: range(ctx.value, first.row, last.row),
    },
  ]
}

/** The dated values, one a day; what cannot be dated or stands twice is told once with how often it occurs. */
function datedValues(rows: readonly DayRow[], ctx: DayContext, problems: Problem[]): readonly Day[] {
  const { table } = ctx
  const seen = new Map<string, Day>()
  const bad: Cell[] = []
  const repeated: Day[] = []
  const out: Day[] = []
  for (const { row } of rows) {
    const cell = row.cells[table.headings.indexOf(ctx.value)]
    const read = numberOf(cell)
    // A row without a value says nothing, whatever date it carries; its day counts as empty.
    if (read === 'missing' || !cell) continue
    if ('severity' in read) {
      problems.push(read)
      continue
    }
    const typed = row.cells[table.headings.indexOf(ctx.date)]
    const date = dateOf(typed)
    if (date === undefined) {
      bad.push(typed ?? cell)
      continue
    }
    const day: Day = { date, row: row.row, cell, value: read.percent ? shownPercent(read.value, ctx) : read.value }
    if (seen.has(date)) repeated.push(day)
    else {
      seen.set(date, day)
      out.push(day)
    }
  }
  if (bad[0])
    problems.push(
      problem(
        'input.bad-date',
        { text: bad[0].text.slice(0, 40), count: bad.length },
        tablePlace(table, bad[0].address),
      ),
    )
  if (repeated[0]) {
    const { date, cell } = repeated[0]
    const values = { date, first: seen.get(date)!.cell.address, second: cell.address, count: repeated.length }
    problems.push(problem('input.date-repeated', values, tablePlace(table, cell.address)))
  }
  return out
}

/** 35 % is 35 where the list says %, 0.35 where it says 1. */
const shownPercent = (share: Dec, ctx: DayContext): Dec => {
  const listed = unit(ctx.binding.unit)
  return isDimensionless(listed) ? convert(quantity(share, '1'), listed).value : share.times(100)
}

function yearNumbers(
  place: string,
  year: number,
  days: readonly Day[],
  ctx: DayContext,
  problems: Problem[],
): readonly DayNumber[] {
  problems.push(...days.flatMap((d) => questioned(d, ctx)))
  const { take, per = 'year' } = ctx.days
  const monthly = per === 'month' && take !== 'each' && take !== 'years'
  const periods = monthly ? Array.from({ length: 12 }, (_, m) => String(m + 1).padStart(2, '0')) : [undefined]
  return periods.flatMap((month) => {
    const own = month === undefined ? days : days.filter((d) => d.date.slice(5, 7) === month)
    const gaps = gapsOf(year, month, own)
    problems.push(...tellGaps(year, month, gaps, ctx))
    if (gaps.length > (ctx.days.missing ?? 0)) return []
    return periodNumbers(place, year, month, own, gaps.length, ctx)
  })
}

/** Where no day of the accounting year passes, the greatest stands alone: a whole year was read, and the formula, which has the threshold too, sees
 *  that nothing reaches it. Without it a year without storms would be a year without data. */
const wettest = (days: readonly Day[]): readonly Day[] =>
  days.length === 0 ? [] : [days.reduce((a, d) => (d.value.gt(a.value) ? d : a))]

function periodNumbers(
  place: string,
  year: number,
  month: string | undefined,
  days: readonly Day[],
  gaps: number,
  ctx: DayContext,
): readonly DayNumber[] {
  const { take, atLeast, above } = ctx.days
  if (take === 'years') return []
  const passing = days.filter(
    (d) => (atLeast === undefined || d.value.gte(atLeast)) && (above === undefined || d.value.gt(above)),
  )
  if (take === 'each')
    return (passing.length > 0 || year !== ctx.accountYear ? passing : wettest(days)).map((d) => ({
      place,
      year,
      item: d.date,
      value: d.value,
      typed: d.cell.text,
      cell: d.cell.address,
    }))
  const lines = days.map((d) => d.row)
  const cell = range(
    ctx.value,
    lines.reduce((a, b) => Math.min(a, b)),
    lines.reduce((a, b) => Math.max(a, b)),
  )
  const sum = passing.reduce((s, d) => s.plus(d.value), dec(0))
  if ((take === 'mean' || take === 'max') && passing.length === 0) return []
  const value =
    take === 'sum'
      ? sum
      : take === 'mean'
        ? sum.div(passing.length)
        : take === 'max'
          ? wettest(passing)[0]!.value
          : dec(passing.length)
  const words = { sum: '日之和', mean: '日的平均', max: '日的最大', count: '日' }[take]
  const of = passing.length === days.length ? '' : `，取自 ${days.length} 日`
  const lacks = gaps === 0 ? '' : `，缺 ${gaps} 日`
  return [
    {
      place,
      year,
      ...(month === undefined ? {} : { item: month }),
      value,
      typed: `${passing.length} ${words}${of}${lacks}`,
      cell,
    },
  ]
}

/** A day's own value that cannot be: less than nothing where the whole cannot be, or more than the whole may be. */
function questioned(d: Day, ctx: DayContext): readonly Problem[] {
  const { take } = ctx.days
  if (take === 'count' || take === 'each') return []
  const [low, high] = ctx.argument.range
  const least = take === 'sum' && dec(low).gt(0) ? '0' : low
  // The years of a series are counted, whatever their values.
  if (take === 'years') return []
  const value = convert(quantity(d.value, unit(ctx.binding.unit)), ctx.argument.unit).value
  if (value.gte(least) && value.lte(high)) return []
  const values = {
    argument: ctx.argument.title.zh,
    value: `${d.cell.text} ${ctx.binding.unit}`,
    low: least,
    high,
    unit: ctx.argument.unit,
  }
  return [problem('input.out-of-range', values, tablePlace(ctx.table, d.cell.address))]
}

function gapsOf(year: number, month: string | undefined, days: readonly Day[]): readonly string[] {
  const have = new Set(days.map((d) => d.date))
  const months = month === undefined ? Array.from({ length: 12 }, (_, m) => m + 1) : [Number(month)]
  return months
    .flatMap((m) => Array.from({ length: daysOfMonth(year, m) }, (_, d) => isoDate(year, m, d + 1)))
    .filter((date) => !have.has(date))
}

function tellGaps(
  year: number,
  month: string | undefined,
  gaps: readonly string[],
  ctx: DayContext,
): readonly Problem[] {
  const first = gaps[0]
  if (first === undefined) return []
  const allowed = ctx.days.missing ?? 0
  const period = month === undefined ? String(year) : `${year}-${month}`
  const values = { argument: ctx.argument.title.zh, period, count: gaps.length, first, allowed }
  const code = gaps.length > allowed ? 'input.days-missing' : 'input.days-few-missing'
  return [problem(code, values, tablePlace(ctx.table, ctx.value.address))]
}

const range = (h: Heading, first: number, last: number): string =>
  first === last ? addressOf(first, h.col) : `${columnLetter(h.col)}${first}:${columnLetter(h.col)}${last}`

const DATES = [
  // The time of day may follow; some files cut it short (`2013-1-5 0`).
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\s*\d{0,2}(?::\d{0,2}){0,2}(?:\.\d+)?)?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]

/** The day a cell names, as `2012-01-05`; undefined where it names none. */
export function dateOf(cell: Cell | undefined): string | undefined {
  if (!cell) return undefined
  return dateOfText(cell.value.kind === 'date' ? cell.value.date : cell.text)
}

/** The same of a text alone. */
export function dateOfText(text: string): string | undefined {
  const typed = text.normalize('NFKC').trim()
  for (const form of DATES) {
    const m = form.exec(typed)
    if (!m) continue
    const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
    if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined
    return isoDate(year, month, day)
  }
  return undefined
}

const isoDate = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysOfMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
