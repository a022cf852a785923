// One right as it was looked up, and what an exchange checks of it before it is listed. Pure.
// Always holds: a check says only what the record holds; what is not recorded here is told as such and never as in order.

import type { Text } from '../../kernel/index.ts'

export interface CertificateSaid {
  readonly number: string
  readonly code: string
  readonly titleZh: string
  readonly titleEn?: string
  readonly holder?: string
  readonly issuer: string
  readonly basis?: string
  readonly issuedOn: string
  readonly validFrom: string
  readonly validTo?: string
  readonly status: string
  readonly supersededBy?: string
  readonly endedOn?: string
}

export interface RightSaid {
  readonly id: string
  readonly number: string
  readonly holder: string
  readonly pollutant: string
  readonly amountKg: string
  readonly basis: string
  readonly validFrom: string
  readonly validTo: string
  readonly status: string
  readonly covered: boolean
  readonly reserved: boolean
  readonly documents: string
}

/** The row of `lookUpRight`. */
export interface LookedUp {
  readonly place: string
  readonly certificate?: CertificateSaid
  readonly right?: RightSaid
  readonly history: readonly {
    readonly command: string
    readonly day: string
    readonly act: string
    readonly leaf: string
  }[]
}

export interface State {
  readonly good: boolean
  readonly said: Text
}

/** What the paper or the right is worth on a day. */
export function stateOf(
  { status, validFrom, validTo }: { readonly status: string; readonly validFrom: string; readonly validTo?: string },
  today: string,
): State {
  const ended = ENDED[status]
  if (ended) return { good: false, said: ended }
  if (today < validFrom) return { good: false, said: { zh: '尚未生效', en: 'not in force yet' } }
  if (validTo !== undefined && today > validTo) return { good: false, said: { zh: '已过期', en: 'expired' } }
  return { good: true, said: { zh: '有效', en: 'in force' } }
}

const ENDED: Readonly<Record<string, Text>> = {
  superseded: { zh: '已被新证代替', en: 'superseded' },
  revoked: { zh: '已撤销', en: 'revoked' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
}

export interface Checked {
  readonly what: Text
  /** Undefined: this is not recorded here and has to be asked elsewhere. */
  readonly good: boolean | undefined
  readonly found: Text
}

/** Before it is listed: right, lien, definition, papers. */
export function listingChecks({ certificate, right }: LookedUp, today: string): readonly Checked[] {
  const paper = certificate && stateOf(certificate, today)
  const own = right && stateOf(right, today)
  const defined =
    right !== undefined && [right.number, right.pollutant, right.amountKg, right.basis].every((v) => v !== '')
  return [
    {
      what: { zh: '权利有登记', en: 'The right is registered' },
      good: right !== undefined,
      found: right
        ? { zh: `排污权证 ${right.number}`, en: `permit ${right.number}` }
        : { zh: '证书背后没有登记的权利', en: 'no right stands behind the certificate' },
    },
    {
      what: { zh: '权利在有效期内', en: 'The right is in force' },
      good: own?.good ?? false,
      found:
        own && right
          ? { zh: `${own.said.zh}，至 ${right.validTo}`, en: `${own.said.en}, until ${right.validTo}` }
          : NONE,
    },
    {
      what: { zh: '证书有效', en: 'The certificate is valid' },
      good: paper?.good ?? false,
      found:
        paper && certificate
          ? { zh: `${certificate.number} ${paper.said.zh}`, en: `${certificate.number} ${paper.said.en}` }
          : { zh: '没有登记证书', en: 'no certificate is recorded' },
    },
    {
      what: { zh: '权利人现仍持有证载数量', en: 'The holder still has the amount' },
      good: right?.covered ?? false,
      found: right
        ? right.covered
          ? { zh: '持有不少于证载数量', en: 'holds no less than the permit says' }
          : { zh: '账上已少于证载数量：可能已转让或注销', en: 'holds less: some may be sold or retired' }
        : NONE,
    },
    {
      what: { zh: '没有占用', en: 'Nothing is reserved' },
      good: right ? !right.reserved : false,
      found: right
        ? right.reserved
          ? { zh: '有在办的占用', en: 'some is reserved by a matter under way' }
          : { zh: '没有占用', en: 'nothing is reserved' }
        : NONE,
    },
    {
      what: { zh: '质押、查封', en: 'Pledge and seizure' },
      good: undefined,
      found: LIENS,
    },
    {
      what: { zh: '界定清楚', en: 'The right is well defined' },
      good: defined,
      found: defined
        ? { zh: '证号、污染物、数量、核定依据齐全', en: 'number, pollutant, amount and basis are there' }
        : { zh: '证号、污染物、数量、核定依据不全', en: 'number, pollutant, amount or basis is missing' },
    },
    {
      what: { zh: '材料', en: 'Papers' },
      good: right ? Number(right.documents) > 0 : false,
      found: right ? { zh: `附有 ${right.documents} 份`, en: `${right.documents} attached` } : NONE,
    },
  ]
}

const NONE: Text = { zh: '没有登记', en: 'not recorded' }

/** True today: nobody records a pledge here. */
export const LIENS: Text = {
  zh: '不在本系统登记，请到动产融资统一登记公示系统另查',
  en: 'not recorded in this system; ask the unified register of security interests in movables',
}
