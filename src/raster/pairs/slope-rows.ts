// Slopes worked out row by row beside the arithmetic that wants them, two pixels at a time and straight from the heights as they
// are stored: of a tile, of the column of pixels to its left and right and of the row above and below it. Tiles are read once as long
// as they follow from west to east. Always holds: a pixel gets the bits that slopeRows gives it, and NaN where it has no height.

import { TILE, type Window } from '../grid.ts'
import type { SlopeSource } from '../slope-source.ts'
import { SAMPLE_ARRAYS, type Samples } from '../stored-band.ts'
import { call, f64, f64x2, i32, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'
import { loadPair, sampleBytes, type Layer } from './layer.ts'

const { add, sub, mul, div, sqrt, eq, ne } = f64x2
const num = f64x2.const

/** Where the things of one slope lie: addresses. */
export interface SlopePlaces {
  readonly of: SlopeSource
  /** Heights of a tile each: that in hand and those beside it, in whatever order. */
  readonly tiles: readonly [number, number, number]
  /** Heights of the rows above and below, from the column left of the tile on. */
  readonly above: number
  readonly below: number
  readonly record: number
  /** Rows of heights as doubles in turn, from the column left of the tile on. */
  readonly rows: number
  /** The slopes of the row in hand. */
  readonly row: number
}

/** Of the tile in hand: addresses of heights (0: none), pixels of a row, columns, rows, and the last row made into doubles. */
const RECORD = { own: 0, west: 4, westWidth: 8, east: 12, eastWidth: 16, above: 20, below: 24, width: 28, height: 32, made: 36, bytes: 40 } as const // prettier-ignore
/** A row of doubles: a pixel more at both ends, and what the last pair of an odd row reads beyond. */
const ROW_BYTES = (TILE + 4) * 8
/** Three are wanted at a time; of a power of two the turn is taken by a mask. */
const ROWS = 4

const layerOf = (of: SlopeSource): Pick<Layer, 'stored'> => ({ stored: of.heights })

/** @param place takes bytes of the memory */
export function placeSlope(of: SlopeSource, place: (bytes: number) => number): SlopePlaces {
  const size = sampleBytes(layerOf(of))
  const tile = (): number => place(TILE * TILE * size)
  const line = (): number => place((TILE + 2) * size)
  return {
    of,
    tiles: [tile(), tile(), tile()],
    above: line(),
    below: line(),
    record: place(RECORD.bytes),
    rows: place(ROWS * ROW_BYTES),
    row: place(TILE * 8),
  }
}

/** What is done before a tile is run: the heights it needs are put into the memory.
 *  @throws ProblemError where they cannot be read */
export function slopeTile(buffer: ArrayBuffer, at: SlopePlaces): (window: Window) => void {
  const { heights, grid } = at.of
  const Kind = SAMPLE_ARRAYS[heights.type]
  const samples = (address: number, count: number): Samples => new Kind(buffer, address, count)
  const tiles = at.tiles.map((address) => ({ address, held: '', samples: samples(address, TILE * TILE) }))
  const size = Kind.BYTES_PER_ELEMENT
  // From the column left of the tile, or from its own first one where there is none.
  const lines = { above: at.above, below: at.below }
  const lineOf = (address: number) => [samples(address, TILE + 2), samples(address + size, TILE + 1)] as const
  const [above, below] = [lineOf(lines.above), lineOf(lines.below)]
  const record = new Int32Array(buffer, at.record, RECORD.bytes / 4)
  const set = (field: number, value: number): void => void (record[field / 4] = value)
  const nameOf = ({ col, row, width, height }: Window): string => `${col} ${row} ${width} ${height}`

  /** The address of a window's heights, which stand there already or are read over those of none of `needed`. */
  const held = (window: Window, needed: readonly string[]): number => {
    const name = nameOf(window)
    const known = tiles.find((t) => t.held === name)
    if (known) return known.address
    const free = tiles.find((t) => !needed.includes(t.held))!
    free.held = ''
    heights.read(window, free.samples)
    free.held = name
    return free.address
  }
  return (window) => {
    const { col, row, width, height } = window
    // Beside a tile another one will be wanted whole; beside any other window a column is enough.
    const side = col % TILE === 0 && (width === TILE || col + width === grid.width) ? TILE : 1
    const end = col + width
    const west = col > 0 ? { ...window, col: Math.max(0, col - side), width: Math.min(side, col) } : undefined
    const east = end < grid.width ? { ...window, col: end, width: Math.min(side, grid.width - end) } : undefined
    const needed = [west, window, east].flatMap((w) => (w ? [nameOf(w)] : []))
    set(RECORD.west, west ? held(west, needed) : 0)
    set(RECORD.westWidth, west?.width ?? 0)
    set(RECORD.own, held(window, needed))
    set(RECORD.east, east ? held(east, needed) : 0)
    set(RECORD.eastWidth, east?.width ?? 0)
    const line = { col: west ? col - 1 : col, width: width + (west ? 1 : 0) + (east ? 1 : 0), height: 1 }
    const from = west ? 0 : 1
    const hasAbove = row > 0
    const hasBelow = row + height < grid.height
    if (hasAbove) heights.read({ ...line, row: row - 1 }, above[from])
    if (hasBelow) heights.read({ ...line, row: row + height }, below[from])
    set(RECORD.above, hasAbove ? at.above : 0)
    set(RECORD.below, hasBelow ? at.below : 0)
    set(RECORD.width, width)
    set(RECORD.height, height)
    set(RECORD.made, -2)
  }
}

/** Adds a function (row of the tile, its width in bytes of doubles) that fills the row of slopes. */
export function addSlopeRow(module: ModuleWriter, at: SlopePlaces): number {
  const { cell, cellY } = at.of
  const heights = module.add({ takes: ['i32'], gives: [] }, (w) => heightRow(w, at))
  const pair = { takes: ['i32', 'i32', 'i32', 'i32'], gives: [] } as const
  const careful = module.add(pair, (w) => {
    const [i, ...rows] = w.given as [Code, Code, Code, Code]
    const around = aroundOf(w, i, rows)
    const plain = plainly(w, around, at.of)
    const lost = w.keep(ne(plain.sum, plain.sum))
    const [nw, n, ne_, w_, z, e, sw, s, se] = around
    const east = gradient(w, [nw, n, ne_, w_, z, e, sw, s, se], cell)
    const down = gradient(w, [nw, w_, sw, n, z, s, ne_, e, se], cellY)
    const slope = slopeOf(w, v128.pick(east, plain.east, lost), v128.pick(down, plain.down, lost))
    return v128.store(i, v128.or(slope, ne(z, z)), at.row)
  })
  return module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const [row, bytes] = w.given as [Code, Code]
    const record = i32.const(at.record)
    const next = w.variable('i32', i32.add(i32.load(record, RECORD.made), i32.const(1)))
    const first = w.keep(i32.sub(row, i32.const(1)), 'i32')
    w.when(i32.lt(next.get, first), () => next.set(first))
    w.loopWhile(
      () => i32.lt(next.get, i32.add(row, i32.const(2))),
      () => {
        w.line(call(heights, next.get))
        next.set(i32.add(next.get, i32.const(1)))
      },
    )
    w.line(i32.store(record, i32.add(row, i32.const(1)), RECORD.made))
    const rows = [-1, 0, 1].map((k) => w.keep(rowAt(at, i32.add(row, i32.const(k))), 'i32')) as [Code, Code, Code]
    upTo(w, bytes, (i) => {
      const around = aroundOf(w, i, rows)
      const { east, down, sum } = plainly(w, around, at.of)
      const z = around[4]
      w.line(v128.store(i, v128.or(slopeOf(w, east, down), ne(z, z)), at.row))
      w.when(v128.anyTrue(ne(sum, sum)), () => w.line(call(careful, i, ...rows)))
    })
    return []
  })
}

