// Splitting a sum: compensation among villages, a sale among households. Whatever rule makes the shares, the entries
// charge the payer exactly the total and put what is left over, or short, on an account `rounding`.
// Always holds: parts and residue add up to the total.

import { splitFen, type Dec } from '../../kernel/index.ts'
import type { AccountName, PlainEntry } from './model.ts'

export interface Split {
  readonly parts: readonly bigint[]
  /** What the parts leave over; below zero where they came to more than the total. */
  readonly residue: bigint
}

/** Shares by weights, each a multiple of `step`, by the largest remainder (`splitFen`); what is less than a step is left.
 *  @param weights ≥ 0, not all 0 @param step in units of the asset's scale: 1 splits all, 100 pays whole yuan */
export function split(total: bigint, weights: readonly Dec[], step = 1n): Split {
  if (total < 0n || step <= 0n) throw new Error('split: total must be ≥ 0 and step > 0')
  const parts = splitFen(total / step, weights).map((p) => p * step)
  return { parts, residue: residueOf(total, parts) }
}

/** What shares that a rule has rounded one by one leave of the total. */
export const residueOf = (total: bigint, parts: readonly bigint[]): bigint => parts.reduce((r, p) => r - p, total)

/** One entry for each share that is not zero, and one for the residue. The payer gives exactly `total`. */
export function splitEntries(sum: {
  readonly from: AccountName
  readonly total: bigint
  readonly shares: readonly { readonly to: AccountName; readonly amount: bigint }[]
  readonly rounding: AccountName
}): readonly PlainEntry[] {
  const { from, rounding } = sum
  const residue = residueOf(
    sum.total,
    sum.shares.map((s) => s.amount),
  )
  const shares = sum.shares
    .filter((s) => s.amount !== 0n)
    .map((s): PlainEntry => ({ debit: from, credit: s.to, amount: s.amount }))
  if (residue > 0n) return [...shares, { debit: from, credit: rounding, amount: residue }]
  // First, so that the payer has what the shares need beyond the total.
  if (residue < 0n) return [{ debit: rounding, credit: from, amount: -residue }, ...shares]
  return shares
}
