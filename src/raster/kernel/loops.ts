// One tight loop for each operation of a program, over up to three operands.
// Always holds: element i of the outcome comes from the elements i of the operands alone, so a strip may be cut anywhere
// and the outcome may overwrite an operand; NaN ("no value") is passed on, and what leaves its domain becomes NaN.
// Chosen: every loop written out, since one loop over a function given to it is called element by element and is five
// times slower.

import type { RoundingMode } from '../../kernel/index.ts'
import { exp, ln, pow } from '../maths/index.ts'

export type Op =
  | 'neg'
  | 'add'
  | 'sub'
  | 'mul'
  /** NaN where the divisor is 0. */
  | 'div'
  /** 1, 0, or NaN where a side has no value. */
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'eq'
  | 'ne'
  /** (condition, then, else) */
  | 'select'
  /** (value, other): the value where the other has one. */
  | 'guard'
  | 'min'
  | 'max'
  /** (value, low, high): NaN where low > high. */
  | 'clamp'
  | 'pow'
  | 'exp'
  | 'ln'
  | 'sqrt'
  /** (value, step): NaN where the step is not above 0. */
  | `round-${RoundingMode}`

type F = Float64Array
/** Operands a, b, c from their places i, j, k; the outcome goes to `out` from place `o`; n elements. */
export type Loop = (out: F, o: number, a: F, i: number, b: F, j: number, c: F, k: number, n: number) => void

/** Powers that need no logarithm are calculated without one; the choice depends on the number alone. */
function power(x: number, n: number): number {
  if (Number.isNaN(x) || Number.isNaN(n)) return NaN
  if (n === 2) return x * x
  if (n === 1) return x
  if (n === 0) return 1
  if (n === 3) return x * x * x
  if (x === 0) return n < 0 ? NaN : 0
  if (x < 0 && Math.floor(n) !== n) return NaN
  if (n === 0.5) return Math.sqrt(x)
  if (n === -1) return 1 / x
  return pow(x, n)
}

/** Doubles stand for decimals: 2.675 / 0.01 is meant to be a tie. So a quotient within 2⁻⁵⁰ of itself to a whole or a
 *  half is taken for it. */
const SNAP = 1 / 1125899906842624

function rounded(x: number, step: number, mode: (q: number) => number): number {
  if (!(step > 0)) return NaN
  const inverse = Math.round(1 / step)
  // 0.01 is no double, 100 is: whole parts of one are divided by and not multiplied with.
  const byInverse = step < 1 && inverse * step === 1
  const q = byInverse ? x * inverse : x / step
  const half = Math.round(q * 2) / 2
  const whole = mode(Math.abs(q - half) <= Math.abs(q) * SNAP ? half : q)
  return byInverse ? whole / inverse : whole * step
}

const awayFromZero = (q: number, up: (q: number) => number): number => (q < 0 ? -up(-q) : up(q))
const halfUp = (q: number): number => Math.floor(q) + (q - Math.floor(q) >= 0.5 ? 1 : 0)
const halfEven = (q: number): number => {
  const low = Math.floor(q)
  const rest = q - low
  return rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low
}
const rounding =
  (mode: (q: number) => number): Loop =>
  (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = rounded(a[i + x]!, b[j + x]!, mode)
  }

export const LOOPS: Readonly<Record<Op, Loop>> = {
  neg: (out, o, a, i, _b, _j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = -a[i + x]!
  },
  add: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = a[i + x]! + b[j + x]!
  },
  sub: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = a[i + x]! - b[j + x]!
  },
  mul: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = a[i + x]! * b[j + x]!
  },
  div: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const by = b[j + x]!
      out[o + x] = by === 0 ? NaN : a[i + x]! / by
    }
  },
  lt: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l < r ? 1 : l >= r ? 0 : NaN
    }
  },
  le: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l <= r ? 1 : l > r ? 0 : NaN
    }
  },
  gt: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l > r ? 1 : l <= r ? 0 : NaN
    }
  },
  ge: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l >= r ? 1 : l < r ? 0 : NaN
    }
  },
  eq: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l === r ? 1 : l < r || l > r ? 0 : NaN
    }
  },
  ne: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const l = a[i + x]!
      const r = b[j + x]!
      out[o + x] = l === r ? 0 : l < r || l > r ? 1 : NaN
    }
  },
  select: (out, o, a, i, b, j, c, k, n) => {
    for (let x = 0; x < n; x++) {
      const condition = a[i + x]!
      out[o + x] = condition === 1 ? b[j + x]! : condition === 0 ? c[k + x]! : NaN
    }
  },
  guard: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      out[o + x] = Number.isNaN(b[j + x]!) ? NaN : a[i + x]!
    }
  },
  min: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = Math.min(a[i + x]!, b[j + x]!)
  },
  max: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = Math.max(a[i + x]!, b[j + x]!)
  },
  clamp: (out, o, a, i, b, j, c, k, n) => {
    for (let x = 0; x < n; x++) {
      const low = b[j + x]!
      const high = c[k + x]!
      out[o + x] = low <= high ? Math.min(Math.max(a[i + x]!, low), high) : NaN
    }
  },
  pow: (out, o, a, i, b, j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = power(a[i + x]!, b[j + x]!)
  },
  exp: (out, o, a, i, _b, _j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = exp(a[i + x]!)
  },
  ln: (out, o, a, i, _b, _j, _c, _k, n) => {
    for (let x = 0; x < n; x++) {
      const v = a[i + x]!
      out[o + x] = v > 0 ? ln(v) : NaN
    }
  },
  sqrt: (out, o, a, i, _b, _j, _c, _k, n) => {
    for (let x = 0; x < n; x++) out[o + x] = Math.sqrt(a[i + x]!)
  },
  'round-half-up': rounding((q) => awayFromZero(q, halfUp)),
  'round-half-even': rounding(halfEven),
  'round-down': rounding(Math.trunc),
  'round-up': rounding((q) => awayFromZero(q, Math.ceil)),
  'round-floor': rounding(Math.floor),
  'round-ceil': rounding(Math.ceil),
}
