// A backup: the same on every engine, restored whole or not at all, and every damaged byte found and named.

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Problem, ProblemError } from '../../../kernel/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../fresh-store.fixture.ts'
import {
  insertRows,
  migrate,
  type Migration,
  optional,
  type Reader,
  type RowOf,
  sql,
  type Store,
  StoreError,
  table,
  trusted,
} from '../index.ts'
import { sealBytes } from './format.ts'
import { checkArchive, hashTables, readArchive, readArchiveHeader, restoreArchive, writeArchive } from './index.ts'

const region = table({
  name: 'region',
  key: ['code'],
  columns: { code: 'text', parent: optional('text'), title: 'text', tags: 'text[]' },
})
const fact = table({
  name: 'fact',
  key: ['id', 'day'],
  columns: {
    id: 'uuid',
    day: 'date',
    region: 'text',
    big: 'int8',
    small: optional('int4'),
    yes: 'bool',
    at: 'timestamptz',
    doc: 'jsonb',
    bytes: 'bytea',
    exact: 'numeric',
  },
})
const tables = [region, fact]
const migrations: readonly Migration[] = [
  {
    id: 'archive-0001-tables',
    up: [
      `create table region (code text primary key, parent text references region, title text not null, tags text[] not null)`,
      `create table fact (id uuid not null, day date not null, region text not null references region, big int8 not null
       constraint fact_big check (big >= 0), small int4, yes bool not null, at timestamptz not null, doc jsonb not null,
       bytes bytea not null, exact numeric not null, primary key (id, day))`,
    ],
    check: `select to_regclass('fact') is not null`,
  },
]

type Region = RowOf<typeof region>
type Fact = RowOf<typeof fact>
const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const aFact = (n: number, more: Partial<Fact> = {}): Fact => ({
  id: uuid(n),
  day: '2026-02-28',
  region: '430000',
  big: 9007199254740993n,
  small: null,
  yes: n % 2 === 0,
  at: '2026-01-31T08:00:00.100Z',
  doc: { 名: ['a', null, { b: '1' }], n },
  bytes: Uint8Array.of(0, 92, 255),
  exact: '12345678901234567890.50',
  ...more,
})
/** The child's code sorts before the parent's. */
const REGIONS: readonly Region[] = [
  { code: '430000', parent: null, title: '湖南省', tags: ['a,b', '"', '\\', '', 'NULL'] },
  { code: '100000', parent: '430000', title: '某县\n"\\', tags: [] },
]

const home = mkdtempSync(join(tmpdir(), 'qingshan-archive-'))
let made = 0
const fresh = (): string => join(home, `backup-${++made}.qsb`)
const DOCUMENTS = [Buffer.from('批复'), Buffer.alloc(500_000, 'scan'), Buffer.alloc(0)]
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const files = {
  async *list() {
    yield* DOCUMENTS.map(sha)
  },
  async *read(wanted: string) {
    const bytes = DOCUMENTS.find((d) => sha(d) === wanted)!
    if (bytes.length > 0) yield bytes
  },
}
function filesIn(kept: Map<string, Buffer>) {
  return {
    async write(name: string, bytes: AsyncIterable<Uint8Array>) {
      const pieces: Uint8Array[] = []
      for await (const piece of bytes) pieces.push(piece)
      kept.set(name, Buffer.concat(pieces))
    },
  }
}

const source = (store: Store) => ({ store, tables, createdAt: '2031-05-06T07:08:09.000Z' })

async function fill(store: Store, facts: readonly Fact[] = [1, 2, 3].map((n) => aFact(n))): Promise<void> {
  await store.query(insertRows(region, REGIONS))
  if (facts.length > 0) await store.query(insertRows(fact, facts))
}
const all = async (store: Store): Promise<readonly unknown[]> => [
  await store.query(sql`select * from region order by code collate "C"`),
  await store.query(sql`select * from fact order by id, day`),
]
const rowCount = async (store: Store): Promise<number> =>
  (await store.query(sql`select 1 as a from region union all select 1 from fact`)).length

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof ProblemError)) throw new Error('no problem was met', { cause: error })
  return error.problems[0]!
}

