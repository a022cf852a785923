// A formula as a list of small operations on numbers, each written once: what the loops of this room run and what any
// other engine can be fed with.
// Always holds: an operation stands below its operands; nothing stands twice; what rests on constants is a constant.
// "No value" is NaN, which every operation passes on, and no operation but `select` can leave behind.

import { LOOPS, type Op } from './loops.ts'

export type Node =
  { readonly slot: number } | { readonly constant: number } | { readonly op: Op; readonly operands: readonly number[] }

export interface Program {
  readonly slots: readonly string[]
  readonly nodes: readonly Node[]
  /** The node that is the outcome. */
  readonly result: number
}

/** A node's place in the list. */
export type Ref = number

export interface ProgramBuilder {
  slot(name: string): Ref
  constant(x: number): Ref
  op(op: Op, ...operands: Ref[]): Ref
  /** The program of one outcome: slots in the order given, without those nothing needs. */
  finish(result: Ref, order: readonly string[]): Program
}

export function programBuilder(): ProgramBuilder {
  const nodes: Node[] = []
  const names: string[] = []
  const known = new Map<string, Ref>()
  const once = (key: string, node: () => Node): Ref => {
    const hit = known.get(key)
    if (hit !== undefined) return hit
    known.set(key, nodes.length)
    return nodes.push(node()) - 1
  }
  const constant = (x: number): Ref => once(`constant ${Object.is(x, -0) ? '-0' : x}`, () => ({ constant: x }))
  return {
    constant,
    slot: (name) => once(`slot ${name}`, () => ({ slot: names.push(name) - 1 })),
    op(op, ...operands) {
      const values = operands.map((r) => nodes[r]!)
      if (values.every((n) => 'constant' in n))
        return constant(
          calculate(
            op,
            values.map((n) => n.constant),
          ),
        )
      return once(`${op} ${operands.join(' ')}`, () => ({ op, operands }))
    },
    finish: (result, order) => finish(nodes, names, result, order),
  }
}

/** One operation on numbers, by the very loop that runs over strips. */
export function calculate(op: Op, x: readonly number[]): number {
  const v = Float64Array.of(x[0]!, x[1] ?? 0, x[2] ?? 0, 0)
  LOOPS[op](v, 3, v, 0, v, 1, v, 2, 1)
  return v[3]!
}

function finish(nodes: readonly Node[], names: readonly string[], result: Ref, order: readonly string[]): Program {
  const needed = new Set<Ref>([result])
  for (let r = result; r >= 0; r--) {
    const n = nodes[r]!
    if (needed.has(r) && 'op' in n) for (const o of n.operands) needed.add(o)
  }
  const kept = nodes.map((_, r) => r).filter((r) => needed.has(r))
  const place = new Map(kept.map((r, i) => [r, i]))
  const slotName = (n: Node): string[] => ('slot' in n ? [names[n.slot]!] : [])
  const used = new Set(kept.flatMap((r) => slotName(nodes[r]!)))
  const slots = order.filter((name) => used.has(name))
  const moved = (n: Node): Node => {
    if ('slot' in n) return { slot: slots.indexOf(names[n.slot]!) }
    return 'op' in n ? { op: n.op, operands: n.operands.map((o) => place.get(o)!) } : n
  }
  return { slots, nodes: kept.map((r) => moved(nodes[r]!)), result: place.get(result)! }
}
