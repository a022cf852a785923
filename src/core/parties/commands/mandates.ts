// Mandates: who acts for whom, in what, from when until when, on paper or by an account. And the bank accounts that parties are
// paid to.

import { field, form, text, type JsonObject, type Problem } from '../../../kernel/index.ts'
import { insert, put, type AnyCommand, type Command, type State, type Wanted } from '../../record/index.ts'
import { sql } from '../../store/index.ts'
import {
  bankKind,
  bankName,
  bankNumber,
  day,
  EXAMPLE_ID,
  groundField,
  matterField,
  partyField,
  partyOf,
  reasonField,
} from '../fields.ts'
import { bankProblem, type PartyWorld } from '../judge.ts'
import { mandateCovers, type Matter } from '../model.ts'
import { partiesProblem } from '../problems.ts'
import {
  bankAccountsOf,
  bankBatches,
  bankReads,
  homesOf,
  partyBatches,
  partyReads,
  standing,
  type Homes,
} from '../read-party.ts'
import { bankAccountTable, mandateTable, type MandateRow } from '../schema.ts'

const groups = ['parties']
const onHomes = {
  version: 1,
  groups,
  place: (_: unknown, { place }: Homes) => place,
  organisation: (_: unknown, { organisation }: Homes) => organisation as never,
} as const

const mandateForm = form({
  principal: partyOf('委托人', 'Principal'),
  agent: field.optional(partyOf('代理人（主体）', 'Agent that is a party')),
  account: field.optional(
    field.person({ title: text('代理人（账号）', 'Agent with an account'), example: EXAMPLE_ID }),
  ),
  matter: matterField,
  basis: groundField,
  paper: field.optional(
    field.fileHash({
      title: text('委托书扫描件', 'Scan of the mandate'),
      hint: text('先上传，再填校验值', 'upload it first, then fill in its hash'),
      example: 'ab'.repeat(32),
    }),
  ),
  from: day('起日', 'From'),
  to: field.optional(day('止日', 'To')),
})

const giveMandate = ({ hasFile }: PartyWorld): Command<typeof mandateForm, Homes & { readonly there: boolean }> => ({
  ...onHomes,
  name: 'giveMandate',
  title: text('登记委托', 'Record a mandate'),
  clause: '民法典 第一百六十五条',
  input: mandateForm,
  legalDate: ({ from }) => from,
  prepare: async (reader, { principal, paper }) => {
    const homes = await homesOf(reader, [principal])
    return 'place' in homes
      ? { ...homes, there: paper === undefined || hasFile === undefined || (await hasFile(paper)) }
      : homes
  },
  subjects: ({ principal }) => [`party:${principal}`],
  reads: [
    ({ principal, agent }) => partyReads(principal, agent),
    ({ principal, agent }, state) => partyBatches(state, principal, agent),
  ],
  decide: (state, given, { subject }, { there }) => {
    const { principal, agent, account, matter, basis, paper, from, to } = given
    if (!there) return [partiesProblem('parties.no-paper')]
    if ((agent === undefined) === (account === undefined) || agent === principal)
      return [partiesProblem('parties.agent')]
    if (to !== undefined && to < from) return [partiesProblem('parties.period', { from, to })]
    const of = standing(state, principal)
    if (!('id' in of)) return of
    if (agent !== undefined) {
      const by = standing(state, agent)
      if (!('id' in by)) return by
    }
    return {
      act: 'mandate-given',
      subjects: [`party:${principal}`, ...(agent === undefined ? [] : [`party:${agent}`])],
      rows: [
        insert(mandateTable, {
          id: subject,
          principal,
          agent: agent ?? null,
          account: account ?? null,
          matter,
          basis,
          paper: paper ?? null,
          place: of.place,
          organisation: of.organisation,
          valid_from: from,
          valid_to: to ?? null,
          ended: null,
        }),
      ],
      answer: { mandate: subject },
    }
  },
})

const endForm = form({
  mandate: field.id({ title: text('委托', 'Mandate'), example: EXAMPLE_ID }),
  last: day('最后有效日', 'Last day'),
  reason: reasonField,
})

