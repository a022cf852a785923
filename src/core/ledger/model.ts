// The nouns of the ledger: assets, accounts, postings, lots. Words and columns are TigerBeetle's
// (docs.tigerbeetle.com, reference: account, transfer); lots with serial ranges are ours.
// Always holds: an amount is a bigint above zero at the asset's scale; in a posting the debit account gives and the
// credit account receives; a posting is never changed, only followed by another.

import type { CivilDate, Instant, Text, Uuid } from '../../kernel/index.ts'

/** What can stand in an account. A vintage is an asset of its own where its units may not be mixed with another's. */
export type AssetClass = 'money' | 'permit' | 'right' | 'carbon' | 'index' | 'point' | 'mass' | 'label'

export interface Asset {
  /** Unique: `CNY`, `permit.COD`, `CEA/2025`, `points.lishui`. See `ASSET_CODE`. */
  readonly code: string
  /** What one whole is, as people write it: `元`, `kg`, `m³`, `tCO2e`. */
  readonly unit: string
  /** Decimal places of the unit an amount counts: CNY 2 (fen), permits in kg 0, water in m³ 0. 0 to 9. */
  readonly scale: number
  readonly class: AssetClass
  /** Year the units were issued for, where it is part of the asset. */
  readonly vintage?: number
  /** Period the units may be used in, as the rule writes it: `2026`, `2026-2030`. */
  readonly period?: string
  /** Who answers for the units: a party, an office, a region. */
  readonly issuer: string
  /** `rule@version` that made the asset. */
  readonly rule?: string
  readonly title: Text
  /** Whether every unit has a serial inside a lot. */
  readonly lots: boolean
}

/** `holding` may be told apart further (`holding:exchange`); a surrender names its period, a passage its other end. */
export type Purpose =
  | 'holding'
  | `holding:${string}`
  | 'issued'
  | 'retired'
  | `retired:${string}`
  | `surrendered:${string}`
  | 'expired'
  | `clearing:${string}`
  | `payable:${string}`
  | 'rounding'

export interface AccountName {
  readonly asset: string
  /** A party, an office, a region, a scheme: whoever the units are counted for. */
  readonly owner: string
  readonly purpose: Purpose
}

declare const accountId: unique symbol
/** A UUID of version 8 computed from the account's name (`accountId`). */
export type AccountId = Uuid & { readonly [accountId]: true }
export type PostingId = Uuid
/** The id of the posting that issued the lot. */
export type LotId = Uuid
export type ActId = Uuid

/** TigerBeetle's two limits, and one of ours: what is retired never leaves. */
export interface AccountFlags {
  /** debits_pending + debits_posted ≤ credits_posted */
  readonly debitsMustNotExceedCredits: boolean
  /** credits_pending + credits_posted ≤ debits_posted */
  readonly creditsMustNotExceedDebits: boolean
  /** debits_pending = debits_posted = 0 */
  readonly creditsOnly: boolean
}

/** The four counters, which only postings move, and how many postings the account has seen: the last line's number. */
export interface Balance {
  readonly debitsPending: bigint
  readonly debitsPosted: bigint
  readonly creditsPending: bigint
  readonly creditsPosted: bigint
  readonly lines: bigint
}

export interface Account extends AccountName {
  readonly id: AccountId
  readonly flags: AccountFlags
  readonly balance: Balance
}

/** plain moves at once; pending reserves; post moves what was reserved; void and expire let it go. */
export type PostingKind = 'plain' | 'pending' | 'post' | 'void' | 'expire'

/** Serials of one lot, counted from 0, half open: [from, to). */
export interface SerialRange {
  readonly lot: LotId
  readonly from: bigint
  readonly to: bigint
}

