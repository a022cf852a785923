// Grants: who may act in which role, where, from when to when; and who stands in for somebody absent.
// Always holds: nobody grants to themselves; administrator, security officer and auditor are different people; the last
// who can grant cannot be revoked; the system sets up the first of each of them and no more.

import { field, form, inPeriod, text, type CivilDate, type Problem, type Uuid } from '../../../kernel/index.ts'
import { insert, put, type Actor, type Command, type State, type Wanted } from '../../record/index.ts'
import { sql } from '../../store/index.ts'
import { grantOf } from '../permit.ts'
import { grantProblems, type Grant } from '../permission.ts'
import { problem } from '../problems.ts'
import type { Covers } from '../regions/closure.ts'
import type { RoleBook } from '../roles/role.ts'
import { organisation, person, regionClosureTable, regionEdition, roleGrant, type RoleGrantRow } from '../schema.ts'
import { organisationField, personField, placeField, reasonField, roleField, type Home } from './fields.ts'
import { findPerson } from './people.ts'

const fromField = field.civilDate({ title: text('起日', 'From'), example: '2026-01-01' })
const toField = field.civilDate({ title: text('止日', 'To'), example: '2026-12-31' })

const granting = form({
  person: personField,
  role: roleField,
  place: placeField,
  organisation: field.optional(organisationField),
  from: fromField,
  to: field.optional(toField),
})

const standing = form({
  absent: field.person({ title: text('被代理人', 'Absent person'), example: personField.example as string }),
  person: field.person({ title: text('代理人', 'Stand-in'), example: personField.example as string }),
  role: roleField,
  place: placeField,
  organisation: field.optional(organisationField),
  from: fromField,
  to: toField,
})

const revoking = form({
  grant: field.id({ title: text('授权', 'Grant'), example: personField.example as string }),
  reason: reasonField,
})

/** Without these nobody could let anybody in. */
const KEEPERS: readonly string[] = ['security-officer', 'administrator']

export interface GrantCommands {
  readonly grantRole: Command<typeof granting>
  readonly standIn: Command<typeof standing>
  readonly revokeGrant: Command<typeof revoking, Home>
}

export function grantCommands(roles: RoleBook): GrantCommands {
  const grantRole: GrantCommands['grantRole'] = {
    name: 'grantRole',
    version: 1,
    title: text('授予角色', 'Grant a role'),
    groups: ['grants', 'set-up'],
    input: granting,
    place: ({ place }) => place,
    legalDate: ({ from }) => from,
    subjects: ({ person: id, role }) => [`person:${id}`, `role:${role}`],
    reads: [
      ({ person: id, role, organisation: org }) => ({
        rows: [
          { table: person, key: { id } },
          ...(org === undefined ? [] : [{ table: organisation, key: { id: org } }]),
        ],
        sets: [
          { table: roleGrant, where: { person: id } },
          { table: roleGrant, where: { role } },
          { table: regionEdition, where: { in_force: true } },
        ],
      }),
      ({ place }, state) => closureWanted(state, [place], place),
    ],
    decide: (state, given, { subject, actor }) => {
      const { person: id, role, place, organisation: org, from, to } = given
      const grant: Grant = { id: subject, person: id, role, place, from, ...optional({ organisation: org, to }) }
      const held = grantsIn(state, { person: id })
      const found = [
        ...unknownOnes(state, id, org),
        ...(actor.person === id ? [problem('identity.no-self-grant', {})] : []),
        ...systemLimits(state, role, actor, roles),
        ...grantProblems(grant, { roles, grants: held, covers: coversIn(state) }),
      ]
      if (found.length > 0) return found
      return {
        act: 'role-granted',
        subjects: [`person:${id}`],
        rows: [insert(roleGrant, rowOf(grant))],
        answer: { grant: subject },
      }
    },
  }

  const standIn: GrantCommands['standIn'] = {
    name: 'standIn',
    version: 1,
    title: text('设立代理', 'Let somebody stand in'),
    groups: ['grants', 'everybody'],
    input: standing,
    place: ({ place }) => place,
    legalDate: ({ from }) => from,
    subjects: ({ absent, person: id }) => [`person:${absent}`, `person:${id}`],
    reads: [
      ({ absent, person: id }) => ({
        rows: [
          { table: person, key: { id } },
          { table: person, key: { id: absent } },
        ],
        sets: [
          { table: roleGrant, where: { person: id } },
          { table: roleGrant, where: { person: absent } },
          { table: regionEdition, where: { in_force: true } },
        ],
      }),
      ({ absent, place }, state) =>
        closureWanted(state, [place, ...state.rows(roleGrant, { person: absent }).map((g) => g.place)], place),
    ],
    decide: (state, given, { subject, actor }) => {
      const { absent, person: id, role, place, organisation: org, from, to } = given
      const own = { person: id, role, place, from, to, standInFor: absent }
      const grant: Grant = { id: subject, ...own, ...optional({ organisation: org }) }
      const grants = [...grantsIn(state, { person: id }), ...grantsIn(state, { person: absent })]
      const found = [
        ...unknownOnes(state, id),
        ...unknownOnes(state, absent),
        ...(actor.person === absent || actor.role === 'security-officer'
          ? []
          : [problem('identity.own-account-only', {})]),
        ...grantProblems(grant, { roles, grants, covers: coversIn(state) }),
      ]
      if (found.length > 0) return found
      return {
        act: 'stand-in-set',
        subjects: [`person:${absent}`, `person:${id}`],
        rows: [insert(roleGrant, rowOf(grant))],
        notices: [
          {
            text: text(`您在 ${from} 至 ${to} 代理一个角色。`, `You stand in for a role from ${from} to ${to}.`),
            toPerson: id,
            place,
            about: `grant:${subject}`,
          },
        ],
        answer: { grant: subject },
      }
    },
  }

  const revokeGrant: GrantCommands['revokeGrant'] = {
    name: 'revokeGrant',
    version: 1,
    title: text('收回授权', 'Revoke a grant'),
    groups: ['grants'],
    input: revoking,
    place: (_, { place }) => place,
    legalDate: (_, today) => today,
    prepare: async (reader, { grant }): Promise<Home | readonly Problem[]> => {
      const row = (await reader.query<Home>(sql`select place from role_grant where id = ${grant}`))[0]
      return row ?? [problem('identity.grant-unknown', {})]
    },
    // Revocations follow one another, so that two officers cannot revoke each other at the same moment.
    subjects: ({ grant }) => [`grant:${grant}`, 'revocations'],
    reads: [
      ({ grant }) => ({ rows: [{ table: roleGrant, key: { id: grant } }] }),
      ({ grant }, state) => {
        const row = state.row(roleGrant, { id: grant })
        return row ? { sets: [{ table: roleGrant, where: { role: row.role } }] } : {}
      },
    ],
    decide: (state, { grant }, { recorded, today }) => {
      const row = state.row(roleGrant, { id: grant })
      if (!row || row.revoked !== null) return [problem('identity.grant-unknown', {})]
      const others = grantsIn(state, { role: row.role }).filter((g) => g.id !== row.id && isLasting(g, today))
      if (KEEPERS.includes(row.role) && row.stand_in_for === null && others.length === 0) {
        const title = roles.find(row.role)?.title ?? { zh: row.role, en: row.role }
        return [problem('identity.last-holder', { role: title.zh, roleEn: title.en })]
      }
      return {
        act: 'grant-revoked',
        subjects: [`person:${row.person}`],
        rows: [put(roleGrant, { ...row, revoked: recorded })],
      }
    },
  }

  return { grantRole, standIn, revokeGrant }
}

