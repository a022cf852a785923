// Maps of many dates as maps of months: the bands of a list that name a date, gathered by the month it lies in and brought to
// one number a pixel, the mean or the greatest of the dates that have one. Serves monthly measures handed over as composites
// (NDVI of 23 dates). Always holds: only dates of the accounting year count, a date is never shared between months, and a pixel
// without a number on any date of the month has none.

import { findUnit, sameUnit, type Place, type Problem } from '../../../kernel/index.ts'
import { NAN, NODATA, sameCrs, stripOf, VALID, type Band, type Grid, type Strip } from '../../../raster/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import { dateOfText } from '../inputs/day-series.ts'
import { bandNumber } from './band-number.ts'
import { problem } from './problems.ts'
import { resamplingOf } from './resampling.ts'

/** How the dates of a month become one number. */
export type DateTake = 'mean' | 'max'

export interface DatedMonth {
  readonly argument: string
  /** `06` */
  readonly month: string
  readonly take: DateTake
  /** In order of dates; at least one. */
  readonly of: readonly { readonly date: string; readonly binding: Binding }[]
}

const placeOf = (b: Binding): Place => {
  const band = bandNumber(b.column)
  return { file: b.file, ...(band === undefined ? {} : { band }) }
}

/** Months of the bindings that name a date, and what is wrong with dates. Bindings without one are not looked at. */
export function datedMonths(
  bindings: readonly Binding[],
  list: Pick<InputList, 'year'>,
): { readonly months: readonly DatedMonth[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const months = new Map<string, { readonly date: string; readonly binding: Binding }[]>()
  for (const binding of bindings) {
    if (!binding.days) continue
    const { title } = findArgument(binding.argument)!
    const names = { argument: title.zh, argumentEn: title.en }
    const tell = (code: Parameters<typeof problem>[0], values: Readonly<Record<string, string | number>>): void =>
      void problems.push(problem(code, { ...names, ...values }, placeOf(binding)))
    const date = dateOfText(binding.days.date)
    if (date === undefined) tell('maps.bad-date', { text: binding.days.date })
    else if (Number(date.slice(0, 4)) !== (typeof binding.year === 'number' ? binding.year : list.year))
      tell('maps.date-outside-year', { date, year: typeof binding.year === 'number' ? binding.year : list.year })
    else {
      const key = `${binding.argument}|${date.slice(5, 7)}`
      const own = months.get(key)
      const same = own?.find((d) => d.date === date)
      if (same)
        tell('maps.date-twice', { date, first: `${same.binding.file} ${same.binding.column}`, second: `${binding.file} ${binding.column}` }) // prettier-ignore
      else if (own && own[0]!.binding.days!.take !== binding.days.take)
        tell('maps.dates-mixed', { month: key.slice(-2), first: own[0]!.date, second: date })
      else if (own && !sameUnit(findUnit(own[0]!.binding.unit)!, findUnit(binding.unit)!))
        tell('maps.dates-differ', { first: own[0]!.date, second: date, zh: '单位', en: 'unit' })
      else if (own && resamplingOf(own[0]!.binding) !== resamplingOf(binding))
        tell('maps.dates-differ', { first: own[0]!.date, second: date, zh: '重采样方法', en: 'resampling' })
      else if (own) own.push({ date, binding })
      else months.set(key, [{ date, binding }])
    }
  }
  return {
    months: [...months].map(([key, of]) => ({
      argument: of[0]!.binding.argument,
      month: key.slice(-2),
      take: of[0]!.binding.days!.take as DateTake,
      of: of.sort((a, b) => (a.date < b.date ? -1 : 1)),
    })),
    problems,
  }
}

/** What is wrong with dates of one month that do not stand on the same pixels. */
export function differentGrids(month: DatedMonth, grids: readonly Grid[]): Problem | undefined {
  const other = grids.findIndex((g) => !sameGrid(g, grids[0]!))
  if (other < 0) return undefined
  const { title } = findArgument(month.argument)!
  const [first, second] = [month.of[0]!.date, month.of[other]!.date]
  const values = { argument: title.zh, argumentEn: title.en, first, second, zh: '网格', en: 'grid' }
  return problem('maps.dates-differ', values, placeOf(month.of[other]!.binding))
}

const sameGrid = (a: Grid, b: Grid): boolean =>
  (['width', 'height', 'west', 'north', 'dx', 'dy'] as const).every((k) => a[k] === b[k]) && sameCrs(a.crs, b.crs)

/** The mean, or the greatest, of the bands that have a number at a pixel. All stand on one grid. */
export function combinedBand(bands: readonly Band[], take: DateTake): Band {
  const [first] = bands
  if (bands.length === 1) return first!
  let strip: Strip = stripOf(0)
  return {
    grid: first!.grid,
    name: bands.map((b) => b.name).join(' + '),
    read(window, { values, states }) {
      const pixels = window.width * window.height
      if (strip.values.length < pixels) strip = stripOf(pixels)
      const count = new Uint8Array(pixels)
      values.fill(0, 0, pixels)
      states.fill(NODATA, 0, pixels)
      for (const band of bands) {
        band.read(window, strip)
        for (let p = 0; p < pixels; p++) {
          if (strip.states[p] === VALID) {
            const v = strip.values[p]!
            values[p] = count[p] === 0 ? v : take === 'max' ? Math.max(values[p]!, v) : values[p]! + v
            states[p] = VALID
            count[p]!++
          } else if (strip.states[p] === NAN && count[p] === 0) states[p] = NAN
        }
      }
      if (take === 'mean') for (let p = 0; p < pixels; p++) if (count[p]! > 1) values[p] = values[p]! / count[p]!
    },
  }
}
