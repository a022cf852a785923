// A village's list of households in a house of its own: looked at and brought in at the terminal, found, the database lost and made
// again from journal and file, the key lost and brought back.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from './db-check.ts'
import { importCommand } from './import-file.ts'
import type { ImportOptions } from './import-commands.ts'
import { writeCsv } from '../../core/exchange-formats/index.ts'
import { SMALL_REGIONS } from '../../core/identity/identity.fixture.ts'
import { newPassword } from '../../core/identity/index.ts'
import { idNumberCheckSign, instantOfMs, type JsonObject, type Uuid } from '../../kernel/index.ts'
import {
  addSamplePeople,
  initHouse,
  openHouse,
  personByLogin,
  placesOf,
  type House,
  type World,
} from '../../server/index.ts'

const root = mkdtempSync(join(tmpdir(), 'qs-households-'))
const folder = join(root, 'data')
const file = join(root, '农户.csv')
const world: World = {
  checkout: '.',
  now: () => instantOfMs(Date.now()),
  random: (n) => randomBytes(n),
  pid: process.pid,
}
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }
const VILLAGE = '430726001001'
const IDS = ['43072519500101001', '43072519600202002'].map((n) => n + idNumberCheckSign(n))
let clerk: Uuid

const inHouse = async <T>(run: (house: House) => Promise<T>): Promise<T> => {
  const house = await openHouse(folder, world)
  try {
    return await run(house)
  } finally {
    await house.close()
  }
}

beforeAll(async () => {
  const founding = { origin: 'log.example/record', zone: '+08:00', place: '430726', cost: CHEAP }
  const people = [
    { login: 'gly-001', role: 'administrator', name: '管理员', password: 'Founding-pass-1' },
    { login: 'aqy-001', role: 'security-officer', name: '安全员', password: 'Founding-pass-2' },
  ] as const
  const regions = join(root, 'regions.csv')
  writeFileSync(regions, SMALL_REGIONS)
  const house = await initHouse(folder, { ...founding, people, regions }, world)
  try {
    const [administrator, officer] = [await personByLogin(house, 'gly-001'), await personByLogin(house, 'aqy-001')]
    const one = { login: 'jbr-001', name: '经办', role: 'county-clerk', place: '430726' }
    const keepers = { administrator: administrator!, officer: officer! }
    const made = await addSamplePeople(house, keepers, () => 'First-pass-word-1', CHEAP, { people: [one], firms: [] })
    clerk = made.people.get('jbr-001')!
    const own = await newPassword(
      { store: house.store, random: world.random },
      { person: clerk, present: 'First-pass-word-1', password: 'Own-pass-word-2' },
    )
    if (!('hash' in own)) throw new Error(own.map((p) => p.en).join())
    const changed = await house.recorder.submit({
      id: house.newId(),
      command: 'changePassword',
      input: { ...own },
      person: clerk,
      role: 'county-clerk',
    })
    expect(changed.ok).toBe(true)
  } finally {
    await house.close()
  }
  process.env['QINGSHAN_PASSWORD'] = 'Own-pass-word-2'
})
afterAll(() => {
  delete process.env['QINGSHAN_PASSWORD']
  process.exitCode = 0
  rmSync(root, { recursive: true, force: true })
})

const typed = async (o: ImportOptions, rows: readonly (readonly string[])[]): Promise<string> => {
  writeFileSync(file, writeCsv([['户主姓名', '户号', '身份证号', '人口', '所在村', '备注'], ...rows]))
  const said: string[] = []
  const options = { data: folder, as: 'jbr-001', place: '430726', option: ['since=2026-01-01'], ...o }
  await importCommand('households', file, options, { out: (s) => said.push(s) })
  return said.join('\n')
}
const checked = async (): Promise<JsonObject> => {
  const said: string[] = []
  await check({ data: folder, json: true }, { out: (s) => said.push(s) })
  return JSON.parse(said.join('')) as JsonObject
}
const found = (value: string): Promise<readonly JsonObject[]> =>
  inHouse(async (house) => {
    const answer = await house.ask({
      query: 'findParties',
      input: { by: 'id-number', value },
      person: clerk,
      role: 'county-clerk',
    })
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.en).join())
    return answer.rows
  })
const ROWS = [
  ['示范户甲', '001', IDS[0]!, '4', VILLAGE, ''],
  ['示范户乙', '002', IDS[1]!, '3', VILLAGE, '低保'],
]

test('a clerk looks, corrects, gives a reason and brings a list in; the same list is not brought in twice', async () => {
  const wrong = await typed({}, [[...ROWS[0]!.slice(0, 2), '430725195001010019', '4', VILLAGE, ''], ROWS[1]!])
  expect(wrong).toContain('农户.csv › C2')
  expect(wrong).not.toContain('430725195001010019')
  const looked = await typed({ preview: true }, ROWS)
  expect(looked).toContain('imports.columns-left-out')
  expect(await typed({ accept: true }, ROWS)).toContain('imports.columns-left-out')
  expect(await found(IDS[0]!)).toEqual([])
  const reason = ['imports.columns-left-out=备注列不用导入']
  expect(await typed({ accept: true, reason }, ROWS)).toContain('households-imported')
  expect(await typed({ accept: true, reason }, ROWS)).toContain('imports.done-already')
  const [party] = await found(IDS[0]!)
  expect(party).toMatchObject({
    kind: 'household',
    householdCode: '001',
    people: 4,
    personName: '＊＊＊',
    idNumber: '＊＊＊',
  })
  expect((await checked())['problems']).toEqual([])
})

test('a lost database is made again from journal and file, a lost key is missed, and the old key brings all of it back', async () => {
  const places = placesOf(folder)
  const before = await found(IDS[1]!)
  expect(before).toHaveLength(1)
  rmSync(places.database, { recursive: true })
  expect((await checked())['problems']).toEqual([])
  expect(await found(IDS[1]!)).toEqual(before)
  renameSync(places.personalKey, `${places.personalKey}.kept`)
  // With the database at hand a new key finds all the same.
  expect(await found(IDS[1]!)).toEqual(before)
  rmSync(places.database, { recursive: true })
  await expect(openHouse(folder, world)).rejects.toThrow('imports.digest-differs')
  renameSync(`${places.personalKey}.kept`, places.personalKey)
  expect(await found(IDS[1]!)).toEqual(before)
  expect((await checked())['problems']).toEqual([])
})
