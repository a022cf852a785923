// What a signed-in person is told of themselves: name, roles with their places, whether the password must be changed.

import { civilDateIn, type CivilDate, type Json, type Uuid } from '../../kernel/index.ts'
import { directory, PASSWORD_AGE_DAYS, passwordAge, rolesOf, type FoundSession } from '../../core/identity/index.ts'
import { sql } from '../../core/store/index.ts'
import type { House } from '../house/index.ts'

interface Row {
  readonly login: string
  readonly name: string | null
  readonly changed: string | null
}

/** The answer of `GET /api/v1/session`. */
export async function accountOf(
  house: House,
  { person, mustChange }: Pick<FoundSession, 'person' | 'mustChange'>,
): Promise<Json> {
  const today = civilDateIn(house.world.now(), house.settings.zone)
  // One's own name is shown to oneself, whatever the grade of the role.
  const [row] = await house.store.query<Row>(
    sql`select p.login, v.value as name, c.changed from person p left join personal_value v on v.commitment = p.name
        left join credential c on c.person = p.id where p.id = ${person}`,
  )
  const held = await rolesOf(house.store, house.roles, person, today)
  const names = await directory.owners(house.store, [...new Set(held.flatMap((h) => h.places.map((p) => p.place)))])
  return {
    person: { id: person, login: row!.login, name: row!.name ?? row!.login },
    roles: held.map(({ role, places }) => ({
      role: role.id,
      title: { ...role.title },
      opens: { ...role.opens },
      places: places.map(({ place, organisation }) => ({
        code: place,
        name: names.get(place) ?? place,
        ...(organisation === undefined ? {} : { organisation }),
      })),
    })),
    mustChange,
    ...(row!.changed === null ? {} : { passwordAge: passwordAge(row!.changed as CivilDate, today, PASSWORD_AGE_DAYS) }),
  }
}

/** A role in which the person may change what is their own; any will do. */
export async function anyRole(house: House, person: Uuid): Promise<string | undefined> {
  const today = civilDateIn(house.world.now(), house.settings.zone)
  return (await rolesOf(house.store, house.roles, person, today))[0]?.role.id
}
