// The law of the fused pass: whatever the layers hold and whatever is calculated from them, the sums of a tile are bit for
// bit those that each kernel's own loops and keySums give, pixel by pixel.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ONE_UNIT } from '../../kernel/index.ts'
import { stripOf, VALID, type Band, type Strip } from '../band.ts'
import { crsFromEpsg } from '../crs/index.ts'
import { tilesOf, type Grid, type Window } from '../grid.ts'
import { kernelOf } from '../kernel/compile.ts'
import type { Op } from '../kernel/loops.ts'
import { programBuilder } from '../kernel/program.ts'
import { memoryBand } from '../memory-band.ts'
import { fitBand } from '../resample/fit-band.ts'
import { SAMPLE_ARRAYS, settleInto, type Settling, type StoredType } from '../stored-band.ts'
import { keySums } from '../sums/key-sums.ts'
import { fusedPass, type FusedGroup, type GroupSums } from './fused-pass.ts'
import { layerOf } from './layer.ts'
import { PAIR_OPS } from './pair-ops.ts'
import { treeRunner, type Tree, type TreeSource } from './tree.ts'

const KEYS = 5
const grid: Grid = { width: 263, height: 9, west: 0, north: 0, dx: 1, dy: 1, crs: crsFromEpsg(32650)! }
const PIXELS = grid.width * grid.height

/** A band of samples in the memory, readable as they are stored. */
function storedBand(type: StoredType, samples: readonly number[], settling: Settling): Band {
  const own = new SAMPLE_ARRAYS[type](samples)
  const each = ({ col, row, width, height }: Window, put: (to: number, from: number) => void): void => {
    for (let r = 0, to = 0; r < height; r++)
      for (let c = 0; c < width; c++, to++) put(to, (row + r) * grid.width + col + c)
  }
  return {
    grid,
    name: type,
    read: (window, into) => each(window, (to, from) => settleInto(into, to, own[from]!, settling)),
    stored: { type, settling, read: (window, into) => each(window, (to, from) => (into[to] = own[from]!)) },
  }
}

/** Values in patches some pixels wide and high, or all over the place. */
const filled = (values: readonly number[], patch = 0): readonly number[] =>
  Array.from(
    { length: PIXELS },
    (_, p) => values[(patch > 0 ? inPatches(p, patch) : p * 7 + (p >> 3)) % values.length]!,
  )
const inPatches = (p: number, patch: number): number =>
  Math.floor((p % grid.width) / patch) + 5 * Math.floor(Math.floor(p / grid.width) / Math.min(patch, 4))
const PATCHES = [0, 2, 5, 30]
const patches = fc.constantFrom(...PATCHES)

const SETTLINGS: readonly Settling[] = [
  { scale: 1, offset: 0, low: Infinity, high: -Infinity, nan: false },
  { scale: 1, offset: 0, low: 3, high: 3, nan: false },
  { scale: 0.01, offset: 2, low: 0, high: 4, nan: true },
]
const small = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 40 })
const wide = fc.array(
  fc.oneof(
    fc.float({ min: -40, max: 3000, noNaN: true }),
    fc.constantFrom(0, -0, 1, 3, 0.5, NaN, Infinity, Math.fround(1e38)),
  ),
  { minLength: 3, maxLength: 60 },
)
const stored = fc
  .tuple(
    fc.constantFrom(...(Object.keys(SAMPLE_ARRAYS) as StoredType[])),
    fc.constantFrom(...SETTLINGS),
    small,
    wide,
    patches,
  )
  .map(([type, settling, whole, float, patch]) =>
    storedBand(type, filled(type.startsWith('float') ? float : whole, patch), settling),
  )
const made = fc
  .tuple(small, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 50 }))
  .map(([values, states]) => memoryBand(grid, filled(values), filled(states)))
/** Coarser bands of one place against the grid, sampled on the way; some of their pixels have no number. */
const sampled = fc
  .record({
    step: fc.constantFrom(1, 1.5, 2, 3, 8, 33.3),
    west: fc.constantFrom(-7, -0.5, 0, 0.25, 20),
    north: fc.constantFrom(4, 0, -0.125, -3),
    columns: fc.constantFrom(7, 40, 300),
    values: wide,
    states: fc.array(fc.constantFrom(...[0, 0, 0, 0, 0, 0, 1, 2]), { minLength: 5, maxLength: 50 }),
    how: fc.constantFrom('nearest' as const, 'bilinear' as const),
    count: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ step, west, north, columns, values, states, how, count }) => {
    const own: Grid = { ...grid, width: columns, height: 20, west, north, dx: step, dy: step }
    const spread = <T>(of: readonly T[]): readonly T[] =>
      Array.from({ length: own.width * own.height }, (_, p) => of[(p * 7 + (p >> 3)) % of.length]!)
    return Array.from({ length: count }, (_, k) => {
      const numbers = spread(values).map((v) => (Number.isFinite(v) ? v + k : 0))
      return fitBand(
        memoryBand(own, numbers, spread([...states.slice(k), ...states.slice(0, k)])),
        grid,
        how,
        undefined,
      )
    })
  })
