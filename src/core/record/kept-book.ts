// What the recorder need not read again: assets, which never change once they stand, and, where nobody else writes to the
// database, accounts as the last batch left them. A batch that fails leaves nothing here.
// Always holds: what is kept is what the database says.

import type { Account, AccountId, Asset, Book } from '../ledger/index.ts'

/** Accounts that are kept; those that were not named for longest go first. */
const MOST = 20_000

export class KeptBook {
  private readonly assets = new Map<string, Asset>()
  private readonly accounts = new Map<AccountId, Account>()
  private readonly alone: boolean

  /** @param alone nobody else writes to the database */
  constructor(alone: boolean) {
    this.alone = alone
  }

  findAsset(code: string): Asset | undefined {
    return this.assets.get(code)
  }

  findAccount(id: AccountId): Account | undefined {
    return this.accounts.get(id)
  }

  /** Takes over what a batch left, once it is written. Accounts with lots hold pieces too and are read each time. */
  keep(book: Book): void {
    for (const a of book.assets.values()) this.assets.set(a.code, a)
    if (!this.alone) return
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
}