/** An own grant without an end that holds today. */
const isLasting = (g: Grant, today: CivilDate): boolean =>
  g.standInFor === undefined && g.to === undefined && inPeriod(today, { from: g.from })

const grantsIn = (state: State, where: { readonly person: Uuid } | { readonly role: string }): readonly Grant[] =>
  state
    .rows(roleGrant, where)
    .filter((g) => g.revoked === null)
    .map(grantOf)

function unknownOnes(state: State, id: Uuid, org?: Uuid): readonly Problem[] {
  const row = findPerson(state, id)
  return [
    ...(row && !row.disabled ? [] : [problem('identity.person-unknown', {})]),
    ...(org === undefined || state.row(organisation, { id: org })
      ? []
      : [problem('identity.organisation-unknown', {})]),
  ]
}

/** The system may only set up the first keepers of an empty house. */
function systemLimits(state: State, role: string, actor: Actor, roles: RoleBook): readonly Problem[] {
  if (actor.role !== 'system' || (KEEPERS.includes(role) && grantsIn(state, { role }).length === 0)) return []
  const title = roles.find(role)?.title ?? { zh: role, en: role }
  return [problem('identity.first-only', { role: title.zh, roleEn: title.en })]
}

// ---- who lies within whom, as far as one decision needs it

const editionIn = (state: State): number | undefined => state.rows(regionEdition, { in_force: true })[0]?.edition

function closureWanted(state: State, ancestors: readonly string[], descendant: string): Wanted {
  const edition = editionIn(state)
  if (edition === undefined) return {}
  return { rows: ancestors.map((ancestor) => ({ table: regionClosureTable, key: { edition, ancestor, descendant } })) }
}

const coversIn = (state: State): Covers => {
  const edition = editionIn(state)
  return (ancestor, descendant) =>
    edition !== undefined && state.row(regionClosureTable, { edition, ancestor, descendant }) !== undefined
}

const rowOf = (g: Grant): RoleGrantRow => ({
  id: g.id,
  person: g.person,
  role: g.role,
  place: g.place,
  organisation: g.organisation ?? null,
  valid_from: g.from,
  valid_to: g.to ?? null,
  stand_in_for: g.standInFor ?? null,
  revoked: null,
})

/** Leaves out what is undefined. */
const optional = <T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(of).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
