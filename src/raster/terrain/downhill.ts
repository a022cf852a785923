// A way down of each pixel of a row, any that will do, two pixels in a step, as WebAssembly: without a branch, since nobody can guess
// which neighbour is lower. Always holds: a neighbour that is lower, or as high and before the pixel in the order of rows, so that
// nobody goes round in a circle; those before it first, PIT where there is none.

import { f64x2, i32, i32x4, i64x2, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { COLS, NO_DIRECTION, PIT, ROWS } from './surface.ts'

/** A pixel beside nodata or the edge of the grid: water runs out. */
export const RIM = 9
/** North-east, north, north-west and west lie before a pixel in the order of rows. */
export const isBefore = (way: number): boolean => way > 0 && way < 5
/** Ways as they are preferred, the last one most. */
const PREFERRED = [7, 5, 0, 6, 1, 3, 2, 4]

const BYTES = 8

export interface DownhillRows {
  /** Three rows to be filled by `threeRows`: NaN where there is no height. */
  readonly rows: readonly [Float64Array, Float64Array, Float64Array]
  /** Ways of a row of which these three are the row above, the row and the row below; good until the next call. */
  ways(three: readonly [Float64Array, Float64Array, Float64Array]): Uint8Array
}

export function downhillRows(width: number): DownhillRows {
  // One column more at both ends, and one for the second pixel of the last pair.
  const rowBytes = (width + 3) * BYTES
  const waysAt = 3 * rowBytes
  const module = moduleWriter([])
  const run = module.add({ takes: ['i32', 'i32', 'i32', 'i32'], gives: [] }, (w) => {
    const [north, own, south, end] = w.given as [Code, Code, Code, Code]
    const at = w.variable('i32', i32.const(0))
    const to = w.variable('i32', i32.const(waysAt))
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const rows = [north, own, south].map((row) => w.keep(i32.add(row, at.get), 'i32'))
        const z = w.keep(v128.load(rows[1]!, BYTES))
        let way = i64x2.const(PIT, 0)
        let missing = i64x2.const(0, 0)
        for (const k of PREFERRED) {
          const neighbour = w.keep(v128.load(rows[1 + ROWS[k]!]!, (1 + COLS[k]!) * BYTES))
          const isDown = isBefore(k) ? f64x2.le(neighbour, z) : f64x2.lt(neighbour, z)
          way = w.keep(v128.pick(i64x2.const(k, 0), way, isDown))
          missing = w.keep(v128.or(missing, f64x2.ne(neighbour, neighbour)))
        }
        way = v128.pick(i64x2.const(RIM, 0), way, missing)
        way = w.keep(v128.pick(i64x2.const(NO_DIRECTION, 0), way, f64x2.ne(z, z)))
        w.line(i32.store8(to.get, i32x4.extract(way, 0)))
        w.line(i32.store8(to.get, i32x4.extract(way, 2), 1))
        at.set(i32.add(at.get, i32.const(2 * BYTES)))
        to.set(i32.add(to.get, i32.const(2)))
      },
    )
    return []
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(waysAt + width + 1)
  const row = (place: number) => new Float64Array(memory.buffer, place * rowBytes, width + 3).fill(Number.NaN)
  const ways = new Uint8Array(memory.buffer, waysAt, width)
  return {
    rows: [row(0), row(1), row(2)],
    ways([north, own, south]) {
      functions['run']!(north.byteOffset, own.byteOffset, south.byteOffset, width * BYTES)
      return ways
    },
  }
}
