// The question of the record runner, answered from the database: may these people run these commands here today? And the
// scope of a query. Grants are read once a batch, or kept where nobody else writes; regions are asked of the closure, never climbed.
// Always holds: a disabled person may do nothing; the system acts in the role `system` and nobody else does.

import { uuidFrom, type CivilDate, type Problem, type Uuid } from '../../kernel/index.ts'
import type { Actor, Permit, PermitAsk, ScopeOf } from '../record/index.ts'
import { join, list, sql, trusted, type Reader, type Sql } from '../store/index.ts'
import { keptGrants, pairOf, PERMIT_TABLES, type KeptGrants } from './kept-grants.ts'
import { effectiveGrants, mayRun, queryScope, type Grant, type World } from './permission.ts'
import type { Role, RoleBook } from './roles/role.ts'
import type { RoleGrantRow } from './schema.ts'

export const grantOf = (r: RoleGrantRow): Grant => ({
  id: r.id,
  person: r.person,
  role: r.role,
  place: r.place,
  from: r.valid_from as CivilDate,
  ...(r.organisation === null ? {} : { organisation: r.organisation }),
  ...(r.valid_to === null ? {} : { to: r.valid_to as CivilDate }),
  ...(r.stand_in_for === null ? {} : { standInFor: r.stand_in_for }),
})

/** The grants of people, and those of whom they stand in for. Who is disabled has none, and nobody stands in for them.
 *  @param held where others write too, they stay as they are until the transaction ends: a revocation waits for what is done under
 *    its grant and stands behind it in the log, and whoever comes meanwhile waits for the revocation */
async function grantsOf(
  reader: Reader,
  people: readonly string[],
  held = false,
): Promise<{ readonly grants: readonly Grant[]; readonly edition?: number }> {
  const ids = list('uuid', people)
  const share = (tables: string): Sql => trusted(held ? `for share of ${tables}` : '')
  const rows = await reader.query<RoleGrantRow & { readonly edition: number | null }>(
    sql`with own as (
          select g.* from role_grant g join person p on p.id = g.person
          where g.revoked is null and not p.disabled and g.person = any(${ids}) ${share('g, p')}
        ), stood_in_for as (
          select own.* from role_grant g join role_grant own on own.person = g.stand_in_for and own.role = g.role
            join person p on p.id = own.person
          where g.revoked is null and g.person = any(${ids}) and own.revoked is null and own.stand_in_for is null and not p.disabled
          ${share('g, own, p')}
        )
        select g.*, (select edition from region_edition where in_force) as edition
        from (select * from own union select * from stood_in_for) g`,
  )
  const edition = rows[0]?.edition ?? undefined
  return { grants: rows.map(grantOf), ...(edition === undefined ? {} : { edition }) }
}

/** Which of the grants' places contain which of the places asked for, in one statement. */
async function worldOf(
  reader: Reader,
  roles: RoleBook,
  grants: readonly Grant[],
  asked: readonly string[],
  kept?: KeptGrants,
  edition?: number,
): Promise<World> {
  const places = [...new Set(grants.map((g) => g.place))]
  if (places.length === 0) return { roles, grants, covers: () => false }
  const inside = [...new Set([...asked, ...places])]
  const read = (): Promise<ReadonlySet<string>> => pairsOf(reader, places, inside, edition)
  if (kept) return { roles, grants, covers: await kept.coversOf(places, inside, read, edition) }
  const known = await read()
  return { roles, grants, covers: (within, place) => known.has(pairOf(within, place)) }
}

async function pairsOf(
  reader: Reader,
  ancestors: readonly string[],
  descendants: readonly string[],
  edition?: number,
): Promise<ReadonlySet<string>> {
  const inForce = sql`(select edition from region_edition where in_force)`
  const pairs = await reader.query<{ ancestor: string; descendant: string }>(
    sql`select ancestor, descendant from region_closure
        where edition = ${edition === undefined ? inForce : sql`${edition}`}
          and ancestor = any(${list('text', ancestors)}) and descendant = any(${list('text', descendants)})`,
  )
  return new Set(pairs.map((p) => pairOf(p.ancestor, p.descendant)))
}

export interface HeldRole {
  readonly role: Role
  readonly places: readonly { readonly place: string; readonly organisation?: string }[]
}

/** The roles a person can act in on a day, each with the places of its grants. */
export async function rolesOf(
  reader: Reader,
  roles: RoleBook,
  person: Uuid,
  date: CivilDate,
): Promise<readonly HeldRole[]> {
  const { grants } = await grantsOf(reader, [person])
  const world = await worldOf(reader, roles, grants, [])
  return roles.all.flatMap((role): readonly HeldRole[] => {
    const held = effectiveGrants({ person, role: role.id, date }, world)
    const places = held.map(({ place, organisation }) => ({
      place,
      ...(organisation === undefined ? {} : { organisation }),
    }))
    return places.length === 0 ? [] : [{ role, places }]
  })
}

