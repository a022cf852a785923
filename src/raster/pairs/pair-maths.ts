// Logarithm, exponential and power of two doubles at once, as WebAssembly. Line by line the twins of maths/ln.ts, maths/exp.ts
// and maths/pow.ts, which stay the source: the same operations in the same order give the same bits.
// Always holds: lanes outside the plain range of a function are given to the twin itself.

import { ROOT_HEAD, ROOT_TAIL, STEP_HEAD, STEP_TAIL, STEPS_PER_UNIT } from '../maths/exp.ts'
import { LN2_HEAD, LN2_TAIL, ROOT_HALF, TABLE_HEAD, TABLE_TAIL, TO_ONE } from '../maths/ln.ts'
import { SPLITTER } from '../maths/words.ts'
import { call, f64x2, i32, i32x4, i64x2, lowerHalves, upperHalves, v128, type Code } from '../wasm/code.ts'
import type { FunctionType, Writer } from '../wasm/function.ts'
import { SCRATCH_BYTES } from '../wasm/module.ts'

const { add, sub, mul, div } = f64x2
const num = f64x2.const

/** Bytes of the tables, which lie at the beginning of the memory: heads and tails side by side, then the scratch of the code. */
const LN_TABLE = 0
const EXP_TABLE = TABLE_HEAD.length * 16
export const SCRATCH_AT = EXP_TABLE + ROOT_HEAD.length * 16
export const TABLE_BYTES = SCRATCH_AT + SCRATCH_BYTES

/** Puts the tables into a memory. */
export function writeTables(memory: ArrayBuffer): void {
  const view = new Float64Array(memory, 0, SCRATCH_AT / 8)
  const put = (at: number, head: Float64Array, tail: Float64Array): void =>
    head.forEach((h, i) => {
      view[at / 8 + 2 * i] = h
      view[at / 8 + 2 * i + 1] = tail[i]!
    })
  put(LN_TABLE, TABLE_HEAD, TABLE_TAIL)
  put(EXP_TABLE, ROOT_HEAD, ROOT_TAIL)
}

export interface Parts {
  readonly head: Code
  readonly tail: Code
}

/** Entries of a table at two places given as i32. */
function entries(w: Writer, table: number, first: Code, second: Code): Parts {
  const a = w.keep(v128.load(i32.shl(first, i32.const(4)), table))
  const b = w.keep(v128.load(i32.shl(second, i32.const(4)), table))
  return { head: w.keep(lowerHalves(a, b)), tail: w.keep(upperHalves(a, b)) }
}

/** 2^52: a whole number added to it stands in its lowest bits. */
const WHOLE = 4503599627370496

/** lnInto of maths/ln.ts for normal positive x. */
export function lnParts(w: Writer, x: Code): Parts {
  const upper = w.keep(i64x2.add(x, i64x2.const(0, TO_ONE)))
  const k = w.keep(sub(v128.or(i64x2.shrUnsigned(upper, i32.const(52)), num(WHOLE)), num(WHOLE + 1023)))
  const m = w.keep(i64x2.add(v128.and(upper, i64x2.const(-1, 0xfffff)), i64x2.const(0, ROOT_HALF)))
  const mHead = w.keep(v128.and(m, i64x2.const(0, -1)))

  const j = w.keep(f64x2.trunc(add(div(num(256), m), num(0.5))))
  const c = w.keep(mul(j, num(1 / 256)))
  const r = w.keep(add(sub(mul(mHead, c), num(1)), mul(sub(m, mHead), c)))
  const bits = w.keep(add(j, num(WHOLE)))
  const table = entries(w, LN_TABLE, i32x4.extract(bits, 0), i32x4.extract(bits, 2))

  const t = w.keep(add(mul(k, num(LN2_HEAD)), table.head))
  const sum = w.keep(add(t, r))
  const s = w.keep(mul(r, num(SPLITTER)))
  const rHead = w.keep(sub(s, sub(s, r)))
  const square = w.keep(mul(mul(num(-0.5), rHead), rHead))
  const squareTail = mul(mul(num(-0.5), sub(r, rHead)), add(r, rHead))
  const head = w.keep(add(sum, square))
  const sixth = w.keep(series(r, [1 / 5, -1 / 6, 1 / 7], mul(num(-1 / 8), r)))
  const cubic = w.keep(mul(mul(mul(r, r), r), series(r, [1 / 3, -1 / 4], mul(r, sixth))))
  const rest = add(add(squareTail, cubic), add(mul(k, num(LN2_TAIL)), table.tail))
  const tail = w.keep(add(add(add(sub(t, sum), r), add(sub(sum, head), square)), rest))
  const result = w.keep(add(head, tail))
  return { head: result, tail: w.keep(add(sub(head, result), tail)) }
}

/** a + r·(b + r·(c + … + last)). */
function series(r: Code, coefficients: readonly number[], last: Code): Code {
  return coefficients.reduceRight<Code>(
    (inner, c, i) => add(num(c), i === coefficients.length - 1 ? inner : mul(r, inner)),
    last,
  )
}

