// Between the ledger's nouns and its rows, both ways, and the statements that write a whole batch: one a table.
// Always holds: only accounts (their counters) and pieces (end, holder, reservation) are ever put in place of a row;
// postings, lots, moves and assets are inserted.

import type { CivilDate, Instant, Uuid } from '../../kernel/index.ts'
import { insertRows, putRows, type Sql } from '../store/index.ts'
import { pieceKey } from './lots.ts'
import type {
  Account,
  AccountId,
  Asset,
  AssetClass,
  Balance,
  Changes,
  Lot,
  LotId,
  Piece,
  Posting,
  PostingKind,
  Purpose,
  SerialRange,
} from './model.ts'
import * as schema from './schema.ts'
import type { AccountRow, AssetRow, LotMoveRow, LotPieceRow, LotRow, PostingRow } from './schema.ts'

/** What a batch of acts writes, table by table; the runner may hash and journal it as it stands. */
export interface LedgerRows {
  readonly asset: readonly AssetRow[]
  /** Accounts opened, to insert, and accounts moved, to put; each with its balance after the batch. */
  readonly opened: readonly AccountRow[]
  readonly moved: readonly AccountRow[]
  readonly posting: readonly PostingRow[]
  readonly lot: readonly LotRow[]
  /** To put. */
  readonly lotPiece: readonly LotPieceRow[]
  readonly lotMove: readonly LotMoveRow[]
}

/** @param all changes of one act or of the acts of a batch, in the order in which they were booked on one book
 *  @param lots of the book, for pieces of lots issued before */
export function changesToRows(all: readonly Changes[], lots: ReadonlyMap<LotId, Lot>): LedgerRows {
  const accounts = new Map(all.flatMap((c) => c.accounts).map((a) => [a.id, a]))
  const opened = new Set(all.flatMap((c) => c.opened))
  const pieces = new Map(all.flatMap((c) => c.pieces).map((p) => [pieceKey(p), p]))
  const postings = all.flatMap((c) => c.postings)
  return {
    asset: all.flatMap((c) => c.assets).map(assetRow),
    opened: [...accounts.values()].filter((a) => opened.has(a.id)).map(accountRow),
    moved: [...accounts.values()].filter((a) => !opened.has(a.id)).map(accountRow),
    posting: postings.map(postingRow),
    lot: all.flatMap((c) => c.lots).map(lotRow),
    lotPiece: [...pieces.values()].map((p) => pieceRow(p, lots.get(p.lot)!)),
    lotMove: postings.flatMap(moveRows),
  }
}

/** The statements that write a batch, in an order that respects references; tables without rows have none. */
export function writeLedger(rows: LedgerRows): readonly Sql[] {
  return [
    rows.asset.length > 0 ? insertRows(schema.asset, rows.asset) : undefined,
    rows.opened.length > 0 ? insertRows(schema.account, rows.opened) : undefined,
    rows.moved.length > 0 ? putRows(schema.account, rows.moved) : undefined,
    rows.posting.length > 0 ? insertRows(schema.posting, rows.posting) : undefined,
    rows.lot.length > 0 ? insertRows(schema.lot, rows.lot) : undefined,
    rows.lotPiece.length > 0 ? putRows(schema.lotPiece, rows.lotPiece) : undefined,
    rows.lotMove.length > 0 ? insertRows(schema.lotMove, rows.lotMove) : undefined,
  ].filter((s) => s !== undefined)
}

// ---- nouns to rows

const assetRow = (a: Asset): AssetRow => ({
  code: a.code,
  unit: a.unit,
  scale: a.scale,
  class: a.class,
  vintage: a.vintage ?? null,
  period: a.period ?? null,
  issuer: a.issuer,
  rule: a.rule ?? null,
  title_zh: a.title.zh,
  title_en: a.title.en,
  lots: a.lots,
})

const accountRow = (a: Account): AccountRow => ({
  id: a.id,
  asset: a.asset,
  owner: a.owner,
  purpose: a.purpose,
  debits_must_not_exceed_credits: a.flags.debitsMustNotExceedCredits,
  credits_must_not_exceed_debits: a.flags.creditsMustNotExceedDebits,
  credits_only: a.flags.creditsOnly,
  debits_pending: a.balance.debitsPending,
  debits_posted: a.balance.debitsPosted,
  credits_pending: a.balance.creditsPending,
  credits_posted: a.balance.creditsPosted,
  lines: a.balance.lines,
})

