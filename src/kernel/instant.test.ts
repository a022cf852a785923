// Instants: one text for one point of time, in an order that texts have too, and the day it is in a zone.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMs, civilDateIn, findInstant, instant, instantMs, instantOfMs, ProblemError } from './index.ts'

const FIRST = Date.parse('0000-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')
const times = fc.integer({ min: FIRST, max: LAST })
const zones = fc.integer({ min: -12 * 60, max: 14 * 60 })
const two = (n: number): string => String(n).padStart(2, '0')
const zoneText = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`

describe('instant', () => {
  test.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31 16:00:00.5+08:00', '2026-01-31T08:00:00.500Z'],
    ['2026-01-01T00:00:00+08:00', '2025-12-31T16:00:00.000Z'],
    ['2024-02-29T23:59:59.999-12:00', '2024-03-01T11:59:59.999Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ])('%s is %s', (written, kept) => {
    expect(instant(written)).toBe(kept)
  })

  test.each([
    '2026-01-31',
    '2026-01-31T08:00:00',
    '2026-02-29T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T08:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-01-31T08:00:00.1234Z',
    '2026-01-31T08:00:00+15:00',
    '0000-01-01T00:00:00+08:00',
    '9999-12-31T23:00:00-08:00',
    '+12026-01-31T08:00:00Z',
    '',
  ])('%j is none', (written) => {
    expect(findInstant(written)).toBeUndefined()
    expect(() => instant(written)).toThrow(ProblemError)
  })

  test('every millisecond has one text, read back from any zone', () => {
    fc.assert(
      fc.property(times, zones, (ms, zone) => {
        const i = instantOfMs(ms)
        expect(instantMs(i)).toBe(ms)
        const there = ms + zone * 60_000
        if (there >= FIRST && there <= LAST)
          expect(instant(new Date(there).toISOString().replace('Z', zoneText(zone)))).toBe(i)
      }),
    )
  })

  test('texts compare as times do', () => {
    fc.assert(fc.property(times, times, (a, b) => instantOfMs(a) < instantOfMs(b) === a < b))
  })

  test('adding milliseconds adds milliseconds, and not beyond the years there are', () => {
    expect(addMs(instant('2026-02-28T23:59:59.999Z'), 1)).toBe('2026-03-01T00:00:00.000Z')
    expect(() => addMs(instant('9999-12-31T23:59:59.999Z'), 1)).toThrow(RangeError)
    expect(() => instantOfMs(0.5)).toThrow(RangeError)
  })

  test('the day depends on the zone', () => {
    const i = instant('2026-01-31T16:00:00Z')
    expect(civilDateIn(i, '+08:00')).toBe('2026-02-01')
    expect(civilDateIn(i, '+00:00')).toBe('2026-01-31')
    expect(civilDateIn(instant('2026-01-01T00:00:00Z'), '-00:30')).toBe('2025-12-31')
    for (const zone of ['Asia/Shanghai', '+8', '+25:00', '+08:60'])
      expect(() => civilDateIn(i, zone)).toThrow(ProblemError)
  })

  test('the day agrees with what the calendar of the runtime says of a fixed zone', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Etc/GMT-8',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('1900-01-01'), max: Date.parse('2200-01-01') }),
        (ms) => civilDateIn(instantOfMs(ms), '+08:00') === shanghai.format(new Date(ms)),
      ),
    )
  })
})
