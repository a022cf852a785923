// The code of a fused pass over one tile, row by row: look through the layers, calculate each group, add up by key.
// Always holds: values of a key are added in row-major order within the tile, as keySums does; a row without a key costs a
// look at its keys and nothing else.

import { call, f64, f64x2, i32, i32x4, i64x2, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'
import { isByRow, loadCode, loadPair, sampleBytes, type Layer } from './layer.ts'
import { doubtOf, type CarefulFunctions, type Edge } from './pair-maths.ts'
import { byKeyPair, treePair, type Places } from './pair-program.ts'
import { addSampledRow, type SampledPlaces } from './sampled-rows.ts'
import { addSlopeRow, type SlopePlaces } from './slope-rows.ts'
import type { Tree } from './tree.ts'

const { add, ne } = f64x2
const num = f64x2.const
const zero = i32.const(0)

/** Sums of one key: sum, minimum, maximum (doubles), count and count of negatives (64-bit whole numbers). */
export const SUM = { sum: 0, min: 8, max: 16, count: 24, negative: 32, bytes: 40 } as const
/** What was met of a layer: minimum and maximum of the keyed pixels, and whether one of them has no number. */
export const LOOK = { min: 0, max: 16, lost: 32, bytes: 48 } as const

/** A group as the code sees it. */
export interface GroupPlace {
  readonly tree: Tree
  /** By key, 1 where its pixels belong to the group. */
  readonly members: Float64Array
  /** Addresses: a row of outcomes, the sums by key. */
  readonly row: number
  readonly sums: number
}

export interface TilePlaces {
  readonly layers: readonly Layer[]
  /** Of a layer that is sampled or a slope there is one row, of others the tile. */
  readonly layerAt: readonly number[]
  readonly sampled: readonly SampledPlaces[]
  readonly slopes: readonly SlopePlaces[]
  readonly keysAt: number
  readonly groups: readonly GroupPlace[]
  /** Layers whose keyed pixels are looked through, each with the address of its look. */
  readonly looks: readonly { readonly layer: number; readonly at: number }[]
  /** Layers of codes that are looked through, each with the address of a byte a code. */
  readonly codes: readonly { readonly layer: number; readonly at: number }[]
  /** Addresses: a byte a key, and the list of keys met with its length before it. */
  readonly isMet: number
  readonly met: number
  addTable(table: Float64Array): number
  /** Where the outcomes of the tile are kept, each of the group that its key is of; left out: they are added up. */
  readonly outcomes?: number
  /** The imported function told of a group and a row that lost pixels: (group, first pixel of the row). */
  readonly onLost: number
}

/** Adds `tile(width, height)`, which takes the tile whose samples and keys stand in the memory. */
export function addTile(module: ModuleWriter, at: TilePlaces, careful: CarefulFunctions): void {
  const row = { takes: ['i32', 'i32'], gives: [] } as const
  const anyKey = module.add({ takes: ['i32', 'i32'], gives: ['i32'] }, (w) => someKey(w, at.keysAt))
  const looks = at.looks.map((look) => module.add(row, (w) => lookRow(w, look, at)))
  const codes = at.codes.map((look) => module.add(row, (w) => codeRow(w, look, at)))
  const groups = at.groups.map((g, i) => {
    const anew = isDoubtful(g.tree) ? module.add(FOUR_ANEW, (w) => fourAnew(w, g, at, careful)) : undefined
    return module.add(row, (w) => groupRow(w, g, i, at, anew))
  })
  const { outcomes } = at
  const sums =
    outcomes === undefined
      ? batchesOf(at.groups).map((batch) => module.add(row, (w) => sumRow(w, batch, at)))
      : at.groups.map((g) => module.add(row, (w) => keepRow(w, g, outcomes, at)))
  const byRow = [...at.sampled.map((s) => addSampledRow(module, s)), ...at.slopes.map((s) => addSlopeRow(module, s))]
  const steps = [...looks, ...codes, ...groups, ...sums]
  const tile = module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const [width, height] = w.given as [Code, Code]
    const first = w.variable('i32', zero)
    const row = w.variable('i32', zero)
    const end = w.keep(i32.mul(width, height), 'i32')
    const bytes = w.keep(scaled(width, 8), 'i32')
    w.loopWhile(
      () => i32.lt(first.get, end),
      () => {
        const next = w.keep(i32.add(first.get, width), 'i32')
        w.when(call(anyKey, first.get, next), () => {
          for (const step of byRow) w.line(call(step, row.get, bytes))
          for (const step of steps) w.line(call(step, first.get, next))
        })
        first.set(next)
        row.set(i32.add(row.get, i32.const(1)))
      },
    )
    return []
  })
  module.exports('tile', tile)
}

