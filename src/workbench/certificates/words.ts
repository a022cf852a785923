// Words of certificates that several pages say, and the addresses of what is printed.

import { MASK, type Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { textOf, type Row } from '../table/rows.ts'

/** As a stranger is told on the check page. */
export const STATES: Readonly<Record<string, Text>> = {
  valid: { zh: '有效', en: 'valid' },
  'not-yet': { zh: '尚未生效', en: 'not valid yet' },
  expired: { zh: '已过期', en: 'expired' },
  superseded: { zh: '已被新证代替', en: 'superseded' },
  revoked: { zh: '已撤销', en: 'revoked' },
}

export const KINDS: Readonly<Record<string, Text>> = {
  certificate: { zh: '证书', en: 'certificate' },
  statement: { zh: '证明', en: 'statement' },
}

/** Name of an organisation or of a person, the mask where the role may not see it. */
export const holderOf = (row: Row): string => textOf(row, 'holder') ?? textOf(row, 'holderName') ?? '—'

/** Whether the role sees all that stands on the paper: what it does not see it cannot print. */
export const seesAll = (row: Row): boolean =>
  holderOf(row) !== MASK && linesOf(row, 'personalLines').every(({ value }) => value !== MASK)

export interface Line {
  readonly label: string
  readonly value: string
}
export const linesOf = (row: Row, name: 'lines' | 'personalLines'): readonly Line[] =>
  Array.isArray(row[name]) ? (row[name] as readonly Line[]) : []

const API = '/api/v1/certificates'
export const pdfOf = (id: string, role: string | undefined): string => address(`${API}/${id}/pdf`, { _role: role })
export const pdfOfAll = (ids: readonly string[], role: string | undefined): string =>
  address(`${API}/pdf`, { ids: ids.join(','), _role: role })
export const qrOf = (id: string, role: string | undefined): string => address(`${API}/${id}/qr.svg`, { _role: role })
export const checkOf = (code: string): string => `/check/${encodeURIComponent(code)}`
