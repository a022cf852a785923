// Permission against a naive twin on random grants, and each refusal by an example.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, type CivilDate } from '../../kernel/index.ts'
import { grantProblems, mayRun, queryScope, type Grant, type Request, type World } from './permission.ts'
import { coversOf } from './regions/closure.ts'
import { roleBook, type Role } from './roles/role.ts'

const PARENT: Readonly<Record<string, string>> = { b: 'a', c: 'a', d: 'b', e: 'b' }
const PLACES = ['a', 'b', 'c', 'd', 'e']
const covers = coversOf(PLACES.map((code) => ({ code, ...(PARENT[code] ? { parent: PARENT[code] } : {}) })))
const DAYS = [1, 2, 3, 4, 5].map((d) => civilDate(`2026-01-0${d}`))

const role = (id: string, more: Partial<Role> = {}): Role => ({
  id,
  title: { zh: id, en: id },
  grade: 'internal',
  scope: 'place',
  opens: { zh: '', en: '' },
  commands: ['issue', 'group:ledger'],
  queries: ['list'],
  conflicts: [],
  ...more,
})
const roles = roleBook([
  role('clerk'),
  role('firm', { scope: 'organisation', grade: 'restricted' }),
  role('administrator', { conflicts: ['auditor'] }),
  role('auditor', { conflicts: ['administrator'], commands: [] }),
  role('public', { grade: 'public' }),
])
const world = (...grants: Grant[]): World => ({ roles, grants, covers })
let next = 0
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: `g${next++}`,
  person: 'wang',
  role: 'clerk',
  place: 'b',
  from: DAYS[0]!,
  ...more,
})
const request = (more: Partial<Request> = {}): Request => ({
  person: 'wang',
  role: 'clerk',
  asked: { kind: 'command', name: 'issue' },
  place: 'd',
  date: DAYS[1]!,
  ...more,
})
const answer = (r: Request, w: World): string => {
  const p = mayRun(r, w)
  return p.ok ? 'ok' : p.problem.code
}

const people = fc.constantFrom('wang', 'li')
const orgs = fc.constantFrom(undefined, 'firm-1', 'firm-2')
const day = fc.constantFrom(...DAYS)
const grants: fc.Arbitrary<Grant[]> = fc.array(
  fc
    .record({
      person: people,
      role: fc.constantFrom('clerk', 'firm', 'auditor'),
      place: fc.constantFrom(...PLACES),
      organisation: orgs,
      from: day,
      to: fc.option(day, { nil: undefined }),
      standInFor: fc.option(people, { nil: undefined, freq: 2 }),
    })
    .map(({ organisation, to, standInFor, ...rest }) =>
      grant({
        ...rest,
        ...(organisation === undefined ? {} : { organisation }),
        ...(to === undefined ? {} : { to }),
        ...(standInFor === undefined ? {} : { standInFor }),
      }),
    ),
  { maxLength: 6 },
)
const requests = fc
  .record({
    person: people,
    role: fc.constantFrom('clerk', 'firm', 'auditor', 'nobody'),
    place: fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
    organisation: orgs,
    date: day,
    name: fc.constantFrom('issue', 'list', 'post'),
    kind: fc.constantFrom('command' as const, 'query' as const),
    group: fc.boolean(),
  })
  .map(({ place, organisation, name, kind, group, ...rest }): Request => ({
    ...rest,
    asked: { name, kind, ...(group ? { groups: ['ledger'] } : {}) },
    ...(place === undefined ? {} : { place }),
    ...(organisation === undefined ? {} : { organisation }),
  }))

/** All places a grant reaches, written out. */
const reach = (place: string): readonly string[] =>
  ({ a: ['a', 'b', 'c', 'd', 'e'], b: ['b', 'd', 'e'], c: ['c'], d: ['d'], e: ['e'] })[place] ?? []
const on = (g: Grant, date: CivilDate): boolean => !(date < g.from) && !(g.to !== undefined && date > g.to)

function naivelyAllowed(r: Request, all: readonly Grant[]): boolean {
  const mayNames: Record<string, string[]> = {
    clerk: ['command issue', 'query list'],
    firm: ['command issue', 'query list'],
    auditor: ['query list'],
  }
  const inGroup = (r.asked.groups ?? []).includes('ledger') && r.asked.kind === 'command' && r.role !== 'auditor'
  if (!mayNames[r.role]) return false
  if (!mayNames[r.role]!.includes(`${r.asked.kind} ${r.asked.name}`) && !inGroup) return false
  for (const g of all) {
    if (g.person !== r.person || g.role !== r.role || !on(g, r.date)) continue
    if (g.role === 'firm' && g.organisation === undefined) continue
    if (g.standInFor !== undefined) {
      let backed = false
      for (const own of all)
        if (
          own.person === g.standInFor &&
          own.standInFor === undefined &&
          own.role === g.role &&
          own.organisation === g.organisation &&
          on(own, r.date) &&
          reach(own.place).includes(g.place)
        )
          backed = true
      if (!backed) continue
    }
    if (r.place !== undefined && !reach(g.place).includes(r.place)) continue
    if (r.role === 'firm' && r.organisation !== undefined && g.organisation !== r.organisation) continue
    return true
  }
  return false
}

