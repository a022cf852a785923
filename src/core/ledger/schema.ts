// The ledger's tables and the migrations that make them, in TigerBeetle's words. The rows are written by the record's
// runner only; postings and moves of units are inserted and never changed.
// Constraints are the last guard, not the first: amounts above zero, flags of accounts, a pending ended once, a posting
// taken back once, and one posting a line of an account, which no lost update can pass.

import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const asset = table({
  name: 'asset',
  key: ['code'],
  columns: {
    code: 'text',
    unit: 'text',
    scale: 'int4',
    class: 'text',
    vintage: optional('int4'),
    period: optional('text'),
    issuer: 'text',
    rule: optional('text'),
    title_zh: 'text',
    title_en: 'text',
    lots: 'bool',
  },
})

export const account = table({
  name: 'account',
  key: ['id'],
  columns: {
    id: 'uuid',
    asset: 'text',
    owner: 'text',
    purpose: 'text',
    debits_must_not_exceed_credits: 'bool',
    credits_must_not_exceed_debits: 'bool',
    credits_only: 'bool',
    debits_pending: 'int8',
    debits_posted: 'int8',
    credits_pending: 'int8',
    credits_posted: 'int8',
    lines: 'int8',
  },
  fixed: [
    'asset',
    'owner',
    'purpose',
    'debits_must_not_exceed_credits',
    'credits_must_not_exceed_debits',
    'credits_only',
  ],
})

export const posting = table({
  name: 'posting',
  key: ['id'],
  columns: {
    id: 'uuid',
    act: 'uuid',
    ordinal: 'int4',
    asset: 'text',
    debit_account_id: 'uuid',
    credit_account_id: 'uuid',
    amount: 'int8',
    kind: 'text',
    why_zh: optional('text'),
    why_en: optional('text'),
    pending_id: optional('uuid'),
    pending_amount: optional('int8'),
    /** `group` is a word of SQL. */
    linked: optional('text'),
    reverses: optional('uuid'),
    effective: 'date',
    recorded: 'timestamptz',
    timeout: optional('date'),
    debit_debits_pending: 'int8',
    debit_debits_posted: 'int8',
    debit_credits_pending: 'int8',
    debit_credits_posted: 'int8',
    debit_line: 'int8',
    credit_debits_pending: 'int8',
    credit_debits_posted: 'int8',
    credit_credits_pending: 'int8',
    credit_credits_posted: 'int8',
    credit_line: 'int8',
  },
})

export const lot = table({
  name: 'lot',
  key: ['id'],
  columns: {
    id: 'uuid',
    asset: 'text',
    act: 'uuid',
    size: 'int8',
    vintage: optional('int4'),
    issued: 'date',
    expires: optional('date'),
    prefix: 'text',
  },
})

/** Who holds which serials now. `issued` and `expires` are the lot's, so that one index gives the order of going. */
export const lotPiece = table({
  name: 'lot_piece',
  key: ['lot', 'from_serial'],
  columns: {
    lot: 'uuid',
    from_serial: 'int8',
    to_serial: 'int8',
    account_id: 'uuid',
    pending_id: optional('uuid'),
    issued: 'date',
    expires: optional('date'),
  },
})

/** Which serials a posting moved or reserved: the history of every unit. */
export const lotMove = table({
  name: 'lot_move',
  key: ['posting_id', 'lot', 'from_serial'],
  columns: { posting_id: 'uuid', lot: 'uuid', from_serial: 'int8', to_serial: 'int8' },
})

export type AssetRow = RowOf<typeof asset>
export type AccountRow = RowOf<typeof account>
export type PostingRow = RowOf<typeof posting>
export type LotRow = RowOf<typeof lot>
export type LotPieceRow = RowOf<typeof lotPiece>
export type LotMoveRow = RowOf<typeof lotMove>

export const ledgerTables = [asset, account, posting, lot, lotPiece, lotMove] as const

