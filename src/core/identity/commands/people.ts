// People: registered with a login name, changed, disabled, and at the end erased.
// Always holds: name and telephone stand in acts and rows as commitments only; an account is never handed to another person.

import { field, form, text, type Problem, type Uuid } from '../../../kernel/index.ts'
import { insert, put, type Command, type State } from '../../record/index.ts'
import { loginNameProblem, normaliseLoginName } from '../login-name.ts'
import { PASSWORDS_REMEMBERED } from '../password-policy.ts'
import { problem } from '../problems.ts'
import { credential, organisation, person, type PersonRow } from '../schema.ts'
import { aboutPerson, homeOf, organisationField, personField, placeField, reasonField, type Home } from './fields.ts'

const nameField = field.text({ title: text('姓名', 'Name'), grade: 'personal', max: 60, example: '王芳' })
const phoneField = field.code({
  title: text('电话', 'Telephone'),
  grade: 'personal',
  pattern: /^[0-9+][0-9 -]{4,24}$/,
  expects: text('电话号码，例如 0736-6622000', 'a telephone number such as 0736-6622000'),
  example: '0736-6622000',
})

const registration = form({
  login: field.text({
    title: text('登录名', 'Login name'),
    hint: text('单位简称加编号，例如 lyj-042', 'The office and a number, such as lyj-042'),
    max: 64,
    example: 'lyj-042',
  }),
  name: nameField,
  phone: field.optional(phoneField),
  organisation: field.optional(organisationField),
  place: placeField,
})

export const registerPerson: Command<typeof registration> = {
  name: 'registerPerson',
  version: 1,
  title: text('登记人员', 'Register a person'),
  groups: ['people', 'set-up'],
  input: registration,
  place: ({ place }) => place,
  legalDate: (_, today) => today,
  subjects: ({ login }) => [`login:${normaliseLoginName(login)}`],
  reads: [
    ({ login, organisation: id }) => ({
      sets: [{ table: person, where: { login: normaliseLoginName(login) } }],
      rows: id === undefined ? [] : [{ table: organisation, key: { id } }],
    }),
  ],
  decide: (state, given, { subject }) => {
    const login = normaliseLoginName(given.login)
    const wrong = loginNameProblem(login)
    if (wrong) return [wrong]
    if (state.rows(person, { login }).length > 0) return [problem('identity.login-taken', { login })]
    if (given.organisation !== undefined && !state.row(organisation, { id: given.organisation }))
      return [problem('identity.organisation-unknown', {})]
    return {
      act: 'person-registered',
      subjects: aboutPerson(subject),
      rows: [
        insert(person, {
          id: subject,
          login,
          name: given.name,
          phone: given.phone ?? null,
          organisation: given.organisation ?? null,
          place: given.place,
          disabled: false,
          erased: false,
        }),
        insert(credential, {
          person: subject,
          password: null,
          changed: null,
          must_change: true,
          former: [],
          code_key: null,
        }),
      ],
      answer: { person: subject },
    }
  },
}

const change = form({
  person: personField,
  name: field.optional(nameField),
  phone: field.optional(phoneField),
  organisation: field.optional(organisationField),
})

export const updatePerson: Command<typeof change, Home> = {
  name: 'updatePerson',
  version: 1,
  title: text('变更人员信息', 'Update a person'),
  groups: ['people'],
  input: change,
  place: (_, { place }) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: (given) => aboutPerson(given.person),
  reads: [
    ({ person: id, organisation: org }) => ({
      rows: [{ table: person, key: { id } }, ...(org === undefined ? [] : [{ table: organisation, key: { id: org } }])],
    }),
  ],
  decide: (state, given) => {
    const row = findPerson(state, given.person)
    if (!row) return [problem('identity.person-unknown', {})]
    if (given.organisation !== undefined && !state.row(organisation, { id: given.organisation }))
      return [problem('identity.organisation-unknown', {})]
    const { name = row.name, phone = row.phone, organisation: org = row.organisation } = given
    return {
      act: 'person-updated',
      subjects: aboutPerson(given.person),
      rows: [put(person, { ...row, name, phone, organisation: org })],
    }
  },
}

/** A person who is not erased. */
export function findPerson(state: State, id: Uuid): PersonRow | undefined {
  const row = state.row(person, { id })
  return row && !row.erased ? row : undefined
}

const account = form({ person: personField, reason: reasonField })

const onAccount = {
  version: 1,
  groups: ['people'],
  input: account,
  place: (_: unknown, { place }: Home) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: (given) => aboutPerson(given.person),
  reads: [
    ({ person: id }) => ({
      rows: [
        { table: person, key: { id } },
        { table: credential, key: { person: id } },
      ],
    }),
  ],
} satisfies Partial<Command<typeof account, Home>>

/** Its sessions end with it: `findSession` asks the person's row. */
export const disablePerson: Command<typeof account, Home> = {
  ...onAccount,
  name: 'disablePerson',
  title: text('停用账号', 'Disable an account'),
  decide: (state, { person: id }, { actor }) => {
    const row = findPerson(state, id)
    const wrong = !row
      ? problem('identity.person-unknown', {})
      : ownOrSame(row, { disabled: true, actor: actor.person })
    if (wrong || !row) return [wrong ?? problem('identity.person-unknown', {})]
    return { act: 'person-disabled', subjects: aboutPerson(id), rows: [put(person, { ...row, disabled: true })] }
  },
}

/** Whoever comes back gets a new password: the account stays closed until the administrator has set one. */
export const enablePerson: Command<typeof account, Home> = {
  ...onAccount,
  name: 'enablePerson',
  title: text('启用账号', 'Enable an account'),
  decide: (state, { person: id }, { actor }) => {
    const row = findPerson(state, id)
    const secret = state.row(credential, { person: id })
    if (!row || !secret) return [problem('identity.person-unknown', {})]
    const wrong = ownOrSame(row, { disabled: false, actor: actor.person })
    if (wrong) return [wrong]
    return {
      act: 'person-enabled',
      subjects: aboutPerson(id),
      rows: [
        put(person, { ...row, disabled: false }),
        put(credential, { ...secret, password: null, must_change: true, former: withFormer(secret) }),
      ],
    }
  },
}

function ownOrSame(row: PersonRow, { disabled, actor }: { disabled: boolean; actor: Uuid }): Problem | undefined {
  if (row.id === actor) return problem('identity.no-self-grant', {})
  return row.disabled === disabled ? problem('identity.person-there', {}) : undefined
}

/** The passwords that may not return, the present one among them. */
export const withFormer = (secret: {
  readonly password: string | null
  readonly former: readonly string[]
}): readonly string[] =>
  (secret.password === null ? secret.former : [secret.password, ...secret.former]).slice(0, PASSWORDS_REMEMBERED)