/** Two columns at a time; the last may reach one beyond. */
function upTo(w: Writer, end: Code, lines: (i: Code) => void): void {
  const i = w.variable('i32', i32.const(0))
  w.loopWhile(
    () => i32.lt(i.get, end),
    () => {
      lines(i.get)
      i.set(i32.add(i.get, i32.const(16)))
    },
  )
}

/** The address of a row of doubles, the row counted from −1. */
const rowAt = (at: SlopePlaces, row: Code): Code =>
  i32.add(i32.mul(i32.and(row, i32.const(ROWS - 1)), i32.const(ROW_BYTES)), i32.const(at.rows))

/** Makes doubles of a row of heights, from −1 (above the tile) to the number of its rows (below it). */
function heightRow(w: Writer, at: SlopePlaces): Code {
  const layer = layerOf(at.of)
  const [row] = w.given as [Code]
  const size = sampleBytes(layer)
  const field = (name: keyof typeof RECORD): Code => i32.load(i32.const(at.record), RECORD[name])
  const width = w.keep(field('width'), 'i32')
  const bytes = (pixels: Code): Code => i32.mul(pixels, i32.const(size))
  const own = w.variable('i32', i32.add(field('own'), bytes(i32.mul(row, width))))
  const west = w.variable('i32', field('west'))
  w.when(west.get, () => {
    const last = i32.sub(i32.mul(i32.add(row, i32.const(1)), field('westWidth')), i32.const(1))
    west.set(i32.add(west.get, bytes(last)))
  })
  const east = w.variable('i32', field('east'))
  w.when(east.get, () => east.set(i32.add(east.get, bytes(i32.mul(row, field('eastWidth'))))))
  const along = (line: 'above' | 'below'): void => {
    const begin = w.keep(field(line), 'i32')
    const first = w.keep(i32.add(begin, i32.const(size)), 'i32')
    own.set(first)
    w.when(i32.eqz(begin), () => {
      for (const place of [own, west, east]) place.set(i32.const(0))
    })
    w.when(i32.and(i32.ne(begin, i32.const(0)), i32.ne(west.get, i32.const(0))), () => west.set(begin))
    w.when(i32.and(i32.ne(begin, i32.const(0)), i32.ne(east.get, i32.const(0))), () => {
      east.set(i32.add(first, bytes(width)))
    })
  }
  w.when(i32.lt(row, i32.const(0)), () => along('above'))
  w.when(i32.ge(row, field('height')), () => along('below'))
  const to = w.keep(rowAt(at, row), 'i32')
  const end = w.keep(i32.mul(width, i32.const(8)), 'i32')
  w.when(i32.eqz(own.get), () => upTo(w, end, (i) => w.line(v128.store(i32.add(to, i), num(NaN), 8))))
  w.when(own.get, () => {
    upTo(w, end, (i) => {
      w.line(v128.store(i32.add(to, i), loadPair(w, layer, { address: own.get, offset: 0 }), 8))
      own.set(i32.add(own.get, i32.const(2 * size)))
    })
  })
  // Last, since an odd row was filled one pixel too far.
  const single = (place: Code, from: Code): void => {
    w.line(f64.store(place, f64x2.extract(num(NaN), 0)))
    w.when(from, () => w.line(f64.store(place, f64x2.extract(loadPair(w, layer, { address: from, offset: 0 }), 0))))
  }
  single(to, west.get)
  single(w.keep(i32.add(i32.add(to, end), i32.const(8)), 'i32'), east.get)
  return []
}

