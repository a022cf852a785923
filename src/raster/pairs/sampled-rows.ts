// Bands of coarser grids sampled row by row beside the arithmetic that wants them, so that no tile of them is ever spread out:
// the weights of a row are worked out once for all bands of one source, pixels that lie between the same four of the source
// follow in runs. Always holds: a pixel gets the bits that sample.ts gives it, and NaN where it has no number.

import { assert } from '../../kernel/index.ts'
import { stripOf, VALID, type Strip } from '../band.ts'
import { TILE, type Window } from '../grid.ts'
import type { AxisPlaces, SampledBand } from '../sampled-band.ts'
import { call, f64x2, i32, i64x2, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'

const { add, mul, div, eq } = f64x2
const num = f64x2.const

/** Bands of one source geometry, and where their things lie. */
export interface SampledPlaces {
  /** Addresses by column of the tile: weights to the left and right, all bits where the pixel lies in the right one. */
  readonly left: number
  readonly right: number
  readonly inRight: number
  /** By column of the row in hand: weights of the four, and their sum. */
  readonly four: readonly [number, number, number, number]
  readonly sum: number
  /** A record a row of the tile, and the list of runs with its end before it. */
  readonly rows: number
  readonly runs: number
  /** Pixels of the source a band has room for. */
  readonly room: number
  readonly bands: readonly {
    readonly band: SampledBand
    readonly cells: number
    readonly row: number
  }[]
}

/** Of a row: weights above and below, all bits where it lies in the lower one, and the offsets of both among the pixels of the source. */
const ROW = {
  above: 0,
  below: 8,
  inLower: 16,
  upper: 24,
  lower: 28,
  bytes: 32,
} as const
/** Of a run: its columns as offsets of doubles, and the offsets of the left and right pixels in their row. */
const RUN = { from: 0, to: 4, left: 8, right: 12, bytes: 16 } as const
const RUNS_BEGIN = 8

/** Lays out what bands of one geometry need. @param place takes bytes of the memory */
export function placeSampled(bands: readonly SampledBand[], place: (bytes: number) => number): SampledPlaces {
  const doubles = (): number => place(TILE * 8)
  const { columns, rows } = bands[0]!.places
  const room = widest(columns) * widest(rows)
  return {
    left: doubles(),
    right: doubles(),
    inRight: doubles(),
    four: [doubles(), doubles(), doubles(), doubles()],
    sum: doubles(),
    rows: place(TILE * ROW.bytes),
    runs: place(RUNS_BEGIN + TILE * RUN.bytes),
    room,
    bands: bands.map((band) => ({
      band,
      cells: place(room * 8),
      row: doubles(),
    })),
  }
}

/** Most pixels of the source that meet along a tile, wherever it begins. */
export function widest({ first, second }: AxisPlaces): number {
  let most = 1
  for (let i = 0; i < first.length; i++) {
    const from = first[i]!
    if (from < 0) continue
    for (let end = Math.min(first.length, i + TILE) - 1; end >= i; end--)
      if (second[end]! >= 0) {
        most = Math.max(most, second[end]! - from + 1)
        break
      }
  }
  return most
}

/** What is done before a tile is run: its places and the pixels of the source it needs are put into the memory. */
export function sampledTile(buffer: ArrayBuffer, at: SampledPlaces): (window: Window) => void {
  const doubles = (address: number, count: number): Float64Array => new Float64Array(buffer, address, count)
  const [left, right] = [doubles(at.left, TILE), doubles(at.right, TILE)]
  const inRight = new BigInt64Array(buffer, at.inRight, TILE)
  const rowDoubles = doubles(at.rows, (TILE * ROW.bytes) / 8)
  const rowBits = new BigInt64Array(buffer, at.rows, (TILE * ROW.bytes) / 8)
  const rowWords = new Int32Array(buffer, at.rows, (TILE * ROW.bytes) / 4)
  const runs = new Int32Array(buffer, at.runs, (RUNS_BEGIN + TILE * RUN.bytes) / 4)
  const cells = at.bands.map((b) => doubles(b.cells, at.room))
  const { columns, rows } = at.bands[0]!.band.places
  const strip = stripOf(at.room)
  return (window) => {
    const [x0, x1] = reach(columns, window.col, window.width)
    const [y0, y1] = reach(rows, window.row, window.height)
    const source = { col: x0, row: y0, width: x1 - x0, height: y1 - y0 }
    let end = RUNS_BEGIN / 4
    for (let c = 0; c < window.width; c++) {
      const i = window.col + c
      left[c] = columns.firstWeight[i]!
      right[c] = columns.secondWeight[i]!
      inRight[c] = columns.inSecond[i] === 1 ? -1n : 0n
      const [from, to] = [columns.first[i]!, columns.second[i]!]
      if (c === 0 || from !== columns.first[i - 1] || to !== columns.second[i - 1]) {
        runs[end] = c * 8
        runs[end + RUN.left / 4] = from < 0 ? -1 : (from - x0) * 8
        runs[end + RUN.right / 4] = (to - x0) * 8
        end += RUN.bytes / 4
      }
      runs[end - (RUN.bytes - RUN.to) / 4] = (c + 1) * 8
    }
    runs[0] = at.runs + end * 4
    for (let r = 0; r < window.height; r++) {
      const i = window.row + r
      rowDoubles[(r * ROW.bytes + ROW.above) / 8] = rows.firstWeight[i]!
      rowDoubles[(r * ROW.bytes + ROW.below) / 8] = rows.secondWeight[i]!
      rowBits[(r * ROW.bytes + ROW.inLower) / 8] = rows.inSecond[i] === 1 ? -1n : 0n
      const isOutside = rows.first[i]! < 0 || source.width === 0
      rowWords[(r * ROW.bytes + ROW.upper) / 4] = isOutside ? -1 : (rows.first[i]! - y0) * source.width * 8
      rowWords[(r * ROW.bytes + ROW.lower) / 4] = (rows.second[i]! - y0) * source.width * 8
    }
    if (source.width === 0 || source.height === 0) return
    assert(source.width * source.height <= at.room, 'a tile reaches no more of a source than it has room for')
    at.bands.forEach(({ band }, b) => {
      band.source.read(source, strip)
      numbersOf(strip, source, cells[b]!)
    })
  }
}

function numbersOf({ values, states }: Strip, { width, height }: Window, into: Float64Array): void {
  for (let p = 0; p < width * height; p++) into[p] = states[p] === VALID ? values[p]! : NaN
}

/** From the first pixel of the source to the one after the last; nothing where all lie outside. */
export function reach({ first, second }: AxisPlaces, from: number, count: number): readonly [number, number] {
  let [low, high] = [-1, -1]
  for (let i = from; i < from + count; i++) {
    if (first[i]! < 0) continue
    if (low < 0) low = first[i]!
    high = second[i]! + 1
  }
  return low < 0 ? [0, 0] : [low, high]
}

/** Bands of a geometry that are sampled side by side: weights and runs are read once for so many. */
const SIDE_BY_SIDE = 3

/** Adds a function (row of the tile, its width in bytes of doubles) that fills the rows of all bands of a geometry. */
export function addSampledRow(module: ModuleWriter, at: SampledPlaces): number {
  const batches = Array.from({ length: Math.ceil(at.bands.length / SIDE_BY_SIDE) }, (_, i) =>
    at.bands.slice(i * SIDE_BY_SIDE, (i + 1) * SIDE_BY_SIDE),
  )
  const known = new Map<number, number>()
  const rowsOf = (count: number): number => {
    const made = known.get(count) ?? module.add({ takes: [...Array.from({ length: 3 * count }, () => 'i32' as const), 'v128'], gives: [] }, (w) => bandRows(w, at, count)) // prettier-ignore
    known.set(count, made)
    return made
  }
  const calls = batches.map((bands) => ({ bands, rows: rowsOf(bands.length) }))
  return module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const [row, bytes] = w.given as [Code, Code]
    const record = w.keep(i32.add(i32.mul(row, i32.const(ROW.bytes)), i32.const(at.rows)), 'i32')
    weightRow(w, at, record, bytes)
    const upper = w.keep(i32.load(record, ROW.upper), 'i32')
    const lower = w.keep(i32.load(record, ROW.lower), 'i32')
    const inLower = w.keep(v128.loadSplat64(record, ROW.inLower))
    w.when(i32.lt(upper, i32.const(0)), () => {
      for (const b of at.bands) upTo(w, i32.const(0), bytes, (i) => w.line(v128.store(i, num(NaN), b.row)))
    })
    w.when(i32.ge(upper, i32.const(0)), () => {
      for (const { bands, rows } of calls) {
        const own = bands.flatMap((b) => [i32.add(upper, i32.const(b.cells)), i32.add(lower, i32.const(b.cells)), i32.const(b.row)]) // prettier-ignore
        w.line(call(rows, ...own, inLower))
      }
    })
    return []
  })
}

