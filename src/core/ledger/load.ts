// Loading a book: what a batch of acts names, with one array statement a kind. With `lock`, accounts are locked once, in
// the order of their ids, before anything that may change under another writer is read: ends of pendings and pieces.
// Always holds: a pending comes with all of its group and with the units it reserves; receivers that never give bring none.

import type { CivilDate } from '../../kernel/index.ts'
import { columnNames, join, list, name, sql, trusted, type Reader, type Sql, type Table } from '../store/index.ts'
import { available } from './balance.ts'
import { openBook, type Book, type Pending } from './book.ts'
import { sizeOf } from './lots.ts'
import { MAX_AMOUNT } from './model.ts'
import type {
  Account,
  AccountId,
  AccountName,
  Asset,
  Lot,
  LotId,
  Piece,
  Posting,
  PostingId,
  SerialRange,
} from './model.ts'
import { accountId } from './purposes.ts'
import { accountOf, assetOf, lotOf, pieceOf, postingOf, rangeOf } from './rows.ts'
import * as schema from './schema.ts'
import type { AccountRow, AssetRow, LotMoveRow, LotPieceRow, LotRow, PostingRow } from './schema.ts'

export interface WantedAccount {
  readonly name: AccountName
  /** How much a command may take out of it; for assets with lots this many units are loaded. Left out: not known, and
   *  up to `PIECES_LOADED` pieces are loaded. 0: it only receives. */
  readonly gives?: bigint
}

/** What the commands of a batch named. An account named by several commands stands several times. */
export interface Wanted {
  readonly accounts?: readonly WantedAccount[]
  /** Assets, where no account of them is named. */
  readonly assets?: readonly string[]
  /** Pendings to post, void or expire. */
  readonly pendings?: readonly PostingId[]
  /** Postings to take back. */
  readonly postings?: readonly PostingId[]
  /** Serials chosen by hand. */
  readonly picks?: readonly SerialRange[]
}

/** Pieces of one account in one batch: some 50 ms to read. Who holds more in smaller pieces moves them in several acts. */
export const PIECES_LOADED = 5000

export async function loadBook(
  db: Reader,
  wanted: Wanted,
  how: {
    readonly lock: boolean
    readonly today: CivilDate
    /** Assets that are at hand; they never change. */
    readonly assets?: ReadonlyMap<string, Asset>
  },
): Promise<Book> {
  const postings = await loadPostings(db, wanted)
  const named = wanted.accounts ?? []
  const ids = new Set<AccountId>([
    ...named.map((w) => accountId(w.name)),
    ...postings.flatMap((p) => [p.debit, p.credit]),
  ])
  const accounts = await loadAccounts(db, [...ids].sort(), how.lock)
  const codes = new Set([...(wanted.assets ?? []), ...named.map((w) => w.name.asset), ...accounts.map((a) => a.asset)])
  const atHand = [...codes].flatMap((c) => how.assets?.get(c) ?? [])
  const missing = [...codes].filter((c) => !how.assets?.has(c))
  const assets = [...atHand, ...(await loadAssets(db, missing))]
  const ends = await loadEnds(db, postings)
  const { pieces, lots } = await loadPieces(db, { wanted, accounts, assets, postings, today: how.today })
  return openBook({
    assets,
    accounts,
    postings,
    pendings: postings
      .filter((p) => p.kind === 'pending')
      .map((posting): Pending => {
        const endedBy = ends.find((e) => e.pendingId === posting.id)
        return endedBy ? { posting, endedBy } : { posting }
      }),
    reversed: new Map(ends.flatMap((e) => (e.reverses === undefined ? [] : [[e.reverses, e.id]]))),
    lots,
    pieces,
    partly: accounts.filter((a) => !isWhole(a, pieces)).map((a) => a.id),
  })
}

/** All free units of the account are among the pieces. */
function isWhole(a: Account, pieces: readonly Piece[]): boolean {
  const free = pieces.reduce((s, p) => (p.account === a.id && p.pending === undefined ? s + sizeOf(p) : s), 0n)
  return free === available(a.balance)
}

