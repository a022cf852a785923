// A house with an accounting office for the journeys through an account: the sample county among its regions, people in their
// roles, cheap hashes; every account comes in as people bring it in. Served from this process, or founded only, for a program of
// its own that a journey kills.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newPassword, type PasswordCost } from '../../src/core/identity/index.ts'
import { sampleRegionRows } from '../../src/domains/accounting/index.ts'
import { instantOfMs, type Instant, type Json, type Uuid } from '../../src/kernel/index.ts'
import {
  addSamplePeople,
  initHouse,
  openServer,
  personByLogin,
  SAMPLE_FIRMS,
  type House,
  type Server,
  type World,
} from '../../src/server/index.ts'

export const COUNTY = '439901'
export const PASSWORD = 'correct-Horse-7'
/** What the administrator set; it is good for one sign-in. */
export const FIRST = 'Founding-pass-1'
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

export interface Seat {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly place: string
  /** Key of the sample firm it belongs to. */
  readonly firm?: string
  /** Still has the password that was set for them. */
  readonly isNew?: true
}

export const PEOPLE: readonly Seat[] = [
  { login: 'hsy-001', name: '核算甲', role: 'technician', place: COUNTY },
  { login: 'shy-001', name: '审核乙', role: 'reviewer', place: COUNTY },
  { login: 'sbg-001', name: '省办丙', role: 'provincial-office', place: '430000' },
]
const KEEPERS = [
  { login: 'gly-001', role: 'administrator', name: '管理员', password: FIRST },
  { login: 'aqy-001', role: 'security-officer', name: '安全员', password: FIRST },
] as const

const world: World = {
  checkout: '.',
  now: () => instantOfMs(Date.now()),
  random: (n) => Uint8Array.from(randomBytes(n)),
  pid: process.pid,
}
const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

export interface Founded {
  readonly house: House
  /** The sample firms by their keys. */
  readonly firms: ReadonlyMap<string, Uuid>
  readonly people: ReadonlyMap<string, Uuid>
  act(who: string, command: string, input: Json): Promise<Json>
  /** Registers a package as the technician's. @returns the id of the account */
  register(bytes: Uint8Array): Promise<string>
  /** From 试算 to 正式, by the two others. */
  signOff(account: string): Promise<void>
}

export interface FoundingWish {
  readonly people?: readonly Seat[]
  /** Of a server; left out: the embedded database. */
  readonly databaseUrl?: string
  /** What the hashes of people's own passwords cost; the program itself takes none that cost less than its own. */
  readonly cost?: PasswordCost
  /** Beside the sample firms. */
  readonly firms?: readonly {
    readonly key: string
    readonly name: string
    readonly code: string
    readonly place: string
  }[]
  /** The clock of the house; left out, the machine's. */
  readonly now?: () => Instant
}

/** Founds the house in `home/data` and lets its people in. */
export async function foundAccountHouse(home: string, more: FoundingWish = {}): Promise<Founded> {
  const seats = [...PEOPLE, ...(more.people ?? [])]
  const regions = join(home, 'regions.csv')
  const small = readFileSync('test/fixtures/regions-small.csv', 'utf8').trimEnd()
  writeFileSync(regions, `${small}\n${sampleRegionRows().join('\n')}\n`)
  const house = await initHouse(
    join(home, 'data'),
    {
      origin: 'log.example/record',
      zone: '+08:00',
      place: '430000',
      cost: CHEAP,
      regions,
      people: KEEPERS,
      ...(more.databaseUrl === undefined ? {} : { databaseUrl: more.databaseUrl }),
    },
    { ...world, ...(more.now ? { now: more.now } : {}) },
  )
  const [administrator, officer] = await Promise.all(KEEPERS.map((k) => personByLogin(house, k.login)))
  const { people, firms } = await addSamplePeople(
    house,
    { administrator: administrator!, officer: officer! },
    () => FIRST,
    CHEAP,
    { people: seats, firms: [...SAMPLE_FIRMS, ...(more.firms ?? [])] },
  )
  const ids = new Map([...people, ['gly-001', administrator!], ['aqy-001', officer!]])
  const roleOf = (login: string): string => [...seats, ...KEEPERS].find((p) => p.login === login)!.role
  const act = async (login: string, command: string, input: Json): Promise<Json> => {
    const outcome = await house.recorder.submit({
      id: house.newId(),
      command,
      input,
      person: ids.get(login)!,
      role: roleOf(login),
    })
    if (!outcome.ok) throw new Error(`${command}: ${outcome.problems.map((p) => `${p.code} ${p.en}`).join('; ')}`)
    return outcome.receipt.answer
  }
  for (const p of [...seats.filter((s) => !s.isNew), ...KEEPERS]) {
    const made = await newPassword(
      { store: house.store, random: world.random, cost: more.cost ?? CHEAP },
      { person: ids.get(p.login)!, present: FIRST, password: PASSWORD },
    )
    if (!('hash' in made)) throw new Error(p.login)
    await act(p.login, 'changePassword', { ...made })
  }
  const answer = <T>(json: Json): T => json as unknown as T
  return {
    house,
    firms,
    people: ids,
    act,
    register: async (bytes) => {
      const { hash } = await house.files.put(bytes)
      return answer<{ account: string }>(await act('hsy-001', 'registerAccount', { place: COUNTY, package: hash }))
        .account
    },
    signOff: async (account) => {
      for (const [to, by] of [
        ['preliminary', 'shy-001'],
        ['official', 'sbg-001'],
      ] as const) {
        const { request } = answer<{ request: Uuid }>(await act('hsy-001', 'advanceAccount', { account, to }))
        await act(by, 'approve', { request })
      }
    },
  }
}

export interface AccountHouse extends Founded {
  readonly server: Server
  readonly address: string
  close(): Promise<void>
}

export async function openAccountHouse(
  people: readonly Seat[] = [],
  more: Pick<FoundingWish, 'firms' | 'now'> = {},
): Promise<AccountHouse> {
  const home = mkdtempSync(join(tmpdir(), 'qs-account-'))
  const founded = await foundAccountHouse(home, { people, ...more })
  const { house } = founded
  const server = await openServer(house, {
    engine: 'qingshan test',
    secure: false,
    cost: CHEAP,
    // Many people sign in from this one address.
    limits: { signInsPerMinute: 1_000 },
    workbench: dist('workbench'),
    entry: dist('main.mjs'),
    verifierScript: readFileSync(dist('verifier-page.js'), 'utf8'),
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...founded,
    server,
    address,
    close: async () => {
      await server.close()
      await house.close().catch(() => undefined)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
