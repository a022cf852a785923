// A house with an accounting office for the journeys through an account: the sample county among its regions, one person of each
// of the three roles, a server with the workbench and its runs. Cheap hashes; every account comes in as people bring it in.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newPassword } from '../../src/core/identity/index.ts'
import { sampleRegionRows } from '../../src/domains/accounting/index.ts'
import { instantOfMs, type Json, type Uuid } from '../../src/kernel/index.ts'
import {
  addSamplePeople,
  initHouse,
  openServer,
  personByLogin,
  type House,
  type Server,
  type World,
} from '../../src/server/index.ts'

export const COUNTY = '439901'
export const PASSWORD = 'correct-Horse-7'
const FIRST = 'Founding-pass-1'
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

export const PEOPLE = [
  { login: 'hsy-001', name: '核算甲', role: 'technician', place: COUNTY },
  { login: 'shy-001', name: '审核乙', role: 'reviewer', place: COUNTY },
  { login: 'sbg-001', name: '省办丙', role: 'provincial-office', place: '430000' },
] as const
export type Login = (typeof PEOPLE)[number]['login']

const world: World = {
  checkout: '.',
  now: () => instantOfMs(Date.now()),
  random: (n) => Uint8Array.from(randomBytes(n)),
  pid: process.pid,
}
const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

export interface AccountHouse {
  readonly house: House
  readonly server: Server
  readonly address: string
  act(who: Login, command: string, input: Json): Promise<Json>
  close(): Promise<void>
}

export async function openAccountHouse(): Promise<AccountHouse> {
  const home = mkdtempSync(join(tmpdir(), 'qs-account-'))
  const regions = join(home, 'regions.csv')
  const small = readFileSync('test/fixtures/regions-small.csv', 'utf8').trimEnd()
  writeFileSync(regions, `${small}\n${sampleRegionRows().join('\n')}\n`)
  const keepers = [
    { login: 'gly-001', role: 'administrator', name: '管理员', password: FIRST },
    { login: 'aqy-001', role: 'security-officer', name: '安全员', password: FIRST },
  ] as const
  const house = await initHouse(
    join(home, 'data'),
    { origin: 'log.example/record', zone: '+08:00', place: '430000', cost: CHEAP, regions, people: keepers },
    world,
  )
  const [administrator, officer] = await Promise.all(keepers.map((k) => personByLogin(house, k.login)))
  const { people } = await addSamplePeople(
    house,
    { administrator: administrator!, officer: officer! },
    () => FIRST,
    CHEAP,
    { people: PEOPLE, firms: [] },
  )
  const submit = async (person: Uuid, role: string, command: string, input: Json): Promise<Json> => {
    const outcome = await house.recorder.submit({ id: house.newId(), command, input, person, role })
    if (!outcome.ok) throw new Error(`${command}: ${outcome.problems.map((p) => `${p.code} ${p.en}`).join('; ')}`)
    return outcome.receipt.answer
  }
  for (const p of PEOPLE) {
    const person = people.get(p.login)!
    const made = await newPassword(
      { store: house.store, random: world.random, cost: CHEAP },
      { person, present: FIRST, password: PASSWORD },
    )
    if (!('hash' in made)) throw new Error(p.login)
    await submit(person, p.role, 'changePassword', { ...made })
  }
  const server = await openServer(house, {
    engine: 'qingshan test',
    secure: false,
    cost: CHEAP,
    workbench: dist('workbench'),
    entry: dist('main.mjs'),
    verifierScript: readFileSync(dist('verifier-page.js'), 'utf8'),
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    house,
    server,
    address,
    act: (who, command, input) => submit(people.get(who)!, PEOPLE.find((p) => p.login === who)!.role, command, input),
    close: async () => {
      await server.close()
      await house.close().catch(() => undefined)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
