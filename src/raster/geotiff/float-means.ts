// The half-size copy of a block of 32-bit floats, two means at a time in a small WebAssembly module.
// Always holds: the floats are those of `meanOf` in write-levels.ts, bit by bit. What lies beyond the raster has no value.

import { f64x2, i32, i8x16, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import type { Halve } from './write-levels.ts'
import type { WrittenType } from './write-samples.ts'

/** @param none stored where there is no value, also beyond the raster
 *  @returns undefined where the plain loops are to be asked */
export function floatMeanOf(type: WrittenType, edge: number, none: number | undefined): Halve | undefined {
  if (type !== 'float32' || none === undefined) return undefined
  const { given, out, halve } = module(edge, none)
  const half = edge / 2
  return (from, _wide, _high, into, { right, low }) => {
    given.set(from)
    halve()
    const first = (low ? half * edge : 0) + (right ? half : 0)
    for (let y = 0; y < half; y++) into.set(out.subarray(y * half, (y + 1) * half), first + y * edge)
  }
}

const EVEN = [0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0]
const ODD = [4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0]

function module(edge: number, none: number) {
  const [rowBytes, blockBytes] = [edge * 4, edge * edge * 4]
  const num = f64x2.const
  const writer = moduleWriter([])
  const halve = writer.add({ takes: [], gives: [] }, (w) => {
    const at = w.variable('i32', i32.const(0))
    const to = w.variable('i32', i32.const(blockBytes))
    const pair = (): void => {
      let [sum, count] = [num(0), num(0)]
      for (const row of [0, rowBytes]) {
        const four = w.keep(v128.load(at.get, row))
        for (const places of [EVEN, ODD]) {
          const v = w.keep(f64x2.promote(i8x16.shuffle(four, four, places)))
          const has = w.keep(v128.and(f64x2.ne(v, num(none)), f64x2.eq(v, v)))
          sum = w.keep(f64x2.add(sum, v128.and(f64x2.mul(v, num(0.25)), has)))
          count = w.keep(f64x2.add(count, v128.and(num(1), has)))
        }
      }
      const mean = f64x2.mul(f64x2.div(sum, count), num(4))
      w.line(v128.storeLower64(to.get, f64x2.demote(v128.pick(mean, num(none), f64x2.ne(count, num(0))))))
      at.set(i32.add(at.get, i32.const(16)))
      to.set(i32.add(to.get, i32.const(8)))
    }
    w.loopWhile(
      () => i32.lt(at.get, i32.const(blockBytes)),
      () => {
        const end: Code = w.keep(i32.add(at.get, i32.const(rowBytes)), 'i32')
        w.loopWhile(() => i32.lt(at.get, end), pair)
        at.set(i32.add(at.get, i32.const(rowBytes)))
      },
    )
    return []
  })
  writer.exports('halve', halve)
  const { memory, functions } = writer.instantiate(blockBytes + blockBytes / 4)
  return {
    given: new Float32Array(memory.buffer, 0, edge * edge),
    out: new Float32Array(memory.buffer, blockBytes, (edge * edge) / 4),
    halve: functions['halve']!,
  }
}
