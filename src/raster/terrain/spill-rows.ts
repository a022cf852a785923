// Where the basins of a row meet others of the row and of the row below, as WebAssembly: four pixels at a time are passed over where all
// around is of one basin. Edges met lately stand in a table, since the same two basins meet all along a ridge; one pushed out of it
// is written, and stands there again when it is met again.
// Always holds: an edge may be written more than once, never too high in all its places.

import { call, f64, i32, i32x4, v128, type Code } from '../wasm/code.ts'
import { moduleWriter } from '../wasm/module.ts'
import { grown } from './grown.ts'
import type { HeightMap } from './surface.ts'

export interface Edges {
  readonly count: number
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** The lowest crossing, m. */
  readonly height: Float64Array
}

const TABLE_BITS = 15
const EDGE_BYTES = 16
const LANES = 4
const WORD = 4

export interface SpillRows {
  /** Takes the next row: its basins and heights. */
  take(basins: Uint32Array, heights: HeightMap['values']): void
  /** All edges, when every row is taken. */
  edges(): Edges
}

export function spillRows(width: number): SpillRows {
  // Pixels begin one vector into their row, and a vector of nothing ends it.
  const places = LANES * (2 + Math.ceil(width / LANES))
  const rowAt = (place: number): number => place * places * WORD
  const heightAt = (place: number): number => rowAt(2) + place * places * 8
  const tableAt = heightAt(2)
  const writtenAt = tableAt + (EDGE_BYTES << TABLE_BITS)
  const module = moduleWriter([])

  const meet = module.add({ takes: ['i32', 'i32', 'f64', 'i32'], gives: ['i32'] }, (w) => {
    const [a, b, crossing, written] = w.given as [Code, Code, Code, Code]
    const isLow = w.keep(i32.ltUnsigned(a, b), 'i32')
    const low = w.keep(i32.select(a, b, isLow), 'i32')
    const high = w.keep(i32.select(b, a, isLow), 'i32')
    const mixed = i32.xor(i32.mul(low, i32.const(0x9e3779b1)), i32.mul(high, i32.const(0x85ebca6b)))
    const place = i32.shl(i32.shrUnsigned(mixed, i32.const(32 - TABLE_BITS)), i32.const(4))
    const at = w.keep(place, 'i32')
    const known = w.keep(i32.load(at, tableAt), 'i32')
    const end = w.variable('i32', written)
    const isKnown = w.keep(i32.and(i32.eq(known, low), i32.eq(i32.load(at, tableAt + WORD), high)), 'i32')
    w.when(isKnown, () => {
      w.when(f64.lt(crossing, f64.load(at, tableAt + 8)), () => w.line(f64.store(at, crossing, tableAt + 8)))
    })
    w.when(i32.eqz(isKnown), () => {
      w.when(known, () => {
        w.line(v128.store(end.get, v128.load(at, tableAt)))
        end.set(i32.add(end.get, i32.const(EDGE_BYTES)))
      })
      w.line(i32.store(at, low, tableAt))
      w.line(i32.store(at, high, tableAt + WORD))
      w.line(f64.store(at, crossing, tableAt + 8))
    })
    return end.get
  })

  // Addresses of the basins of the row and of the row below, and of their heights; how many bytes of basins; gives the end of what is written.
  const run = module.add({ takes: ['i32', 'i32', 'i32', 'i32', 'i32'], gives: ['i32'] }, (w) => {
    const [row, below, height, heightBelow, end] = w.given as [Code, Code, Code, Code, Code]
    const written = w.variable('i32', i32.const(writtenAt))
    const at = w.variable('i32', i32.const(0))
    const first = LANES * WORD
    /** East, south-west, south, south-east: each pair once. */
    const around = (own: Code, lower: Code) =>
      [
        [own, 1],
        [lower, -1],
        [lower, 0],
        [lower, 1],
      ] as const
    w.loopWhile(
      () => i32.lt(at.get, end),
      () => {
        const own = w.keep(i32.add(row, at.get), 'i32')
        const lower = w.keep(i32.add(below, at.get), 'i32')
        const basins = w.keep(v128.load(own, first))
        const same = around(own, lower).map(([from, col]) => i32x4.eq(basins, v128.load(from, first + col * WORD))) as [
          Code,
          Code,
          Code,
          Code,
        ]
        const all = v128.and(v128.and(same[0], same[1]), v128.and(same[2], same[3]))
        w.when(i32.eqz(i32x4.allTrue(v128.or(all, i32x4.eq(basins, v128.const([0, 0, 0, 0]))))), () => {
          const pixel = w.variable('i32', at.get)
          const last = w.keep(i32.add(at.get, i32.const(LANES * WORD)), 'i32')
          w.repeat(
            () => {
              const [p, q] = [w.keep(i32.add(row, pixel.get), 'i32'), w.keep(i32.add(below, pixel.get), 'i32')]
              const basin = w.keep(i32.load(p, first), 'i32')
              w.when(basin, () => {
                const twice = w.keep(i32.shl(pixel.get, i32.const(1)), 'i32')
                const [z, zLower] = [i32.add(height, twice), i32.add(heightBelow, twice)]
                const other = w.variable('i32')
                for (const [k, [from, col]] of around(p, q).entries()) {
                  other.set(i32.load(from, first + col * WORD))
                  w.when(i32.and(i32.ne(other.get, basin), i32.ne(other.get, i32.const(0))), () => {
                    const there = f64.load(k === 0 ? z : zLower, 2 * (first + col * WORD))
                    written.set(call(meet, basin, other.get, f64.max(f64.load(z, 2 * first), there), written.get))
                  })
                }
              })
              pixel.set(i32.add(pixel.get, i32.const(WORD)))
            },
            () => i32.lt(pixel.get, last),
          )
        })
        at.set(i32.add(at.get, i32.const(LANES * WORD)))
      },
    )
    return written.get
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(writtenAt + 4 * width * EDGE_BYTES)
  let basins = [0, 1].map((place) => new Uint32Array(memory.buffer, rowAt(place), places)) as [Uint32Array, Uint32Array]
  let heights = [0, 1].map((place) => new Float64Array(memory.buffer, heightAt(place), places)) as [
    Float64Array,
    Float64Array,
  ]
  let from = new Uint32Array(1 << TABLE_BITS)
  let to = new Uint32Array(1 << TABLE_BITS)
  let height = new Float64Array(1 << TABLE_BITS)
  let count = 0
  const keep = (begin: number, end: number): void => {
    const words = new Uint32Array(memory.buffer, begin, (end - begin) / WORD)
    const doubles = new Float64Array(memory.buffer, begin, (end - begin) / 8)
    for (let word = 0; word < words.length; word += 4) {
      if (words[word] === 0) continue
      if (count === from.length) {
        from = grown(from)
        to = grown(to)
        height = grown(height)
      }
      from[count] = words[word]!
      to[count] = words[word + 1]!
      height[count++] = doubles[word / 2 + 1]!
    }
  }
  let taken = 0
  return {
    take(ownBasins, ownHeights) {
      basins = [basins[1], basins[0]]
      heights = [heights[1], heights[0]]
      basins[1].set(ownBasins, LANES)
      heights[1].set(ownHeights, LANES)
      if (taken++ === 0) return
      const [row, below] = basins
      const [own, lower] = heights
      keep(
        writtenAt,
        functions['run']!(row.byteOffset, below.byteOffset, own.byteOffset, lower.byteOffset, WORD * width),
      )
    },
    edges() {
      keep(tableAt, writtenAt)
      return { count, from, to, height }
    },
  }
}