const endMandate: Command<typeof endForm, Homes> = {
  ...onHomes,
  name: 'endMandate',
  title: text('终止委托', 'End a mandate'),
  clause: '民法典 第一百七十三条',
  input: endForm,
  legalDate: ({ last }) => last,
  prepare: async (reader, { mandate }): Promise<Homes | readonly Problem[]> => {
    const [row] = await reader.query<{ place: string; organisation: string | null }>(
      sql`select place, organisation from party_mandate where id = ${mandate}`,
    )
    return row
      ? { place: row.place, organisation: row.organisation ?? undefined }
      : [partiesProblem('parties.mandate-unknown')]
  },
  subjects: ({ mandate }) => [`mandate:${mandate}`],
  reads: [({ mandate }) => ({ rows: [{ table: mandateTable, key: { id: mandate } }] })],
  decide: (state, { mandate, last }) => {
    const row = state.row(mandateTable, { id: mandate })
    if (!row || row.ended !== null) return [partiesProblem('parties.mandate-unknown')]
    return {
      act: 'mandate-ended',
      subjects: [`party:${row.principal}`],
      rows: [put(mandateTable, { ...row, ended: last })],
    }
  },
}

/** For commands of other rooms: the mandates of a party. */
export const mandateReads = (principal: string): Wanted => ({ sets: [{ table: mandateTable, where: { principal } }] })

/** After `mandateReads`: the mandate that lets somebody act for the party in a matter on a day. */
export const findMandate = (
  state: State,
  asked: {
    readonly principal: string
    readonly agent?: string
    readonly account?: string
    readonly matter: Matter
    readonly on: string
  },
): MandateRow | undefined =>
  state.rows(mandateTable, { principal: asked.principal }).find((m) => mandateCovers(m, asked))

// ---- bank accounts

const bankForm = form({ party: partyField, bank: bankName, kind: bankKind, number: bankNumber })

const registerBankAccount: Command<typeof bankForm, Homes & { readonly wrong: Problem | undefined }> = {
  ...onHomes,
  name: 'registerBankAccount',
  title: text('登记银行账户', 'Register a bank account'),
  input: bankForm,
  legalDate: (_, today) => today,
  prepare: async (reader, { party, kind }, plain?: JsonObject) => {
    const number = plain?.['number']
    const homes = await homesOf(reader, [party])
    return 'place' in homes
      ? { ...homes, wrong: typeof number === 'string' ? bankProblem(number, kind) : undefined }
      : homes
  },
  subjects: ({ party }) => [`party:${party}`],
  reads: [({ party }) => partyReads(party), ({ party }, state) => partyBatches(state, party)],
  decide: (state, { party, bank, kind, number }, { subject }, { wrong }) => {
    if (wrong) return [wrong]
    const of = standing(state, party)
    if (!('id' in of)) return of
    return {
      act: 'bank-account-registered',
      subjects: [`party:${party}`],
      rows: [insert(bankAccountTable, { id: subject, party, bank, kind, number, closed: false, batch: null })],
      answer: { account: subject },
    }
  },
}

const closeForm = form({
  party: partyField,
  account: field.id({ title: text('银行账户', 'Bank account'), example: EXAMPLE_ID }),
  reason: reasonField,
})

const closeBankAccount: Command<typeof closeForm, Homes> = {
  ...onHomes,
  name: 'closeBankAccount',
  title: text('停用银行账户', 'Close a bank account'),
  input: closeForm,
  legalDate: (_, today) => today,
  prepare: (reader, { party }) => homesOf(reader, [party]),
  subjects: ({ party }) => [`party:${party}`],
  reads: [({ party }) => bankReads(party), ({ party }, state) => bankBatches(state, party)],
  decide: (state, { party, account }) => {
    const row = bankAccountsOf(state, party).find((a) => a.id === account && !a.closed)
    if (!row) return [partiesProblem('parties.account-unknown')]
    return {
      act: 'bank-account-closed',
      subjects: [`party:${party}`],
      rows: [put(bankAccountTable, { ...row, closed: true })],
    }
  },
}

export const mandateCommands = (world: PartyWorld): readonly AnyCommand[] =>
  [giveMandate(world), endMandate, registerBankAccount, closeBankAccount] as unknown as readonly AnyCommand[]
