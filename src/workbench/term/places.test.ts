// Which places and years there are to compare.

import { expect, test } from 'vitest'
import { placesOf, usualPlace } from './places.ts'

const row = (place: string, year: number, version: string, more: object = {}) => ({
  id: `${place}-${year}-${version}`,
  place,
  year,
  version,
  status: 'trial',
  ...more,
})

test('a year counts once: the official account where there is one, else the latest version; what was superseded is left out', () => {
  const places = placesOf([
    row('430725', 2024, '2'),
    row('430725', 2024, '1', { status: 'official' }),
    row('430725', 2021, '1', { supersededBy: 'x' }),
    row('430725', 2021, '2'),
    row('430702', 2023, '1'),
  ])
  expect([...places].map(([place, years]) => [place, ...years.map((y) => y.id)])).toEqual([
    ['430702', '430702-2023-1'],
    ['430725', '430725-2021-2', '430725-2024-1'],
  ])
  expect(usualPlace(places)).toBe('430725')
  expect(usualPlace(placesOf([]))).toBeUndefined()
})
