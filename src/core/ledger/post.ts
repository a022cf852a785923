// Posting: the one way a balance changes. Takes the entries of one act in their order, checks each against the balances
// the ones before it left, and writes all of them or none.
// Serves the laws of the ledger: conservation, guarded accounts, a pending ends once, what is retired never leaves,
// pieces of lots sum to balances. Semantics of pending, post and void follow TigerBeetle's two-phase transfers.

import { ProblemError, uuidVersion, type Problem } from '../../kernel/index.ts'
import {
  available,
  amountText,
  brokenFlag,
  credited,
  debited,
  fitsColumn,
  outstanding,
  ZERO_BALANCE,
} from './balance.ts'
import type { Book } from './book.ts'
import {
  addPieces,
  commitDraft,
  draftAccount,
  draftAsset,
  draftPending,
  draftPieces,
  knowsPosting,
  openDraft,
  pendingsOfGroup,
  reversalOf,
  setPieces,
  type Draft,
} from './draft.ts'
import { areDisjoint, cut, firstUnits, getLot, isExpired, joinRanges, serialText, sumOf } from './lots.ts'
import {
  type Account,
  type AccountName,
  type AccountRef,
  type Asset,
  type Changes,
  type Entry,
  type Lot,
  type PendingEntry,
  type Piece,
  type PlainEntry,
  type PostEntry,
  type Posting,
  type PostingContext,
  type PostingId,
  type ReleaseEntry,
  type SerialRange,
} from './model.ts'
import { ledgerProblem as problem } from './problems.ts'
import { accountId, findPurpose, postingId, purposeFlags, purposes, purposeText } from './purposes.ts'
import { registerAsset } from './register.ts'