describe('permission', () => {
  test('agrees with a naive reading of the grants on random worlds', () => {
    fc.assert(
      fc.property(requests, grants, (r, all) => {
        const p = mayRun(r, world(...all))
        expect(p.ok).toBe(naivelyAllowed(r, all))
        if (p.ok) {
          expect(p.grant.person).toBe(r.person)
          expect(p.grant.role).toBe(r.role)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('the bounds of a query reach exactly the places in which it may be asked, none within another', () => {
    fc.assert(
      fc.property(requests, grants, (r, all) => {
        const w = world(...all)
        const { place: _p, organisation: _o, ...asked } = r
        const scope = queryScope(asked, w)
        const bounds = 'bounds' in scope ? scope.bounds : []
        for (const place of PLACES)
          for (const organisation of ['firm-1', 'firm-2'])
            expect(
              bounds.some(
                (b) => reach(b.place).includes(place) && (r.role !== 'firm' || b.organisation === organisation),
              ),
            ).toBe(naivelyAllowed({ ...asked, place, organisation }, all))
        for (const [i, x] of bounds.entries())
          for (const [j, y] of bounds.entries())
            if (i !== j && x.organisation === y.organisation) expect(reach(y.place)).not.toContain(x.place)
      }),
      { numRuns: 1000 },
    )
  })

  test('a refusal says which of role, command, grant, place and organisation is missing', () => {
    expect(answer(request(), world(grant()))).toBe('ok')
    expect(answer(request({ role: 'nobody' }), world(grant()))).toBe('identity.role-unknown')
    expect(answer(request({ asked: { kind: 'query', name: 'issue' } }), world(grant()))).toBe('identity.role-may-not')
    expect(answer(request(), world(grant({ from: DAYS[2]! })))).toBe('identity.no-grant')
    expect(answer(request(), world(grant({ person: 'li' })))).toBe('identity.no-grant')
    expect(answer(request({ place: 'c' }), world(grant()))).toBe('identity.place-not-covered')
    const firm = { role: 'firm', organisation: 'firm-1' }
    expect(answer(request({ ...firm, organisation: 'firm-2' }), world(grant(firm)))).toBe('identity.other-organisation')
    expect(answer(request(firm), world(grant(firm)))).toBe('ok')
  })

  test('a request acts in one role: the grant of another role does not help', () => {
    const both = world(grant({ place: 'c' }), grant({ role: 'firm', organisation: 'firm-1', place: 'b' }))
    expect(answer(request({ place: 'd' }), both)).toBe('identity.place-not-covered')
    expect(answer(request({ role: 'firm', organisation: 'firm-1', place: 'd' }), both)).toBe('ok')
  })

  test('a stand-in acts while the absent person holds the grant, and no longer', () => {
    const absent = grant({ person: 'li', to: DAYS[2]! })
    const stand = grant({ standInFor: 'li', to: DAYS[4]! })
    expect(answer(request({ date: DAYS[2]! }), world(absent, stand))).toBe('ok')
    expect(answer(request({ date: DAYS[3]! }), world(absent, stand))).toBe('identity.no-grant')
    expect(answer(request(), world(stand))).toBe('identity.no-grant')
  })
})

describe('a new grant', () => {
  const said = (g: Grant, ...others: Grant[]): readonly string[] =>
    grantProblems(g, world(...others)).map((p) => p.code)

  test('of administrator beside auditor is refused, unless the one ends before the other begins', () => {
    const auditor = grant({ role: 'auditor', to: DAYS[1]! })
    expect(said(grant({ role: 'administrator' }), auditor)).toEqual(['identity.roles-conflict'])
    expect(said(grant({ role: 'administrator', person: 'li' }), auditor)).toEqual([])
    expect(said(grant({ role: 'administrator', from: DAYS[2]! }), auditor)).toEqual([])
  })

  test('to stand in for an auditor is refused to an administrator too', () => {
    const others = [grant({ person: 'li', role: 'auditor' }), grant({ role: 'administrator' })]
    expect(said(grant({ role: 'auditor', standInFor: 'li', to: DAYS[3]! }), ...others)).toEqual([
      'identity.roles-conflict',
    ])
  })

  test('names an unknown role or region, wrong dates, a missing organisation, a role that is not for people', () => {
    expect(said(grant({ role: 'nobody' }))).toEqual(['identity.role-unknown'])
    expect(said(grant({ place: 'z' }))).toEqual(['identity.region-unknown'])
    expect(said(grant({ from: DAYS[2]!, to: DAYS[1]! }))).toEqual(['identity.grant-period'])
    expect(said(grant({ role: 'firm' }))).toEqual(['identity.grant-wants-organisation'])
    expect(said(grant({ role: 'public' }))).toEqual(['identity.role-not-for-people'])
  })

  test('to stand in wants an end and an own grant that reaches as far, and is not passed on', () => {
    const li = grant({ person: 'li', place: 'b' })
    expect(said(grant({ standInFor: 'li' }), li)).toEqual(['identity.stand-in-wants-end'])
    const to = DAYS[3]!
    expect(said(grant({ standInFor: 'li', to }), li)).toEqual([])
    expect(said(grant({ standInFor: 'li', place: 'a', to }), li)).toEqual(['identity.stand-in-without-grant'])
    expect(said(grant({ standInFor: 'wang', to }), grant())).toEqual(['identity.stand-in-without-grant'])
    const passed = grant({ person: 'li', standInFor: 'zhao', to })
    expect(said(grant({ standInFor: 'li', to }), passed, grant({ person: 'zhao' }))).toEqual([
      'identity.stand-in-without-grant',
    ])
  })
})
