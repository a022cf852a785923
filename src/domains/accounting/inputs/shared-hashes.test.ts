// A digest must be the same whoever takes it, and a file that cannot be read must be told.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { storyFolder } from '../../../../test/stories/folders.ts'
import { findFile, sha256OfFile } from '../../../core/exchange-formats/index.ts'
import { ProblemError } from '../../../kernel/index.ts'
import { openThreads } from '../../../raster/index.ts'
import { threadScript } from '../maps/thread-script.fixture.ts'
import { sharedHashes } from './shared-hashes.ts'

const folder = storyFolder('shared-hashes')
const script = await threadScript('shared-hashes')
afterAll(() => rmSync(fileURLToPath(script)))

const names = Array.from({ length: 9 }, (_, k) => `map-${k}.tif`)
for (const [k, name] of names.entries()) writeFileSync(join(folder, name), Buffer.alloc(300_000 * (k + 1), k))
const files = names.map((name) => findFile(folder, name))

test('one, two and three threads take the same digests as this one alone', () => {
  for (const count of [1, 2, 3]) {
    const threads = openThreads(script, count, 0)
    expect(sharedHashes(threads, 0)(files)).toEqual(files.map(sha256OfFile))
    threads.close()
  }
})

test('a file that went away is a problem that names it', () => {
  const gone = { ...files[4]!, name: 'gone.tif', path: Buffer.from(join(folder, 'gone.tif')) }
  const threads = openThreads(script, 2, 0)
  const hash = (): unknown => sharedHashes(threads, 0)([...files.slice(0, 4), gone])
  expect(hash).toThrow(ProblemError)
  expect(hash).toThrow(/gone\.tif/)
  threads.close()
})
