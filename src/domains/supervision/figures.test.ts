// How figures and moments are written in a copy.

import { expect, test } from 'vitest'
import { groupedDigits, localTime } from './audit-copy/figures.ts'

test('digits stand in groups of three, and nothing is rounded', () => {
  expect(['1', '1234', '-1234567.25', '12.50', '0.0001', '＊＊＊', '9007199254740993001'].map(groupedDigits)).toEqual([
    '1',
    '1,234',
    '-1,234,567.25',
    '12.50',
    '0.0001',
    '＊＊＊',
    '9,007,199,254,740,993,001',
  ])
})

test('a moment is told in the zone of the operator, with the zone', () => {
  expect(localTime('2026-12-31T17:00:00.000Z', '+08:00')).toBe('2027-01-01 01:00:00（+08:00）')
  expect(localTime('2026-03-02T01:00:00.000Z', '-03:30')).toBe('2026-03-01 21:30:00（-03:30）')
})