/** Two columns at a time; the last may reach one beyond. */
function upTo(w: Writer, from: Code, to: Code, lines: (i: Code) => void): void {
  const i = w.variable('i32', from)
  w.loopWhile(
    () => i32.lt(i.get, to),
    () => {
      lines(i.get)
      i.set(i32.add(i.get, i32.const(16)))
    },
  )
}

function weightRow(w: Writer, at: SampledPlaces, record: Code, bytes: Code): void {
  const above = w.keep(v128.loadSplat64(record, ROW.above))
  const below = w.keep(v128.loadSplat64(record, ROW.below))
  upTo(w, i32.const(0), bytes, (i) => {
    const left = w.keep(v128.load(i, at.left))
    const right = w.keep(v128.load(i, at.right))
    const four = [mul(above, left), mul(above, right), mul(below, left), mul(below, right)].map((x) => w.keep(x))
    four.forEach((x, n) => w.line(v128.store(i, x, at.four[n]!)))
    w.line(v128.store(i, sumOf(four), at.sum))
  })
}

/** Some bands of one row: (pixels of the source above and below, where the row goes) of each, then all bits where the row lies in
 *  the lower. */
function bandRows(w: Writer, at: SampledPlaces, count: number): Code {
  const bands = Array.from({ length: count }, (_, b) => w.given.slice(3 * b, 3 * b + 3) as [Code, Code, Code])
  const inLower = w.given[3 * count]!
  const run = w.variable('i32', i32.const(at.runs + RUNS_BEGIN))
  const end = w.keep(i32.load(i32.const(at.runs)), 'i32')
  w.loopWhile(
    () => i32.lt(run.get, end),
    () => {
      const [from, to] = [w.keep(i32.load(run.get, RUN.from), 'i32'), w.keep(i32.load(run.get, RUN.to), 'i32')]
      const [left, right] = [w.keep(i32.load(run.get, RUN.left), 'i32'), w.keep(i32.load(run.get, RUN.right), 'i32')]
      w.when(i32.lt(left, i32.const(0)), () => {
        upTo(w, from, to, (i) => bands.forEach(([, , into]) => w.line(v128.store(i32.add(i, into), num(NaN)))))
      })
      w.when(i32.ge(left, i32.const(0)), () => {
        const met = bands.map(([above, below, into]) => {
          const four = [i32.add(above, left), i32.add(above, right), i32.add(below, left), i32.add(below, right)].map(
            (address) => w.keep(v128.loadSplat64(address)),
          )
          return { into, four, has: four.map((x) => w.keep(eq(x, x))) }
        })
        const all = w.keep(i64x2.allTrue(met.flatMap((m) => m.has).reduce((a, b) => v128.and(a, b))), 'i32')
        w.when(all, () => {
          upTo(w, from, to, (i) => {
            const weights = at.four.map((f) => w.keep(v128.load(i, f)))
            const sum = w.keep(v128.load(i, at.sum))
            for (const { into, four } of met) w.line(v128.store(i32.add(i, into), mean(four, weights, sum)))
          })
        })
        w.when(i32.eqz(all), () => {
          for (const own of met) withHoles(w, at, { from, to, inLower }, own)
        })
      })
      run.set(i32.add(run.get, i32.const(RUN.bytes)))
    },
  )
  return []
}

