// Every operation of a program on two pixels at once: the twin of kernel/loops.ts, operation by operation.
// Always holds: each lane gets the bits that the loop gives; where a loop has a branch, here stands a mask, and what is rare
// (rounding, numbers at the ends of the range) is given lane by lane to the loop itself.

import { calculate } from '../kernel/program.ts'
import type { Op } from '../kernel/loops.ts'
import { f64x2, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ImportedFunction, ModuleWriter } from '../wasm/module.ts'
import {
  CAREFUL_BINARY,
  CAREFUL_UNARY,
  carefulExp,
  carefulLn,
  carefulPow,
  expPair,
  lanewise,
  lnPair,
  powPair,
  type CarefulFunctions,
  type Edge,
} from './pair-maths.ts'

const { ne } = f64x2
const num = f64x2.const
const either = v128.or

/** Operations that can ask their loop: imported functions of two numbers, in this order. */
const TWINS = ['pow', 'exp', 'ln', 'round-half-up', 'round-half-even', 'round-down', 'round-up', 'round-floor', 'round-ceil'] as const satisfies readonly Op[] // prettier-ignore

export const TWIN_IMPORTS: readonly ImportedFunction[] = TWINS.map((op) => ({
  type: { takes: ['f64', 'f64'], gives: ['f64'] },
  run: (a, b) => calculate(op, [a!, b!]),
}))

export const addCarefulFunctions = (module: ModuleWriter): CarefulFunctions => ({
  pow: module.add(CAREFUL_BINARY, carefulPow(TWINS.indexOf('pow'))),
  exp: module.add(CAREFUL_UNARY, carefulExp(TWINS.indexOf('exp'))),
  ln: module.add(CAREFUL_UNARY, carefulLn(TWINS.indexOf('ln'))),
})

/** Where an operation writes lines of its own, and what it does with numbers at the ends of their range. */
export interface PairScope {
  readonly w: Writer
  readonly edge: Edge
  /** All that the second operand can be, where that is known. */
  readonly known?: Float64Array | undefined
}

type PairOp = (scope: PairScope, a: Code, b: Code, c: Code) => Code

/** 1, 0, or NaN where a side has none. */
const compared =
  (holds: (a: Code, b: Code) => Code): PairOp =>
  (_s, a, b) =>
    either(v128.and(holds(a, b), num(1)), either(ne(a, a), ne(b, b)))

const unequal = (a: Code, b: Code): Code => v128.and(ne(a, b), v128.and(f64x2.eq(a, a), f64x2.eq(b, b)))

const rounded =
  (op: (typeof TWINS)[number]): PairOp =>
  (_s, a, b) =>
    lanewise(TWINS.indexOf(op), a, b)

export const PAIR_OPS: Readonly<Record<Op, PairOp>> = {
  neg: (_s, a) => f64x2.neg(a),
  add: (_s, a, b) => f64x2.add(a, b),
  sub: (_s, a, b) => f64x2.sub(a, b),
  mul: (_s, a, b) => f64x2.mul(a, b),
  div: (_s, a, b) => either(f64x2.div(a, b), f64x2.eq(b, num(0))),
  lt: compared(f64x2.lt),
  le: compared(f64x2.le),
  gt: compared(f64x2.gt),
  ge: compared(f64x2.ge),
  eq: compared(f64x2.eq),
  ne: compared(unequal),
  select: (_s, a, b, c) => either(v128.pick(b, c, f64x2.eq(a, num(1))), v128.and(ne(a, num(1)), ne(a, num(0)))),
  guard: (_s, a, b) => either(a, ne(b, b)),
  min: (_s, a, b) => f64x2.min(a, b),
  max: (_s, a, b) => f64x2.max(a, b),
  clamp: (_s, a, b, c) => either(f64x2.min(f64x2.max(a, b), c), v128.not(f64x2.le(b, c))),
  pow: ({ w, edge, known }, a, b) => powPair(w, edge, a, b, known),
  exp: ({ w, edge }, a) => expPair(w, edge, a),
  ln: ({ w, edge }, a) => lnPair(w, edge, a),
  sqrt: (_s, a) => f64x2.sqrt(a),
  'round-half-up': rounded('round-half-up'),
  'round-half-even': rounded('round-half-even'),
  'round-down': rounded('round-down'),
  'round-up': rounded('round-up'),
  'round-floor': rounded('round-floor'),
  'round-ceil': rounded('round-ceil'),
}
