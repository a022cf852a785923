// A PostgreSQL server that is killed under load and comes back: whoever was not answered is told so and may submit again
// with the same id; nothing acknowledged is lost; the program goes on without being started anew. And the program itself
// killed under load, with the server living on.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresPrograms, startPostgres } from '../../tools/postgres.mjs'
import { chance } from '../laws/ledger-histories.ts'
import { Clients } from './crash-load.ts'
import { startOffice, type OfficeProcess } from './crash-process.ts'
import { storyFolder } from './folders.ts'

const ROUNDS = Number(process.env['QINGSHAN_SOAK'] ?? 2)
const SEED = Number(process.env['QINGSHAN_SEED'] ?? Date.now() % 100_000)

describe.runIf(postgresPrograms() !== undefined)('a server that is killed', () => {
  const home = storyFolder('crash-server')
  let server: Awaited<ReturnType<typeof startPostgres>>
  let office: OfficeProcess
  beforeAll(async () => {
    server = await startPostgres({ durable: true })
    office = await started()
  })
  afterAll(async () => {
    await office.stop()
    await server.stop()
  })

  async function started(): Promise<OfficeProcess> {
    const made = await startOffice(home, server.url())
    if (!('submit' in made)) throw new Error(`did not start: ${made.join(' ')}`)
    return made
  }
  const pause = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms))

  test(`loses nothing that was acknowledged (seed ${SEED})`, async () => {
    const c = chance(SEED)
    const clients = new Clients(c)
    await clients.found(office.submit)
    for (let round = 0; round < ROUNDS; round++) {
      const until = clients.acknowledged.size + 20 + c.below(200)
      const working = clients.work(office.submit, () => false)
      while (clients.acknowledged.size < until) await pause(1 + c.below(5))
      if (c.below(3) === 0 || round === 1) {
        await office.kill()
        await working
        office = await started()
      } else {
        server.kill()
        await working
        const told = await office.submit({ ...clients.unanswered[0]! })
        expect(told?.ok === false && told.problems.map((p) => p.code)).toEqual(['store.unreachable'])
        await server.restart()
      }
      expect(await clients.settle(office.submit), `round ${round}`).toEqual([])
      expect(await office.audit(), `round ${round}`).toEqual([])
    }
  })
})
