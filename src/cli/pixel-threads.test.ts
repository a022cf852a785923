// How many threads a person may ask for.

import { expect, test } from 'vitest'
import { ProblemError } from '../kernel/index.ts'
import { parseThreads, pixelThreads } from './pixel-threads.ts'

test('a number of threads is a whole number from 1 to 64; anything else is told', () => {
  expect(['1', '2', '64'].map(parseThreads)).toEqual([1, 2, 64])
  for (const typed of ['0', '65', '-1', '1.5', 'two', '', '100'])
    expect(() => parseThreads(typed)).toThrow(ProblemError)
})

test('one thread alone needs no other, and sources without a bundle have none', () => {
  expect(pixelThreads(1)).toBeUndefined()
  expect(pixelThreads(2)).toBeUndefined()
})
