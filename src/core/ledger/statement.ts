// The statement of an account: what it opened with, every line, what it closed with, at any date, either by the day that
// counts by law or by the moment of recording.
// Always holds: opening + lines = closing; by recording, each line's balance is the one stored with the posting.

import type { CivilDate, Instant } from '../../kernel/index.ts'
import { credited, debited, ZERO_BALANCE } from './balance.ts'
import type { AccountId, Balance, Posting } from './model.ts'

/** Legal dates include both ends; instants are from ≤ recorded < before. An end left out is open. */
export type StatementPeriod =
  | { readonly by: 'effective'; readonly from?: CivilDate; readonly to?: CivilDate }
  | { readonly by: 'recorded'; readonly from?: Instant; readonly before?: Instant }

export interface StatementLine {
  readonly posting: Posting
  readonly side: 'debit' | 'credit'
  readonly other: AccountId
  /** The account's line number, from 1, in the order of recording. */
  readonly line: bigint
  /** After this line, in the order of this statement. `lines` counts the postings up to here. */
  readonly balance: Balance
}

export interface Statement {
  readonly account: AccountId
  readonly opening: Balance
  readonly lines: readonly StatementLine[]
  readonly closing: Balance
}

/** @param postings all of the account's, in any order, or all since `opening`; those of other accounts are left out */
export function statement(
  account: AccountId,
  postings: readonly Posting[],
  period: StatementPeriod,
  opening: Balance = ZERO_BALANCE,
): Statement {
  let balance = opening
  let atStart = opening
  const lines: StatementLine[] = []
  for (const entry of inOrder(account, postings, period)) {
    const place = placeOf(entry.posting, period)
    if (place === 'after') break
    balance = (entry.side === 'debit' ? debited : credited)(balance, entry.posting)
    if (place === 'before') atStart = balance
    else lines.push({ ...entry, balance })
  }
  return { account, opening: atStart, lines, closing: balance }
}

type Sided = Omit<StatementLine, 'balance'>

function inOrder(account: AccountId, postings: readonly Posting[], { by }: StatementPeriod): Sided[] {
  const sided = postings.flatMap((posting): Sided[] => {
    if (posting.debit === account)
      return [{ posting, side: 'debit', other: posting.credit, line: posting.debitAfter.lines }]
    if (posting.credit === account)
      return [{ posting, side: 'credit', other: posting.debit, line: posting.creditAfter.lines }]
    return []
  })
  const byLine = (a: Sided, b: Sided) => (a.line < b.line ? -1 : 1)
  if (by === 'recorded') return sided.sort(byLine)
  return sided.sort((a, b) => {
    const [x, y] = [a.posting.effective, b.posting.effective]
    return x < y ? -1 : x > y ? 1 : byLine(a, b)
  })
}

function placeOf(p: Posting, period: StatementPeriod): 'before' | 'in' | 'after' {
  if (period.by === 'effective') {
    if (period.from !== undefined && p.effective < period.from) return 'before'
    return period.to !== undefined && p.effective > period.to ? 'after' : 'in'
  }
  if (period.from !== undefined && p.recorded < period.from) return 'before'
  return period.before !== undefined && p.recorded >= period.before ? 'after' : 'in'
}
