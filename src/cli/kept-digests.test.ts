// The cache of digests outlives a run, and a broken one is as good as none.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storyFolder } from '../../test/stories/folders.ts'
import { keptDigests } from './kept-digests.ts'

const digest = (c: string): string => c.repeat(64)

test('what one run keeps the next one finds, and two at once lose nothing of each other', () => {
  const folder = storyFolder('kept-digests')
  const [one, two] = [keptDigests(folder), keptDigests(folder)]
  one.keep('first', digest('a'))
  two.keep('second', digest('b'))
  const later = keptDigests(folder)
  expect([later.find('first'), later.find('second'), later.find('third')]).toEqual([
    digest('a'),
    digest('b'),
    undefined,
  ])
})

test('a broken file is no memory, and is written anew', () => {
  const folder = storyFolder('kept-digests-broken')
  keptDigests(folder).keep('first', digest('a'))
  const file = join(folder, 'digests.json')
  for (const broken of ['', '{', '[["x", "no digest"]]', readFileSync(file, 'utf8').slice(1)]) {
    writeFileSync(file, broken)
    expect(keptDigests(folder).find('first')).toBeUndefined()
  }
  keptDigests(folder).keep('second', digest('b'))
  expect(keptDigests(folder).find('second')).toBe(digest('b'))
})

test('a folder that cannot be written to stops nobody', () => {
  const folder = storyFolder('kept-digests-file')
  writeFileSync(join(folder, 'taken'), '')
  const digests = keptDigests(join(folder, 'taken'))
  digests.keep('first', digest('a'))
  expect(digests.find('first')).toBe(digest('a'))
})
