// The slopes of a row two pixels at a time, as WebAssembly: the twin of slopeRows for pixels whose eight neighbours all have a
// height, by the same operations in the same order. Always holds: a row in which one lacks a neighbour is said to be none of
// its business, and the plain rows take it.

import { f64x2, i32, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'

export interface SlopePairs {
  /** Rows by their number modulo 3, one pixel more at both ends: heights in metres, NaN where there is none. */
  readonly rows: readonly [Float64Array, Float64Array, Float64Array]
  /** Of the row last run, in per cent. */
  readonly slopes: Float64Array
  /** @param row the number of the middle row
   *  @returns whether each of the first `width` pixels has eight neighbours; where not, the slopes mean nothing */
  run(row: number, width: number): boolean
}

const { add, sub, mul, div, sqrt, ne } = f64x2
const num = f64x2.const

/** @param cell @param cellY metres  @param most pixels of a row, at most */
export function slopePairs(
  { cell, cellY }: { readonly cell: number; readonly cellY: number },
  most: number,
): SlopePairs {
  // One more pixel at both ends, and one beyond, since the last pair of an odd row reaches there.
  const room = Math.ceil((most + 3) / 2) * 16
  const slopesAt = 3 * room
  const module = moduleWriter([])
  const address = { takes: ['i32', 'i32', 'i32', 'i32'], gives: ['i32'] } as const
  const slopes = module.add(address, (w) => {
    const [north, own, south, end] = w.given as [Code, Code, Code, Code]
    const i = w.variable('i32', i32.const(0))
    const lost = w.variable('v128', num(0))
    w.loopWhile(
      () => i32.lt(i.get, end),
      () => {
        const around = (row: Code): readonly [Code, Code, Code] => {
          const at = w.keep(i32.add(row, i.get), 'i32')
          return [w.keep(v128.load(at)), w.keep(v128.load(at, 8)), w.keep(v128.load(at, 16))]
        }
        const [nw, n, ne_] = around(north)
        const [w_, , e] = around(own)
        const [sw, s, se] = around(south)
        const east = w.keep(div(add(add(sub(ne_, nw), mul(num(2), sub(e, w_))), sub(se, sw)), num(8 * cell)))
        const down = w.keep(div(add(add(sub(sw, nw), mul(num(2), sub(s, n))), sub(se, ne_)), num(8 * cellY)))
        const slope = w.keep(mul(num(100), sqrt(add(mul(east, east), mul(down, down)))))
        w.line(v128.store(i.get, slope, slopesAt))
        lost.set(v128.or(lost.get, ne(slope, slope)))
        i.set(i32.add(i.get, i32.const(16)))
      },
    )
    return i32.eqz(v128.anyTrue(lost.get))
  })
  module.exports('slopes', slopes)
  const { memory, functions } = module.instantiate(4 * room)
  const row = (k: number): Float64Array => new Float64Array(memory.buffer, k * room, room / 8)
  const rows = [row(0), row(1), row(2)] as const
  return {
    rows,
    slopes: row(3),
    run(middle, width) {
      // What the last pair of an odd row reads beyond it is a copy of its last number.
      for (const own of rows) own[width + 2] = own[width + 1]!
      const at = (r: number): number => (((r % 3) + 3) % 3) * room
      return functions['slopes']!(at(middle - 1), at(middle), at(middle + 1), width * 8) === 1
    },
  }
}
