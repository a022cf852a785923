// How long a session is believed that somebody else has ended meanwhile.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSession, revokeSessions } from '../../core/identity/index.ts'
import { openServed, type Served } from './server.fixture.ts'
import { BELIEVED_MS, sessionCache, type Sessions } from './session-cache.ts'
import { signInWorld } from './session-routes.ts'

let served: Served
let clock = 0
let sessions: Sessions
let token: string
let id: string
beforeAll(async () => {
  served = await openServed()
})
afterAll(() => served.close())
beforeEach(async () => {
  const { house } = served
  sessions = sessionCache(
    { house, writes: () => 0, acts: () => ({ accepted: 0, refused: 0, waiting: 0 }) },
    () => clock,
  )
  const world = signInWorld({ house, options: { engine: 'x', secure: false } } as never)
  ;({ token, id } = await openSession(world, { person: person(), method: 'oidc' }))
})

const person = () => served.people.get('shifan-jbr')!
const isOpen = async (): Promise<boolean> => !('code' in (await sessions.find(token)))
/** As another process does it: straight in the database, without a word to this one. */
const endElsewhere = async (): Promise<void> => {
  const { store, world } = served.house
  expect(await revokeSessions({ store, now: world.now }, { person: person(), id: id as never, why: 'revoked' })).toBe(1)
}

test('what another process ends is believed for a quarter of a second and no longer', async () => {
  expect(await isOpen()).toBe(true)
  await endElsewhere()
  clock += BELIEVED_MS - 1
  expect(await isOpen()).toBe(true)
  clock += 1
  expect(await isOpen()).toBe(false)
  expect(BELIEVED_MS).toBeLessThanOrEqual(250)
})

test('what this process ends counts at once', async () => {
  expect(await isOpen()).toBe(true)
  await endElsewhere()
  sessions.forget()
  expect(await isOpen()).toBe(false)
})

test('a look-up that began before an ending is not believed after it', async () => {
  const underWay = isOpen()
  sessions.forget()
  expect(await underWay).toBe(true)
  await endElsewhere()
  expect(await isOpen()).toBe(false)
})