const alone = fc.oneof({ weight: 3, arbitrary: stored }, made).map((band) => [band])
const bands = fc
  .array(fc.oneof({ weight: 4, arbitrary: alone }, { weight: 2, arbitrary: sampled }), { minLength: 2, maxLength: 4 })
  .map((all): readonly Band[] => all.flat())

/** A program of some operations over its slots and a few constants. */
const SLOTS = 3
const program = fc
  .array(fc.tuple(fc.constantFrom(...(Object.keys(PAIR_OPS) as Op[])), fc.nat(), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 9,
  })
  .map((steps) => {
    const build = programBuilder()
    const slots = Array.from({ length: SLOTS }, (_, i) => `s${i}`)
    const refs = [...slots.map((s) => build.slot(s)), build.constant(2), build.constant(0.5), build.constant(-1)]
    for (const [op, a, b, c] of steps) {
      const operands = [a, b, c].map((n) => refs[refs.length - 1 - (n % Math.min(refs.length, 6))]!)
      refs.push(build.op(op, ...operands.slice(0, OPERANDS[op] ?? 2)))
    }
    return kernelOf(build.finish(refs.at(-1)!, slots), ONE_UNIT)
  })
const OPERANDS: Partial<Record<Op, number>> = { neg: 1, exp: 1, ln: 1, sqrt: 1, select: 3, clamp: 3 }

type Wish = { readonly kind: number; readonly n: number }
const wishes = fc.array(fc.record({ kind: fc.nat(4), n: fc.nat(9) }), { minLength: SLOTS, maxLength: SLOTS })
const numbers = Float64Array.from({ length: KEYS }, (_, k) => (k === 2 ? 0 : k + 0.25))

function treeOf(kernel: Tree['kernel'], own: readonly Wish[], all: readonly Band[], inner?: Tree): Tree {
  const source = ({ kind, n }: Wish): TreeSource => {
    const layer = n % all.length
    if (kind === 0) return { number: n - 3 }
    if (kind === 1) return { byKey: numbers }
    if (kind === 2 && inner) return { tree: inner }
    if (kind === 3 && all[layer]!.stored?.type === 'uint8')
      return { layer, table: new Map([0, 1, 2, 2.03, 4, 5].map((code) => [code, code * 1.5 - 2])) }
    return { layer }
  }
  return { kernel, sources: kernel.slots.map((name) => source(own[Number(name.slice(1))]!)) }
}

const emptySums = (): GroupSums => ({ sums: keySums(KEYS), negative: new Float64Array(KEYS) })
const seen = ({ sums, negative }: GroupSums) =>
  Array.from({ length: KEYS }, (_, k) => ({ ...sums.at(k), negative: negative[k] }))

/** The twin: each group by itself. */
function plainly(group: FusedGroup, all: readonly Band[], keyOf: Int32Array): GroupSums {
  const into = emptySums()
  const run = treeRunner(group.tree, 65536)
  for (const window of tilesOf(grid)) {
    const pixels = window.width * window.height
    const strips = all.map((b): Strip => {
      const strip = stripOf(65536)
      b.read(window, strip)
      return strip
    })
    const keys = keysOf(window, keyOf).map((key) => (key >= 0 && group.isMember[key]! ? key : -1))
    const out = run(keys, pixels, (l) => strips[l]!)
    into.sums.add(keys, out, pixels)
    for (let p = 0; p < pixels; p++)
      if (keys[p]! >= 0 && out.states[p] === VALID && out.values[p]! < 0) into.negative[keys[p]!]!++
  }
  return into
}

function keysOf({ col, row, width, height }: Window, keyOf: Int32Array): Int32Array {
  const keys = new Int32Array(width * height)
  for (let p = 0; p < keys.length; p++) keys[p] = keyOf[(row + Math.floor(p / width)) * grid.width + col + (p % width)]!
  return keys
}

const keysInPatches = (list: readonly number[], patch: number): Int32Array =>
  Int32Array.from({ length: PIXELS }, (_, p) => list[(patch > 0 ? inPatches(p, patch) : p >> 2) % list.length]!)

