// The book: the part of the ledger that a batch of acts works on, in memory. Loaded by the runner, read by commands,
// changed only by `post`.
// Always holds: what the book says of an account, a pending or a piece is what the database will say once the changes
// of all acts accepted so far are written.

import type { CivilDate } from '../../kernel/index.ts'
import { available, ZERO_BALANCE } from './balance.ts'
import { isExpired, pieceKey, pieceOrder, sizeOf } from './lots.ts'
import type { Account, AccountId, AccountName, Asset, Balance, Lot, LotId, Piece, Posting, PostingId } from './model.ts'
import { accountId } from './purposes.ts'

export interface Pending {
  readonly posting: Posting
  /** The posting that ended it. */
  readonly endedBy?: Pick<Posting, 'id' | 'kind' | 'act'>
}

export interface Book {
  readonly assets: Map<string, Asset>
  readonly accounts: Map<AccountId, Account>
  /** Pendings named by the batch, with all others of their groups. */
  readonly pendings: Map<PostingId, Pending>
  /** Postings named to be taken back, and all that were made in this book. */
  readonly postings: Map<PostingId, Posting>
  /** Posting → the posting that took it back. */
  readonly reversed: Map<PostingId, PostingId>
  readonly lots: Map<LotId, Lot>
  /** Pieces held, in the order of `pieceOrder`. */
  readonly pieces: Map<AccountId, readonly Piece[]>
  /** Accounts that hold more pieces than were loaded. */
  readonly partly: Set<AccountId>
}

export interface BookContent {
  readonly assets?: readonly Asset[]
  readonly accounts?: readonly Account[]
  readonly pendings?: readonly Pending[]
  readonly postings?: readonly Posting[]
  readonly reversed?: ReadonlyMap<PostingId, PostingId>
  readonly lots?: readonly Lot[]
  readonly pieces?: readonly Piece[]
  readonly partly?: Iterable<AccountId>
}

export function openBook(content: BookContent = {}): Book {
  const lots = new Map(content.lots?.map((l) => [l.id, l]))
  const pieces = new Map<AccountId, Piece[]>()
  for (const p of content.pieces ?? []) {
    const held = pieces.get(p.account)
    if (held) held.push(p)
    else pieces.set(p.account, [p])
  }
  for (const held of pieces.values()) held.sort((a, b) => pieceOrder(a, b, lots))
  return {
    assets: new Map(content.assets?.map((a) => [a.code, a])),
    accounts: new Map(content.accounts?.map((a) => [a.id, a])),
    pendings: new Map(content.pendings?.map((p) => [p.posting.id, p])),
    postings: new Map(content.postings?.map((p) => [p.id, p])),
    reversed: new Map(content.reversed),
    lots,
    pieces,
    partly: new Set(content.partly),
  }
}

/** Adds to a book what was loaded later and it does not have yet. What an act of the batch has changed meanwhile stands
 *  as that act left it: a piece is known by its lot and first serial, which cutting leaves in place. */
export function mergeBook(book: Book, found: Book): void {
  addMissing(book.assets, found.assets)
  addMissing(book.accounts, found.accounts)
  addMissing(book.pendings, found.pendings)
  addMissing(book.postings, found.postings)
  addMissing(book.reversed, found.reversed)
  addMissing(book.lots, found.lots)
  const known = new Set(found.pieces.size > 0 ? [...book.pieces.values()].flat().map(pieceKey) : [])
  for (const [id, pieces] of found.pieces) {
    const added = pieces.filter((p) => !known.has(pieceKey(p)))
    const all = [...(book.pieces.get(id) ?? []), ...added]
    if (added.length > 0)
      book.pieces.set(
        id,
        all.sort((a, b) => pieceOrder(a, b, book.lots)),
      )
  }
  for (const id of found.accounts.keys()) {
    if (isPartly(book, id, found)) book.partly.add(id)
    else book.partly.delete(id)
  }
}

/** Short of pieces after merging: what it can give is more than the free pieces it brings. */
function isPartly(book: Book, id: AccountId, found: Book): boolean {
  if (!found.partly.has(id) && !book.partly.has(id)) return false
  const pieces = book.pieces.get(id) ?? []
  const free = pieces.reduce((s, p) => (p.pending === undefined ? s + sizeOf(p) : s), 0n)
  return free < available(book.accounts.get(id)!.balance)
}

function addMissing<K, V>(to: Map<K, V>, from: ReadonlyMap<K, V>): void {
  for (const [k, v] of from) if (!to.has(k)) to.set(k, v)
}

/** All zero for an account that is not open yet. */
export const balanceOf = (book: Book, name: AccountName): Balance =>
  book.accounts.get(accountId(name))?.balance ?? ZERO_BALANCE

/** What the account can still give: held, less what is reserved. */
export const availableIn = (book: Book, name: AccountName): bigint => available(balanceOf(book, name))

export const findAsset = (book: Book, code: string): Asset | undefined => book.assets.get(code)

export const findPending = (book: Book, id: PostingId): Pending | undefined => book.pendings.get(id)

export interface HeldPiece extends Piece {
  readonly of: Lot
}

/** Pieces of the account in the order in which they would go. */
export const piecesOf = (book: Book, name: AccountName): readonly HeldPiece[] =>
  (book.pieces.get(accountId(name)) ?? []).map((p) => ({ ...p, of: book.lots.get(p.lot)! }))

/** Units past their last day on that date and reserved by nothing: what an expiry may move to `expired`. */
export const expiredIn = (book: Book, name: AccountName, on: CivilDate): bigint =>
  piecesOf(book, name).reduce((s, p) => (p.pending === undefined && isExpired(p.of, on) ? s + p.to - p.from : s), 0n)
