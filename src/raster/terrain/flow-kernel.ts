// A kernel over the rows of a terrain, its pixels in three parts: where water begins, and where few or many pixels drain through.
// What rests on that number alone is known in the first part, looked up in the second and calculated in the third, which also
// takes the pixels the others leave open. Always holds: a pixel gets the bits the kernel gives it.

import type { Kernel } from '../kernel/model.ts'
import { pairKernel } from '../pairs/pair-kernel.ts'
import { flowPairs, PLACE, type FlowPairs, type FlowSource } from './flow-pairs.ts'

/** What feeds a slot: one number, a strip along the row, or how many pixels drain through each. */
export type RowSource = number | 'strip' | 'drained'

export interface FlowKernel {
  /** By slot: a strip to be filled before `run`, for pixel after pixel of the row. */
  readonly strips: readonly (Float64Array | undefined)[]
  /** Calculates the pixels of a row through which any drain: `pixels` of them from `from` on. Others are left as they are.
   *  @returns whether each has a value */
  run(drained: Uint32Array, from: number, pixels: number, into: Float64Array): boolean
}

/** Up to so many drained pixels are looked up: nearly all that are no channel. */
const FEW = 1023

export function flowKernel(kernel: Kernel, sources: readonly RowSource[], width: number): FlowKernel {
  const feeding = (drained: FlowSource): readonly FlowSource[] => sources.map((s) => (s === 'drained' ? drained : s))
  const begin = flowPairs(kernel, feeding(1), { first: 1, last: 1 }, width)
  const few = flowPairs(kernel, feeding('drained'), { first: 2, last: FEW }, width)
  const all = pairKernel(
    kernel,
    sources.map((source) => (typeof source === 'number' ? source : undefined)),
    width,
  )
  const strips = sources.map((source) => (source === 'strip' ? new Float64Array(width) : undefined))
  const list = () => ({ places: new Uint32Array(width), end: 0 })
  const [atBegin, atFew, atAll] = [list(), list(), list()]

  const gather = (to: readonly (Float64Array | undefined)[], { places, end }: ReturnType<typeof list>): void => {
    for (let s = 0; s < strips.length; s++) {
      const [own, side] = [strips[s], to[s]]
      if (own && side) for (let p = 0; p < end; p++) side[p] = own[places[p]!]!
    }
  }
  const pairs = (by: FlowPairs, at: ReturnType<typeof list>, into: Float64Array): void => {
    if (at.end === 0) return
    gather(by.strips, at)
    const made = by.run(at.end)
    const { places } = at
    for (let p = 0; p < at.end; p++) {
      const value = made[p]!
      if (Number.isNaN(value)) atAll.places[atAll.end++] = places[p]!
      else into[places[p]!] = value
    }
  }
  return {
    strips,
    run(drained, from, pixels, into) {
      let [begins, fews, alls] = [0, 0, 0]
      const offsets = few.drained
      for (let i = 0; i < pixels; i++) {
        const n = drained[from + i]!
        if (n === 1) atBegin.places[begins++] = i
        else if (n > FEW) atAll.places[alls++] = i
        else if (n > 0) {
          offsets[2 * fews] = (n - 2) * PLACE
          atFew.places[fews++] = i
        }
      }
      atBegin.end = begins
      atFew.end = fews
      atAll.end = alls
      pairs(begin, atBegin, into)
      pairs(few, atFew, into)
      gather(all.strips, atAll)
      const side = all.strips[sources.indexOf('drained')]
      if (side) for (let p = 0; p < atAll.end; p++) side[p] = drained[from + atAll.places[p]!]!
      const made = all.run(atAll.end)
      let isWhole = true
      for (let p = 0; p < atAll.end; p++) {
        if (Number.isNaN(made[p]!)) isWhole = false
        into[atAll.places[p]!] = made[p]!
      }
      return isWhole
    },
  }
}
