// Turns: one at a time, the lowest number first, and a turn that was given back is given once.

import { expect, test } from 'vitest'
import { turns } from './turns.ts'

test('of those who wait the lowest number goes first, of equal ones the first', async () => {
  const { take, waitsBefore } = turns()
  const went: string[] = []
  const leave = await take(5)
  const all = (
    [
      [7, 'a'],
      [6, 'b'],
      [7, 'c'],
      [1, 'd'],
    ] as const
  ).map(async ([number, name]) => {
    const done = await take(number)
    went.push(name)
    await Promise.resolve()
    went.push(name)
    done()
  })
  expect([waitsBefore(5), waitsBefore(1)]).toEqual([true, false])
  expect(went).toEqual([])
  leave()
  leave()
  await Promise.all(all)
  expect(went.join('')).toBe('ddbbaacc')
  expect(waitsBefore(5)).toBe(false)
  ;(await take(9))()
})
