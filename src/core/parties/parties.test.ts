// Parties on each engine the machine has: registered, found by their codes without showing them, represented, succeeded, split,
// joined, merged, brought from a list, erased.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLERK, codes, counted, done, openTestHouse, type TestHouse } from '../../../test/record-house.fixture.ts'
import {
  civilDate,
  idNumberCheckSign,
  type Grade,
  type Json,
  type JsonObject,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import { writeCsv } from '../exchange-formats/index.ts'
import {
  identityBeside,
  identityDomain,
  identityMigrations,
  loadRegionsInput,
  loadRoles,
  stageRegions,
} from '../identity/index.ts'
import { smallRegions } from '../identity/identity.fixture.ts'
import {
  broughtBatchIds,
  checkImports,
  commandName,
  importsBeside,
  importsDomain,
  importsMigrations,
  restageImports,
  stageImport,
  type ImportWorld,
} from '../imports/index.ts'
import { ask, checkRecord, type Outcome } from '../record/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { compareTables, sql } from '../store/index.ts'
import {
  findMandate,
  householdsImport,
  mandateCovers,
  mandateReads,
  partiesBeside,
  partiesDomain,
  partiesMigrations,
} from './index.ts'
import { bankAccountStagedTable, lookupTable, partyStagedTable, partyTables } from './schema.ts'

const { book: roles } = await loadRoles('roles')
const COUNTY = '430726'
const VILLAGE = '430726001001'
const IDS = ['430725195001010011', '430725196002020025'].map((n) => n.slice(0, 17) + idNumberCheckSign(n.slice(0, 17)))
const CARD = '6200000000000005'
const ALL = [householdsImport]
const key = counted('house key')(32)

describe.each(ENGINES)('parties on %s', (engine) => {
  let house: TestHouse
  let village: string
  const files = new Map<string, Uint8Array>()
  let world: ImportWorld

  beforeAll(async () => {
    house = await openTestHouse(engine, {
      domains: [identityDomain(roles), importsDomain(ALL), partiesDomain({ key })],
      migrations: [...identityMigrations, ...importsMigrations, ...partiesMigrations],
    })
    world = { store: house.store, readFile: (h) => Promise.resolve(files.get(h)), key }
    await house.fresh()
    const { reading, fileHash } = smallRegions()
    await stageRegions(house.store, reading.rows, fileHash)
    const { heading, rows } = reading
    await act('loadRegions', loadRegionsInput({ heading: heading!, rows }, fileHash) as Json)
    village = rows.find((r) => r.level === 'village')?.code ?? VILLAGE
  })
  afterAll(() => house.close())

  const submit = (command: string, input: unknown): Promise<Outcome> =>
    house.recorder.submit({ id: house.id(), command, input, person: CLERK, role: 'county-clerk' })
  const act = async (command: string, input: unknown): Promise<JsonObject> =>
    done(await submit(command, input)).answer as JsonObject
  const asked = async (query: string, input: Json, grade: Grade = 'personal'): Promise<readonly JsonObject[]> => {
    const scopeOf = () => Promise.resolve({ grade, person: CLERK, role: 'county-clerk', within: () => sql`true` })
    const answer = await ask(
      { registry: house.recorder.registry, scopeOf, today: civilDate('2026-03-02') },
      house.store,
      { query, input, person: CLERK, role: 'county-clerk' },
    )
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.en).join('; '))
    return answer.rows
  }
  const checked = async (): Promise<readonly string[]> => {
    const problems: Problem[] = []
    await checkRecord(house.store, house.recorder.registry, {
      tell: (p) => problems.push(p),
      beside: [...identityBeside, ...importsBeside(ALL), ...partiesBeside],
      brought: await broughtBatchIds(house.store),
    })
    await checkImports(house.store, ALL, (p) => problems.push(p))
    return problems.map((p) => `${p.code} ${JSON.stringify(p.values)}`)
  }
  const household = async (name: string, more: JsonObject = {}): Promise<Uuid> =>
    (await act('registerHousehold', { name, place: village, people: 4, since: '2020-01-01', ...more }))['party'] as Uuid
  const listed = (rows: readonly (readonly string[])[]): string => {
    const head = ['户主姓名', '户号', '身份证号', '人口', '所在村', '银行账号']
    const bytes = writeCsv([head, ...rows])
    const hash = createHash('sha256').update(bytes).digest('hex')
    files.set(hash, bytes)
    return hash
  }
  const bring = async (rows: readonly (readonly string[])[], place = COUNTY) => {
    const p = await stageImport(world, householdsImport, {
      file: listed(rows),
      fileName: '农户.csv',
      place,
      options: { since: '2026-01-01' },
    })
    const found = p.findings.map((f) => f.code)
    if (p.input === undefined) return { found, act: undefined, findings: p.findings }
    const reasons = found.map((code) => ({ code, reason: '已核对' }))
    const receipt = done(await submit(commandName(householdsImport), { ...p.input, reasons }))
    return { found, act: receipt.act, findings: p.findings }
  }

  test('the declared tables are those of the database', async () => {
    const all = [...partyTables, lookupTable, partyStagedTable, bankAccountStagedTable]
    expect(await compareTables(house.store, all)).toEqual([])
  })

  test('a code with a wrong digit is refused, one that stands already too, and neither is repeated in the refusal', async () => {
    const id = await household('示范户甲', { idNumber: IDS[0]! })
    const wrong = `${IDS[0]!.slice(0, 16)}${(Number(IDS[0]![16]) + 1) % 10}${IDS[0]![17]!}`
    const refusals = [
      await submit('registerHousehold', { name: '甲', place: village, since: '2020-01-01', idNumber: wrong }),
      await submit('registerHousehold', { name: '甲', place: village, since: '2020-01-01', idNumber: ` ${IDS[0]!} ` }),
      await submit('registerNaturalPerson', {
        name: '甲',
        place: village,
        since: '2020-01-01',
        passport: 'L898902C37',
      }),
      await submit('updateParty', { party: id, idNumber: '110105491231002' }),
      await submit('registerBankAccount', { party: id, bank: '甲行', kind: 'card', number: '6200000000000006' }),
    ]
    expect(refusals.map((r) => codes(r).join())).toEqual([
      'parties.id-number',
      'parties.code-taken',
      'parties.passport',
      'parties.id-number',
      'parties.bank-number',
    ])
    expect(JSON.stringify(refusals)).not.toContain(wrong)
    expect(JSON.stringify(refusals)).not.toContain(IDS[0])
    await act('updateParty', { party: id, idNumber: IDS[0]!, people: 5 })
    await act('eraseParty', { party: id, reason: '本人申请' })
    expect(await asked('findParties', { by: 'id-number', value: IDS[0]! })).toEqual([])
  })

  test('a party is found by its whole code or name; nobody is shown more of a code than its ends', async () => {
    const id = await household('示范户乙', { idNumber: IDS[1]!, phone: '13912345678' })
    await act('registerBankAccount', { party: id, bank: '示范农商行', kind: 'card', number: CARD })
    for (const [by, value] of [
      ['id-number', IDS[1]!.toLowerCase()],
      ['name', '示范户 乙'],
      ['bank', '6200 0000 0000 0005'],
    ] as const) {
      const found = await asked('findParties', { by, value })
      expect(found.map((f) => f['party'])).toEqual([id])
      expect(found[0]).toMatchObject({ personName: '示范户乙', phone: '139****5678' })
      expect(found[0]!['idNumber']).toBe(`430725********${IDS[1]!.slice(14)}`)
    }
    expect(await asked('findParties', { by: 'id-number', value: IDS[0]! })).toEqual([])
    for (const grade of ['public', 'internal', 'restricted', 'personal', 'secret'] as const)
      for (const query of house.recorder.registry.queries.filter((q) => q.groups?.includes('parties') === true)) {
        const input =
          { bankAccounts: { party: id }, findParties: { by: 'id-number', value: IDS[1]! } }[query.name] ?? {}
        const told = JSON.stringify(await asked(query.name, input, grade))
        for (const whole of [IDS[1]!, CARD, '13912345678']) expect(told, `${query.name} ${grade}`).not.toContain(whole)
        if (['public', 'internal', 'restricted'].includes(grade))
          expect(told).not.toMatch(/示范户|430725\*|6200\*|139\*/)
      }
    const acts = await house.store.query<{ t: string }>(sql`select content || effects as t from act`)
    const hashes = await house.store.query<{ hash: string }>(sql`select hash from party_lookup where hash <> ''`)
    expect(hashes.length).toBeGreaterThan(2)
    for (const { t } of acts)
      for (const secret of [IDS[1]!, CARD, '示范户', ...hashes.map((h) => h.hash)]) expect(t).not.toContain(secret)
    expect(await checked()).toEqual([])
  })

  test('with another key of the house everything is found again', async () => {
    const other = partiesDomain({ key: counted('another key')(32) })
    const query = other.queries!.find((q) => q.name === 'findParties')!
    const scope = { grade: 'personal', person: CLERK, role: 'x', within: () => sql`true` } as const
    const found = await query.run(house.store, { by: 'id-number', value: IDS[1]! } as never, scope)
    expect(found).toHaveLength(1)
    expect(await asked('findParties', { by: 'id-number', value: IDS[1]! })).toHaveLength(1)
  })

  test('bodies stand once under a right code', async () => {
    const body = { kind: 'firm', name: '示范公司', code: '9144030071526726XG', place: village, since: '2010-01-01' }
    const { party } = await act('registerBody', body)
    expect(codes(await submit('registerBody', { ...body, name: '另一公司' }))).toEqual(['parties.code-taken'])
    expect(codes(await submit('registerBody', { ...body, code: '9144030071526726XX' }))).toEqual(['parties.code'])
    const found = await asked('findParties', { by: 'code', value: '9144030071526726xg' }, 'internal')
    expect(found.map((f) => [f['party'], f['name']])).toEqual([[party, '示范公司']])
  })

  test('a mandate lets one act for the other in its matter on its days, and ends', async () => {
    const principal = await household('示范户丙')
    const agent = await household('示范户丁')
    const given = { principal, agent, matter: 'object', basis: '委托书', from: '2026-01-01', to: '2026-06-30' }
    const { mandate } = await act('giveMandate', given)
    for (const bad of [{ agent: principal }, { account: CLERK }, { to: '2025-01-01' }])
      expect(codes(await submit('giveMandate', { ...given, ...bad }))).not.toEqual([])
    const on = async (day: string): Promise<number> => (await asked('mandates', { principal, on: day })).length
    expect([await on('2025-12-31'), await on('2026-01-01'), await on('2026-06-30'), await on('2026-07-01')]).toEqual([
      0, 1, 1, 0,
    ])
    await act('endMandate', { mandate: mandate as string, last: '2026-03-31', reason: '解除' })
    expect([await on('2026-03-31'), await on('2026-04-01')]).toEqual([1, 0])
    expect(codes(await submit('endMandate', { mandate, last: '2026-03-31', reason: 'x' }))).toEqual([
      'parties.mandate-unknown',
    ])
    const row = {
      matter: 'object',
      valid_from: '2026-01-01',
      valid_to: null,
      ended: '2026-03-31',
      agent,
      account: null,
    }
    const asks = { agent, matter: 'object', on: '2026-03-31' } as const
    expect(mandateCovers(row, asks)).toBe(true)
    for (const no of [{ on: '2026-04-01' }, { on: '2025-12-31' }, { matter: 'receive' as const }, { agent: principal }])
      expect(mandateCovers(row, { ...asks, ...no })).toBe(false)
    expect(mandateReads(principal).sets).toHaveLength(1)
    const rows = await house.store.query(sql`select * from party_mandate where principal = ${principal}`)
    const state = { rows: () => rows } as unknown as Parameters<typeof findMandate>[0]
    expect(findMandate(state, { principal, ...asks })?.id).toBe(mandate)
  })

  test('a split keeps the number of people, joined households add up, and what ended never acts again', async () => {
    const old = await household('示范户戊', { people: 5 })
    const parts = [
      { name: '示范户己', people: 3 },
      { name: '示范户庚', people: 1 },
    ]
    const split = { household: old, on: '2026-02-01', parts, ground: '分户申请' }
    expect(codes(await submit('splitHousehold', split))).toEqual(['parties.people-differ'])
    const { households } = await act('splitHousehold', { ...split, parts: [parts[0], { ...parts[1], people: 2 }] })
    const two = households as readonly Uuid[]
    expect((await asked('parties', { party: old }))[0]).toMatchObject({ status: 'ended', until: '2026-02-01' })
    expect(codes(await submit('splitHousehold', { ...split, parts: [parts[0], { ...parts[1], people: 2 }] }))).toEqual([
      'parties.unknown',
    ])
    const join = { households: two, on: '2026-03-01', name: '示范户己', ground: '并户申请' }
    expect(codes(await submit('joinHouseholds', { ...join, households: [two[0], two[0]] }))).toEqual([
      'parties.same-twice',
    ])
    expect(codes(await submit('joinHouseholds', { ...join, on: '2026-01-01' }))).toEqual(['parties.date-before'])
    const { household: joined } = await act('joinHouseholds', join)
    expect((await asked('parties', { party: joined as string }))[0]).toMatchObject({ people: 5, status: 'standing' })
    expect(await asked('successions', { party: two[0]! })).toHaveLength(2)
    expect(
      codes(
        await submit('giveMandate', { principal: old, agent: joined, matter: 'all', basis: 'x', from: '2026-03-01' }),
      ),
    ).toEqual(['parties.unknown'])
  })

  test('a body that is succeeded ends, and no succession leads back', async () => {
    const body = async (name: string): Promise<Uuid> =>
      (await act('registerBody', { kind: 'village', name, place: village, since: '2000-01-01' }))['party'] as Uuid
    const [a, b, c] = [await body('甲村'), await body('乙村'), await body('丙村')]
    const how = { on: '2020-01-01', how: 'division', ground: '示范' }
    await act('recordSuccession', { predecessor: a, successors: [b, c], ...how })
    expect(codes(await submit('recordSuccession', { predecessor: b, successors: [a], ...how }))).toEqual([
      'parties.unknown',
    ])
    expect(codes(await submit('recordSuccession', { predecessor: b, successors: [b], ...how }))).toEqual([
      'parties.same-twice',
    ])
    expect(await asked('successions', { party: a })).toHaveLength(2)
  })

  test('a list of households comes in as one act; wrong codes, regions elsewhere and doubles of the list are named by cell', async () => {
    const id = (n: string): string => n + idNumberCheckSign(n)
    const rows = [
      ['示范户子', '001', id('43072519700101001'), '4', village, CARD],
      ['示范户丑', '002', id('43072519710101002'), '3', village, '123456789012'],
      ['示范户寅', '003', IDS[1]!, '2', village, ''],
    ]
    const bad = await bring([
      ['甲', '1', id('43072519700101001').replace(/.$/, (c) => (c === '1' ? '2' : '1')), '4', village, ''],
      ['乙', '2', '', '4', '520381', ''],
      ['丙', '3', '', '4', '999999', ''],
      ['丁', '1', '', 'x', village, '6200000000000006'],
      ['戊', '1', '', '2', village, ''],
      ['己'.repeat(61), '5', '', '2', village, ''],
    ])
    expect(bad.act).toBeUndefined()
    expect(Object.fromEntries(bad.findings.map((f) => [f.code, f.first[0]!.at?.cell]))).toEqual({
      'parties.id-number': 'C2',
      'imports.region-outside': 'E3',
      'imports.region-unknown': 'E4',
      'field.wrong-form': 'D5',
      'imports.row-twice': 'B6',
      'field.too-long': 'A7',
    })
    expect(JSON.stringify(bad.findings)).not.toContain('4307251970')
    const good = await bring(rows)
    expect(good.found).toEqual(['parties.code-known'])
    const found = await asked('findParties', { by: 'id-number', value: rows[0]![2]! })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ personName: '示范户子', householdCode: '001', people: 4, place: village })
    const accounts = await asked('bankAccounts', { party: found[0]!['party'] as string })
    expect(accounts[0]).toMatchObject({ kind: 'card', number: '6200********0005' })
    // Doubles: the one on the list is merged into the one that stood, and whoever asks is led there.
    const pairs = await asked('partyDoubles', {})
    expect(pairs).toHaveLength(1)
    const [kept] = await asked('findParties', { by: 'name', value: '示范户乙' })
    const double = [pairs[0]!['party'], pairs[0]!['other']].find((p) => p !== kept!['party']) as Uuid
    const other = await household('示范户卯')
    await act('giveMandate', { principal: double, agent: other, matter: 'all', basis: 'x', from: '2026-01-01' })
    await act('mergeDoubles', { kept: other, double: kept!['party'] as string, reason: '误' })
    await act('mergeDoubles', { kept: double, double: other, reason: '重复登记' })
    expect((await asked('findParties', { by: 'id-number', value: IDS[1]! })).map((p) => p['party'])).toEqual([double])
    expect((await asked('findParties', { by: 'name', value: '示范户乙' })).map((p) => p['party'])).toEqual([double])
    expect((await asked('parties', { party: kept!['party'] as string }))[0]).toMatchObject({ mergedInto: double })
    expect(await asked('partyDoubles', {})).toEqual([])
    expect(await asked('bankAccounts', { party: double })).toHaveLength(1)
    expect(codes(await submit('mergeDoubles', { kept: double, double: other, reason: 'x' }))).toEqual([
      'parties.unknown',
    ])
    expect(await checked()).toEqual([])
  })

  test('erasing takes every personal value of a brought household away for good, also when its file is read again', async () => {
    const id = '43072519800101003'
    const whole = id + idNumberCheckSign(id)
    const { act: imported } = await bring([['示范户辰', '009', whole, '4', village, CARD]])
    const [row] = await asked('findParties', { by: 'id-number', value: whole })
    const party = row!['party'] as Uuid
    await act('eraseParty', { party, reason: '本人申请' })
    const gone = async (): Promise<void> => {
      expect(await asked('findParties', { by: 'id-number', value: whole })).toEqual([])
      const [left] = await asked('parties', { party })
      expect(left).toMatchObject({ erased: true, personName: '（已删除 / erased）' })
      expect(left!['idNumber']).toBeUndefined()
      const values = await house.store.query(
        sql`select 1 from personal_value where value in (${whole}, '示范户辰')
            union all select 1 from party_lookup where hash <> '' and commitment in
              (select commitment from personal_value where value is null)`,
      )
      expect(values).toEqual([])
    }
    await gone()
    expect(codes(await submit('correctAct', { act: imported, reason: 'x' }))).toEqual(['imports.rows-in-use'])
    const before = await house.store.query(sql`select * from personal_value order by commitment`)
    await house.store.query(sql`delete from party_staged`)
    await house.store.query(sql`delete from party_bank_account_staged`)
    await house.store.query(sql`delete from import_stage`)
    await house.store.query(sql`delete from personal_value where act in (select id from import_batch)`)
    await restageImports(world, ALL)
    expect(await house.store.query(sql`select * from personal_value order by commitment`)).toEqual(before)
    await gone()
    expect(await checked()).toEqual([])
  })
})
