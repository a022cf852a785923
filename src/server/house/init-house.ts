// Makes a data folder: settings, the log's key, an empty database, the regions in force, and the first people: administrator and
// security officer, two different ones, who let everybody else in (三员分立). Their passwords are good for one sign-in.
// Always holds: the folder is complete or it is no data folder: the settings are written last.

import { mkdir } from 'node:fs/promises'
import { civilDateIn, ProblemError, type Json, type Uuid } from '../../kernel/index.ts'
import { makeKey } from '../../core/evidence/index.ts'
import {
  loadRegionsInput,
  newPassword,
  stageRegions,
  SYSTEM_PERSON,
  type PasswordCost,
} from '../../core/identity/index.ts'
import type { Receipt } from '../../core/record/index.ts'
import { placesOf, requireEmpty, writeSettings, writeWhole } from './data-folder.ts'
import { openHouse, readRegionsFile, type House, type World } from './open-house.ts'

export interface FirstPerson {
  readonly login: string
  readonly role: 'administrator' | 'security-officer'
  readonly name: string
  readonly password: string
}

export interface Founding {
  readonly origin: string
  readonly zone: string
  /** Region whose people they are. */
  readonly place: string
  readonly people: readonly FirstPerson[]
  readonly databaseUrl?: string
  /** File of regions; left out: the one that comes along (Hunan and Guizhou). */
  readonly regions?: string
  readonly cost?: PasswordCost
}

/** @throws ProblemError `house.not-empty` and whatever speaks against the people */
export async function initHouse(folder: string, founding: Founding, world: World): Promise<House> {
  requireEmpty(folder)
  await mkdir(folder, { recursive: true })
  const key = makeKey(founding.origin, 'ed25519', world.random)
  await writeWhole(placesOf(folder).key, `${key.signerKey}\n`, 0o600)
  await writeSettings(folder, {
    origin: founding.origin,
    zone: founding.zone,
    verifierKey: key.verifierKey,
    witnesses: [],
  })
  const house = await openHouse(folder, world, founding.databaseUrl)
  try {
    await putRegionsInForce(house, founding.regions ?? `${world.checkout}/regions/regions.csv`)
    for (const person of founding.people) await admit(house, founding, person)
    return house
  } catch (e) {
    await house.close()
    throw e
  }
}

/** Submits as the system. @throws ProblemError if it is refused */
export async function asSystem(house: House, command: string, input: Json): Promise<Receipt> {
  const outcome = await house.recorder.submit({
    id: house.newId(),
    command,
    input,
    person: SYSTEM_PERSON,
    role: 'system',
  })
  if (!outcome.ok) throw new ProblemError(outcome.problems)
  return outcome.receipt
}

/** The file is kept in the data folder: a database that is rebuilt fills in the same edition. */
async function putRegionsInForce(house: House, file: string): Promise<void> {
  const { text, heading, rows, hash } = await readRegionsFile(file)
  await writeWhole(placesOf(house.folder).regions, text)
  await stageRegions(house.store, rows, hash)
  await asSystem(house, 'loadRegions', loadRegionsInput({ heading, rows }, hash) as Json)
}

async function admit(house: House, founding: Founding, first: FirstPerson): Promise<void> {
  const made = await asSystem(house, 'registerPerson', { login: first.login, name: first.name, place: founding.place })
  const person = (made.answer as { readonly person: Uuid }).person
  const hash = await newPassword(
    { store: house.store, random: house.world.random, ...(founding.cost ? { cost: founding.cost } : {}) },
    { person, password: first.password },
  )
  if (!('hash' in hash)) throw new ProblemError(hash)
  await asSystem(house, 'resetPassword', { ...hash })
  await asSystem(house, 'grantRole', {
    person,
    role: first.role,
    place: founding.place,
    from: civilDateIn(house.world.now(), founding.zone),
  })
}
