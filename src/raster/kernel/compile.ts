// Compiles one output of a rule and runs it over strips, a block of pixels at a time, so that what stands between two
// operations stays in the nearest cache.
// Always holds: nothing is allocated once a kernel has met a combination of strips and numbers; an operation on numbers
// alone is done once a run, by the same loop that serves the strips.

import { assert, type Unit } from '../../kernel/index.ts'
import { NO_VALUE, VALID, type Strip } from '../band.ts'
import { entriesOf } from './entries.ts'
import { LOOPS, type Loop } from './loops.ts'
import { lower } from './lower.ts'
import type { Kernel, KernelSpec } from './model.ts'
import type { Node, Program } from './program.ts'

/** Pixels of a block: a dozen buffers of this size fit into the nearest cache of every machine. */
const BLOCK = 512

/** Compiles one output of a rule for pixels. The twin is evaluateRule: the outcome is the same to about 1e-12 of the
 *  largest term, and there is none where evaluateRule stops at a step the output rests on. Doubles end at 1.8e308 and
 *  1e-308 where decimals go on.
 *  @throws ProblemError `raster.kernel-…` where the spec does not fit the rule, or the unit errors of the rule */
export function compileRule(spec: KernelSpec): Kernel {
  const { entries, order } = entriesOf(spec)
  return kernelOf(lower(spec.rule, spec.output, entries, order), spec.rule.gives[spec.output]!.unit)
}

/** A program that runs by its loops. */
export function kernelOf(program: Program, unit: Unit): Kernel {
  const plans: Plan[] = []
  return {
    slots: program.slots,
    unit,
    program,
    run(inputs, pixels, out) {
      assert(inputs.length === program.slots.length, 'an input for each slot')
      assert(out.values.length >= pixels && out.states.length >= pixels, 'the outcome is shorter than its pixels')
      for (const x of inputs) assert(typeof x === 'number' || x.length >= pixels, 'an input is shorter than its pixels')
      let plan = plans.find((p) => fits(p, inputs))
      if (!plan) plans.push((plan = planFor(program, inputs)))
      runPlan(plan, inputs, pixels, out)
    },
  }
}

/** Where an operand of a strip operation lies: in an input (its slot) or in a buffer. */
interface Operand {
  readonly slot: number
  readonly buffer: Float64Array
}

interface StripStep {
  readonly loop: Loop
  readonly operands: readonly [Operand, Operand, Operand]
  readonly out: Float64Array
}

interface NumberStep {
  readonly loop: Loop
  /** Places in `numbers`. */
  readonly operands: readonly [number, number, number]
  readonly out: number
}

/** A program for one combination of strips and numbers. */
interface Plan {
  /** By slot. */
  readonly isStrip: readonly boolean[]
  /** One place for each node; nodes that are strips leave theirs unused. */
  readonly numbers: Float64Array
  /** Places in `numbers` by slot; −1 for a strip. */
  readonly entering: readonly number[]
  readonly once: readonly NumberStep[]
  /** Numbers that strip operations work with. */
  readonly spread: readonly { readonly from: number; readonly to: Float64Array }[]
  readonly steps: readonly StripStep[]
  readonly result: Operand
}

function fits(plan: Plan, inputs: readonly (Float64Array | number)[]): boolean {
  for (let i = 0; i < inputs.length; i++) if ((typeof inputs[i] !== 'number') !== plan.isStrip[i]) return false
  return true
}

const EMPTY = new Float64Array(0)

