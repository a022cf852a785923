// A digest that is remembered is the digest of what stands there.

import { appendFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { storyFolder } from '../../../test/stories/folders.ts'
import { DIGEST_KEPT_BYTES, digestOfFile, digestsOfFiles, laterDigest, type KnownDigests } from './known-digests.ts'
import { findFile, sha256OfFile, type FolderFile } from './folder.ts'

let folder: string
let now: number
const kept = new Map<string, string>()
const known: KnownDigests = {
  now: () => now,
  find: (stamp) => kept.get(stamp),
  keep: (stamp, digest) => void kept.set(stamp, digest),
}
const LATER = 60_000
const file = () => findFile(folder, 'map.tif')
const digest = (): string => digestOfFile(file(), known)

beforeEach(() => {
  folder = storyFolder('digests')
  kept.clear()
  // A hole of zeros takes no room on the disk.
  writeFileSync(join(folder, 'map.tif'), '')
  truncateSync(join(folder, 'map.tif'), DIGEST_KEPT_BYTES)
  now = Date.now() + LATER
})

test('a file that stands as it stood is not read again', () => {
  const first = digest()
  expect(first).toBe(sha256OfFile(file()))
  expect(kept.size).toBe(1)
  for (const stamp of kept.keys()) kept.set(stamp, 'remembered')
  expect(digest()).toBe('remembered')
})

test('whatever was written, put in its place or dated back is hashed again', () => {
  const first = digest()
  appendFileSync(join(folder, 'map.tif'), 'x')
  const second = digest()
  expect(second).not.toBe(first)
  expect(second).toBe(sha256OfFile(file()))
  writeFileSync(join(folder, 'other.tif'), Buffer.alloc(DIGEST_KEPT_BYTES, 1))
  utimesSync(join(folder, 'other.tif'), 1, 1)
  renameSync(join(folder, 'other.tif'), join(folder, 'map.tif'))
  utimesSync(join(folder, 'map.tif'), 1, 1)
  expect(digest()).toBe(sha256OfFile(file()))
})

test('what was touched a moment ago is not remembered, for a later change might look the same', () => {
  now = Date.now()
  digest()
  expect(kept.size).toBe(0)
})

test('small files and runs without a memory are hashed each time', () => {
  truncateSync(join(folder, 'map.tif'), 1000)
  expect(digest()).toBe(sha256OfFile(file()))
  expect(kept.size).toBe(0)
  expect(digestOfFile(file(), undefined)).toBe(sha256OfFile(file()))
})

test('of several files only those that are not known are hashed, and each gets its own digest', () => {
  digest()
  for (const name of ['a.tif', 'b.tif']) writeFileSync(join(folder, name), name)
  const files = ['a.tif', 'map.tif', 'b.tif'].map((name) => findFile(folder, name))
  const asked: string[] = []
  const hash = (some: readonly FolderFile[]) => some.map((f) => (asked.push(f.name), sha256OfFile(f)))
  expect(digestsOfFiles(files, known, hash)).toEqual(files.map(sha256OfFile))
  expect(asked).toEqual(['a.tif', 'b.tif'])
})

test('a digest that is asked for late is taken once, and refused where the file is no longer the one that was read', () => {
  const small = () => {
    const found = findFile(folder, 'small.tif')
    return laterDigest(found, () => sha256OfFile(found))
  }
  writeFileSync(join(folder, 'small.tif'), 'as it was')
  const own = sha256OfFile(findFile(folder, 'small.tif'))
  const [asked, late, replaced] = [small(), small(), small()]
  expect(asked()).toBe(own)
  appendFileSync(join(folder, 'small.tif'), 'x')
  expect(asked()).toBe(own)
  expect(late).toThrow(/changed while it was read/)
  writeFileSync(join(folder, 'other.tif'), 'as it is!')
  renameSync(join(folder, 'other.tif'), join(folder, 'small.tif'))
  expect(replaced).toThrow(/changed while it was read/)
  expect(small()()).not.toBe(own)
})
