// How far doubles may be from decimals, node by node of a program: each operation may lose one last digit and hands on
// what its operands lost. Serves the law "kernel and expression agree".
// Where the outcome hangs on a comparison (or a division, a logarithm, a rounding) that lies within that error, doubles
// and decimals may honestly part; such pixels are `undecided`.

import type { Program } from './program.ts'

const LAST_DIGIT = 2 ** -53
/** First-order bounds, with room for what maths loses itself. */
const ROOM = 8

export interface Certainty {
  /** Absolute, of the outcome. */
  readonly error: number
  readonly undecided: boolean
}

interface Known extends Certainty {
  readonly value: number
  /** Straight from an input or the formula: compared as it is written. */
  readonly direct: boolean
}

/** `valueAt` gives the value of every node. */
export function certaintyOf(
  { nodes, result }: Program,
  inputs: readonly number[],
  run: (op: string, x: readonly number[]) => number,
): Certainty {
  const all: Known[] = []
  for (const n of nodes) {
    if (!('op' in n)) {
      const value = 'slot' in n ? inputs[n.slot]! : n.constant
      all.push({ value, error: Math.abs(value) * LAST_DIGIT, undecided: false, direct: true })
      continue
    }
    const x = n.operands.map((o) => all[o]!)
    const value = run(
      n.op,
      x.map((k) => k.value),
    )
    const own = errorOf(n.op, x, value)
    const taken = n.op === 'select' ? [x[0]!, x[0]!.value === 1 ? x[1]! : x[2]!] : x
    const undecided = own.undecided || taken.some((k) => k.undecided) || Math.abs(value) === Infinity
    all.push({ value, error: own.error, undecided, direct: false })
  }
  const { error, undecided } = all[result]!
  return { error: error * ROOM, undecided }
}

const near = (gap: number, error: number, x: readonly Known[]): boolean =>
  error > 0 && !x.every((k) => k.direct) && Math.abs(gap) <= ROOM * error

function errorOf(op: string, x: readonly Known[], v: number): Certainty {
  const [a, b, c] = x as [Known, Known, Known]
  const lost = Math.abs(v) * LAST_DIGIT
  const sure = (error: number): Certainty => ({ error, undecided: false })
  switch (op) {
    case 'neg':
      return sure(a.error)
    case 'add':
    case 'sub':
      return sure(a.error + b.error + lost)
    case 'mul':
      return sure(a.error * Math.abs(b.value) + b.error * Math.abs(a.value) + lost)
    case 'div':
      return {
        error: a.error / Math.abs(b.value) + (b.error * Math.abs(v)) / Math.abs(b.value) + lost,
        undecided: near(b.value, b.error, [b]),
      }
    case 'select':
      return sure(a.value === 1 ? b.error : c.error)
    case 'guard':
      return sure(a.error)
    case 'min':
    case 'max':
      return sure(Math.max(a.error, b.error))
    case 'clamp':
      return {
        error: Math.max(a.error, b.error, c.error),
        undecided: near(b.value - c.value, b.error + c.error, [b, c]),
      }
    case 'exp':
      return sure(Math.abs(v) * a.error + lost)
    case 'ln':
      return { error: a.error / Math.abs(a.value) + lost, undecided: near(a.value, a.error, [a]) }
    case 'sqrt':
      return { error: v === 0 ? Math.sqrt(a.error) : a.error / v + lost, undecided: near(a.value, a.error, [a]) }
    case 'pow': {
      if (a.value === 0 && a.error === 0) return { error: 0, undecided: near(b.value, b.error, [b]) }
      const relative =
        (Math.abs(b.value) * a.error) / Math.abs(a.value) + Math.abs(Math.log(Math.abs(a.value))) * b.error
      return { error: Math.abs(v) * relative + lost, undecided: near(a.value, a.error, [a]) }
    }
    default: {
      if (op.startsWith('round-')) {
        const gap = a.value / b.value - Math.round((a.value / b.value) * 2) / 2
        return {
          error: lost,
          undecided: Math.abs(gap) <= (ROOM * (a.error + Math.abs(a.value) * LAST_DIGIT)) / b.value,
        }
      }
      return { error: 0, undecided: near(a.value - b.value, a.error + b.error, [a, b]) }
    }
  }
}
