// Turns: one at a time, the lowest number first, a turn that was given back is given once, and a place that is kept holds up those
// behind it.

import { expect, test } from 'vitest'
import { turns, type Turns } from './turns.ts'

/** Takes turns one after the other. @returns who had it, in order, each twice if nobody came between */
function taking({ take }: Turns, who: readonly (readonly [number: number, name: string])[]) {
  const went: string[] = []
  const all = Promise.all(
    who.map(async ([number, name]) => {
      const leave = await take(number)
      went.push(name)
      await Promise.resolve()
      went.push(name)
      leave()
      leave()
    }),
  )
  return { went, all }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('of those who wait the lowest number goes first, of equal ones the first', async () => {
  const own = turns()
  const leave = await own.take(5)
  const { went, all } = taking(own, [
    [7, 'a'],
    [6, 'b'],
    [7, 'c'],
    [1, 'd'],
  ])
  await settle()
  expect(went).toEqual([])
  leave()
  leave()
  await all
  expect(went.join('')).toBe('ddbbaacc')
})

test('a place that is kept lets nobody behind it go, and everybody before it', async () => {
  const own = turns()
  own.keepPlace(2)
  expect([own.isBehind(2), own.isBehind(3)]).toEqual([false, true])
  const { went, all } = taking(own, [
    [Number.POSITIVE_INFINITY, 'new'],
    [3, 'behind'],
    [1, 'before'],
  ])
  await settle()
  expect(went).toEqual(['before', 'before'])
  const again = taking(own, [[2, 'kept']])
  await again.all
  await settle()
  expect(went).toHaveLength(2)
  own.giveUpPlace(2)
  await all
  expect(went.slice(2)).toEqual(['behind', 'behind', 'new', 'new'])
})
