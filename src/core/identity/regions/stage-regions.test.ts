// Filling regions into the database, on each engine the machine has.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, openTestStore, type TestStore } from '../../store/fresh-store.fixture.ts'
import { compareTables, sql } from '../../store/index.ts'
import { smallRegions } from '../identity.fixture.ts'
import { identityMigrations, identityTables, sessionTables, regionTables } from '../schema.ts'
import { regionClosure } from './closure.ts'
import { countsOf, editionOf, stagedCounts, stageRegions } from './stage-regions.ts'

describe.each(ENGINES)('regions on %s', (engine) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(engine, identityMigrations)
  })
  afterEach(() => store.empty())
  afterAll(() => store.close())

  const pairs = (): Promise<readonly { p: string }[]> =>
    store.query<{ p: string }>(sql`select ancestor || ' ' || descendant as p from region_closure order by 1`)

  test('the declared tables are those of the database', async () => {
    expect(await compareTables(store, [...identityTables, ...regionTables, ...sessionTables])).toEqual([])
  })

  test('what is filled in are the rows and pairs of the file, once, however often it is filled', async () => {
    const { reading, fileHash } = smallRegions()
    expect(reading.problems).toEqual([])
    const edition = await stageRegions(store, reading.rows, fileHash)
    expect(edition).toBe(editionOf(fileHash))
    expect(await stageRegions(store, reading.rows, fileHash)).toBe(edition)
    expect(await stagedCounts(store, edition)).toEqual(countsOf(reading.rows))
    expect(countsOf(reading.rows)).toEqual({
      regions: 13,
      provinces: 2,
      prefectures: 2,
      counties: 4,
      townships: 1,
      villages: 1,
    })
    const want = regionClosure(reading.rows).map((p) => `${p.ancestor} ${p.descendant}`)
    expect(new Set((await pairs()).map((r) => r.p))).toEqual(new Set(want))
  })

  test('half a filling is made whole by the next', async () => {
    const { reading, fileHash } = smallRegions()
    await stageRegions(store, reading.rows.slice(0, 5), fileHash)
    await stageRegions(store, reading.rows, fileHash)
    expect((await stagedCounts(store, editionOf(fileHash))).regions).toBe(13)
  })

  test('two editions stand side by side', async () => {
    const { reading, fileHash } = smallRegions()
    await stageRegions(store, reading.rows, fileHash)
    const other = await stageRegions(store, reading.rows.slice(0, 3), 'f'.repeat(64))
    expect((await stagedCounts(store, other)).regions).toBe(3)
    expect((await stagedCounts(store, editionOf(fileHash))).regions).toBe(13)
  })
})