/** The sums of so many groups are taken in one loop: their chains of additions wait for one another's end. */
const TOGETHER = 3
function batchesOf(groups: readonly GroupPlace[]): readonly (readonly GroupPlace[])[] {
  return Array.from({ length: Math.ceil(groups.length / TOGETHER) }, (_, i) =>
    groups.slice(i * TOGETHER, (i + 1) * TOGETHER),
  )
}

const SHIFT: Readonly<Record<number, number>> = { 2: 1, 4: 2, 8: 3 }
const scaled = (i: Code, bytes: number): Code => (bytes === 1 ? i : i32.shl(i, i32.const(SHIFT[bytes]!)))
const keyOf = (i: Code, at: TilePlaces | { readonly keysAt: number }): Code => i32.load(scaled(i, 4), at.keysAt)

/** Runs over the pixels from `first` until `end`, `step` at a time. */
function eachPixel(w: Writer, step: number, lines: (i: Code) => void, until?: Code): void {
  const [first, last] = w.given as [Code, Code]
  const end = until ?? last
  const i = w.variable('i32', first)
  w.loopWhile(
    () => i32.lt(i.get, end),
    () => {
      lines(i.get)
      i.set(i32.add(i.get, i32.const(step)))
    },
  )
}

function someKey(w: Writer, keysAt: number): Code {
  // All bits of −1 are set, and stay set in the "and" of as many as there are.
  const all = w.variable('i32', i32.const(-1))
  eachPixel(w, 1, (i) => all.set(i32.and(all.get, keyOf(i, { keysAt }))))
  return i32.ne(all.get, i32.const(-1))
}

/** All bits where a pixel of the pair has a key. */
const keyed = (i: Code, at: TilePlaces): Code =>
  i64x2.fromLow32(i32x4.ge(v128.loadZero64(scaled(i, 4), at.keysAt), i32x4.splat(zero)))

const placesAt = (i: Code, first: Code, at: TilePlaces): Places => ({
  layers: at.layers,
  layerAt: (l) => {
    const layer = at.layers[l]!
    return { address: scaled(isByRow(layer) ? i32.sub(i, first) : i, sampleBytes(layer)), offset: at.layerAt[l]! }
  },
  keysAt: { address: scaled(i, 4), offset: at.keysAt },
  addTable: at.addTable,
})

const FIRST_LANE = v128.const([-1, -1, 0, 0])

function lookRow(w: Writer, look: TilePlaces['looks'][number], at: TilePlaces): Code {
  const [first, end] = w.given as [Code, Code]
  const place = (offset: number): Code => i32.const(look.at + offset)
  const min = w.variable('v128', v128.load(place(LOOK.min)))
  const max = w.variable('v128', v128.load(place(LOOK.max)))
  const lost = w.variable('v128', v128.load(place(LOOK.lost)))
  const take = (i: Code, own: Code): void => {
    const value = loadPair(w, at.layers[look.layer]!, placesAt(i, first, at).layerAt(look.layer))
    const counted = w.keep(v128.or(value, v128.not(own)))
    min.set(f64x2.pmin(min.get, counted))
    max.set(f64x2.pmax(max.get, counted))
    lost.set(v128.or(lost.get, v128.and(own, ne(value, value))))
  }
  // Of a row by itself nothing is known beyond its end: a last single pixel is taken without what stands beside it.
  const isRow = isByRow(at.layers[look.layer]!)
  const pairsEnd = isRow ? w.keep(i32.sub(end, i32.and(i32.sub(end, first), i32.const(1))), 'i32') : end
  eachPixel(w, 2, (i) => take(i, w.keep(keyed(i, at))), pairsEnd)
  if (isRow) w.when(i32.ne(pairsEnd, end), () => take(pairsEnd, w.keep(v128.and(keyed(pairsEnd, at), FIRST_LANE))))
  w.line(v128.store(place(LOOK.min), min.get))
  w.line(v128.store(place(LOOK.max), max.get))
  return v128.store(place(LOOK.lost), lost.get)
}

