// Opening a way into another person's account: a new password, a lost authenticator, a linked identity.
// Always holds: nobody does it for an account whose roles exclude their own. Otherwise the separation of administrator,
// security officer and auditor would last until the first reset. Security officers help one another; an auditor is helped at
// the machine itself (role `system`).

import { field, form, text, type CivilDate, type Problem } from '../../../kernel/index.ts'
import { put, type Actor, type Command, type State, type Wanted } from '../../record/index.ts'
import { problem } from '../problems.ts'
import type { RoleBook } from '../roles/role.ts'
import { credential, linkedIdentity, person, roleGrant } from '../schema.ts'
import { credentialIn, hashField, wantsAccount } from './credentials.ts'
import { aboutPerson, homeOf, personField, type Home } from './fields.ts'
import { findPerson, withFormer } from './people.ts'

const withPassword = form({ person: personField, hash: hashField })
const ofPerson = form({ person: personField })
const linking = form({
  person: personField,
  issuer: field.text({ title: text('统一认证地址', 'Issuer'), example: 'https://id.example.gov.cn' }),
  subjectHash: field.fileHash({ title: text('对方身份的散列', 'Hash of the subject there'), example: 'b'.repeat(64) }),
})

export interface AccessCommands {
  readonly resetPassword: Command<typeof withPassword, Home>
  readonly removeTotp: Command<typeof ofPerson, Home>
  readonly linkIdentity: Command<typeof linking, Home>
  readonly unlinkIdentity: Command<typeof linking, Home>
}

const wantsRoles = ({ person: id }: { readonly person: string }): Wanted => ({
  sets: [{ table: roleGrant, where: { person: id } }],
})

/** What the four have in common. */
const ofOthers = {
  version: 1,
  place: (_: unknown, { place }: Home) => place,
  legalDate: (_: unknown, today: CivilDate) => today,
} as const

export function accessCommands(roles: RoleBook): AccessCommands {
  /** The roles of the account that exclude the actor's. */
  const excluded = (state: State, id: string, actor: Actor, today: CivilDate): readonly Problem[] => {
    if (actor.role === 'system') return []
    const conflicts = roles.find(actor.role)?.conflicts ?? []
    return state
      .rows(roleGrant, { person: id })
      .filter((g) => g.revoked === null && (g.valid_to === null || g.valid_to >= today) && conflicts.includes(g.role))
      .slice(0, 1)
      .map((g) => {
        const title = roles.find(g.role)?.title ?? { zh: g.role, en: g.role }
        return problem('identity.keeper-account', { role: title.zh, roleEn: title.en })
      })
  }

  const resetPassword: AccessCommands['resetPassword'] = {
    ...ofOthers,
    name: 'resetPassword',
    title: text('重设密码', 'Reset a password'),
    groups: ['people', 'access', 'set-up'],
    input: withPassword,
    prepare: (reader, given) => homeOf(reader, given.person),
    subjects: (given) => aboutPerson(given.person),
    reads: [wantsAccount, wantsRoles],
    decide: (state, given, { actor, today }) => {
      const row = credentialIn(state, given.person)
      if ('code' in row) return [row]
      const wrong = excluded(state, given.person, actor, today)
      if (wrong.length > 0) return wrong
      return {
        act: 'password-reset',
        subjects: aboutPerson(given.person),
        rows: [
          put(credential, { ...row, password: given.hash, changed: today, must_change: true, former: withFormer(row) }),
        ],
      }
    },
  }

  /** For a lost telephone: the key goes, the person sets a new one. */
  const removeTotp: AccessCommands['removeTotp'] = {
    ...ofOthers,
    name: 'removeTotp',
    title: text('解除验证器', 'Take an authenticator away'),
    groups: ['people', 'access', 'set-up'],
    input: ofPerson,
    prepare: (reader, given) => homeOf(reader, given.person),
    subjects: (given) => aboutPerson(given.person),
    reads: [wantsAccount, wantsRoles],
    decide: (state, given, { actor, today }) => {
      const row = credentialIn(state, given.person)
      if ('code' in row) return [row]
      if (row.code_key === null) return [problem('identity.person-there', {})]
      const wrong = excluded(state, given.person, actor, today)
      if (wrong.length > 0) return wrong
      return {
        act: 'totp-removed',
        subjects: aboutPerson(given.person),
        rows: [put(credential, { ...row, code_key: null })],
      }
    },
  }

  const linkIdentity: AccessCommands['linkIdentity'] = {
    ...ofOthers,
    name: 'linkIdentity',
    title: text('关联统一认证身份', 'Link an identity'),
    groups: ['people', 'access'],
    input: linking,
    prepare: (reader, given) => homeOf(reader, given.person),
    subjects: ({ person: id, subjectHash }) => [`person:${id}`, `linked:${subjectHash}`],
    reads: [
      ({ person: id, subjectHash }) => ({
        rows: [
          { table: person, key: { id } },
          { table: linkedIdentity, key: { subject_hash: subjectHash } },
        ],
      }),
      wantsRoles,
    ],
    decide: (state, { person: id, issuer, subjectHash }, { actor, today }) => {
      if (!findPerson(state, id)) return [problem('identity.person-unknown', {})]
      const link = state.row(linkedIdentity, { subject_hash: subjectHash })
      if (link && !link.ended) return [problem('identity.linked-already', {})]
      const wrong = excluded(state, id, actor, today)
      if (wrong.length > 0) return wrong
      return {
        act: 'identity-linked',
        subjects: aboutPerson(id),
        rows: [put(linkedIdentity, { subject_hash: subjectHash, issuer, person: id, ended: false })],
      }
    },
  }

  /** Closes a way instead of opening one, so anybody who keeps accounts may. */
  const unlinkIdentity: AccessCommands['unlinkIdentity'] = {
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

  return { resetPassword, removeTotp, linkIdentity, unlinkIdentity }
}
