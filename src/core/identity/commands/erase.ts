// Erasing a person: every personal and secret value that acts ever stored about them goes, the acts stay
// (Personal Information Protection Law, article 47). Their commitments keep the log whole and tell nothing.
// Always holds: an erased account is disabled, has no way to sign in, and is never used again.

import { form, text } from '../../../kernel/index.ts'
import { actSubjectTable, personalValueTable, put, type Command } from '../../record/index.ts'
import { problem } from '../problems.ts'
import { credential, linkedIdentity, person } from '../schema.ts'
import { aboutPerson, homeOf, personField, reasonField, type Home } from './fields.ts'
import { findPerson } from './people.ts'

const input = form({ person: personField, reason: reasonField })

export const erasePersonal: Command<typeof input, Home> = {
  name: 'erasePersonal',
  version: 1,
  title: text('删除个人信息', 'Erase personal data'),
  clause: '个人信息保护法 第四十七条',
  groups: ['people'],
  input,
  place: (_, { place }) => place,
  legalDate: (_, today) => today,
  prepare: (reader, given) => homeOf(reader, given.person),
  subjects: (given) => aboutPerson(given.person),
  reads: [
    ({ person: id }) => ({
      rows: [
        { table: person, key: { id } },
        { table: credential, key: { person: id } },
      ],
      sets: [
        { table: actSubjectTable, where: { subject: aboutPerson(id)[0]! } },
        { table: linkedIdentity, where: { person: id } },
      ],
    }),
    ({ person: id }, state) => ({
      sets: state
        .rows(actSubjectTable, { subject: aboutPerson(id)[0]! })
        .map(({ act }) => ({ table: personalValueTable, where: { act } })),
    }),
  ],
  decide: (state, { person: id }, { actor }) => {
    const row = findPerson(state, id)
    const secret = state.row(credential, { person: id })
    if (!row || !secret) return [problem('identity.person-unknown', {})]
    if (row.id === actor.person) return [problem('identity.no-self-grant', {})]
    const values = state
      .rows(actSubjectTable, { subject: aboutPerson(id)[0]! })
      .flatMap(({ act }) => state.rows(personalValueTable, { act }))
      .filter((v) => v.value !== null)
    return {
      act: 'person-erased',
      subjects: aboutPerson(id),
      rows: [
        put(person, { ...row, login: `erased.${id}`, disabled: true, erased: true }),
        put(credential, { ...secret, password: null, code_key: null, former: [] }),
        ...state.rows(linkedIdentity, { person: id }).map((l) => put(linkedIdentity, { ...l, ended: true })),
      ],
      erases: values.map((v) => v.commitment),
    }
  },
}
