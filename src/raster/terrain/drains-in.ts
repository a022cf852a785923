// Which of its eight neighbours drain into a pixel, as the bits of a byte, sixteen pixels in a step, as WebAssembly. Channels drain
// into nobody here: a hillslope ends where the next channel begins.
// Always holds: bit k says that the neighbour in direction k is no channel and has its way to this pixel.

import { i32, i8x16, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { COLS, NO_DIRECTION, ROWS } from './surface.ts'

const LANES = 16
const bytes = (x: number): Code => {
  const word = x * 0x01010101
  return v128.const([word, word, word, word])
}

/** @param ways of the pixels, row by row; become the bits
 *  @param channel 1 on channels, else 0 */
export function drainsIn(ways: Uint8Array, channel: Uint8Array, width: number): void {
  // A pixel begins one vector into its row, so that a frame stands at both ends.
  const rowBytes = LANES * (2 + Math.ceil(width / LANES))
  const [channelAt, outAt] = [3 * rowBytes, 4 * rowBytes]
  const module = moduleWriter([])
  const upTo = { takes: ['i32', 'i32', 'i32', 'i32'], gives: [] } as const
  /** (row, –, –, its end): what lies on a channel becomes no way at all. */
  const close = module.add(upTo, (w) => {
    const [row, , , end] = w.given as [Code, Code, Code, Code]
    const at = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const to = w.keep(i32.add(row, at.get), 'i32')
        const isChannel = i8x16.eq(v128.load(at.get, channelAt), bytes(1))
        w.line(v128.store(to, v128.or(v128.load(to, LANES), isChannel), LANES))
        at.set(i32.add(at.get, i32.const(LANES)))
      },
    )
    return []
  })
  const meet = module.add(upTo, (w) => {
    const [north, own, south, end] = w.given as [Code, Code, Code, Code]
    const at = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const rows = [north, own, south].map((row) => w.keep(i32.add(row, at.get), 'i32'))
        let found = bytes(0)
        for (let k = 0; k < 8; k++) {
          const neighbour = v128.load(rows[1 + ROWS[k]!]!, LANES + COLS[k]!)
          found = w.keep(v128.or(found, v128.and(i8x16.eq(neighbour, bytes((k + 4) & 7)), bytes(1 << k))))
        }
        w.line(v128.store(at.get, found, outAt))
        at.set(i32.add(at.get, i32.const(LANES)))
      },
    )
    return []
  })
  module.exports('close', close)
  module.exports('meet', meet)
  const { memory, functions } = module.instantiate(outAt + rowBytes)
  const row = (place: number): Uint8Array => new Uint8Array(memory.buffer, place * rowBytes, rowBytes)
  let [north, own, south] = [row(0), row(1), row(2)].map((r) => r.fill(NO_DIRECTION)) as [Uint8Array, Uint8Array, Uint8Array] // prettier-ignore
  const [channels, found] = [row(3), new Uint8Array(memory.buffer, outAt, width)]
  const load = (into: Uint8Array, from: number): void => {
    if (from >= ways.length) {
      into.fill(NO_DIRECTION)
      return
    }
    into.set(ways.subarray(from, from + width), LANES)
    channels.set(channel.subarray(from, from + width))
    functions['close']!(into.byteOffset, 0, 0, width)
    into.fill(NO_DIRECTION, LANES + width)
  }
  load(south, 0)
  for (let from = 0; from < ways.length; from += width) {
    ;[north, own, south] = [own, south, north]
    load(south, from + width)
    functions['meet']!(north.byteOffset, own.byteOffset, south.byteOffset, width)
    ways.set(found, from)
  }
}