/** expOfSum of maths/exp.ts for |head| below 700. Without a tail, 0 − x and a sum with it are one difference: they differ in
 *  the sign of a zero, which 1 + r forgets. */
export function expOfSum(w: Writer, head: Code, tail?: Code): Code {
  const steps = w.keep(f64x2.floor(add(mul(head, num(STEPS_PER_UNIT)), num(0.5))))
  const near = sub(head, mul(steps, num(STEP_HEAD)))
  const far = mul(steps, num(STEP_TAIL))
  const r = w.keep(tail ? add(near, sub(tail, far)) : sub(near, far))
  const bits = w.keep(add(steps, num(1.5 * WHOLE)))
  const place = (lane: number): Code => i32.and(i32x4.extract(bits, lane), i32.const(63))
  const root = entries(w, EXP_TABLE, place(0), place(2))
  const grown = add(r, mul(mul(r, r), series(r, [1 / 2, 1 / 6, 1 / 24, 1 / 120], mul(r, num(1 / 720)))))
  const v = add(root.head, add(mul(root.head, grown), root.tail))
  // The lower word of each lane holds k·64 + place; k is moved into the exponent, what stands above it falls out.
  const k = i32x4.add(i32x4.shrSigned(bits, i32.const(6)), i32x4.splat(i32.const(1023)))
  return mul(v, i64x2.shl(k, i32.const(52)))
}

const LEAST_NORMAL = 2.2250738585072014e-308
const isNaN = (x: Code): Code => f64x2.ne(x, x)
const isNormal = (x: Code): Code => v128.and(f64x2.ge(x, num(LEAST_NORMAL)), f64x2.lt(x, num(Infinity)))
const notNormal = (x: Code): Code => v128.or(f64x2.lt(x, num(LEAST_NORMAL)), f64x2.ge(x, num(Infinity)))

/** A function of two numbers (or of one, given twice) lane by lane. */
export const lanewise = (index: number, a: Code, b: Code): Code => {
  const of = (lane: number): Code => call(index, f64x2.extract(a, lane), f64x2.extract(b, lane))
  return f64x2.replace(f64x2.splat(of(0)), 1, of(1))
}

/** What operations do with numbers at the ends of their range, as functions to call. */
export interface CarefulFunctions {
  readonly pow: number
  readonly exp: number
  readonly ln: number
}

/** What is done with lanes that are not plain: they go to careful functions at once, or they are doubted, so that what came
 *  out is worth nothing and whoever asked calculates them again. A doubted operation is a straight line: no branch, no call. */
export type Edge = { readonly careful: CarefulFunctions } | { readonly doubt: (lanes: Code) => void }

/** Lanes of one pair that were doubted so far: none at the place it is asked for. Each pair has its own, since two are written
 *  line by line in turn. */
export function doubtOf(w: Writer): Extract<Edge, { readonly doubt: unknown }> & { readonly get: Code } {
  const doubted = w.variable('v128', num(0))
  return { get: doubted.get, doubt: (lanes) => doubted.set(w.finish(v128.or(doubted.get, lanes))) }
}

/** What a function does with lanes that are not plain: (operands, what came out so far) → what should. */
export const CAREFUL_UNARY: FunctionType = { takes: ['v128', 'v128'], gives: ['v128'] }
export const CAREFUL_BINARY: FunctionType = { takes: ['v128', 'v128', 'v128'], gives: ['v128'] }

const unlessAll = (w: Writer, mask: Code, lines: () => void): void => w.when(i32.eqz(i64x2.allTrue(mask)), lines)

/** `ln` of kernel/loops.ts. */
export function lnPair(w: Writer, edge: Edge, x: Code): Code {
  const { head } = lnParts(w, x)
  if ('doubt' in edge) {
    edge.doubt(notNormal(x))
    return w.finish(v128.or(head, isNaN(x)))
  }
  const ln = w.variable('v128', head)
  unlessAll(w, isNormal(x), () => ln.set(call(edge.careful.ln, x, ln.get)))
  return ln.get
}

/** @param twin the number of the imported function for what has no way here */
export const carefulLn =
  (twin: number) =>
  (w: Writer): Code => {
    const [x, plainly] = w.given as [Code, Code]
    // What is not above 0 has no logarithm.
    const none = w.keep(v128.not(f64x2.gt(x, num(0))))
    const ln = w.variable('v128', v128.or(plainly, none))
    unlessAll(w, v128.or(isNormal(x), none), () => ln.set(lanewise(twin, x, x)))
    return ln.get
  }

export const MOST_EXPONENT = 700
const isPlainExponent = (x: Code): Code => f64x2.lt(f64x2.abs(x), num(MOST_EXPONENT))

/** `exp` of kernel/loops.ts. */
export function expPair(w: Writer, edge: Edge, x: Code): Code {
  const plainly = expOfSum(w, x)
  if ('doubt' in edge) {
    // NaN is no doubt: it comes out as it went in.
    edge.doubt(f64x2.ge(f64x2.abs(x), num(MOST_EXPONENT)))
    return w.finish(plainly)
  }
  const exp = w.variable('v128', plainly)
  unlessAll(w, isPlainExponent(x), () => exp.set(call(edge.careful.exp, x, exp.get)))
  return exp.get
}

