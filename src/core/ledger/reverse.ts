// Taking back: the entries by which a correcting act undoes postings, newest first. They are ordinary entries, so every
// law holds for them too: what was retired stays, units that moved on are named, a posting is taken back once.
// What was moved goes back by the same serials; an open pending is voided; a pending that the postings ended opens again.

import type { CivilDate, Text } from '../../kernel/index.ts'
import { findPending, type Book } from './book.ts'
import type { Entry, PendingEntry, PlainEntry, Posting } from './model.ts'

/** @param postings of the acts to undo, loaded with their pendings @param how the correcting act's reason and legal date
 *  @returns entries for `post`, which refuses what cannot be undone any more */
export function reverseOf(
  book: Book,
  postings: readonly Posting[],
  how: { readonly why?: Text; readonly effective?: CivilDate } = {},
): readonly Entry[] {
  const undone = new Set(postings.map((p) => p.id))
  const newestFirst = postings
    .map((p, i) => ({ p, i }))
    .sort((a, b) => (a.p.recorded < b.p.recorded ? 1 : a.p.recorded > b.p.recorded ? -1 : b.i - a.i))
  return newestFirst.flatMap(({ p }) => undo(book, p, undone)).map((entry) => ({ ...entry, ...how }))
}

function undo(book: Book, p: Posting, undone: ReadonlySet<string>): readonly Entry[] {
  switch (p.kind) {
    case 'plain':
      return [back(p)]
    case 'pending': {
      const end = findPending(book, p.id)?.endedBy
      // Ended by a posting that is undone as well, or let go since: nothing of it is left.
      if (end && (undone.has(end.id) || end.kind !== 'post')) return []
      return [{ kind: 'void', pending: p.id, reverses: p.id }]
    }
    case 'post':
      return undone.has(p.pendingId!) ? [back(p)] : [back(p), again(book, p)]
    case 'void':
    case 'expire':
      return undone.has(p.pendingId!) ? [] : [{ ...again(book, p), reverses: p.id }]
  }
}

function back(p: Posting): PlainEntry {
  const picks = p.picks.length > 0 ? { picks: p.picks } : {}
  return { debit: p.credit, credit: p.debit, amount: p.amount, reverses: p.id, ...picks }
}

/** The pending that `end` ended, once more, with the same serials. */
function again(book: Book, end: Posting): PendingEntry {
  const pending = findPending(book, end.pendingId!)?.posting
  if (!pending) throw new Error(`pending ${end.pendingId} of posting ${end.id} is not in the book`)
  return {
    kind: 'pending',
    debit: pending.debit,
    credit: pending.credit,
    amount: pending.amount,
    ...(pending.timeout !== undefined ? { timeout: pending.timeout } : {}),
    ...(pending.group !== undefined ? { group: pending.group } : {}),
    ...(pending.picks.length > 0 ? { picks: pending.picks } : {}),
  }
}
