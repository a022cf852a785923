// One act's view of a book: reads fall through to the book, writes stay here until the whole act has succeeded.
// Serves "all or nothing for one act": a refused act leaves no trace because nothing of it ever reached the book.

import type { Book, Pending } from './book.ts'
import { pieceKey, pieceOrder, type LotLookup } from './lots.ts'
import type { Account, AccountId, Asset, Changes, Lot, LotId, Piece, Posting, PostingId } from './model.ts'

export interface Draft {
  readonly book: Book
  readonly lots: LotLookup
  readonly assets: Map<string, Asset>
  readonly accounts: Map<AccountId, Account>
  readonly opened: Set<AccountId>
  readonly pendings: Map<PostingId, Pending>
  readonly postings: Map<PostingId, Posting>
  readonly reversed: Map<PostingId, PostingId>
  readonly newLots: Map<LotId, Lot>
  readonly pieces: Map<AccountId, readonly Piece[]>
  /** By lot and from. */
  readonly touched: Map<string, Piece>
}

export function openDraft(book: Book): Draft {
  const newLots = new Map<LotId, Lot>()
  return {
    book,
    lots: { get: (id) => newLots.get(id) ?? book.lots.get(id) },
    assets: new Map(),
    accounts: new Map(),
    opened: new Set(),
    pendings: new Map(),
    postings: new Map(),
    reversed: new Map(),
    newLots,
    pieces: new Map(),
    touched: new Map(),
  }
}

export const draftAsset = (d: Draft, code: string): Asset | undefined => d.assets.get(code) ?? d.book.assets.get(code)

export const draftAccount = (d: Draft, id: AccountId): Account | undefined =>
  d.accounts.get(id) ?? d.book.accounts.get(id)

export const draftPending = (d: Draft, id: PostingId): Pending | undefined =>
  d.pendings.get(id) ?? d.book.pendings.get(id)

export const draftPieces = (d: Draft, id: AccountId): readonly Piece[] =>
  d.pieces.get(id) ?? d.book.pieces.get(id) ?? []

export const knowsPosting = (d: Draft, id: PostingId): boolean =>
  d.postings.has(id) || d.book.postings.has(id) || d.book.pendings.has(id)

export const reversalOf = (d: Draft, id: PostingId): PostingId | undefined =>
  d.reversed.get(id) ?? d.book.reversed.get(id)

/** All pendings of the group that the act `act` opened. */
export function pendingsOfGroup(d: Draft, act: string, group: string): readonly Pending[] {
  const ids = new Set<PostingId>()
  for (const all of [d.book.pendings, d.pendings])
    for (const { posting } of all.values()) if (posting.act === act && posting.group === group) ids.add(posting.id)
  return [...ids].map((id) => draftPending(d, id)!)
}

/** Replaces what an account holds and notes the pieces that changed. */
export function setPieces(d: Draft, id: AccountId, pieces: readonly Piece[], changed: readonly Piece[]): void {
  d.pieces.set(id, pieces)
  for (const p of changed) d.touched.set(pieceKey(p), p)
}

/** Adds pieces to what an account holds, each at its place in the order. */
export function addPieces(d: Draft, id: AccountId, added: readonly Piece[]): void {
  const held = draftPieces(d, id).slice()
  for (const p of added) {
    let low = 0
    let high = held.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (pieceOrder(held[middle]!, p, d.lots) < 0) low = middle + 1
      else high = middle
    }
    held.splice(low, 0, p)
  }
  setPieces(d, id, held, added)
}

/** Puts the draft into its book and tells what changed. The draft is used up. */
export function commitDraft(d: Draft): Changes {
  const { book } = d
  for (const [code, asset] of d.assets) book.assets.set(code, asset)
  for (const [id, account] of d.accounts) book.accounts.set(id, account)
  for (const [id, pending] of d.pendings) book.pendings.set(id, pending)
  for (const [id, posting] of d.postings) book.postings.set(id, posting)
  for (const [id, by] of d.reversed) book.reversed.set(id, by)
  for (const [id, lot] of d.newLots) book.lots.set(id, lot)
  for (const [id, pieces] of d.pieces) book.pieces.set(id, pieces)
  return {
    assets: [...d.assets.values()],
    accounts: [...d.accounts.values()],
    opened: [...d.opened],
    postings: [...d.postings.values()],
    lots: [...d.newLots.values()],
    pieces: [...d.touched.values()],
  }
}
