// From what is known of every pixel to code for two pixels at a time: tables are looked up, layers loaded where they are needed,
// and what nobody asks for is not written. Always holds: a pixel gets the bits the kernel gives it, and NaN exactly where the
// kernel leaves it without.

import type { Op } from '../kernel/loops.ts'
import { f64x2, i32, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { loadCode, type Layer, type Spot } from './layer.ts'
import type { Edge } from './pair-maths.ts'
import { PAIR_OPS } from './pair-ops.ts'
import type { PixelValue, SettledValue, Tabled, Value } from './values.ts'

/** One of the two pixels of a pair. */
export type Lane = 0 | 1

/** Where things of the pair lie in the memory. */
export interface Places {
  readonly layers: readonly Layer[]
  /** The numbers of the pair in a layer. */
  readonly load: (layer: number) => Code
  /** The sample of one of them in a layer of codes, and its key (i32). */
  codeAt(layer: number, lane: Lane): Spot
  keyAt(lane: Lane): Spot
  /** Puts a table of doubles into the memory. @returns its address */
  addTable(table: Float64Array): number
}

/** Two entries of a table by key; those of key −1 are NaN. */
export function byKeyPair(w: Writer, table: Float64Array, places: Places): Code {
  const at = places.addTable(Float64Array.of(NaN, ...table)) + 8
  const entryOf = (lane: Lane): Code => {
    const { address, offset } = places.keyAt(lane)
    return i32.shl(i32.load(address, offset), i32.const(3))
  }
  return gather(w, entryOf(0), entryOf(1), at)
}

/** Two doubles of the memory; `at` is added to both addresses and is at least what a negative one takes off. */
export const gather = (w: Writer, first: Code, second: Code, at: number): Code =>
  w.keep(v128.loadUpper64(i32.add(second, i32.const(at)), v128.loadZero64(i32.add(first, i32.const(at)))))

/** So many operations are finished together. Fewer cost more ways by the memory, more want more registers than there are. */
const FINISHED_BY = 8

/** Gives the code of values; lines that come before it go to `w`, those of one value once.
 *  @param known values that lie ready, with the code that loads them */
export function pairWriter(
  w: Writer,
  places: Places,
  edge: Edge,
  known: readonly (readonly [Value, Code])[] = [],
): (value: Value) => Code {
  const pairs = new Map<Value, Code>(known)
  let operations = 0
  const kept = (code: Code): Code => (++operations % FINISHED_BY === 0 ? w.finish(code) : w.keep(code))

  const pairOf = (value: Value): Code => {
    const ready = pairs.get(value)
    if (ready) return ready
    const made = value.by === 'pixel' ? written(value) : lookedUp(value)
    pairs.set(value, made)
    return made
  }

  const lookedUp = (value: Tabled): Code => {
    if (value.by === 'nothing') return f64x2.const(value.table[0]!)
    if (value.by === 'key') return byKeyPair(w, value.table, places)
    const layer = places.layers[value.layer]!
    const entryOf = (lane: Lane): Code => i32.shl(loadCode(layer, places.codeAt(value.layer, lane)), i32.const(3))
    return gather(w, entryOf(0), entryOf(1), places.addTable(value.table))
  }

  const written = (value: PixelValue): Code =>
    'layer' in value ? places.load(value.layer) : 'op' in value ? operated(value.op, value.of) : settled(value)

  const operated = (op: Op, operands: readonly Value[]): Code => {
    const [a, b = a, c = a] = operands.map(pairOf) as [Code, Code?, Code?]
    const simple = isSimple(op, operands) ? SIMPLE_OPS[op] : undefined
    const second = operands[1]
    const table = second && second.by !== 'pixel' ? second.table : undefined
    return kept(simple ? simple(a, b, c) : PAIR_OPS[op]({ w, edge, known: table }, a, b, c))
  }

  const settled = ({ settles, inputs }: SettledValue): Code => {
    const v = pairOf(settles)
    const finite = f64x2.add(v, f64x2.sub(v, v))
    return w.keep(inputs.map(pairOf).reduce((all, x) => v128.or(all, f64x2.ne(x, x)), finite))
  }

  return pairOf
}

/** Operations that need no look at their second and third operand, where it is known to be sound. */
const SIMPLE_OPS: Partial<Record<Op, (a: Code, b: Code, c: Code) => Code>> = {
  div: (a, b) => f64x2.div(a, b),
  guard: (a) => a,
  clamp: (a, b, c) => f64x2.min(f64x2.max(a, b), c),
}

function isSimple(op: Op, [, b, c]: readonly Value[]): boolean {
  if (op === 'div') return b?.by !== 'pixel' && !b!.table.includes(0)
  if (op === 'guard') return b?.by !== 'pixel' && !b!.table.some((x) => Number.isNaN(x))
  if (op !== 'clamp' || b?.by !== 'nothing' || c?.by !== 'nothing') return false
  return b.table[0]! <= c.table[0]!
}
