// From kernels and what feeds them to code for two pixels at a time. What is the same for every pixel, for every pixel of a
// key (a row of the account), or for every pixel of a code of one layer, is calculated once by the loops themselves and only
// looked up. Always holds: a pixel gets the bits the kernel gives it, and NaN exactly where the kernel leaves it without.

import { LOOPS, type Op } from '../kernel/loops.ts'
import { f64x2, i32, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { loadCode, loadPair, sampleBytes, tableByCode, type Layer, type Spot } from './layer.ts'
import type { Edge } from './pair-maths.ts'
import { PAIR_OPS } from './pair-ops.ts'
import type { Tree, TreeSource } from './tree.ts'

/** Something known of every pixel: by what it differs. */
type Value =
  | { readonly by: 'nothing'; readonly table: Float64Array }
  | { readonly by: 'key'; readonly table: Float64Array }
  | { readonly by: 'code'; readonly layer: number; readonly table: Float64Array }
  | PixelValue
interface PixelValue {
  readonly by: 'pixel'
  /** Writes it, when it is first wanted: layers are loaded where they are needed, and what nobody asks for is not written. */
  readonly make: () => Code
  readonly from?: { readonly op: Op; readonly operands: readonly Value[] }
}

/** Where things lie in the memory. */
export interface Places {
  readonly layers: readonly Layer[]
  /** The pair in a layer. */
  layerAt(layer: number): Spot
  /** The pair's keys, i32 each. */
  readonly keysAt: Spot
  /** Puts a table of doubles into the memory. @returns its address */
  addTable(table: Float64Array): number
}

/** Two entries of a table by key; those of key −1 are NaN. */
export function byKeyPair(w: Writer, table: Float64Array, places: Places): Code {
  const { address, offset } = places.keysAt
  const at = places.addTable(Float64Array.of(NaN, ...table)) + 8
  const entryOf = (lane: number): Code => i32.shl(i32.load(address, offset + 4 * lane), i32.const(3))
  return gather(w, at, entryOf(0), entryOf(1))
}

/** Two doubles from addresses relative to `at`, which is at least what a negative one takes off. */
const gather = (w: Writer, at: number, first: Code, second: Code): Code =>
  w.keep(v128.loadUpper64(i32.add(second, i32.const(at)), v128.loadZero64(i32.add(first, i32.const(at)))))

/** So many operations are finished together. Fewer cost more ways by the memory, more want more registers than there are. */
const FINISHED_BY = 8

/** Code of the outcome of a tree; lines that come before it go to `w`. */
export function treePair(w: Writer, tree: Tree, places: Places, edge: Edge): Code {
  const pairs = new Map<Value, Code>()
  const loaded = new Map<number, Value>()
  const { tabledOnce, once } = knownValues()
  let operations = 0
  const kept = (code: Code): Code => (++operations % FINISHED_BY === 0 ? w.finish(code) : w.keep(code))

  const pairOf = (value: Value): Code => {
    const known = pairs.get(value)
    if (known) return known
    const made = value.by === 'pixel' ? value.make() : lookedUp(value)
    pairs.set(value, made)
    return made
  }

  const lookedUp = (value: Tabled): Code => {
    if (value.by === 'nothing') return f64x2.const(value.table[0]!)
    if (value.by === 'key') return byKeyPair(w, value.table, places)
    const layer = places.layers[value.layer]!
    const { address, offset } = places.layerAt(value.layer)
    const entryOf = (lane: number): Code =>
      i32.shl(loadCode(layer, { address, offset: offset + lane * sampleBytes(layer) }), i32.const(3))
    return gather(w, places.addTable(value.table), entryOf(0), entryOf(1))
  }

  const sourceValue = (source: TreeSource): Value => {
    if ('number' in source) return tabledOnce({ by: 'nothing', table: Float64Array.of(source.number) })
    if ('byKey' in source) return tabledOnce({ by: 'key', table: source.byKey })
    if ('tree' in source) return treeValue(source.tree)
    const layer = places.layers[source.layer]!
    if (source.table) return tabledOnce({ by: 'code', layer: source.layer, table: tableByCode(layer, source.table) })
    const known = loaded.get(source.layer)
    if (known) return known
    const value: Value = { by: 'pixel', make: () => loadPair(w, layer, places.layerAt(source.layer)) }
    loaded.set(source.layer, value)
    return value
  }

  const treeValue = ({ kernel: { program }, sources }: Tree): Value => {
    const inputs = sources.map(sourceValue)
    const values: Value[] = []
    for (const node of program.nodes) {
      if ('slot' in node) values.push(inputs[node.slot]!)
      else if ('constant' in node) values.push(tabledOnce({ by: 'nothing', table: Float64Array.of(node.constant) }))
      else values.push(calculated(node.op, node.operands.map((o) => values[o]!))) // prettier-ignore
    }
    const leaves = program.nodes.some((n) => 'op' in n && n.op === 'select')
    return settled(values[program.result]!, leaves ? inputs : [])
  }

  const calculated = (op: Op, operands: readonly Value[]): Value => {
    const shared = sharedBy(operands)
    if (shared) return tabledOnce({ ...shared, table: tabled(op, operands, shared.table.length) })
    return (
      withinChoice(op, operands) ??
      once(op, operands, () => ({ by: 'pixel', from: { op, operands }, make: () => written(op, operands) }))
    )
  }

  const written = (op: Op, operands: readonly Value[]): Code => {
    const [a, b = a, c = a] = operands.map(pairOf) as [Code, Code?, Code?]
    const simple = isSimple(op, operands) ? SIMPLE_OPS[op] : undefined
    const second = operands[1]
    const known = second && second.by !== 'pixel' ? second.table : undefined
    return kept(simple ? simple(a, b, c) : PAIR_OPS[op]({ w, edge, known }, a, b, c))
  }

  /** A power of what is chosen among few is chosen among few powers, which tables hold: a slope's exponent is one of four. */
  const withinChoice = (op: Op, operands: readonly Value[]): Value | undefined => {
    if (!PASSES_NAN_ON.has(op)) return undefined
    const place = operands.findIndex((o) => o.by === 'pixel')
    const chosen = operands[place]!
    if (chosen.by !== 'pixel' || operands.some((o, i) => i !== place && o.by === 'pixel')) return undefined
    const within = (value: Value): (() => Value) | undefined => {
      const own = operands.with(place, value)
      if (value.by !== 'pixel') return sharedBy(own) && (() => calculated(op, own))
      const { op: choice, operands: of = [] } = value.from ?? {}
      if (choice === 'guard') {
        const inner = within(of[0]!)
        return inner && (() => calculated('guard', [inner(), of[1]!]))
      }
      if (choice !== 'select') return undefined
      const [yes, no] = [within(of[1]!), within(of[2]!)]
      return yes && no && (() => calculated('select', [of[0]!, yes(), no()]))
    }
    return within(chosen)?.()
  }

  /** What a kernel hands on: −0 is 0, what is not finite is no value, and nor is anything where an input has none. */
  const settled = (value: Value, inputs: readonly Value[]): Value => {
    const shared = sharedBy([value, ...inputs])
    if (shared) {
      const table = Float64Array.from({ length: shared.table.length }, (_, i) => {
        const v = entry(value, i)
        return Number.isFinite(v) && inputs.every((x) => !Number.isNaN(entry(x, i))) ? v + 0 : NaN
      })
      return tabledOnce({ ...shared, table })
    }
    const doubtful = inputs.filter((x) => x.by === 'pixel' || x.table.some((n) => Number.isNaN(n)))
    return once('settled', [value, ...doubtful], () => {
      const make = (): Code => {
        const v = pairOf(value)
        const finite = f64x2.add(v, f64x2.sub(v, v))
        return w.keep(doubtful.map(pairOf).reduce((all, x) => v128.or(all, f64x2.ne(x, x)), finite))
      }
      return { by: 'pixel', make }
    })
  }
  return pairOf(treeValue(tree))
}

type Tabled = Exclude<Value, { readonly by: 'pixel' }>

/** Every value once: the same table, and the same operation on the same values, is the same value (months of a year share much). */
function knownValues() {
  const tables: Tabled[] = []
  const numbers = new Map<Value, number>()
  const made = new Map<string, Value>()
  const numberOf = (v: Value): number => {
    const known = numbers.get(v)
    if (known !== undefined) return known
    numbers.set(v, numbers.size)
    return numbers.size - 1
  }
  const isSame = (a: Tabled, b: Tabled): boolean =>
    a.by === b.by &&
    a.table.length === b.table.length &&
    (a.by !== 'code' || (b.by === 'code' && a.layer === b.layer)) &&
    a.table.every((x, i) => Object.is(x, b.table[i]))
  return {
    tabledOnce(value: Tabled): Tabled {
      const known = tables.find((t) => isSame(t, value))
      if (!known) tables.push(value)
      return known ?? value
    },
    once(what: string, of: readonly Value[], make: () => Value): Value {
      const name = [what, ...of.map(numberOf)].join(' ')
      const known = made.get(name)
      if (known) return known
      const value = make()
      made.set(name, value)
      return value
    },
  }
}

/** Dear operations of which no value comes out where one goes in has none. */
const PASSES_NAN_ON: ReadonlySet<Op> = new Set(['pow', 'exp', 'ln'])

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

/** What all of them differ by, where that is one thing; with a table of the length the outcome has. */
function sharedBy(values: readonly Value[]): Tabled | undefined {
  let found: Tabled | undefined
  for (const v of values) {
    if (v.by === 'pixel') return undefined
    if (!found || found.by === 'nothing') found = v
    else if (v.by === 'nothing') continue
    else if (v.by !== found.by || (v.by === 'code' && found.by === 'code' && v.layer !== found.layer)) return undefined
  }
  return found
}

const entry = (v: Value, i: number): number => (v.by === 'pixel' ? NaN : v.by === 'nothing' ? v.table[0]! : v.table[i]!)

/** An operation over tables, by its own loop. */
function tabled(op: Op, operands: readonly Value[], length: number): Float64Array {
  const of = (v: Value | undefined): Float64Array => Float64Array.from({ length }, (_, i) => (v ? entry(v, i) : 0))
  const [a, b, c] = operands
  const out = new Float64Array(length)
  LOOPS[op](out, 0, of(a), 0, of(b), 0, of(c), 0, length)
  return out
}
