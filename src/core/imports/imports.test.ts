// The laws of imports, on each engine the machine has: one act for a file, repeatable without doubling, taken back, found again from
// the file, checked by its digest.

import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CLERK, codes, counted, done, openTestHouse, type TestHouse } from '../../../test/record-house.fixture.ts'
import { text, type Json, type Problem, type Uuid } from '../../kernel/index.ts'
import { checkRecord, insert, type AnyCommand, type Domain, type Outcome } from '../record/index.ts'
import { form, field } from '../../kernel/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { compareTables, sql } from '../store/index.ts'
import {
  csv,
  ROWS,
  villagerActed,
  villagerMigrations,
  villagersImport,
  villagerStaged,
  workbook,
} from './imports.fixture.ts'
import {
  broughtBatches,
  broughtBatchIds,
  broughtReads,
  checkImports,
  commandName,
  dropStage,
  findBrought,
  importsBeside,
  importsDomain,
  importsMigrations,
  inForce,
  previewImport,
  restageImports,
  stageImport,
  type ImportWorld,
  type Preview,
  type Wish,
} from './index.ts'
import { importTables, importStageTable } from './schema.ts'

const ALL = [villagersImport]
const PLACE = '430725'

/** Renames a villager wherever it stands. */
const renameVillager = {
  name: 'renameVillager',
  version: 1,
  title: text('更名', 'Rename'),
  input: form({
    villager: field.id({ title: text('农户', 'Villager'), example: CLERK }),
    name: field.text({ title: text('姓名', 'Name'), grade: 'personal', example: '甲' }),
  }),
  place: () => PLACE,
  legalDate: (_: unknown, today: string) => today,
  subjects: (i: { villager: string }) => [`villager:${i.villager}`],
  reads: [
    (i: { villager: string }) => broughtReads(villagerStaged, { id: i.villager }),
    (i: { villager: string }, state: never) => broughtBatches(state, villagerStaged, { id: i.villager }),
  ],
  decide: (state: never, i: { villager: Uuid; name: string }) => {
    const row = findBrought(state, villagerStaged, { id: i.villager })
    return row === undefined
      ? [{ code: 'test.unknown', severity: 'red', zh: '无', en: 'none', hint: text('', ''), values: {} }]
      : { act: 'villager-renamed', rows: [insert(villagerActed, { id: i.villager, batch: row.batch, name: i.name })] }
  },
} as unknown as AnyCommand
const eraseVillager = {
  ...renameVillager,
  name: 'eraseVillager',
  input: form({ villager: field.id({ title: text('农户', 'Villager'), example: CLERK }) }),
  decide: (state: never, i: { villager: Uuid }) => ({
    act: 'villager-erased',
    erases: [findBrought(state, villagerStaged, { id: i.villager })!.name],
  }),
} as unknown as AnyCommand
const testDomain: Domain = {
  name: 'test',
  title: text('测试', 'Test'),
  commands: [renameVillager, eraseVillager],
  tables: [villagerActed],
}

