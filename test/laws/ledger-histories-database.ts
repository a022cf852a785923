// Everything a ledger has written, read back from a database in the plainest way, for the auditor.

import { findPosting, type Account, type Lot, type Piece, type Posting } from '../../src/core/ledger/index.ts'
import { sql, type Reader } from '../../src/core/store/index.ts'
import type { Written } from './ledger-histories.ts'

interface Row {
  readonly [column: string]: never
}

export async function readLedger(db: Reader): Promise<Written> {
  const accounts = await db.query<Row>(sql`select * from account order by id`)
  const lots = await db.query<Row>(sql`select * from lot order by id`)
  const pieces = await db.query<Row>(sql`select * from lot_piece order by lot, from_serial`)
  const ids = await db.query<{ id: Posting['id'] }>(sql`select id from posting order by recorded, act, ordinal`)
  const postings: Posting[] = []
  for (const { id } of ids) postings.push((await findPosting(db, id))!.posting)
  return { accounts: accounts.map(accountOf), postings, lots: lots.map(lotOf), pieces: pieces.map(pieceOf) }
}

const accountOf = (r: Row): Account => ({
  id: r['id']!,
  asset: r['asset']!,
  owner: r['owner']!,
  purpose: r['purpose']!,
  flags: {
    debitsMustNotExceedCredits: r['debits_must_not_exceed_credits']!,
    creditsMustNotExceedDebits: r['credits_must_not_exceed_debits']!,
    creditsOnly: r['credits_only']!,
  },
  balance: {
    debitsPending: r['debits_pending']!,
    debitsPosted: r['debits_posted']!,
    creditsPending: r['credits_pending']!,
    creditsPosted: r['credits_posted']!,
    lines: r['lines']!,
  },
})

const lotOf = (r: Row): Lot => ({
  id: r['id']!,
  asset: r['asset']!,
  act: r['act']!,
  size: r['size']!,
  issued: r['issued']!,
  ...(r['expires'] === null ? {} : { expires: r['expires']! }),
  prefix: r['prefix']!,
})

const pieceOf = (r: Row): Piece => ({
  lot: r['lot']!,
  from: r['from_serial']!,
  to: r['to_serial']!,
  account: r['account_id']!,
  ...(r['pending_id'] === null ? {} : { pending: r['pending_id']! }),
})
