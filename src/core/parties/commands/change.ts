// What becomes of parties: doubles merged, bodies succeeded, households split and joined, personal data erased.
// Always holds: a party that ended or was merged never stands again, so successions run in no circle; a merged one points at the
// one that stands, never at another merged one.

import { field, form, text, uuidFrom, type Problem } from '../../../kernel/index.ts'
import {
  actSubjectTable,
  actTable,
  insert,
  personalValueTable,
  put,
  type AnyCommand,
  type Command,
} from '../../record/index.ts'
import {
  day,
  groundField,
  headName,
  householdCode,
  howField,
  partyField,
  partyOf,
  people,
  reasonField,
} from '../fields.ts'
import { isPersonal } from '../model.ts'
import { partiesProblem } from '../problems.ts'
import {
  bankAccountsOf,
  bankBatches,
  bankReads,
  findParty,
  homesOf,
  partyBatches,
  partyReads,
  standing,
  type Homes,
} from '../read-party.ts'
import { bankAccountTable, lookupTable, mandateTable, partyTable, successionTable, type PartyRow } from '../schema.ts'

const groups = ['parties']
const about = (...ids: readonly string[]): readonly string[] => ids.map((id) => `party:${id}`)
const onHomes = {
  version: 1,
  groups,
  place: (_: unknown, { place }: Homes) => place,
  organisation: (_: unknown, { organisation }: Homes) => organisation as never,
} as const

// ---- doubles

const mergeForm = form({
  kept: partyOf('保留的主体', 'Party that is kept'),
  double: partyOf('重复的主体', 'Double'),
  reason: reasonField,
})

/** What was done for the double stays; whoever asks for it is led to the one that is kept. */
const mergeDoubles: Command<typeof mergeForm, Homes> = {
  ...onHomes,
  name: 'mergeDoubles',
  title: text('并档', 'Merge doubles'),
  input: mergeForm,
  legalDate: (_, today) => today,
  prepare: (reader, { kept, double }) => homesOf(reader, [kept, double]),
  subjects: ({ kept, double }) => about(kept, double),
  reads: [
    ({ kept, double }) => {
      const own = partyReads(kept, double)
      return {
        ...own,
        sets: [
          ...(own.sets ?? []),
          ...(bankReads(double).sets ?? []),
          { table: partyTable, where: { merged_into: double } },
          { table: mandateTable, where: { principal: double } },
          { table: mandateTable, where: { agent: double } },
        ],
      }
    },
    ({ kept, double }, state) => ({
      rows: [...(partyBatches(state, kept, double).rows ?? []), ...(bankBatches(state, double).rows ?? [])],
    }),
  ],
  decide: (state, { kept, double }, { legalDate }) => {
    if (kept === double) return [partiesProblem('parties.same-twice')]
    const to = standing(state, kept)
    if (!('id' in to)) return to
    const from = standing(state, double)
    if (!('id' in from)) return from
    if (from.kind !== to.kind) return [partiesProblem('parties.merge-kinds')]
    const earlier = state.rows(partyTable, { merged_into: double })
    const mandates = [
      ...state.rows(mandateTable, { principal: double }).map((m) => ({ ...m, principal: kept })),
      ...state.rows(mandateTable, { agent: double }).map((m) => ({ ...m, agent: kept })),
    ]
    return {
      act: 'doubles-merged',
      subjects: about(kept, double),
      rows: [
        put(partyTable, { ...from, status: 'merged', merged_into: kept, until: legalDate }),
        // One step leads from any double to the party that stands.
        ...earlier.map((e) => put(partyTable, { ...e, merged_into: kept })),
        // What this room holds of it moves along; other rooms ask for the party that stands (`standingParty`).
        ...mandates.map((m) => put(mandateTable, m)),
        ...bankAccountsOf(state, double).map((a) => put(bankAccountTable, { ...a, party: kept })),
      ],
      answer: { party: kept },
    }
  },
}

// ---- succession

const successionForm = form({
  predecessor: partyOf('原主体', 'Predecessor'),
  successors: field.list(partyOf('承继主体', 'Successor'), { title: text('承继主体', 'Successors'), min: 1, max: 20 }),
  on: day('承继日期', 'Day of succession'),
  how: howField,
  ground: groundField,
})

