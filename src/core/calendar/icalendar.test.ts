// The calendar file of deadlines against the rules of RFC 5545 that a calendar program minds.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilDate, instant } from '../../kernel/index.ts'
import { icalendar, type CalendarEntry } from './icalendar.ts'

const AT = instant('2026-03-02T01:00:00.000Z')
const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: '019e2f6a-7c00-7000-8000-000000000001',
  title: '答复公开申请',
  note: '政府信息公开条例（2019）第三十三条',
  on: civilDate('2026-12-31'),
  ...more,
})

test('a deadline is an event of its whole last day', () => {
  const text = icalendar('期限', [entry()], AT)
  expect(text.split('\r\n')).toEqual(
    expect.arrayContaining([
      'UID:019e2f6a-7c00-7000-8000-000000000001@qingshan',
      'DTSTAMP:20260302T010000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
      'SUMMARY:答复公开申请',
    ]),
  )
})

/** What a reader makes of it: lines unfolded, text unescaped. */
const summaryOf = (text: string): string | undefined =>
  text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((l) => l.startsWith('SUMMARY:'))
    ?.slice('SUMMARY:'.length)
    .replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c))

test('any title comes back as it was, no line is longer than 75 octets, and none begins a line of its own', () => {
  const title = fc.array(fc.constantFrom('山', ';', ',', '\\', '\n', 'END:VEVENT', ' ', '🌲', 'n'), { maxLength: 60 })
  fc.assert(
    fc.property(title, (pieces) => {
      const text = icalendar('期限', [entry({ title: pieces.join('') })], AT)
      expect(summaryOf(text)).toBe(pieces.join(''))
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(text.split('\r\n').filter((l) => l === 'END:VEVENT')).toHaveLength(1)
    }),
    { numRuns: 200 },
  )
})
