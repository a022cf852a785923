// A house with an accounting office for tests: founded in a folder on either engine, its people let in, a small account of one
// county (the published numbers of Ganzi under the county's code) as files and as a package.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePackage, type InputList } from '../src/domains/accounting/index.ts'
import { instantOfMs, problemText, text, type Json, type Uuid } from '../src/kernel/index.ts'
import { initHouse, openHouse, personByLogin, type House, type World } from '../src/server/index.ts'
import { accountOf, ganziFolder, putList, rules, type Folder } from './stories/folders.ts'

export const COUNTY = '430725'
export const YEAR = 2010

const world: World = {
  checkout: '.',
  now: () => instantOfMs(Date.now()),
  random: (n) => Uint8Array.from(randomBytes(n)),
  pid: process.pid,
}
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

/** Role by login; everybody acts in the county, the office of the province in the province. */
export const STAFF = {
  'jsy-001': 'technician',
  'jsy-002': 'technician',
  'tby-001': 'county-clerk',
  'shy-001': 'reviewer',
  'shy-002': 'reviewer',
  'sb-001': 'provincial-office',
  'db-001': 'deputy',
} as const
export type Login = keyof typeof STAFF

export interface Office {
  readonly folder: string
  readonly url: string | undefined
  readonly people: Readonly<Record<Login, Uuid>>
}

/** Founds a house and lets its people in. */
export async function foundOffice(folder: string, url: string | undefined): Promise<Office> {
  const founding = {
    origin: 'log.example/record',
    zone: '+08:00',
    place: '430000',
    cost: CHEAP,
    regions: 'test/fixtures/regions-small.csv',
    people: [
      { login: 'gly-001', role: 'administrator', name: '管理员', password: 'Founding-pass-1' },
      { login: 'aqy-001', role: 'security-officer', name: '安全员', password: 'Founding-pass-2' },
    ],
    ...(url === undefined ? { databaseUrl: '' } : { databaseUrl: url }),
  } as const
  const house = await initHouse(folder, founding, world)
  const idOf = async (login: string): Promise<Uuid> => (await personByLogin(house, login))!
  const admin = await idOf('gly-001')
  const officer = await idOf('aqy-001')
  const people: Partial<Record<Login, Uuid>> = {}
  for (const [login, role] of Object.entries(STAFF) as [Login, string][]) {
    const place = role === 'provincial-office' ? '430000' : COUNTY
    const made = await act(house, admin, 'administrator', 'registerPerson', { login, name: login, place })
    const { person } = made.answer as { readonly person: Uuid }
    await act(house, officer, 'security-officer', 'grantRole', { person, role, place, from: '2026-01-01' })
    people[login] = person
  }
  await house.close()
  return { folder, url, people: people as Record<Login, Uuid> }
}

export const openOffice = (office: Office): Promise<House> => openHouse(office.folder, world, office.url ?? '')

/** Submits and wants it accepted. @throws Error with the problems in words */
export async function act(house: House, person: Uuid, role: string, command: string, input: Json, id = house.newId()) {
  const outcome = await house.recorder.submit({ id, command, input, person, role })
  if (!outcome.ok)
    throw new Error(`${command}: ${outcome.problems.map((p) => `${p.code} ${problemText(p, 'en')}`).join('; ')}`)
  return outcome.receipt
}

/** A small account of the county: one place, published numbers, no maps. */
export function smallFolder(home: string, more: Partial<InputList> = {}): Folder {
  const given = ganziFolder(join(home, 'inputs'))
  const list: InputList = {
    ...given.list,
    title: text('示范县生态产品总值', 'GEP of a sample county'),
    region: { code: COUNTY, name: text('桃源县', 'Taoyuan') },
    ...more,
  }
  const folder = { ...given, list }
  putList(folder)
  return folder
}

/** Its package with the inputs inside. */
export function smallPackage(given: Folder): Uint8Array {
  const account = accountOf(given)
  const inputs = new Map(
    account.sources.map((s) => [s.file, Uint8Array.from(readFileSync(join(given.folder, s.file)))]),
  )
  return writePackage({ account, list: given.list, rules: rules.files, report: new Map(), inputs }).bytes
}