/** Pixels without a number drop out; a pixel whose own has none has none either. Where all four have one, this is their mean. */
function withHoles(
  w: Writer,
  at: SampledPlaces,
  { from, to, inLower }: Readonly<Record<'from' | 'to' | 'inLower', Code>>,
  {
    into,
    four,
    has,
  }: {
    readonly into: Code
    readonly four: readonly Code[]
    readonly has: readonly Code[]
  },
): void {
  const numbers = four.map((x, n) => w.keep(v128.and(x, has[n]!)))
  const ownLeft = w.keep(v128.pick(has[2]!, has[0]!, inLower))
  const ownRight = w.keep(v128.pick(has[3]!, has[1]!, inLower))
  upTo(w, from, to, (i) => {
    const weights = at.four.map((f, n) => w.keep(v128.and(v128.load(i, f), has[n]!)))
    const made = mean(numbers, weights, sumOf(weights))
    const own = v128.pick(ownRight, ownLeft, v128.load(i, at.inRight))
    w.line(v128.store(i32.add(i, into), v128.or(made, v128.not(own))))
  })
}

const sumOf = (all: readonly Code[]): Code => all.reduce((sum, x) => add(sum, x))

/** Beginning with +0, as who adds them one by one does. */
const mean = (numbers: readonly Code[], weights: readonly Code[], sum: Code): Code =>
  div(
    numbers.reduce((all, x, n) => add(all, mul(weights[n]!, x)), num(0)),
    sum,
  )

/** Bands of one geometry together. */
export function byGeometry(bands: readonly SampledBand[]): readonly (readonly SampledBand[])[] {
  const found = new Map<string, SampledBand[]>()
  for (const b of bands) {
    const own = found.get(b.places.name)
    if (own) own.push(b)
    else found.set(b.places.name, [b])
  }
  return [...found.values()]
}