export const carefulExp =
  (twin: number) =>
  (w: Writer): Code => {
    const [x, plainly] = w.given as [Code, Code]
    const nan = w.keep(isNaN(x))
    const exp = w.variable('v128', v128.or(plainly, nan))
    unlessAll(w, v128.or(isPlainExponent(x), nan), () => exp.set(lanewise(twin, x, x)))
    return exp.get
  }

/** From where on exponents are no plain ones. */
const FAR_EXPONENT = 1e19

/** Lanes whose power is taken by its logarithm and stays among the normal doubles; `head` is the logarithm of the power. */
const isPlainPower = (x: Code, y: Code, head: Code): Code =>
  v128.andNot(
    v128.and(
      isNormal(x),
      v128.and(f64x2.lt(f64x2.abs(y), num(FAR_EXPONENT)), f64x2.lt(f64x2.abs(head), num(MOST_EXPONENT))),
    ),
    hasShortWay(y),
  )

/** `pow` of kernel/loops.ts: powers with their own short ways for some exponents.
 *  @param exponents all that `y` can be, where that is known */
export function powPair(w: Writer, edge: Edge, x: Code, y: Code, exponents?: Float64Array): Code {
  const ln = lnParts(w, x)
  const head = w.keep(mul(y, ln.head))
  const a = w.keep(mul(y, num(SPLITTER)))
  const aHead = w.keep(sub(a, sub(a, y)))
  const aTail = w.keep(sub(y, aHead))
  const b = w.keep(mul(ln.head, num(SPLITTER)))
  const bHead = w.keep(sub(b, sub(b, ln.head)))
  const bTail = w.keep(sub(ln.head, bHead))
  const high = w.keep(add(sub(mul(aHead, bHead), head), mul(aHead, bTail)))
  const rest = w.keep(add(add(high, mul(aTail, bHead)), mul(aTail, bTail)))
  const plainly = expOfSum(w, head, w.keep(add(rest, mul(y, ln.tail))))
  if ('doubt' in edge) {
    edge.doubt(notNormal(x))
    edge.doubt(f64x2.ge(f64x2.abs(head), num(MOST_EXPONENT)))
    if (!exponents?.every(isPlainNumber)) {
      edge.doubt(f64x2.ge(f64x2.abs(y), num(FAR_EXPONENT)))
      edge.doubt(hasShortWay(y))
    }
    return w.finish(v128.or(plainly, isNaN(x)))
  }
  const power = w.variable('v128', plainly)
  unlessAll(w, isPlainPower(x, y, head), () => power.set(call(edge.careful.pow, x, y, power.get)))
  return power.get
}

/** An exponent that asks for no way of its own; NaN is none. */
const isPlainNumber = (y: number): boolean => !(Math.abs(y) >= FAR_EXPONENT || SHORT_WAYS.some(([n]) => n === y))

export const carefulPow =
  (twin: number) =>
  (w: Writer): Code => {
    const [x, y, plainly] = w.given as [Code, Code, Code]
    const power = w.variable('v128', plainly)
    const head = w.keep(mul(y, lnParts(w, x).head))
    const nan = w.keep(v128.or(isNaN(x), isNaN(y)))
    // Whole short ways of −0 keep its sign where the twin does; every other way from zero leads to 0.
    const isZero = w.keep(f64x2.eq(x, num(0)))
    const isWhole = [1, 2, 3].map((n) => f64x2.eq(y, num(n))).reduce((all, one) => v128.or(all, one))
    const wayOfZero = w.keep(v128.and(isZero, isWhole))
    const zero = w.keep(v128.andNot(v128.and(isZero, f64x2.gt(y, num(0))), wayOfZero))
    // Negative numbers are left to the twin.
    const short = w.keep(v128.or(wayOfZero, v128.and(hasShortWay(y), f64x2.gt(x, num(0)))))
    for (const [n, way] of SHORT_WAYS) power.set(v128.pick(way(x), power.get, f64x2.eq(y, num(n))))
    power.set(v128.or(v128.andNot(power.get, zero), nan))
    const settled = v128.or(v128.or(isPlainPower(x, y, head), nan), v128.or(zero, short))
    unlessAll(w, settled, () => power.set(lanewise(twin, x, y)))
    return power.get
  }

/** Exponents whose powers are taken without a logarithm. */
export const SHORT_WAYS: readonly (readonly [n: number, way: (x: Code) => Code])[] = [
  [2, (x) => mul(x, x)],
  [1, (x) => x],
  [3, (x) => mul(mul(x, x), x)],
  [0.5, (x) => f64x2.sqrt(x)],
  [-1, (x) => div(num(1), x)],
]
const hasShortWay = (y: Code): Code =>
  SHORT_WAYS.map(([n]) => f64x2.eq(y, num(n))).reduce((all, one) => v128.or(all, one))
