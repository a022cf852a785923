// Numbers and moments on the screen are those of the record.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped, momentField, momentFrom, momentText, shortId } from './words.ts'

test('grouping a number loses no digit', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(), fc.boolean(), (n, part, hasPart) => {
      const text = `${n}${hasPart ? `.${part}` : ''}`
      expect(grouped(text).replaceAll(',', '')).toBe(text)
    }),
  )
  expect(grouped('-1234567.891')).toBe('-1,234,567.891')
  expect(grouped('430100-2026')).toBe('430100-2026')
})

test('a moment is told in the time of Beijing, and what is no moment stays', () => {
  expect(momentText('2026-03-02T16:30:00.000Z')).toBe('2026-03-03 00:30:00')
  expect(momentText('2026-03-02T16:30:00Z', 'en')).toBe('2026-03-03 00:30:00 (UTC+8)')
  expect(momentText('2026-03-02')).toBe('2026-03-02')
  expect(momentText(undefined)).toBe('')
})

test('a moment goes through the control of the browser and comes back the same, to the minute', () => {
  fc.assert(
    // From 2000 on: earlier clocks of Beijing knew summer time.
    fc.property(fc.integer({ min: 15_800_000, max: 40_000_000 }), (minutes) => {
      const instant = new Date(minutes * 60_000).toISOString()
      expect(momentFrom(momentField(instant))).toBe(instant)
    }),
  )
  expect(momentFrom('')).toBe('')
})

test('a short id keeps its beginning and its end', () => {
  expect(shortId('019e2f6a-7c00-7000-8000-000000000001')).toBe('019e2f6a…0001')
  expect(shortId('permit.COD')).toBe('permit.COD')
})