const recordSuccession: Command<typeof successionForm, Homes> = {
  ...onHomes,
  name: 'recordSuccession',
  title: text('登记承继', 'Record a succession'),
  input: successionForm,
  legalDate: ({ on }) => on,
  prepare: (reader, { predecessor, successors }) => homesOf(reader, [predecessor, ...successors]),
  subjects: ({ predecessor, successors }) => about(predecessor, ...successors),
  reads: [
    ({ predecessor, successors }) => partyReads(predecessor, ...successors),
    ({ predecessor, successors }, state) => partyBatches(state, predecessor, ...successors),
  ],
  decide: (state, { predecessor, successors, on, how, ground }) => {
    if (new Set([predecessor, ...successors]).size <= successors.length) return [partiesProblem('parties.same-twice')]
    const from = standing(state, predecessor)
    if (!('id' in from)) return from
    for (const id of successors) {
      const to = standing(state, id)
      if (!('id' in to)) return to
    }
    if (on < from.since) return [partiesProblem('parties.date-before', { date: on, since: from.since })]
    return {
      act: 'party-succeeded',
      subjects: about(predecessor, ...successors),
      rows: [put(partyTable, ended(from, on)), ...successors.map((id) => succession(from, id, { on, how, ground }))],
    }
  },
}

const ended = (row: PartyRow, on: string): PartyRow => ({ ...row, status: 'ended', until: on })

const succession = (
  from: PartyRow,
  successor: string,
  { on, how, ground }: { readonly on: string; readonly how: string; readonly ground: string },
) =>
  insert(successionTable, {
    predecessor: from.id,
    successor,
    on_day: on,
    how,
    ground,
    place: from.place,
    organisation: from.organisation,
  })

// ---- households

const splitForm = form({
  household: partyOf('原户', 'Household'),
  on: day('分户日期', 'Day of the split'),
  parts: field.list(
    field.group(
      { name: headName, people, householdCode: field.optional(householdCode) },
      { title: text('一户', 'One household') },
    ),
    { title: text('分出的各户', 'Households after it'), min: 2, max: 20 },
  ),
  ground: groundField,
})

const splitHousehold: Command<typeof splitForm, Homes> = {
  ...onHomes,
  name: 'splitHousehold',
  title: text('分户', 'Split a household'),
  input: splitForm,
  legalDate: ({ on }) => on,
  prepare: (reader, { household }) => homesOf(reader, [household]),
  subjects: ({ household }) => about(household),
  reads: [({ household }) => partyReads(household), ({ household }, state) => partyBatches(state, household)],
  decide: (state, { household, on, parts, ground }, { subject }) => {
    const from = aHousehold(standing(state, household))
    if (!('id' in from)) return from
    if (on < from.since) return [partiesProblem('parties.date-before', { date: on, since: from.since })]
    const after = parts.reduce((n, p) => n + p.people, 0)
    if (from.people !== null && after !== from.people)
      return [partiesProblem('parties.people-differ', { after, before: from.people })]
    const made = parts.map((p, i): PartyRow => ({
      ...from,
      id: uuidFrom(subject, `household ${i}`),
      name: p.name,
      people: p.people,
      household_code: p.householdCode ?? null,
      // Codes belong to a head; who heads a new household says theirs by an update.
      id_number: null,
      passport: null,
      phone: null,
      since: on,
      batch: null,
    }))
    return {
      act: 'household-split',
      subjects: about(household, ...made.map((m) => m.id)),
      rows: [
        put(partyTable, ended(from, on)),
        ...made.map((m) => insert(partyTable, m)),
        ...made.map((m) => succession(from, m.id, { on, how: 'household-split', ground })),
      ],
      answer: { households: made.map((m) => m.id) },
    }
  },
}

const aHousehold = (row: PartyRow | readonly Problem[]): PartyRow | readonly Problem[] =>
  'id' in row && row.kind !== 'household'
    ? [partiesProblem('parties.wrong-kind', { kind: row.kind, kindEn: row.kind })]
    : row

const joinForm = form({
  households: field.list(partyOf('原户', 'Household'), { title: text('合并的各户', 'Households'), min: 2, max: 20 }),
  on: day('并户日期', 'Day'),
  name: headName,
  householdCode: field.optional(householdCode),
  ground: groundField,
})

