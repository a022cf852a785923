// Passwords, keys of one-time codes and links to an identity provider.
// Always holds: hash and key are secret values, so that acts and rows hold their commitments only; what the administrator
// sets is good for one sign-in.

import { field, form, text, type Problem } from '../../../kernel/index.ts'
import { put, type Command, type State } from '../../record/index.ts'
import { problem } from '../problems.ts'
import { credential, linkedIdentity, person, type CredentialRow } from '../schema.ts'
import { aboutPerson, homeOf, personField, type Home } from './fields.ts'
import { findPerson, withFormer } from './people.ts'

/** Its form cannot be judged here, since a decision sees the commitment alone; `verifyPassword` takes nothing else for a hash. */
const hashField = field.text({
  title: text('密码散列', 'Hash of the password'),
  grade: 'secret',
  max: 200,
  example: '$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$iKGdY2XGw1kSgUu9bMPYfS9tNnzlbtKlBiV0kVRLoHI',
})
const keyField = field.code({
  title: text('验证器密钥', 'Key of one-time codes'),
  grade: 'secret',
  pattern: /^[A-Z2-7]{32}$/,
  expects: text('32 位 Base32', '32 characters of base 32'),
  example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
})

const withPassword = form({ person: personField, hash: hashField })
const withKey = form({ person: personField, key: keyField })
const ofPerson = form({ person: personField })

const wantsAccount = ({
  person: id,
}: {
  readonly person: string
}): ReturnType<NonNullable<Command['reads']>[number]> => ({
  rows: [
    { table: person, key: { id } },
    { table: credential, key: { person: id } },
  ],
})

/** The credential of a person whose account stands. */
function credentialIn(state: State, id: string): CredentialRow | Problem {
  const row = state.row(credential, { person: id })
  const owner = state.row(person, { id })
  return row && owner && !owner.erased && !owner.disabled ? row : problem('identity.person-unknown', {})
}

export const changePassword: Command<typeof withPassword> = {
  name: 'changePassword',
  version: 1,
  title: text('修改本人密码', 'Change one’s password'),
  groups: ['everybody'],
  input: withPassword,
  place: () => undefined,
  legalDate: (_, today) => today,
  subjects: (given) => aboutPerson(given.person),
  reads: [wantsAccount],
  decide: (state, given, { actor, today }) => {
    if (actor.person !== given.person) return [problem('identity.own-account-only', {})]
    const row = credentialIn(state, given.person)
    if ('code' in row) return [row]
    return {
      act: 'password-changed',
      subjects: aboutPerson(given.person),
      rows: [
        put(credential, { ...row, password: given.hash, changed: today, must_change: false, former: withFormer(row) }),
      ],
    }
  },
}

export const resetPassword: Command<typeof withPassword, Home> = {
  name: 'resetPassword',
  version: 1,
  title: text('重设密码', 'Reset a password'),
  groups: ['people', 'set-up'],
  input: withPassword,
  place: (_, { place }) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: (given) => aboutPerson(given.person),
  reads: [wantsAccount],
  decide: (state, given, { today }) => {
    const row = credentialIn(state, given.person)
    if ('code' in row) return [row]
    return {
      act: 'password-reset',
      subjects: aboutPerson(given.person),
      rows: [
        put(credential, { ...row, password: given.hash, changed: today, must_change: true, former: withFormer(row) }),
      ],
    }
  },
}

export const setTotp: Command<typeof withKey> = {
  name: 'setTotp',
  version: 1,
  title: text('启用本人验证器', 'Use an authenticator'),
  groups: ['everybody'],
  input: withKey,
  place: () => undefined,
  legalDate: (_, today) => today,
  subjects: (given) => aboutPerson(given.person),
  reads: [wantsAccount],
  decide: (state, given, { actor }) => {
    if (actor.person !== given.person) return [problem('identity.own-account-only', {})]
    const row = credentialIn(state, given.person)
    if ('code' in row) return [row]
    return {
      act: 'totp-set',
      subjects: aboutPerson(given.person),
      rows: [put(credential, { ...row, code_key: given.key })],
    }
  },
}

/** For a lost telephone: the administrator takes the key away, the person sets a new one. */
export const removeTotp: Command<typeof ofPerson, Home> = {
  name: 'removeTotp',
  version: 1,
  title: text('解除验证器', 'Take an authenticator away'),
  groups: ['people'],
  input: ofPerson,
  place: (_, { place }) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: (given) => aboutPerson(given.person),
  reads: [wantsAccount],
  decide: (state, given) => {
    const row = credentialIn(state, given.person)
    if ('code' in row) return [row]
    if (row.code_key === null) return [problem('identity.person-there', {})]
    return {
      act: 'totp-removed',
      subjects: aboutPerson(given.person),
      rows: [put(credential, { ...row, code_key: null })],
    }
  },
}

const linking = form({
  person: personField,
  issuer: field.text({ title: text('统一认证地址', 'Issuer'), example: 'https://id.example.gov.cn' }),
  subjectHash: field.fileHash({ title: text('对方身份的散列', 'Hash of the subject there'), example: 'b'.repeat(64) }),
})

export const linkIdentity: Command<typeof linking, Home> = {
  name: 'linkIdentity',
  version: 1,
  title: text('关联统一认证身份', 'Link an identity'),
  groups: ['people'],
  input: linking,
  place: (_, { place }) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: ({ person: id, subjectHash }) => [`person:${id}`, `linked:${subjectHash}`],
  reads: [
    ({ person: id, subjectHash }) => ({
      rows: [
        { table: person, key: { id } },
        { table: linkedIdentity, key: { subject_hash: subjectHash } },
      ],
    }),
  ],
  decide: (state, { person: id, issuer, subjectHash }) => {
    if (!findPerson(state, id)) return [problem('identity.person-unknown', {})]
    const link = state.row(linkedIdentity, { subject_hash: subjectHash })
    if (link && !link.ended) return [problem('identity.linked-already', {})]
    return {
      act: 'identity-linked',
      subjects: aboutPerson(id),
      rows: [put(linkedIdentity, { subject_hash: subjectHash, issuer, person: id, ended: false })],
    }
  },
}

export const unlinkIdentity: Command<typeof linking, Home> = {
  ...linkIdentity,
  name: 'unlinkIdentity',
  title: text('解除统一认证关联', 'Unlink an identity'),
  decide: (state, { person: id, subjectHash }) => {
    const link = state.row(linkedIdentity, { subject_hash: subjectHash })
    if (!link || link.ended || link.person !== id) return [problem('identity.not-linked', {})]
    return {
      act: 'identity-unlinked',
      subjects: aboutPerson(id),
      rows: [put(linkedIdentity, { ...link, ended: true })],
    }
  },
}