/** Pendings and postings named, the pendings that named postings ended, and all pendings of their groups. */
async function loadPostings(db: Reader, { pendings = [], postings = [] }: Wanted): Promise<readonly Posting[]> {
  const ids = [...new Set([...pendings, ...postings])]
  if (ids.length === 0) return []
  const rows = await db.query<PostingRow>(sql`
    with named as (select id, pending_id, act, linked from posting where id = any(${list('uuid', ids)})),
    of_named as (
      select id, act, linked from named
      union select p.id, p.act, p.linked from posting p join named n on p.id = n.pending_id
    )
    select ${cells(schema.posting, 'p')} from posting p where p.id in (
      select id from of_named
      union select g.id from posting g join of_named n on g.act = n.act and g.linked = n.linked
    ) order by p.recorded, p.act, p.ordinal`)
  return withPicks(db, rows)
}

/** Adds to rows of postings the serials they moved. */
export async function withPicks(db: Reader, rows: readonly PostingRow[]): Promise<readonly Posting[]> {
  const kinds = rows.filter((r) => r.kind !== 'void' && r.kind !== 'expire').map((r) => r.id)
  const moves =
    kinds.length === 0
      ? []
      : await db.query<LotMoveRow>(
          sql`select ${cells(schema.lotMove, 'm')} from lot_move m where m.posting_id = any(${list('uuid', kinds)})
              order by m.posting_id, m.lot, m.from_serial`,
        )
  const picks = new Map<string, SerialRange[]>()
  for (const m of moves) {
    const of = picks.get(m.posting_id)
    if (of) of.push(rangeOf(m))
    else picks.set(m.posting_id, [rangeOf(m)])
  }
  return rows.map((r) => postingOf(r, picks.get(r.id) ?? []))
}

async function loadAccounts(db: Reader, ids: readonly AccountId[], lock: boolean): Promise<readonly Account[]> {
  if (ids.length === 0) return []
  const rows = await db.query<AccountRow>(
    sql`select ${cells(schema.account, 'a')} from account a where a.id = any(${list('uuid', ids)})
        order by a.id ${trusted(lock ? 'for update' : '')}`,
  )
  return rows.map(accountOf)
}

async function loadAssets(db: Reader, codes: readonly string[]): Promise<readonly Asset[]> {
  if (codes.length === 0) return []
  const rows = await db.query<AssetRow>(
    sql`select ${cells(schema.asset, 'a')} from asset a where a.code = any(${list('text', codes)})`,
  )
  return rows.map(assetOf)
}

interface End {
  readonly id: PostingId
  readonly kind: Posting['kind']
  readonly act: Posting['act']
  readonly pendingId: PostingId | undefined
  readonly reverses: PostingId | undefined
}

/** What ended or took back the postings. Read after the lock: another writer may have ended them meanwhile. */
async function loadEnds(db: Reader, postings: readonly Posting[]): Promise<readonly End[]> {
  if (postings.length === 0) return []
  const ids = list(
    'uuid',
    postings.map((p) => p.id),
  )
  const rows = await db.query<Pick<PostingRow, 'id' | 'kind' | 'act' | 'pending_id' | 'reverses'>>(
    sql`select id, kind, act, pending_id, reverses from posting where pending_id = any(${ids})
        union select id, kind, act, pending_id, reverses from posting where reverses = any(${ids})`,
  )
  return rows.map((r) => ({
    id: r.id as PostingId,
    kind: r.kind as Posting['kind'],
    act: r.act as Posting['act'],
    pendingId: (r.pending_id ?? undefined) as PostingId | undefined,
    reverses: (r.reverses ?? undefined) as PostingId | undefined,
  }))
}

// ---- units

interface Units {
  readonly pieces: readonly Piece[]
  readonly lots: readonly Lot[]
}

