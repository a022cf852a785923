// A house for tests of people: a database of an engine with the record over it, a clock that is set by hand, the shipped
// roles, a small country, the first administrator and security officer.

import { randomBytes } from 'node:crypto'
import {
  addMs,
  civilDate,
  idMaker,
  instant,
  type Instant,
  type Json,
  type JsonObject,
  type Uuid,
} from '../../kernel/index.ts'
import { indicatorMigrations } from '../indicators/index.ts'
import { ledgerMigrations } from '../ledger/index.ts'
import {
  ask,
  openRecorder,
  recordDomain,
  recordMigrations,
  registryOf,
  type Recorder,
  type Registry,
} from '../record/index.ts'
import { parseRuleBook } from '../rules/index.ts'
import { openTestStore, type TestStore } from '../store/fresh-store.fixture.ts'
import type { Engine } from '../store/index.ts'
import { identityDomain } from './domain.ts'
import { smallRegions } from './identity.fixture.ts'
import { newPassword } from './new-password.ts'
import type { PasswordCost } from './password-hash.ts'
import { keepingPermit, permitOf, scopesOf, SYSTEM_PERSON as SYSTEM } from './permit.ts'
import { loadRegionsInput, stageRegions } from './regions/stage-regions.ts'
import { loadRoles } from './roles/read-roles.ts'
import { identityMigrations } from './schema.ts'
import type { SignInWorld } from './sign-in.ts'

export const CHEAP: PasswordCost = { memoryKib: 8, passes: 1, lanes: 1 }
export { SYSTEM_PERSON as SYSTEM } from './permit.ts'
export const START = instant('2026-03-02T01:00:00Z')
export const PASSWORD = 'correct-Horse-7'

const random = (n: number): Uint8Array => randomBytes(n)
const { book: roles } = await loadRoles('roles')

export interface Who {
  readonly person: Uuid
  readonly role: string
}

export interface House {
  readonly store: TestStore
  readonly recorder: Recorder
  readonly world: SignInWorld
  /** Moves the clock on. */
  wait(ms: number): void
  /** The answer of an act, `ok` where it has none, or the codes of its problems. */
  act(who: Who, command: string, input: Json): Promise<Json>
  /** The rows of an answer, or the codes of its problems. */
  ask(who: Who, query: string, input?: Json): Promise<readonly JsonObject[] | string>
  /** A person with a password, and a grant where a role is named. */
  person(login: string, grant?: Readonly<Record<string, string>>): Promise<Uuid>
  readonly administrator: Who
  readonly officer: Who
  /** Empties the database and sets the house up again. */
  again(): Promise<void>
  close(): Promise<void>
}

export async function openHouse(engine: Engine): Promise<House> {
  const store = await openTestStore(engine, [
    ...recordMigrations,
    ...indicatorMigrations,
    ...ledgerMigrations,
    ...identityMigrations,
  ])
  let clock: Instant = START
  const now = (): Instant => clock
  const newId = idMaker({ now, random })
  const registry: Registry = registryOf([recordDomain((name) => registry.findCommand(name)), identityDomain(roles)])
  const open = (): Promise<Recorder> =>
    openRecorder({
      store,
      registry,
      permit: engine === 'pglite' ? keepingPermit(roles) : permitOf(roles),
      rules: parseRuleBook([]).book,
      now,
      random,
      zone: '+08:00',
    })
  let recorder = await open()
  const house = {
    store,
    get recorder() {
      return recorder
    },
    world: {
      store,
      now,
      random,
      newId,
      note: (changes) => recorder.writeLoose(changes),
      zone: '+08:00',
      cost: CHEAP,
    } satisfies SignInWorld,
    wait: (ms: number) => {
      clock = addMs(clock, ms)
    },
    act: async ({ person, role }: Who, command: string, input: Json): Promise<Json> => {
      const outcome = await recorder.submit({ id: newId(), command, input, person, role })
      if (!outcome.ok) return outcome.problems.map((p) => p.code).join(' ')
      return Object.keys(outcome.receipt.answer ?? {}).length === 0 ? 'ok' : outcome.receipt.answer
    },
    ask: async ({ person, role }: Who, query: string, input: Json = {}) => {
      const answer = await ask({ registry, scopeOf: scopesOf(roles), today: civilDate('2026-03-02') }, store, {
        query,
        input,
        person,
        role,
      })
      return answer.ok ? answer.rows : answer.problems.map((p) => p.code).join(' ')
    },
    administrator: { person: SYSTEM, role: 'administrator' },
    officer: { person: SYSTEM, role: 'security-officer' },
    close: async () => {
      await recorder.close()
      await store.close()
    },
  }
  const system: Who = { person: SYSTEM, role: 'system' }
  const person = async (login: string, grant?: Readonly<Record<string, string>>): Promise<Uuid> => {
    const by = house.administrator.person === SYSTEM ? system : house.administrator
    const made = await house.act(by, 'registerPerson', {
      login,
      name: `名-${login}`,
      phone: '0736-6622000',
      place: '430000',
    })
    const id = (made as { person: Uuid }).person
    const hash = await newPassword(house.world, { person: id, password: PASSWORD })
    if ('length' in hash) throw new Error(hash.map((p) => p.code).join(' '))
    const set = await house.act(by, 'resetPassword', { ...hash })
    if (set !== 'ok') throw new Error(String(set))
    if (grant) {
      const officer = house.officer.person === SYSTEM ? system : house.officer
      const given = { place: '430000', from: '2026-01-01', ...grant }
      const granted = await house.act(officer, 'grantRole', { person: id, ...given } as Json)
      if (typeof granted === 'string') throw new Error(granted)
    }
    return id
  }
  const setUp = async (): Promise<void> => {
    clock = START
    recorder = await open()
    const { reading, fileHash } = smallRegions()
    await stageRegions(store, reading.rows, fileHash)
    const { heading, rows } = reading
    if (!heading) throw new Error('no heading')
    const loaded = await house.act(system, 'loadRegions', loadRegionsInput({ heading, rows }, fileHash) as Json)
    if (typeof loaded === 'string') throw new Error(loaded)
    house.administrator = { person: SYSTEM, role: 'administrator' }
    house.officer = { person: SYSTEM, role: 'security-officer' }
    const admin = await person('gly-001', { role: 'administrator' })
    const officer = await person('aqy-001', { role: 'security-officer' })
    house.administrator = { person: admin, role: 'administrator' }
    house.officer = { person: officer, role: 'security-officer' }
  }
  const again = async (): Promise<void> => {
    await recorder.close()
    await store.empty()
    await setUp()
  }
  await setUp()
  return Object.assign(house, { person, again })
}
