// The working cache on disk: what one run keeps the next one finds whole or not at all, and it never stops a run.

import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storyFolder } from '../../test/stories/folders.ts'
import { keptWork, toldOf, type KeptWorkWish } from './kept-work.ts'

const open = (folder: string, wish: KeptWorkWish = {}) => keptWork({ folder, program: 'one', ...wish })!
const onlyFile = (folder: string): string => join(folder, 'maps', readdirSync(join(folder, 'maps'))[0]!)

test('what one run keeps the next one finds, and says since when it stands', () => {
  const folder = storyFolder('kept-work')
  const first = open(folder)
  expect(first.find('sums-a')).toBeUndefined()
  first.keep('sums-a', { x: [1, 0.1, '水'] })
  expect(toldOf(first)).toBeUndefined()
  const later = open(folder)
  expect(later.find('sums-a')).toEqual({ x: [1, 0.1, '水'] })
  expect(later.find('sums-b')).toBeUndefined()
  expect(toldOf(later)).toMatch(/^地图：1 项结果取自早先的计算（最早 \d{4}-\d\d-\d\d \d\d:\d\d），新算 1 项/)
})

test('another program, and a run that wants everything fresh, find nothing; the fresh one keeps what it made', () => {
  const folder = storyFolder('kept-work-fresh')
  open(folder).keep('a', 1)
  expect(open(folder, { program: 'two' }).find('a')).toBeUndefined()
  const fresh = open(folder, { fresh: true })
  expect(fresh.find('a')).toBeUndefined()
  fresh.keep('a', 2)
  expect(open(folder).find('a')).toBe(2)
})

test('a damaged file is none, whatever was damaged, and is written anew', () => {
  const folder = storyFolder('kept-work-damaged')
  open(folder).keep('a', [1, 2, 3])
  const file = onlyFile(folder)
  const whole = readFileSync(file)
  for (let at = 0; at < whole.length; at++) {
    const spoilt = Uint8Array.from(whole)
    spoilt[at]! ^= 2
    writeFileSync(file, spoilt)
    expect(open(folder).find('a')).toBeUndefined()
    writeFileSync(file, whole.subarray(0, at))
    expect(open(folder).find('a')).toBeUndefined()
  }
  open(folder).keep('a', [1, 2, 3])
  expect(open(folder).find('a')).toEqual([1, 2, 3])
})

test('a file that cannot be written stops nobody and leaves nothing behind', () => {
  const folder = storyFolder('kept-work-blocked')
  open(folder).keep('a', 1)
  const file = onlyFile(folder)
  writeFileSync(file, '')
  // Where the file should go there is a folder: renaming fails when all is written.
  const blocked = open(storyFolder('kept-work-taken'))
  blocked.keep('a', 1)
  mkdirSync(join(folder, 'other', 'maps', file.slice(-69), 'taken'), { recursive: true })
  const other = open(join(folder, 'other'))
  other.keep('a', 1)
  expect(other.find('a')).toBeUndefined()
  expect(readdirSync(join(folder, 'other', 'maps'))).toEqual([file.slice(-69)])
  const nowhere = join(folder, 'none')
  writeFileSync(nowhere, '')
  open(nowhere).keep('a', 1)
  expect(open(nowhere).find('a')).toBeUndefined()
})

test('what was longest not used goes when there is too much', () => {
  const folder = storyFolder('kept-work-full')
  open(folder).keep('a', 'x'.repeat(2000))
  const old = onlyFile(folder)
  utimesSync(old, new Date(2026, 0, 1), new Date(2026, 0, 1))
  open(folder).keep('b', 'x'.repeat(2000))
  open(folder, { mostBytes: 5000 }).keep('c', 'x'.repeat(2000))
  const left = open(folder)
  expect(['a', 'b', 'c'].map((name) => left.find(name) !== undefined)).toEqual([false, true, true])
})
