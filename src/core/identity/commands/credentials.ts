// One's own password and key of one-time codes.
// Always holds: hash and key are secret values, so that acts and rows hold their commitments only.

import { field, form, text, type Problem } from '../../../kernel/index.ts'
import { put, type Command, type State, type Wanted } from '../../record/index.ts'
import { problem } from '../problems.ts'
import { credential, person, type CredentialRow } from '../schema.ts'
import { aboutPerson, personField } from './fields.ts'
import { withFormer } from './people.ts'

/** Whoever derives routes from commands leaves `own-secret` out: a hash must come from `newPassword`, which asks for the
 *  present password and applies the rules, and a key from whoever has just shown a code of it. */
const OWN_SECRET = ['everybody', 'own-secret']

/** Its form cannot be judged here, since a decision sees the commitment alone; `verifyPassword` takes nothing else for a hash. */
export const hashField = field.text({
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

export const wantsAccount = ({ person: id }: { readonly person: string }): Wanted => ({
  rows: [
    { table: person, key: { id } },
    { table: credential, key: { person: id } },
  ],
})

const withPassword = form({ person: personField, hash: hashField })
const withKey = form({ person: personField, key: keyField })

/** The credential of a person whose account stands. */
export function credentialIn(state: State, id: string): CredentialRow | Problem {
  const row = state.row(credential, { person: id })
  const owner = state.row(person, { id })
  return row && owner && !owner.erased && !owner.disabled ? row : problem('identity.person-unknown', {})
}

export const changePassword: Command<typeof withPassword> = {
  name: 'changePassword',
  version: 1,
  title: text('修改本人密码', 'Change one’s password'),
  groups: OWN_SECRET,
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

export const setTotp: Command<typeof withKey> = {
  name: 'setTotp',
  version: 1,
  title: text('启用本人验证器', 'Use an authenticator'),
  groups: OWN_SECRET,
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
