// From the sums above a pixel and the way below it to connectivity and delivery, two pixels in a step, as WebAssembly.
// Always holds: a pixel gets the bits of `plainDelivery`, or the run says that somewhere it is not certain of them.

import { log10, exp } from '../maths/index.ts'
import { LOG10E_HEAD, LOG10E_TAIL } from '../maths/ln.ts'
import { SPLITTER } from '../maths/words.ts'
import { doubtOf, expPair, lnParts, SCRATCH_AT, TABLE_BYTES, writeTables } from '../pairs/pair-maths.ts'
import { f64x2, i32, lowerHalves, upperHalves, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import { moduleWriter } from '../wasm/module.ts'
import type { SedimentSettings } from './sediment.ts'

export type DeliverySettings = Pick<SedimentSettings, 'k' | 'ic0' | 'sdrMax'> & {
  /** Width and height of a pixel, m. */
  readonly cell: number
  readonly cellY: number
}

export interface DeliveryPairs {
  /** Pixels that drain through each, and over them the sums of weight and steepness, side by side. */
  readonly count: Float64Array
  readonly sums: Float64Array
  /** The way down to the channel; 0 on it. */
  readonly down: Float64Array
  readonly connectivity: Float64Array
  /** 1 on a channel. */
  readonly delivery: Float64Array
  /** Fills connectivity (without meaning on a channel) and delivery of the first pixels. */
  run(pixels: number): void
}

const { add, sub, mul, div } = f64x2
const num = f64x2.const
const STEP = 4

export function deliveryPairs(settings: DeliverySettings, most: number): DeliveryPairs {
  const { k, ic0, sdrMax, cell, cellY } = settings
  const room = Math.ceil(most / STEP) * STEP * 8
  const module = moduleWriter([], SCRATCH_AT)
  const from = Math.ceil(TABLE_BYTES / 16) * 16
  const [downAt, indexAt, shareAt, sumsAt, countAt] = [0, 1, 2, 3, 5].map((n) => from + n * room) as [number, number, number, number, number] // prettier-ignore
  const pair = (w: Writer, i: Code, p: number): { readonly lines: () => void; readonly doubted: Code } => {
    const edge = doubtOf(w)
    const sums = w.keep(i32.add(i, i), 'i32')
    const [one, other] = [0, 16].map((offset) => w.keep(v128.load(sums, sumsAt + 32 * p + offset))) as [Code, Code]
    const n = w.keep(v128.load(i, countAt + 16 * p))
    const down = w.keep(v128.load(i, downAt + 16 * p))
    const isChannel = w.keep(f64x2.eq(down, num(0)))
    const means = mul(div(lowerHalves(one, other), n), div(upperHalves(one, other), n))
    const reach = mul(means, f64x2.sqrt(mul(mul(n, num(cell)), num(cellY))))
    const x = w.finish(v128.pick(num(1), div(reach, down), isChannel))
    edge.doubt(v128.not(v128.and(f64x2.ge(x, num(2.2250738585072014e-308)), f64x2.lt(x, num(Infinity)))))
    const index = w.finish(log10Pair(w, x))
    const far = sub(num(ic0), index)
    // A power of two divides as its inverse multiplies.
    const grown = expPair(w, edge, w.keep(isPowerOfTwo(k) ? mul(far, num(1 / k)) : div(far, num(k))))
    const share = w.keep(div(num(sdrMax), add(num(1), grown)))
    const lines = (): void => {
      w.line(v128.store(i, index, indexAt + 16 * p))
      w.line(v128.store(i, v128.pick(num(1), share, isChannel), shareAt + 16 * p))
    }
    return { lines, doubted: w.keep(v128.andNot(edge.get, isChannel)) }
  }
  const run = module.add({ takes: ['i32'], gives: ['i32'] }, (w) => {
    const i = w.variable('i32', i32.const(0))
    const lost = w.variable('v128', num(0))
    w.loopWhile(
      () => i32.lt(i.get, w.given[0]!),
      () => {
        const pairs = w.together([0, 1].map((p) => () => pair(w, i.get, p)))
        for (const { lines, doubted } of pairs) {
          lines()
          lost.set(v128.or(lost.get, doubted))
        }
        i.set(i32.add(i.get, i32.const(STEP * 8)))
      },
    )
    return v128.anyTrue(lost.get)
  })
  module.exports('run', run)
  const { memory, functions } = module.instantiate(countAt + room)
  writeTables(memory.buffer)
  const doubles = (at: number, count: number): Float64Array => new Float64Array(memory.buffer, at, count)
  const own = {
    count: doubles(countAt, room / 8),
    sums: doubles(sumsAt, room / 4),
    down: doubles(downAt, room / 8),
    connectivity: doubles(indexAt, room / 8),
    delivery: doubles(shareAt, room / 8),
  }
  return {
    ...own,
    run(pixels) {
      // The last step takes what lies beyond for channels.
      own.down.fill(0, pixels, Math.ceil(pixels / STEP) * STEP)
      if (functions['run']!(pixels * 8) === 1) plainDelivery(own, settings, pixels)
    },
  }
}

/** The same pixel by pixel. */
export function plainDelivery(
  { count, sums, down, connectivity, delivery }: Omit<DeliveryPairs, 'run'>,
  { k, ic0, sdrMax, cell, cellY }: DeliverySettings,
  pixels: number,
): void {
  for (let p = 0; p < pixels; p++) {
    const n = count[p]!
    const reach = (sums[2 * p]! / n) * (sums[2 * p + 1]! / n) * Math.sqrt(n * cell * cellY)
    const index = log10(reach / down[p]!)
    connectivity[p] = index
    delivery[p] = down[p] === 0 ? 1 : sdrMax / (1 + exp((ic0 - index) / k))
  }
}

const isPowerOfTwo = (x: number): boolean =>
  x >= 1e-18 && x <= 1e18 && (new BigUint64Array(Float64Array.of(x).buffer)[0]! & 0xfffffffffffffn) === 0n

/** log10 of maths/ln.ts for normal positive x. */
function log10Pair(w: Writer, x: Code): Code {
  const { head, tail } = lnParts(w, x)
  const product = w.keep(mul(head, num(LOG10E_HEAD)))
  const a = w.keep(mul(head, num(SPLITTER)))
  const aHead = w.keep(sub(a, sub(a, head)))
  const aTail = w.keep(sub(head, aHead))
  const b = LOG10E_HEAD * SPLITTER
  const bHead = b - (b - LOG10E_HEAD)
  const bTail = num(LOG10E_HEAD - bHead)
  const high = add(sub(mul(aHead, num(bHead)), product), mul(aHead, bTail))
  const rest = w.keep(add(add(high, mul(aTail, num(bHead))), mul(aTail, bTail)))
  return add(product, add(add(rest, mul(head, num(LOG10E_TAIL))), mul(tail, num(LOG10E_HEAD))))
}
