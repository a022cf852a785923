// A kernel over pixels along the water, two in a step: what rests on the number of pixels that drain through one is calculated once
// for each number and looked up, and powers of it or of a number have their logarithm looked up too.
// Always holds: a pixel gets the bits the kernel gives it, or NaN where that is not certain here and the kernel has to be asked.

import { assert } from '../../kernel/index.ts'
import type { Op } from '../kernel/loops.ts'
import type { Kernel } from '../kernel/model.ts'
import { calculate } from '../kernel/program.ts'
import { lnInto } from '../maths/ln.ts'
import { SPLITTER } from '../maths/words.ts'
import {
  doubtOf,
  expOfSum,
  lnParts,
  MOST_EXPONENT,
  SCRATCH_AT,
  SHORT_WAYS,
  TABLE_BYTES,
  writeTables,
  type Edge,
  type Parts,
} from '../pairs/pair-maths.ts'
import { PAIR_OPS, TWIN_IMPORTS } from '../pairs/pair-ops.ts'
import { f64x2, i32, lowerHalves, upperHalves, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { moduleWriter } from '../wasm/module.ts'

/** What feeds a slot: one number, a strip, or how many pixels drain through each. */
export type FlowSource = number | 'strip' | 'drained'

export interface FlowPairs {
  /** By slot: a strip to be filled before `run`; undefined where the slot is no strip. */
  readonly strips: readonly (Float64Array | undefined)[]
  /** By pixel, at every second place: how many drain through it, less the first number, times PLACE. */
  readonly drained: Int32Array
  /** The outcome of the first `pixels` pixels, good until the next run. */
  run(pixels: number): Float64Array
}

/** Bytes of an entry of a table. */
export const PLACE = 16
/** Pixels of a step: two pairs side by side, so that one goes on while the other waits. */
const STEP = 4
const BYTES = 8

const LEAST_NORMAL = 2.2250738585072014e-308
const { add, sub, mul } = f64x2
const num = f64x2.const

/** @param numbers of drained pixels, from the first to the last
 *  @param most pixels of one run, at most */
export function flowPairs(
  kernel: Kernel,
  sources: readonly FlowSource[],
  numbers: { readonly first: number; readonly last: number },
  most: number,
): FlowPairs {
  const room = Math.ceil(most / STEP) * STEP * BYTES
  const module = moduleWriter(TWIN_IMPORTS, SCRATCH_AT)
  let end = Math.ceil(TABLE_BYTES / 16) * 16
  const place = (bytes: number): number => {
    const at = end
    end += Math.ceil(bytes / 16) * 16
    return at
  }
  const stripAt = sources.map((source) => (source === 'strip' ? place(room) : undefined))
  const drainedAt = place(room)
  const outAt = place(room)
  const tables = tableRoom(place)
  const run = module.add({ takes: ['i32'], gives: [] }, (w) => {
    const i = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(i.get, w.given[0]!),
      () => {
        const pairs = w.together(
          [0, 16].map((offset) => () => {
            const load = (slot: number): Code => w.keep(v128.load(i.get, stripAt[slot]! + offset))
            const entry = (lane: number): Code => w.keep(i32.load(i.get, drainedAt + offset + lane * BYTES), 'i32')
            return flowPair({
              w,
              kernel,
              sources,
              numbers,
              load,
              entry,
              tables,
            })
          }),
        )
        pairs.forEach((pair, p) => w.line(v128.store(i.get, pair, outAt + 16 * p)))
        i.set(i32.add(i.get, i32.const(STEP * BYTES)))
      },
    )
    return []
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(end)
  writeTables(memory.buffer)
  tables.write(memory.buffer)
  const viewOf = (at: number): Float64Array => new Float64Array(memory.buffer, at, most)
  const out = viewOf(outAt)
  return {
    strips: stripAt.map((at) => (at === undefined ? undefined : viewOf(at))),
    drained: new Int32Array(memory.buffer, drainedAt, 2 * most),
    run(pixels) {
      assert(pixels <= most, 'a run within the strips')
      functions['run']!(pixels * BYTES)
      return out
    },
  }
}

/** Two numbers side by side for each entry; equal tables lie in the memory once. */
function tableRoom(place: (bytes: number) => number) {
  const known: { readonly at: number; readonly entries: Float64Array }[] = []
  return {
    at(first: Float64Array, second: Float64Array): number {
      const entries = new Float64Array(2 * first.length)
      first.forEach((x, i) => {
        entries[2 * i] = x
        entries[2 * i + 1] = second[i]!
      })
      const same = known.find((t) => t.entries.length === entries.length && t.entries.every((x, i) => Object.is(x, entries[i]))) // prettier-ignore
      if (same) return same.at
      const at = place(entries.length * BYTES)
      known.push({ at, entries })
      return at
    },
    write(memory: ArrayBuffer): void {
      for (const { at, entries } of known) new Float64Array(memory, at, entries.length).set(entries)
    },
  }
}

interface FlowPair {
  readonly w: Writer
  readonly kernel: Kernel
  readonly sources: readonly FlowSource[]
  readonly numbers: { readonly first: number; readonly last: number }
  readonly load: (slot: number) => Code
  /** Where in a table the entry of a lane is. */
  readonly entry: (lane: number) => Code
  readonly tables: ReturnType<typeof tableRoom>
}

/** A table of one number (the same everywhere), of one for each number of drained pixels, or code. */
type Value = { readonly table: Float64Array } | Calculated
interface Calculated {
  readonly code: Code
  /** What it is chosen from. */
  readonly leaves: readonly Value[]
  /** All bits of a lane where a comparison holds, of sides that are numbers. */
  readonly holds?: Code
  /** Whether it is a number wherever the pixel is not doubted. */
  readonly isNumber?: boolean
}

/** So many operations are finished together; see `treePair`. */
const FINISHED_BY = 8

function flowPair({ w, kernel, sources, numbers, load, entry, tables }: FlowPair): Code {
  const edge = doubtOf(w)
  const powers = powerWriter(w, edge, (value) => pairOf(value), (parts) => gatherParts(parts)) // prettier-ignore
  let entries: readonly [Code, Code] | undefined
  let operations = 0
  const kept = (code: Code): Code => (++operations % FINISHED_BY === 0 ? w.finish(code) : w.keep(code))
  const gathered = new Map<Value, Code>()

  const gatherParts = ({ first, second }: { first: Float64Array; second: Float64Array }): Parts => {
    if (first.length === 1) return { head: num(first[0]!), tail: num(second[0]!) }
    entries ??= [entry(0), entry(1)]
    const at = tables.at(first, second)
    const [a, b] = entries.map((e) => w.keep(v128.load(e, at))) as [Code, Code]
    return { head: w.keep(lowerHalves(a, b)), tail: w.keep(upperHalves(a, b)) }
  }
  const pairOf = (value: Value): Code => {
    if ('code' in value) return value.code
    const known = gathered.get(value)
    if (known) return known
    const made = gatherParts({ first: value.table, second: value.table }).head
    gathered.set(value, made)
    return made
  }
  const { nodes, result } = kernel.program
  const drained = Float64Array.from({ length: numbers.last - numbers.first + 1 }, (_, n) => numbers.first + n)
  const values: Value[] = []
  for (const node of nodes) {
    if ('slot' in node) {
      const source = sources[node.slot]!
      if (source === 'strip') {
        const code = load(node.slot)
        edge.doubt(f64x2.ne(code, code))
        values.push({ code, leaves: [], isNumber: true })
      } else values.push({ table: source === 'drained' ? drained : Float64Array.of(source) })
    } else if ('constant' in node) values.push({ table: Float64Array.of(node.constant) })
    else {
      const operands = node.operands.map((o) => values[o]!)
      const known = tabled(operands)
      if (known) {
        values.push({ table: known.map((_, i) => calculate(node.op, operands.map((o) => entryOf(o, i)))) }) // prettier-ignore
        continue
      }
      const [a, b = a, c = a] = operands as [Value, Value?, Value?]
      const simple = simplePair(node.op, operands, pairOf)
      if (simple) values.push({ ...simple, code: kept(simple.code) })
      else {
        const code = node.op === 'pow' ? powers(a, b) : PAIR_OPS[node.op]({ w, edge }, pairOf(a), pairOf(b), pairOf(c))
        values.push({ code: kept(code), leaves: node.op === 'select' ? [b, c] : [] })
      }
    }
  }
  // v + (v − v) is v where v is finite, with −0 made 0; all bits are a NaN.
  const value = pairOf(values[result]!)
  return v128.or(add(value, sub(value, value)), edge.get)
}

const COMPARED: Partial<Record<Op, (a: Code, b: Code) => Code>> = {
  lt: f64x2.lt,
  le: f64x2.le,
  gt: f64x2.gt,
  ge: f64x2.ge,
}

const isNumber = (value: Value): boolean =>
  'code' in value ? value.isNumber === true : !value.table.some((x) => Number.isNaN(x))

/** Operations that need no look at operands known to be sound. */
function simplePair(op: Op, operands: readonly Value[], pairOf: (value: Value) => Code): Calculated | undefined {
  const [a, b = a, c = a] = operands as [Value, Value?, Value?]
  const compared = COMPARED[op]
  if (compared && isNumber(a) && isNumber(b)) {
    const holds = compared(pairOf(a), pairOf(b))
    return { code: v128.and(holds, num(1)), leaves: [], holds, isNumber: true }
  }
  if (op === 'select' && 'code' in a && a.holds)
    return { code: v128.pick(pairOf(b), pairOf(c), a.holds), leaves: [b, c] }
  if (op === 'div' && 'table' in b && !b.table.includes(0)) return { code: f64x2.div(pairOf(a), pairOf(b)), leaves: [] }
  return undefined
}

/** As many numbers as the operands have, where all are known. */
function tabled(operands: readonly Value[]): Float64Array | undefined {
  let longest: Float64Array | undefined
  for (const o of operands) {
    if ('code' in o) return undefined
    if (!longest || o.table.length > longest.length) longest = o.table
  }
  return longest
}

const entryOf = (value: Value, i: number): number =>
  'code' in value ? NaN : value.table.length === 1 ? value.table[0]! : value.table[i]!

type Doubting = Extract<Edge, { readonly doubt: unknown }>

/** `pow` of kernel/loops.ts, the steps of `powPair` with what is known of base and exponent left out. */
function powerWriter(
  w: Writer,
  edge: Doubting,
  pairOf: (value: Value) => Code,
  gather: (parts: { first: Float64Array; second: Float64Array }) => Parts,
) {
  const logarithms = new Map<Value, Parts>()
  const halves = new Map<Value, Parts>()
  const roots = new Map<Value, Code>()
  const shortWays = new Map<Value, true>()
  const doubtShortWays = (y: Code, hasRoots: boolean): true => {
    const all = SHORT_WAYS.flatMap(([n]) => (n === 0.5 && hasRoots ? [] : [f64x2.eq(y, num(n))]))
    edge.doubt(all.reduce((some, one) => v128.or(some, one)))
    return true
  }
  const once = <T>(known: Map<Value, T>, value: Value, make: () => T): T => {
    const found = known.get(value)
    if (found !== undefined) return found
    const made = make()
    known.set(value, made)
    return made
  }
  const logarithm = (base: Value): Parts => {
    if ('table' in base) return gather(tabledLogarithms(base.table))
    return lnParts(w, base.code)
  }
  const halvesOf = (value: Value, x: Code): Parts =>
    once(halves, value, () => {
      if ('table' in value && value.table.length === 1) {
        const y = value.table[0]!
        const a = y * SPLITTER
        const head = a - (a - y)
        return { head: num(head), tail: num(y - head) }
      }
      return split(w, x)
    })
  const rootOf = (base: Value): Code =>
    once(roots, base, () =>
      'table' in base ? pairOf({ table: base.table.map(Math.sqrt) }) : w.keep(f64x2.sqrt(base.code)),
    )

  return (base: Value, exponent: Value): Code => {
    const y = pairOf(exponent)
    if ('table' in base && base.table.every((x) => x === 0)) {
      // 0 to any exponent above 0 is 0.
      edge.doubt(v128.not(f64x2.gt(y, num(0))))
      return num(0)
    }
    const way = 'table' in exponent ? SHORT_WAYS.find(([n]) => exponent.table.every((x) => x === n)) : undefined
    if (way && 'code' in base) {
      edge.doubt(v128.not(f64x2.gt(base.code, num(0))))
      return way[1](base.code)
    }
    if ('table' in base && !base.table.every(isNormal)) return PAIR_OPS.pow({ w, edge }, pairOf(base), y, y)
    const isPlain = 'table' in exponent && exponent.table.every((n) => !SHORT_WAYS.some(([short]) => n === short))
    const hasRoots =
      'code' in exponent && leavesOf(exponent).some((leaf) => 'table' in leaf && leaf.table.includes(0.5))
    if (!isPlain) once(shortWays, exponent, () => doubtShortWays(y, hasRoots))
    const ln = once(logarithms, base, () => logarithm(base))
    const head = w.keep(mul(y, ln.head))
    // An exponent too large for this way shows here too, since no logarithm but that of 1 is near 0.
    edge.doubt(f64x2.ge(f64x2.abs(head), num(MOST_EXPONENT)))
    const a = halvesOf(exponent, y)
    const b = split(w, ln.head)
    const high = w.keep(add(sub(mul(a.head, b.head), head), mul(a.head, b.tail)))
    const rest = w.keep(add(add(high, mul(a.tail, b.head)), mul(a.tail, b.tail)))
    const power = expOfSum(w, head, w.keep(add(rest, mul(y, ln.tail))))
    const made = hasRoots ? w.keep(v128.pick(rootOf(base), w.keep(power), f64x2.eq(y, num(0.5)))) : power
    if ('table' in base) return made
    // Of a level pixel 0 is taken to some exponent above 0, which is 0.
    const x = base.code
    const level = w.keep(v128.and(f64x2.eq(x, num(0)), f64x2.gt(y, num(0))))
    const isPlainBase = v128.and(f64x2.ge(x, num(LEAST_NORMAL)), f64x2.lt(x, num(Infinity)))
    edge.doubt(v128.not(v128.or(isPlainBase, level)))
    return v128.andNot(made, level)
  }
}

const leavesOf = (value: Value): readonly Value[] =>
  'code' in value && value.leaves.length > 0 ? value.leaves.flatMap(leavesOf) : [value]

const isNormal = (x: number): boolean => x >= LEAST_NORMAL && x < Infinity

/** Halves whose products are exact. */
function split(w: Writer, x: Code): Parts {
  const s = w.keep(mul(x, num(SPLITTER)))
  const head = w.keep(sub(s, sub(s, x)))
  return { head, tail: w.keep(sub(x, head)) }
}

function tabledLogarithms(table: Float64Array): {
  first: Float64Array
  second: Float64Array
} {
  const parts = new Float64Array(2)
  const [first, second] = [new Float64Array(table.length), new Float64Array(table.length)]
  table.forEach((x, i) => {
    lnInto(x, parts)
    first[i] = parts[0]!
    second[i] = parts[1]!
  })
  return { first, second }
}
