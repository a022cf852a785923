// Numbers as checks see them: a printed number stands for every value that rounds to it, an exact one only for itself.
// Serves QA-01 to QA-16. Always holds: a comparison never fails for rounding alone, and never passes by a flat percentage.

import { convert, dec, decText, unit, ZERO, type Dec, type Quantity, type Unit } from '../../../kernel/index.ts'

/** A number as it stands in print: `{ text: '1,318.44', unit: '亿元' }`. */
export interface Printed {
  readonly text: string
  readonly unit: string
}

export type Num = Printed | Quantity

/** The values a number may stand for; `step` is the last printed digit, 0 for an exact number. */
export interface Range {
  readonly low: Dec
  readonly mid: Dec
  readonly high: Dec
  readonly step: Dec
  readonly unit: Unit
}

export const printed = (text: string, unitText: string): Printed => ({ text, unit: unitText })

const isPrinted = (n: Num): n is Printed => 'text' in n

/** The printed number's range, half a last digit either way. @throws ProblemError `unit.unknown` · Error where the text is no number */
export function rangeOf(n: Num): Range {
  if (!isPrinted(n)) return exact(n)
  const digits = n.text.normalize('NFKC').replace(/[,\s]/g, '')
  const mid = dec(digits)
  const step = stepOf(/\.(\d*)/.exec(digits)?.[1]?.length ?? 0)
  const half = step.div(2)
  return { low: mid.minus(half), mid, high: mid.plus(half), step, unit: unit(n.unit) }
}

/** The last digit of so many places. */
const stepOf = (places: number): Dec => dec(`1e-${places}`)

/** An exact number is one decimal, and is converted, multiplied and compared as one. */
const exact = ({ value, unit: own }: Quantity): Range => ({
  low: value,
  mid: value,
  high: value,
  step: ZERO,
  unit: own,
})

/** The range in another unit. @throws ProblemError `unit.mismatch` */
export function rangeIn(n: Num, to: Unit | string): Range {
  if (!isPrinted(n)) return exact(convert(n, to))
  const r = rangeOf(n)
  const into = (value: Dec): Dec => convert({ value, unit: r.unit }, to).value
  return {
    low: into(r.low),
    mid: into(r.mid),
    high: into(r.high),
    step: into(r.step),
    unit: typeof to === 'string' ? unit(to) : to,
  }
}

export interface Span {
  readonly low: Dec
  readonly high: Dec
}

/** Relative room for a quotient that was carried with 34 digits on one side and fewer on the other. */
const CARRIED = dec('1e-12')

/** Whether two spans share a value; exact numbers may differ in the twelfth digit. */
export function meet(a: Span, b: Span): boolean {
  if (a.low.lte(b.high) && b.low.lte(a.high)) return true
  const size = [a.low, a.high, b.low, b.high].reduce((m, x) => (x.abs().gt(m) ? x.abs() : m), dec(0))
  const room = size.times(CARRIED)
  return a.low.lte(b.high.plus(room)) && b.low.lte(a.high.plus(room))
}

/** A printed total may be rounded or cut off: it stands for half a digit below to a whole digit above. */
export const totalSpan = (r: Range): Span => ({ low: r.low, high: r.mid.plus(r.step) })

export const product = (a: Span, b: Span): Span => {
  if (a.low === a.high && b.low === b.high) return point(a.low.times(b.low))
  const all = [a.low.times(b.low), a.low.times(b.high), a.high.times(b.low), a.high.times(b.high)]
  return { low: smallest(all), high: largest(all) }
}

/** The quotient; undefined where the divisor may be zero. */
export function quotient(a: Span, b: Span): Span | undefined {
  if (b.low.lte(0) && b.high.gte(0)) return undefined
  const all = [a.low.div(b.low), a.low.div(b.high), a.high.div(b.low), a.high.div(b.high)]
  return { low: smallest(all), high: largest(all) }
}

/** Of exact numbers. */
const point = (value: Dec): Span => ({ low: value, high: value })

const smallest = (all: readonly Dec[]): Dec => all.reduce((m, x) => (x.lt(m) ? x : m))
const largest = (all: readonly Dec[]): Dec => all.reduce((m, x) => (x.gt(m) ? x : m))

/** For sentences: at most six significant digits, no exponent. */
export const short = (d: Dec): string => decText(d.toSignificantDigits(6))

/** As printed, or at most six digits of an exact number, with its unit. */
export const show = (n: Num): string =>
  isPrinted(n) ? `${n.text} ${n.unit}` : `${short(n.value)}${n.unit.text === '1' ? '' : ` ${n.unit.text}`}`
