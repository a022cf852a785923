// Maps of 23 dates give what maps of months, made by hand from the same dates, give; what is wrong with a date is told.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import {
  crsFromEpsg,
  memoryBand,
  NAN,
  NODATA,
  stripOf,
  VALID,
  type Band,
  type Grid,
  type PixelState,
} from '../../../raster/index.ts'
import { checkList } from '../inputs/check-list.ts'
import { runAccount, type Binding, type InputList, type RunInput } from '../index.ts'
import { combinedBand, type DateTake } from './dated-bands.ts'
import {
  COVER_FACTS,
  between,
  mapAccount,
  noise,
  oneOf,
  putMapAccount,
  type Layer,
  type MapAccount,
} from './map-account.fixture.ts'
import { stackOf } from './stack-plan.ts'

const { book } = await loadRuleBook('rules')
const home = mkdtempSync(join(tmpdir(), 'dated-'))
afterAll(() => rmSync(home, { recursive: true }))
let made = 0

function run(given: MapAccount, list: InputList, useMaps?: RunInput['useMaps']) {
  const folder = join(home, String((made += 1)))
  putMapAccount(folder, given)
  return runAccount({ folder, list, book, engine: 'test', ...(useMaps ? { useMaps } : {}) })
}

const MONTHS = Array.from({ length: 12 }, (_, k) => String(k + 1).padStart(2, '0'))
/** Every sixteenth day from the first of January. */
const DATES = Array.from({ length: 23 }, (_, k) => new Date(Date.UTC(2023, 0, 1 + 16 * k)).toISOString().slice(0, 10))
const ndviAt = (k: number): Layer['at'] => {
  const value = between(0.1, 0.8, 700 + k)
  // Clouds: a date has no number in one pixel of four.
  return (c, r) => (noise(900 + k)(c, r) < 0.25 ? undefined : value(c, r))
}
const monthOf = (month: string, take: DateTake): Layer['at'] => {
  const own = DATES.flatMap((d, k) => (d.slice(5, 7) === month ? [ndviAt(k)] : []))
  return (c, r) => {
    const values = own.flatMap((at) => at(c, r) ?? [])
    if (values.length === 0) return undefined
    return take === 'max' ? Math.max(...values) : values.reduce((a, b) => a + b) / values.length
  }
}
const SIZE = { width: 24, height: 16, cover: oneOf([2, 3], 5) } as const
const REST: readonly Layer[] = [
  { argument: 'rainfall-erosivity', unit: 'MJ·mm/(hm2·h·a)', at: between(2000, 9000, 1) },
  { argument: 'soil-erodibility', unit: 't·hm2·h/(hm2·MJ·mm)', at: between(0.01, 0.05, 2) },
  { argument: 'slope-length-steepness', unit: '1', at: between(0.1, 20, 3) },
  ...MONTHS.map((item, k): Layer => ({ argument: 'monthly-rain', item, unit: 'mm', file: 'rain.tif', coarse: 8, at: between(5, 320, 30 + k) })), // prettier-ignore
]
const LIST: Partial<InputList> = {
  methods: { R2: ['R2.rusle.map'] },
  choices: { 'R2.rusle.C': 'monthly', 'R2.rusle.monthlyCover': 'ndvi', 'R2.rusle.P': 'given' },
}
const ofMonths = (take: DateTake): MapAccount =>
  mapAccount({
    ...SIZE,
    ...COVER_FACTS,
    layers: [...REST, ...MONTHS.map((item): Layer => ({ argument: 'monthly-ndvi', item, unit: '1', file: 'ndvi.tif', coarse: 4, at: monthOf(item, take) }))], // prettier-ignore
    list: LIST,
  })
const ofDates = mapAccount({
  ...SIZE,
  ...COVER_FACTS,
  layers: [...REST, ...DATES.map((item, k): Layer => ({ argument: 'monthly-ndvi', item, unit: '1', file: 'ndvi.tif', coarse: 4, at: ndviAt(k) }))], // prettier-ignore
  list: LIST,
})
/** The bindings of dates as a list names them. */
const dated = (take: DateTake, change: (b: Binding, date: string) => Binding | undefined = (b) => b): InputList => ({
  ...ofDates.list,
  arguments: ofDates.list.arguments.flatMap((b): readonly Binding[] => {
    if (b.argument !== 'monthly-ndvi') return [b]
    const { item, ...rest } = b
    const { name: date } = item as { readonly name: string }
    const made = change({ ...rest, days: { date, take, per: 'month' } }, date)
    return made ? [made] : []
  }),
})
const problemsOf = (list: InputList) => run(ofDates, list).problems.map((p) => `${p.code} ${p.at?.file ?? ''}`)