export interface Posting {
  readonly id: PostingId
  readonly act: ActId
  /** Which posting of its act, from 0. */
  readonly ordinal: number
  readonly asset: string
  readonly debit: AccountId
  readonly credit: AccountId
  /** What moves or is reserved; for void and expire the amount let go. */
  readonly amount: bigint
  readonly why?: Text
  readonly kind: PostingKind
  /** The pending that a post, void or expire ends, and the amount it had reserved. */
  readonly pendingId?: PostingId
  readonly pendingAmount?: bigint
  /** Pendings of one act with one group end together, all posted or all let go, in one act. */
  readonly group?: string
  /** The posting this one takes back. */
  readonly reverses?: PostingId
  readonly effective: CivilDate
  readonly recorded: Instant
  /** Last day a pending stands; after it, it can be expired and no longer posted. */
  readonly timeout?: CivilDate
  /** The serials that moved or were reserved; empty for assets without lots and for void and expire. */
  readonly picks: readonly SerialRange[]
  /** Both accounts after this posting. `lines` is this posting's line number in that account. */
  readonly debitAfter: Balance
  readonly creditAfter: Balance
}

/** Units issued together. */
export interface Lot {
  readonly id: LotId
  readonly asset: string
  readonly act: ActId
  readonly size: bigint
  readonly vintage?: number
  readonly issued: CivilDate
  /** Last day the units are good for anything but the account `expired`. */
  readonly expires?: CivilDate
  /** What people read before the serial. Unique in its asset. */
  readonly prefix: string
}

/** Serials of a lot in one hand. The pieces of a lot cover it exactly, without overlap, at every moment. */
export interface Piece extends SerialRange {
  readonly account: AccountId
  /** The pending that reserves it. */
  readonly pending?: PostingId
}

/** An account by name, or by id where it is known to exist. */
export type AccountRef = AccountName | AccountId

interface AnyEntry {
  /** Client-made UUID. Left out: `postingId(act, ordinal)`, so that a replayed act names the same postings. */
  readonly id?: PostingId
  readonly why?: Text
  /** Legal date; left out: today. */
  readonly effective?: CivilDate
  readonly reverses?: PostingId
}

export interface PlainEntry extends AnyEntry {
  readonly kind?: 'plain'
  readonly debit: AccountRef
  readonly credit: AccountRef
  readonly amount: bigint
  /** Which units move; left out: those that expire first, then the oldest. */
  readonly picks?: readonly SerialRange[]
  /** Only where units of an asset with lots are issued. */
  readonly lot?: { readonly prefix?: string; readonly vintage?: number; readonly expires?: CivilDate }
}

export interface PendingEntry extends AnyEntry {
  readonly kind: 'pending'
  readonly debit: AccountRef
  readonly credit: AccountRef
  readonly amount: bigint
  readonly picks?: readonly SerialRange[]
  readonly timeout?: CivilDate
  readonly group?: string
}

/** Ends a pending by moving all of it or, with `amount`, a part; the rest is let go.
 *  Chosen: one post, as TigerBeetle. Rejected: several partial posts. Because then one unique key guards "a pending
 *  ends once"; an instalment posts its part and opens a pending for the rest in the same act. */
export interface PostEntry extends AnyEntry {
  readonly kind: 'post'
  readonly pending: PostingId
  readonly amount?: bigint
  readonly picks?: readonly SerialRange[]
}

export interface ReleaseEntry extends AnyEntry {
  readonly kind: 'void' | 'expire'
  readonly pending: PostingId
}

export type Entry = PlainEntry | PendingEntry | PostEntry | ReleaseEntry

/** What an act sees of the world. */
export interface PostingContext {
  readonly act: ActId
  readonly recorded: Instant
  readonly today: CivilDate
  /** Assets this act registers. */
  readonly assets?: readonly Asset[]
}

/** What one act did, as plain data: what the runner writes, journals and shows. */
export interface Changes {
  readonly assets: readonly Asset[]
  /** Every account touched, with its balance after the act. */
  readonly accounts: readonly Account[]
  /** Those of them the act opened. */
  readonly opened: readonly AccountId[]
  readonly postings: readonly Posting[]
  readonly lots: readonly Lot[]
  /** Every piece touched, as it stands after the act. Key: lot and from; pieces are split, never joined. */
  readonly pieces: readonly Piece[]
}

/** Column type of amounts and counters is int8. */
export const MAX_AMOUNT = 2n ** 63n - 1n
