// The ledger: double entry for any asset, in TigerBeetle's words. Value moves between accounts by postings and by nothing
// else; nothing appears or vanishes. The pure part books on a `Book` in memory; schema, load and rows carry it to a database.

export * from './model.ts'
export { ledgerProblem } from './problems.ts'
export { accountId, findPurpose, postingId, purposes, purposeText, type PurposeKind } from './purposes.ts'
export { amountText, available, effectOf, held, outstanding, scaled, ZERO_BALANCE } from './balance.ts'
export { isExpired, joinRanges, serialText, sizeOf, sumOf } from './lots.ts'
export {
  availableIn,
  balanceOf,
  expiredIn,
  findAsset,
  findPending,
  mergeBook,
  openBook,
  piecesOf,
  type Book,
  type BookContent,
  type HeldPiece,
  type Pending,
} from './book.ts'
export { isRefused, post } from './post.ts'
export { reverseOf } from './reverse.ts'
export { residueOf, split, splitEntries, type Split } from './split.ts'
export { statement, type Statement, type StatementLine, type StatementPeriod } from './statement.ts'
export { zeroSum, type AssetSum, type HeldUnits, type ZeroSum } from './zero-sum.ts'
export * from './schema.ts'
export { loadBook, PIECES_LOADED, type Wanted, type WantedAccount } from './load.ts'
export { changesToRows, writeLedger, type LedgerRows } from './rows.ts'
export { isLostRace, ledgerRefusal } from './refusals.ts'
export * from './queries.ts'