describe('dates become months', () => {
  test.each(['mean', 'max'] as const)(
    'the %s of the dates of a month is what a map of the month gives, to the last digit',
    (take) => {
      const [byDate, byMonth] = [run(ofDates, dated(take)), run(ofMonths(take), ofMonths(take).list)]
      const figures = (a: typeof byDate) =>
        a.account!.figures.flatMap((f) =>
          f.recipe.kind === 'pixels' ? [[f.key, f.recipe.sum.value, f.recipe.sum.missing]] : [],
        )
      expect(figures(byDate).length).toBeGreaterThan(3)
      expect(figures(byDate)).toEqual(figures(byMonth))
      expect(byDate.account!.maps!.find((m) => m.id === 'monthly-ndvi|06')!.dates).toEqual({
        take,
        of: [
          { date: '2023-06-10', file: 'ndvi.tif', band: 11 },
          { date: '2023-06-26', file: 'ndvi.tif', band: 12 },
        ],
      })
    },
  )

  test('another thread that opens the stack from its plan reads the same pixels', () => {
    run(ofDates, dated('max'), (_, maps) => {
      const other = stackOf(maps.plan!())
      const window = { col: 0, row: 0, width: SIZE.width, height: SIZE.height }
      for (const [id, { band }] of maps.bands) {
        const [a, b] = [stripOf(24 * 16), stripOf(24 * 16)]
        band.read(window, a)
        other.bands.get(id)!.band.read(window, b)
        expect(b, id).toEqual(a)
      }
      other.close()
    })
  })
})

describe('what is wrong with a date is told', () => {
  test('a date that is none, of another year, given twice, taken differently, in another unit', () => {
    const first = (of: (b: Binding) => Binding) => dated('mean', (b, date) => (date === '2023-06-26' ? of(b) : b))
    const days = (more: object) => first((b) => ({ ...b, days: { ...b.days!, ...more } }) as Binding)
    expect(problemsOf(days({ date: '六月下旬' }))).toContain('maps.bad-date ndvi.tif')
    expect(problemsOf(days({ date: '2022-06-26' }))).toContain('maps.date-outside-year ndvi.tif')
    expect(problemsOf(days({ date: '2023-06-10' }))).toContain('maps.date-twice ndvi.tif')
    expect(problemsOf(days({ take: 'max' }))).toContain('maps.dates-mixed ndvi.tif')
    expect(problemsOf(first((b) => ({ ...b, unit: '0.0001' })))).toContain('maps.dates-differ ndvi.tif')
    expect(problemsOf(first((b) => ({ ...b, file: 'rain.tif', column: 'band 1' })))).toContain(
      'maps.dates-differ rain.tif',
    )
  })

  test('a way of taking that maps do not have, an item beside the date, and dates of what is not monthly', () => {
    const codes = (change: (b: Binding) => Binding) => checkList(dated('mean', change)).map((p) => p.code)
    expect(codes((b) => b)).toEqual([])
    const days = { date: '2023-06-10', take: 'mean', per: 'month' } as const
    for (const wrong of [
      { days: { ...days, take: 'sum' as const } },
      { days: { ...days, missing: 3 } },
      { item: { name: '06' } },
      { argument: 'npp', unit: 'gC/(m2·a)' },
    ])
      expect(new Set(codes((b) => ({ ...b, ...wrong }))), JSON.stringify(wrong)).toEqual(new Set(['list.days-shape']))
  })

  test('a month without a date, and a month without a map, stop the run', () => {
    const list = dated('mean', (b, date) => (date.startsWith('2023-07') ? undefined : b))
    const result = run(ofDates, list)
    expect(result.account).toBeUndefined()
    expect(result.problems.map((p) => p.code)).toContain('input.months-missing')
    expect(result.problems.find((p) => p.code === 'input.months-missing')!.zh).toContain('缺 7 月')
    const { list: whole } = ofMonths('mean')
    const short = { ...whole, arguments: whole.arguments.filter((b) => b.item === undefined || !('name' in b.item) || b.argument !== 'monthly-rain' || b.item.name !== '11') } // prettier-ignore
    expect(problemsOf(short).join()).toContain('input.months-missing rain.tif')
  })
})

const grid: Grid = { width: 5, height: 3, west: 0, north: 0, dx: 30, dy: 30, crs: crsFromEpsg(32650)! }
const bandOf = (pixels: readonly (number | 'nodata' | 'nan')[]): Band => ({
  ...memoryBand(grid, pixels.map((p) => (typeof p === 'number' ? p : 0))), // prettier-ignore
  read: ({ col, row, width, height }, { values, states }) => {
    for (let y = 0, p = 0; y < height; y++)
      for (let x = 0; x < width; x++, p++) {
        const v = pixels[(row + y) * 5 + col + x]!
        values[p] = typeof v === 'number' ? v : 0
        states[p] = typeof v === 'number' ? VALID : v === 'nan' ? NAN : NODATA
      }
  },
})
const pixel = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom('nodata' as const, 'nan' as const))

test('of any bands the combination is the mean or greatest of the pixels that have a number, and none where none has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(pixel, { minLength: 15, maxLength: 15 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('mean' as const, 'max' as const),
      (dates, take) => {
        const strip = stripOf(6)
        combinedBand(dates.map(bandOf), take).read({ col: 1, row: 1, width: 3, height: 2 }, strip)
        for (let p = 0; p < 6; p++) {
          const at = (1 + Math.floor(p / 3)) * 5 + 1 + (p % 3)
          const all = dates.map((d) => d[at]!)
          const numbers = all.filter((v) => typeof v === 'number')
          const state: PixelState = numbers.length > 0 ? VALID : all.includes('nan') ? NAN : NODATA
          expect(strip.states[p]).toBe(state)
          const value = take === 'max' ? Math.max(...numbers) : numbers.reduce((a, b) => a + b, 0) / numbers.length
          expect(strip.values[p]! + 0).toBe(state === VALID ? value + 0 : 0)
        }
      },
    ),
  )
})
