// A run for tables names no map by its content, and reads each but once; whoever asks later is told what was read, or that it
// is gone.

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { runAccount, type RunInput } from '../run.ts'
import { between, mapAccount, putMapAccount } from './map-account.fixture.ts'

const given = mapAccount({
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(900, 1600, 3) },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4) },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
})
const run = (folder: string, more: Partial<RunInput> = {}) => {
  const { account, problems } = runAccount({ folder, list: given.list, book: rules.book, engine: 'test', ...more })
  if (!account) throw new Error(JSON.stringify(problems))
  return account
}

test('an account whose digests are taken when asked for is the account, digests and all', () => {
  const home = storyFolder('later-digests')
  putMapAccount(home, given)
  const [taken, asked] = [run(home), run(home, { digestsWhenAsked: true })]
  expect(asked).toEqual(taken)
  expect(taken.sources.every((s) => /^[0-9a-f]{64}$/.test(s.sha256))).toBe(true)
})

test('until somebody asks none is taken: a map that changed after the run has no digest any more', () => {
  const home = storyFolder('changed-since')
  putMapAccount(home, given)
  const [taken, asked] = [run(home), run(home, { digestsWhenAsked: true })]
  const map = taken.sources.find((s) => s.file.endsWith('.tif'))!
  appendFileSync(join(home, map.file), 'x')
  expect(taken.sources.find((s) => s.file === map.file)!.sha256).toBe(map.sha256)
  expect(() => asked.sources.find((s) => s.file === map.file)!.sha256).toThrow(/changed while it was read/)
})
