// Reading the ledger from the database: an account, its statement at any date, a posting with both its accounts, what an
// owner holds, where a unit has been, and the zero-sum report. Nothing here locks or writes.

import type { CivilDate } from '../../kernel/index.ts'
import { list, sql, trusted, type Reader, type Sql } from '../store/index.ts'
import { ZERO_BALANCE } from './balance.ts'
import { joinRanges } from './lots.ts'
import { cells, withPicks } from './load.ts'
import type {
  Account,
  AccountId,
  AccountName,
  ActId,
  Asset,
  Balance,
  Lot,
  LotId,
  Posting,
  PostingId,
  SerialRange,
} from './model.ts'
import { accountId } from './purposes.ts'
import { accountOf, assetOf, balanceOfRow, lotOf, pieceOf } from './rows.ts'
import * as schema from './schema.ts'
import type { AccountRow, AssetRow, LotPieceRow, LotRow, PostingRow } from './schema.ts'
import { statement, type Statement, type StatementPeriod } from './statement.ts'
import { zeroSum, type AssetSum, type HeldUnits, type ZeroSum } from './zero-sum.ts'

export async function findAccount(db: Reader, ref: AccountName | AccountId): Promise<Account | undefined> {
  const id = typeof ref === 'string' ? ref : accountId(ref)
  return (await accountsById(db, [id]))[0]
}

async function accountsById(db: Reader, ids: readonly AccountId[]): Promise<readonly Account[]> {
  const rows = await db.query<AccountRow>(
    sql`select ${cells(schema.account, 'a')} from account a where a.id = any(${list('uuid', ids)})`,
  )
  return rows.map(accountOf)
}

export interface PostingWithAccounts {
  readonly posting: Posting
  readonly debit: Account
  readonly credit: Account
}

export async function findPosting(db: Reader, id: PostingId): Promise<PostingWithAccounts | undefined> {
  const [posting] = await postingsWhere(db, sql`p.id = ${id}`)
  if (!posting) return undefined
  const accounts = await accountsById(db, [posting.debit, posting.credit])
  const of = (a: AccountId) => accounts.find((x) => x.id === a)!
  return { posting, debit: of(posting.debit), credit: of(posting.credit) }
}

/** In the order in which the act made them. */
export const postingsOfAct = (db: Reader, act: ActId): Promise<readonly Posting[]> =>
  postingsWhere(db, sql`p.act = ${act}`)

/** Every posting that moved or reserved the unit, oldest first: where a permit has been since it was issued.
 *  @param serial counted from 0 */
export const postingsOfUnit = (db: Reader, lot: LotId, serial: bigint): Promise<readonly Posting[]> =>
  postingsWhere(
    db,
    sql`p.id in (select m.posting_id from lot_move m
        where m.lot = ${lot} and m.from_serial <= ${serial}::int8 and m.to_serial > ${serial}::int8)`,
  )

async function postingsWhere(db: Reader, condition: Sql): Promise<readonly Posting[]> {
  const rows = await db.query<PostingRow>(
    sql`select ${cells(schema.posting, 'p')} from posting p where ${condition} order by p.recorded, p.act, p.ordinal`,
  )
  return withPicks(db, rows)
}

// ---- statements

/** Where a page of a statement ends. */
export interface StatementPlace {
  readonly line: bigint
  readonly effective: CivilDate
}

export interface StatementPage extends Statement {
  /** Give it as `after` for the next page; undefined on the last. */
  readonly next?: StatementPlace
}

/** The statement of an account, a page at a time; its opening is what the page begins with, its closing what it ends with.
 *  By recording, the opening is the balance stored with the line before; by legal date, it is the sum of all before. */
export async function accountStatement(
  db: Reader,
  account: AccountId,
  period: StatementPeriod,
  page: { readonly limit: number; readonly after?: StatementPlace } = { limit: 1000 },
): Promise<StatementPage> {
  const { before, within } = conditions(period, page.after)
  const opening = await (period.by === 'recorded' ? lastBefore : sumBefore)(db, account, before)
  const order = period.by === 'recorded' ? sql`line` : sql`effective, line`
  const rows = await db.query<PostingRow>(
    sql`select ${cells(schema.posting, 'l')} from ${linesOf(account)} where ${within} order by ${order}
        limit ${page.limit + 1}::int8`,
  )
  const shown = await withPicks(db, rows.slice(0, page.limit))
  const all = statement(account, shown, { by: period.by }, opening)
  const last = all.lines.at(-1)
  return rows.length > page.limit && last
    ? { ...all, next: { line: last.line, effective: last.posting.effective } }
    : all
}