function planFor({ nodes, result }: Program, inputs: readonly (Float64Array | number)[]): Plan {
  const isStrip = inputs.map((x) => typeof x !== 'number')
  const strip: boolean[] = []
  for (const n of nodes) {
    if ('slot' in n) strip.push(isStrip[n.slot]!)
    else strip.push('op' in n && n.operands.some((o) => strip[o]))
  }
  const numbers = Float64Array.from(nodes, (n) => ('constant' in n ? n.constant : 0))
  const entering = isStrip.map((s, slot) => (s ? -1 : nodes.findIndex((n) => 'slot' in n && n.slot === slot)))
  const lastUse = lastUses(nodes, result)
  const place = new Map<number, Operand>()
  const spread: { from: number; to: Float64Array }[] = []
  const idle: Float64Array[] = []
  const operandOf = (r: number): Operand => {
    const known = place.get(r)
    if (known) return known
    const n = nodes[r]!
    const made: Operand =
      'slot' in n && strip[r] ? { slot: n.slot, buffer: EMPTY } : { slot: -1, buffer: new Float64Array(BLOCK) }
    if (!strip[r]) spread.push({ from: r, to: made.buffer })
    place.set(r, made)
    return made
  }
  const once: NumberStep[] = []
  const steps: StripStep[] = []
  nodes.forEach((n, r) => {
    if (!('op' in n)) return
    const [a, b = a, c = a] = n.operands as [number, number?, number?]
    const loop = LOOPS[n.op]
    if (!strip[r]) return void once.push({ loop, operands: [a, b, c], out: r })
    const operands = [operandOf(a), operandOf(b), operandOf(c)] as const
    // A buffer is free again after its last reader, who may already write into it.
    for (const o of new Set(n.operands))
      if (strip[o] && lastUse[o] === r && 'op' in nodes[o]!) idle.push(place.get(o)!.buffer)
    const out = idle.pop() ?? new Float64Array(BLOCK)
    place.set(r, { slot: -1, buffer: out })
    steps.push({ loop, operands, out })
  })
  return { isStrip, numbers, entering, once, spread, steps, result: operandOf(result) }
}

function lastUses(nodes: readonly Node[], result: number): readonly number[] {
  const last = nodes.map(() => -1)
  nodes.forEach((n, r) => {
    if ('op' in n) for (const o of n.operands) last[o] = r
  })
  last[result] = nodes.length
  return last
}

function runPlan(plan: Plan, inputs: readonly (Float64Array | number)[], pixels: number, out: Strip): void {
  const { numbers, entering, once, spread, steps, result } = plan
  for (let slot = 0; slot < entering.length; slot++)
    if (entering[slot]! >= 0) numbers[entering[slot]!] = inputs[slot] as number
  for (const { loop, operands, out: to } of once)
    loop(numbers, to, numbers, operands[0], numbers, operands[1], numbers, operands[2], 1)
  const widest = Math.min(pixels, BLOCK)
  for (const { from, to } of spread) to.fill(numbers[from]!, 0, widest)

  for (let start = 0; start < pixels; start += BLOCK) {
    const n = Math.min(BLOCK, pixels - start)
    for (const { loop, operands, out: to } of steps) {
      const [a, b, c] = operands
      loop(
        to,
        0,
        a.slot < 0 ? a.buffer : (inputs[a.slot] as Float64Array),
        a.slot < 0 ? 0 : start,
        b.slot < 0 ? b.buffer : (inputs[b.slot] as Float64Array),
        b.slot < 0 ? 0 : start,
        c.slot < 0 ? c.buffer : (inputs[c.slot] as Float64Array),
        c.slot < 0 ? 0 : start,
        n,
      )
    }
    const fromInput = result.slot >= 0
    deliver(fromInput ? (inputs[result.slot] as Float64Array) : result.buffer, fromInput ? start : 0, start, n, out)
  }
}

function deliver(from: Float64Array, at: number, start: number, n: number, { values, states }: Strip): void {
  for (let x = 0; x < n; x++) {
    const v = from[at + x]!
    const finite = v - v === 0
    const valid = states[start + x] === VALID
    if (valid && !finite) states[start + x] = NO_VALUE
    // Adding 0 makes 0 of −0, which would be other bytes in a file.
    values[start + x] = valid && finite ? v + 0 : 0
  }
}
