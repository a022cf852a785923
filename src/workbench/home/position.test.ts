// The position of a firm, from rows as the ledger answers them.

import { expect, test } from 'vitest'
import { daysUntil, positionsOf } from './position.ts'

const account = (name: string, held: string, more = {}) => ({
  asset: 'permit.COD',
  zh: '化学需氧量排污权',
  en: 'COD permit',
  account: name,
  held,
  available: held,
  reserved: '0',
  unit: 'kg',
  ...more,
})

test('held, reserved and retired stand beside one another, and the first lot to expire tells the day', () => {
  const accounts = [account('holding', '900', { available: '800', reserved: '100' }), account('retired', '300')]
  const lots = [
    { asset: 'permit.COD', account: 'holding', expires: '2030-12-31' },
    { asset: 'permit.COD', account: 'holding', expires: '2027-06-30' },
    { asset: 'permit.COD', account: 'retired', expires: '2026-01-01' },
  ]
  expect(positionsOf(accounts, lots)).toEqual([
    {
      asset: 'permit.COD',
      title: { zh: '化学需氧量排污权', en: 'COD permit' },
      unit: 'kg',
      held: '900',
      available: '800',
      reserved: '100',
      retired: '300',
      hasRetired: true,
      expires: '2027-06-30',
      pollutant: 'COD',
    },
  ])
})

test('who has sold or retired everything still has a position, of nothing', () => {
  const [only] = positionsOf([account('retired', '300')], [])
  expect(only).toMatchObject({ held: '0', available: '0', reserved: '0', retired: '300' })
  expect(only).not.toHaveProperty('expires')
})

test('days are counted from day to day', () => {
  expect(daysUntil('2026-03-01', '2026-02-27')).toBe(2)
  expect(daysUntil('2026-02-27', '2026-02-27')).toBe(0)
  expect(daysUntil('2026-02-26', '2026-02-27')).toBe(-1)
})
