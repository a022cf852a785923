// How a posting moves the four counters of its two accounts, and what the flags of an account forbid.
// One table says it for every kind; engine, statements and reports use it. Serves "balances equal the fold" and
// "no guarded account below zero, pending included".

import { MAX_AMOUNT, type Account, type Asset, type Balance, type Posting, type PostingKind } from './model.ts'

export const ZERO_BALANCE: Balance = {
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
  lines: 0n,
}

/** What a posting adds to one side of an account: pending and posted. */
interface Effect {
  readonly pending: bigint
  readonly posted: bigint
}

type Moved = Pick<Posting, 'kind' | 'amount' | 'pendingAmount'>

const effects = {
  plain: (p) => ({ pending: 0n, posted: p.amount }),
  pending: (p) => ({ pending: p.amount, posted: 0n }),
  post: (p) => ({ pending: -(p.pendingAmount ?? 0n), posted: p.amount }),
  void: (p) => ({ pending: -(p.pendingAmount ?? 0n), posted: 0n }),
  expire: (p) => ({ pending: -(p.pendingAmount ?? 0n), posted: 0n }),
} as const satisfies Record<PostingKind, (p: Moved) => Effect>

export const effectOf = (p: Moved): Effect => effects[p.kind](p)

export function debited(b: Balance, p: Moved): Balance {
  const { pending, posted } = effectOf(p)
  return {
    ...b,
    debitsPending: b.debitsPending + pending,
    debitsPosted: b.debitsPosted + posted,
    lines: b.lines + 1n,
  }
}

export function credited(b: Balance, p: Moved): Balance {
  const { pending, posted } = effectOf(p)
  return {
    ...b,
    creditsPending: b.creditsPending + pending,
    creditsPosted: b.creditsPosted + posted,
    lines: b.lines + 1n,
  }
}

/** What has come in and not gone out; below zero for what is issued. */
export const held = (b: Balance): bigint => b.creditsPosted - b.debitsPosted

/** What can still go out: held, less what is reserved. */
export const available = (b: Balance): bigint => held(b) - b.debitsPending

/** What is out in the world from an `issued` account, less what is on its way back. */
export const outstanding = (b: Balance): bigint => b.debitsPosted - b.creditsPosted - b.creditsPending

/** The first flag the balance breaks; undefined where it keeps all. */
export function brokenFlag({ flags, balance: b }: Pick<Account, 'flags' | 'balance'>): keyof typeof flags | undefined {
  if (flags.creditsOnly && (b.debitsPending !== 0n || b.debitsPosted !== 0n)) return 'creditsOnly'
  if (flags.debitsMustNotExceedCredits && available(b) < 0n) return 'debitsMustNotExceedCredits'
  if (flags.creditsMustNotExceedDebits && outstanding(b) < 0n) return 'creditsMustNotExceedDebits'
  return undefined
}

/** Each side with what is pending fits the column. */
export const fitsColumn = (b: Balance): boolean =>
  b.debitsPending + b.debitsPosted <= MAX_AMOUNT && b.creditsPending + b.creditsPosted <= MAX_AMOUNT

/** `-1234567` at scale 2 → `-12345.67` */
export function scaled(amount: bigint, scale: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, '0')
  const sign = amount < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** `12345.67 元` */
export const amountText = (asset: Pick<Asset, 'scale' | 'unit'>, amount: bigint): string =>
  `${scaled(amount, asset.scale)} ${asset.unit}`
