// A folder of results stands whole or not at all: whichever write fails, and wherever a run was killed.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { storyFolder } from '../../../../test/stories/folders.ts'
import { replaceFolder, tidyFolder } from './index.ts'

let out: string
beforeEach(() => {
  out = join(storyFolder('output-folder'), 'outputs', 'report')
})

const files = (mark: string): ReadonlyMap<string, Uint8Array> =>
  new Map(['index.html', 'maps/a.png', 'account.zip'].map((name) => [name, Buffer.from(`${mark} ${name}`)]))

const contents = (): Readonly<Record<string, string>> | undefined =>
  existsSync(out)
    ? Object.fromEntries([...files('').keys()].map((name) => [name, readFileSync(join(out, name), 'utf8')]))
    : undefined

/** A disk that is full at the n-th file, which it leaves half written. */
const fullAt = (n: number) => {
  let written = 0
  return async (path: string, bytes: Uint8Array): Promise<void> => {
    if (++written < n) return writeFile(path, bytes)
    await writeFile(path, bytes.subarray(0, 2))
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  }
}

test('a disk that is full at any of the files leaves what stood there before, and nothing beside it', async () => {
  for (const isFirst of [true, false]) {
    if (!isFirst) await replaceFolder(out, files('old'))
    const before = contents()
    for (const n of [1, 2, 3]) {
      await expect(replaceFolder(out, files('new'), fullAt(n))).rejects.toThrow('no space left')
      expect(contents()).toEqual(before)
      expect(readdirSync(dirname(out))).toEqual(isFirst ? [] : ['report'])
    }
  }
  await replaceFolder(out, files('new'))
  expect(contents()!['index.html']).toBe('new index.html')
})

test('a file that stands where the folder should is not replaced', async () => {
  mkdirSync(dirname(out))
  writeFileSync(out, 'a file of somebody')
  await expect(replaceFolder(out, files('new'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  expect(readFileSync(out, 'utf8')).toBe('a file of somebody')
  expect(readdirSync(dirname(out))).toEqual(['report'])
})

test('killed between its two renames, the old folder takes its place again', async () => {
  await replaceFolder(out, files('old'))
  const before = contents()
  // As a run of this process, and one whose process is gone, leave it.
  for (const pid of [process.pid, 2 ** 30]) {
    const fresh = join(dirname(out), `.report-${pid}`)
    mkdirSync(fresh)
    writeFileSync(join(fresh, 'index.html'), 'new')
    renameSync(out, `${fresh}.old`)
    tidyFolder(out)
    expect(contents()).toEqual(before)
    expect(readdirSync(dirname(out))).toEqual(['report'])
  }
})

test('what a run still at work has beside the output stays', () => {
  const theirs = join(dirname(out), `.report-${process.ppid}`)
  mkdirSync(theirs, { recursive: true })
  tidyFolder(out)
  expect(existsSync(theirs)).toBe(true)
  rmSync(theirs, { recursive: true })
  tidyFolder(join(out, 'nowhere', 'at-all'))
})
