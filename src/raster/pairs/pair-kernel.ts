// One kernel over strips, two pixels in a step: for who works along rows of its own and has no layers to fuse.
// Always holds: a pixel gets the bits the kernel gives it, and NaN exactly where the kernel leaves it without.

import { assert } from '../../kernel/index.ts'
import type { Kernel } from '../kernel/model.ts'
import { call, i32, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { moduleWriter } from '../wasm/module.ts'
import type { Layer } from './layer.ts'
import { SCRATCH_AT, doubtOf, TABLE_BYTES, writeTables, type Edge } from './pair-maths.ts'
import { addCarefulFunctions, TWIN_IMPORTS } from './pair-ops.ts'
import { pairWriter, type Places } from './pair-program.ts'
import { treeValue } from './values.ts'

export interface PairKernel {
  /** By slot: a strip to be filled before `run`, NaN where there is no number; undefined where the slot is one number. */
  readonly strips: readonly (Float64Array | undefined)[]
  /** The outcome of the first `pixels` pixels, good until the next run. */
  run(pixels: number): Float64Array
}

/** Pixels of a step: two pairs side by side, so that one goes on while the other waits. */
const STEP = 4
const BYTES = 8

/** @param numbers by slot: the number for all pixels, undefined where pixels differ
 *  @param most pixels of one run, at most */
export function pairKernel(kernel: Kernel, numbers: readonly (number | undefined)[], most: number): PairKernel {
  const room = Math.ceil(most / STEP) * STEP * BYTES
  const module = moduleWriter(TWIN_IMPORTS, SCRATCH_AT)
  const careful = addCarefulFunctions(module)
  let end = Math.ceil(TABLE_BYTES / 16) * 16
  const place = (bytes: number): number => {
    const at = end
    end += Math.ceil(bytes / 16) * 16
    return at
  }
  const stripAt = numbers.map((n) => (n === undefined ? place(room) : undefined))
  const outAt = place(room)
  const strip: Layer = { band: { grid: NO_GRID, name: '', read: () => undefined } }
  const layers = numbers.map(() => strip)
  const tree = { kernel, sources: numbers.map((n, layer) => (n === undefined ? { layer } : { number: n })) }
  const value = treeValue(tree, layers)
  const places = (w: Writer, address: Code, offset: number): Places => ({
    layers,
    load: (slot) => w.keep(v128.load(address, stripAt[slot]! + offset)),
    codeAt: noTables,
    keyAt: noTables,
    addTable: noTables,
  })
  const step = (w: Writer, i: Code, edge: () => Edge): void => {
    const pairs = w.together([0, 16].map((offset) => () => pairWriter(w, places(w, i, offset), edge())(value)))
    pairs.forEach((pair, p) => w.line(v128.store(i, pair, outAt + 16 * p)))
  }
  const anew = module.add({ takes: ['i32'], gives: [] }, (w) => {
    step(w, w.given[0]!, () => ({ careful }))
    return []
  })
  const run = module.add({ takes: ['i32'], gives: [] }, (w) => {
    const i = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(i.get, w.given[0]!),
      () => {
        const doubts: Code[] = []
        step(w, i.get, () => {
          const doubted = doubtOf(w)
          doubts.push(doubted.get)
          return doubted
        })
        w.when(v128.anyTrue(v128.or(...(doubts as [Code, Code]))), () => w.line(call(anew, i.get)))
        i.set(i32.add(i.get, i32.const(STEP * BYTES)))
      },
    )
    return []
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(end)
  writeTables(memory.buffer)
  const viewOf = (at: number): Float64Array => new Float64Array(memory.buffer, at, most)
  const out = viewOf(outAt)
  return {
    strips: stripAt.map((at) => (at === undefined ? undefined : viewOf(at))),
    run(pixels) {
      assert(pixels <= most, 'a run within the strips')
      functions['run']!(pixels * BYTES)
      return out
    },
  }
}

const noTables = (): never => {
  throw new Error('a kernel over strips has no tables')
}

/** Strips stand on no grid and are read from memory alone. */
const NO_GRID = {} as Layer['band']['grid']
