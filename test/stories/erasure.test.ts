// Personal values are erased by an act: from the database, from the journal, and after a process that ended in between; the log
// stays whole, and the check of the record knows what was erased by whom.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ProblemError } from '../../src/kernel/index.ts'
import { checkRecord, openRecorder, recordProblem } from '../../src/core/record/index.ts'
import { sql } from '../../src/core/store/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { nurseryDomain, nurseryMigrations } from '../nursery.fixture.ts'
import { CLERK, codes, done, openTestHouse, type TestHouse } from '../record-house.fixture.ts'

const NAME = '要被忘记的人'

describe.each(ENGINES)('erasure on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [nurseryDomain], migrations: nurseryMigrations })
  })
  beforeEach(() => house.fresh())
  afterAll(() => house.close())

  const act = (command: string, input: unknown, recorder = house.recorder) =>
    recorder.submit({ id: house.id(), command, input, person: CLERK, role: 'clerk' })
  const enrol = async (): Promise<string> => done(await act('enrolGrower', { name: NAME })).act
  const journalText = (): string =>
    house.journalDir === undefined
      ? ''
      : readdirSync(house.journalDir)
          .map((f) => readFileSync(join(house.journalDir!, f), 'utf8'))
          .join('')
  const kept = () => house.store.query(sql`select value from personal_value where value = ${NAME}`)
  const findings = async (): Promise<readonly string[]> => {
    const found: string[] = []
    await checkRecord(house.store, house.recorder.registry, { tell: (p) => found.push(p.code) })
    return found
  }

  test('what an act erases is nowhere any more, and the check of the record agrees', async () => {
    const grower = await enrol()
    expect(await kept()).toHaveLength(1)
    if (engine === 'pglite') expect(journalText()).toContain(NAME)
    done(await act('forgetGrower', { grower }))
    expect(await kept()).toEqual([])
    expect(journalText()).not.toContain(NAME)
    expect(await findings()).toEqual([])
  })

  test('a value that comes back is found', async () => {
    const grower = await enrol()
    const rows = await house.store.query<{ commitment: string; salt: Uint8Array }>(
      sql`select commitment, salt from personal_value where value = ${NAME}`,
    )
    done(await act('forgetGrower', { grower }))
    await house.store.query(
      sql`update personal_value set value = ${NAME}, salt = ${rows[0]!.salt} where commitment = ${rows[0]!.commitment}`,
    )
    expect(await findings()).toEqual(['check.personal-stands'])
  })

  if (engine === 'pglite')
    test('an erasure that the journal missed is finished at the next start', async () => {
      const grower = await enrol()
      const { options } = house.recorder
      const journal = {
        ...options.journal!,
        erase: () => Promise.reject(new ProblemError(recordProblem('record.reopen'))),
      }
      const failing = await openRecorder({ ...options, journal })
      expect(codes(await act('forgetGrower', { grower }, failing))).toEqual(['record.reopen'])
      expect(journalText()).toContain(NAME)
      await house.reopen()
      expect(journalText()).not.toContain(NAME)
      expect(await kept()).toEqual([])
    })
})