const joinHouseholds: Command<typeof joinForm, Homes> = {
  ...onHomes,
  name: 'joinHouseholds',
  title: text('并户', 'Join households'),
  input: joinForm,
  legalDate: ({ on }) => on,
  prepare: (reader, { households }) => homesOf(reader, households),
  subjects: ({ households }) => about(...households),
  reads: [({ households }) => partyReads(...households), ({ households }, state) => partyBatches(state, ...households)],
  decide: (state, { households, on, name, householdCode: code, ground }, { subject }, { organisation }) => {
    if (new Set(households).size < households.length) return [partiesProblem('parties.same-twice')]
    const rows: PartyRow[] = []
    for (const id of households) {
      const row = aHousehold(standing(state, id))
      if (!('id' in row)) return row
      if (on < row.since) return [partiesProblem('parties.date-before', { date: on, since: row.since })]
      rows.push(row)
    }
    const counted = rows.every((r) => r.people !== null)
    const joined: PartyRow = {
      ...rows[0]!,
      id: subject,
      name,
      household_code: code ?? null,
      people: counted ? rows.reduce((n, r) => n + (r.people ?? 0), 0) : null,
      organisation: organisation ?? null,
      id_number: null,
      passport: null,
      phone: null,
      since: on,
      batch: null,
    }
    return {
      act: 'households-joined',
      subjects: about(...households, subject),
      rows: [
        ...rows.map((r) => put(partyTable, ended(r, on))),
        insert(partyTable, joined),
        ...rows.map((r) => succession(r, subject, { on, how: 'household-merger', ground })),
      ],
      answer: { household: subject },
    }
  },
}

// ---- erasing

const eraseForm = form({ party: partyField, reason: reasonField })
/** Acts whose personal values are all this party's. */
const OWN_ACTS: readonly string[] = ['party-registered', 'party-updated', 'bank-account-registered']

/** Every personal value that acts or files ever stored about a party goes; the party and its acts stay. */
const eraseParty: Command<typeof eraseForm, Homes> = {
  ...onHomes,
  name: 'eraseParty',
  title: text('删除主体的个人信息', 'Erase personal data of a party'),
  clause: '个人信息保护法 第四十七条',
  groups: ['parties-erasing'],
  input: eraseForm,
  legalDate: (_, today) => today,
  prepare: (reader, { party }) => homesOf(reader, [party]),
  subjects: ({ party }) => about(party),
  reads: [
    ({ party }) => {
      const [own, bank] = [partyReads(party), bankReads(party)]
      return {
        ...own,
        sets: [
          ...(own.sets ?? []),
          ...(bank.sets ?? []),
          { table: actSubjectTable, where: { subject: about(party)[0]! } },
        ],
      }
    },
    ({ party }, state) => {
      const acts = state.rows(actSubjectTable, { subject: about(party)[0]! })
      return {
        rows: [
          ...(partyBatches(state, party).rows ?? []),
          ...(bankBatches(state, party).rows ?? []),
          ...acts.map(({ act }) => ({ table: actTable, key: { id: act } })),
        ],
        sets: acts.map(({ act }) => ({ table: personalValueTable, where: { act } })),
      }
    },
  ],
  decide: (state, { party }) => {
    const row = findParty(state, party)
    if (!row || row.erased || !isPersonal(row.kind)) return [partiesProblem('parties.unknown')]
    const accounts = bankAccountsOf(state, party)
    const ofActs = state
      .rows(actSubjectTable, { subject: about(party)[0]! })
      .filter(({ act }) => OWN_ACTS.includes(state.row(actTable, { id: act })?.kind ?? ''))
      .flatMap(({ act }) => state.rows(personalValueTable, { act }).map((v) => v.commitment))
    const standingNow = [row.name, row.id_number, row.passport, row.phone, ...accounts.map((a) => a.number)]
    const commitments = [...new Set([...ofActs, ...standingNow.filter((c): c is string => c !== null)])]
    return {
      act: 'party-erased',
      subjects: about(party),
      rows: [
        put(partyTable, { ...row, erased: true }),
        ...accounts.map((a) => put(bankAccountTable, { ...a, closed: true })),
        // The hashes go with the values; the table is beside the acts, so that none of them ever held one.
        ...commitments.map((commitment) => put(lookupTable, { commitment, kind: 'erased', hash: '', key_id: '' })),
      ],
      erases: commitments,
    }
  },
}

export const changeCommands = [
  mergeDoubles,
  recordSuccession,
  splitHousehold,
  joinHouseholds,
  eraseParty,
] as unknown as readonly AnyCommand[]
