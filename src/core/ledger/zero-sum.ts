// The zero-sum report: per asset, all debits and all credits, posted and pending. They are equal or something is wrong,
// and then the report names it. Also names accounts that break their flags and holdings that differ from their lots.

import { brokenFlag, held } from './balance.ts'
import type { Account, AccountFlags } from './model.ts'

export interface AssetSum {
  readonly asset: string
  readonly accounts: number
  readonly debitsPending: bigint
  readonly debitsPosted: bigint
  readonly creditsPending: bigint
  readonly creditsPosted: bigint
  readonly fits: boolean
}

export interface ZeroSum {
  readonly assets: readonly AssetSum[]
  readonly broken: readonly { readonly account: Account; readonly flag: keyof AccountFlags }[]
  /** Accounts whose pieces do not sum to what they hold, or to what is reserved. */
  readonly misfit: readonly { readonly account: Account; readonly units: bigint; readonly reserved: bigint }[]
  readonly fits: boolean
}

/** What pieces say of an account of an asset with lots. */
export interface HeldUnits {
  readonly units: bigint
  readonly reserved: bigint
}

/** @param units per account id, for assets with lots only @param lotted codes of the assets with lots */
export function zeroSum(
  accounts: readonly Account[],
  lotted: ReadonlySet<string> = new Set(),
  units: ReadonlyMap<string, HeldUnits> = new Map(),
): ZeroSum {
  const sums = new Map<string, AssetSum>()
  for (const { asset, balance: b } of accounts) {
    const s = sums.get(asset) ?? EMPTY
    sums.set(asset, {
      asset,
      accounts: s.accounts + 1,
      debitsPending: s.debitsPending + b.debitsPending,
      debitsPosted: s.debitsPosted + b.debitsPosted,
      creditsPending: s.creditsPending + b.creditsPending,
      creditsPosted: s.creditsPosted + b.creditsPosted,
      fits: false,
    })
  }
  const assets = [...sums.values()]
    .map((s) => ({ ...s, fits: s.debitsPosted === s.creditsPosted && s.debitsPending === s.creditsPending }))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1))
  const broken = accounts.flatMap((account) => {
    const flag = brokenFlag(account)
    return flag ? [{ account, flag }] : []
  })
  const misfit = accounts.flatMap((account) => {
    if (!lotted.has(account.asset)) return []
    const pieces = units.get(account.id) ?? { units: 0n, reserved: 0n }
    // An issuer gives out new serials only: its pieces are those that came back.
    const issues = account.purpose === 'issued'
    const holds = issues ? account.balance.creditsPosted : held(account.balance)
    const reserves = issues ? 0n : account.balance.debitsPending
    return pieces.units === holds && pieces.reserved === reserves ? [] : [{ account, ...pieces }]
  })
  const fits = assets.every((a) => a.fits) && broken.length === 0 && misfit.length === 0
  return { assets, broken, misfit, fits }
}

const EMPTY = {
  asset: '',
  accounts: 0,
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
}
