// Registering parties and bringing their data up to date. People and households have sealed names and codes; bodies have a public
// name and a unified social credit code.

import {
  field,
  form,
  isOrganisationCode,
  normaliseOrganisationCode,
  text,
  type Decoded,
  type Fields,
  type Form,
  type JsonObject,
  type Problem,
} from '../../../kernel/index.ts'
import { insert, put, type AnyCommand, type Command } from '../../record/index.ts'
import {
  bodyName,
  day,
  headName,
  householdCode,
  idNumber,
  organisationField,
  partyField,
  passport,
  people,
  personName,
  phone,
  placeField,
} from '../fields.ts'
import { judgeCodes, type PartyWorld } from '../judge.ts'
import { isPersonal } from '../model.ts'
import { partiesProblem } from '../problems.ts'
import { homesOf, partyBatches, partyReads, standing, type Homes } from '../read-party.ts'
import { partyTable, type PartyRow } from '../schema.ts'

const since = day('起始日期', 'Since')
const BLANK = {
  code: null,
  household_code: null,
  organisation: null,
  people: null,
  id_number: null,
  passport: null,
  phone: null,
  status: 'standing',
  merged_into: null,
  erased: false,
  until: null,
  batch: null,
} as const

const personForm = form({
  name: personName,
  idNumber: field.optional(idNumber),
  passport: field.optional(passport),
  phone: field.optional(phone),
  place: placeField,
  organisation: field.optional(organisationField),
  since,
})
const householdForm = form({
  name: headName,
  householdCode: field.optional(householdCode),
  idNumber: field.optional(idNumber),
  phone: field.optional(phone),
  people: field.optional(people),
  place: placeField,
  organisation: field.optional(organisationField),
  since,
})
const bodyForm = form({
  kind: field.choice({
    title: text('类型', 'Kind'),
    choices: [
      { value: 'village', title: text('村集体', 'Village collective') },
      { value: 'firm', title: text('企业', 'Firm') },
      { value: 'association', title: text('社会组织', 'Social organisation') },
      { value: 'government', title: text('党政机关', 'Government') },
    ],
    example: 'firm',
  }),
  name: bodyName,
  code: field.optional(
    field.text({
      title: text('统一社会信用代码', 'Unified social credit code'),
      hint: text('18 位；村民小组等没有代码的可以不填', '18 characters; groups without one leave it out'),
      max: 40,
      example: '9144030071526726XG',
    }),
  ),
  place: placeField,
  organisation: field.optional(organisationField),
  since,
})

const groups = ['parties']
const clause = '个人信息保护法 第六条'

/** What was found wrong with codes while they were open: told by the decision, to nobody who may not register here. */
interface Judged {
  readonly problems: readonly Problem[]
}

type Personal = Decoded<typeof personForm> | Decoded<typeof householdForm>

const registering = <F extends Fields>(
  world: PartyWorld,
  declared: {
    readonly name: string
    readonly title: ReturnType<typeof text>
    readonly input: Form<F>
    readonly kind: 'person' | 'household'
  },
): Command<Form<F>, Judged> => ({
  name: declared.name,
  version: 1,
  title: declared.title,
  clause,
  groups,
  input: declared.input,
  place: (given) => (given as unknown as Personal).place,
  organisation: (given) => (given as unknown as Personal).organisation,
  legalDate: (_, today) => today,
  prepare: async (reader, given, plain) => ({
    problems: await judgeCodes(reader, world, { plain, on: (given as unknown as Personal).since }),
  }),
  subjects: () => [],
  decide: (_, given, { subject }, { problems }) => {
    if (problems.length > 0) return problems
    const g = given as unknown as Personal
    const row: PartyRow = {
      ...BLANK,
      id: subject,
      kind: declared.kind,
      name: g.name,
      household_code: 'householdCode' in g ? (g.householdCode ?? null) : null,
      people: 'people' in g ? (g.people ?? null) : null,
      id_number: g.idNumber ?? null,
      passport: 'passport' in g ? (g.passport ?? null) : null,
      phone: g.phone ?? null,
      place: g.place,
      organisation: g.organisation ?? null,
      since: g.since,
    }
    return {
      act: 'party-registered',
      subjects: [`party:${subject}`],
      rows: [insert(partyTable, row)],
      answer: { party: subject },
    }
  },
})

