// Organisations: registered once under their unified social credit code; a new name holds from a day on.

import {
  field,
  form,
  isOrganisationCode,
  normaliseOrganisationCode,
  text,
  type Problem,
} from '../../../kernel/index.ts'
import { insert, put, type Command } from '../../record/index.ts'
import { sql } from '../../store/index.ts'
import { problem } from '../problems.ts'
import { organisation, organisationName } from '../schema.ts'
import { organisationField, placeField, type Home } from './fields.ts'

export const ORGANISATION_KINDS = [
  { value: 'government', title: text('党政机关', 'Government') },
  { value: 'institution', title: text('事业单位', 'Public institution') },
  { value: 'firm', title: text('企业', 'Firm') },
  { value: 'bank', title: text('金融机构', 'Bank') },
  { value: 'cooperative', title: text('合作社', 'Cooperative') },
  { value: 'village', title: text('村集体', 'Village collective') },
  { value: 'exchange', title: text('交易机构', 'Exchange') },
  { value: 'association', title: text('社会组织', 'Association') },
] as const

const nameField = field.text({ title: text('名称', 'Name'), max: 120, example: '桃源县林业局' })

const registration = form({
  code: field.optional(
    field.text({
      title: text('统一社会信用代码', 'Unified social credit code'),
      hint: text('18 位；村民小组等没有代码的可以不填', '18 characters; groups without one leave it out'),
      max: 40,
      example: '9144030071526726XG',
    }),
  ),
  name: nameField,
  kind: field.choice({ title: text('类型', 'Kind'), choices: ORGANISATION_KINDS, example: 'government' }),
  place: placeField,
})

const codeOf = (given: { readonly code?: string }): string | undefined =>
  given.code === undefined ? undefined : normaliseOrganisationCode(given.code)

export const registerOrganisation: Command<typeof registration> = {
  name: 'registerOrganisation',
  version: 1,
  title: text('登记单位', 'Register an organisation'),
  groups: ['people', 'set-up'],
  input: registration,
  place: ({ place }) => place,
  legalDate: (_, today) => today,
  subjects: (given) => {
    const code = codeOf(given)
    return code === undefined ? [] : [`organisation-code:${code}`]
  },
  reads: [
    (given) => {
      const code = codeOf(given)
      return code === undefined ? {} : { sets: [{ table: organisation, where: { code } }] }
    },
  ],
  decide: (state, given, { subject, legalDate }) => {
    const code = codeOf(given)
    if (code !== undefined) {
      if (!isOrganisationCode(code)) return [problem('identity.organisation-code', { code: code.slice(0, 40) })]
      const [same] = state.rows(organisation, { code })
      if (same) return [problem('identity.organisation-twice', { code, name: same.name })]
    }
    const { name, kind, place } = given
    return {
      act: 'organisation-registered',
      subjects: [`organisation:${subject}`],
      rows: [
        insert(organisation, { id: subject, code: code ?? null, name, kind, place }),
        insert(organisationName, { organisation: subject, valid_from: legalDate, name }),
      ],
      answer: { organisation: subject },
    }
  },
}

const renaming = form({
  organisation: organisationField,
  name: nameField,
  from: field.civilDate({ title: text('自何日起', 'From'), example: '2026-01-01' }),
})

export const renameOrganisation: Command<typeof renaming, Home> = {
  name: 'renameOrganisation',
  version: 1,
  title: text('单位更名', 'Rename an organisation'),
  groups: ['people'],
  input: renaming,
  place: (_, { place }) => place,
  legalDate: ({ from }) => from,
  prepare: async (reader, { organisation: id }): Promise<Home | readonly Problem[]> => {
    const row = (await reader.query<Home>(sql`select place from organisation where id = ${id}`))[0]
    return row ?? [problem('identity.organisation-unknown', {})]
  },
  subjects: ({ organisation: id }) => [`organisation:${id}`],
  reads: [
    ({ organisation: id }) => ({
      rows: [{ table: organisation, key: { id } }],
      sets: [{ table: organisationName, where: { organisation: id } }],
    }),
  ],
  decide: (state, { organisation: id, name, from }) => {
    const row = state.row(organisation, { id })
    if (!row) return [problem('identity.organisation-unknown', {})]
    const later = state.rows(organisationName, { organisation: id }).find((n) => n.valid_from >= from)
    if (later) return [problem('identity.name-date', { date: later.valid_from, name: later.name })]
    return {
      act: 'organisation-renamed',
      subjects: [`organisation:${id}`],
      rows: [
        put(organisation, { ...row, name }),
        insert(organisationName, { organisation: id, valid_from: from, name }),
      ],
    }
  },
}