async function loadPieces(
  db: Reader,
  about: {
    readonly wanted: Wanted
    readonly accounts: readonly Account[]
    readonly assets: readonly Asset[]
    readonly postings: readonly Posting[]
    readonly today: CivilDate
  },
): Promise<Units> {
  const lotted = new Set(about.assets.filter((a) => a.lots).map((a) => a.code))
  const holders = new Set<string>(about.accounts.filter((a) => lotted.has(a.asset)).map((a) => a.id))
  if (holders.size === 0) return { pieces: [], lots: [] }
  const parts = [
    freePieces(givers(about.wanted, about.accounts, lotted), about.today),
    ...ofPostings(about.postings),
    pickedPieces(about.wanted.picks ?? []),
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return { pieces: [], lots: [] }
  const rows = await db.query<LotPieceRow>(parts.reduce((all, part) => sql`${all} union ${part}`))
  const here = rows.filter((r) => holders.has(r.account_id))
  const lotIds = [...new Set(here.map((r) => r.lot))]
  const lots = await db.query<LotRow>(
    sql`select ${cells(schema.lot, 'l')} from lot l where l.id = any(${list('uuid', lotIds)})`,
  )
  return { pieces: here.map(pieceOf), lots: lots.map(lotOf) }
}

interface Giver {
  readonly account: AccountId
  readonly amount: bigint
}

function givers(wanted: Wanted, accounts: readonly Account[], lotted: ReadonlySet<string>): readonly Giver[] {
  const givers = new Map<AccountId, Giver>()
  const open = new Map(accounts.map((a) => [a.id, a]))
  for (const { name, gives } of wanted.accounts ?? []) {
    const account = open.get(accountId(name))
    // What is retired never leaves, and an issuer gives out new serials only.
    if (!account || !lotted.has(account.asset) || account.flags.creditsOnly || account.purpose === 'issued') continue
    const amount = (givers.get(account.id)?.amount ?? 0n) + (gives ?? account.balance.creditsPosted)
    givers.set(account.id, { account: account.id, amount })
  }
  return [...givers.values()].filter((g) => g.amount > 0n)
}

/** The first free pieces of each giver in the order of going, good ones and expired ones apart, as many as it takes. */
function freePieces(givers: readonly Giver[], today: CivilDate): Sql | undefined {
  if (givers.length === 0) return undefined
  const wanted = sql`unnest(
    ${list(
      'uuid',
      givers.map((g) => g.account),
    )},
    ${list(
      'int8',
      givers.map((g) => (g.amount > MAX_AMOUNT ? MAX_AMOUNT : g.amount)),
    )}) as w(account_id, amount)`
  const first = (which: Sql) => sql`
    select ${cells(schema.lotPiece, 'f')} from ${wanted} cross join lateral (
      select p.*, sum(p.to_serial - p.from_serial) over (order by p.expires, p.issued, p.lot, p.from_serial) as so_far
      from lot_piece p where p.account_id = w.account_id and p.pending_id is null and ${which}
      order by p.expires, p.issued, p.lot, p.from_serial limit ${PIECES_LOADED}::int4
    ) f where f.so_far - (f.to_serial - f.from_serial) < w.amount`
  return sql`${first(sql`(p.expires is null or p.expires >= ${today}::date)`)}
    union ${first(sql`p.expires < ${today}::date`)}`
}

/** What pendings reserve, and where the serials of postings to be taken back are now. */
function ofPostings(postings: readonly Posting[]): readonly Sql[] {
  const ids = postings.filter((p) => p.kind === 'pending' || p.picks.length > 0).map((p) => p.id)
  if (ids.length === 0) return []
  return [
    sql`select ${cells(schema.lotPiece, 'p')} from lot_piece p where p.pending_id = any(${list('uuid', ids)})`,
    sql`select ${cells(schema.lotPiece, 'p')} from lot_move m join lot_piece p
        on p.lot = m.lot and p.from_serial < m.to_serial and m.from_serial < p.to_serial
        where m.posting_id = any(${list('uuid', ids)})`,
  ]
}

function pickedPieces(picks: readonly SerialRange[]): Sql | undefined {
  if (picks.length === 0) return undefined
  return sql`select ${cells(schema.lotPiece, 'p')} from unnest(
      ${list(
        'uuid',
        picks.map((r): LotId => r.lot),
      )},
      ${list(
        'int8',
        picks.map((r) => r.from),
      )},
      ${list(
        'int8',
        picks.map((r) => r.to),
      )}) as r(lot, from_serial, to_serial)
    join lot_piece p on p.lot = r.lot and p.from_serial < r.to_serial and r.from_serial < p.to_serial`
}

/** The columns of a table under an alias of ours. */
export const cells = (t: Table, alias: string): Sql =>
  join(
    columnNames(t).map((c) => sql`${name(alias)}.${name(c)}`),
    ', ',
  )