const postingRow = (p: Posting): PostingRow => ({
  id: p.id,
  act: p.act,
  ordinal: p.ordinal,
  asset: p.asset,
  debit_account_id: p.debit,
  credit_account_id: p.credit,
  amount: p.amount,
  kind: p.kind,
  why_zh: p.why?.zh ?? null,
  why_en: p.why?.en ?? null,
  pending_id: p.pendingId ?? null,
  pending_amount: p.pendingAmount ?? null,
  linked: p.group ?? null,
  reverses: p.reverses ?? null,
  effective: p.effective,
  recorded: p.recorded,
  timeout: p.timeout ?? null,
  debit_debits_pending: p.debitAfter.debitsPending,
  debit_debits_posted: p.debitAfter.debitsPosted,
  debit_credits_pending: p.debitAfter.creditsPending,
  debit_credits_posted: p.debitAfter.creditsPosted,
  debit_line: p.debitAfter.lines,
  credit_debits_pending: p.creditAfter.debitsPending,
  credit_debits_posted: p.creditAfter.debitsPosted,
  credit_credits_pending: p.creditAfter.creditsPending,
  credit_credits_posted: p.creditAfter.creditsPosted,
  credit_line: p.creditAfter.lines,
})

const lotRow = (l: Lot): LotRow => ({
  id: l.id,
  asset: l.asset,
  act: l.act,
  size: l.size,
  vintage: l.vintage ?? null,
  issued: l.issued,
  expires: l.expires ?? null,
  prefix: l.prefix,
})

const pieceRow = (p: Piece, of: Lot): LotPieceRow => ({
  lot: p.lot,
  from_serial: p.from,
  to_serial: p.to,
  account_id: p.account,
  pending_id: p.pending ?? null,
  issued: of.issued,
  expires: of.expires ?? null,
})

const moveRows = (p: Posting): readonly LotMoveRow[] =>
  p.picks.map((r) => ({ posting_id: p.id, lot: r.lot, from_serial: r.from, to_serial: r.to }))

// ---- rows to nouns

/** Leaves out what is null, as optional members are left out of the nouns. */
type Filled<T> = { [K in keyof T]?: NonNullable<T[K]> }
function filled<T extends Record<string, unknown>>(values: T): Filled<T> {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null)) as Filled<T>
}

export const assetOf = (r: AssetRow): Asset => ({
  code: r.code,
  unit: r.unit,
  scale: r.scale,
  class: r.class as AssetClass,
  ...filled({ vintage: r.vintage, period: r.period, rule: r.rule }),
  issuer: r.issuer,
  title: { zh: r.title_zh, en: r.title_en },
  lots: r.lots,
})

export const accountOf = (r: AccountRow): Account => ({
  id: r.id as AccountId,
  asset: r.asset,
  owner: r.owner,
  purpose: r.purpose as Purpose,
  flags: {
    debitsMustNotExceedCredits: r.debits_must_not_exceed_credits,
    creditsMustNotExceedDebits: r.credits_must_not_exceed_debits,
    creditsOnly: r.credits_only,
  },
  balance: balanceOfRow(r),
})

type CounterCells = Pick<
  AccountRow,
  'debits_pending' | 'debits_posted' | 'credits_pending' | 'credits_posted' | 'lines'
>

export const balanceOfRow = (r: CounterCells): Balance => ({
  debitsPending: r.debits_pending,
  debitsPosted: r.debits_posted,
  creditsPending: r.credits_pending,
  creditsPosted: r.credits_posted,
  lines: r.lines,
})

export const postingOf = (r: PostingRow, picks: readonly SerialRange[]): Posting => ({
  id: r.id as Uuid,
  act: r.act as Uuid,
  ordinal: r.ordinal,
  asset: r.asset,
  debit: r.debit_account_id as AccountId,
  credit: r.credit_account_id as AccountId,
  amount: r.amount,
  ...(r.why_zh !== null && r.why_en !== null ? { why: { zh: r.why_zh, en: r.why_en } } : {}),
  kind: r.kind as PostingKind,
  ...filled({
    pendingId: r.pending_id as Uuid | null,
    pendingAmount: r.pending_amount,
    group: r.linked,
    reverses: r.reverses as Uuid | null,
    timeout: r.timeout as CivilDate | null,
  }),
  effective: r.effective as CivilDate,
  recorded: r.recorded as Instant,
  picks,
  debitAfter: {
    debitsPending: r.debit_debits_pending,
    debitsPosted: r.debit_debits_posted,
    creditsPending: r.debit_credits_pending,
    creditsPosted: r.debit_credits_posted,
    lines: r.debit_line,
  },
  creditAfter: {
    debitsPending: r.credit_debits_pending,
    debitsPosted: r.credit_debits_posted,
    creditsPending: r.credit_credits_pending,
    creditsPosted: r.credit_credits_posted,
    lines: r.credit_line,
  },
})

export const lotOf = (r: LotRow): Lot => ({
  id: r.id as LotId,
  asset: r.asset,
  act: r.act as Uuid,
  size: r.size,
  ...filled({ vintage: r.vintage, expires: r.expires as CivilDate | null }),
  issued: r.issued as CivilDate,
  prefix: r.prefix,
})

export const pieceOf = (r: LotPieceRow): Piece => ({
  lot: r.lot as LotId,
  from: r.from_serial,
  to: r.to_serial,
  account: r.account_id as AccountId,
  ...filled({ pending: r.pending_id as Uuid | null }),
})

export const rangeOf = (r: LotMoveRow): SerialRange => ({
  lot: r.lot as LotId,
  from: r.from_serial,
  to: r.to_serial,
})
