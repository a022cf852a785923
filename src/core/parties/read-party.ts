// Parties as they stand, whoever brought them: rows of acts, and the rows of files that no act covers.

import { list, sql, trusted, type Reader, type RowOf, type Sql } from '../store/index.ts'
import type { State, Wanted } from '../record/index.ts'
import { broughtBatches, broughtInForce, broughtReads, findBrought, inForce } from '../imports/index.ts'
import type { Problem } from '../../kernel/index.ts'
import { partiesProblem } from './problems.ts'
import { bankAccountStagedTable, bankAccountTable, partyStagedTable, partyTable, type PartyRow } from './schema.ts'

const COLUMNS = trusted(
  `id, kind, name, code, household_code, place, organisation, people, id_number, passport, phone, status, merged_into, erased,
   since, until, batch`,
)

/** All parties: `select … from (allParties) p`. */
export const allParties = (): Sql =>
  sql`(select ${COLUMNS} from party union all
       select s.id, s.kind, s.name, null, s.household_code, s.place, s.organisation, s.people, s.id_number, null, s.phone,
         'standing', null::uuid, false, s.since, null::date, s.batch
       from party_staged s where ${inForce('s')} and not exists (select 1 from party p where p.id = s.id))`

/** All bank accounts. */
export const allBankAccounts = (): Sql =>
  sql`(select id, party, bank, kind, number, closed, batch from party_bank_account union all
       select s.id, s.party, s.bank, s.kind, s.number, false, s.batch from party_bank_account_staged s
       where ${inForce('s')} and not exists (select 1 from party_bank_account b where b.id = s.id))`

/** The party that stands for one that was merged: doubles are followed in one step. @param column holds the id of a party */
export const standingParty = (column: Sql): Sql =>
  sql`coalesce((select pm.merged_into from party pm where pm.id = ${column}), ${column})`

// ---- in commands: two stages, then `findParty`

const each = (ids: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(ids.filter((i): i is string => i !== undefined)),
]

export const partyReads = (...ids: readonly (string | undefined)[]): Wanted => ({
  rows: each(ids).map((id) => ({ table: partyTable, key: { id } })),
  sets: each(ids).flatMap((id) => broughtReads(partyStagedTable, { id }).sets ?? []),
})

export const partyBatches = (state: State, ...ids: readonly (string | undefined)[]): Wanted => ({
  rows: each(ids).flatMap((id) => broughtBatches(state, partyStagedTable, { id }).rows ?? []),
})

/** After both stages; also one that has ended or was merged. */
export function findParty(state: State, id: string): PartyRow | undefined {
  const acted = state.row(partyTable, { id })
  if (acted) return acted
  const brought = findBrought(state, partyStagedTable, { id })
  if (!brought) return undefined
  const { line: _, item: __, ...row } = brought
  return { ...row, code: null, passport: null, status: 'standing', merged_into: null, erased: false, until: null }
}

/** @returns problems where it does not stand */
export function standing(state: State, id: string): PartyRow | readonly Problem[] {
  const row = findParty(state, id)
  return row?.status === 'standing' && !row.erased ? row : [partiesProblem('parties.unknown')]
}

type BankRow = RowOf<typeof bankAccountTable>

export const bankReads = (party: string): Wanted => ({
  sets: [
    { table: bankAccountTable, where: { party } },
    ...(broughtReads(bankAccountStagedTable, { party }).sets ?? []),
  ],
})
export const bankBatches = (state: State, party: string): Wanted =>
  broughtBatches(state, bankAccountStagedTable, { party })

export function bankAccountsOf(state: State, party: string): readonly BankRow[] {
  const acted = state.rows(bankAccountTable, { party })
  const brought = broughtInForce(state, bankAccountStagedTable, { party })
    .filter((b) => !acted.some((a) => a.id === b.id))
    .map(({ line: _, item: __, ...row }) => ({ ...row, closed: false }))
  return [...acted, ...brought]
}

// ---- before a command waits

export interface Homes {
  /** The smallest region that all of them lie in. */
  readonly place: string
  /** Where all belong to one. */
  readonly organisation: string | undefined
}

export async function homesOf(reader: Reader, ids: readonly string[]): Promise<Homes | readonly Problem[]> {
  const wanted = each(ids)
  const rows = await reader.query<{ place: string; organisation: string | null }>(
    sql`select p.place, p.organisation from ${allParties()} p
        where p.id = any(${list('uuid', wanted)})`,
  )
  if (rows.length < wanted.length) return [partiesProblem('parties.unknown')]
  const places = each(rows.map((r) => r.place))
  const organisations = each(rows.map((r) => r.organisation ?? ''))
  const organisation = organisations.length === 1 && organisations[0] !== '' ? organisations[0] : undefined
  if (places.length === 1) return { place: places[0]!, organisation }
  const [common] = await reader.query<{ place: string }>(
    sql`select c.ancestor as place from region_closure c
        where c.edition = (select edition from region_edition where in_force)
          and c.descendant = any(${list('text', places)})
        group by c.ancestor having count(*) = ${places.length}::int8 order by length(c.ancestor) desc, c.ancestor limit 1`,
  )
  return common ? { place: common.place, organisation } : [partiesProblem('parties.unknown')]
}
