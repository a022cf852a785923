// The port on each engine: the same values out as in, the same refusals, transactions whole or not at all, migrations once.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { ProblemError } from '../../kernel/index.ts'
import {
  blockOf,
  compareTables,
  insertMissingRows,
  insertRows,
  list,
  migrate,
  optional,
  putBlock,
  putRows,
  rowsByKey,
  sql,
  StoreError,
  table,
  type Migration,
  type RowOf,
} from './index.ts'
import { ENGINES, openTestStore, type TestStore } from './fresh-store.fixture.ts'

const sample = table({
  name: 'sample',
  key: ['id'],
  columns: {
    id: 'uuid',
    words: 'text',
    big: 'int8',
    small: optional('int4'),
    yes: 'bool',
    day: optional('date'),
    at: 'timestamptz',
    doc: 'jsonb',
    bytes: 'bytea',
    exact: 'numeric',
    tags: 'text[]',
  },
})
const first: Migration = {
  id: 'sample-0001-table',
  up: [
    `create table sample (id uuid primary key, words text not null, big int8 not null check (big >= 0), small int4, yes bool not null,
     day date, at timestamptz not null, doc jsonb not null, bytes bytea not null, exact numeric not null, tags text[] not null)`,
  ],
  check: `select to_regclass('sample') is not null`,
}
type SampleRow = RowOf<typeof sample>
const row = (n: number, more: Partial<SampleRow> = {}): SampleRow => ({
  id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  words: '青山',
  big: 9007199254740993n,
  small: null,
  yes: true,
  day: '2026-02-28',
  at: '2026-01-31T08:00:00.100Z',
  doc: { 名: ['a', null, { b: '1' }] },
  bytes: Uint8Array.of(0, 92, 255),
  exact: '12345678901234567890.5',
  tags: ['a,b', '"', '\\', ''],
  ...more,
})