let here: TestStore
/** The other engine where the machine has one. */
let there: TestStore
beforeAll(async () => {
  here = await openTestStore('pglite', migrations)
  there = await openTestStore(ENGINES.at(-1)!, migrations)
})
beforeEach(async () => {
  await here.empty()
  await there.empty()
})
afterAll(async () => {
  await here.close()
  await there.close()
  rmSync(home, { recursive: true })
})

describe(`from pglite to ${ENGINES.at(-1)} and back`, () => {
  test('rows, documents and what the caller noted come out as they went in, with equal hashes', async () => {
    await fill(here)
    const before = [await all(here), await hashTables(here, tables)]
    const meta = { logHead: { size: '12', root: 'ab' } }
    const [one, two] = [fresh(), fresh()]
    const written = await writeArchive({ ...source(here), files, meta: async () => meta }, one)
    expect(written).toMatchObject({ rows: 5, files: 3, fileBytes: 500_006, problems: [], header: { meta } })
    expect(await checkArchive(one)).toEqual(written)
    expect(await readArchiveHeader(one)).toEqual(written.header)

    const kept = new Map<string, Buffer>()
    await restoreArchive(one, { store: there, files: filesIn(kept) })
    expect([...kept].map(([name, bytes]) => sha(bytes) === name)).toEqual([true, true, true])
    expect([await all(there), await hashTables(there, tables)]).toEqual(before)

    const again = await writeArchive({ ...source(there), files, meta: async () => meta }, two)
    expect(again.tables).toEqual(written.tables)
    await here.empty()
    await restoreArchive(two, { store: here, files: filesIn(new Map()) })
    expect([await all(here), await hashTables(here, tables)]).toEqual(before)
    const insides = (path: string): string => gunzipSync(readFileSync(path)).toString().replace(/^.*\n/, '')
    expect(insides(two).split('{"packed"')[0]).toBe(insides(one).split('{"packed"')[0])
  })

  test('any values agree', async () => {
    const word = fc.string({ unit: 'binary', maxLength: 8 }).filter((s) => !s.includes('\u0000'))
    const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
    const anyFact = fc.record({
      day: instant.map((d) => d.toISOString().slice(0, 10)),
      big: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      small: fc.option(fc.integer()),
      at: instant.map((d) => d.toISOString()),
      doc: fc.oneof(word, fc.dictionary(word, fc.oneof(word, fc.constant(null), fc.integer()))),
      bytes: fc.uint8Array({ maxLength: 20 }),
      exact: fc.tuple(fc.bigInt(), fc.nat()).map(([a, b]) => `${a}.${b}`),
    })
    const codes = fc.uniqueArray(word, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(codes, fc.array(anyFact, { maxLength: 6 }), async (words, facts) => {
        await here.empty()
        await there.empty()
        const parents = words.map((code) => ({ code, parent: words.at(-1)!, title: code, tags: words }))
        await here.query(insertRows(region, parents))
        const rows = facts.map((f, i) => aFact(i, { ...f, region: words[0]! }))
        if (rows.length > 0) await here.query(insertRows(fact, rows))
        const path = fresh()
        await writeArchive(source(here), path)
        await restoreArchive(path, { store: there })
        expect(await hashTables(there, tables)).toEqual(await hashTables(here, tables))
        expect(await all(there)).toEqual(await all(here))
      }),
      { numRuns: 8 },
    )
  })

  test('many pages of rows come in the order of the key', async () => {
    const many = Array.from({ length: 1203 }, (_, i) => aFact(i))
    await fill(here, many)
    const path = fresh()
    const seen: string[] = []
    await writeArchive(source(here), path, ({ part, rows }) => seen.push(`${part} ${rows}`))
    expect(seen.slice(0, 3)).toEqual(['region 2', 'fact 200', 'fact 400'])
    const ids: (string | null)[] = []
    for await (const part of readArchive(path)) if (part.part === 'row' && part.row.length > 4) ids.push(part.row[0]!)
    expect(ids).toEqual(many.map((f) => f.id))
    await restoreArchive(path, { store: there })
    expect(await hashTables(there, tables)).toEqual(await hashTables(here, tables))
  })

  test('foreign keys hold again afterwards', async () => {
    await fill(here)
    const path = fresh()
    await writeArchive(source(here), path)
    await restoreArchive(path, { store: there })
    await expect(there.query(sql`delete from region`)).rejects.toMatchObject({ sqlState: '23503' })
    await expect(there.query(insertRows(fact, [aFact(9, { region: 'nowhere' })]))).rejects.toMatchObject({
      sqlState: '23503',
      constraint: 'fact_region_fkey',
    })
  })
})