/** Books one act. On success the book has moved on and the changes say how; on refusal the book is as it was. */
export function post(book: Book, entries: readonly Entry[], at: PostingContext): Changes | readonly Problem[] {
  const draft = openDraft(book)
  try {
    for (const asset of at.assets ?? []) registerAsset(draft, asset)
    entries.forEach((entry, ordinal) => apply(draft, entry, ordinal, at))
    checkGroups(draft)
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
  return commitDraft(draft)
}

export const isRefused = (result: Changes | readonly Problem[]): result is readonly Problem[] => Array.isArray(result)

function apply(d: Draft, entry: Entry, ordinal: number, at: PostingContext): void {
  const id = entry.id ?? postingId(at.act, ordinal)
  // A command brings it from outside.
  if (uuidVersion(id) === undefined) throw new ProblemError(problem('ledger.bad-id', { id: id.slice(0, 60) }))
  if (knowsPosting(d, id)) throw new ProblemError(problem('ledger.posting-exists', { id }))
  if (entry.reverses !== undefined) noteReversal(d, entry.reverses, id)
  const head = {
    id,
    act: at.act,
    ordinal,
    ...(entry.why ? { why: entry.why } : {}),
    ...(entry.reverses !== undefined ? { reverses: entry.reverses } : {}),
    effective: entry.effective ?? at.today,
    recorded: at.recorded,
  }
  switch (entry.kind) {
    case undefined:
    case 'plain':
      return transfer(d, entry, head)
    case 'pending':
      return reserve(d, entry, head)
    case 'post':
      return postPending(d, entry, head)
    case 'void':
    case 'expire':
      return release(d, entry, head, at)
  }
}

type Head = Pick<Posting, 'id' | 'act' | 'ordinal' | 'why' | 'reverses' | 'effective' | 'recorded'>

function noteReversal(d: Draft, reverses: PostingId, id: PostingId): void {
  const by = reversalOf(d, reverses)
  if (by !== undefined) throw new ProblemError(problem('ledger.already-reversed', { id: reverses, by }))
  d.reversed.set(reverses, id)
}

// ---- the four kinds

function transfer(d: Draft, entry: PlainEntry, head: Head): void {
  const { asset, debit, credit } = sides(d, entry)
  const issues = asset.lots && findPurpose(debit.purpose)?.kind === 'issued'
  if ((entry.lot && !issues) || (entry.picks && (issues || !asset.lots))) refuseLots(asset)
  const moved = { kind: 'plain' as const, amount: entry.amount }
  write(d, asset, debit, credit, { ...head, ...moved }, () => {
    if (issues) return issueLot(d, asset, credit, entry, head)
    if (!asset.lots) return []
    return moveUnits(d, { asset, debit, credit, head, amount: entry.amount, picks: entry.picks })
  })
}

function reserve(d: Draft, entry: PendingEntry, head: Head): void {
  const { asset, debit, credit } = sides(d, entry)
  if (entry.picks && !asset.lots) refuseLots(asset)
  if (asset.lots && findPurpose(debit.purpose)?.kind === 'issued')
    throw new ProblemError(problem('ledger.lot-issue-pending', { asset: asset.code }))
  const moved = {
    kind: 'pending' as const,
    amount: entry.amount,
    ...(entry.timeout !== undefined ? { timeout: entry.timeout } : {}),
    ...(entry.group !== undefined ? { group: entry.group } : {}),
  }
  const posting = write(d, asset, debit, credit, { ...head, ...moved }, () =>
    asset.lots ? reserveUnits(d, { asset, debit, credit, head, amount: entry.amount, picks: entry.picks }) : [],
  )
  d.pendings.set(posting.id, { posting })
}

function postPending(d: Draft, entry: PostEntry, head: Head): void {
  const pending = openPending(d, entry.pending)
  const { asset, debit, credit } = sidesOf(d, pending)
  const amount = entry.amount ?? pending.amount
  checkAmount(amount)
  if (amount > pending.amount)
    throw new ProblemError(
      problem('ledger.post-exceeds-pending', {
        needs: amountText(asset, amount),
        has: amountText(asset, pending.amount),
      }),
    )
  if (pending.timeout !== undefined && head.effective > pending.timeout)
    throw new ProblemError(problem('ledger.pending-past-timeout', { id: pending.id, timeout: pending.timeout }))
  if (entry.picks && !asset.lots) refuseLots(asset)
  const moved = { kind: 'post' as const, amount, pendingId: pending.id, pendingAmount: pending.amount }
  const posting = write(d, asset, debit, credit, { ...head, ...moved }, () => {
    if (!asset.lots) return []
    const picks = moveUnits(d, { asset, debit, credit, head, amount, picks: entry.picks, reservedBy: pending.id })
    freeUnits(d, debit, pending.id)
    return picks
  })
  d.pendings.set(pending.id, { posting: pending, endedBy: posting })
}

function release(d: Draft, entry: ReleaseEntry, head: Head, at: PostingContext): void {
  const pending = openPending(d, entry.pending)
  const { asset, debit, credit } = sidesOf(d, pending)
  if (entry.kind === 'expire' && (pending.timeout === undefined || at.today <= pending.timeout))
    throw new ProblemError(problem('ledger.pending-not-due', { id: pending.id, timeout: pending.timeout ?? '—' }))
  const { amount } = pending
  const moved = { kind: entry.kind, amount, pendingId: pending.id, pendingAmount: amount }
  const posting = write(d, asset, debit, credit, { ...head, ...moved }, () => {
    freeUnits(d, debit, pending.id)
    return []
  })
  d.pendings.set(pending.id, { posting: pending, endedBy: posting })
}

// ---- what they share

interface Sides {
  readonly asset: Asset
  readonly debit: Account
  readonly credit: Account
}

function sides(d: Draft, entry: PlainEntry | PendingEntry): Sides {
  checkAmount(entry.amount)
  const [debit, credit] = [account(d, entry.debit), account(d, entry.credit)]
  if (debit.asset !== credit.asset)
    throw new ProblemError(problem('ledger.wrong-asset', { debit: debit.asset, credit: credit.asset }))
  if (debit.id === credit.id) throw new ProblemError(problem('ledger.same-account', named(debit)))
  return { asset: getAsset(d, debit.asset), debit, credit }
}

const sidesOf = (d: Draft, p: Posting): Sides => ({
  asset: getAsset(d, p.asset),
  debit: account(d, p.debit),
  credit: account(d, p.credit),
})

function checkAmount(amount: bigint): void {
  if (amount <= 0n) throw new ProblemError(problem('ledger.amount-not-positive', { amount: amount.toString() }))
}

function getAsset(d: Draft, code: string): Asset {
  const asset = draftAsset(d, code)
  if (!asset) throw new ProblemError(problem('ledger.unknown-asset', { asset: code }))
  return asset
}

/** The account, opened in the draft where its name is used for the first time. */
function account(d: Draft, ref: AccountRef): Account {
  const id = typeof ref === 'string' ? ref : accountId(ref)
  const open = draftAccount(d, id)
  if (open) return open
  if (typeof ref === 'string') throw new ProblemError(problem('ledger.unknown-account', { account: ref }))
  checkName(ref)
  getAsset(d, ref.asset)
  const { asset, owner, purpose } = ref
  return { id, asset, owner, purpose, flags: purposeFlags(purpose), balance: ZERO_BALANCE }
}

function checkName(name: AccountName): void {
  if (findPurpose(name.purpose) && OWNER.test(name.owner)) return
  throw new ProblemError(
    problem('ledger.bad-account', {
      asset: name.asset,
      owner: name.owner.slice(0, 60),
      purpose: name.purpose.slice(0, 60),
      known: Object.keys(purposes).join(', '),
    }),
  )
}

/** Any text one can see, without spaces at its ends; long enough for a UUID with a prefix. */
const OWNER = /^[^\s\p{C}](?:[^\p{C}]{0,126}[^\s\p{C}])?$/u

function openPending(d: Draft, id: PostingId): Posting {
  const pending = draftPending(d, id)
  if (!pending) throw new ProblemError(problem('ledger.unknown-pending', { id }))
  if (pending.endedBy) throw new ProblemError(problem('ledger.pending-ended', { id, end: pending.endedBy.kind }))
  return pending.posting
}

type Unbalanced = Omit<Posting, 'asset' | 'debit' | 'credit' | 'picks' | 'debitAfter' | 'creditAfter'>

/** Moves both balances, checks them, lets `units` move the serials, and writes the posting down. */
function write(
  d: Draft,
  asset: Asset,
  debit: Account,
  credit: Account,
  moved: Unbalanced,
  units: () => readonly SerialRange[],
): Posting {
  const from = { ...debit, balance: debited(debit.balance, moved) }
  const to = { ...credit, balance: credited(credit.balance, moved) }
  if (debit.flags.creditsOnly) refuseLeaving(debit)
  // Units before balances: "serials 7 to 9 have moved on" says more than "not enough".
  const picks = units()
  checkBalance(asset, debit, from, moved.amount)
  checkBalance(asset, credit, to, moved.amount)
  for (const a of [from, to]) {
    if (!draftAccount(d, a.id)) d.opened.add(a.id)
    d.accounts.set(a.id, a)
  }
  const posting: Posting = {
    ...moved,
    asset: asset.code,
    debit: debit.id,
    credit: credit.id,
    picks,
    debitAfter: from.balance,
    creditAfter: to.balance,
  }
  d.postings.set(posting.id, posting)
  return posting
}

function checkBalance(asset: Asset, before: Account, after: Account, amount: bigint): void {
  if (!fitsColumn(after.balance)) throw new ProblemError(problem('ledger.overflow', named(after)))
  const needs = amountText(asset, amount)
  switch (brokenFlag(after)) {
    case undefined:
      return
    case 'creditsOnly':
      return refuseLeaving(after)
    case 'debitsMustNotExceedCredits':
      throw new ProblemError(
        problem('ledger.insufficient', {
          ...named(after),
          has: amountText(asset, available(before.balance)),
          needs,
          pending: amountText(asset, before.balance.debitsPending),
        }),
      )
    case 'creditsMustNotExceedDebits':
      throw new ProblemError(
        problem('ledger.more-returned-than-issued', {
          ...named(after),
          has: amountText(asset, outstanding(before.balance)),
          needs,
        }),
      )
  }
}

function refuseLeaving(a: Account): never {
  throw new ProblemError(problem('ledger.never-leaves', named(a)))
}

const named = ({ owner, purpose, asset }: AccountName) => ({
  owner,
  asset,
  purpose: purposeText(purpose).en,
  purposeZh: purposeText(purpose).zh,
})

/** Pendings of one group end together: each group that this act ended a part of is ended whole, one way. */
function checkGroups(d: Draft): void {
  const groups = new Map<string, { act: string; group: string }>()
  for (const { posting, endedBy } of d.pendings.values())
    if (endedBy && posting.group !== undefined)
      groups.set(`${posting.act} ${posting.group}`, { act: posting.act, group: posting.group })
  for (const { act, group } of groups.values()) {
    const all = pendingsOfGroup(d, act, group)
    const posted = all.some((p) => p.endedBy?.kind === 'post')
    const apart = all.find((p) => !p.endedBy || (p.endedBy.kind === 'post') !== posted)
    if (apart) throw new ProblemError(problem('ledger.group-apart', { missing: apart.posting.id }))
  }
}

// ---- units of lots

function refuseLots(asset: Asset): never {
  throw new ProblemError(problem('ledger.lots-unfit', { asset: asset.code }))
}

/** Signs of a lot's id in its prefix, 48 bits: among a hundred thousand lots of one asset two agree once in 50 000 times. */
const PREFIX_SIGNS = 12

function issueLot(d: Draft, asset: Asset, to: Account, entry: PlainEntry, head: Head): readonly SerialRange[] {
  const vintage = entry.lot?.vintage ?? asset.vintage
  const lot: Lot = {
    id: head.id,
    asset: asset.code,
    act: head.act,
    size: entry.amount,
    ...(vintage !== undefined ? { vintage } : {}),
    issued: head.effective,
    ...(entry.lot?.expires !== undefined ? { expires: entry.lot.expires } : {}),
    prefix: entry.lot?.prefix ?? `${asset.code}-${head.id.slice(-PREFIX_SIGNS).toUpperCase()}`,
  }
  d.newLots.set(lot.id, lot)
  const whole = { lot: lot.id, from: 0n, to: lot.size }
  addPieces(d, to.id, [{ ...whole, account: to.id }])
  return [whole]
}

interface Move extends Sides {
  readonly head: Head
  readonly amount: bigint
  readonly picks: readonly SerialRange[] | undefined
  /** The pending whose units these are; undefined for units no pending reserves. */
  readonly reservedBy?: PostingId
}

/** Takes the units out of the debit account and gives them to the credit account. */
function moveUnits(d: Draft, move: Move): readonly SerialRange[] {
  const { taken, kept, left } = takeUnits(d, move)
  setPieces(d, move.debit.id, kept, left)
  const given = taken.map(({ lot, from, to }) => ({ lot, from, to, account: move.credit.id }))
  addPieces(d, move.credit.id, given)
  return joinRanges(taken)
}

/** Marks the units as reserved by the posting being made; they stay where they are. */
function reserveUnits(d: Draft, move: Move): readonly SerialRange[] {
  const { taken, kept, left } = takeUnits(d, move)
  setPieces(d, move.debit.id, kept, left)
  const reserved = taken.map((p) => ({ ...p, pending: move.head.id }))
  addPieces(d, move.debit.id, reserved)
  return joinRanges(taken)
}

/** Lets go of what a pending still reserves. */
function freeUnits(d: Draft, debit: Account, pending: PostingId): void {
  const freed: Piece[] = []
  const pieces = draftPieces(d, debit.id).map((p) => {
    if (p.pending !== pending) return p
    const { pending: _, ...free } = p
    freed.push(free)
    return free
  })
  if (freed.length > 0) setPieces(d, debit.id, pieces, freed)
}

function takeUnits(d: Draft, move: Move) {
  const { asset, debit, credit, amount, picks, reservedBy } = move
  const pieces = draftPieces(d, debit.id)
  const isFree = (p: Piece) => p.pending === reservedBy
  const toExpired = findPurpose(credit.purpose)?.kind === 'expired'
  const mayGo = (p: Piece) => isFree(p) && isGood(d, p, move) !== toExpired
  if (picks && (!areDisjoint(picks) || sumOf(picks) !== amount))
    throw new ProblemError(
      problem('ledger.picks-sum', { has: amountText(asset, sumOf(picks)), needs: amountText(asset, amount) }),
    )
  const chosen = picks ?? firstUnits(pieces, amount, mayGo)
  if (sumOf(chosen) < amount) refuseShortage(d, move, sumOf(chosen), toExpired)
  const result = cut(pieces, chosen, isFree)
  if ('missing' in result) refuseMissing(d, move, result.missing)
  const unfit = result.taken.find((p) => !mayGo(p))
  if (unfit) refuseUnfit(d, move, unfit, toExpired)
  return result
}

/** Not past its last day on the legal date of the move. */
const isGood = (d: Draft, p: Piece, move: Move): boolean => !isExpired(getLot(d.lots, p.lot), move.head.effective)

function refuseShortage(d: Draft, move: Move, has: bigint, toExpired: boolean): never {
  const { asset, debit, amount } = move
  if (d.book.partly.has(debit.id) && available(debit.balance) >= amount)
    throw new ProblemError(problem('ledger.too-many-pieces', named(debit)))
  const values = { ...named(debit), has: amountText(asset, has), needs: amountText(asset, amount) }
  if (toExpired) throw new ProblemError(problem('ledger.units-not-expired', values))
  const late =
    move.reservedBy && draftPieces(d, debit.id).find((p) => p.pending === move.reservedBy && !isGood(d, p, move))
  if (late) refuseUnfit(d, move, late, false)
  throw new ProblemError(
    problem('ledger.insufficient', { ...values, pending: amountText(asset, debit.balance.debitsPending) }),
  )
}

function refuseMissing(d: Draft, { asset, debit }: Move, range: SerialRange): never {
  const lot = d.lots.get(range.lot)
  const serials = lot ? serialText(lot, range) : range.lot
  throw new ProblemError(problem('ledger.units-moved-on', { ...named(debit), serials, asset: asset.code }))
}

function refuseUnfit(d: Draft, { asset, debit, amount }: Move, piece: Piece, toExpired: boolean): never {
  const lot = getLot(d.lots, piece.lot)
  if (toExpired)
    throw new ProblemError(
      problem('ledger.units-not-expired', { ...named(debit), has: '0', needs: amountText(asset, amount) }),
    )
  throw new ProblemError(
    problem('ledger.units-expired', { serials: serialText(lot, piece), expires: lot.expires ?? '—' }),
  )
}