describe.each(ENGINES)('imports on %s', (engine) => {
  let house: TestHouse
  const files = new Map<string, Uint8Array>()
  let world: ImportWorld

  beforeAll(async () => {
    house = await openTestHouse(engine, {
      domains: [importsDomain(ALL), testDomain],
      migrations: [...importsMigrations, ...villagerMigrations],
    })
    world = { store: house.store, readFile: (h) => Promise.resolve(files.get(h)), key: counted('key')(32) }
  })
  beforeEach(() => house.fresh())
  afterEach(() => files.clear())
  afterAll(() => house.close())

  const put = (bytes: Uint8Array): string => {
    const hash = createHash('sha256').update(bytes).digest('hex')
    files.set(hash, bytes)
    return hash
  }
  const wish = (bytes: Uint8Array, more: Partial<Wish> = {}): Wish => ({
    file: put(bytes),
    fileName: '农户.csv',
    place: PLACE,
    ...more,
  })
  const WHY = [{ code: 'test-imports.many', reason: '已核对户口簿' }]
  const accept = (p: Preview, reasons: Json = WHY): Promise<Outcome> =>
    house.recorder.submit({
      id: house.id(),
      command: commandName(villagersImport),
      input: { ...p.input, reasons },
      person: CLERK,
      role: 'county-clerk',
    })
  const brought = async (w: Wish): Promise<{ readonly preview: Preview; readonly act: Uuid }> => {
    const preview = await stageImport(world, villagersImport, w)
    return { preview, act: done(await accept(preview)).act }
  }
  const correct = (act: Uuid): Promise<Outcome> =>
    house.recorder.submit({
      id: house.id(),
      command: 'correctAct',
      input: { act, reason: '拿错了文件' },
      person: CLERK,
      role: 'county-clerk',
    })
  const count = async (): Promise<number> =>
    (
      await house.store.query<{ n: number }>(
        sql`select count(*)::int4 as n from test_villager_staged s where ${inForce('s')}`,
      )
    )[0]!.n
  const found = (p: Preview): readonly string[] => p.findings.map((f) => f.code)
  const checked = async (): Promise<readonly string[]> => {
    const problems: Problem[] = []
    await checkRecord(house.store, house.recorder.registry, {
      tell: (p) => problems.push(p),
      beside: importsBeside(ALL),
      brought: await broughtBatchIds(house.store),
    })
    await checkImports(house.store, ALL, (p) => problems.push(p))
    return problems.map((p) => p.code)
  }

  test('the declared tables are those of the database', async () => {
    expect(await compareTables(house.store, [...importTables, importStageTable, villagerStaged])).toEqual([])
  })

  test('a preview counts, names what it found with its cell, and writes nothing', async () => {
    const p = await previewImport(world, villagersImport, wish(csv(ROWS)))
    expect(p.counts).toEqual({ lines: 3, red: 0, yellow: 1, leftOut: 0 })
    expect(found(p)).toEqual(['test-imports.many'])
    expect(p.findings[0]!.first[0]!.at).toEqual({ file: '农户.csv', cell: 'C4' })
    expect(p.mapping).toMatchObject({ code: '户号', name: '户主姓名', people: '人数' })
    const [n] = await house.store.query<{ n: number }>(sql`select count(*)::int4 as n from test_villager_staged`)
    expect(n!.n).toBe(0)
    expect(codes(await accept(p))).toEqual(['imports.not-staged'])
  })

  test('one act puts all rows in force, holds the hash of the file and a digest, and wants a reason for what is yellow', async () => {
    const w = wish(csv(ROWS))
    const p = await stageImport(world, villagersImport, w)
    expect(await count()).toBe(0)
    expect(codes(await accept(p, []))).toEqual(['imports.reason-missing'])
    const receipt = done(await accept(p))
    expect(receipt.kind).toBe('villagers-imported')
    expect(await count()).toBe(3)
    const [act] = await house.store.query<{ content: string; effects: string }>(
      sql`select content, effects from act where id = ${receipt.act}`,
    )
    expect(act!.content).toContain(w.file)
    expect(act!.content).toContain(p.digest)
    expect(act!.content + act!.effects).not.toContain('示范户')
    expect(await checked()).toEqual([])
  })

  test('the same file and mapping again is refused and doubles nothing; another mapping is another batch', async () => {
    const w = wish(csv(ROWS))
    const { preview } = await brought(w)
    const again = await stageImport(world, villagersImport, w)
    expect(found(again)[0]).toBe('imports.done-already')
    expect(again.input).toBeUndefined()
    expect(codes(await accept(preview))).toEqual(['imports.done-already'])
    expect(await count()).toBe(3)
    const other = await previewImport(world, villagersImport, { ...w, mapping: { kind: '-' } })
    expect(other.batch).not.toBe(preview.batch)
    expect(await checked()).toEqual([])
  })

  test('a correction takes the batch back, and the file may be accepted again', async () => {
    const w = wish(csv(ROWS))
    const { preview, act } = await brought(w)
    done(await correct(act))
    expect(await count()).toBe(0)
    expect(codes(await correct(act))).toEqual(['correct.already'])
    const again = await stageImport(world, villagersImport, w)
    expect(again.digest).toBe(preview.digest)
    done(await accept(again))
    expect(await count()).toBe(3)
    expect(await checked()).toEqual([])
  })

  test('a batch of which something was changed by a later act is not taken back as a whole', async () => {
    const { act } = await brought(wish(csv(ROWS)))
    const [row] = await house.store.query<{ id: Uuid }>(sql`select id from test_villager_staged where code = '000002'`)
    done(
      await house.recorder.submit({
        id: house.id(),
        command: 'renameVillager',
        input: { villager: row!.id, name: '示范户丁' },
        person: CLERK,
        role: 'county-clerk',
      }),
    )
    expect(codes(await correct(act))).toEqual(['imports.rows-in-use'])
    expect(await checked()).toEqual([])
  })

  test('the mapping that was chosen is offered the next time at the same place', async () => {
    const strange = ['编码', '谁', '几口人', 'x', 'y']
    const first = wish(csv(ROWS, strange), { mapping: { code: '编码', name: '谁', people: '#C' } })
    const p = await stageImport(world, villagersImport, first)
    done(await accept(p, [...WHY, { code: 'imports.columns-left-out', reason: '不需要' }]))
    const next = await previewImport(world, villagersImport, wish(csv(ROWS.slice(1), strange)))
    expect(next.mapping).toEqual({ code: '编码', name: '谁', people: '几口人' })
    const elsewhere = await previewImport(world, villagersImport, {
      ...wish(csv(ROWS.slice(1), strange)),
      place: '520381',
    })
    expect(found(elsewhere)).toContain('imports.column-missing')
  })

  test('one changed cell, a missing row, an extra row and a lost personal value are found', async () => {
    await brought(wish(csv(ROWS)))
    const after = async (q: ReturnType<typeof sql>): Promise<readonly string[]> => {
      await house.store.query(q)
      return checked()
    }
    expect(await after(sql`update test_villager_staged set people = people + 1 where code = '000001'`)).toEqual([
      'imports.digest-differs',
    ])
    expect(await after(sql`update test_villager_staged set people = people - 1 where code = '000001'`)).toEqual([])
    expect(await after(sql`update personal_value set value = 'x' where path = 'line.2.name'`)).toEqual([
      'check.personal-value',
    ])
    expect(await after(sql`delete from personal_value where path = 'line.2.name'`)).toEqual([
      'imports.personal-differs',
    ])
    expect(await after(sql`delete from test_villager_staged where code = '000003'`)).toContain('imports.digest-differs')
  })

  test('rows that a rebuilt database lacks are read again from the file; erased values stay erased', async () => {
    const { preview, act } = await brought(wish(csv(ROWS)))
    const second = await brought(wish(csv([['000009', '示范户己', '2', '', '']])))
    done(await correct(second.act))
    const [first] = await house.store.query<{ id: Uuid }>(
      sql`select id from test_villager_staged where code = '000001'`,
    )
    const input = { villager: first!.id }
    done(
      await house.recorder.submit({
        id: house.id(),
        command: 'eraseVillager',
        input,
        person: CLERK,
        role: 'county-clerk',
      }),
    )
    expect(await checked()).toEqual([])
    const all = async (): Promise<readonly { readonly value: string | null }[]> =>
      house.store.query(
        sql`select s.*, p.value from test_villager_staged s join personal_value p on p.commitment = s.name order by s.id`,
      )
    const before = await all()
    expect(before.filter((r) => r.value === null)).toHaveLength(1)
    await house.store.query(sql`delete from test_villager_staged`)
    await house.store.query(sql`delete from import_stage`)
    await house.store.query(sql`delete from personal_value`)
    expect(await restageImports(world, ALL)).toHaveLength(2)
    expect(await all()).toEqual(before)
    expect(await restageImports(world, ALL)).toEqual([])
    expect(await checked()).toEqual([])
    expect(act).not.toBe(preview.batch)
    // Another key, a missing file: named, and nothing is put in its place.
    await house.store.query(sql`delete from import_stage`)
    await expect(restageImports({ ...world, key: counted('other')(32) }, ALL)).rejects.toThrow('imports.digest-differs')
    await expect(restageImports({ ...world, readFile: () => Promise.resolve(undefined) }, ALL)).rejects.toThrow(
      'imports.rows-missing',
    )
    // The right key brings all of it back, and nothing of the wrong one stays.
    expect(await restageImports(world, ALL)).toHaveLength(2)
    expect(await all()).toEqual(before)
    expect(await checked()).toEqual([])
  })

  test('rows that were filled in and refused are let go; accepted ones stay', async () => {
    const w = wish(csv(ROWS))
    const p = await stageImport(world, villagersImport, w)
    await dropStage(house.store, villagersImport, p.batch)
    const left = await house.store.query(
      sql`select 1 from test_villager_staged union all select 1 from personal_value union all select 1 from import_stage`,
    )
    expect(left).toEqual([])
    const { preview } = await brought(w)
    await dropStage(house.store, villagersImport, preview.batch)
    expect(await count()).toBe(3)
  })

  test('a workbook, delimited text and GeoJSON of the same rows bring the same, whichever way they are written', async () => {
    const rowsOf = async (w: Wish): Promise<unknown> => {
      const p = await stageImport(world, villagersImport, w)
      expect(p.findings.filter((f) => f.severity === 'red')).toEqual([])
      return house.store.query(
        sql`select line, code, people, joined::text, kind, name_hash from test_villager_staged
            where batch = ${p.batch}::uuid order by line`,
      )
    }
    const fromCsv = await rowsOf(wish(csv(ROWS)))
    expect(fromCsv).toHaveLength(3)
    const book = await workbook(ROWS.map((r) => r.map((c, i) => (i === 2 ? { value: Number(c) } : c || undefined))))
    expect(await rowsOf(wish(book, { fileName: '农户.xlsx' }))).toEqual(fromCsv)
    const features = ROWS.map(([code, name, people, joined, kind], i) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [111 + i / 100, 29] },
      properties: {
        户号: code,
        户主姓名: name,
        人数: Number(people),
        ...(joined ? { 迁入日期: joined } : {}),
        ...(kind ? { 类别: kind } : {}),
      },
    }))
    const map = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }))
    const fromMap = (await rowsOf(wish(map, { fileName: '农户.geojson' }))) as readonly { line: number }[]
    expect(fromMap.map((r) => ({ ...r, line: r.line + 1 }))).toEqual(fromCsv)
  })
})
