// What it means when the database, as the last guard, refuses a row of the ledger. Serves the runner: a batch that was
// refused runs act by act, and the act at fault gets an answer in words.

import type { Problem } from '../../kernel/index.ts'
import { ledgerProblem as problem } from './problems.ts'

/** The problem behind a constraint of the ledger's tables; undefined for those of others and for those only a bug can
 *  break. @param constraint the name the database gave */
export function ledgerRefusal(constraint: string | undefined): Problem | undefined {
  switch (constraint) {
    case 'posting_pkey':
      return problem('ledger.posting-exists', { id: '—' })
    case 'posting_pending_end':
      return problem('ledger.pending-ended', { id: '—', end: '—' })
    case 'posting_reverses':
      return problem('ledger.already-reversed', { id: '—', by: '—' })
    case 'lot_prefix':
      return problem('ledger.lot-prefix-taken', { asset: '—', prefix: '—' })
    case 'asset_pkey':
      return problem('ledger.asset-differs', { asset: '—' })
    default:
      return undefined
  }
}

/** Constraints that break where two writers worked on one account without a lock, or opened it at once: run the act again. */
export const isLostRace = (constraint: string | undefined): boolean =>
  constraint === 'account_pkey' ||
  constraint === 'account_name' ||
  constraint === 'posting_debit_line' ||
  constraint === 'posting_credit_line'
