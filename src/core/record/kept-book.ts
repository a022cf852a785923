// What the recorder need not read again: assets, which never change once they stand, and accounts as the batch decided last
// leaves them, also before it is written. Where others write to the database too, what is kept may be behind: whoever builds on
// it must find each account at the line it was kept at when writing, or decide again on what the database says.
// Always holds: after a batch that failed nothing is kept.

import type { Account, AccountId, Asset, Book } from '../ledger/index.ts'

/** Accounts that are kept; those that were not named for longest go first. */
const MOST = 20_000

export class KeptBook {
  private readonly assets = new Map<string, Asset>()
  private readonly accounts = new Map<AccountId, Account>()

  findAsset(code: string): Asset | undefined {
    return this.assets.get(code)
  }

  findAccount(id: AccountId): Account | undefined {
    return this.accounts.get(id)
  }

  /** Takes over what a batch leaves. Accounts with lots hold pieces too and are read each time. */
  keep(book: Book): void {
    for (const a of book.assets.values()) this.assets.set(a.code, a)
    for (const a of book.accounts.values()) {
      if (this.assets.get(a.asset)?.lots !== false) continue
      this.accounts.delete(a.id)
      this.accounts.set(a.id, a)
    }
    for (const id of this.accounts.keys()) {
      if (this.accounts.size <= MOST) return
      this.accounts.delete(id)
    }
  }

  forget(): void {
    this.assets.clear()
    this.accounts.clear()
  }
}