/** Both sides of the account as lines `l`. */
const linesOf = (account: AccountId): Sql => sql`(
    select p.*, 1 as side, p.debit_line as line from posting p where p.debit_account_id = ${account}
    union all
    select p.*, 2 as side, p.credit_line as line from posting p where p.credit_account_id = ${account}
  ) l`

function conditions(period: StatementPeriod, after: StatementPlace | undefined): { before: Sql; within: Sql } {
  const [from, end] =
    period.by === 'effective'
      ? [
          period.from === undefined ? sql`true` : sql`l.effective >= ${period.from}::date`,
          period.to === undefined ? sql`true` : sql`l.effective <= ${period.to}::date`,
        ]
      : [
          period.from === undefined ? sql`true` : sql`l.recorded >= ${period.from}::timestamptz`,
          period.before === undefined ? sql`true` : sql`l.recorded < ${period.before}::timestamptz`,
        ]
  const start = after === undefined ? from : sql`${from} and ${pastPlace(period, after)}`
  return { before: sql`not (${start})`, within: sql`${start} and ${end}` }
}

const pastPlace = (period: StatementPeriod, { line, effective }: StatementPlace): Sql =>
  period.by === 'recorded'
    ? sql`l.line > ${line}::int8`
    : sql`(l.effective, l.line) > (${effective}::date, ${line}::int8)`

type Counters = Pick<AccountRow, 'debits_pending' | 'debits_posted' | 'credits_pending' | 'credits_posted' | 'lines'>

async function lastBefore(db: Reader, account: AccountId, before: Sql): Promise<Balance> {
  const side = (c: string) => trusted(`case when l.side = 1 then l.debit_${c} else l.credit_${c} end`)
  const [row] = await db.query<Counters>(
    sql`select ${side('debits_pending')} as debits_pending, ${side('debits_posted')} as debits_posted,
          ${side('credits_pending')} as credits_pending, ${side('credits_posted')} as credits_posted, l.line as lines
        from ${linesOf(account)} where ${before} order by l.line desc limit 1`,
  )
  return row ? balanceOfRow(row) : ZERO_BALANCE
}

/** The table of effects (`effectOf`) in SQL; a law compares the two. */
async function sumBefore(db: Reader, account: AccountId, before: Sql): Promise<Balance> {
  const posted = sql`case when l.kind in ('plain', 'post') then l.amount else 0 end`
  const pending = sql`case when l.kind = 'pending' then l.amount else -coalesce(l.pending_amount, 0) end`
  const sum = (what: Sql, side: 1 | 2) => sql`coalesce(sum(${what}) filter (where l.side = ${side}::int4), 0)::int8`
  const [row] = await db.query<Counters>(
    sql`select ${sum(pending, 1)} as debits_pending, ${sum(posted, 1)} as debits_posted,
          ${sum(pending, 2)} as credits_pending, ${sum(posted, 2)} as credits_posted, count(*)::int8 as lines
        from ${linesOf(account)} where ${before}`,
  )
  return row ? balanceOfRow(row) : ZERO_BALANCE
}

// ---- holdings

export interface Holding {
  readonly account: Account
  readonly asset: Asset
  /** Serials held, joined where they touch, in the order in which they would go; empty for assets without lots. */
  readonly units: readonly { readonly lot: Lot; readonly range: SerialRange; readonly reserved: boolean }[]
  /** There are more pieces than are listed. */
  readonly more: boolean
}

