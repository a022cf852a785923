// The house that `npm start` shows (示范数据): founded with the sample county among its regions and three people who work on its
// account. Their passwords are theirs already, so that whoever tries the house can sign in at once; they are told this once.
// Always holds: a folder is a whole sample house or none; nothing of it is in a house that was founded otherwise.

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError, type Json, type Uuid } from '../../kernel/index.ts'
import { firstPassword, newPassword } from '../../core/identity/index.ts'
import { sampleRegionRows } from '../../domains/accounting/index.ts'
import { writeWhole } from './data-folder.ts'
import { initHouse } from './init-house.ts'
import type { House, World } from './open-house.ts'
import { addSamplePeople, personByLogin, SAMPLE_ACCOUNTANTS, type SamplePerson } from './sample-people.ts'

export interface SampleHouse {
  readonly house: House
  readonly people: readonly (SamplePerson & { readonly id: Uuid; readonly password: string })[]
}

const KEEPERS = [
  { login: 'gly-001', role: 'administrator', name: '系统管理员' },
  { login: 'aqy-001', role: 'security-officer', name: '安全管理员' },
] as const

/** @param folder must not be there yet @throws ProblemError `house.…`; then the folder is gone again */
export async function foundSampleHouse(folder: string, world: World): Promise<SampleHouse> {
  const regions = `${folder}-regions.csv`
  const real = await readFile(join(world.checkout, 'regions', 'regions.csv'), 'utf8')
  await writeWhole(regions, `${real.trimEnd()}\n${sampleRegionRows().join('\n')}\n`)
  let house: House | undefined
  try {
    house = await initHouse(
      folder,
      {
        origin: 'qingshan-sample.local/record',
        zone: '+08:00',
        place: '430000',
        people: KEEPERS.map((p) => ({ ...p, password: firstPassword(world.random, p.login) })),
        regions,
      },
      world,
    )
    return { house, people: await admitted(house) }
  } catch (e) {
    await house?.close()
    await rm(folder, { recursive: true, force: true })
    throw e
  } finally {
    await rm(regions, { force: true })
  }
}

async function admitted(house: House): Promise<SampleHouse['people']> {
  const { random } = house.world
  const first = new Map(SAMPLE_ACCOUNTANTS.map((p) => [p.login, firstPassword(random, p.login)]))
  const [administrator, officer] = await Promise.all(KEEPERS.map((p) => personByLogin(house, p.login)))
  const { people } = await addSamplePeople(
    house,
    { administrator: administrator!, officer: officer! },
    (login) => first.get(login)!,
    undefined,
    { people: SAMPLE_ACCOUNTANTS, firms: [] },
  )
  const all: SampleHouse['people'][number][] = []
  for (const p of SAMPLE_ACCOUNTANTS) {
    const id = people.get(p.login)!
    const password = firstPassword(random, p.login)
    const hash = await newPassword(
      { store: house.store, random },
      { person: id, present: first.get(p.login)!, password },
    )
    if (!('hash' in hash)) throw new ProblemError(hash)
    await submitAs(house, { id, role: p.role }, 'changePassword', { ...hash })
    all.push({ ...p, id, password })
  }
  return all
}

/** Submits as one of the sample people. @returns the answer @throws ProblemError if it is refused */
export async function submitAs(
  house: House,
  by: { readonly id: Uuid; readonly role: string },
  command: string,
  input: Json,
): Promise<Json> {
  const outcome = await house.recorder.submit({ id: house.newId(), command, input, person: by.id, role: by.role })
  if (!outcome.ok) throw new ProblemError(outcome.problems)
  return outcome.receipt.answer
}