const namesOf = (c: {
  readonly name: string
  readonly groups?: readonly string[]
}): { name: string; groups: readonly string[] } => ({
  name: c.name,
  groups: c.groups ?? [],
})

/** The id under which timers, listeners and the first set-up act, in the role `system`. */
export const SYSTEM_PERSON: Uuid = uuidFrom('person', 'system')

/** @param kept what is known of grants and regions already */
export function permitOf(roles: RoleBook, kept?: KeptGrants): Permit {
  /** Which lies in which, by edition. */
  const regions = keptGrants()
  const one = (ask: PermitAsk, world: World): Actor | Problem => {
    const allowed = mayRun(
      {
        person: ask.person,
        role: ask.role,
        asked: { kind: 'command', ...namesOf(ask.command) },
        date: ask.date,
        ...(ask.place === undefined ? {} : { place: ask.place }),
        ...(ask.organisation === undefined ? {} : { organisation: ask.organisation }),
      },
      world,
    )
    if (!allowed.ok) return allowed.problem
    const { place, organisation, standInFor } = allowed.grant
    return {
      person: ask.person,
      role: ask.role,
      place,
      ...(organisation === undefined ? {} : { organisation: organisation as Uuid }),
      ...(standInFor === undefined ? {} : { standInFor: standInFor as Uuid }),
    }
  }
  const answer = async (reader: Reader, asks: readonly PermitAsk[]): Promise<readonly (Actor | Problem)[]> => {
    const people = [...new Set(asks.filter((a) => a.person !== SYSTEM_PERSON).map((a) => a.person))]
    let edition: number | undefined
    const read = async (of: readonly string[]): Promise<readonly Grant[]> => {
      const found = await grantsOf(reader, of, reader.engine === 'postgresql')
      if (!kept) edition = found.edition
      return found.grants
    }
    const grants = people.length === 0 ? [] : await (kept ? kept.grantsOf(people, read) : read(people))
    const places = asks.flatMap((a) => (a.place === undefined ? [] : [a.place]))
    const known = kept ?? (edition === undefined ? undefined : regions)
    const world = await worldOf(reader, roles, grants, places, known, edition)
    return asks.map((ask) => {
      if (ask.person !== SYSTEM_PERSON || ask.role !== 'system') return one(ask, world)
      // The system has no grant: its reach is everywhere, its limits are the commands of its role file.
      const place = ask.place ?? ''
      const grant: Grant = { id: '', person: SYSTEM_PERSON, role: 'system', place, from: ask.date }
      return one(ask, { roles, grants: [grant], covers: (within, asked) => within === asked })
    })
  }
  return Object.assign(answer, { restsOn: PERMIT_TABLES, ...(kept ? { forget: kept.forget } : {}) })
}

/** The permit of the only process that writes to a database: it keeps what it has read until one of its tables is written. */
export const keepingPermit = (roles: RoleBook): Permit => permitOf(roles, keptGrants())

/** What a query may answer. Without a sign-in the role is `public`: everywhere, public fields only. */
export const scopesOf =
  (roles: RoleBook): ScopeOf =>
  async (reader, { person, role, query, date }) => {
    const everybody = role === 'public'
    const { grants } = everybody ? { grants: [] } : await grantsOf(reader, [person])
    const world = everybody
      ? { roles, grants: [{ id: '', person, role, place: '', from: date }], covers: () => true }
      : await worldOf(reader, roles, grants, [])
    const scope = queryScope({ person, role, asked: { kind: 'query', ...namesOf(query) }, date }, world)
    if ('code' in scope) return scope
    return {
      grade: scope.grade,
      person,
      role,
      within: everybody ? () => sql`true` : (place, organisation) => within(scope.bounds, place, organisation),
    }
  }

/** A row is within reach where one bound contains its place and, for a bound to an organisation, is its organisation's.
 *  A row without an organisation, and every row of a query that names none, is out of reach of a role bound to one. */
function within(
  bounds: readonly { readonly place: string; readonly organisation?: string }[],
  place: Sql,
  organisation: Sql | undefined,
): Sql {
  const inside = (ancestors: readonly string[]): Sql =>
    sql`exists (select 1 from region_closure rc where rc.edition = (select edition from region_edition where in_force)
          and rc.descendant = ${place} and rc.ancestor = any(${list('text', ancestors)}))`
  const free = bounds.filter((b) => b.organisation === undefined).map((b) => b.place)
  const bound = bounds.filter((b) => b.organisation !== undefined)
  const parts = [
    ...(free.length > 0 ? [inside(free)] : []),
    ...(organisation === undefined
      ? []
      : bound.map((b) => sql`(${inside([b.place])} and ${organisation} = ${b.organisation!}::uuid)`)),
  ]
  return parts.length === 0 ? sql`false` : sql`(${join(parts, ' or ')})`
}
