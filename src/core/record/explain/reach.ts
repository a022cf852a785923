// How far a reader sees into the ledger. An act and its postings belong to the act's place; an account belongs to the place of
// the act that first posted to it, and to its owner.
// Always holds: who is bound to an organisation sees its accounts only, wherever the acts that moved them happened.

import { sql, type Sql } from '../../store/index.ts'
import type { Scope } from '../model.ts'

/** The owner of an account as the id of an organisation; null where it is a region or a scheme. */
const ownerId = (owner: Sql): Sql =>
  sql`case when ${owner} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${owner}::uuid end`

const firstAct = (id: Sql, within: Sql): Sql =>
  sql`exists (select 1 from posting fp join act fa on fa.id = fp.act
    where ((fp.debit_account_id = ${id} and fp.debit_line = 1) or (fp.credit_account_id = ${id} and fp.credit_line = 1))
      and ${within})`

/** @param id and owner of an account, as columns */
export const accountInReach = (scope: Scope, id: Sql, owner: Sql): Sql =>
  firstAct(id, scope.within(sql`fa.place`, ownerId(owner)))

/** As a party: through an organisation the reader is bound to, not through a region. */
const asParty = (scope: Scope, id: Sql, owner: Sql): Sql =>
  firstAct(id, sql`${scope.within(sql`fa.place`, ownerId(owner))} and not ${scope.within(sql`fa.place`)}`)

/** @param place of the act; `d` and `c` are the accounts of the posting */
export const postingInReach = (scope: Scope, place: Sql): Sql =>
  sql`(${scope.within(place)} or ${asParty(scope, sql`d.id`, sql`d.owner`)} or ${asParty(scope, sql`c.id`, sql`c.owner`)})`
