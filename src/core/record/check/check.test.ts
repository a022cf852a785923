// The check of the record, on each engine: a sound history is found sound, and one changed cell of any column of any table is
// found and named. Changes are made by plain SQL in a transaction that is rolled back.

import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CLERK,
  done,
  FIRM_1,
  FIRM_2,
  issue,
  openTestHouse,
  PERMIT,
  TRADER,
  type TestHouse,
} from '../../../../test/record-house.fixture.ts'
import type { Json, Problem } from '../../../kernel/index.ts'
import { ENGINES } from '../../store/fresh-store.fixture.ts'
import {
  columnNames,
  columnOf,
  name,
  sql,
  StoreError,
  trusted,
  type ColumnType,
  type Reader,
  type Sql,
  type Store,
  type Table,
} from '../../store/index.ts'
import { eraseValues } from '../write-batch.ts'
import { OTHER_ID, SCAN, villageDomain, villagerMigrations } from './check.fixture.ts'
import { checkRecord, type CheckReport } from './index.ts'
import { rowFold } from './row-fold.ts'
import { villager } from './check.fixture.ts'

async function history(house: TestHouse): Promise<void> {
  const submit = async (command: string, input: unknown, person = TRADER, role = 'exchange-operator'): Promise<Json> =>
    done(await house.recorder.submit({ id: house.id(), command, input, person, role })).answer
  const first = await issue(house)
  await issue(house, { firm: FIRM_2, pollutant: 'SO2' })
  const trade = {
    seller: FIRM_1,
    buyer: FIRM_2,
    pollutant: 'COD',
    place: '430100',
    on: '2026-03-02',
    contract: '示范 1',
  }
  await submit('transferPermit', { ...trade, amountKg: '300' })
  const { seller: firm, pollutant, place, on } = trade
  await submit('retirePermit', { firm, pollutant, place, on, amountKg: '100', purpose: '抵扣' })
  const asked = (await submit('issuePermit', { ...PERMIT, amountKg: '5' }, CLERK, 'department-contact')) as {
    request: string
    sheet: string
  }
  const { request, sheet } = asked
  const paper = { request, sheet, signer: '王某某（局长）', signedOn: '2026-03-02', scan: SCAN }
  await submit('approveOnPaper', paper, CLERK, 'department-contact')
  await submit('addVillager', { name: '示范户甲', place: '430100' })
  await submit('addVillager', { name: '示范户乙', place: '430100' })
  await submit('publishValue', { place: '430100', value: '12.50' })
  await submit('publishValue', { place: '430100', value: '13.0' })
  const second = await issue(house, { amountKg: '7' })
  await submit('correctAct', { act: second.act, reason: '录入错误' }, CLERK, 'department-contact')
  expect(first.leaf).toBe(1)
}

/** A value of the type that is not the one that stands. */
const other: Record<ColumnType, (c: string) => string> = {
  uuid: (c) => `case when ${c} is null then '${OTHER_ID}'::uuid else '${OTHER_ID}'::uuid end`,
  text: (c) => `coalesce(${c}, '') || 'x'`,
  int8: (c) => `coalesce(${c}, 0) + 1000`,
  int4: (c) => `coalesce(${c}, 0) + 1000`,
  bool: (c) => `not coalesce(${c}, false)`,
  date: (c) => `coalesce(${c}, date '2026-01-01') + 1`,
  timestamptz: (c) => `coalesce(${c}, now()) + interval '1 microsecond'`,
  jsonb: () => `'{"changed":"x"}'::jsonb`,
  bytea: (c) => `set_byte(coalesce(${c}, '\\x00'), 0, (get_byte(coalesce(${c}, '\\x00'), 0) + 1) % 256)`,
  numeric: (c) => `coalesce(${c}, 0) + 0.001`,
  'text[]': (c) => `coalesce(${c}, '{}') || array['x']`,
}
/** Words the database holds to a list: another word of it. */
const WORDS: Readonly<Record<string, string>> = {
  'permit.status': `case status when 'issued' then 'withdrawn' else 'issued' end`,
  'request.status': `case status when 'waiting' then 'returned' else 'waiting' end`,
  'timer.status': `case status when 'running' then 'fired' else 'running' end`,
  'indicator_value.status': `'trial'`,
  'posting.kind': `'pending'`,
}

