// The law of the pairs: two pixels at once get the bits that the loops give them one by one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LOOPS, type Op } from '../kernel/loops.ts'
import { i32, v128 } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { SCRATCH_AT, TABLE_BYTES, writeTables } from './pair-maths.ts'
import { addCarefulFunctions, PAIR_OPS, TWIN_IMPORTS } from './pair-ops.ts'

const OPS = Object.keys(PAIR_OPS) as Op[]
const MOST = 512

/** Each operation as a function over operands that stand one after another in the memory. */
const pairs = (() => {
  const module = moduleWriter(TWIN_IMPORTS, SCRATCH_AT)
  const careful = addCarefulFunctions(module)
  const at = (k: number): number => TABLE_BYTES + k * MOST * 8
  for (const op of OPS)
    module.exports(
      op,
      module.add({ takes: ['i32'], gives: [] }, (w) => {
        const end = w.given[0]!
        const i = w.variable('i32', i32.const(0))
        w.loopWhile(
          () => i32.lt(i.get, end),
          () => {
            const [a, b, c] = [0, 1, 2].map((k) => w.keep(v128.load(i.get, at(k)))) as [number[], number[], number[]]
            w.line(v128.store(i.get, PAIR_OPS[op]({ w, edge: { careful } }, a, b, c), at(3)))
            i.set(i32.add(i.get, i32.const(16)))
          },
        )
        return []
      }),
    )
  const { memory, functions: made } = module.instantiate(at(4))
  writeTables(memory.buffer)
  const strips = [0, 1, 2, 3].map((k) => new Float64Array(memory.buffer, at(k), MOST))
  return (op: Op, operands: readonly Float64Array[], n: number): Float64Array => {
    operands.forEach((o, k) => strips[k]!.set(o))
    made[op]!(n * 8)
    return strips[3]!.slice(0, n)
  }
})()

const SPECIAL = [0, -0, 1, -1, 2, 3, 0.5, 5, NaN, Infinity, -Infinity, 5e-324, 2.2e-308, 1.7e308, 709, -745, 1e19, 0.01]
const number = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 3000, noNaN: true }) },
  fc.constantFrom(...SPECIAL),
  fc.double(),
)
const triples = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 256 })

/** Both zeros to every special exponent, beside a number and beside one another. */
const ZEROS = [-0, 0].flatMap((x) =>
  SPECIAL.flatMap((y): [number, number, number][] => [
    [x, y, 0],
    [2, y, 0],
    [x, y, 0],
    [-x, y, 0],
  ]),
)

/** The bits, with one NaN for all. */
const bits = (x: number): bigint => (Number.isNaN(x) ? -1n : new BigUint64Array(Float64Array.of(x).buffer)[0]!)

describe('two pixels at once', () => {
  test.each(OPS)('%s gives the bits of its loop', (op) => {
    fc.assert(
      fc.property(triples, (all) => {
        const n = all.length
        const operands = [0, 1, 2].map((k) => Float64Array.from(all, (t) => t[k as 0 | 1 | 2]))
        const [a, b, c] = operands as [Float64Array, Float64Array, Float64Array]
        const plain = new Float64Array(n)
        LOOPS[op](plain, 0, a, 0, b, 0, c, 0, n)
        const paired = pairs(op, operands, n + (n % 2))
        for (let i = 0; i < n; i++)
          if (bits(paired[i]!) !== bits(plain[i]!))
            expect.fail(`${op}(${a[i]}, ${b[i]}, ${c[i]}) = ${paired[i]} and not ${plain[i]}`)
      }),
      { examples: [[ZEROS]], numRuns: op === 'pow' || op === 'exp' || op === 'ln' ? 400 : 60 },
    )
  })
})