describe('a fused pass over tiles', () => {
  test('gives the sums, extremes, counts and reasons of the plain loops, bit by bit', () => {
    const keys = fc.array(fc.integer({ min: -1, max: KEYS - 1 }), { minLength: 2, maxLength: 30 })
    const kernels = fc.tuple(program, program, wishes, wishes)
    fc.assert(
      fc.property(
        bands,
        kernels,
        keys,
        fc.nat(31),
        patches,
        (all, [first, second, own, others], keyList, members, patch) => {
          const keyOf = keysInPatches(keyList, patch)
          const inner = treeOf(first, own, all)
          const groups: FusedGroup[] = [
            { tree: inner, isMember: Array.from({ length: KEYS }, () => true) },
            { tree: treeOf(second, others, all, inner), isMember: Array.from({ length: KEYS }, (_, k) => ((members >> k) & 1) === 1) }, // prettier-ignore
          ]
          const fused = fusedPass({ layers: all.map(layerOf), groups, keys: KEYS })
          const sums = groups.map(emptySums)
          const again = new Set<number>()
          for (const window of tilesOf(grid)) {
            fused.keys.set(keysOf(window, keyOf))
            for (const g of fused.run(window, sums)) again.add(g)
          }
          groups.forEach((g, i) => {
            const plain = plainly(g, all, keyOf)
            const isTooLarge = seen(plain).some((s) => Math.abs(s.sum) > 1e300 || (s.max ?? 0) > 1e300 || (s.min ?? 0) < -1e300) // prettier-ignore
            if (again.has(i)) expect(isTooLarge).toBe(true)
            else expect(seen(sums[i]!)).toEqual(seen(plain))
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  test('gives the outcomes of single pixels too, each of the group its key belongs to', () => {
    const keys = fc.array(fc.integer({ min: -1, max: KEYS - 1 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(
        bands,
        fc.tuple(program, program, wishes, wishes),
        keys,
        fc.nat(31),
        patches,
        (all, [first, second, own, others], keyList, members, patch) => {
          const keyOf = keysInPatches(keyList, patch)
          const isFirst = Array.from({ length: KEYS }, (_, k) => ((members >> k) & 1) === 1)
          const groups: FusedGroup[] = [
            { tree: treeOf(first, own, all), isMember: isFirst },
            { tree: treeOf(second, others, all), isMember: isFirst.map((is, k) => !is && k !== 3) },
          ]
          const fused = fusedPass({ layers: all.map(layerOf), groups, keys: KEYS, outcomes: true })
          for (const window of tilesOf(grid)) {
            const pixels = window.width * window.height
            const here = keysOf(window, keyOf)
            fused.keys.set(here)
            const got = [...fused.outcomes(window).subarray(0, pixels)]
            const strips = all.map((b): Strip => {
              const strip = stripOf(65536)
              b.read(window, strip)
              return strip
            })
            const plain = groups.map(({ tree }) => treeRunner(tree, 65536)(here, pixels, (l) => strips[l]!))
            const expected = Array.from(here, (key, p) => {
              const g = key < 0 ? -1 : groups.findIndex((group) => group.isMember[key])
              return g >= 0 && plain[g]!.states[p] === VALID ? plain[g]!.values[p]! : NaN
            })
            expect(got).toEqual(expected)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test('a pixel has no number where an input has none, though only the branch not taken names it', () => {
    const build = programBuilder()
    const [a, b] = [build.slot('s0'), build.slot('s1')]
    const kernel = kernelOf(build.finish(build.op('select', build.op('ge', a, build.constant(0)), a, b), ['s0', 's1']), ONE_UNIT) // prettier-ignore
    const all = [memoryBand(grid, filled([1, 2, 3])), memoryBand(grid, filled([4, 5]), filled([0, 1, 0, 2]))]
    const group = { tree: { kernel, sources: [{ layer: 0 }, { layer: 1 }] }, isMember: [true] }
    const fused = fusedPass({ layers: all.map(layerOf), groups: [group], keys: 1 })
    const sums = emptySums()
    for (const window of tilesOf(grid)) {
      fused.keys.fill(0)
      fused.run(window, [sums])
    }
    const plain = plainly(group, all, new Int32Array(PIXELS))
    expect(plain.sums.at(0)).toMatchObject({ nodata: 592, nan: 592 })
    expect(sums.sums.at(0)).toEqual(plain.sums.at(0))
  })

  test('looks through layers by their keyed pixels: smallest, largest, and whether one has no number', () => {
    fc.assert(
      fc.property(bands, fc.array(fc.boolean(), { minLength: 3, maxLength: 20 }), (all, isKeyed) => {
        const keyOf = Int32Array.from({ length: PIXELS }, (_, p) => (isKeyed[p % isKeyed.length] ? 0 : -1))
        const looks = all.map((_, i) => i)
        const fused = fusedPass({ layers: all.map(layerOf), groups: [], keys: 1, looks })
        for (const window of tilesOf(grid)) {
          const keys = keysOf(window, keyOf)
          fused.keys.set(keys)
          fused.run(window, [])
          all.forEach((band, i) => {
            const strip = stripOf(keys.length)
            band.read(window, strip)
            const own = [...keys.keys()].filter((p) => keys[p]! >= 0)
            const values = own.filter((p) => strip.states[p] === VALID).map((p) => strip.values[p]!)
            expect(fused.look(i)).toEqual({
              min: Math.min(...values),
              max: Math.max(...values),
              lost: values.length < own.length,
            })
          })
        }
      }),
      { numRuns: 40 },
    )
  })
})