/** Marks the codes met. */
function codeRow(w: Writer, look: TilePlaces['codes'][number], at: TilePlaces): Code {
  const [first] = w.given as [Code]
  eachPixel(w, 1, (i) => {
    w.when(i32.ge(keyOf(i, at), zero), () => {
      const code = loadCode(at.layers[look.layer]!, placesAt(i, first, at).layerAt(look.layer))
      w.line(i32.store8(code, i32.const(1), look.at))
    })
  })
  return []
}

/** Outcomes of a group for one row, and a word about a member that has none.
 *  @param anew the number of `fourAnew` for the group, where it has one */
function groupRow(w: Writer, group: GroupPlace, index: number, at: TilePlaces, anew: number | undefined): Code {
  const [first] = w.given as [Code]
  const whole = group.members.every((m) => m === 1)
  const lost = w.variable('v128', num(0))
  const ownOf = (i: Code): Code =>
    whole ? w.keep(keyed(i, at)) : w.keep(f64x2.eq(byKeyPair(w, group.members, placesAt(i, first, at)), num(1)))
  // Where none of the four belongs to the group, its row keeps what stood there, and nobody reads it.
  const calculate = (): void =>
    eachPixel(w, 4, (i) => {
      const own: Four = { i, first, members: [ownOf(i), ownOf(i32.add(i, i32.const(2)))] }
      w.when(v128.anyTrue(v128.or(...own.members)), () => {
        const doubts: Code[] = []
        const edge = (members: Code): Edge => {
          const doubted = doubtOf(w)
          doubts.push(v128.and(members, doubted.get))
          return doubted
        }
        const lostHere = w.variable('v128', fourPixels(w, group, own, at, edge))
        if (anew !== undefined)
          w.when(v128.anyTrue(v128.or(...(doubts as [Code, Code]))), () =>
            lostHere.set(call(anew, i, first, ...own.members)),
          )
        lost.set(v128.or(lost.get, lostHere.get))
      })
    })
  if (whole) calculate()
  else {
    const some = w.variable('i32', zero)
    const isMember = at.addTable(Float64Array.of(0, ...group.members)) + 8
    eachPixel(w, 1, (i) => {
      const member = i32.load(i32.add(scaled(keyOf(i, at), 8), i32.const(isMember + 4)))
      some.set(i32.or(some.get, member))
    })
    w.when(some.get, calculate)
  }
  w.when(v128.anyTrue(lost.get), () => w.line(call(at.onLost, i32.const(index), first)))
  return []
}

/** Four pixels of a row that begins at `first`, from `i` on, and all bits where they belong to the group. */
interface Four {
  readonly i: Code
  readonly first: Code
  readonly members: readonly [Code, Code]
}

/** Two pairs, whose chains of powers run side by side: their outcomes go to the row. @returns all bits where a member has none */
function fourPixels(
  w: Writer,
  { tree, row }: GroupPlace,
  { i, first, members }: Four,
  at: TilePlaces,
  edge: (members: Code) => Edge,
): Code {
  const pair = (i: Code, own: Code): Code => {
    const value = w.keep(treePair(w, tree, placesAt(i, first, at), edge(own)))
    w.line(v128.store(scaled(i32.sub(i, first), 8), value, row))
    return w.keep(v128.and(own, ne(value, value)))
  }
  const second = w.keep(i32.add(i, i32.const(2)), 'i32')
  const [a, b] = w.together([() => pair(i, members[0]), () => pair(second, members[1])]) as [Code, Code]
  return v128.or(a, b)
}

/** The same again with care, for four pixels of which one was doubted: (i, first, members of both pairs) → lost. */
const FOUR_ANEW = { takes: ['i32', 'i32', 'v128', 'v128'], gives: ['v128'] } as const
function fourAnew(w: Writer, group: GroupPlace, at: TilePlaces, careful: CarefulFunctions): Code {
  const [i, first, ...members] = w.given as [Code, Code, Code, Code]
  return fourPixels(w, group, { i, first, members }, at, () => ({ careful }))
}

