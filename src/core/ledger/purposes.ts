// What an account is for decides what it may do: one table, from which flags, names on screen and ids follow.
// Always holds: one name, one id, on every machine, so that a command names an account without reading; what has left
// through a retired, surrendered or expired account never comes back.

import { canonicalJson, uuidFrom, type Text, type Uuid } from '../../kernel/index.ts'
import type { AccountFlags, AccountId, AccountName, PostingId } from './model.ts'

export type PurposeKind =
  'holding' | 'issued' | 'retired' | 'surrendered' | 'expired' | 'clearing' | 'payable' | 'rounding'

interface PurposeRule {
  /** What stands after the colon. */
  readonly qualifier: 'none' | 'optional' | 'required'
  readonly flags: AccountFlags
  readonly title: Text
}

const free: AccountFlags = {
  debitsMustNotExceedCredits: false,
  creditsMustNotExceedDebits: false,
  creditsOnly: false,
}
/** Gives only what it has received, and what is reserved counts as gone. */
const guarded: AccountFlags = { ...free, debitsMustNotExceedCredits: true }
const closed: AccountFlags = { ...guarded, creditsOnly: true }

export const purposes = {
  holding: { qualifier: 'optional', flags: guarded, title: { zh: '持有', en: 'holding' } },
  // The debit side grows: what stands there is out in the world, and no more than that can come back.
  issued: {
    qualifier: 'none',
    flags: { ...free, creditsMustNotExceedDebits: true },
    title: { zh: '核发', en: 'issued' },
  },
  retired: { qualifier: 'optional', flags: closed, title: { zh: '注销', en: 'retired' } },
  surrendered: { qualifier: 'required', flags: closed, title: { zh: '清缴', en: 'surrendered' } },
  expired: { qualifier: 'none', flags: closed, title: { zh: '过期', en: 'expired' } },
  // A passage to the world outside (a bank, an exchange): may stand on either side.
  clearing: { qualifier: 'required', flags: free, title: { zh: '清算', en: 'clearing' } },
  // What stands ready to be paid out to its owner; no more is paid than was recognised.
  payable: { qualifier: 'required', flags: guarded, title: { zh: '应付', en: 'payable' } },
  // What is left over when a sum is split: of either sign.
  rounding: { qualifier: 'none', flags: free, title: { zh: '尾差', en: 'rounding' } },
} as const satisfies Record<PurposeKind, PurposeRule>

/** `surrendered:2026` → kind and qualifier; undefined where the purpose is none of the table. */
export function findPurpose(purpose: string): { readonly kind: PurposeKind; readonly qualifier?: string } | undefined {
  const colon = purpose.indexOf(':')
  const kind = colon < 0 ? purpose : purpose.slice(0, colon)
  if (!Object.hasOwn(purposes, kind)) return undefined
  const rule: PurposeRule = purposes[kind as PurposeKind]
  if (colon < 0) return rule.qualifier === 'required' ? undefined : { kind: kind as PurposeKind }
  const qualifier = purpose.slice(colon + 1)
  if (rule.qualifier === 'none' || !QUALIFIER.test(qualifier)) return undefined
  return { kind: kind as PurposeKind, qualifier }
}

/** Letters of any script, digits and `. _ - /`; long enough for a UUID. */
const QUALIFIER = /^[\p{L}\p{N}._/-]{1,64}$/u

export function purposeFlags(purpose: string): AccountFlags {
  const found = findPurpose(purpose)
  if (!found) throw new Error(`no purpose: ${purpose}`)
  return purposes[found.kind].flags
}

/** `清缴 2026`, `surrendered 2026` */
export function purposeText(purpose: string): Text {
  const found = findPurpose(purpose)
  if (!found) return { zh: purpose, en: purpose }
  const { title } = purposes[found.kind]
  const rest = found.qualifier === undefined ? '' : ` ${found.qualifier}`
  return { zh: title.zh + rest, en: title.en + rest }
}

/** The id of an account: UUID of version 8 (RFC 9562, B.2) from SHA-256 over `[asset, owner, purpose]` as canonical JSON. */
export function accountId(name: AccountName): AccountId {
  let owners = ids.get(name.asset)?.get(name.purpose)
  const known = owners?.get(name.owner)
  if (known) return known
  if (idsKept++ >= IDS_KEPT) {
    ids.clear()
    owners = undefined
    idsKept = 1
  }
  if (!owners) {
    const purposes = ids.get(name.asset) ?? new Map<string, Map<string, AccountId>>()
    owners = new Map()
    ids.set(name.asset, purposes.set(name.purpose, owners))
  }
  const id = uuidFrom(ACCOUNTS, canonicalJson([name.asset, name.owner, name.purpose])) as AccountId
  owners.set(name.owner, id)
  return id
}

/** The id of the text `ledger account`, fixed for ever: computed once, since every account asks for it. */
const ACCOUNTS = uuidFrom('ledger account', '')

/** Ids already computed: a busy account is named thousands of times a second. 20 000 names are some 4 MB. */
const IDS_KEPT = 20_000
/** By asset, purpose and owner: looking one up makes no text. */
const ids = new Map<string, Map<string, Map<string, AccountId>>>()
let idsKept = 0

/** The id a posting has when its command gives none: the same again when the act is replayed. A UUID of version 8 made from the
 *  act, the posting's ordinal added to its last 32 bits: one digest an act, and neighbours stand together. The last twelve
 *  signs are as random as the others, for prefixes of lots are made from them. */
export function postingId(act: Uuid, ordinal: number): PostingId {
  if (act !== lastAct) {
    lastAct = act
    const id = uuidFrom(act, 'postings')
    ofAct = id.slice(0, -8)
    tail = parseInt(id.slice(-8), 16)
  }
  return `${ofAct}${((tail + ordinal) >>> 0).toString(16).padStart(8, '0')}` as PostingId
}
let lastAct: Uuid | undefined
let ofAct = ''
let tail = 0
