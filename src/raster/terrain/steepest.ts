// Steepest descent of a row of pixels, two in a step, as WebAssembly: the choice among eight neighbours without a branch.
// Always holds: a pixel gets the code the plain loop over its neighbours gives it (`plainD8` is the twin): of equals the first,
// LEVEL where nothing is lower, NO_DIRECTION where it has no height itself.

import { f64x2, i32, i32x4, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { COLS, LEVEL, NO_DIRECTION, ROWS, stepLengths, type HeightMap } from './surface.ts'

export interface SteepestRows {
  /** Three rows to be filled by `threeRows`: NaN where there is no height. */
  readonly rows: readonly [Float64Array, Float64Array, Float64Array]
  /** Codes of a row of which these three are the row above, the row and the row below; good until the next call. */
  codes(three: readonly [Float64Array, Float64Array, Float64Array]): Uint8Array
}

const BYTES = 8
/** 2^52: a whole number added to it stands in its lowest bits. */
const WHOLE = 4503599627370496

export function steepestRows(of: HeightMap): SteepestRows {
  const { width } = of
  const gains = Float64Array.from(stepLengths(of), (step) => of.cell / step)
  // One column more at both ends, and one for the second pixel of the last pair.
  const rowBytes = (width + 3) * BYTES
  const codesAt = 3 * rowBytes
  const module = moduleWriter([])
  const run = module.add({ takes: ['i32', 'i32', 'i32', 'i32'], gives: [] }, (w) => {
    const [north, own, south, end] = w.given as [Code, Code, Code, Code]
    const at = w.variable('i32', i32.const(0))
    const to = w.variable('i32', i32.const(codesAt))
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const rows = [north, own, south].map((row) => w.keep(i32.add(row, at.get), 'i32'))
        const z = w.keep(v128.load(rows[1]!, BYTES))
        let best = f64x2.const(0)
        let code = f64x2.const(LEVEL)
        for (let k = 0; k < 8; k++) {
          const neighbour = v128.load(rows[1 + ROWS[k]!]!, (1 + COLS[k]!) * BYTES)
          const descent = w.keep(f64x2.mul(f64x2.sub(z, neighbour), f64x2.const(gains[k]!)))
          const steeper = w.keep(f64x2.gt(descent, best))
          best = w.keep(v128.pick(descent, best, steeper))
          code = w.keep(v128.pick(f64x2.const(k), code, steeper))
        }
        const known = v128.pick(f64x2.const(NO_DIRECTION), code, f64x2.ne(z, z))
        const bits = w.keep(f64x2.add(known, f64x2.const(WHOLE)))
        w.line(i32.store8(to.get, i32x4.extract(bits, 0)))
        w.line(i32.store8(to.get, i32x4.extract(bits, 2), 1))
        at.set(i32.add(at.get, i32.const(2 * BYTES)))
        to.set(i32.add(to.get, i32.const(2)))
      },
    )
    return []
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(codesAt + width + 1)
  const row = (place: number) => new Float64Array(memory.buffer, place * rowBytes, width + 3).fill(Number.NaN)
  const codes = new Uint8Array(memory.buffer, codesAt, width)
  return {
    rows: [row(0), row(1), row(2)],
    codes([north, own, south]) {
      functions['run']!(north.byteOffset, own.byteOffset, south.byteOffset, width * BYTES)
      return codes
    },
  }
}