/** Whether a tree has operations that can leave their plain range. */
const isDoubtful = ({ kernel, sources }: Tree): boolean =>
  kernel.program.nodes.some((n) => 'op' in n && (n.op === 'pow' || n.op === 'exp' || n.op === 'ln')) ||
  sources.some((s) => 'tree' in s && isDoubtful(s.tree))

/** Puts the outcomes of a row's members in their places of the tile. A last single pixel takes one of the next row along, which
 *  is put right there. */
function keepRow(w: Writer, { row, members }: GroupPlace, tile: number, at: TilePlaces): Code {
  const [first] = w.given as [Code]
  eachPixel(w, 2, (i) => {
    const own = w.keep(f64x2.eq(byKeyPair(w, members, placesAt(i, first, at)), num(1)))
    const place = w.keep(scaled(i, 8), 'i32')
    const value = v128.load(scaled(i32.sub(i, first), 8), row)
    w.line(v128.store(place, v128.pick(value, v128.load(place, tile), own), tile))
  })
  return []
}

/** Adds a row of outcomes up by runs of one key. */
function sumRow(w: Writer, batch: readonly GroupPlace[], at: TilePlaces): Code {
  const [first, end] = w.given as [Code, Code]
  const i = w.variable('i32', first)
  const key = w.variable('i32')
  const sums = batch.map((group) => ({ group, ...sumVariables(w) }))
  w.loopWhile(
    () => i32.lt(i.get, end),
    () => {
      key.set(keyOf(i.get, at))
      w.when(i32.lt(key.get, zero), () => i.set(i32.add(i.get, i32.const(1))))
      w.when(i32.ge(key.get, zero), () => {
        meet(w, key.get, at)
        const slot = w.keep(i32.mul(key.get, i32.const(SUM.bytes)), 'i32')
        for (const s of sums) s.load(slot, s.group.sums)
        w.repeat(
          () => {
            const place = w.keep(scaled(i32.sub(i.get, first), 8), 'i32')
            for (const s of sums) s.add(w.keep(v128.loadSplat64(place, s.group.row)))
            i.set(i32.add(i.get, i32.const(1)))
          },
          () => i32.and(i32.lt(i.get, end), i32.eq(keyOf(i.get, at), key.get)),
        )
        for (const s of sums) s.store(slot, s.group.sums)
      })
    },
  )
  return []
}

/** The list of keys met grows by a key that is new. */
function meet(w: Writer, key: Code, at: TilePlaces): void {
  w.when(i32.eqz(i32.load8u(key, at.isMet)), () => {
    w.line(i32.store8(key, i32.const(1), at.isMet))
    const length = w.keep(i32.load(zero, at.met), 'i32')
    w.line(i32.store(scaled(length, 4), key, at.met + 4))
    w.line(i32.store(zero, i32.add(length, i32.const(1)), at.met))
  })
}

/** The running sums of one key, both lanes alike. */
function sumVariables(w: Writer) {
  const [sum, min, max, count, negative] = [0, 0, 0, 0, 0].map(() => w.variable('v128')) as [Var, Var, Var, Var, Var]
  const all = [
    [sum, SUM.sum],
    [min, SUM.min],
    [max, SUM.max],
    [count, SUM.count],
    [negative, SUM.negative],
  ] as const
  return {
    load: (slot: Code, base: number): void => {
      for (const [v, offset] of all) v.set(v128.loadSplat64(slot, base + offset))
    },
    store: (slot: Code, base: number): void => {
      for (const [v, offset] of all) w.line(f64.store(slot, f64x2.extract(v.get, 0), base + offset))
    },
    /** NaN adds nothing, is no minimum and is not counted. */
    add: (value: Code): void => {
      const has = w.keep(f64x2.eq(value, value))
      sum.set(add(sum.get, v128.and(value, has)))
      min.set(f64x2.pmin(min.get, value))
      max.set(f64x2.pmax(max.get, value))
      count.set(i64x2.sub(count.get, has))
      negative.set(i64x2.sub(negative.get, f64x2.lt(value, num(0))))
    },
  }
}

type Var = ReturnType<Writer['variable']>