// `lines` has no check: an update of an account that does not stand where it was decided on writes −1 there, which is found
// before the transaction commits (write-batch.ts of the record); a check would be judged too early.
// Chosen: no foreign keys from postings and pieces. Rejected: with them. Because each row of a batch would look up four
// others that the runner has just locked; accounts and lots, which are few, keep theirs.
export const ledgerMigrations: readonly Migration[] = [
  {
    id: 'ledger-0001-accounts',
    up: [
      `create table asset (
        code text primary key,
        unit text not null,
        scale int not null check (scale between 0 and 9),
        class text not null,
        vintage int,
        period text,
        issuer text not null,
        rule text,
        title_zh text not null,
        title_en text not null,
        lots bool not null
      )`,
      `create table account (
        id uuid primary key,
        asset text not null references asset,
        owner text not null,
        purpose text not null,
        debits_must_not_exceed_credits bool not null,
        credits_must_not_exceed_debits bool not null,
        credits_only bool not null,
        debits_pending int8 not null check (debits_pending >= 0),
        debits_posted int8 not null check (debits_posted >= 0),
        credits_pending int8 not null check (credits_pending >= 0),
        credits_posted int8 not null check (credits_posted >= 0),
        lines int8 not null,
        constraint account_name unique (owner, asset, purpose),
        constraint account_not_below_zero
          check (not debits_must_not_exceed_credits or debits_pending + debits_posted <= credits_posted),
        constraint account_not_over_issued
          check (not credits_must_not_exceed_debits or credits_pending + credits_posted <= debits_posted),
        constraint account_never_leaves check (not credits_only or debits_pending + debits_posted = 0)
      ) with (fillfactor = 70)`,
      `create table posting (
        id uuid primary key,
        act uuid not null,
        ordinal int not null,
        asset text not null,
        debit_account_id uuid not null,
        credit_account_id uuid not null,
        amount int8 not null check (amount > 0),
        kind text not null check (kind in ('plain', 'pending', 'post', 'void', 'expire')),
        why_zh text,
        why_en text,
        pending_id uuid,
        pending_amount int8,
        linked text,
        reverses uuid,
        effective date not null,
        recorded timestamptz not null,
        timeout date,
        debit_debits_pending int8 not null,
        debit_debits_posted int8 not null,
        debit_credits_pending int8 not null,
        debit_credits_posted int8 not null,
        debit_line int8 not null,
        credit_debits_pending int8 not null,
        credit_debits_posted int8 not null,
        credit_credits_pending int8 not null,
        credit_credits_posted int8 not null,
        credit_line int8 not null,
        check (debit_account_id <> credit_account_id),
        check ((kind in ('post', 'void', 'expire')) = (pending_id is not null)),
        check ((pending_id is null) = (pending_amount is null)),
        check (pending_amount is null or amount <= pending_amount)
      )`,
      `create unique index posting_debit_line on posting (debit_account_id, debit_line)`,
      `create unique index posting_credit_line on posting (credit_account_id, credit_line)`,
      `create unique index posting_act on posting (act, ordinal)`,
      `create unique index posting_pending_end on posting (pending_id) where pending_id is not null`,
      `create unique index posting_reverses on posting (reverses) where reverses is not null`,
    ],
    check: `select to_regclass('posting_pending_end') is not null and to_regclass('posting_credit_line') is not null`,
  },
  {
    id: 'ledger-0002-lots',
    up: [
      `create table lot (
        id uuid primary key,
        asset text not null references asset,
        act uuid not null,
        size int8 not null check (size > 0),
        vintage int,
        issued date not null,
        expires date,
        prefix text not null,
        constraint lot_prefix unique (asset, prefix)
      )`,
      `create table lot_piece (
        lot uuid not null,
        from_serial int8 not null check (from_serial >= 0),
        to_serial int8 not null,
        account_id uuid not null,
        pending_id uuid,
        issued date not null,
        expires date,
        primary key (lot, from_serial),
        check (from_serial < to_serial)
      )`,
      `create index lot_piece_free on lot_piece (account_id, expires, issued, lot, from_serial) where pending_id is null`,
      `create index lot_piece_pending on lot_piece (pending_id) where pending_id is not null`,
      `create table lot_move (
        posting_id uuid not null,
        lot uuid not null,
        from_serial int8 not null check (from_serial >= 0),
        to_serial int8 not null,
        primary key (posting_id, lot, from_serial),
        check (from_serial < to_serial)
      )`,
      `create index lot_move_unit on lot_move (lot, from_serial)`,
    ],
    check: `select to_regclass('lot_piece_free') is not null and to_regclass('lot_move_unit') is not null`,
  },
]
