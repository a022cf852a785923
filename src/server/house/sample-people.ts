// Sample people and firms (示范数据) for trying a house: one of each role the permits need, let in by administrator and
// security officer as everybody is. Never part of a house that is not asked to have them.

import { civilDateIn, organisationCheckSign, ProblemError, type Json, type Uuid } from '../../kernel/index.ts'
import { newPassword, type PasswordCost } from '../../core/identity/index.ts'
import { sql } from '../../core/store/index.ts'
import type { House } from './open-house.ts'

export interface SamplePerson {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly place: string
  /** Login-like key of the sample firm it belongs to. */
  readonly firm?: string
}

export interface SampleFirm {
  readonly key: string
  readonly name: string
  /** Without its check character. */
  readonly code: string
  readonly place: string
}

export const SAMPLE_FIRMS = [
  { key: 'paper', name: '示范造纸有限公司', code: '91430100MA00000P1', place: '430100' },
  { key: 'brew', name: '示范酿造有限公司', code: '91430100MA00000B1', place: '430100' },
] as const satisfies readonly SampleFirm[]

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  { login: 'shifan-jbr', name: '示范经办', role: 'department-contact', place: '430100' },
  { login: 'shifan-shy', name: '示范审核', role: 'reviewer', place: '430100' },
  { login: 'shifan-jyy', name: '示范交易', role: 'exchange-operator', place: '430000' },
  { login: 'shifan-qy1', name: '示范企业一', role: 'firm-manager', place: '430100', firm: 'paper' },
  { login: 'shifan-sjy', name: '示范审计', role: 'auditor', place: '430000' },
]

/** Who makes the account of the sample county, who reviews it, who says the last word. */
export const SAMPLE_ACCOUNTANTS: readonly SamplePerson[] = [
  { login: 'shifan-hsy', name: '示范核算', role: 'technician', place: '439901' },
  { login: 'shifan-shy', name: '示范审核', role: 'reviewer', place: '439900' },
  { login: 'shifan-sbg', name: '示范省办', role: 'provincial-office', place: '430000' },
]

/** @returns ids of people by login and of firms by key */
export async function addSamplePeople(
  house: House,
  by: { readonly administrator: Uuid; readonly officer: Uuid },
  password: (login: string) => string,
  cost?: PasswordCost,
  sample: {
    readonly people: readonly SamplePerson[]
    readonly firms: readonly SampleFirm[]
  } = { people: SAMPLE_PEOPLE, firms: SAMPLE_FIRMS },
): Promise<{ readonly people: ReadonlyMap<string, Uuid>; readonly firms: ReadonlyMap<string, Uuid> }> {
  const act = async (person: Uuid, role: string, command: string, input: Json): Promise<Json> => {
    const outcome = await house.recorder.submit({ id: house.newId(), command, input, person, role })
    if (!outcome.ok) throw new ProblemError(outcome.problems)
    return outcome.receipt.answer
  }
  const firms = new Map<string, Uuid>()
  for (const f of sample.firms) {
    const made = await act(by.administrator, 'administrator', 'registerOrganisation', {
      name: f.name,
      code: f.code + organisationCheckSign(f.code),
      kind: 'firm',
      place: f.place,
    })
    firms.set(f.key, (made as { readonly organisation: Uuid }).organisation)
  }
  const people = new Map<string, Uuid>()
  for (const p of sample.people) {
    const organisation = p.firm === undefined ? {} : { organisation: firms.get(p.firm)! }
    const made = await act(by.administrator, 'administrator', 'registerPerson', {
      login: p.login,
      name: p.name,
      place: p.place,
      ...organisation,
    })
    const person = (made as { readonly person: Uuid }).person
    const hash = await newPassword(
      { store: house.store, random: house.world.random, ...(cost ? { cost } : {}) },
      { person, password: password(p.login) },
    )
    if (!('hash' in hash)) throw new ProblemError(hash)
    await act(by.administrator, 'administrator', 'resetPassword', { ...hash })
    await act(by.officer, 'security-officer', 'grantRole', {
      person,
      role: p.role,
      place: p.place,
      from: civilDateIn(house.world.now(), house.settings.zone),
      ...organisation,
    })
    people.set(p.login, person)
  }
  return { people, firms }
}

export async function personByLogin(house: House, login: string): Promise<Uuid | undefined> {
  const row = (
    await house.store.query<{ id: string }>(sql`select id from person where login = ${login} and not erased`)
  )[0]
  return row?.id as Uuid | undefined
}
