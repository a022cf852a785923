// How many neighbours drain into each pixel of a row, sixteen pixels in a step, as WebAssembly: a neighbour does where its direction is
// the one that leads here. Always holds: what drains where is that of the plain loop over receivers (`plainDrainage` is the twin).

import { i32, i8x16, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { COLS, NO_DIRECTION, PIT, ROWS } from './surface.ts'

/** States of pixels while what drains through them is counted; below, ways. A pixel nothing drains into: */
export const SOURCE = 32
/** One with so many inflows and one more, in the bits from `INFLOW` on. */
export const WAITS = 128
export const INFLOW = 16
/** In both: water leaves in the direction of the last three bits, out of the grid or into nodata. */
export const LEAVING = 8

const LANES = 16

export interface InflowRows {
  /** States of the next row, good until the next call, from the directions of the row after it (undefined after the last). */
  next(below: Uint8Array | undefined): Uint8Array
  /** Pixels with a height in the rows given back. */
  readonly cells: () => number
}

const bytes = (x: number): Code => v128.const(Array.from({ length: 4 }, () => x * 0x01010101) as [number, number, number, number]) // prettier-ignore

export function inflowRows(width: number, first: Uint8Array): InflowRows {
  const rowBytes = LANES * (2 + Math.ceil(width / LANES))
  // A pixel begins one vector into its row, so that a frame stands at both ends.
  const statesAt = 3 * rowBytes
  const module = moduleWriter([])
  const run = module.add({ takes: ['i32', 'i32', 'i32', 'i32'], gives: ['i32'] }, (w) => {
    const [north, own, south, end] = w.given as [Code, Code, Code, Code]
    const at = w.variable('i32', i32.const(0))
    const cells = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const rows = [north, own, south].map((row) => w.keep(i32.add(row, at.get), 'i32'))
        const code = w.keep(v128.load(rows[1]!, LANES))
        let inflows = bytes(0)
        let leaves = bytes(0)
        for (let k = 0; k < 8; k++) {
          const neighbour = w.keep(v128.load(rows[1 + ROWS[k]!]!, LANES + COLS[k]!))
          // A comparison that holds is −1.
          inflows = w.keep(i8x16.sub(inflows, i8x16.eq(neighbour, bytes((k + 4) & 7))))
          const nothing = i8x16.eq(neighbour, bytes(NO_DIRECTION))
          leaves = w.keep(v128.or(leaves, v128.and(nothing, i8x16.eq(code, bytes(k)))))
        }
        const way = w.keep(v128.or(code, v128.and(leaves, bytes(LEAVING))))
        const waits = i8x16.add(i8x16.shl(inflows, i32.const(4)), bytes(WAITS - INFLOW))
        const state = v128.or(way, v128.pick(bytes(SOURCE), waits, i8x16.eq(inflows, bytes(0))))
        const none = w.keep(i8x16.eq(code, bytes(NO_DIRECTION)))
        const ends = v128.or(none, i8x16.eq(code, bytes(PIT)))
        w.line(v128.store(i32.add(at.get, i32.const(statesAt)), v128.pick(code, state, ends)))
        cells.set(i32.add(cells.get, i32.sub(i32.const(LANES), i32.ones(i8x16.signs(none)))))
        at.set(i32.add(at.get, i32.const(LANES)))
      },
    )
    return cells.get
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(statesAt + rowBytes)
  const rows = [0, 1, 2].map((place) => new Uint8Array(memory.buffer, place * rowBytes, rowBytes).fill(NO_DIRECTION))
  const states = new Uint8Array(memory.buffer, statesAt, width)
  let cells = 0
  let [north, own, south] = rows as [Uint8Array, Uint8Array, Uint8Array]
  south.set(first, LANES)
  return {
    next(below) {
      ;[north, own, south] = [own, south, north]
      if (below) south.set(below, LANES)
      else south.fill(NO_DIRECTION)
      cells += functions['run']!(north.byteOffset, own.byteOffset, south.byteOffset, width)
      return states
    },
    cells: () => cells,
  }
}
