// The law of the working cache: an account taken from it is the account made without it, digit for digit, and what a result is
// made from cannot change without the result being made again.

import { expect, test } from 'vitest'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { ProblemError } from '../../../kernel/index.ts'
import { computeAccount } from '../engine/compute.ts'
import { readFacts } from '../inputs/index.ts'
import type { InputList } from '../input-list.ts'
import { classificationOf, runAccount, type RunResult } from '../run.ts'
import { between, mapAccount, noise, putMapAccount } from './map-account.fixture.ts'
import { mapViews } from './map-views.ts'
import { openMaps } from './open-maps.ts'
import type { WorkingCache } from './working-cache.ts'

const home = storyFolder('working-cache')
const rain = (c: number, r: number) => (c * 31 + r * 17) % 11 === 0 ? undefined : between(900, 30_000, 7)(c, r) + 0.1 // prettier-ignore
const override = (value: string) => [
  { parameter: 'gep.r1.runoff-coefficient', key: 'forest.mixed', value, unit: '1', reason: '实测', approver: '测试' },
]
const given = mapAccount({
  width: 60,
  height: 300,
  before: (c, r) => 1 + Math.floor(noise(5)(c, r) * 4),
  layers: [
    { argument: 'precipitation', unit: 'mm', at: rain, type: 'float32' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] }, overrides: override('0.09') },
})
putMapAccount(home, given)

interface Memory extends WorkingCache {
  /** Kinds of the results that were not there, sorted. */
  made(): readonly string[]
}
function memory(): Memory {
  const all = new Map<string, string>()
  const missed: string[] = []
  return {
    leastBytes: 0,
    find: (name) => {
      const text = all.get(name)
      if (text === undefined) missed.push(name.split('-')[0]!)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    keep: (name, result) => void all.set(name, JSON.stringify(result)),
    made: () => missed.splice(0).sort(),
  }
}

interface Whole extends RunResult {
  readonly views: unknown
}
function run(list: InputList, cache?: WorkingCache): Whole {
  let views: unknown
  const made = runAccount({
    folder: home,
    list,
    book: rules.book,
    engine: 'test',
    ...(cache ? { cache } : {}),
    useMaps: (account, maps, stages) => {
      views = mapViews(account, maps, stages, 500).map(({ lonLat: _, ...view }) => view)
    },
  })
  expect(made.account, JSON.stringify(made.problems)).toBeDefined()
  return { ...made, views }
}

const list = given.list
const plain = run(list)

test('an account taken from the cache is the one made without it: figures, passports, findings and pictures', () => {
  expect(plain.problems.map((p) => p.code)).toContain('maps.out-of-range')
  const cache = memory()
  expect(run(list, cache)).toEqual(plain)
  expect(new Set(cache.made())).toEqual(
    new Set(['raster', 'zones', 'counted', 'areas', 'transitions', 'lakes', 'look', 'sums', 'view']),
  )
  expect(run(list, cache)).toEqual(plain)
  expect(cache.made()).toEqual([])
})

test('no map is opened where all of it is known', () => {
  const cache = memory()
  run(list, cache)
  const { book } = rules
  const read = readFacts(home, list, { classification: classificationOf(book) })
  const bare = storyFolder('working-cache-bare')
  for (const name of given.files.keys()) writeFileSync(join(bare, name), '')
  const { stack, facts, problemsAfterPass } = openMaps(bare, list, read, book, 'with-pass', cache)
  stack!.survey.recall()
  const maps = Object.assign(stack!, { cache })
  const { figures } = computeAccount({ list, ...read, facts: [...read.facts, ...facts], book, engine: 'test', findings: [], maps }) // prettier-ignore
  expect(figures).toEqual(plain.account!.figures)
  expect(problemsAfterPass()).toEqual(plain.problems.filter((p) => p.code.startsWith('maps.') || p.code.startsWith('raster.'))) // prettier-ignore
  expect(() => maps.keys({ col: 0, row: 0, width: 8, height: 8 }, new Int32Array(64))).toThrow(ProblemError)
})

/** What is made anew by a run with something changed, on a cache that knows the plain run; the run is that without a cache. */
function madeBy(changed: InputList): readonly string[] {
  const cache = memory()
  run(list, cache)
  cache.made()
  const bytes = new Map([...changedFiles].map(([name]) => [name, readFileSync(join(home, name))]))
  try {
    for (const [name, content] of changedFiles) writeFileSync(join(home, name), content)
    expect(run(changed, cache)).toEqual(run(changed))
  } finally {
    for (const [name, content] of bytes) writeFileSync(join(home, name), content)
    changedFiles.clear()
  }
  return cache.made()
}
const changedFiles = new Map<string, Uint8Array>()

test('a changed price makes nothing anew, a changed coefficient only the sums and the picture it enters', () => {
  const prices = [{ price: 'price.reservoir-storage', book: 'price.reservoir-storage', key: 'ganzi-2010' }]
  const values = (r: Whole): readonly string[] => r.account!.figures.filter((f) => f.key.startsWith('value')).map((f) => f.key) // prettier-ignore
  expect(values(run({ ...list, prices })).length).toBeGreaterThan(values(plain).length)
  expect(madeBy({ ...list, prices })).toEqual([])
  expect(madeBy({ ...list, overrides: override('0.11') })).toEqual(['sums', 'view'])
})

test('a changed byte of a map makes anew what is read from it', () => {
  const bytes = Uint8Array.from(given.files.get('precipitation.tif')!)
  bytes[bytes.length - 3000]! ^= 1
  changedFiles.set('precipitation.tif', bytes)
  expect(madeBy(list)).toEqual(['look', 'raster', 'sums', 'sums', 'view'])
})

test('changed zones, and changed types of codes, make anew what is counted and added up in them', () => {
  const text = new TextDecoder().decode(given.files.get('boundaries.geojson'))
  const corner = /\[(\d+\.\d+),\d+\.\d+\]/.exec(text)![1]!
  changedFiles.set('boundaries.geojson', new TextEncoder().encode(text.replaceAll(corner, String(Number(corner) + 95))))
  expect(new Set(madeBy(list))).toEqual(
    new Set(['zones', 'counted', 'areas', 'transitions', 'lakes', 'look', 'sums', 'view']),
  )
  const [cover, ...others] = list.arguments
  const codes = { ...(cover!.class as { codes: Record<string, string> }).codes, '5': 'forest.mixed' }
  const relabelled = { ...list, arguments: [{ ...cover!, class: { column: 'band 1', codes } }, ...others] }
  expect(new Set(madeBy(relabelled))).toEqual(new Set(['areas', 'transitions', 'look', 'sums', 'view']))
})
