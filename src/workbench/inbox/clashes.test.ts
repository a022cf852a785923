// Requests of a batch that get in one another's way.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clashesOf } from './clashes.ts'

const of = (id: string, ...subjects: readonly string[]) => ({ id, subjects })

test('the later of two changes of one thing is told of the earlier; acts of one firm stand side by side', () => {
  const clashes = clashesOf([
    of('a', 'organisation:f', 'override:430725:x:'),
    of('b', 'organisation:f', 'override:430725:y:'),
    of('c', 'override:430725:x:'),
    of('d', 'override:430725:y:', 'override:430725:x:'),
  ])
  expect([...clashes]).toEqual([
    ['c', { with: 'a', subject: 'override:430725:x:' }],
    ['d', { with: 'b', subject: 'override:430725:y:' }],
  ])
})

test('without the later ones of every clash nothing clashes any more', () => {
  const request = fc.record({
    id: fc.uuid(),
    subjects: fc.array(fc.constantFrom('override:1', 'override:2', 'unit:3', 'organisation:4'), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(request, { selector: (r) => r.id, maxLength: 8 }), (requests) => {
      const clashes = clashesOf(requests)
      const left = requests.filter((r) => !clashes.has(r.id))
      expect(clashesOf(left).size).toBe(0)
      expect(requests.length === 0 || left.length > 0).toBe(true)
    }),
  )
})
