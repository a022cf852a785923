// May this person run this command or query, here, today? A request acts in one role, never in the union of all.
// A grant says who, in which role, where, for which organisation, from when to when; a stand-in acts for somebody absent
// and only as far as that person's own grant reaches.
// Always holds: no grant, no access; nothing outside the grant's regions; no stand-in for a stand-in.

import { inPeriod, type CivilDate, type Period, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import type { Covers } from './regions/closure.ts'
import type { Role, RoleBook, RoleGrade } from './roles/role.ts'

export interface Grant {
  readonly id: string
  readonly person: string
  readonly role: string
  /** The code of a region; the grant reaches everything within it. */
  readonly place: string
  readonly organisation?: string
  readonly from: CivilDate
  readonly to?: CivilDate
  /** The absent person whose grant this one rests on. */
  readonly standInFor?: string
}

/** What is asked for. Groups are those the command or query belongs to. */
export interface Asked {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly groups?: readonly string[]
}

export interface Request {
  readonly person: string
  readonly role: string
  readonly asked: Asked
  /** The region the command touches; absent where it touches none (one's own password). */
  readonly place?: string
  /** The organisation the command touches; matters for roles bound to one. */
  readonly organisation?: string
  readonly date: CivilDate
}

/** What a request is judged against: the grants of the person, and of those the person stands in for. */
export interface World {
  readonly roles: RoleBook
  readonly grants: readonly Grant[]
  readonly covers: Covers
}

export type Permission =
  { readonly ok: true; readonly grant: Grant; readonly role: Role } | { readonly ok: false; readonly problem: Problem }

const refused = (...args: Parameters<typeof problem>): Permission => ({ ok: false, problem: problem(...args) })

export const roleMay = (role: Role, { kind, name, groups = [] }: Asked): boolean => {
  const listed = kind === 'command' ? role.commands : role.queries
  return listed.some((entry) => entry === name || groups.some((g) => entry === `group:${g}`))
}

const period = (g: Grant): Period => ({ from: g.from, ...(g.to === undefined ? {} : { to: g.to }) })

/** Whether a stand-in's grant rests on an own grant of the absent person that reaches as far on that day. */
const isBacked = (g: Grant, { grants, covers }: World, date: CivilDate): boolean =>
  g.standInFor === undefined ||
  grants.some(
    (own) =>
      own.person === g.standInFor &&
      own.standInFor === undefined &&
      own.role === g.role &&
      own.organisation === g.organisation &&
      inPeriod(date, period(own)) &&
      covers(own.place, g.place),
  )

/** The grants a person can act on in a role on a day. In a role bound to an organisation a grant that names none is none. */
export const effectiveGrants = (
  { person, role, date }: Pick<Request, 'person' | 'role' | 'date'>,
  world: World,
): readonly Grant[] => {
  const bound = world.roles.find(role)?.scope === 'organisation'
  return world.grants.filter(
    (g) =>
      g.person === person &&
      g.role === role &&
      (!bound || g.organisation !== undefined) &&
      inPeriod(date, period(g)) &&
      isBacked(g, world, date),
  )
}

export function mayRun(request: Request, world: World): Permission {
  const role = world.roles.find(request.role)
  if (!role) return refused('identity.role-unknown', { role: request.role })
  if (!roleMay(role, request.asked))
    return refused('identity.role-may-not', { role: role.title.zh, roleEn: role.title.en, name: request.asked.name })
  const grants = effectiveGrants(request, world)
  if (grants.length === 0)
    return refused('identity.no-grant', { role: role.title.zh, roleEn: role.title.en, date: request.date })
  const { place, organisation } = request
  const here = place === undefined ? grants : grants.filter((g) => world.covers(g.place, place))
  if (here.length === 0) return refused('identity.place-not-covered', { place: place ?? '' })
  const bound = role.scope === 'organisation' && organisation !== undefined
  const grant = bound ? here.find((g) => g.organisation === organisation) : here[0]
  if (!grant) return refused('identity.other-organisation', { organisation: organisation ?? '' })
  return { ok: true, grant, role }
}

/** What a query may answer: rows within one of these places, of this organisation if any, fields up to this grade. */
export interface Scope {
  readonly bounds: readonly { readonly place: string; readonly organisation?: string }[]
  readonly grade: RoleGrade
}

/** The scope of a query in one role; a role bound to an organisation carries it into every bound. */
export function queryScope(request: Omit<Request, 'place' | 'organisation'>, world: World): Scope | Problem {
  const allowed = mayRun(request, world)
  if (!allowed.ok) return allowed.problem
  const { scope, grade } = allowed.role
  const bounds = effectiveGrants(request, world).map((g) => ({
    place: g.place,
    ...(scope === 'organisation' && g.organisation !== undefined ? { organisation: g.organisation } : {}),
  }))
  const within = (a: (typeof bounds)[number], b: (typeof bounds)[number]): boolean =>
    a.organisation === b.organisation && world.covers(b.place, a.place)
  // Of bounds that lie within one another the widest stays; of equal ones the first.
  const widest = bounds.filter((a, i) => !bounds.some((b, j) => i !== j && within(a, b) && (!within(b, a) || j < i)))
  return { bounds: widest, grade }
}

/** Roles that no person holds: the clock's own, and that of everybody without a sign-in. */
const NOT_FOR_PEOPLE: readonly string[] = ['system', 'public']

/** What speaks against a new grant beside those that exist. */
export function grantProblems(grant: Grant, world: World): readonly Problem[] {
  const { roles, grants, covers } = world
  const role = roles.find(grant.role)
  if (!role) return [problem('identity.role-unknown', { role: grant.role })]
  const found: Problem[] = []
  const titles = { role: role.title.zh, roleEn: role.title.en }
  if (NOT_FOR_PEOPLE.includes(role.id)) found.push(problem('identity.role-not-for-people', titles))
  if (!covers(grant.place, grant.place)) found.push(problem('identity.region-unknown', { code: grant.place }))
  if (grant.to !== undefined && grant.to < grant.from)
    found.push(problem('identity.grant-period', { from: grant.from, to: grant.to }))
  if (role.scope === 'organisation' && grant.organisation === undefined)
    found.push(problem('identity.grant-wants-organisation', titles))
  for (const other of grants)
    if (other.person === grant.person && overlap(grant, other)) {
      const held = roles.find(other.role)
      if (held && (role.conflicts.includes(held.id) || held.conflicts.includes(role.id)))
        found.push(problem('identity.roles-conflict', { ...titles, held: held.title.zh, heldEn: held.title.en }))
    }
  if (grant.standInFor !== undefined) {
    if (grant.to === undefined) found.push(problem('identity.stand-in-wants-end', {}))
    if (grant.standInFor === grant.person || !isBacked(grant, world, grant.from))
      found.push(problem('identity.stand-in-without-grant', titles))
  }
  return found
}

const overlap = (a: Grant, b: Grant): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to)