describe.each(ENGINES)('store on %s', (engine) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(engine, [first])
  })
  afterEach(() => store.empty())
  afterAll(() => store.close())

  test('every type comes out as it went in', async () => {
    const rows = [row(1), row(2, { small: -7, day: null, yes: false, tags: [] })]
    await store.query(insertRows(sample, rows))
    expect(await store.query(sql`select * from sample order by id`)).toEqual(rows)
  })

  test('texts of any kind are values and never statements', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'binary' }).filter((s) => !s.includes('\u0000')),
          { maxLength: 5 },
        ),
        async (words) => {
          await store.query(sql`delete from sample`)
          const rows = words.map((w, i) => row(i, { words: w, tags: [w, w], doc: { [`k${w}`]: w } }))
          await store.query(insertRows(sample, rows))
          expect(await store.query(sql`select * from sample order by id`)).toEqual(rows)
          const found = await store.query<{ n: bigint }>(
            sql`select count(*) as n from sample where words = any(${list('text', words)})`,
          )
          expect(found).toEqual([{ n: BigInt(words.length) }])
        },
      ),
      { numRuns: 30 },
    )
  })

  test('rows are put over rows with the same key, the later of two counts, and are found by key', async () => {
    await store.query(putRows(sample, [row(1), row(2), row(1, { words: 'later' })]))
    await store.query(putRows(sample, [row(2, { words: 'again' })]))
    await store.query(insertMissingRows(sample, [row(2, { words: 'not this' }), row(3)]))
    const found = await store.query<SampleRow>(rowsByKey(sample, [{ id: row(1).id }, { id: row(2).id }]))
    expect(found.map((r) => r.words).sort()).toEqual(['again', 'later'])
  })

  test('many rows that agree in columns are written as each of them is', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => row(i, { words: i < 50 ? 'same' : `w${i}`, day: null }))
    await store.query(insertRows(sample, rows))
    expect(await store.query(sql`select * from sample order by id`)).toEqual(rows)
  })

  test('a row with fixed columns is changed in the others, and only where it stands as it should', async () => {
    const fixed = { ...sample, fixed: ['words'] }
    await store.query(
      insertRows(
        sample,
        [1, 2, 3].map((i) => row(i, { small: i })),
      ),
    )
    const standing = (key: string) => (key === row(1).id ? '1' : key === row(2).id ? '7' : undefined)
    const changed = blockOf(
      fixed,
      [1, 2, 3].map((i) => row(i, { words: 'not this', big: 40n, small: 40 + i })),
    )
    await store.query(putBlock(fixed, changed, { column: 'small', at: standing, otherwise: -1n }))
    const found = await store.query<SampleRow>(sql`select * from sample order by id`)
    expect(found.map((r) => r.words)).toEqual(['青山', '青山', '青山'])
    expect(found.map((r) => r.big)).toEqual([40n, 40n, 40n])
    expect(found.map((r) => r.small)).toEqual([41, -1, 43])
  })

  test('whether it stands as it should is judged after another transaction that changes it', async () => {
    if (engine === 'pglite') return // one connection: nobody can write in between
    const fixed = { ...sample, fixed: ['words'] }
    await store.query(insertRows(sample, [row(1, { small: 4 })]))
    const move = (to: number, from: number) =>
      putBlock(fixed, blockOf(fixed, [row(1, { small: to })]), {
        column: 'small',
        at: () => String(from),
        otherwise: -1n,
      })
    let second: Promise<unknown> | undefined
    await store.transaction(async (tx) => {
      await tx.query(move(5, 4))
      second = store.query(move(6, 5))
      // It waits for this transaction's end.
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await second
    expect(await store.query(sql`select small from sample`)).toEqual([{ small: 6 }])
  })

  test('a transaction that throws leaves nothing behind', async () => {
    const work = store.transaction(async (tx) => {
      await tx.query(insertRows(sample, [row(1)]))
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await store.query(sql`select id from sample`)).toEqual([])
  })

  test('a refusal carries the state and the constraint, and not the engine’s own text', async () => {
    await store.query(insertRows(sample, [row(1)]))
    const twice = await store.query(insertRows(sample, [row(1)])).catch((e: unknown) => e)
    expect(twice).toBeInstanceOf(StoreError)
    expect(twice).toMatchObject({ sqlState: '23505', constraint: 'sample_pkey' })
    await expect(store.query(insertRows(sample, [row(2, { big: -1n })]))).rejects.toMatchObject({ sqlState: '23514' })
  })

  test('a snapshot sees one state from beginning to end', async () => {
    if (engine === 'pglite') return // one connection: nobody can write in between
    await store.query(insertRows(sample, [row(1)]))
    await store.transaction(
      async (tx) => {
        expect(await tx.query(sql`select id from sample`)).toHaveLength(1)
        await store.query(insertRows(sample, [row(2)]))
        expect(await tx.query(sql`select id from sample`)).toHaveLength(1)
      },
      { snapshot: true },
    )
  })

  test('declared tables are as the database has them', async () => {
    expect(await compareTables(store, [sample])).toEqual([])
    const other = table({ name: 'sample', key: ['id'], columns: { ...sample.columns, words: 'int8', extra: 'text' } })
    expect(await compareTables(store, [other])).toEqual([
      'sample: declared words bigint, not in the database',
      'sample: declared extra text, not in the database',
      'sample: words text in the database, not declared',
    ])
  })

  describe('migrations', () => {
    const codes = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'applied',
        (e: unknown) => (e instanceof ProblemError ? e.problems.map((p) => p.code) : e),
      )
    const broken: Migration = {
      id: 'sample-0002-broken',
      up: ['create table half (a int4)', 'create table sample (a int4)'],
      check: 'select true',
    }

    test('are applied once', async () => {
      expect(await migrate(store, [first])).toEqual([])
    })

    test('that fail half way leave the database as it was', async () => {
      expect(await codes(migrate(store, [first, broken]))).toEqual(['store.migration-failed'])
      expect(await store.query(sql`select to_regclass('half')::text as t`)).toEqual([{ t: null }])
    })

    test('whose check fails before or after leave the database as it was', async () => {
      const wrongBefore: Migration = { ...first, id: 'x-0002', before: 'select false' }
      const wrongAfter: Migration = { id: 'x-0003', up: ['create table half (a int4)'], check: 'select false' }
      expect(await codes(migrate(store, [first, wrongBefore]))).toEqual(['store.migration-check'])
      expect(await codes(migrate(store, [first, wrongAfter]))).toEqual(['store.migration-check'])
      expect(await store.query(sql`select to_regclass('half')::text as t`)).toEqual([{ t: null }])
    })

    test('that were changed, or that a newer program wrote, stop the start', async () => {
      expect(await codes(migrate(store, [{ ...first, check: 'select true' }]))).toEqual(['store.migration-changed'])
      expect(await codes(migrate(store, []))).toEqual(['store.migration-unknown'])
    })
  })
})

test.skipIf(!ENGINES.includes('postgresql'))('a server that is not there is a problem with a way out', async () => {
  const { openPostgresql } = await import('./open-postgresql.ts')
  const e = await openPostgresql({ url: 'postgres://nobody@127.0.0.1:1/none' }).catch((x: unknown) => x)
  expect(e).toBeInstanceOf(ProblemError)
  expect((e as ProblemError).problems[0]?.code).toBe('store.unreachable')
})