/** Every account of an owner with a line on it. @param pieces at most this many of each account */
export async function holdingsOf(db: Reader, owner: string, pieces = 1000): Promise<readonly Holding[]> {
  const accounts = (
    await db.query<AccountRow>(
      sql`select ${cells(schema.account, 'a')} from account a where a.owner = ${owner} order by a.asset, a.purpose`,
    )
  ).map(accountOf)
  const assets = await db.query<AssetRow>(
    sql`select ${cells(schema.asset, 'a')} from asset a
        where a.code = any(${list('text', [...new Set(accounts.map((a) => a.asset))])})`,
  )
  const byCode = new Map(assets.map((r) => [r.code, assetOf(r)]))
  const lotted = accounts.filter((a) => byCode.get(a.asset)!.lots).map((a) => a.id)
  const rows = await db.query<LotPieceRow>(
    sql`select ${cells(schema.lotPiece, 'p')} from unnest(${list('uuid', lotted)}) as w(account_id) cross join lateral (
          select * from lot_piece p where p.account_id = w.account_id
          order by p.expires, p.issued, p.lot, p.from_serial limit ${pieces + 1}::int8) p`,
  )
  const lots = await db.query<LotRow>(
    sql`select ${cells(schema.lot, 'l')} from lot l where l.id = any(${list('uuid', [...new Set(rows.map((r) => r.lot))])})`,
  )
  const lotById = new Map(lots.map((r) => [r.id, lotOf(r)]))
  return accounts.map((account) => {
    const held = rows.filter((r) => r.account_id === account.id)
    const shown = held.slice(0, pieces).map(pieceOf)
    const joined = (reserved: boolean) =>
      joinRanges(shown.filter((p) => (p.pending !== undefined) === reserved)).map((range) => ({
        lot: lotById.get(range.lot)!,
        range,
        reserved,
      }))
    return {
      account,
      asset: byCode.get(account.asset)!,
      units: [...joined(false), ...joined(true)],
      more: held.length > pieces,
    }
  })
}

// ---- zero sum

/** The report over the whole database; only what does not fit is read row by row. */
export async function zeroSumReport(db: Reader): Promise<ZeroSum> {
  const assets = await db.query<{
    asset: string
    accounts: bigint
    debits_pending: string
    debits_posted: string
    credits_pending: string
    credits_posted: string
  }>(
    sql`select asset, count(*)::int8 as accounts, sum(debits_pending) as debits_pending, sum(debits_posted) as debits_posted,
          sum(credits_pending) as credits_pending, sum(credits_posted) as credits_posted
        from account group by asset order by asset`,
  )
  const sums = assets.map((r): AssetSum => {
    const s = {
      debitsPending: BigInt(r.debits_pending),
      debitsPosted: BigInt(r.debits_posted),
      creditsPending: BigInt(r.credits_pending),
      creditsPosted: BigInt(r.credits_posted),
    }
    const fits = s.debitsPending === s.creditsPending && s.debitsPosted === s.creditsPosted
    return { asset: r.asset, accounts: Number(r.accounts), ...s, fits }
  })
  const odd = zeroSum(await oddAccounts(db), await lottedAssets(db), await unitsOfOdd(db))
  return { ...odd, assets: sums, fits: sums.every((s) => s.fits) && odd.broken.length === 0 && odd.misfit.length === 0 }
}

const units = sql`(select account_id, sum(to_serial - from_serial)::int8 as units,
    coalesce(sum(to_serial - from_serial) filter (where pending_id is not null), 0)::int8 as reserved
  from lot_piece group by account_id) u`

/** Accounts that may break a flag or differ from their pieces; the pure report judges. */
const odd = sql`from account a join asset s on s.code = a.asset left join ${units} on u.account_id = a.id
  where (a.debits_must_not_exceed_credits and a.debits_pending + a.debits_posted > a.credits_posted)
     or (a.credits_must_not_exceed_debits and a.credits_pending + a.credits_posted > a.debits_posted)
     or (a.credits_only and a.debits_pending + a.debits_posted <> 0)
     or (s.lots and a.purpose <> 'issued' and (coalesce(u.units, 0) <> a.credits_posted - a.debits_posted
                                            or coalesce(u.reserved, 0) <> a.debits_pending))
     or (s.lots and a.purpose = 'issued' and coalesce(u.units, 0) <> a.credits_posted)`

async function oddAccounts(db: Reader): Promise<readonly Account[]> {
  return (await db.query<AccountRow>(sql`select ${cells(schema.account, 'a')} ${odd} order by a.id`)).map(accountOf)
}

async function unitsOfOdd(db: Reader): Promise<ReadonlyMap<string, HeldUnits>> {
  const rows = await db.query<{ id: string } & HeldUnits>(
    sql`select a.id, coalesce(u.units, 0)::int8 as units, coalesce(u.reserved, 0)::int8 as reserved ${odd}`,
  )
  return new Map(rows.map(({ id, units, reserved }) => [id, { units, reserved }]))
}

async function lottedAssets(db: Reader): Promise<ReadonlySet<string>> {
  return new Set((await db.query<{ code: string }>(sql`select code from asset where lots`)).map((r) => r.code))
}
