// A number with an optional unit as rule files, worked examples and the command line write it: `1400 mm`, `4.65 %`, `5.00`.
// Always holds: the number of decimals printed is kept, since a printed result is compared at its own precision.

import { dec, findUnit, type Quantity, type Unit } from '../../kernel/index.ts'
import type { problem } from './problems.ts'

export interface Amount {
  readonly quantity: Quantity
  /** Decimals printed; negative where the exponent of `1.2e5` says so. */
  readonly decimals: number
}
export interface AmountFault {
  readonly code: Extract<Parameters<typeof problem>[0], 'rules.wrong-number' | 'rules.unknown-unit'>
  readonly value: string
}

const AMOUNT = /^([+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?)(?:\s+(\S.*)|([^\d\s.+-].*))?$/u

/** Reads an amount; a bare number is in the unit declared. */
export function readAmount(source: string, declared: Unit): Amount | AmountFault {
  const m = AMOUNT.exec(source.normalize('NFKC').replace(/[−]/g, '-').trim())
  if (!m) return { code: 'rules.wrong-number', value: source }
  const unitText = m[4] ?? m[5]
  const unit = unitText === undefined ? declared : findUnit(unitText)
  if (!unit) return { code: 'rules.unknown-unit', value: unitText ?? '' }
  return { quantity: { value: dec(m[1]!), unit }, decimals: (m[2]?.length ?? 0) - Number(m[3] ?? 0) }
}

export const isFault = (a: Amount | AmountFault): a is AmountFault => 'code' in a
