// Made-up assets, accounts and acts for tests of the ledger.

import { civilDate, instant, uuidFrom, type Uuid } from '../../kernel/index.ts'
import type { AccountName, Asset, PostingContext } from './model.ts'

export const cny: Asset = {
  code: 'CNY',
  unit: '元',
  scale: 2,
  class: 'money',
  issuer: 'bank',
  title: { zh: '人民币', en: 'yuan' },
  lots: false,
}

export const voucher: Asset = {
  code: 'voucher',
  unit: 't',
  scale: 0,
  class: 'carbon',
  issuer: 'office',
  title: { zh: '碳票', en: 'voucher' },
  lots: true,
}

export const account = (asset: Asset, owner: string, purpose: AccountName['purpose'] = 'holding'): AccountName => ({
  asset: asset.code,
  owner,
  purpose,
})

export const actId = (n: number): Uuid => uuidFrom('test act', String(n))

/** Act `n`, recorded `n` seconds into the day. */
export const act = (n: number, day = '2026-03-01'): PostingContext => ({
  act: actId(n),
  recorded: instant(`${day}T00:00:${String(n).padStart(2, '0')}Z`),
  today: civilDate(day),
  assets: [cny, voucher],
})