const registerBody: Command<typeof bodyForm, object> = {
  name: 'registerBody',
  version: 1,
  title: text('登记单位主体', 'Register a body as a party'),
  groups,
  input: bodyForm,
  place: ({ place }) => place,
  organisation: ({ organisation }) => organisation,
  legalDate: (_, today) => today,
  subjects: ({ code }) => (code === undefined ? [] : [`party-code:${normaliseOrganisationCode(code)}`]),
  reads: [
    ({ code }) =>
      code === undefined ? {} : { sets: [{ table: partyTable, where: { code: normaliseOrganisationCode(code) } }] },
  ],
  decide: (state, given, { subject }) => {
    const code = given.code === undefined ? null : normaliseOrganisationCode(given.code)
    if (code !== null) {
      if (!isOrganisationCode(code))
        return [partiesProblem('parties.code', { code: code.slice(0, 40) }, { field: 'code' })]
      if (state.rows(partyTable, { code }).some((p) => p.status === 'standing'))
        return [partiesProblem('parties.code-taken', {}, { field: 'code' })]
    }
    const { kind, name, place, organisation, since: from } = given
    return {
      act: 'party-registered',
      subjects: [`party:${subject}`],
      rows: [
        insert(partyTable, {
          ...BLANK,
          id: subject,
          kind,
          name,
          code,
          place,
          organisation: organisation ?? null,
          since: from,
        }),
      ],
      answer: { party: subject },
    }
  },
}

const updateForm = form({
  party: partyField,
  name: field.optional(personName),
  bodyName: field.optional(bodyName),
  idNumber: field.optional(idNumber),
  passport: field.optional(passport),
  phone: field.optional(phone),
  householdCode: field.optional(householdCode),
  people: field.optional(people),
})

/** Any day a birthday may lie before. */
const SOME_DAY = '9999-12-31'

const updateParty = (world: PartyWorld): Command<typeof updateForm, Homes & Judged> => ({
  name: 'updateParty',
  version: 1,
  title: text('变更主体信息', 'Update a party'),
  groups,
  input: updateForm,
  place: (_, { place }) => place,
  organisation: (_, { organisation }) => organisation as never,
  legalDate: (_, today) => today,
  prepare: async (reader, { party }, plain?: JsonObject): Promise<(Homes & Judged) | readonly Problem[]> => {
    const homes = await homesOf(reader, [party])
    if (!('place' in homes)) return homes
    return { ...homes, problems: await judgeCodes(reader, world, { plain, on: SOME_DAY, self: party }) }
  },
  subjects: ({ party }) => [`party:${party}`],
  reads: [({ party }) => partyReads(party), ({ party }, state) => partyBatches(state, party)],
  decide: (state, given, _, { problems }) => {
    if (problems.length > 0) return problems
    const row = standing(state, given.party)
    if (!('id' in row)) return row
    const wrong = isPersonal(row.kind)
      ? given.bodyName !== undefined
      : given.name !== undefined || given.idNumber !== undefined
    if (wrong) return [partiesProblem('parties.wrong-kind', { kind: row.kind, kindEn: row.kind })]
    const next: PartyRow = {
      ...row,
      name: given.name ?? given.bodyName ?? row.name,
      id_number: given.idNumber ?? row.id_number,
      passport: given.passport ?? row.passport,
      phone: given.phone ?? row.phone,
      household_code: given.householdCode ?? row.household_code,
      people: given.people ?? row.people,
    }
    return { act: 'party-updated', subjects: [`party:${row.id}`], rows: [put(partyTable, next)] }
  },
})

export const registerCommands = (world: PartyWorld): readonly AnyCommand[] =>
  [
    registering(world, {
      name: 'registerNaturalPerson',
      title: text('登记自然人主体', 'Register a natural person as a party'),
      input: personForm,
      kind: 'person',
    }),
    registering(world, {
      name: 'registerHousehold',
      title: text('登记农户', 'Register a household'),
      input: householdForm,
      kind: 'household',
    }),
    registerBody,
    updateParty(world),
  ] as unknown as readonly AnyCommand[]