/** A pixel and the eight around it, by rows from the north-west; of two pixels. */
type Around = readonly [Code, Code, Code, Code, Code, Code, Code, Code, Code]

const aroundOf = (w: Writer, i: Code, rows: readonly Code[]): Around =>
  rows.flatMap((row) => {
    const at = w.keep(i32.add(row, i), 'i32')
    return [w.keep(v128.load(at)), w.keep(v128.load(at, 8)), w.keep(v128.load(at, 16))]
  }) as unknown as Around

/** Where all eight have a height; the sum is NaN where one has none. */
function plainly(w: Writer, [nw, n, ne_, w_, , e, sw, s, se]: Around, { cell, cellY }: SlopeSource) {
  const east = w.keep(div(add(add(sub(ne_, nw), mul(num(2), sub(e, w_))), sub(se, sw)), num(8 * cell)))
  const down = w.keep(div(add(add(sub(sw, nw), mul(num(2), sub(s, n))), sub(se, ne_)), num(8 * cellY)))
  return { east, down, sum: w.keep(add(east, down)) }
}

const slopeOf = (w: Writer, east: Code, down: Code): Code => {
  const [x, y] = [w.keep(east), w.keep(down)]
  return mul(num(100), sqrt(add(mul(x, x), mul(y, y))))
}

/** Across three lines of low, middle and high, the middle one of double weight. */
function gradient(w: Writer, around: Around, step: number): Code {
  const has = around.map((x) => w.keep(eq(x, x)))
  const [centre, zero] = [around[4], num(0)]
  const sum = w.variable('v128', zero)
  const weights = w.variable('v128', zero)
  for (const [line, weight] of [
    [0, 1],
    [1, 2],
    [2, 1],
  ] as const) {
    // prettier-ignore
    const [low, middle, high] = around.slice(3 * line) as [Code, Code, Code]
    const [hasLow, hasMiddle, hasHigh] = has.slice(3 * line) as [Code, Code, Code]
    const both = w.keep(v128.and(hasLow, hasHigh))
    const some = w.keep(v128.or(hasLow, hasHigh))
    const inner = w.keep(v128.pick(middle, centre, hasMiddle))
    const stretch = w.keep(v128.pick(num(weight), num(weight * Math.SQRT2), hasMiddle))
    const one = mul(stretch, v128.pick(sub(inner, low), sub(high, inner), hasLow))
    const own = v128.pick(mul(num(weight), sub(high, low)), one, both)
    sum.set(add(sum.get, v128.and(own, some)))
    weights.set(add(weights.get, v128.and(v128.pick(num(2 * weight), num(weight), both), some)))
  }
  return v128.and(div(sum.get, mul(weights.get, num(step))), ne(weights.get, zero))
}
