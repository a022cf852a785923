// What is known of every pixel while a tree is calculated, and by what it differs. What is the same for every pixel, for every
// pixel of a key (a row of the account), or for every pixel of a code of one layer, is calculated here, once, by the loops
// themselves. Always holds: the same operation on the same values is one value; nothing here is code yet.

import { LOOPS, type Op } from '../kernel/loops.ts'
import { tableByCode, type Layer } from './layer.ts'
import type { Tree, TreeSource } from './tree.ts'

export type Value = Tabled | PixelValue

export type Tabled =
  | { readonly by: 'nothing'; readonly table: Float64Array }
  | { readonly by: 'key'; readonly table: Float64Array }
  | { readonly by: 'code'; readonly layer: number; readonly table: Float64Array }

export type PixelValue =
  { readonly by: 'pixel'; readonly layer: number } | { readonly by: 'pixel'; readonly op: Op; readonly of: readonly Value[] } | SettledValue // prettier-ignore

/** What a kernel hands on: −0 is 0, what is not finite is no value, and nor is anything where one of `inputs` has none. */
export interface SettledValue {
  readonly by: 'pixel'
  readonly settles: Value
  readonly inputs: readonly Value[]
}

/** What a value is made from directly. */
export function madeFrom(value: Value): readonly Value[] {
  if (value.by !== 'pixel' || 'layer' in value) return []
  return 'op' in value ? value.of : [value.settles, ...value.inputs]
}

/** The outcome of a tree. */
export function treeValue(tree: Tree, layers: readonly Layer[]): Value {
  const { tabledOnce, once } = knownValues()

  const sourceValue = (source: TreeSource): Value => {
    if ('number' in source) return tabledOnce({ by: 'nothing', table: Float64Array.of(source.number) })
    if ('byKey' in source) return tabledOnce({ by: 'key', table: source.byKey })
    if ('tree' in source) return outcome(source.tree)
    const { layer, table } = source
    if (table) return tabledOnce({ by: 'code', layer, table: tableByCode(layers[layer]!, table) })
    return once(`layer ${layer}`, [], () => ({ by: 'pixel', layer }))
  }

  const outcome = ({ kernel: { program }, sources }: Tree): Value => {
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

  const calculated = (op: Op, of: readonly Value[]): Value => {
    const shared = sharedBy(of)
    if (shared) return tabledOnce({ ...shared, table: tabled(op, of, shared.table.length) })
    return withinChoice(op, of) ?? once(op, of, () => ({ by: 'pixel', op, of }))
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
      if (!('op' in value)) return undefined
      const { op: choice, of } = value
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
    return once('settled', [value, ...doubtful], () => ({ by: 'pixel', settles: value, inputs: doubtful }))
  }

  return outcome(tree)
}

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
