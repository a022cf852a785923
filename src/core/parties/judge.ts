// Judges personal codes while they are open: check digits, and whether somebody else is registered with them. What is judged is
// not kept.

import {
  idNumberFault,
  isBankNumber,
  normaliseCode,
  passportNumber,
  type IdNumberFault,
  type JsonObject,
  type Problem,
} from '../../kernel/index.ts'
import { sql, list, type Reader } from '../store/index.ts'
import { findCommitments, type LookupKind } from './lookup.ts'
import { partiesProblem } from './problems.ts'
import { allParties } from './read-party.ts'

export interface PartyWorld {
  /** The house's key for personal values. */
  readonly key: Uint8Array
  /** Whether a scan was received; a house without a file store believes what it is told. */
  readonly hasFile?: (hash: string) => Promise<boolean>
}

const FAULTS = {
  form: ['应为 17 位数字加 1 位数字或 X', 'seventeen digits and a digit or X are wanted'],
  old: ['15 位的旧号码已停用', 'numbers of fifteen digits are out of use'],
  place: ['前两位不是省级代码', 'it begins with no province'],
  date: ['中间的出生日期不对', 'the birthday in it is none'],
  check: ['校验位不符', 'its check digit does not fit'],
} as const satisfies Record<IdNumberFault, readonly [string, string]>

export function idNumberProblem(given: string, on: string): Problem | undefined {
  const fault = idNumberFault(normaliseCode(given), on)
  if (fault === undefined) return undefined
  const [what, whatEn] = FAULTS[fault]
  return partiesProblem('parties.id-number', { what, whatEn })
}

const textOf = (plain: JsonObject | undefined, name: string): string | undefined => {
  const value = plain?.[name]
  return typeof value === 'string' ? value : undefined
}

/** What is wrong with the codes of a person. @param on no birthday may be later @param self may have them already */
export async function judgeCodes(
  reader: Reader,
  { key }: PartyWorld,
  { plain, on, self }: { readonly plain: JsonObject | undefined; readonly on: string; readonly self?: string },
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const idNumber = textOf(plain, 'idNumber')
  const passport = textOf(plain, 'passport')
  const wrong = idNumber === undefined ? undefined : idNumberProblem(idNumber, on)
  if (wrong) problems.push({ ...wrong, at: { field: 'idNumber' } })
  if (passport !== undefined && passportNumber(passport) === undefined)
    problems.push(partiesProblem('parties.passport', {}, { field: 'passport' }))
  if (problems.length > 0) return problems
  for (const [kind, column, value] of [
    ['id-number', 'idNumber', idNumber],
    ['passport', 'passport', passport],
  ] as const)
    if (value !== undefined && (await isTaken(reader, key, { kind, value, self })))
      problems.push(partiesProblem('parties.code-taken', {}, { field: column }))
  return problems
}

async function isTaken(
  reader: Reader,
  key: Uint8Array,
  { kind, value, self }: { readonly kind: LookupKind; readonly value: string; readonly self: string | undefined },
): Promise<boolean> {
  const found = await findCommitments(reader, key, kind, value)
  if (found.length === 0) return false
  const rows = await reader.query<{ id: string }>(
    sql`select p.id from ${allParties()} p where p.status = 'standing'
          and (p.id_number = any(${list('text', found)}) or p.passport = any(${list('text', found)}))`,
  )
  return rows.some((r) => r.id !== self)
}

export function bankProblem(given: string, kind: 'card' | 'account'): Problem | undefined {
  return isBankNumber(normaliseCode(given), kind)
    ? undefined
    : partiesProblem('parties.bank-number', {}, { field: 'number' })
}