describe.each(ENGINES)('check of the record on %s', (engine) => {
  let house: TestHouse
  let tables: readonly Table[]
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [villageDomain], migrations: villagerMigrations })
    await history(house)
    tables = house.recorder.registry.tables.filter((t) => !['draft', 'job'].includes(t.name))
  })
  afterAll(() => house.close())

  const journal = () =>
    house.journalDir === undefined
      ? {}
      : { journal: { dir: house.journalDir, read: () => house.recorder.options.journal!.read() } }

  async function checked(store: Store, more = {}): Promise<{ problems: Problem[]; report: CheckReport }> {
    const problems: Problem[] = []
    const report = await checkRecord(store, house.recorder.registry, { tell: (p) => problems.push(p), ...more })
    return { problems, report }
  }

  class Back extends Error {}
  /** What the check finds after a change that is then taken back; undefined where the database refuses the change. */
  async function after(change: (tx: Reader) => Promise<unknown>, more = {}): Promise<Problem[] | undefined> {
    let found: Problem[] | undefined
    try {
      await house.store.transaction(async (tx) => {
        await tx.query(trusted('set local session_replication_role = replica'))
        await change(tx)
        const same: Store = { ...house.store, transaction: (run) => run(tx) }
        found = (await checked(same, more)).problems
        throw new Back()
      })
    } catch (e) {
      if (!(e instanceof Back || e instanceof StoreError)) throw e
    }
    return found
  }
  const oneRow = (t: Table): Sql => sql`ctid = (select ctid from ${name(t.name)} order by ctid limit 1)`
  const changeCell = (t: Table, column: string): Sql =>
    sql`update ${name(t.name)} set ${name(column)} = ${trusted(
      WORDS[`${t.name}.${column}`] ?? other[columnOf(t, column).type](column),
    )} where ${oneRow(t)}`

  test('a sound history is found sound, with the journal too, and says what was left out', async () => {
    const { problems, report } = await checked(house.store, journal())
    expect(problems).toEqual([])
    expect(report.acts).toBeGreaterThan(12)
    expect(report.personal).toEqual({ kept: 2, erased: 0 })
    for (const t of tables)
      if (!/^(act|log_.*)$/.test(t.name)) expect(report.rows.get(t.name), t.name).toBeGreaterThan(0)
    expect(report.leftOut.map((l) => l.table)).toEqual(expect.arrayContaining(['draft', 'job', 'subject', 'migration']))
  })

  test('one changed cell of any column of any table that acts write is found and named', async () => {
    const rowTables = tables.filter((t) => !/^(act|log_.*|personal_value)$/.test(t.name))
    const unchanged: string[] = []
    const most = Math.max(...rowTables.map((t) => columnNames(t).length))
    for (let i = 0; i < most; i++) {
      const changed: { readonly t: Table; readonly column: string }[] = []
      const found = await after(async (tx) => {
        for (const t of rowTables) {
          const column = columnNames(t)[i]
          if (column === undefined) continue
          await tx.query(trusted('savepoint one'))
          try {
            await tx.query(changeCell(t, column))
            changed.push({ t, column })
          } catch (e) {
            if (!(e instanceof StoreError)) throw e
            await tx.query(trusted('rollback to savepoint one'))
            unchanged.push(`${t.name}.${column}`)
          }
        }
      })
      for (const { t, column } of changed) {
        const here = (found ?? []).filter((p) => p.values['table'] === t.name)
        const codes = t.key.includes(column) ? ['check.row-extra', 'check.row-missing'] : ['check.cell-differs']
        for (const code of codes)
          expect(
            here.some((p) => p.code === code && (code !== 'check.cell-differs' || p.values['column'] === column)),
            `${t.name}.${column}: ${here.map((p) => p.en).join('; ')}`,
          ).toBe(true)
      }
    }
    // What the database itself refuses, by its own constraints.
    expect(unchanged.filter((c) => !/^(account|posting|lot|lot_piece|lot_move|asset)\./.test(c))).toEqual([])
  })

  test('one changed cell of an act, a leaf or the head is found and named', async () => {
    const of = (n: string): Table => tables.find((t) => t.name === n)!
    const act = of('act')
    const acts = await house.store.query<{ id: string; leaf: bigint }>(
      sql`select a.id, l.leaf_index as leaf from act a join log_leaf l on l.act = a.id order by 2`,
    )
    // Every column at once, each in an act of its own.
    const inTurn = columnNames(act).map((column, i) => ({ column, ...acts[i % acts.length]! }))
    const codes: Record<string, string> = {
      id: 'check.act-missing',
      content: 'check.content-not-canonical',
      effects: 'check.effects-differ',
      salt: 'check.leaf-differs',
    }
    for (const half of [inTurn.slice(0, 9), inTurn.slice(9)]) {
      const found = await after(async (tx) => {
        for (const { column, id } of half)
          await tx.query(
            sql`update act set ${name(column)} = ${trusted(other[columnOf(act, column).type](column))} where id = ${id}`,
          )
      })
      for (const { column, id } of half) {
        const here = found!.filter((p) => p.values['act'] === id)
        const code = codes[column] ?? 'check.column-differs'
        const named = here.some((p) => p.code === code && (code in codes || (p.values['column'] ?? column) === column))
        expect(named, `${column}: ${here.map((p) => p.en).join('; ')}`).toBe(true)
      }
    }
    for (const [table, column, code] of [
      ['log_leaf', 'leaf_index', 'check.leaf-missing'],
      ['log_leaf', 'act', 'check.act-without-leaf'],
      ['log_leaf', 'entry', 'check.leaf-differs'],
      ['log_head', 'size', 'check.head-differs'],
      ['log_head', 'frontier', 'check.head-differs'],
      ['log_head', 'recorded_at', 'check.head-differs'],
    ] as const) {
      const found = await after((tx) => tx.query(changeCell(of(table), column)))
      expect(
        found!.map((p) => p.code),
        `${table}.${column}`,
      ).toContain(code)
      if (code === 'check.head-differs') expect(found!.map((p) => p.values['column'])).toEqual([column])
    }
    if (house.journalDir === undefined) return
    const behind = await after((tx) => tx.query(changeCell(of('log_head'), 'journal')), journal())
    expect(behind!.map((p) => p.code)).toEqual(['check.journal-short'])
  })

  test('a deleted row and a row nobody wrote are named', async () => {
    for (const t of tables) {
      if (t.name === 'log_head') continue
      const gone = await after((tx) => tx.query(sql`delete from ${name(t.name)} where ${oneRow(t)}`))
      expect(gone!.length, t.name).toBeGreaterThan(0)
      const code = { act: 'check.act-missing', log_leaf: 'check.leaf-missing' }[t.name] ?? 'check.row-missing'
      expect(
        gone!.map((p) => p.code),
        t.name,
      ).toContain(code)
    }
    const added = await after((tx) =>
      tx.query(sql`insert into test_villager (id, name, place) values (${OTHER_ID}, 'x', '430100')`),
    )
    expect(added!.map((p) => [p.code, p.values['key']])).toEqual([['check.row-extra', `id=${OTHER_ID}`]])
  })

  test('personal values that do not open their commitment are found; one that is gone was erased by an act, or is missed', async () => {
    const t = tables.find((x) => x.name === 'personal_value')!
    for (const column of columnNames(t)) {
      const found = await after((tx) => tx.query(changeCell(t, column)))
      expect(found!.length, column).toBeGreaterThan(0)
    }
    const erase = async (tx: Reader): Promise<void> => {
      const [row] = await tx.query<{ commitment: string }>(sql`select commitment from personal_value limit 1`)
      await tx.query(eraseValues([row!.commitment]))
    }
    expect((await after(erase))!.map((p) => p.code)).toEqual(['check.personal-gone'])
    if (house.journalDir !== undefined)
      expect((await after(erase, journal()))!.map((p) => p.code)).toEqual([
        'check.personal-gone',
        'check.journal-differs',
      ])
  })

  test('the laws of the ledger are checked without the acts', async () => {
    const codesAfter = async (q: string): Promise<string[]> =>
      (await after((tx) => tx.query(trusted(q))))!.map((p) => p.code)
    expect(
      await codesAfter(`update account set credits_posted = credits_posted + 1 where purpose = 'retired'`),
    ).toEqual(expect.arrayContaining(['check.not-zero-sum', 'check.balance-differs', 'check.units-differ']))
    expect(await codesAfter(`update posting set amount = amount + 1 where ordinal = 0`)).toEqual(
      expect.arrayContaining(['check.balance-differs', 'check.line-differs', 'check.move-differs']),
    )
    expect(await codesAfter(`update lot_piece set to_serial = to_serial + 1`)).toContain('check.lot-not-covered')
  })

  test('a journal that differs from the database is found', async () => {
    if (house.journalDir === undefined) return
    const entries = async function* () {
      for await (const e of house.recorder.options.journal!.read())
        yield e.n === 2 ? { ...e, body: e.body.replace('permit-issued', 'permit-issueD') } : e
    }
    const more = { journal: { dir: house.journalDir, read: entries } }
    expect((await checked(house.store, more)).problems.map((p) => [p.code, p.values['n'], p.values['part']])).toEqual([
      ['check.journal-differs', 2, 'content'],
    ])
    const file = path(house.journalDir, readdirSync(house.journalDir).sort()[0]!)
    const whole = readFileSync(file)
    appendFileSync(file, '{"n":')
    expect((await checked(house.store, journal())).problems.length).toBeGreaterThan(0)
    writeFileSync(file, whole)
  })
})

test('the fold in three arrays agrees with a plain map', () => {
  const fold = rowFold()
  const plain = new Map<string, { readonly name: string; readonly leaf: number }>()
  for (let i = 0; i < 5000; i++) {
    const id = String((i * 7919) % 3001)
    const row = { id, name: String(i % 17), place: '' }
    fold.write(villager, row, i)
    plain.set(id, { name: row.name, leaf: i })
  }
  expect(fold.rows).toBe(plain.size)
  for (const [id, { name: text, leaf }] of plain) {
    if (Number(id) % 3 === 0) continue
    expect(fold.meet(villager, { id, name: text, place: '' })).toEqual({ leaf, same: true })
    expect(fold.meet(villager, { id, name: `${text}?`, place: '' })).toEqual({ leaf, same: false })
  }
  expect(fold.meet(villager, { id: '9999', name: '', place: '' })).toBeUndefined()
  const absent = [...plain].filter(([id]) => Number(id) % 3 === 0)
  expect(fold.missing()).toEqual(absent.map(([, r]) => r.leaf).sort((a, b) => a - b))
  const [id, { leaf }] = absent[0]!
  expect([0, 1].map(() => fold.takeMissing(villager, { id, name: '', place: '' }, leaf))).toEqual([true, false])
})
