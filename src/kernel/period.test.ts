// Civil dates compare as text; a period includes both of its ends.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, inPeriod, ProblemError, yearEnd } from './index.ts'

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((d) => civilDate(d.toISOString().slice(0, 10)))

describe('period', () => {
  test.each(['2024-02-29', '2000-02-29', '1999-12-31', ' 2026-01-31 '])('%s is a date', (s) => {
    expect(civilDate(s)).toBe(s.trim())
  })

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '2024/01/01',
    '20240101',
    '',
    '0050-01-01x',
    '二〇二四年',
  ])('"%s" is no date', (s) => {
    expect(() => civilDate(s)).toThrow(ProblemError)
  })

  test('texts compare in the order of the dates', () => {
    fc.assert(fc.property(days, days, (a, b) => a < b === Date.parse(a) < Date.parse(b)))
  })

  test('both ends belong to a period, and one without an end goes on', () => {
    const p = { from: civilDate('2014-01-01'), to: civilDate('2017-12-31') }
    expect(inPeriod(civilDate('2014-01-01'), p)).toBe(true)
    expect(inPeriod(civilDate('2017-12-31'), p)).toBe(true)
    expect(inPeriod(civilDate('2013-12-31'), p)).toBe(false)
    expect(inPeriod(civilDate('2018-01-01'), p)).toBe(false)
    expect(inPeriod(civilDate('9999-12-31'), { from: p.from })).toBe(true)
  })

  test('the legal date of a year is its last day', () => {
    expect(yearEnd(2024)).toBe('2024-12-31')
  })
})
