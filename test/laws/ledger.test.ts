// The laws of the ledger over random histories on the pure ledger. The same histories run on each database in the long
// rounds; the auditor that judges them shares no code with the ledger.

import { describe, expect, test } from 'vitest'
import { isRefused, openBook, post, type Book, type Posting } from '../../src/core/ledger/index.ts'
import { makeHistory, type History, type Written } from './ledger-histories.ts'

const written = (book: Book): Written => ({
  accounts: [...book.accounts.values()],
  postings: [...book.postings.values()],
  lots: [...book.lots.values()],
  pieces: [...book.pieces.values()].flat(),
})

/** Runs a history and says what was wrong: an act taken that must be refused, or the other way round, or a broken law. */
function run({ steps, auditor }: History): {
  wrong: readonly string[]
  postings: readonly Posting[]
  codes: readonly string[]
} {
  const book = openBook()
  const wrong: string[] = []
  const codes: string[] = []
  steps.forEach((step, n) => {
    const result = post(book, step.entries, step.at)
    if (isRefused(result)) codes.push(...result.map((p) => p.code))
    if (isRefused(result) === step.taken)
      wrong.push(`act ${n}: ${isRefused(result) ? result.map((p) => p.en).join() : 'taken'}`)
  })
  return { wrong: [...wrong, ...auditor.audit(written(book))], postings: [...book.postings.values()], codes }
}

describe('the pure ledger', () => {
  test('the laws hold over ten thousand random histories, and the auditor takes what the ledger takes', () => {
    const met = new Map<string, number>()
    for (let seed = 1; seed <= 10_000; seed++) {
      const { wrong, postings, codes } = run(makeHistory(seed, seed % 100 === 0 ? 60 : 8))
      expect(wrong, `seed ${seed}`).toEqual([])
      for (const what of [...postings.map((p) => p.kind), ...codes]) met.set(what, (met.get(what) ?? 0) + 1)
    }
    // The histories are worth something: every kind of posting and every refusal a history can meet came up often.
    for (const what of [
      'plain',
      'pending',
      'post',
      'void',
      'expire',
      'ledger.insufficient',
      'ledger.never-leaves',
      'ledger.pending-ended',
      'ledger.group-apart',
      'ledger.posting-exists',
      'ledger.amount-not-positive',
      'ledger.units-moved-on',
      'ledger.units-not-expired',
      'ledger.pending-not-due',
      'ledger.pending-past-timeout',
      'ledger.post-exceeds-pending',
      'ledger.more-returned-than-issued',
      'ledger.already-reversed',
    ])
      expect(met.get(what) ?? 0, what).toBeGreaterThan(20)
  })
})