/** A backup with the lines given, its seal in order: what only a program could have written. */
function forged(lines: readonly string[], level = 6): Buffer {
  const packed = gzipSync(lines.map((l) => `${l}\n`).join(''), { level })
  return Buffer.concat([packed, sealBytes({ packed: packed.length, sha256: sha(packed) })])
}
const linesOf = (path: string): string[] => gunzipSync(readFileSync(path)).toString().split('\n').slice(0, -2)
function written(bytes: Uint8Array): string {
  const path = fresh()
  writeFileSync(path, bytes)
  return path
}

describe('damage', () => {
  let good: Buffer
  let lines: readonly string[]
  beforeEach(async () => {
    await fill(here)
    const path = fresh()
    await writeArchive(
      {
        ...source(here),
        files: {
          ...files,
          async *list() {
            yield sha(DOCUMENTS[0]!)
          },
        },
      },
      path,
    )
    good = readFileSync(path)
    lines = linesOf(path)
  })

  test('a changed byte is found wherever it is, before anything is written', async () => {
    const path = fresh()
    const codes = new Map<string, number>()
    // Every byte of both ends, where the frames are, and every third between them.
    const ends = (i: number): boolean => i < 40 || i > good.length - 180
    const tried = Array.from(good.keys()).filter((i) => ends(i) || i % 3 === 0)
    for (const i of tried) {
      const bytes = Buffer.from(good)
      bytes[i] = bytes[i]! ^ [1, 0x80, 0x10][i % 3]!
      writeFileSync(path, bytes)
      const { code, severity, at } = await problemOf(checkArchive(path))
      expect([severity, at?.file]).toEqual(['red', path.slice(home.length + 1)])
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect([...codes.keys()].filter((c) => !/^archive\.(damaged|packing-damaged)$/.test(c))).toEqual([])
    expect(codes.get('archive.damaged')).toBeGreaterThan(tried.length * 0.9)
    expect((await problemOf(restoreArchive(path, { store: there }))).code).toMatch(/^archive/)
    expect(await rowCount(there)).toBe(0)
  })

  test('a changed byte is named by its table and row, or its document', async () => {
    const plain = forged(lines, 0)
    await expect(checkArchive(written(plain))).resolves.toMatchObject({ rows: 5 })
    const change = async (what: string): Promise<Problem> => {
      const bytes = Buffer.from(plain)
      const at = bytes.indexOf(what)
      expect(at).toBeGreaterThan(0)
      bytes[at + 1] = bytes[at + 1]! ^ 1
      return problemOf(checkArchive(written(bytes)))
    }
    const damaged = (values: object) => ({ code: 'archive.damaged', values })
    expect(await change('湖南省')).toMatchObject(damaged({ table: 'region', row: 2 }))
    expect(await change(`["${uuid(2)}`)).toMatchObject(damaged({ table: 'fact', row: 2 }))
    expect(await change('"tableEnd":"region"')).toMatchObject(damaged({ table: 'region' }))
    expect(await change('"chunk"')).toMatchObject(damaged({ file: sha(DOCUMENTS[0]!) }))
    expect(await change('"total"')).toMatchObject({ code: 'archive.damaged' })
    expect(await change('"createdAt"')).toMatchObject(damaged({ whereEn: 'the header' }))
    expect(await change('"packed"')).toMatchObject(damaged({ whereEn: 'the seal at the end' }))
  })

  test('a cut file is told as cut, with how far it goes', async () => {
    for (let size = 0; size < good.length; size += 7) {
      const { code } = await problemOf(checkArchive(written(good.subarray(0, size))))
      expect(['archive.cut', 'archive.damaged']).toContain(code)
    }
    const plain = forged(lines, 0)
    const cut = await problemOf(checkArchive(written(plain.subarray(0, plain.indexOf(uuid(2))))))
    expect(cut).toMatchObject({ code: 'archive.cut', values: { table: 'fact', row: 2 } })
  })

  test('lines that are whole but not in their place, too few or too many are found', async () => {
    const rows = lines.flatMap((l, i) => (l.startsWith('["00') ? [i] : []))
    const swapped = lines.with(rows[0]!, lines[rows[1]!]!).with(rows[1]!, lines[rows[0]!]!)
    const wrong = [swapped, lines.toSpliced(rows[0]!, 1), lines.toSpliced(rows[0]!, 0, lines[rows[0]!]!)]
    for (const some of [...wrong, lines.toSpliced(1, 1), [...lines, lines[0]!], lines.slice(1)])
      expect((await problemOf(checkArchive(written(forged(some))))).code).toMatch(/^archive\.(damaged|not-a-backup)$/)
    for (let n = 1; n < lines.length; n++)
      expect((await problemOf(checkArchive(written(forged(lines.slice(0, n)))))).code).toBe('archive.cut')
  })
})

describe('bad input', () => {
  test('another file, an unknown version and no file at all are told apart', async () => {
    const codeOf = async (path: string) => (await problemOf(checkArchive(path))).code
    expect(await codeOf(written(Buffer.from('PK\u0003\u0004 something else'.repeat(20))))).toBe('archive.not-a-backup')
    expect(await codeOf(written(gzipSync('some other text\n'.repeat(50))))).toBe('archive.not-a-backup')
    expect(await codeOf(written(forged(['{"format":"qingshan-backup","version":2,"more":1}'])))).toBe('archive.newer')
    expect(await codeOf(join(home, 'nowhere'))).toBe('archive.unreadable')
    expect(await codeOf(home)).toBe('archive.unreadable')
  })

  test('a backup never overwrites a file, and needs its folder', async () => {
    const path = written(Buffer.from('mine'))
    expect((await problemOf(writeArchive(source(here), path))).code).toBe('archive.exists')
    expect(readFileSync(path, 'utf8')).toBe('mine')
    const nowhere = join(home, 'no', 'folder')
    expect(await problemOf(writeArchive(source(here), nowhere))).toMatchObject({
      code: 'archive.write-failed',
      values: { reason: 'ENOENT' },
    })
  })

  test('a table that nobody declared stops the backup', async () => {
    await here.query(trusted('create table private_notes (a int4)'))
    try {
      const path = fresh()
      expect((await problemOf(writeArchive(source(here), path))).values).toMatchObject({
        difference: 'private_notes: in the database, not declared',
      })
      expect(existsSync(path)).toBe(false)
    } finally {
      await here.query(trusted('drop table private_notes'))
    }
  })

  test('a database with rows, or of another schema, is not restored into', async () => {
    await fill(here)
    const path = fresh()
    await writeArchive(source(here), path)
    const before = await all(here)
    expect((await problemOf(restoreArchive(path, { store: here }))).values).toMatchObject({ table: 'region' })
    expect(await all(here)).toEqual(before)
    await migrate(there, [
      ...migrations,
      { id: 'archive-0002-more', up: ['create table more (a int4)'], check: 'select true' },
    ])
    try {
      expect((await problemOf(restoreArchive(path, { store: there }))).code).toBe('archive.target-differs')
      expect(await rowCount(there)).toBe(0)
    } finally {
      await there.query(trusted('drop table more'))
      await there.query(sql`delete from migration where id = 'archive-0002-more'`)
    }
  })

  test('a document that was damaged before the backup is told and left out', async () => {
    const path = fresh()
    const name = sha(Buffer.from('what it was'))
    const rotten = {
      async *list() {
        yield* [name, sha(DOCUMENTS[0]!)]
      },
      async *read(wanted: string) {
        yield wanted === name ? Buffer.from('what it is') : DOCUMENTS[0]!
      },
    }
    const summary = await writeArchive({ ...source(here), files: rotten }, path)
    expect(summary.problems).toMatchObject([{ code: 'archive.document-damaged', values: { file: name } }])
    expect(await checkArchive(path)).toEqual(summary)
    const kept = new Map<string, Buffer>()
    await restoreArchive(path, { store: there, files: filesIn(kept) })
    expect([...kept.keys()]).toEqual([sha(DOCUMENTS[0]!)])
  })

  test('what the database refuses, or gives back differently, undoes everything', async () => {
    await fill(here)
    const path = fresh()
    await writeArchive(source(here), path)
    const { rowLine, rowText, archiveLine } = await import('./format.ts')
    /** The backup with one cell of the second fact written another way, all sums made to fit. */
    const withCell = (from: string, to: string): string => {
      const rows = linesOf(path)
      const table = rows.findIndex((l) => l.startsWith('{"table":"fact"'))
      const end = rows.findIndex((l) => l.startsWith('{"tableEnd":"fact"'))
      const texts = rows.slice(table + 1, end).map((l, i) => {
        const cells = (JSON.parse(l) as string[]).slice(0, -1)
        return rowText(i === 1 ? cells.map((c) => (c === from ? to : c)) : cells)
      })
      const sha256 = sha(Buffer.from(texts.map((t) => `${t}]\n`).join('')))
      const changed = [...texts.map(rowLine), archiveLine({ tableEnd: 'fact', rows: 3, sha256 })].map((l) =>
        l.trimEnd(),
      )
      return written(forged([...rows.slice(0, table + 1), ...changed, ...rows.slice(end + 1)]))
    }
    const cases = [
      ['9007199254740993', '-1', 'archive.refused'],
      ['9007199254740993', 'many', 'archive.refused'],
      ['430000', '999999', 'archive.refused'],
      ['2026-02-28', '2026-02-30', 'archive.refused'],
      ['9007199254740993', '09', 'archive.restored-differs'],
      ['2026-01-31 08:00:00.1+00', '2026-01-31T16:00:00.1+08', 'archive.restored-differs'],
    ] as const
    for (const [from, to, code] of cases) {
      expect([to, (await problemOf(restoreArchive(withCell(from, to), { store: there }))).code]).toEqual([to, code])
      expect(await rowCount(there)).toBe(0)
    }
  })
})

/** A store whose k-th statement is refused, as when the server goes away. */
function failing(store: Store, k: number): Store {
  let calls = 0
  const reader = (db: Reader): Reader => ({
    engine: db.engine,
    query: (q) => (++calls === k ? Promise.reject(new StoreError('gone', '57P01')) : db.query(q)),
  })
  return { ...store, ...reader(store), transaction: (run, how) => store.transaction((tx) => run(reader(tx)), how) }
}

describe('failing calls', () => {
  test('a backup that fails at any statement leaves no file, a restore that fails at any leaves no row', async () => {
    await fill(here)
    const good = fresh()
    await writeArchive(source(here), good)
    const names = readdirSync(home)
    let backups = 0
    for (let k = 1; ; k++) {
      const path = fresh()
      const done = await writeArchive(source(failing(here, k)), path).then(
        () => true,
        () => false,
      )
      if (done) {
        rmSync(path)
        break
      }
      expect(readdirSync(home)).toEqual(names)
      backups++
    }
    let restores = 0
    for (let k = 1; ; k++) {
      const done = await restoreArchive(good, { store: failing(there, k) }).then(
        () => true,
        () => false,
      )
      if (done) break
      expect(await rowCount(there)).toBe(0)
      restores++
    }
    expect(await hashTables(there, tables)).toEqual(await hashTables(here, tables))
    expect([backups > 8, restores > 15]).toEqual([true, true])
  })

  test('documents that end early leave no file', async () => {
    const names = readdirSync(home)
    const broken = {
      ...files,
      async *read(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('a')
        throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' })
      },
    }
    expect((await problemOf(writeArchive({ ...source(here), files: broken }, fresh()))).code).toBe(
      'archive.write-failed',
    )
    expect(readdirSync(home)).toEqual(names)
  })
})
