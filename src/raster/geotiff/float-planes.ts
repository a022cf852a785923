// Byte planes of 32-bit floats (predictor 3), sixteen bytes at a time in a small WebAssembly module.
// Always holds: the bytes are those of the plain loops in predictor.ts, which take whatever the module does not (other sizes,
// several bands, rows that are no multiple of sixteen pixels).

import { i32, i8x16, lowerHalves, upperHalves, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { moduleWriter } from '../wasm/module.ts'
import { takeFloatPlanes, undoFloatPlanes, type Rows } from './predictor.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Leaves samples with their least significant byte first. */
export const undoPlanes = (bytes: Bytes, rows: Rows): void => {
  if (isSimple(rows)) through('undo', bytes, rows.perRow)
  else undoFloatPlanes(bytes, rows)
}

/** Takes samples with their least significant byte first. */
export const takePlanes = (bytes: Bytes, rows: Rows): void => {
  if (isSimple(rows)) through('take', bytes, rows.perRow)
  else takeFloatPlanes(bytes, rows)
}

/** Bytes of a call; what comes out stands behind what goes in. */
const ROOM = 256 * 1024
const isSimple = ({ perRow, stride, size }: Rows): boolean =>
  size === 4 && stride === 1 && perRow % 16 === 0 && perRow * 4 <= ROOM

let made: ReturnType<typeof make> | undefined

function through(way: 'take' | 'undo', bytes: Bytes, perRow: number): void {
  made ??= make()
  const rowBytes = perRow * 4
  const most = Math.floor(ROOM / rowBytes) * rowBytes
  const end = bytes.length - (bytes.length % rowBytes)
  for (let at = 0; at < end; at += most) {
    const count = Math.min(most, end - at)
    made.given.set(bytes.subarray(at, at + count))
    made.functions[way]!(perRow, count)
    bytes.set(made.out.subarray(0, count), at)
  }
}

function make() {
  const module = moduleWriter([])
  for (const [name, row] of Object.entries({ undo: undoRow, take: takeRow }))
    module.exports(
      name,
      module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
        const [perRow, end] = w.given as [Code, Code]
        const rowBytes = w.keep(i32.shl(perRow, i32.const(2)), 'i32')
        each(w, i32.const(0), end, rowBytes, (first) => row(w, first, perRow, rowBytes))
        return []
      }),
    )
  const { memory, functions } = module.instantiate(2 * ROOM)
  return { functions, given: new Uint8Array(memory.buffer, 0, ROOM), out: new Uint8Array(memory.buffer, ROOM, ROOM) }
}

/** Lines for every address from `first` until `end`. */
function each(w: Writer, first: Code, end: Code, step: Code, lines: (at: Code) => void): void {
  const at = w.variable('i32', first)
  w.loopWhile(
    () => i32.lt(at.get, end),
    () => {
      lines(at.get)
      at.set(i32.add(at.get, step))
    },
  )
}

const NOTHING = v128.const([0, 0, 0, 0])
const places = (of: (place: number) => number): readonly number[] => Array.from({ length: 16 }, (_, k) => of(k))
const LAST = places(() => 15)
/** Every byte in the place of the one after it, the last byte of the vector before in front. */
const ONE_ON = places((k) => 15 + k)
const movedBy = (n: number): readonly number[] => places((k) => (k < n ? 0 : 16 + k - n))

function undoRow(w: Writer, first: Code, perRow: Code, rowBytes: Code): void {
  const carry = w.variable('v128', NOTHING)
  const end = w.keep(i32.add(first, rowBytes), 'i32')
  each(w, first, end, i32.const(16), (at) => {
    let sums = w.keep(v128.load(at))
    for (const n of [1, 2, 4, 8]) sums = w.keep(i8x16.add(sums, i8x16.shuffle(NOTHING, sums, movedBy(n))))
    sums = w.keep(i8x16.add(sums, carry.get))
    w.line(v128.store(at, sums))
    carry.set(i8x16.shuffle(sums, sums, LAST))
  })
  eachSixteen(w, first, perRow, (planes, words) => {
    const [a, b, c, d] = planes.map((plane) => w.keep(v128.load(plane))) as [Code, Code, Code, Code]
    // Bytes, then pairs of bytes of two planes in turn.
    const inTurn = (x: Code, y: Code, half: number): Code =>
      w.keep(i8x16.shuffle(x, y, places((k) => half + (k >> 1) + (k % 2) * 16))) // prettier-ignore
    const pairs = (x: Code, y: Code, half: number): Code =>
      i8x16.shuffle(x, y, places((k) => half + 2 * (k >> 2) + (k % 2) + ((k >> 1) % 2) * 16)) // prettier-ignore
    for (const half of [0, 8]) {
      const [low, high] = [inTurn(d, c, half), inTurn(b, a, half)]
      w.line(v128.store(words, pairs(low, high, 0), ROOM + 4 * half))
      w.line(v128.store(words, pairs(low, high, 8), ROOM + 4 * half + 16))
    }
  })
}

function takeRow(w: Writer, first: Code, perRow: Code, rowBytes: Code): void {
  eachSixteen(w, first, perRow, (planes, words) => {
    // The four lowest bytes, the four above them, and so on.
    const [p, q, r, s] = [0, 16, 32, 48].map((o) => {
      const own = w.keep(v128.load(words, o))
      return w.keep(i8x16.shuffle(own, own, places((k) => 4 * (k % 4) + (k >> 2)))) // prettier-ignore
    }) as [Code, Code, Code, Code]
    const inTurn = (x: Code, y: Code, half: number): Code =>
      w.keep(i8x16.shuffle(x, y, places((k) => half + 4 * (k >> 3) + (k % 4) + ((k >> 2) % 2) * 16))) // prettier-ignore
    const [lowP, lowR] = [inTurn(p, q, 0), inTurn(r, s, 0)]
    const [highP, highR] = [inTurn(p, q, 8), inTurn(r, s, 8)]
    const own = [upperHalves(highP, highR), lowerHalves(highP, highR), upperHalves(lowP, lowR), lowerHalves(lowP, lowR)]
    planes.forEach((plane, i) => w.line(v128.store(plane, own[i]!, ROOM)))
  })
  const before = w.variable('v128', NOTHING)
  const end = w.keep(i32.add(first, rowBytes), 'i32')
  each(w, first, end, i32.const(16), (at) => {
    const own = w.keep(v128.load(at, ROOM))
    w.line(v128.store(at, i8x16.sub(own, i8x16.shuffle(before.get, own, ONE_ON)), ROOM))
    before.set(own)
  })
}

/** Sixteen pixels at a time: where their bytes stand in each plane, the highest first, and where their words stand. */
function eachSixteen(
  w: Writer,
  first: Code,
  perRow: Code,
  lines: (planes: readonly Code[], words: Code) => void,
): void {
  const words = w.variable('i32', first)
  const end = w.keep(i32.add(first, perRow), 'i32')
  each(w, first, end, i32.const(16), (at) => {
    const planes = [at]
    for (let plane = 1; plane < 4; plane++) planes.push(w.keep(i32.add(planes.at(-1)!, perRow), 'i32'))
    lines(planes, words.get)
    words.set(i32.add(words.get, i32.const(64)))
  })
}
