// Decimals with 34 significant digits, ties to even (IEEE 754 decimal128's precision): what rules evaluate in.
// The same digits come out of every JavaScript engine, since decimal.js uses integer arithmetic only.

import { Decimal } from 'decimal.js'

const PRECISION = 34

export const Dec = Decimal.clone({
  precision: PRECISION,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  minE: -6200,
  maxE: 6200,
})
export type Dec = Decimal

export const dec = (x: string | number | bigint | Dec): Dec => new Dec(typeof x === 'bigint' ? x.toString() : x)

export const ZERO = dec(0)
export const ONE = dec(1)

/** The canonical text of a decimal: no exponent, no trailing zeros, no `-0`. */
export function decText(d: Dec): string {
  return d.isZero() ? '0' : d.toFixed()
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$/

/** Reads a number as a person writes it (`1,234.5`, full-width digits); undefined where it is none. */
export function parseDecimal(source: string): Dec | undefined {
  const s = source.normalize('NFKC').trim().replace(/[−–]/g, '-')
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(s) ? s.replaceAll(',', '') : s
  return NUMBER.test(plain) ? dec(plain) : undefined
}

/** Sums in the order given; decimals carry 34 digits, so money and areas of any real size add exactly. */
export const sumDec = (all: Iterable<Dec>): Dec => {
  let s: Dec = ZERO
  for (const d of all) s = s.plus(d)
  return s
}

export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up' | 'floor' | 'ceil'

const MODES = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  floor: Decimal.ROUND_FLOOR,
  ceil: Decimal.ROUND_CEIL,
} as const satisfies Record<RoundingMode, number>

/** Rounds to a multiple of `step` (`0.01`, `1`, `5`). */
export function roundTo(d: Dec, step: Dec, mode: RoundingMode): Dec {
  // A number of no more digits than are carried is its own quotient by one.
  if (step === ONE && d.precision() <= PRECISION) return d.toDecimalPlaces(0, MODES[mode])
  return d.div(step).toDecimalPlaces(0, MODES[mode]).times(step)
}
