// A certificate as a thing: its states, its code, what of its holder a stranger may see. Serves every chapter that hands out a
// paper (rights, seals, completed inspections). Pure.
// Always holds: the code follows from the id alone, so it stays when content is corrected by a later certificate of its own.

import { createHash } from 'node:crypto'
import { passportCode, type CivilDate, type Json, type Text, type Uuid } from '../../kernel/index.ts'

export interface CertificateKind {
  readonly value: string
  readonly title: Text
  /** Letters its numbers begin with. */
  readonly series: string
}

/** What offices hand out, whatever it is about; its own title says the rest. */
export const CERTIFICATE_KINDS = [
  { value: 'certificate', title: { zh: '证书', en: 'certificate' }, series: 'ZS' },
  { value: 'statement', title: { zh: '证明', en: 'statement' }, series: 'ZM' },
] as const satisfies readonly CertificateKind[]
export type CertificateKindName = (typeof CERTIFICATE_KINDS)[number]['value']

export const kindOf = (name: string): CertificateKind => {
  const kind = CERTIFICATE_KINDS.find((k) => k.value === name)
  if (!kind) throw new Error(`no kind of certificate: ${name}`)
  return kind
}

/** As recorded; whether its days have begun or ended is told by `stateOn`. */
export const STATUSES = ['valid', 'superseded', 'revoked'] as const
export type CertificateStatus = (typeof STATUSES)[number]

/** What a stranger is told on a day. */
export const STATES = {
  valid: { zh: '有效', en: 'valid' },
  'not-yet': { zh: '尚未生效', en: 'not valid yet' },
  expired: { zh: '已过期', en: 'expired' },
  superseded: { zh: '已被新证代替', en: 'superseded' },
  revoked: { zh: '已撤销', en: 'revoked' },
} as const satisfies Record<string, Text>
export type CertificateState = keyof typeof STATES

export function stateOn(
  today: string,
  c: { readonly status: string; readonly valid_from: string; readonly valid_to: string | null },
): CertificateState {
  if (c.status === 'superseded' || c.status === 'revoked') return c.status
  if (today < c.valid_from) return 'not-yet'
  return c.valid_to !== null && today > c.valid_to ? 'expired' : 'valid'
}

/** One printed line. */
export interface CertificateLine {
  readonly label: string
  readonly value: string
}

/** Lines as a row keeps them. @throws Error where the row holds something else: only a bug could have written it */
export function linesOf(stored: Json): readonly CertificateLine[] {
  if (!Array.isArray(stored)) throw new Error('lines of a certificate')
  return stored as unknown as readonly CertificateLine[]
}

/** How many codes are tried for one certificate: 40 bits meet now and then among a million, three times running never. */
const CODES = 4

/** Codes a certificate may have, the first that is free is taken. They follow from its id: a preview and the acceptance agree. */
export const codesOf = (id: Uuid): readonly string[] =>
  Array.from({ length: CODES }, (_, n) =>
    passportCode(createHash('sha256').update(`qingshan certificate ${id} ${n}`).digest()),
  )

/** A name as strangers see it: its first sign, and stars that do not tell how many follow. */
export const firstSignOnly = (name: string): string => `${[...name.trim()][0] ?? ''}＊＊`

export const certificateSubject = (id: string): string => `certificate:${id}`

/** Whether the days fit one another. */
export const daysFit = (from: CivilDate, to: CivilDate | undefined): boolean => to === undefined || from <= to
