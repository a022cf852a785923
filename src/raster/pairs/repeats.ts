// What need not be calculated for every pixel, because neighbours often have the very same to go on: values made of keys, codes
// and nearest pixels of coarser bands, and of nothing that differs from pixel to pixel. Chosen by the kinds of layers, before any
// pixel is read. Always holds: where the keys, codes and coarse pixels of two pixels are the same, so is every bit of such a value.

import type { Op } from '../kernel/loops.ts'
import type { Layer } from './layer.ts'
import { madeFrom, type Value } from './values.ts'

export interface Repeats {
  /** By outcome: what is calculated once for pixels that are alike. The outcome itself, parts of it, or nothing. */
  readonly parts: readonly (readonly Value[])[]
  /** Layers whose codes have to be the same. */
  readonly codes: readonly number[]
}

/** Nanoseconds a pixel, roughly: what is looked up, and what is calculated. */
const LOOKED_UP = 2
const DEAR: Partial<Record<Op, number>> = { pow: 25, exp: 10, ln: 12, div: 3, sqrt: 4 }
const CHEAP = 1
/** A part below this costs less than to be spread over those that are like it; all together below the other, less than to find them. */
const WORTH_SPREADING = 10
const WORTH_FINDING = 25

/** Undefined where nothing is gained. */
export function repeatsOf(outcomes: readonly Value[], layers: readonly Layer[]): Repeats | undefined {
  const repeating = repeatingAmong(layers)
  const parts = outcomes.map((outcome): readonly Value[] => {
    if (repeating(outcome)) return [outcome]
    const found = new Set<Value>()
    for (const v of reached([outcome], (x) => !repeating(x)))
      if (v.by === 'pixel' && !('layer' in v) && repeating(v) && costOf(v) >= WORTH_SPREADING) found.add(v)
    return [...found]
  })
  const all = parts.flat()
  const isCoarse = layers.some((l) => l.sampled?.places.how === 'nearest')
  if (!isCoarse && all.reduce((sum, v) => sum + costOf(v), 0) < WORTH_FINDING) return undefined
  const codes = new Set<number>()
  for (const v of reached(all)) if (v.by === 'code') codes.add(v.layer)
  return { parts, codes: [...codes] }
}

function repeatingAmong(layers: readonly Layer[]): (value: Value) => boolean {
  const known = new Map<Value, boolean>()
  const repeating = (value: Value): boolean => {
    if (value.by !== 'pixel') return true
    if ('layer' in value) return layers[value.layer]!.sampled?.places.how === 'nearest'
    const ready = known.get(value)
    if (ready !== undefined) return ready
    const does = madeFrom(value).every(repeating)
    known.set(value, does)
    return does
  }
  return repeating
}

/** Everything that some values are made from, they themselves included; what is made from one that does not pass is left out. */
function reached(from: readonly Value[], passes: (v: Value) => boolean = () => true): ReadonlySet<Value> {
  const met = new Set<Value>()
  const meet = (v: Value): void => {
    if (met.has(v)) return
    met.add(v)
    if (passes(v)) madeFrom(v).forEach(meet)
  }
  from.forEach(meet)
  return met
}

function costOf(value: Value): number {
  let cost = 0
  for (const v of reached([value])) {
    if (v.by !== 'pixel' || 'layer' in v) cost += v.by === 'nothing' ? 0 : LOOKED_UP
    else cost += 'op' in v ? (DEAR[v.op] ?? CHEAP) : CHEAP
  }
  return cost
}
